"""What the isolation tests have workers do: a module of its own, since a worker process imports it by name."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

from minhchung.ingest.isolation import run_isolated


def behave(path: Path) -> str:
    """Does what the file's name says."""
    name = path.stem.split("-")[0]
    if name == "exit":
        os._exit(3)
    elif name == "sleep":
        time.sleep(600)
    elif name == "raise":
        raise ValueError("bad " + path.name)
    elif name == "quit":
        sys.exit(1)
    elif name == "swell":
        return str(len(bytearray(8 << 30)))
    elif name == "unpicklable":
        return lambda: ""  # type: ignore[return-value]
    elif name == "big":
        return "x" * 5_000_000
    elif name == "pid":
        path.write_text(str(os.getpid()))
        time.sleep(600)
    return f"{path.stem} read"


def labour(path: Path) -> str:
    """Works without end, or for 0.3 s of the processor's time, a quarter of the time by the clock, as beside other programs."""
    enough = time.process_time() + (0.3 if path.stem == "starved" else 600)
    while time.process_time() < enough:
        pause = time.process_time() + 0.05
        while time.process_time() < pause:
            pass
        if path.stem == "starved":
            time.sleep(0.15)
    return f"{path.stem} read"


def pid_of(path: Path) -> int:
    return os.getpid()


KEPT: list[bytearray] = []


def keep(path: Path) -> int:
    """Holds on to memory where the file's name says so, as a library may that has met a broken file."""
    if path.stem == "keep":
        KEPT.append(bytearray(400 << 20))
    return os.getpid()


def broken_start() -> None:
    raise RuntimeError("no library")


def dying_start() -> None:
    os._exit(9)


def run(names: Iterable[Path], work: Callable[[Path], object]) -> None:
    """For a parent process of its own."""
    for _ in run_isolated(names, work, 1, lambda _: 600):
        pass


if __name__ == "__main__":
    run([Path(sys.argv[1])], behave)
