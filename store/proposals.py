"""What agencies propose, in their own words: the passages of a report's proposals. They are no evidence of anything and so no claims."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from typing import Final

from .filters import Filters
from .fold import folded
from .sql import rows


@dataclass(frozen=True, slots=True)
class ProposalRow:
    """A passage of an agency's proposals, and where it stands."""

    agency: str
    year: int | None
    file: str
    page: int | None
    locator: str
    text: str


_PASSAGES: Final = """
SELECT d.agency, d.year, d.date, d.file, t.page, t.block AS locator, t.text, t.headings
FROM passages t JOIN documents d ON d.sha256 = t.sha256 AND d.outcome = 'ingested'
WHERE d.agency IS NOT NULL AND d.type = 'BÁO CÁO' AND t.kind IN ('paragraph', 'list_item') AND t.headings <> '[]'
ORDER BY d.agency, d.date, d.path, t.ordinal
"""
_HEADINGS: Final = ("kien nghi", "de xuat", "de nghi")
_CLOSING: Final = ("tren day la", "noi nhan", "kinh gui", "kinh de nghi")
_SUBMITS: Final = ("kinh trinh", "kinh bao cao", "tran trong")  # in a sentence that ends with "./.", the end of a letter


def proposals(conn: sqlite3.Connection, filters: Filters) -> list[ProposalRow]:
    """What stands under the headings of proposals in the reports that count, without the sentence that closes a report. Proposals that a
    report makes elsewhere are not found."""
    last = filters.as_of.isoformat() if filters.as_of else "9999"
    found: list[ProposalRow] = []
    for row in rows(conn, _PASSAGES):
        heading, text = folded(json.loads(row["headings"])[-1]), folded(row["text"])
        wanted = filters.takes(row["agency"], year=row["year"]) and (row["date"] or "") <= last
        proposing = any(words in heading for words in _HEADINGS) and "nghi quyet" not in heading  # to propose a resolution is a duty
        closing = text.lstrip(" -+•").startswith(_CLOSING) or (text.rstrip().endswith("./.") and any(w in text for w in _SUBMITS))
        if wanted and proposing and not closing:
            found.append(ProposalRow(*(row[name] for name in ("agency", "year", "file", "page", "locator", "text"))))
    return found
