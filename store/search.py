"""Full-text search over all passages, tone marks or not: "quan triet" finds "quán triệt", "dan chu" finds "dân chủ"."""

from __future__ import annotations

import json
import re
import sqlite3
import unicodedata
from typing import Final

from ..errors import UsageError
from .filters import Filters
from .fold import folded
from .model import Hit
from .sql import Record, rows

_QUERY: Final = """
SELECT d.file, d.agency, d.year, d.date, p.page, p.block, p.headings, p.text
FROM passages_fts f JOIN passages p ON p.id = f.rowid JOIN documents d ON d.sha256 = p.sha256 AND d.outcome = 'ingested'
WHERE passages_fts MATCH ? ORDER BY bm25(passages_fts), d.path, p.ordinal
"""
_AROUND: Final = 90  # letters shown on each side of the first word found


def terms(text: str) -> list[str]:
    """The words and "quoted phrases" of what was typed, folded, each with at least one letter or digit."""
    parts = re.findall(r'"([^"]*)"|(\S+)', folded(text).replace("\0", " "))
    found = [" ".join(re.findall(r"[^\W_]+", phrase or word)) for phrase, word in parts]
    return [term for term in found if term]


def _expression(found: list[str]) -> str:
    """FTS5: all terms, and the whole typed in one piece ranks first. Each is quoted, so nothing typed is ever read as FTS5 syntax."""
    every = " AND ".join(f'"{term}"' for term in found)
    return f'"{" ".join(found)}" OR ({every})' if len(found) > 1 else every


def search(conn: sqlite3.Connection, text: str, filters: Filters | None = None, limit: int = 50) -> list[Hit]:
    """The passages of documents that count which hold all of `text`'s words, best first, those with the same tone marks before others.

    A phrase in double quotes is looked for as one piece. Raises UsageError where `text` has no letter or digit.
    """
    found = terms(text)
    if not found:
        raise UsageError(f"There is no word to search for in {text!r}.", 'Type words, such as: minhchung search "quy chế dân chủ"')
    filters = filters or Filters()
    exact = unicodedata.normalize("NFC", text).replace('"', "").casefold().strip()
    hits: list[tuple[bool, Hit]] = []
    for row in rows(conn, _QUERY, (_expression(found),)):
        if filters.takes(row["agency"], None, row["year"]) and (filters.as_of is None or (row["date"] or "") <= filters.as_of.isoformat()):
            hits.append((exact not in row["text"].casefold(), _hit(row, found)))
    hits.sort(key=lambda hit: hit[0])
    return [hit for _, hit in hits[:limit]]


def _hit(row: Record, found: list[str]) -> Hit:
    snippet, marks = cut(row["text"], found)
    headings = json.loads(row["headings"])
    return Hit(row["file"], row["agency"], row["year"], row["page"], row["block"], headings[-1] if headings else "", snippet, marks)


def cut(text: str, found: list[str]) -> tuple[str, list[tuple[int, int]]]:
    """The part of `text` around the first term, on one line, and where terms stand in it."""
    joined = [r"[\W_]+".join(term.split()) for term in found]  # terms hold letters, digits and blanks only
    pattern = re.compile("|".join(rf"(?<![^\W_]){term}(?![^\W_])" for term in joined))
    plain = unicodedata.normalize("NFC", text)
    first = pattern.search(folded(plain))
    middle = first.start() if first else 0
    start, end = max(0, middle - _AROUND), min(len(plain), middle + 2 * _AROUND)
    while 0 < start < middle and not plain[start - 1].isspace():
        start += 1
    while end < len(plain) and not plain[end - 1].isspace():
        end -= 1
    head, tail = "… " if start else "", " …" if end < len(plain) else ""
    snippet = head + re.sub(r"\s", " ", plain[start:end]).rstrip() + tail
    return snippet, [(match.start(), match.end()) for match in pattern.finditer(folded(snippet))]
