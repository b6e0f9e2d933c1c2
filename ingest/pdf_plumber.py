"""The careful route: pdfplumber, for pages whose text pdfium gives in a doubtful state and for files that pdfium does not open."""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any

from .legacy import coding_of_font, decode_by_font, with_horns
from .pdf_page import UNMAPPED, PageText
from .pdf_words import Word, family_of, is_bold, is_italic

_CID = re.compile(r"\(cid:\d+\)")


def open_file(path: Path, password: str = "") -> Any:
    """The opened file. Raises whatever pdfminer meets."""
    import pdfplumber

    # Both talk of every flaw they forgive; what matters comes out as an Issue.
    for library in ("pdfminer", "pdfplumber"):
        logging.getLogger(library).setLevel(logging.ERROR)
    pdf = pdfplumber.open(path, password=password)
    len(pdf.pages)
    return pdf


def is_locked(fault: BaseException) -> bool:
    """Whether what `open_file` raised means that a password is needed. pdfplumber wraps what pdfminer raises."""
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    return any(isinstance(f, PDFPasswordIncorrect) for f in (fault, *fault.args, fault.__cause__, fault.__context__))


def read_page(page: Any, number: int) -> PageText:
    """The upright words and ruling lines of a pdfplumber page; words whose letters have no Unicode value ("(cid:12)") are counted."""
    words: list[Word] = []
    unknown = 0
    for raw in page.extract_words(extra_attrs=["fontname", "size"], x_tolerance_ratio=0.18, y_tolerance=2, keep_blank_chars=False):
        text = raw["text"]
        if "(cid:" in text or UNMAPPED.search(text):
            unknown += 1
            text = UNMAPPED.sub("", _CID.sub("", text))
            if not text:
                continue
        font = raw["fontname"] or ""
        coding = coding_of_font(family_of(font))
        text = decode_by_font(with_horns(text, coding), coding) if coding else text
        words.append(Word(text, raw["x0"], raw["x1"], raw["top"], raw["bottom"], raw["size"], is_bold(font), is_italic(font)))
    width, height = float(page.width), float(page.height)
    rulings = [(e["x0"], e["top"], e["x1"], e["bottom"]) for e in page.edges if e["orientation"] in ("h", "v")]
    pictures = sum((i["x1"] - i["x0"]) * (i["bottom"] - i["top"]) for i in page.images)
    drawn = bool(page.images or page.curves or len(page.rects) > 3)
    return PageText(number, width, height, words, rulings, unknown, min(1.0, pictures / max(1.0, width * height)), drawn)
