"""Commands that show how one file is judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ..asking import Question, filter_options, output_options, plan_options
from ..output import Output


@click.command()
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
    from ...plan.loader import load_plan
    from ...plan.registry import load_registry
    from ...store.model import EvidenceRow
    from ...store.single import evidence_of_file

    ask = Question(Path(), Output(form, output), narrowed["agency"], narrowed["item"], narrowed["year"])
    rows = evidence_of_file(file, plan_file, ask.filters(load_plan(plan_file), load_registry()))

    def draw(console: Any) -> None:
        from ..tables import draw_evidence

        draw_evidence(console, rows)

    ask.answer(rows, EvidenceRow, draw)
