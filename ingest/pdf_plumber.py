"""The careful route: pdfplumber, for pages whose text pdfium gives in a doubtful state and for files that pdfium does not open."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
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


def _drawings(page: Any) -> Iterator[Any]:
    """The streams that draw the page: its contents and the forms that it places."""
    from pdfminer.pdftypes import PDFStream, resolve1

    yield from (s for s in map(resolve1, page.page_obj.contents) if isinstance(s, PDFStream))
    met: dict[int, Any] = {}  # a form may place itself
    level = [resolve1(page.page_obj.resources)]
    while level:
        named = [resolve1(r.get("XObject")) for r in level if isinstance(r, dict)]
        objects = [resolve1(o) for names in named if isinstance(names, dict) for o in names.values()]
        forms = {id(o): o for o in objects if isinstance(o, PDFStream) and getattr(o.get("Subtype"), "name", "") == "Form"}
        new = [form for key, form in forms.items() if key not in met]
        met.update(forms)
        yield from new
        level = [resolve1(form.get("Resources")) for form in new]


def _packed_as_picture(stream: Any) -> bool:
    from pdfminer.pdftypes import LITERALS_CCITTFAX_DECODE

    return any(name in LITERALS_CCITTFAX_DECODE for name, _ in stream.get_filters())


def read_page(page: Any, number: int) -> PageText:
    """The upright words and ruling lines of a pdfplumber page; words whose letters have no Unicode value ("(cid:12)") are counted. Raises
    what pdfminer meets, and ValueError for a page whose drawing is packed as a fax picture: no sound file does that, and unpacking one of a
    made-up size takes minutes."""
    if any(_packed_as_picture(stream) for stream in _drawings(page)):
        raise ValueError("its drawing is packed as a picture")
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
