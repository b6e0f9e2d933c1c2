"""The refusals that come nearest to filling a missing cell, of all that ingest kept; extract/rejected.py tells the order."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from .filters import Filters
from .model import MissingRow, Record
from .sql import rows

KEPT: Final = 3  # shown for each cell: of several documents the nearest of all
_REJECTED: Final = """
SELECT c.agency, c.year, r.item, p.name AS file, r.page, r.locator, r.heading, r.quote, r.gate, r.cues
FROM rejected r JOIN contents c ON c.sha256 = r.sha256 JOIN primary_files p ON p.sha256 = r.sha256
WHERE c.superseded_by IS NULL AND c.agency IS NOT NULL AND (? IS NULL OR c.date IS NULL OR c.date <= ?)
    AND (? IS NULL OR r.plan = ?)
ORDER BY r.distance, p.name, r.ordinal
"""
_SHOWN: Final = ("file", "page", "locator", "heading", "quote", "gate")


def with_near(conn: sqlite3.Connection, found: Sequence[MissingRow], filters: Filters) -> list[MissingRow]:
    """The rows with `near` filled in, from documents of the row's agency that report on its year, or on no year that could be read."""
    day = filters.as_of.isoformat() if filters.as_of else None
    kept: dict[tuple[str, str], list[Record]] = {}
    for row in rows(conn, _REJECTED, (day, day, filters.plan, filters.plan)):
        kept.setdefault((row["agency"], row["item"]), []).append(row)
    return [replace(row, near=_near(row, kept.get((row.agency, row.item), ()))) for row in found]


def _near(cell: MissingRow, refused: Sequence[Record]) -> list[Record]:
    here = [one for one in refused if one["year"] in (cell.year, None)]
    return [{**{name: one[name] for name in _SHOWN}, "words": _words(one["cues"])} for one in here[:KEPT]]


def _words(cues: str) -> list[str]:
    """The words that name the item, each once; those that stand inside longer ones left out."""
    said = list(dict.fromkeys(cue["text"] for cue in json.loads(cues)))
    return [text for text in said if not any(text != other and text in other for other in said)]
