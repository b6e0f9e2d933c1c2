"""The command that makes a plan file of a plan document. It joins `plan`."""

from __future__ import annotations

from pathlib import Path

import click

from ..talk import say
from .planning import plan

__all__ = ["plan"]


@plan.command("import")
@click.argument("document", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("-o", "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.toml",
              help="Write the plan to FILE.toml and its cue words to FILE.rules.toml beside it. Default: the plan to stdout.")  # fmt: skip
@click.option("--issuer", metavar="CODE", help="Whose plan it is, where the document does not say.")
@click.option("--agencies", "agencies_file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="CSV",
              help="The list of agencies of another province, in place of the one that comes with minhchung.")  # fmt: skip
@click.option("--db", type=click.Path(path_type=Path), metavar="FILE", help="Look its agencies up in the list that this store uses.")
@click.option("--force", is_flag=True, help="Write over files that are there.")
def plan_import(document: Path, output: Path | None, issuer: str | None, agencies_file: Path | None, db: Path | None, force: bool) -> None:
    """Read a plan document (DOCX, PDF, text) into a plan file: items, duties, who leads and helps, deadlines, clause by clause.

    Lines "# check:" mark where the text leaves a choice; names that no list of agencies has are listed.

    \b
    Example:
      minhchung plan import KE-HOACH.docx -o ke-hoach.toml
    """
    from ...store.agencies import agencies_named
    from ..importing import account, import_document, write_imported

    imported = import_document(document, agencies_named(agencies_file, db), issuer, output)
    if output is None:
        click.echo(imported.plan, nl=False)
    else:
        write_imported(imported, output, force=force)
    for line in account(imported):
        say(line)
    if output is not None:
        told = f" --agencies {agencies_file}" if agencies_file else f" --db {db}" if db else ""
        say(f"Written: {output} and {imported.rules}. Next: minhchung plan check {output}{told}")
