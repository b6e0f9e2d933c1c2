"""The cue words that a plan brings along: a rules file beside the plan's own, in the form of `rules/*.toml`.

Its groups are `item.ID.strong` (names the item by itself), `item.ID.weak` (does so under a heading of the item, or beside the law's name)
and `law.explicit` (the law or text that the plan carries out). Phrases are whole syllables of folded text, as everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ..errors import PlanError
from ..plan.datafiles import read_toml
from ..plan.loader import rules_file
from ..plan.model import Plan
from .analysis import Hit
from .fold import fold
from .rules import Rule, rules_from

LAW = "law.explicit"


@dataclass(frozen=True, slots=True)
class PlanRules:
    """The rules of one plan, each with the pattern that its phrases or its regex come to."""

    rules: tuple[tuple[Rule, re.Pattern[str]], ...]

    def hits(self, folded: str) -> dict[str, list[Hit]]:
        """What is found in a folded text, by group, in text order."""
        found: dict[str, list[Hit]] = {}
        for rule, regex in self.rules:
            for match in regex.finditer(folded):
                if match.end() > match.start() and not rule.cancelled(folded, match.start(), match.end()):
                    found.setdefault(rule.group, []).append(Hit(rule.id, rule.group, match.start(), match.end()))
        return {group: sorted(hits, key=lambda hit: hit.start) for group, hits in found.items()}


def plan_rules(plan: Plan) -> PlanRules:
    """The rules of a plan that names a rules file. Raises PlanError where it is not there or at fault."""
    return _loaded(rules_file(Path(plan.path), plan.rules), plan.version)


@lru_cache(maxsize=16)
def _loaded(path: Path, version: str) -> PlanRules:
    """`version` is part of the key: a file that has changed is read again."""
    if not path.is_file():
        raise PlanError(
            f"{path} is not there: the plan (version {version}) names it for its cue words.",
            "Put it beside the plan, or import the plan anew.",
        )
    rules = rules_from(read_toml(path).get("rule", []), path.name)
    return PlanRules(tuple((rule, rule.pattern or _phrases(rule.phrases)) for rule in rules))


def _phrases(phrases: tuple[str, ...]) -> re.Pattern[str]:
    longest = sorted(phrases, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(re.escape(phrase) for phrase in longest)})(?!\w)")


def check_rules(plan: Plan) -> list[PlanError]:
    """What is wrong with a plan's rules file: it cannot be read, a group that no item has, a sentence that does not match as it says. []
    where all is well, and for a plan without one."""
    if not plan.rules:
        return []
    try:
        loaded = plan_rules(plan)
    except PlanError as fault:
        return [fault]
    groups = {LAW, *(f"item.{item.id}.{force}" for item in plan.items for force in ("strong", "weak"))}
    return [fault for rule, regex in loaded.rules for fault in _faults(plan.rules, rule, regex, groups)]


def _faults(file: str, rule: Rule, regex: re.Pattern[str], groups: set[str]) -> Iterator[PlanError]:
    def fault(what: str, instead: str) -> PlanError:
        return PlanError(f"{file}, rule {rule.id}: {what}", instead)

    if rule.group not in groups:
        yield fault(f"the group {rule.group!r} is of no item of the plan", f"Write item.ID.strong, item.ID.weak or {LAW}.")
    alone = PlanRules(((rule, regex),))
    for text in rule.match:
        if not alone.hits(fold(text)):
            yield fault(f"it does not find {text!r}, which stands in its match", "Mend the rule, or take the sentence out.")
    for text in rule.nomatch:
        if alone.hits(fold(text)):
            yield fault(f"it finds {text!r}, which stands in its nomatch", "Mend the rule, or take the sentence out.")
