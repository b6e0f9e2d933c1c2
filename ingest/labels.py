"""The labels that Vietnamese documents put in front of headings and list items: "Phần thứ hai", "II/", "1.1.", "đ)", "(2)", "-"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

LabelKind = Literal[
    "appendix", "part", "chapter", "section", "article", "upper", "roman", "arabic", "decimal", "lower", "lower_roman",
    "arabic_bracket", "paren", "star", "dash", "plus", "bullet",
]  # fmt: skip
BULLETS: frozenset[LabelKind] = frozenset({"star", "dash", "plus", "bullet"})
# The order of letters as labels; Vietnamese lists go d, đ, e and skip f, j, w, z, lists made by Word do not.
LETTERS = "abcdđefghijklmnopqrstuvwxyz"
VIETNAMESE_LETTERS = "abcdđeghiklmnopqrstuvxy"
_ORDINALS = ("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười")
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"),
    (4, "iv"), (1, "i"),
)  # fmt: skip
_ROMAN_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True, slots=True)
class Label:
    """A label: `value` its place in the series (from 1; 0 for bullets), `parts` how many numbers it has, `end` where the words begin."""

    kind: LabelKind
    value: int
    parts: int
    end: int


def roman_value(text: str) -> int:
    """The number that roman digits write; 0 when they write none ("IIX", "VV")."""
    total, last = 0, 0
    for digit in reversed(text.lower()):
        value = _ROMAN_DIGITS.get(digit, 0)
        total, last = (total - value, last) if value < last else (total + value, value)
    return total if to_roman(total) == text.lower() else 0


def to_roman(number: int) -> str:
    """Lower-case roman digits; '' for numbers below 1."""
    out = ""
    for value, digits in _ROMAN:
        while number >= value:
            out, number = out + digits, number - value
    return out


# After "1-" and "1/" a blank must follow and none may stand before, or "12 - 15 người" and "06/10 phường" would be labels.
_END = r"(?:\s?[.)](?:\s+|(?=[^\W\d_]))|[/\-–](?:\s+))(?=\S)"
# Reports that go through the plan's duties, or answer a form's questions, number these ("NHIỆM VỤ 4.", "Câu hỏi số 2:").
_ASKED = (
    r"(?:NHIỆM VỤ|Nhiệm vụ|NỘI DUNG|Nội dung|VẤN ĐỀ|Vấn đề|TIÊU CHÍ|Tiêu chí|CÂU(?: HỎI)?|Câu(?: hỏi)?)\s+(?:số\s+|SỐ\s+)?"
    r"([IVX]+|\d{1,2})\s?[.:/)–-]+\s*(?=\S)"
)
_PATTERNS: tuple[tuple[LabelKind, re.Pattern[str]], ...] = (
    ("appendix", re.compile(r"(PHỤ LỤC)\b|(Phụ lục)(?=\s*(?:$|\n|[:.–-]|số\b|\d|[IVX]+\b|[A-Z]\b))")),
    ("part", re.compile(rf"PHẦN\s+(?:THỨ\s+({'|'.join(_ORDINALS)})|([IVX]+)|(\d{{1,2}})|([A-Z]))\b[.:/)–-]*\s*", re.IGNORECASE)),
    ("chapter", re.compile(r"(?:CHƯƠNG|Chương)\s+([IVX]+|\d{1,2})\b[.:/)–-]*\s*")),
    ("section", re.compile(r"(?:MỤC|Mục)\s+([IVX]+|\d{1,2})\b[.:/)–-]+\s*|MỤC\s+([IVX]+|\d{1,2})\b\s*|" + _ASKED)),
    ("article", re.compile(r"Điều\s+(\d{1,3})[.:]\s*")),
    ("roman", re.compile(rf"([IVX]{{1,6}})(?:{_END}|:\s+)")),
    ("upper", re.compile(rf"([A-ZĐ]){_END}")),
    ("decimal", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,4})(?:[.)/:]?\s+(?=\S)|[.)](?=[^\W\d_])|-\s+)")),
    ("arabic", re.compile(r"(\d{1,2})(?:\s?\.(?:\s+|(?=[^\W\d_]))|[/\-–:]\s+)(?=\S)")),
    ("arabic_bracket", re.compile(r"(\d{1,2})\s?\)\s*(?=\S)")),
    ("lower_roman", re.compile(rf"(i{{2,3}}|iv|vi{{1,3}}|ix|xi{{1,3}}){_END}")),
    ("lower", re.compile(rf"([a-zđ]){_END}")),
    ("paren", re.compile(r"[(\[](\d{1,2}|[a-zđ]|[ivx]{2,4})[)\]]\s*(?=\S)")),
    ("star", re.compile(r"[*]+\s*(?=[^\s*])")),
    ("plus", re.compile(r"\+\s*(?=[^\s+\d])|\+\s+(?=\S)")),
    ("dash", re.compile(r"[-–—−](?:\s+(?=[^\s\-–—])|(?=[^\s\-–—\d.]))")),
    ("bullet", re.compile(r"[•▪●○◦■□❖➢✓✔·]\s*(?=\S)")),
)  # fmt: skip
# What every label begins with: most text has none, and is done with after this one look.
_FIRST = re.compile(
    r"[\d(\[*+\-–—−•▪●○◦■□❖➢✓✔·]|(?:[A-ZĐa-zđ]|[IVXivx]{2,6})\s?[.)/:\-–]|(?i:phần|chương|mục|điều|phụ|nhiệm|nội|vấn|tiêu|câu)\s"
)


def parse_label(text: str) -> Label | None:
    """The label that `text` begins with, or None."""
    if not _FIRST.match(text):
        return None
    for kind, pattern in _PATTERNS:
        if found := pattern.match(text):
            value = _value(kind, next((g for g in found.groups() if g), ""))
            if kind == "roman" and not value:
                continue
            parts = found.group(1).count(".") + 1 if kind == "decimal" else 1
            return Label(kind, value, parts, found.end())
    return None


def _value(kind: LabelKind, digits: str) -> int:
    if kind in BULLETS or kind == "appendix":
        return 0
    last = digits.rsplit(".", 1)[-1].lower()
    if last.isdecimal():
        return int(last)
    if last in _ORDINALS:
        return _ORDINALS.index(last) + 1
    if kind in ("upper", "lower") or (len(last) == 1 and last not in "ivx"):
        return LETTERS.find(last) + 1
    return roman_value(last)


def are_siblings(one: Label | None, two: Label | None) -> bool:
    """True when `two` may be the next label of the series that `one` stands in: 1. and 2.; d) and đ), or e)."""
    if one is None or two is None or one.kind != two.kind or one.parts != two.parts:
        return False
    return one.kind in BULLETS or 0 < two.value - one.value <= (2 if one.kind in ("upper", "lower") else 1)
