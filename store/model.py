"""What the store answers: rows with the fields that other tools rely on (docs/data-model.md). Fields are only ever added, at the end.

What is added to a row that others inherit from is keyword-only: `present.formats` writes those after the fields of the inheriting row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One file. `outcome` is ingested, duplicate, superseded, unreadable, failed or ignored, `reason` says why where it is not plain;
    `signatures` are its digital signatures, {signer, organisation, signed, changed, unit} in the order they were made, `properties` what
    the program that made it noted: those of {title, author, last_modified_by, created, modified} that it has."""

    file: str
    path: str
    sha256: str | None
    outcome: str
    reason: str
    agency: str | None
    agency_name: str | None
    number: str | None
    date: str | None
    type: str | None
    title: str | None
    year: int | None
    pages: int | None
    ocr: bool
    signatures: list[Record]
    properties: Record = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One claim about one item, with the words it rests on (`quote`, verbatim) and where they stand; `id` is what `explain --id` takes,
    `plan` the id of the plan that the item is of."""

    file: str
    agency: str | None
    year: int | None
    item: str
    status: str
    quote: str
    heading: str
    page: int | None
    locator: str
    confidence: float
    cues: list[Record]
    dates: list[str]
    numbers: list[str]
    quantities: list[Record]
    audience: list[str]
    actor: str
    coverage: Record | None
    id: str
    plan: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class StatusRow:
    """One cell. `duty` is None at item level; `due` the last day in time; `overdue` owed, past due and not evidenced on the day asked for;
    `late` done, but after the day it was due; `evidence` how many claims it rests on, `quote` and `file` the first of them.

    `days_left` until `due` on the day asked for; `ended` the last day of an agency that is gone and whose duty nobody took over by a
    document; `handed_on` the document by which it owes a duty that was another's; `inherited` the predecessors whose evidence it rests on;
    `from_year` the earlier year that carries a duty done once; `review` a person's decision, {state, reason, who, at}.
    """

    agency: str
    agency_name: str
    item: str
    duty: str | None
    year: int
    state: str
    owed: bool
    role: str | None
    due: str | None
    overdue: bool
    late: bool
    evidence: int
    quote: str | None
    file: str | None
    plan: str = field(default="", kw_only=True)
    days_left: int | None = field(default=None, kw_only=True)
    ended: str | None = field(default=None, kw_only=True)
    handed_on: str | None = field(default=None, kw_only=True)
    inherited: list[str] = field(default_factory=list, kw_only=True, compare=False)
    from_year: int | None = field(default=None, kw_only=True)
    review: Record | None = field(default=None, kw_only=True, compare=False)


@dataclass(frozen=True, slots=True)
class MissingRow(StatusRow):
    """A cell that is owed and not evidenced, and why, in words for the officer who asks. `near` are the refused sentences that came
    nearest, {file, page, locator, heading, quote, gate, words}, nearest first; None where nobody asked for them."""

    reason: str
    near: list[Record] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that holds the words searched for; `snippet` is a cut of its text, `marks` the (start, end) of the words in it."""

    file: str
    agency: str | None
    year: int | None
    page: int | None
    locator: str
    heading: str
    snippet: str
    marks: list[tuple[int, int]]
