"""Why the sentences of one file count or do not, as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from ..errors import InputError
from ..extract.explain import Explained, explain
from ..ingest.model import Passage
from ..plan.loader import load_plan
from ..plan.registry import load_registry
from .fold import folded
from .model import Record
from .single import read_one


@dataclass(frozen=True, slots=True)
class ExplainRow:
    """One sentence and what was made of it.

    `stopped` names why it was not asked what it claims ('' where it was); `section`, `subject` and `focus` are the part of the report, what
    the headings and what the document are about. `cues` are {rule, text, start, end}, offsets into the passage; `considered` are {item,
    gate, status, decided_by, inherited}, where a gate that begins with "no/" refused the item and `status` is null; `claims` are {item,
    status, confidence, strength, actor}.
    """

    file: str
    page: int | None
    locator: str
    headings: list[str]
    quote: str
    stopped: str
    section: str
    subject: str
    focus: str
    cues: list[Record]
    considered: list[Record]
    claims: list[Record]


def explain_file(path: Path, plan_file: Path | None, quote: str, passwords: Sequence[str] = ()) -> list[ExplainRow]:
    """The sentences of one file that hold `quote` (tone marks or not); without a quote all that name an item or claim one.

    Raises InputError where no sentence holds the quote, and as `evidence_of_file`.
    """
    report = read_one(path, plan_file, passwords).report
    told = explain(report, load_plan(plan_file), load_registry())
    passages = {passage.ordinal: passage for passage in report.passages}
    wanted = folded(" ".join(quote.split()))
    if wanted:
        told = tuple(one for one in told if wanted in folded(" ".join(one.seen.quote.split())))
    else:
        told = tuple(one for one in told if one.seen.considered or one.claims)
    if quote and not told:
        raise InputError(
            f"No sentence of {path.name} holds {quote!r}.", "Give fewer words of one sentence; without --quote every sentence is shown."
        )
    return [_row(path.name, one, passages[one.seen.passage]) for one in told]


def _row(file: str, one: Explained, passage: Passage) -> ExplainRow:
    seen = one.seen
    return ExplainRow(
        file=file,
        page=passage.locator.page,
        locator=passage.locator.block,
        headings=list(one.headings),
        quote=seen.quote,
        stopped=seen.stopped,
        section=seen.section,
        subject=seen.subject,
        focus=seen.focus,
        cues=[asdict(cue) for cue in seen.cues],
        considered=[asdict(considered) for considered in seen.considered],
        claims=[
            {"item": c.item, "status": c.status, "confidence": c.confidence, "strength": c.strength, "actor": c.actor} for c in one.claims
        ],
    )
