"""A folder of reports into the store: look, register, read what is not yet read, save each report at once, and give account.

Whatever moment the run is stopped at, the next one ends in the same store: files are registered in one transaction before the first is
read, each report is saved in one, and what is still to do is worked out from the store alone.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..ingest.model import Issue, Report
from .applying import Applied, keep, plans_applied
from .balance import Balance, fine_files, settle
from .codec import dumped
from .connection import guarded, open_for_writing, transaction
from .registration import Seen, agencies_of, is_registered, look, place_of, register
from .rooms import Hands, Rooms, real_rooms
from .saving import Versions, refresh, save
from .sql import ALIVE, rows
from .worker import Orders, Work, seconds_allowed, sit_down, work

if TYPE_CHECKING:
    from sqlite_utils import Database


@dataclass(frozen=True, slots=True)
class Step:
    """How far a run is: `done` of `total`, and the file just finished with its outcome, number of claims, and why where the outcome is
    not plain ('' and 0 before the first)."""

    done: int
    total: int
    path: str = ""
    outcome: str = ""
    evidence: int = 0
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Task:
    """`path` as it is kept, `file` as it is opened: they differ for a name that is not UTF-8. `kept`: judge what the store has of it;
    `again`: it was read before."""

    path: str
    file: Path
    sha256: str
    kept: bool
    again: bool = False


@dataclass(slots=True)
class _Run:
    """One run: what it works with, and its row in `runs` (None as long as there is nothing to write)."""

    db: Database
    rooms: Rooms
    applied: Applied
    versions: Versions
    store: Path
    workroom: Any
    passwords: tuple[str, ...] = ()
    number: int | None = None


def intake(
    paths: Sequence[Path],
    store: Path,
    *,
    plan: Path | None = None,
    jobs: int | None = None,
    retry: bool = False,
    passwords: Sequence[str] = (),
    rooms: Rooms | None = None,
    tell: Callable[[Step], None] = lambda step: None,
) -> Balance:
    """Take the reports under `paths` into `store`. `jobs` processes read (None: all cores); `retry` reads again what failed before;
    `passwords` are tried on locked files and archives.

    A new store takes `plan`, or the one that comes with minhchung. To one that is there, `plan` is added, or it replaces the plan of its
    id; every report is judged for every plan. Raises InputError for a path that is not there, PlanError and StoreError; a report that
    cannot be read is counted, not raised.
    """
    rooms = rooms or real_rooms()
    found = [one for one in rooms.discover(list(paths)) if not is_store(one.path, store)]
    applied = plans_applied(store, rooms, plan)
    versions = Versions(rooms.reader_version(), rooms.rules_version(), applied.version)
    with rooms.workroom(tuple(passwords)) as workroom:
        seen = _look_at(workroom.unpack(found))
        db = open_for_writing(store)
        try:
            with guarded(store):
                run = _Run(db, rooms, applied, versions, store, workroom, tuple(passwords))
                return _taken_in(run, seen, retry, jobs, tell)
        finally:
            db.close()


def _taken_in(run: _Run, seen: Sequence[Seen], retry: bool, jobs: int | None, tell: Callable[[Step], None]) -> Balance:
    fine_before = fine_files(run.db.conn)
    tasks = _register(run, seen, retry)
    tell(Step(0, len(tasks)))
    run.workroom.convert([task.file for task in tasks if not task.kept])
    for done, (task, result) in enumerate(_carried_out(run, tasks, jobs), start=1):
        with transaction(run.db):
            save(run.db, task.sha256, result, run.versions, run.applied.judgings)
        tell(Step(done, len(tasks), task.path, result.report.outcome, len(result.judgement.evidence), result.report.reason))
    balance = _counted(settle(run.db.conn, seen, fine_before), tasks)
    _finish(run, balance)
    return balance


def _counted(balance: Balance, tasks: Sequence[_Task]) -> Balance:
    read = [task for task in tasks if not task.kept]
    return replace(balance, read=len(read), read_again=sum(task.again for task in read), judged_again=len(tasks) - len(read))


def is_store(path: Path, store: Path) -> bool:
    """The store may lie in the very folder that is read; it and SQLite's files beside it are not reports."""
    names = {store.name + tail for tail in ("", "-wal", "-shm", "-journal")}
    return path.name in names and path.absolute().parent == store.absolute().parent


def _look_at(found: Iterable[Any]) -> list[Seen]:
    by_path = {place_of(one.place or one.path): one for one in found}
    return [look(one.path, one.ignored, one.place) for _, one in sorted(by_path.items())]


def _register(run: _Run, seen: Sequence[Seen], retry: bool) -> list[_Task]:
    """Write down the files that are new or changed, and return what is to be read or judged. Writes nothing when there is nothing to do."""
    with transaction(run.db):
        if not is_registered(run.db.conn, seen):
            touched = register(run.db, seen, _open_run(run))
            refresh(run.db, agencies_of(run.db.conn, touched), run.applied.judgings)
        tasks = _tasks(run, seen, retry)
        if tasks:
            _open_run(run)
        keep(run.db, run.applied)
    return tasks


def _open_run(run: _Run) -> int:
    if run.number is None:
        cursor = run.db.conn.execute(
            "INSERT INTO runs (started, reader, rules, plan) VALUES (?, ?, ?, ?)",
            (_now(), run.versions.reader, run.versions.rules, run.versions.plan),
        )
        run.number = int(cursor.lastrowid or 0)
    return run.number


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _tasks(run: _Run, seen: Sequence[Seen], retry: bool) -> list[_Task]:
    """What the store lacks: files of this run never read, read by another reader, or waiting for a tool that is there now; and, in the
    whole store, what other rules judged."""
    here = {one.path: one.file for one in seen}
    places: dict[str, str] = {}
    for row in rows(run.db.conn, "SELECT sha256, path FROM files WHERE replaced = 0 AND sha256 IS NOT NULL ORDER BY first_run, path"):
        if row["sha256"] not in places or (row["path"] in here and places[row["sha256"]] not in here):
            places[row["sha256"]] = row["path"]
    tasks: list[_Task] = []
    there = run.rooms.available()
    for row in rows(run.db.conn, f"SELECT sha256, outcome, reader, rules, plan, waiting_for FROM contents WHERE {ALIVE}"):
        path = places[row["sha256"]]
        wanted = bool(there & set(json.loads(row["waiting_for"])))
        unread = row["outcome"] == "pending" or row["reader"] != run.versions.reader or wanted
        if path in here and (unread or (retry and row["outcome"] in ("unreadable", "failed"))):
            tasks.append(_Task(path, here[path], row["sha256"], kept=False, again=row["outcome"] != "pending"))
        elif row["outcome"] != "pending" and (row["rules"], row["plan"]) != (run.versions.rules, run.versions.plan):
            tasks.append(_Task(path, here.get(path, Path(path)), row["sha256"], kept=True))
    return sorted(tasks, key=lambda task: task.path)


def _carried_out(run: _Run, tasks: Sequence[_Task], jobs: int | None) -> Iterator[tuple[_Task, Work]]:
    """Each task with what came of it, as the worker processes finish."""
    if not tasks:
        return
    by_path = {str(task.file): task for task in tasks}
    kept = {str(task.file): task.sha256 for task in tasks if task.kept}
    names, (first, *others) = {str(task.file): task.path for task in tasks}, run.applied.files
    orders = Orders(run.store, kept, names, run.passwords, run.workroom.prepared, others=tuple(others), agencies=run.applied.agencies)
    start = partial(sit_down, run.rooms.hands, first[1], orders)
    count = max(1, min(jobs or os.cpu_count() or 1, len(tasks)))
    naming: list[Hands] = []
    with closing(run.rooms.run([task.file for task in tasks], work, count, seconds_allowed, start)) as results:
        for path, result in results:
            task = by_path[str(path)]
            if not isinstance(result, Work):
                result = _failed(run, naming, task, Issue(result.code, result.message, result.next_step))
            elif result.report.outcome == "read" and result.report.sha256 != task.sha256:
                changed = Issue("changed-meanwhile", "the file changed while it was read", "run ingest again")
                result = _failed(run, naming, task, changed)
            yield task, result


def _failed(run: _Run, naming: list[Hands], task: _Task, issue: Issue) -> Work:
    """A report that a worker could not finish. Its name is still judged, so that its agency is not said to have sent nothing."""
    reason = f"{issue.message}; {issue.next_step}" if issue.next_step else issue.message
    report = Report(task.sha256, task.path, "other", "failed", reason, issues=(issue,))  # what it is, only reading would have told
    if not naming:
        naming.append(run.rooms.hands())
    judging = run.applied.judgings[0]
    judgement = naming[0].judge(report, judging.plan, judging.registry)
    return Work(report, replace(judgement, evidence=()))


def _finish(run: _Run, balance: Balance) -> None:
    if run.number is not None:
        with transaction(run.db):
            run.db.conn.execute("UPDATE runs SET finished = ?, balance = ? WHERE id = ?", (_now(), dumped(asdict(balance)), run.number))
