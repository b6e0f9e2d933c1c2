"""The letterhead of an administrative document (Decree 30/2020, annex I): issuer, number, place and date, type, title, year, signer.

Everything is read from the top of the document and its signing block; the body names every addressee and is never asked who wrote it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from ..ingest.model import Issue, Passage, Report
from ..plan.registry import Registry
from .fold import fold
from .identity import Identity, from_file_name, identify
from .model import Letterhead
from .patterns import pattern

# Document types of Decree 30/2020, annex III, longest first so that "QUY CHẾ" is not taken for another.
TYPES = (
    "NGHỊ QUYẾT", "QUYẾT ĐỊNH", "CHỈ THỊ", "QUY CHẾ", "QUY ĐỊNH", "THÔNG CÁO", "THÔNG BÁO", "HƯỚNG DẪN", "CHƯƠNG TRÌNH", "KẾ HOẠCH", "PHƯƠNG ÁN", "ĐỀ ÁN",
    "DỰ ÁN", "BÁO CÁO", "BIÊN BẢN", "TỜ TRÌNH", "HỢP ĐỒNG", "CÔNG ĐIỆN", "GIẤY MỜI", "CÔNG VĂN",
)  # fmt: skip
_TYPE_BY_CODE = {
    "BC": "BÁO CÁO",
    "KH": "KẾ HOẠCH",
    "QĐ": "QUYẾT ĐỊNH",
    "NQ": "NGHỊ QUYẾT",
    "TB": "THÔNG BÁO",
    "TTr": "TỜ TRÌNH",
    "HD": "HƯỚNG DẪN",
    "BB": "BIÊN BẢN",
}
_TOP = 40  # passages: a letterhead with its rules, boxes and blank cells never takes more
_TYPE_LINE = re.compile(r"^\s*(" + "|".join(TYPES) + r")\b(.*)$", re.IGNORECASE)
_NUMBER = re.compile(r"(?i:\bsố)\s*[:.]?\s*(\d*)\s*(?:/\s*(\d{4}))?\s*[/-]\s*([A-ZĐƯ][\wĐđ]*(?:\s?[-–/&.]\s?[A-ZĐƯ][\wĐđ&]*)*)")
_DATED = re.compile(r"(?:^|\n)\s*([^\W\d_][^\n,]{1,40}?)\s*,\s*ngày\s*([\d.…_]*)\s*tháng\s*([\d.…_]*)\s*năm\s*(\d{4})?", re.IGNORECASE)
_TITLE_STOP = pattern("letterhead/title-stop")
_REPLACES = pattern("letterhead/replaces")
_CAPACITY = pattern("letterhead/capacity")
_PERSON = re.compile(r"^(?:(?:ThS|TS|PGS|GS|BS|BSCKII|CN|Ths)\.?\s*)*((?:[A-ZĐÀ-Ỹ][a-zà-ỹđ]+\s+){1,4}[A-ZĐÀ-Ỹ][a-zà-ỹđ]+)\s*$")


@dataclass(frozen=True, slots=True)
class LetterheadReading:
    """A letterhead, the index of the first passage of the body, and what was at fault."""

    letterhead: Letterhead
    body_starts: int
    issues: tuple[Issue, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    passage: int


def read_letterhead(report: Report, registry: Registry) -> LetterheadReading:
    """Reads the top and the end of a report; a report without text is named by its file name, as a proposal only."""
    if not report.passages:
        return _from_name(report, registry)
    lines = [_Line(t.strip(), i) for i, p in enumerate(report.passages[:_TOP]) for t in p.text.split("\n") if t.strip()]
    at = _type_line(lines)
    top = lines[:at] if at is not None else lines[:25]
    number, code = _number([line.text for line in top])
    place, day = _dated(" \n".join(line.text for line in top))
    kind, title, starts = _title(lines, at, report.passages, code)
    opening = " ".join(p.text for p in report.passages[starts : starts + 6])
    signer, signed_as = _signature(report.passages)
    year = _year(title, day, opening)
    who = identify([line.text for line in top], code, place, signed_as, registry, _when(day, year))
    if who.agency is None and not who.candidates:
        who = from_file_name(PurePath(report.path), registry, _when(day, year))
    closing = " ".join(p.text for p in report.passages[-12:])
    letterhead = _letterhead(
        who, registry, number, day, place, kind, title, year, signer, signed_as, _replaced(f"{title} {opening} {closing}")
    )
    return LetterheadReading(letterhead, starts, _issues(letterhead))


def _letterhead(who: Identity, registry: Registry, number: str | None, day: str | None, place: str | None, kind: str | None, title: str, year: int | None,
                signer: str | None, signed_as: str | None, replaces: tuple[str, ...]) -> Letterhead:  # fmt: skip
    name = registry.by_code(who.agency).name if who.agency else who.name
    return Letterhead(
        agency=who.agency, agency_name=name, number=number, date=day, place=place, type=kind, title=title or None, year=year, signer=signer,
        signed_as=signed_as, replaces=replaces, candidates=who.candidates, basis=who.basis,
    )  # fmt: skip


def _from_name(report: Report, registry: Registry) -> LetterheadReading:
    path = PurePath(report.path)
    found = re.search(r"20[2-3]\d", path.name)
    year = int(found[0]) if found else None
    who = from_file_name(path, registry, date(year or 2023, 12, 31))
    blank = Letterhead(
        agency=who.agency, agency_name=registry.by_code(who.agency).name if who.agency else None, candidates=who.candidates, basis=who.basis
    )
    return LetterheadReading(replace(blank, year=year), 0)


def _issues(letterhead: Letterhead) -> tuple[Issue, ...]:
    if letterhead.agency:
        return ()
    offered = ", ".join(letterhead.candidates) or "none"
    return (
        Issue(
            "agency-unknown",
            f"the letterhead does not say surely which agency wrote this (read: {letterhead.agency_name or 'nothing'}; candidates: {offered})",
            "Look at the first page; if it is one of the candidates, correct the letterhead in the file or ask the sender.",
        ),
    )


def _when(day: str | None, year: int | None) -> date:
    """The day on which the issuer must exist: the document's own, else the end of the year reported on."""
    return date.fromisoformat(day) if day else date(year or 2023, 11, 15)


def _type_line(lines: Sequence[_Line]) -> int | None:
    """The line that names the document's type: alone, or in capitals before its subject."""
    for i, line in enumerate(lines):
        match = _TYPE_LINE.match(line.text)
        if not match:
            continue
        rest = match[2].strip(" :*")
        if match[1].isupper() and (not rest or rest[:1].isupper() or rest[:1].islower()) and not re.match(r"^(?:này|số)\b", rest.lower()):
            return i
    return None


def _number(top: Sequence[str]) -> tuple[str | None, str]:
    """The document's number (None where the office left it blank) and its code of type and issuer."""
    for text in top:
        match = _NUMBER.search(text)
        if match:
            code = re.sub(r"\s", "", match[3]).replace("–", "-")
            figure = match[1] + (f"/{match[2]}" if match[2] else "")
            return (f"{figure}/{code}" if match[1] else None), code
    return None, ""


def _dated(top: str) -> tuple[str | None, str | None]:
    """Place and ISO date of the place-date line; the day is None where any part of it is blank or impossible."""
    match = _DATED.search(top)
    if not match:
        return None, None
    place = match[1].strip()
    try:
        return place, date(int(match[4]), int(match[3]), int(match[2])).isoformat()
    except (TypeError, ValueError):  # "ngày     tháng 11 năm 2023", or 31/11
        return place, None


def _title(lines: Sequence[_Line], at: int | None, passages: Sequence[Passage], code: str) -> tuple[str | None, str, int]:
    """The type, the title, and the index of the first body passage."""
    if at is None:
        return _untyped(lines, code)
    match = _TYPE_LINE.match(lines[at].text)
    assert match is not None
    kind = match[1].upper()
    parts = [match[2].strip()] if match[2].strip(" :*-_") else []
    starts = lines[at].passage + 1
    for line in lines[at + 1 :]:
        passage = passages[line.passage]
        if passage.row is not None and passage.row.table != (passages[lines[at].passage].row or passage.row).table:
            break  # the first table of figures, not the title
        if passage.row is not None and passages[lines[at].passage].row is None:
            break
        if re.fullmatch(r"[\W_]+", line.text):
            starts = line.passage + 1
            continue
        if not _is_title(line.text, passage, bool(parts)):
            break
        parts.append(line.text)
        starts = line.passage + 1
    return kind, " ".join(parts).strip(), starts


def _is_title(text: str, passage: Passage, begun: bool) -> bool:
    folded = fold(text)
    if (
        len(text) > 260
        or (_TITLE_STOP.match(folded) and not (passage.bold or passage.centered))
        or folded.startswith(("kính gửi", "căn cứ"))
    ):
        return False
    if re.match(r"^(?:[IVX]+[.\s/]|Phần|PHẦN|\d+\.)\s*\S", text):
        return False
    return passage.bold or passage.centered or not begun or (len(text) < 160 and text[-1:] not in ".:;,")


def _untyped(lines: Sequence[_Line], code: str) -> tuple[str | None, str, int]:
    """A công văn has no type line: its subject follows "V/v" under the number."""
    kind = _TYPE_BY_CODE.get(code.split("-")[0].split("/")[0])
    for line in lines:
        match = re.match(r"^\s*(?:V/v|Về việc)\b[:.]?\s*(.+)$", line.text, re.IGNORECASE)
        if match:
            return kind or "CÔNG VĂN", match[1].strip(), line.passage + 1
    dated = next((line.passage + 1 for line in lines if _DATED.search(line.text)), 0)
    return kind, "", dated


def _year(title: str, day: str | None, opening: str) -> int | None:
    """The year reported on: one named in the title (the document's own or the one before it, where several are), else the document's, else the opening's."""
    written = int(day[:4]) if day else None
    named = [int(y) for y in re.findall(r"\bnăm\s+(20\d\d)", fold(title))]
    if written and written in named:
        return written
    if named:
        return next((y for y in named if written and y == written - 1), named[0])
    if written:
        return written
    found = re.search(r"\bnăm\s+(20\d\d)", fold(opening))
    return int(found[1]) if found else None


def _replaced(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.sub(r"\s", "", m[1]) for m in _REPLACES.finditer(text)))


def _signature(passages: Sequence[Passage]) -> tuple[str | None, str | None]:
    """Signer and capacity ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH") from the last signing block."""
    lines = [(i, t.strip()) for i, p in enumerate(passages) for t in p.text.split("\n") if t.strip()]
    marks = [k for k, (_, t) in enumerate(lines) if _CAPACITY.match(t)]
    if not marks:
        return None, None
    first = marks[-1]
    while first and first - 1 in marks:
        first -= 1
    capacity = [t for _, t in lines[first : marks[-1] + 1]]
    for _, text in lines[marks[-1] + 1 : marks[-1] + 8]:
        person = _PERSON.match(text)
        if person:
            return person[1], " ".join(capacity)
    return None, " ".join(capacity)
