"""A file that kills, hangs or swells its process costs only itself."""

from __future__ import annotations

import importlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any, cast

import pytest

from minhchung.errors import MinhchungError
from minhchung.ingest.isolation import Failure, run_isolated

HERE = Path(__file__).parent


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(HERE))
    return importlib.import_module("isolation_work")  # by a name of its own, as the workers import it


def gone(pid: int, seconds: float = 10) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
        except FileNotFoundError:
            return True
        if state == "Z":
            return True
        time.sleep(0.05)
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="this system does not tell how much of the processor a process has had")
def test_a_file_on_a_busy_machine_has_its_seconds_and_one_that_never_ends_no_more(work: Any) -> None:
    started = time.monotonic()
    results = dict(run_isolated([Path("starved"), Path("endless")], work.labour, 1, lambda _: 0.8))
    assert results[Path("starved")] == "starved read"
    endless = results[Path("endless")]
    assert isinstance(endless, Failure) and endless.code == "timeout"
    assert time.monotonic() - started < 60


def test_each_fault_costs_one_file_and_the_rest_are_read(work: Any) -> None:
    names = ["a", "exit", "b", "raise", "c", "sleep", "d", "swell", "quit", "unpicklable", "big", "e"]
    paths = [Path(f"{n}.x") for n in names]
    results = dict(run_isolated(paths, work.behave, 2, lambda p: 0.5 if p.stem == "sleep" else 30, memory=2 << 30))
    assert set(results) == set(paths)
    codes = {p.stem: r.code for p, r in results.items() if isinstance(r, Failure)}
    assert codes == {
        "exit": "died",
        "raise": "raised",
        "sleep": "timeout",
        "swell": "out-of-memory",
        "quit": "raised",
        "unpicklable": "raised",
    }
    assert results[Path("e.x")] == "e read"
    assert len(str(results[Path("big.x")])) == 5_000_000
    assert all(r.message and r.next_step for r in results.values() if isinstance(r, Failure))


def test_one_job_still_works_in_another_process_and_keeps_it(work: Any) -> None:
    pids = {r for _, r in run_isolated([Path("a"), Path("b"), Path("c")], work.pid_of, 1, lambda _: 30)}
    assert len(pids) == 1
    assert pids != {os.getpid()}


def test_a_worker_that_still_holds_much_after_a_file_is_replaced(work: Any) -> None:
    if not Path("/proc/self/statm").exists():
        pytest.skip("/proc/self/statm is not here")
    paths = [Path("a"), Path("keep"), Path("b"), Path("c")]
    pids = dict(run_isolated(paths, work.keep, 1, lambda _: 30, memory=1 << 30))
    assert pids[Path("a")] == pids[Path("keep")] != pids[Path("b")] == pids[Path("c")]


def test_nothing_to_do_starts_nothing(work: Any) -> None:
    assert list(run_isolated([], work.pid_of, 2, lambda _: 30)) == []


def test_a_slow_consumer_is_no_time_out(work: Any) -> None:
    results = []
    for item in run_isolated([Path("a"), Path("b"), Path("big")], work.behave, 1, lambda _: 1.0):
        results.append(item[1])
        time.sleep(1.2)
    assert not any(isinstance(r, Failure) for r in results)


def test_a_start_that_fails_ends_the_run_with_a_reason(work: Any) -> None:
    with pytest.raises(MinhchungError, match="no library"):
        list(run_isolated([Path("a")], work.behave, 1, lambda _: 30, initializer=work.broken_start))
    with pytest.raises(MinhchungError, match="code 9"):
        list(run_isolated([Path("a")], work.behave, 1, lambda _: 30, initializer=work.dying_start))


def test_leaving_the_loop_ends_the_workers(work: Any) -> None:
    with closing(cast(Generator[tuple[Path, Any]], run_isolated([Path("a"), Path("b")], work.pid_of, 1, lambda _: 30))) as results:
        _, pid = next(results)
    assert gone(int(pid))


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="needs /proc")
@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT])
def test_a_dead_parent_leaves_no_orphan(how: signal.Signals, tmp_path: Path) -> None:
    note = tmp_path / "pid-file"
    parent = subprocess.Popen(
        [sys.executable, str(HERE / "isolation_work.py"), str(note)],
        stderr=subprocess.DEVNULL,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # what runs in the background of a script has it ignored
    )
    try:
        end = time.monotonic() + 20
        while not (note.exists() and note.read_text()) and time.monotonic() < end:
            time.sleep(0.05)
        worker = int(note.read_text())
        parent.send_signal(how)
        parent.wait(60)  # a busy machine takes its time to wind down
    finally:
        parent.kill()
    assert gone(worker)
