"""What a sentence rests on: dates, document numbers, quantities with units, coverage, audience, and with them its strength."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from .components import component
from .fold import fold
from .model import Coverage, Quantity, Strength
from .patterns import pattern, words

AUDIENCES = ("cbccvc", "vien_chuc", "nld", "nsdld", "xa_phuong", "nhan_dan", "mat_tran")

_QUANTITY = pattern("facts/quantity")
_RATIO = pattern("facts/ratio")
_RATIO_AFTER = pattern("facts/ratio-after")
_NOT_A_RATIO = frozenset(words("words/no-ratio-after"))
_DAY = pattern("facts/day")
_DAY_MONTH = pattern("facts/day-and-month")
_MONTH = pattern("facts/month")
_QUARTER = pattern("facts/quarter")
_YEAR = pattern("facts/year")
_YEAR_ANYWHERE = pattern("facts/year-anywhere")
_NUMBER = pattern("facts/document-number")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_AUDIENCES = {name: pattern(f"audience/{name}") for name in AUDIENCES}


@component("dates", off=lambda *_: ())
def dates(folded: str, year: int | None) -> tuple[str, ...]:
    """ISO days, months "2023-08" and quarters "2023-Q3" in text order; a day or month without a year takes the year reported on."""
    return tuple(dict.fromkeys(value for _, _, value in dates_at(folded, year)))


def dates_at(folded: str, year: int | None) -> list[tuple[int, int, str]]:
    """As `dates`, each as often as it is told, with its place: start, end, value."""
    found: list[tuple[int, int, str]] = []
    taken: list[tuple[int, int]] = []
    for regex, reader in ((_DAY, _read_day), (_DAY_MONTH, _read_day_month), (_MONTH, _read_month), (_QUARTER, _read_quarter)):
        for match in regex.finditer(folded):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            value = reader(match, year)
            if value:
                found.append((match.start(), match.end(), value))
                taken.append(match.span())
    return sorted(found)


def _iso(day: str, month: str, year: int) -> str | None:
    try:
        return date(year, int(month), int(day)).isoformat()
    except ValueError:  # impossible dates occur in real reports; an impossible date is no date
        return None


def _read_day(m: re.Match[str], _year: int | None) -> str | None:
    return _iso(m[1], m[2], int(m[3])) if m[1] else _iso(m[4], m[5], int(m[6]))


def _read_day_month(m: re.Match[str], year: int | None) -> str | None:
    return _iso(m[1], m[2], year) if year else None


def _read_month(m: re.Match[str], year: int | None) -> str | None:
    month, of = int(m[1] or m[3]), int(m[2] or m[4] or year or 0)
    return f"{of:04}-{month:02}" if of and 1 <= month <= 12 else None


def _read_quarter(m: re.Match[str], year: int | None) -> str | None:
    of = int(m[2] or year or 0)
    return f"{of:04}-Q{_QUARTERS[m[1]]}" if of else None


def years_told(folded: str) -> list[int]:
    """Years behind the word "năm" ("năm 2023"), in text order."""
    return [int(m[1]) for m in _YEAR.finditer(folded)]


@component("dates", off=lambda _: set())
def years_named(folded: str) -> set[int]:
    """Years behind "năm" or closing a date ("ngày 5/8/2022")."""
    return {int(m[1]) for m in _YEAR_ANYWHERE.finditer(folded)}


def last_day(value: str) -> str:
    """The last ISO day of a day, month or quarter, for comparing."""
    if len(value) == 10:
        return value
    year, month = (int(value[:4]), int(value[6:]) * 3) if "-Q" in value else (int(value[:4]), int(value[5:]))
    return date(year, month, monthrange(year, month)[1]).isoformat()


def first_day(value: str) -> str:
    """The first ISO day of a day, month or quarter, for comparing."""
    if "-Q" in value:
        year, quarter = value.split("-Q")
        return f"{year}-{int(quarter) * 3 - 2:02}-01"
    return value if len(value) == 10 else f"{value}-01"


@component("numbers", off=lambda _: ())
def numbers(text: str) -> tuple[str, ...]:
    """Codes of the documents cited, blanks taken out: "2417/QĐ-UBND", "59/2023/NĐ-CP"."""
    return tuple(dict.fromkeys(value for _, _, value in numbers_at(text)))


def numbers_at(text: str) -> list[tuple[int, int, str]]:
    """As `numbers`, each as often as it is cited, with its place: start, end, code."""
    return [(m.start(), m.end(), re.sub(r"\s", "", m[0]).replace("–", "-")) for m in _NUMBER.finditer(text) if len(m[0]) > 4]


@component("quantities", off=lambda _: ())
def quantities(folded: str) -> tuple[Quantity, ...]:
    """Figures with their units; dots are thousands and commas decimals, as the office writes them."""
    return tuple(quantity for _, _, quantity in quantities_at(folded))


def quantities_at(folded: str) -> list[tuple[int, int, Quantity]]:
    """As `quantities`, each with its place: start, end, figure with unit."""
    return [(m.start(), m.end(), Quantity(figure(m["n"]), m["unit"], bool(m["about"]))) for m in _QUANTITY.finditer(folded)]


def figure(text: str) -> float:
    """A figure as the office writes it: "1.250" is 1250.0, "6,82" is 6.82."""
    return float(text.replace(".", "").replace(",", "."))


@component("quantities", off=lambda _: None)
def coverage(folded: str) -> Coverage | None:
    """The first N/M with a unit that is a body and not a person, behind it or before it: "10/12 phường", "các phường: 10/12 đã". A date
    or a document code is not a ratio."""
    for match in (*_RATIO.finditer(folded), *_RATIO_AFTER.finditer(folded)):
        done, total = int(figure(match["n"])), int(figure(match["m"]))
        if _is_a_date(folded, match) or total == 0 or done > total:
            continue
        return Coverage(done, total, match["unit"])
    return None


def _is_a_date(folded: str, ratio: re.Match[str]) -> bool:
    """Whether N/M is a day or a document's number by the word before it; "đến 12/12 phường" counts, "đến 12/9 các phường" does not."""
    before = folded[: ratio.start("n")].rstrip().rsplit(" ", 1)[-1]
    counts = before == "đến" and folded[ratio.end("m") : ratio.start("unit")].isspace()
    return before in _NOT_A_RATIO and not counts


@component("audience", off=lambda _: ())
def audience(folded: str) -> tuple[str, ...]:
    """Which of the plan's audience groups the words name."""
    return tuple(name for name, regex in _AUDIENCES.items() if regex.search(folded))


def audience_at(folded: str) -> list[tuple[int, int, str]]:
    """Every word that names an audience group, with its place: start, end, group."""
    return sorted((m.start(), m.end(), name) for name, regex in _AUDIENCES.items() for m in regex.finditer(folded))


@component("strength", off=lambda *_: "assertion")
def strength(text: str, year: int | None) -> Strength:
    """verifiable: a document number, or a day with a count; specific: any figure or date; else a bare assertion."""
    folded = fold(text)
    has_day = any(len(d) == 10 for d in dates(folded, year))
    counted = bool(quantities(folded)) or coverage(folded) is not None
    if numbers(text) or (has_day and counted):
        return "verifiable"
    return "specific" if has_day or counted or dates(folded, year) else "assertion"
