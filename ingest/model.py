"""What a reader makes of a file: a `Report` with its `Passage`s, each with its `Locator`, and the `Issue`s met on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PassageKind = Literal["paragraph", "heading", "list_item", "cell", "footnote", "textbox", "header", "footer"]
ReportKind = Literal["docx", "pdf", "doc", "odt", "rtf", "txt", "html", "other"]
Outcome = Literal["read", "unreadable", "failed", "ignored"]
BBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Locator:
    """Where a passage stands.

    `page` counts from 1; None for DOCX, which has no pages (never guessed). `block` names the place in the file's own order:
    `p12` paragraph 12, `t3r4c2` table 3, row 4, column 2 (all from 1), `fn2` footnote 2, `tb1p2` text box 1, paragraph 2,
    `e1p2` paragraph 2 of the first document embedded in this one.
    `bbox` is (x0, top, x1, bottom) in PDF points from the page's top left; None for DOCX. A passage that runs over a page break is
    located where it begins.
    """

    page: int | None
    block: str
    bbox: BBox | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """The table row a cell stands in: numbers from 1, `heads` the column heads (one a column, '' where none, () for a table without
    a head row), `cells` the texts of the whole row, merged cells once at their first column and '' at the others."""

    table: int
    row: int
    column: int
    heads: tuple[str, ...]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of text that belongs together: a paragraph, a heading, a list item, one table cell, one footnote.

    `text` is NFC with visible characters only: tabs and non-breaking spaces are blanks, a soft line break and the end of a paragraph
    inside one cell are '\n'; automatic list numbers are restored in front ("1. ", "a) ", "- "). `headings` is the chain of headings above
    it, outermost first, its own text not included. `bold` is True when all of it is bold, `centered` when it is set in the middle.
    """

    ordinal: int
    kind: PassageKind
    text: str
    headings: tuple[str, ...]
    locator: Locator
    row: Row | None = None
    bold: bool = False
    centered: bool = False


@dataclass(frozen=True, slots=True)
class Issue:
    """A fault in the input, as a value: it is stored, counted and shown, never swallowed.

    `code` is a stable kebab-case word ("encrypted", "damaged", "no-text-layer", "page-failed"); `message` says what is wrong and
    `next_step` what a person can do about it; `page` where it is, None for the whole file.
    """

    code: str
    message: str
    next_step: str = ""
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Signature:
    """A digital signature: who signed for which organisation ('' where the certificate does not say), when by the signer's own clock (ISO
    8601, '' unknown), and whether the file was `changed` afterwards by more than further signatures and filled-in fields. `unit` is the
    organisational unit: the department, where the organisation is its city; several are joined by "; ", as the certificate has them."""

    signer: str
    organisation: str
    signed: str
    changed: bool
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Properties:
    """What the program that made the file noted in it, '' where nothing: its own `title`, who wrote it and who saved it last, and when by
    that computer's clock (ISO 8601). A hint where the letterhead is silent, never evidence: offices write over each other's files."""

    title: str = ""
    author: str = ""
    last_modified_by: str = ""
    created: str = ""
    modified: str = ""


NOTHING_NOTED = Properties()


@dataclass(frozen=True, slots=True)
class Report:
    """One file, read. `pages` is None for DOCX; `unread_pages` are the page numbers from which no text could be had; `outcome` is `read`
    when there is any text at all, else `unreadable` (the file's fault) or `failed` (ours), and `reason` then says why and what to do.
    `waiting_for` names the tools that would read (more of) it and are not installed here ("libreoffice", "ocr", "libarchive", "unar")."""

    sha256: str
    path: str
    kind: ReportKind
    outcome: Outcome
    reason: str = ""
    pages: int | None = None
    unread_pages: tuple[int, ...] = ()
    ocr: bool = False
    passages: tuple[Passage, ...] = ()
    issues: tuple[Issue, ...] = ()
    waiting_for: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    properties: Properties = NOTHING_NOTED
