"""What agencies propose, in their own words: clauses of a report's proposals. They are no evidence of anything and so no claims."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from .filters import Filters
from .fold import folded
from .model import Record
from .sql import rows

if TYPE_CHECKING:
    from ..plan.model import Plan


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """One thing that an agency proposes, and where it stands; `text` is its words without the number of a list."""

    agency: str
    year: int | None
    file: str
    page: int | None
    locator: str
    text: str


_PASSAGES: Final = """
SELECT d.sha256, d.agency, d.year, d.date, d.file, t.ordinal, t.page, t.block AS locator, t.text, t.headings
FROM passages t JOIN documents d ON d.sha256 = t.sha256 AND d.outcome = 'ingested'
WHERE d.agency IS NOT NULL AND d.type = 'BÁO CÁO' AND t.kind IN ('paragraph', 'list_item') AND t.headings <> '[]'
ORDER BY d.agency, d.date, d.path, t.ordinal
"""
_CLAIMED: Final = 'SELECT sha256, passage, start, "end" FROM evidence WHERE ? IS NULL OR plan = ?'
_HEADINGS: Final = ("kien nghi", "de xuat", "de nghi")
_CLOSING: Final = ("tren day la", "noi nhan", "kinh gui", "kinh de nghi")
_SUBMITS: Final = ("kinh trinh", "kinh bao cao", "tran trong")  # in a sentence that ends with "./.", the end of a letter


def proposals(conn: sqlite3.Connection, filters: Filters, plan: Plan | None = None) -> list[ProposalRow]:
    """What is proposed about the plan's law or duties under the headings of proposals, in the reports that count. Proposals that a report
    makes elsewhere are not found."""
    last = filters.as_of.isoformat() if filters.as_of else "9999"
    asked = [row for row in rows(conn, _PASSAGES) if filters.takes(row["agency"], year=row["year"]) and (row["date"] or "") <= last]
    asked = [row for row in asked if _of_proposals(row)]
    if not asked:
        return []
    from ..extract.proposing import proposals_in  # brings spaCy along

    claimed: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for one in rows(conn, _CLAIMED, (filters.plan, filters.plan)):
        claimed.setdefault((one["sha256"], one["passage"]), []).append((one["start"], one["end"]))
    return [
        ProposalRow(row["agency"], row["year"], row["file"], row["page"], row["locator"], text)
        for row in asked
        for text in proposals_in(row["text"], plan, claimed.get((row["sha256"], row["ordinal"]), ()))
    ]


def _of_proposals(row: Record) -> bool:
    """Whether a passage stands under a heading of proposals and is not the sentence that closes the report."""
    heading, text = folded(json.loads(row["headings"])[-1]), folded(row["text"])
    proposing = any(words in heading for words in _HEADINGS) and "nghi quyet" not in heading  # to propose a resolution is a duty
    closing = text.lstrip(" -+•").startswith(_CLOSING) or (text.rstrip().endswith("./.") and any(w in text for w in _SUBMITS))
    return proposing and not closing
