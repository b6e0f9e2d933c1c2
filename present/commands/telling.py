"""Commands for other tools: the schemas of the answers, free queries, what Datasette needs."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ...errors import UsageError
from ..output import write_bytes

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
