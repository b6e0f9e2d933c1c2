"""Where an answer goes: to the terminal as a table, into a pipe as JSON, or to a file that appears whole or not at all."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from ..errors import InputError
from .formats import FORMATS, write_rows

if TYPE_CHECKING:
    from rich.console import Console

Draw = Callable[["Console"], None]
_PIPE_WIDTH: Final = 120  # columns of a table that is not on a terminal


@dataclass(frozen=True, slots=True)
class Output:
    """How to answer: `form` "table", "json", ..., or None for what suits the place; `path` None for stdout."""

    form: str | None = None
    path: Path | None = None

    @property
    def chosen(self) -> str:
        """The format: as asked for; else by the file's ending; else a table on a terminal and JSON in a pipe."""
        if self.form:
            return self.form
        if self.path is not None:
            ending = self.path.suffix.lower().lstrip(".")
            return ending if ending in FORMATS else "json"
        return "table" if sys.stdout.isatty() else "json"


def emit(rows: Sequence[Any], kind: type, output: Output, draw: Draw) -> None:
    """Write the rows, or have `draw` put the table on a console. Raises InputError where the file cannot be written."""
    if output.path is None:
        _write(rows, kind, output.chosen, draw, sys.stdout)
        return
    text = io.StringIO()
    _write(rows, kind, output.chosen, draw, text)
    _replace(output.path, text.getvalue().encode("utf-8"))


def _write(rows: Sequence[Any], kind: type, chosen: str, draw: Draw, out: TextIO) -> None:
    for form in FORMATS:
        if form == chosen:
            write_rows(rows, kind, form, out)
            return
    draw(console(out))


def write_bytes(data: bytes, path: Path | None) -> None:
    """Write a file of a format of its own, whole or not at all; without a path to stdout. Raises InputError where it cannot be written."""
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    _replace(path, data)


def console(out: TextIO) -> Console:
    """A console that fits the terminal; colours only there, and never where NO_COLOR is set. A pipe or file gets COLUMNS or 120 columns."""
    from rich.console import Console

    if out.isatty():
        return Console(file=out, highlight=False)
    columns = os.environ.get("COLUMNS", "")
    return Console(file=out, highlight=False, no_color=True, width=int(columns) if columns.isdigit() and int(columns) else _PIPE_WIDTH)


def _replace(path: Path, data: bytes) -> None:
    """The file as a whole: a full disk or a kill leaves what was there before."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        with suppress(OSError):
            part.unlink()
        raise InputError(f"{path} cannot be written: {error.strerror or error}.", "Name another file with -o.") from error
