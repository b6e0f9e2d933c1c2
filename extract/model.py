"""What judging makes of a report: a `Letterhead`, and `Evidence` that rests on quoted words with the `Cue`s that spoke."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from ..ingest.model import Issue

Status = Literal["done", "ongoing", "planned", "not_done", "mention"]
Strength = Literal["verifiable", "specific", "assertion"]
YEARLY_REPORT: Final = ".bc"  # how the id of the item ends that is the yearly report, in every plan


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who wrote, what, when.

    `agency` is a registry code, None when nothing identifies it surely; then `candidates` are the codes that a person may choose from.
    `number` "412/BC-UBND", None where blank. `date` ISO, None where the day is blank. `type` "BÁO CÁO". `year` the year reported on.
    `replaces` the numbers of documents that this one replaces. `basis` says which rule identified the agency.
    """

    agency: str | None = None
    agency_name: str | None = None
    number: str | None = None
    date: str | None = None
    place: str | None = None
    type: str | None = None
    title: str | None = None
    year: int | None = None
    signer: str | None = None
    signed_as: str | None = None
    replaces: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    basis: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """A rule that spoke, and the words it spoke on: offsets into the passage's text, or -1 where it stands outside (a heading)."""

    rule: str
    text: str
    start: int = -1
    end: int = -1


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit, as read: 1250.0 "lượt người"; `approximate` for "trên", "khoảng", "gần"."""

    value: float
    unit: str
    approximate: bool = False


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of how many did it: 10 of 12 "phường"."""

    done: int
    total: int
    unit: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """One claim about one item: `report.passages[passage].text[start:end] == quote`.

    `actor` is `self`, `subordinate`, `superior` or `other`; `dates` are ISO days, months ("2023-08") or quarters ("2023-Q3"); `numbers` the
    documents cited; `audience` words of the plan's audience groups (`cbccvc`, `nld`, `nsdld`, `xa_phuong`, `nhan_dan`, `vien_chuc`,
    `mat_tran`).
    """

    passage: int
    item: str
    status: Status
    start: int
    end: int
    quote: str
    heading: str
    confidence: float
    cues: tuple[Cue, ...] = ()
    dates: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    audience: tuple[str, ...] = ()
    actor: str = "self"
    coverage: Coverage | None = None
    partial: bool = False
    strength: Strength = "assertion"


@dataclass(frozen=True, slots=True)
class Rejected:
    """A sentence whose words name an item and that is no evidence for it: `report.passages[passage].text[start:end] == quote`.

    `gate` is the name of what refused it ("no/…"), or "mention/…" with what makes it a mere mention; `distance` is 0 for what came nearest
    to counting (extract/rejected.py tells the order); `cues` are the words that name the item.
    """

    passage: int
    item: str
    gate: str
    distance: int
    start: int
    end: int
    quote: str
    heading: str
    cues: tuple[Cue, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """All that was found in one report; `rejected` are the nearest refusals of items for which it claims nothing done, nearest first."""

    letterhead: Letterhead
    evidence: tuple[Evidence, ...] = ()
    issues: tuple[Issue, ...] = ()
    rejected: tuple[Rejected, ...] = ()


State = Literal["evidenced", "partial", "planned", "not_done", "silent", "unreadable", "no_report", "not_applicable"]


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """One document as the cells see it. `outcome` is the reader's; `unread_pages` how many pages gave no text."""

    sha256: str
    outcome: str
    unread_pages: int
    letterhead: Letterhead
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class CellVerdict:
    """The state of one cell and what it rests on: `claims` are (sha256, index into that document's evidence), the one to show first; for
    III.bc the documents themselves, with index -1. `day` is the ISO day by which the act was done, where the words give one."""

    state: State
    claims: tuple[tuple[str, int], ...] = ()
    day: str | None = None
