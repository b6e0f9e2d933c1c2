"""Which files a list of files and folders stands for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputError

_DIGITS = re.compile(r"(\d+)")
_SYSTEM = frozenset({"thumbs.db", "desktop.ini", "ehthumbs.db"})


@dataclass(frozen=True)
class Found:
    """A file, and why it is not to be read: '' when it is. `path` is where it can be opened; `place`, for a file out of an archive, the
    name it is known by ("folder/archive.zip/report.docx")."""

    path: Path
    ignored: str = ""
    place: Path | None = None


def discover(paths: Sequence[Path]) -> list[Found]:
    """Every file once, folders walked to the bottom in natural order ("2" before "10").

    Files of kinds that cannot be read are kept: the reader says so. Hidden, lock and system files are listed as ignored (a hidden file not
    when it is named itself). InputError for a path that does not exist.
    """
    found: dict[str, Found] = {}
    seen: set[str] = set()
    for path in paths:
        if not path.exists():
            raise InputError(f"{path}: no such file or folder", "Check the spelling, or give the folder that holds the reports.")
        items = _walk(path, seen) if path.is_dir() else iter([Found(path, _ignored(path, True))])
        for item in items:
            key = os.path.realpath(item.path)
            if key not in found or (found[key].ignored and not item.ignored):
                found[key] = item
    return list(found.values())


def _walk(folder: Path, seen: set[str]) -> Iterator[Found]:
    """The files below a folder. `seen` are the real paths of folders already walked, so that links in a ring end."""
    real = os.path.realpath(folder)
    if real in seen:
        return
    seen.add(real)
    try:
        entries = sorted(folder.iterdir(), key=lambda p: natural(p.name))
    except OSError as fault:
        yield Found(folder, f"the folder cannot be opened: {fault.strerror or fault}")
        return
    for entry in entries:
        if entry.is_dir():
            if entry.name.startswith(".") or entry.name == "__MACOSX":
                yield Found(entry, "a hidden folder")
            else:
                yield from _walk(entry, seen)
        else:
            yield Found(entry, _ignored(entry, False))


def ignored_name(name: str, named: bool = False) -> str:
    """Why a file of this name is not to be read; '' when it is. One that was `named` by the user may be hidden."""
    if name.startswith("~$"):
        return "a lock file that Word leaves while a document is open"
    if name.lower() in _SYSTEM or name == ".DS_Store":
        return "a file of the operating system"
    if name.startswith("._"):
        return "a shadow file of macOS"
    return "a hidden file" if name.startswith(".") and not named else ""


def _ignored(path: Path, named: bool) -> str:
    if why := ignored_name(path.name, named):
        return why
    if path.is_symlink() and not path.exists():
        return "a link to nothing"
    if not path.is_file():
        return "not a regular file"
    return ""


def natural(name: str) -> list[tuple[int, int, str]]:
    """A sort key that counts digits as numbers."""
    return [(0, int(part), "") if part.isdecimal() else (1, 0, part.casefold()) for part in _DIGITS.split(name) if part]
