"""What a watched reading writes down of each sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .analysis import Sentence
from .context import Context
from .model import Cue
from .reading import Choice
from .verdict import Verdict


@dataclass(frozen=True, slots=True)
class Considered:
    """An item that was thought of: `gate` names what let it through, or what refused it ("no/…"); `status` None where refused;
    `decided_by` the rules and steps behind the status."""

    item: str
    gate: str
    status: str | None = None
    decided_by: tuple[str, ...] = ()
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """A sentence as it was judged. `stopped` names why it was not asked at all, '' where it was; `section`, `subject` and `focus` are the
    part of the report, what the headings and what the document are about; offsets of the cues count within the passage."""

    passage: int
    start: int
    quote: str
    heading: str
    stopped: str = ""
    section: str = "none"
    subject: str = "none"
    focus: str = "none"
    cues: tuple[Cue, ...] = ()
    considered: tuple[Considered, ...] = ()


def cues_of(sentence: Sentence) -> tuple[Cue, ...]:
    """Every cue of the sentence in text order, whatever it led to."""
    return tuple(sentence.cue(hit) for hit in sentence.of(*sentence.hits))


def seen_stopped(passage: int, sentence: Sentence, context: Context, why: str) -> Seen:
    """A sentence that was not asked."""
    return Seen(passage, sentence.start, sentence.text, context.heading, why, context.section, context.subject, cues=cues_of(sentence))


def seen_judged(
    passage: int,
    sentence: Sentence,
    context: Context,
    ruled: tuple[str, str],
    chosen: Mapping[Choice, Verdict],
    refused: Sequence[Choice],
) -> Seen:
    """A sentence that was asked; `ruled` is the part of the report that holds here and the document's subject."""
    passed = [Considered(c.item, c.gate, v.status, v.why, c.inherited) for c, v in chosen.items()]
    left = [Considered(c.item, c.gate) for c in refused]
    section, focus = ruled
    return Seen(
        passage,
        sentence.start,
        sentence.text,
        context.heading,
        "",
        section,
        context.subject,
        focus,
        cues_of(sentence),
        (*passed, *left),
    )
