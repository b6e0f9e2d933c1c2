"""What is doubtful in a list of agencies that can be read: bodies that stand twice, namesakes that nothing tells apart, dead successors.

None of these stops the list from being used: each is something for a person to look at, named with the agency and what to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import Literal

from .model import Agency
from .names import name_key
from .registry import Registry
from .succession import successors

Doubt = Literal["overlap", "homonym-without-parent", "dead-successor", "dead-parent", "no-successor"]


@dataclass(frozen=True, slots=True)
class AgencyDoubt:
    """Something doubtful about one agency (`code`), the other agencies that it concerns, and what to do."""

    doubt: Doubt
    code: str
    name: str
    others: list[str]
    message: str
    next_step: str


def check_agencies(registry: Registry) -> list[AgencyDoubt]:
    """All that is doubtful, in the registry's order."""
    order = {agency.code: place for place, agency in enumerate(registry.agencies)}
    found = [*_same_names(registry), *_succession(registry), *_parents(registry)]
    return sorted(found, key=lambda doubt: order[doubt.code])


def _same_names(registry: Registry) -> Iterator[AgencyDoubt]:
    by_name: dict[str, list[Agency]] = {}
    for agency in registry.agencies:
        by_name.setdefault(name_key(agency.name), []).append(agency)
    for namesakes in by_name.values():
        for one, other in combinations(namesakes, 2):
            if not _overlap(one, other):
                continue
            if one.parent is None or other.parent is None:
                told = f"{one.code} and {other.code} share a name in the same time, and nothing above them tells them apart"
                yield AgencyDoubt("homonym-without-parent", one.code, one.name, [other.code], told, "Fill in the parent of both.")
            elif one.parent == other.parent:
                told = f"{one.code} and {other.code} have one name and one superior in the same time"
                yield AgencyDoubt("overlap", one.code, one.name, [other.code], told, "End one before the other begins, or keep one.")


def _overlap(one: Agency, other: Agency) -> bool:
    first = max(one.valid_from or date.min, other.valid_from or date.min)
    return first <= min(one.valid_to or date.max, other.valid_to or date.max)


def _succession(registry: Registry) -> Iterator[AgencyDoubt]:
    for agency in registry.agencies:
        if agency.valid_to is None:
            continue
        if not agency.successors:
            told = f"{agency.code} ended on {agency.valid_to} and no successor is named"
            yield AgencyDoubt("no-successor", agency.code, agency.name, [], told, "Name its successors where there are any.")
            continue
        after = agency.valid_to + timedelta(days=1)
        dead = [code for code in agency.successors if _died_before(registry.by_code(code), after)]
        if dead:
            told = f"{agency.code} ended on {agency.valid_to}, and {', '.join(dead)} had ended by then"
            yield AgencyDoubt("dead-successor", agency.code, agency.name, dead, told, "Name who existed after that day.")
        elif not successors(agency, registry, date.max):
            told = f"the successors of {agency.code} have all ended, and none of them names one that still exists"
            yield AgencyDoubt(
                "dead-successor", agency.code, agency.name, list(agency.successors), told, "Name the successors of the successors."
            )


def _died_before(agency: Agency, day: date) -> bool:
    return agency.valid_to is not None and agency.valid_to < day


def _parents(registry: Registry) -> Iterator[AgencyDoubt]:
    """A body that outlives its superior: the superior's successor belongs in the list, or the body ended too."""
    for agency in registry.agencies:
        parent = registry.by_code(agency.parent) if agency.parent else None
        if parent is not None and parent.valid_to is not None and (agency.valid_to is None or agency.valid_to > parent.valid_to):
            told = f"{agency.code} goes on after its superior {parent.code} ended on {parent.valid_to}"
            yield AgencyDoubt("dead-parent", agency.code, agency.name, [parent.code], told, "End it, or enter its new superior.")
