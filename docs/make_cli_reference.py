"""Write docs/cli.md from the commands themselves, and docs/views.md from what the store says of its views:
`python docs/make_cli_reference.py`, or with `--check` fail where one is out of date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from minhchung.cli import cli
from minhchung.store.views import views

HERE = Path(__file__).parent
VIEWS_HEAD = """# Views

Written by `python docs/make_cli_reference.py` from store/views.toml; a test checks that it is up to date.

What other tools may rely on: columns are never renamed or taken away, new ones come at the end. `minhchung sql`, Datasette and all that
opens SQLite can ask them; [tools.md](tools.md) has examples, [data-model.md](data-model.md) the tables below them.
"""
HEAD = """# Command line

Written by `python docs/make_cli_reference.py` from the commands themselves; a test checks that it is up to date.

Data goes to stdout, talk to stderr. Exit codes:

| code | meaning |
|---|---|
| 0 | fine |
| 1 | `missing --fail` found something missing |
| 2 | usage, or an agency or item that does not exist |
| 3 | finished, but some files could not be read |
| 4 | the plan or the list of agencies cannot be used |
| 5 | the store cannot be used |
| 6 | a path does not exist or cannot be written |
| 70 | a fault of minhchung itself |
| 130 | interrupted |
"""


def commands(command: click.Command, context: click.Context) -> Iterator[tuple[str, str]]:
    """Each command with its help, the group before its members."""
    yield context.command_path, command.get_help(context)
    if isinstance(command, click.Group):
        for name in sorted(command.commands):
            member = command.commands[name]
            yield from commands(member, click.Context(member, info_name=name, parent=context))


def reference() -> str:
    """The whole of docs/cli.md."""
    root = click.Context(cli, info_name="minhchung", help_option_names=["-h", "--help"], terminal_width=100)
    parts = [f"## {path}\n\n```\n{text}\n```\n" for path, text in commands(cli, root)]
    return "\n".join([HEAD, *parts])


def views_page() -> str:
    """The whole of docs/views.md."""
    parts = [VIEWS_HEAD]
    for view in views():
        rows = "\n".join(f"| `{name}` | {meaning} |" for name, meaning in view.columns.items())
        parts.append(f"## {view.name}\n{view.about}\n\n| column | meaning |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


if __name__ == "__main__":
    pages = {HERE / "cli.md": reference(), HERE / "views.md": views_page()}
    if "--check" in sys.argv:
        old = [path.name for path, text in pages.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
        sys.exit(f"{', '.join(old)} out of date: run python docs/make_cli_reference.py" if old else 0)
    for path, text in pages.items():
        path.write_text(text, encoding="utf-8")
