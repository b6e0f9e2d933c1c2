"""Write docs/cli.md from the commands themselves: `python docs/make_cli_reference.py`, or with `--check` fail where it is out of date."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from minhchung.cli import cli

TARGET = Path(__file__).with_name("cli.md")
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


if __name__ == "__main__":
    if "--check" in sys.argv:
        fresh = TARGET.read_text(encoding="utf-8") == reference()
        sys.exit(0 if fresh else "docs/cli.md is out of date: run python docs/make_cli_reference.py")
    TARGET.write_text(reference(), encoding="utf-8")
