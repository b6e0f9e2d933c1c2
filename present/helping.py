"""The help of the commands in the language spoken: paragraph by paragraph, because examples stay as they are."""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator, Sequence
from weakref import WeakKeyDictionary

import click

from .language import words

_SOURCE: WeakKeyDictionary[click.Command | click.Parameter, str] = WeakKeyDictionary()
EXAMPLE = "Example:"


def every_command(command: click.Command) -> Iterator[click.Command]:
    """A command and all below it."""
    yield command
    if isinstance(command, click.Group):
        for member in command.commands.values():
            yield from every_command(member)


def translate_help(root: click.Command) -> None:
    """Give every command and option its help in the language spoken, from the text in the source."""
    for command in every_command(root):
        command.help = _paragraphs(_SOURCE.setdefault(command, command.help or ""))
        command._help_option = None  # click keeps the option -h with the words of the language it was first made in
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.help:
                parameter.help = words(_SOURCE.setdefault(parameter, parameter.help))


def shows_help(root: click.Command, args: Sequence[str]) -> bool:
    """Whether a command line shows help: it asks for it, or names a group and none of its commands."""
    if "--help" in args or "-h" in args or "_MINHCHUNG_COMPLETE" in os.environ:
        return True
    command = root
    for arg in args:
        if isinstance(command, click.Group) and arg in command.commands:
            command = command.commands[arg]
    return isinstance(command, click.Group)


def texts(root: click.Command) -> Iterator[tuple[str, str]]:
    """Every text of the help as the catalogues know it, with the command that it belongs to."""
    for command in every_command(root):
        for paragraph in inspect.cleandoc(_SOURCE.get(command, command.help or "")).split("\n\n"):
            yield EXAMPLE if paragraph.startswith("\b") else " ".join(paragraph.split()), command.name or ""
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.help:
                yield _SOURCE.get(parameter, parameter.help), command.name or ""


def _paragraphs(text: str) -> str:
    return "\n\n".join(_paragraph(one) for one in inspect.cleandoc(text).split("\n\n"))


def _paragraph(text: str) -> str:
    return text.replace(EXAMPLE, words(EXAMPLE), 1) if text.startswith("\b") else words(" ".join(text.split()))
