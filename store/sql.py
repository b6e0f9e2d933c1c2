"""The little that every query needs. Apart from the types of the other rooms, so that a question about documents need not load them."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, Final

Record = dict[str, Any]
ALIVE: Final = "EXISTS (SELECT 1 FROM files f WHERE f.sha256 = contents.sha256 AND f.replaced = 0)"


def rows(conn: sqlite3.Connection, query: str, parameters: Sequence[Any] = ()) -> list[Record]:
    """What a query gives, its columns by name whatever the connection was set to."""
    cursor = conn.cursor()
    cursor.row_factory = sqlite3.Row
    return [dict(row) for row in cursor.execute(query, parameters)]
