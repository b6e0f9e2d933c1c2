"""Commands that answer from the store: documents, evidence, status, missing, search."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import click

from ..asking import Question, question


@click.command()
@question
def documents(ask: Question) -> None:
    """List the files with what became of each, and who wrote what when.

    \b
    Example:
      minhchung documents --agency "quận Lê Chân" --format csv -o documents.csv
    """
    from ...store.model import DocumentRow
    from ...store.queries import documents as find

    with ask.narrowed() as (conn, filters):
        rows = find(conn, filters)

    def draw(console: Any) -> None:
        from ..tables import draw_documents

        draw_documents(console, rows)

    ask.answer(rows, DocumentRow, draw)


@click.command()
@question
def evidence(ask: Question) -> None:
    """List the claims found, each with its words and where they stand.

    \b
    Example:
      minhchung evidence --item II.1.d --year 2023
    """
    from ...store.model import EvidenceRow
    from ...store.queries import evidence as find

    with ask.narrowed(claims=True) as (conn, filters):
        rows = find(conn, filters)

    def draw(console: Any) -> None:
        from ..tables import draw_evidence

        draw_evidence(console, rows)

    ask.answer(rows, EvidenceRow, draw)


_level = click.option(
    "--level", type=click.Choice(("item", "duty")), default="item", show_default=True, help="By item of the plan, or by single duty."
)
_all = click.option("--all", "show_all", is_flag=True, help="In a table, show each agency that has sent nothing, instead of counting them.")


@click.command()
@question
@_level
@_all
def status(ask: Question, level: Any, show_all: bool) -> None:
    """Show how every duty stands: a matrix agency x item on a terminal.

    \b
    Example:
      minhchung status --year 2023 --as-of 2023-11-15
    """
    from ...store.model import StatusRow
    from ...store.status import prepared
    from ...store.status import status as find

    with ask.asked() as asked:
        rows = find(asked.conn, prepared(asked.plan, asked.registry), level, asked.filters, date.today())

    def draw(console: Any) -> None:
        from ..matrix import draw_matrix, nothing_came, sent_nothing
        from ..tables import draw_duties

        whole = show_all or bool(ask.agency)
        if level == "item":
            draw_matrix(console, rows, asked.plan, asked.registry, whole, ask.as_of or date.today())
            return
        hidden = set() if whole else sent_nothing(rows)
        note = [] if whole else nothing_came(rows, asked.plan, asked.registry)
        draw_duties(console, [row for row in rows if (row.agency, row.year) not in hidden], note)

    ask.answer(rows, StatusRow, draw)


@click.command()
@question
@_level
@_all
@click.option("--why", is_flag=True, help="Add the sentences that came nearest to being evidence, and what each was refused for.")
@click.option("--overdue", is_flag=True, help="Only what is past its day.")
@click.option("--due-within", type=click.IntRange(0, 3660), metavar="DAYS", help="Only what is due in so many days, and not overdue.")
@click.option("--fail", is_flag=True, help="Exit with code 1 when anything is missing.")
@click.pass_context
def missing(
    ctx: click.Context, ask: Question, level: Any, show_all: bool, why: bool, overdue: bool, due_within: int | None, fail: bool
) -> None:
    """List what is owed and not evidenced, and why.

    \b
    Example:
      minhchung missing --agency "Sở Nội vụ" --fail
      minhchung missing --agency "quận Lê Chân" --why
      minhchung missing --as-of 2023-11-01 --due-within 14
    """
    from ...store.model import MissingRow
    from ...store.near import with_near
    from ...store.status import falling_due, prepared
    from ...store.status import missing as find
    from ..reasons_told import near_told

    with ask.asked() as asked:
        rows = find(asked.conn, prepared(asked.plan, asked.registry), level, asked.filters, date.today())
        rows = falling_due(rows, overdue, due_within)
        if why:
            rows = [replace(row, near=near_told(row.near or ())) for row in with_near(asked.conn, rows, asked.filters)]

    def draw(console: Any) -> None:
        from ..matrix import draw_missing

        draw_missing(console, rows, asked.plan, asked.registry, show_all or bool(ask.agency))

    ask.answer(rows, MissingRow, draw)
    if fail and rows:
        ctx.exit(1)


@click.command()
@click.argument("text", nargs=-1, required=True)
@question
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="At most so many passages.")
def search(ask: Question, text: tuple[str, ...], limit: int) -> None:
    """Find passages by their words, tone marks or not. Put a phrase in double quotes to find it in one piece.

    \b
    Example:
      minhchung search quan triet luat
    """
    from ...store.model import Hit
    from ...store.search import search as find

    with ask.narrowed() as (conn, filters):
        rows = find(conn, " ".join(text), filters, limit)

    def draw(console: Any) -> None:
        from ..tables import draw_hits

        draw_hits(console, rows)

    ask.answer(rows, Hit, draw)
