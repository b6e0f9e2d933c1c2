"""What all reports are made of, asked of the store once: cells, what is missing and why, claims, who sent what, what was not read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from ...plan.homonyms import told_names
from ...store.claims import ClaimRow, RunRow, claims, last_run
from ...store.model import DocumentRow, MissingRow, StatusRow
from ...store.problems import ProblemRow, problems
from ...store.proposals import ProposalRow, proposals
from ...store.queries import documents
from ...store.senders import SenderRow, senders
from ...store.status import missing, prepared, status
from ..language import spoken, told

if TYPE_CHECKING:
    from ...plan.model import Agency, Duty, Plan, PlanItem
    from ...plan.registry import Registry
    from ..asking import Asked

ItemKey = tuple[str, int, str]  # agency, year, item


@dataclass(frozen=True, slots=True)
class Made:
    """How a report was made: the versions of plan and rules, the last run of ingest, and when the report itself was written (UTC)."""

    plan_version: str
    rules_version: str
    reader_version: str
    run: RunRow | None
    written: datetime


@dataclass(frozen=True, slots=True)
class Gathered:
    """The answers of a store to the questions of one plan, as of `day`; reasons and messages in the language spoken. `items` and `duties`
    are cells at those two levels, `missing` what is owed and not evidenced at item level, `missing_duties` the same by duty."""

    plan: Plan
    registry: Registry
    day: date
    items: Sequence[StatusRow]
    duties: Sequence[StatusRow]
    missing: Sequence[MissingRow]
    missing_duties: Sequence[MissingRow]
    claims: Sequence[ClaimRow]
    senders: Sequence[SenderRow]
    documents: Sequence[DocumentRow]
    problems: Sequence[ProblemRow]
    made: Made
    proposals: Sequence[ProposalRow] = ()

    @property
    def years(self) -> list[int]:
        """The years that the cells are of, oldest first."""
        return sorted({row.year for row in (*self.items, *self.duties)})

    @property
    def plan_items(self) -> list[PlanItem]:
        """The items that have a cell at either level, in the plan's order."""
        shown = {row.item for row in (*self.items, *self.duties)}
        return [item for item in self.plan.items if item.id in shown]

    @property
    def plan_duties(self) -> list[Duty]:
        """The duties that have a cell, in the plan's order."""
        shown = {row.duty for row in self.duties}
        return [duty for duty in self.plan.duties if duty.id in shown]

    @property
    def agencies(self) -> list[Agency]:
        """The agencies that have a cell at either level, in the registry's order."""
        shown = {row.agency for row in (*self.items, *self.duties)}
        return [agency for agency in self.registry.agencies if agency.code in shown]

    def names(self) -> Mapping[str, str]:
        """Short names by code, of all agencies of the registry; those that several share in these years with their superior's."""
        return told_names(self.registry, self.years)


def gather(asked: Asked) -> Gathered:
    """Everything that a report shows, for the plan and filters of the question."""
    conn, filters, plan = asked.conn, asked.filters, asked.plan
    today = date.today()
    judging = prepared(plan, asked.registry)
    run = last_run(conn)
    items = status(conn, judging, "item", filters, today)
    years = {row.year for row in items}
    # What could not be read tells no year, and may be of the year asked for: to leave it out would hide it.
    anytime = replace(filters, year=None)
    known = [one for one in documents(conn, anytime) if filters.year is None or one.year in (None, filters.year)]
    paths = {one.path for one in known}
    return Gathered(
        plan=plan,
        registry=asked.registry,
        day=filters.as_of or today,
        items=items,
        duties=status(conn, judging, "duty", filters, today),
        missing=[_told(row) for row in missing(conn, judging, "item", filters, today)],
        missing_duties=[_told(row) for row in missing(conn, judging, "duty", filters, today)],
        claims=[claim for claim in claims(conn, filters) if claim.year is None or claim.year in years or filters.year is None],
        senders=senders(conn, judging, filters, today),
        documents=known,
        problems=[
            replace(row, message=told(row.message), next_step=told(row.next_step)) for row in problems(conn, anytime) if row.path in paths
        ],
        made=Made(
            plan.version, run.rules if run else "", run.reader if run else "", run, datetime.now(UTC).replace(microsecond=0)
        ),  # the run tells by which rules the store was judged; the rules installed now may be newer
        proposals=proposals(conn, filters, plan),
    )


def _told(row: MissingRow) -> MissingRow:
    """With its reason in the language spoken, the day in it too."""
    if spoken() != "en":
        return row
    reason = told(row.reason)
    if row.due and reason.endswith(f"({date.fromisoformat(row.due):%d/%m/%Y})"):
        reason = f"{reason[: reason.rindex('(')]}({row.due})"
    return replace(row, reason=reason)


def reasons(rows: Iterable[MissingRow]) -> dict[tuple[str, int, str, str], str]:
    """Why each cell is missing, by agency, year, item and duty ('' at item level)."""
    return {(row.agency, row.year, row.item, row.duty or ""): row.reason for row in rows}


def claims_of(row: StatusRow, by_cell: Mapping[ItemKey, Sequence[ClaimRow]]) -> list[ClaimRow]:
    """The claims on a cell's item: its own, those of the predecessors and of the earlier year that carry it. The one that the cell rests on
    first, then what was done, then the rest."""
    year = row.from_year or row.year
    found = [claim for agency in (row.agency, *row.inherited) for claim in by_cell.get((agency, year, row.item), ())]
    order = ("done", "ongoing", "not_done", "planned", "mention")
    return sorted(found, key=lambda claim: (claim.quote != row.quote or claim.file != row.file, order.index(claim.status)))


def by_cell(found: Iterable[ClaimRow]) -> dict[ItemKey, list[ClaimRow]]:
    """Claims by agency, year and item; those of no agency, or of no year, are in no cell."""
    cells: dict[ItemKey, list[ClaimRow]] = {}
    for claim in found:
        if claim.agency is not None and claim.year is not None:
            cells.setdefault((claim.agency, claim.year, claim.item), []).append(claim)
    return cells
