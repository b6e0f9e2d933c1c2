"""Which law a sentence speaks of: this Law, another law or matter, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .analysis import Hit, Sentence
from .patterns import pattern

_LUAT = re.compile(r"\b[Ll]uật\b|\bLUẬT\b")
# A body's own name is no topic: "Trung tâm Văn hóa - Thông tin và Thể thao", "Phòng Tài nguyên và Môi trường". Each name is a run of
# capitalised words, each with at most one more syllable, joined by a comma, a dash or "và".
_BODY_NAME = pattern("law/body-name")
_UNRELATED = pattern("law/unrelated")
_NOT_A_STATUTE_BEFORE = frozenset({"pháp", "kỷ", "quy", "dự", "định", "đạo", "âm", "tự", "án"})
_NOT_A_STATUTE_AFTER = frozenset({"sư", "gia", "định", "pháp", "khoa", "học"})
# Laws that offices write in lower case after "Luật".
_LOWER_CASE_LAWS = pattern("law/lower-case-names")


@dataclass(frozen=True, slots=True)
class LawSpoken:
    """What a sentence says of laws. `explicit` hits name this Law, `democracy` its older and wider names, `other` speak of another matter."""

    explicit: tuple[tuple[int, int], ...]
    democracy: tuple[tuple[int, int], ...]
    weak: bool
    other: tuple[Hit, ...]
    old: bool


def law_of(sentence: Sentence) -> LawSpoken:
    """What the sentence's own words say; an opener or vehicle ("lồng ghép trong hội nghị …") is not taken out here."""
    named = [(h.start, h.end) for h in sentence.of("law.explicit") if not _UNRELATED.search(sentence.folded[: h.start])]
    bodies = [m.span() for m in _BODY_NAME.finditer(sentence.text)]
    topics = [h for h in sentence.of("other.topic") if not any(a <= h.start < b for a, b in bodies)]
    others = [*sentence.of("other.law", "other.party", "other.general"), *topics]
    for start, end, ours in _bare_law(sentence, named):
        if ours and _UNRELATED.search(sentence.folded[:start]):
            continue
        if ours:
            named.append((start, end))
        else:
            others.append(Hit("law/other-law", "other.law", start, end))
    democracy = tuple((h.start, h.end) for h in sentence.of("law.democracy") if not any(a <= h.start and h.end <= b for a, b in named))
    others = [h for h in others if not any(a <= h.start and h.end <= b for a, b in (*named, *democracy))]
    return LawSpoken(tuple(named), democracy, sentence.has("law.weak"), tuple(others), sentence.has("other.old"))


def _bare_law(sentence: Sentence, named: list[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    """Every "Luật" that no rule has named: ours when it stands alone ("Luật", "Luật này"), another when a name follows ("Luật Đất đai")."""
    found = []
    for match in _LUAT.finditer(sentence.text):
        start, end = match.span()
        if any(a <= start < b for a, b in named):
            continue
        before = sentence.folded[:start].rsplit(None, 1)[-1:] or [""]
        rest = sentence.text[end:].lstrip()
        word = re.match(r"[^\W\d_]+", rest)
        after = word[0] if word else ""
        if before[0] in _NOT_A_STATUTE_BEFORE or after.lower() in _NOT_A_STATUTE_AFTER:
            continue
        if match[0] == "luật" and after != "này":  # lower case alone is a common noun
            if _LOWER_CASE_LAWS.match(sentence.folded[end:].lstrip()):
                found.append((start, end, False))
            continue
        shouting = match[0].isupper() and after.isupper()  # a heading in capitals says nothing by its capitals
        other = (
            (after[:1].isupper() and not shouting)
            or bool(_LOWER_CASE_LAWS.match(sentence.folded[end:].lstrip()))
            or bool(re.match(r"số\s+\d", rest))
        )
        found.append((start, end, not other))
    return found
