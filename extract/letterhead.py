"""The letterhead of an administrative document (Decree 30/2020, annex I): issuer, number, place and date, type, title, year, signer.

Everything is read from the top of the document and its signing block, and from its digital signatures where these do not say who wrote it;
the body names every addressee and is never asked.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from ..ingest.model import Issue, Passage, Report
from ..plan.registry import Registry
from .facts import years_told
from .fold import fold
from .identity import by_file_name, by_signature, certified_agencies, proposed, signed_by_another, signing_agencies
from .issuer import NOBODY, OLD_STAMP, Identity, identify
from .model import Letterhead
from .patterns import pattern, word_map, words

_TYPE_BY_CODE = word_map("words/type-codes")
_TOP = 40  # passages: a letterhead with its rules, boxes and blank cells never takes more
_TYPE_LINE = pattern("letterhead/type-line")
_GOES_ON = pattern("letterhead/type-in-a-sentence")
_NUMBER = pattern("letterhead/number")
_KINDS_OF_PLACE = frozenset(words("words/kinds-of-place"))
_DATED = pattern("letterhead/place-and-date")
_MOTTO = pattern("letterhead/motto-begins")
_DATE = pattern("letterhead/date-begins")
_NUMBER_LINE = pattern("letterhead/number-line")
_SUBJECT = pattern("letterhead/subject-line")
_TITLE_STOP = pattern("letterhead/title-stop")
_BODY_LABEL = pattern("letterhead/body-label")
_NOT_TITLE = pattern("letterhead/never-title")
_REPLACES = pattern("letterhead/replaces")
_CAPACITY = pattern("letterhead/capacity")
_PERSON = pattern("letterhead/person")
_WORD = re.compile(r"\S+")
_RULE_LINE = re.compile(r"[\W_]+")


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
    lines = [_Line(t, i) for i, p in enumerate(report.passages[:_TOP]) for line in p.text.split("\n") for t in _blocks(line)]
    at = _type_line(lines)
    top = lines[:at] if at is not None else lines[:25]
    number, code = _number([line.text for line in top])
    place, day, written = _dated(" \n".join(line.text for line in top))
    kind, title, starts = _title(lines, at, report.passages, code)
    opening = " ".join(p.text for p in report.passages[starts : starts + 6])
    closing = " ".join(p.text for p in report.passages[-12:])
    signer, signed_as = _signature(report.passages)
    year = _year(title, written, opening)
    texts, on = _above_subject([line.text for line in top]), _when(day, year)
    who, issues = _sender(identify(texts, code, place, signed_as, registry, on, day is not None), texts, report, registry, on)
    letterhead = replace(
        _named(who, registry), number=number, date=day, place=place, type=kind, title=title or None, year=year, signer=signer,
        signed_as=signed_as, replaces=_replaced(f"{title} {opening} {closing}"),
    )  # fmt: skip
    return LetterheadReading(letterhead, starts, (*issues, *_issues(letterhead)))


def _sender(who: Identity, top: Sequence[str], report: Report, registry: Registry, on: date) -> tuple[Identity, tuple[Issue, ...]]:
    """The issuer by the letterhead (`who`), else by the signatures, else by the file's name; an issue where another agency signed."""
    who = by_signature(who, top, report.signatures, registry, on)
    who = by_file_name(who, top, PurePath(report.path), registry, on)
    signed = signing_agencies(report.signatures, registry, on)
    issues: tuple[Issue, ...] = ()
    if signed and signed_by_another(who, certified_agencies(report.signatures, registry, on), registry):
        read = registry.by_code(who.agency).name if who.agency else who.name
        names = ", ".join(agency.name for agency in signed)
        issues = (
            Issue(
                "signer-other-agency",
                f"it is digitally signed by {names}, while the issuer reads {read} ({who.basis})",
                "Look at the first page; if it names the wrong agency, ask the sender to correct it.",
            ),
        )
    return proposed(who, signed), issues


def _named(who: Identity, registry: Registry) -> Letterhead:
    """A letterhead with the identity filled in: the registry's name for a known agency, else the name as read."""
    name = registry.by_code(who.agency).name if who.agency else who.name
    return Letterhead(agency=who.agency, agency_name=name, candidates=who.candidates, basis=who.basis)


def _from_name(report: Report, registry: Registry) -> LetterheadReading:
    path = PurePath(report.path)
    found = re.search(r"20[2-3]\d", path.name)
    year = int(found[0]) if found else None
    who, issues = _sender(NOBODY, (), report, registry, date(year or 2023, 12, 31))
    found_out = replace(_named(who, registry), year=year)
    return LetterheadReading(found_out if who.agency else replace(found_out, agency_name=None), 0, issues)


def _issues(letterhead: Letterhead) -> tuple[Issue, ...]:
    if letterhead.basis == OLD_STAMP:
        return (
            Issue(
                "old-letterhead",
                f"the letterhead is that of {letterhead.agency_name}, which had ended when this was written ({letterhead.date})",
                "It counts for the office that is named; see who follows it: minhchung agencies.",
            ),
        )
    if letterhead.agency:
        return ()
    offered = ", ".join(letterhead.candidates) or "none"
    return (
        Issue(
            "agency-unknown",
            "the letterhead does not say surely which agency wrote this "
            f"(read: {letterhead.agency_name or 'nothing'}; candidates: {offered})",
            "Look at the first page; if it is one of the candidates, correct the letterhead in the file or ask the sender.",
        ),
    )


def _above_subject(texts: list[str]) -> list[str]:
    """The lines above the subject and the addressee, which is where the issuer of a letter without a type line stands."""
    return texts[: next((n for n, text in enumerate(texts) if _SUBJECT.search(text) or _NOT_TITLE.search(fold(text))), len(texts))]


def _blocks(line: str) -> list[str]:
    """The parts of a line that reaches over both blocks of a letterhead, as text taken out of a PDF does: the motto and the date line stand
    in the right one, whatever is before them in the left."""
    motto = _MOTTO.search(line)
    at = motto.start() if motto else _place_begins(line)
    return [part.strip() for part in (line[:at], line[at:]) if part.strip()]


def _place_begins(line: str) -> int:
    """Where the place of a date line begins: its words in front of the comma are capitalised and not all in capitals ("TP. ", "TT " aside),
    as what stands in the other block is."""
    comma = _DATE.search(line)
    at = comma.start() if comma else 0
    for word in reversed(list(_WORD.finditer(line[:at]))):
        shouted = word[0].isupper() and not (len(word[0]) == 1 or word[0].endswith(".") or word[0] in _KINDS_OF_PLACE)
        figure = word[0].isdecimal() and word.end() == comma.start() if comma else False  # "Đông Hải 2, ngày …"
        if shouted or not (word[0][0].isupper() or figure):
            break
        at = word.start()
    return at


def _when(day: str | None, year: int | None) -> date:
    """The day on which the issuer must exist: the document's own, else the end of the year reported on."""
    return date.fromisoformat(day) if day else date(year or 2023, 11, 15)


def _type_line(lines: Sequence[_Line]) -> int | None:
    """The line that names the document's type in capitals: alone, or before its subject. What looks like one above the number ("DỰ ÁN …"
    in a project office's wrapped name) is not it where another stands below."""
    typed = [i for i, line in enumerate(lines) if _names_type(line.text)]
    numbered = next((i for i, line in enumerate(lines) if _NUMBER_LINE.search(fold(line.text))), 0)
    return next((i for i in typed if i > numbered), next(iter(typed), None))


def _names_type(text: str) -> bool:
    match = _TYPE_LINE.search(text)
    if not match or not match[1].isupper():
        return False
    rest = match[2].strip(" :*")
    begins = not rest or rest[0].isupper() or rest[0].islower()
    return begins and not _GOES_ON.search(rest.lower())


def _number(top: Sequence[str]) -> tuple[str | None, str]:
    """The document's number (None where the office left it blank) and its code of type and issuer."""
    for text in top:
        match = _NUMBER.search(text)
        if match:
            code = re.sub(r"\s", "", match[3]).replace("–", "-")
            figure = match[1] + (f"/{match[2]}" if match[2] else "")
            return (f"{figure}/{code}" if match[1] else None), code
    return None, ""


def _dated(top: str) -> tuple[str | None, str | None, int | None]:
    """Place, ISO date and year of the place-date line; the date is None where any part of it is blank or impossible, the year may stand."""
    match = _DATED.search(top)
    if not match:
        return None, None, None
    place, year = match[1].strip(), int(match[4]) if match[4] else None
    try:
        return place, date(int(match[4]), int(match[3]), int(match[2])).isoformat(), year
    except (TypeError, ValueError):  # "ngày     tháng 11 năm 2023", or 31/11
        return place, None, year


def _title(lines: Sequence[_Line], at: int | None, passages: Sequence[Passage], code: str) -> tuple[str | None, str, int]:
    """The type, the title, and the index of the first body passage."""
    if at is None:
        return _untyped(lines, code)
    match = _TYPE_LINE.search(lines[at].text)
    assert match is not None
    parts = [match[2].strip()] if match[2].strip(" :*-_") else []
    starts = lines[at].passage + 1
    for line in lines[at + 1 :]:
        passage = passages[line.passage]
        if _in_another_table(passage, passages[lines[at].passage]):
            break  # the first table of figures, not the title
        if not _RULE_LINE.fullmatch(line.text):
            if not _is_title(line.text, passage, bool(parts)):
                break
            parts.append(line.text)
        starts = line.passage + 1
    return match[1].upper(), " ".join(parts).strip(), starts


def _in_another_table(passage: Passage, typed: Passage) -> bool:
    """Whether a passage stands in a table that the type line does not stand in."""
    return passage.row is not None and (typed.row is None or typed.row.table != passage.row.table)


def _is_title(text: str, passage: Passage, begun: bool) -> bool:
    """Whether a line under the type line goes on with the title; what is bold or centred may look like the body's first words."""
    folded, marked = fold(text), passage.bold or passage.centered
    if len(text) > 260 or _NOT_TITLE.search(folded) or (_TITLE_STOP.search(folded) and not marked) or _BODY_LABEL.search(text):
        return False
    return marked or not begun or (len(text) < 160 and text[-1:] not in ".:;,")


def _untyped(lines: Sequence[_Line], code: str) -> tuple[str | None, str, int]:
    """A công văn has no type line: its subject follows "V/v" under the number."""
    kind = _TYPE_BY_CODE.get(code.split("-")[0].split("/")[0])
    for line in lines:
        match = _SUBJECT.search(line.text)
        if match:
            return kind or "CÔNG VĂN", match[1].strip(), line.passage + 1
    dated = next((line.passage + 1 for line in lines if _DATED.search(line.text)), 0)
    return kind, "", dated


def _year(title: str, written: int | None, opening: str) -> int | None:
    """The year reported on: one named in the title (the one it was `written` in, or the one before where several are), else the one it was
    written in, else the opening's."""
    named = years_told(fold(title))
    if written in named:
        return written
    if named:
        return next((y for y in named if written and y == written - 1), named[0])
    return written or next(iter(years_told(fold(opening))), None)


def _replaced(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(re.sub(r"\s", "", m[1]) for m in _REPLACES.finditer(text)))


def _signature(passages: Sequence[Passage]) -> tuple[str | None, str | None]:
    """Signer and capacity ("KT. CHỦ TỊCH PHÓ CHỦ TỊCH") from the last signing block."""
    lines = [(i, t.strip()) for i, p in enumerate(passages) for t in p.text.split("\n") if t.strip()]
    marks = [k for k, (_, t) in enumerate(lines) if _CAPACITY.search(t)]
    if not marks:
        return None, None
    first = marks[-1]
    while first and first - 1 in marks:
        first -= 1
    capacity = [t for _, t in lines[first : marks[-1] + 1]]
    for _, text in lines[marks[-1] + 1 : marks[-1] + 8]:
        person = _PERSON.search(text)
        if person:
            return person[1], " ".join(capacity)
    return None, " ".join(capacity)
