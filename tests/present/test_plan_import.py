"""`minhchung plan import` and what follows from it, through the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from minhchung.cli import cli

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "plans"
OTHERS = Path(__file__).resolve().parents[1] / "plan" / "importing" / "plans"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, [str(word) for word in words], prog_name="minhchung")


def test_a_second_plan_goes_from_its_document_to_the_state_of_a_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert run("plan", "import", SAMPLES / "bao-luc-gia-dinh.txt", "-o", "bao-luc.toml").exit_code == 0
    assert run("plan", "check", "bao-luc.toml").exit_code == 0
    assert run("ingest", SAMPLES / "reports", "--plan", "bao-luc.toml", "--db", "b.db", "--jobs", "1").exit_code == 0
    asked = run("status", "--db", "b.db", "--agency", "QH-305", "--year", "2023", "--as-of", "2023-12-31", "--format", "json")
    states = {row["item"]: row["state"] for row in json.loads(asked.stdout)}
    assert {item: states[item] for item in ("II.1", "III.kh", "III.bc")} == dict.fromkeys(("II.1", "III.kh", "III.bc"), "evidenced")
    assert states["II.3"] == "silent"


@pytest.mark.parametrize(("page", "language"), [("README.md", "en"), ("README.vi.md", "vi"), ("docs/plan-import.md", "en")])
def test_the_pages_show_what_the_worked_example_prints(tmp_path: Path, page: str, language: str) -> None:
    shown = {line.strip() for line in (SAMPLES.parents[1] / page).read_text(encoding="utf-8").splitlines()}
    toml, store = tmp_path / "bao-luc.toml", tmp_path / "b.db"
    account = run("plan", "import", SAMPLES / "bao-luc-gia-dinh.txt", "-o", toml, "--lang", language).stderr.splitlines()
    assert len(account) == 4 and {line.strip() for line in account[:3]} <= shown
    assert run("ingest", SAMPLES / "reports", "--plan", toml, "--db", store, "--jobs", "1").exit_code == 0
    asked = ("--agency", "UBND quận Lê Chân", "--year", "2023", "--as-of", "2023-12-31", "--format", "table", "--lang", language)
    matrix = [line.strip() for line in run("status", "--db", store, *asked).stdout.splitlines() if " III.kh" in line or "   ·    " in line]
    assert len(matrix) >= 2 and {matrix[0], matrix[1]} <= shown


def test_without_a_file_the_plan_goes_to_stdout_and_the_account_to_stderr() -> None:
    done = run("plan", "import", SAMPLES / "bao-luc-gia-dinh.txt")
    assert done.stdout.startswith("# Imported from bao-luc-gia-dinh.txt.") and "rules =" not in done.stdout
    assert "6 items, 6 duties" in done.stderr
    assert "Hội Liên hiệp Phụ nữ thành phố (II.3)" in done.stderr


def test_what_a_person_has_worked_on_is_not_written_over(tmp_path: Path) -> None:
    target = tmp_path / "kh.toml"
    (tmp_path / "kh.rules.toml").write_text("# mine\n", encoding="utf-8")
    refused = run("plan", "import", SAMPLES / "bao-luc-gia-dinh.txt", "-o", target)
    assert refused.exit_code == 2 and "--force" in refused.stderr
    assert not target.exists() and (tmp_path / "kh.rules.toml").read_text(encoding="utf-8") == "# mine\n"
    assert run("plan", "import", SAMPLES / "bao-luc-gia-dinh.txt", "-o", target, "--force").exit_code == 0


def test_a_plan_of_another_province_needs_its_agencies(tmp_path: Path) -> None:
    alone = run("plan", "import", OTHERS / "can-tho-kham-benh.txt")
    assert alone.exit_code == 6 and "--agencies" in alone.stderr
    target = tmp_path / "ct.toml"
    assert run("plan", "import", OTHERS / "can-tho-kham-benh.txt", "--agencies", OTHERS / "can-tho.csv", "-o", target).exit_code == 0
    assert run("plan", "check", target).exit_code == 4
    assert run("plan", "check", target, "--agencies", OTHERS / "can-tho.csv").exit_code == 0


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "cannot be read"),
        ("BÁO CÁO\nKết quả năm 2023\n", "does not look like a plan"),
        ("KẾ HOẠCH\nTriển khai Luật Căn cước\n", "names no year"),
    ],
)
def test_what_is_no_plan_is_refused_with_what_to_do(tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "kh.txt"
    file.write_text(text, encoding="utf-8")
    done = run("plan", "import", file)
    assert done.exit_code == 6 and says in done.stderr


def test_a_plan_without_duties_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "kh.txt"
    file.write_text(
        "Hải Phòng, ngày 01 tháng 6 năm 2023\n\nKẾ HOẠCH\nThực hiện Luật Căn cước\n\nỦy ban nhân dân thành phố ban hành Kế hoạch:\n",
        encoding="utf-8",
    )
    done = run("plan", "import", file)
    assert done.exit_code == 6 and "no duty" in done.stderr


def test_plan_check_reads_the_rules_file_too(tmp_path: Path) -> None:
    target = tmp_path / "kh.toml"
    run("plan", "import", SAMPLES / "bao-luc-gia-dinh.txt", "-o", target)
    rules = tmp_path / "kh.rules.toml"
    rules.write_text(rules.read_text(encoding="utf-8").replace("item.II.1.strong", "item.II.7.strong"), encoding="utf-8")
    done = run("plan", "check", target)
    assert done.exit_code == 4 and "of no item" in done.stdout
