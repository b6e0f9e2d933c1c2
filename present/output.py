"""Where an answer goes: to the terminal as a table, into a pipe as JSON, or to a file that appears whole or not at all."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from ..errors import InputError, UsageError
from .formats import BOM, FORMATS, SPREADSHEET, TEXT_FORMATS, Grid, grid_of, write_grid

if TYPE_CHECKING:
    from rich.console import Console

Draw = Callable[["Console"], None]
_PIPE_WIDTH: Final = 120  # columns of a table that is not on a terminal
BOM_ASKED: Final = "minhchung.bom"  # where the command line keeps what --bom said


def _asked_bom() -> bool | None:
    import click

    context = click.get_current_context(silent=True)
    asked: bool | None = context.meta.get(BOM_ASKED) if context else None
    return asked


@dataclass(frozen=True, slots=True)
class Output:
    """How to answer: `form` "table", "json", ..., or None for what suits the place; `path` None for stdout; `bom` whether a CSV or TSV
    begins with a byte-order mark, None for what suits the place."""

    form: str | None = None
    path: Path | None = None
    bom: bool | None = field(default_factory=lambda: _asked_bom())

    @property
    def chosen(self) -> str:
        """The format: as asked for; else by the file's ending; else a table on a terminal and JSON in a pipe. Raises UsageError for an
        ending that tells none."""
        if self.form:
            return self.form
        if self.path is not None:
            return _by_ending(self.path)
        return "table" if sys.stdout.isatty() else "json"

    @property
    def marked(self) -> bool:
        """Whether to begin with a byte-order mark. Excel takes a CSV file without one for text of the country's old code page and spoils
        every Vietnamese letter; in a pipe it would spoil the first column's name for other tools."""
        return self.chosen in SPREADSHEET and (self.path is not None if self.bom is None else self.bom)


def _by_ending(path: Path) -> str:
    """A file without an ending (a named pipe, /dev/stdout) gets what a pipe gets."""
    ending = path.suffix.lower().lstrip(".")
    if ending and ending not in FORMATS:
        raise UsageError(
            f"The ending of {path.name} tells no format.", f"Say which with --format, or name a file that ends in .{', .'.join(FORMATS)}."
        )
    return ending or "json"


def emit(rows: Sequence[Any], kind: type, output: Output, draw: Draw) -> None:
    """Write the rows, or have `draw` put the table on a console. Raises InputError where the file cannot be written, UsageError for a
    format that cannot be written here."""
    grid = grid_of(rows, kind)
    if output.chosen == "parquet":
        from typing import get_type_hints

        grid = Grid(grid.names, grid.rows, get_type_hints(kind))
    emit_grid(grid, output, draw)


def emit_grid(grid: Grid, output: Output, draw: Draw) -> None:
    """`emit` for columns that no row type describes."""
    if output.chosen == "parquet":
        from .parquet import parquet_bytes

        if output.path is None and sys.stdout.isatty():
            raise UsageError("A Parquet file is no text for a terminal.", "Name a file with -o FILE.parquet.")
        write_bytes(parquet_bytes(grid), output.path)
        return
    if output.path is None:
        _write(grid, output, draw, sys.stdout)
        return
    text = io.StringIO()
    _write(grid, output, draw, text)
    _replace(output.path, text.getvalue().encode("utf-8"))


def _write(grid: Grid, output: Output, draw: Draw, out: TextIO) -> None:
    if output.marked:
        out.write(BOM)
    for form in TEXT_FORMATS:
        if form == output.chosen:
            write_grid(grid, form, out)
            return
    draw(console(out))


def write_bytes(data: bytes, path: Path | None) -> None:
    """Write a file of a format of its own, whole or not at all; without a path to stdout. Raises InputError where it cannot be written."""
    if path is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    _replace(path, data)


def bare() -> bool:
    """Whether nothing but text is wanted on a terminal: NO_COLOR is set (no-color.org)."""
    return bool(os.environ.get("NO_COLOR"))


def console(out: TextIO) -> Console:
    """A console that fits the terminal; colours and other looks only there, and never where NO_COLOR is set. A pipe or file gets COLUMNS or
    120 columns. A reader that has had enough raises BrokenPipeError, which the command line ends quietly."""
    from rich.console import Console

    class Piped(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # rich itself would end the program with 1, the code of --fail

    if out.isatty():
        return Piped(file=out, highlight=False, color_system=None if bare() else "auto")
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isdigit() and int(columns) else _PIPE_WIDTH
    return Piped(file=out, highlight=False, color_system=None, no_color=True, force_terminal=False, width=width)


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
