"""The word tables of the importer: data in `plan/data/importing/*.toml`, each entry with texts that it must find and texts it must not.

[[cue]]
id = "role/lead"          unique in its table; what the code asks for, or what an answer is called
regex = "…"               or a list of pieces that are joined as they stand; searched in folded text (lower case, tone marks in one
                          place), so written that way; `@day@` and the like stand for the [parts] of the same file
gives = "…"               what it stands for, where the table maps words to something
match / nomatch           texts in which it must and must not be found; one test runs them all
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from ...errors import PlanError
from ..datafiles import DATA, read_toml
from ..names import fold_tone

FOLDER = DATA / "importing"
_KEYS = frozenset({"id", "regex", "gives", "also", "match", "nomatch", "note"})
_PART = re.compile(r"@(\w+)@")
_EVERY = re.compile(r"\bhàng(?= (?:năm|quý|tháng|tuần|ngày)\b)")
_SPELLINGS = str.maketrans({"–": "-", "—": "-", "−": "-", "\u00a0": " ", "\n": " ", "\t": " "})


@dataclass(frozen=True, slots=True)
class Cue:
    """One entry of a word table; `also` are further words that go with it."""

    id: str
    regex: re.Pattern[str]
    gives: str = ""
    also: tuple[str, ...] = ()
    match: tuple[str, ...] = field(default=(), compare=False)
    nomatch: tuple[str, ...] = field(default=(), compare=False)


def folded(text: str) -> str:
    """Lower case, tone marks and dashes in one form, "hàng năm" as "hằng năm"; every character keeps its place."""
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _EVERY.sub("hằng", fold_tone(lowered.translate(_SPELLINGS)))


@cache
def table(name: str) -> dict[str, Cue]:
    """The entries of `NAME.toml` by id, in the file's order. Raises PlanError where the file is at fault."""
    content = read_toml(FOLDER / f"{name}.toml")
    parts = {key: f"(?:{value})" for key, value in content.get("parts", {}).items()}
    found: dict[str, Cue] = {}
    for entry in content["cue"]:
        if set(entry) - _KEYS or "regex" not in entry or entry.get("id") in (None, *found):
            raise PlanError(
                f"{name}.toml: cue {entry.get('id')!r} has an unknown key, no regex, or stands twice", "See plan/importing/words.py."
            )
        written = entry["regex"] if isinstance(entry["regex"], str) else "".join(entry["regex"])
        regex = _PART.sub(lambda part: parts[part[1]], _PART.sub(lambda part: parts[part[1]], written))
        found[entry["id"]] = Cue(
            entry["id"], re.compile(regex), str(entry.get("gives", "")),
            tuple(entry.get("also", ())), tuple(entry.get("match", ())), tuple(entry.get("nomatch", ())),
        )  # fmt: skip
    return found


def cue(name: str, id: str) -> re.Pattern[str]:
    """One pattern of a table; KeyError for an id that the table has not."""
    return table(name)[id].regex


def first_of(name: str, text: str) -> Cue | None:
    """The first entry of the table, in the file's order, that is found in the text."""
    said = folded(text)
    return next((entry for entry in table(name).values() if entry.regex.search(said)), None)


def clean(text: str) -> str:
    """One line without blanks at its ends, nor the stops that end a clause ("./." at the end of a document included)."""
    return re.sub(r"[\s;:,.]*(?:\./\.)?[\s;:,.]*$", "", re.sub(r"\s+", " ", text)).strip()
