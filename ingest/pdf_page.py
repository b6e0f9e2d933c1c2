"""What any way of looking at a PDF page gives: words and ruling lines with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .legacy import lost_coding, mend, mostly_coded, with_horns
from .model import BBox
from .pdf_words import Word
from .quality import Grade, grade

# What pdfium and pdfminer put for letters without a Unicode value; U+F000 to U+F0FF are bullets and signs, see `text.clean`.
UNMAPPED = re.compile("[\x00\ufffd\ue000-\uefff\uf100-\uf8ff]")
_GARBLED = 0.3  # share of words without Unicode values from which a page's text is worth nothing
_HOLED = 0.05
_FEW_HOLES = 2


@dataclass(slots=True)
class PageText:
    """A page as one route sees it, in points from the top left of the page with its text upright.

    `unknown` is how many words had letters without a Unicode value, which are left out; `picture` is the share of the page that pictures
    cover, `drawn` whether there is anything on it but text. `poor` says why a page that OCR has read cannot be relied on, '' where it can;
    `changes` are the words that were corrected, as (seen, corrected). `turn` is by how many quarters, against the clock, the text runs off
    user space.
    """

    number: int
    width: float
    height: float
    words: list[Word] = field(default_factory=list)
    rulings: list[BBox] = field(default_factory=list)
    unknown: int = 0
    picture: float = 0.0
    drawn: bool = False
    ocr: bool = False
    poor: str = ""
    changes: list[tuple[str, str]] = field(default_factory=list)
    turn: int = 0
    _grade: Grade | None = None

    def grade(self) -> Grade:
        """Of its words put back into lines."""
        if self._grade is None:
            self._grade = grade(" ".join([w.text for w in self.words]))
        return self._grade

    @property
    def is_blank(self) -> bool:
        """Whether nothing is on it; also what a library shows for a page that it cannot find its way into."""
        return not (self.words or self.drawn or self.unknown or self.rulings)

    @property
    def garbled(self) -> bool:
        """Whether so many letters have no Unicode value that the rest says nothing."""
        return self.unknown > _GARBLED * (self.grade().words + self.unknown)

    @property
    def doubtful(self) -> bool:
        """Whether letters are missing in more than a few words, or the words are torn: another way of reading may give more."""
        return self.unknown > max(_FEW_HOLES, _HOLED * self.grade().words) or self.grade().doubtful


def decoded(page: PageText) -> PageText:
    """The page, changed: its text in Unicode where it is in an older coding and its fonts do not tell."""
    if mostly_coded(" ".join([w.text for w in page.words])):
        coding = lost_coding([w.text for w in page.words])
        for word in page.words if coding else ():
            word.text = mend(with_horns(word.text, coding), coding)
    return page
