"""What was not read, or not wholly, or not identified: each with why and what to do."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Final

from .filters import Filters
from .sql import Record, rows


@dataclass(frozen=True, slots=True)
class ProblemRow:
    """One fault. `outcome` is what became of the file; `page` where in it, None for the whole; `code` a stable word."""

    file: str
    path: str
    outcome: str
    agency: str | None
    page: int | None
    code: str
    message: str
    next_step: str


# A duplicate's faults are those of the file it repeats; a superseded report's no longer matter.
_FAULTS: Final = """
SELECT d.file, d.path, d.outcome, d.agency, d.year, i.page, i.code, i.message, i.next_step
FROM documents d JOIN issues i ON i.sha256 = d.sha256
WHERE d.outcome IN ('ingested', 'unreadable', 'failed')
ORDER BY d.outcome = 'ingested', d.path, i.stage DESC, i.ordinal
"""
_NOTES: Final = frozenset({"ocr-corrected"})  # what the reader did and tells of: kept with the faults, and none
_UNSAID: Final = """
SELECT d.file, d.path, d.outcome, d.agency, d.year, d.reason
FROM documents d
WHERE d.outcome IN ('unreadable', 'failed') AND NOT EXISTS (SELECT 1 FROM issues i WHERE i.sha256 = d.sha256)
ORDER BY d.path
"""


def _wanted(row: Record, filters: Filters) -> bool:
    """Whether a fault is asked for; a file whose year nobody could read may be of any year, and is always shown."""
    year = filters.year if row["year"] is None else row["year"]
    return filters.takes(row["agency"], year=year)


def problems(conn: sqlite3.Connection, filters: Filters) -> list[ProblemRow]:
    """Every fault of every file that counts, files that gave no text first. Notes of what was done are no faults and left out."""
    found: list[ProblemRow] = []
    for row in rows(conn, _UNSAID):
        if _wanted(row, filters):
            message, _, step = row["reason"].rpartition("; ")
            found.append(
                ProblemRow(
                    row["file"], row["path"], row["outcome"], row["agency"], None, row["outcome"], message or step, step if message else ""
                )
            )
    for row in rows(conn, _FAULTS):
        if row["code"] not in _NOTES and _wanted(row, filters):
            kept = {name: row[name] for name in ("file", "path", "outcome", "agency", "page", "code", "message", "next_step")}
            found.append(ProblemRow(**kept))
    return found
