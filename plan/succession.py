"""Who takes whose place: successors that existed on a day, and predecessors whose evidence of the same year may be credited.

Nothing here hands a duty on. A duty goes to successors only where an entry of the plan names the document that says so (`handed_on`); what
may be credited without one is evidence, for a duty that the successor owes in its own right.
"""

from __future__ import annotations

from datetime import date

from .model import Agency
from .registry import Registry


def successors(agency: Agency, registry: Registry, on: date) -> tuple[Agency, ...]:
    """Who stands in the agency's place on that day, through all that came between; () while it exists itself or where nobody does."""
    found: dict[str, Agency] = {}
    seen, ahead = {agency.code}, [agency]
    while ahead:
        one = ahead.pop()
        if one is not agency and one.valid_on(on):
            found[one.code] = one
        elif one.valid_to is not None and one.valid_to < on:
            new = [code for code in one.successors if code not in seen and code in registry]
            seen.update(new)
            ahead += [registry.by_code(code) for code in new]
    return tuple(a for a in registry.agencies if a.code in found)


def predecessors(registry: Registry, year: int) -> dict[str, tuple[Agency, ...]]:
    """For each agency that began within the year, those that it replaced in that year.

    Left out: a successor that existed beside its predecessor (it has evidence of its own), and a predecessor that was the superior of
    another one: a ward made of three wards follows those and not their district, though the district's territory came to it.
    """
    first, last = date(year, 1, 1), date(year, 12, 31)
    found: dict[str, list[Agency]] = {}
    for old in registry.agencies:
        if old.valid_to is None or not first <= old.valid_to <= last:
            continue
        for code in old.successors:
            new = registry.by_code(code)
            if new.valid_from is not None and old.valid_to < new.valid_from <= last:
                found.setdefault(code, []).append(old)
    return {code: _lowest(olds) for code, olds in found.items()}


def _lowest(agencies: list[Agency]) -> tuple[Agency, ...]:
    superiors = {agency.parent for agency in agencies}
    return tuple(agency for agency in agencies if agency.code not in superiors)
