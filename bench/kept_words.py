"""How much of a text was read: words of what is written beside words of what was read."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[^\W_]+")
_LABEL: Final = re.compile(
    r"[ivxl]+|\d+|.{1,2}"
)  # what is read and not written may be a list's label ("a)", "III."), which the reader works out


def words(text: str) -> list[str]:
    """Words and numbers in order, without marks, capitals made small (Word shows some text in capitals that are not written so)."""
    return _WORD.findall(unicodedata.normalize("NFC", text.replace("\xad", "")).casefold())


@dataclass(slots=True)
class Kept:
    """`written` words, those of them that were `read`, and those that were read `again` or are not written at all."""

    written: int = 0
    read: int = 0
    again: int = 0

    def add(self, other: Kept) -> None:
        self.written += other.written
        self.read += other.read
        self.again += other.again

    @property
    def share(self) -> float:
        return self.read / self.written if self.written else 1.0

    @property
    def surplus(self) -> float:
        return self.again / self.written if self.written else 0.0


def anywhere(written: Sequence[str], read: Sequence[str]) -> Kept:
    """Each word as often as it is written, wherever it was read."""
    wanted, got = Counter(written), Counter(read)
    again = sum(count for word, count in (got - wanted).items() if not _LABEL.fullmatch(word))
    return Kept(len(written), sum((wanted & got).values()), again)


def in_order(written: Sequence[str], read: Sequence[str]) -> Kept:
    """The longest series of written words that was read in the same order."""
    kept = anywhere(written, read)
    return Kept(kept.written, common(written, read), kept.again)


def common(one: Sequence[str], two: Sequence[str]) -> int:
    """Length of the longest common subsequence, all of a row at once in one whole number (Hyyrö 2004)."""
    places: dict[str, int] = {}
    for at, word in enumerate(one):
        places[word] = places.get(word, 0) | 1 << at
    every = (1 << len(one)) - 1
    row = every
    for word in two:
        hit = row & places.get(word, 0)
        row = (row + hit | row - hit) & every
    return len(one) - row.bit_count()
