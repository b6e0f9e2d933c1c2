"""The agencies through time, from agencies.csv.

Columns: code, name, short, kind, parent, from, to, successors, symbols, confidence, aliases; lists are divided by "|". `short` is empty
where it is the name with "UBND" for "Ủy ban nhân dân". `symbols` is empty where the kind gives them. A twelfth column `groups` may follow:
groups of groups.toml that the agency belongs to beside those that its kind puts it into. `from` and `to` are inclusive and
may be as coarse as what is known: "2025-03-01", "2010-05" or "2025". A coarse `from` counts from the first day of its month or year and a
coarse `to` until the last, so that in a year of change the old and the new body are both candidates and neither is ruled out by a date
that nobody has established.
"""

from __future__ import annotations

import csv
import difflib
import hashlib
import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from pathlib import Path

from ..errors import PlanError, UsageError
from .datafiles import AGENCIES_FILE, GROUPS_FILE, NAMES_FILE, read_text, read_toml
from .kinds import name_data
from .model import Agency

COLUMNS = ("code", "name", "short", "kind", "parent", "from", "to", "successors", "symbols", "confidence", "aliases")
GROUPS_COLUMN = "groups"
CONFIDENCES = ("verified", "partly", "remembered")


@dataclass(frozen=True, slots=True)
class Registry:
    """All agencies, in the file's order. `version` is a digest of all data that decides who is who: agencies, groups and names. `members`
    remembers which codes a group had on a day: a year of a plan asks for the same few groups a hundred times."""

    agencies: tuple[Agency, ...]
    version: str
    _by_code: dict[str, Agency] = field(init=False, repr=False, compare=False)
    members: dict[tuple[str, date], frozenset[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_code", {agency.code: agency for agency in self.agencies})

    def __contains__(self, code: object) -> bool:
        """Whether there is an agency of that code."""
        return code in self._by_code

    def by_code(self, code: str) -> Agency:
        """The agency of that code; UsageError naming the nearest ones when there is none."""
        found = self._by_code.get(code)
        if found is None:
            near = ", ".join(f"{a.code} ({a.short_name})" for a in self.near(code))
            raise UsageError(
                f"No agency has the code {code!r}.", f"Did you mean {near}?" if near else "`minhchung agencies` lists the codes."
            )
        return found

    def near(self, text: str) -> tuple[Agency, ...]:
        """Up to five agencies whose code or short name resembles or contains the text."""
        wanted = text.casefold().strip()
        if not wanted:
            return ()
        inside = [a for a in self.agencies if wanted in a.code.casefold() or wanted in a.short_name.casefold()]
        codes = {a.code.casefold(): a for a in self.agencies}
        alike = [codes[c] for c in difflib.get_close_matches(wanted, codes, n=5, cutoff=0.7)]
        return tuple(dict.fromkeys([*alike, *inside]))[:5]

    def valid_on(self, day: date) -> tuple[Agency, ...]:
        """The agencies that existed on that day."""
        return tuple(agency for agency in self.agencies if agency.valid_on(day))


def in_year(agency: Agency, year: int) -> bool:
    """Whether the agency existed on some day of that year."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    return (agency.valid_from or first) <= last and (agency.valid_to or last) >= first


def load_registry(path: Path | None = None) -> Registry:
    """The registry in the CSV file `path`, or the shipped one. Raises PlanError naming file, line and what to write instead."""
    return _shipped() if path is None else _load(path)


@cache
def _shipped() -> Registry:
    return _load(AGENCIES_FILE)


def _load(path: Path) -> Registry:
    return registry_from_text(read_text(path), path)


def registry_from_text(text: str, path: Path) -> Registry:
    """The registry in a CSV text; `path` is the file that it came from, for messages. Raises PlanError as `load_registry`."""
    lines: dict[str, int] = {}
    agencies = []
    for line, row in _rows(text, path):
        agency = _agency(row[: len(COLUMNS)], path, line)
        if named := row[len(COLUMNS) :]:
            agency = replace(agency, groups=_groups(named[0], path, line))
        if agency.code in lines:
            raise _fault(
                path, line, f"the code {agency.code} stands twice (first on line {lines[agency.code]})", "Give each agency its own code."
            )
        lines[agency.code] = line
        agencies.append(agency)
    _check_references(agencies, lines, path)
    digest = hashlib.sha256("\0".join([text, read_text(GROUPS_FILE), read_text(NAMES_FILE)]).encode())
    return Registry(tuple(agencies), digest.hexdigest()[:12])


def _rows(text: str, path: Path) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(text.splitlines(), strict=True)
    try:
        head = next(reader, [])
        if tuple(head) not in (COLUMNS, (*COLUMNS, GROUPS_COLUMN)):
            raise _fault(path, 1, f"the columns are {','.join(head)}", f"Write {','.join(COLUMNS)}.")
        for row in reader:
            if len(row) != len(head):
                raise _fault(
                    path, reader.line_num, f"the row has {len(row)} fields",
                    f"Write {len(head)}; put a name that holds a comma in double quotes.",
                )  # fmt: skip
            yield reader.line_num, row
    except csv.Error as fault:
        raise _fault(path, reader.line_num, f"not CSV ({fault})", "Close the double quotes.") from fault


def _agency(row: list[str], path: Path, line: int) -> Agency:
    code, name, short, kind, parent, first, last, successors, symbols, confidence, aliases = row
    if not code or not name:
        raise _fault(path, line, "an agency without a code or a name", "Fill in both.")
    known = name_data().kinds.get(kind)
    if known is None:
        raise _fault(path, line, f"unknown kind {kind!r}", f"Write one of {', '.join(name_data().kinds)}.")
    if confidence not in CONFIDENCES:
        raise _fault(path, line, f"unknown confidence {confidence!r}", f"Write one of {', '.join(CONFIDENCES)}.")
    valid_from, valid_to = _bound(first, path, line, end=False), _bound(last, path, line, end=True)
    if valid_from and valid_to and valid_to < valid_from:
        raise _fault(path, line, f"it ends ({last}) before it begins ({first})", "Put the earlier day in the column from.")
    return Agency(
        code=code,
        name=name,
        short_name=short or name.replace("Ủy ban nhân dân", "UBND"),
        kind=kind,
        aliases=_list(aliases),
        parent=parent or None,
        valid_from=valid_from,
        valid_to=valid_to,
        successors=_list(successors),
        symbols=_list(symbols) or known.symbols,
        confidence=confidence,
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(text.split("|")) if text else ()


def _groups(text: str, path: Path, line: int) -> tuple[str, ...]:
    known = [group["id"] for group in read_toml(GROUPS_FILE)["group"]] if text else []
    for name in _list(text):
        if name not in known:
            raise _fault(path, line, f"unknown group {name!r}", f"Write some of {'|'.join(known)}.")
    return _list(text)


def _bound(text: str, path: Path, line: int, *, end: bool) -> date | None:
    """The day that bounds a period; see the module's words on coarse days."""
    if not text:
        return None
    try:
        if not re.fullmatch(r"\d{4}(-\d\d){0,2}", text):
            raise ValueError(text)
        year, month, day = [*map(int, text.split("-")), 0, 0][:3]
        if day:
            return date(year, month, day)
        if month:
            return date(year, month, monthrange(year, month)[1] if end else 1)
        return date(year, 12, 31) if end else date(year, 1, 1)
    except ValueError as fault:
        raise _fault(path, line, f"{text!r} is no day", "Write 2025-03-01, or 2025-03, or 2025 where no more is known.") from fault


def _check_references(agencies: list[Agency], lines: dict[str, int], path: Path) -> None:
    for agency in agencies:
        for code in [*([agency.parent] if agency.parent else []), *agency.successors]:
            if code not in lines:
                near = ", ".join(difflib.get_close_matches(code, lines, n=3))
                raise _fault(
                    path, lines[agency.code], f"{agency.code} names {code}, which is not in the file",
                    f"Write {near}." if near else "Write a code of this file.",
                )  # fmt: skip


def _fault(path: Path, line: int, what: str, instead: str) -> PlanError:
    return PlanError(f"{path}, line {line}: {what}", instead)
