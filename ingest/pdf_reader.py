"""Reads a PDF: each page by the first way that gives good text (pdfium, then pdfplumber, then OCR), then blocks over all pages."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .limits import OCR_SHARE, PDF_PAGES, seconds_for
from .model import Issue
from .ocr import read_picture
from .ocr_engine import INSTALL, OcrError, engine
from .pdf_file import PRINT_ANEW, PdfFile, fault_name, open_pdf
from .pdf_layout import PageContent, blocks_of, page_content
from .pdf_page import PageText
from .reader_types import Content

_COVERED = 0.6  # share of a page that a picture covers when the page is a scan ...
_STAMPED = 40  # ... and as many words are what a scanner or a signing program has put on top
_LEAST_LEFT = 0.8  # share of the words of a text layer that OCR must find to take its place


@dataclass(slots=True)
class _Reading:
    """What has been met so far."""

    pages: list[PageContent] = field(default_factory=list)
    issues: list[Issue] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    ocr: bool = False
    waits: bool = False
    ocr_seconds: float = 0.0  # still to be had for this file

    def fail(self, issue: Issue) -> None:
        """Lists a page as unread."""
        self.issues.append(issue)
        assert issue.page is not None
        self.unread.append(issue.page)


def read_pdf(path: Path, passwords: Sequence[str] = ()) -> Content:
    """Blocks in reading order. Raises `Unreadable` for a file that cannot be opened, that none of `passwords` opens, or without pages."""
    reading = _Reading(ocr_seconds=OCR_SHARE * seconds_for(path.stat().st_size))
    with open_pdf(path, passwords) as pdf:
        for number in range(1, min(pdf.count, PDF_PAGES) + 1):
            _read_page(pdf, number, reading)
            pdf.close_page()
        count = pdf.count
        signatures, problems = pdf.signatures()
        properties = pdf.properties()
        reading.issues.extend((*pdf.issues, *problems))
    if count > PDF_PAGES:
        reading.unread.extend(range(PDF_PAGES + 1, count + 1))
        message = f"it has {count} pages; only the first {PDF_PAGES} are read"
        reading.issues.append(Issue("too-many-pages", message, "split the file", PDF_PAGES + 1))
    waiting = ("ocr",) if reading.waits else ()
    blocks = blocks_of(reading.pages)
    return Content(blocks, reading.issues, count, tuple(reading.unread), reading.ocr, waiting, tuple(signatures), properties)


def _read_page(pdf: PdfFile, number: int, reading: _Reading) -> None:
    """A page that raises costs that page only."""
    try:
        text = _best_text(pdf, number)
        if isinstance(text, Issue):
            reading.fail(text)
            return
        if _wants_ocr(text):
            text = _with_ocr(pdf, text, reading)
        reading.pages.append(page_content(text))
    except Exception as fault:  # a broken page makes the libraries raise what it leads them to
        if any(isinstance(f, MemoryError) for f in (fault, *fault.args, fault.__cause__)):  # pdfplumber wraps it
            raise MemoryError from fault
        reading.fail(Issue("page-failed", f"the page cannot be read ({fault_name(fault)})", PRINT_ANEW, number))


def _best_text(pdf: PdfFile, number: int) -> PageText | Issue:
    """By the fast route; by the careful one as well where the fast one fails, its words are torn or garbled, or it sees nothing at all."""
    faults: list[BaseException] = []
    found: list[PageText] = []
    for route in (pdf.fast, pdf.careful):
        try:
            text = route(number)
        except Exception as fault:  # see _read_page
            if isinstance(fault, MemoryError):
                raise
            faults.append(fault)
            continue
        if text is not None:
            found.append(text)
            if not text.doubtful and not (text.is_blank and pdf.may_check_blank()):
                return text
    if not found or (faults and all(text.is_blank for text in found)):
        why = fault_name(faults[0]) if faults else "neither library finds it"
        return Issue("page-failed", f"the page cannot be read ({why})", PRINT_ANEW, number)
    return max(found, key=lambda t: (not t.is_blank, not t.garbled, t.grade().score - t.unknown / max(1, t.grade().words)))


def _wants_ocr(text: PageText) -> bool:
    if not text.words:
        return text.drawn or text.unknown > 0
    return text.doubtful or (text.picture >= _COVERED and len(text.words) < _STAMPED)


def _with_ocr(pdf: PdfFile, text: PageText, reading: _Reading) -> PageText:
    """The page read by OCR where that gives more; what it cannot be trusted with is listed as unread."""
    kept = PageText(text.number, text.width, text.height) if text.garbled else text
    seen = _seen(pdf, text, reading)
    if isinstance(seen, Issue):
        reading.fail(seen)
        return kept
    if not seen.words and not seen.poor:
        if text.words or text.picture:
            reading.fail(Issue("no-text-layer", f"{_why(text)}, and OCR finds no text in it", "look at the page", text.number))
        return kept
    if kept.words and not _is_better(seen, kept):
        return kept
    reading.ocr = True
    if seen.poor:
        what_next = "ask for a better scan, or for the file that was printed"
        reading.fail(Issue("poor-scan", f"{_why(text)}, and {seen.poor}", what_next, text.number))
    if seen.changes:
        reading.issues.append(_corrections(seen))
    return seen


def _seen(pdf: PdfFile, text: PageText, reading: _Reading) -> PageText | Issue:
    """What OCR sees in the page, or why it was not asked or does not answer."""
    if engine() is None:
        reading.waits = True
        return Issue("no-text-layer", f"{_why(text)}; OCR is not installed", f"{INSTALL}, then run again", text.number)
    if reading.ocr_seconds <= 0:
        reading.waits = True
        why = f"{_why(text)}; the time for OCR on one file is used up"
        return Issue("ocr-unfinished", why, "run again: it goes on from here", text.number)
    started = time.monotonic()
    try:
        seen = pdf.picture(text.number, read_picture)
        if seen is None:
            why = f"{_why(text)}, and pdfium, which would draw it for OCR, does not find it"
            return Issue("no-text-layer", why, PRINT_ANEW, text.number)
        return seen
    except OcrError as fault:
        return Issue("ocr-failed", f"{_why(text)}, and OCR failed ({fault})", "ask for the file that was printed", text.number)
    finally:
        reading.ocr_seconds -= time.monotonic() - started


def _corrections(seen: PageText) -> Issue:
    """All of them, so that what OCR saw is kept beside what was made of it."""
    shown = ", ".join(f'"{a}" to "{b}"' for a, b in seen.changes)
    message = f"{len(seen.changes)} words that OCR had misread were corrected: {shown}"
    return Issue("ocr-corrected", message, "compare with the page where it matters", seen.number)


def _is_better(seen: PageText, kept: PageText) -> bool:
    """Whether what OCR has seen should take the place of a text layer."""
    if seen.poor or seen.grade().words < kept.grade().words * _LEAST_LEFT:
        return False
    return not kept.grade().doubtful or seen.grade().score > kept.grade().score


def _why(text: PageText) -> str:
    if text.garbled:
        return "the page's letters have no Unicode values"
    if text.doubtful:
        return "the page's text layer is torn"
    return "the page is a picture without a text layer"
