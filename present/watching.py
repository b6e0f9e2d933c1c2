"""Folders that are looked at again and again: a file is taken in once it is whole, that is, when two looks in a row find it alike.

Looking, not waiting for messages of the system: a network share sends none to other machines, and the office's reports lie on one.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputError, MinhchungError, StoreError
from ..ingest.discover import discover
from ..store.intake import is_store

if TYPE_CHECKING:
    from ..store.balance import Balance

Look = dict[Path, tuple[int, int]]  # size in bytes and time of the last change, in nanoseconds


@dataclass(slots=True)
class Watch:
    """What is watched: `paths`, with the store that may lie among them. `taken` are the files taken in, as they were then."""

    paths: Sequence[Path]
    store: Path
    before: Look = field(default_factory=dict)
    taken: Look = field(default_factory=dict)

    def ready(self) -> tuple[list[Path], int]:
        """Look once: the files that are whole and not taken in yet, and how many are still being written or came since the last look.
        Raises InputError where a folder is not there."""
        now = look(self.paths, self.store)
        new = {path: state for path, state in now.items() if self.taken.get(path) != state}
        whole = [path for path, state in new.items() if self.before.get(path) == state]
        self.before = now
        return whole, len(new) - len(whole)

    def took(self, files: Sequence[Path]) -> None:
        """Remember files as they were when they were found whole: one that changes later comes again."""
        self.taken |= {path: self.before[path] for path in files}


def look(paths: Sequence[Path], store: Path) -> Look:
    """The files there are now, without those that are not to be read: hidden ones, Word's lock files ("~$"), those of the system, and the
    store itself. Files that vanish meanwhile are left out. Raises InputError."""
    found: Look = {}
    for one in discover(list(paths)):
        if not one.ignored and not is_store(one.path, store):
            with suppress(OSError):  # gone between the listing and this; the next look will tell
                state = one.path.stat()
                found[one.path] = (state.st_size, state.st_mtime_ns)
    return found


def batches(
    watch: Watch, interval: float, stop: threading.Event, once: bool, trouble: Callable[[MinhchungError], None]
) -> Iterator[list[Path]]:
    """The files of each batch, as they become whole, until `stop` is set; with `once` until nothing more is on its way. A folder that is
    away for a while, as a network share may be, is told once as `trouble` and waited for; one that is not there at first is an error."""
    began = away = False
    while not stop.is_set():
        try:
            whole, coming = watch.ready()
            began, away = True, False
        except InputError as error:
            if once or not began:
                raise
            if not away:
                trouble(error)
            whole, coming, away = [], 1, True
        if whole:
            yield whole
        if once and not coming:
            return
        stop.wait(interval)


def take_in(
    watch: Watch, files: list[Path], run: Callable[[list[Path]], Balance], trouble: Callable[[MinhchungError], None]
) -> Balance | None:
    """Take a batch in. A store that another program holds just now, or a file that has gone meanwhile, is told as `trouble`, and the batch
    comes again with the next look."""
    try:
        balance = run(files)
    except (StoreError, InputError) as error:
        trouble(error)
        return None
    watch.took(files)
    return balance
