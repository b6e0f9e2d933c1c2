"""How agency names are compared: spellings folded to one form, and an index from every usual way of writing a name to the agencies it may
mean.

Nothing here guesses. The type is part of a name ("quận Lê Chân" is not "phường Lê Chân"), a place name alone is looked up
as a place only, and a name that several agencies share gives all of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from .kinds import Kind, name_data
from .model import Agency
from .registry import Registry

_TONES = ("\u0300", "\u0301", "\u0303", "\u0309", "\u0323")  # grave, acute, tilde, hook, dot: huyền, sắc, ngã, hỏi, nặng


def _toned(letter: str) -> list[str]:
    return [unicodedata.normalize("NFC", letter + tone) for tone in _TONES]


def _moves() -> tuple[dict[str, str], dict[str, str]]:
    """Pairs of vowels with the tone on the second letter -> on the first, and back; each letter in both cases."""
    back: dict[str, str] = {}
    for pair in ("oa", "oe", "uy"):
        for first in (pair[0], pair[0].upper()):
            for second in (pair[1], pair[1].upper()):
                on_second = [first + toned for toned in _toned(second)]
                on_first = [toned + second for toned in _toned(first)]
                back.update(zip(on_second, on_first, strict=True))
    return back, {new: old for old, new in back.items()}


_TO_FIRST, _TO_SECOND = _moves()
# An open syllable carries the tone on either letter, by two schools of spelling (hoà, hòa); a closed one on the second only (hoàn; "hòan"
# is a slip of the keyboard). After q the u belongs to the consonant: "quý" has one spelling.
_OPEN = re.compile(f"(?<![qQ])(?:{'|'.join(_TO_FIRST)})(?![^\\W\\d_])")
_CLOSED = re.compile(f"(?<![qQ])(?:{'|'.join(_TO_SECOND)})(?=[^\\W\\d_])")


def fold_tone(text: str) -> str:
    """The text with tone marks where the older spelling puts them: "Uỷ" -> "Ủy", "HOÀ" -> "HÒA", "hòan" -> "hoàn". The text must be
    NFC; every character keeps its place, so that offsets into the folded text are offsets into the text."""
    text = _OPEN.sub(lambda found: _TO_FIRST[found[0]], text)
    return _CLOSED.sub(lambda found: _TO_SECOND[found[0]], text)


@cache
def _type_words() -> tuple[re.Pattern[str], dict[str, str]]:
    """Abbreviated type words before a letter, and what they stand for. "TP" also without the full stop; the others not, as "TT" may be a
    trung tâm."""
    words = {short: kind.word for kind in name_data().kinds.values() for short in kind.short}
    dotted = "|".join(sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:((?i:{dotted}))\.\s*|((?i:tp))\s+)(?=([^\W\d_]))"), words


def _write_out_type(found: re.Match[str]) -> str:
    """The type word in full where a capitalised name follows; else what stood there."""
    return _type_words()[1][(found[1] or found[2]).lower()] + " " if found[3].isupper() else found[0]


def fold_name(text: str) -> str:
    """One form for a name: NFC, tone placement, "Q." and the like before a capitalised name written out, lower case, "ubnd" for "ủy ban
    nhân dân", one kind of dash without blanks about it, single blanks for blanks and line breaks."""
    text = fold_tone(unicodedata.normalize("NFC", text))
    text = _type_words()[0].sub(_write_out_type, text).lower()
    text = re.sub(r"\s+", " ", text).strip()
    text = text.replace("ủy ban nhân dân", "ubnd")
    return re.sub(r" ?[\-‐‑‒–—−] ?", "-", text)


def fold_ascii(text: str) -> str:
    """Lower-case letters and digits without any marks, words divided by one blank: for file names ("Dương_Kinh" -> "duong kinh")."""
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(c for c in bare if not unicodedata.combining(c))
    return " ".join(re.findall(r"[a-z0-9]+", bare))


_BETWEEN = r"(?:\s*[&,\-]\s*|\s+và\s+|\s+)?"


@cache
def _abbreviations() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all abbreviations, the longest first, and what the bare letters stand for."""
    parts = {full: re.split(r"[&-]", short) for short, full in name_data().abbreviations.items()}
    pattern = "|".join(sorted((_BETWEEN.join(letters) for letters in parts.values()), key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), {"".join(letters): full for full, letters in parts.items()}


def _write_out_abbreviation(found: re.Match[str]) -> str:
    return _abbreviations()[1][re.sub(r"\s+và\s+|[\s&,\-]", "", found[0])]


def name_key(text: str) -> str:
    """What two spellings of one name have in common: `fold_name`, abbreviations written out, "và" and all punctuation left out."""
    text = _abbreviations()[0].sub(_write_out_abbreviation, fold_name(text))
    words = [word for word in re.findall(r"\w+", text.replace("ủy ban nhân dân", "ubnd")) if word != "và"]
    return " ".join("thành phố" if word == "tp" else word for word in words)


class NameIndex:
    """Names to agencies. Built once from a registry; all look-ups give every agency that the name may mean, in the registry's order."""

    def __init__(self, registry: Registry) -> None:
        """Index all names, aliases and short names, in the ways that `names_of` tells."""
        self._names: dict[str, list[Agency]] = {}
        self._ascii: dict[str, list[Agency]] = {}
        self._places: dict[str, list[Agency]] = {}
        self._places_ascii: dict[str, list[Agency]] = {}
        for agency in registry.agencies:
            keys = [*_place_keys(agency), *(name_key(name) for name in names_of(agency))]
            _add(self._names, keys, agency)
            _add(self._ascii, map(fold_ascii, keys), agency)
            if place := place_of(agency):
                _add(self._places, [fold_name(place)], agency)
                _add(self._places_ascii, [fold_ascii(place)], agency)

    def lookup(self, name: str, on: date | None = None) -> tuple[Agency, ...]:
        """The agencies that the name may mean, only those that existed on the day where one is given; () when it is no agency's name.

        The name may be followed by where it lies: "UBND xã An Hòa, huyện Vĩnh Bảo", "UBND quận Lê Chân, thành phố Hải Phòng".
        """
        key = name_key(name)
        return _valid(self._names.get(key) or self._below(key), on)

    def lookup_ascii(self, name: str, on: date | None = None) -> tuple[Agency, ...]:
        """As `lookup`, for names without tone marks ("so-tu-phap"): more of them may be meant."""
        bare = " ".join(word for word in fold_ascii(name).split() if word != "va")
        return _valid(self._ascii.get(bare, []), on)

    def place(self, bare: str, on: date | None = None) -> tuple[Agency, ...]:
        """The people's committees of every place of that bare name ("Lê Chân"): district, commune, ward, township. Not the city itself."""
        return _valid(self._places.get(fold_name(bare), []), on)

    def place_ascii(self, bare: str, on: date | None = None) -> tuple[Agency, ...]:
        """As `place`, for names without tone marks ("duong-kinh"): more of them may be meant."""
        return _valid(self._places_ascii.get(fold_ascii(bare), []), on)

    def _below(self, key: str) -> list[Agency]:
        """The agencies whose name the key begins with and whose superior it ends with."""
        words = key.split()
        for cut in range(len(words) - 1, 1, -1):
            superior = self._superiors(" ".join(words[cut:]))
            found = [a for a in self._names.get(" ".join(words[:cut]), []) if a.parent in superior]
            if found:
                return found
        return self._of_city(words)

    def _superiors(self, tail: str) -> set[str]:
        return {a.code for head in ("", "ubnd ") for a in self._names.get(head + tail, [])}

    def _of_city(self, words: list[str]) -> list[Agency]:
        """A name followed by the city, at any depth: "UBND phường An Biên, quận Lê Chân, thành phố Hải Phòng"."""
        for tail in (["thành", "phố", "hải", "phòng"], ["hải", "phòng"]):
            if len(words) > len(tail) + 2 and words[-len(tail) :] == tail:
                head = " ".join(words[: -len(tail)])
                return self._names.get(head) or self._below(head)
        return []


def names_of(agency: Agency) -> Iterator[str]:
    """Every usual way of writing the agency's name, as far as `name_key` does not fold them: full, short, aliases; for a body of the city
    with the city's name shortened or, for a department, left out. (For territorial bodies see `_place_keys`, which is quicker.)"""
    if not place_of(agency):
        yield from (agency.name, agency.short_name)
    yield from agency.aliases
    head, city, rest = agency.name.partition(" thành phố Hải Phòng")
    if city and not rest:
        yield from (f"{head} thành phố", f"{head} Hải Phòng")
        if head.startswith("Sở "):
            yield head
            yield from (f"{agency.short_name} {ending}" for ending in ("thành phố", "Hải Phòng", "thành phố Hải Phòng"))


def _place_keys(agency: Agency) -> Iterator[str]:
    """The keys of a territorial body: its type in full or abbreviated, with and without "UBND" in front."""
    if place := place_of(agency):
        kind, name = name_data().kinds[agency.kind], name_key(place)
        for word in (kind.word, *kind.short):
            yield from (f"ubnd {word} {name}", f"{word} {name}")


def place_of(agency: Agency) -> str:
    """The bare place name of a territorial body ("Lê Chân"), "" for any other."""
    kind: Kind = name_data().kinds[agency.kind]
    head = f"Ủy ban nhân dân {kind.word} "
    return agency.name.removeprefix(head) if kind.word and agency.name.startswith(head) else ""


def _add(index: dict[str, list[Agency]], keys: Iterable[str], agency: Agency) -> None:
    for key in dict.fromkeys(keys):
        found = index.setdefault(key, [])
        if not found or found[-1] is not agency:
            found.append(agency)


def _valid(found: list[Agency], on: date | None) -> tuple[Agency, ...]:
    return tuple(agency for agency in found if on is None or agency.valid_on(on))
