"""The state of a year at a glance: agencies down, items across, a letter a cell; and what is missing, by agency.

Agencies that have sent nothing at all are counted in one line a kind: 217 rows of the same letter would hide the rows that say something.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from rich import box
from rich.table import Table
from rich.text import Text

from ..plan.cells import orphaned
from ..plan.model import Plan
from ..store.model import MissingRow, StatusRow
from .language import counted, told, words
from .places import place
from .tables import behind_heading, plain
from .terms import STATES, kind_term

if TYPE_CHECKING:
    from rich.console import Console

    from ..plan.registry import Registry


def sent_nothing(rows: Sequence[StatusRow]) -> set[tuple[str, int]]:
    """The agency-years of which every cell says that nothing came. What an earlier year carries is nothing that came in this one; a report
    asked for on demand is urged by itself, whatever else came."""
    on_demand = [row for row in rows if row.duty and "/" in row.duty]
    came = {(row.agency, row.year) for row in rows if row.state != "no_report" and row.from_year is None}
    came |= {(row.agency, row.year) for row in on_demand}
    return {(row.agency, row.year) for row in rows if row.state == "no_report"} - came


def nothing_came(rows: Sequence[StatusRow], plan: Plan, registry: Registry) -> list[str]:
    """One line a kind and year: how many agencies have sent nothing, and what they owe; apart from them those that have ended, by their
    last day."""
    silent = sent_nothing(rows)
    kinds = {agency.code: kind_term(agency.kind) for agency in registry.agencies}
    last_days = {(row.agency, row.year): row.ended for row in rows if row.ended}
    agencies: dict[tuple[int, str, str], set[str]] = {}
    items: dict[tuple[int, str, str], set[str]] = {}
    for row in rows:
        if (row.agency, row.year) in silent:
            group = row.year, kinds[row.agency], last_days.get((row.agency, row.year)) or ""
            agencies.setdefault(group, set()).add(row.agency)
            if row.owed:
                items.setdefault(group, set()).add(row.item)
    return [_counted(plan, group, len(codes), items.get(group, set())) for group, codes in agencies.items()]


def _counted(plan: Plan, group: tuple[int, str, str], count: int, items: set[str]) -> str:
    year, kind, last_day = group
    if last_day:
        day = f"{date.fromisoformat(last_day):%d/%m/%Y}"
        return words("{} {}: đã kết thúc ngày {}, chưa có báo cáo năm {}", count, words(kind), day, year)
    return words("{} {}: chưa có báo cáo năm {}", count, words(kind), year) + _owing(plan, items)


def nobody_owes(plan: Plan, registry: Registry, year: int, day: date) -> str:
    """A line about the duties that nobody owes any more because those that the plan names have ended; '' where there are none."""
    lost = orphaned(plan, registry, year, day)
    if not lost:
        return ""
    listed = ", ".join(f"{duty.item} {duty.id}" for duty in lost)
    return words("Không còn cơ quan nào phải làm (cơ quan được giao đã kết thúc, chưa có văn bản giao lại): {}", listed)


def _owing(plan: Plan, items: set[str]) -> str:
    listed = ", ".join(item.id for item in plan.items if item.id in items)
    return words(" (phải làm: {})", listed) if listed else ""


def letter(row: StatusRow) -> Text:
    """A cell's letter: small where the agency does not owe the item, a dot where it neither owes nor says anything; ! overdue, * late,
    † ended, ~ from a predecessor, ° from an earlier year."""
    term = STATES[row.state]
    mark = "†" if row.ended else "°" if row.from_year else ""
    if not row.owed:
        if row.state in ("silent", "no_report", "unreadable", "not_applicable"):
            return Text(mark or "·", style="dim")
        return Text(term.letter.lower() + mark, style="dim")
    mark = "!" if row.overdue else "*" if row.late else "~" if row.inherited else ""
    return Text(term.letter + mark, style=f"bold {term.colour}")


def draw_matrix(
    console: Console, rows: Sequence[StatusRow], plan: Plan, registry: Registry, show_all: bool, day: date | None = None
) -> None:
    """The matrix of each year, its legend, the lines of those that sent nothing, and of duties that nobody owes any more on that day."""
    hidden = set() if show_all else sent_nothing(rows)
    shown_items = {row.item for row in rows}
    items = [item.id for item in plan.items if item.id in shown_items]
    for year, group in groupby(rows, key=lambda row: row.year):
        cells = [row for row in group if (row.agency, row.year) not in hidden]
        console.print(plain(words("{}, năm {}", plan.title, year)), style="bold")
        if cells:
            _draw_year(console, cells, items)
        if line := nobody_owes(plan, registry, year, day or date(year, 12, 31)):
            console.print(plain(line))
    for line in [] if show_all else nothing_came(rows, plan, registry):
        console.print(plain(line))
    _draw_legend(console, plan, shown_items, rows)


def _draw_year(console: Console, cells: Sequence[StatusRow], items: Sequence[str]) -> None:
    """Where the terminal is too narrow for all items, they come in several blocks below one another."""
    names = {row.agency: row.agency_name for row in cells}
    widest = min(max(len(name) for name in names.values()), max(16, console.width // 4))
    states = {(row.agency, row.item): letter(row) for row in cells}
    for block in _blocks(items, console.width - widest):
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 0), header_style="bold")
        table.add_column(words("cơ quan"), width=widest, overflow="fold")
        for item in block:
            table.add_column(item, width=len(item), no_wrap=True)
        for code, name in names.items():
            table.add_row(plain(name), *[states.get((code, item), Text("")) for item in block])
        console.print(table)


def _blocks(items: Sequence[str], width: int) -> list[list[str]]:
    """The items that fit side by side; a column is as wide as its head and one blank."""
    blocks: list[list[str]] = [[]]
    for item in items:
        if blocks[-1] and sum(len(other) + 1 for other in [*blocks[-1], item]) > width - 1:
            blocks.append([])
        blocks[-1].append(item)
    return blocks


def _draw_legend(console: Console, plan: Plan, shown: set[str], rows: Sequence[StatusRow]) -> None:
    legend = Text()
    for term in STATES.values():
        legend.append(term.letter, style=f"bold {term.colour}").append(f" {words(term.words)}   ")
    legend.append(words("! quá hạn   * làm muộn   chữ thường: không thuộc trách nhiệm   · không thuộc trách nhiệm, không nêu"))
    marks = {
        "† cơ quan đã kết thúc": any(row.ended for row in rows),
        "~ kế thừa từ cơ quan trước": any(row.inherited for row in rows),
        "° đã làm từ năm trước": any(row.from_year for row in rows),
    }
    legend.append("".join(f"   {words(mark)}" for mark, there in marks.items() if there))
    console.print(legend)
    console.print(plain("   ".join(f"{item.id} {item.short}" for item in plan.items if item.id in shown)), style="dim")


def draw_missing(console: Console, rows: Sequence[MissingRow], plan: Plan, registry: Registry, show_all: bool) -> None:
    """What is missing, under the agency that owes it: the item, why it counts as missing, and the report's words where there are any."""
    hidden = set() if show_all else sent_nothing(rows)
    short = {item.id: item.short for item in plan.items}
    shown = [row for row in rows if (row.agency, row.year) not in hidden]
    years = ", ".join(map(str, sorted({row.year for row in rows})))
    console.print(plain(words("{}, năm {}", plan.title, years) if years else plan.title), style="bold")
    labels = {row: f"{row.item} {short[row.item]}" + (f" {row.duty}" if row.duty else "") for row in shown}
    widest = min(max(map(len, labels.values()), default=0), console.width // 3)
    for (code, name, year), group in groupby(shown, key=lambda row: (row.agency, row.agency_name, row.year)):
        console.print(plain(words("{} ({}), năm {}", name, code, year)), style="bold")
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1), expand=True)
        table.add_column(width=1)
        table.add_column(width=widest, overflow="fold")
        table.add_column(ratio=1, overflow="fold")
        for row in group:
            table.add_row(Text(STATES[row.state].letter, style=STATES[row.state].colour), plain(labels[row]), _why(row))
        console.print(table)
    for line in [] if show_all else nothing_came(rows, plan, registry):
        console.print(plain(line))
    agencies = len({(row.agency, row.year) for row in rows})
    console.print(
        plain(
            words("Thiếu {} của {}.", counted(len(rows), "{} việc"), counted(agencies, "{} cơ quan"))
            if rows
            else words("Không thiếu việc nào.")
        ),
        style="bold",
    )


def _why(row: MissingRow) -> Text:
    why = Text(told(row.reason), style="red" if row.overdue else "")
    if row.quote:
        why.append(f"\n“{row.quote}” ({row.file})", style="italic dim")
    for one in row.near or ():
        why.append(f"\n~ {told(one['why'])}: ", style="cyan").append(f"“{behind_heading(one['heading'], one['quote'])}”", style="italic")
        why.append(f" ({one['file']}, {place(one['page'], one['locator'])})", style="dim")
    return why
