"""The claims with all that a report shows of them: the document they stand in, how strong they are, where on the page; and the last run."""

from __future__ import annotations

import json
import re
import sqlite3
from dataclasses import dataclass
from typing import Final

from ..errors import UsageError
from .filters import Filters
from .model import Record
from .sql import rows

_WORD: Final = re.compile(r"[^\W\d_]{2}")
BBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim of a document that counts. `path` is where the file lay when it was read (a member of an archive below the archive's own
    path), `number` and `date` those of the document; the rest as in `EvidenceRow`, with `strength` and `partial`; `row_label` is the first
    cell with words of the table row it stands in, '' outside tables."""

    id: str
    sha256: str
    file: str
    path: str
    agency: str | None
    year: int | None
    number: str | None
    date: str | None
    item: str
    status: str
    quote: str
    heading: str
    page: int | None
    locator: str
    confidence: float
    actor: str
    partial: bool
    strength: str
    cues: list[Record]
    quantities: list[Record]
    coverage: Record | None
    row_label: str = ""


_CLAIMS: Final = """
SELECT e.key AS id, d.sha256, d.file, d.path, d.agency, d.year, d.number, d.date, e.item, e.status, e.quote, e.heading, e.page, e.locator,
    e.confidence, e.actor, e.partial, e.strength, e.cues, e.quantities, e.coverage, e.plan, t.table_row AS row_label
FROM evidence e JOIN documents d ON d.sha256 = e.sha256 AND d.outcome = 'ingested'
    LEFT JOIN passages t ON t.sha256 = e.sha256 AND t.ordinal = e.passage
ORDER BY d.agency IS NULL, d.agency, d.date IS NULL, d.date, d.path, e.passage, e.start, e.ordinal
"""


def claims(conn: sqlite3.Connection, filters: Filters) -> list[ClaimRow]:
    """Every claim of the documents that count, by agency, then in the order of the documents' days and texts. `as_of` leaves out documents
    of a later date."""
    found: list[ClaimRow] = []
    last = filters.as_of.isoformat() if filters.as_of else "9999"
    for row in rows(conn, _CLAIMS):
        plan = row.pop("plan")
        wanted = filters.takes(row["agency"], row["item"], row["year"]) and filters.plan in (None, plan)
        if wanted and (row["date"] or "") <= last:
            told = {name: json.loads(row[name] or "null") for name in ("cues", "quantities", "coverage")}
            found.append(ClaimRow(**{**row, **told, "partial": bool(row["partial"]), "row_label": _label(row["row_label"])}))
    return found


def _label(table_row: str | None) -> str:
    cells: list[str] = json.loads(table_row)["cells"] if table_row else []
    return next((cell for cell in cells if _WORD.search(cell)), "")


@dataclass(frozen=True, slots=True)
class Place:
    """Where a claim stands: its file, what kind that is, its `page` (None where the format has none) and the passage's `bbox` in PDF points
    from the top left of the page."""

    id: str
    file: str
    path: str
    sha256: str
    kind: str
    quote: str
    passage: str
    page: int | None
    bbox: BBox | None


_PLACE: Final = """
SELECT e.key AS id, p.name AS file, p.path, e.sha256, c.kind, e.quote, t.text AS passage, e.page, t.bbox
FROM evidence e JOIN primary_files p ON p.sha256 = e.sha256 JOIN contents c ON c.sha256 = e.sha256
    JOIN passages t ON t.sha256 = e.sha256 AND t.ordinal = e.passage
WHERE e.key >= ? AND e.key < ? || 'g' ORDER BY e.key
"""


def place(conn: sqlite3.Connection, key: str) -> Place:
    """Where the claim with this id stands, or the only one whose id begins so. Raises UsageError where there is none, or several."""
    wanted = key.strip().lower()
    found = rows(conn, _PLACE, (wanted, wanted)) if wanted else []
    if not found:
        raise UsageError(f"No evidence of this store has the id {key!r}.", "`minhchung evidence --format json` lists the ids.")
    if len({row["id"] for row in found}) > 1:
        several = ", ".join(f"{one['id']} ({one['file']})" for one in found[:5])
        raise UsageError(f"Several evidences have an id that begins with {key!r}: {several}.", "Give the whole id.")
    row = found[0]
    box = json.loads(row.pop("bbox") or "null")
    return Place(**row, bbox=(box[0], box[1], box[2], box[3]) if box else None)


@dataclass(frozen=True, slots=True)
class RunRow:
    """The last run that changed the store: when it began (UTC, ISO 8601), the versions of reader, rules and plans it judged with, and its
    balance, a count for each outcome."""

    started: str
    reader: str
    rules: str
    plan: str
    balance: Record


def last_run(conn: sqlite3.Connection) -> RunRow | None:
    """The last run, None for a store into which nothing was ever read."""
    found = rows(conn, "SELECT started, reader, rules, plan, balance FROM runs ORDER BY id DESC LIMIT 1")
    return RunRow(**{**found[0], "balance": json.loads(found[0]["balance"] or "{}")}) if found else None
