"""Which members of a RAR 5 archive are locked: libarchive (3.6) passes over the record that says so, and gives out their ciphertext."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import IO, Final

from .limits import ARCHIVE_MEMBERS, MIB

_SIGNATURE: Final = b"Rar!\x1a\x07\x01\x00"
_FILE, _END = 2, 5  # kinds of block
_HAS_EXTRA, _HAS_DATA = 1, 2  # flags of a block
_HAS_TIME, _HAS_CRC = 2, 4  # flags of a file
_ENCRYPTION: Final = 1  # kind of record in the extra area
_HEADER_BYTES: Final = 2 * MIB  # the most that the format allows


def locked_members(path: Path) -> frozenset[str]:
    """The names of the locked members, as far as the archive is whole; () for archives of other kinds."""
    found: set[str] = set()
    with path.open("rb") as file:
        if file.read(len(_SIGNATURE)) != _SIGNATURE:
            return frozenset()
        try:
            for _ in range(4 * ARCHIVE_MEMBERS):
                kind, name = _block(file)
                if kind == _END:
                    break
                found.update([name] if name else [])
        except (IndexError, ValueError, OverflowError, OSError):  # it breaks off or is damaged: libarchive tells
            return frozenset(found)
    return frozenset(found)


class _Cursor:
    """Numbers and stretches of a header, one after the other. Raises IndexError at its end."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0

    def number(self) -> int:
        """Seven bits a byte, the lowest first."""
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80 or shift > 63:
                return value

    def stretch(self, length: int) -> bytes:
        """The next so many bytes."""
        if self.at + length > len(self.data):
            raise IndexError(length)
        self.at += length
        return self.data[self.at - length : self.at]


def _block(file: IO[bytes]) -> tuple[int, str]:
    """The kind of the next block and, for a locked file, its name. The file then stands at the block after it."""
    start = file.tell() + 4  # after the checksum
    file.seek(start)
    size = _Cursor(file.read(10))
    length = size.number()
    if not 0 < length <= _HEADER_BYTES:
        raise ValueError(length)
    file.seek(start + size.at)
    header = _Cursor(file.read(length))
    kind, flags = header.number(), header.number()
    extra = header.number() if flags & _HAS_EXTRA else 0
    data = header.number() if flags & _HAS_DATA else 0
    name = _name(header) if kind == _FILE and _is_locked(header.data[len(header.data) - extra :]) else ""
    file.seek(start + size.at + length + data)
    return kind, name


def _is_locked(extra: bytes) -> bool:
    cursor = _Cursor(extra)
    while cursor.at < len(extra):
        length = cursor.number()
        if _Cursor(cursor.stretch(length)).number() == _ENCRYPTION:
            return True
    return False


def _name(header: _Cursor) -> str:
    flags = header.number()
    header.number()  # size
    header.number()  # attributes
    header.stretch((4 if flags & _HAS_TIME else 0) + (4 if flags & _HAS_CRC else 0))
    header.number()  # how it is packed
    header.number()  # the system it was packed on
    return unicodedata.normalize("NFC", header.stretch(header.number()).decode("utf-8", "replace"))
