"""Word lists and patterns that the logic asks for by name: data in `rules/*.toml`, each with texts it must find and texts it must not.

A file in `rules/` may hold, beside its rules:

    [[pattern]]
    id = "status/draft"             unique; what the code asks for
    regex = ["…", "…"]              pieces that are joined as they stand; `@words/units@` stands for the alternatives of that list
    raw = true                      searched in the text as written; without it in folded text, so written in lower case
    ignore_case = true
    match / nomatch                 texts in which it must and must not be found; one test runs them all

    [[words]]
    id = "words/units"              unique
    words = ["lượt người", "lượt"]  in the order in which they are tried: the longer first
    map = { BC = "BÁO CÁO" }        instead of words, where each stands for something
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..errors import PlanError

PATTERN_KEYS = frozenset({"id", "regex", "raw", "ignore_case", "match", "nomatch", "note"})
WORDS_KEYS = frozenset({"id", "words", "map", "note"})
_PLACE = re.compile(r"@([^@\s]+)@")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern and its examples; `raw` when it is searched in the text as written, else in folded text."""

    id: str
    regex: re.Pattern[str]
    raw: bool
    match: tuple[str, ...]
    nomatch: tuple[str, ...]


def rule_files() -> Iterator[tuple[str, dict[str, list[dict[str, object]]]]]:
    """Name and content of every data file of this package, by name."""
    for file in sorted(files(__package__).joinpath("rules").iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            yield file.name, tomllib.loads(file.read_text(encoding="utf-8"))


def strings(entry: Mapping[str, object], key: str) -> tuple[str, ...]:
    """A list of strings of an entry, () where the key is missing; a single string counts as a list of one."""
    value = entry.get(key, [])
    return tuple(str(v) for v in value) if isinstance(value, list) else (str(value),)


@cache
def load_patterns() -> dict[str, Pattern]:
    """All patterns by id; raises PlanError where a data file is at fault."""
    found: dict[str, Pattern] = {}
    for file, content in rule_files():
        for entry in content.get("pattern", []):
            name = str(entry.get("id", "?"))
            if set(entry) - PATTERN_KEYS or "regex" not in entry or name in found:
                raise PlanError(f"{file}: pattern {name!r} has an unknown key, no regex, or stands twice", "See the entries beside it.")
            text = _PLACE.sub(lambda m: "|".join(words(m[1])), "".join(strings(entry, "regex")))
            regex = re.compile(text, re.IGNORECASE if entry.get("ignore_case") else 0)
            found[name] = Pattern(name, regex, bool(entry.get("raw")), strings(entry, "match"), strings(entry, "nomatch"))
    return found


@cache
def load_words() -> dict[str, dict[str, str]]:
    """All word lists by id, in file order, each word with what it stands for (itself in a plain list); raises PlanError."""
    found: dict[str, dict[str, str]] = {}
    for file, content in rule_files():
        for entry in content.get("words", []):
            name = str(entry.get("id", "?"))
            if set(entry) - WORDS_KEYS or not ("words" in entry) ^ ("map" in entry) or name in found:
                raise PlanError(f"{file}: words {name!r}: an unknown key, not one of words and map, or twice", "See the entries beside it.")
            mapped = entry.get("map")
            found[name] = {k: str(v) for k, v in mapped.items()} if isinstance(mapped, dict) else {w: w for w in strings(entry, "words")}
    return found


def pattern(name: str) -> re.Pattern[str]:
    """The compiled pattern of that name; KeyError for a name that no file has."""
    return load_patterns()[name].regex


def words(name: str) -> tuple[str, ...]:
    """The words of that list in their order; KeyError for a name that no file has."""
    return tuple(load_words()[name])


def word_map(name: str) -> Mapping[str, str]:
    """What each word of that list stands for; KeyError for a name that no file has."""
    return load_words()[name]
