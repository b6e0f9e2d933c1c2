"""Tesseract, through pytesseract: whether it is there, and pictures of text in, words with boxes and confidence out."""

from __future__ import annotations

import os
import re
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from .limits import OCR_CALL_SECONDS

if TYPE_CHECKING:
    from PIL.Image import Image

LANGUAGE = "vie"
INSTALL = "install OCR (Debian, Ubuntu: apt-get install tesseract-ocr tesseract-ocr-vie; macOS: brew install tesseract tesseract-lang)"
_BOX = re.compile(r"bbox (-?\d+) (-?\d+) (-?\d+) (-?\d+)")
_BASELINE = re.compile(r"baseline (-?[\d.]+) (-?[\d.]+)")
_SIZE = re.compile(r"x_size ([\d.]+)")
_CONFIDENCE = re.compile(r"x_wconf (\d+)")


class OcrError(Exception):
    """Tesseract ended with a fault or took too long."""


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word in a picture: pixels from its top left. `base` is the height of its line's baseline below it, `line_height` the line's from
    the tallest letter to the lowest, `word_height` the middle of its words' own; `confidence` is 0 to 100."""

    text: str
    x0: int
    top: int
    x1: int
    bottom: int
    base: float
    line_height: float
    word_height: float
    confidence: int


@lru_cache(maxsize=1)
def engine() -> str | None:
    """Tesseract's version where it and its Vietnamese data are installed ("5.3.0"), else None."""
    try:
        import pytesseract

        languages = pytesseract.get_languages()
        return str(pytesseract.get_tesseract_version()) if LANGUAGE in languages else None
    except (OSError, subprocess.SubprocessError, SystemExit):  # TesseractNotFoundError is an OSError; an odd version ends with SystemExit
        return None


def see(pictures: Sequence[Image], layout: int) -> list[list[SeenWord]]:
    """The words of each picture, in one call. `layout` is tesseract's page segmentation mode: 3 for pages, 6 for one block such as a cell.

    Raises OcrError.
    """
    import pytesseract

    os.environ["OMP_THREAD_LIMIT"] = "1"  # tesseract's own threads make it several times slower
    with tempfile.TemporaryDirectory(prefix="minhchung-ocr-") as folder:
        names = []
        for number, picture in enumerate(pictures):
            names.append(Path(folder, f"{number}.png"))
            picture.save(names[-1], compress_level=1)
        batch = Path(folder, "pictures.txt")
        batch.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")
        config = f"--psm {layout} --dpi 200"
        try:
            found = pytesseract.image_to_pdf_or_hocr(str(batch), LANGUAGE, config, extension="hocr", timeout=OCR_CALL_SECONDS)
        except (RuntimeError, OSError) as fault:  # TesseractError and the time-out are RuntimeErrors
            raise OcrError(str(fault)) from fault
    pages = _parsed(found)
    if len(pages) != len(pictures):
        raise OcrError(f"{len(pages)} results for {len(pictures)} pictures")
    return pages


def _parsed(hocr: bytes) -> list[list[SeenWord]]:
    from lxml import html

    root = html.fromstring(hocr)
    pages: list[list[SeenWord]] = []
    for page in root.iter("div"):
        if page.get("class") == "ocr_page":
            pages.append([])
            for line in page.iter("span"):
                if _BASELINE.search(line.get("title", "")):
                    pages[-1].extend(_words(line))
    return pages


def _words(line: object) -> list[SeenWord]:
    title = line.get("title")  # type: ignore[attr-defined]
    x0, _, _, bottom = map(int, _BOX.search(title).groups())  # type: ignore[union-attr]
    slope, offset = map(float, _BASELINE.search(title).groups())  # type: ignore[union-attr]
    size = _SIZE.search(title)
    spans = [(s.get("title"), "".join(s.itertext()).strip()) for s in line.iter("span") if s.get("class") == "ocrx_word"]  # type: ignore[attr-defined]
    boxes = [tuple(map(int, _BOX.search(own).groups())) for own, _ in spans]  # type: ignore[union-attr]
    middle = float(median(d - b for _, b, _, d in boxes)) if boxes else 0.0
    words = []
    for (own, text), (a, b, c, d) in zip(spans, boxes, strict=True):
        if not text:
            continue
        base = bottom + offset + slope * ((a + c) / 2 - x0)
        height = float(size[1]) if size else float(d - b)
        words.append(SeenWord(text, a, b, c, d, base, height, middle, int(_CONFIDENCE.search(own)[1])))  # type: ignore[index]
    return words
