"""How far an ingest is, on stderr: a bar with the file in hand on a terminal, a line a file in a pipe or under
NO_COLOR; and the balance at its end."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ..store.balance import Balance
from ..store.intake import Step
from .formats import escaped
from .language import words
from .output import bare
from .talk import is_quiet, is_verbose, say, write_down

_WORDS: Final[dict[str, str]] = {"read": "read", "unreadable": "NOT READABLE", "failed": "FAILED"}


def line_of(step: Step) -> str:
    """One finished file on one line, whatever its name holds."""
    found = words(", {} evidence", step.evidence) if step.outcome == "read" else ""
    return f"{step.done}/{step.total} {escaped(Path(step.path).name)}: {words(_WORDS[step.outcome])}{found}"


@contextmanager
def progress() -> Iterator[Callable[[Step], None]]:
    """What to tell each step to."""
    if sys.stderr.isatty() and not is_quiet() and not bare():
        with _bar() as tell:
            yield tell
    else:
        yield _say


def _say(step: Step) -> None:
    if step.done:
        say(line_of(step))


@contextmanager
def _bar() -> Iterator[Callable[[Step], None]]:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(words("starting"), total=None)

        def tell(step: Step) -> None:
            name = escape(escaped(Path(step.path).name)) if step.path else words("starting")
            bar.update(task, total=step.total, completed=step.done, description=name)
            if step.done:
                write_down(line_of(step))
            if step.done and (step.outcome != "read" or is_verbose()):
                bar.console.print(line_of(step), markup=False, highlight=False)

        yield tell


def account(balance: Balance) -> str:
    """The balance in one sentence, as a sum that can be checked by eye."""
    parts = " + ".join(f"{count} {words(name)}" for name, count in balance.counts().items())
    again = words("; {} read again", balance.read_again) if balance.read_again else ""
    judged = words("; {} judged again by changed rules", balance.judged_again) if balance.judged_again else ""
    return words("{} files found = {}", balance.found, parts) + again + judged
