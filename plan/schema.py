"""The keys that a plan file may hold, as data: for each table its keys, whether a key must be there, and what its value must be."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, get_args

from .model import DueKind, DutyKind, ItemKind

# Whom a duty is for: the same codes that the judging of evidence gives to an audience, with the words that plans use.
AUDIENCES = {
    "cbccvc": "cán bộ, công chức, viên chức",
    "nld": "người lao động",
    "nsdld": "người sử dụng lao động",
    "xa_phuong": "xã, phường, thị trấn",
    "nhan_dan": "nhân dân, cộng đồng dân cư",
    "vien_chuc": "viên chức đơn vị sự nghiệp",
    "mat_tran": "cán bộ Mặt trận, Ban Thanh tra nhân dân, Ban Giám sát đầu tư cộng đồng",
}

# Gives None for a good value, else what to write instead: a sentence, or several in lines.
Check = Callable[[Any], str | None]


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a table."""

    check: Check
    required: bool = True


def _text(value: Any) -> str | None:
    return None if isinstance(value, str) and value.strip() else "Write a text in double quotes."


def _texts(value: Any) -> str | None:
    good = isinstance(value, list) and all(isinstance(v, str) and v.strip() for v in value)
    return None if good else 'Write a list of texts, as ["HP-SNV", "G-QH"].'


def _some_texts(value: Any) -> str | None:
    return _texts(value) or (None if value else "Name at least one.")


def _beside(value: Any) -> str | None:
    """The name of a file in the plan's own folder."""
    good = _text(value) is None and "/" not in value and "\\" not in value
    return None if good else "Write the name of a file beside this one, as ke-hoach.rules.toml."


def _day(value: Any) -> str | None:
    good = isinstance(value, date) and not isinstance(value, datetime)
    return None if good else "Write a day without quotes, as 2023-09-30."


def _year(value: Any) -> str | None:
    good = isinstance(value, int) and not isinstance(value, bool) and 1945 <= value <= 2999
    return None if good else "Write a year, as 2023."


def _flag(value: Any) -> str | None:
    return None if isinstance(value, bool) else "Write true or false."


def _month_day(value: Any) -> str | None:
    """MM-DD that exists in every year, so not 02-29."""
    instead = 'Write month and day, as "11-15".'
    if not isinstance(value, str) or not re.fullmatch(r"\d\d-\d\d", value):
        return instead
    try:
        date(2023, int(value[:2]), int(value[3:]))
    except ValueError:
        return f"{instead} There is no {value} in every year."
    return None


def _handed_on(value: Any) -> str | None:
    """One line: who owes the duty from which day on, and the document that decides it."""
    instead = 'Write { to = ["successors"], since = 2025-07-01, document = "…" }: who, from which day, by which document.'
    if not isinstance(value, dict) or set(value) != {"to", "since", "document"}:
        return instead
    wrong = _some_texts(value["to"]) or _day(value["since"]) or _text(value["document"])
    return f"{instead}\n{wrong}" if wrong else None


def one_of(values: tuple[str, ...]) -> Check:
    """A check that the value is one of these."""
    return lambda value: None if value in values else f"Write one of {', '.join(values)}."


def _audiences(value: Any) -> str | None:
    if wrong := _texts(value):
        return wrong
    return None if all(v in AUDIENCES for v in value) else f"Write some of {', '.join(AUDIENCES)}."


TABLES: dict[str, dict[str, Key]] = {
    "plan": {
        "id": Key(_text),
        "title": Key(_text),
        "issuer": Key(_text),
        "year": Key(_year),
        "law_number": Key(_text),
        "law_effective": Key(_day),
        "last_year": Key(_year, required=False),
        "rules": Key(_beside, required=False),
    },
    "item": {
        "id": Key(_text),
        "title": Key(_text),
        "short": Key(_text),
        "kind": Key(one_of(get_args(ItemKind)), required=False),
        "continuous": Key(_flag, required=False),
    },
    "trigger": {
        "id": Key(_text),
        "what": Key(_text),
        "document": Key(_text, required=False),
        "day": Key(_day, required=False),
    },
    "duty": {
        "id": Key(_text),
        "item": Key(_text),
        "clause": Key(_text),
        "quote": Key(_text),
        "kind": Key(one_of(get_args(DutyKind))),
        "actors": Key(_texts),
        "unlisted": Key(_texts, required=False),
        "inferred": Key(_texts, required=False),
        "exclude": Key(_texts, required=False),
        "advise": Key(_texts, required=False),
        "coordinate": Key(_texts, required=False),
        "audience": Key(_audiences, required=False),
        "scope": Key(_text, required=False),
        "form": Key(_texts, required=False),
        "note": Key(_text, required=False),
        "handed_on": Key(_handed_on, required=False),
        "due": Key(lambda value: None if isinstance(value, dict) else "Write [duty.due] below the duty.", required=True),
    },
}

DUE_KEYS: dict[str, Key] = {
    "first": Key(_day),
    "last": Key(_day),
    "before": Key(_day),
    "first_year": Key(_year),
    "by_day": Key(_month_day),
    "before_day": Key(_month_day),
    "after": Key(_some_texts),
    "review_on": Key(_day),
    "assumed": Key(_flag),
    "wording": Key(_text),
    "kind": Key(one_of(get_args(DueKind))),
}

# For each kind of deadline the keys it must have, and those it may have besides `kind` and `wording`.
DUE_SHAPES: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    "window": (frozenset({"first", "last"}), frozenset({"assumed"})),
    "before": (frozenset({"before"}), frozenset({"first"})),
    "yearly": (frozenset({"first_year"}), frozenset({"by_day", "before_day", "assumed"})),
    "continuous": (frozenset(), frozenset()),
    "conditional_window": (frozenset({"after", "first", "last"}), frozenset({"assumed"})),
    "conditional_soft": (frozenset({"after", "last"}), frozenset({"assumed"})),
    "undated_once": (frozenset(), frozenset({"review_on"})),
    "event": (frozenset(), frozenset()),
    "none": (frozenset(), frozenset()),
}
