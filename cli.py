"""The command line: a thin skin. stdout is data, stderr is talk; the exit code says how it went.

Heavy libraries are imported inside the commands that need them, so that a question answers at once.
"""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from . import __version__
from .errors import MinhchungError, SomeFilesUnread
from .present.asking import Question, db_option, filter_options, output_options, plan_option, plan_options, question
from .present.output import Output, emit

UNEXPECTED = 70  # EX_SOFTWARE of sysexits.h: a fault of ours, not of the files or of the person
INTERRUPTED = 130  # what shells report for Ctrl-C


class Commands(click.Group):
    """The commands, with every failure turned into one message on stderr and its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except MinhchungError as error:
            click.echo(f"minhchung: {error}", err=True)
            ctx.exit(error.exit_code)
        except BrokenPipeError:  # `minhchung evidence | head`: whoever read has had enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except KeyboardInterrupt:
            click.echo("minhchung: interrupted; what was saved is kept, run the command again to go on.", err=True)
            ctx.exit(INTERRUPTED)
        except Exception as error:
            if ctx.params.get("debug"):
                raise
            click.echo(f"minhchung: unexpected {type(error).__name__}: {error}", err=True)
            click.echo("This is a fault of minhchung. To see where: minhchung --debug COMMAND ..., or set MINHCHUNG_DEBUG=1.", err=True)
            ctx.exit(UNEXPECTED)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="minhchung")
@click.option("--debug", is_flag=True, envvar="MINHCHUNG_DEBUG", help="Show the full traceback of an unexpected error.")
def cli(debug: bool) -> None:
    """Which agency has evidenced which duty of a plan, by which words on which page of its reports.

    \b
    Example:
      minhchung ingest reports/
      minhchung missing
    """


@cli.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@db_option
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N", help="Worker processes. Default: one for each core.")
@plan_option
@click.option("--retry", is_flag=True, help="Read again what could not be read before.")
def ingest(paths: tuple[Path, ...], db: Path, jobs: int | None, plan_file: Path | None, retry: bool) -> None:
    """Read reports, files or whole folders, into the store. Run it again at any time: only what is new is read.

    Exit code 3: it finished, but some files could not be read.

    \b
    Example:
      minhchung ingest reports/ --db 2023.db
    """
    from .present.progress import account, progress
    from .store.intake import intake

    with progress() as tell:
        balance = intake(paths, db, plan=plan_file, jobs=jobs, retry=retry, tell=tell)
    click.echo(account(balance), err=True)
    if balance.unread:
        raise SomeFilesUnread(
            f"{balance.unread} of {balance.found} files could not be read.",
            f"Why: minhchung documents --db {db} --format table. After mending them: minhchung ingest --retry PATH...",
        )


@cli.command()
@question
def documents(ask: Question) -> None:
    """List the files with what became of each, and who wrote what when.

    \b
    Example:
      minhchung documents --agency "quận Lê Chân" --format csv -o documents.csv
    """
    from .store.model import DocumentRow
    from .store.queries import documents as find

    with ask.narrowed() as (conn, filters):
        rows = find(conn, filters)

    def draw(console: Any) -> None:
        from .present.tables import draw_documents

        draw_documents(console, rows)

    ask.answer(rows, DocumentRow, draw)


@cli.command()
@question
def evidence(ask: Question) -> None:
    """List the claims found, each with its words and where they stand.

    \b
    Example:
      minhchung evidence --item II.1.d --year 2023
    """
    from .store.model import EvidenceRow
    from .store.queries import evidence as find

    with ask.narrowed() as (conn, filters):
        rows = find(conn, filters)

    def draw(console: Any) -> None:
        from .present.tables import draw_evidence

        draw_evidence(console, rows)

    ask.answer(rows, EvidenceRow, draw)


_level = click.option(
    "--level", type=click.Choice(("item", "duty")), default="item", show_default=True, help="By item of the plan, or by single duty."
)
_all = click.option("--all", "show_all", is_flag=True, help="In a table, show each agency that has sent nothing, instead of counting them.")


@cli.command()
@question
@_level
@_all
def status(ask: Question, level: Any, show_all: bool) -> None:
    """Show how every duty stands: a matrix agency x item on a terminal.

    \b
    Example:
      minhchung status --year 2023 --as-of 2023-11-15
    """
    from .store.model import StatusRow
    from .store.status import prepared
    from .store.status import status as find

    with ask.asked() as asked:
        rows = find(asked.conn, prepared(asked.plan, asked.registry), level, asked.filters, date.today())

    def draw(console: Any) -> None:
        from .present.matrix import draw_matrix, nothing_came, sent_nothing
        from .present.tables import draw_duties

        whole = show_all or bool(ask.agency)
        if level == "item":
            draw_matrix(console, rows, asked.plan, asked.registry, whole)
            return
        hidden = set() if whole else sent_nothing(rows)
        note = [] if whole else nothing_came(rows, asked.plan, asked.registry)
        draw_duties(console, [row for row in rows if (row.agency, row.year) not in hidden], note)

    ask.answer(rows, StatusRow, draw)


@cli.command()
@question
@_level
@_all
@click.option("--fail", is_flag=True, help="Exit with code 1 when anything is missing.")
@click.pass_context
def missing(ctx: click.Context, ask: Question, level: Any, show_all: bool, fail: bool) -> None:
    """List what is owed and not evidenced, and why.

    \b
    Example:
      minhchung missing --agency "Sở Nội vụ" --fail
    """
    from .store.model import MissingRow
    from .store.status import missing as find
    from .store.status import prepared

    with ask.asked() as asked:
        rows = find(asked.conn, prepared(asked.plan, asked.registry), level, asked.filters, date.today())

    def draw(console: Any) -> None:
        from .present.matrix import draw_missing

        draw_missing(console, rows, asked.plan, asked.registry, show_all or bool(ask.agency))

    ask.answer(rows, MissingRow, draw)
    if fail and rows:
        ctx.exit(1)


@cli.command()
@click.argument("text", nargs=-1, required=True)
@question
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many passages.")
def search(ask: Question, text: tuple[str, ...], limit: int) -> None:
    """Find passages by their words, tone marks or not. Put a phrase in double quotes to find it in one piece.

    \b
    Example:
      minhchung search quan triet luat
    """
    from .store.model import Hit
    from .store.search import search as find

    with ask.narrowed() as (conn, filters):
        rows = find(conn, " ".join(text), filters, limit)

    def draw(console: Any) -> None:
        from .present.tables import draw_hits

        draw_hits(console, rows)

    ask.answer(rows, Hit, draw)


@cli.command()
@click.argument("file", type=click.Path(path_type=Path))
@plan_options
@output_options
@filter_options
def extract(file: Path, plan_file: Path | None, form: str | None, output: Path | None, **narrowed: Any) -> None:
    """Print the evidence of one file, without a store.

    \b
    Example:
      minhchung extract report.pdf --format jsonl
    """
    from .plan.loader import load_plan
    from .plan.registry import load_registry
    from .store.model import EvidenceRow
    from .store.single import evidence_of_file

    ask = Question(Path(), Output(form, output), narrowed["agency"], narrowed["item"], narrowed["year"])
    rows = evidence_of_file(file, plan_file, ask.filters(load_plan(plan_file), load_registry()))

    def draw(console: Any) -> None:
        from .present.tables import draw_evidence

        draw_evidence(console, rows)

    ask.answer(rows, EvidenceRow, draw)


@cli.group()
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
    from .plan.loader import load_plan
    from .present.plans import DutyRow, draw_plan, duty_rows
    from .store.filters import pick_items

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
    from .errors import PlanError
    from .plan.loader import check_plan

    faults = check_plan(file)
    for fault in faults:
        click.echo(fault)
    if faults:
        raise PlanError(f"{file} cannot be used: {len(faults)} faults.", "Mend the lines named above, then check again.")
    click.echo(f"{file} is in order.", err=True)


@cli.command()
@question
def agencies(ask: Question) -> None:
    """List the agencies with their codes, names and times, and how many documents the store holds of each.

    --year and --as-of keep those that existed then, --item those that owe a duty under it.

    \b
    Example:
      minhchung agencies --year 2023 --item II.1.c
    """
    from .plan.loader import load_plan
    from .plan.registry import load_registry
    from .present.plans import AgencyRow, agency_rows, chosen_agencies, draw_agencies
    from .store.connection import reading
    from .store.queries import documents_by_agency

    shown, registry = load_plan(None), load_registry()
    wanted = chosen_agencies(shown, registry, ask.filters(shown, registry))
    counts = None
    if ask.db.exists() or click.get_current_context().get_parameter_source("db") is not ParameterSource.DEFAULT:
        with reading(ask.db) as conn:
            counts = documents_by_agency(conn)
    rows = agency_rows(wanted, counts)
    ask.answer(rows, AgencyRow, lambda console: draw_agencies(console, rows))


def main() -> None:
    """The `minhchung` command."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Vietnamese must come out whatever the locale; a file name that is not UTF-8 must not stop it
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    cli(prog_name="minhchung")
