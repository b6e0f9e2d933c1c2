"""The step that adds the views that other tools may rely on. Their columns are explained in views.toml and never taken away or renamed; a
later step may only add columns at the end (drop the view and create it again).

SQLite checks every view when a table is renamed: a later step that rebuilds a table has to drop these views first and create them again.
"""

from typing import Final

VIEWS: Final = """
CREATE VIEW v_documents AS
SELECT d.file, d.path, d.sha256, d.outcome, d.reason, d.agency, d.agency_name, d.number, d.date, d.type, d.title, d.year,
    ifnull((SELECT t.day FROM receipts t WHERE t.sha256 = d.sha256 ORDER BY t.id DESC LIMIT 1), date(r.started, 'localtime')) AS received,
    c.signer, c.signed_as, d.pages, d.ocr,
    (SELECT count(*) FROM evidence e WHERE e.sha256 = d.sha256) AS claims
FROM documents d LEFT JOIN contents c ON c.sha256 = d.sha256 LEFT JOIN runs r ON r.id = d.first_run;

CREATE VIEW v_evidence AS
SELECT e.key AS id, ifnull(p.id, '') AS plan, d.agency, d.agency_name, d.year, e.item, e.status, e.quote, e.heading, d.file, e.page,
    e.locator, e.confidence, e.strength, e.actor, e.partial, json_extract(e.coverage, '$.done') AS coverage_done,
    json_extract(e.coverage, '$.total') AS coverage_total, json_extract(e.coverage, '$.unit') AS coverage_unit, d.date, d.path, e.sha256
FROM evidence e JOIN documents d ON d.sha256 = e.sha256 AND d.outcome = 'ingested' LEFT JOIN plans p ON p.number = e.plan;

CREATE VIEW v_figures AS
SELECT e.key AS id, ifnull(p.id, '') AS plan, d.agency, d.agency_name, d.year, e.item, e.status, json_extract(q.value, '$.value') AS value,
    json_extract(q.value, '$.unit') AS unit, json_extract(q.value, '$.approximate') AS approximate, e.quote, d.file, e.page
FROM evidence e JOIN documents d ON d.sha256 = e.sha256 AND d.outcome = 'ingested' LEFT JOIN plans p ON p.number = e.plan,
    json_each(e.quantities) q;

CREATE VIEW v_cells AS
SELECT ifnull(p.id, '') AS plan, c.agency,
    (SELECT max(n.agency_name) FROM contents n WHERE n.agency = c.agency) AS agency_name,
    c.year, c.level, c.item, nullif(c.duty, '') AS duty, c.state, c.day, json_array_length(c.claims) AS claims,
    nullif((SELECT r.state FROM reviews r WHERE r.plan = c.plan AND r.agency = c.agency AND r.year = c.year AND r.item = c.item
        AND r.duty = c.duty ORDER BY r.id DESC LIMIT 1), '') AS decided
FROM cells c LEFT JOIN plans p ON p.number = c.plan;

CREATE VIEW v_refused AS
SELECT ifnull(p.id, '') AS plan, d.agency, d.agency_name, d.year, r.item, r.gate, r.distance, r.quote, r.heading, d.file, r.page, r.locator
FROM rejected r JOIN documents d ON d.sha256 = r.sha256 AND d.outcome = 'ingested' LEFT JOIN plans p ON p.number = r.plan;

CREATE VIEW v_problems AS
SELECT d.file, d.path, d.outcome, d.agency, d.agency_name, d.year, i.page, i.code, i.message, i.next_step
FROM documents d JOIN issues i ON i.sha256 = d.sha256
WHERE d.outcome IN ('ingested', 'unreadable', 'failed') AND i.code <> 'ocr-corrected';

CREATE VIEW v_passages AS
SELECT t.id, d.file, d.agency, d.agency_name, d.year, t.page, t.block AS locator, t.kind,
    json_extract(t.headings, '$[#-1]') AS heading, t.text, t.sha256
FROM passages t JOIN documents d ON d.sha256 = t.sha256 AND d.outcome = 'ingested';

CREATE VIEW v_runs AS
SELECT id, started, finished, json_extract(balance, '$.found') AS found, json_extract(balance, '$.new') AS new,
    json_extract(balance, '$.unchanged') AS unchanged, json_extract(balance, '$.duplicate') AS duplicate,
    json_extract(balance, '$.superseded') AS superseded, json_extract(balance, '$.unreadable') AS unreadable,
    json_extract(balance, '$.failed') AS failed, json_extract(balance, '$.ignored') AS ignored
FROM runs;
"""
