"""Which files there are: hashing them, and writing down all of a run's files in one go before the first is read."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .sql import rows

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Seen:
    """A file as this run found it. `sha256` is None for one that is ignored, or that could not be opened (`fault` then says why).
    `path` is the path as it is kept, `file` as it was found."""

    path: str
    sha256: str | None
    size: int
    ignored: str = ""
    fault: str = ""
    file: Path = Path()


def place_of(path: Path) -> str:
    """A path as it is kept: absolute, and always UTF-8; a name in another encoding shows its odd bytes as \\xNN."""
    return os.fsencode(path.absolute()).decode("utf-8", "backslashreplace")


def look(path: Path, ignored: str = "", known_as: Path | None = None) -> Seen:
    """Hash a file. One that is ignored is not opened; one that cannot be opened is a `Seen` with its fault, not an exception.
    `known_as` is the path it is kept under where that is not where it lies: a file out of an archive."""
    place = place_of(known_as or path)
    try:
        size = path.stat().st_size
        if ignored:
            return Seen(place, None, size, ignored=ignored, file=path)
        with path.open("rb") as file:
            return Seen(place, hashlib.file_digest(file, "sha256").hexdigest(), size, file=path)
    except OSError as error:
        if ignored:
            return Seen(place, None, 0, ignored=ignored, file=path)
        return Seen(place, None, 0, fault=f"cannot be opened: {error.strerror or error}; mend that and run ingest again", file=path)


def register(db: Database, seen: Sequence[Seen], run: int) -> set[str]:
    """Write down the files, inside the caller's transaction; return the contents (sha256) that a changed file brought in or took out.

    A file already known as it lies now costs no write. Where the content at a path has changed, the old row stays, marked `replaced`.
    """
    known = _known(db.conn)
    inserted: list[dict[str, Any]] = []
    touched: set[str] = set()
    for one in seen:
        here = known.get(one.path, {})
        if one.sha256 or one.ignored:
            touched |= _retire(db.conn, one, here)
        row = here.get(one.sha256)
        if row is None:
            inserted.append(_record(one, run))
        elif row["replaced"] or (row["ignored"], row["fault"]) != (one.ignored, one.fault):
            db.conn.execute("UPDATE files SET replaced = 0, ignored = ?, fault = ? WHERE id = ?", (one.ignored, one.fault, row["id"]))
            touched |= {one.sha256} if one.sha256 else set()
    contents = [{"sha256": record["sha256"]} for record in inserted if record["sha256"]]
    db.table("contents").insert_all(contents, ignore=True, pk="sha256")
    db.table("files").insert_all(inserted, batch_size=100)
    return touched | {content["sha256"] for content in contents}


def _record(one: Seen, run: int) -> dict[str, Any]:
    return {
        "path": one.path,
        "name": one.path.rpartition(os.sep)[2],
        "sha256": one.sha256,
        "size": one.size,
        "first_run": run,
        "replaced": 0,
        "ignored": one.ignored,
        "fault": one.fault,
    }


def _known(conn: sqlite3.Connection) -> dict[str, dict[str | None, Mapping[str, Any]]]:
    known: dict[str, dict[str | None, Mapping[str, Any]]] = {}
    for row in rows(conn, "SELECT id, path, sha256, replaced, ignored, fault FROM files"):
        known.setdefault(row["path"], {})[row["sha256"]] = row
    return known


def _retire(conn: sqlite3.Connection, one: Seen, known_rows: Mapping[str | None, Mapping[str, Any]]) -> set[str]:
    """What was at this path before and is not what lies there now."""
    touched: set[str] = set()
    for sha256, row in known_rows.items():
        if sha256 == one.sha256:
            continue
        if sha256 is None:  # it could not be opened or was ignored before, and now it can: nothing was kept of it
            conn.execute("DELETE FROM files WHERE id = ?", (row["id"],))
        elif not row["replaced"]:
            conn.execute("UPDATE files SET replaced = 1 WHERE id = ?", (row["id"],))
            touched.add(sha256)
    return touched


def agencies_of(conn: sqlite3.Connection, contents: Iterable[str]) -> set[str]:
    """The agencies whose documents these contents are."""
    found: set[str] = set()
    for sha256 in contents:
        row = conn.execute("SELECT agency FROM contents WHERE sha256 = ?", (sha256,)).fetchone()
        if row and row[0]:
            found.add(str(row[0]))
    return found


def is_registered(conn: sqlite3.Connection, seen: Iterable[Seen]) -> bool:
    """Whether every file is known exactly as it lies now, so that registering would write nothing."""
    known = _known(conn)
    for one in seen:
        here = known.get(one.path, {})
        row = here.get(one.sha256)
        if row is None or row["replaced"] or (row["ignored"], row["fault"]) != (one.ignored, one.fault):
            return False
        if (one.sha256 or one.ignored) and any(not other["replaced"] for sha256, other in here.items() if sha256 != one.sha256):
            return False
    return True
