"""Who sent a document where its letterhead does not settle it: by digital signatures, and by the file's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import PurePath

from ..ingest.model import Signature
from ..plan.model import Agency
from ..plan.names import NameIndex
from ..plan.registry import Registry
from .fold import fold
from .issuer import NOBODY, UNDER, UNLISTED, Identity, index_of, issuer_lines
from .patterns import pattern

_ELSEWHERE = pattern("letterhead/another-province")
_BARE_COMMITTEE = pattern("letterhead/bare-committee")
_PARTY = pattern("letterhead/party")
_OWN_BODY = pattern("letterhead/body-of-its-own")
_BODY_WORDS = pattern("letterhead/body-word")
_ANY_BODY = pattern("letterhead/any-body")
_WORD = re.compile(r"[^\W\d_]+")


def by_file_name(who: Identity, top: Sequence[str], path: PurePath, registry: Registry, on: date) -> Identity:
    """The agency of the file's name where the letterhead identified none, offers none, and names no other body: a school's report in the
    folder of its district is not the district's."""
    if who.agency or who.candidates:
        return who
    found = from_file_name(path, registry, on)
    if found.agency and not _leaves_room(who, issuer_lines(top), registry.by_code(found.agency), index_of(registry), on):
        return who
    return found if found.agency or (found.candidates and not who.name) else who


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
    if len(signed) == 1 and _leaves_room(who, issuer_lines(top), signed[0], index_of(registry), on):
        return Identity(signed[0].code, signed[0].name, (), "signature")
    return who


def _leaves_room(who: Identity, lines: Sequence[str], agency: Agency, names: NameIndex, on: date) -> bool:
    """Whether the letterhead may be this agency's. Certificates name the superior as the organisation (a school's its district), and an
    office that receives a paper scans it and signs the scan: a body read in the letterhead must be this one, tone marks or not."""
    if who.basis == UNDER:
        return False
    told = [fold(line) for line in lines]
    if any(_PARTY.search(line) or _ELSEWHERE.search(line) for line in told):
        return False
    if who.basis == UNLISTED and any(_BODY_WORDS.search(line) or _ANY_BODY.search(line) for line in told):
        return any(
            agency in names.lookup_ascii(" ".join(lines[start:]), on)
            and not any(_is_another(line, agency, names) for line in lines[:start])
            for start in range(len(lines))
        )
    return not who.candidates or agency.code in who.candidates


def _is_another(line: str, agency: Agency, names: NameIndex) -> bool:
    """Whether a line above the agency's name is a body's that is not its superior ("CÔNG AN / QUẬN …")."""
    known = _BARE_COMMITTEE.search(fold(line)) or any(above.code == agency.parent for above in names.lookup_ascii(line))
    return bool(_ANY_BODY.search(fold(line))) and not known


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
