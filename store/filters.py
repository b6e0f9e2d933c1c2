"""What a question is narrowed to, and how the words of a person become codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final

from ..errors import UsageError
from .fold import words

if TYPE_CHECKING:
    from ..plan.model import Agency, Plan
    from ..plan.registry import Registry

_SHOWN: Final = 6  # near matches named in a message


@dataclass(frozen=True, slots=True)
class Filters:
    """None means not narrowed. `agencies` and `items` hold codes and ids; `as_of` is the day the question is asked for, `plan` the
    number of a plan of the store."""

    agencies: frozenset[str] | None = None
    items: frozenset[str] | None = None
    year: int | None = None
    as_of: date | None = None
    plan: int | None = None

    def takes(self, agency: str | None, item: str | None = None, year: int | None = None) -> bool:
        """Whether a row of that agency, item and year is wanted; a None in the row passes only where that is not narrowed."""
        return (
            (self.agencies is None or agency in self.agencies)
            and (self.items is None or item in self.items)
            and (self.year is None or year == self.year)
        )


def _names(agency: Agency) -> set[str]:
    names = {words(name) for name in (agency.name, agency.short_name, *agency.aliases)}
    return names | {name.replace("uy ban nhan dan", "ubnd") for name in names}


def _listed(agencies: Iterable[Agency]) -> str:
    return "; ".join(f"{agency.code} {agency.short_name}" for agency in agencies)


def pick_agencies(registry: Registry, text: str, year: int | None = None) -> frozenset[str]:
    """The codes meant by a code or a name, tone marks or not: "QH-305", "UBND quận Lê Chân", "so noi vu".

    An agency that was succeeded by one of the same name is both. Raises UsageError, naming what is near, for none or for too many.
    """
    wanted = words(text).replace("uy ban nhan dan", "ubnd")
    by_code = [agency for agency in registry.agencies if agency.code.lower() == text.strip().lower()]
    exact = by_code or [agency for agency in registry.agencies if wanted in _names(agency)]
    if exact:
        return frozenset(agency.code for agency in exact)
    inside = [agency for agency in registry.agencies if wanted and any(f" {wanted} " in f" {name} " for name in _names(agency))]
    if year is not None:
        inside = [agency for agency in inside if agency.valid_on(date(year, 12, 31))] or inside
    if len(inside) == 1:
        return frozenset(agency.code for agency in inside)
    if inside:
        shown = _listed(inside[:_SHOWN])
        shown = f"{shown}; and {len(inside) - _SHOWN} more" if len(inside) > _SHOWN else shown
        raise UsageError(f"{text!r} is in the names of {len(inside)} agencies.", f"Name one: {shown}")
    near = _near(registry, text, wanted)
    raise UsageError(f"No agency is called {text!r}.", f"Near it: {_listed(near)}" if near else "See them all: minhchung agencies")


def _near(registry: Registry, text: str, wanted: str) -> list[Agency]:
    by_name: dict[str, list[Agency]] = {}
    for agency in registry.agencies:
        for name in {words(agency.short_name), agency.code.lower()}:
            by_name.setdefault(name, []).append(agency)
    import difflib

    close = difflib.get_close_matches(wanted, by_name, _SHOWN, 0.6) + difflib.get_close_matches(text.lower(), by_name, _SHOWN, 0.6)
    found = {agency.code: agency for name in close for agency in by_name[name]}
    return list(found.values())[:_SHOWN]


def pick_items(plan: Plan, text: str) -> frozenset[str]:
    """The items meant by an id ("II.1.a"), the beginning of ids ("II.1") or an item's short name ("tập huấn"). Raises UsageError."""
    wanted = text.strip().lower().rstrip(".")
    exact = [item.id for item in plan.items if item.id.lower() == wanted or words(item.short) == words(text)]
    found = exact or [item.id for item in plan.items if item.id.lower().startswith(f"{wanted}.")]
    if not found:
        import difflib

        near = difflib.get_close_matches(wanted, [item.id.lower() for item in plan.items], 3, 0.5)
        hint = ", ".join(f"{item.id} ({item.short})" for item in plan.items if not near or item.id.lower() in near)
        raise UsageError(f"The plan has no item {text!r}.", f"Near it: {hint}" if near else f"It has {hint}")
    return frozenset(found)
