"""How many pages a PDF holds by its own bytes, without a library: page objects in the file, and those packed into object streams."""

from __future__ import annotations

import re
import zlib
from pathlib import Path
from typing import Final

_PAGE_OBJECT: Final = re.compile(rb"/Type\s*/Page(?![a-zA-Z])")
_PACKED: Final = re.compile(rb"/Type\s*/ObjStm\b")
_STREAM: Final = re.compile(rb"stream\r?\n")
_FILTER: Final = re.compile(rb"/Filter\s*(\[?)\s*/(\w+)\s*(/?)")
_SCANNED_BYTES: Final = 64 << 20  # of a file
_UNPACKED_BYTES: Final = 32 << 20  # of all its object streams; one page object takes some hundred
_DICTIONARY: Final = 2_000  # bytes on either side in which the dictionary of a stream lies


def page_objects(path: Path) -> tuple[int, bool]:
    """How many page objects the file holds, and whether that is all that can be in it: earlier versions of pages count too, and what is
    encrypted or packed in a rare way is not seen."""
    with path.open("rb") as file:
        data = file.read(_SCANNED_BYTES + 1)
    count = sum(1 for _ in _PAGE_OBJECT.finditer(data))
    sure = len(data) <= _SCANNED_BYTES and b"/Encrypt" not in data
    left = _UNPACKED_BYTES
    for found in _PACKED.finditer(data):
        unpacked = _unpacked(data, found.start(), left)
        if unpacked is None:
            sure = False
            continue
        left -= len(unpacked)
        count += sum(1 for _ in _PAGE_OBJECT.finditer(unpacked))
    return count, sure and left > 0


def _unpacked(data: bytes, at: int, most: int) -> bytes | None:
    """The content of the object stream whose dictionary holds the place `at`; None where it is not plainly deflated or is damaged."""
    stream = _STREAM.search(data, at, at + _DICTIONARY)
    if stream is None or most <= 0:
        return None
    begin = data.rfind(b" obj", max(0, at - _DICTIONARY), at)
    packing = _FILTER.search(data, begin if begin >= 0 else at, stream.start())
    if packing is None:
        return b""  # not packed: what is in it stands in the file and is counted already
    if packing[2] not in (b"FlateDecode", b"Fl") or (packing[1] and packing[3]):
        return None
    try:
        return zlib.decompressobj().decompress(data[stream.end() : stream.end() + most], most)
    except zlib.error:
        return None
