"""Which days a report covers, by its title: "từ ngày 15/12/2022 đến ngày 14/12/2023", "6 tháng đầu năm 2023", "quý III/2023"."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from datetime import date
from typing import Final

from .fold import folded

Period = tuple[date, date]
_DAY: Final = r"(?:ngay )?(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?"
_YEAR: Final = r"(?:[/ ,]|nam |cua )*((?:19|20)\d\d)?"
_QUARTERS: Final = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}


def period_of(title: str, year: int | None) -> Period | None:
    """The first and the last day that a report of that title covers; the whole year reported on where the title tells no more, None where
    that is not known either. A year that the title leaves out is the year reported on."""
    text = re.sub(r"\s+", " ", folded(title))
    for pattern, made in _RULES:
        for found in pattern.finditer(text):
            if (period := _made(made, found, year)) is not None:
                return period
    return (date(year, 1, 1), date(year, 12, 31)) if year else None


def _made(made: Callable[[re.Match[str], int | None], Period | None], found: re.Match[str], year: int | None) -> Period | None:
    try:
        period = made(found, year)
    except ValueError:  # "31/02/2023": a slip of the keyboard names no period
        return None
    return period if period and period[0] <= period[1] else None


def _between(found: re.Match[str], year: int | None) -> Period | None:
    last_year = int(found[6]) if found[6] else year
    first_year = int(found[3]) if found[3] else last_year
    if first_year is None or last_year is None:
        return None
    return date(first_year, int(found[2]), int(found[1])), date(last_year, int(found[5]), int(found[4]))


def _months_of_half(found: re.Match[str], year: int | None) -> Period | None:
    count, of = int(found[1]), int(found[3]) if found[3] else year
    if of is None or not 1 <= count <= 12:
        return None
    if found[2] == "cuoi":
        return date(of, 13 - count, 1), date(of, 12, 31)
    return date(of, 1, 1), date(of, count, monthrange(of, count)[1])


def _quarter(found: re.Match[str], year: int | None) -> Period | None:
    of, number = int(found[2]) if found[2] else year, _QUARTERS[found[1]]
    return (date(of, 3 * number - 2, 1), date(of, 3 * number, monthrange(of, 3 * number)[1])) if of else None


def _month(found: re.Match[str], year: int | None) -> Period | None:
    of, month = int(found[2]) if found[2] else year, int(found[1])
    return (date(of, month, 1), date(of, month, monthrange(of, month)[1])) if of else None


def _years(found: re.Match[str], year: int | None) -> Period | None:
    return date(int(found[1]), 1, 1), date(int(found[2]), 12, 31)


def _one_year(found: re.Match[str], year: int | None) -> Period | None:
    return date(int(found[1]), 1, 1), date(int(found[1]), 12, 31)


# In this order: what names days before what names months, and a year alone last. A law's own "năm 2022" is no period: it follows "luật".
_RULES: Final = tuple(
    (re.compile(pattern), made)
    for pattern, made in (
        (rf"\btu {_DAY} (?:den|toi)(?: het)? {_DAY}", _between),
        (rf"\b0?(\d{{1,2}}) thang (dau|cuoi)(?: nam)?{_YEAR}", _months_of_half),
        (rf"\b0?(6|9) thang()(?: nam)?{_YEAR}", _months_of_half),
        (rf"\bquy (iv|i{{1,3}}|[1-4])\b{_YEAR}", _quarter),
        (rf"(?<!ngay )(?<!/)\bthang 0?(1[0-2]|[1-9])(?: nam|/) ?{_YEAR}", _month),
        (r"\b(?:giai doan|tu nam) ((?:19|20)\d\d) ?(?:-|–|den(?: nam)?) ?((?:19|20)\d\d)", _years),
        (r"(?<!luat )\bnam ((?:19|20)\d\d)\b", _one_year),
    )
)
