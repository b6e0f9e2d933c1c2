"""When a duty is due: pure functions over the rules of obligations as the plan words them, in days and years and nothing else.

A day that the plan puts after "trước" (before) is itself too late: "trước ngày 15 tháng 11" is met until 14/11.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import assert_never

from .model import DueRule, Trigger

Window = tuple[date | None, date | None, tuple[str, ...]]
"""The first day, the last day in time, and the ids of the triggers still waited for; None where there is no such day."""

_NEVER: Window = (None, None, ())


def falls_in(rule: DueRule, year: int, plan_year: int) -> bool:
    """Whether the rule asks for something in that year: one-off rules in their own year only, the others in every year from their first
    one."""
    match rule.kind:
        case "window" | "before" | "conditional_window" | "conditional_soft" | "undated_once":
            return year == own_year(rule, plan_year)
        case "yearly":
            return year >= (rule.first_year or plan_year)
        case "continuous" | "event" | "none":
            return year >= plan_year
        case _:
            assert_never(rule.kind)


def window(rule: DueRule, year: int, triggers: Iterable[Trigger] = ()) -> Window:
    """`(opens, due, waiting_for)` of the rule in that year; `due` is the last day in time.

    (None, None, ()) where the rule has no day or asks nothing in that year. A conditional rule has no day while one of its
    triggers has none; once all have, it opens with the latest of them. When that comes after the plan's own last day, both conditions
    cannot be met and the plan gives no other day: then there is no due, and a person decides.
    """
    match rule.kind:
        case "window":
            return (rule.first, rule.last, ()) if _own_year(rule) == year else _NEVER
        case "before":
            return (rule.first, _day_before(rule.before), ()) if _own_year(rule) == year else _NEVER
        case "yearly":
            return _yearly(rule, year) if rule.first_year is None or year >= rule.first_year else _NEVER
        case "conditional_window" | "conditional_soft":
            return _conditional(rule, triggers) if _own_year(rule) == year else _NEVER
        case "undated_once" | "continuous" | "event" | "none":
            return _NEVER
        case _:
            assert_never(rule.kind)


def known_by(triggers: Iterable[Trigger], day: date | None) -> tuple[Trigger, ...]:
    """The triggers as they stood on that day: what happened later had then no day. All as they are without a day."""
    return tuple(replace(one, day=None) if day and one.day and one.day > day else one for one in triggers)


def days_left(due: date | None, as_of: date) -> int | None:
    """How many days are left on `as_of` until the last day in time: 0 on that day itself, negative once it is past; None without one."""
    return (due - as_of).days if due else None


def is_overdue(due: date | None, as_of: date) -> bool:
    """Whether the last day in time has passed on `as_of`; never where there is no such day. A yearly duty that is due on 31/12 is so not
    overdue before its year has ended."""
    return due is not None and as_of > due


def is_late(due: date | None, day: date | None) -> bool:
    """Whether what was done on `day` came after the last day in time; never where either is not known."""
    return due is not None and day is not None and day > due


def own_year(rule: DueRule, plan_year: int) -> int | None:
    """The one year of a rule that asks once; None for one that asks in every year."""
    once = rule.kind in ("window", "before", "conditional_window", "conditional_soft", "undated_once")
    return (_own_year(rule) or plan_year) if once else None


def _own_year(rule: DueRule) -> int | None:
    """The year of a one-off rule, by its last day; None where it has no day at all."""
    last = rule.last or _day_before(rule.before) or rule.review_on
    return last.year if last else None


def _day_before(day: date | None) -> date | None:
    return day - timedelta(days=1) if day else None


def _yearly(rule: DueRule, year: int) -> Window:
    due = _in_year(rule.by_day, year) or _day_before(_in_year(rule.before_day, year))
    return date(year, 1, 1), due, ()


def _in_year(month_day: str | None, year: int) -> date | None:
    return date.fromisoformat(f"{year:04}-{month_day}") if month_day else None


def _conditional(rule: DueRule, triggers: Iterable[Trigger]) -> Window:
    days = {trigger.id: trigger.day for trigger in triggers}
    waiting = tuple(name for name in rule.after if days.get(name) is None)
    if waiting:
        return rule.first, None, waiting
    known = [day for name in rule.after if (day := days[name]) is not None]
    opens = max([*known, *([rule.first] if rule.first else [])], default=None)
    reachable = opens is None or rule.last is None or opens <= rule.last
    return opens, rule.last if reachable else None, ()
