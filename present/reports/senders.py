"""Who writes the reports about a plan: the department that the plan names most often as adviser, under the body that issued the plan."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Final

from ...store.filters import pick_agencies
from ..language import words
from .decree30 import Sender

if TYPE_CHECKING:
    from ...plan.model import Agency, Plan
    from ...plan.registry import Registry

_COMMITTEE: Final = re.compile(r"^ủy ban nhân dân (?:thành phố|tỉnh|quận|huyện|thị xã|xã|phường|thị trấn) ", re.IGNORECASE)
_CHAIR: Final = "CHỦ TỊCH"
_DIRECTOR: Final = "GIÁM ĐỐC"


def writer_of(plan: Plan, registry: Registry, day: date, named: str = "") -> Agency:
    """The agency named by code or name; else the one that advises on most duties of the plan; else the plan's issuer. Of one that has ended
    by that day, its first successor. Raises UsageError for a name that is no agency's."""
    if named:
        found = [registry.by_code(code) for code in sorted(pick_agencies(registry, named, day.year))]
        return next((agency for agency in found if agency.valid_on(day)), found[0])
    advisers = Counter(code for duty in plan.duties for code in duty.advise if code in registry)
    writer = registry.by_code(advisers.most_common(1)[0][0] if advisers else plan.issuer)
    while not writer.valid_on(day) and writer.valid_to and writer.valid_to < day and writer.successors:
        writer = registry.by_code(writer.successors[0])
    return writer


def sender_of(plan: Plan, registry: Registry, writer: Agency) -> Sender:
    """The letterhead of that agency."""
    issuer = registry.by_code(plan.issuer)
    own = writer.code == plan.issuer
    symbol = next((sign.partition("-")[2] for sign in writer.symbols if "-" in sign), "")
    place = _COMMITTEE.sub("", issuer.name)
    name = writer.name if own else without_place(writer.name, place)
    return Sender("" if own else issuer.name, name, place, symbol, words(_CHAIR if own else _DIRECTOR))


def without_place(name: str, place: str) -> str:
    """A department's name without the city or province that all of them share."""
    return name.removesuffix(f" thành phố {place}").removesuffix(f" tỉnh {place}")
