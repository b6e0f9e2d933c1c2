"""What people see of ended agencies, successors, earlier years and decisions: marks in the matrix, lines below it, words beside a duty."""

import io
from datetime import date
from typing import Any

from rich.console import Console

from minhchung.plan.loader import load_plan
from minhchung.plan.registry import load_registry
from minhchung.present.matrix import draw_matrix, draw_missing, letter, nobody_owes, nothing_came, sent_nothing
from minhchung.present.tables import draw_duties
from minhchung.store.model import MissingRow, StatusRow

PLAN, REGISTRY = load_plan(None), load_registry(None)


def row(agency: str = "QH-305", item: str = "II.1.b", state: str = "evidenced", **more: Any) -> StatusRow:
    values: dict[str, Any] = {
        "agency": agency, "agency_name": REGISTRY.by_code(agency).short_name, "item": item, "duty": None, "year": 2025, "state": state,
        "owed": True, "role": "lead", "due": None, "overdue": False, "late": False, "evidence": 0, "quote": None, "file": None,
    }  # fmt: skip
    return StatusRow(**{**values, **more})


def drawn(draw: Any, *args: Any) -> str:
    out = io.StringIO()
    draw(Console(file=out, width=160, no_color=True, highlight=False), *args)
    return out.getvalue()


def test_marks_tell_what_ended_what_is_inherited_and_what_an_earlier_year_did() -> None:
    marks = {
        str(letter(row(owed=False, ended="2025-06-30"))): "c†",
        str(letter(row(state="no_report", owed=False, ended="2025-06-30"))): "†",
        str(letter(row(agency="HP-SNV2", inherited=["HP-SNV"]))): "C~",
        str(letter(row(agency="HP-SNV2", state="partial", inherited=["HP-SNV"], overdue=True))): "P!",
        str(letter(row(owed=False, from_year=2023))): "c°",
        str(letter(row(owed=False, state="silent"))): "·",
    }
    assert all(shown == want for shown, want in marks.items())


def test_the_legend_names_only_the_marks_that_occur() -> None:
    plain = drawn(draw_matrix, [row(year=2023)], PLAN, REGISTRY, True)
    assert "kế thừa" not in plain and "kết thúc" not in plain and "năm trước" not in plain
    marked = drawn(draw_matrix, [row(owed=False, ended="2025-06-30"), row("HP-SNV2", inherited=["HP-SNV"])], PLAN, REGISTRY, True)
    assert "† cơ quan đã kết thúc" in marked and "~ kế thừa từ cơ quan trước" in marked


def test_those_that_ended_without_a_word_are_counted_by_their_last_day() -> None:
    rows = [row(code, state="no_report", owed=False, ended="2025-06-30") for code in ("QH-304", "QH-305")]
    assert nothing_came(rows, PLAN, REGISTRY) == ["2 UBND quận, huyện: đã kết thúc ngày 30/06/2025, chưa có báo cáo năm 2025"]


def test_duties_that_nobody_owes_are_named_from_the_day_on_which_it_is_so() -> None:
    assert "II.1.d O13" in nobody_owes(PLAN, REGISTRY, 2025, date(2025, 7, 1))
    assert "O13" not in nobody_owes(PLAN, REGISTRY, 2025, date(2025, 6, 30))
    assert nobody_owes(PLAN, REGISTRY, 2023, date(2023, 12, 31)) == ""


def test_what_an_earlier_year_carries_is_nothing_that_came_and_a_request_is_urged_by_itself() -> None:
    quiet = [row(state="no_report"), row(item="II.2", from_year=2023, owed=False)]
    assert sent_nothing(quiet) == {("QH-305", 2025)}
    asked = MissingRow(**{name: getattr(quiet[0], name) for name in StatusRow.__dataclass_fields__} | {"duty": "O24/1"}, reason="chưa")
    assert sent_nothing([asked]) == set()
    assert "O24/1" in drawn(draw_missing, [asked], PLAN, REGISTRY, False)


def test_a_duty_tells_what_else_it_rests_on() -> None:
    decided = {"state": "not_applicable", "reason": "Không có cấp xã", "who": "Trần Thị B", "at": "2026-01-01"}
    rows = [
        row(duty="O04i", owed=False, ended="2025-06-30", quote="Đã tuyên truyền."),
        row(duty="O04ii", state="not_applicable", review=decided),
        row(duty="O02", inherited=["HP-SNV"], quote="Đã làm."),
        row(duty="O15", owed=False, from_year=2023),
        row(duty="O13", handed_on="12/SNV"),
    ]
    shown = drawn(draw_duties, rows, [])
    for words in ("30/06/2025", "Không có cấp xã (Trần Thị B)", "kế thừa từ HP-SNV", "đã làm từ năm 2023", "được giao lại theo 12/SNV"):
        assert words in shown
