"""What click says of a wrong command line, in the language spoken: our own sentences that it carries, and the names of its types."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from .language import told, words


class Day(click.DateTime):
    """A day as officers or computers write it; click's own type would show strftime's signs for it."""

    def __init__(self) -> None:
        """2023-11-14 or 14/11/2023."""
        super().__init__(("%Y-%m-%d", "%d/%m/%Y"))

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """What stands for it in help."""
        return "DAY"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The day; raises BadParameter with how to write one."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"{value!r} is no day; write 2023-11-14 or 14/11/2023.", param, ctx)


@contextmanager
def errors_in_language() -> Iterator[None]:
    """Within the block, an error of click's leaves with its message in the language spoken. What click itself says is translated by
    gettext already; what it was given when a command was defined, or raised with, is not."""
    try:
        yield
    except click.ClickException as error:
        vars(error)["message"] = _typed(error) or told(error.message)  # click calls it final, and offers no other way
        raise


def _typed(error: click.ClickException) -> str:
    """The message of a value that is not of its type, whose name click has from the time before a language was chosen; '' for others."""
    kind = error.param.type if isinstance(error, click.BadParameter) and error.param is not None else None
    name = kind.name if kind is not None else ""
    said = words(name)
    if not name or said == name:
        return ""
    for old, new in ((name.title(), said[:1].upper() + said[1:]), (name, said)):
        if old in error.message:
            return error.message.replace(old, new, 1)
    return ""
