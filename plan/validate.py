"""Finds all that is wrong with a plan file: keys, values, references and deadlines, each with its line and what to write instead."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from .groups import SUCCESSORS, load_groups
from .registry import Registry
from .schema import DUE_KEYS, DUE_SHAPES, TABLES, Key
from .source import SourceMap

_ARRAYS = ("item", "trigger", "duty")
_AGENCY_KEYS = ("actors", "inferred", "exclude", "advise", "coordinate")


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong on a line (from 1), and what to write instead, in sentences."""

    line: int
    what: str
    instead: str


def find_problems(data: dict[str, Any], source: SourceMap, registry: Registry) -> list[Problem]:
    """All problems of a parsed plan file, by line. References are looked at only once the tables themselves are sound."""
    found = list(_shape(data, source))
    if not found:
        found = [*_duplicates(data, source), *_references(data, source, registry), *_deadlines(data, source)]
    return sorted(found, key=lambda problem: problem.line)


def _shape(data: dict[str, Any], source: SourceMap) -> Iterator[Problem]:
    """Tables that are missing, unknown or of the wrong form, then the keys of each."""
    for name in data:
        if name not in TABLES:
            yield Problem(source.line(name, 0, name), f"unknown table or key {name!r}", _suggest(name, TABLES))
    if not isinstance(data.get("plan"), dict):
        yield Problem(source.line("plan"), "no table [plan]", f"Begin the file with [plan] and its keys {', '.join(TABLES['plan'])}.")
    else:
        yield from _keys("plan", 0, data["plan"], TABLES["plan"], source)
    for name in _ARRAYS:
        entries = data.get(name, [])
        if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
            yield Problem(source.line(name), f"[{name}] is not a list of tables", f"Write [[{name}]] above each one.")
            continue
        if name != "trigger" and not entries:
            yield Problem(1, f"no [[{name}]]", f"Write at least one [[{name}]].")
        for index, entry in enumerate(entries):
            yield from _keys(name, index, entry, TABLES[name], source)
            if name == "duty" and isinstance(entry.get("due"), dict):
                yield from _due_keys(index, entry["due"], source)


def _keys(table: str, index: int, entry: dict[str, Any], known: dict[str, Key], source: SourceMap) -> Iterator[Problem]:
    label = _label(table, index, entry)
    for key, value in entry.items():
        line = source.line(table, index, key)
        if key not in known:
            yield Problem(line, f"{label}: unknown key {key!r}", _suggest(key, known))
        elif instead := known[key].check(value):
            yield Problem(line, f"{label} cannot have {key} = {value!r}", instead)
    for key, rule in known.items():
        if rule.required and key not in entry:
            hint = "Write [duty.due] below it." if key == "due" else f"Add a line that begins with {key} = ."
            yield Problem(source.line(table, index), f"{label} lacks {key}", hint)


def _due_keys(index: int, due: dict[str, Any], source: SourceMap) -> Iterator[Problem]:
    """The keys of [duty.due]: which ones, its kind decides."""
    kind = due.get("kind")
    if not isinstance(kind, str) or kind not in DUE_SHAPES:
        yield Problem(source.line("duty.due", index, "kind"), f"the deadline's kind is {kind!r}", f"Write one of {', '.join(DUE_SHAPES)}.")
        return
    must, may = DUE_SHAPES[kind]
    allowed = must | may | {"kind", "wording"}
    known = {key: Key(DUE_KEYS[key].check, required=key in must) for key in DUE_KEYS if key in allowed}
    yield from _keys("duty.due", index, due, known, source)
    if "by_day" in due and "before_day" in due:
        yield Problem(source.line("duty.due", index, "before_day"), "by_day and before_day together", "Keep the one that the plan means.")


def _duplicates(data: dict[str, Any], source: SourceMap) -> Iterator[Problem]:
    for name in _ARRAYS:
        seen: dict[str, int] = {}
        for index, entry in enumerate(data.get(name, [])):
            line = source.line(name, index, "id")
            if entry["id"] in seen:
                yield Problem(line, f"{name} id {entry['id']!r} stands twice (first on line {seen[entry['id']]})", "Give each its own id.")
            seen.setdefault(entry["id"], line)


def _references(data: dict[str, Any], source: SourceMap, registry: Registry) -> Iterator[Problem]:
    """Items, triggers, agencies and groups that are named but do not exist."""
    issuer = data["plan"]["issuer"]
    if issuer not in registry:
        yield Problem(source.line("plan", 0, "issuer"), f"unknown agency {issuer!r} as issuer", _near_agency(issuer, registry))
    items = [item["id"] for item in data["item"]]
    triggers = [trigger["id"] for trigger in data.get("trigger", [])]
    for index, duty in enumerate(data["duty"]):
        label = _label("duty", index, duty)
        if not duty["actors"] and not duty.get("unlisted"):
            instead = "Name at least one; names that no list of agencies has go into unlisted."
            yield Problem(source.line("duty", index, "actors"), f"{label}: nobody in actors", instead)
        if duty["item"] not in items:
            yield Problem(source.line("duty", index, "item"), f"{label}: unknown item {duty['item']!r}", _suggest(duty["item"], items))
        for trigger in duty["due"].get("after", []):
            if trigger not in triggers:
                line = source.line("duty.due", index, "after")
                yield Problem(line, f"{label}: unknown trigger {trigger!r}", _suggest(trigger, triggers))
        for key in _AGENCY_KEYS:
            for name in duty.get(key, []):
                yield from _unknown_agency(name, label, key, source.line("duty", index, key), registry)
        for name in duty.get("handed_on", {}).get("to", []):
            if name != SUCCESSORS:
                yield from _unknown_agency(name, label, "handed_on", source.line("duty", index, "handed_on"), registry)


def _unknown_agency(name: str, label: str, key: str, line: int, registry: Registry) -> Iterator[Problem]:
    if name in load_groups() or name in registry:
        return
    if name.startswith("G-"):
        yield Problem(line, f"{label} names the unknown group {name!r} in {key}", _suggest(name, load_groups()))
    else:
        yield Problem(line, f"{label} names the unknown agency {name!r} in {key}", _near_agency(name, registry))


def _near_agency(name: str, registry: Registry) -> str:
    near = ", ".join(f"{a.code} ({a.short_name})" for a in registry.near(name))
    return f"Write {near}." if near else "Write a code that `minhchung agencies` lists, or a group as G-QH."


def _deadlines(data: dict[str, Any], source: SourceMap) -> Iterator[Problem]:
    """Deadlines that contradict themselves or come before the plan; a plan that ends before it begins."""
    if data["plan"].get("last_year", data["plan"]["year"]) < data["plan"]["year"]:
        line = source.line("plan", 0, "last_year")
        yield Problem(line, f"[plan]: last_year {data['plan']['last_year']} is before the plan", f"Write {data['plan']['year']} or later.")
    for index, duty in enumerate(data["duty"]):
        due, label = duty["due"], _label("duty", index, duty)
        if "first" in due and "last" in due and due["last"] < due["first"]:
            line = source.line("duty.due", index, "last")
            yield Problem(line, f"{label}: last ({due['last']}) is before first ({due['first']})", "Put the earlier day in first.")
        if "first" in due and "before" in due and due["before"] <= due["first"]:
            line = source.line("duty.due", index, "before")
            yield Problem(line, f"{label}: before ({due['before']}) is not after first ({due['first']})", "Put the earlier day in first.")
        if due.get("first_year", data["plan"]["year"]) < data["plan"]["year"]:
            line = source.line("duty.due", index, "first_year")
            yield Problem(line, f"{label}: first_year {due['first_year']} is before the plan", f"Write {data['plan']['year']} or later.")


def _label(table: str, index: int, entry: dict[str, Any]) -> str:
    if table == "plan":
        return "[plan]"
    if table == "duty.due":
        return f"[duty.due] of duty {index + 1}"
    name = entry.get("id")
    return f"{table} {name}" if isinstance(name, str) else f"{table} {index + 1}"


def _suggest(wrong: str, known: Collection[str]) -> str:
    near = difflib.get_close_matches(wrong, list(known), n=1)
    return f"Did you mean {near[0]}?" if near else f"Known are {', '.join(known) or 'none'}."
