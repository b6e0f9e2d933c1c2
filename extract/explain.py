"""Why a report's sentences count or do not: the same reading as `judge`, watched."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..ingest.model import Passage, Report
from ..plan.model import Plan
from ..plan.registry import Registry
from .analysis import Sentence, analyse
from .by_plan import judge_by_plan
from .judge import judge, walk_body
from .letterhead import read_letterhead
from .model import Evidence
from .performative import Acts, judge_act
from .watching import Seen, cues_of

OUTSIDE = "no/outside-body"
WHOLE_ACT = "no/document-is-the-act"


@dataclass(frozen=True, slots=True)
class Explained:
    """A sentence with the headings above it, what was made of it, and the claims it gave."""

    seen: Seen
    headings: tuple[str, ...]
    claims: tuple[Evidence, ...]


def explain(report: Report, plan: Plan, registry: Registry) -> tuple[Explained, ...]:
    """Every sentence of the report, in order: its cues with their places, what each gate answered, and what came of it."""
    head = read_letterhead(report, registry)
    acts = Acts() if plan.rules else judge_act(report, head)
    watched: list[Seen] = []
    if plan.rules:
        judge_by_plan(report, plan, head, watched)
    elif not acts.whole:
        walk_body(report, head.letterhead, head.body_starts, watched)
    unread = WHOLE_ACT if acts.whole else OUTSIDE
    claims = judge(report, plan, registry).evidence
    known = {item.id for item in plan.items}
    by_place = {(s.passage, s.start): _of_plan(s, known) for s in watched}
    found: list[Explained] = []
    for passage, sentences in zip(report.passages, analyse(p.text for p in report.passages), strict=True):
        for sentence in sentences:
            seen = by_place.get((passage.ordinal, sentence.start)) or _not_judged(passage, sentence, unread)
            found.append(Explained(seen, passage.headings, _claims_in(claims, passage, sentence)))
    return tuple(found)


def _of_plan(seen: Seen, known: set[str]) -> Seen:
    return replace(seen, considered=tuple(c for c in seen.considered if c.item in known))


def _claims_in(claims: tuple[Evidence, ...], passage: Passage, sentence: Sentence) -> tuple[Evidence, ...]:
    end = sentence.start + len(sentence.text)
    return tuple(c for c in claims if c.passage == passage.ordinal and c.start < end and sentence.start < c.end)


def _not_judged(passage: Passage, sentence: Sentence, why: str) -> Seen:
    stopped = "no/heading" if passage.kind == "heading" else why
    return Seen(
        passage.ordinal, sentence.start, sentence.text, passage.headings[-1] if passage.headings else "", stopped, cues=cues_of(sentence)
    )
