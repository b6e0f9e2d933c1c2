"""Commands for other tools: the schemas of the answers, free queries, what Datasette needs."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from ...errors import UsageError
from ..asking import Question, db_option, kept_plan_option, output_options
from ..language import words
from ..output import Output, emit_grid, write_bytes

if TYPE_CHECKING:
    import sqlite3

    from ...store.views import View

SHELLS: Final = ("bash", "zsh", "fish", "powershell")
_TO_FILE = click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to FILE, not stdout."
)


@click.command()
@click.argument("name", nargs=-1)
@click.option("--line", is_flag=True, help="Of one object, as JSON lines have it, not of the list.")
@_TO_FILE
def schema(name: tuple[str, ...], line: bool, output: Path | None) -> None:
    """Print the JSON Schema of a command's answer; without NAME, the names.

    NAME is the command's words: missing, plan show. Fields are only ever added, so what fits a schema today fits tomorrow's.

    \b
    Example:
      minhchung schema missing -o missing.schema.json
    """
    from ..schemas import ANSWERS, schema_of

    wanted = "-".join(name)
    if not wanted:
        write_bytes("".join(f"{known}\n" for known in ANSWERS).encode(), output)
        return
    if wanted not in ANSWERS:
        raise UsageError(f"There is no answer {wanted!r}.", f"There are: {', '.join(ANSWERS)}.")
    write_bytes((json.dumps(schema_of(wanted, line), ensure_ascii=False, indent=1) + "\n").encode(), output)


_LIVE: Final = re.compile(r"(?:from|join|,)\s*(?:answers\s*\.\s*)?(status|missing)\b", re.IGNORECASE)


@click.command()
@click.argument("query", required=False)
@click.option("-p", "--param", "params", multiple=True, metavar="NAME=VALUE", help="A value for :NAME in the query. May be given again.")
@click.option("--timeout", type=click.FloatRange(0.01), default=30.0, show_default=True, metavar="SECONDS", help="Give up after so long.")
@click.option("--views", "list_views", is_flag=True, help="List the views with their columns instead.")
@db_option
@kept_plan_option
@output_options
def sql(
    query: str | None,
    params: tuple[str, ...],
    timeout: float,
    list_views: bool,
    db: Path,
    plan: str,
    form: str | None,
    output: Path | None,
) -> None:
    """Answer a SELECT over the store, in every format. Nothing can be changed this way. QUERY "-" is read from stdin.

    Views with a lasting shape: v_documents, v_evidence, v_figures, v_cells, v_refused, v_problems, v_passages, v_runs. The tables status
    and missing hold what `minhchung status` and `minhchung missing` answer today.

    \b
    Example:
      minhchung sql "SELECT item, count(*) AS n FROM v_evidence WHERE status = 'done' GROUP BY item"
      minhchung sql "SELECT agency_name, reason FROM missing WHERE item = :item" -p item=II.1.d --format csv -o thieu.csv
    """
    from ...store.connection import reading
    from ...store.views import ask, views

    shown = Output(form, output)
    if list_views:
        _tell_views(views(), shown)
        return
    if not query:
        raise click.UsageError("Give the QUERY, or --views.")
    text = sys.stdin.read() if query == "-" else query
    values = dict(_pair(one) for one in params)
    with reading(db) as conn:
        for name in {found.lower() for found in _LIVE.findall(text)}:
            _lay_answer(conn, Question(db, shown, plan=plan), name)
        answer = ask(conn, text, values, timeout)
        _emit(answer.names, answer.rows, shown)


def _pair(text: str) -> tuple[str, str | int | float]:
    """NAME=VALUE; what looks like a number is one, as it would be in the query itself."""
    name, sign, value = text.partition("=")
    if not sign:
        raise click.UsageError(f"{text!r} is not NAME=VALUE.")
    for kind in (int, float):
        try:
            return name, kind(value)
        except ValueError:
            continue
    return name, value


def _lay_answer(conn: sqlite3.Connection, question: Question, name: str) -> None:
    """The table `status` or `missing`: the rows of that command, by item, as of today."""
    from ...store.model import MissingRow, StatusRow
    from ...store.status import missing, prepared, status
    from ...store.views import lay_beside
    from ..formats import grid_of

    with question.asked() as asked:
        judging, today = prepared(asked.plan, asked.registry), date.today()
        if name == "status":
            grid = grid_of(status(asked.conn, judging, "item", asked.filters, today), StatusRow)
        else:
            grid = grid_of(missing(asked.conn, judging, "item", asked.filters, today), MissingRow)
    lay_beside(conn, name, grid.names, grid.rows)


def _tell_views(shown: list[View], output: Output) -> None:
    from ..formats import Grid

    names = ("view", "column", "meaning")
    rows = [(view.name, column, what) for view in shown for column, what in view.columns.items()]

    def draw(console: Any) -> None:
        from ..tables import draw_grid

        draw_grid(console, names, [(view, column, words(what)) for view, column, what in rows])

    emit_grid(Grid(names, rows), output, draw)


def _emit(names: Any, rows: Any, output: Output) -> None:
    from ..formats import Grid

    def draw(console: Any) -> None:
        from ..tables import draw_grid

        draw_grid(console, names, rows)

    emit_grid(Grid(names, rows), output, draw)


@click.command("datasette-metadata")
@db_option
@_TO_FILE
def datasette_metadata(db: Path, output: Path | None) -> None:
    """Print what Datasette needs to show a store well: titles, what each column means, ready-made queries.

    \b
    Example:
      minhchung datasette-metadata -o metadata.json
      datasette minhchung.db --metadata metadata.json
    """
    from ..datasette import metadata

    write_bytes((json.dumps(metadata(db.stem), ensure_ascii=False, indent=1) + "\n").encode(), output)


@click.command()
@click.argument("shell", type=click.Choice(SHELLS))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print what makes a shell complete commands and options with the Tab key.

    bash: into ~/.bashrc; zsh: into ~/.zshrc; fish: into ~/.config/fish/completions/minhchung.fish; PowerShell: into the file that $PROFILE
    names.

    \b
    Example:
      eval "$(minhchung completion bash)"
      minhchung completion powershell | Out-String | Invoke-Expression
    """
    from click.shell_completion import get_completion_class

    from ..completion import register

    register()
    kind = get_completion_class(shell)
    if kind is None:
        raise UsageError(f"There is no completion for {shell}.", f"There is one for {', '.join(SHELLS)}.")
    name = "minhchung"
    click.echo(kind(ctx.find_root().command, {}, name, f"_{name.upper()}_COMPLETE").source())
