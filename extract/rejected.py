"""What came near to being evidence and was not: for the officer who asks why a cell is empty.

Nearest is what passed the most: first the mentions, which passed the law gate and only claim nothing; then what the gates refused, those
that only missed something before those that met something else (the order of NEAREST); last what was not asked at all. Of sentences
refused alike, the one that rests on more (a document's number, a day, a figure) comes first, then the earlier one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Final

from .analysis import GROUP_OF
from .facts import strength
from .model import Evidence, Rejected
from .watching import Seen

MENTION: Final = "mention/"  # how the gate of a sentence is called that passed the law gate and claims nothing
KEPT: Final = 3  # refusals kept for each item and document: what an officer reads before turning to the report itself
NEAREST: Final[tuple[tuple[str, ...], ...]] = (
    (
        "no/law-not-named",
        "no/inspects-nobody",
        "no/not-under-limits",
        "no/turned-away",
        "no/nothing-made",
        "no/verb-alone",
    ),  # lacks a word about it
    (
        "no/proposal",
        "no/plan-of-superior",
        "no/plan-of-others",
        "no/other-plan",
        "no/other-regulation",
        "no/counts-texts",
    ),  # the act is not the one asked for
    ("no/other-object", "no/inside-another", "no/not-what-the-row-answers"),  # the verb takes another object
    ("no/other-matter-named", "no/heading-on-other-matter", "no/older-law"),  # another law or campaign is named
    (
        "no/announces",
        "no/announces-items",
        "no/table-of-plans",
        "no/row-label",
        "no/column-of-an-earlier-year",
        "no/footnote-cites",
    ),  # not asked what it claims
)
_RANK: Final = {gate: rank for rank, gates in enumerate(NEAREST, start=1) for gate in gates}
_STRENGTHS: Final = ("verifiable", "specific", "assertion")


def nearest(watched: Sequence[Seen], claims: Sequence[Evidence], known: Collection[str], year: int | None) -> tuple[Rejected, ...]:
    """The nearest refusals of each of the `known` items that no claim says is done, at most KEPT an item, in the items' text order."""
    done = {claim.item for claim in claims if claim.status == "done"}
    by_item: dict[str, list[Rejected]] = {}
    for seen in watched:
        for item, gate in _refused(seen):
            if item in known and item not in done:
                by_item.setdefault(item, []).append(_rejected(seen, item, gate, year))
    return tuple(one for item in sorted(by_item) for one in sorted(by_item[item], key=lambda r: r.distance)[:KEPT])


def distance_of(gate: str, strong: str) -> int:
    """How far from counting, 0 the nearest: by the gate first, then by what the sentence rests on. A gate that the order does not know
    stands behind those it knows."""
    rank = 0 if gate.startswith(MENTION) else _RANK.get(gate, len(NEAREST) + 1)
    return rank * len(_STRENGTHS) + _STRENGTHS.index(strong)


def _refused(seen: Seen) -> Iterator[tuple[str, str]]:
    """Each item that the sentence names and is no evidence for, with what refused it."""
    if seen.stopped:
        named = {GROUP_OF[cue.rule] for cue in seen.cues}
        yield from ((group.split("item.")[1].removesuffix(".strong"), seen.stopped) for group in sorted(named) if _names_item(group))
    for one in seen.considered:
        if one.status is None:
            yield one.item, one.gate
        elif one.status == "mention":
            yield one.item, MENTION + (one.decided_by[0] if one.decided_by else "")


def _names_item(group: str) -> bool:
    return group.startswith("item.") and group.endswith(".strong")


def _rejected(seen: Seen, item: str, gate: str, year: int | None) -> Rejected:
    cues = tuple(cue for cue in seen.cues if GROUP_OF[cue.rule].startswith(f"item.{item}."))
    end = seen.start + len(seen.quote)
    distance = distance_of(gate, strength(seen.quote, year))
    return Rejected(seen.passage, item, gate, distance, seen.start, end, seen.quote, seen.heading, cues)
