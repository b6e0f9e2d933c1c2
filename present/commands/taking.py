"""Commands that take reports in."""

from __future__ import annotations

from pathlib import Path

import click

from ...errors import SomeFilesUnread
from ..asking import db_option, plan_option


@click.command()
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
    from ...store.intake import intake
    from ..progress import account, progress

    with progress() as tell:
        balance = intake(paths, db, plan=plan_file, jobs=jobs, retry=retry, tell=tell)
    click.echo(account(balance), err=True)
    if balance.unread:
        raise SomeFilesUnread(
            f"{balance.unread} of {balance.found} files could not be read.",
            f"Why: minhchung documents --db {db} --format table. After mending them: minhchung ingest --retry PATH...",
        )
