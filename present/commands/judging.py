"""Commands that show how one file is judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..asking import (
    Question,
    agencies_of,
    db_option,
    filter_options,
    output_options,
    password_option,
    plan_of,
    plan_options,
    store_of,
    store_or_plan_options,
)
from ..output import Output, emit
from ..talk import say


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@plan_options
@output_options
@filter_options
@password_option
def extract(
    file: Path,
    plan_file: Path | None,
    agencies: tuple[str, str],
    form: str | None,
    output: Path | None,
    passwords: tuple[str, ...],
    **narrowed: Any,
) -> None:
    """Print the evidence of one file, without a store.

    \b
    Example:
      minhchung extract report.pdf --format jsonl
    """
    from ...plan.loader import load_plan
    from ...plan.registry import load_registry
    from ...store.model import EvidenceRow
    from ...store.single import evidence_of_file
    from ...store.worker import agencies_from

    registry = agencies_from(agencies, load_registry)
    ask = Question(Path(), Output(form, output), narrowed["agency"], narrowed["item"], narrowed["year"])
    filters = ask.filters(load_plan(plan_file, registry), registry)
    rows = evidence_of_file(file, plan_file, filters, passwords, agencies=agencies)

    def draw(console: Any) -> None:
        from ..tables import draw_evidence

        draw_evidence(console, rows)

    ask.answer(rows, EvidenceRow, draw)


@click.command()
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--quote", default="", help="Words of the sentence asked about, tone marks or not.")
@click.option("--id", "key", default="", metavar="ID", help="An evidence of the store instead of a FILE: its id, or how the id begins.")
@store_or_plan_options
@output_options
@password_option
def explain(
    file: Path | None,
    quote: str,
    key: str,
    db: Path | None,
    plan_file: Path | None,
    form: str | None,
    output: Path | None,
    passwords: tuple[str, ...],
) -> None:
    """Tell why sentences of one file count or do not: the words that spoke, what each gate answered, what was refused.

    \b
    Example:
      minhchung explain report.docx --quote "hoi nghi quan triet"
      minhchung explain --id 3f9a0c52d1e7 --db minhchung.db
    """
    from ...store.explaining import ExplainRow, explain_evidence, explain_file

    if key:
        if file or quote or plan_file:
            raise click.UsageError("--id names an evidence of the store: give it without FILE, --quote and --plan.")
        with Question(store_of(db), Output(form, output)).asked() as asked:
            found = explain_evidence(asked.conn, key, asked.plan, asked.registry)
        if found.note:
            say(f"Note: {found.note}")
        rows = found.rows
    elif file:
        rows = explain_file(file, plan_of(db, plan_file), quote, passwords, agencies_of(db))
    else:
        raise click.UsageError("Give the FILE to explain, or --id with an evidence of the store.")

    def draw(console: Any) -> None:
        from ..explained import draw_explained

        draw_explained(console, rows)

    emit(rows, ExplainRow, Output(form, output), draw)


@click.command()
@click.argument("gold", type=click.Path(path_type=Path))
@db_option
@output_options
@click.option(
    "--show",
    type=click.Choice(("figures", "confusion", "errors")),
    default="figures",
    show_default=True,
    help="Precision, recall and F1; what was taken for what; or everything that is wrong.",
)
def evaluate(gold: Path, db: Path, form: str | None, output: Path | None, show: str) -> None:
    """Compare what the store holds with a gold file: reports labelled by a person (samples/README.md tells the shape).

    \b
    Example:
      minhchung evaluate samples/gold.json --db demo-out/minhchung.db --show errors
    """
    from ...store.evaluating import ConfusionRow, FigureRow, MistakeRow, confusions, figures, mistakes, read_gold, tally
    from ...store.status import prepared

    wanted = read_gold(gold)
    with Question(db, Output(form, output)).asked() as asked:
        found = tally(asked.conn, prepared(asked.plan, asked.registry), wanted)
    kinds: dict[str, tuple[list[Any], type]] = {
        "figures": (figures(found), FigureRow),
        "confusion": (confusions(found), ConfusionRow),
        "errors": (mistakes(found), MistakeRow),
    }
    rows, kind = kinds[show]

    def draw(console: Any) -> None:
        from ..tables import draw_rows

        draw_rows(console, rows, kind)

    emit(rows, kind, Output(form, output), draw)
