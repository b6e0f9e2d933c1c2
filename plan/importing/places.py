"""Districts and communes that are told by one head: "UBND các huyện: A, B, C", "UBND các huyện A, B và thành phố C"."""

from __future__ import annotations

import re
from collections.abc import Callable

from .model import Found
from .words import cue, folded

_KIND = re.compile(r"thị xã|thành phố|thị trấn|đặc khu|huyện|quận|xã|phường")
_WORD = re.compile(r"\w[\w'’-]*")
_JOINT = re.compile(r"\s*(?:[,;]|và(?!\w))\s*(?:và\s+)?")
_LONGEST = 5  # words of a place's name
_LEAST = 2  # words of one that no list has


def places_named(text: str, at: int, codes_of: Callable[[str], tuple[str, ...]]) -> list[Found]:
    """The people's committees of the places named at `at`; [] where a class stands without names, or with those of its towns only
    ("các huyện, thành phố Cà Mau"). `codes_of` gives the codes of a name."""
    head = cue("names", "places").match(folded(text[at:]))
    if head is None:
        return []
    kinds = _KIND.findall(head["kinds"])
    several = bool(head["many"] or head["several"])
    found: list[Found] = []
    here, begin = at + head.end(), at
    while one := _place(kinds, text, here, begin, codes_of):
        if not one.codes and not several:
            break
        found.append(one)
        joint = _JOINT.match(text, one.end)
        if joint is None:
            break
        here = begin = joint.end()
    towns = len(kinds) > 1 and not head["listed"] and all(_of_kind(one, kinds[-1], codes_of) for one in found)
    return [] if towns else found


def _of_kind(one: Found, kind: str, codes_of: Callable[[str], tuple[str, ...]]) -> bool:
    """Whether a place is of a kind, by the last words of its name."""
    words = one.text.split()
    return any(codes_of(f"Ủy ban nhân dân {kind} {' '.join(words[-count:])}") == one.codes for count in range(1, _LONGEST + 1))


def _place(kinds: list[str], text: str, at: int, begin: int, codes_of: Callable[[str], tuple[str, ...]]) -> Found | None:
    """One of them, of its own kind or of one of those in the head; without codes where no list has it and it looks like a name."""
    own = cue("names", "place-kind").match(folded(text[at:]))
    at += own.end() if own else 0
    ends: list[int] = []
    for word in _WORD.finditer(text, at):
        joined = len(ends) < _LONGEST and word[0][0].isupper() and not text[ends[-1] if ends else at : word.start()].strip()
        if not joined:
            break
        ends.append(word.end())
    tried = [own["kind"]] if own else kinds
    for end in reversed(ends):
        for kind in tried:
            codes = codes_of(f"Ủy ban nhân dân {kind} {text[at:end]}")
            if codes and not codes[0].startswith("G-"):
                return Found(begin, end, text[begin:end], codes)
    if len(ends) < _LEAST or cue("names", "agency-head").match(folded(text[at:])):
        return None
    return Found(begin, ends[-1], f"Ủy ban nhân dân {tried[0]} {text[at : ends[-1]]}", ())
