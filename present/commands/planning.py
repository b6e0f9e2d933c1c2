"""Commands about the plans of a store: which there are, what a changed one would change, triggers and requests. They join `plan`."""

from __future__ import annotations

import getpass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from .. import completing
from ..asking import db_option, kept_plan_option, output_options
from ..output import Output, emit
from ..talk import say
from .deciding import DAY, by_option, warn_of_future
from .owing import plan

__all__ = ["plan"]


class AnyCase(click.Group):
    """A group whose commands may be typed in capitals."""

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name."""
        return super().get_command(ctx, cmd_name.lower())


@plan.command("list")
@db_option
@output_options
def plan_list(db: Path, form: str | None, output: Path | None) -> None:
    """List the plans that a store holds, with all their versions. `minhchung ingest --plan FILE` adds one.

    \b
    Example:
      minhchung plan list --db minhchung.db
    """
    from ...store.connection import reading
    from ...store.planning import PlanRow, plan_rows

    with reading(db) as conn:
        rows = plan_rows(conn)

    def draw(console: Any) -> None:
        from ..owing import draw_plans

        draw_plans(console, rows)

    emit(rows, PlanRow, Output(form, output), draw)


@plan.command("diff")
@click.argument("plans", nargs=-1, metavar="[OLD] [NEW]")
@db_option
@kept_plan_option
@output_options
@click.option(
    "--year",
    "years",
    type=click.IntRange(1945, 2999),
    multiple=True,
    shell_complete=completing.years,
    help="Only this year. May be given again.",
)
@click.option("--fail", is_flag=True, help="Exit with code 1 when a cell changes.")
@click.pass_context
def plan_diff(
    ctx: click.Context,
    plans: tuple[str, ...],
    db: Path,
    plan: str,
    form: str | None,
    output: Path | None,
    years: tuple[int, ...],
    fail: bool,
) -> None:
    """Show which cells a changed plan brings, takes away or changes, before it is applied.

    OLD and NEW are plan files, or versions that `plan list` shows. With one, it is compared with what the store answers with; with none,
    that is compared with what lies in its file now. Without --year: every year from the first of both plans to this one.

    \b
    Example:
      minhchung plan diff ke-hoach-sua.toml
      minhchung plan diff cu.toml moi.toml --year 2024
    """
    if len(plans) > 2:
        raise click.UsageError("Give at most two plans: OLD and NEW.")
    from ...store.planning import ChangeRow

    rows, compared = _changes(plans, db, plan, years)
    say(f"Compared: {_years_told(compared)}.")

    def draw(console: Any) -> None:
        from ..owing import draw_changes

        draw_changes(console, rows)

    emit(rows, ChangeRow, Output(form, output), draw)
    if fail and rows:
        ctx.exit(1)


def _years_told(years: list[int]) -> str:
    """Years in a row as "2023–2026"; with gaps, each of them."""
    whole = len(years) > 1 and years == list(range(years[0], years[-1] + 1))
    return f"{years[0]}–{years[-1]}" if whole else ", ".join(map(str, years))


def _changes(named: tuple[str, ...], db: Path, plan: str, years: tuple[int, ...]) -> tuple[list[Any], list[int]]:
    """The changes and the years compared. Of two files a store is asked only where there is one: for its agencies, triggers and states."""
    from ...plan.loader import load_plan
    from ...plan.registry import load_registry
    from ...store.connection import reading
    from ...store.planning import changes, changes_in_store, years_compared

    if len(named) == 2 and not db.exists():
        registry = load_registry()
        old, new = (load_plan(Path(text), registry) for text in named)
        compared = years_compared(old, new, years, date.today())
        return changes(old, new, registry, compared, {}), compared
    with reading(db) as conn:
        return changes_in_store(conn, named, plan, years, date.today())


@plan.group("trigger", cls=AnyCase)
def trigger() -> None:
    """Enter what conditional deadlines wait for: on which day it happened, by which document.

    \b
    Example:
      minhchung plan trigger list
    """


@trigger.command("set")
@click.argument("name")
@click.argument("day", type=DAY, required=False)
@click.option("--document", default="", metavar="NUMBER", help="The document by which it happened (59/2023/NĐ-CP).")
@click.option("--by", "who", default="", metavar="NAME", help="Who enters this. Default: the user of this computer.", show_default=False)
@click.option("--unset", is_flag=True, help="Take back what was entered: the trigger is again as the plan file has it.")
@db_option
@kept_plan_option
def trigger_set(name: str, day: datetime | None, document: str, who: str, unset: bool, db: Path, plan: str) -> None:
    """Enter the DAY on which trigger NAME happened. Deadlines that wait for it are due from then on.

    \b
    Example:
      minhchung plan trigger set T2 2023-12-01 --document "1234/BNV-CQĐP"
    """
    from ...store.persons import set_trigger, writing

    if unset == (day is not None):
        raise click.UsageError("Give the DAY on which it happened, or --unset.")
    if day:
        warn_of_future(day.date())
    with writing(db, plan) as desk:
        set_trigger(desk, name, day.date() if day else None, document, who.strip() or _user())
    say(f"Kept: {name} {f'on {day:%d/%m/%Y}' if day else 'as the plan file has it'}.")


def _user() -> str:
    """The user of this computer. Raises UsageError where it knows none: an entry without a name would be nobody's."""
    from ...errors import UsageError

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError) as error:  # until 3.12 whatever the password database raises; on Windows it has none
        raise UsageError("Who enters this is not known: the computer tells no user.", 'Give --by "Nguyễn Văn A".') from error


@trigger.command("list")
@db_option
@kept_plan_option
@output_options
@click.option("--history", is_flag=True, help="Every day that was ever entered.")
def trigger_list(db: Path, plan: str, form: str | None, output: Path | None, history: bool) -> None:
    """List the triggers of the plan: what is waited for, and since when it is there.

    \b
    Example:
      minhchung plan trigger list --format json
    """
    from ...store.connection import reading
    from ...store.persons import TriggerRow, triggers
    from ...store.plans import choose, kept_plans, plan_of

    with reading(db) as conn:
        kept = choose(kept_plans(conn), plan, None)
        rows = triggers(conn, kept, plan_of(conn, kept), history) if kept else []

    def draw(console: Any) -> None:
        from ..owing import draw_triggers

        draw_triggers(console, rows)

    emit(rows, TriggerRow, Output(form, output), draw)


@plan.group("request", cls=AnyCase)
def request() -> None:
    """Ask for a report on demand ("đột xuất"): each request opens a duty of its own, due on the day it names.

    \b
    Example:
      minhchung plan request list
    """


@request.command("add")
@click.option("--agency", "agencies", metavar="CODE|NAME|GROUP", multiple=True, required=True, shell_complete=completing.agencies,
              help="Whom it asks: an agency, or a group as G-QH. May be given again.")  # fmt: skip
@click.option("--document", required=True, metavar="NUMBER", help="The document that asks (123/SNV-XDCQ).")
@click.option("--due", type=DAY, required=True, metavar="DAY", help="By which day.")
@click.option("--asked", type=DAY, metavar="DAY", help="The document's day. Default: today.")
@click.option("--duty", default="", metavar="DUTY", help="Under which duty. Default: the plan's duty to report.")
@click.option("--subject", default="", metavar="TEXT", help="What about.")
@by_option
@db_option
@kept_plan_option
def request_add(
    agencies: tuple[str, ...], document: str, due: datetime, asked: datetime | None, duty: str, subject: str, who: str, db: Path, plan: str
) -> None:
    """Keep a request for a report. Until a report dated within its days comes, or a later one that names the document, it is missing.

    \b
    Example:
      minhchung plan request add --agency G-QH --document 123/SNV-XDCQ --asked 2024-02-10 --due 2024-03-01 --by "Trần Thị B"
    """
    from ...store.persons import writing
    from ...store.requests import Request, add_request

    with writing(db, plan) as desk:
        chosen = _report_duty(desk.plan, duty)
        codes = tuple(code for text in agencies for code in _asked_of(desk.registry, text, due.date()))
        day = asked.date() if asked else date.today()
        number = add_request(desk.conn, desk.kept.number, Request(0, chosen, codes, document, day, due.date(), subject, who, ""))
    say(f"Kept as request {number}: {document}, due {due:%d/%m/%Y}, to {', '.join(codes)}.")


def _report_duty(plan: Any, text: str) -> str:
    from ...errors import UsageError
    from ...store.requests import report_duties

    known = [duty.id for duty in report_duties(plan)]
    if text in known or (not text and known):
        return text or known[0]
    raise UsageError(f"No duty {text!r} of the plan is met by a report.", f"These are: {', '.join(known) or 'none'}.")


def _asked_of(registry: Any, text: str, day: date) -> list[str]:
    from ...plan.groups import get_group, load_groups
    from ...store.filters import pick_agencies

    if text in load_groups() or text.startswith("G-"):
        return [get_group(text).id]
    codes = sorted(pick_agencies(registry, text, day.year))
    return [code for code in codes if registry.by_code(code).valid_on(day)] or codes


@request.command("list")
@db_option
@kept_plan_option
@output_options
@click.option("--history", is_flag=True, help="Those taken back too.")
def request_list(db: Path, plan: str, form: str | None, output: Path | None, history: bool) -> None:
    """List the requests, and how many of those asked have answered.

    \b
    Example:
      minhchung plan request list
    """
    from ...store.connection import reading
    from ...store.planning import RequestRow, request_rows
    from ...store.plans import choose, kept_plans, plan_of, registry_of

    with reading(db) as conn:
        kept = choose(kept_plans(conn), plan, None)
        rows = request_rows(conn, kept, plan_of(conn, kept), registry_of(conn), history) if kept else []

    def draw(console: Any) -> None:
        from ..owing import draw_requests

        draw_requests(console, rows)

    emit(rows, RequestRow, Output(form, output), draw)


@request.command("withdraw")
@click.argument("number", type=int)
@by_option
@db_option
@kept_plan_option
def request_withdraw(number: int, who: str, db: Path, plan: str) -> None:
    """Take request NUMBER back: nobody owes a report for it any more.

    \b
    Example:
      minhchung plan request withdraw 3 --by "Trần Thị B"
    """
    from ...store.persons import writing
    from ...store.requests import withdraw_request

    with writing(db, plan) as desk:
        withdraw_request(desk.conn, desk.kept.number, number, who)
    say(f"Taken back: request {number}.")
