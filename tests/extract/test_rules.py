"""Rules are data: every entry has examples, every example holds, every entry is asked for, and nothing else is."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from minhchung.extract.analysis import analyse
from minhchung.extract.fold import fold
from minhchung.extract.items import ITEMS
from minhchung.extract.patterns import Pattern, load_patterns, load_words
from minhchung.extract.rules import Rule, load_rules

ROOM = Path(__file__).resolve().parents[2] / "extract"
RULES, PATTERNS = load_rules(), tuple(load_patterns().values())


def names(entry: Rule | Pattern) -> str:
    return entry.id


def rules_that_hit(text: str) -> set[str]:
    (sentences,) = analyse([text])
    return {hit.rule for sentence in sentences for hits in sentence.hits.values() for hit in hits}


@pytest.mark.parametrize("rule", RULES, ids=names)
def test_a_rule_hits_what_it_must_and_leaves_what_it_must_not(rule: Rule) -> None:
    assert rule.match and rule.nomatch
    assert not [text for text in rule.match if rule.id not in rules_that_hit(text)]
    assert not [text for text in rule.nomatch if rule.id in rules_that_hit(text)]


@pytest.mark.parametrize("pattern", PATTERNS, ids=names)
def test_a_pattern_finds_what_it_must_and_leaves_what_it_must_not(pattern: Pattern) -> None:
    def found(text: str) -> bool:
        return pattern.regex.search(text if pattern.raw else fold(text)) is not None

    assert pattern.match and pattern.nomatch
    assert not [text for text in pattern.match if not found(text)]
    assert not [text for text in pattern.nomatch if found(text)]


def test_there_are_more_than_four_hundred_sentences() -> None:
    entries: list[Rule | Pattern] = [*RULES, *PATTERNS]
    assert sum(len(e.match) + len(e.nomatch) for e in entries) >= 400


@pytest.mark.parametrize("rule", [r for r in RULES if r.phrases], ids=names)
def test_every_phrase_of_a_rule_can_hit(rule: Rule) -> None:
    missed = [phrase for phrase in rule.phrases if rule.id not in rules_that_hit(f"Hôm ấy có {phrase} ạ")]
    assert not missed


def test_no_phrase_stands_twice_in_a_rule() -> None:
    assert not [(r.id, p) for r in RULES for p in r.phrases if r.phrases.count(p) > 1]


def calls(attributes: set[str]) -> Iterator[ast.expr]:
    """All arguments of calls of functions of these names in the room."""
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if name in attributes:
                    yield from node.args


def asked_for(expression: ast.expr) -> str:
    """A name or, for an f-string, a pattern of names."""
    if isinstance(expression, ast.Constant):
        return re.escape(str(expression.value))
    if isinstance(expression, ast.JoinedStr):
        return "".join(re.escape(str(v.value)) if isinstance(v, ast.Constant) else r"\S+?" for v in expression.values)
    return ""


def groups_in_code() -> set[str]:
    """Patterns of the groups that the code asks for: of `has` and `of`, and of tables of (group, section)."""
    found = {asked_for(e) for e in calls({"has", "of"})} - {""}
    for path in (ROOM / "context.py", ROOM / "parts.py"):
        text = path.read_text(encoding="utf-8")
        found |= {re.escape(name) for name in re.findall(r'\("((?:section|opens)\.\w+)", "\w+"\)', text)}
    return found


def test_every_group_of_rules_is_asked_for_by_the_code() -> None:
    asked = groups_in_code()
    assert not {r.group for r in RULES if not any(re.fullmatch(a, r.group) for a in asked)}


def test_the_code_asks_for_no_group_that_no_rule_has() -> None:
    groups = {r.group for r in RULES}
    assert not {a for a in groups_in_code() if not any(re.fullmatch(a, g) for g in groups)}


def test_every_item_is_named_by_some_rule() -> None:
    assert not [item for item in ITEMS if f"item.{item}.strong" not in {r.group for r in RULES}]


def test_every_pattern_and_word_list_is_asked_for_and_no_other() -> None:
    asked = {asked_for(e) for e in calls({"pattern", "words", "word_map"})} - {""}
    used_in_patterns = set(
        re.findall(r"@(words/[^@\s]+)@", "".join(f.read_text(encoding="utf-8") for f in (ROOM / "rules").glob("*.toml")))
    )
    there = {p.id for p in PATTERNS} | set(load_words())
    assert not {i for i in there - used_in_patterns if not any(re.fullmatch(a, i) for a in asked)}
    assert not {a for a in asked if not any(re.fullmatch(a, i) for i in there)}


def test_no_regular_expression_in_the_code_holds_vietnamese_words() -> None:
    """Words are data: a pattern in the code may hold punctuation, digits, letters' ranges and nothing that somebody may want to add to."""
    wrong = []
    for path in sorted(ROOM.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and getattr(node.func.value, "id", "") == "re":
                for part in ast.walk(node.args[0]):
                    if isinstance(part, ast.Constant) and isinstance(part.value, str):
                        bare = re.sub(r"\[[^\]]*\]", "", part.value)
                        if re.search(r"[^\x00-\x7f–—•●▪◦✓…”]", bare):
                            wrong.append((path.name, part.value))
    assert not wrong


def test_rules_are_written_in_folded_letters() -> None:
    """A capital or an old tone mark in a pattern over folded text could never be found."""
    wrong = []
    for rule in RULES:
        if rule.pattern:
            letters = re.sub(r"\\[a-zA-Z]", "", rule.pattern.pattern)
            if fold(letters) != letters:
                wrong.append(rule.id)
    for pattern in PATTERNS:
        letters = re.sub(r"\\[a-zA-Z]|\?P<\w+>|\(\?i:", "", pattern.regex.pattern)
        if not pattern.raw and fold(letters).replace("-", "") != letters.replace("–", "").replace("-", ""):
            wrong.append(pattern.id)
    assert not wrong
