"""Commands by which a person decides about cells and enters what no document tells: review, received."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .. import completing
from ..asking import Command, db_option, kept_plan_option, output_options
from ..clicked import Day
from ..language import words
from ..output import Output, emit
from ..talk import say
from ..terms import STATES

if TYPE_CHECKING:
    from ...store.persons import CellName, Desk

DAY = Day()


def warn_of_future(day: date) -> None:
    """Say where a day that has happened lies after today: a slip in the year would count silently."""
    if day > date.today():
        say(f"Warning: {day:%d/%m/%Y} is after today. If that is a slip, enter the right day: the last one entered holds.")


def by_option(command: Command) -> Command:
    """`--by NAME`: who answers for an entry."""
    return click.option("--by", "who", metavar="NAME", required=True, help="Who enters this; it is kept and shown.")(command)


def _cell_options(command: Command) -> Command:
    for option in reversed((
        click.option("--agency", metavar="CODE|NAME", multiple=True, required=True, shell_complete=completing.agencies,
                     help="Which agency. May be given again."),
        click.option("--item", metavar="ITEM", required=True, shell_complete=completing.items,
                     help="Which item of the plan: II.1.a, or its short name."),
        click.option("--year", type=click.IntRange(1945, 2999), required=True, shell_complete=completing.years,
                     help="In which year."),
        click.option("--duty", default="", metavar="DUTY", help="Only this duty under the item (O13). Default: the whole item."),
        click.option("--reason", metavar="TEXT", required=True, help="Why; it is kept and shown."),
    )):  # fmt: skip
        command = option(command)
    return db_option(kept_plan_option(by_option(command)))


@click.group()
def review() -> None:
    """Decide that a duty does not apply to an agency, with a reason and a name; see and take back such decisions.

    Decisions are kept when reports are read or judged again, and when the plan changes.

    \b
    Example:
      minhchung review list --year 2023
    """


@review.command("set")
@_cell_options
@click.option(
    "--state", type=click.Choice(("not_applicable",)), default="not_applicable", show_default=True, help="What is decided of the cell."
)
def review_set(db: Path, plan: str, year: int, state: str, reason: str, who: str, **named: Any) -> None:
    """Decide about a cell: it does not apply to this agency in this year, and is not missing.

    \b
    Example:
      minhchung review set --agency QH-318 --item II.1.c --year 2023 --reason "Huyện đảo không có cổng riêng" --by "Trần Thị B"
    """
    from ...store.persons import set_review, writing

    with writing(db, plan, year) as desk:
        cells = _cells(desk, year, **named)
        for cell in cells:
            set_review(desk, cell, reason, who, state)
    decided = words(STATES[state].words)
    say(words("Kept: {}, {}, {}: {}.", ", ".join(cell.agency for cell in cells), _cell_named(cells[0]), year, decided))


@review.command("clear")
@_cell_options
def review_clear(db: Path, plan: str, year: int, reason: str, who: str, **named: Any) -> None:
    """Take a decision back: the cell is again as its documents make it. The decision itself stays in the history.

    \b
    Example:
      minhchung review clear --agency QH-318 --item II.1.c --year 2023 --reason "Đã có cổng" --by "Trần Thị B"
    """
    from ...store.persons import clear_review, writing

    with writing(db, plan, year) as desk:
        cells = _cells(desk, year, **named)
        for cell in cells:
            clear_review(desk, cell, reason, who)
    say(words("Taken back: {}, {}, {}.", ", ".join(cell.agency for cell in cells), _cell_named(cells[0]), year))


def _cell_named(cell: CellName) -> str:
    return words("{} (only {})", cell.item, cell.duty) if cell.duty else cell.item


def _cells(desk: Desk, year: int, agency: tuple[str, ...], item: str, duty: str) -> list[CellName]:
    """The cells meant by the words of the options; of agencies of one name, those that existed in the year."""
    from ...errors import UsageError
    from ...plan.registry import in_year
    from ...store.filters import pick_agencies, pick_items
    from ...store.persons import CellName

    items = pick_items(desk.plan, item)
    if len(items) != 1:
        raise UsageError(f"{item!r} is {len(items)} items.", f"Name one: {', '.join(sorted(items))}.")
    codes: list[str] = []
    for text in agency:
        found = sorted(pick_agencies(desk.registry, text, year))
        codes += [code for code in found if in_year(desk.registry.by_code(code), year)] or found
    return [CellName(code, year, next(iter(items)), duty) for code in codes]


@review.command("list")
@db_option
@kept_plan_option
@output_options
@click.option("--year", type=click.IntRange(1945, 2999), shell_complete=completing.years, help="Only decisions about this year.")
@click.option("--history", is_flag=True, help="All that were ever made, those taken back too.")
def review_list(db: Path, plan: str, form: str | None, output: Path | None, year: int | None, history: bool) -> None:
    """List the decisions that stand: about which cell, why, by whom, when.

    \b
    Example:
      minhchung review list --format csv -o quyet-dinh.csv
    """
    from ...store.connection import reading
    from ...store.persons import ReviewRow, reviews
    from ...store.plans import choose, kept_plans, registry_of

    with reading(db) as conn:
        kept = choose(kept_plans(conn), plan, year)
        found = reviews(conn, kept, registry_of(conn), history) if kept else []
    rows = [row for row in found if year in (None, row.year)]

    def draw(console: Any) -> None:
        from ..owing import draw_reviews

        draw_reviews(console, rows)

    emit(rows, ReviewRow, Output(form, output), draw)


@click.command()
@click.argument("file")
@click.argument("day", type=DAY)
@db_option
@by_option
def received(file: str, day: datetime, db: Path, who: str) -> None:
    """Enter the DAY on which a document was received; without it, the day of the run that first saw its file counts.

    FILE is its name, its path, or the beginning of its sha256.

    \b
    Example:
      minhchung received bao-cao-le-chan.docx 2023-11-14 --by "Trần Thị B"
    """
    from ...store.persons import set_received, writing

    warn_of_future(day.date())
    with writing(db) as desk:
        name = set_received(desk, file, day.date(), who)
    say(f"Kept: {name} received on {day:%d/%m/%Y}.")
