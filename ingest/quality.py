"""How good a page's text is, told by Vietnamese syllables: what can be one, and how many of a page's words are."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

_STOPS = ("c", "ch", "p", "t")  # a syllable that ends so has a sharp or a heavy tone, or it is not Vietnamese
_SHARP_HEAVY = frozenset("\u0301\u0323")
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_WORD = re.compile(r"[^\W\d_]+")
_CONSONANTS = frozenset("bcdđghklmnpqrstvxBCDĐGHKLMNPQRSTVX")
_MARKED = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_ENOUGH = 20  # words from which a share says something
# Measured on reports: good pages have at most 5 % of words that are a lone consonant, pages with broken fonts at least 32 %.
_LONE_CONSONANTS = 0.15
_NOT_FORMULAS = 0.3  # share of syllables that pages of formulas in other languages stay under
_LEAST_VALID = 0.7  # reports reach 0.89 and more, abbreviations and numbers of documents included
_LEAST_MARKED = 0.15


def _parts() -> dict[str, list[str]]:
    """data/syllables.txt by the names in it."""
    text = Path(__file__).with_name("data").joinpath("syllables.txt").read_text(encoding="utf-8")
    lines = " ".join(line if line[0] == " " else f"\n{line}" for line in text.splitlines() if not line.startswith("#"))
    return {name: rest.split() for name, _, rest in (line.partition(":") for line in lines.strip().split("\n"))}


@lru_cache(maxsize=1)
def _bases() -> frozenset[str]:
    """All syllables without their tone, small letters, composed."""
    parts = _parts()
    made = set(parts["whole"]) | {"qu" + rime for rime in parts["rimes-after-qu"]} | {"gi" + rime for rime in parts["rimes-after-gi"]}
    for rime in parts["rimes"]:
        some = "onsets-before-e-i-y" if rime[0] in "eêiy" else "onsets-before-others"
        made.update(onset + rime for onset in ("", *parts["onsets"], *parts[some]))
    return frozenset(unicodedata.normalize("NFC", base) for base in made)


@lru_cache(maxsize=16384)
def is_syllable(word: str) -> bool:
    """Whether the word, of any case, can be a Vietnamese syllable, wherever its tone mark stands."""
    tones = ""
    letters = []
    for letter in unicodedata.normalize("NFD", word.lower()):
        if letter in _TONES:
            tones += letter
        else:
            letters.append(letter)
    base = unicodedata.normalize("NFC", "".join(letters))
    if len(tones) > 1 or base not in _bases():
        return False
    return not base.endswith(_STOPS) or tones in _SHARP_HEAVY


@dataclass(frozen=True, slots=True)
class Grade:
    """What a page's words are like: how many there are, which shares are Vietnamese syllables and lone consonants, and how many letters
    that only Vietnamese has come on a word."""

    words: int
    valid: float
    marked: float
    lone: float

    @property
    def doubtful(self) -> bool:
        """Whether the words are so torn or garbled that another way of reading the page should be tried. Other languages are not."""
        if self.words < _ENOUGH:
            return False
        if self.lone > _LONE_CONSONANTS and self.valid > _NOT_FORMULAS:
            return True
        return self.marked > _LEAST_MARKED and self.valid < _LEAST_VALID

    @property
    def score(self) -> float:
        """For comparing two readings of one page: more is better."""
        return self.valid - self.lone


def grade(text: str) -> Grade:
    """Of the text of a page; shares are of its words, 0 where it has none."""
    words = _WORD.findall(text)
    total = max(1, len(words))
    valid = sum(map(is_syllable, words))
    marked = len(_MARKED.findall(text))
    lone = sum(map(_CONSONANTS.__contains__, words))
    return Grade(len(words), valid / total, marked / total, lone / total)
