"""The named queries over documents and evidence: plain sqlite3 on a read-only connection, so that a question answers at once."""

from __future__ import annotations

import json
import sqlite3
from typing import Final

from .filters import Filters
from .model import DocumentRow, EvidenceRow
from .plans import choose, kept_plans
from .sql import rows

_DOCUMENTS: Final = """
SELECT d.file, d.path, d.sha256, d.outcome, d.reason, d.agency, d.agency_name, d.number, d.date, d.type, d.title, d.year, d.pages, d.ocr,
    ifnull(c.signatures, '[]') AS signatures, ifnull(c.properties, '{}') AS properties
FROM documents d LEFT JOIN contents c ON c.sha256 = d.sha256
ORDER BY d.agency IS NULL, d.agency, d.date, d.path, d.sha256
"""

_EVIDENCE: Final = """
SELECT d.file, d.agency, d.year, d.date, e.item, e.status, e.quote, e.heading, e.page, e.locator, e.confidence, e.cues, e.dates, e.numbers,
    e.quantities, e.audience, e.actor, e.coverage, e.key,
    e.plan AS number, ifnull(p.id, '') AS plan
FROM evidence e JOIN documents d ON d.sha256 = e.sha256 AND d.outcome = 'ingested' LEFT JOIN plans p ON p.number = e.plan
ORDER BY d.agency IS NULL, d.agency, d.path, e.passage, e.start, e.ordinal
"""


def _existed(day: str | None, filters: Filters) -> bool:
    return filters.as_of is None or day is None or day <= filters.as_of.isoformat()


def documents(conn: sqlite3.Connection, filters: Filters) -> list[DocumentRow]:
    """Every file known, with its outcome and letterhead. `as_of` leaves out later dates; `items` keeps those with a claim on it."""
    found: list[DocumentRow] = []
    holding = _holding(conn, filters)
    for row in rows(conn, _DOCUMENTS):
        wanted = filters.agencies is None or row["agency"] in filters.agencies
        wanted = wanted and (filters.year is None or row["year"] == filters.year)
        if wanted and _existed(row["date"], filters) and (holding is None or row["sha256"] in holding):
            lists = {name: json.loads(row[name]) for name in ("signatures", "properties")}
            found.append(DocumentRow(**{**row, "ocr": bool(row["ocr"]), **lists}))
    return found


def _holding(conn: sqlite3.Connection, filters: Filters) -> set[str] | None:
    if filters.items is None:
        return None
    claimed = rows(conn, "SELECT DISTINCT sha256, item, plan FROM evidence")
    return {row["sha256"] for row in claimed if row["item"] in filters.items and filters.plan in (None, row["plan"])}


def evidence(conn: sqlite3.Connection, filters: Filters) -> list[EvidenceRow]:
    """Every claim of the documents that count (not of duplicates nor of superseded ones), in the order of the documents' text."""
    return [
        EvidenceRow(
            file=row["file"],
            agency=row["agency"],
            year=row["year"],
            item=row["item"],
            status=row["status"],
            quote=row["quote"],
            heading=row["heading"],
            page=row["page"],
            locator=row["locator"],
            confidence=row["confidence"],
            cues=json.loads(row["cues"]),
            dates=json.loads(row["dates"]),
            numbers=json.loads(row["numbers"]),
            quantities=json.loads(row["quantities"]),
            audience=json.loads(row["audience"]),
            actor=row["actor"],
            coverage=json.loads(row["coverage"]) if row["coverage"] else None,
            id=row["key"],
            plan=row["plan"],
        )
        for row in rows(conn, _EVIDENCE)
        if filters.takes(row["agency"], row["item"], row["year"])
        and _existed(row["date"], filters)
        and filters.plan in (None, row["number"])
    ]


def plan_path(conn: sqlite3.Connection) -> str:
    """The plan file of the newest plan that the store holds, '' for the one that comes with minhchung."""
    chosen = choose(kept_plans(conn), "", None)
    return chosen.path if chosen else ""


def plan_versions(conn: sqlite3.Connection) -> set[str]:
    """The versions of plan and agencies that documents were judged with; more than one where a run was interrupted."""
    return {str(row["plan"]) for row in rows(conn, "SELECT DISTINCT plan FROM contents WHERE plan IS NOT NULL")}


def years(conn: sqlite3.Connection) -> list[int]:
    """The years that documents which count report on, oldest first."""
    found = rows(conn, "SELECT DISTINCT year FROM documents WHERE outcome = 'ingested' AND year IS NOT NULL ORDER BY year")
    return [row["year"] for row in found]


def documents_by_agency(conn: sqlite3.Connection) -> dict[str, int]:
    """How many documents that count each agency has sent."""
    found = rows(conn, "SELECT agency, count(*) AS n FROM documents WHERE outcome = 'ingested' AND agency IS NOT NULL GROUP BY agency")
    return {row["agency"]: row["n"] for row in found}
