"""What a passage under a heading of proposals asks for, as far as it is about the Law or the plan's duties.

Officers put promises ("Sở sẽ tập huấn bù") and wishes of every other kind ("bổ sung biên chế giáo viên", "duy tu bãi tắm") under the same
heading, in one sentence with what concerns the plan; so every clause between semicolons is asked by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from ..plan.model import Plan
from .analysis import Sentence, analyse, analyse_one
from .items import ITEMS, named_in_sentence, other_object
from .law import law_of
from .plan_rules import LAW, plan_rules

_NUMBERING: Final = re.compile(r"^\s*(?:(?:[-–+•*]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)]|\d{1,2}\.\d{1,2}(?:\.\d{1,2})*)\s+)+")
_END: Final = re.compile(r"\s*(?:\./\.|/\.|[;,])?\s*$")
_STATUSES: Final = ("status.planned", "status.done", "status.ongoing", "status.not_done", "status.duty")
_WEAK_TOGETHER: Final = 2  # weak words of one item that name it together: "trình", "nghị quyết", "kỳ họp"


def proposals_in(text: str, plan: Plan | None = None, claimed: Sequence[tuple[int, int]] = ()) -> list[str]:
    """The clauses of the passage that propose something about the Law or a duty, in their words, without numbers and signs of a list.
    `claimed` are the spans of the passage that claims on the plan's items rest on: what stands there is about a duty."""
    found: list[str] = []
    for sentence in next(analyse([text])):
        proposing = False
        for start, end in _clauses(sentence.text):
            piece = _NUMBERING.sub("", sentence.text[start:end]).strip()
            clause = analyse_one(piece)
            proposing = _proposes(clause, proposing)
            at, until = sentence.start + start, sentence.start + end
            if piece and proposing and (any(a < until and at < b for a, b in claimed) or _concerns(clause, plan)):
                found.append(_END.sub("", piece))
    return found


def _clauses(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for stop in (*(match.start() for match in re.finditer(";", text)), len(text)):
        yield start, stop
        start = stop + 1


def _proposes(clause: Sentence, before: bool) -> bool:
    """By a verb of proposing that tells of nothing done; without one where nothing is told at all ("- Cấp loa cho 03 xã"), or in a clause
    that goes on with the proposal before it."""
    if clause.has("opens.proposals"):
        return True
    if clause.has("section.proposals"):
        return not clause.has("status.done")
    return not clause.has(*_STATUSES) and (before or not clause.has("status.partial"))


def _concerns(clause: Sentence, plan: Plan | None) -> bool:
    """Whether it names the plan's law, or a duty with no other matter beside it."""
    if plan is not None and plan.rules:
        hits = plan_rules(plan).hits(clause.folded)
        return LAW in hits or any(f"item.{item.id}.strong" in hits for item in plan.items)
    said = law_of(clause)
    if said.explicit or said.democracy:
        return True
    if said.other:
        return False
    named = named_in_sentence(clause)
    weak = any(len(clause.of(f"item.{item}.weak")) >= _WEAK_TOGETHER for item in ITEMS)
    return said.weak or weak or any(not all(other_object(clause.folded, hit) for hit in hits) for hits in named.values())
