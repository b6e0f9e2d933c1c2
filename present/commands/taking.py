"""Commands that take reports in."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING, Any

import click

from ...errors import MinhchungError, SomeFilesUnread
from ..asking import Question, db_option, output_options, password_option, plan_option, question
from ..output import Output, emit
from ..stopping import stopping
from ..talk import detail, fault, say

if TYPE_CHECKING:
    from ...store.balance import Balance


_jobs = click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Worker processes. Default: one for each core.")
_events = click.option("--events", is_flag=True, help="Print JSON lines on stdout as files are finished, and the balance at the end.")


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@db_option
@_jobs
@plan_option
@click.option("--retry-failed", "retry", is_flag=True, help="Read again what could not be read before.")
@_events
@password_option
def ingest(paths: tuple[Path, ...], db: Path, events: bool, **how: Any) -> None:
    """Read reports, files or whole folders, into the store. Run it again at any time: only what is new is read.

    Exit code 3: it finished, but some files could not be read.

    \b
    Example:
      minhchung ingest reports/ --db 2023.db
      minhchung ingest reports/ --events | jq -r 'select(.outcome == "unreadable").path'
    """
    balance = _taken_in(paths, db, events, **how)
    if balance.unread:
        raise _unread(balance.unread, balance.found, db)


def _unread(unread: int, found: int, db: Path) -> SomeFilesUnread:
    return SomeFilesUnread(
        f"{unread} of {found} files could not be read.",
        f"Why, and what to do: minhchung problems --db {db}. After mending them: minhchung ingest --retry-failed PATH...",
    )


def _taken_in(paths: Sequence[Path], db: Path, events: bool, plan_file: Path | None, **how: Any) -> Balance:
    """One run, told on stderr or as events on stdout, with its balance on stderr."""
    from ...store.intake import intake
    from ..events import printing
    from ..progress import account, progress

    began = monotonic()
    if events:
        tell = printing(sys.stdout)
        balance = intake(paths, db, plan=plan_file, tell=tell, **how)
        tell(balance)
    else:
        with progress() as show:
            balance = intake(paths, db, plan=plan_file, tell=show, **how)
    say(account(balance))
    detail(f"Took {monotonic() - began:.1f} s; store {db}.")
    return balance


@click.command()
@click.argument("folders", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FOLDER...")
@db_option
@click.option("--interval", type=click.FloatRange(0.1, 86400), default=10.0, show_default=True, metavar="SECONDS", help="Look so often.")
@click.option("--once", is_flag=True, help="Stop when all that is there is whole and taken in.")
@_jobs
@plan_option
@_events
@password_option
def watch(folders: tuple[Path, ...], db: Path, interval: float, once: bool, events: bool, **how: Any) -> None:
    """Watch folders, network shares too, and take in what comes, as soon as it is whole: two looks in a row find it alike.

    Hidden files and those that Word leaves while a document is open ("~$") are passed over. Each batch closes with its balance. Ctrl-C
    or a SIGTERM stops it: what was saved is kept.

    \b
    Example:
      minhchung watch "D:\\Bao cao 2023" --db 2023.db
      minhchung watch /srv/share --interval 60 --events
    """
    from ..watching import Watch, batches, take_in

    def run(files: Sequence[Path]) -> Balance:
        return _taken_in(files, db, events, retry=False, **how)

    def trouble(error: MinhchungError) -> None:
        if once:
            raise error
        fault(error.message, error.next_step)
        say(f"Trying again in {interval:g} seconds.")

    watched, unread, found = Watch(folders, db), 0, 0
    with stopping() as stop:
        if not once:
            say(f"Watching {', '.join(map(str, folders))}; Ctrl-C stops it.")
        for files in batches(watched, interval, stop.event, once, trouble):
            balance = None  # where the batch is broken off
            with suppress(KeyboardInterrupt), stop.at_once():  # a signal may come between the work's end and the word that it ended
                balance = take_in(watched, files, run, trouble)
            if balance is not None:
                unread, found = unread + balance.unread, found + balance.found
    if stop.event.is_set():
        say("Stopped; what was saved is kept.")
    elif unread:
        raise _unread(unread, found, db)


@click.command()
@question
def problems(ask: Question) -> None:
    """List what was not read, or not wholly, or not identified, with why and what to do.

    \b
    Example:
      minhchung problems --format csv -o problems.csv
    """
    from ...store.problems import ProblemRow
    from ...store.problems import problems as find

    with ask.narrowed() as (conn, filters):
        rows = find(conn, filters)

    def draw(console: Any) -> None:
        from ..tables import draw_problems

        draw_problems(console, rows)

    ask.answer(rows, ProblemRow, draw)


@click.command()
@output_options
def doctor(form: str | None, output: Path | None) -> None:
    """Show which programs for scans, old formats and archives are installed, and how to install the others.

    \b
    Example:
      minhchung doctor
    """
    from ...ingest.tools import Tool, tools

    rows = list(tools())

    def draw(console: Any) -> None:
        from ..tables import draw_tools

        draw_tools(console, rows)

    emit(rows, Tool, Output(form, output), draw)
