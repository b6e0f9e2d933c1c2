"""The step that makes a store hold several plans, each with its versions, and what persons say about them.

What was judged before belongs to plan 1, the one that the store was made with; its name and text are filled in by the next command that
writes. What persons say is kept with who and when: a new day, review or receipt is a new row, and the newest one holds.
"""

from typing import Final

PLANS: Final = """
CREATE TABLE plans (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL DEFAULT '',
    title TEXT NOT NULL DEFAULT '',
    path TEXT NOT NULL,
    first_year INTEGER NOT NULL DEFAULT 0,
    last_year INTEGER,
    version TEXT NOT NULL DEFAULT ''
);
INSERT INTO plans (number, path) SELECT 1, value FROM meta WHERE key = 'plan_path';

CREATE TABLE plan_versions (
    plan INTEGER NOT NULL REFERENCES plans(number),
    version TEXT NOT NULL,
    text TEXT NOT NULL,
    added TEXT NOT NULL,
    PRIMARY KEY (plan, version)
) WITHOUT ROWID;

CREATE TABLE agency_lists (
    id INTEGER PRIMARY KEY,
    version TEXT NOT NULL,
    source TEXT NOT NULL,
    text TEXT NOT NULL,
    added TEXT NOT NULL
);

ALTER TABLE evidence ADD COLUMN plan INTEGER NOT NULL DEFAULT 1;
ALTER TABLE rejected ADD COLUMN plan INTEGER NOT NULL DEFAULT 1;

CREATE TABLE cells_of_plans (
    plan INTEGER NOT NULL DEFAULT 1,
    agency TEXT NOT NULL,
    year INTEGER NOT NULL,
    level TEXT NOT NULL CHECK (level IN ('item', 'duty')),
    item TEXT NOT NULL,
    duty TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL,
    day TEXT,
    claims TEXT NOT NULL DEFAULT '[]',
    PRIMARY KEY (plan, agency, year, level, item, duty)
) WITHOUT ROWID;
INSERT INTO cells_of_plans (plan, agency, year, level, item, duty, state, day, claims)
SELECT 1, agency, year, level, item, duty, state, day, claims FROM cells;
DROP TABLE cells;
ALTER TABLE cells_of_plans RENAME TO cells;
CREATE INDEX cells_year ON cells(plan, level, year);

CREATE TABLE trigger_days (
    id INTEGER PRIMARY KEY,
    plan INTEGER NOT NULL REFERENCES plans(number),
    name TEXT NOT NULL,
    day TEXT,
    document TEXT NOT NULL DEFAULT '',
    who TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL
);

CREATE TABLE requests (
    id INTEGER PRIMARY KEY,
    plan INTEGER NOT NULL REFERENCES plans(number),
    duty TEXT NOT NULL,
    agencies TEXT NOT NULL,
    document TEXT NOT NULL,
    asked TEXT NOT NULL,
    due TEXT NOT NULL,
    subject TEXT NOT NULL DEFAULT '',
    who TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL,
    withdrawn TEXT NOT NULL DEFAULT ''
);

CREATE TABLE reviews (
    id INTEGER PRIMARY KEY,
    plan INTEGER NOT NULL REFERENCES plans(number),
    agency TEXT NOT NULL,
    year INTEGER NOT NULL,
    item TEXT NOT NULL,
    duty TEXT NOT NULL DEFAULT '',
    state TEXT NOT NULL CHECK (state IN ('', 'not_applicable')),
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    at TEXT NOT NULL
);
CREATE INDEX reviews_cell ON reviews(plan, year, agency, item, duty);

CREATE TABLE receipts (
    id INTEGER PRIMARY KEY,
    sha256 TEXT NOT NULL REFERENCES contents(sha256) ON DELETE CASCADE,
    day TEXT NOT NULL,
    who TEXT NOT NULL DEFAULT '',
    at TEXT NOT NULL
);
CREATE INDEX receipts_sha256 ON receipts(sha256);
"""
