"""The clause of an item, where a sentence tells one thing of one item and another of the next.

"Đã mở hội nghị quán triệt, còn lớp tập huấn thì chưa mở được": the status of each is to be read from its own clause.
"""

from __future__ import annotations

from dataclasses import replace

from .analysis import Hit, Sentence
from .components import component
from .patterns import pattern

_TURNS = pattern("clause/turns")
_NAMING = "item."


@component("clauses", off=lambda sentence, at: (sentence, at))
def own_clause(sentence: Sentence, at: list[Hit]) -> tuple[Sentence, list[Hit]]:
    """The part of the sentence between the turns ("; ", ", còn", ", tuy nhiên") around the item's first naming words, with those of its
    hits that lie in it; the whole sentence where no other item is named beyond a turn."""
    turns = [0, *(m.end() for m in _TURNS.finditer(sentence.folded)), len(sentence.folded)]
    if not at or len(turns) == 2:
        return sentence, at
    first = min(h.start for h in at)
    here = max(i for i, start in enumerate(turns[:-1]) if start <= first)
    start, end = turns[here], turns[here + 1]
    if not _another_item_beyond(sentence, at, start, end):
        return sentence, at
    return _cut(sentence, start, end), [_moved(h, start) for h in at if start <= h.start and h.end <= end]


def _another_item_beyond(sentence: Sentence, at: list[Hit], start: int, end: int) -> bool:
    mine = {h.group for h in at}
    named = [h for group, hits in sentence.hits.items() if group.startswith(_NAMING) and group.endswith(".strong") for h in hits]
    return any(h.group not in mine and not start <= h.start < end for h in named)


def _cut(sentence: Sentence, start: int, end: int) -> Sentence:
    hits = {
        group: tuple(_moved(h, start) for h in kept)
        for group, all_hits in sentence.hits.items()
        if (kept := [h for h in all_hits if start <= h.start and h.end <= end])
    }
    return replace(sentence, text=sentence.text[start:end], folded=sentence.folded[start:end], start=sentence.start + start, hits=hits)


def _moved(hit: Hit, by: int) -> Hit:
    return replace(hit, start=hit.start - by, end=hit.end - by)
