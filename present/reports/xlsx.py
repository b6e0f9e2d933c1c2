"""The workbook: the matrix as officers keep it, a sheet for each item, the quotes with links, what is missing, what was not read.

Every text is written as text: a sentence that begins with "=" must not become a formula, nor one like "#REF!" an error.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ...store.claims import ClaimRow
from ...store.model import StatusRow
from ..language import spoken, words
from ..matrix import letter
from ..places import place
from ..reasons_told import cue_term
from ..terms import OUTCOMES, ROLES, STATES, STATUSES, kind_term
from .colours import ACTORS, MARKS, SHADES, STRENGTHS
from .gathering import Gathered, by_cell, claims_of, reasons
from .texts import day_text, harmless, moment_text

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

_LONGEST: Final = 32_767  # characters of one cell, and
_LINKS: Final = 65_530  # links of one sheet: Excel's limits; beyond them it "repairs" the file
_LINE: Final = 15  # points of a line of text
_TALLEST: Final = 409  # points of the tallest row that Excel takes
_FIRST_YEAR: Final = 1900  # of Excel's calendar
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
MATRIX: Final = "Bảng"
QUOTES: Final = "Trích dẫn"
MISSING: Final = "Còn thiếu"
UNREAD: Final = "Chưa đọc được"
MADE: Final = "Chú giải, cách lập"
_HEAD_ROW: Final = 5  # of the matrix: title, day and legend stand above it
_FIRST_ITEM: Final = 5  # column of the first item in the matrix, behind agency, code, kind, year


@dataclass(frozen=True, slots=True)
class _Column:
    """A column; its head stands here as the catalogue has it."""

    head: str
    width: int
    wrap: bool = False
    look: str = ""  # "count" for figures, which would touch a text beside them; "day"


def _spoken(columns: Iterable[_Column]) -> list[_Column]:
    """The columns with their heads in the language spoken; an item's own name is none of our words, and comes in behind."""
    return [replace(column, head=words(column.head)) for column in columns]


class _Styles:
    """The looks of cells, made once. openpyxl hashes a font, a fill and a border for every cell that it is given them; a cell that takes a
    copy of a ready style costs a tenth of that."""

    def __init__(self, scratch: Worksheet) -> None:
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        line = Side(style="thin", color="D5DAE0")
        self._cell = scratch.cell(1, 1)
        self._looks: dict[str, Any] = {}
        grid, top, middle = Border(left=line, right=line, top=line, bottom=line), Alignment(vertical="top"), Alignment("center", "center")
        wrap, centre = Alignment(vertical="top", wrap_text=True), Alignment("center", "center", wrap_text=True)
        font = partial(Font, name="Calibri", size=11)
        link = font(color="0B57D0", underline="single")
        self._add("title", font=Font(name="Calibri", bold=True, size=14))
        self._add("dim", font=font(color="5A626C"))
        self._add("head", font=font(bold=True), fill=PatternFill("solid", fgColor="E9EDF1"), border=grid, alignment=centre)
        self._add("text", alignment=top, font=font())
        self._add("wrap", alignment=wrap, font=font())
        self._add("count", alignment=Alignment("center", "top"), font=font())
        self._add(
            "day", alignment=Alignment("center", "top"), font=font(), number_format="yyyy-mm-dd" if spoken() == "en" else "dd/mm/yyyy"
        )
        self._add("link", alignment=top, font=link)
        self._add("grid", border=grid, font=font())
        self._add("middle", border=grid, alignment=middle, font=font())
        self._add("nothing", border=grid, alignment=middle, font=font(color="5A626C"))
        for state, shade in SHADES.items():
            ground = PatternFill("solid", fgColor=shade.ground)
            self._add(state, border=grid, alignment=centre, font=font(bold=True, color=shade.letter), fill=ground)
            self._add(f"unowed {state}", border=grid, alignment=middle, font=font(color=shade.letter))

    def _add(self, name: str, **look: Any) -> None:
        from openpyxl.cell import Cell

        cell = Cell(self._cell.parent, 1, 1)
        for part, value in look.items():
            setattr(cell, part, value)
        self._looks[name] = cell._style

    def give(self, cell: Cell, name: str) -> None:
        """Let the cell look so."""
        cell._style = copy(self._looks[name])


class _Book:
    """The workbook being written, with where the matrix has each agency's row."""

    def __init__(self, found: Gathered) -> None:
        from openpyxl import Workbook

        self.found = found
        self.book = Workbook()
        self.styles = _Styles(self.book.active)
        self.kinds = {agency.code: words(kind_term(agency.kind)) for agency in found.agencies}
        self.lines = {key: _HEAD_ROW + at for at, key in enumerate(dict.fromkeys((row.agency, row.year) for row in found.items), 1)}
        self.columns = {item.id: _FIRST_ITEM + at for at, item in enumerate(found.plan_items)}
        self.why = reasons(found.missing)
        self.cells = by_cell(found.claims)
        self.shown = {item.id: [row for row in found.items if row.item == item.id and _says(row)] for item in found.plan_items}
        self._links: dict[str, int] = {}
        self._targets: dict[str, str] = {}

    def sheet(self, title: str, columns: Sequence[_Column], head_row: int = 1) -> Worksheet:
        """A sheet with its heads, frozen, ready for rows below them."""
        from openpyxl.utils import get_column_letter

        sheet = self.book.create_sheet(title)
        for at, column in enumerate(columns, 1):
            self.styles.give(put(sheet, head_row, at, column.head), "head")
            sheet.column_dimensions[get_column_letter(at)].width = column.width
        sheet.row_dimensions[head_row].height = 2 * _LINE
        sheet.freeze_panes = sheet.cell(head_row + 1, 2)
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", sheet.PAPERSIZE_A3
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        sheet.print_title_rows = f"{head_row}:{head_row}"
        return sheet

    def filled(self, sheet: Worksheet, columns: Sequence[_Column], lines: Iterable[Sequence[Any]]) -> None:
        """The rows under the heads of `sheet`, with a filter over all of them."""
        from openpyxl.utils import get_column_letter

        last = 1
        wrapped = [(at, column.width) for at, column in enumerate(columns) if column.wrap]
        for last, line in enumerate(lines, 2):
            # LibreOffice leaves rows as high as they come, and texts would lie over one another.
            tall = max((_tall(line[at], width) for at, width in wrapped), default=1)
            if tall > 1:
                sheet.row_dimensions[last].height = min(_LINE * tall, _TALLEST)
            for at, value in enumerate(line, 1):
                if value is None or value == "":
                    continue  # a cell that is not there costs neither time nor space
                put(sheet, last, at, value, self.styles, columns[at - 1].look or ("wrap" if columns[at - 1].wrap else "text"))
        sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"

    def link(self, cell: Cell, target: str) -> None:
        """Make the cell a link, as long as the sheet may have more."""
        count = self._links.get(cell.parent.title, 0)
        if target and count < _LINKS:
            self._links[cell.parent.title] = count + 1
            cell.hyperlink = target
            self.styles.give(cell, "link")

    def to_matrix(self, cell: Cell, agency: str | None, year: int | None, item: str) -> None:
        """Link a cell to the matrix cell of that agency, year and item; nothing where the matrix has none."""
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet.hyperlink import Hyperlink

        line, column = self.lines.get((agency or "", year or 0)), self.columns.get(item)
        count = self._links.get(cell.parent.title, 0)
        if line and column and count < _LINKS:
            self._links[cell.parent.title] = count + 1
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{words(MATRIX)}'!{get_column_letter(column)}{line}")
            self.styles.give(cell, "link")

    def file(self, path: str) -> str:
        """The address of a file that is still there, or of the archive that holds it; '' for one that is gone."""
        if path not in self._targets:
            place = Path(path)
            there = next((one for one in (place, *place.parents) if one.is_file()), None) if place.is_absolute() else None
            self._targets[path] = there.as_uri() if there else ""
        return self._targets[path]


def _tall(value: object, width: int) -> int:
    """How many lines a text takes in a column that is about `width` characters wide."""
    return sum(1 + len(part) // width for part in harmless(value).split("\n"))


def put(sheet: Worksheet, line: int, column: int, value: object, styles: _Styles | None = None, look: str = "") -> Cell:
    """Write a value, looking as `look` says; text always as text, at most as long as a cell may be."""
    cell = sheet.cell(line, column)
    if styles:
        styles.give(cell, look)
    if not isinstance(value, str):
        cell.value = value
        return cell
    text = harmless(value)[:_LONGEST]
    cell.value = text
    cell.data_type = "s"
    if text.startswith(_FORMULA):
        cell.quotePrefix = True  # stays text when somebody edits the cell
    return cell


def workbook(found: Gathered) -> bytes:
    """The whole workbook as an .xlsx file."""
    made = _Book(found)
    made.book.remove(made.book.active)
    _matrix(made)
    for item in found.plan_items:
        _item(made, item.id, item.title)
    _quotes(made)
    _missing(made)
    _unread(made)
    _made(made)
    data = io.BytesIO()
    made.book.save(data)
    return data.getvalue()


def _matrix(made: _Book) -> None:
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.hyperlink import Hyperlink

    found, styles = made.found, made.styles
    heads = _spoken((_Column("Cơ quan", 32), _Column("Mã", 11), _Column("Loại", 29), _Column("Năm", 7, look="count")))
    heads += [_Column(f"{item.id}\n{item.short}", 12) for item in found.plan_items]
    heads += _spoken((_Column("Phải làm", 9), _Column("Còn thiếu", 9), _Column("Quá hạn", 9)))
    sheet = made.sheet(words(MATRIX), heads, _HEAD_ROW)
    sheet.row_dimensions[_HEAD_ROW].height = 48
    put(sheet, 1, 1, found.plan.title, styles, "title")
    put(sheet, 2, 1, words("Minh chứng theo cơ quan và đầu mục kế hoạch; tính đến ngày {}", day_text(found.day)), styles, "dim")
    for at, (state, term) in enumerate(STATES.items()):
        put(sheet, 3, 1 + at, f"{term.letter} {words(term.words)}", styles, state)
    sheet.row_dimensions[3].height = 32
    put(sheet, 4, 1, words(MARKS), styles, "dim")
    names = {(row.agency, row.year): row.agency_name for row in found.items}
    for (agency, year), line in made.lines.items():
        for at, value in enumerate((names[agency, year], agency, made.kinds[agency], year), 1):
            put(sheet, line, at, value, styles, "grid")
    places = {(row.agency, row.year, item): line for item, rows in made.shown.items() for line, row in enumerate(rows, 2)}
    for row in found.items:
        cell = put(sheet, made.lines[row.agency, row.year], made.columns[row.item], letter(row).plain, styles, _look(row))
        if there := places.get((row.agency, row.year, row.item)):
            cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{row.item}'!A{there}")
    _sums(made, sheet, len(heads))
    last = max(made.lines.values(), default=_HEAD_ROW)
    sheet.auto_filter.ref = f"A{_HEAD_ROW}:{get_column_letter(len(heads))}{last}"


def _says(row: StatusRow) -> bool:
    """Whether a cell says anything: something is owed, or told unasked."""
    return letter(row).plain != "·"


def _look(row: StatusRow) -> str:
    """Owed cells in their colour; what nobody has to do stays white, its letter coloured where it says something."""
    if row.owed:
        return row.state
    return f"unowed {row.state}" if _says(row) else "nothing"


def _sums(made: _Book, sheet: Worksheet, width: int) -> None:
    """How many cells each agency owes, lacks and is late with, in the last three columns."""
    owing: dict[tuple[str, int], list[StatusRow]] = {}
    for row in made.found.items:
        if row.owed:
            owing.setdefault((row.agency, row.year), []).append(row)
    for key, line in made.lines.items():
        rows = owing.get(key, [])
        lacking = [row for row in rows if row.state not in ("evidenced", "not_applicable")]
        for at, count in enumerate((len(rows), len(lacking), sum(row.overdue for row in rows))):
            put(sheet, line, width - 2 + at, count, made.styles, "middle")


_ITEM: Final = (
    _Column("Cơ quan", 32), _Column("Loại", 29), _Column("Năm", 7, look="count"), _Column("Tình trạng", 18), _Column("Phải làm", 10),
    _Column("Vai trò", 12),
    _Column("Hạn", 12, look="day"), _Column("Quá hạn", 9), _Column("Làm muộn", 9),
    _Column("Số trích dẫn", 9, look="count"), _Column("Trích dẫn", 90, True),
    _Column("Tệp", 30), _Column("Trang, vị trí", 24, look="count"), _Column("Vì sao thiếu", 50, True),
)  # fmt: skip


def _item(made: _Book, item: str, title: str) -> None:
    """One item: the agencies that owe it or say something of it, in the matrix's order."""
    sheet = made.sheet(item, _spoken(_ITEM))
    shown = [(row, next(iter(claims_of(row, made.cells)), None)) for row in made.shown[item]]
    made.filled(sheet, _ITEM, (_item_line(made, row, claim) for row, claim in shown))
    for line, (row, claim) in enumerate(shown, 2):
        made.to_matrix(sheet.cell(line, 1), row.agency, row.year, item)
        made.styles.give(sheet.cell(line, 4), row.state)
        if claim and row.file:  # a link without words of its own would show its address
            made.link(sheet.cell(line, 12), made.file(claim.path))
    sheet.oddHeader.center.text = harmless(f"{item} {title}")[:200].replace("&", "&&")


def _item_line(made: _Book, row: StatusRow, claim: ClaimRow | None) -> Sequence[Any]:
    where = (claim.page if claim.page is not None else place(None, claim.locator)) if claim else ""
    why = made.why.get((row.agency, row.year, row.item, ""), "")
    return (
        row.agency_name, made.kinds[row.agency], row.year, _state(row),
        _yes(row.owed), words(ROLES[row.role]) if row.role else "", _day(row.due), _yes(row.overdue), _yes(row.late),
        row.evidence, row.quote or "", row.file or "", where, why,
    )  # fmt: skip


def _state(row: StatusRow) -> str:
    return f"{STATES[row.state].letter} {words(STATES[row.state].words)}"


def _day(day: str | None) -> date | str:
    """A day that a spreadsheet sorts and filters by; text for one before its calendar begins, '' for none."""
    known = date.fromisoformat(day[:10]) if day else None
    return known if known and known.year >= _FIRST_YEAR else day_text(day)


def _yes(true: bool) -> str:
    return words("có") if true else ""


_QUOTES: Final = (
    _Column("Mã", 15), _Column("Cơ quan", 28), _Column("Năm", 7, look="count"), _Column("Mục", 9), _Column("Trạng thái", 12),
    _Column("Trích nguyên văn", 90, True),
    _Column("Đề mục", 36, True), _Column("Trang", 9, look="count"), _Column("Vị trí", 24),
    _Column("Độ mạnh", 24, True), _Column("Tin cậy", 11, look="count"),
    _Column("Ai làm", 16), _Column("Một phần", 9), _Column("Tệp", 30), _Column("Số văn bản", 18), _Column("Ngày văn bản", 13, look="day"),
    _Column("Dấu hiệu", 40, True),
)  # fmt: skip


def _quotes(made: _Book) -> None:
    sheet = made.sheet(words(QUOTES), _spoken(_QUOTES))
    names = made.found.names()
    made.filled(sheet, _QUOTES, (_quote_line(claim, names) for claim in made.found.claims))
    for line, claim in enumerate(made.found.claims, 2):
        made.to_matrix(sheet.cell(line, 4), claim.agency, claim.year, claim.item)
        made.link(sheet.cell(line, 14), made.file(claim.path))


def _quote_line(claim: ClaimRow, names: Mapping[str, str]) -> Sequence[Any]:
    told = "; ".join(dict.fromkeys(map(cue_term, claim.cues)))
    return (
        claim.id, names.get(claim.agency or "", words("chưa rõ cơ quan")), claim.year, claim.item, words(STATUSES[claim.status]),
        claim.quote, claim.heading,
        claim.page, place(None, claim.locator), words(STRENGTHS[claim.strength]), round(claim.confidence, 2), words(ACTORS[claim.actor]),
        _yes(claim.partial), claim.file, claim.number or "", _day(claim.date), told,
    )  # fmt: skip


_MISSING: Final = (
    _Column("Cơ quan", 32), _Column("Loại", 29), _Column("Năm", 7, look="count"), _Column("Mục", 9), _Column("Việc", 24),
    _Column("Tình trạng", 18),
    _Column("Hạn", 12, look="day"), _Column("Quá hạn", 9),
    _Column("Còn (ngày)", 9, look="count"), _Column("Vì sao", 60, True), _Column("Câu liên quan", 80, True),
    _Column("Tệp", 30),
)  # fmt: skip


def _missing(made: _Book) -> None:
    sheet = made.sheet(words(MISSING), _spoken(_MISSING))
    short = {item.id: item.short for item in made.found.plan.items}
    kinds = {agency.code: words(kind_term(agency.kind)) for agency in made.found.registry.agencies}
    lines = (
        (
            row.agency_name, kinds[row.agency], row.year, row.item, f"{short[row.item]}{f' ({row.duty})' if row.duty else ''}",
            _state(row), _day(row.due), _yes(row.overdue), row.days_left,
            row.reason, row.quote or "", row.file or "",
        )
        for row in made.found.missing
    )  # fmt: skip
    made.filled(sheet, _MISSING, lines)
    for line, row in enumerate(made.found.missing, 2):
        made.styles.give(sheet.cell(line, 6), row.state)
        made.to_matrix(sheet.cell(line, 4), row.agency, row.year, row.item)


_UNREAD: Final = (
    _Column("Tệp", 34), _Column("Kết quả", 18), _Column("Cơ quan", 28), _Column("Trang", 8, look="count"), _Column("Vì sao", 60, True),
    _Column("Cần làm gì", 60, True),
)  # fmt: skip


def _unread(made: _Book) -> None:
    sheet = made.sheet(words(UNREAD), _spoken(_UNREAD))
    names = made.found.names()
    rows = made.found.problems
    made.filled(
        sheet, _UNREAD,
        ((r.file, words(OUTCOMES[r.outcome]), names.get(r.agency or "", ""), r.page, r.message, r.next_step) for r in rows),
    )  # fmt: skip
    for line, row in enumerate(rows, 2):
        made.link(sheet.cell(line, 1), made.file(row.path))


def _made(made: _Book) -> None:
    columns = (_Column("Điều", 26), _Column("Giá trị", 90, True))
    sheet = made.sheet(words(MADE), _spoken(columns))
    how, run = made.found.made, made.found.made.run
    lines = [(term.letter, words(term.words)) for term in STATES.values()]
    lines += [
        (words("Ký hiệu"), words(MARKS)),
        (words("Kế hoạch"), words("{}, bản {}", made.found.plan.id, how.plan_version)),
        (words("Quy tắc đánh giá"), how.rules_version),
        (words("Lần đọc gần nhất"), moment_text(run.started) if run else "–"),
        (words("Bảng lập lúc"), moment_text(how.written)),
        (words("Tính đến ngày"), day_text(made.found.day)),
        (words("Số trích dẫn"), str(len(made.found.claims))),
    ]
    made.filled(sheet, columns, lines)
    for line, state in enumerate(STATES, 2):
        made.styles.give(sheet.cell(line, 1), state)
