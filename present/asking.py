"""What every question on the command line has in common: which store, how to answer, and what it is narrowed to."""

from __future__ import annotations

import functools
import gc
import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ..errors import UsageError
from ..store.connection import reading
from ..store.filters import Filters, pick_agencies, pick_items
from ..store.plans import KeptPlan, agencies_text, choose, kept_plans, registry_of
from ..store.plans import plan_of as plan_kept
from ..store.queries import plan_path, plan_versions
from . import completing
from .formats import FORMATS
from .output import BOM_ASKED, Output, emit
from .talk import detail, say

if TYPE_CHECKING:
    from ..plan.model import Plan
    from ..plan.registry import Registry
    from .output import Draw

Command = Callable[..., Any]
_STORE: Final = "minhchung.db"


@dataclass(frozen=True, slots=True)
class Asked:
    """An open store and a question understood, with the plan of the store that it is about."""

    conn: sqlite3.Connection
    plan: Plan
    registry: Registry
    filters: Filters


@dataclass(frozen=True, slots=True)
class Question:
    """The options of a question as typed."""

    db: Path
    output: Output
    agency: tuple[str, ...] = ()
    item: tuple[str, ...] = ()
    year: int | None = None
    as_of: date | None = None
    plan: str = ""

    @contextmanager
    def asked(self, duties: bool = True) -> Iterator[Asked]:
        """Open the store with the plan asked for, or the newest that covers the year. Raises StoreError, PlanError, and UsageError for an
        unknown plan, agency or item; where `duties` are asked for, also for a year that the plan does not cover, in which nobody owes
        anything, and for a store that has no plan yet."""
        from ..plan.loader import load_plan

        with reading(self.db) as conn:
            plans = kept_plans(conn)
            chosen = choose(plans, self.plan, self.year)
            plan, registry = plan_kept(conn, chosen) if chosen or duties else load_plan(), registry_of(conn)
            if duties:
                self._covered(plan, plans)
                self._tell_which(chosen, plans)
            if note := _note(conn, plans, registry):
                say(f"Note: {note}")
            detail(f"Store {self.db}; plan {plan.id}, version {plan.version}; {len(registry.agencies)} agencies.")
            yield Asked(conn, plan, registry, self.filters(plan, registry, chosen.number if chosen else None))

    def _covered(self, plan: Plan, plans: Sequence[KeptPlan]) -> None:
        """Raises UsageError where the plan that would answer does not speak of the year."""
        year = self.year
        if year is None or (plan.year <= year and (plan.last_year is None or year <= plan.last_year)):
            return
        there = ", ".join(f"{one.id} ({_span(one.first_year, one.last_year)})" for one in plans)
        own = f"{plan.id} ({_span(plan.year, plan.last_year)})"
        raise UsageError(
            f"The plan asked for does not cover {year}: {own}." if self.plan else f"No plan covers {year}: the store has {there or own}.",
            "Ask for another year with --year, or add the plan of that year: minhchung ingest --plan FILE PATH...",
        )

    def _tell_which(self, chosen: KeptPlan | None, plans: Sequence[KeptPlan]) -> None:
        """Of several plans that could answer, say which does where none was named."""
        others = [one.id for one in plans if one != chosen and (self.year is None or one.covers(self.year))]
        if chosen is not None and others and not self.plan:
            say(f"Note: this is about the plan {chosen.id}; --plan asks of the others in the store: {', '.join(others)}.")

    @contextmanager
    def narrowed(self, claims: bool = False) -> Iterator[tuple[sqlite3.Connection, Filters]]:
        """Open the store for a question about documents, or about `claims` on one plan: plan and agencies are loaded only where an option
        names one of theirs."""
        with reading(self.db) as conn:
            plans = kept_plans(conn)
            chosen = choose(plans, self.plan, self.year)
            number = chosen.number if chosen else None
            if claims:
                self._tell_which(chosen, plans)
            if self.agency or self.item:
                yield conn, self.filters(plan_kept(conn, chosen), registry_of(conn), number)
            else:
                yield conn, Filters(year=self.year, as_of=self.as_of, plan=number)

    def filters(self, plan: Plan, registry: Registry, number: int | None = None) -> Filters:
        """The words of the options as codes, for the plan of that number in the store; raises UsageError."""
        return Filters(
            agencies=frozenset().union(*(pick_agencies(registry, text, self.year) for text in self.agency)) if self.agency else None,
            items=frozenset().union(*(pick_items(plan, text) for text in self.item)) if self.item else None,
            year=self.year,
            as_of=self.as_of,
            plan=number,
        )

    def answer(self, rows: list[Any], kind: type, draw: Draw) -> None:
        """Write the rows where and how they were asked for."""
        emit(rows, kind, self.output, draw)
        detail(f"{len(rows)} rows as {self.output.chosen} from {self.db}.")


def _span(first: int, last: int | None) -> str:
    """The years of a plan: "2023–2025", "2023–" where it has no end."""
    return f"{first}–{last or ''}"


def _note(conn: sqlite3.Connection, plans: Sequence[KeptPlan], registry: Registry) -> str:
    """What the answer does not take into account yet, '' where there is nothing such."""
    applied = f"{'.'.join(plan.version for plan in plans)}+{registry.version}"
    if plan_versions(conn) - {applied}:
        return "the plan or the list of agencies has changed since these reports were judged; run ingest again."
    changed = [plan for plan in plans if plan.version and _version_of_file(plan.path) not in (plan.version, "")]
    if changed:
        names = ", ".join(plan.id for plan in changed)
        return f"the plan file of {names} has changed; `minhchung plan diff` shows what that would change, the next ingest applies it."
    return ""


def _version_of_file(path: str) -> str:
    """The version of what lies in a plan's file now; '' where it is gone, which is no matter for a question."""
    from ..plan.datafiles import PLAN_FILE
    from ..plan.loader import version_in_file

    try:
        return version_in_file(Path(path or PLAN_FILE))
    except (OSError, UnicodeDecodeError):
        return ""


def db_option(command: Command) -> Command:
    """`--db FILE`, or `$MINHCHUNG_DB`, or minhchung.db in the current folder."""
    return click.option(
        "--db", type=click.Path(path_type=Path), default=_STORE, show_default=True, envvar="MINHCHUNG_DB", show_envvar=True,
        metavar="FILE", help="The store to ask.",
    )(command)  # fmt: skip


class PlanFile(click.Path):
    """A plan's file, or the id of the plan that comes with minhchung: where that lies is nobody's business."""

    def __init__(self) -> None:
        """A file that is there."""
        super().__init__(path_type=Path, exists=True, dir_okay=False)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The file; a file of that name goes before the id."""
        from ..plan.datafiles import PLAN_FILE
        from ..plan.loader import load_plan

        if not Path(value).exists() and str(value).strip().casefold() == load_plan().id.casefold():
            return PLAN_FILE
        return super().convert(value, param, ctx)


def plan_option(command: Command) -> Command:
    """`--plan FILE`: a plan other than the one that comes with minhchung."""
    return click.option(
        "--plan", "plan_file", type=PlanFile(), metavar="FILE",
        help="A plan of your own (TOML) in place of the one that comes with minhchung, which is named by its id. A store keeps its plans; "
             "a plan with another id is added to them, one with the same id replaces it.",
    )(command)  # fmt: skip


def kept_plan_option(command: Command) -> Command:
    """`--plan ID`: which of the store's plans."""
    return click.option(
        "--plan", "plan", default="", metavar="ID", shell_complete=completing.plans,
        help="Which of the store's plans (`minhchung plan list`). Default: the newest that covers the year.",
    )(command)  # fmt: skip


def store_of(db: Path | None) -> Path:
    """The store named, or $MINHCHUNG_DB, or minhchung.db in the current folder: what `db_option` takes."""
    return db or Path(os.environ.get("MINHCHUNG_DB") or _STORE)


def plan_of(db: Path | None, plan_file: Path | None) -> Path | None:
    """The plan named, or the one that the store named was made with; None for the one that comes with minhchung."""
    if plan_file is None and db is not None:
        with reading(db) as conn:
            path = plan_path(conn)
        return Path(path) if path else None
    return plan_file


def agencies_of(db: Path | None) -> tuple[str, str]:
    """The list of agencies that the store named uses, and its file; '' twice for the one that comes with minhchung."""
    if db is None:
        return "", ""
    with reading(db) as conn:
        return agencies_text(conn)


def store_or_plan_options(command: Command) -> Command:
    """`--plan FILE` and `--db FILE`, both as typed, for a command that asks of a file or of a store."""
    return click.option(
        "--db", type=click.Path(path_type=Path), metavar="FILE",
        help="The store to ask; with a FILE, use the plan that this store was made with.",
    )(plan_option(command))  # fmt: skip


def plan_options(command: Command) -> Command:
    """`--plan FILE`, or `--db FILE` for the plan that a store was made with; handed on as one `plan_file`, and the store's `agencies`."""

    @functools.wraps(command)
    def planned(db: Path | None, plan_file: Path | None, **rest: Any) -> Any:
        return command(plan_file=plan_of(db, plan_file), agencies=agencies_of(db), **rest)

    return click.option(
        "--db", type=click.Path(path_type=Path), metavar="FILE", help="Use the plan that this store was made with.",
    )(plan_option(planned))  # fmt: skip


def _keep_bom(ctx: click.Context, _: click.Parameter, value: bool | None) -> None:
    ctx.meta[BOM_ASKED] = value


def output_options(command: Command) -> Command:
    """`--format`, `-o` and `--bom`."""
    command = click.option(
        "--bom/--no-bom", default=None, expose_value=False, callback=_keep_bom,
        help="Begin CSV and TSV with a byte-order mark, by which Excel knows UTF-8. Default: in a file, not in a pipe.",
    )(command)  # fmt: skip
    command = click.option(
        "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to FILE, not stdout."
    )(command)
    return click.option(
        "--format", "form", type=click.Choice(("table", *FORMATS)),
        help="How to write it. Default: a table on a terminal, JSON in a pipe; with -o, by the file's ending.",
    )(command)  # fmt: skip


def password_option(command: Command) -> Command:
    """`--password`, for locked files; may be given again, and is never stored."""
    return click.option(
        "--password", "passwords", multiple=True, envvar="MINHCHUNG_PASSWORDS", metavar="WORD",
        help="A password to try on locked files and archives. May be given again; $MINHCHUNG_PASSWORDS holds several, blanks between.",
    )(command)  # fmt: skip


def filter_options(command: Command) -> Command:
    """`--agency`, `--item`, `--year`, `--as-of`."""
    for option in reversed((
        click.option("--agency", metavar="CODE|NAME", multiple=True, shell_complete=completing.agencies,
                     help="Only this agency: its code, or its name with or without tone marks. May be given again."),
        click.option("--item", metavar="ITEM", multiple=True, shell_complete=completing.items,
                     help="Only this item of the plan: II.1.a, all of II.1, or its short name. May be given again."),
        click.option("--year", type=click.IntRange(1945, 2999), shell_complete=completing.years, help="Only the year reported on."),
        click.option("--as-of", type=click.DateTime(("%Y-%m-%d", "%d/%m/%Y")), metavar="DAY",
                     help="As it stood on that day (2023-11-15 or 15/11/2023): without later documents. Default: today."),
    )):  # fmt: skip
        command = option(command)
    return command


@contextmanager
def _without_collecting() -> Iterator[None]:
    """A question makes thousands of rows that all live until it is answered: looking for garbage among them costs a sixth of its time."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def question(command: Command) -> Command:
    """All options of a question, handed to the command as one `Question`."""

    @functools.wraps(command)
    def asking(
        db: Path,
        form: str | None,
        output: Path | None,
        agency: tuple[str, ...],
        item: tuple[str, ...],
        year: int | None,
        as_of: datetime | None,
        plan: str,
        **rest: Any,
    ) -> Any:
        day = as_of.date() if as_of else None
        with _without_collecting():
            return command(Question(db, Output(form, output), agency, item, year, day, plan), **rest)

    return db_option(kept_plan_option(output_options(filter_options(asking))))
