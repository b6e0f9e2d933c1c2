"""The register of senders: who should have sent a report by when, and who has. When it came, what day it bears and which days it covers are
three different things, and stand apart."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final, Literal

from ..plan.homonyms import told_names
from .cells import Judging
from .filters import Filters
from .model import Record, StatusRow
from .periods import period_of
from .requests import report_duties
from .sql import rows
from .status import status, years_asked

SendingState = Literal["sent", "late", "silent", "unreadable", "overdue", "waiting", "ended", "not_applicable", "unasked"]


@dataclass(frozen=True, slots=True)
class SenderRow:
    """One report that an agency should send in a year, or has sent unasked (`duty` null).

    `state`: `sent`, `late` (dated after `due`), `silent` (a report came that says nothing of the plan), `unreadable`, `overdue`, `waiting`,
    `ended`, `not_applicable`, `unasked`. `received` is the day it came, `date` the day it bears, `period` the days it covers
    ("2023-01-01/2023-11-10"): of the report that counts, the earliest. `entered` whether a person entered `received`, else it is the day of
    the run that first saw the file. `documents` are all reports of that agency and year, each {file, number, date, received, period}.
    """

    agency: str
    agency_name: str
    year: int
    duty: str | None
    owed: bool
    due: str | None
    days_left: int | None
    state: SendingState
    received: str | None
    date: str | None
    period: str | None
    entered: bool
    number: str | None
    file: str | None
    plan: str
    documents: list[Record] = field(compare=False)


_REPORTS: Final = """
SELECT c.sha256, c.agency, c.agency_name, c.year, c.number, c.date, c.title, p.name AS file, r.started,
    (SELECT day FROM receipts t WHERE t.sha256 = c.sha256 ORDER BY t.id DESC LIMIT 1) AS entered
FROM contents c JOIN primary_files p ON p.sha256 = c.sha256 JOIN files f ON f.id = p.id JOIN runs r ON r.id = f.first_run
WHERE c.superseded_by IS NULL AND c.agency IS NOT NULL AND (c.type = 'BÁO CÁO' OR c.outcome <> 'read') AND c.outcome <> 'pending'
ORDER BY c.date IS NULL, c.date, p.name
"""


def senders(conn: sqlite3.Connection, judging: Judging, filters: Filters, today: date) -> list[SenderRow]:
    """The register of the year asked for, else of those that documents report on: agencies in the registry's order, the asked first."""
    came: dict[tuple[str, int | None], list[Mapping[str, Any]]] = {}
    for row in rows(conn, _REPORTS):
        if filters.as_of is None or not row["date"] or row["date"] <= filters.as_of.isoformat():
            came.setdefault((row["agency"], row["year"]), []).append(row)
    wanted = {duty.id for duty in report_duties(judging.plan)}
    found: list[SenderRow] = []
    for year in years_asked(conn, judging, filters):
        narrowed = Filters(filters.agencies, filters.items, year, filters.as_of, filters.plan)
        asked = [
            row
            for row in status(conn, judging, "duty", narrowed, today)
            if row.duty and row.duty.partition("/")[0] in wanted and row.from_year is None
        ]
        found += [_row(row, _sent(row, came)) for row in asked]
        found += _unasked(judging, {row.agency for row in asked}, came, narrowed)
    return found


def _sent(row: StatusRow, came: Mapping[tuple[str, int | None], Sequence[Mapping[str, Any]]]) -> list[Mapping[str, Any]]:
    """The reports that may answer: of the year, or of no year that could be read; of a request, the one that does."""
    reports = [*came.get((row.agency, row.year), ()), *came.get((row.agency, None), ())]
    if row.duty and "/" in row.duty:
        return [report for report in reports if report["file"] == row.file] if row.file else []
    return reports


def _unasked(
    judging: Judging, asked: set[str], came: Mapping[tuple[str, int | None], Sequence[Mapping[str, Any]]], filters: Filters
) -> Iterator[SenderRow]:
    names = told_names(judging.registry, (filters.year,) if filters.year else ())
    for agency in judging.registry.agencies:
        reports = came.get((agency.code, filters.year), ())
        if reports and agency.code not in asked and (filters.agencies is None or agency.code in filters.agencies):
            yield _filled(agency.code, names[agency.code], filters.year or 0, judging.plan.id, reports)


def _filled(agency: str, name: str, year: int, plan: str, reports: Sequence[Mapping[str, Any]], row: StatusRow | None = None) -> SenderRow:
    documents = [_document(report) for report in reports]
    first = documents[0] if documents else {}
    return SenderRow(
        agency=agency,
        agency_name=name,
        year=year,
        duty=row.duty if row else None,
        owed=row.owed if row else False,
        due=row.due if row else None,
        days_left=row.days_left if row else None,
        state=_state(row, bool(reports)) if row else "unasked",
        received=first.get("received"),
        date=first.get("date"),
        period=first.get("period"),
        entered=bool(reports and reports[0]["entered"]),
        number=first.get("number"),
        file=first.get("file"),
        plan=plan,
        documents=documents,
    )


def _row(row: StatusRow, reports: Sequence[Mapping[str, Any]]) -> SenderRow:
    chosen = sorted(reports, key=lambda report: report["file"] != row.file)  # the report that counts first, then the others by their days
    return _filled(row.agency, row.agency_name, row.year, row.plan, chosen, row)


def _document(report: Mapping[str, Any]) -> Record:
    period = period_of(report["title"] or "", report["year"])
    return {
        "file": report["file"],
        "number": report["number"],
        "date": report["date"],
        "received": report["entered"] or datetime.fromisoformat(report["started"]).astimezone().date().isoformat(),
        "period": "/".join(day.isoformat() for day in period) if period else None,
    }


def _state(row: StatusRow, came: bool) -> SendingState:
    if row.ended and row.state not in ("evidenced", "partial"):
        return "ended"
    match row.state:
        case "evidenced" | "partial":
            return "late" if row.late else "sent"
        case "not_applicable" | "unreadable":
            return row.state
        case "silent" | "planned" | "not_done" if came:
            return "silent"
        case "silent" | "planned" | "not_done" | "no_report":
            return "overdue" if row.overdue else "waiting"
        case _:
            raise AssertionError(row.state)
