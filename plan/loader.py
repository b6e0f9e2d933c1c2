"""A plan file (TOML) becomes a `Plan`, or is refused with the line and what to write instead. The keys are told in docs/plan-file.md."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import PlanError
from .datafiles import PLAN_FILE, parse_toml, read_text
from .model import DueRule, Duty, HandedOn, Plan, PlanItem, Trigger
from .registry import Registry, load_registry

if TYPE_CHECKING:
    from .validate import Problem

_RULES_KEY = re.compile(r'^rules\s*=\s*"([^"\\]+)"', re.MULTILINE)


def load_plan(path: Path | None = None, registry: Registry | None = None) -> Plan:
    """The plan in the TOML file `path`, or the shipped one; its agencies are looked for in `registry`, or in the shipped list. Raises
    PlanError naming file and line, InputError when it cannot be opened."""
    return _shipped() if path is None else _load(path, registry or load_registry())


def plan_from_text(text: str, path: Path) -> Plan:
    """The plan in a TOML text that was found sound before; `path` is the file that it came from, for messages."""
    return _built(parse_toml(text, path), text, path)


def check_plan(path: Path, registry: Registry | None = None) -> list[PlanError]:
    """All that is wrong with the plan file: where ("FILE, line 12: ..."), and what to write instead; [] when it can be used."""
    from .source import SourceMap
    from .validate import find_problems

    try:
        text = read_text(path)
        data = parse_toml(text, path)
    except PlanError as fault:
        return [fault]
    return [_fault(path, problem) for problem in find_problems(data, SourceMap(text), registry or load_registry())]


def _fault(path: Path, problem: Problem) -> PlanError:
    return PlanError(f"{path}, line {problem.line}: {problem.what}", problem.instead)


@cache
def _shipped() -> Plan:
    """The shipped plan, whose soundness a test checks once and for all: validating it would cost every query a tenth of its time."""
    text = read_text(PLAN_FILE)
    return _built(parse_toml(text, PLAN_FILE), text, PLAN_FILE)


def _load(path: Path, registry: Registry) -> Plan:
    from .source import SourceMap
    from .validate import find_problems

    text = read_text(path)
    data = parse_toml(text, path)
    problems = find_problems(data, SourceMap(text), registry)
    if problems:
        first, more = _fault(path, problems[0]), len(problems) - 1
        if more:
            raise PlanError(first.message, f"{first.next_step}\n" + f"And {more} more: `minhchung plan check {path}` lists all.")
        raise first
    return _built(data, text, path)


def version_of(text: str, rules: str = "") -> str:
    """The version of a plan file's text with that of its rules file: 12 hexadecimal digits of their digest."""
    return hashlib.sha256(f"{text}\0{rules}".encode() if rules else text.encode()).hexdigest()[:12]


def rules_file(path: Path, rules: str) -> Path:
    """The rules file that a plan names: it lies beside the plan's own."""
    return path.parent / rules


def _rules_text(path: Path, rules: str) -> str:
    """The text of the rules file; that it is not there is told when it is needed: a store answers without it."""
    file = rules_file(path, rules)
    return read_text(file) if rules and file.is_file() else ""


def version_in_file(path: Path) -> str:
    """The version of what lies in a plan file now, with its rules file. Raises OSError and UnicodeDecodeError."""
    text = path.read_text(encoding="utf-8-sig")
    named = _RULES_KEY.search(text)
    return version_of(text, _rules_text(path, named[1]) if named else "")


def _built(data: dict[str, Any], text: str, path: Path) -> Plan:
    head = data["plan"]
    return Plan(
        **head,
        version=version_of(text, _rules_text(path, head.get("rules", ""))),
        path=str(path),
        items=tuple(PlanItem(**item) for item in data["item"]),
        duties=tuple(_duty(duty) for duty in data["duty"]),
        triggers=tuple(Trigger(**trigger) for trigger in data.get("trigger", [])),
    )


def _duty(raw: dict[str, Any]) -> Duty:
    handed_on = HandedOn(**_tuples(raw["handed_on"])) if "handed_on" in raw else None
    return Duty(**{**_tuples(raw), "due": DueRule(**_tuples(raw["due"])), "handed_on": handed_on})


def _tuples(raw: dict[str, Any]) -> dict[str, Any]:
    """TOML's lists as tuples, so that what is built from them is frozen throughout."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in raw.items()}
