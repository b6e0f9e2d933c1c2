"""The classes of agencies that a plan addresses ("các sở, ban, ngành"), as data in groups.toml, expanded on a day."""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from functools import cache

from ..errors import UsageError
from .datafiles import GROUPS_FILE, read_toml
from .model import Agency
from .registry import Registry

SUCCESSORS = "successors"  # in handed_on: those who succeed the actors that have ended


@dataclass(frozen=True, slots=True)
class Group:
    """A class of agencies. `open` is True where its members cannot be listed in full: what is listed (or nothing) is not the whole."""

    id: str
    wording: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    parent: str | None = None
    agencies: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    open: bool = False
    note: str = ""


@cache
def load_groups() -> dict[str, Group]:
    """The groups of groups.toml by id."""
    groups = [
        Group(
            id=raw["id"],
            wording=tuple(raw["wording"]),
            kinds=tuple(raw.get("kinds", ())),
            parent=raw.get("parent"),
            agencies=tuple(raw.get("agencies", ())),
            groups=tuple(raw.get("groups", ())),
            excluded=tuple(raw.get("except", ())),
            open=raw.get("open", False),
            note=raw.get("note", ""),
        )
        for raw in read_toml(GROUPS_FILE)["group"]
    ]
    return {group.id: group for group in groups}


def get_group(group: str) -> Group:
    """The group of that id; UsageError naming the known ones when there is none."""
    known = load_groups()
    if group not in known:
        near = difflib.get_close_matches(group, known, n=1)
        raise UsageError(f"No group is called {group!r}.", f"Did you mean {near[0]}?" if near else f"Known are {', '.join(known)}.")
    return known[group]


def expand_group(group: str, registry: Registry, on: date) -> tuple[Agency, ...]:
    """The members of a group on that day, in the registry's order; () for a group of which no member is listed."""
    codes = _codes(get_group(group), registry, on)
    return tuple(agency for agency in registry.agencies if agency.code in codes)


def expand_actors(actors: tuple[str, ...], registry: Registry, on: date) -> tuple[Agency, ...]:
    """The agencies behind codes and group names on that day, each once, in the order given; without those that do not exist on the day.
    UsageError for a code that is in no registry."""
    found: dict[str, Agency] = {}
    for actor in actors:
        members = expand_group(actor, registry, on) if actor in load_groups() else (registry.by_code(actor),)
        found.update({agency.code: agency for agency in members if agency.valid_on(on)})
    return tuple(found.values())


def _codes(group: Group, registry: Registry, on: date) -> frozenset[str]:
    if (group.id, on) not in registry.members:
        registry.members[group.id, on] = _found(group, registry, on)
    return registry.members[group.id, on]


def _found(group: Group, registry: Registry, on: date) -> frozenset[str]:
    def belongs(agency: Agency) -> bool:
        of_kind = agency.kind in group.kinds and group.parent in (None, agency.parent)
        named = agency.code in group.agencies or group.id in agency.groups
        return agency.valid_on(on) and agency.code not in group.excluded and (of_kind or named)

    codes = frozenset(agency.code for agency in registry.agencies if belongs(agency))
    return codes.union(*(_codes(get_group(inner), registry, on) for inner in group.groups))
