"""Ruled tables of a PDF: pdfplumber finds the lines, the words go into the cells, and tables cut by a page break are put together again."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

from .labels import parse_label
from .model import BBox
from .pdf_words import Word, joined, rows_of, weight
from .tables import Cell, head_rows
from .text import clean

_SNAP = 3.0  # points within which two ruling lines are one
_SAME_COLUMN = 5.0
_FEWEST_LINES = 5  # three one way and two the other draw two cells


@dataclass(slots=True)
class RawTable:
    """A table on one page, or put together over several: `edges` are the x of its vertical lines."""

    page: int
    top: float
    bottom: float
    edges: list[float]
    cells: list[Cell] = field(default_factory=list)

    @property
    def height(self) -> int:
        """How many rows."""
        return max((c.row + c.rows for c in self.cells), default=0)


def take_tables(rulings: Sequence[BBox], number: int, words: list[Word]) -> tuple[list[RawTable], list[Word]]:
    """The page's tables with their words, and the words that stand in none. Frames of one cell are no tables."""
    tables: list[RawTable] = []
    for boxes in find_grids(rulings):
        x0, top = min(b[0] for b in boxes), min(b[1] for b in boxes)
        x1, bottom = max(b[2] for b in boxes), max(b[3] for b in boxes)
        inside = [w for w in words if x0 <= (w.x0 + w.x1) / 2 <= x1 and top <= (w.top + w.bottom) / 2 <= bottom]
        if not inside:
            continue
        taken = set(map(id, inside))
        words = [w for w in words if id(w) not in taken]
        tables.append(_table(boxes, number, inside))
    return tables, words


def find_grids(rulings: Sequence[BBox]) -> list[list[BBox]]:
    """The cells of each table that the ruling lines draw, by pdfplumber's finder. A line is a box without width or height."""
    if len(rulings) < _FEWEST_LINES:
        return []
    from pdfplumber.table import TableFinder

    page: Any = SimpleNamespace(edges=[_edge(line) for line in rulings])  # all that the finder asks of a page
    grids: list[list[BBox]] = []
    for found in TableFinder(page).tables:
        boxes = [box for box in found.cells if box[2] - box[0] > 1 and box[3] - box[1] > 1]
        if len(boxes) >= 2:
            grids.append(boxes)
    return grids


def _edge(line: BBox) -> dict[str, Any]:
    x0, top, x1, bottom = line
    across = x1 - x0 >= bottom - top
    return {
        "object_type": "line", "orientation": "h" if across else "v", "x0": x0, "x1": x1, "top": top, "bottom": bottom,
        "width": x1 - x0, "height": bottom - top,
    }  # fmt: skip


def _table(boxes: Sequence[tuple[float, float, float, float]], page: int, words: Sequence[Word]) -> RawTable:
    columns = _edges([x for box in boxes for x in (box[0], box[2])])
    lines = _edges([y for box in boxes for y in (box[1], box[3])])
    table = RawTable(page, lines[0], lines[-1], columns)
    owned: list[list[Word]] = [[] for _ in boxes]
    spots: dict[tuple[int, int], int] = {}
    for at, box in enumerate(boxes):
        column, row = _at(columns, box[0]), _at(lines, box[1])
        cell = Cell(row, column, "", max(1, _at(lines, box[3]) - row), max(1, _at(columns, box[2]) - column), page=page, bbox=_rounded(box))
        table.cells.append(cell)
        for r in range(row, row + cell.rows):
            for c in range(column, column + cell.columns):
                spots[r, c] = at
    for word in words:
        row = max(0, bisect_left(lines, (word.top + word.bottom) / 2) - 1)
        column = max(0, bisect_left(columns, (word.x0 + word.x1) / 2) - 1)
        if (row, column) in spots:
            owned[spots[row, column]].append(word)
        else:  # a word on a hole of the grid goes to the cell before it, so that nothing is lost
            owned[spots.get((row, max(0, column - 1)), 0)].append(word)
    for cell, own in zip(table.cells, owned, strict=True):
        cell.text = cell_text(own)
        cell.bold = weight(own)[0]
    return table


def _edges(values: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SNAP:
            edges.append(value)
    return edges


def _at(edges: Sequence[float], value: float) -> int:
    right = bisect_left(edges, value)
    if right == 0:
        return 0
    return right if right < len(edges) and edges[right] - value < value - edges[right - 1] else right - 1


def _rounded(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    return round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1)


def cell_text(words: Sequence[Word]) -> str:
    """The text of a cell: its lines run on, but for those that begin with a bullet or number."""
    text = ""
    for row in rows_of(words):
        line = joined(row.words)
        label = parse_label(line)
        starts = label is not None and label.end < len(line) and (not text or text[-1] in ".;:,") if text else False
        text = f"{text}\n{line}" if starts else run_on(text, line)
    return clean(text)


def run_on(text: str, line: str) -> str:
    """`line` after `text` in one paragraph: a number cut at its hyphen or slash ("390/QĐ-" + "TTg") is made whole, no hyphen is dropped."""
    if not text:
        return line
    if len(text) > 1 and text[-1] in "-/\u2010\u2011" and text[-2].isalnum() and line[:1].isalnum():
        return text + line
    return f"{text.rstrip(chr(0xAD))} {line}"


def stitch(first: RawTable, second: RawTable) -> bool:
    """Puts `second`, which begins the next page, onto `first`, which ended the page; False when they are two tables.

    A head that is printed again is dropped. A row cut by the break comes as two: the second half has no number in its first cell.
    """
    if len(first.edges) != len(second.edges) or any(abs(a - b) > _SAME_COLUMN for a, b in zip(first.edges, second.edges, strict=True)):
        return False
    width = len(first.edges) - 1
    skip = _repeated_head(first, second, width)
    rest = [c for c in second.cells if c.row >= skip]
    offset = first.height - skip
    if skip == 0 and _cut_row(first, rest):
        _join_row(first, rest)
        offset -= 1
        rest = [c for c in rest if c.row > 0]
    for cell in rest:
        cell.row += offset
    first.cells.extend(rest)
    first.bottom = second.bottom
    first.page = second.page
    return True


def _texts(table: RawTable, row: int) -> list[str]:
    return [c.text for c in sorted(table.cells, key=lambda c: c.column) if c.row == row]


def _repeated_head(first: RawTable, second: RawTable, width: int) -> int:
    head = head_rows(first.cells, first.height, width, 0) or 1
    same = second.height > head and all(_texts(first, r) == _texts(second, r) for r in range(head))
    return head if same and any(_texts(first, 0)) else 0


def _cut_row(first: RawTable, rest: Sequence[Cell]) -> bool:
    top = {c.column: c.text for c in rest if c.row == 0}
    last = {c.column: c.text for c in first.cells if c.row == first.height - 1}
    filled = [c.text for c in first.cells if c.column == 0 and c.row > 0]
    if not any(top.values()) or sum(map(bool, filled)) < 0.7 * len(filled):
        return False
    if not top.get(0, ""):
        return bool(last.get(0))
    shown = [(last.get(column, ""), text) for column, text in top.items() if text]
    return all(text[:1].islower() for _, text in shown) and any(before and before[-1] not in ".;!?" for before, _ in shown)


def _join_row(first: RawTable, rest: Sequence[Cell]) -> None:
    last = {c.column: c for c in first.cells if c.row + c.rows == first.height}
    for cell in rest:
        if cell.row == 0 and cell.text:
            target = last.get(cell.column)
            if target is None:
                cell.row = first.height - 1
                first.cells.append(cell)
            else:
                target.text = clean(run_on(target.text, cell.text))
