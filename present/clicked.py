"""What click says of a wrong command line, in the language spoken: our own sentences that it carries, and the names of its types."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from .language import told, words


@contextmanager
def errors_in_language() -> Iterator[None]:
    """Within the block, an error of click's leaves with its message in the language spoken. What click itself says is translated by
    gettext already; what it was given when a command was defined, or raised with, is not."""
    try:
        yield
    except click.ClickException as error:
        error.message = _typed(error) or told(error.message)
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
