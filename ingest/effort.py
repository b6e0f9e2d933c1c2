"""How much of the processor's time a process has had: on a busy machine the clock says little about how long a file takes."""

from __future__ import annotations

import os
from pathlib import Path

_OWN, _CHILDREN = slice(11, 13), slice(13, 15)  # user and system time in /proc/PID/stat, behind the name; children that have ended apart
_PROC = Path("/proc")


def processor_seconds(pid: int) -> float:
    """Of a process and of what it has started and that has ended; 0 where the system does not tell."""
    stat = _stat(pid)
    return sum(map(int, stat[_OWN] + stat[_CHILDREN])) / _ticks() if stat else 0.0


def processor_seconds_of_all(pid: int) -> float:
    """The same with what it has started and still runs."""
    children: dict[int, list[int]] = {}
    if _PROC.is_dir():
        for entry in _PROC.iterdir():
            if entry.name.isdigit() and (stat := _stat(int(entry.name))):
                children.setdefault(int(stat[1]), []).append(int(entry.name))
    total, todo = 0.0, [pid]
    while todo:
        one = todo.pop()
        total += processor_seconds(one)
        todo += children.get(one, [])
    return total


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name, which may hold blanks; [] for what has ended, or where there is no /proc."""
    try:
        return (_PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return []


def _ticks() -> int:
    return os.sysconf("SC_CLK_TCK")
