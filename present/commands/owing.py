"""Commands about what is owed and by whom: the plan and the agencies."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from .. import completing
from ..asking import Question, db_option, output_options, question
from ..language import counted, told
from ..output import Output, emit
from ..talk import say


@click.group()
def plan() -> None:
    """Show the plan, import one from its document, or check one of your own.

    \b
    Example:
      minhchung plan show --item II.1
    """


@plan.command("show")
@click.option("--db", type=click.Path(path_type=Path), metavar="FILE", help="Show a plan of this store, as it was applied.")
@click.option(
    "--plan",
    "named",
    default="",
    metavar="FILE|ID",
    help="A plan file (TOML), or with --db the id of one of the store's plans. Default: its newest, or the one that comes with minhchung.",
)
@output_options
@click.option(
    "--item", metavar="ITEM", shell_complete=completing.items, help="Only this item of the plan: II.1.a, all of II.1, or its short name."
)
def plan_show(db: Path | None, named: str, form: str | None, output: Path | None, item: str | None) -> None:
    """List the duties of the plan: who must do what by when.

    \b
    Example:
      minhchung plan show --item "tập huấn"
    """
    from ...plan.loader import load_plan
    from ...store.agencies import agencies_named
    from ...store.connection import reading
    from ...store.filters import pick_items
    from ...store.plans import choose, kept_plans, plan_of
    from ..plans import DutyRow, draw_plan, duty_rows

    if db is not None and not named.endswith(".toml"):
        with reading(db) as conn:
            shown = plan_of(conn, choose(kept_plans(conn), named, None))
    else:
        shown = load_plan(Path(named) if named else None, agencies_named(None, db))
    rows = duty_rows(shown, pick_items(shown, item) if item else None)
    emit(rows, DutyRow, Output(form, output), lambda console: draw_plan(console, rows, shown))


@plan.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--agencies", "agencies_file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="CSV",
              help="The list of agencies of another province, in place of the one that comes with minhchung.")  # fmt: skip
@click.option("--db", type=click.Path(path_type=Path), metavar="FILE", help="Look its agencies up in the list that this store uses.")
def plan_check(file: Path, agencies_file: Path | None, db: Path | None) -> None:
    """Check a plan file and its rules file; every fault with its line. Exit code 4 when there is one.

    \b
    Example:
      minhchung plan check my-plan.toml
    """
    from ...errors import PlanError
    from ...plan.loader import check_plan, load_plan
    from ...store.agencies import agencies_named

    registry = agencies_named(agencies_file, db)
    faults = check_plan(file, registry)
    if not faults and (shown := load_plan(file, registry)).rules:
        from ...extract.plan_rules import check_rules

        faults = check_rules(shown)
    for fault in faults:
        click.echo(f"{told(fault.message).removesuffix('.')}. {' '.join(told(fault.next_step).splitlines())}")
    if faults:
        found = counted(len(faults), "{} fault", many="{} faults")
        raise PlanError(f"{file} cannot be used: {found}.", "Mend the lines named above, then check again.")
    say(f"{file} is in order.")


@click.group(invoke_without_command=True)
@question
@click.pass_context
def agencies(ctx: click.Context, ask: Question) -> None:
    """List the agencies with their codes, names and times, and how many documents the store holds of each.

    --year and --as-of keep those that existed then, --item those that owe a duty under it.

    \b
    Example:
      minhchung agencies --year 2023 --item II.1.c
    """
    if ctx.invoked_subcommand is not None:
        return
    from ...plan.loader import load_plan
    from ...plan.registry import load_registry
    from ...store.queries import documents_by_agency
    from ..plans import AgencyRow, agency_rows, chosen_agencies, draw_agencies

    counts = None
    if ask.db.exists() or ctx.get_parameter_source("db") is not ParameterSource.DEFAULT:
        with ask.asked(duties=bool(ask.item)) as asked:
            shown, registry, filters = asked.plan, asked.registry, asked.filters
            counts = documents_by_agency(asked.conn)
    else:
        shown, registry = load_plan(None), load_registry()
        filters = ask.filters(shown, registry)
    rows = agency_rows(chosen_agencies(shown, registry, filters), counts)
    ask.answer(rows, AgencyRow, lambda console: draw_agencies(console, rows))


@agencies.command("import")
@click.argument("file", metavar="CSV", required=False, type=click.Path(path_type=Path))
@click.option("--shipped", is_flag=True, help="Go back to the list that comes with minhchung.")
@db_option
def agencies_import(file: Path | None, shipped: bool, db: Path) -> None:
    """Take a list of agencies, for another province, in place of the one that comes with minhchung. It holds for this store.

    The list needs a column of names (tên); codes (mã), superiors (trực thuộc), days (từ, đến), successors (kế tục), abbreviations and
    groups (nhóm: G-SO) may stand in others, under Vietnamese or English heads.

    \b
    Example:
      minhchung agencies import co-quan-thai-binh.csv --db thai-binh.db
    """
    from ...store.agencies import import_agencies

    if shipped == (file is not None):
        raise click.UsageError("Give the CSV to import, or --shipped.")
    count = import_agencies(db, file)
    known = counted(count, "{} agency", many="{} agencies")
    say(f"{db} now knows {known}; the next ingest judges by this list.")


@agencies.command("check")
@click.argument("file", metavar="[CSV]", required=False, type=click.Path(path_type=Path))
@click.option("--db", type=click.Path(path_type=Path), metavar="FILE", help="Check the list that this store uses.")
@click.option("--fail", is_flag=True, help="Exit with code 1 when anything is doubtful.")
@output_options
@click.pass_context
def agencies_check(ctx: click.Context, file: Path | None, db: Path | None, fail: bool, form: str | None, output: Path | None) -> None:
    """Look a list of agencies over: bodies that stand twice, homonyms without a superior, successors that are dead, bodies that outlive
    their superior. Without CSV and --db, the list that comes with minhchung.

    \b
    Example:
      minhchung agencies check co-quan-thai-binh.csv --fail
    """
    from ...plan.agency_check import AgencyDoubt, check_agencies
    from ...store.agencies import agencies_named

    rows = check_agencies(agencies_named(file, db))

    def draw(console: Any) -> None:
        from ..owing import draw_doubts

        draw_doubts(console, rows)

    emit(rows, AgencyDoubt, Output(form, output), draw)
    if fail and rows:
        ctx.exit(1)
