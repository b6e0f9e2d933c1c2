"""One exception a failure; each carries its exit code and, in its message, what to do next.

Faults in the *input* (a damaged report, a page that cannot be read) are not exceptions: they are `ingest.model.Issue` values that are
stored, counted and shown. An exception here ends the command.
"""

from __future__ import annotations


class MinhchungError(Exception):
    """A failure that the command line reports as `message` followed by `next_step`, ending with `exit_code`."""

    exit_code = 1

    def __init__(self, message: str, next_step: str = "") -> None:
        """`next_step` tells what to do about it."""
        super().__init__(message)
        self.message = message
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.message}\n{self.next_step}" if self.next_step else self.message


class UsageError(MinhchungError):
    """What was asked for does not exist: an unknown agency, item or year."""

    exit_code = 2


class SomeFilesUnread(MinhchungError):
    """The run finished, but some of the files could not be read."""

    exit_code = 3


class PlanError(MinhchungError):
    """A plan or agency data file that cannot be used; the message names the file and the line."""

    exit_code = 4


class StoreError(MinhchungError):
    """The store cannot be opened, read or written: missing, locked, damaged, of a newer version, or the disk is full."""

    exit_code = 5


class InputError(MinhchungError):
    """A path given on the command line does not exist or cannot be opened."""

    exit_code = 6
