"""Words of a PDF page with their places, gathered into rows: everything on one height, from left to right."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

_BOLD = re.compile(r"bold|black|heavy|-bd|semibold", re.IGNORECASE)
_ITALIC = re.compile(r"italic|oblique|-it\b", re.IGNORECASE)
# Two pieces closer than this share of the letter size are one word, cut where the font changes ("km" and a raised "2").
_GLUE = 0.12
_UNIT = re.compile(r"(?:^|[\s\d,.])(?:k|h|d|c|m)?m$")


@dataclass(slots=True)
class Word:
    """A word, or the piece of one in one font. Points from the page's top left."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    italic: bool


@dataclass(slots=True)
class RowOfWords:
    """Words on one height; `top` and `bottom` are those of its tallest word."""

    words: list[Word] = field(default_factory=list)
    top: float = 0.0
    bottom: float = 0.0

    @property
    def size(self) -> float:
        """The largest letter size in it."""
        return max(w.size for w in self.words)


def is_bold(font: str) -> bool:
    """By the font's name."""
    return bool(_BOLD.search(font))


def is_italic(font: str) -> bool:
    """By the font's name."""
    return bool(_ITALIC.search(font))


def rows_of(words: Iterable[Word]) -> list[RowOfWords]:
    """Rows from top to bottom. A raised figure joins the row that it overlaps by half of its height."""
    rows: list[RowOfWords] = []
    for word in sorted(words, key=lambda w: (w.top, w.x0)):
        row = next((r for r in reversed(rows[-4:]) if _shares_height(r, word)), None)
        if row is None:
            row = RowOfWords([], word.top, word.bottom)
            rows.append(row)
        row.words.append(word)
        if word.bottom - word.top > row.bottom - row.top:
            row.top, row.bottom = word.top, word.bottom
    for row in rows:
        row.words.sort(key=lambda w: w.x0)
    rows.sort(key=lambda r: r.top)
    return rows


def _shares_height(row: RowOfWords, word: Word) -> bool:
    overlap = min(row.bottom, word.bottom) - max(row.top, word.top)
    return overlap >= 0.5 * min(row.bottom - row.top, word.bottom - word.top)


def joined(words: Sequence[Word], note_marks: frozenset[str] = frozenset()) -> str:
    """The text of words on one height. Raised figures that are footnote marks (`note_marks`) are left out; those of units stay ("km2")."""
    out: list[str] = []
    last: Word | None = None
    size = max((w.size for w in words), default=0.0)
    for word in words:
        if last is not None and word.x0 - last.x1 > _GLUE * max(word.size, last.size):
            out.append(" ")
        elif last is not None and word.size < 0.8 * size and word.text.strip("()[]") in note_marks and not _UNIT.search("".join(out)):
            continue
        out.append(word.text)
        last = word
    return "".join(out)


def weight(words: Sequence[Word]) -> tuple[bool, bool]:
    """Whether (nearly) all letters of the words are bold, and italic."""
    total = sum(len(w.text) for w in words)
    bold = sum(len(w.text) for w in words if w.bold)
    italic = sum(len(w.text) for w in words if w.italic)
    return bold >= 0.9 * total > 0, italic >= 0.9 * total > 0
