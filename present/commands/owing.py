"""Commands about what is owed and by whom: the plan and the agencies."""

from __future__ import annotations

from pathlib import Path

import click
from click.core import ParameterSource

from ..asking import Question, output_options, plan_options, question
from ..output import Output, emit


@click.group()
def plan() -> None:
    """Show the plan, or check one of your own.

    \b
    Example:
      minhchung plan show --item II.1
    """


@plan.command("show")
@plan_options
@output_options
@click.option("--item", metavar="ITEM", help="Only this item of the plan: II.1.a, all of II.1, or its short name.")
def plan_show(plan_file: Path | None, form: str | None, output: Path | None, item: str | None) -> None:
    """List the duties of the plan: who must do what by when.

    \b
    Example:
      minhchung plan show --item "tập huấn"
    """
    from ...plan.loader import load_plan
    from ...store.filters import pick_items
    from ..plans import DutyRow, draw_plan, duty_rows

    shown = load_plan(plan_file)
    rows = duty_rows(shown, pick_items(shown, item) if item else None)
    emit(rows, DutyRow, Output(form, output), lambda console: draw_plan(console, rows, shown))


@plan.command("check")
@click.argument("file", type=click.Path(path_type=Path))
def plan_check(file: Path) -> None:
    """Check a plan file; every fault with its line. Exit code 4 when there is one.

    \b
    Example:
      minhchung plan check my-plan.toml
    """
    from ...errors import PlanError
    from ...plan.loader import check_plan

    faults = check_plan(file)
    for fault in faults:
        click.echo(fault)
    if faults:
        raise PlanError(f"{file} cannot be used: {len(faults)} faults.", "Mend the lines named above, then check again.")
    click.echo(f"{file} is in order.", err=True)


@click.command()
@question
def agencies(ask: Question) -> None:
    """List the agencies with their codes, names and times, and how many documents the store holds of each.

    --year and --as-of keep those that existed then, --item those that owe a duty under it.

    \b
    Example:
      minhchung agencies --year 2023 --item II.1.c
    """
    from ...plan.loader import load_plan
    from ...plan.registry import load_registry
    from ...store.connection import reading
    from ...store.queries import documents_by_agency
    from ..plans import AgencyRow, agency_rows, chosen_agencies, draw_agencies

    shown, registry = load_plan(None), load_registry()
    wanted = chosen_agencies(shown, registry, ask.filters(shown, registry))
    counts = None
    if ask.db.exists() or click.get_current_context().get_parameter_source("db") is not ParameterSource.DEFAULT:
        with reading(ask.db) as conn:
            counts = documents_by_agency(conn)
    rows = agency_rows(wanted, counts)
    ask.answer(rows, AgencyRow, lambda console: draw_agencies(console, rows))
