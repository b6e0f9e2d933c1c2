"""Rules are data: TOML files of phrases and patterns, each with sentences that it must match and sentences that it must not.

A file in `rules/` holds `[[rule]]` tables:

    id = "II.1.a/quan-triet"        unique; what a cue is called when a verdict is explained
    group = "item.II.1.a.strong"    what the logic asks for
    phrases = ["quán triệt"]        matched as whole syllables on folded text (case, tone-mark placement, closed i/y list)
    regex = '...'                   instead of phrases (or pieces, joined as they stand); searched in each sentence's folded text, so
                                    written in lower case, tone marks as `fold` puts them; "^" is where the sentence begins
    unless_before / unless_after    phrases which, standing right before or after, cancel the match
    match / nomatch                 sentences that must and must not give a hit; one test runs them all
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from ..errors import PlanError
from .fold import fold
from .patterns import rule_files, strings

KEYS = frozenset({"id", "group", "phrases", "regex", "unless_before", "unless_after", "match", "nomatch", "note"})


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule as loaded; `phrases`, `unless_*` are folded, `pattern` is compiled over folded text or None."""

    id: str
    group: str
    phrases: tuple[str, ...]
    pattern: re.Pattern[str] | None
    unless_before: tuple[str, ...]
    unless_after: tuple[str, ...]
    match: tuple[str, ...]
    nomatch: tuple[str, ...]

    def cancelled(self, folded: str, start: int, end: int) -> bool:
        """Whether the words right before or after the hit say that it means something else."""
        before, after = folded[:start].rstrip(), folded[end:].lstrip()
        return any(_ends_with(before, p) for p in self.unless_before) or any(_starts_with(after, p) for p in self.unless_after)


def _ends_with(text: str, phrase: str) -> bool:
    """Whether the text ends with the phrase as whole words; a sign ("%") may follow anything."""
    return text.endswith(phrase) and not (phrase[0].isalnum() and text[: -len(phrase)][-1:].isalnum())


def _starts_with(text: str, phrase: str) -> bool:
    return text.startswith(phrase) and not text[len(phrase) :][:1].isalnum()


@cache
def load_rules() -> tuple[Rule, ...]:
    """All rules of all files, in file and text order; raises PlanError when a data file is at fault."""
    found: list[Rule] = []
    seen: set[str] = set()
    for file, content in rule_files():
        for entry in content.get("rule", []):
            rule = _rule(entry, file)
            if rule.id in seen:
                raise PlanError(f"{file}: rule id {rule.id!r} stands twice", "Give one of them another id.")
            seen.add(rule.id)
            found.append(rule)
    return tuple(found)


def rules_from(entries: Iterable[dict[str, object]], name: str) -> tuple[Rule, ...]:
    """The rules in the entries of one file, in its order; raises PlanError where one is at fault or an id stands twice."""
    found: dict[str, Rule] = {}
    for entry in entries:
        rule = _rule(entry, name)
        if rule.id in found:
            raise PlanError(f"{name}: rule id {rule.id!r} stands twice", "Give one of them another id.")
        found[rule.id] = rule
    return tuple(found.values())


def _rule(entry: dict[str, object], name: str) -> Rule:
    unknown = set(entry) - KEYS
    if unknown or "id" not in entry or "group" not in entry or not ("phrases" in entry) ^ ("regex" in entry):
        raise PlanError(
            f"{name}: rule {entry.get('id', '?')!r}: unknown keys {sorted(unknown)} or not exactly one of phrases and regex",
            "See the head of extract/rules.py for what a rule may hold.",
        )
    return Rule(
        id=str(entry["id"]),
        group=str(entry["group"]),
        phrases=_folded(entry, "phrases"),
        pattern=_compiled(entry, name),
        unless_before=_folded(entry, "unless_before"),
        unless_after=_folded(entry, "unless_after"),
        match=strings(entry, "match"),
        nomatch=strings(entry, "nomatch"),
    )


def _compiled(entry: dict[str, object], name: str) -> re.Pattern[str] | None:
    regex = "".join(strings(entry, "regex"))
    try:
        return re.compile(regex) if regex else None
    except re.error as fault:
        raise PlanError(f"{name}: rule {entry['id']!r}: its regex is no pattern ({fault})", "Mend the regex; phrases need none.") from fault


def _folded(entry: dict[str, object], key: str) -> tuple[str, ...]:
    return tuple(fold(v) for v in strings(entry, key))
