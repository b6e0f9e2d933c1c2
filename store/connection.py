"""Opening the store, and turning what SQLite and the disk say into a `StoreError` that tells what to do next."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..errors import StoreError
from .migrations import APPLICATION_ID, NEWEST, migrate, version

if TYPE_CHECKING:
    from sqlite_utils import Database

WAIT_SECONDS: Final = 30.0  # how long a writer waits for another; one report takes milliseconds to save

_ANOTHER: Final = "Name another file with --db, or move this one away and run ingest again."
_RESTORE: Final = "Put back a copy of it, or move it away and run ingest again: the reports themselves are untouched."
_WAIT: Final = "Wait until the other ingest has finished, or close the program that holds the file."
_FAULTS: Final[tuple[tuple[str, str, str], ...]] = (  # words of SQLite's message, what is wrong, what to do
    ("not a database", "is not a SQLite file, or it is damaged", _ANOTHER),
    ("malformed", "is damaged", _RESTORE),
    ("disk image", "is damaged", _RESTORE),
    ("locked", "is locked by another program", _WAIT),
    ("busy", "is locked by another program", _WAIT),
    ("readonly", "cannot be written: it or its folder is read-only", "Allow writing there, or name another file with --db."),
    ("disk is full", "cannot grow: the disk is full", "Free some space and run ingest again; what was saved before is kept."),
    ("disk i/o", "cannot be read or written: the disk reports a fault", "Check the disk, then run ingest again."),
    ("unable to open", "cannot be opened", "Check that its folder exists and that you may write there, or name another file with --db."),
    ("no such table", "lacks tables that a store has", _RESTORE),
    ("no such column", "lacks columns that a store has", _RESTORE),
)
_DISK_FULL: Final = (errno.ENOSPC, errno.EDQUOT)


def explained(path: Path, error: sqlite3.Error | OSError) -> StoreError:
    """What a failure means for the person who runs the command."""
    if isinstance(error, OSError) and error.errno in _DISK_FULL:
        return StoreError(f"The store {path} cannot grow: the disk is full.", "Free some space and run the command again.")
    words = str(error).lower()
    for sign, what, step in _FAULTS:
        if sign in words:
            return StoreError(f"The store {path} {what} ({error}).", step)
    return StoreError(f"The store {path} cannot be used ({error}).", _ANOTHER)


@contextmanager
def guarded(path: Path) -> Iterator[None]:
    """Turn SQLite's errors within the block into a `StoreError`."""
    try:
        yield
    except sqlite3.Error as error:
        raise explained(path, error) from error


def _check_kind(path: Path, conn: sqlite3.Connection) -> None:
    """A SQLite file of another program, or a store of a later version, is refused before anything is written to it."""
    number = version(conn)
    ours = int(conn.execute("PRAGMA application_id").fetchone()[0]) == APPLICATION_ID
    tables = int(conn.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    if tables and not ours:
        raise StoreError(f"{path} is a SQLite file of another program.", "Name another file with --db.")
    if number > NEWEST:
        raise StoreError(
            f"The store {path} was written by a newer minhchung (schema {number}; this one knows {NEWEST}).",
            "Update minhchung, or name another file with --db.",
        )


def _check_place(path: Path) -> None:
    if path.is_dir():
        raise StoreError(f"{path} is a folder, not a store.", f"Name a file, such as --db {path / 'minhchung.db'}.")
    if not path.parent.is_dir():
        raise StoreError(f"The folder {path.parent} does not exist.", "Create it, or name another file with --db.")


def open_for_writing(path: Path, wait: float = WAIT_SECONDS) -> Database:
    """The store at `path`, made where there is none, brought up to the newest schema. Raises `StoreError`."""
    from sqlite_utils import Database

    _check_place(path)
    with guarded(path):
        conn = sqlite3.connect(path, timeout=wait)
        try:
            _check_kind(path, conn)
            conn.execute("PRAGMA journal_mode = WAL")
            conn.execute("PRAGMA synchronous = NORMAL")  # a power cut may lose the last reports, which are read again, never the store
            db = Database(conn)
            migrate(db)
            conn.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            conn.close()
            raise
    return db


def _connect_for_reading(path: Path, wait: float) -> sqlite3.Connection:
    """`query_only` rather than `mode=ro`: a read-only connection leaves the -wal and -shm files behind when it closes. Where the folder may
    not be written, SQLite cannot make those files at all, and the file is opened as it lies (`immutable`)."""
    uri = path.absolute().as_uri()
    conn = sqlite3.connect(f"{uri}?mode=rw", uri=True, timeout=wait)
    try:
        conn.execute("PRAGMA query_only = ON")
        conn.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlite3.OperationalError as error:
        conn.close()
        if not any(sign in str(error) for sign in ("unable to open", "readonly")):
            raise
        conn = sqlite3.connect(f"{uri}?immutable=1", uri=True, timeout=wait)
    return conn


def open_for_reading(path: Path, wait: float = 5.0) -> sqlite3.Connection:
    """A connection that cannot write. Raises `StoreError` where there is no store, or one that this version cannot read."""
    if not path.exists():
        raise StoreError(f"There is no store at {path}.", f"Make one first: minhchung ingest FOLDER --db {path}")
    _check_place(path)
    with guarded(path):
        conn = _connect_for_reading(path, wait)
        try:
            _check_kind(path, conn)
            if version(conn) < NEWEST:
                raise StoreError(
                    f"The store {path} is empty or was written by an older minhchung.", "Run ingest on it again: that brings it up to date."
                )
        except BaseException:
            conn.close()
            raise
    conn.row_factory = sqlite3.Row
    return conn


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A read-only connection for a block, errors explained."""
    conn = open_for_reading(path)
    try:
        with guarded(path):
            yield conn
    finally:
        conn.close()


@contextmanager
def transaction(db: Database) -> Iterator[None]:
    """All or nothing. IMMEDIATE takes the write lock at once, so that what is read inside cannot change before it is written."""
    db.conn.execute("BEGIN IMMEDIATE")
    try:
        yield
        db.conn.execute("COMMIT")
    except BaseException:
        db.conn.rollback()
        raise
