"""Who issued a document, by its letterhead's block: the identity rules R1 to R8 and the credit table of the naming study.

A wrong agency is a false accusation against one and a hiding place for another: where the rules do not settle it, nothing is claimed and
the candidates are offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from ..plan.model import Agency
from ..plan.names import NameIndex, fold_ascii, fold_name
from ..plan.registry import Registry
from .fold import fold
from .patterns import pattern

_NOT_ISSUER = pattern("letterhead/not-issuer")
_BARE_COMMITTEE = pattern("letterhead/bare-committee")
_ELSEWHERE = pattern("letterhead/another-province")
_HOME = pattern("letterhead/home-city")
_PARTY = pattern("letterhead/party")
_ADVISORY = pattern("letterhead/body-below")
_OFFICE = pattern("letterhead/office-or-committee")
_STANDING = pattern("letterhead/standing-body")
_ANY_BODY = pattern("letterhead/any-body")
_BODY_WORDS = pattern("letterhead/body-word")
_FOR = re.compile(r"^(?:TM|TL)\.\s*")
_BY_AUTHORITY = pattern("letterhead/by-authority")
_PLACE_WORD = re.compile(r"^(?:Q|H|P|X|TT|TP)\.\s*")
_BARE_WORDS = re.compile("uy ban nhan dan")
_COMMITTEE_NAME = pattern("letterhead/committee-name")
_HEAD_OF_A_BODY = pattern("letterhead/signed-by-a-head")
_SIGNS_FOR_COMMITTEE = pattern("letterhead/signed-for-a-committee")
_COUNTRY = fold("VIỆT NAM")
_NAME_GOES_ON = pattern("letterhead/goes-on-with-country")
_CITY_WORD = pattern("letterhead/city-word")
_LINES = 8  # of a block: a superior over two lines and a long name over four leave room for two more
_OLD_STAMP = timedelta(days=45)  # so long an office that has ended is still met in letterheads (naming study, R7)
UNDER: Final = "letterhead: a body under this agency"
UNLISTED: Final = "letterhead: not in the registry"
SYMBOL_OF_ANOTHER: Final = "letterhead: the number is that of a body under this agency"
SIGNED_BY_ANOTHER: Final = "letterhead: the signing block is no people's committee's"
OLD_STAMP: Final = "letterhead of an office that had just ended"
ENDED: Final = "letterhead: nobody of this name on that day"


@dataclass(frozen=True, slots=True)
class Identity:
    """The agency that settled (a code) or None with the candidates, the name as read, and the rule that spoke."""

    agency: str | None
    name: str | None
    candidates: tuple[str, ...]
    basis: str


NOBODY = Identity(None, None, (), "nothing names the issuer")


@dataclass(frozen=True, slots=True)
class _Block:
    """What is asked: the issuer lines, the place of the date line, the day (`certain` where it stands there and was not made up), and
    whom names mean."""

    lines: tuple[str, ...]
    place: str | None
    on: date
    certain: bool
    names: NameIndex
    registry: Registry


@lru_cache(maxsize=4)
def index_of(registry: Registry) -> NameIndex:
    """The name index of a registry, built once."""
    return NameIndex(registry)


def identify(
    top: Sequence[str], code: str, place: str | None, signed_as: str | None, registry: Registry, on: date, certain: bool = True
) -> Identity:
    """The issuer from the lines above the type line (R1), with the place of the date line (R2) and the signing block as helpers. `on` is
    the document's day, or with `certain` False a day of its year: then whoever existed in that year may have written it."""
    block = _Block(tuple(issuer_lines(top)), place, on, certain, index_of(registry), registry)
    found = _by_block(block) if block.lines else _without_block(code, place, signed_as, block)
    found = _against_signature(_against_symbol(found, code, block), signed_as, block)
    return _by_authority(found, signed_as, block)


def issuer_lines(top: Sequence[str]) -> list[str]:
    """The lines that may name the issuer: capitals or the word for a body, without motto, number and degree of urgency."""
    kept: list[str] = []
    for line in (line.strip(" *_-–—.") for line in _less_motto(top)):
        if kept and line.isdecimal() and len(line) < 3:
            kept[-1] += f" {line}"  # "PHƯỜNG … / 2": a name's figure that was wrapped off
        elif line and len(line) < 120 and (line.isupper() or _names_body(line)):
            kept.append(line)
    return kept[:_LINES]


def _less_motto(top: Sequence[str]) -> Iterator[str]:
    """Lines that may be the issuer's; "VIỆT NAM" alone closes the motto, or the name of the line before."""
    before = ""
    for line in top:
        folded = fold(line).strip(" *_")
        closes_name = folded == _COUNTRY and bool(_NAME_GOES_ON.search(before))
        if closes_name or not _NOT_ISSUER.search(folded):
            yield line
        before = folded


def _names_body(line: str) -> bool:
    return bool(_BODY_WORDS.search(fold(line)) or _ANY_BODY.search(fold(line)))


def _by_block(block: _Block) -> Identity:
    """The issuer is the last name of the block; a standing body that is named below an agency speaks for it."""
    lines = block.lines
    if len(lines) > 1 and _STANDING.search(fold(lines[-1])):
        whole = _last_name(block, lines[:-1])
        if whole and whole.agency and block.registry.by_code(whole.agency).kind == "mttq":
            return whole
    return _last_name(block, lines) or _below(block)


def _last_name(block: _Block, lines: Sequence[str]) -> Identity | None:
    """The longest end of the block that is somebody's name, where what stands above it is that agency's superior."""
    for start in range(len(lines)):
        name = " ".join(lines[start:])
        fitting = [agency for agency in _bearing(block, name) if _superior_fits(lines[:start], name, agency, block)]
        if fitting:
            return _settled(block, name, _existing(block, fitting), fitting)
    return _completed(block, lines)


def _completed(block: _Block, lines: Sequence[str]) -> Identity | None:
    """A name that its superior's completes: "UBND THÀNH PHỐ … / THANH TRA", whose full name is "Thanh tra thành phố …"."""
    for start in range(1, len(lines)):
        above, name = " ".join(lines[:start]), " ".join(lines[start:])
        superiors = {agency.code for agency in _bearing(block, above)}
        place = fold_name(above).removeprefix("ubnd ")
        for ending in (above, place, _CITY_WORD.sub("", place)):
            fitting = [agency for agency in _bearing(block, f"{name} {ending}") if agency.parent in superiors]
            if fitting:
                return _settled(block, f"{name} {above}", _existing(block, fitting), fitting)
    return None


def _bearing(block: _Block, name: str) -> tuple[Agency, ...]:
    """Whoever has or had that name; a name that is written without any mark may be everyone's who is written so."""
    found = block.names.lookup(name)
    return found or (block.names.lookup_ascii(_BARE_WORDS.sub("ubnd", name.lower())) if name.isascii() else ())


def _existing(block: _Block, bearing: Sequence[Agency]) -> list[Agency]:
    """Those that existed on the day; where only the year is known, those of the end of the year before those of its beginning."""
    there = [agency for agency in bearing if agency.valid_on(block.on)]
    if there or block.certain:
        return there
    year = block.on.year
    return [a for a in bearing if (a.valid_from or block.on).year <= year <= (a.valid_to or block.on).year]


def _settled(block: _Block, name: str, there: Sequence[Agency], bearing: Sequence[Agency]) -> Identity:
    if len(there) == 1:
        if _city_is_open(there[0], name, block):
            return Identity(None, name, (there[0].code,), "letterhead: the city is not named, and the date line is of another place")
        return Identity(there[0].code, name, (), "letterhead")
    if there:
        return Identity(None, name, tuple(a.code for a in there), "letterhead: several agencies bear this name")
    just_ended = [a for a in bearing if a.valid_to and a.valid_to < block.on <= a.valid_to + _OLD_STAMP]
    if len(just_ended) == 1:
        return Identity(just_ended[0].code, name, (), OLD_STAMP)
    return Identity(None, name, tuple(a.code for a in just_ended or bearing), ENDED)


def _city_is_open(agency: Agency, name: str, block: _Block) -> bool:
    """Whether the name is every province's ("SỞ NỘI VỤ", R3) and the date line is of a place that the registry does not have."""
    alone = len(name) == len(" ".join(block.lines))
    if not alone or not block.place or _HOME.search(fold(name)) or not _HOME.search(fold(agency.name)):
        return False
    bare = _PLACE_WORD.sub("", block.place)
    return not _HOME.search(fold(bare)) and not block.names.place_ascii(bare)


def _superior_fits(above: Sequence[str], name: str, agency: Agency, block: _Block) -> bool:
    """Whether the lines above the issuer are its superior's or nobody's. Another province's "SỞ Y TẾ", and a place below the name of
    another body ("HỘI NÔNG DÂN / HUYỆN …"), are not ours."""
    if not above:
        return True
    superiors = {a.code for start in range(len(above)) for a in _bearing(block, " ".join(above[start:]))}
    foreign = any(_ELSEWHERE.search(fold(line)) and not _bearing(block, line) for line in above)
    if superiors & _ancestors(agency, block.registry):
        return not foreign
    if superiors:
        return _is_the_city_inside_the_city(above, agency, block)
    if agency.parent is None and _HOME.search(fold(agency.name)):
        return True  # under a ministry, or under nobody that we know: the name itself says which city
    if foreign or not _BODY_WORDS.search(fold(name)):
        return False  # a bare place is a committee's only below the committee's own word, or its superior
    return not any(_ANY_BODY.search(fold(line)) for line in above)


def _ancestors(agency: Agency, registry: Registry) -> set[str]:
    """The superiors of an agency, up to the top, and those that they succeeded: old stamps name these."""
    found: set[str] = set()
    above = agency.parent
    while above:
        found |= {above, *(a.code for a in registry.agencies if above in a.successors)}
        above = registry.by_code(above).parent
    return found


def _is_the_city_inside_the_city(above: Sequence[str], agency: Agency, block: _Block) -> bool:
    """Whether a bare "UBND THÀNH PHỐ" above a commune may be the city that it belongs to (naming study, section 2, 8)."""
    parent = block.registry.by_code(agency.parent) if agency.parent else None
    bare = fold_ascii(above[-1]) in ("ubnd thanh pho", "uy ban nhan dan thanh pho")
    return bool(parent and parent.kind == "ubnd_thanh_pho_thuoc" and bare)


def _below(block: _Block) -> Identity:
    """An office, council, committee or Party body under a known agency: never credited; an office or a steering committee is proposed, for
    it writes for its agency as often as for itself (naming study, section 4)."""
    whole = " ".join(block.lines)
    if any(_PARTY.search(fold(line)) for line in block.lines):
        return Identity(None, whole, (), "letterhead: a Party body")
    for superior, rest in _named_within(block, whole):
        basis = UNDER if _ADVISORY.search(fold(rest)) else UNLISTED
        offered = (superior.code,) if _OFFICE.search(fold(rest)) and not _ELSEWHERE.search(fold(rest)) else ()
        return Identity(None, whole, offered, basis)
    return Identity(None, block.lines[-1], (), UNLISTED)


def _named_within(block: _Block, whole: str) -> Iterator[tuple[Agency, str]]:
    """The agency whose name the block begins or ends with, in the longest way, and what else stands there."""
    words = whole.split()
    for cut in range(len(words) - 1, 1, -1):
        for name, rest in ((words[:cut], words[cut:]), (words[-cut:], words[:-cut])):
            there = _existing(block, _bearing(block, " ".join(name)))
            if len(there) == 1:
                yield there[0], " ".join(rest)


def _without_block(code: str, place: str | None, signed_as: str | None, block: _Block) -> Identity:
    """No issuer above the title: the signing block's own name, else the date line's place with a committee's symbol; one answer or none."""
    signed = _FOR.sub("", signed_as or "").split(" CHỦ TỊCH")[0].split(" KT.")[0]
    found = block.names.lookup(signed, block.on) if signed else ()
    if len(found) == 1 and not _BARE_COMMITTEE.search(fold(signed)):
        return Identity(found[0].code, signed, (), "signing block")
    if place and code.endswith("UBND"):
        there = block.names.place(_PLACE_WORD.sub("", place), block.on)
        if len(there) == 1:
            return Identity(there[0].code, place, (), "place of the date line")
        return Identity(None, place, tuple(a.code for a in there), "place of the date line: several")
    return NOBODY


def _against_symbol(who: Identity, code: str, block: _Block) -> Identity:
    """Where the symbol behind the number is that of a body under the committee that was read, one of them was misread: a scan may have lost
    the line with the department's name."""
    if not who.agency or not code or code in block.registry.by_code(who.agency).symbols:
        return who
    under = tuple(a.code for a in block.registry.agencies if a.parent == who.agency and code in a.symbols and a.valid_on(block.on))
    return Identity(None, who.name, (*under, who.agency), SYMBOL_OF_ANOTHER) if under else who


def _against_signature(who: Identity, signed_as: str | None, block: _Block) -> Identity:
    """A director signs for no people's committee: where nothing in the signing block is a committee's, the line below its name was lost."""
    if not who.agency or not signed_as or not _COMMITTEE_NAME.search(fold(block.registry.by_code(who.agency).name)):
        return who
    if not _HEAD_OF_A_BODY.search(fold(signed_as)) or _SIGNS_FOR_COMMITTEE.search(fold(signed_as)):
        return who
    return Identity(None, who.name, (who.agency,), SIGNED_BY_ANOTHER)


def _by_authority(who: Identity, signed_as: str | None, block: _Block) -> Identity:
    """A department that signs "TUQ. CHỦ TỊCH UBND THÀNH PHỐ" writes for its superior (naming study, section 4)."""
    if not who.agency or not signed_as or not _BY_AUTHORITY.search(signed_as):
        return who
    parent = block.registry.by_code(who.agency).parent
    words = _BY_AUTHORITY.sub("", signed_as).split()
    for cut in range(len(words), 1, -1):
        if any(a.code == parent for a in block.names.lookup(" ".join(words[:cut]), block.on)):
            return Identity(parent, who.name, (), "signing block: by authority of this agency")
    return who
