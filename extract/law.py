"""Which law a sentence speaks of: this Law, another law or matter, or neither."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .analysis import Hit, Sentence
from .patterns import pattern, words

_LUAT = pattern("law/bare-word")
_BODY_NAME = pattern("law/body-name")
_UNRELATED = pattern("law/unrelated")
_NOT_A_STATUTE_BEFORE = frozenset(words("words/no-statute-before"))
_NOT_A_STATUTE_AFTER = frozenset(words("words/no-statute-after"))
_NUMBERED = pattern("law/numbered")
_WORD = re.compile(r"[^\W\d_]+")
_LOWER_CASE_LAWS = pattern("law/lower-case-names")


@dataclass(frozen=True, slots=True)
class LawSpoken:
    """What a sentence says of laws: `explicit` hits name this Law, `democracy` its older and wider names, `other` another matter; `weak`
    when only companions of the Law are named, `old` when the ordinance before it is."""

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


def without_bare(said: LawSpoken, sentence: Sentence) -> LawSpoken:
    """The same without the bare words "Luật" that were taken for this Law."""
    full = tuple((h.start, h.end) for h in sentence.of("law.explicit"))
    return replace(said, explicit=tuple(span for span in said.explicit if span in full))


def _bare_law(sentence: Sentence, named: list[tuple[int, int]]) -> list[tuple[int, int, bool]]:
    """Every "Luật" that no rule has named: ours when it stands alone ("Luật", "Luật này"), another when a name follows ("Luật Đất đai")."""
    found: list[tuple[int, int, bool]] = []
    for match in _LUAT.finditer(sentence.text):
        start, end = match.span()
        if any(a <= start < b for a, b in named):
            continue
        ours = _is_ours(sentence, match[0], start, end)
        if ours and found and not found[-1][2] and not any(found[-1][1] <= a < start for a, _ in named):
            ours = False  # "Luật Phòng, chống tham nhũng và các văn bản hướng dẫn thi hành Luật": the one named last
        if ours is not None:
            found.append((start, end, ours))
    return found


def _is_ours(sentence: Sentence, written: str, start: int, end: int) -> bool | None:
    """Whether the bare word is this Law (True), another one (False), or no statute at all: "pháp luật", "Luật sư", a common noun (None)."""
    before = sentence.folded[:start].rsplit(None, 1)[-1:] or [""]
    rest = sentence.text[end:].lstrip()
    word = _WORD.match(rest)
    after = word[0] if word else ""
    if before[0] in _NOT_A_STATUTE_BEFORE or after.lower() in _NOT_A_STATUTE_AFTER:
        return None
    another = bool(_LOWER_CASE_LAWS.search(sentence.folded[end:].lstrip()))
    if written == "luật" and after != "này":  # lower case alone is a common noun
        return False if another else None
    shouting = written.isupper() and after.isupper()  # a heading in capitals says nothing by its capitals
    return not ((after[:1].isupper() and not shouting) or another or _NUMBERED.search(rest))
