"""Free queries over a store, the views they may rely on, and Datasette."""

import csv
import io
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import Result

from minhchung.present.datasette import metadata
from minhchung.store.views import views

Told = Callable[..., Result]


def columns(store: Path, view: str) -> list[str]:
    conn = sqlite3.connect(store)
    try:
        return [row[1] for row in conn.execute(f"PRAGMA table_info({view})")]
    finally:
        conn.close()


def test_every_view_and_column_is_explained_and_every_explanation_has_its_column(small_store: Path) -> None:
    conn = sqlite3.connect(small_store)
    there = {row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'view' AND name LIKE 'v\\_%' ESCAPE '\\'")}
    conn.close()
    assert there == {view.name for view in views()}
    for view in views():
        assert columns(small_store, view.name) == list(view.columns)
        assert view.about and all(view.columns.values())


def test_the_views_say_what_the_commands_say(told: Told) -> None:
    claims = json.loads(told("evidence").stdout)
    seen = json.loads(told("sql", "SELECT * FROM v_evidence").stdout)
    assert {row["id"]: row["quote"] for row in seen} == {row["id"]: row["quote"] for row in claims}
    part = next(row for row in seen if row["item"] == "II.2")
    assert (part["coverage_done"], part["coverage_total"], part["coverage_unit"]) == (10, 12, "phường")
    kept = {
        (row["agency"], row["item"]): row["state"] for row in json.loads(told("sql", "SELECT * FROM v_cells WHERE level='item'").stdout)
    }
    status = {(row["agency"], row["item"]): row["state"] for row in json.loads(told("status").stdout)}
    assert kept and all(status[key] == state for key, state in kept.items())
    files = {row["file"]: row["outcome"] for row in json.loads(told("sql", "SELECT * FROM v_documents").stdout)}
    assert files == {row["file"]: row["outcome"] for row in json.loads(told("documents").stdout)}
    faults = {(row["file"], row["code"]) for row in json.loads(told("sql", "SELECT * FROM v_problems").stdout)}
    assert faults == {(row["file"], row["code"]) for row in json.loads(told("problems").stdout)} and faults
    assert json.loads(told("sql", "SELECT found, new, unreadable FROM v_runs").stdout) == [{"found": 3, "new": 2, "unreadable": 1}]
    assert json.loads(told("sql", "SELECT gate FROM v_refused").stdout) == [{"gate": "no/other-object"}]


def test_what_is_missing_can_be_joined(told: Told) -> None:
    counted = json.loads(told("sql", "SELECT count(*) AS n FROM missing m JOIN v_documents d ON d.agency = m.agency").stdout)
    wanted = [row for row in json.loads(told("missing").stdout) if row["agency"] in ("QH-304", "QH-305")]
    assert counted == [{"n": len(wanted)}] and wanted
    assert json.loads(told("sql", "select count(*) as n from Status").stdout)[0]["n"] == len(json.loads(told("status").stdout))


def test_every_format_and_parameters(told: Told, tmp_path: Path) -> None:
    query = "SELECT item, count(*), count(*) FROM v_evidence WHERE item >= :item GROUP BY item ORDER BY item"
    rows = json.loads(told("sql", query, "-p", "item=II.1.c").stdout)
    assert rows == [{"item": item, "count(*)": 1, "count(*)_2": 1} for item in ("II.1.c", "II.1.d", "II.2")]
    assert list(csv.reader(io.StringIO(told("sql", query, "-p", "item=II.2", "--format", "csv").stdout))) == [
        ["item", "count(*)", "count(*)_2"],
        ["II.2", "1", "1"],
    ]
    assert told("sql", "-", "--format", "jsonl", typed="SELECT 1 AS n").stdout == '{"n": 1}\n'
    assert "II.2" in told("sql", query, "-p", "item=II.2", "--format", "table").stdout
    assert json.loads(told("sql", "SELECT :n + 1 AS n", "-p", "n=41").stdout) == [{"n": 42}]


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM files",
        "DROP VIEW v_cells",
        "CREATE TABLE x (a)",
        "CREATE TEMP TABLE x (a)",
        "ATTACH 'other.db' AS other",
        "PRAGMA query_only = OFF",
        "PRAGMA journal_mode = DELETE",
        "VACUUM INTO 'copy.db'",
        "BEGIN",
        "SELECT load_extension('x')",
        "UPDATE contents SET agency = 'x' RETURNING agency",
        "SELECT 1; DELETE FROM files",
    ],
)
def test_a_query_can_only_read(told: Told, small_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, query: str) -> None:
    monkeypatch.chdir(tmp_path)
    before = small_store.read_bytes()
    assert told("sql", query, code=2).stderr.startswith("minhchung: ")
    assert told("sql", query + " -- FROM missing", code=2).stdout == ""
    assert small_store.read_bytes() == before
    assert list(tmp_path.iterdir()) == []


def test_a_query_that_never_ends_is_stopped(told: Told) -> None:
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
    assert "--timeout" in told("sql", endless, "--timeout", "0.2", code=2).stderr
    streaming = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n WHERE i = 5 OR i < 0"
    assert "--timeout" in told("sql", streaming, "--timeout", "0.2", "--format", "jsonl", code=2).stderr


def test_what_is_wrong_with_a_query_is_told(told: Told) -> None:
    assert "syntax error" in told("sql", "SELEC 1", code=2).stderr
    assert "sql --views" in told("sql", "SELECT * FROM nothing", code=2).stderr
    assert "NAME=VALUE" in told("sql", "SELECT 1", "-p", "x", code=2).stderr
    assert "QUERY" in told("sql", code=2).stderr
    listed = json.loads(told("sql", "--views").stdout)
    assert {"view": "v_cells", "column": "decided"}.items() <= next(row for row in listed if row["column"] == "decided").items()


def test_every_ready_made_query_answers(small_store: Path) -> None:
    conn = sqlite3.connect(small_store)
    values = {"agency": "QH-304", "item": "II.1.a", "year": "2023", "words": "quan triet"}
    told = {name: conn.execute(query["sql"], values).fetchall() for name, query in metadata("s")["databases"]["s"]["queries"].items()}
    told["suyt_la_minh_chung"] = conn.execute(
        metadata("s")["databases"]["s"]["queries"]["suyt_la_minh_chung"]["sql"], {"item": "II.1.d"}
    ).fetchall()
    search = metadata("s")["databases"]["s"]["queries"]["tim_trong_bao_cao"]["sql"]
    for typed in ("", "  ", None):  # Datasette runs the query before anything is typed, with ''
        assert conn.execute(search, {"words": typed}).fetchall() == []
    told["so_lieu_theo_don_vi_tinh"] = told["so_lieu_theo_don_vi_tinh"] or ["no figure in this store"]
    conn.close()
    assert len(told) == 8
    assert all(told.values()), [name for name, rows in told.items() if not rows]


def test_what_views_and_queries_are_is_told_in_the_language_spoken(told: Told) -> None:
    english, vietnamese = (json.loads(told("datasette-metadata", "--lang", lang).stdout)["databases"]["s"] for lang in ("en", "vi"))
    for one, other in ((english["tables"], vietnamese["tables"]), (english["queries"], vietnamese["queries"])):
        assert one.keys() == other.keys()
        assert not [name for name in one if one[name]["description"] == other[name]["description"]]
    columns = {name: table["columns"] for name, table in english["tables"].items()}
    translated = {name: table["columns"] for name, table in vietnamese["tables"].items()}
    assert not [(name, column) for name, told in columns.items() for column in told if told[column] == translated[name][column]]
    shown = told("sql", "--views", "--format", "table", "--lang", "vi").stdout
    assert "nguyên văn câu" in shown and "word for word" not in shown
    assert (
        told("sql", "--views", "--format", "csv", "--lang", "vi").stdout == told("sql", "--views", "--format", "csv", "--lang", "en").stdout
    )


def test_datasette_shows_a_store_with_its_queries_and_columns(told: Told, small_store: Path, tmp_path: Path) -> None:
    program = shutil.which("datasette")
    if program is None:
        pytest.skip("datasette is not installed")
    told("datasette-metadata", "-o", tmp_path / "m.json")

    def get(path: str) -> str:
        command = [program, str(small_store), "--metadata", str(tmp_path / "m.json"), "--get", path]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    rows = json.loads(get("/s/ma_tran.json?year=2023&_shape=array"))
    assert [row["agency"] for row in rows] == ["QH-304", "QH-305"]
    for nothing in ("", "?words=", "?words=++"):
        assert "fts5" not in get(f"/s/tim_trong_bao_cao{nothing}"), "before words are typed there is nothing, and no fault"
    hits = json.loads(get(f"/s/tim_trong_bao_cao.json?words={quote('quan triet')}&_shape=array"))
    assert hits[0]["file"] == "a.docx"
    page = get("/s")
    assert "Matrix of agencies" in page and "v_evidence" in page
    assert "the sentence, word for word" in get("/s/v_evidence")
