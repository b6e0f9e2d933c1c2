"""Archives (.zip, .rar, .7z, .tar) and letters (.eml): each member becomes a file of its own, in a work folder, within limits.

A member that is not taken out (locked, a link, a name that leads elsewhere) becomes a short file that says so, which the reader tells as
its reason: so that it is counted like every other file and nothing is skipped in silence.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from .archive_entries import Entry, Stop, entries_of
from .detect import REFUSED_MAGIC, detect
from .limits import ARCHIVE_BYTES, ARCHIVE_MEMBERS, ARCHIVE_NESTING, ARCHIVE_RATIO, ARCHIVE_RATIO_FROM, MEMBER_PATH
from .model import Issue
from .reader_types import Unreadable

_DRIVE: Final = re.compile(r"[A-Za-z]:")
_ODD: Final = re.compile(r'[\x00-\x1f<>:"|?*\\/]')
_LONGEST_NAME: Final = 180  # bytes of a file's name: file systems take 255, suffixes of our own included
_REST: Final = "(…)"  # stands for what follows the place at which an archive breaks off


@dataclass(frozen=True, slots=True)
class Member:
    """A file out of an archive: its `name` inside (folders and inner archives in front, "/" between), and where it lies now; or, with no
    `path`, why it is `ignored`."""

    name: str
    path: Path | None
    ignored: str = ""


@dataclass(slots=True)
class _Unpacking:
    """What one outermost archive has cost so far, and what came out of it."""

    folder: Path
    packed: int
    passwords: Sequence[str]
    members: list[Member] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    unpacked: int = 0

    def pay(self, count: int) -> None:
        """Counts bytes; raises Unreadable for a bomb."""
        self.unpacked += count
        if self.unpacked > ARCHIVE_BYTES:
            raise _bomb(f"unpacked it takes more than {ARCHIVE_BYTES >> 20} MiB")
        if self.unpacked > ARCHIVE_RATIO_FROM and self.unpacked > ARCHIVE_RATIO * self.packed:
            raise _bomb(f"unpacked it is more than {ARCHIVE_RATIO} times as large")

    def own(self, name: str) -> str:
        """A name that no other member has."""
        if len(self.members) >= ARCHIVE_MEMBERS:
            raise _bomb(f"it holds more than {ARCHIVE_MEMBERS} files")
        unique, count = name, 1
        while unique in self.names:
            count += 1
            path = PurePosixPath(name)
            unique = str(path.with_name(f"{path.stem} ({count}){path.suffix}"))
        self.names.add(unique)
        return unique


def _bomb(why: str) -> Unreadable:
    return Unreadable("archive-limit", f"the archive is refused: {why}", "unpack it yourself and give the folder")


def unpack(path: Path, folder: Path, passwords: Sequence[str] = ()) -> list[Member]:
    """The members of an archive or letter, those of archives inside it included, taken out below `folder`.

    Raises Unreadable where the whole is refused or cannot be opened; nothing is then left in `folder`.
    """
    work = Path(tempfile.mkdtemp(prefix="archive-", dir=folder))
    state = _Unpacking(work, max(1, path.stat().st_size), passwords)
    try:
        _take_all(path, "", 1, state)
        if not state.members:
            raise Unreadable("empty", "there is no file in the archive", "ask for it to be sent again")
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return state.members


def _take_all(path: Path, prefix: str, depth: int, state: _Unpacking) -> None:
    entries = entries_of(path, detect(path), state.passwords)
    try:
        for entry in entries:
            _take(entry, prefix + _shown(entry.name), depth, state)
    except Stop as stop:
        if not any(member.name.startswith(prefix) for member in state.members):
            if depth > 1:
                raise
            raise Unreadable(stop.issue.code, stop.issue.message, stop.issue.next_step, stop.waiting_for) from stop
        _refuse(prefix + _REST, stop.issue, state, stop.waiting_for)


def _take(entry: Entry, name: str, depth: int, state: _Unpacking) -> None:
    if ignored := _ignored(name):
        state.members.append(Member(state.own(name), None, ignored))
        return
    if entry.issue is None and (why := _unsafe(entry.name)):
        _refuse(name, Issue("unsafe-name", f"it is not taken out of its archive: {why}", "ask for it to be sent by itself"), state)
        return
    if entry.issue is not None:
        _refuse(name, entry.issue, state)
        return
    target = _place(name, state)
    try:
        with target.open("wb") as file:
            for chunk in entry.chunks():
                state.pay(len(chunk))
                file.write(chunk)
    except Stop as stop:
        target.unlink()
        _refuse(name, stop.issue, state, stop.waiting_for)
        return
    if detect(target) not in ("archive", "mail"):
        state.members.append(Member(state.own(name), target))
    elif depth >= ARCHIVE_NESTING:
        target.unlink()
        issue = Issue("archive-limit", "it is an archive too deep inside others", "unpack it yourself and give the folder")
        _refuse(name, issue, state)
    else:
        _take_inner(target, name, depth, state)


def _take_inner(target: Path, name: str, depth: int, state: _Unpacking) -> None:
    try:
        _take_all(target, f"{name}/", depth + 1, state)
    except Stop as stop:
        _refuse(name, stop.issue, state, stop.waiting_for)
    finally:
        target.unlink(missing_ok=True)


def _refuse(name: str, issue: Issue, state: _Unpacking, waiting_for: tuple[str, ...] = ()) -> None:
    """Puts a note in a member's place. The archive's size and the member's name are in it, so that no two notes are the same file."""
    target = _place(name, state)
    write_refusal(target, issue, waiting_for, f"{name} {state.packed}")
    state.members.append(Member(state.own(name), target))


def write_refusal(target: Path, issue: Issue, waiting_for: Sequence[str], mark: str) -> None:
    """Writes the note that stands for a file which cannot be had; `mark` keeps it apart from other notes."""
    note = {"code": issue.code, "message": issue.message, "next_step": issue.next_step, "waiting_for": list(waiting_for)}
    target.write_bytes(REFUSED_MAGIC + json.dumps([note, mark]).encode())


def refusal(path: Path) -> Unreadable:
    """What the note at `path` says."""
    try:
        note = json.loads(path.read_bytes()[len(REFUSED_MAGIC) :])[0]
        return Unreadable(note["code"], note["message"], note["next_step"], tuple(note["waiting_for"]))
    except (ValueError, LookupError, TypeError):  # someone else's file that begins like a note
        return Unreadable("unsupported", "not a kind of file that can be read", "open it and save it as DOCX or PDF")


def _place(name: str, state: _Unpacking) -> Path:
    """A new place in the work folder, under the member's own base name: names tell whose report it is."""
    base = _ODD.sub("_", name.rstrip("/").rpartition("/")[2]).strip(". ") or "_"
    stem, dot, suffix = base.rpartition(".")
    stem, suffix = (stem, dot + suffix) if dot and len(suffix) <= 10 else (base, "")
    cut = stem.encode("utf-8", "replace")[: _LONGEST_NAME - len(suffix.encode("utf-8", "replace"))].decode("utf-8", "ignore")
    return Path(tempfile.mkdtemp(dir=state.folder)) / f"{cut}{suffix.encode('utf-8', 'replace').decode()}"


def _shown(name: str) -> str:
    """A name as it is told: forward slashes, no root, no way up, no control characters."""
    parts = [re.sub(r"[\x00-\x1f]", "_", part) for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "/".join(parts)[:MEMBER_PATH] or "_"


def _unsafe(name: str) -> str:
    """Why a name would lead out of the folder that the archive is unpacked in; '' when it does not."""
    plain = name.replace("\\", "/")
    if plain.startswith("/") or _DRIVE.match(plain):
        return "its name begins at the root of the disk"
    if ".." in plain.split("/"):
        return "its name leads out of the archive"
    return "its name is too long" if len(plain) > MEMBER_PATH else ""


def _ignored(name: str) -> str:
    from .discover import ignored_name

    parts = name.split("/")
    if any(part == "__MACOSX" or (part.startswith(".") and part not in (".", "..")) for part in parts[:-1]):
        return "in a hidden folder"
    return ignored_name(parts[-1])
