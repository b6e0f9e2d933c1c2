"""Pictures of pages (photographs, scans in JPEG or TIFF, scans pasted into a Word file) become a PDF, which is read like any scan."""

from __future__ import annotations

import io
import logging
import time
import warnings
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final

from .reader_types import Unreadable

if TYPE_CHECKING:
    from PIL.Image import Image

_PIXELS: Final = 100_000_000  # a page at 600 dpi has 35 million; a picture that unpacks to more is refused unopened
_SMALLEST: Final = 500  # pixels of the shorter side: emblems and signatures are smaller, pages are not
_PAGE: Final = (8.27, 11.69)  # inches of A4, on which a picture that does not tell its size is laid
_DPI: Final = (100, 1200)  # what a picture of a page may say of itself; cameras say 72 whatever they take
_PAGES: Final = 200
_NO_DATE: Final = time.gmtime(0)
logging.getLogger("PIL").setLevel(logging.ERROR)


def to_pdf(pictures: Iterable[bytes | Path], target: Path, smallest: int = 0) -> int:
    """Writes the pictures as pages of a PDF and returns how many; those that cannot be opened, or whose shorter side has fewer pixels than
    `smallest`, are left out. Raises Unreadable where a picture unpacks to more than a page can have."""
    pages = 0
    target.unlink(missing_ok=True)
    for page in islice((page for picture in pictures for page in _frames(picture, smallest)), _PAGES):
        # One page at a time, for twenty scans unpacked at once take more than a worker may have. Without a date or name of their own the
        # same pictures give the same file, so that what OCR has read of it is found again.
        named = {} if pages else {"title": "scan", "creationDate": _NO_DATE, "modDate": _NO_DATE}
        page.save(target, "PDF", append=pages > 0, resolution=_resolution(page), **named)
        pages += 1
    return pages


def page_sized(pictures: Iterable[bytes], target: Path) -> int:
    """As `to_pdf`, of those pictures that are large enough to be pages."""
    return to_pdf(pictures, target, _SMALLEST)


def _frames(picture: bytes | Path, smallest: int) -> Iterator[Image]:
    """The pages of a picture, upright, in grey or colour; a TIFF may have many."""
    from PIL import Image, ImageOps, ImageSequence

    source = io.BytesIO(picture) if isinstance(picture, bytes) else picture
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(source) as opened:
                if opened.width * opened.height > _PIXELS:
                    raise Unreadable("limit", f"a picture of {opened.width} x {opened.height} pixels", "send it smaller, at 200 dpi")
                if min(opened.size) < smallest:
                    return
                for frame in ImageSequence.Iterator(opened):
                    yield _on_white(ImageOps.exif_transpose(frame))
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError):  # what Pillow raises for a damaged picture
        return


def _on_white(picture: Image) -> Image:
    """In grey or colour, what is transparent as paper."""
    from PIL import Image

    if picture.has_transparency_data:
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        paper.alpha_composite(seen)
        made = paper.convert("RGB")
    else:
        made = picture.convert("L" if picture.mode in ("1", "L", "I;16") else "RGB")
    made.info = picture.info
    return made


def _resolution(picture: Image) -> float:
    told = picture.info.get("dpi", (0, 0))[0]
    if _DPI[0] <= told <= _DPI[1]:
        return float(told)
    short, long = sorted(picture.size)
    return max(short / _PAGE[0], long / _PAGE[1], float(_DPI[0]))
