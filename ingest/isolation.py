"""Work on files in processes of their own, so that a file that kills, hangs or swells its process costs only itself."""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any, Generic, TypeVar

from ..errors import MinhchungError
from .effort import processor_seconds, processor_seconds_of_all

T = TypeVar("T")

MEMORY_LIMIT = 4 << 30  # bytes of address space a worker
_START_SECONDS = 120.0  # a worker that is not ready by then never will be
_KEPT_SHARE = 0.25  # of its memory that a worker may still hold after a file; one that holds more is replaced
_PATIENCE = 5.0  # times the seconds that a file is allowed may pass on the clock, while a busy machine gives its worker a share only
_LEAST_SHARE = 0.05  # of the clock's time that a worker uses when it works, on however busy a machine; one that uses less hangs
_STARTS = 3  # workers that die before they are ready, one after the other, until the run gives up


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file has no result: `code` is "timeout", "out-of-memory", "died" or "raised"; `message` and `next_step` are for people."""

    code: str
    message: str
    next_step: str = ""


@dataclass(slots=True)
class _Worker:
    """A process, the pipe to it, and what it has in hand."""

    process: SpawnProcess
    pipe: Connection
    deadline: float
    ready: bool = False
    path: Path | None = None
    allowed: float = 0.0
    given: float = 0.0
    checked: float = 0.0
    spent: float = 0.0  # of the processor's time when `given`, and when last `checked`
    used: float = 0.0


@dataclass(slots=True)
class _Pool(Generic[T]):
    """The running workers and how to start one more."""

    work: Callable[[Path], T]
    seconds: Callable[[Path], float]
    initializer: Callable[[], None] | None
    memory: int
    workers: list[_Worker] = field(default_factory=list)
    bad_starts: int = 0

    def start(self) -> None:
        """Starts a worker."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=True)
        process = context.Process(target=_serve, args=(theirs, self.work, self.initializer, self.memory), daemon=True)
        process.start()
        theirs.close()
        self.workers.append(_Worker(process, ours, time.monotonic() + _START_SECONDS))

    def give(self, worker: _Worker, path: Path) -> bool:
        """Hands a file to a worker; False when the worker has died meanwhile."""
        try:
            worker.pipe.send(path)
        except OSError:
            self.end(worker)
            return False
        worker.path, worker.allowed = path, self.seconds(path)
        worker.given = worker.checked = time.monotonic()
        worker.spent = worker.used = processor_seconds(worker.process.pid or 0)
        worker.deadline = worker.given + worker.allowed
        return True

    def _goes_on(self, worker: _Worker) -> bool:
        """Gives a worker more time where the machine was too busy to let it have its seconds; not where it hangs, or has had them."""
        now, used = time.monotonic(), processor_seconds_of_all(worker.process.pid or 0)
        worked = used - worker.used >= _LEAST_SHARE * (now - worker.checked) > 0
        left = min(worker.allowed - (used - worker.spent), worker.given + _PATIENCE * worker.allowed - now)
        if worker.path is None or not worked or left <= _LEAST_SHARE * worker.allowed:
            return False
        worker.checked, worker.used, worker.deadline = now, used, now + left
        return True

    def end(self, worker: _Worker) -> None:
        """Kills a worker and forgets it."""
        self.workers.remove(worker)
        worker.pipe.close()
        worker.process.kill()
        worker.process.join()

    def poll(self) -> Iterator[tuple[Path, T | Failure]]:
        """Waits for the next thing to happen and gives the results that have come."""
        next_deadline = min(w.deadline for w in self.workers if w.path is not None or not w.ready)
        wait([w.pipe for w in self.workers], max(0.0, next_deadline - time.monotonic()))
        for worker in list(self.workers):
            if worker.pipe.poll():
                yield from self._receive(worker)
            elif (worker.path is not None or not worker.ready) and time.monotonic() >= worker.deadline and not self._goes_on(worker):
                self.end(worker)
                if worker.path is None:
                    self._count_bad_start("it was not ready in time")
                else:
                    yield worker.path, _timeout(worker.allowed)

    def _receive(self, worker: _Worker) -> Iterator[tuple[Path, T | Failure]]:
        try:
            kind, value = worker.pipe.recv()
        except (EOFError, OSError):
            kind, value = "gone", None
        path, worker.path = worker.path, None
        if kind == "ready":
            worker.ready, self.bad_starts = True, 0
        elif kind == "bad-start":
            raise MinhchungError(
                f"A reading process cannot start: {value}.", "Install minhchung anew; if that does not help, report a bug."
            )
        elif kind == "gone":
            self.end(worker)
            if path is not None:
                yield path, _died(worker.process.exitcode)
            else:
                self._count_bad_start(f"it ended with code {worker.process.exitcode}")
        elif path is not None:
            if kind == "last" or (isinstance(value, Failure) and value.code == "out-of-memory"):
                self.end(worker)  # what it still holds would starve the next file
            yield path, value

    def _count_bad_start(self, why: str) -> None:
        self.bad_starts += 1
        if self.bad_starts >= _STARTS:
            raise MinhchungError(f"A reading process cannot start: {why}.", "Check that memory and disk are free, or use fewer --jobs.")


def run_isolated(
    paths: Iterable[Path],
    work: Callable[[Path], T],
    jobs: int,
    seconds: Callable[[Path], float],
    initializer: Callable[[], None] | None = None,
    memory: int = MEMORY_LIMIT,
) -> Iterator[tuple[Path, T | Failure]]:
    """Runs `work` on each file in one of `jobs` processes; gives (path, result or Failure) as they finish.

    `work` and `initializer` (run once a process, to load what is slow to load) must be importable by name, and results picklable.
    `seconds` says how long a file may take: of the processor's time (programs that a worker starts included) and five times as much by the
    clock where the system tells the former, else by the clock alone; `memory` how many bytes of address space a process may use (where the
    system has a limit).
    Whatever ends the loop, also the death of this process, ends the workers.
    """
    pool = _Pool(work, seconds, initializer, memory)
    todo = iter(paths)
    again: list[Path] = []  # given to a worker that turned out to be dead
    done = False
    try:
        while not done or again or any(w.path is not None for w in pool.workers):
            while not done or again:
                idle = next((w for w in pool.workers if w.ready and w.path is None), None)
                if idle is None:
                    break
                path = again.pop() if again else next(todo, None)
                if path is None:
                    done = True
                elif not pool.give(idle, path):
                    again.append(path)
            if done and not again and not any(w.path is not None for w in pool.workers):
                break
            while len(pool.workers) < max(1, jobs) and (not done or again):
                pool.start()
            yield from pool.poll()
    finally:
        for worker in list(pool.workers):
            pool.end(worker)


def _timeout(seconds: float) -> Failure:
    return Failure("timeout", f"reading it took longer than {seconds:.3g} s", "open it and save a simpler copy, or allow more time")


def _died(code: int | None) -> Failure:
    how = f"signal {-code}" if code is not None and code < 0 else f"code {code}"
    return Failure("died", f"the process that read it ended ({how})", "open it and save it anew as DOCX or PDF")


def _serve(pipe: Connection, work: Callable[[Path], Any], initializer: Callable[[], None] | None, memory: int) -> None:
    """A worker's life: files in, results out, until the pipe closes."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the parent decides
    _limit_memory(memory)
    tasks: queue.SimpleQueue[Path] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(pipe, tasks), daemon=True).start()
    try:
        if initializer is not None:
            initializer()
    except Exception as fault:  # told to the parent, which ends the run: every further worker would fail the same way
        pipe.send(("bad-start", f"{type(fault).__name__}: {fault}"))
        return
    pipe.send(("ready", None))
    most = _address_space() + int(memory * _KEPT_SHARE)
    while True:
        result = _attempt(work, tasks.get())
        try:
            pipe.send(("last" if _address_space() > most else "result", result))
        except OSError:
            return
        except Exception as fault:  # pickle raises what the result's own classes raise
            pipe.send(("result", Failure("raised", f"its result cannot be handed over ({type(fault).__name__}: {fault})", _REPORT)))


_REPORT = "report the file as a bug; meanwhile save it anew as DOCX or PDF"


def _attempt(work: Callable[[Path], Any], path: Path) -> Any:
    try:
        return work(path)
    except MemoryError:
        return Failure("out-of-memory", "reading it needs more memory than a process may use", "open it and save a simpler copy")
    except BaseException as fault:  # SystemExit too: one file must not end the worker's loop
        return Failure("raised", f"reading it failed ({type(fault).__name__}: {fault})", _REPORT)


def _listen(pipe: Connection, tasks: queue.SimpleQueue[Path]) -> None:
    """Takes files from the pipe; when it closes, because the parent ended or died, the worker ends at once, whatever it is doing."""
    while True:
        try:
            tasks.put(pipe.recv())
        except (EOFError, OSError):
            os._exit(0)


def _address_space() -> int:
    """Bytes that this process has in use, of those that its limit counts; 0 where the system does not tell."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:
        return 0


def _limit_memory(memory: int) -> None:
    if sys.platform == "win32":  # no such limit there
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    wanted = memory if hard == resource.RLIM_INFINITY else min(memory, hard)
    try:
        resource.setrlimit(resource.RLIMIT_AS, (wanted, hard))
    except (ValueError, OSError) as fault:
        print(f"minhchung: no memory limit for a reading process: {fault}", file=sys.stderr)
