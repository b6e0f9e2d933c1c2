"""What persons enter is kept with who and when, survives judging again, and bears on the cells: decisions, triggers, requests, receipts."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from minhchung.errors import UsageError
from minhchung.plan.loader import load_plan
from minhchung.plan.registry import load_registry
from minhchung.store.cells import Judging
from minhchung.store.connection import reading
from minhchung.store.filters import Filters
from minhchung.store.intake import intake
from minhchung.store.model import MissingRow, StatusRow
from minhchung.store.persons import (
    CellName,
    ReviewRow,
    clear_review,
    reviews,
    set_received,
    set_review,
    set_trigger,
    triggers,
    writing,
)
from minhchung.store.planning import RequestRow, request_rows
from minhchung.store.plans import choose, kept_plans, plan_of
from minhchung.store.requests import Request, add_request, withdraw_request
from minhchung.store.senders import SenderRow, senders
from minhchung.store.status import missing, status

Write = Callable[..., Path]
TODAY = date(2026, 11, 22)
CELL = CellName("QH-304", 2023, "II.1.d")


@pytest.fixture
def store(tmp_path: Path, fake: ModuleType, write: Write) -> Path:
    write(
        "a.docx", "II.1.a done Đã quán triệt.", agency="QH-304", date="2023-11-10", number="1/BC-UBND", title="Kết quả 9 tháng đầu năm 2023"
    )
    write("b.docx", "II.1.a done Theo Công văn số 123/SNV-XDCQ, đã quán triệt.", agency="QH-305", date="2023-12-20")
    write("c.docx", "II.1.a done Đã quán triệt.", agency="QH-306", date="2023-12-21")
    write("d.docx", "II.1.c done Đã đăng bài.", agency="CX-11371A", date="2023-11-01")
    intake([tmp_path / "in"], tmp_path / "s.db", rooms=fake.rooms())
    return tmp_path / "s.db"


@contextmanager
def asked(store: Path, fake: ModuleType) -> Iterator[tuple[object, Judging]]:
    with reading(store) as conn:
        plan = plan_of(conn, choose(kept_plans(conn), "", 2023))
        yield conn, Judging(plan, load_registry(), fake.rooms().bench)


def cells(store: Path, fake: ModuleType, level: str = "item", as_of: date | None = None) -> dict[tuple[str, str], StatusRow]:
    with asked(store, fake) as (conn, judging):
        rows = status(conn, judging, level, Filters(year=2023, as_of=as_of), TODAY)  # type: ignore[arg-type]
    return {(row.agency, row.duty or row.item): row for row in rows}


def lacking(store: Path, fake: ModuleType, level: str = "item", as_of: date | None = None) -> dict[tuple[str, str], MissingRow]:
    with asked(store, fake) as (conn, judging):
        rows = missing(conn, judging, level, Filters(year=2023, as_of=as_of), TODAY)  # type: ignore[arg-type]
    return {(row.agency, row.duty or row.item): row for row in rows}


def decide(store: Path, cell: CellName = CELL, reason: str = "Không có cấp xã", who: str = "Trần Thị B") -> None:
    with writing(store) as desk:
        set_review(desk, cell, reason, who)


def standing(store: Path, history: bool = False) -> list[ReviewRow]:
    with reading(store) as conn:
        kept = choose(kept_plans(conn), "", 2023)
        assert kept is not None
        return reviews(conn, kept, load_registry(), history)


def test_a_cell_that_does_not_apply_is_not_missing_and_tells_why_and_who(store: Path, fake: ModuleType) -> None:
    assert ("QH-304", "II.1.d") in lacking(store, fake)
    decide(store)
    row = cells(store, fake)["QH-304", "II.1.d"]
    assert (row.state, row.owed, row.overdue) == ("not_applicable", True, False)
    assert row.review is not None and (row.review["reason"], row.review["who"]) == ("Không có cấp xã", "Trần Thị B")
    assert ("QH-304", "II.1.d") not in lacking(store, fake) and ("QH-304", "O13") not in lacking(store, fake, "duty")
    assert cells(store, fake, "duty")["QH-304", "O13"].state == "not_applicable"
    assert ("QH-305", "II.1.d") in lacking(store, fake), "of this agency only"


def test_a_decision_about_one_duty_leaves_the_others_of_its_item(store: Path, fake: ModuleType) -> None:
    decide(store, CellName("QH-304", 2023, "II.1.b", "O04ii"))
    duties = cells(store, fake, "duty")
    assert (duties["QH-304", "O04ii"].state, duties["QH-304", "O04i"].state) == ("not_applicable", "silent")
    assert cells(store, fake)["QH-304", "II.1.b"].state == "silent"
    decide(store, CellName("QH-304", 2023, "II.1.b", "O04i"))
    assert cells(store, fake)["QH-304", "II.1.b"].state == "not_applicable", "all that is owed under it is decided"


def test_decisions_are_kept_when_reports_are_judged_again_and_when_the_plan_changes(
    store: Path, fake: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(store)
    monkeypatch.setitem(fake.versions, "rules", "j9")
    changed = tmp_path / "plan.toml"
    changed.write_text(Path(load_plan().path).read_text(encoding="utf-8") + "\n# sửa\n", encoding="utf-8")
    assert intake([tmp_path / "in"], store, plan=changed, rooms=fake.rooms()).judged_again == 4
    assert cells(store, fake)["QH-304", "II.1.d"].state == "not_applicable"


def test_a_decision_taken_back_leaves_its_history(store: Path, fake: ModuleType) -> None:
    decide(store)
    with writing(store) as desk:
        clear_review(desk, CELL, "Đã có", "Lê Văn C")
    assert cells(store, fake)["QH-304", "II.1.d"].state == "silent"
    assert standing(store) == []
    assert [(row.state, row.reason, row.who) for row in standing(store, history=True)] == [
        ("not_applicable", "Không có cấp xã", "Trần Thị B"), ("", "Đã có", "Lê Văn C"),
    ]  # fmt: skip
    with pytest.raises(UsageError, match="No decision stands"), writing(store) as desk:
        clear_review(desk, CELL, "x", "y")


@pytest.mark.parametrize(
    ("cell", "reason", "who", "said"),
    [
        (CellName("QH-304", 2023, "II.3"), "vì", "A", "has no cell II.3 in 2023"),
        (CellName("QH-304", 2023, "II.1.b", "O02"), "vì", "A", "has no cell II.1.b O02"),
        (CellName("QH-304", 2026, "II.1.d"), "vì", "A", "has no cell"),
        (CELL, " ", "A", "a reason and a name"),
        (CELL, "vì", "", "a reason and a name"),
    ],
)
def test_a_decision_without_a_cell_a_reason_or_a_name_is_refused(store: Path, cell: CellName, reason: str, who: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        decide(store, cell, reason, who)
    assert standing(store) == []


def test_a_trigger_entered_gives_the_deadline_its_day_from_that_day_on(store: Path, fake: ModuleType) -> None:
    assert lacking(store, fake)["HP-SNV", "II.4"].due is None
    with writing(store) as desk:
        set_trigger(desk, "t2", date(2023, 12, 1), "1234/BNV", "A")
    row = lacking(store, fake)["HP-SNV", "II.4"]
    assert (row.due, row.overdue) == ("2023-12-31", True)
    then = lacking(store, fake, as_of=date(2023, 11, 30))["HP-SNV", "II.4"]
    assert (then.due, then.overdue) == (None, False) and "còn chờ: Bộ Nội vụ" in then.reason
    with writing(store) as desk:
        set_trigger(desk, "T2", None, "", "A")
    assert lacking(store, fake)["HP-SNV", "II.4"].due is None
    with reading(store) as conn:
        (kept,) = kept_plans(conn)
        plan = plan_of(conn, kept)
        assert [(row.trigger, row.source) for row in triggers(conn, kept, plan)] == [("T1", "plan"), ("T2", "waiting")]
        assert [(row.day, row.document) for row in triggers(conn, kept, plan, history=True)] == [("2023-12-01", "1234/BNV"), (None, "")]


def test_an_unknown_trigger_is_answered_with_those_there_are(store: Path) -> None:
    with pytest.raises(UsageError, match="T9") as caught, writing(store) as desk:
        set_trigger(desk, "T9", date(2023, 1, 1), "", "A")
    assert "T1, T2" in str(caught.value)


def request(asked: date, due: date, *agencies: str) -> Request:
    return Request(0, "O24", agencies or ("G-QH",), "123/SNV-XDCQ", asked, due, "báo cáo đột xuất", "A", "")


def test_a_report_on_demand_opens_by_a_request_and_is_answered_by_a_report_within_its_days(store: Path, fake: ModuleType) -> None:
    assert not any("/" in duty for _, duty in cells(store, fake, "duty"))
    with writing(store) as desk:
        number = add_request(desk.conn, desk.kept.number, request(date(2023, 11, 1), date(2023, 11, 30)))
    duty, rows = f"O24/{number}", cells(store, fake, "duty")
    assert len([key for key in rows if key[1] == duty]) == 15
    answered = rows["QH-304", duty]
    assert (answered.state, answered.due, answered.late, answered.file) == ("evidenced", "2023-11-30", False, "a.docx")
    late = rows["QH-305", duty]
    assert (late.state, late.late) == ("evidenced", True), "dated after the day, and names the request"
    other = rows["QH-306", duty]
    assert (other.state, other.overdue, other.owed) == ("no_report", True, True), "a later report that does not name it is no answer"
    assert lacking(store, fake)["QH-306", duty].item == "III.bc", "at item level it stands for itself"
    assert lacking(store, fake)["QH-307", "III.bc"].duty is None
    assert not any(key[1] == duty for key in cells(store, fake, "duty", date(2023, 10, 31))), "not yet asked"
    assert cells(store, fake, "duty", date(2023, 11, 5))["QH-304", duty].state == "no_report"


def requested(store: Path, history: bool = False) -> list[RequestRow]:
    with reading(store) as conn:
        (kept,) = kept_plans(conn)
        return request_rows(conn, kept, plan_of(conn, kept), load_registry(), history)


def test_requests_are_listed_with_how_many_answered_and_may_be_taken_back(store: Path, fake: ModuleType) -> None:
    with writing(store) as desk:
        number = add_request(desk.conn, desk.kept.number, request(date(2023, 11, 1), date(2023, 11, 30), "QH-304", "QH-305", "QH-306"))
    (row,) = requested(store)
    assert (row.id, row.asked_of, row.answered, row.agencies) == (number, 3, 2, ["QH-304", "QH-305", "QH-306"])
    with writing(store) as desk:
        withdraw_request(desk.conn, desk.kept.number, number, "A")
    assert requested(store) == [] and requested(store, history=True)[0].withdrawn.endswith(" A")
    assert not any("/" in duty for _, duty in cells(store, fake, "duty"))
    with pytest.raises(UsageError, match="No request"), writing(store) as desk:
        withdraw_request(desk.conn, desk.kept.number, number, "A")


def test_a_request_due_before_it_is_asked_is_refused(store: Path) -> None:
    with pytest.raises(UsageError, match="before it was asked"), writing(store) as desk:
        add_request(desk.conn, desk.kept.number, request(date(2023, 11, 30), date(2023, 11, 1)))


def register(store: Path, fake: ModuleType, **narrowed: object) -> dict[str, SenderRow]:
    with asked(store, fake) as (conn, judging):
        rows = senders(conn, judging, Filters(year=2023, **narrowed), TODAY)  # type: ignore[arg-type]
    return {row.agency: row for row in rows}


def test_the_register_tells_who_should_have_sent_by_when_and_who_has(store: Path, fake: ModuleType) -> None:
    rows = register(store, fake)
    assert {code: rows[code].state for code in ("QH-304", "QH-305", "QH-307", "CX-11371A", "HP-DHHP")} == {
        "QH-304": "sent", "QH-305": "late", "QH-307": "overdue", "CX-11371A": "unasked", "HP-DHHP": "waiting",
    }  # fmt: skip
    assert (rows["QH-304"].due, rows["QH-304"].owed, rows["HP-DHHP"].owed) == ("2023-11-14", True, False)
    assert len([row for row in rows.values() if row.owed]) == 35
    assert register(store, fake, as_of=date(2023, 11, 14))["QH-307"].state == "waiting"


def test_received_written_and_covered_are_three_things(store: Path, fake: ModuleType) -> None:
    row = register(store, fake)["QH-304"]
    assert (row.date, row.period, row.entered) == ("2023-11-10", "2023-01-01/2023-09-30", False)
    assert row.received is not None and row.received > "2026", "the day of the run, while nobody entered another"
    with writing(store) as desk:
        assert set_received(desk, "a.docx", date(2023, 11, 13), "A") == "a.docx"
    row = register(store, fake)["QH-304"]
    assert (row.received, row.date, row.entered) == ("2023-11-13", "2023-11-10", True)
    assert row.documents == [
        {"file": "a.docx", "number": "1/BC-UBND", "date": "2023-11-10", "received": "2023-11-13", "period": "2023-01-01/2023-09-30"}
    ]
    with pytest.raises(UsageError, match="no file"), writing(store) as desk:
        set_received(desk, "khong-co.docx", date(2023, 11, 13), "A")


def test_an_entry_that_fails_leaves_nothing(store: Path) -> None:
    with pytest.raises(UsageError), writing(store) as desk:
        set_review(desk, CELL, "vì", "A")
        set_review(desk, CellName("QH-304", 2023, "II.9"), "vì", "A")
    assert standing(store) == []
