"""A plan document as it was read, handed to the importer as plain lines and table rows."""

from __future__ import annotations

from ..ingest.model import Report
from ..plan.importing.model import Line

_BESIDE = ("header", "footer", "footnote")


def plan_lines(report: Report) -> list[Line]:
    """The paragraphs in their order, and each table row once, with its cells and the heads of its columns."""
    lines: list[Line] = []
    last = (0, 0)
    for passage in report.passages:
        if passage.kind in _BESIDE:
            continue
        if passage.row is None:
            lines.append(Line(passage.text, passage.kind == "heading"))
        elif (row := (passage.row.table, passage.row.row)) != last:
            last = row
            lines.append(Line("", table=passage.row.table, cells=passage.row.cells, heads=passage.row.heads))
    return lines
