"""An `Evidence` put together from a sentence and its verdict: quote, cues, facts, actor, strength, confidence."""

from __future__ import annotations

from ..ingest.model import Passage
from .analysis import Hit, Sentence
from .components import component
from .context import Context
from .facts import audience, coverage, dates, numbers, quantities, strength
from .fold import fold
from .mentions import attends
from .model import Cue, Evidence
from .verdict import Setting, Verdict

_GATE_CONFIDENCE = {
    "law/explicit": 0.92,
    "regulation/named": 0.92,
    "row": 0.9,
    "heading": 0.85,
    "law/democracy": 0.8,
    "heading-family": 0.78,
    "law/opener": 0.75,
    "thread": 0.72,
    "law/weak": 0.65,
    "law/focus": 0.65,
    "document": 0.95,
}


def claim_of(
    sentence: Sentence, passage: Passage, item: str, gate: str, at: list[Hit], verdict: Verdict, context: Context, setting: Setting
) -> Evidence:
    """The evidence of one sentence for one item; offsets are into the passage's text."""
    cues = [sentence.cue(h) for h in (*at, *verdict.hits)]
    cues += [Cue(f"gate/{gate}", context.heading if gate in ("heading", "heading-family", "row") else "")]
    cues += [Cue(why, "") for why in verdict.why if not any(c.rule == why for c in cues)]
    year = setting.year
    firm = strength(sentence.text, year)
    return Evidence(
        passage=passage.ordinal,
        item=item,
        status=verdict.status,
        start=sentence.start,
        end=sentence.start + len(sentence.text),
        quote=sentence.text,
        heading=context.heading,
        confidence=_confidence(gate, at, verdict, firm),
        cues=tuple(dict.fromkeys(cues)),
        dates=dates(sentence.folded, year),
        numbers=numbers(sentence.text),
        quantities=quantities(_with_measure(sentence, context)),
        audience=audience(sentence.folded),
        actor=actor_of(sentence, setting.level),
        coverage=coverage(sentence.folded),
        partial=verdict.partial,
        strength=firm,
    )


def _with_measure(sentence: Sentence, context: Context) -> str:
    """The words to count in: a bare figure has its unit in a cell beside it ("48" in a row of "buổi")."""
    bare = context.measure and not any(c.isalpha() for c in sentence.text)
    return f"{sentence.folded.strip()} {fold(context.measure)}" if bare else sentence.folded


@component("actor", off=lambda *_: "self")
def actor_of(sentence: Sentence, level: str) -> str:
    """`superior` for an event attended, `other` for another body's act, `subordinate` where units under the reporter act, else `self`."""
    if attends(sentence, level):
        return "superior"
    if sentence.has("actor.other") and not sentence.has("actor.own"):
        return "other"
    return "subordinate" if sentence.has("actor.subordinates") and not sentence.has("actor.own") else "self"


def _confidence(gate: str, at: list[Hit], verdict: Verdict, firm: str) -> float:
    value = _GATE_CONFIDENCE.get(gate, 0.6)
    if not at:
        value -= 0.05
    if verdict.why and verdict.why[0] in ("event-verb", "no-claim"):
        value -= 0.1
    return round(min(0.99, value + {"verifiable": 0.05, "specific": 0.02}.get(firm, 0.0)), 2)
