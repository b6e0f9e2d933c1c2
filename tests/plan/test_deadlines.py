"""Deadlines: each kind as the plan means it, and what must hold for all."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhchung.plan.deadlines import days_left, falls_in, is_late, is_overdue, known_by, own_year, window
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


@given(day=st.none() | DAYS, acts=st.lists(st.none() | DAYS, max_size=4))
def test_a_trigger_is_known_from_its_own_day_on(day: date | None, acts: list[date | None]) -> None:
    all_of_them = tuple(Trigger(id=f"T{n}", what="", day=act) for n, act in enumerate(acts))
    for before, after in zip(all_of_them, known_by(all_of_them, day), strict=True):
        happened = before.day is not None and (day is None or before.day <= day)
        assert after == before if happened or before.day is None else (after.day is None and after.id == before.id)


@given(last=DAYS, act=DAYS, day=DAYS)
def test_a_conditional_deadline_that_a_day_knows_is_never_taken_back_later(last: date, act: date, day: date) -> None:
    """What is due as of a day is due as of every later day: a trigger is not unset by time."""
    rule = DueRule(kind="conditional_soft", after=("T",), last=last)
    triggers_then = (Trigger(id="T", what="", day=act),)
    dues = [window(rule, last.year, known_by(triggers_then, day + timedelta(days=n)))[1] for n in (0, 1, 400)]
    assert dues == sorted(dues, key=lambda due: due is not None)
    assert set(dues) <= {None, last}


@given(due=st.none() | DAYS, day=DAYS)
def test_a_duty_is_overdue_exactly_when_no_day_is_left(due: date | None, day: date) -> None:
    left = days_left(due, day)
    assert is_overdue(due, day) == (left is not None and left < 0)
    assert left is None or day + timedelta(days=left) == due


RULES = st.one_of(
    st.builds(lambda first, length: DueRule(kind="window", first=first, last=first + timedelta(days=length)), DAYS, st.integers(0, 400)),
    st.builds(lambda before: DueRule(kind="before", before=before), DAYS),
    st.builds(lambda year, md: DueRule(kind="yearly", first_year=year, by_day=md), YEARS, MONTH_DAYS),
    st.builds(lambda year, md: DueRule(kind="yearly", first_year=year, before_day=md), YEARS, MONTH_DAYS),
    st.builds(lambda last, act: DueRule(kind="conditional_soft", after=("T1",), last=last), DAYS, DAYS),
    st.sampled_from([DueRule(kind="continuous"), DueRule(kind="event"), DueRule(kind="none"), DueRule(kind="undated_once")]),
)


@given(rule=RULES, plan_year=YEARS, act=st.none() | DAYS)
def test_a_rule_that_asks_once_asks_in_one_year_and_the_others_open_anew_each_year(rule: DueRule, plan_year: int, act: date | None) -> None:
    years = [year for year in range(1999, 2064) if falls_in(rule, year, plan_year)]
    once = own_year(rule, plan_year)
    assert years == ([once] if once is not None else list(range(years[0], 2064)))
    for year in years:
        opens, due, waiting = window(rule, year, (Trigger(id="T1", what="", day=act),))
        assert not (due and waiting)
        assert due is None or opens is None or opens <= due or rule.kind == "yearly"
        if due is not None:
            assert due.year in (year, year - 1), "before 1 January is met until 31 December of the year before"
    assert all(window(rule, year)[1] is None for year in range(1999, 2064) if year not in years)
