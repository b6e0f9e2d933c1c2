"""Commands about what is to be sent by when: the register of senders, and a calendar."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from ..asking import Question, db_option, filter_options, kept_plan_option, question
from ..output import Output

# The states of store.senders, which is not loaded for every command's help; a test holds the two together.
SENDING_STATES = ("sent", "late", "silent", "unreadable", "overdue", "waiting", "ended", "not_applicable", "unasked")


@click.command()
@question
@click.option("--state", "states", type=click.Choice(SENDING_STATES), multiple=True, help="Only those in this state. May be given again.")
def senders(ask: Question, states: tuple[str, ...]) -> None:
    """The register of senders: who should have sent a report by when, and who has.

    The day a report came, the day it bears and the days it covers stand apart.

    \b
    Example:
      minhchung senders --year 2023 --state overdue
    """
    from ...store.senders import SenderRow
    from ...store.senders import senders as find
    from ...store.status import prepared

    with ask.asked() as asked:
        rows = find(asked.conn, prepared(asked.plan, asked.registry), asked.filters, date.today())
    rows = [row for row in rows if not states or row.state in states]

    def draw(console: Any) -> None:
        from ..owing import draw_senders

        draw_senders(console, rows)

    ask.answer(rows, SenderRow, draw)


@click.command()
@db_option
@kept_plan_option
@filter_options
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to FILE (deadlines.ics), not stdout."
)
@click.option("--each", is_flag=True, help="One event for each agency's duty, not one for each duty. So with --agency.")
@click.option("--all", "done_too", is_flag=True, help="Also what is evidenced already.")
@click.option(
    "--remind", type=click.IntRange(0, 365), default=7, show_default=True, metavar="DAYS", help="An alarm so long before; 0: none."
)
def calendar(
    db: Path,
    plan: str,
    output: Path | None,
    each: bool,
    done_too: bool,
    remind: int,
    year: int | None,
    as_of: datetime | None,
    **named: Any,
) -> None:
    """Write the days that are due as a calendar file (ICS), for Outlook, Google Calendar or a phone.

    Without --year: of the year of --as-of, else of this year. Only what is owed and not evidenced yet.

    \b
    Example:
      minhchung calendar --year 2023 -o han-bao-cao.ics
    """
    from ...store.status import prepared, status
    from ..calendar import calendar as made
    from ..output import write_bytes

    day = as_of.date() if as_of else None
    ask = Question(db, Output(None, output), named["agency"], named["item"], year or (day or date.today()).year, day, plan)
    with ask.asked() as asked:
        rows = status(asked.conn, prepared(asked.plan, asked.registry), "duty", asked.filters, date.today())
        wanted = [row for row in rows if row.owed and row.due and (done_too or row.state not in ("evidenced", "not_applicable"))]
        data = made(wanted, asked.plan, each or bool(ask.agency), remind)
    write_bytes(data, output)
