"""The kinds of agency, as data: which are territorial, by which word their names begin, and what their documents' symbols are."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from .datafiles import NAMES_FILE, read_toml


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of agency. `word` ("quận") is "" where the kind is not territorial; `short` are abbreviations of the word in lower case."""

    id: str
    word: str = ""
    short: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NameData:
    """What names.toml holds: kinds by id, and abbreviations ("gd&đt") with what they stand for, in lower case."""

    kinds: dict[str, Kind]
    abbreviations: dict[str, str]


@cache
def name_data() -> NameData:
    """The shipped names.toml, read once."""
    raw = read_toml(NAMES_FILE)
    kinds = [
        Kind(id=k["id"], word=k.get("word", ""), short=tuple(k.get("short", ())), symbols=tuple(k.get("symbols", ()))) for k in raw["kind"]
    ]
    return NameData(kinds={k.id: k for k in kinds}, abbreviations=dict(raw["abbreviations"]))
