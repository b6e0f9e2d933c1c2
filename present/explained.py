"""An explained sentence on the terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.text import Text

from .language import counted, words
from .places import place
from .reasons_told import gate_term, why_term
from .tables import plain
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
        console.print(Padding(plain(words("từ ngữ nhận ra: {}", cues or words("không có"))), (0, 0, 1, 2)), style="dim")
    console.print(plain(counted(len(rows), "{} câu")), style="dim")


def _marked(row: ExplainRow) -> Text:
    text = plain(row.quote)
    for cue in row.cues:
        at = row.quote.find(cue["text"])
        if at >= 0 and cue["text"]:
            text.stylize("underline", at, at + len(cue["text"]))
    return text


def _decided(row: ExplainRow) -> list[Text]:
    claimed = {claim["item"]: claim for claim in row.claims}
    lines = [_considered(one, claimed.get(one["item"])) for one in row.considered]
    known = {one["item"] for one in row.considered}
    lines += [_claimed(claim) for item, claim in claimed.items() if item not in known]
    if row.stopped and not row.claims:
        lines.append(Text(words("✗ không xét: {}", words(gate_term(row.stopped))), style="yellow"))
    return lines or [Text(f"✗ {words(_NO_ITEM)}", style="yellow")]


def _considered(one: Record, claim: Record | None) -> Text:
    why = words(gate_term(one["gate"]))
    if one["status"] is None:
        return Text(words("✗ {}: không tính, vì {}", one["item"], why), style="yellow")
    by = ", ".join(map(why_term, one["decided_by"]))
    said = Text(f"✓ {one['item']}: {words(STATUSES[one['status']])}", style="green" if claim else "yellow")
    ending = words("; mã {}", claim["id"]) if claim else f"; {words(_SAID_BEFORE)}"
    return said.append(words(", vì {}", why) + (words("; trạng thái theo {}", by) if by else "") + ending)


def _claimed(claim: Record) -> Text:
    """A claim that was decided on other words than these: on the cell of a row that is quoted by its label, or on the whole document."""
    said = Text(f"✓ {claim['item']}: {words(STATUSES[claim['status']])}", style="green")
    return said.append(words(", vì {}; tin cậy {}; mã {}", words(gate_term(claim["gate"])), f"{claim['confidence']:.2f}", claim["id"]))
