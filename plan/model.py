"""What is owed, as types: plans, items, duties, deadlines, agencies, and the cells that a year makes of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

ItemKind = Literal["duty", "event"]
DutyKind = Literal["assigned", "request", "advise", "accountability", "event"]
DueKind = Literal["window", "before", "yearly", "continuous", "conditional_window", "conditional_soft", "undated_once", "event", "none"]
CellRole = Literal["lead", "advise", "request", "inferred", "accountability", "event"]


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A heading of the plan that evidence is filed under. `id` "II.1.a"; `title` the plan's words; `short` the officers' word for it
    ("quán triệt"); `continuous` True where being done counts as evidenced; `event` items are never missing."""

    id: str
    title: str
    short: str
    kind: ItemKind = "duty"
    continuous: bool = False


@dataclass(frozen=True, slots=True)
class DueRule:
    """When a duty is due, as the plan words it.

    `first`/`last` bound a window, both inclusive. `before` is exclusive ("trước 15/10/2023" is met until 14/10); for a yearly rule `by`
    (inclusive) and `before` (exclusive) are "MM-DD". `after` are the trigger ids that a conditional rule waits for. `assumed` is
    True where the day is ours and not the plan's. `review_on` is a day to look again at a duty without a deadline.
    """

    kind: DueKind
    wording: str = ""
    first: date | None = None
    last: date | None = None
    before: date | None = None
    first_year: int | None = None
    by_day: str | None = None
    before_day: str | None = None
    after: tuple[str, ...] = ()
    review_on: date | None = None
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class HandedOn:
    """That others owe a duty from the day `since` on, because `document` says so. `to` are agency codes, group names, or "successors":
    those who succeed the actors that have ended."""

    to: tuple[str, ...]
    since: date
    document: str


@dataclass(frozen=True, slots=True)
class Duty:
    """One duty of the plan: who must do what by when. `id` "O04i"; `item` a PlanItem id; `clause` "II.1.b +3"; `quote` the plan's
    words; actors, advisers, coordinators are agency codes or group names ("G-SO"); `inferred` actors owe it by inference only and are
    shown, never counted missing; `exclude` are members of an actor group that do not owe it here; `audience` whom it is for (codes of
    `schema.AUDIENCES`); `scope` narrows what counts ("portal"); `handed_on` says who owes it after its actors have ended, None where no
    document does; `unlisted` are actors by the names that the plan gives them, which no list of agencies has: they get no cell."""

    id: str
    item: str
    clause: str
    quote: str
    kind: DutyKind
    due: DueRule
    actors: tuple[str, ...] = ()
    inferred: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    advise: tuple[str, ...] = ()
    coordinate: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    scope: str = ""
    form: tuple[str, ...] = ()
    note: str = ""
    handed_on: HandedOn | None = None
    unlisted: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """What a conditional deadline waits for: an act of another body. `day` None while it has not happened or is not known."""

    id: str
    what: str
    document: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan document as data. `version` is a digest of the file's content and of its rules file's, so that a changed plan
    re-judges; `last_year` is the last year that it speaks of, None where it has no end; `rules` the file of cue words beside the plan's, ''
    where those that come with minhchung hold."""

    id: str
    title: str
    issuer: str
    year: int
    law_number: str
    law_effective: date
    version: str
    path: str
    items: tuple[PlanItem, ...] = ()
    duties: tuple[Duty, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    last_year: int | None = None
    rules: str = ""


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency through time. `valid_from`/`valid_to` inclusive, None where open; `parent` and `successors` are codes; `symbols` what
    stands behind the number of its documents ("BC-SNV"); `confidence` how sure the entry is: `verified`, `partly` or `remembered`; `groups`
    the groups that it belongs to beside those that its kind puts it into."""

    code: str
    name: str
    short_name: str
    kind: str
    aliases: tuple[str, ...] = ()
    parent: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()
    symbols: tuple[str, ...] = ()
    confidence: str = "verified"
    groups: tuple[str, ...] = ()

    def valid_on(self, day: date) -> bool:
        """Whether the agency existed on that day."""
        return (self.valid_from is None or self.valid_from <= day) and (self.valid_to is None or day <= self.valid_to)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one agency owes under one duty in one year. `owed` is False for requests, inferred actors, coordination, accountability and
    events: those are shown and never counted missing. `due` is the last day on which it is in time (None: no day), `opens` the first day
    of its window. `ended` is the agency's last day where it no longer existed on the day looked at, and nobody owes the duty in its place;
    `by` the document that handed the duty on to it, '' where it is the plan's own."""

    agency: Agency
    duty: Duty
    year: int
    role: CellRole
    owed: bool
    opens: date | None = None
    due: date | None = None
    waiting_for: tuple[str, ...] = field(default=())
    ended: date | None = None
    by: str = ""
