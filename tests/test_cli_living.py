"""Commands about plans, agencies and persons' entries, through the command line."""

import csv
import io
import json
import re
import shlex
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any, get_args

import click
import pytest
from click.testing import CliRunner, Result
from icalendar import Calendar

from minhchung.cli import cli
from minhchung.plan.loader import load_plan
from minhchung.present.commands.sending import SENDING_STATES
from minhchung.present.common_options import FLAGS, WITH_VALUE
from minhchung.present.owing import SENDING
from minhchung.store.senders import SendingState

Run = Callable[..., Result]
SHIPPED = Path(load_plan().path).read_text(encoding="utf-8")


@pytest.fixture
def run(tmp_path: Path, fake_rooms: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Iterator[Run]:
    """The command line over a fresh store with two reports of 2023."""
    monkeypatch.setenv("MINHCHUNG_DB", str(tmp_path / "s.db"))
    monkeypatch.setattr("minhchung.store.intake.real_rooms", fake_rooms.rooms)
    runner = CliRunner()

    def run(*args: str | Path, code: int = 0) -> Result:
        result = runner.invoke(cli, [str(arg) for arg in args])
        assert result.exit_code == code, result.output + result.stderr
        return result

    (tmp_path / "in").mkdir()
    for name, agency, day in (("a.docx", "QH-304", "2023-11-10"), ("b.docx", "QH-305", "2023-11-20")):
        text = f"agency: {agency}\nyear: 2023\nnumber: 1/BC-UBND\ndate: {day}\n---\nII.1.a done Đã quán triệt."
        (tmp_path / "in" / name).write_text(text, encoding="utf-8")
    run("ingest", tmp_path / "in")
    yield run


def rows(result: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(result.stdout)
    return found


def own_plan(folder: Path, *changes: tuple[str, str]) -> Path:
    text = SHIPPED
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_decision_is_set_listed_shown_and_cleared(run: Run) -> None:
    cell = ("--agency", "UBND quận Ngô Quyền", "--item", "tập huấn", "--year", "2023")
    run("review", "set", *cell, "--reason", "Không có", "--by", "B")
    assert [(r["agency"], r["item"], r["reason"], r["who"]) for r in rows(run("review", "list"))] == [("QH-304", "II.1.d", "Không có", "B")]
    (cell_row,) = rows(run("status", "--agency", "QH-304", "--item", "II.1.d"))
    assert (cell_row["state"], cell_row["review"]["reason"]) == ("not_applicable", "Không có")
    assert "Không có" in run("review", "list", "--format", "table").stdout
    run("review", "clear", *cell, "--reason", "Nhầm", "--by", "B")
    assert rows(run("review", "list")) == [] and len(rows(run("review", "list", "--history"))) == 2


def test_a_decision_without_a_name_or_about_several_items_is_refused(run: Run) -> None:
    assert "--by" in run("review", "set", "--agency", "QH-304", "--item", "II.2", "--year", "2023", "--reason", "x", code=2).stderr
    several = run("review", "set", "--agency", "QH-304", "--item", "II.1", "--year", "2023", "--reason", "x", "--by", "B", code=2)
    assert "II.1.a, II.1.b" in several.stderr


def test_a_trigger_may_be_set_in_capitals_and_is_told(run: Run) -> None:
    run("plan", "trigger", "SET", "T2", "2023-12-01", "--document", "1234/BNV", "--by", "B")
    told = {row["trigger"]: row for row in rows(run("plan", "trigger", "LIST"))}
    assert (told["T2"]["day"], told["T2"]["document"], told["T2"]["source"]) == ("2023-12-01", "1234/BNV", "entered")
    assert rows(run("missing", "--item", "II.4", "--as-of", "2024-01-02"))[0]["overdue"]
    run("plan", "trigger", "set", "T2", "--unset")
    assert rows(run("missing", "--item", "II.4"))[0]["due"] is None
    assert len(rows(run("plan", "trigger", "list", "--history"))) == 2
    run("plan", "trigger", "set", "T2", code=2)
    assert "01/12/2023" in run("plan", "trigger", "list", "--history", "--format", "table").stdout


def test_a_request_is_kept_listed_missed_and_taken_back(run: Run) -> None:
    run("plan", "request", "add", "--agency", "G-QH", "--document", "5/SNV", "--asked", "2023-11-01", "--due", "15/11/2023", "--by", "B")
    (one,) = rows(run("plan", "request", "list"))
    assert (one["asked_of"], one["answered"], one["duty"], one["due"]) == (15, 1, "O24", "2023-11-15")
    assert "1/15" in run("plan", "request", "list", "--format", "table").stdout
    assert "O24/1" in {row["duty"] for row in rows(run("missing", "--agency", "QH-305", "--item", "III.bc"))}
    assert (
        "G-QHX" in run("plan", "request", "add", "--agency", "G-QHX", "--document", "5", "--due", "2023-11-15", "--by", "B", code=2).stderr
    )
    run("plan", "request", "withdraw", "1", "--by", "B")
    assert rows(run("plan", "request", "list")) == []


def test_the_register_of_senders_is_narrowed_by_state(run: Run) -> None:
    assert set(SENDING_STATES) == set(SENDING) == set(get_args(SendingState))
    late = rows(run("senders", "--year", "2023", "--state", "late"))
    assert [(row["agency"], row["date"], row["due"]) for row in late] == [("QH-305", "2023-11-20", "2023-11-14")]
    run("received", "b.docx", "14/11/2023", "--by", "B")
    assert rows(run("senders", "--agency", "QH-305"))[0]["received"] == "2023-11-14"
    table = run("senders", "--year", "2023", "--format", "table", "--lang", "vi").stdout
    assert "gửi muộn" in table and "quá hạn: 33" in table
    listed = list(csv.DictReader(io.StringIO(run("senders", "--year", "2023", "--format", "csv").stdout)))
    assert {"received", "date", "period"} <= set(listed[0])


def test_what_falls_due_and_what_is_overdue_may_be_asked_alone(run: Run) -> None:
    soon = rows(run("missing", "--year", "2023", "--as-of", "2023-11-10", "--due-within", "5"))
    assert soon and {(row["item"], row["days_left"]) for row in soon} == {("III.bc", 4)}
    past = rows(run("missing", "--year", "2023", "--as-of", "2023-11-10", "--overdue"))
    assert past and all(row["overdue"] and row["days_left"] < 0 for row in past)
    run("missing", "--year", "2023", "--as-of", "2023-11-10", "--due-within", "3", "--fail")
    run("missing", "--year", "2023", "--as-of", "2023-11-10", "--due-within", "5", "--fail", code=1)


def test_the_calendar_holds_what_is_owed_and_not_evidenced(run: Run, tmp_path: Path) -> None:
    run("calendar", "--year", "2023", "-o", tmp_path / "han.ics")
    found = Calendar.from_ical((tmp_path / "han.ics").read_bytes())
    days = {(str(event["UID"]), event.decoded("DTSTART").isoformat()) for event in found.walk("VEVENT")}
    assert ("hai-phong-2023-O24-2023-11-14@minhchung", "2023-11-14") in days
    alone = run("calendar", "--year", "2023", "--agency", "QH-304").stdout_bytes
    uids = [str(event["UID"]) for event in Calendar.from_ical(alone).walk("VEVENT")]
    assert uids and all("QH-304" in uid for uid in uids)
    assert not any("O24" in uid for uid in uids), "it has reported"
    with_done = Calendar.from_ical(run("calendar", "--year", "2023", "--agency", "QH-304", "--all").stdout_bytes)
    assert any("O24" in str(event["UID"]) for event in with_done.walk("VEVENT"))


def test_a_changed_plan_shows_its_cells_before_it_is_applied(run: Run, tmp_path: Path) -> None:
    own = own_plan(tmp_path, ('before_day = "11-15"', 'before_day = "12-01"'))
    every = run("plan", "diff", own)
    assert {row["year"] for row in rows(every)} == set(range(2023, date.today().year + 1))
    assert f"2023–{date.today().year}" in every.stderr
    found = rows(run("plan", "diff", own, "--year", "2023"))
    assert {(row["change"], row["duty"]) for row in found} == {("changes", "O24")}
    assert found[0]["changed"] == {"due": ["2023-11-14", "2023-11-30"]}
    assert {row["agency"]: row["state"] for row in found}["QH-304"] == "evidenced"
    assert "đổi 44" in run("plan", "diff", own, "--year", "2023", "--format", "table", "--lang", "vi").stdout
    run("plan", "diff", own, "--fail", code=1)
    run("ingest", tmp_path / "in", "--plan", own)
    assert rows(run("plan", "diff", own)) == [] and rows(run("plan", "diff")) == []
    assert {row["due"] for row in rows(run("status", "--item", "III.bc")) if row["owed"]} == {"2023-11-30"}
    versions = rows(run("plan", "list"))
    assert [row["applied"] for row in versions].count(True) == 1 and len(versions) == 2
    old = next(row["version"] for row in versions if not row["applied"])
    assert {row["change"] for row in rows(run("plan", "diff", old[:6], own))} == {"changes"}
    assert len(rows(run("plan", "diff", old, own, "--year", "2024"))) == 44


def test_a_change_of_a_year_that_nobody_has_reported_on_is_listed_and_fails(run: Run, tmp_path: Path) -> None:
    handed_on = 'handed_on = { to = ["successors"], since = 2025-07-01, document = "Công văn số 12/SNV-XDCQ ngày 15/7/2025" }'
    own = own_plan(tmp_path, ('id = "O13"\n', f'id = "O13"\n{handed_on}\n'))
    found = rows(run("plan", "diff", own, "--fail", code=1))
    assert found and {(row["duty"], row["year"] >= 2025) for row in found} == {("O13", True)}
    assert {row["change"] for row in found} >= {"appears"}
    narrowed = run("plan", "diff", own, "--year", "2023", "--year", "2025", "--fail", code=1)
    assert "2023, 2025" in narrowed.stderr and {row["year"] for row in rows(narrowed)} == {2025}
    run("plan", "diff", own, "--year", "2023", "--fail")


def test_two_plan_files_are_compared_without_a_store(run: Run, tmp_path: Path) -> None:
    own = own_plan(tmp_path, ('before_day = "11-15"', 'before_day = "12-01"'))
    found = rows(run("plan", "diff", load_plan().path, own, "--db", tmp_path / "none.db"))
    assert len([row for row in found if row["year"] == 2023]) == 44 and found[0]["state"] is None
    run("plan", "diff", "a", "b", "c", code=2)


def test_a_second_plan_is_asked_by_its_id_or_by_its_years(run: Run, tmp_path: Path) -> None:
    later = own_plan(
        tmp_path,
        ('id = "hai-phong-2023"', 'id = "hai-phong-2024"'), ("\nyear = 2023", "\nyear = 2024"), ("first_year = 2023", "first_year = 2024"),
    )  # fmt: skip
    run("ingest", tmp_path / "in", "--plan", later)
    assert {row["plan"] for row in rows(run("status", "--year", "2023"))} == {"hai-phong-2023"}
    assert {row["plan"] for row in rows(run("status", "--year", "2024"))} == {"hai-phong-2024"}
    assert {row["plan"] for row in rows(run("status", "--year", "2024", "--plan", "hai-phong-2023"))} == {"hai-phong-2023"}
    assert {row["plan"] for row in rows(run("evidence", "--year", "2023"))} == {"hai-phong-2023"}
    assert "hai-phong-2023, hai-phong-2024" in run("status", "--plan", "khac", code=2).stderr
    assert {row["plan"] for row in rows(run("plan", "list"))} == {"hai-phong-2023", "hai-phong-2024"}
    assert rows(run("plan", "show", "--db", tmp_path / "s.db", "--plan", "hai-phong-2023"))
    run("status", "--year", "2023", "--format", "table")


DOCUMENT = """ỦY BAN NHÂN DÂN
TỈNH THÁI BÌNH
Số: 45/KH-UBND
Thái Bình, ngày 10 tháng 01 năm 2024

KẾ HOẠCH
Triển khai thực hiện Luật Thực hiện dân chủ ở cơ sở năm 2024

I. NHIỆM VỤ
1. Tổ chức tập huấn Luật Thực hiện dân chủ ở cơ sở.
- Cơ quan chủ trì: Sở Nội vụ.
- Thời gian: Quý II/2024.
"""
LIST = "Mã,Tên,Trực thuộc,Nhóm\nTB-UBND,Ủy ban nhân dân tỉnh Thái Bình,,G-UBCC\nTB-SNV,Sở Nội vụ tỉnh Thái Bình,TB-UBND,\n"
PLAN = """
[plan]
id = "thai-binh-2024"
title = "Kế hoạch của tỉnh Thái Bình"
issuer = "TB-UBND"
year = 2024
law_number = "10/2022/QH15"
law_effective = 2023-07-01

[[item]]
id = "1"
title = "Tập huấn"
short = "tập huấn"

[[duty]]
id = "V1"
item = "1"
clause = "1"
quote = "Các sở tập huấn"
kind = "assigned"
actors = ["G-SO"]

[duty.due]
kind = "yearly"
first_year = 2024
before_day = "12-01"
"""


def test_the_shipped_plan_is_added_by_its_id_to_a_store_that_holds_another(run: Run, tmp_path: Path) -> None:
    longer = own_plan(tmp_path, ('id = "hai-phong-2023"', 'id = "hai-phong-2023-khac"'))
    store = ("--db", tmp_path / "k.db")
    run("ingest", tmp_path / "in", "--plan", longer, *store)
    assert "hai-phong-2023-khac" in run("status", "--plan", "hai-phong-2023", *store, code=2).stderr
    run("ingest", tmp_path / "in", "--plan", "hai-phong-2023", *store)
    assert [(row["plan"], row["path"] == "") for row in rows(run("plan", "list", *store))] == [
        ("hai-phong-2023-khac", False), ("hai-phong-2023", True),
    ]  # fmt: skip
    assert {row["plan"] for row in rows(run("status", "--plan", "hai-phong-2023", *store))} == {"hai-phong-2023"}
    run("ingest", tmp_path / "in", "--plan", "hai-phong-1999", *store, code=2)


def test_of_several_plans_that_may_answer_the_one_that_does_is_told_on_stderr_only(run: Run, tmp_path: Path) -> None:
    assert "other" not in run("missing").stderr
    later = own_plan(
        tmp_path,
        ('id = "hai-phong-2023"', 'id = "hai-phong-2024"'), ("\nyear = 2023", "\nyear = 2024"), ("first_year = 2023", "first_year = 2024"),
    )  # fmt: skip
    run("ingest", tmp_path / "in", "--plan", later)
    for command in ("status", "missing", "senders", "evidence"):
        told = run(command, "--year", "2024")
        assert "hai-phong-2024; --plan asks of the others in the store: hai-phong-2023." in told.stderr and rows(told) is not None
    assert run("missing", "--year", "2024", "--quiet").stderr == ""
    assert "--plan" not in run("missing", "--year", "2024", "--plan", "hai-phong-2023").stderr
    assert "--plan" not in run("missing", "--year", "2023").stderr, "the other does not cover it"
    assert "--plan" not in run("documents", "--year", "2024").stderr, "files are of no plan"


def test_what_is_missing_names_its_plan_and_years(run: Run) -> None:
    title = load_plan().title
    assert run("missing", "--year", "2023", "--format", "table", "--lang", "vi").stdout.startswith(f"{title[:60]}")
    assert run("missing", "--format", "table", "--item", "III.kk").stdout.startswith(title[:60])


@pytest.mark.parametrize(
    "command", [["missing"], ["status"], ["senders"], ["calendar"], ["report", "html"], ["agencies", "--item", "II.2"]]
)
def test_a_year_that_no_plan_covers_is_refused_where_duties_are_asked_for(run: Run, tmp_path: Path, command: list[str]) -> None:
    output = ["-o", str(tmp_path / "x.html")] if command[0] == "report" else []
    refused = run(*command, "--year", "2019", *output, code=2)
    assert "No plan covers 2019: the store has hai-phong-2023 (2023–)." in refused.stderr and refused.stdout == ""
    assert "hai-phong-2023" in run(*command, "--year", "2019", "--plan", "hai-phong-2023", *output, code=2).stderr
    assert not (tmp_path / "x.html").exists()


def test_documents_and_agencies_of_any_year_may_be_asked_for(run: Run) -> None:
    assert rows(run("documents", "--year", "2019")) == rows(run("evidence", "--year", "2019")) == []
    assert len(rows(run("agencies", "--year", "2019"))) > 200


def test_a_file_whose_ending_tells_no_format_is_not_written_unless_the_format_is_told(run: Run, tmp_path: Path) -> None:
    refused = run("evidence", "-o", tmp_path / "a.foo", code=2)
    assert "a.foo" in refused.stderr and ".csv" in refused.stderr and not (tmp_path / "a.foo").exists()
    run("evidence", "-o", tmp_path / "a.foo", "--format", "csv")
    assert (tmp_path / "a.foo").read_bytes().startswith(b"\xef\xbb\xbffile,")
    run("evidence", "-o", tmp_path / "none")
    assert json.loads((tmp_path / "none").read_bytes())


def test_a_day_after_today_is_kept_with_a_warning(run: Run) -> None:
    for told in (
        run("received", "b.docx", "14/11/2099", "--by", "B"), run("plan", "trigger", "set", "T2", "2099-12-01", "--by", "B"),
    ):  # fmt: skip
        assert "2099" in told.stderr and "is after today" in told.stderr
    assert "is after today" not in run("received", "b.docx", date.today().isoformat(), "--by", "B").stderr
    assert rows(run("senders", "--agency", "QH-305"))[0]["received"] == date.today().isoformat()


def test_an_entry_bears_the_name_of_the_user_or_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "tran-thi-b")
    run("plan", "trigger", "set", "T2", "2023-12-01")
    assert "tran-thi-b" in {row["who"] for row in rows(run("plan", "trigger", "list"))}

    def nobody() -> str:
        raise OSError("No username set in the environment")

    monkeypatch.setattr("getpass.getuser", nobody)
    assert "--by" in run("plan", "trigger", "set", "T2", "2023-12-02", code=2).stderr
    run("plan", "trigger", "set", "T2", "2023-12-02", "--by", "C")


def test_a_store_with_agencies_of_its_own_and_no_plan_says_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "co-quan.csv").write_text(LIST, encoding="utf-8")
    store = ("--db", tmp_path / "tb.db")
    run("agencies", "import", tmp_path / "co-quan.csv", *store)
    for command in (["status"], ["missing"], ["ingest", tmp_path / "in"], ["plan", "show"], ["plan", "trigger", "set", "T2", "2023-12-01"]):
        refused = run(*command, *store, code=2).stderr
        assert "no plan yet" in refused and "ingest --plan FILE" in refused
    assert [row["code"] for row in rows(run("agencies", *store))] == ["TB-UBND", "TB-SNV"]


def test_a_list_under_vietnamese_heads_is_read_wherever_a_list_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "co-quan.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "ke-hoach.txt").write_text(DOCUMENT, encoding="utf-8")
    store = ("--db", tmp_path / "tb.db")
    run("agencies", "import", tmp_path / "co-quan.csv", *store)
    told = [run("plan", "import", tmp_path / "ke-hoach.txt", *named) for named in (("--agencies", tmp_path / "co-quan.csv"), store)]
    assert told[0].stdout == told[1].stdout and 'issuer = "TB-UBND"' in told[0].stdout and "TB-SNV" in told[0].stdout
    run("plan", "import", tmp_path / "ke-hoach.txt", code=6)


def test_another_province_has_its_own_agencies_and_plan(run: Run, tmp_path: Path) -> None:
    (tmp_path / "co-quan.csv").write_text(LIST, encoding="utf-8")
    (tmp_path / "ke-hoach.toml").write_text(PLAN, encoding="utf-8")
    store = ("--db", tmp_path / "tb.db")
    run("agencies", "import", tmp_path / "co-quan.csv", *store)
    run("plan", "check", tmp_path / "ke-hoach.toml", *store)
    run("plan", "check", tmp_path / "ke-hoach.toml", "--agencies", tmp_path / "co-quan.csv")
    run("plan", "check", tmp_path / "ke-hoach.toml", code=4)
    assert [row["duty"] for row in rows(run("plan", "show", "--plan", tmp_path / "ke-hoach.toml", *store))] == ["V1"]
    assert [row["code"] for row in rows(run("agencies", *store))] == ["TB-UBND", "TB-SNV"]
    run("ingest", tmp_path / "in", "--plan", tmp_path / "ke-hoach.toml", *store)
    (cell,) = rows(run("status", "--year", "2024", *store))
    assert (cell["agency"], cell["item"], cell["due"], cell["plan"]) == ("TB-SNV", "1", "2024-11-30", "thai-binh-2024")
    assert rows(run("agencies", "check", *store)) == []


def test_a_list_that_lacks_what_a_plan_of_the_store_names_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "co-quan.csv").write_text(LIST, encoding="utf-8")
    refused = run("agencies", "import", tmp_path / "co-quan.csv", code=2)
    assert "hai-phong-2023" in refused.stderr and "--db" in refused.stderr
    assert len(rows(run("agencies"))) == 455
    run("agencies", "import", code=2)


def test_a_list_is_checked(run: Run, tmp_path: Path) -> None:
    assert {row["doubt"] for row in rows(run("agencies", "check"))} == {"no-successor"}
    (tmp_path / "l.csv").write_text("tên,trực thuộc,mã\nUBND xã A,,X1\nUBND xã A,,X2\n", encoding="utf-8")
    run("agencies", "check", tmp_path / "l.csv", "--fail", code=1)
    assert "X1" in run("agencies", "check", tmp_path / "l.csv", "--format", "table").stdout


DOCS = Path(__file__).parents[1]


@pytest.mark.parametrize("page", ["README.md", "README.vi.md", "docs/plans-and-years.md", "docs/tools.md"])
def test_every_command_in_the_docs_exists_with_its_options(page: str) -> None:
    told = re.findall(r"(?m)^    minhchung (.+)$", (DOCS / page).read_text(encoding="utf-8"))
    assert len(told) > 10
    common = [parameter for parameter in cli.params if set(parameter.opts) & {*WITH_VALUE, *FLAGS}]  # these may stand anywhere
    for line in told:
        words = shlex.split(line.split(" | ")[0].replace("\\", "/"), comments=True)
        command: click.Command = cli
        while isinstance(command, click.Group) and words and command.get_command(click.Context(command), words[0]):
            command = command.get_command(click.Context(command), words.pop(0)) or command
        assert command is not cli, line
        known = {name for parameter in [*command.params, *common] for name in [*parameter.opts, *parameter.secondary_opts]}
        assert {word for word in words if word.startswith("-") and word != "-"} <= known, line
