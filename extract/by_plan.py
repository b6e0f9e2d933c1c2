"""Judging a report by a plan that brings its own cue words: the same order of questions as for the shipped plan, with that plan's rules.

Which law first: a sentence counts where it names the plan's law, where a heading above it does, or where the whole document is about it.
Then which item: by a strong cue; by a weak one under a heading of the item, beside the law's name, or right after a sentence on the item.
What was done, promised or left undone is read as everywhere. What is missing here are the many distinctions between neighbouring items that
rules of years have taught the shipped plan: see docs/plan-import.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..ingest.model import Passage, Report
from ..plan.model import Plan, PlanItem
from .analysis import Hit, Sentence, analyse
from .claims import claim_of
from .context import Context, Focus, context_of
from .fold import fold
from .items import other_object
from .letterhead import LetterheadReading
from .model import Evidence
from .parts import body_of, level_of, says_nothing, section_here
from .patterns import pattern
from .performative import plan_act
from .plan_rules import LAW, PlanRules, plan_rules
from .reading import Choice
from .status import status_of
from .verdict import Setting, Verdict
from .watching import Seen, seen_judged, seen_stopped

_MAKES_DOCUMENT = pattern("by-plan/makes-a-document")
_STANDING = {"kp": "III.kp", "kk": "III.kk", "kh": "III.kh"}  # what the reading of statuses knows by the shipped plan's ids
_CARRIES = 2  # sentences that an item carries on over within a paragraph


@dataclass(slots=True)
class _Walk:
    """Where the reading stands: the plan's rules, whether the document is about its law, what the sentences before were about."""

    rules: PlanRules
    items: tuple[PlanItem, ...]
    focus: Focus
    head: LetterheadReading
    section: str = "none"
    headings: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    distance: int = 0
    watched: list[Seen] = field(default_factory=list)


def judge_by_plan(report: Report, plan: Plan, head: LetterheadReading, watched: list[Seen] | None = None) -> list[Evidence]:
    """The claims of a report on the items of a plan that names a rules file; into `watched`, where given, goes what was seen in each
    sentence. Raises PlanError where that file is not there or at fault."""
    rules = plan_rules(plan)
    passages = body_of(report.passages, head.body_starts)
    opening = fold(" ".join([head.letterhead.title or "", *(p.text for p in passages[:2])]))
    walk = _Walk(rules, plan.items, "law" if LAW in rules.hits(opening) else "none", head)
    found: list[Evidence] = []
    own_plan = next((item.id for item in plan.items if item.id.endswith(".kh")), None)
    if own_plan and LAW in rules.hits(fold(head.letterhead.title or "")):
        found += plan_act(report, head, own_plan)
    for passage, sentences in zip(passages, analyse(p.text for p in passages), strict=True):
        found += _passage(passage, sentences, walk)
    if watched is not None:
        watched += walk.watched
    return found


def _passage(passage: Passage, sentences: tuple[Sentence, ...], walk: _Walk) -> Iterator[Evidence]:
    if passage.headings != walk.headings:
        walk.headings, walk.section = passage.headings, "none"
    walk.carried, walk.distance = (), 0
    if passage.kind == "heading":
        return
    context = _context(passage, walk)
    for sentence in sentences:
        yield from _sentence(sentence, passage, context, walk)


def _context(passage: Passage, walk: _Walk) -> Context:
    """What stands around the passage; the items and the law are the plan's own."""
    context = context_of(passage, walk.head.letterhead.year)
    above = [*passage.headings, context.label, context.head]
    items: tuple[str, ...] = ()
    about = False
    for text in filter(None, above):
        hits = walk.rules.hits(fold(text))
        about = about or LAW in hits
        named = _strong(hits, walk.items)
        weak = _weak(hits, walk.items)
        items = tuple(named) or (tuple(weak) if len(weak) == 1 else ()) or items
    return replace(context, items=items, subject="law" if about else "none")


def _sentence(sentence: Sentence, passage: Passage, context: Context, walk: _Walk) -> Iterator[Evidence]:
    letterhead = walk.head.letterhead
    section = section_here(sentence, context, walk.section)
    walk.section = section if section in ("plan", "proposals") else "none"
    if context.column in ("counter", "label") or context.plan_table or says_nothing(sentence, context):
        walk.watched.append(seen_stopped(passage.ordinal, sentence, context, "no/announces"))
        return
    hits = walk.rules.hits(sentence.folded)
    chosen, refused = _choose(_asked(sentence, hits), context, walk)
    setting = Setting(section, letterhead.year, letterhead.date, level_of(letterhead))
    verdicts: dict[Choice, Verdict] = {}
    for choice in chosen:
        at = [] if choice.inherited else _naming(hits, choice.item)
        verdict = status_of(sentence, _known_as(choice.item, walk.items), at, context, setting)
        verdicts[choice] = verdict
        yield claim_of(sentence, passage, choice.item, choice.gate, at, verdict, context, setting)
    walk.watched.append(seen_judged(passage.ordinal, sentence, context, (section, walk.focus), verdicts, refused))
    walk.distance = 0 if chosen else walk.distance + 1
    walk.carried = tuple(choice.item for choice in chosen) or (walk.carried if walk.distance < _CARRIES else ())


def _asked(sentence: Sentence, hits: dict[str, list[Hit]]) -> dict[str, list[Hit]]:
    """The hits without verbs alone that take another object ("tập huấn chăn nuôi"), or all of them where the sentence turns away."""
    weak = {group: kept for group, found in hits.items() if (kept := [h for h in found if not other_object(sentence.folded, h)])}
    if sentence.has("shift") and LAW not in hits:
        weak = {}
    return {group: found for group, found in hits.items() if not group.endswith(".weak")} | {
        g: h for g, h in weak.items() if g.endswith(".weak")
    }


def _choose(hits: dict[str, list[Hit]], context: Context, walk: _Walk) -> tuple[list[Choice], list[Choice]]:
    """The items that the sentence is evidence for, and those that it names and is none for."""
    law = LAW in hits
    strong, weak = _strong(hits, walk.items), _weak(hits, walk.items)
    gate = "law/explicit" if law else "heading" if context.subject == "law" else "law/focus" if walk.focus == "law" else ""
    if strong:
        return ([Choice(i, gate, False) for i in strong], []) if gate else ([], [Choice(i, "no/law-not-named", False) for i in strong])
    if not gate:
        return [], [Choice(i, "no/law-not-named", False) for i in weak]
    headed = [i for i in context.items if i in weak] or ([] if weak else list(context.items[:1]))
    if headed:
        return [Choice(i, "row" if context.column else "heading", i not in weak) for i in headed], []
    carried = [i for i in walk.carried if not weak or i in weak]
    if carried and not law:
        return [Choice(i, "thread", i not in weak) for i in carried], []
    if weak and (law or walk.focus == "law"):
        return [Choice(_most(hits, weak), gate, False)], []
    return [], [Choice(i, "no/verb-alone", False) for i in weak]


def _most(hits: dict[str, list[Hit]], weak: list[str]) -> str:
    """Of the items whose verbs are there, the one with most of them; the plan's first of several."""
    return max(weak, key=lambda item: len(hits[f"item.{item}.weak"]))


def _strong(hits: dict[str, list[Hit]], items: tuple[PlanItem, ...]) -> list[str]:
    return [item.id for item in items if f"item.{item.id}.strong" in hits]


def _weak(hits: dict[str, list[Hit]], items: tuple[PlanItem, ...]) -> list[str]:
    return [item.id for item in items if f"item.{item.id}.weak" in hits]


def _naming(hits: dict[str, list[Hit]], item: str) -> list[Hit]:
    return hits.get(f"item.{item}.strong") or hits.get(f"item.{item}.weak", [])


def _known_as(item: str, items: tuple[PlanItem, ...]) -> str:
    """The id under which the reading of statuses knows an item of that kind; '' for an act that is no document."""
    end = item.rpartition(".")[2]
    if end in _STANDING:
        return _STANDING[end]
    title = next(one.title for one in items if one.id == item)
    return _STANDING["kh"] if _MAKES_DOCUMENT.search(fold(title)) else ""
