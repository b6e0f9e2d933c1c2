"""Tables for the terminal: as wide as it is, long words folded, Vietnamese in line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from rich import box
from rich.table import Table
from rich.text import Text

from ..store.model import DocumentRow, EvidenceRow, Hit, StatusRow
from .formats import visible
from .language import counted, spoken, told, words
from .places import place
from .terms import OUTCOMES, ROLES, STATES, STATUSES, type_term

if TYPE_CHECKING:
    from rich.console import Console

    from ..ingest.tools import Tool
    from ..store.problems import ProblemRow

_FINE = ("ingested",)
_A_FEW = 6  # words (syllables) of a quote that does not say by itself what it is about
_BAD = ("unreadable", "failed")


def new_table(*heads: str, flexible: Sequence[str] = ()) -> Table:
    """A plain table; the `flexible` columns share what width is left, the others keep their words whole as long as they can."""
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold", expand=bool(flexible))
    for head in heads:
        table.add_column(words(head), ratio=1 if head in flexible else None, overflow="fold", no_wrap=False)
    return table


def plain(value: object) -> Text:
    """A value as text: what looks like rich's markup in a report ("[1]") is shown as it stands, and nothing in it moves the cursor."""
    return Text("" if value is None else visible(str(value)))


def state_text(state: str) -> Text:
    """A state in the officers' words and its colour."""
    return Text(words(STATES[state].words), style=STATES[state].colour)


def day_text(day: str | None) -> str:
    """An ISO day as a table shows it: 14/11/2023; in English as it is; '' for none."""
    return f"{date.fromisoformat(day):%d/%m/%Y}" if day and spoken() == "vi" else day or ""


def signature_text(signature: Mapping[str, Any]) -> str:
    """A digital signature in one line: who, for whom, on which day, and whether the file is still what was signed. Signatures read before
    units were kept have none."""
    parts = (signature["signer"], signature.get("unit", ""), signature["organisation"])
    who = ", ".join(part for part in parts if part) or words("không rõ người ký")
    day = words(", ngày {}", f"{date.fromisoformat(signature['signed'][:10]):%d/%m/%Y}") if signature["signed"] else ""
    return words("ký số: {}", who) + day + (words("; tệp đã bị sửa sau khi ký") if signature["changed"] else "")


def noted_text(row: DocumentRow) -> str:
    """When a file without a date was saved last, and by whom, as far as it says so itself; '' for a dated one."""
    saved = row.properties.get("modified") or row.properties.get("created")
    if row.date is not None or not saved:
        return ""
    who = row.properties.get("last_modified_by") or row.properties.get("author")
    day = f"{date.fromisoformat(saved[:10]):%d/%m/%Y}"
    return words("tệp lưu lần cuối ngày {}, bởi {}", day, who) if who else words("tệp lưu lần cuối ngày {}", day)


def draw_documents(console: Console, rows: Sequence[DocumentRow]) -> None:
    """One line a file; why a file does not count, who signed it, and when one without a date was saved, stand below its agency."""
    heads = ("tệp", "kết quả", "số", "ngày", "năm", "trang", "cơ quan, loại; vì sao không được tính")
    table = new_table(*heads, flexible=(heads[0], heads[-1]))
    for row in rows:
        style = "green" if row.outcome in _FINE else "red" if row.outcome in _BAD else "yellow"
        who = Text(", ".join(part for part in (row.agency_name or row.agency, row.type and type_term(row.type)) if part))
        for line in (told(row.reason), *map(signature_text, row.signatures), noted_text(row)):
            if line:
                who.append(("\n" if who else "") + visible(line), style="dim")
        table.add_row(
            plain(row.file), Text(words(OUTCOMES[row.outcome]), style=style), plain(row.number), plain(day_text(row.date)), plain(row.year),
            plain(row.pages), who,
        )  # fmt: skip
    console.print(table)
    console.print(plain(counted(len(rows), "{} tệp")), style="dim")


def draw_evidence(console: Console, rows: Sequence[EvidenceRow]) -> None:
    """The claims under the file they come from: item, status, the words, where they stand."""
    table = new_table("mục", "trạng thái", "trích nguyên văn", "ở đâu, mã", "tin cậy", flexible=("trích nguyên văn",))
    previous: str | None = None
    for row in rows:
        if row.file != previous:
            table.add_section()
            who = f"{row.agency or words('chưa rõ cơ quan')}, {row.year or words('chưa rõ năm')}"
            table.add_row("", "", plain(f"{row.file} ({who})"), "", "", style="bold")
            previous = row.file
        where = plain(place(row.page, row.locator)).append(f"\n{row.id}" if row.id else "", style="dim")
        table.add_row(
            plain(row.item),
            plain(words(STATUSES[row.status])),
            plain(behind_heading(row.heading, row.quote)),
            where,
            f"{row.confidence:.2f}",
        )
    console.print(table)
    console.print(plain(counted(len(rows), "{} minh chứng")), style="dim")


def behind_heading(heading: str | None, quote: str) -> str:
    """The words of a quote; those too short to be understood by themselves, as a table's cell may be, behind what they stand under."""
    return f"{heading} › {quote}" if heading and len(quote.split()) < _A_FEW else quote


def due_text(row: Any) -> Text:
    """The last day in time, and in words whether it is past."""
    text = plain(day_text(row.due))
    if row.overdue:
        text.append(words(" quá hạn"), style="red")
    if row.late:
        text.append(words(" muộn"), style="yellow")
    if row.ended:
        text.append(words("đã kết thúc {}", f"{date.fromisoformat(row.ended):%d/%m/%Y}"), style="dim")
    return text


def resting(row: StatusRow) -> Text:
    """The words that a cell rests on, and below them what else does: a person's decision, predecessors, an earlier year, the document that
    handed the duty on."""
    notes = [
        f"{row.review['reason']} ({row.review['who']})" if row.review else "",
        words("kế thừa từ {}", ", ".join(row.inherited)) if row.inherited else "",
        words("đã làm từ năm {}", row.from_year) if row.from_year else "",
        words("được giao lại theo {}", row.handed_on) if row.handed_on else "",
    ]
    lines = [line for line in (row.quote or "", *notes) if line]
    text = plain("\n".join(lines))
    if row.quote and len(lines) > 1:
        text.stylize("dim", len(row.quote))
    return text


def draw_duties(console: Console, rows: Sequence[StatusRow], note: Iterable[str]) -> None:
    """The cells of duties, by agency; `note` are lines about what is not shown."""
    for (code, name, year), group in groupby(rows, key=lambda row: (row.agency, row.agency_name, row.year)):
        console.print(plain(words("{} ({}), năm {}", name, code, year)), style="bold")
        table = Table(box=None, show_header=False, pad_edge=False, padding=(0, 1), expand=True)
        for width in (6, 6, 16, 15, 10):  # duty, item, role, state, due: as wide as their longest
            table.add_column(width=width, overflow="fold")
        table.add_column(ratio=1, overflow="fold")
        for row in group:
            role = words(ROLES[row.role]) if row.role else ""
            table.add_row(plain(row.duty), plain(row.item), role, state_text(row.state), due_text(row), resting(row))
        console.print(table)
    for line in note:
        console.print(plain(line))


def draw_hits(console: Console, rows: Sequence[Hit]) -> None:
    """The passages found, the words in bold."""
    for row in rows:
        head = Text(row.file, style="bold")
        head.append(f"  {place(row.page, row.locator)}" + (f"  {row.heading}" if row.heading else ""), style="dim")
        snippet = Text(row.snippet)
        for start, end in row.marks:
            snippet.stylize("bold yellow", start, end)
        console.print(head)
        console.print(snippet)
    console.print(plain(counted(len(rows), "{} đoạn")), style="dim")


def draw_rows(console: Console, rows: Sequence[Any], kind: type) -> None:
    """Rows of any type, one column a field; figures with three decimals, and the column of words takes what width is left."""
    names = [field.name for field in fields(kind)]
    table = new_table(*names, flexible=[name for name in names if name == "words"])
    for row in rows:
        values = (getattr(row, name) for name in names)
        table.add_row(*(plain(f"{value:.3f}" if isinstance(value, float) else value) for value in values))
    console.print(table)


def draw_grid(console: Console, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Columns that no row type describes: those of a free query."""
    table = new_table(*names)
    for row in rows:
        table.add_row(*map(plain, row))
    console.print(table)
    console.print(plain(counted(table.row_count, "{} dòng")), style="dim")


def draw_problems(console: Console, rows: Sequence[ProblemRow]) -> None:
    """One line a fault, what to do below it."""
    table = new_table("tệp", "kết quả", "trang", "vì sao, và cần làm gì", flexible=("tệp", "vì sao, và cần làm gì"))
    for row in rows:
        said = plain(told(row.message))
        if row.next_step:
            said.append(f"\n→ {visible(told(row.next_step))}", style="dim")
        style = "red" if row.outcome in _BAD else "yellow"
        table.add_row(plain(row.file), Text(words(OUTCOMES[row.outcome]), style=style), plain(row.page), said)
    console.print(table)
    console.print(plain(counted(len(rows), "{} vấn đề") if rows else words("Không có vấn đề nào.")), style="dim")


def draw_tools(console: Console, rows: Sequence[Tool]) -> None:
    """One line a program; how to install it where it is not there."""
    table = new_table("", "chương trình", "phiên bản", "để", "cài đặt", flexible=("cài đặt",))
    for row in rows:
        there = bool(row.version)
        mark = Text(words("đã có" if there else "thiếu"), style="green" if there else "red")
        table.add_row(mark, plain(told(row.name)), plain(row.version), plain(told(row.needed_for)), plain("" if there else row.install))
    console.print(table)
