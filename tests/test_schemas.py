"""Every answer fits its JSON Schema, as it comes from the commands themselves."""

import ast
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from jsonschema import Draft202012Validator, ValidationError

from minhchung.cli import cli
from minhchung.present.formats import names_of
from minhchung.present.schemas import ANSWERS, schema_of

Told = Callable[..., Result]
GOLD = [{"file": "a.docx", "agency": "QH-304", "year": 2023, "expect": {"II.1.a": "missing"}, "evidence": []}]
PLAN = Path(__file__).resolve().parent.parent / "plan" / "data" / "hai-phong-2023.toml"


@pytest.fixture
def asked(told: Told, tmp_path: Path, small_store: Path) -> dict[str, list[tuple[str | Path, ...]]]:
    """For each answer, command lines that print it."""
    (tmp_path / "gold.json").write_text(json.dumps(GOLD), encoding="utf-8")
    store = tmp_path / "s.db"
    told("ingest", small_store.parent / "in", "--db", store, code=3)
    told("review", "set", "--agency", "QH-305", "--item", "II.2", "--year", "2023", "--reason", "r", "--by", "b", "--db", store)
    told("plan", "trigger", "set", "T2", "2023-12-01", "--db", store)
    request = ("--document", "1/SNV", "--asked", "2023-02-10", "--due", "2023-03-01", "--by", "b")
    told("plan", "request", "add", "--agency", "G-QH", *request, "--db", store)
    changed = tmp_path / "changed.toml"
    changed.write_text(PLAN.read_text(encoding="utf-8").replace('actors = ["G-QH"]', 'actors = ["G-SO"]'), encoding="utf-8")
    twice = tmp_path / "twice.csv"
    twice.write_text("mã,tên\nA,UBND xã Một\nB,UBND xã Một\n", encoding="utf-8")
    kept = ("--db", store)
    return {
        "documents": [("documents", *kept)],
        "evidence": [("evidence", *kept)],
        "status": [("status", *kept), ("status", "--level", "duty", *kept)],
        "missing": [("missing", *kept, "--agency", "QH-304", "--why"), ("missing", *kept, "--level", "duty")],
        "search": [("search", "quan triet", *kept)],
        "problems": [("problems", *kept)],
        "senders": [("senders", *kept)],
        "agencies": [("agencies", *kept)],
        "agencies-check": [("agencies", "check", twice)],
        "plan-show": [("plan", "show")],
        "plan-list": [("plan", "list", *kept)],
        "plan-diff": [("plan", "diff", changed, *kept)],
        "plan-trigger-list": [("plan", "trigger", "list", *kept)],
        "plan-request-list": [("plan", "request", "list", *kept)],
        "review-list": [("review", "list", *kept)],
        "extract": [("extract", small_store.parent / "in" / "a.docx")],
        "evaluate": [("evaluate", tmp_path / "gold.json", *kept)],
        "evaluate-confusion": [("evaluate", tmp_path / "gold.json", *kept, "--show", "confusion")],
        "evaluate-errors": [("evaluate", tmp_path / "gold.json", *kept, "--show", "errors")],
        "doctor": [("doctor",)],
    }


def test_every_answer_of_the_commands_fits_its_schema(told: Told, asked: dict[str, list[tuple[str | Path, ...]]]) -> None:
    assert set(asked) == set(ANSWERS) - {"events", "explain"}, "events: test_watching; explain: below, with the real judge"
    for name, lines in asked.items():
        for line in lines:
            rows = json.loads(told(*line, "--format", "json").stdout)
            assert rows, f"{line} answered nothing, so nothing was tested"
            Draft202012Validator(schema_of(name)).validate(rows)
            assert list(rows[0]) == names_of(ANSWERS[name].rows[0])
            first = told(*line, "--format", "jsonl").stdout.splitlines()[0]
            Draft202012Validator(schema_of(name, line=True)).validate(json.loads(first))


def test_an_explanation_fits_its_schema(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    said = "Ngày 12/7/2023, UBND quận đã tổ chức hội nghị quán triệt Luật Thực hiện dân chủ ở cơ sở cho 150 cán bộ."
    file.write_text(f"BÁO CÁO\nKết quả năm 2023\nI. KẾT QUẢ\n{said}\n", encoding="utf-8")
    rows = json.loads(CliRunner().invoke(cli, ["explain", str(file), "--format", "json"]).stdout)
    assert rows[0]["considered"] and rows[0]["claims"]
    Draft202012Validator(schema_of("explain")).validate(rows)


@pytest.mark.parametrize("name", ANSWERS)
def test_every_schema_is_one(name: str, told: Told) -> None:
    printed = json.loads(told("schema", name).stdout)
    Draft202012Validator.check_schema(printed)
    assert printed == schema_of(name)
    assert json.loads(told("schema", *name.split("-")).stdout) == printed


@pytest.mark.parametrize(
    ("spoil", "why"),
    [
        ({"state": "fine"}, "a state that there is not"),
        ({"owed": "yes"}, "a text for a truth value"),
        ({"near": [{"file": "a"}]}, "an object that lacks its fields"),
        ({"agency": None}, "null where a value is always known"),
    ],
)
def test_a_schema_refuses_what_no_command_prints(told: Told, spoil: dict[str, Any], why: str) -> None:
    row = json.loads(told("missing", "--agency", "QH-304").stdout)[0]
    checking = Draft202012Validator(schema_of("missing", line=True))
    checking.validate(row)
    with pytest.raises(ValidationError):
        checking.validate(row | spoil)


def test_without_a_name_the_names_are_listed_and_an_unknown_one_is_a_usage_error(told: Told) -> None:
    assert told("schema").stdout.split() == list(ANSWERS)
    assert "missing" in told("schema", "nonsense", code=2).stderr


def test_every_row_type_that_a_command_writes_has_a_schema() -> None:
    known = {kind.__name__ for answer in ANSWERS.values() for kind in answer.rows}
    written: set[str] = set()
    for path in (Path(__file__).resolve().parent.parent / "present" / "commands").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and len(node.args) > 1:
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in ("emit", "answer") and isinstance(node.args[1], ast.Name):
                    written.add(node.args[1].id)
    assert len(written) > 10
    assert written - {"kind"} <= known, "give it a name in present/schemas.py; `kind` is one of those of evaluate"
