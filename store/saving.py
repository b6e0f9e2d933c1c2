"""Writing one report: its content, passages, evidence and issues, what it supersedes, and the cells of the agencies it touches."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .cells import Judging, judge_year, of_year, years_spoken_of
from .codec import (
    dumped,
    evidence_keys,
    evidence_record,
    first_claims,
    issue_record,
    judged_documents,
    letterhead_record,
    numbered,
    passage_record,
    rejected_record,
    report_record,
    storable,
)
from .plans import FIRST
from .sql import ALIVE
from .supersession import Numbered, superseded
from .worker import Work

if TYPE_CHECKING:
    from sqlite_utils import Database

    from ..extract.model import Evidence, Judgement


@dataclass(frozen=True, slots=True)
class Versions:
    """What a content was read and judged with; `plan` is that of the plan and of the agencies together."""

    reader: str
    rules: str
    plan: str


def save(db: Database, sha256: str, done: Work, versions: Versions, judgings: Sequence[Judging]) -> None:
    """Keep one report. To be called inside a transaction: all of it is seen by others at once, or nothing."""
    before = _agency_of(db.conn, sha256)
    db.conn.execute("DELETE FROM evidence WHERE sha256 = ?", (sha256,))
    db.conn.execute("DELETE FROM rejected WHERE sha256 = ?", (sha256,))
    db.conn.execute("DELETE FROM issues WHERE sha256 = ? AND (stage = 'judge' OR ?)", (sha256, not done.kept))
    record = {"sha256": sha256, **letterhead_record(done.judgement.letterhead), "rules": versions.rules, "plan": versions.plan}
    if not done.kept:
        db.conn.execute("DELETE FROM passages WHERE sha256 = ?", (sha256,))
        record.update(report_record(done.report), reader=versions.reader)
    names = [name for name in record if name != "sha256"]
    assignments = ", ".join(f"{name} = :{name}" for name in names)
    db.conn.execute(f"UPDATE contents SET {assignments} WHERE sha256 = :sha256", storable(record))
    _save_parts(db, sha256, done)
    refresh(db, {code for code in (before, done.judgement.letterhead.agency) if code}, judgings)


def _save_parts(db: Database, sha256: str, done: Work) -> None:
    if not done.kept:
        db.table("passages").insert_all((storable(passage_record(sha256, passage)) for passage in done.report.passages), batch_size=500)
        db.table("issues").insert_all(storable(issue_record(sha256, "read", n, issue)) for n, issue in enumerate(done.report.issues))
    locators = {passage.ordinal: passage.locator for passage in done.report.passages}
    claims = [(plan, key, claim) for plan, found in _by_plan(done) for key, claim in _keyed(sha256, plan, found.evidence)]
    db.table("evidence").insert_all(
        (storable(evidence_record(sha256, n, key, one, locators[one.passage], plan)) for n, (plan, key, one) in enumerate(claims)),
        batch_size=200,
    )
    refused = [(plan, one) for plan, found in _by_plan(done) for one in found.rejected]
    db.table("rejected").insert_all(
        (storable(rejected_record(sha256, n, one, locators[one.passage], plan)) for n, (plan, one) in enumerate(refused)), batch_size=200
    )
    db.table("issues").insert_all(storable(issue_record(sha256, "judge", n, issue)) for n, issue in enumerate(done.judgement.issues))


def _by_plan(done: Work) -> Iterator[tuple[int, Judgement]]:
    """What was found under each plan, by the plans' numbers in order, so that a content's claims of one plan stand together."""
    yield FIRST, done.judgement
    yield from sorted(done.others, key=lambda other: other[0])


def _keyed(sha256: str, plan: int, claims: Sequence[Evidence]) -> Iterator[tuple[str, Evidence]]:
    return zip(evidence_keys(claim_place(sha256, plan), claims), claims, strict=True)


def claim_place(sha256: str, plan: int) -> str:
    """What the keys of a content's claims under a plan are made over: the same words may count for an item of each."""
    return sha256 if plan == FIRST else f"{sha256}:{plan}"


def _agency_of(conn: sqlite3.Connection, sha256: str) -> str | None:
    row = conn.execute("SELECT agency FROM contents WHERE sha256 = ?", (sha256,)).fetchone()
    return str(row[0]) if row and row[0] else None


def refresh(db: Database, agencies: Iterable[str], judgings: Sequence[Judging]) -> None:
    """Work out again which documents of these agencies are superseded, and all their cells under each plan."""
    for agency in sorted(agencies):
        _refresh_supersession(db.conn, agency)
        for judging in judgings:
            _refresh_cells(db, agency, judging)


def _refresh_supersession(conn: sqlite3.Connection, agency: str) -> None:
    alive = conn.execute(
        f"SELECT sha256, number, ifnull(date, ''), year, replaces FROM contents WHERE agency = ? AND {ALIVE} ORDER BY sha256", (agency,)
    ).fetchall()
    found = superseded([Numbered(row[0], row[1], row[2], row[3], tuple(json.loads(row[4]))) for row in alive])
    conn.execute("UPDATE contents SET superseded_by = NULL WHERE agency = ? AND superseded_by IS NOT NULL", (agency,))
    conn.executemany("UPDATE contents SET superseded_by = ? WHERE sha256 = ?", [(new, old) for old, new in found.items()])


def _refresh_cells(db: Database, agency: str, judging: Judging) -> None:
    documents = judged_documents(db.conn, agency, judging.number)
    cells = [cell for year in years_spoken_of(documents) for cell in judge_year(judging, agency, year, of_year(documents, year))]
    starts = first_claims(db.conn, judging.number)
    db.conn.execute("DELETE FROM cells WHERE agency = ? AND plan = ?", (agency, judging.number))
    db.table("cells").insert_all(
        (
            {
                "plan": judging.number,
                "agency": cell.agency,
                "year": cell.year,
                "level": cell.level,
                "item": cell.item,
                "duty": cell.duty,
                "state": cell.verdict.state,
                "day": cell.verdict.day,
                "claims": dumped(numbered(cell.verdict.claims, starts)),
            }
            for cell in cells
        ),
        batch_size=200,
    )
