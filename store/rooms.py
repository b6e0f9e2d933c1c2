"""What the store calls in the other rooms, as one value: the real functions are imported only when asked for, tests hand in their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # types only: a question over cells already judged need not load the types of documents
    from ..extract.model import CellVerdict, JudgedDocument, Judgement
    from ..ingest.model import Report
    from ..plan.model import Cell, Duty, Plan, PlanItem
    from ..plan.registry import Registry

    JudgeItem = Callable[[PlanItem, Sequence[JudgedDocument]], CellVerdict]
    JudgeDuty = Callable[[Duty, PlanItem, Sequence[JudgedDocument]], CellVerdict]


@dataclass(frozen=True, slots=True)
class Hands:
    """What a worker process needs: to read a file (never raises; with passwords to try and the folder of what was made ready), and to
    judge a report."""

    read: Callable[[Path, Sequence[str], Path | None], Report]
    judge: Callable[[Report, Plan, Registry], Judgement]
    load_plan: Callable[[Path | None, Registry | None], Plan]
    load_registry: Callable[[], Registry]


@dataclass(frozen=True, slots=True)
class Bench:
    """What turns documents into cells: the verdicts, and who owes what in a year."""

    judge_item: JudgeItem
    judge_duty: JudgeDuty
    expand: Callable[[Plan, Registry, int, date | None], Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Rooms:
    """All that an ingest calls outside the store. `hands` is a module-level function: a worker process imports it by its name. `workroom`
    makes ready what cannot be read as it lies (archives, old formats); `available` names the tools that a report may wait for."""

    discover: Callable[[Sequence[Path]], Iterable[Any]]
    run: Callable[..., Any]
    hands: Callable[[], Hands]
    bench: Bench
    load_plan: Callable[[Path | None, Registry | None], Plan]
    load_registry: Callable[[], Registry]
    reader_version: Callable[[], str]
    rules_version: Callable[[], str]
    workroom: Callable[[Sequence[str]], AbstractContextManager[Any]]
    available: Callable[[], frozenset[str]]


def real_hands() -> Hands:
    """The real reader and judge; loads spaCy and the readers."""
    from ..extract.judge import judge
    from ..ingest.reader import read_file
    from ..plan.loader import load_plan
    from ..plan.registry import load_registry

    return Hands(read_file, judge, load_plan, load_registry)


def real_bench() -> Bench:
    """The real verdicts. They are imported when the first cell is judged, not before: they load the rules and spaCy, a second that a
    question over cells already judged must not wait for."""
    from ..plan.cells import expand

    return Bench(_judge_item, _judge_duty, expand)


def _judge_item(item: PlanItem, documents: Sequence[JudgedDocument]) -> CellVerdict:
    from ..extract.cells import judge_item

    return judge_item(item, documents)


def _judge_duty(duty: Duty, item: PlanItem, documents: Sequence[JudgedDocument]) -> CellVerdict:
    from ..extract.cells import judge_duty

    return judge_duty(duty, item, documents)


def real_rooms() -> Rooms:
    """The real rooms of an ingest."""
    from ..extract.version import rules_version
    from ..ingest.discover import discover
    from ..ingest.isolation import run_isolated
    from ..ingest.reader import reader_version
    from ..ingest.tools import available
    from ..ingest.workroom import Workroom
    from ..plan.loader import load_plan
    from ..plan.registry import load_registry

    return Rooms(
        discover, run_isolated, real_hands, real_bench(), load_plan, load_registry, reader_version, rules_version, Workroom, available
    )
