"""What persons entered, what is owed to be sent, and the plans of a store, as tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Final

from rich.text import Text

from .language import counted, told, words
from .tables import new_table, plain
from .terms import CHANGED, ROLES, STATES

if TYPE_CHECKING:
    from rich.console import Console

    from ..plan.agency_check import AgencyDoubt
    from ..store.persons import ReviewRow, TriggerRow
    from ..store.planning import ChangeRow, PlanRow, RequestRow
    from ..store.senders import SenderRow

SENDING: Final[dict[str, tuple[str, str]]] = {  # state: words, colour
    "sent": ("đã gửi", "green"),
    "late": ("gửi muộn", "yellow"),
    "silent": ("gửi, không nêu", "magenta"),
    "unreadable": ("không đọc được", "blue"),
    "overdue": ("chưa gửi, đã quá hạn", "red"),
    "waiting": ("chưa gửi, chưa đến hạn hoặc không bắt buộc", "cyan"),
    "ended": ("đã kết thúc", "bright_black"),
    "not_applicable": ("không áp dụng", "bright_black"),
    "unasked": ("tự gửi", "green"),
}
CHANGES: Final[dict[str, tuple[str, str]]] = {
    "appears": ("thêm", "green"),
    "vanishes": ("bớt", "red"),
    "changes": ("đổi", "yellow"),
}


def _day(text: str | None) -> str:
    """A day as officers write it."""
    return f"{date.fromisoformat(text[:10]):%d/%m/%Y}" if text else ""


def draw_reviews(console: Console, rows: Sequence[ReviewRow]) -> None:
    """One line a decision."""
    table = new_table("cơ quan", "mục", "năm", "quyết định", "lý do", "ai", "ngày", flexible=("cơ quan", "lý do"))
    for row in rows:
        what = f"{row.item} {row.duty}" if row.duty else row.item
        state = words(STATES[row.state].words if row.state else "rút lại")
        table.add_row(*map(plain, (row.agency_name or row.agency, what, row.year, state, row.reason, row.who, _day(row.at))))
    console.print(table)
    console.print(plain(counted(len(rows), "{} quyết định")), style="dim")


def draw_senders(console: Console, rows: Sequence[SenderRow]) -> None:
    """One line a report owed or sent: how it stands, by when it was due, when it came, what day it bears, what it covers."""
    heads = ("cơ quan", "năm", "tình trạng", "hạn", "ngày đến", "ngày ký", "kỳ báo cáo", "số; tệp")
    table = new_table(*heads, flexible=(heads[0], heads[-1]))
    for row in rows:
        state, colour = SENDING[row.state]
        period = " – ".join(_day(day) for day in row.period.split("/")) if row.period else ""
        which = "; ".join(part for part in (row.number, row.file) if part)
        more = f" (+{len(row.documents) - 1})" if len(row.documents) > 1 else ""
        name = row.agency_name + (f" ({row.duty})" if row.duty and "/" in row.duty else "")
        table.add_row(
            plain(name), plain(row.year), Text(words(state), style=colour), _day(row.due), _day(row.received), _day(row.date), period,
            plain(which + more),
        )  # fmt: skip
    console.print(table)
    counted = {state: sum(row.state == state for row in rows) for state in SENDING}
    console.print(plain(", ".join(f"{words(SENDING[state][0])}: {count}" for state, count in counted.items() if count)), style="dim")


def draw_triggers(console: Console, rows: Sequence[TriggerRow]) -> None:
    """One line a trigger: what is waited for, and since when it is there."""
    table = new_table("mã", "việc chờ", "ngày", "văn bản", "ai nhập", flexible=("việc chờ", "văn bản"))
    for row in rows:
        who = f"{row.who} {_day(row.at)}".strip()
        table.add_row(*map(plain, (row.trigger, row.what, _day(row.day) or words("còn chờ"), row.document, who)))
    console.print(table)


def draw_requests(console: Console, rows: Sequence[RequestRow]) -> None:
    """One line a request: what was asked of whom, and how many have answered."""
    table = new_table("số", "văn bản yêu cầu", "gửi ai", "ngày", "hạn", "đã trả lời", "ai nhập", flexible=("văn bản yêu cầu", "gửi ai"))
    for row in rows:
        what = " ".join(part for part in (row.document, row.subject, words("(đã rút)") if row.withdrawn else "") if part)
        answered = f"{row.answered}/{row.asked_of}"
        table.add_row(*map(plain, (row.id, what, ", ".join(row.agencies), _day(row.asked), _day(row.due), answered, row.who)))
    console.print(table)


def draw_plans(console: Console, rows: Sequence[PlanRow]) -> None:
    """One line a version of a plan."""
    table = new_table("kế hoạch", "tên", "các năm", "bản", "đang dùng", "áp dụng từ", "tệp", flexible=("tên", "tệp"))
    for row in rows:
        years = f"{row.first_year}–{row.last_year or ''}"
        version = Text(row.version, style="bold" if row.applied else "dim")
        used = words("có") if row.applied else ""
        table.add_row(plain(row.plan), plain(row.title), years, version, used, plain(_day(row.added)), plain(row.path))
    console.print(table)


def _value(name: str, text: str) -> str:
    """What a cell had or will have, as people read it."""
    if not text:
        return words("không có")
    if name in ("due", "opens"):
        return _day(text)
    if name == "role":
        return words(ROLES[text])
    if name == "owed":
        return words("có" if text == "True" else "không")
    return text


def draw_changes(console: Console, rows: Sequence[ChangeRow]) -> None:
    """One line a cell that appears, vanishes or changes; in a change, what was and what will be."""
    table = new_table("", "cơ quan", "nhiệm vụ", "mục", "năm", "đổi gì", "hiện có", flexible=("cơ quan", "đổi gì"))
    for row in rows:
        change, colour = CHANGES[row.change]
        told = "; ".join(
            f"{words(CHANGED[name])}: {_value(name, was)} → {_value(name, becomes)}" for name, (was, becomes) in row.changed.items()
        )
        state = words(STATES[row.state].words) if row.state else ""
        table.add_row(Text(words(change), style=colour), *map(plain, (row.agency_name, row.duty, row.item, row.year, told, state)))
    console.print(table)
    counts = ", ".join(f"{words(name)} {sum(row.change == change for row in rows)}" for change, (name, _) in CHANGES.items())
    console.print(plain(counted(len(rows), "{} ô ({})", counts)), style="dim")


def draw_doubts(console: Console, rows: Sequence[AgencyDoubt]) -> None:
    """One line a doubt, what to do below it."""
    table = new_table("mã", "tên", "điều nghi vấn, và cần làm gì", flexible=("tên", "điều nghi vấn, và cần làm gì"))
    for row in rows:
        table.add_row(plain(row.code), plain(row.name), plain(told(row.message)).append(f"\n→ {told(row.next_step)}", style="dim"))
    console.print(table)
    console.print(plain(counted(len(rows), "{} điều nghi vấn") if rows else words("Không có điều nghi vấn nào.")), style="dim")
