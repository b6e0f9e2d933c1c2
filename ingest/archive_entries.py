"""One way to walk the members of every kind of archive: the standard library for zip and mail, libarchive for the rest."""

from __future__ import annotations

import logging
import re
import stat
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from .detect import ZIP_FAULTS, FileKind
from .limits import MIB
from .model import Issue

LIBARCHIVE: Final = "libarchive"  # its name in `Report.waiting_for`
INSTALL: Final = "sudo apt-get install libarchive13"
_CHUNK: Final = MIB
LOCKED: Final = Issue("encrypted", "it is locked with a password", "give the password, or ask for it to be sent without one")
LINK: Final = Issue("link", "it is a link, not a file", "ask for the file itself")
DAMAGED: Final = "ask for it to be sent again"
_PASSWORD: Final = re.compile(r"encrypt|passphrase|password|crypto", re.IGNORECASE)


logging.getLogger("libarchive").setLevel(logging.ERROR)  # it warns of every flaw it gets over


class Stop(Exception):
    """The walk cannot go on, or a member's content breaks off: `issue` says why."""

    def __init__(self, issue: Issue, waiting_for: tuple[str, ...] = ()) -> None:
        """`waiting_for` as in `Report`."""
        super().__init__(issue.message)
        self.issue = issue
        self.waiting_for = waiting_for


@dataclass(frozen=True, slots=True)
class Entry:
    """A member as it comes along: `chunks` gives its content (only until the next member is asked for), unless an `issue` forbids."""

    name: str
    chunks: Callable[[], Iterator[bytes]]
    issue: Issue | None = None


def entries_of(path: Path, kind: FileKind, passwords: Sequence[str]) -> Iterator[Entry]:
    """The members that are no folders. Raises Stop, at the first member or on the way."""
    if kind == "mail":
        from .mail import mail_entries

        return mail_entries(path)
    with path.open("rb") as file:
        is_zip = file.read(2) == b"PK"
    return _zip_entries(path, passwords) if is_zip else _other_entries(path, passwords)


def _zip_entries(path: Path, passwords: Sequence[str]) -> Iterator[Entry]:
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            by_libarchive = any((info.flag_bits & 1 and passwords) or info.compress_type not in _COMMON for info in infos)
            if not (by_libarchive and libarchive_version()):
                for info in infos:
                    yield Entry(_zip_name(info), lambda info=info: _zip_chunks(archive, info), _zip_issue(info))  # type: ignore[misc]
                return
    except ZIP_FAULTS as fault:
        raise Stop(broken(fault)) from fault
    yield from _other_entries(path, passwords)  # AES, Deflate64 and the like


_COMMON: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})


def _zip_issue(info: zipfile.ZipInfo) -> Issue | None:
    if stat.S_ISLNK(info.external_attr >> 16):
        return LINK
    return LOCKED if info.flag_bits & 1 else None


def _zip_chunks(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    try:
        with archive.open(info) as file:
            while chunk := file.read(_CHUNK):
                yield chunk
    except ZIP_FAULTS as fault:
        raise Stop(broken(fault)) from fault


def _zip_name(info: zipfile.ZipInfo) -> str:
    """Names without the UTF-8 flag are in whatever the sender's Windows used; the library shows them as code page 437."""
    if info.flag_bits & 0x800:
        return unicodedata.normalize("NFC", info.filename)
    try:
        raw = info.filename.encode("cp437")
        return unicodedata.normalize("NFC", raw.decode("utf-8"))
    except UnicodeEncodeError:
        return unicodedata.normalize("NFC", info.filename)
    except UnicodeDecodeError:
        return unicodedata.normalize("NFC", raw.decode("cp1258", "replace"))


@lru_cache(maxsize=1)
def libarchive_version() -> str:
    """The version of the system's libarchive ("3.6.2"); '' where it cannot be loaded."""
    try:
        import libarchive
    except (ImportError, OSError, AttributeError, TypeError):  # the binding raises the last two where the library is absent
        return ""
    number = libarchive.ffi.version_number()
    return f"{number // 1_000_000}.{number // 1000 % 1000}.{number % 1000}"


def _other_entries(path: Path, passwords: Sequence[str]) -> Iterator[Entry]:
    if not libarchive_version():
        message = "an archive for which libarchive is needed and not installed"
        raise Stop(Issue("needs-libarchive", message, f"{INSTALL}, then run ingest again; or unpack it yourself"), (LIBARCHIVE,))
    import libarchive

    from .locked_archives import unlocked_entries
    from .rar_headers import locked_members

    unlocked = unlocked_entries(path, passwords) if passwords else None
    if unlocked is not None:
        yield from unlocked
        return
    walk = _Walk(path, locked_members(path))
    try:
        with libarchive.file_reader(str(path), passphrase=_password_for(path, passwords)) as archive:
            for entry in archive:
                if entry.isdir:
                    continue
                issue = None if entry.isfile and not entry.islnk else LINK
                name = entry.pathname if isinstance(entry.pathname, str) else (entry.pathname or b"").decode("utf-8", "replace")
                name = unicodedata.normalize("NFC", name)
                yield Entry(name, lambda entry=entry, name=name: walk.chunks(entry, name), issue)  # type: ignore[misc]
    except libarchive.exception.ArchiveError as fault:
        raise walk.told(fault) from fault


class _Walk:
    """What has been seen of one archive that libarchive walks: which members are locked, as far as its headers say or it has told."""

    def __init__(self, path: Path, locked: frozenset[str]) -> None:
        self._path = path
        self._locked = locked
        self._met_lock = False

    def chunks(self, entry: Any, name: str) -> Iterator[bytes]:
        """The content of a member. Raises Stop."""
        import libarchive

        if name in self._locked:
            raise _closed(self._path)
        try:
            yield from entry.get_blocks(_CHUNK)
        except libarchive.exception.ArchiveError as fault:
            raise self.told(fault) from fault

    def told(self, fault: Any) -> Stop:
        """What libarchive says. After a locked member of a 7z it takes all that follow for damaged."""
        message = fault.msg.decode("utf-8", "replace") if isinstance(fault.msg, bytes) else str(fault.msg)
        self._met_lock |= bool(_PASSWORD.search(message))
        return _closed(self._path) if self._met_lock else Stop(broken(message))


def _password_for(path: Path, passwords: Sequence[str]) -> str | None:
    """The first password that opens the first locked member; libarchive tries one at a time."""
    import libarchive

    for password in passwords:
        try:
            with libarchive.file_reader(str(path), passphrase=password) as archive:
                for entry in archive:
                    if entry.isfile and next(iter(entry.get_blocks(_CHUNK)), None) is not None:
                        break
            return password
        except libarchive.exception.ArchiveError as fault:
            if not _PASSWORD.search(str(fault.msg)):
                return password
    return passwords[0] if passwords else None


def _closed(path: Path) -> Stop:
    """For what stays locked. libarchive has no means to open RAR and 7z; `unar` has."""
    from .locked_archives import INSTALL as INSTALL_UNAR
    from .locked_archives import UNAR, is_lockable, unar_version

    if not is_lockable(path) or unar_version():
        return Stop(LOCKED)
    next_step = f"{INSTALL_UNAR} and run ingest again with the password, or ask for it to be sent without one"
    return Stop(Issue("encrypted", LOCKED.message, next_step), (UNAR,))


def broken(fault: object) -> Issue:
    """For an archive of which no more can be had."""
    return Issue("damaged", f"the archive is damaged or cut off ({fault})", DAMAGED)
