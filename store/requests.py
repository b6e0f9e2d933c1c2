"""Reports asked for on demand ("hoặc đột xuất"): each request opens a duty of its own for those it asks, due on the day it names.

What answers a request: a report of the agency dated from the day it was asked on and in time; after the due day only one that names the
request's document, so that the next yearly report does not pass for a late answer.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from ..errors import UsageError
from ..plan.groups import expand_actors
from ..plan.model import Cell, DueRule, Duty, Plan
from .fold import folded
from .plans import now
from .sql import rows
from .standing import NOTHING_CAME, Kept

if TYPE_CHECKING:
    from ..plan.registry import Registry

REPORT_FORM: Final = "báo cáo"  # in `form` of a duty that is met by sending a report


@dataclass(frozen=True, slots=True)
class Request:
    """A request of a store. `agencies` are codes and group names; `withdrawn` is '' while it stands."""

    id: int
    duty: str
    agencies: tuple[str, ...]
    document: str
    asked: date
    due: date
    subject: str
    who: str
    at: str
    withdrawn: str = ""


def report_duties(plan: Plan) -> list[Duty]:
    """The duties that are met by sending a report."""
    return [duty for duty in plan.duties if REPORT_FORM in duty.form]


_REQUESTS: Final = "SELECT id, duty, agencies, document, asked, due, subject, who, at, withdrawn FROM requests WHERE plan = ? ORDER BY id"


def requests_of(conn: sqlite3.Connection, plan: int, withdrawn: bool = False) -> list[Request]:
    """The requests under a plan; those taken back only where asked for."""
    found = [
        Request(
            **{
                **row,
                "agencies": tuple(json.loads(row["agencies"])),
                "asked": date.fromisoformat(row["asked"]),
                "due": date.fromisoformat(row["due"]),
            }
        )
        for row in rows(conn, _REQUESTS, (plan,))
    ]
    return [request for request in found if withdrawn or not request.withdrawn]


def add_request(conn: sqlite3.Connection, plan: int, request: Request) -> int:
    """Keep a request, inside the caller's transaction; its number. Raises UsageError for one that is due before it is asked."""
    if request.due < request.asked:
        raise UsageError(f"The request is due on {request.due}, before it was asked on {request.asked}.", "Give --due a later day.")
    cursor = conn.execute(
        "INSERT INTO requests (plan, duty, agencies, document, asked, due, subject, who, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            plan, request.duty, json.dumps(request.agencies), request.document, request.asked.isoformat(), request.due.isoformat(),
            request.subject, request.who, now(),
        ),
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def withdraw_request(conn: sqlite3.Connection, plan: int, number: int, who: str) -> None:
    """Take a request back, inside the caller's transaction. Raises UsageError for one that is not there."""
    if number not in {request.id for request in requests_of(conn, plan)}:
        raise UsageError(f"No request {number} stands under this plan.", "`minhchung plan request list` shows them.")
    conn.execute("UPDATE requests SET withdrawn = ? WHERE id = ?", (f"{now()} {who}".strip(), number))


def request_cells(plan: Plan, registry: Registry, requests: Iterable[Request], year: int, day: date) -> list[Cell]:
    """The duties that requests due in that year had opened by that day, one cell for each agency asked. Their ids are those of the duty and
    of the request ("O24/3")."""
    duties = {duty.id: duty for duty in plan.duties}
    cells: list[Cell] = []
    for request in requests:
        if request.due.year == year and request.asked <= day and request.duty in duties:
            rule = DueRule(kind="window", wording=f"đột xuất, theo {request.document}", first=request.asked, last=request.due)
            duty = replace(duties[request.duty], id=f"{request.duty}/{request.id}", kind="assigned", due=rule)
            agencies = expand_actors(request.agencies, registry, min(day, request.due))
            cells += [Cell(agency, duty, year, "lead", owed=True, opens=request.asked, due=request.due) for agency in agencies]
    return cells


_SPEAKS: Final = "SELECT DISTINCT sha256 FROM evidence WHERE plan = ?"
_CITES: Final = "SELECT DISTINCT sha256 FROM passages WHERE replace(folded, ' ', '') LIKE ? ESCAPE '!'"


def answers(
    conn: sqlite3.Connection, plan: int, requests: Sequence[Request], files: Mapping[str, Mapping[str, Any]], as_of: date | None
) -> dict[int, dict[str, Kept]]:
    """For each request the agencies that answered it, with the earliest report that does."""
    if not requests:
        return {}
    speaking = {row["sha256"] for row in rows(conn, _SPEAKS, (plan,))}
    found: dict[int, dict[str, Kept]] = {}
    for request in requests:
        citing = _citing(conn, request.document)
        mine = found.setdefault(request.id, {})
        for document in sorted(files.values(), key=lambda one: one["date"] or ""):
            if _answers(document, request, speaking, citing, as_of) and document["agency"] not in mine:
                mine[document["agency"]] = Kept("evidenced", ((document["sha256"], -1),), document["date"])
    return found


def _citing(conn: sqlite3.Connection, document: str) -> set[str]:
    wanted = re.sub(r"\s", "", folded(document))
    if not wanted:
        return set()
    escaped = re.sub(r"([!%_])", r"!\1", wanted)
    return {row["sha256"] for row in rows(conn, _CITES, (f"%{escaped}%",))}


def _answers(document: Mapping[str, Any], request: Request, speaking: set[str], citing: set[str], as_of: date | None) -> bool:
    if not document["agency"] or document["type"] != "BÁO CÁO" or not document["date"]:
        return False
    day = date.fromisoformat(document["date"])
    if day < request.asked or (as_of is not None and day > as_of):
        return False
    return document["sha256"] in citing or (document["sha256"] in speaking and day <= request.due)


def answer_of(found: Mapping[int, Mapping[str, Kept]], duty: str, agency: str) -> Kept:
    """The verdict on a request's cell, by the id that `request_cells` gave its duty."""
    number = int(duty.rpartition("/")[2])
    return found.get(number, {}).get(agency, NOTHING_CAME)
