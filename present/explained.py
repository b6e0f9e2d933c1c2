"""An explained sentence on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from .reasons_told import gate_term
from .tables import place, plain
from .terms import STATUSES

if TYPE_CHECKING:
    from rich.console import Console

    from ..store.explaining import ExplainRow
    from ..store.model import Record

_NO_ITEM = "không có từ ngữ nào của các đầu mục; không nối tiếp câu trước, đề mục không áp dụng"
_SAID_BEFORE = "không ghi thêm: cùng dòng của bảng đã ghi cho đầu mục này"


def draw_explained(console: Console, rows: Sequence[ExplainRow]) -> None:
    """Each sentence with the words that spoke underlined, then what was decided and why."""
    for row in rows:
        console.print(Text(f"{row.file}  {place(row.page, row.locator)}", style="bold"))
        if row.headings:
            console.print(plain(" › ".join(row.headings)), style="dim")
        console.print(_marked(row))
        for line in _decided(row):
            console.print(Padding(line, (0, 0, 0, 2)))
        cues = ", ".join(f"{cue['rule']} “{cue['text']}”" for cue in row.cues)
        console.print(Padding(plain(f"từ ngữ nhận ra: {cues or 'không có'}"), (0, 0, 1, 2)), style="dim")
    console.print(plain(f"{len(rows)} câu"), style="dim")


def _marked(row: ExplainRow) -> Text:
    text = plain(row.quote)
    for cue in row.cues:
        at = row.quote.find(cue["text"])
        if at >= 0 and cue["text"]:
            text.stylize("underline", at, at + len(cue["text"]))
    return text


def _decided(row: ExplainRow) -> list[Text]:
    claimed = {claim["item"]: claim for claim in row.claims}
    lines = [_considered(one, one["item"] in claimed) for one in row.considered]
    told = {one["item"] for one in row.considered}
    lines += [
        Text(f"✓ {i}: {STATUSES[c['status']]}, tin cậy {c['confidence']:.2f}", style="green") for i, c in claimed.items() if i not in told
    ]
    if row.stopped and not row.claims:
        lines.append(Text(f"✗ không xét: {gate_term(row.stopped)}", style="yellow"))
    return lines or [Text(f"✗ {_NO_ITEM}", style="yellow")]


def _considered(one: Record, claimed: bool) -> Text:
    why = gate_term(one["gate"])
    if one["status"] is None:
        return Text(f"✗ {one['item']}: không tính, vì {why}", style="yellow")
    by = ", ".join(one["decided_by"])
    said = Text(f"✓ {one['item']}: {STATUSES[one['status']]}", style="green" if claimed else "yellow")
    return said.append(f", vì {why}" + (f"; trạng thái theo {by}" if by else "") + ("" if claimed else f"; {_SAID_BEFORE}"))
