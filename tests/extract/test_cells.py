"""How the claims of a year's documents add up to the state of a cell."""

from __future__ import annotations

import pytest

from minhchung.extract.cells import judge_duty, judge_item, state_of
from minhchung.extract.model import Evidence, JudgedDocument, Letterhead, Status
from minhchung.plan.loader import load_plan

PLAN = load_plan()
ITEMS = {item.id: item for item in PLAN.items}


def claim(item: str, status: Status, quote: str = "Quận đã mở 02 lớp.", **more: object) -> Evidence:
    return Evidence(0, item, status, 0, len(quote), quote, "", 0.9, **more)  # type: ignore[arg-type]


def document(*evidence: Evidence, sha: str = "a", outcome: str = "read", unread: int = 0, **letterhead: str) -> JudgedDocument:
    return JudgedDocument(sha, outcome, unread, Letterhead(**{"type": "BÁO CÁO", **letterhead}), evidence)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("item", "statuses", "state"),
    [
        ("II.1.d", ("done",), "evidenced"),
        ("II.1.d", ("done", "planned"), "evidenced"),
        ("II.1.d", ("done", "not_done"), "partial"),
        ("II.1.d", ("planned",), "planned"),
        ("II.1.d", ("planned", "not_done"), "not_done"),
        ("II.1.d", ("mention",), "silent"),
        ("II.1.d", (), "silent"),
        ("II.2", ("ongoing",), "partial"),
        ("II.2", ("done", "ongoing"), "partial"),
        ("II.1.b", ("done", "ongoing"), "partial"),
        ("II.5", ("ongoing",), "evidenced"),
        ("II.5", ("done", "ongoing"), "evidenced"),
    ],
)
def test_one_documents_claims_add_up(item: str, statuses: tuple[Status, ...], state: str) -> None:
    assert state_of(ITEMS[item], [claim(item, status) for status in statuses]) == state


def test_a_part_is_partial() -> None:
    assert state_of(ITEMS["II.2"], [claim("II.2", "done", partial=True)]) == "partial"


def test_a_promise_for_the_rest_is_partial() -> None:
    promised = claim("II.1.d", "planned", "Các phường còn lại tập huấn trong tháng 12.")
    assert state_of(ITEMS["II.1.d"], [claim("II.1.d", "done"), promised]) == "partial"


@pytest.mark.parametrize(
    ("promise", "dates", "state"),
    [
        ("Kiểm tra các thôn còn lại.", (), "evidenced"),
        ("Kiểm tra các thôn còn lại trong tháng 12.", ("2023-12",), "partial"),
        ("Các thôn còn lại lùi sang năm sau.", (), "partial"),
    ],
)
def test_inspecting_some_is_a_part_only_where_the_others_were_to_be_inspected_by_now(
    promise: str, dates: tuple[str, ...], state: str
) -> None:
    assert state_of(ITEMS["II.5"], [claim("II.5", "done"), claim("II.5", "planned", promise, dates=dates)]) == state


def test_the_strongest_document_stands() -> None:
    item = ITEMS["II.1.d"]
    silent, done = document(sha="a"), document(claim("II.1.d", "done", dates=("2023-09",)), sha="b")
    verdict = judge_item(item, [silent, done])
    assert (verdict.state, verdict.claims, verdict.day) == ("evidenced", (("b", 0),), "2023-09-30")


def test_the_strongest_claim_is_shown_first() -> None:
    weak, strong = claim("II.1.d", "done"), claim("II.1.d", "done", strength="verifiable")
    assert judge_item(ITEMS["II.1.d"], [document(claim("II.1.b", "done"), weak, strong)]).claims == (("a", 2), ("a", 1))


def test_the_first_day_of_several_counts() -> None:
    claims = (claim("II.1.d", "done", dates=("2023-10-02",)), claim("II.1.d", "done", dates=("2023-07-05", "2023-Q4")))
    assert judge_item(ITEMS["II.1.d"], [document(*claims)]).day == "2023-07-05"


def test_nothing_came() -> None:
    assert judge_item(ITEMS["II.1.d"], []).state == "no_report"
    assert judge_item(ITEMS["III.bc"], []).state == "no_report"


@pytest.mark.parametrize(("outcome", "unread"), [("unreadable", 0), ("failed", 0), ("read", 2)])
def test_silence_of_what_could_not_be_read_is_no_silence(outcome: str, unread: int) -> None:
    broken = document(outcome=outcome, unread=unread)
    assert judge_item(ITEMS["II.1.d"], [broken]).state == "unreadable"
    assert judge_item(ITEMS["III.bc"], [broken]).state == "unreadable"


def test_a_claim_from_a_file_with_unread_pages_stands() -> None:
    assert judge_item(ITEMS["II.1.d"], [document(claim("II.1.d", "done"), unread=2)]).state == "evidenced"


def test_the_yearly_report_is_its_own_evidence_when_it_speaks_of_the_plan() -> None:
    verdict = judge_item(ITEMS["III.bc"], [document(claim("II.1.d", "mention"), date="2023-11-10")])
    assert (verdict.state, verdict.claims, verdict.day) == ("evidenced", (("a", -1),), "2023-11-10")


def test_a_report_on_something_else_and_a_plan_are_no_yearly_report() -> None:
    assert judge_item(ITEMS["III.bc"], [document()]).state == "silent"
    assert judge_item(ITEMS["III.bc"], [document(claim("II.1.d", "planned"), type="KẾ HOẠCH")]).state == "silent"


def test_a_duty_takes_the_claims_for_its_audience() -> None:
    duty = next(d for d in PLAN.duties if d.audience)
    item = ITEMS[duty.item]
    fits, misfits = claim(item.id, "done", audience=duty.audience[:1]), claim(item.id, "done", audience=("nobody",))
    assert judge_duty(duty, item, [document(fits)]).state == "evidenced"
    assert judge_duty(duty, item, [document(misfits)]).state == "silent"
    assert judge_duty(duty, item, [document(claim(item.id, "done"))]).state == "evidenced"
