"""What stands around a sentence: the document's subject, the headings above, the table row, the part of the report it is in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from ..ingest.model import Passage, Row
from .analysis import Sentence, analyse_one
from .fold import fold
from .items import named_in_heading
from .law import law_of
from .patterns import pattern

Section = Literal["results", "plan", "proposals", "limits", "context", "basis", "none"]
Focus = Literal["law", "democracy", "none"]
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
# A label that says who, or how many of what, leaves the item to the heading; any other label is a matter of its own.
_IS_UNIT = pattern("row/unit-or-count")
_NOTE_HEADS = pattern("column/note")
_RESULT_HEADS = pattern("column/result")
_PLAN_HEADS = pattern("column/plan")
_COUNTER = pattern("column/counter")

Column = Literal["counter", "label", "value", "note"]


@dataclass(frozen=True, slots=True)
class Context:
    """What surrounds a passage. `items` are those that the nearest naming heading names, `subject` what the headings are about, `heading` what to
    show beside a quote; `label` is the row's label, `column` what part of the row this cell is, `head` its column head; `shared` when
    the naming heading stands over another matter too ("Thanh tra, kiểm tra, giải quyết đơn thư")."""

    section: Section
    items: tuple[str, ...]
    subject: Subject
    heading: str
    label: str = ""
    head: str = ""
    column: Column | None = None
    plan_table: bool = False
    shared: bool = False


def focus_of(title: str, opening: str) -> Focus:
    """The subject of the whole document, by its title, else by its opening paragraph."""
    for text in (title, opening):
        sentence = analyse_one(text)
        if sentence.has("law.explicit"):
            return "law"
        if sentence.has("law.democracy"):
            return "democracy"
    return "none"


def context_of(passage: Passage, year: int | None, above: tuple[str, ...] = ()) -> Context:
    """The context of a passage from its heading chain and, for a table cell, its row. `year` is the year reported on: a heading on a later one is a plan; `above`
    are lines that head this passage without being headings: a table's caption, a question that the text answers."""
    chain = (*passage.headings, *above)
    heads = [analyse_one(h) for h in chain]
    section = _section(heads, year)
    items, subject = _heading_items(heads)
    shown = chain[-1] if chain else ""
    if passage.row is None:
        shared = next((bool(law_of(h).other) and not law_of(h).explicit for h in reversed(heads) if named_in_heading(h)), False)
        return Context(section, items, subject, shown, shared=shared)
    return _row_context(passage.row, section, items, subject, shown)


def _section(heads: list[Sentence], year: int | None) -> Section:
    """The innermost heading that says which part of the report it is; a plan, proposals or basis above it stand over results below."""
    found: Section = "none"
    for head in heads:
        mixed = head.has("section.proposals") and head.has("section.plan", "section.limits", "section.results")
        if year and not head.has("section.results") and any(int(y) > year for y in re.findall(r"\bnăm (20\d\d)", head.folded)):
            found = "plan"
            continue
        for group, section in _SECTION_GROUPS:
            if head.has(group) and not (mixed and section == "proposals"):  # "Nhận xét, kiến nghị": each sentence says which it is
                if not (found in ("plan", "proposals", "basis") and section in ("results", "context", "limits")):
                    found = section
                break
    return found


def _heading_items(heads: list[Sentence], strict: bool = False) -> tuple[tuple[str, ...], Subject]:
    """Items of the innermost heading that names any, and what the headings are about; an inner heading on another matter ends both."""
    items: tuple[str, ...] = ()
    subject: Subject = "none"
    for head in heads:
        said = law_of(head)
        named = named_in_heading(head)
        if said.explicit or said.democracy:
            subject = "law"
        elif said.other and named and not strict and not all(h.group == "other.general" for h in said.other):
            subject = "none"  # "Quy chế, quy ước": one heading over two matters
        elif said.other and all(h.group == "other.general" for h in said.other):
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
    plan_table = any(_PLAN_HEADS.search(fold(h)) for h in row.heads) and not any(_RESULT_HEADS.search(fold(h)) for h in row.heads)
    named, about = _heading_items([analyse_one(t) for t in (*labels, head) if t], strict=True)
    if (
        not named
        and about == "none"
        and column == "value"
        and (_other_columns_answer(row, at) or label and not _IS_UNIT.match(fold(label)))
    ):
        items = ()  # "Hội nghị CBCC" beside "Ban hành quy chế": each such column answers for what its own head names
    if named or about != "none":
        items = named or (items if about == "law" else ())
        subject = about if about != "none" else subject
    heading = " · ".join(t for t in (shown, label, head) if t)
    return Context(section, items, subject, heading, label, head, column, plan_table)


def _other_columns_answer(row: Row, at: int) -> bool:
    head = fold(row.heads[at]) if at < len(row.heads) else ""
    if not head or _RESULT_HEADS.search(head):
        return False
    return any(named_in_heading(analyse_one(h)) for i, h in enumerate(row.heads) if i != at and h)


def columns_of(row: Row) -> tuple[Column, ...]:
    """What each column holds: a counter, the row's label, a value, or a note. Without heads, the first column with words is the label."""
    width = max(len(row.cells), len(row.heads))
    kinds: list[Column] = []
    labelled = False
    for i in range(width):
        head = fold(row.heads[i]).strip(" .") if i < len(row.heads) else ""
        cell = row.cells[i] if i < len(row.cells) else ""
        if _COUNTER.match(head) or (i == 0 and re.fullmatch(r"[\divx.)a-zđ]{0,4}", cell.lower()) and cell):
            kinds.append("counter")
        elif (
            not labelled
            and ((_LABEL_HEADS.search(head) and not _RESULT_HEADS.search(head)) or not head or not _NOTE_HEADS.search(head))
            and i < 2
        ):
            kinds.append("label")
            labelled = True
        elif _NOTE_HEADS.search(head):
            kinds.append("note")
        elif _LABEL_HEADS.search(head) and not named_in_heading(analyse_one(head)) and not _RESULT_HEADS.search(head):
            kinds.append("label")
        else:
            kinds.append("value")
    return tuple(kinds)
