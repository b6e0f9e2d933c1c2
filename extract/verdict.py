"""What a status is decided from and what the decision looks like."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .analysis import Hit
from .model import Status


@dataclass(frozen=True, slots=True)
class Setting:
    """What holds for the whole sentence: the part of the report, the year reported on, the report's ISO date, the reporter's level
    (`high` for a city body, `middle` for a district, `low` for a commune or a unit), and whether a letterhead says whose report of what
    type it is at all (a loose text tells of whoever it names), and the reporter's folded name."""

    section: str
    year: int | None
    written: str | None
    level: str
    headed: bool = True
    reporter: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status, whether only a part was done, the rule ids or words of ours that decided, and the hits behind them."""

    status: Status
    partial: bool
    why: tuple[str, ...]
    hits: tuple[Hit, ...] = ()


def by_hits(status: Status, hits: Sequence[Hit], partial: bool = False) -> Verdict:
    """A verdict that rests on these hits."""
    return Verdict(status, partial, rules_of(hits), tuple(hits))


def rules_of(hits: Sequence[Hit]) -> tuple[str, ...]:
    """The ids of the rules behind the hits, each once, in text order."""
    return tuple(dict.fromkeys(h.rule for h in hits))
