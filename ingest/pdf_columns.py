"""Text set side by side: the letterhead's two blocks, the recipients beside the signature. Everything else runs over the full width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .labels import parse_label
from .pdf_words import RowOfWords, Word, joined

# In letter sizes: a gap this wide inside a row suggests two columns (the blanks of justified text stay under it) ...
_SEED_GAP = 2.0
# ... and once they are found, cell padding alone (2 x 5.4 points in Word) keeps them apart in rows that are full on both sides.
_LEAST_GAP = 0.7
_MIDDLE = (0.2, 0.8)
_SIGNING_SPACE = 130.0  # points left blank for signature and stamp
_ADJACENT = 2.5  # in letter sizes


@dataclass(slots=True)
class Gutter:
    """The blank strip between two columns, and the rows `first` to `last` (inclusive) that keep to it."""

    left: float
    right: float
    first: int
    last: int
    both: int = 0

    @property
    def middle(self) -> float:
        """Where it is halved."""
        return (self.left + self.right) / 2


def find_gutters(rows: Sequence[RowOfWords], width: float) -> list[Gutter]:
    """Regions of two columns on a page `width` points wide, from top to bottom, not overlapping."""
    gutters: list[Gutter] = []
    at = 0
    while at < len(rows):
        gutter = _seed(rows, at, width)
        if gutter is not None:
            _grow(rows, gutter, gutters[-1].last + 1 if gutters else 0)
            if _is_real(rows, gutter):
                gutters.append(gutter)
                at = gutter.last
        at += 1
    return gutters


def split(rows: Sequence[RowOfWords], gutter: Gutter) -> tuple[list[list[Word]], list[list[Word]]]:
    """The words of the region's left and right column, row by row, without empty rows."""
    left: list[list[Word]] = []
    right: list[list[Word]] = []
    for row in rows[gutter.first : gutter.last + 1]:
        left.append([w for w in row.words if w.x0 < gutter.middle])
        right.append([w for w in row.words if w.x0 >= gutter.middle])
    return [words for words in left if words], [words for words in right if words]


def _seed(rows: Sequence[RowOfWords], at: int, width: float) -> Gutter | None:
    row = rows[at]
    gaps = _wide_gaps(row)
    if len(gaps) != 1:
        return None
    left, right = gaps[0]
    if not _MIDDLE[0] * width < (left + right) / 2 < _MIDDLE[1] * width:
        return None
    front = joined([w for w in row.words if w.x1 <= left + 0.01])
    label = parse_label(front + " x")
    if label is not None and label.end >= len(front):  # a bullet or number with a tab behind it
        return None
    return Gutter(left, right, at, at, 1)


def _wide_gaps(row: RowOfWords) -> list[tuple[float, float]]:
    least = max(_SEED_GAP * row.size, 20.0)
    return [(a.x1, b.x0) for a, b in zip(row.words, row.words[1:], strict=False) if b.x0 - a.x1 >= least]


def _grow(rows: Sequence[RowOfWords], gutter: Gutter, floor: int) -> None:
    for at in range(gutter.first + 1, len(rows)):
        if not _admit(rows[at], gutter, rows[at].top - rows[at - 1].bottom, downward=True):
            break
        gutter.last = at
    for at in range(gutter.first - 1, floor - 1, -1):
        if not _admit(rows[at], gutter, rows[at + 1].top - rows[at].bottom, downward=False):
            break
        gutter.first = at


def _admit(row: RowOfWords, gutter: Gutter, distance: float, downward: bool) -> bool:
    """Whether the row keeps to the gutter, which is narrowed to it. A row above that stands on the left alone is running text."""
    left = max((w.x1 for w in row.words if w.x0 < gutter.middle), default=None)
    right = min((w.x0 for w in row.words if w.x0 >= gutter.middle), default=None)
    least = max(_LEAST_GAP * row.size, 6.0)
    new_left, new_right = _narrowed(gutter, left, right)
    if new_right - new_left < least:  # a long line in the right column may begin left of the middle ("CỘNG HÒA ..." does)
        left, right = _own_gap(row, gutter)
        new_left, new_right = _narrowed(gutter, left, right)
        if right is None or new_right - new_left < least:
            return False
    if right is None and (not downward or distance > _ADJACENT * row.size):
        return False
    if left is None and distance > (_SIGNING_SPACE if downward else _ADJACENT * row.size):
        return False
    gutter.left, gutter.right = new_left, new_right
    gutter.both += left is not None and right is not None
    return True


def _narrowed(gutter: Gutter, left: float | None, right: float | None) -> tuple[float, float]:
    return gutter.left if left is None else max(gutter.left, left), gutter.right if right is None else min(gutter.right, right)


def _own_gap(row: RowOfWords, gutter: Gutter) -> tuple[float | None, float | None]:
    """The row's own gap that shares most with the gutter; None twice for a single word."""
    gaps = [(a.x1, b.x0) for a, b in zip(row.words, row.words[1:], strict=False)]
    return max(gaps, key=lambda gap: min(gap[1], gutter.right) - max(gap[0], gutter.left), default=(None, None))


def _is_real(rows: Sequence[RowOfWords], gutter: Gutter) -> bool:
    """Two rows that are filled on both sides, or one and enough others; not the rows of a table without lines."""
    region = rows[gutter.first : gutter.last + 1]
    if sum(len(_wide_gaps(row)) > 1 for row in region) > 1:
        return False
    return gutter.both >= 2 or len(region) >= 3
