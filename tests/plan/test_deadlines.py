"""Deadlines: each kind as the plan means it, and what must hold for all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhchung.plan.deadlines import falls_in, is_late, is_overdue, window
from minhchung.plan.loader import load_plan
from minhchung.plan.model import DueRule, Trigger

DAYS = st.dates(min_value=date(2000, 1, 2), max_value=date(2060, 12, 31))
YEARS = st.integers(min_value=2000, max_value=2060)
MONTH_DAYS = st.dates(min_value=date(2023, 1, 1), max_value=date(2023, 12, 31)).map(lambda day: day.isoformat()[5:])
QUARTER = DueRule(kind="window", first=date(2023, 7, 1), last=date(2023, 9, 30))
CONDITIONAL = DueRule(kind="conditional_window", after=("T1",), first=date(2023, 7, 1), last=date(2023, 9, 30))
SOFT = DueRule(kind="conditional_soft", after=("T1", "T2"), last=date(2023, 12, 31))


def rule_of(duty: str) -> DueRule:
    return next(d.due for d in load_plan().duties if d.id == duty)


def triggers(**days: date | None) -> tuple[Trigger, ...]:
    return tuple(Trigger(id=name, what=name, day=day) for name, day in days.items())


def test_a_window_is_due_on_its_last_day_and_only_in_its_own_year() -> None:
    assert window(QUARTER, 2023) == (date(2023, 7, 1), date(2023, 9, 30), ())
    assert window(QUARTER, 2024) == (None, None, ())


def test_before_is_strict() -> None:
    assert window(rule_of("O16"), 2023)[1] == date(2023, 10, 14)
    assert window(rule_of("O24"), 2023)[1] == date(2023, 11, 14)
    assert window(rule_of("O24"), 2026)[1] == date(2026, 11, 14)
    due = window(rule_of("O24"), 2023)[1]
    assert not is_late(due, date(2023, 11, 14)) and is_late(due, date(2023, 11, 15))


def test_before_new_year_belongs_to_the_year_that_ends() -> None:
    rule = DueRule(kind="before", before=date(2024, 1, 1))
    assert window(rule, 2023)[1] == date(2023, 12, 31)
    assert falls_in(rule, 2023, 2023) and not falls_in(rule, 2024, 2023)


def test_an_assumed_year_end_is_not_overdue_before_the_year_has_ended() -> None:
    rule = rule_of("O02")
    assert rule.assumed
    due = window(rule, 2023)[1]
    assert not any(is_overdue(due, date(2023, 1, 1) + timedelta(days=n)) for n in range(365))
    assert is_overdue(due, date(2024, 1, 1))


def test_a_conditional_window_opens_with_its_trigger() -> None:
    assert window(CONDITIONAL, 2023, triggers(T1=date(2023, 8, 14))) == (date(2023, 8, 14), date(2023, 9, 30), ())
    assert window(CONDITIONAL, 2023, triggers(T1=date(2023, 2, 1))) == (date(2023, 7, 1), date(2023, 9, 30), ())


def test_a_conditional_window_waits_and_has_no_day_until_its_trigger() -> None:
    for known in (triggers(T1=None), ()):
        assert window(CONDITIONAL, 2023, known) == (date(2023, 7, 1), None, ("T1",))


def test_a_trigger_after_the_plans_last_day_leaves_no_day() -> None:
    assert window(CONDITIONAL, 2023, triggers(T1=date(2023, 11, 1))) == (date(2023, 11, 1), None, ())


def test_a_soft_deadline_waits_for_the_trigger_that_is_not_known() -> None:
    opens, due, waiting = window(SOFT, 2023, triggers(T1=date(2023, 8, 14), T2=None))
    assert (opens, due, waiting) == (None, None, ("T2",))
    assert not is_overdue(due, date(2030, 1, 1))
    assert window(SOFT, 2023, triggers(T1=date(2023, 8, 14), T2=date(2023, 10, 1))) == (date(2023, 10, 1), date(2023, 12, 31), ())


@pytest.mark.parametrize("kind", ["continuous", "event", "none", "undated_once"])
def test_kinds_without_a_day_are_never_overdue_or_late(kind: str) -> None:
    rule = DueRule(kind=kind, review_on=date(2023, 11, 15))  # type: ignore[arg-type]
    _, due, waiting = window(rule, 2023)
    assert due is None and waiting == ()
    assert not is_overdue(due, date(2099, 1, 1)) and not is_late(due, date(2099, 1, 1))


def test_a_yearly_duty_without_a_day_opens_and_is_never_due() -> None:
    assert window(rule_of("O22"), 2024) == (date(2024, 1, 1), None, ())


def test_one_off_rules_fall_in_their_own_year_only() -> None:
    one_off = {d.id for d in load_plan().duties if falls_in(d.due, 2023, 2023) and not falls_in(d.due, 2024, 2023)}
    assert one_off == {"O01", "O15", "O16", "O17", "O23"}
    assert not any(falls_in(d.due, 2022, 2023) for d in load_plan().duties)


def test_what_has_no_known_day_is_not_late() -> None:
    assert not is_late(date(2023, 9, 30), None)


@given(before=DAYS, day=DAYS)
def test_before_a_day_means_every_earlier_day_and_no_other(before: date, day: date) -> None:
    rule = DueRule(kind="before", before=before)
    due = window(rule, (before - timedelta(days=1)).year)[1]
    assert is_late(due, day) == (day >= before)


@given(month_day=MONTH_DAYS, year=YEARS, day=DAYS)
def test_a_yearly_last_day_is_itself_in_time(month_day: str, year: int, day: date) -> None:
    due = window(DueRule(kind="yearly", first_year=2000, by_day=month_day), year)[1]
    assert due == date.fromisoformat(f"{year}-{month_day}")
    assert is_overdue(due, day) == (day > due)


@given(first=DAYS, length=st.integers(min_value=0, max_value=400), acts=st.lists(st.none() | DAYS, min_size=1, max_size=4), year=YEARS)
def test_a_conditional_due_never_lies_before_its_opening(first: date, length: int, acts: list[date | None], year: int) -> None:
    known = tuple(Trigger(id=f"T{n}", what="", day=day) for n, day in enumerate(acts))
    rule = DueRule(kind="conditional_window", after=tuple(t.id for t in known), first=first, last=first + timedelta(days=length))
    opens, due, waiting = window(rule, year, known)
    assert waiting == (() if year != rule.last.year else tuple(t.id for t in known if t.day is None))  # type: ignore[union-attr]
    assert due is None or (opens is not None and opens <= due and not waiting and due == rule.last)


@given(first_year=YEARS, year=YEARS)
def test_a_yearly_rule_begins_in_its_first_year(first_year: int, year: int) -> None:
    rule = DueRule(kind="yearly", first_year=first_year, before_day="11-15")
    assert falls_in(rule, year, 2000) == (year >= first_year) == (window(rule, year) != (None, None, ()))
