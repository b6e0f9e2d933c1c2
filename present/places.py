"""Where words stand, for people: a page, or the place in a file without pages. Data keeps the reader's own codes (`t3r4c3`)."""

from __future__ import annotations

import re
from typing import Final

from .language import words

# What the reader's codes count, by their letters (ingest); the number behind them stands in the gap.
_PARTS: Final[dict[str, str]] = {
    "p": "đoạn {}",
    "t": "bảng {}",
    "r": "dòng {}",
    "c": "cột {}",
    "fn": "chú thích {}",
    "tb": "khung chữ {}",
    "h": "đầu trang {}",
    "f": "chân trang {}",
    "e": "văn bản nhúng {}",
}
_CODE: Final = re.compile(r"([a-z]+)(\d+)")


def place(page: int | None, locator: str) -> str:
    """The page where there is one, else the place in the file: "đoạn 25", "bảng 3, dòng 4, cột 3"."""
    if page is not None:
        return words("trang {}", page)
    parts = _CODE.findall(locator)
    if "".join(f"{letters}{number}" for letters, number in parts) != locator or not all(letters in _PARTS for letters, _ in parts):
        return locator
    return ", ".join(words(_PARTS[letters], number) for letters, number in parts)
