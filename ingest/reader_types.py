"""What a format's reader gives back, and how it says that a file cannot be read."""

from __future__ import annotations

from dataclasses import dataclass

from .blocks import Block
from .model import NOTHING_NOTED, Issue, Properties, Signature


@dataclass(frozen=True, slots=True)
class Content:
    """Blocks in reading order, the faults met, and for files with pages how many there are and which gave no text.
    `ocr`, `waiting_for`, `signatures` and `properties` as in `Report`."""

    blocks: list[Block]
    issues: list[Issue]
    pages: int | None = None
    unread: tuple[int, ...] = ()
    ocr: bool = False
    waiting_for: tuple[str, ...] = ()
    signatures: tuple[Signature, ...] = ()
    properties: Properties = NOTHING_NOTED


class Unreadable(Exception):
    """The file's fault: raised by a format's reader, told as the report's reason."""

    def __init__(self, code: str, message: str, next_step: str, waiting_for: tuple[str, ...] = ()) -> None:
        """`code` as in `Issue`, `waiting_for` as in `Report`."""
        super().__init__(message)
        self.issue = Issue(code, message, next_step)
        self.waiting_for = waiting_for
