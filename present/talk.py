"""What is said on stderr, beside the data on stdout: as little or as much as was asked for, and all of it in the log file."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final, TextIO

import click

from ..errors import InputError
from .formats import escaped
from .language import told

QUIET: Final = 0  # failures only
NORMAL: Final = 1  # what a person waits for: progress, the balance, notes
VERBOSE: Final = 2  # what was used, and how long it took


@dataclass(frozen=True, slots=True)
class Talk:
    """How much is said on stderr, and where it is written down."""

    level: int = NORMAL
    log: TextIO | None = None


_NORMALLY: Final = Talk()
_TALK: Final[ContextVar[Talk]] = ContextVar("minhchung_talk", default=_NORMALLY)


@contextmanager
def talking(level: int, log_file: Path | None) -> Iterator[None]:
    """Within the block, say as much, and append all of it to `log_file`. Raises InputError where that cannot be written."""
    log = _opened(log_file) if log_file else None
    token = _TALK.set(Talk(level, log))
    try:
        yield
    finally:
        _TALK.reset(token)
        if log is not None:
            log.close()


def _opened(path: Path) -> TextIO:
    try:
        return path.open("a", encoding="utf-8", errors="backslashreplace")
    except OSError as error:
        raise InputError(f"{path} cannot be written: {error.strerror or error}.", "Name another file with --log-file.") from error


def is_quiet() -> bool:
    """Whether nothing but failures is to be said."""
    return _TALK.get().level == QUIET


def is_verbose() -> bool:
    """Whether everything is to be said."""
    return _TALK.get().level == VERBOSE


def say(text: str) -> None:
    """Something that a person waits for."""
    _tell(text, NORMAL, "info")


def detail(text: str) -> None:
    """Something for the one who wants to know how."""
    _tell(text, VERBOSE, "detail")


def fault(text: str, next_step: str = "") -> None:
    """A failure, and in lines below it what to do: always said."""
    _tell(text, QUIET, "error", next_step)


def write_down(text: str, kind: str = "info") -> None:
    """Only into the log file: what is on the screen already, or too long for it."""
    log = _TALK.get().log
    if log is not None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        first, *more = text.split("\n")
        lines = (escaped(first), *(f"  {escaped(line)}" for line in more))  # set in: what a name forged would be no record of its own
        log.writelines(f"{now} {os.getpid()} {kind} {line}\n" for line in lines)
        log.flush()


def _tell(text: str, level: int, kind: str, next_step: str = "") -> None:
    """One line, whatever the names in it hold, and those of the next step."""
    talk = _TALK.get()
    shown = talk.level >= level
    if shown or talk.log is not None:  # else the catalogue need not be read
        lines = [escaped(told(text)), *(escaped(line) for line in told(next_step).split("\n") if next_step)]
        said = "\n".join(lines)
        if shown:
            click.echo(said, err=True)
        write_down(said, kind)
