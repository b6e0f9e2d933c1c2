"""The top of a plan document: title, issuer, year, and the law that it carries out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from ...errors import InputError
from ..model import Agency
from ..names import NameIndex, name_key
from ..registry import Registry
from .model import Head, Line
from .words import clean, cue, folded

_LETTERHEAD = 8  # lines
_TOP = 40  # lines in which a letterhead, a title and its grounds stand
_TERRITORY = re.compile(r"(?:(?:Ủy ban nhân dân|UBND) |.* )((?:tỉnh|thành phố|quận|huyện|thị xã|xã|phường|thị trấn) [A-ZĐÀ-Ỹ].+)")


def read_head(lines: Sequence[Line], registry: Registry, issuer: str | None = None) -> Head:
    """What the top says; `issuer` is an agency code where a person has named it. Raises InputError where the text is no plan, or its issuer
    is in no registry."""
    top = [line.text for line in lines[:_TOP] if line.text] + [cell for line in lines[:_TOP] for cell in line.cells if cell]
    title = _title([line.text for line in lines if not line.table])
    checks: list[str] = []
    day, year = _day(top, checks)
    agency = registry.by_code(issuer) if issuer else _issuer(top, registry, day or date(year, 7, 1))
    place = _TERRITORY.match(agency.name)
    name, number = _law(title, top, checks)
    effective = _effective([line.text for line in lines], year, checks)
    where = place[1] if place else ""
    return Head(title, agency.code, where, year, day or date(year, 7, 1), name, number, effective, tuple(checks), agency.name)


def _title(texts: Sequence[str]) -> str:
    for at, text in enumerate(texts):
        found = cue("head", "title").search(folded(text))
        if not found or (at and len(text) > 300):
            continue
        rest = clean(text[found.end() :]) or next((clean(t) for t in texts[at + 1 :] if t.strip()), "")
        if rest:
            return rest
    raise InputError(
        "There is no line KẾ HOẠCH with a title: this does not look like a plan.",
        "Import the plan itself, as it was issued; a report goes to `minhchung ingest`.",
    )


def _day(top: Sequence[str], checks: list[str]) -> tuple[date | None, int]:
    """The day and the year of the plan; the day is None where the copy leaves it blank."""
    for text in top:
        if found := cue("head", "day").search(folded(text)):
            year = int(found["y"])
            if found["d"] and found["m"]:
                try:
                    return date(year, int(found["m"]), int(found["d"])), year
                except ValueError:
                    continue
            return None, year
    years = [int(y) for text in top for y in re.findall(r"\b(20\d\d)\b", text)]
    if not years:
        raise InputError(
            "The plan names no year at its top.", "Write the line of place and day (“…, ngày … tháng … năm 2023”) into the file."
        )
    checks.append(f"the year {max(years)} is the last that the top of the text names")
    return None, max(years)


def _issuer(top: Sequence[str], registry: Registry, day: date) -> Agency:
    index = NameIndex(registry)
    named = _issuer_names(top)
    for name in named:
        if found := index.lookup(name, day):
            return found[0]
    raise InputError(
        f"Whose plan it is cannot be told: {', '.join(f'“{n}”' for n in named) or 'no people’s committee'} is not in the list of agencies.",
        "Name the issuer with --issuer CODE; the agencies of another province come from a CSV of their own, --agencies FILE.",
    )


def _issuer_names(top: Sequence[str]) -> list[str]:
    """The names that the issuer may be given by: in the sentence that issues, in the letterhead, with the place of the date line."""
    place = next((clean(m["place"]) for text in top if (m := cue("head", "day").search(folded(text)))), "")
    joined = [f"{a} {b}" for a, b in pairwise(top) if a.isupper() and b.isupper()]
    names = _names_of_departments(top)
    for text in [*(t for t in top if "ban hành" in folded(t)), *top, *joined]:
        for found in cue("head", "issuer").finditer(folded(text)):
            name = found["name"] or place
            names.append(f"Ủy ban nhân dân {found['kind']} {text[found.start('name') : found.end('name')] if found['name'] else name}")
    return [" ".join(name.split()) for name in dict.fromkeys(map(name_key, names))]


def _names_of_departments(top: Sequence[str]) -> list[str]:
    """The names of an issuer that stands in the letterhead below its superior: UBND TỈNH VĨNH PHÚC, SỞ TƯ PHÁP."""
    names: list[str] = []
    for above, own in pairwise(top[:_LETTERHEAD]):
        if above.isupper() and own.isupper() and cue("head", "department").search(folded(own)):
            place = cue("head", "issuer").search(folded(above))
            names += [f"{own} {place['kind']} {place['name']}"] if place and place["name"] else [own]
    return names


def _law(title: str, top: Sequence[str], checks: list[str]) -> tuple[str, str]:
    """The name of the law without "Luật", and its number; for a plan on no law the number of the text that it carries out."""
    name = ""
    if found := cue("head", "law-in-title").search(folded(title)):
        name = title[found.start("name") : found.end("name")].strip()
    for text in top:
        if found := cue("head", "law").search(folded(text)):
            spoken = text[found.start("name") : found.end("name")].strip()
            if not name or name_key(name).startswith(name_key(spoken)) or name_key(spoken).startswith(name_key(name)):
                return name or spoken, text[found.start("number") : found.end("number")]
    for text in (title, *top):
        if found := cue("head", "another-basis").search(folded(text)):
            number = text[found.start("number") : found.end("number")]
            checks.append(f"law_number: the text that the plan carries out; {number} is the first that it names")
            return name, number
    checks.append("law_number: the plan names no text that it carries out")
    return name, "không nêu"


def _effective(texts: Sequence[str], year: int, checks: list[str]) -> date:
    for text in texts:
        if found := cue("head", "effective").search(folded(text)):
            try:
                return date(int(found["y"]), int(found["m"]), int(found["d"]))
            except ValueError:
                continue
    checks.append("law_effective: the plan does not say since when the law is in force; the first day of its year is put here")
    return date(year, 1, 1)
