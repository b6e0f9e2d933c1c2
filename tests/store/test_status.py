import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from minhchung.plan.loader import load_plan
from minhchung.plan.registry import load_registry
from minhchung.store.cells import Judging
from minhchung.store.connection import open_for_reading
from minhchung.store.filters import Filters, pick_agencies, pick_items
from minhchung.store.intake import intake
from minhchung.store.model import MissingRow, StatusRow
from minhchung.store.status import missing, status

TODAY = date(2024, 6, 1)
Write = Callable[..., Path]


@pytest.fixture
def judging(fake: ModuleType) -> Judging:
    return Judging(load_plan(None), load_registry(None), fake.rooms().bench)


@pytest.fixture
def conn(tmp_path: Path, fake: ModuleType, write: Write) -> sqlite3.Connection:
    write(
        "a.docx", "II.1.b done Đã tuyên truyền.", "II.1.d planned Sẽ mở lớp.", "II.2 done 10/12 phường đã ban hành.", date="2023-11-10",
        number="1/BC-UBND", title="Kết quả thi hành Luật",
    )  # fmt: skip
    write("b.docx", "II.1.d done Đã mở 03 lớp.", date="2023-12-20")
    write("c.docx", "II.1.c done Đã đăng bài.", agency="QH-305", date="2023-11-20")
    (tmp_path / "in" / "QH-306.docx").write_text("unreadable")
    intake([tmp_path / "in"], tmp_path / "s.db", rooms=fake.rooms())
    return open_for_reading(tmp_path / "s.db")


def ask(conn: sqlite3.Connection, judging: Judging, **narrowed: object) -> dict[tuple[str, str], StatusRow]:
    rows = status(conn, judging, "item", Filters(year=2023, **narrowed), TODAY)  # type: ignore[arg-type]
    return {(row.agency, row.item): row for row in rows}


def test_every_agency_that_owes_or_has_sent_stands_against_every_item(conn: sqlite3.Connection, judging: Judging) -> None:
    rows = ask(conn, judging)
    owing = {cell.agency.code for cells in judging.owed(2023).values() for cell in cells if cell.owed}
    assert {agency for agency, _ in rows} == owing
    assert len(rows) == len(owing) * len(judging.plan.items)


def test_the_kinds_of_absence_are_kept_apart(conn: sqlite3.Connection, judging: Judging) -> None:
    rows = ask(conn, judging)
    assert [rows[agency, "III.kp"].state for agency in ("QH-304", "QH-305", "QH-306", "QH-307")] == [
        "silent", "silent", "unreadable", "no_report",
    ]  # fmt: skip


def test_a_cell_tells_its_words_its_file_its_day_and_whether_it_is_late(conn: sqlite3.Connection, judging: Judging) -> None:
    rows = ask(conn, judging)
    cell = rows["QH-304", "II.2"]
    assert (cell.state, cell.owed, cell.role, cell.due, cell.overdue) == ("partial", True, "lead", "2023-09-30", True)
    assert (cell.quote, cell.file, cell.evidence) == ("10/12 phường đã ban hành.", "a.docx", 1)
    assert not rows["QH-304", "II.3"].owed
    report = rows["QH-304", "III.bc"]
    assert (report.quote, report.due, report.late, report.overdue) == ("Kết quả thi hành Luật", "2023-11-14", False, False)
    assert rows["QH-305", "III.bc"].late, "dated 20/11, due before 15/11"


def test_as_of_a_day_later_documents_do_not_count(conn: sqlite3.Connection, judging: Judging) -> None:
    assert ask(conn, judging)["QH-304", "II.1.d"].state == "evidenced"
    then = ask(conn, judging, as_of=date(2023, 11, 15))
    assert then["QH-304", "II.1.d"].state == "planned"
    assert not then["QH-304", "II.1.d"].overdue, "due on 31/12"
    assert then["QH-305", "II.1.c"].state == "no_report", "its only report is of 20/11"
    assert then["QH-307", "III.bc"].overdue


def test_missing_is_what_is_owed_and_not_evidenced_with_the_reason_in_words(conn: sqlite3.Connection, judging: Judging) -> None:
    rows = missing(conn, judging, "item", Filters(year=2023), TODAY)
    assert all(isinstance(row, MissingRow) and row.owed and row.state != "evidenced" for row in rows)
    assert not [row for row in rows if row.item == "III.kk"]
    why = {(row.agency, row.item): row.reason for row in rows}
    assert why["QH-304", "II.2"] == "mới làm một phần: 10/12 phường; đã quá hạn (30/09/2023)"
    assert why["QH-304", "III.kp"] == "báo cáo không nêu; việc hằng năm, kế hoạch không đặt ngày"
    assert why["QH-306", "II.1.b"] == "văn bản gửi đến không đọc được (QH-306.docx); đã quá hạn (31/12/2023)"
    assert why["QH-307", "III.bc"] == "chưa nhận được báo cáo; đã quá hạn (14/11/2023)"
    early = missing(conn, judging, "item", Filters(year=2023, as_of=date(2023, 10, 1), agencies=frozenset({"QH-307"})), TODAY)
    assert {row.item: row.reason for row in early}["III.bc"] == "chưa nhận được báo cáo; chưa đến hạn (14/11/2023)"


def test_duties_are_shown_with_requests_that_are_never_missing(conn: sqlite3.Connection, judging: Judging) -> None:
    rows = status(conn, judging, "duty", Filters(year=2023), TODAY)
    requests = [row for row in rows if row.role == "request"]
    assert requests
    assert not any(row.owed or row.overdue for row in requests)
    owed = {(row.agency, row.duty) for row in missing(conn, judging, "duty", Filters(year=2023), TODAY)}
    assert not owed & {(row.agency, row.duty) for row in requests}
    assert {row.duty for row in rows if row.agency == "QH-304"} >= {"O04i", "O04ii", "O13", "O23", "O24"}


def test_without_a_year_the_years_that_reports_are_about_are_asked(
    conn: sqlite3.Connection, judging: Judging, tmp_path: Path, fake: ModuleType, write: Write
) -> None:
    write("d.docx", "II.1.b done Đã tuyên truyền.", year=2024, date="2024-11-01")
    intake([tmp_path / "in"], tmp_path / "s.db", rooms=fake.rooms())
    rows = status(conn, judging, "item", Filters(), TODAY)
    assert {row.year for row in rows} == {2023, 2024}


def test_a_report_of_unknown_year_that_cannot_be_read_speaks_in_every_year(conn: sqlite3.Connection, judging: Judging) -> None:
    for year in (2023, 2024):
        rows = status(conn, judging, "item", Filters(year=year, agencies=frozenset({"QH-306"})), TODAY)
        assert {row.state for row in rows} == {"unreadable"}


@pytest.mark.parametrize(
    "typed", ["QH-305", "qh-305", "UBND quận Lê Chân", "Ủy ban nhân dân quận Lê Chân", "ubnd quan le chan", "quận Lê Chân"]
)
def test_an_agency_is_known_by_code_or_name_with_or_without_tone_marks(judging: Judging, typed: str) -> None:
    assert "QH-305" in pick_agencies(judging.registry, typed)


@pytest.mark.parametrize(("typed", "near"), [("QH-999", "QH-"), ("UBND quận Lê Trân", "QH-305"), ("xã", "CX-"), ("", "agencies")])
def test_an_unknown_agency_is_answered_with_what_is_near(judging: Judging, typed: str, near: str) -> None:
    from minhchung.errors import UsageError

    with pytest.raises(UsageError) as caught:
        pick_agencies(judging.registry, typed)
    assert near in str(caught.value)


def test_items_are_known_by_id_beginning_or_short_name(judging: Judging) -> None:
    assert pick_items(judging.plan, "ii.1.a") == {"II.1.a"}
    assert pick_items(judging.plan, "II.1") == {"II.1.a", "II.1.b", "II.1.c", "II.1.d"}
    assert pick_items(judging.plan, "tap huan") == {"II.1.d"}
