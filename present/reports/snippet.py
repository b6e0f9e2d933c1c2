"""The page that a quote stands on, as a picture with the quote marked: what an officer puts beside a table to end a discussion.

The file is opened in a process of its own, as for reading: a hostile one costs that process only.
"""

from __future__ import annotations

import hashlib
import io
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Final

from ...errors import InputError
from ...ingest.convert import to_pdf
from ...ingest.discover import Found
from ...ingest.isolation import Failure, run_isolated
from ...ingest.limits import seconds_for
from ...ingest.reader_types import Unreadable
from ...ingest.workroom import Workroom
from ...store.claims import BBox, Place
from ...store.fold import folded

_WRITTEN: Final = {"docx": "docx", "doc": "doc", "odt": "odt", "rtf": "rtf", "html": "html", "txt": "txt"}  # kind: ending for LibreOffice
_INK: Final = (200, 30, 30)
_MARKER: Final = (255, 225, 60)
_AROUND: Final = 70.0  # points above and below a quote that is cut out
_PAD: Final = 2.0  # points between the words and their box
_FEW: Final = 24  # letters of a quote's beginning that still tell it apart, where it runs on over the page's end


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as PNG; `page` is its number in the PDF, `found` whether the words themselves were found: else the whole passage is boxed, or
    nothing where its place is not known."""

    png: bytes
    page: int
    found: bool
    boxed: bool


def snippet(place: Place, dpi: int = 150, cut: bool = False, passwords: Sequence[str] = ()) -> Picture:
    """The page with the quote of `place` marked; with `cut` only what is around it. Raises InputError: the file is gone or has changed, is
    of a kind without pages, LibreOffice is needed and not there, or the page cannot be drawn."""
    with _file(place, passwords) as path, tempfile.TemporaryDirectory(prefix="minhchung-") as folder:
        pdf = path if place.kind == "pdf" else _drawn(place, path, Path(folder))
        work = partial(picture, place, dpi, cut, tuple(passwords))
        results = dict(run_isolated([pdf], work, 1, lambda one: seconds_for(one.stat().st_size)))
        result = results[pdf]
    if isinstance(result, Failure):
        raise InputError(f"The page of {place.file} cannot be drawn: {result.message}.", result.next_step or "Open the file by hand.")
    return result


# ---------------------------------------------------------------- the file


@contextmanager
def _file(place: Place, passwords: Sequence[str]) -> Iterator[Path]:
    """The file as it was read: where it lay, or out of the archive that holds it."""
    path = Path(place.path)
    if path.is_file():
        if _digest(path) != place.sha256:
            raise InputError(f"{path} has changed since it was read.", "Run ingest again, then ask for the evidence by its new id.")
        yield path
        return
    archive = next((one for one in path.parents if one.is_file()), None)
    if archive is None:
        raise InputError(f"{path} is gone.", "Put it back where it was, or run ingest on the folder where it lies now.")
    with Workroom(passwords) as room:
        members = [one.path for one in room.unpack([Found(archive)]) if one.place is not None and not one.ignored]
        there = next((one for one in members if one.is_file() and _digest(one) == place.sha256), None)
        if there is None:
            raise InputError(f"{place.file} is not in {archive} any more, or not as it was read.", "Run ingest again.")
        yield there


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _drawn(place: Place, path: Path, folder: Path) -> Path:
    """A file without pages of its own, drawn by LibreOffice."""
    if place.kind not in _WRITTEN:
        raise InputError(f"{place.file} is of a kind whose pages cannot be drawn ({place.kind}).", "Open the file by hand.")
    try:
        made = to_pdf(path, _WRITTEN[place.kind], folder)
    except Unreadable as fault:
        message = f"The pages of {place.file} cannot be drawn: {fault.issue.message}."
        raise InputError(message, fault.issue.next_step) from fault
    if made is None:
        raise InputError(f"LibreOffice cannot open {place.file}.", "Open the file in Word, save it as PDF, and read that.")
    return made


# ---------------------------------------------------------------- the page


def picture(place: Place, dpi: int, cut: bool, passwords: Sequence[str], pdf: Path) -> Picture:
    """The page of a PDF with the quote marked. Raises what pdfium raises."""
    document = _opened(pdf, passwords)
    try:
        number, boxes = _place(document, place)
        page = document[number - 1]
        passage = place.bbox if not boxes and place.page is not None else None
        return Picture(_png(page, boxes, passage, dpi, cut), number, bool(boxes), bool(boxes or passage))
    finally:
        document.close()


def _opened(pdf: Path, passwords: Sequence[str]) -> Any:
    import pypdfium2

    for password in (None, *passwords):
        try:
            return pypdfium2.PdfDocument(pdf, password=password)
        except pypdfium2.PdfiumError as error:
            fault = error
    raise fault


def _place(document: Any, place: Place) -> tuple[int, list[BBox]]:
    """The page and the boxes of the quote's lines, as pdfium has them (left, bottom, right, top; before the page is turned).

    A page that is known is looked at first, then the
    next, where a passage that runs on may have it; of a file without pages all are looked at."""
    count = len(document)
    first = min(max(place.page or 1, 1), count)
    pages = [first, *range(first + 1, min(first + 2, count + 1))] if place.page else list(range(1, count + 1))
    for wanted in (place.quote, place.quote[: max(_FEW, len(place.quote) // 2)], place.passage[:80]):
        for number in pages:
            if boxes := _boxes(document[number - 1], wanted):
                return number, boxes
    return first, []


def _boxes(page: Any, words: str) -> list[BBox]:
    """Where the words stand on the page, a box a line; [] where they do not. Blanks, line breaks, tone marks and punctuation are not looked
    at: a PDF has its own idea of each."""
    wanted = "".join(char for char in folded(words) if char.isalnum())
    turn = page.get_rotation()
    page.set_rotation(0)  # in memory only: on a page that is turned pdfium takes the lines in another order
    text = page.get_textpage()
    page.set_rotation(turn)
    chars = [text.get_text_range(at, 1) for at in range(text.count_chars())]
    letters = [(at, one) for at, char in enumerate(chars) for one in folded(char) if one.isalnum()]
    start = "".join(one for _, one in letters).find(wanted) if wanted else -1
    if start < 0:
        return []
    return _lines([text.get_charbox(at, loose=True) for at, _ in letters[start : start + len(wanted)]])


def _lines(marks: Sequence[BBox]) -> list[BBox]:
    """Boxes of letters joined into boxes of lines: what overlaps the line by half its height is on it."""
    lines: list[BBox] = []
    for box in marks:
        if lines and min(lines[-1][3], box[3]) - max(lines[-1][1], box[1]) > (box[3] - box[1]) / 2:
            last = lines[-1]
            lines[-1] = (min(last[0], box[0]), min(last[1], box[1]), max(last[2], box[2]), max(last[3], box[3]))
        else:
            lines.append(box)
    return lines


def _pixels(page: Any, bitmap: Any, box: BBox) -> BBox:
    """A box of pdfium's as pixels of the drawn page, whatever its cut and turn."""
    convert = bitmap.get_posconv(page)
    corners = [convert.to_bitmap(box[at], box[up]) for at, up in ((0, 1), (2, 3))]
    (x0, x1), (y0, y1) = (sorted(float(corner[axis]) for corner in corners) for axis in (0, 1))
    return x0, y0, x1, y1


def _png(page: Any, boxes: Sequence[BBox], passage: BBox | None, dpi: int, cut: bool) -> bytes:
    """The page drawn, the boxes marked; without any the passage, whose box is in points from the top left of the upright page."""
    from PIL import Image, ImageChops, ImageDraw

    scale = dpi / 72
    bitmap = page.render(scale=scale)
    drawn = bitmap.to_pil().convert("RGB")
    marker = Image.new("RGB", drawn.size, "white")
    pen = ImageDraw.Draw(marker)
    placed = [_pixels(page, bitmap, box) for box in boxes]
    if passage:
        placed = [(passage[0] * scale, passage[1] * scale, passage[2] * scale, passage[3] * scale)]
    pad = _PAD * scale
    scaled = [(x0 - pad, y0 - pad, x1 + pad, y1 + pad) for x0, y0, x1, y1 in placed]
    for box in scaled:
        pen.rectangle(box, fill=_MARKER)
    drawn = ImageChops.multiply(drawn, marker)
    if scaled:
        around = (min(b[0] for b in scaled), min(b[1] for b in scaled), max(b[2] for b in scaled), max(b[3] for b in scaled))
        ImageDraw.Draw(drawn).rectangle(around, outline=_INK, width=max(2, round(scale)))
        if cut:
            above, below = max(0, around[1] - _AROUND * scale), min(drawn.height, around[3] + _AROUND * scale)
            drawn = drawn.crop((0, round(above), drawn.width, round(below)))
    data = io.BytesIO()
    drawn.save(data, "PNG", optimize=True)
    return data.getvalue()
