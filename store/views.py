"""What the views for other tools mean, from views.toml; and a free query over a store, which can read and do nothing else."""

from __future__ import annotations

import json
import sqlite3
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from ..errors import UsageError

_FILE: Final = Path(__file__).with_name("views.toml")
_STEPS: Final = 10_000  # of SQLite's virtual machine between two looks at the clock: about a millisecond
_ALLOWED: Final = frozenset((sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE))
_PRAGMAS: Final = frozenset(("data_version", "table_info", "table_xinfo", "table_list", "index_list", "index_info"))  # the first: FTS5
_ONLY: Final = "Only a SELECT is answered: nothing in the store can be changed this way, and no other file opened."


@dataclass(frozen=True, slots=True)
class View:
    """A view: what it is about, and its columns in order with what they mean."""

    name: str
    about: str
    columns: Mapping[str, str]


def views() -> list[View]:
    """The views that other tools may rely on."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return [View(name, columns.pop("about"), columns) for name, columns in told.items()]


@dataclass(frozen=True, slots=True)
class FreeAnswer:
    """What a free query gives: the columns' names, each once, and the rows as they come. Reading them raises UsageError where the query
    fails on the way or takes too long."""

    names: Sequence[str]
    rows: Iterator[tuple[Any, ...]]


def ask(conn: sqlite3.Connection, query: str, parameters: Mapping[str, Any], seconds: float) -> FreeAnswer:
    """Put a query to a connection that reads. From then on the connection answers nothing but queries, within `seconds` from now. Raises
    UsageError for what is no query."""
    deadline = time.monotonic() + seconds
    conn.set_authorizer(_permitted)
    conn.set_progress_handler(lambda: time.monotonic() > deadline, _STEPS)
    try:
        cursor = conn.cursor()
        cursor.row_factory = None
        cursor.execute(query, dict(parameters))
    except (sqlite3.Error, sqlite3.Warning) as error:
        raise _explained(error, seconds) from error
    if cursor.description is None:
        raise UsageError("This query gives no rows.", _ONLY)
    return FreeAnswer(_distinct([column[0] for column in cursor.description]), _rows(cursor, seconds))


def lay_beside(conn: sqlite3.Connection, name: str, names: Sequence[str], found: Iterable[Sequence[Any]]) -> None:
    """A table in memory beside the store, for what no view can tell because the plan has to be asked: `name` with these columns and rows.
    Lists and objects are JSON. The store itself stays as it is."""
    conn.execute("PRAGMA query_only = OFF")
    try:
        if "answers" not in {row[1] for row in conn.execute("PRAGMA database_list")}:
            conn.execute("ATTACH ':memory:' AS answers")
        columns = ", ".join(f'"{column}"' for column in names)
        conn.execute(f"CREATE TABLE answers.{name} ({columns})")
        places = ", ".join("?" * len(names))
        conn.executemany(f"INSERT INTO answers.{name} VALUES ({places})", (tuple(map(_storable, row)) for row in found))
        conn.commit()
    finally:
        conn.execute("PRAGMA query_only = ON")


def _storable(value: Any) -> Any:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, (list, dict)) else value


def _permitted(action: int, first: str | None, second: str | None, *_: str | None) -> int:
    """What SQLite may do for a query; anything else is refused before it is begun."""
    function = action == sqlite3.SQLITE_FUNCTION and second != "load_extension"
    pragma = action == sqlite3.SQLITE_PRAGMA and first in _PRAGMAS
    return sqlite3.SQLITE_OK if action in _ALLOWED or function or pragma else sqlite3.SQLITE_DENY


def _rows(cursor: sqlite3.Cursor, seconds: float) -> Iterator[tuple[Any, ...]]:
    try:
        for row in cursor:
            yield tuple(value.hex() if isinstance(value, bytes) else value for value in row)
    except sqlite3.Error as error:
        raise _explained(error, seconds) from error


def _explained(error: Exception, seconds: float) -> UsageError:
    said = str(error)
    if "interrupted" in said:
        return UsageError(f"The query took longer than {seconds:g} seconds.", "Narrow it, or allow more with --timeout SECONDS.")
    if "not authorized" in said or "prohibited" in said or "readonly" in said:
        return UsageError("This query would do more than read.", _ONLY)
    if "one statement" in said:
        return UsageError("There is more than one statement.", "Ask one at a time.")
    return UsageError(f"The query cannot be answered: {said.removesuffix('.')}.", "The views and their columns: minhchung sql --views")


def _distinct(names: Sequence[str]) -> list[str]:
    """Each name once: "count(*)", "count(*)_2"."""
    found: list[str] = []
    for name in names:
        number, told = 1, name
        while told in found:
            number += 1
            told = f"{name}_{number}"
        found.append(told)
    return found
