"""From the cells of a table, whatever file it stood in, to passages: which rows are its head, and what each row says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .blocks import Block
from .model import BBox, Row

# Tables that only lay out the page: the letterhead beside the national motto, the recipients beside the signature.
_LAYOUT = re.compile(r"CỘNG H(?:ÒA|OÀ) XÃ HỘI|ĐỘC LẬP\s*-|ĐẢNG CỘNG SẢN|NƠI NHẬN\s*:|^(?:TM|KT|TL|TUQ)\s?\.", re.IGNORECASE)
_COUNT_HEAD = re.compile(r"(?:S[ốỐ]\s*)?(?:STT|TT|thứ tự|THỨ TỰ)\b\.?$", re.IGNORECASE)
_COUNT = re.compile(r"[(\[]?(?:\d{1,3}|[IVX]{1,5}|[A-Za-zđ])(?:\.\d{1,2})*[.)\]/]?$")
_FIGURE = re.compile(r"[\d.,%/()\s–-]*\d[\d.,%/()\s–-]*$")
_DEEPEST_HEAD = 3


@dataclass(slots=True)
class Cell:
    """A cell on the table's grid, from 0; `rows` and `columns` are how many it spans. `after` are blocks to come right after it."""

    row: int
    column: int
    text: str
    rows: int = 1
    columns: int = 1
    bold: bool = False
    centered: bool = False
    page: int | None = None
    bbox: BBox | None = None
    after: list[Block] = field(default_factory=list)


def cell_blocks(number: int, cells: Sequence[Cell], declared: int = 0) -> list[Block]:
    """Blocks of table `number` (from 1), row by row; empty cells give none. `declared` is how many rows the file itself calls the head.

    Every row of a table with a head carries the heads, the head's own rows too. In `Row.cells` a cell that spans rows stands in each.
    """
    height = max((c.row + c.rows for c in cells), default=0)
    width = max((c.column + c.columns for c in cells), default=0)
    grid = [[""] * width for _ in range(height)]
    for cell in cells:
        for r in range(cell.row, cell.row + cell.rows):
            grid[r][cell.column] = cell.text
    count = head_rows(cells, height, width, declared)
    heads = _heads(cells, count, width)
    rows = [tuple(row) for row in grid]
    blocks: list[Block] = []
    for cell in sorted(cells, key=lambda c: (c.row, c.column)):
        if cell.text:
            row = Row(number, cell.row + 1, cell.column + 1, heads, rows[cell.row])
            place = f"t{number}r{cell.row + 1}c{cell.column + 1}"
            blocks.append(Block(cell.text, "cell", place, cell.page, cell.bbox, row, bold=cell.bold, centered=cell.centered))
        blocks.extend(cell.after)
    return blocks


def head_rows(cells: Sequence[Cell], height: int, width: int, declared: int) -> int:
    """How many rows from the top are the table's head; 0 for none."""
    if declared:
        return declared if declared < height else 0
    top = [c for c in cells if c.row == 0]
    if height < 2 or width < 2 or not top or any(_LAYOUT.search(c.text) for c in cells if c.row < 3):
        return 0
    depth = max(c.rows for c in top)
    if depth > _DEEPEST_HEAD or depth >= height:
        depth = 1
    return depth if _looks_like_head(top, [c for c in cells if c.row >= depth], width) else 0


def _looks_like_head(top: Sequence[Cell], below: Sequence[Cell], width: int) -> bool:
    filled = [c for c in top if c.text]
    if 2 * sum(c.columns for c in filled) < width or len(filled) < min(2, width):
        return False
    if any(len(c.text.split()) > 25 or c.text.endswith((".", ";")) or _FIGURE.match(c.text) for c in filled):
        return False
    first = min(top, key=lambda c: c.column)
    if _COUNT_HEAD.match(first.text.replace("\n", " ")):
        return True
    if all(c.bold for c in filled) and not all(c.bold for c in below if c.text):
        return True
    counted = [c.text for c in below if c.column == 0 and c.text]
    if counted and 2 * sum(1 for t in counted if _COUNT.match(t)) >= len(counted):
        return True
    return width >= 3 and any(_FIGURE.match(c.text) for c in below if c.text)


def _heads(cells: Sequence[Cell], count: int, width: int) -> tuple[str, ...]:
    """Column heads from the top down, joined with " - " where they stand in two rows: "Số lượng - Nữ"."""
    if not count:
        return ()
    columns: list[list[str]] = [[] for _ in range(width)]
    for cell in sorted(cells, key=lambda c: c.row):
        text = cell.text.replace("\n", " ")
        if cell.row < count and text:
            for column in range(cell.column, cell.column + cell.columns):
                if text not in columns[column]:
                    columns[column].append(text)
    return tuple(" - ".join(parts) for parts in columns)
