"""From the words of all pages to blocks: running heads out, columns apart, tables stitched, paragraphs over lines and pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from .blocks import Block
from .pdf_columns import find_gutters, split
from .pdf_page import PageText
from .pdf_paragraphs import Line, Measures, Span, measure, paragraphs, set_labels, text_column
from .pdf_tables import RawTable, stitch, take_tables
from .pdf_words import RowOfWords, Word, joined, rows_of, weight
from .tables import cell_blocks
from .text import clean

_PAGE_NUMBER = re.compile(r"[-–—|\s]*(?:trang|page)?\s*\d{1,4}\s*(?:[/|]\s*\d{1,4})?[-–—|\s.]*$", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.13  # of the page's height, at top and bottom: where running heads stand
_FEW_ROWS = 3  # a page of so few rows has no running head: what it repeats is its text
_NOTE = re.compile(r"[\[(]?(\d{1,3})[\])]?[.)]?\s*\D")
_BLUR = 5.0  # points by which the end of a line in a picture is off
_TEXT_ROWS = 6  # of a column, at least, to be running text
_NOTE_SIZE = 0.87  # of the body's letter size, at most


@dataclass(slots=True)
class PageContent:
    """One page after the first pass: rows and tables from top to bottom."""

    number: int
    width: float
    height: float
    ocr: bool = False
    rows: list[RowOfWords] = field(default_factory=list)
    tables: list[RawTable] = field(default_factory=list)


def page_content(text: PageText) -> PageContent:
    """The page's words sorted into tables and rows."""
    tables, words = take_tables(text.rulings, text.number, text.words)
    return PageContent(text.number, text.width, text.height, text.ocr, rows_of(words), tables)


def blocks_of(pages: list[PageContent]) -> list[Block]:
    """All pages' content in reading order. Changes the pages."""
    _drop_running_rows(pages)
    return _blocks(pages)


def _drop_running_rows(pages: list[PageContent]) -> None:
    """Takes out what stands again and again at the same end of the pages, and page numbers: from the edge up to the first other row."""
    seen: Counter[tuple[int, str]] = Counter()
    for page in pages:
        if len(page.rows) > _FEW_ROWS:
            seen.update({_repeatable(row) for _, row in _edge_rows(page)})
    least = max(2, 0.5 * len(pages))
    for page in pages:
        gone: set[int] = set()
        stopped: set[bool] = set()
        for top, row in _edge_rows(page):
            runs = seen[_repeatable(row)] >= least and len(page.rows) > _FEW_ROWS
            if top in stopped or not (runs or _PAGE_NUMBER.match(_plain(row))):
                stopped.add(top)
            else:
                gone.add(id(row))
        page.rows = [row for row in page.rows if id(row) not in gone]


def _repeatable(row: RowOfWords) -> tuple[int, str]:
    """What makes two rows on different pages the same running head: their height (to 4 points) and their text but for figures."""
    return round(row.top / 4), _DIGITS.sub("#", _plain(row))


def _plain(row: RowOfWords) -> str:
    return clean(joined(row.words))


def _edge_rows(page: PageContent) -> Iterator[tuple[bool, RowOfWords]]:
    """The first and last three rows where they stand in the margin, the outermost first; True with those at the top."""
    for row in page.rows[:3]:
        if row.bottom < _MARGIN * page.height:
            yield True, row
    for row in page.rows[:-4:-1]:
        if row.top > (1 - _MARGIN) * page.height:
            yield False, row


def _blocks(pages: list[PageContent]) -> list[Block]:
    body = _body_size(pages)
    items: list[Line | RawTable] = []
    for page in pages:
        items.extend(_items(page, body))
    lines = [item for item in items if isinstance(item, Line)]
    set_labels(lines)
    return _assemble(_stitched(items), measure(lines))


def _body_size(pages: list[PageContent]) -> float:
    sizes: Counter[float] = Counter()
    for page in pages:
        for row in page.rows:
            for word in row.words:
                sizes[word.size] += len(word.text)
    rounded: Counter[float] = Counter()  # each size once: rounding every word's costs more than counting it
    for size, letters in sizes.items():
        rounded[round(size, 1)] += letters
    return rounded.most_common(1)[0][0] if rounded else 0.0


def _items(page: PageContent, body: float) -> list[Line | RawTable]:
    """The page's lines and tables in reading order: columns one after the other, footnotes at the end."""
    notes = _note_rows(page, body)
    marks = frozenset(m[1] for row in notes if (m := _NOTE.match(_plain(row))))
    rows = page.rows[: len(page.rows) - len(notes)]
    items: list[Line | RawTable] = []
    at = 0
    for gutter in find_gutters(rows, page.width):
        items.extend(_line(row.words, page, marks) for row in rows[at : gutter.first])
        both = split(rows, gutter)
        spans = _text_columns(both)
        for side, column in enumerate(both, 1):
            items.extend(_line(words, page, marks, 0 if spans else side, column=spans[side - 1] if spans else None) for words in column)
        at = gutter.last + 1
    items.extend(_line(row.words, page, marks) for row in rows[at:])
    for table in page.tables:  # before the first line that stands below it, columns of text apart; a signature in two blocks may be that
        below = next((i for i, item in enumerate(items) if isinstance(item, Line) and item.column is None and item.top >= table.top), None)
        items.insert(len(items) if below is None else below, table)
    items.extend(_line(row.words, page, frozenset(), note=True) for row in notes)
    return items


def _text_columns(both: tuple[list[list[Word]], list[list[Word]]]) -> list[Span]:
    """The ends of two columns that running text is set in; [] for two blocks side by side, whose lines each stand alone."""
    spans = [text_column([(words[0].x0, words[-1].x1) for words in column]) for column in both if column]
    known = [span for span in spans if span is not None]
    return known if len(known) == 2 and len(both[0]) >= _TEXT_ROWS else []


def _note_rows(page: PageContent, body: float) -> list[RowOfWords]:
    """The rows at the foot that are set small and begin with a footnote's number."""
    at = len(page.rows)
    while at and page.rows[at - 1].usual_size <= _NOTE_SIZE * body:
        at -= 1
    while at < len(page.rows) and not _NOTE.match(_plain(page.rows[at])):
        at += 1
    return page.rows[at:]


def _line(
    words: list[Word],
    page: PageContent,
    marks: frozenset[str],
    side: int = 0,
    note: bool = False,
    column: tuple[float, float] | None = None,
) -> Line:
    first = words[0]
    first_width = first.head or first.x1 - first.x0
    bold, italic = weight(words)
    top, bottom, size = first.top, first.bottom, first.size
    for word in words[1:]:
        top, bottom, size = min(top, word.top), max(bottom, word.bottom), max(size, word.size)
    second = first.x0 + first.second if first.second else words[1].x0 if len(words) > 1 else first.x1
    slack = _BLUR if page.ocr else 1.0
    text, x0, x1 = joined(words, marks), words[0].x0, words[-1].x1
    return Line(
        text, page.number, x0, x1, top, bottom, size, bold, italic, first_width, second, page.width, side, note, None, slack, column
    )


def _stitched(items: list[Line | RawTable]) -> list[Line | RawTable]:
    """Tables that follow each other over a page break made one; footnotes of the page between them do not count."""
    out: list[Line | RawTable] = []
    for item in items:
        if isinstance(item, RawTable):
            at = len(out) - 1
            while at >= 0 and isinstance(previous := out[at], Line) and previous.note:
                at -= 1
            before = out[at] if at >= 0 else None
            if isinstance(before, RawTable) and before.page == item.page - 1 and stitch(before, item):
                continue
        out.append(item)
    return out


def _assemble(items: list[Line | RawTable], measures: Measures) -> list[Block]:
    """Paragraphs and tables in order. Footnotes come after the paragraph that runs on below them."""
    blocks: list[Block] = []
    run: list[Line] = []
    notes: list[Line] = []
    tables = 0
    counts = {"p": 0, "fn": 0}

    def flush() -> None:
        for lines, prefix in ((run, "p"), (notes, "fn")):
            for paragraph in paragraphs(lines, measures):
                counts[prefix] += 1
                block = paragraph.block(f"{prefix}{counts[prefix]}", measures)
                if block is not None:
                    blocks.append(block)
            lines.clear()

    for item in items:
        if isinstance(item, Line):
            (notes if item.note else run).append(item)
        else:
            flush()
            tables += 1
            blocks.extend(cell_blocks(tables, item.cells))
    flush()
    return blocks
