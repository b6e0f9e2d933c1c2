"""The schema, as numbered steps that are only ever added to. `PRAGMA user_version` holds the number of the last step applied.

A step once released is never edited: a store that has passed it would differ from a new one. What the columns mean: docs/data-model.md.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING, Final

from .migration_plans import PLANS
from .migration_views import VIEWS

if TYPE_CHECKING:
    from sqlite_utils import Database

APPLICATION_ID: Final = 0x6D686331  # "mhc1": tells our stores from any other SQLite file

_FIRST: Final = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    finished TEXT,
    reader TEXT NOT NULL,
    rules TEXT NOT NULL,
    plan TEXT NOT NULL,
    balance TEXT
);

CREATE TABLE contents (
    sha256 TEXT PRIMARY KEY,
    outcome TEXT NOT NULL DEFAULT 'pending' CHECK (outcome IN ('pending', 'read', 'unreadable', 'failed')),
    reason TEXT NOT NULL DEFAULT '',
    kind TEXT,
    pages INTEGER,
    unread_pages TEXT NOT NULL DEFAULT '[]',
    ocr INTEGER NOT NULL DEFAULT 0,
    reader TEXT,
    rules TEXT,
    plan TEXT,
    agency TEXT,
    agency_name TEXT,
    number TEXT,
    date TEXT,
    place TEXT,
    type TEXT,
    title TEXT,
    year INTEGER,
    signer TEXT,
    signed_as TEXT,
    replaces TEXT NOT NULL DEFAULT '[]',
    candidates TEXT NOT NULL DEFAULT '[]',
    basis TEXT NOT NULL DEFAULT '',
    superseded_by TEXT REFERENCES contents(sha256)
);
CREATE INDEX contents_agency ON contents(agency, year);
CREATE INDEX contents_superseded_by ON contents(superseded_by);

CREATE TABLE files (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL,
    name TEXT NOT NULL,
    sha256 TEXT REFERENCES contents(sha256),
    size INTEGER NOT NULL,
    first_run INTEGER NOT NULL REFERENCES runs(id),
    replaced INTEGER NOT NULL DEFAULT 0,
    ignored TEXT NOT NULL DEFAULT '',
    fault TEXT NOT NULL DEFAULT ''
);
CREATE UNIQUE INDEX files_path ON files(path, ifnull(sha256, ''));
CREATE INDEX files_sha256 ON files(sha256, replaced, first_run, path);
CREATE INDEX files_first_run ON files(first_run);

CREATE TABLE passages (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL REFERENCES contents(sha256) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    folded TEXT NOT NULL,
    headings TEXT NOT NULL DEFAULT '[]',
    page INTEGER,
    block TEXT NOT NULL,
    bbox TEXT,
    table_row TEXT,
    bold INTEGER NOT NULL DEFAULT 0,
    centered INTEGER NOT NULL DEFAULT 0,
    UNIQUE (sha256, ordinal)
);

CREATE VIRTUAL TABLE passages_fts USING fts5(
    folded, content='passages', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);
CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN
    INSERT INTO passages_fts(rowid, folded) VALUES (new.id, new.folded);
END;
CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN
    INSERT INTO passages_fts(passages_fts, rowid, folded) VALUES ('delete', old.id, old.folded);
END;

CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL REFERENCES contents(sha256) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    passage INTEGER NOT NULL,
    item TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('done', 'ongoing', 'planned', 'not_done', 'mention')),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    heading TEXT NOT NULL DEFAULT '',
    page INTEGER,
    locator TEXT NOT NULL,
    confidence REAL NOT NULL,
    actor TEXT NOT NULL DEFAULT 'self',
    partial INTEGER NOT NULL DEFAULT 0,
    strength TEXT NOT NULL DEFAULT 'assertion',
    cues TEXT NOT NULL DEFAULT '[]',
    dates TEXT NOT NULL DEFAULT '[]',
    numbers TEXT NOT NULL DEFAULT '[]',
    quantities TEXT NOT NULL DEFAULT '[]',
    audience TEXT NOT NULL DEFAULT '[]',
    coverage TEXT,
    UNIQUE (sha256, ordinal),
    FOREIGN KEY (sha256, passage) REFERENCES passages(sha256, ordinal)
);
CREATE INDEX evidence_item ON evidence(item);
CREATE INDEX evidence_passage ON evidence(sha256, passage);

CREATE TABLE issues (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL REFERENCES contents(sha256) ON DELETE CASCADE,
    stage TEXT NOT NULL CHECK (stage IN ('read', 'judge')),
    ordinal INTEGER NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    next_step TEXT NOT NULL DEFAULT '',
    page INTEGER
);
CREATE INDEX issues_sha256 ON issues(sha256);

CREATE TABLE cells (
    agency TEXT NOT NULL,
    year INTEGER NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('item', 'duty')),
    item TEXT NOT NULL,
    duty TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL,
    day TEXT,
    claims TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (agency, year, level, item, duty)
) WITHOUT ROWID;
CREATE INDEX cells_year ON cells(year, level);

CREATE VIEW primary_files AS
SELECT f.id, f.sha256, f.name, f.path FROM files f
WHERE f.sha256 IS NOT NULL AND f.replaced = 0 AND NOT EXISTS (
    SELECT 1 FROM files e WHERE e.sha256 = f.sha256 AND e.replaced = 0 AND (e.first_run, e.path) < (f.first_run, f.path));

CREATE VIEW documents AS
SELECT
    f.id, f.name AS file, f.path, f.sha256,
    CASE
        WHEN f.ignored <> '' THEN 'ignored'
        WHEN f.fault <> '' THEN 'failed'
        WHEN f.replaced THEN 'superseded'
        WHEN c.outcome = 'pending' THEN 'failed'
        WHEN c.outcome IN ('unreadable', 'failed') THEN c.outcome
        WHEN p.id <> f.id THEN 'duplicate'
        WHEN c.superseded_by IS NOT NULL THEN 'superseded'
        ELSE 'ingested'
    END AS outcome,
    CASE
        WHEN f.ignored <> '' THEN f.ignored
        WHEN f.fault <> '' THEN f.fault
        WHEN f.replaced THEN 'the file at this path has changed since'
        WHEN c.outcome = 'pending' THEN 'the run was interrupted; run ingest again'
        WHEN c.outcome IN ('unreadable', 'failed') THEN c.reason
        WHEN p.id <> f.id THEN 'same content as ' || p.path
        WHEN c.superseded_by IS NOT NULL THEN 'replaced by ' || ifnull(s.type || ' ', '') || ifnull(s.number, 'a later report')
            || ifnull(' of ' || s.date, '')
        ELSE c.reason
    END AS reason,
    c.agency, c.agency_name, c.number, c.date, c.type, c.title, c.year, c.pages, ifnull(c.ocr, 0) AS ocr, f.first_run
FROM files f
LEFT JOIN contents c ON c.sha256 = f.sha256
LEFT JOIN contents s ON s.sha256 = c.superseded_by
LEFT JOIN primary_files p ON p.sha256 = f.sha256;
"""

_WAITING: Final = """
ALTER TABLE contents ADD COLUMN waiting_for TEXT NOT NULL DEFAULT '[]';
"""

# What was read before was read without its signatures being kept, and '[]' would say that it has none. Only the reader can tell: the next
# run that finds a PDF reads it again.
_SIGNATURES: Final = """
ALTER TABLE contents ADD COLUMN signatures TEXT NOT NULL DEFAULT '[]';
UPDATE contents SET reader = NULL WHERE kind = 'pdf';
"""

# What judging refused, and a lasting key for each claim. Both are written when a report is judged; the rules have changed with this step,
# so the next run judges again whatever the store holds.
_REJECTED: Final = """
ALTER TABLE evidence ADD COLUMN key TEXT NOT NULL DEFAULT '';
CREATE INDEX evidence_key ON evidence(key);
CREATE TABLE rejected (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL REFERENCES contents(sha256) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    passage INTEGER NOT NULL,
    item TEXT NOT NULL,
    gate TEXT NOT NULL,
    distance INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    quote TEXT NOT NULL,
    heading TEXT NOT NULL DEFAULT '',
    page INTEGER,
    locator TEXT NOT NULL,
    cues TEXT NOT NULL DEFAULT '[]',
    UNIQUE (sha256, ordinal),
    FOREIGN KEY (sha256, passage) REFERENCES passages(sha256, ordinal)
);
"""

# What a file notes about itself. The readers have changed with this step, so the next run that finds a file reads it again.
_PROPERTIES: Final = """
ALTER TABLE contents ADD COLUMN properties TEXT NOT NULL DEFAULT '{}';
"""

STEPS: Final[tuple[str, ...]] = (_FIRST, _WAITING, _SIGNATURES, _REJECTED, PLANS, VIEWS, _PROPERTIES)
NEWEST: Final = len(STEPS)


def statements(script: str) -> list[str]:
    """The single statements of a script; a trigger with its inner semicolons stays whole."""
    found: list[str] = []
    pending = ""
    for line in script.splitlines():
        pending += line + "\n"
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return [statement for statement in found if statement]


def migrate(db: Database, steps: tuple[str, ...] = STEPS) -> int:
    """Apply what is missing, each step with its number in one transaction; return the number of steps applied.

    The version is read again inside the transaction: another process may have migrated while this one waited for the lock.
    """
    applied = 0
    while version(db.conn) < len(steps):
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            number = version(db.conn)
            if number < len(steps):
                for statement in statements(steps[number]):
                    db.execute(statement)
                db.conn.execute(f"PRAGMA user_version = {number + 1}")
                db.conn.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                applied += 1
            db.conn.execute("COMMIT")
        except BaseException:
            db.conn.rollback()
            raise
    return applied


def version(conn: sqlite3.Connection) -> int:
    """The number of the last step applied, 0 for a new file."""
    return int(conn.execute("PRAGMA user_version").fetchone()[0])
