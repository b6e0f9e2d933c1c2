"""Word tables: the grid behind spans, vertical merges, nested tables and rows that a tracked change has taken away."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .blocks import Block
from .docx_xml import DELETED, MC, TRANSPARENT, VAL, Element, R, W, chosen, number, switch, through, value
from .tables import Cell, cell_blocks

if TYPE_CHECKING:
    from .docx_reader import _Walker

_WIDEST = 200  # columns: spans in broken files reach far beyond


_PROPERTIES, _SPAN, _DOWN, _ACROSS, _GONE = W + "tcPr", W + "gridSpan", W + "vMerge", W + "hMerge", W + "cellDel"


def is_box(table: Element) -> Element | None:
    """The only cell of a table of one cell, else None."""
    rows = list(through(table, W + "tr"))
    if len(rows) != 1:
        return None
    cells = list(through(rows[0], W + "tc"))
    return cells[0] if len(cells) == 1 else None


def read_table(table: Element, number_: int, walker: _Walker) -> list[Block]:
    """The blocks of one `w:tbl`, nested tables right after the cell that they stand in."""
    cells: list[Cell] = []
    open_merges: dict[int, Cell] = {}
    declared = at = 0
    for row in through(table, W + "tr"):
        properties = row.find(W + "trPr")
        if properties is not None and (switch(properties, "hidden") or any(child.tag in DELETED for child in properties)):
            continue
        if declared == at and properties is not None and switch(properties, "tblHeader"):
            declared += 1
        open_merges = _read_row(row, at, number(value(properties, "gridBefore")), cells, open_merges, walker)
        at += 1
    return cell_blocks(number_, cells, declared)


def _read_row(row: Element, at: int, column: int, cells: list[Cell], above: dict[int, Cell], walker: _Walker) -> dict[int, Cell]:
    """Adds the row's cells; returns the vertical merges that the next row may go on with, by column."""
    below: dict[int, Cell] = {}
    last: Cell | None = None
    for element in through(row, W + "tc"):
        first = element[0] if len(element) else None
        stated = {} if first is None or first.tag != _PROPERTIES else {p.tag: p.get(VAL, "") for p in first}
        span = max(1, min(number(stated.get(_SPAN), 1), _WIDEST))
        merge = stated.get(_DOWN)
        if last is not None and stated.get(_ACROSS) in ("", "continue"):
            last.columns += span
            column += span
            continue
        cell = above.get(column) if merge in ("", "continue") else None
        if cell is not None:
            cell.rows = at - cell.row + 1
        elif _GONE not in stated:
            cell = _read_cell(element, at, column, span, walker)
            cells.append(cell)
        if merge is not None and cell is not None:
            below[column] = cell
        last = cell
        column = min(column + span, _WIDEST)
    return below


@dataclass(slots=True)
class _Content:
    """What a cell holds, as gathered."""

    texts: list[str] = field(default_factory=list)
    after: list[Block] = field(default_factory=list)
    shown: int = 0
    bold: int = 0
    centered: bool = True


def _read_cell(element: Element, row: int, column: int, span: int, walker: _Walker) -> Cell:
    content = _Content()
    _gather(element, content, walker)
    text = "\n".join(content.texts)
    bold = content.shown > 0 and content.bold >= 0.9 * content.shown
    return Cell(row, column, text, columns=span, bold=bold, centered=bool(text) and content.centered, after=content.after)


def _gather(parent: Element, content: _Content, walker: _Walker) -> None:
    for child in parent:
        if child.tag == W + "p":
            text, inline, look = walker.lines(child)
            if text:
                content.texts.append(text)
                content.centered &= look.align == "center"
            content.shown += inline.shown
            content.bold += inline.bold
            if inline.boxes or inline.notes:
                content.after.extend(walker.hanging(inline))
        elif child.tag == W + "tbl":
            content.after.extend(walker.aside(child))
        elif child.tag in TRANSPARENT:
            _gather(child, content, walker)
        elif child.tag == W + "altChunk":
            content.after.extend(walker.embedded(child.get(R + "id", "")))
        elif child.tag == MC + "AlternateContent":
            branch = chosen(child)
            if branch is not None:
                _gather(branch, content, walker)
