"""The fast route: pdfium's text with places and fonts, and the ruling lines among its drawings.

pdfium has two habits that are mended here or by `pdf_words.joined`: a hyphen at the end of a line comes as U+FFFE or U+0002 with the next
line's word right behind it; and it makes blanks of its own where a gap is narrow, so that words are joined again by their distance.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import pypdfium2.raw as c
from numpy.typing import NDArray

from .legacy import decode_by_font, with_horns
from .limits import PAGE_CHARACTERS
from .model import BBox
from .pdf_looks import Runs, Turn, address, runs_of
from .pdf_page import UNMAPPED, PageText
from .pdf_rulings import page_drawings
from .pdf_words import GLUE, Word

_HYPHEN = str.maketrans({"\x02": "-", "\ufffe": "-"})
_FEW_DRAWINGS = 3  # a rule, a frame: nothing that could be text drawn as shapes
_ODD = re.compile("[\x02\ufffe\ufffd\ue000-\uf8ff]")
_WORD_GAP = 0.6  # in letter sizes
_SAME_LINE = 1.0  # points: in some fonts each letter has a box of its own height

_Boxes = NDArray[np.float32]  # left, top, right, bottom in user space, a row for each run
# Asked twice for every word, so without the conversions that pypdfium2's typed pointers cost.
_get_box = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p)(address(c.FPDFText_GetLooseCharBox))


def read_page(page: Any, number: int) -> PageText:
    """The upright words and ruling lines of a pypdfium2 page; most of its words decide what is upright. Raises PdfiumError, ValueError."""
    drawings = page_drawings(page)
    textpage = page.get_textpage()
    try:
        content = _words(textpage.raw, page)
    finally:
        textpage.close()
    content.number = number
    content.picture = min(1.0, drawings.picture_area / max(1.0, content.width * content.height))
    content.drawn = drawings.picture_area > 0 or drawings.seen > _FEW_DRAWINGS
    content.rulings = [_placed(line, page.get_bbox(), content.turn) for line in drawings.lines]
    return content


def _words(raw: Any, page: Any) -> PageText:
    count = c.FPDFText_CountChars(raw)
    if count > PAGE_CHARACTERS:
        raise ValueError(f"the page has {count} characters")
    text = _characters(raw, count) if count > 0 else ""
    runs = runs_of(raw, text)
    turn = _main_turn(runs, page)
    sheet = page.get_bbox()
    width, height = sheet[2] - sheet[0], sheet[3] - sheet[1]
    if turn % 2:
        width, height = height, width
    content = PageText(0, width, height, turn=turn)
    texts = [text[start:end] for start, end in runs.spans]
    if _ODD.search(text):
        content.unknown = sum(1 for word in texts if UNMAPPED.search(word))
        texts = [UNMAPPED.sub("", word.translate(_HYPHEN)) for word in texts]
    for word, own_turn in _pieces(texts, runs, _boxes(raw, runs)) if texts else ():
        if own_turn != turn or not word.text:
            continue
        word.x0, word.top, word.x1, word.bottom = _placed((word.x0, word.bottom, word.x1, word.top), sheet, turn)
        if -width < word.x0 < 2 * width and -height < word.top < 2 * height:
            content.words.append(word)
    return content


def _main_turn(runs: Runs, page: Any) -> Turn:
    """How most of the page's characters are turned; a page without any as its sheet is."""
    kinds = {look.turn for _, look, _ in runs.looks}
    if len(kinds) == 1 and (only := kinds.pop()) is not None:
        return only
    turns: Counter[Turn] = Counter()
    at = 0
    for count, look, _ in runs.looks:
        if look.turn is not None:
            turns[look.turn] += sum(end - start for start, end in runs.spans[at : at + count])
        at += count
    return turns.most_common(1)[0][0] if turns else int(-page.get_rotation() // 90 % 4)


def _pieces(texts: list[str], runs: Runs, boxes: _Boxes) -> Iterator[tuple[Word, Turn | None]]:
    """Runs of one text object that follow each other at the distance of a blank, made one, in user space (`top` above `bottom`), and their
    turn. Single words make every later step slower; those at a wider distance stay apart, for they may stand in different columns.
    """
    left, top, right, bottom = boxes.T
    counts = [count for count, *_ in runs.looks]
    sizes = np.repeat([look.size for _, look, _ in runs.looks], counts)
    gaps = left[1:] - right[:-1]
    begins = np.repeat([look.turn != 0 for _, look, _ in runs.looks], counts)
    begins[1:] |= (np.abs(gaps) >= _WORD_GAP * sizes[1:]) | (np.abs(bottom[1:] - bottom[:-1]) >= _SAME_LINE)
    changes = [True, *(one != two for (_, _, one), (_, _, two) in pairwise(runs.looks))]
    begins[np.cumsum([0, *counts[:-1]])[changes]] = True
    starts = np.flatnonzero(begins)
    glued = set((np.flatnonzero((gaps <= GLUE * sizes[1:]) & ~begins[1:]) + 1).tolist())
    looks = np.repeat(np.arange(len(counts)), counts)[starts].tolist()
    lefts, rights, bottoms = left.tolist(), right.tolist(), bottom.tolist()
    firsts, tops = starts.tolist(), np.maximum.reduceat(top, starts).tolist()
    for first, beyond, high, kind in zip(firsts, [*firsts[1:], len(texts)], tops, looks, strict=True):
        look, x = runs.looks[kind][1], lefts[first]
        text, second = _joined(texts, first, beyond, glued)
        if look.coding:
            text = decode_by_font(with_horns(text, look.coding), look.coding)
        ends = (rights[second - 1] - x, lefts[second] - x) if second else (0.0, 0.0)
        yield Word(text, x, rights[beyond - 1], high, bottoms[first], look.size, look.bold, look.italic, *ends), look.turn


def _joined(texts: list[str], first: int, beyond: int, glued: set[int]) -> tuple[str, int]:
    """The text of some runs, blanks between them but before those that are `glued`; which one begins the second word, 0 for none."""
    if beyond - first == 1:
        return texts[first], 0
    inside = glued and glued.intersection(range(first, beyond))
    if not inside:
        return " ".join(texts[first:beyond]), first + 1
    spaced = (texts[at] if at == first or at in inside else f" {texts[at]}" for at in range(first, beyond))
    return "".join(spaced), next((at for at in range(first + 1, beyond) if at not in inside), 0)


def _boxes(raw: Any, runs: Runs) -> _Boxes:
    """Where the runs stand: from the first character to the last."""
    handle = address(raw)
    ends = np.empty((len(runs.spans), 8), np.float32)  # for each run the box (left, top, right, bottom) of its first and last character
    where = ends.ctypes.data
    for start, end in runs.spans:
        _get_box(handle, start, where)
        _get_box(handle, end - 1, where + 16)
        where += 32
    boxes: _Boxes = ends[:, [0, 1, 6, 3]]
    if all(look.plain for _, look, _ in runs.looks):
        return boxes
    at = 0
    for count, look, _ in runs.looks:
        some = slice(at, at + count)
        if look.turn != 0:
            boxes[some, 0::3] = np.minimum(ends[some, 0:4:3], ends[some, 4:8:3])
            boxes[some, 1:3] = np.maximum(ends[some, 1:3], ends[some, 5:7])
        elif look.lent:
            boxes[some, 2] = [_own_right(handle, runs.spans[i][1], float(ends[i, 4]), float(ends[i, 6])) for i in range(at, at + count)]
        at += count
    return boxes


def _own_right(handle: int, end: int, left: float, right: float) -> float:
    """Where a word ends in a font that pdfium had to replace: boxes are of the replacing letters, wider than the room they are given, so
    that the next character's left decides; the last one has none that is right of it."""
    following = c.FS_RECTF()
    _get_box(handle, end, ctypes.addressof(following))
    return float(following.left) if left < following.left < right else right


def _placed(box: BBox, sheet: tuple[float, float, float, float], turn: Turn) -> BBox:
    """From user space (left, bottom, right, top; y upwards) to points from the top left of the page with its text upright."""
    left, bottom, right, top = sheet
    if turn == 0:
        return box[0] - left, top - box[3], box[2] - left, top - box[1]
    if turn == 1:  # text runs upwards
        return box[1] - bottom, box[0] - left, box[3] - bottom, box[2] - left
    if turn == 2:
        return right - box[2], box[1] - bottom, right - box[0], box[3] - bottom
    return top - box[3], right - box[2], top - box[1], right - box[0]


def _characters(raw: Any, count: int) -> str:
    """The page's text, one character for each index; in one call where pdfium leaves none out."""
    buffer = (ctypes.c_ushort * (count + 1))()
    written = c.FPDFText_GetText(raw, 0, count, buffer)
    text = bytes(buffer)[: 2 * (written - 1)].decode("utf-16-le", "replace")
    if len(text) == count:
        return text
    return "".join(_character(c.FPDFText_GetUnicode(raw, i)) for i in range(count))


def _character(code: int) -> str:
    return "\ufffd" if code == 0 or code > 0x10FFFF or 0xD800 <= code < 0xE000 else chr(code)
