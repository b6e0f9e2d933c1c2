"""A page that is a picture, read: rendered, set straight, its tables cell by cell, the rest as a page; the same words and lines come out
as from a page with text."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

import numpy as np

from .limits import PAGE_PIXELS
from .model import BBox
from .ocr_cache import load, store
from .ocr_correct import corrected
from .ocr_engine import OcrError, SeenWord, engine, see
from .ocr_image import (
    Gray,
    Mask,
    Segment,
    colours_apart,
    dark,
    rulings,
    skew,
    stands_on_its_side,
    straightened,
    stroke,
    without,
    without_specks,
)
from .pdf_page import PageText
from .pdf_tables import find_grids
from .pdf_words import Word
from .quality import grade

if TYPE_CHECKING:
    from PIL.Image import Image

DPI = 200
FINE_DPI = 300  # for small print
_SMALL_PRINT = 26  # pixels of line height at DPI: about 8 points
_WHOLE_PAGE, _ONE_BLOCK = 3, 6  # tesseract's layouts
_SURE = 50  # confidence under which a sign without letter or figure is a speck
_POOR_CONFIDENCE = 75.0  # good scans reach 90; under this, one letter in ten is wrong
_POOR_VALID = 0.5
_HOPELESS_CONFIDENCE = 35.0
_CERTAIN = 80  # confidence of a line in colour, from which it is text and no stamp
_TABLE_CELLS = 4
_VIETNAMESE = 0.1  # letters that only Vietnamese has, by word: a page of fewer is in another language
_FEW = 8  # words too few to grade
_BOLD = 1.22  # times the usual stroke
_SIZE_STEP = 0.12  # lines whose size differs less from the page's have the page's
_X_SIZE = 1.0  # tesseract's line height by letter size


def read_picture(page: Any, number: int, key: str) -> PageText:
    """The words of a pypdfium2 page, from the cache where it was read before; `key` names the file. Raises OcrError."""
    width, height = page.get_size()
    full_key = f"{key}-{number}-{_version()}"
    kept = load(full_key)
    if kept is not None:
        return _from_kept(kept)
    text = _best_reading(page, number, width, height)
    store(full_key, asdict(text))
    return text


@lru_cache(maxsize=1)
def _version() -> str:
    digest = sha256(str(engine()).encode())
    for name in ("ocr.py", "ocr_image.py", "ocr_engine.py", "ocr_correct.py", "quality.py", "pdf_page.py", "pdf_words.py", "pdf_tables.py"):
        digest.update(Path(__file__).with_name(name).read_bytes())
    for name in ("syllables.txt", "terms.txt"):
        digest.update(Path(__file__).with_name("data").joinpath(name).read_bytes())
    return digest.hexdigest()[:12]


def _from_kept(kept: dict[str, Any]) -> PageText:
    words = [Word(**word) for word in kept.pop("words")]
    lines = [(a, b, c, d) for a, b, c, d in kept.pop("rulings")]
    changes = [(a, b) for a, b in kept.pop("changes")]
    return PageText(words=words, rulings=lines, changes=changes, **kept)


def _best_reading(page: Any, number: int, width: float, height: float) -> PageText:
    """Read as it lies; again finer where the print is small, and turned where nothing sensible came out."""
    dpi = _allowed_dpi(DPI, width, height)
    picture = _rendered(page, dpi)
    best = _Reading(picture, dpi)
    if best.words and best.line_height < _SMALL_PRINT and _allowed_dpi(FINE_DPI, width, height) > dpi:
        dpi = _allowed_dpi(FINE_DPI, width, height)
        picture = _rendered(page, dpi)
        best = max(best, _Reading(picture, dpi), key=_Reading.score)
    if best.poor or best.sideways:
        for turn in (90, 270) if best.sideways else (180,):
            other = _Reading(picture.rotate(turn, expand=True, fillcolor="white"), dpi)
            best = max(best, other, key=_Reading.score)
            if not best.poor and not best.sideways:
                break
    return best.page(number)


def _allowed_dpi(wanted: float, width: float, height: float) -> float:
    """The resolution at which a page of so many points stays under the pixel cap; at least 1."""
    area = max(1.0, width * height) / 72.0**2
    return max(1.0, min(wanted, math.sqrt(PAGE_PIXELS / area)))


def _rendered(page: Any, dpi: float) -> Image:
    width, height = page.get_size()
    if width * height * (dpi / 72.0) ** 2 > 2 * PAGE_PIXELS or max(width, height) * dpi / 72.0 > 60_000:
        raise OcrError(f"the page is {width / 72:.0f} by {height / 72:.0f} inches, too large to be read as a picture")
    bitmap = page.render(scale=dpi / 72.0, may_draw_forms=True)
    try:
        picture: Image = bitmap.to_pil().copy()  # the bitmap's own memory is freed
    finally:
        bitmap.close()
    return picture if picture.mode == "RGB" else picture.convert("L")


class _Reading:
    """One attempt at a picture: what was seen in it and how good it is."""

    def __init__(self, picture: Image, dpi: float) -> None:
        self.dpi = dpi
        self.scale = 72.0 / dpi
        black, coloured = colours_apart(picture)
        tilt = skew(dark(np.asarray(black)))
        level = straightened(black, tilt)
        self.across, self.down = rulings(dark(np.asarray(level)), dpi)  # thin lines do not outlive the smoothing
        self.coloured = None if coloured is None else straightened(coloured, tilt)
        if self.coloured is not None:
            self._add_coloured_rulings(self.coloured)
        self.gray: Gray = np.asarray(without_specks(level))
        self.ink: Mask = dark(self.gray)
        self.clear: Gray = self._unruled(self.gray)
        self.clear_ink: Mask = self.ink & (self.clear < 255)
        self.sideways = stands_on_its_side(self.clear_ink)
        self.words = [w for w in self._seen() if w.confidence >= _SURE or any(map(str.isalnum, w.text))]
        heights = [w.line_height for w in self.words if len(w.text) > 1]
        self.line_height = median(heights) if heights else 1.0
        self.word_height = median([w.word_height for w in self.words if len(w.text) > 1] or [1.0])
        self.confidence = _mean([(w.confidence, len(w.text)) for w in self.words])
        self.grade = grade(" ".join(w.text for w in self.words))

    @property
    def poor(self) -> str:
        """Why this reading cannot be relied on, or ''."""
        if len(self.words) < _FEW:
            return "" if self.confidence >= _POOR_CONFIDENCE or not self.clear_ink.any() else "hardly a word can be made out"
        if self.confidence < _POOR_CONFIDENCE:
            return f"its letters are hard to make out (confidence {self.confidence:.0f} of 100)"
        if self.grade.valid < _POOR_VALID and self.grade.marked > _VIETNAMESE:
            return f"only {self.grade.valid:.0%} of its words are Vietnamese"
        return ""

    def score(self) -> float:
        """For choosing between readings of the same page."""
        level = 0.3 if self.sideways else 1.0  # tesseract may read single lines that run up the page, but not in order
        return level * self.confidence * (0.5 + self.grade.valid) * min(1.0, len(self.words) / _FEW)

    def _seen(self) -> list[SeenWord]:
        """What is printed in black, and the words printed in colour: of what is left when stamps and signatures go, only what is read for
        certain and not read already."""
        words = self._read(self.clear, self.clear_ink)
        if self.coloured is None:
            return words
        clear = self._unruled(np.asarray(self.coloured))
        found = [w for w in self._read(clear, dark(clear)) if not any(_overlap(w, other) for other in words)]
        return words + [w for w in found if _is_certain(w, found)]

    def _unruled(self, gray: Gray) -> Gray:
        return without(gray, self.across + self.down, max(1, round(self.dpi / 150)))

    def _read(self, clear: Gray, ink: Mask) -> list[SeenWord]:
        """The words in a picture without rulings: cell by cell, then the rest as a page."""
        cells = [cell for grid in find_grids(self._rulings()) for cell in grid]
        boxes = [box for cell in cells if (box := self._inside(cell, ink)) is not None]
        words: list[SeenWord] = []
        if boxes:
            pictures = [_cut(clear, box) for box in boxes]
            for (x0, top, _, _), seen in zip(boxes, see(pictures, _ONE_BLOCK), strict=True):
                words.extend(_moved(w, x0 - _PADDING, top - _PADDING) for w in seen)
        rest = without(clear, [self._pixels(cell) for cell in cells], 1)
        if (dark(rest) & ink).any():
            from PIL import Image

            words.extend(see([Image.fromarray(rest)], _WHOLE_PAGE)[0])
        return words

    def _add_coloured_rulings(self, coloured: Image) -> None:
        """Tables may be ruled in colour; the edges of stamps enclose no cells beside each other."""
        across, down = rulings(dark(np.asarray(coloured)), self.dpi)
        kept = self.across, self.down
        count = sum(map(len, find_grids(self._rulings())))
        self.across, self.down = self.across + across, self.down + down
        if sum(map(len, find_grids(self._rulings()))) < count + _TABLE_CELLS:
            self.across, self.down = kept

    def _rulings(self) -> list[BBox]:
        """In points, each on the middle of its line."""
        lines: list[BBox] = [(a, (t + b) / 2, c, (t + b) / 2) for a, t, c, b in self.across]
        lines += [((a + c) / 2, t, (a + c) / 2, b) for a, t, c, b in self.down]
        return [(a * self.scale, b * self.scale, c * self.scale, d * self.scale) for a, b, c, d in lines]

    def _pixels(self, box: BBox) -> Segment:
        height, width = self.gray.shape
        x0, top, x1, bottom = (round(v / self.scale) for v in box)
        return max(0, x0), max(0, top), min(width, x1), min(height, bottom)

    def _inside(self, cell: BBox, ink: Mask) -> Segment | None:
        """The cell without its border; None where there is nothing in it."""
        x0, top, x1, bottom = self._pixels(cell)
        edge = max(2, round(self.dpi / 80))
        box = (x0 + edge, top + edge, x1 - edge, bottom - edge)
        if box[2] - box[0] < 6 or box[3] - box[1] < 6:
            return None
        return box if int(ink[box[1] : box[3], box[0] : box[2]].sum()) > 12 else None

    def page(self, number: int) -> PageText:
        """As words in points."""
        height, width = self.gray.shape
        strokes = [stroke(self.clear_ink, (w.x0, w.top, w.x1, w.bottom)) / max(1.0, w.line_height) for w in self.words]
        usual = median([s for s, w in zip(strokes, self.words, strict=True) if len(w.text) > 1] or [1.0])
        texts = [w.text for w in self.words]
        changes: list[tuple[str, str]] = []
        if self.grade.marked > _VIETNAMESE:
            texts, changes = corrected([(w.text, w.confidence) for w in self.words])
        words = [
            self._word(replace(w, text=text), s > _BOLD * usual) for w, text, s in zip(self.words, texts, strokes, strict=True) if text
        ]
        hopeless = self.poor and self.confidence < _HOPELESS_CONFIDENCE
        return PageText(
            number,
            width * self.scale,
            height * self.scale,
            [] if hopeless else words,
            self._rulings(),
            picture=1.0,
            drawn=True,
            ocr=True,
            poor=self.poor,
            changes=changes,
        )

    def _word(self, seen: SeenWord, bold: bool) -> Word:
        sizes = (seen.line_height / self.line_height, seen.word_height / self.word_height)
        size = min(sizes, key=lambda s: abs(s - 1))  # tesseract's line height jumps where lines stand close
        height = self.line_height * (1.0 if abs(size - 1) <= _SIZE_STEP else size)
        k = self.scale
        top, bottom = seen.base - 0.78 * height, seen.base + 0.22 * height
        return Word(seen.text, seen.x0 * k, seen.x1 * k, top * k, bottom * k, round(height * k * _X_SIZE, 1), bold, False)


def _overlap(one: SeenWord, other: SeenWord) -> bool:
    width, height = min(one.x1, other.x1) - max(one.x0, other.x0), min(one.bottom, other.bottom) - max(one.top, other.top)
    return width > 0 and height > 0 and width * height > 0.2 * (one.x1 - one.x0) * (one.bottom - one.top)


def _is_certain(word: SeenWord, words: Sequence[SeenWord]) -> bool:
    """Whether a coloured word is text: its line is seen clearly. What is written round a stamp is not."""
    line = [w for w in words if abs(w.base - word.base) < word.line_height]
    return _mean([(w.confidence, len(w.text)) for w in line]) >= _CERTAIN


_PADDING = 12  # pixels of paper around a cell: tesseract expects a margin


def _cut(gray: Gray, box: Segment) -> Image:
    from PIL import Image

    x0, top, x1, bottom = box
    canvas = np.full((bottom - top + 2 * _PADDING, x1 - x0 + 2 * _PADDING), 255, np.uint8)
    canvas[_PADDING:-_PADDING, _PADDING:-_PADDING] = gray[top:bottom, x0:x1]
    return Image.fromarray(canvas)


def _moved(word: SeenWord, x: int, y: int) -> SeenWord:
    return replace(word, x0=word.x0 + x, x1=word.x1 + x, top=word.top + y, bottom=word.bottom + y, base=word.base + y)


def _mean(weighted: Sequence[tuple[float, int]]) -> float:
    total = sum(weight for _, weight in weighted)
    return sum(value * weight for value, weight in weighted) / total if total else 0.0
