"""Words of a PDF page with their places, gathered into rows: everything on one height, from left to right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import attrgetter

_BOLD = re.compile(r"bold|black|heavy|-bd|semibold", re.IGNORECASE)
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_ITALIC = re.compile(r"italic|oblique|-it\b", re.IGNORECASE)
# Two pieces closer than this share of the letter size are one word, cut where the font changes ("km" and a raised "2").
GLUE = 0.12
_TOP, _LEFT = attrgetter("top"), attrgetter("x0")
_UNIT = re.compile(r"(?:^|[\s\d,.])(?:k|h|d|c|m)?m$")


@dataclass(slots=True)
class Word:
    """A word, the piece of one in one font, or words of one font at the distance of a blank. Points from the page's top left.

    Where there are several, `head` is the width of the first and `second` how far from its start the next begins; else both are 0.
    """

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    italic: bool
    head: float = 0.0
    second: float = 0.0


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

    @property
    def usual_size(self) -> float:
        """The size of most of its letters: the number before a footnote may be set larger than the note."""
        letters: Counter[float] = Counter()
        for word in self.words:
            letters[word.size] += len(word.text)
        return letters.most_common(1)[0][0]


def family_of(font: str) -> str:
    """The family in a PDF font's name: "ABCDEF+.VnTimeH,Bold" is of ".VnTimeH"."""
    return re.split(r"[,-]", _SUBSET.sub("", font), maxsplit=1)[0]


def is_bold(font: str) -> bool:
    """By the font's name."""
    return bool(_BOLD.search(font))


def is_italic(font: str) -> bool:
    """By the font's name."""
    return bool(_ITALIC.search(font))


def rows_of(words: Iterable[Word]) -> list[RowOfWords]:
    """Rows from top to bottom. A raised figure joins the row that it overlaps by half of its height."""
    rows: list[RowOfWords] = []
    for word in sorted(words, key=_TOP):
        for row in reversed(rows[-4:]):
            if _shares_height(row, word):
                break
        else:
            row = RowOfWords([], word.top, word.bottom)
            rows.append(row)
        row.words.append(word)
        if word.bottom - word.top > row.bottom - row.top:
            row.top, row.bottom = word.top, word.bottom
    for row in rows:
        row.words.sort(key=_LEFT)
    rows.sort(key=_TOP)
    return rows


def _shares_height(row: RowOfWords, word: Word) -> bool:
    top, bottom, own_top, own_bottom = row.top, row.bottom, word.top, word.bottom
    overlap = (bottom if bottom < own_bottom else own_bottom) - (top if top > own_top else own_top)
    height, own_height = bottom - top, own_bottom - own_top
    return overlap >= 0.5 * (height if height < own_height else own_height)


def joined(words: Sequence[Word], note_marks: frozenset[str] = frozenset()) -> str:
    """The text of words on one height. Raised figures that are footnote marks (`note_marks`) are left out; those of units stay ("km2"), and
    others are kept apart from a figure before them ("03" with a raised 4 is not 34)."""
    if len(words) == 1:
        return words[0].text
    out: list[str] = []
    last: Word | None = None
    size = max([w.size for w in words], default=0.0)
    for word in words:
        apart = last is not None and word.x0 - last.x1 > GLUE * (word.size if word.size > last.size else last.size)
        if last is not None and word.size < 0.8 * size:
            if word.text.strip("()[]") in note_marks and (apart or not _UNIT.search("".join(out))):
                continue
            apart = apart or (word.text[:1].isdigit() and last.text[-1:].isdigit() and last.size > word.size)
        if apart:
            out.append(" ")
        out.append(word.text)
        last = word
    return "".join(out)


def weight(words: Sequence[Word]) -> tuple[bool, bool]:
    """Whether (nearly) all letters of the words are bold, and italic."""
    if len(words) == 1 and words[0].text:
        return words[0].bold, words[0].italic
    total = bold = italic = 0
    for word in words:
        length = len(word.text)
        total += length
        bold += length * word.bold
        italic += length * word.italic
    return bold >= 0.9 * total > 0, italic >= 0.9 * total > 0
