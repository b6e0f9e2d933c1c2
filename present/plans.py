"""The plan and the agencies as rows and tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ..plan.cells import expand
from ..plan.model import Agency, DueRule, Duty, Plan
from ..plan.registry import in_year
from ..store.filters import Filters

if TYPE_CHECKING:
    from rich.console import Console

    from ..plan.registry import Registry


@dataclass(frozen=True, slots=True)
class DutyRow:
    """One duty of the plan, as other tools read it."""

    duty: str
    item: str
    item_title: str
    clause: str
    kind: str
    actors: list[str]
    inferred: list[str]
    advise: list[str]
    coordinate: list[str]
    audience: list[str]
    due: str
    wording: str
    quote: str
    unlisted: list[str]


@dataclass(frozen=True, slots=True)
class AgencyRow:
    """One agency through time; `documents` is how many of its reports the store holds, None where no store was named."""

    code: str
    name: str
    short_name: str
    kind: str
    parent: str | None
    valid_from: str | None
    valid_to: str | None
    successors: list[str]
    documents: int | None


def due_words(rule: DueRule) -> str:
    """The day of a rule as numbers: "đến 30/09/2023", "trước 15/11 hằng năm"; the plan's words where it has none."""
    if rule.before:
        return f"trước {rule.before:%d/%m/%Y}"
    if rule.last:
        return f"đến {rule.last:%d/%m/%Y}"
    if rule.before_day:
        return f"trước {_day_month(rule.before_day)} hằng năm"
    if rule.by_day:
        return f"đến {_day_month(rule.by_day)} hằng năm" + (" (ngày do ta đặt)" if rule.assumed else "")
    return rule.wording or "không đặt hạn"


def _day_month(text: str) -> str:
    month, day = text.split("-")
    return f"{day}/{month}"


def duty_rows(plan: Plan, items: frozenset[str] | None) -> list[DutyRow]:
    """The duties under the wanted items, in the plan's order."""
    titles = {item.id: item.title for item in plan.items}
    return [_duty_row(duty, titles[duty.item]) for duty in plan.duties if items is None or duty.item in items]


def _duty_row(duty: Duty, title: str) -> DutyRow:
    return DutyRow(
        duty=duty.id,
        item=duty.item,
        item_title=title,
        clause=duty.clause,
        kind=duty.kind,
        actors=list(duty.actors),
        inferred=list(duty.inferred),
        advise=list(duty.advise),
        coordinate=list(duty.coordinate),
        audience=list(duty.audience),
        due=due_words(duty.due),
        wording=duty.due.wording,
        quote=duty.quote,
        unlisted=list(duty.unlisted),
    )


def agency_rows(agencies: Sequence[Agency], documents: dict[str, int] | None) -> list[AgencyRow]:
    """Agencies in the registry's order."""
    return [
        AgencyRow(
            code=agency.code,
            name=agency.name,
            short_name=agency.short_name,
            kind=agency.kind,
            parent=agency.parent,
            valid_from=agency.valid_from.isoformat() if agency.valid_from else None,
            valid_to=agency.valid_to.isoformat() if agency.valid_to else None,
            successors=list(agency.successors),
            documents=None if documents is None else documents.get(agency.code, 0),
        )
        for agency in agencies
    ]


def chosen_agencies(plan: Plan, registry: Registry, filters: Filters) -> list[Agency]:
    """The agencies that existed in the year or on the day asked for; with items, only those that owe a duty under one of them then."""
    agencies = [agency for agency in registry.agencies if filters.agencies is None or agency.code in filters.agencies]
    if filters.as_of is not None:
        agencies = [agency for agency in agencies if agency.valid_on(filters.as_of)]
    if filters.year is not None:
        agencies = [agency for agency in agencies if in_year(agency, filters.year)]
    if filters.items is None:
        return agencies
    year = filters.year or (filters.as_of.year if filters.as_of else plan.year)
    owing = {cell.agency.code for cell in expand(plan, registry, year, filters.as_of) if cell.owed and cell.duty.item in filters.items}
    return [agency for agency in agencies if agency.code in owing]


def draw_plan(console: Console, rows: Sequence[DutyRow], plan: Plan) -> None:
    """The duties under their items."""
    from .language import told
    from .tables import new_table, plain

    console.print(plain(f"{plan.title} ({plan.issuer}, {plan.year})"), style="bold")
    table = new_table("nhiệm vụ", "mục", "ai làm", "hạn", "kế hoạch viết", flexible=("ai làm", "kế hoạch viết"))
    for row in rows:
        who = ", ".join([*(row.actors or row.advise), *row.unlisted])
        table.add_row(plain(row.duty), plain(row.item), plain(who), plain(told(row.due)), plain(row.quote))
    console.print(table)


def draw_agencies(console: Console, rows: Sequence[AgencyRow]) -> None:
    """Codes with names and times."""
    from .language import counted
    from .tables import day_text, new_table, plain

    known = any(row.documents is not None for row in rows)
    table = new_table("mã", "tên", "từ", "đến", "kế tục", *(["văn bản"] if known else []), flexible=("tên",))
    for row in rows:
        days = day_text(row.valid_from), day_text(row.valid_to)
        cells = [row.code, row.name, *days, ", ".join(row.successors), *([row.documents] if known else [])]
        table.add_row(*[plain(value) for value in cells])
    console.print(table)
    console.print(plain(counted(len(rows), "{} cơ quan")), style="dim")
