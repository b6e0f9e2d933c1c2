"""RAR and 7z archives that are locked with a password, through the programs of The Unarchiver (`lsar`, `unar`): libarchive does not decrypt
these two. Members come through a pipe, so that no program but ours writes a file or makes a name of what an archive says."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

from .archive_entries import DAMAGED, LINK, LOCKED, Entry, Stop, broken
from .limits import ARCHIVE_BYTES, ARCHIVE_MEMBERS, MIB, seconds_for
from .model import Issue

UNAR: Final = "unar"  # its name in `Report.waiting_for`
INSTALL: Final = "sudo apt-get install unar"
_MAGIC: Final = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")
_LISTING_BYTES: Final = 16 * MIB
_SHARE: Final = 0.3  # of the time that the archive may take, for each of: listing it, testing a password, unpacking
_NO_FILE: Final = ("XADIsLink", "XADIsHardLink", "XADIsCharacterDevice", "XADIsBlockDevice", "XADIsFIFO")
_Member = dict[str, Any]


@lru_cache(maxsize=1)
def unar_version() -> str:
    """As it gives it ("1.10.1"); '' where it is not installed."""
    if not (shutil.which("unar") and shutil.which("lsar")):
        return ""
    try:
        told = subprocess.run(["unar", "-version"], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return told.stdout.strip().removeprefix("v")


def is_lockable(path: Path) -> bool:
    """Whether it is an archive of a kind that libarchive cannot decrypt."""
    with path.open("rb") as file:
        return file.read(8).startswith(_MAGIC)


def unlocked_entries(path: Path, passwords: Sequence[str]) -> Iterator[Entry] | None:
    """The members of a locked RAR or 7z archive, opened with the first password that fits; None where nothing in it is locked, where no
    password fits, or where the programs are not there: libarchive then tells what it sees. Raises Stop for a bomb."""
    if not unar_version() or not is_lockable(path):
        return None
    first = _listing(path)
    if first is not None and not any(map(_is_locked, first)):
        return None
    for password in passwords:
        members = _listing(path, password)
        if members is None:
            continue
        if sum(size for member in members if (size := _size(member)) is not None) > ARCHIVE_BYTES:
            message = f"the archive is refused: unpacked it takes more than {ARCHIVE_BYTES >> 20} MiB"
            raise Stop(Issue("archive-limit", message, "unpack it yourself and give the folder"))
        tested = _listing(path, password, "-test")
        if tested is not None and any(_is_locked(member) and _is_sound(member) for member in tested):
            return _entries(path, password, tested)
    return None


def _is_locked(member: _Member) -> bool:
    return bool(member.get("XADIsEncrypted"))


def _is_sound(member: _Member) -> bool:
    return member.get("lsarTestResult") == "ok"


def _size(member: _Member) -> int | None:
    size = member.get("XADFileSize")
    return size if isinstance(size, int) and size >= 0 else None


def _listing(path: Path, password: str = "", *more: str) -> list[_Member] | None:
    """The members as `lsar` tells them; None where it cannot tell, as without the password of an archive whose names are locked too."""
    given = ("-password", password) if password else ()
    with _running(("lsar", "-no-recursion", "-json-ascii", *given, *more), path) as pipe:
        told = pipe.read(_LISTING_BYTES)
    try:
        listing = json.loads(told)
        if "lsarError" in listing and not more:
            return None
        return [member for member in listing["lsarContents"] if not member.get("XADIsDirectory")]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):  # it ended before the listing did
        return None


@contextmanager
def _running(options: Sequence[str], path: Path, indexes: Sequence[str] = ()) -> Iterator[IO[bytes]]:
    """What one of the programs says, in a pipe; it is ended when the block is left. Where `timeout` is at hand it watches, so that the
    program ends also when this process is killed meanwhile."""
    watcher = shutil.which("timeout")
    seconds = max(1, round(_SHARE * seconds_for(path.stat().st_size)))
    watched = [watcher, "--kill-after=1", str(seconds)] if watcher else []
    command = [*watched, *options, str(path.absolute()), *indexes]
    none = subprocess.DEVNULL
    with subprocess.Popen(command, stdin=none, stdout=subprocess.PIPE, stderr=none, env={**os.environ, "LC_ALL": "C.UTF-8"}) as process:
        assert process.stdout is not None
        try:
            yield process.stdout
        finally:
            process.terminate()  # timeout(1) hands it on


def _entries(path: Path, password: str, members: Sequence[_Member]) -> Iterator[Entry]:
    """Those that passed the test come one after the other through one pipe, and are told apart by their sizes."""
    members = members[: ARCHIVE_MEMBERS + 1]
    issues = [_issue(member) for member in members]
    wanted = [str(member["XADIndex"]) for member, issue in zip(members, issues, strict=True) if issue is None and _size(member)]
    options = ("unar", "-no-recursion", "-quiet", "-output-directory", "-", "-password", password, "-indexes")
    with _running(options, path, wanted) if wanted else nullcontext(BytesIO()) as pipe:
        for member, issue in zip(members, issues, strict=True):
            if issue is not None:
                yield Entry(_name(member), lambda: iter(()), issue)
                continue
            chunks = _chunks(pipe, _size(member) or 0)
            yield Entry(_name(member), lambda chunks=chunks: chunks)  # type: ignore[misc]
            for _ in chunks:  # what was not asked for must not be taken for the next
                continue
        if pipe.read(1):
            raise Stop(broken("its members are larger than it says"))


def _issue(member: _Member) -> Issue | None:
    if any(member.get(key) for key in _NO_FILE):
        return LINK
    if _is_sound(member) and _size(member) is not None:
        return None
    return LOCKED if _is_locked(member) else Issue("damaged", "the archive is damaged here", DAMAGED)


def _name(member: _Member) -> str:
    name = member.get("XADFileName")
    plain = name if isinstance(name, str) else f"{member.get('XADIndex')}"
    return unicodedata.normalize("NFC", plain.encode("utf-8", "replace").decode())


def _chunks(pipe: IO[bytes], size: int) -> Iterator[bytes]:
    while size:
        chunk = pipe.read(min(size, MIB))
        if not chunk:
            raise Stop(broken("it breaks off"))
        size -= len(chunk)
        yield chunk
