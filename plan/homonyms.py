"""Names that several agencies share, told apart: "UBND xã Quốc Tuấn" of two districts is one name for two senders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from .names import name_key
from .registry import in_year

if TYPE_CHECKING:
    from .model import Agency
    from .registry import Registry

_COMMITTEES = ("Ủy ban nhân dân ", "Uỷ ban nhân dân ", "UBND ")


def told_names(registry: Registry, years: Iterable[int]) -> dict[str, str]:
    """The short name of each agency by its code. One that another agency of these years has too carries its superior's ("UBND xã Quốc
    Tuấn, huyện An Dương"); two of one superior, one of which followed the other within the year, carry their codes."""
    wanted = set(years)
    by_name: dict[str, list[Agency]] = {}
    for agency in registry.agencies:
        by_name.setdefault(name_key(agency.short_name), []).append(agency)
    told = {agency.code: agency.short_name for agency in registry.agencies}
    for namesakes in by_name.values():
        there = [agency for agency in namesakes if len(namesakes) > 1 and any(in_year(agency, year) for year in wanted)]
        for agency in namesakes:
            if others := [other for other in there if other is not agency]:
                told[agency.code] = _told_apart(agency, others, registry)
    return told


def _told_apart(agency: Agency, others: Sequence[Agency], registry: Registry) -> str:
    name, superior = agency.short_name, _superior(agency, registry)
    alike = [other for other in others if _superior(other, registry) == superior]
    if superior and len(alike) < len(others):
        name += f", {superior}"
    return f"{name} ({agency.code})" if alike else name


def _superior(agency: Agency, registry: Registry) -> str:
    superior = registry.by_code(agency.parent).name if agency.parent else ""
    for committee in _COMMITTEES:
        superior = superior.removeprefix(committee)
    return superior
