"""Old formats (.doc, .odt, .rtf) become DOCX through LibreOffice, without a window, a network, macros, or the user's own settings."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final, Literal

from .limits import CONVERT_BATCH_SECONDS, CONVERT_SECONDS
from .reader_types import Unreadable

OldKind = Literal["doc", "odt", "rtf"]
LIBREOFFICE: Final = "libreoffice"  # its name in `Report.waiting_for`
INSTALL: Final = "sudo apt-get install libreoffice-writer-nogui"
_PLACES: Final = ("/usr/lib/libreoffice/program/soffice", "/Applications/LibreOffice.app/Contents/MacOS/soffice")

# Settings of the throw-away profile: macros off whatever the document says, nothing fetched that the document links to.
_SETTINGS: Final = (
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Common/Misc", "FirstRun", "false"),
)
# A proxy that is not there: what still asks for the network gets none.
_NO_NETWORK: Final = dict.fromkeys(("http_proxy", "https_proxy", "ftp_proxy", "all_proxy"), "http://127.0.0.1:9")


def soffice() -> str:
    """The path of LibreOffice's program; '' where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice") or next((p for p in _PLACES if Path(p).is_file()), "")


@lru_cache(maxsize=1)
def soffice_version() -> str:
    """As LibreOffice gives it ("7.4.7.2"); '' where it is not installed or does not answer."""
    program = soffice()
    if not program:
        return ""
    with tempfile.TemporaryDirectory(prefix="minhchung-") as folder:
        try:
            command = [program, _profile(Path(folder)), "--version"]
            told = subprocess.run(command, capture_output=True, text=True, timeout=CONVERT_SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired):
            return ""
    words = told.stdout.split()
    return words[1] if len(words) > 1 and words[0] == "LibreOffice" else ""


def to_docx(path: Path, kind: OldKind, folder: Path) -> Path:
    """One file as DOCX in `folder`. `kind` is its true kind ("doc", "odt", "rtf"), whatever its name ends in.

    Raises Unreadable: LibreOffice absent ("needs-libreoffice"), too slow ("timeout"), or unable ("not-converted").
    """
    made = many_to_docx({path: kind}, folder)
    if path not in made:
        message = "LibreOffice cannot open it"
        raise Unreadable("not-converted", message, "open it in Word and save it as DOCX, or ask for it to be sent again")
    return made[path]


def many_to_docx(paths: Mapping[Path, OldKind], folder: Path) -> dict[Path, Path]:
    """Several files in one start of LibreOffice, each as DOCX in `folder`; those that it could not convert are left out.

    Raises Unreadable as `to_docx` does, for a fault that concerns all.
    """
    program = soffice()
    if not program:
        message = "an old Office format, for which LibreOffice is needed and not installed"
        raise Unreadable("needs-libreoffice", message, f"{INSTALL}, then run ingest again; or save it as DOCX", (LIBREOFFICE,))
    folder.mkdir(parents=True, exist_ok=True)
    wanted: dict[Path, Path] = {}
    with tempfile.TemporaryDirectory(prefix="minhchung-") as work:
        sources: list[str] = []
        for at, (path, kind) in enumerate(paths.items()):
            source = Path(work) / f"f{at}.{kind}"  # a name of our own: theirs may lie about the format, or begin with a dash
            shutil.copyfile(path, source)
            sources.append(str(source))
            wanted[path] = Path(work) / "out" / f"f{at}.docx"
        _run([program, _profile(Path(work)), *_OPTIONS, "--outdir", str(Path(work) / "out"), *sources], len(sources))
        return {path: _moved(made, folder) for path, made in wanted.items() if made.is_file() and made.stat().st_size}


_OPTIONS: Final = (
    "--headless", "--invisible", "--norestore", "--nologo", "--nolockcheck", "--nodefault", "--convert-to", "docx:MS Word 2007 XML",
)  # fmt: skip


def _moved(made: Path, folder: Path) -> Path:
    handle, name = tempfile.mkstemp(suffix=".docx", dir=folder)
    os.close(handle)
    shutil.move(made, name)
    return Path(name)


def _run(command: Sequence[str], files: int) -> None:
    """Runs LibreOffice. Where `timeout` is at hand it watches, so that LibreOffice ends also when this process is killed meanwhile."""
    seconds = CONVERT_SECONDS + CONVERT_BATCH_SECONDS * (files - 1)
    watcher = shutil.which("timeout")
    watched = [watcher, "--kill-after=2", str(seconds), *command] if watcher else list(command)
    environment = {**os.environ, **_NO_NETWORK, "SAL_USE_VCLPLUGIN": "svp"}
    none = subprocess.DEVNULL
    with subprocess.Popen(watched, stdin=none, stdout=none, stderr=none, env=environment) as process:
        try:
            code = process.wait(seconds + 5)
        except subprocess.TimeoutExpired:
            process.kill()
            code = _TIMED_OUT
    if code in (_TIMED_OUT, _KILLED):
        raise Unreadable("timeout", f"LibreOffice took longer than {seconds} s on it", "open it in Word and save it as DOCX")


_TIMED_OUT: Final = 124  # the exit codes of timeout(1)
_KILLED: Final = 137


def _profile(work: Path) -> str:
    """Makes a fresh profile and returns the option that names it: the user's own may be open, locked or full of macros."""
    user = work / "profile" / "user"
    user.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">{items}</oor:items>',
        encoding="utf-8",
    )
    return f"-env:UserInstallation={(work / 'profile').as_uri()}"


def to_pdf(path: Path, ending: str, folder: Path) -> Path | None:
    """One file as PDF in `folder`, pages as Word would break them, or nearly; `ending` is that of its true kind ("docx"). None where
    LibreOffice cannot open it. Raises Unreadable as `to_docx` does where it is absent or too slow."""
    program = soffice()
    if not program:
        raise Unreadable("needs-libreoffice", "LibreOffice is needed to draw its pages and is not installed", INSTALL, (LIBREOFFICE,))
    with tempfile.TemporaryDirectory(prefix="minhchung-") as work:
        source = Path(work) / f"f.{ending}"
        shutil.copyfile(path, source)
        options = [*_OPTIONS[: _OPTIONS.index("--convert-to")], "--convert-to", "pdf", "--outdir", str(folder), str(source)]
        _run([program, _profile(Path(work)), *options], 1)
    made = folder / "f.pdf"
    return made if made.is_file() else None
