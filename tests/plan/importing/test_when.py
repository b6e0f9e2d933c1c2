"""Deadlines: each way of writing one gives its rule, and a date that only dates a document gives none."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhchung.plan.importing.when import Deadlines, on_its_day
from minhchung.plan.model import DueKind

D = date
WHOLE: list[tuple[str, dict[str, Any]]] = [
    ("Quý III/2023", {"kind": "window", "first": D(2023, 7, 1), "last": D(2023, 9, 30)}),
    ("Quý IV/2023 và Quý I/2024", {"kind": "window", "first": D(2023, 10, 1), "last": D(2024, 3, 31)}),
    ("trước 15/10/2023", {"kind": "before", "before": D(2023, 10, 15)}),
    ("xong trước ngày 31 tháng 5 năm 2024", {"kind": "before", "before": D(2024, 5, 31)}),
    ("trong tháng 9/2023", {"kind": "window", "first": D(2023, 9, 1), "last": D(2023, 9, 30)}),
    ("Tháng 8 - 9/2023", {"kind": "window", "first": D(2023, 8, 1), "last": D(2023, 9, 30)}),
    ("Thường xuyên", {"kind": "continuous"}),
    ("Hằng năm, trước ngày 15 tháng 11 hoặc đột xuất", {"kind": "yearly", "first_year": 2023, "before_day": "11-15"}),
    ("trước ngày 20 tháng 12 hàng năm", {"kind": "yearly", "first_year": 2023, "before_day": "12-20"}),
    ("Năm 2023 và các năm tiếp theo", {"kind": "yearly", "first_year": 2023, "by_day": "12-31", "assumed": True}),
    ("Năm học 2023 - 2024 và các năm tiếp theo", {"kind": "yearly", "first_year": 2023, "by_day": "12-31", "assumed": True}),
    ("Từ năm 2024", {"kind": "yearly", "first_year": 2024, "by_day": "12-31", "assumed": True}),
    ("từ ngày 01/7/2023 đến ngày 30/9/2023", {"kind": "window", "first": D(2023, 7, 1), "last": D(2023, 9, 30)}),
    ("Từ tháng 4 đến tháng 6 năm 2024", {"kind": "window", "first": D(2024, 4, 1), "last": D(2024, 6, 30)}),
    ("giai đoạn 2023 - 2025", {"kind": "window", "first": D(2023, 1, 1), "last": D(2025, 12, 31)}),
    ("chậm nhất ngày 01 tháng 12 năm 2023", {"kind": "window", "first": D(2023, 1, 1), "last": D(2023, 12, 1)}),
    ("đến hết tháng 2/2024", {"kind": "window", "first": D(2023, 1, 1), "last": D(2024, 2, 29)}),
    ("6 tháng cuối năm 2023", {"kind": "window", "first": D(2023, 7, 1), "last": D(2023, 12, 31)}),
    ("Tháng 11 hằng năm", {"kind": "yearly", "first_year": 2023, "by_day": "11-30"}),
    ("Sau khi Bộ Nội vụ ban hành hướng dẫn", {"kind": "conditional_soft", "after": ("T1",), "last": D(2023, 12, 31), "assumed": True}),
    ("Dự kiến quý IV/2023 (sau khi Bộ Nội vụ ban hành hướng dẫn)", {"kind": "conditional_soft", "after": ("T1",), "last": D(2023, 12, 31)}),
    ("Đột xuất", {"kind": "event"}),
    ("Ngay khi tiếp nhận kiến nghị", {"kind": "event"}),
    ("Trong năm", {"kind": "window", "first": D(2023, 1, 1), "last": D(2023, 12, 31)}),
    ("tháng 3, 6, 9 và 12 hằng năm", {"kind": "yearly", "first_year": 2023, "by_day": "12-31"}),
    ("Định kỳ 6 tháng (trước 10/6), hằng năm (trước 05/12)", {"kind": "yearly", "first_year": 2023, "before_day": "12-05"}),
    ("Hằng năm, bắt đầu từ năm 2025", {"kind": "yearly", "first_year": 2025}),
    ("Mỗi năm ít nhất 02 lần", {"kind": "yearly", "first_year": 2023}),
    ("Đợt 1: tháng 4/2023; đợt 2: tháng 10/2023", {"kind": "window", "first": D(2023, 4, 1), "last": D(2023, 10, 31)}),
    ("Đợt 1 trước ngày 31/12/2023; đợt 2 trước ngày 30/6/2024", {"kind": "before", "before": D(2024, 6, 30)}),
    ("Tháng 11/2023 - 02/2024", {"kind": "window", "first": D(2023, 11, 1), "last": D(2024, 2, 29)}),
    ("Định kỳ trước ngày 05/6 và 05/12", {"kind": "yearly", "first_year": 2023, "before_day": "12-05"}),
    ("Trước 31/12/2023 và duy trì hằng năm", {"kind": "before", "before": D(2023, 12, 31)}),
    ("Tuần thứ 2 tháng 5/2023", {"kind": "window", "first": D(2023, 5, 1), "last": D(2023, 5, 31)}),
    ("2023", {"kind": "window", "first": D(2023, 1, 1), "last": D(2023, 12, 31)}),
    ("Từ năm học 2023 - 2024 và các năm học tiếp theo", {"kind": "yearly", "first_year": 2023, "by_day": "12-31", "assumed": True}),
]
IN_A_SENTENCE: list[tuple[str, dict[str, Any]]] = [
    ("Hằng năm, tổng hợp kết quả của các cơ quan và địa phương, báo cáo trước ngày 31 tháng 12", {"kind": "yearly", "before_day": "12-31"}),
    ("tổ chức hội nghị cho cán bộ (tháng 6/2023)", {"kind": "window", "last": D(2023, 6, 30)}),
    ("Sở Y tế thường xuyên cập nhật danh mục thuốc", {"kind": "continuous"}),
    ("thẩm định hồ sơ khi có đề nghị của cơ sở", {"kind": "event"}),
    ("gửi số liệu trước ngày 25 của tháng cuối quý", {"kind": "yearly", "first_year": 2023}),
]
IN_A_SENTENCE_NONE = [
    "thực hiện Chỉ thị số 15-CT/TU ngày 21/11/2022 của Ban Thường vụ Thành ủy",
    "căn cứ Luật số 10/2022/QH15",
    "bố trí trong dự toán chi thường xuyên của các cơ quan",
    "thực hiện Kế hoạch năm 2023 của tỉnh",
    "trình Hội đồng nhân dân tại kỳ họp cuối năm 2023",
    "Trung tâm Giáo dục thường xuyên mở lớp",
    "tháo gỡ khó khăn trong năm học",
]


@pytest.mark.parametrize(("text", "rule"), WHOLE, ids=[text for text, _ in WHOLE])
def test_a_wording_gives_its_rule(text: str, rule: dict[str, Any]) -> None:
    when = Deadlines(2023).whole(text)
    assert when is not None
    fields = ("kind", "first", "last", "before", "first_year", "by_day", "before_day", "after", "assumed")
    told = {key: getattr(when.due, key) for key in fields if getattr(when.due, key) not in (None, (), False)}
    assert told == rule
    assert when.due.wording in text


@pytest.mark.parametrize(("text", "rule"), IN_A_SENTENCE, ids=[text for text, _ in IN_A_SENTENCE])
def test_a_deadline_inside_a_sentence_gives_its_rule(text: str, rule: dict[str, Any]) -> None:
    when = Deadlines(2023).read(text)
    assert when is not None
    assert {key: getattr(when.due, key) for key in rule} == rule


def test_a_condition_that_opens_a_sentence_ends_where_its_subject_begins() -> None:
    deadlines = Deadlines(2023)
    text = "Sau khi Chính phủ ban hành Nghị định, Sở Y tế rà soát danh mục, hoàn thành trong quý III/2023"
    when = deadlines.read(text, until=text.index("Sở"))
    assert when and (when.due.kind, when.due.last) == ("conditional_window", D(2023, 9, 30))
    assert list(deadlines.triggers) == ["Chính phủ ban hành Nghị định"]


@pytest.mark.parametrize("text", IN_A_SENTENCE_NONE)
def test_a_date_that_only_dates_something_is_no_deadline(text: str) -> None:
    assert Deadlines(2023).read(text) is None


@pytest.mark.parametrize("text", ["31/9/2023", "Kỳ họp cuối năm 2023", "theo chỉ đạo", ""])
def test_what_names_no_day_is_not_read(text: str) -> None:
    assert Deadlines(2023).whole(text) is None


def test_two_acts_that_a_deadline_waits_for_are_two_triggers_and_one_act_is_one() -> None:
    deadlines = Deadlines(2023)
    first = deadlines.whole("Quý III/2023 (sau khi Chính phủ ban hành Nghị định)")
    second = deadlines.whole("Dự kiến năm 2023 (sau khi Chính phủ ban hành Nghị định, Bộ Nội vụ ban hành hướng dẫn)")
    assert first and second
    assert (first.due.after, second.due.after) == (("T1",), ("T1", "T2"))
    assert list(deadlines.triggers) == ["Chính phủ ban hành Nghị định", "Bộ Nội vụ ban hành hướng dẫn"]


def test_the_plans_own_issue_is_nothing_to_wait_for() -> None:
    when = Deadlines(2023).whole("Ngay sau khi Kế hoạch được ban hành và thường xuyên")
    assert when and when.due.kind == "continuous"


def test_the_day_of_the_law_itself_is_known() -> None:
    deadlines = Deadlines(2023, D(2024, 1, 1))
    before, after = deadlines.whole("Trước ngày Luật có hiệu lực"), deadlines.whole("Ngay sau khi Luật có hiệu lực")
    assert before and after
    assert before.due.before == D(2024, 1, 1)
    assert (after.due.kind, after.due.last) == ("conditional_soft", D(2024, 12, 31))


@pytest.mark.parametrize(("task", "first"), [("Tổ chức lễ ra mắt", D(2023, 7, 1)), ("Rà soát văn bản", D(2023, 1, 1))])
def test_what_is_held_on_a_day_is_due_on_that_day_alone(task: str, first: date) -> None:
    when = Deadlines(2023).whole("Ngày 01/7/2023")
    assert when and on_its_day(when, task).due.first == first


def test_a_day_without_a_year_is_marked() -> None:
    when = Deadlines(2023).whole("Trước 30/11")
    assert when and when.due.before == D(2023, 11, 30) and "2023 is assumed" in when.checks[0]


@given(st.dates(date(2020, 1, 1), date(2039, 12, 31)), st.sampled_from(["{d:%d/%m/%Y}", "ngày {d.day}/{d.month}/{d.year}"]))
def test_every_day_that_there_is_can_be_a_last_one(day: date, form: str) -> None:
    when = Deadlines(2020).whole("trước " + form.format(d=day))
    assert when and when.due.before == day


@given(st.dates(date(2020, 1, 1), date(2039, 11, 30)), st.integers(0, 400))
def test_a_window_never_ends_before_it_opens(day: date, length: int) -> None:
    last = min(day + timedelta(days=length), date(2039, 12, 31))
    when = Deadlines(2020).whole(f"từ ngày {day:%d/%m/%Y} đến ngày {last:%d/%m/%Y}")
    assert when and (when.due.first, when.due.last) == (day, last)


@given(st.text(max_size=120))
def test_no_text_makes_it_stumble(text: str) -> None:
    for when in (Deadlines(2023).whole(text), Deadlines(2023).read(text)):
        assert when is None or when.due.kind in get_args(DueKind)
