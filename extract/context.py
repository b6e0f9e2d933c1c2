"""What stands around a sentence: the document's subject, the headings above, the table row, the part of the report it is in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from ..ingest.model import Passage, Row
from .analysis import Sentence, analyse_one
from .components import component
from .facts import dates, first_day, years_told
from .fold import fold, unaccented
from .items import named_in_heading
from .law import law_of
from .patterns import pattern, words

Section = Literal["results", "plan", "proposals", "limits", "context", "basis", "none"]
Focus = Literal["law", "often", "democracy", "none"]  # "often": a report on democracy that names the Law again and again
Subject = Literal["law", "other", "none"]

_SECTION_GROUPS: tuple[tuple[str, Section], ...] = (
    ("section.basis", "basis"),
    ("section.proposals", "proposals"),
    ("section.limits", "limits"),
    ("section.plan", "plan"),
    ("section.results", "results"),
    ("section.context", "context"),
)
_LABEL_HEADS = pattern("column/label")
_IS_UNIT = pattern("row/unit-or-count")
_HEADS_UNITS = pattern("row/heads-units")
_NOTE_HEADS = pattern("column/note")
_RESULT_HEADS = pattern("column/result")
_PLAN_HEADS = pattern("column/plan")
_PRODUCT_HEAD = pattern("column/product")
_MADE = pattern("cell/product-made")
COUNTS_PEOPLE = pattern("column/counts-people")
_WHEN = pattern("column/when")
_COUNTER = pattern("column/counter")
_MEASURE_HEAD = pattern("column/measure")
_MEASURE = pattern("cell/measure")
_COUNT_CELL = pattern("column/counter-cell")

Column = Literal["counter", "label", "value", "note"]


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a passage.

    `items` are those that the nearest naming heading names, `subject` what the headings are about, `heading` what to show beside a quote;
    `label` is the row's label, `column` what part of the row this cell is, `head` its column head, `measure` what the row is counted in;
    `shared` when the naming heading stands over another matter too ("Thanh tra, kiểm tra, giải quyết đơn thư").
    """

    section: Section
    items: tuple[str, ...]
    subject: Subject
    heading: str
    label: str = ""
    head: str = ""
    column: Column | None = None
    plan_table: bool = False
    shared: bool = False
    measure: str = ""


def focus_of(title: str, opening: str) -> Focus:
    """The subject of the whole document, by its title, else by its opening paragraph."""
    spoken = [analyse_one(text) for text in (title, opening)]
    if spoken[0].has("law.explicit") or (spoken[0].has("law.democracy") and spoken[1].has("law.explicit")):
        return "law"
    if spoken[0].has("law.democracy"):
        return "democracy"
    return "law" if spoken[1].has("law.explicit") else "democracy" if spoken[1].has("law.democracy") else "none"


def context_of(passage: Passage, year: int | None, above: tuple[str, ...] = (), own: str = "", written: str | None = None) -> Context:
    """The context of a passage from its heading chain and, for a table cell, its row.

    `year` is the year reported on: a heading on a later one is a plan. `above` are lines that head this passage without being headings: a
    table's caption, a question that the text answers; `own` are the words by which the passage heads itself, `written` is the report's day.
    """
    chain = (*passage.headings, *above)
    heads = [analyse_one(accented(h)) for h in chain]
    section = _section(heads, year)
    items, subject = _heading_items(heads)
    if own and len(items) != 1:  # a heading that names one item holds over the words that open its paragraphs
        items, subject = _heading_items([*heads, analyse_one(own)])
    shown = chain[-1] if chain else ""
    if passage.row is None:
        return Context(section, items, subject, shown, shared=_is_shared(heads))
    if section != "plan" and _to_come(passage.row, year, written):
        section = "plan"
    return _row_context(passage.row, section, items, subject, shown)


@lru_cache(maxsize=1024)
def accented(heading: str) -> str:
    """A heading typed without any accents, with those of the words that headings are made of: "KET QUA THUC HIEN"."""
    if not heading.isascii():
        return heading
    found = heading.lower()
    for bare, written in _plain_headings():
        found = found.replace(bare, written)
    return found


@lru_cache(maxsize=1)
def _plain_headings() -> list[tuple[str, str]]:
    """What headings are made of, without and with accents; the longest first."""
    found = ((unaccented(phrase), phrase) for phrase in words("words/of-headings"))
    return sorted(found, key=lambda pair: -len(pair[0]))


def _is_shared(heads: list[Sentence]) -> bool:
    """Whether the innermost heading that names an item names another matter beside it, and not the Law."""
    for head in reversed(heads):
        if named_in_heading(head):
            said = law_of(head)
            return bool(said.other) and not said.explicit
    return False


@component("sections", off=lambda *_: "none")
def _section(heads: list[Sentence], year: int | None) -> Section:
    """The innermost heading that says which part of the report it is; a plan, proposals or basis above it stand over results below."""
    found: Section = "none"
    for head in heads:
        mixed = head.has("section.limits") and set(named_in_heading(head)) - {"III.kk"}  # "Kiểm tra, hạn chế và nhiệm vụ năm 2024"
        if year and not (mixed or head.has("section.results")) and any(y > year for y in years_told(head.folded)):
            found = "plan"
            continue
        section = _own_section(head)
        if section and not (found in ("plan", "proposals", "basis") and section in ("results", "context", "limits")):
            found = section
    return found


def _own_section(head: Sentence) -> Section | None:
    """The part of the report that a heading opens, None where it does not say; of "Nhận xét, kiến nghị" each sentence says which it is."""
    mixed = head.has("section.proposals") and head.has("section.plan", "section.limits", "section.results")
    return next((s for group, s in _SECTION_GROUPS if head.has(group) and not (mixed and s == "proposals")), None)


@component("headings", off=lambda *_, **__: ((), "none"))
def _heading_items(heads: list[Sentence], strict: bool = False) -> tuple[tuple[str, ...], Subject]:
    """Items of the innermost heading that names any, and what the headings are about; an inner heading on another matter ends both.
    `strict` for a row's label and column head, where another matter is the row's own."""
    items: tuple[str, ...] = ()
    subject: Subject = "none"
    for head in heads:
        said, named = law_of(head), named_in_heading(head)
        general = all(h.group == "other.general" for h in said.other)
        if head.has("shift") and not said.explicit:
            subject, items, named = "other", (), ()  # "Việc khác (không thuộc Luật)"
        elif said.explicit or said.democracy:
            subject = "law"
        elif said.other and named and not strict and not general:
            subject = "none"  # "Quy chế, quy ước": one heading over two matters
        elif said.other and general:
            subject, items, named = "none", (), ()  # dissemination at large: each sentence must name the Law
        elif said.other:
            subject, items = "other", ()
        if named:
            items = named
            if subject == "other" and not said.other and not strict:
                subject = "none"
    return items, subject


def _row_context(row: Row, section: Section, items: tuple[str, ...], subject: Subject, shown: str) -> Context:
    columns = columns_of(row)
    labels = [row.cells[i] for i, kind in enumerate(columns) if kind == "label" and i < len(row.cells) and row.cells[i]]
    label = labels[-1] if labels else ""
    at = row.column - 1
    head = row.heads[at] if at < len(row.heads) else ""
    column = columns[at] if at < len(columns) else "value"
    named, about = _heading_items([analyse_one(t) for t in (*labels, head) if t], strict=True)
    if not named and about == "none" and column == "value" and _of_its_own(row, at, label, columns):
        items = ()  # "Hội nghị CBCC" beside "Ban hành quy chế": each such column answers for what its own head names
    if not named and column == "value" and COUNTS_PEOPLE.search(fold(head)):
        named = _to_the_left(row, at)
    if named or about != "none":
        items = named or (items if about == "law" else ())
        subject = about if about != "none" else subject
    heading = " · ".join(t for t in (shown, label, head) if t)
    if section == "plan" and column == "label" and (_is_plan_table(row) or _only_when(row, columns)):
        return Context(section, (), "law" if about == "law" else "none", " · ".join(t for t in (shown, head) if t))
    by_label = section == "plan" and _only_when(row, columns)
    return Context(section, items, subject, heading, label, head, column, by_label or _is_plan_table(row), measure=_measure(row))


def _measure(row: Row) -> str:
    """What the row is counted in, by a cell of its own ("lớp" under "Đơn vị tính"), '' where none says."""
    said = (row.cells[i].strip() for i, head in enumerate(row.heads) if _MEASURE_HEAD.search(fold(head).strip(" .")) and i < len(row.cells))
    return next((cell for cell in said if _MEASURE.search(cell)), "")


def _to_the_left(row: Row, at: int) -> tuple[str, ...]:
    """The items of the nearest column on the left that names any: "Số lượt người nghe" stands behind what they heard."""
    found = (named_in_heading(analyse_one(h)) for h in reversed(row.heads[:at]) if h)
    return next((items for items in found if items), ())


def _is_plan_table(row: Row) -> bool:
    heads = [fold(h) for h in row.heads]
    products = [row.cells[i] for i, h in enumerate(heads) if _PRODUCT_HEAD.search(h) and i < len(row.cells)]
    if any(_MADE.search(fold(cell)) for cell in products):
        return False  # a product with its number and day is there
    return any(_PLAN_HEADS.search(h) for h in heads) and not any(_RESULT_HEADS.search(h) for h in heads)


def _to_come(row: Row, year: int | None, written: str | None) -> bool:
    """Whether a row of a table of tasks says by when, and that lies behind the report's day ("Quý I/2024")."""
    if not year or not (_is_plan_table(row) or _only_when(row, columns_of(row))):
        return False
    when = [fold(row.cells[i]) for i, head in enumerate(row.heads) if _WHEN.search(fold(head)) and i < len(row.cells)]
    days = [first_day(d) for cell in when for d in dates(cell, year)]
    return bool(days) and min(days) > (written or f"{year}-12-31")


def _only_when(row: Row, columns: tuple[Column, ...]) -> bool:
    """Whether a table under plans tells only by when and by whom what its labels name is to be done."""
    return any(_WHEN.search(fold(h)) for h in row.heads) and "value" not in columns


def _of_its_own(row: Row, at: int, label: str, columns: tuple[Column, ...]) -> bool:
    """Whether a cell under no item's name speaks of a matter of its own: other columns answer for items, or its label is no unit, neither
    by itself nor by the head of its column."""
    heads = [row.heads[i] for i, kind in enumerate(columns) if kind == "label" and i < len(row.heads)]
    units = bool(heads) and bool(_HEADS_UNITS.search(fold(heads[-1])))
    return _other_columns_answer(row, at) or bool(label and not units and not _IS_UNIT.search(fold(label)))


def _other_columns_answer(row: Row, at: int) -> bool:
    head = fold(row.heads[at]) if at < len(row.heads) else ""
    if not head or _RESULT_HEADS.search(head):
        return False
    return any(named_in_heading(analyse_one(h)) for i, h in enumerate(row.heads) if i != at and h)


def columns_of(row: Row) -> tuple[Column, ...]:
    """What each column holds: a counter, the row's label, a value, or a note. Without heads, the first column with words is the label."""
    kinds: list[Column] = []
    for i in range(max(len(row.cells), len(row.heads))):
        head = row.heads[i] if i < len(row.heads) else ""
        cell = row.cells[i] if i < len(row.cells) else ""
        kinds.append(_column(i, head, cell, "label" in kinds[:2]))
    return tuple(kinds)


def _column(i: int, head: str, cell: str, labelled: bool) -> Column:
    """The kind of column `i`; `labelled` when the row has its label already."""
    folded = fold(head).strip(" .")
    if _COUNTER.search(folded) or (i == 0 and cell and _COUNT_CELL.search(cell.lower())):
        return "counter"
    if labelled and _MEASURE_HEAD.search(folded) and _MEASURE.search(cell.strip()):
        return "counter"  # "công trình", "%": what the row is counted in
    if not labelled and i < 2 and _may_label(folded):
        return "label"
    if _NOTE_HEADS.search(folded):
        return "note"
    another = _LABEL_HEADS.search(folded) and not _RESULT_HEADS.search(folded) and not named_in_heading(analyse_one(folded))
    return "label" if another else "value"


def _may_label(head: str) -> bool:
    return bool(_LABEL_HEADS.search(head) and not _RESULT_HEADS.search(head)) or not head or not _NOTE_HEADS.search(head)
