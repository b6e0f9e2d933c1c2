"""What is made ready before files are read: archives unpacked, old formats turned into DOCX many at a time. All of it lies in one temporary
folder, which is gone when the run ends."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Final

from .archives import Member, unpack, write_refusal
from .convert import OldKind, many_to_docx, soffice
from .detect import FileKind, detect
from .discover import Found
from .isolation import Failure, run_isolated
from .limits import FILE_BYTES, seconds_for
from .model import Issue
from .reader_types import Unreadable

_BATCH: Final = 20  # old files in one start of LibreOffice; one that takes it down costs the others of its batch a start of their own


@dataclass(frozen=True, slots=True)
class _Refused:
    """Why an archive was not unpacked, as it comes back from the process that tried."""

    issue: Issue
    waiting_for: tuple[str, ...]


class Workroom:
    """A temporary folder for one run; a context manager."""

    def __init__(self, passwords: Sequence[str] = ()) -> None:
        """`passwords` are tried on locked archives."""
        self._passwords = tuple(passwords)
        self._temporary = tempfile.TemporaryDirectory(prefix="minhchung-")
        self.folder = Path(self._temporary.name)

    def __enter__(self) -> Workroom:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self._temporary.cleanup()

    @property
    def prepared(self) -> Path:
        """What was made of files, under their sha256: the DOCX of an old one, the note why an archive was not unpacked. For `read_file`."""
        return self.folder / "prepared"

    def unpack(self, found: Iterable[Found]) -> list[Found]:
        """The files found, with the members of each archive and letter in its place, after the archive itself, which is then ignored.

        An archive that cannot be unpacked stays, and the reader is left a note why. Unpacking happens in a process of its own.
        """
        files = list(found)
        archives = [one.path for one in files if not one.ignored and one.place is None and _is_archive(one.path)]
        if not archives:
            return files
        work = partial(_unpack, self.folder, self._passwords)
        results = dict(run_isolated(archives, work, 1, lambda path: seconds_for(path.stat().st_size)))
        out: list[Found] = []
        for one in files:
            members = results.get(one.path)
            if isinstance(members, list):
                out.append(Found(one.path, f"an archive; what is in it is listed by itself: {len(members)} files"))
                out.extend(_found(one.path, member) for member in members)
            else:
                out.append(one)
                if members is not None:
                    self._note(one.path, members)
        return out

    def _note(self, path: Path, refused: _Refused | Failure) -> None:
        """Leaves the reader word why an archive was not unpacked."""
        if isinstance(refused, Failure):
            refused = _Refused(Issue(refused.code, refused.message, refused.next_step), ())
        self.prepared.mkdir(exist_ok=True)
        write_refusal(self.prepared / _digest(path), refused.issue, refused.waiting_for, "")

    def convert(self, paths: Iterable[Path]) -> None:
        """Turns those of the files that are of old formats into DOCX, many in one start of LibreOffice. What fails here, or is left out
        because there is nothing to gain, `read_file` tries by itself and tells why it fails."""
        kinds: dict[Path, OldKind] = {}
        for path in paths:
            kind = _kind(path)
            if kind == "doc" or kind == "odt" or kind == "rtf":
                kinds[path] = kind
        if len(kinds) < 2 or not soffice():
            return
        todo = list(kinds)
        for start in range(0, len(todo), _BATCH):
            self._convert_batch({path: kinds[path] for path in todo[start : start + _BATCH]})

    def _convert_batch(self, kinds: dict[Path, OldKind]) -> None:
        try:
            made = many_to_docx(kinds, self.prepared)
        except (Unreadable, OSError):  # each is tried again by itself
            return
        for path, docx in made.items():
            docx.rename(self.prepared / _digest(path))


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _unpack(folder: Path, passwords: Sequence[str], path: Path) -> list[Member] | _Refused:
    try:
        return unpack(path, folder, passwords)
    except Unreadable as refused:
        return _Refused(refused.issue, refused.waiting_for)


def _found(archive: Path, member: Member) -> Found:
    place = archive.joinpath(*member.name.split("/"))
    return Found(place if member.path is None else member.path, member.ignored, place)


def _is_archive(path: Path) -> bool:
    return _kind(path) in ("archive", "mail")


def _kind(path: Path) -> FileKind:
    try:
        return detect(path) if path.stat().st_size <= FILE_BYTES else "unknown"
    except OSError:  # the reader tells
        return "unknown"
