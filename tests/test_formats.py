"""What spreadsheets and data tools get, through the command line."""

import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Told = Callable[..., Result]


def test_excel_finds_a_byte_order_mark_in_a_file_and_other_tools_none_in_a_pipe(told: Told, tmp_path: Path) -> None:
    told("documents", "-o", tmp_path / "d.csv")
    assert (tmp_path / "d.csv").read_bytes().startswith(b"\xef\xbb\xbffile,")
    assert told("documents", "--format", "csv").stdout.startswith("file,")
    assert told("documents", "--format", "csv", "--bom").stdout.startswith("\ufefffile,")
    told("documents", "-o", tmp_path / "e.csv", "--no-bom")
    assert (tmp_path / "e.csv").read_bytes().startswith(b"file,")
    told("documents", "-o", tmp_path / "d.json")
    assert (tmp_path / "d.json").read_bytes().startswith(b"[")


def test_a_formula_in_a_report_is_text_in_a_spreadsheet_and_untouched_in_json(told: Told) -> None:
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        rows = list(csv.DictReader(io.StringIO(told("evidence", "--agency", "QH-305", "--format", form).stdout), delimiter=delimiter))
        assert {row["quote"][:2] for row in rows} == {"'=", "'-"}
        assert all(float(row["confidence"]) > 0 for row in rows)
    assert {row["quote"][:1] for row in json.loads(told("evidence", "--agency", "QH-305").stdout)} == {"=", "-"}


def test_parquet_holds_the_rows_with_their_types(told: Told, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    import pyarrow.parquet as files

    told("evidence", "-o", tmp_path / "e.parquet")
    kept = files.read_table(tmp_path / "e.parquet")
    wanted = json.loads(told("evidence").stdout)
    assert kept.column_names == list(wanted[0])
    assert {name: str(kept.schema.field(name).type) for name in ("year", "quote", "confidence", "dates", "cues")} == {
        "year": "int64",
        "quote": "string",
        "confidence": "double",
        "dates": "list<element: string>",
        "cues": "string",
    }
    rows = kept.to_pylist()
    assert [row["quote"] for row in rows] == [row["quote"] for row in wanted]
    assert [json.loads(row["cues"]) for row in rows] == [row["cues"] for row in wanted]
    told("evidence", "--year", "1999", "-o", tmp_path / "none.parquet")
    assert files.read_table(tmp_path / "none.parquet").num_rows == 0


def test_without_pyarrow_parquet_says_how_to_get_it(small_store: Path, tmp_path: Path) -> None:
    program = "import sys; sys.modules['pyarrow'] = None; from minhchung.cli import cli; cli(sys.argv[1:])"
    args = ["documents", "--db", str(small_store), "-o", str(tmp_path / "d.parquet")]
    done = subprocess.run([sys.executable, "-c", program, *args], capture_output=True, text=True)
    assert done.returncode == 2
    assert "minhchung[parquet]" in done.stderr
    assert not (tmp_path / "d.parquet").exists()


def test_a_name_that_would_move_the_cursor_does_not(told: Told, fake_rooms: object, tmp_path: Path) -> None:
    (tmp_path / "a\x1b[2Jb.docx").write_text("unreadable")
    told("ingest", tmp_path, "--db", tmp_path / "s.db", code=3)
    assert "\x1b" not in told("documents", "--db", tmp_path / "s.db", "--format", "table").stdout
    assert "\x1b" not in told("documents", "--db", tmp_path / "s.db", "--format", "csv").stdout
