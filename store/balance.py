"""The account of a run: every file found is counted under exactly one heading."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from .registration import Seen

HEADINGS: Final = ("new", "unchanged", "duplicate", "superseded", "unreadable", "failed", "ignored")


@dataclass(frozen=True, slots=True)
class Balance:
    """`found` files = the sum of the seven headings. `read` contents were read from files in this run, `read_again` of
    them not for the first time; `judged_again` were judged from what the store kept."""

    found: int
    new: int = 0
    unchanged: int = 0
    duplicate: int = 0
    superseded: int = 0
    unreadable: int = 0
    failed: int = 0
    ignored: int = 0
    read: int = 0
    read_again: int = 0
    judged_again: int = 0

    @property
    def unread(self) -> int:
        """How many files could not be read."""
        return self.unreadable + self.failed

    def counts(self) -> Mapping[str, int]:
        """The seven headings with their counts."""
        return {name: count for name, count in asdict(self).items() if name in HEADINGS}


def fine_files(conn: sqlite3.Connection) -> set[tuple[str, str]]:
    """Path and sha256 of every file whose content counts as read."""
    return {(row[0], row[1]) for row in conn.execute("SELECT path, sha256 FROM documents WHERE outcome = 'ingested'")}


def settle(conn: sqlite3.Connection, seen: Sequence[Seen], fine_before: set[tuple[str, str]]) -> Balance:
    """The balance of a run over the files it found; what was read and judged is for the caller to add."""
    outcomes = {(row[0], row[1]): row[2] for row in conn.execute("SELECT path, sha256, outcome FROM documents")}
    counts = dict.fromkeys(HEADINGS, 0)
    for one in seen:
        outcome = outcomes[one.path, one.sha256]
        if outcome == "ingested":
            outcome = "unchanged" if (one.path, one.sha256) in fine_before else "new"
        counts[outcome] += 1
    return Balance(found=len(seen), **counts)
