"""Why something is missing, in words an officer understands."""

from __future__ import annotations

from datetime import date

import pytest

from minhchung.plan.cells import expand
from minhchung.plan.loader import load_plan
from minhchung.plan.registry import load_registry
from minhchung.store.reasons import Found, reason

PLAN = load_plan()
CELLS = expand(PLAN, load_registry(), 2023)
WORDS = {trigger.id: trigger.what for trigger in PLAN.triggers}


@pytest.mark.parametrize(
    ("duty", "found", "due", "overdue", "said"),
    [
        ("O24", Found("no_report"), date(2023, 11, 14), True, "chưa nhận được báo cáo; đã quá hạn (14/11/2023)"),
        (
            "O15",
            Found("partial", part="10/12 phường"),
            date(2023, 9, 30),
            False,
            "mới làm một phần: 10/12 phường; chưa đến hạn (30/09/2023)",
        ),
        ("O07", Found("silent"), None, False, "báo cáo không nêu; việc thường xuyên, kế hoạch không đặt hạn"),
        ("O17", Found("planned"), None, False, "mới là kế hoạch; còn chờ: Bộ Nội vụ ban hành hướng dẫn cụ thể"),
        ("O15", Found("unreadable", file="a.pdf"), None, False, "văn bản gửi đến không đọc được (a.pdf); chưa tính được hạn"),
    ],
)
def test_a_reason_says_what_is_known_and_how_it_stands_with_its_day(
    duty: str, found: Found, due: date | None, overdue: bool, said: str
) -> None:
    owing = [cell for cell in CELLS if cell.duty.id == duty][:1]
    assert reason(found, owing, due, overdue, WORDS) == said
