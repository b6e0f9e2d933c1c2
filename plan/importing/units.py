"""Stretches of time in a text: days, months, quarters, halves and years, and how they are joined."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from .words import cue, table

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of time from `start` to `end` of a text: its first and last day; `dated` False where no year is written and the plan's is
    taken."""

    kind: str
    start: int
    end: int
    first: date
    last: date
    dated: bool


def stretches(said: str, year: int) -> Iterator[list[Unit]]:
    """The units of a folded text, those that are joined together in one list; a year that stands only behind the last holds for all."""
    run: list[re.Match[str]] = []
    kinds: dict[int, str] = {}
    found = list(_matches(said, kinds))
    for at, match in enumerate(found):
        run.append(match)
        following = found[at + 1] if at + 1 < len(found) else None
        if following is None or not cue("deadlines", "joins").search(said[match.end() : following.start()]):
            if units := _units(run, kinds, year):
                yield units
            run = []


def _matches(said: str, kinds: dict[int, str]) -> Iterator[re.Match[str]]:
    at = 0
    entries = [entry for entry in table("deadlines").values() if entry.id.startswith("unit/")]
    while at < len(said):
        here = [(m.start(), n, m, entry.id[5:]) for n, entry in enumerate(entries) if (m := entry.regex.search(said, at))]
        if not here:
            return
        _, _, match, kind = min(here, key=lambda one: one[:2])
        kinds[match.start()] = kind
        yield match
        at = match.end()


def _units(run: list[re.Match[str]], kinds: dict[int, str], year: int) -> list[Unit]:
    """The units with their days; [] where one does not exist ("31/9/2023")."""
    years = [_figure(match, "y") for match in run]
    units = []
    for at, match in enumerate(run):
        near = next((y for y in (*years[at:], *reversed(years[:at])) if y), None)
        try:
            first, last = _days(kinds[match.start()], match, near or year)
        except ValueError:
            return []
        units.append(Unit(kinds[match.start()], match.start(), match.end(), first, last, near is not None))
    return [] if any(b.last < a.first for a, b in pairwise(units)) else units


def _figure(match: re.Match[str], name: str) -> int | None:
    """A figure by its name, or by the name that the other way of writing it has."""
    groups = match.groupdict()
    value = groups.get(name) or (groups.get(f"{name}2") if groups.get("d2") else None)
    return int(value) if value else None


def _days(kind: str, found: re.Match[str], year: int) -> tuple[date, date]:
    groups = found.groupdict()
    match kind:
        case "day":
            day = date(year, _figure(found, "m") or 0, _figure(found, "d") or 0)
            return day, day
        case "month" | "month-bare":
            month = int(groups["m"])
            return date(year, month, 1), month_end(year, int(groups.get("m3") or groups.get("m2") or month))
        case "quarter":
            first, last = _QUARTERS[groups["q"]], _QUARTERS[groups["q2"] or groups["q"]]
            return date(year, 3 * first - 2, 1), month_end(year, 3 * last)
        case "half-year":
            return (date(year, 1, 1), date(year, 6, 30)) if groups["half"] == "đầu" else (date(year, 7, 1), date(year, 12, 31))
        case "school-year":
            return date(int(groups["y"]), 9, 1), date(int(groups["y2"]), 5, 31)
        case "years":
            return date(int(groups["y"]), 1, 1), date(int(groups["y2"]), 12, 31)
        case "year" | "this-year":
            return date(year, 1, 1), date(year, 12, 31)
        case _:
            raise AssertionError(f"deadlines.toml has a unit {kind!r} that nobody reads")


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])
