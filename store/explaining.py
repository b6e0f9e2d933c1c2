"""Why the sentences of one file count or do not, as rows."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from ..errors import InputError, UsageError
from ..extract.explain import Explained, explain
from ..extract.judge import judge
from ..extract.model import Evidence
from ..ingest.model import Passage
from ..plan.loader import load_plan
from ..plan.model import Plan
from ..plan.registry import Registry, load_registry
from .codec import evidence_keys, load_report
from .fold import folded
from .model import Record
from .plans import kept_plans, plan_of
from .saving import claim_place
from .single import read_one
from .sql import rows
from .worker import agencies_from


@dataclass(frozen=True, slots=True)
class ExplainRow:
    """One sentence and what was made of it.

    `stopped` names why it was not asked what it claims ('' where it was); `section`, `subject` and `focus` are the part of the report, what
    the headings and what the document are about. `cues` are {rule, text, start, end}, offsets into the passage; `considered` are {item,
    gate, status, decided_by, inherited}, where a gate that begins with "no/" refused the item and `status` is null; `claims` are {item,
    status, confidence, strength, actor, gate, id}.
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


def explain_file(
    path: Path, plan_file: Path | None, quote: str, passwords: Sequence[str] = (), agencies: tuple[str, str] = ("", "")
) -> list[ExplainRow]:
    """The sentences of one file that hold `quote` (tone marks or not); without a quote all that name an item or claim one.

    Raises InputError where no sentence holds the quote, and as `evidence_of_file`.
    """
    done = read_one(path, plan_file, passwords, agencies=agencies)
    registry = agencies_from(agencies, load_registry)
    report = done.report
    keys = dict(zip(done.judgement.evidence, evidence_keys(report.sha256, done.judgement.evidence), strict=True))
    told = explain(report, load_plan(plan_file, registry), registry)
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
    return [_row(path.name, one, passages[one.seen.passage], keys) for one in told]


@dataclass(frozen=True, slots=True)
class FoundEvidence:
    """An evidence of a store explained: its sentence (or the sentences that its words reach over), and what to know of its file, ''
    where it lies as it was read."""

    rows: list[ExplainRow]
    note: str


def explain_evidence(conn: sqlite3.Connection, key: str, plan: Plan, registry: Registry) -> FoundEvidence:
    """The evidence with this id, or the only one whose id begins so, explained from the text that the store kept: the text that it rests
    on. Raises UsageError where there is none, or several."""
    claim = _claim(conn, key.strip().lower())
    report = load_report(conn, claim["sha256"], claim["path"])
    kept = next((one for one in kept_plans(conn) if one.number == claim["plan"] and one.id != plan.id), None)
    plan = plan_of(conn, kept) if kept else plan  # the id names an evidence under another plan than the one that was asked about
    told = explain(report, plan, registry)
    place = claim_place(report.sha256, claim["plan"])
    keys = dict(zip(claims := judge(report, plan, registry).evidence, evidence_keys(place, claims), strict=True))
    passage = next(passage for passage in report.passages if passage.ordinal == claim["passage"])
    mine = [one for one in told if _overlaps(one, claim)]
    return FoundEvidence([_row(claim["file"], one, passage, keys) for one in mine], _file_note(Path(claim["path"]), claim["sha256"]))


_CLAIM: Final = """
SELECT e.key, e.plan, e.sha256, e.passage, e.start, e."end", p.name AS file, p.path
FROM evidence e JOIN primary_files p ON p.sha256 = e.sha256
WHERE e.key >= ? AND e.key < ? || 'g' ORDER BY e.key
"""


def _claim(conn: sqlite3.Connection, key: str) -> Record:
    found = rows(conn, _CLAIM, (key, key)) if key else []
    if len(found) == 1:
        return found[0]
    if not found:
        raise UsageError(f"No evidence of this store has the id {key!r}.", "`minhchung evidence --format json` lists the ids.")
    several = ", ".join(f"{one['key']} ({one['file']})" for one in found[:5])
    raise UsageError(f"Several evidences have an id that begins with {key!r}: {several}.", "Give the whole id.")


def _overlaps(one: Explained, claim: Record) -> bool:
    seen = one.seen
    return bool(seen.passage == claim["passage"] and seen.start < claim["end"] and claim["start"] < seen.start + len(seen.quote))


def _file_note(path: Path, sha256: str) -> str:
    """Whether the file still is what was read; a member of an archive is taken at its word while the archive is there."""
    if path.is_file():
        with path.open("rb") as file:
            same = hashlib.file_digest(file, "sha256").hexdigest() == sha256
        return "" if same else f"{path} has changed since it was read; explained from the text that was read. Run ingest again."
    if any(folder.is_file() for folder in path.parents):
        return ""
    return f"{path} is gone; explained from the text that was read of it."


def _row(file: str, one: Explained, passage: Passage, keys: Mapping[Evidence, str]) -> ExplainRow:
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
            {
                "item": c.item,
                "status": c.status,
                "confidence": c.confidence,
                "strength": c.strength,
                "actor": c.actor,
                "gate": _gate_of(c),
                "id": keys[c],
            }
            for c in one.claims
        ],
    )


def _gate_of(claim: Evidence) -> str:
    """What let the claim through: the only cue that is a gate."""
    return next((cue.rule.removeprefix("gate/") for cue in claim.cues if cue.rule.startswith("gate/")), "")
