"""A clean stop: Ctrl-C and SIGTERM end a command that runs on and on between two of its works, or by giving up the one in hand."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from types import FrameType
from typing import Any


@dataclass(slots=True)
class Stop:
    """Whether to stop: `event` is set by the first signal, and waiting on it ends."""

    event: threading.Event = field(default_factory=threading.Event)
    working: bool = False

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Work that a signal breaks off as Ctrl-C does. The block ends quietly then; what it had saved is kept."""
        self.working = True
        try:
            with suppress(KeyboardInterrupt):
                yield
        finally:
            self.working = False

    def heard(self, _signal: int, _frame: FrameType | None) -> None:
        """The signal's handler."""
        self.event.set()
        if self.working:
            self.working = False  # a second signal must not break off the clearing up
            raise KeyboardInterrupt


@contextmanager
def stopping() -> Iterator[Stop]:
    """Within the block the two signals go to a `Stop`; the handlers that were there come back afterwards."""
    stop = Stop()
    before: dict[int, Any] = {}
    for number in (signal.SIGINT, signal.SIGTERM):
        before[number] = signal.signal(number, stop.heard)
    try:
        yield stop
    finally:
        for known, handler in before.items():
            signal.signal(known, handler)
