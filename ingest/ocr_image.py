"""What is done to the picture of a page before and beside OCR: set straight, ruling lines found and taken out, strokes measured."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from PIL.Image import Image

Gray = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Segment = tuple[int, int, int, int]

_STEEPEST = 5.0  # degrees: no scanner feeds paper more askew
_LEFT_OF_COLOUR = 0.3  # share of the ink that is still there without the coloured; less means that the print itself is coloured
_BRIGHT = 110  # of 255: coloured ink on paper reaches this in its strongest colour; black under it does not
_TINTED = 0.35  # share of the strongest colour by which the weakest is less; grays and the fringes of letters stay under it
_COARSE = 4  # dots that make one, for finding filled grounds
_FILL = 7  # so many of them across: a tenth of an inch and more is no stroke of a letter
_FILLED = 0.6  # share of ink around a dot of a ground; letters take a fifth of it away
_LETTERS = 400  # dots of coloured ink that may be a word
_CONTRAST = 40  # grays between paper and ink, at least; a picture of less shows nothing
_SPECKS = 0.0005  # dots with paper around them by pixel of the page, from which they hurt more than smoothing
_SKEWED = 0.12  # degrees under which turning blurs more than it helps
# In inches. Letters of text have no strokes so long; cells of a table are larger.
_LEAST_ACROSS = 0.45
_LEAST_DOWN = 0.28
_THICKEST = 0.06


def colours_apart(picture: Image) -> tuple[Image, Image | None]:
    """Two gray pictures: what is printed in black or gray, without stamps and ink of any colour, and what is in colour, where there is
    enough of it for letters. A page printed in one colour is its own black; light letters on a dark ground are made dark on light."""
    from PIL import Image as Images

    plain = np.asarray(picture.convert("L"))
    ink = dark(plain)
    grounds = _grounds(ink)
    if picture.mode != "RGB":
        return Images.fromarray(_turned_over(plain, plain, grounds)), None
    colours = np.asarray(picture)
    red, green, blue = colours[..., 0], colours[..., 1], colours[..., 2]
    strongest, weakest = np.maximum(np.maximum(red, green), blue), np.minimum(np.minimum(red, green), blue)
    # Black under the ink of a stamp is tinted, but dark in all three colours: only ink on paper is strong in one.
    inked = (strongest > _BRIGHT) & (strongest - weakest > _TINTED * strongest.astype(np.float32)) & ~grounds
    coloured = int((inked & ink).sum())
    black = np.where(inked, 255, strongest).astype(np.uint8)
    if int(dark(black).sum()) <= _LEFT_OF_COLOUR * int(ink.sum()):
        return Images.fromarray(_turned_over(plain, plain, grounds)), None
    rest = Images.fromarray(np.where(inked, plain, 255).astype(np.uint8)) if coloured >= _LETTERS else None
    return Images.fromarray(_turned_over(black, plain, grounds)), rest


def _grounds(ink: Mask) -> Mask:
    """Where the page is filled with ink, as behind the heads of tables, the letters on it included."""
    height, width = (length // _COARSE for length in ink.shape)
    dots = ink[: height * _COARSE, : width * _COARSE].reshape(height, _COARSE, width, _COARSE).sum(axis=(1, 3), dtype=np.int32)
    filled = np.zeros(ink.shape, dtype=np.bool_)
    half = _FILL // 2
    sums = np.pad(np.pad(dots, half).cumsum(axis=0).cumsum(axis=1), ((1, 0), (1, 0)))
    around = sums[_FILL:, _FILL:] - sums[:-_FILL, _FILL:] - sums[_FILL:, :-_FILL] + sums[:-_FILL, :-_FILL]
    core = around > _FILLED * (_FILL * _COARSE) ** 2
    core[1:] |= core[:-1]
    core[:-1] |= core[1:]
    core[:, 1:] |= core[:, :-1]
    core[:, :-1] |= core[:, 1:]
    filled[: height * _COARSE, : width * _COARSE] = core.repeat(_COARSE, axis=0).repeat(_COARSE, axis=1)
    return filled


def _turned_over(gray: Gray, plain: Gray, grounds: Mask) -> Gray:
    """A copy with the grounds, as `plain` shows them, made light and what is light on them dark."""
    if not grounds.any():
        return gray
    over = 255.0 - plain[grounds]
    turned = gray.copy()
    turned[grounds] = np.minimum(255.0, over * (255.0 / max(1.0, float(np.median(over)) - _CONTRAST / 4))).astype(np.uint8)
    return turned


def dark(gray: Gray) -> Mask:
    """Where there is ink. The limit lies between the paper and the ink of this very picture (Otsu's method)."""
    counts = np.bincount(gray.ravel(), minlength=256).astype(np.float64)
    below = np.cumsum(counts)
    darkest, usual = (int(np.searchsorted(below, share * below[-1])) for share in (0.0005, 0.5))
    if usual - darkest < _CONTRAST:
        return np.zeros(gray.shape, dtype=np.bool_)
    above = below[-1] - below
    weighted = np.cumsum(counts * np.arange(256))
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (weighted / below - (weighted[-1] - weighted) / above) ** 2
    limit = int(np.nanargmax(between)) if np.isfinite(between).any() else 127
    return gray <= min(max(limit, 60), 200)


def skew(ink: Mask) -> float:
    """By how many degrees the text lines run down to the right: the angle at which the ink falls onto the sharpest rows."""
    step = max(1, ink.shape[1] // 850)
    ys, xs = np.nonzero(ink[::step, ::step])
    if len(ys) < 500:
        return 0.0
    if len(ys) > 60_000:
        keep = np.linspace(0, len(ys) - 1, 60_000).astype(np.int64)
        ys, xs = ys[keep], xs[keep]
    best = max(np.arange(-_STEEPEST, _STEEPEST + 0.01, 0.5), key=lambda a: _sharpness(ys, xs, float(a)))
    return float(max(np.arange(best - 0.5, best + 0.51, 0.1), key=lambda a: _sharpness(ys, xs, float(a))))


def _sharpness(ys: NDArray[Any], xs: NDArray[Any], degrees: float) -> float:
    rows = (ys - xs * np.tan(np.radians(degrees))).astype(np.int64)
    counts = np.bincount(rows - rows.min()).astype(np.float64)
    return float(np.sum((counts[1:] - counts[:-1]) ** 2))


def straightened(picture: Image, degrees: float) -> Image:
    """The gray picture with its text lines level, which run down by so many degrees."""
    from PIL.Image import Resampling

    if abs(degrees) < _SKEWED:
        return picture
    return picture.rotate(degrees, Resampling.BICUBIC, fillcolor=255)


def without_specks(picture: Image) -> Image:
    """The gray picture smoothed if it is sown with single dots, as photocopies are; else as it is."""
    from PIL import ImageFilter

    ink = dark(np.asarray(picture))
    beside = ink[1:-1, :-2] | ink[1:-1, 2:] | ink[:-2, 1:-1] | ink[2:, 1:-1]
    alone = int((ink[1:-1, 1:-1] & ~beside).sum())
    return picture.filter(ImageFilter.MedianFilter(3)) if alone > _SPECKS * ink.size else picture


def stands_on_its_side(ink: Mask) -> bool:
    """Whether the text lines run up or down the picture: ink is then in stripes across the columns, not the rows."""
    rows, columns = ink.sum(axis=1).astype(np.float64), ink.sum(axis=0).astype(np.float64)
    return bool(np.sum(np.diff(columns) ** 2) > np.sum(np.diff(rows) ** 2))


def rulings(ink: Mask, dpi: float) -> tuple[list[Segment], list[Segment]]:
    """The horizontal and the vertical ruling lines as (x0, top, x1, bottom) in pixels."""
    thickest = max(3, round(_THICKEST * dpi))
    across = _long_runs(ink, round(_LEAST_ACROSS * dpi))
    down = _long_runs(ink.T, round(_LEAST_DOWN * dpi))
    horizontal = [(a, y0, b, y1) for y0, y1, a, b in _merged(across, thickest)]
    vertical = [(x0, a, x1, b) for x0, x1, a, b in _merged(down, thickest)]
    return horizontal, vertical


def _long_runs(ink: Mask, least: int) -> list[tuple[int, int, int]]:
    """(row, start, end) of every run of ink of `least` pixels, a wobble of one pixel up or down and single holes allowed."""
    thick = ink.copy()
    thick[1:] |= ink[:-1]
    thick[:-1] |= ink[1:]
    thick[:, 1:-1] |= thick[:, :-2] & thick[:, 2:]
    if thick.shape[1] <= least:
        return []
    sums = np.cumsum(thick, axis=1, dtype=np.int32)
    window = sums[:, least:] - sums[:, :-least]
    full = window >= least
    found = []
    for row in np.nonzero(full.any(axis=1))[0]:
        flags = np.diff(np.concatenate(([0], full[row].view(np.int8), [0])))
        for start, end in zip(np.nonzero(flags == 1)[0], np.nonzero(flags == -1)[0], strict=True):
            found.append((int(row), int(start) + 1, int(end) + least))
    return found


def _merged(runs: list[tuple[int, int, int]], thickest: int) -> list[tuple[int, int, int, int]]:
    """Runs on neighbouring rows made one line (first row, last row, start, end); thicker bars than `thickest` are no lines."""
    open_lines: list[list[int]] = []
    done: list[list[int]] = []
    for row, start, end in runs:
        still: list[list[int]] = []
        for line in open_lines:
            (still if line[1] >= row - 2 else done).append(line)
        open_lines = still
        mine = next((n for n in open_lines if n[2] <= end and start <= n[3]), None)
        if mine is None:
            open_lines.append([row, row, start, end])
        else:
            mine[1], mine[2], mine[3] = row, min(mine[2], start), max(mine[3], end)
    return [(a, b, c, d) for a, b, c, d in [*done, *open_lines] if b - a <= thickest]


def without(gray: Gray, boxes: list[Segment], around: int) -> Gray:
    """A copy in which the boxes, and `around` pixels more on each side, are paper."""
    copy = gray.copy()
    for x0, top, x1, bottom in boxes:
        copy[max(0, top - around) : bottom + around + 1, max(0, x0 - around) : x1 + around + 1] = 255
    return copy


def stroke(ink: Mask, box: Segment) -> float:
    """How thick the strokes in the box are, in pixels: twice the ink's area by the length of its outline. 0 for an empty box."""
    x0, top, x1, bottom = box
    part = ink[top:bottom, x0:x1]
    outline = int((part[1:] != part[:-1]).sum()) + int((part[:, 1:] != part[:, :-1]).sum())
    return 2.0 * float(part.sum()) / outline if outline else 0.0
