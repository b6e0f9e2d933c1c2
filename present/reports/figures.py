"""Figures added up from the quotes: how many meetings, people, articles; how many bodies have done it. Each figure keeps its claim.

Counted are claims of what was done, by the agency or by those below it. A figure that the same agency tells again under the same item (in
the text and in its annex) is shown and not added, nor is a whole beside its part; of shares ("9/15 phường") only the one with most done,
since a later report of the same year tells the newer state and not more of it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from ...store.claims import ClaimRow

COUNTED_ACTORS: Final = ("self", "subordinate")
SHARE: Final = "share"  # the measure of shares: bodies that have done it, of those that should
_OF_ALL: Final = ("trong tổng số", "trong số")  # "in all 462 meetings, of which 173 on the Law": the smallest is meant
_OF_WHICH: Final = ("trong đó",)  # "20 meetings, 5 of them in communes": the largest is the sum


# Why a figure does not count, or what a person should look at.
_ESTIMATED: Final = "số ước"
_NOT_MEANT: Final = "số tổng hoặc số thành phần của số khác trong câu"
_TOLD_BEFORE: Final = "đã nêu ở câu trước, không cộng lại"
_NOT_LARGEST: Final = "cùng loại đơn vị đã có số lớn hơn, không cộng"


@dataclass(frozen=True, slots=True)
class Measure:
    """What figures are added up under; `units` are the words that they are counted in, `not_under` items of which such a figure tells
    nothing."""

    id: str
    label: str
    units: tuple[str, ...]
    not_under: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of one claim. `total` is what a share is of, 0 else; `counted` whether it is in the sum, `note` why not, or what a person
    should look at."""

    claim: ClaimRow
    measure: str
    unit: str
    value: float
    total: float
    counted: bool
    note: str


@cache
def measures() -> tuple[Measure, ...]:
    """The shipped measures, in the order they are shown."""
    raw = tomllib.loads((files(__package__) / "data" / "measures.toml").read_text(encoding="utf-8"))
    return tuple(Measure(one["id"], one["label"], tuple(one["units"]), tuple(one.get("not_under", ()))) for one in raw["measure"])


def figures(claims: Iterable[ClaimRow]) -> list[Figure]:
    """The figures of the claims, in their order."""
    by_unit = {unit: measure for measure in measures() for unit in measure.units}
    wanted = [claim for claim in claims if claim.status == "done" and claim.actor in COUNTED_ACTORS and claim.agency is not None]
    best = _best_shares(wanted)
    found: list[Figure] = []
    told: set[tuple[str | None, str, str, float]] = set()
    for claim in wanted:
        for quantity in claim.quantities:
            unit, value = quantity["unit"], float(quantity["value"])
            measure = by_unit.get(unit)
            if measure is None or claim.item in measure.not_under:
                continue
            key = (claim.agency, claim.item, unit, value)
            note = _ESTIMATED if quantity.get("approximate", False) else ""
            if not _meant(claim, unit, value):
                found.append(Figure(claim, measure.id, unit, value, 0, False, _NOT_MEANT))
                continue
            note = _TOLD_BEFORE if key in told else note
            found.append(Figure(claim, measure.id, unit, value, 0, key not in told, note))
            told.add(key)
        if share := claim.coverage:
            counted = best[claim.agency, claim.item, share["unit"]] == claim.id
            note = "" if counted else _NOT_LARGEST
            found.append(Figure(claim, SHARE, share["unit"], float(share["done"]), float(share["total"]), counted, note))
    return found


def _best_shares(claims: Sequence[ClaimRow]) -> dict[tuple[str | None, str, str], str]:
    """The claim with most done of each agency, item and unit; of equals the first."""
    best: dict[tuple[str | None, str, str], ClaimRow] = {}
    for claim in claims:
        if claim.coverage:
            key = (claim.agency, claim.item, claim.coverage["unit"])
            if key not in best or claim.coverage["done"] > (best[key].coverage or {})["done"]:
                best[key] = claim
    return {key: claim.id for key, claim in best.items()}


def _meant(claim: ClaimRow, unit: str, value: float) -> bool:
    """Whether a figure is what the sentence is about, where it tells a whole and a part of it in one unit."""
    same = [float(quantity["value"]) for quantity in claim.quantities if quantity["unit"] == unit]
    quote = claim.quote.lower()
    if any(words in quote for words in _OF_ALL):
        return value == min(same)
    if any(words in quote for words in _OF_WHICH):
        return value == max(same)
    return True


def totals(found: Iterable[Figure]) -> dict[tuple[str, str], float]:
    """The sums of what counts, by item and measure."""
    sums: dict[tuple[str, str], float] = {}
    for figure in found:
        if figure.counted:
            key = (figure.claim.item, figure.measure)
            sums[key] = sums.get(key, 0) + figure.value
    return sums


def of_total(found: Iterable[Figure], item: str) -> float:
    """What the counted shares of an item are of."""
    return sum(figure.total for figure in found if figure.counted and figure.measure == SHARE and figure.claim.item == item)
