"""Sentences of administrative Vietnamese: where one ends, and where its label and its run-in head end.

A full stop after an abbreviation ("TP. Hải Phòng", "KT. CHỦ TỊCH"), inside a figure (1.250) or a date does not end a sentence; "./." ends
the last one. A semicolon does not: one sentence lists several acts, and what they share stands only once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .patterns import pattern, words

ABBREVIATIONS = frozenset(words("words/abbreviations"))
_NUMBERED = pattern("sentence/numeral-follows")
_END = re.compile(r"(?:\./\.|[.!?…]+)(?:[\"”')\]]+)?(?=\s|$)|\n+|(?<=[^\d\s][.;])(?=[A-ZĐÀ-Ỹ][a-zà-ỹđ])")
_LABEL = re.compile(
    r"\s*(?:[-–—+*•●▪◦✓]\s*)*(?:(?:(?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2}){0,3}|[A-ZĐa-zđ])\s*[.)/]\s*-?|\(\d{1,2}\)|\(?[a-zđ]\)|\d{1,2}\s?-)\s+)?"
)
_HEAD = re.compile(r"([^:;.!?]{3,90}?)\s*:\s")


@dataclass(frozen=True, slots=True)
class Span:
    """A sentence: offsets into the passage's text, label and closing blanks left out."""

    start: int
    end: int


@lru_cache(maxsize=4096)
def split_sentences(text: str) -> tuple[Span, ...]:
    """The sentences of a passage's text in order; blank ones left out."""
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match[0].startswith("\n") and not _line_ends(text, match.start(), match.end()):
            continue
        if match[0].startswith(".") and _is_abbreviation(text, match.start(), match.end()):
            continue
        _add(spans, text, start, match.end())
        start = match.end()
    _add(spans, text, start, len(text))
    return tuple(spans)


def _add(spans: list[Span], text: str, start: int, end: int) -> None:
    start += len(_LABEL.match(text[start:end])[0])  # type: ignore[index]  # every part may be empty, so it always matches
    piece = text[start:end]
    stripped = piece.strip()
    if not stripped:
        return
    if not any(c.isalpha() for c in stripped) and len(text.strip()) > len(stripped):  # a label by itself; a cell may be a bare figure
        return
    start += len(piece) - len(piece.lstrip())
    spans.append(Span(start, start + len(stripped)))


def _is_abbreviation(text: str, dot: int, end: int) -> bool:
    word = re.search(r"[\w/]+$", text[:dot])
    after = text[end:].lstrip()
    if after and (after[0].islower() or after[0] in ",;:)"):
        return True
    if not word:
        return False
    known = word[0].lower() in ABBREVIATIONS and len(word[0]) <= 4 and dot + 1 == end and not _ends_code(text, word.start())
    if _NUMBERED.search(text[: word.start()]) or (word[0].lower() in ("đ/c", "đc") and text[: word.start()].rstrip()[-1:].isdecimal()):
        known = False  # "khóa X.", "86 đ/c." end a sentence: X is a numeral, and the comrades are counted
    return bool(after) and (known or _starts_line_label(text, word.start(), word[0]))


def _ends_code(text: str, at: int) -> bool:
    """The word at `at` is the tail of a document's code: "Tờ trình số 7/TTr-CT." ends a sentence, "CT. Hoa" does not."""
    return text[at - 1 : at] == "-" and bool(re.search(r"/[\w-]*-$", text[:at]))


def _starts_line_label(text: str, at: int, word: str) -> bool:
    """A "1. " or "II. " at the head of a line is a label, not a sentence."""
    return not text[:at].strip(" -–+*•(\n") and bool(re.fullmatch(r"[IVXLC]+|\d{1,2}|[a-zđA-ZĐ]", word))


def _line_ends(text: str, start: int, end: int) -> bool:
    """A line break ends a sentence where the next line begins like one, or the line before closes one; a soft break inside does not."""
    before, after = text[:start].rstrip(), text[end:].lstrip()
    if not before or not after:
        return True
    if before[-1] in ".;:!?":
        return True
    return bool(re.match(r"[-–+*•●]|\d{1,2}[.)]\s|[a-zđ]\)", after)) or (
        after[0].isupper() and before[-1] not in ",-–" and len(before.split("\n")[-1]) < 60
    )


def run_in_head(sentence: str) -> str:
    """The words before the first colon where they head what follows ("Hạn chế: …", "Loa truyền thanh: 06 phường"), else ''."""
    match = _HEAD.match(sentence)
    return match[1].strip() if match and len(match[1].split()) <= 16 else ""
