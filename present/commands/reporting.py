"""Commands that write what people look at: report html, xlsx, docx, reminders; snippet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..asking import Command, Question, db_option, filter_options, kept_plan_option
from ..output import Output, write_bytes

if TYPE_CHECKING:
    from ..reports.gathering import Gathered


def _report_options(name: str) -> Callable[[Command], Command]:
    """The options that all reports share; `name` is the file written where -o names none."""

    def added(command: Command) -> Command:
        output = click.option(
            "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", default=name, show_default=True,
            help="Write to FILE.",
        )  # fmt: skip
        return db_option(kept_plan_option(output(filter_options(command))))

    return added


@contextmanager
def _gathered(db: Path, plan: str, year: int | None, as_of: datetime | None, named: dict[str, Any]) -> Iterator[Gathered]:
    from ..reports.gathering import gather

    ask = Question(db, Output(), named["agency"], named["item"], year, as_of.date() if as_of else None, plan)
    with ask.asked() as asked:
        yield gather(asked)


def _told(path: Path) -> None:
    click.echo(f"Written: {path}", err=True)


@click.group()
def report() -> None:
    """Write a page, a workbook, the yearly report or reminders from the store.

    \b
    Example:
      minhchung report html --year 2023 -o minh-chung.html
    """


@report.command()
@_report_options("minh-chung.html")
def html(db: Path, plan: str, year: int | None, as_of: datetime | None, output: Path, **named: Any) -> None:
    """One page that opens anywhere without a network: the matrix, the quotes behind each cell, counts, what is due, what was not read.

    \b
    Example:
      minhchung report html --year 2023 --as-of 2023-11-30 -o minh-chung.html
    """
    from ..reports.html import page

    with _gathered(db, plan, year, as_of, named) as found:
        write_bytes(page(found).encode("utf-8"), output)
    _told(output)


@report.command()
@_report_options("minh-chung.xlsx")
def xlsx(db: Path, plan: str, year: int | None, as_of: datetime | None, output: Path, **named: Any) -> None:
    """A workbook: the matrix with filters and colours, a sheet for each item, the quotes with links, what is missing, what was not read.

    \b
    Example:
      minhchung report xlsx --year 2023 --as-of 2023-11-30 -o minh-chung.xlsx
    """
    from ..reports.xlsx import workbook

    with _gathered(db, plan, year, as_of, named) as found:
        write_bytes(workbook(found), output)
    _told(output)
