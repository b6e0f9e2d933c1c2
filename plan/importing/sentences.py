"""A sentence that gives a duty: who has it, who helps, what is to be done by when."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..model import DutyKind
from .model import When, Who
from .when import Deadlines
from .who import Found, Resolver
from .words import cue, folded

_STOP = re.compile(r"(?<=[.])\s+(?=[A-ZĐÀ-Ỹ“])")
_COMMA = re.compile(r",\s+")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as read. `rest` is what stands behind subject and helpers; `own` whether it names its subject; `subject` where it
    begins."""

    text: str
    kind: DutyKind
    lead: Who
    helpers: Who
    rest: str
    when: When | None
    own: bool


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph; pieces behind a semicolon stand with the one before, unless they have a deadline of their own
    (`split_further`)."""
    return [piece for piece in _STOP.split(text.strip()) if piece]


def split_further(text: str, deadlines: Deadlines) -> list[str]:
    """A sentence cut at the semicolons behind which another deadline stands."""
    pieces = text.split("; ")
    kept = [pieces[0]]
    for piece in pieces[1:]:
        if _names_day(piece, deadlines):
            kept.append(piece)
        else:
            kept[-1] += f"; {piece}"
    return kept


def _names_day(text: str, deadlines: Deadlines) -> bool:
    found = Deadlines(deadlines.year).read(text)
    return (
        found is not None
        and found.due.kind not in ("continuous", "event")
        and bool(cue("sentences", "leads-by-itself").search(folded(text)))
    )


def read_sentence(text: str, resolver: Resolver, deadlines: Deadlines, above: Who | None = None) -> Said | None:
    """The duty in a sentence; None where it names nobody who has one. `above` has it where the sentence names nobody but says what to
    do."""
    said = folded(text)
    if cue("sentences", "announces").search(said):
        return None
    event = bool(cue("sentences", "if-it-arises").search(said))
    start = _subject_start(text, resolver)
    when = deadlines.read(text)
    if start is None:
        if not above or not (cue("sentences", "leads-by-itself").search(said) or event):
            return None
        helpers, rest = _helpers(text, resolver)
        kind: DutyKind = "event" if event else "assigned"
        return Said(text, kind, above, helpers, rest, when, own=False)
    lead, end = resolver.read_list(text[start:])
    helpers, rest = _helpers(text[start + end :], resolver)
    if cue("sentences", "grounds").search(said):
        text = text[start:]
        when = deadlines.read(text)
        start = 0
    return Said(text, _kind(text, start, event), lead, helpers, rest, when, own=True)


def _kind(text: str, start: int, event: bool) -> DutyKind:
    said = folded(text)
    if event:
        return "event"
    if cue("sentences", "accountable").search(said):
        return "accountability"
    return "request" if cue("sentences", "request").search(said[: start + 1]) else "assigned"


def _subject_start(text: str, resolver: Resolver) -> int | None:
    """Where the names begin of those who have the duty: at the sentence's beginning, behind "Giao", or behind an opening phrase."""
    for start in _starts(text):
        found, end = resolver.scan(text[start:])
        if end and re.search(r"\w", text[start + end :]) and not _inside_a_list(text, start, found, resolver):
            return start
    return None


def _inside_a_list(text: str, start: int, found: list[Found], resolver: Resolver) -> bool:
    """Whether a loose word ("địa phương") only goes on with a list that began before it."""
    before = resolver.everybody(text[:start])
    return bool(found[0].checks and before and not re.search(r"\w", text[before[-1].end : start]))


def _starts(text: str) -> Iterator[int]:
    said = folded(text)
    begin = 0
    if head := cue("sentences", "heading-opener").search(said):
        yield head.end()
    if cue("sentences", "opener").search(said) or cue("sentences", "if-it-arises").search(said):
        yield from _behind(text, [m.end() for m in _COMMA.finditer(text)])
        return
    yield from _behind(text, [begin])


def _behind(text: str, places: list[int]) -> Iterator[int]:
    for place in places:
        gives = cue("sentences", "gives-over").search(folded(text[place:]))
        yield place + (gives.end() if gives else 0)


def _helpers(rest: str, resolver: Resolver) -> tuple[Who, str]:
    """Who is named behind "phối hợp với" or "cùng", and what is left behind them."""
    found = cue("sentences", "with").search(folded(rest[:60]))
    lead = cue("sentences", "leads").search(folded(rest))
    if not found and lead:
        found = cue("sentences", "with").search(folded(rest))
    if not found:
        found = cue("sentences", "with-somewhere").search(folded(rest))
        if not found:
            return Who(), rest[lead.end() :] if lead else rest
    who, end = resolver.read_list(rest[found.end() :])
    if not end:
        return Who(), rest[lead.end() :] if lead else rest
    behind = rest[found.end() + end :]
    return who, behind if re.search(r"\w", behind) else rest
