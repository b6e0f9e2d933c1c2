"""Word lists that the logic asks by name: `rules/patterns.toml`, each entry with texts that it must find and texts that it must not."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ..errors import PlanError

KEYS = frozenset({"id", "regex", "ignore_case", "match", "nomatch", "note"})


@dataclass(frozen=True, slots=True)
class Pattern:
    """A named pattern and its examples, to be searched in folded text."""

    id: str
    regex: re.Pattern[str]
    match: tuple[str, ...]
    nomatch: tuple[str, ...]


@cache
def load_patterns() -> dict[str, Pattern]:
    """All patterns by id; raises PlanError where the data file is at fault."""
    text = files(__package__).joinpath("rules", "patterns.toml").read_text(encoding="utf-8")
    found: dict[str, Pattern] = {}
    for entry in tomllib.loads(text)["pattern"]:
        name = entry.get("id", "?")
        if set(entry) - KEYS or "regex" not in entry or name in found:
            raise PlanError(f"patterns.toml: {name!r} has an unknown key, no regex, or stands twice", "See the entries beside it.")
        regex = re.compile("".join(entry["regex"]), re.IGNORECASE if entry.get("ignore_case") else 0)
        found[name] = Pattern(name, regex, tuple(entry.get("match", ())), tuple(entry.get("nomatch", ())))
    return found


def pattern(name: str) -> re.Pattern[str]:
    """The compiled pattern of that name; KeyError for a name that the file does not have."""
    return load_patterns()[name].regex
