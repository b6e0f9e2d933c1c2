"""Commands that take reports in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ...errors import SomeFilesUnread
from ..asking import Question, db_option, output_options, password_option, plan_option, question
from ..output import Output, emit


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@db_option
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Worker processes. Default: one for each core.")
@plan_option
@click.option("--retry-failed", "retry", is_flag=True, help="Read again what could not be read before.")
@password_option
def ingest(paths: tuple[Path, ...], db: Path, jobs: int | None, plan_file: Path | None, retry: bool, passwords: tuple[str, ...]) -> None:
    """Read reports, files or whole folders, into the store. Run it again at any time: only what is new is read.

    Exit code 3: it finished, but some files could not be read.

    \b
    Example:
      minhchung ingest reports/ --db 2023.db
    """
    from ...store.intake import intake
    from ..progress import account, progress

    with progress() as tell:
        balance = intake(paths, db, plan=plan_file, jobs=jobs, retry=retry, passwords=passwords, tell=tell)
    click.echo(account(balance), err=True)
    if balance.unread:
        raise SomeFilesUnread(
            f"{balance.unread} of {balance.found} files could not be read.",
            f"Why, and what to do: minhchung problems --db {db}. After mending them: minhchung ingest --retry-failed PATH...",
        )


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
