"""Figures added up from the quotes: how many meetings, people, articles; how many bodies have done it. Each figure keeps its claim.

Counted are claims of what was done, by the agency or by those below it. A figure that the same agency tells again under the same item (in
the text and in its annex) is shown and not added, nor is a part of a total that its document tells (wholes.py), nor what is told by the
week; of shares ("9/15 phường") only the one with most done, since a later report of the same year tells the newer state and not more of it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from ...store.claims import ClaimRow
from ...store.model import Record
from .wholes import Told, wholes

COUNTED_ACTORS: Final = ("self", "subordinate")
SHARE: Final = "share"  # the measure of shares: bodies that have done it, of those that should
_OF_ALL: Final = ("trong tổng số", "trong số")  # "in all 462 meetings, of which 173 on the Law": the smallest is meant
_OF_WHICH: Final = ("trong đó",)  # "20 meetings, 5 of them in communes": the largest is the sum


# Why a figure does not count, or what a person should look at.
_ESTIMATED: Final = "số ước"
_NOT_MEANT: Final = "số tổng hoặc số thành phần của số khác trong câu"
_TOLD_BEFORE: Final = "đã nêu ở câu trước, không cộng lại"
_IN_TOTAL: Final = "đã có trong tổng"
_BY_THE_WEEK: Final = "số theo kỳ, không phải tổng"
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
    should look at; `whole` is the id of the claim with the total that the figure is a part of, '' for none."""

    claim: ClaimRow
    measure: str
    unit: str
    value: float
    total: float
    counted: bool
    note: str
    whole: str = ""


@cache
def measures() -> tuple[Measure, ...]:
    """The shipped measures, in the order they are shown."""
    raw = tomllib.loads((files(__package__) / "data" / "measures.toml").read_text(encoding="utf-8"))
    return tuple(Measure(one["id"], one["label"], tuple(one["units"]), tuple(one.get("not_under", ()))) for one in raw["measure"])


def figures(claims: Iterable[ClaimRow]) -> list[Figure]:
    """The figures of the claims, in their order."""
    wanted = [claim for claim in claims if claim.status == "done" and claim.actor in COUNTED_ACTORS and claim.agency is not None]
    best = _best_shares(wanted)
    shown = [(_told(claim, quantity), quantity.get("approximate", False)) for claim in wanted for quantity in claim.quantities]
    amounts = [(told, estimated) for told, estimated in shown if told is not None]
    meant = [told for told, _ in amounts if not _aside(told)]
    whole = {id(meant[part]): meant[total] for part, total in wholes(meant).items()}
    # What stands in a total may be told once more by itself; of a row and a total that are the same figure, the total counts.
    counted = {_key(told) for told in meant if id(told) in whole} - {_key(total) for total in whole.values()}
    found: dict[str, list[Figure]] = {}
    for told, estimated in amounts:
        total = whole.get(id(told))
        again = _key(told) in counted and total is None
        note = _aside(told) or (_IN_TOTAL if total else _TOLD_BEFORE if again else "")
        adds = not note
        found.setdefault(told.claim.id, []).append(
            Figure(
                told.claim,
                told.measure,
                told.unit,
                told.value,
                0,
                adds,
                note or (_ESTIMATED if estimated else ""),
                total.claim.id if total else "",
            )
        )
        if adds:
            counted.add(_key(told))
    for claim in wanted:
        if share := claim.coverage:
            adds = best[claim.agency, claim.item, share["unit"]] == claim.id
            figure = Figure(claim, SHARE, share["unit"], float(share["done"]), float(share["total"]), adds, "" if adds else _NOT_LARGEST)
            found.setdefault(claim.id, []).append(figure)
    return [figure for claim in wanted for figure in found.get(claim.id, ())]


def _told(claim: ClaimRow, quantity: Record) -> Told | None:
    """The figure under its measure; None for one that is not added up."""
    measure = _by_unit().get(quantity["unit"])
    if measure is None or claim.item in measure.not_under:
        return None
    return Told(claim, measure.id, quantity["unit"], float(quantity["value"]))


@cache
def _by_unit() -> dict[str, Measure]:
    return {unit: measure for measure in measures() for unit in measure.units}


def _key(told: Told) -> tuple[str | None, str, str, float]:
    return told.claim.agency, told.claim.item, told.unit, told.value


def _aside(told: Told) -> str:
    """Why the figure's own sentence says that it is not to be added; '' where it does not."""
    if not _meant(told.claim, told.unit, told.value):
        return _NOT_MEANT
    period = r"\s*(?:(?:/|mỗi|hằng|hàng)\s*(?:ngày|tuần|tháng|quý|kỳ)|(?:trong )?một (?:tuần|tháng|quý))\b"
    by_the_week = re.search(rf"\b{re.escape(told.unit)}{period}", told.claim.quote.lower())
    return _BY_THE_WEEK if by_the_week else ""


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
