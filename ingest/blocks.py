"""What every reader hands to the outline: pieces of text in reading order, with the looks that tell headings from the rest."""

from __future__ import annotations

from dataclasses import dataclass

from .model import BBox, PassageKind, Row


@dataclass(slots=True)
class Block:
    """One piece of text that will be one passage.

    `text` is clean (see `text.clean`). `place` is the locator's block ("p12"). `bold` and `italic` are True when all of it is; `size` in
    points, 0 where unknown; `level` is 1 to 9 for a Word heading style or outline level, else 0; `plain` marks text that can be no heading
    whatever it looks like (a line of a table of contents, of a letterhead's column).
    """

    text: str
    kind: PassageKind
    place: str
    page: int | None = None
    bbox: BBox | None = None
    row: Row | None = None
    bold: bool = False
    italic: bool = False
    centered: bool = False
    right: bool = False
    size: float = 0.0
    indent: float = 0.0
    level: int = 0
    plain: bool = False
