"""Who issued a document: the identity rules R1 to R8 and the credit table of the naming study.

A wrong agency is a false accusation against one and a hiding place for another: where the rules do not settle it, nothing is claimed and
the candidates are offered.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import PurePath

from ..ingest.model import Signature
from ..plan.model import Agency
from ..plan.names import NameIndex
from ..plan.registry import Registry
from .fold import fold
from .patterns import pattern

_NOT_ISSUER = pattern("letterhead/not-issuer")
_BARE_COMMITTEE = pattern("letterhead/bare-committee")
_ELSEWHERE = pattern("letterhead/another-province")
_PARTY = pattern("letterhead/party")
_ADVISORY = pattern("letterhead/body-below")
_OWN_BODY = pattern("letterhead/body-of-its-own")
_BODY_WORDS = pattern("letterhead/body-word")
_FOR = re.compile(r"^(?:TM|TL)\.\s*")
_PLACE_WORD = re.compile(r"^(?:Q|H|P|X|TT|TP)\.\s*")
_WORD = re.compile(r"[^\W\d_]+")
_UNDER = "letterhead: a body under this agency"
_UNLISTED = "letterhead: not in the registry"


@dataclass(frozen=True, slots=True)
class Identity:
    """The agency that settled (a code) or None with the candidates, the name as read, and the rule that spoke."""

    agency: str | None
    name: str | None
    candidates: tuple[str, ...]
    basis: str


NOBODY = Identity(None, None, (), "nothing names the issuer")


@lru_cache(maxsize=4)
def index_of(registry: Registry) -> NameIndex:
    """The name index of a registry, built once."""
    return NameIndex(registry)


def identify(top: Sequence[str], code: str, place: str | None, signed_as: str | None, registry: Registry, on: date) -> Identity:
    """The issuer from the lines above the type line (R1), with the place of the date line (R2) and the signing block as helpers."""
    names = index_of(registry)
    lines = _issuer_lines(top)
    for start in range(len(lines)):
        for end in range(len(lines), start, -1):
            found = _resolve(lines, start, end, names, on)
            if found:
                return found
    if lines:
        return _below(lines, names, on)
    return _without_block(code, place, signed_as, names, on)


def _issuer_lines(top: Sequence[str]) -> list[str]:
    """The lines that may name the issuer: capitals or the word for a body, without motto, number and degree of urgency."""
    lines = [line.strip(" *_-–—.") for line in top if not _NOT_ISSUER.search(fold(line).strip(" *_"))]
    return [line for line in lines if line and len(line) < 120 and (line.isupper() or _BODY_WORDS.search(fold(line)))][:6]


def _resolve(lines: Sequence[str], start: int, end: int, names: NameIndex, on: date) -> Identity | None:
    """The issuer is the last name of the block: lines[start:end] must reach its end."""
    if end != len(lines):
        return None
    name = " ".join(lines[start:])
    found = names.lookup(name, on)
    above = " ".join(lines[:start])
    if len(found) > 1 and above:
        parents = {a.code for a in names.lookup(above, on)}
        found = tuple(a for a in found if a.parent in parents) or found
    if len(found) == 1:
        if start and not _superior_fits(above, found[0], names, on):
            return None
        return Identity(found[0].code, name, (), "letterhead")
    if found:
        return Identity(None, name, tuple(a.code for a in found), "letterhead: several agencies bear this name")
    return None


def _superior_fits(above: str, agency: Agency, names: NameIndex, on: date) -> bool:
    """The lines above the issuer must be its superior, or at least no other agency of the registry; another province's "SỞ Y TẾ" is not
    ours."""
    superiors = names.lookup(above, on)
    if superiors:
        return agency.parent is None or any(s.code == agency.parent for s in superiors)
    return not _ELSEWHERE.search(fold(above))


def _below(lines: Sequence[str], names: NameIndex, on: date) -> Identity:
    """An office, council, committee or Party body under a known agency: proposed, never credited (naming study, section 4)."""
    name = lines[-1]
    whole = " ".join(lines)
    for cut in range(len(lines) - 1, 0, -1):
        superiors = names.lookup(" ".join(lines[:cut]), on)
        if len(superiors) == 1:
            basis = _UNDER if _ADVISORY.search(fold(" ".join(lines[cut:]))) else _UNLISTED
            return Identity(None, whole, (superiors[0].code,), basis)
    if any(_PARTY.search(fold(line)) for line in lines):
        return Identity(None, whole, (), "letterhead: a Party body")
    return Identity(None, name, (), _UNLISTED)


def _without_block(code: str, place: str | None, signed_as: str | None, names: NameIndex, on: date) -> Identity:
    """No issuer above the title: the signing block's own name, else the date line's place with a committee's symbol; one answer or none."""
    signed = _FOR.sub("", signed_as or "").split(" CHỦ TỊCH")[0].split(" KT.")[0]
    found = names.lookup(signed, on) if signed else ()
    if len(found) == 1 and not _BARE_COMMITTEE.search(fold(signed)):
        return Identity(found[0].code, signed, (), "signing block")
    if place and code.endswith("UBND"):
        there = names.place(_PLACE_WORD.sub("", place), on)
        if len(there) == 1:
            return Identity(there[0].code, place, (), "place of the date line")
        return Identity(None, place, tuple(a.code for a in there), "place of the date line: several")
    return NOBODY


def from_file_name(path: PurePath, registry: Registry, on: date) -> Identity:
    """A proposal from the file's or its folder's name, for files that give no letterhead: one agency whose name it holds, or none."""
    names = index_of(registry)
    for part in (path.stem, path.parent.name):
        words = _WORD.findall(part)
        best: tuple[Agency, ...] = ()
        for length in range(min(8, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                phrase = " ".join(words[start : start + length])
                best = _valid_named(names, phrase, on)
                if len(best) == 1:
                    return Identity(best[0].code, phrase, (), "file name")
            if best:
                return Identity(None, part, tuple(a.code for a in best), "file name: several")
    return NOBODY


def _valid_named(names: NameIndex, phrase: str, on: date) -> tuple[Agency, ...]:
    """Agencies whose whole name the phrase is, with or without marks; a bare place of two words or more stands for its district first."""
    found = names.lookup(phrase, on) or names.lookup_ascii(phrase, on)
    if found or len(phrase.split()) < 2:
        return found
    there = names.place(phrase, on) or names.place_ascii(phrase, on)
    districts = tuple(a for a in there if a.kind in ("ubnd_quan", "ubnd_huyen", "ubnd_thanh_pho_thuoc"))
    return districts or there


def signing_agencies(signatures: Sequence[Signature], registry: Registry, on: date) -> tuple[Agency, ...]:
    """The agencies that digital signatures name: each by its signer (an office's own seal), else by its organisational unit (a department,
    where the organisation is its city), else by its organisation, as of the day it was made (`on` where it does not say). A name that
    several agencies bear names the one below what follows it, or none; so does the name of a body that the registry does not have."""
    names = index_of(registry)
    found: dict[str, Agency] = {}
    for signature in signatures:
        agency = _most_specific(signature, names, on)
        found.update({agency.code: agency} if agency else {})
    return tuple(found.values())


def certified_agencies(signatures: Sequence[Signature], registry: Registry, on: date) -> tuple[Agency, ...]:
    """Every agency that a signature's certificate holds for certain, the superior that is named beside the signing body too."""
    levels = (level for signature in signatures for _, level in _levels(signature, index_of(registry), on))
    return tuple({level[0].code: level[0] for level in levels if len(level) == 1}.values())


def _levels(signature: Signature, names: NameIndex, on: date) -> list[tuple[str, tuple[Agency, ...]]]:
    """What a certificate names, the most specific first, each with the agencies that bear the name. Units may be in either order, and the
    one of them that the registry has is meant before the others."""
    day = date.fromisoformat(signature.signed[:10]) if signature.signed else on
    units = sorted(((unit, names.lookup(unit, day)) for unit in signature.unit.split("; ")), key=lambda level: len(level[1]) != 1)
    signer, organisation = ((name, names.lookup(name, day)) for name in (signature.signer, signature.organisation))
    return [signer, *units, organisation]


def _most_specific(signature: Signature, names: NameIndex, on: date) -> Agency | None:
    levels = _levels(signature, names, on)
    for at, (name, found) in enumerate(levels):
        if len(found) > 1:
            superiors = {agency.code for _, above in levels[at + 1 :] for agency in above}
            found = tuple(agency for agency in found if agency.parent in superiors)
            return found[0] if len(found) == 1 else None
        if found:
            return found[0]
        if at and _OWN_BODY.search(fold(name)):
            return None
    return None


def by_signature(who: Identity, top: Sequence[str], signatures: Sequence[Signature], registry: Registry, on: date) -> Identity:
    """The one agency that the signatures name, where the letterhead identified none and does not speak against it; else `who`. A signature
    after which the file was changed vouches for nothing."""
    if who.agency:
        return who
    signed = signing_agencies([s for s in signatures if not s.changed], registry, on)
    if len(signed) == 1 and _leaves_room(who, _issuer_lines(top), signed[0], index_of(registry), on):
        return Identity(signed[0].code, signed[0].name, (), "signature")
    return who


def _leaves_room(who: Identity, lines: Sequence[str], agency: Agency, names: NameIndex, on: date) -> bool:
    """Whether the letterhead may be this agency's. Certificates name the superior as the organisation (a school's its district), and an
    office that receives a paper scans it and signs the scan: a body read in the letterhead must be this one, tone marks or not."""
    if who.basis == _UNDER:
        return False
    told = [fold(line) for line in lines]
    if any(_PARTY.search(line) or _ELSEWHERE.search(line) for line in told):
        return False
    if who.basis == _UNLISTED and any(_BODY_WORDS.search(line) for line in told):
        tails = (" ".join(lines[start:]) for start in range(len(lines)))
        return any(agency in names.lookup_ascii(tail, on) for tail in tails)
    return not who.candidates or agency.code in who.candidates


def signed_by_another(who: Identity, signed: Sequence[Agency], registry: Registry) -> bool:
    """Whether the signatures name agencies, and none of them is the issuer as read, one of its superiors, its successor or a candidate."""
    if not signed or not (who.agency or who.name):
        return False
    fitting = set(who.candidates)
    above = who.agency
    while above:
        agency = registry.by_code(above)
        fitting |= {agency.code, *agency.successors}
        above = agency.parent
    return all(agency.code not in fitting and who.agency not in agency.successors for agency in signed)


def proposed(who: Identity, signed: Sequence[Agency]) -> Identity:
    """`who`, with the agencies that signed as the candidates where there is nothing else to choose from."""
    return who if who.agency or who.candidates else replace(who, candidates=tuple(agency.code for agency in signed))
