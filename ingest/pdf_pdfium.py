"""The fast route: pdfium's text with places and fonts, and the ruling lines among its drawings.

pdfium has two habits that are mended here or by `pdf_words.joined`: a hyphen at the end of a line comes as U+FFFE or U+0002 with the next
line's word right behind it; and it makes blanks of its own where a gap is narrow, so that words are joined again by their distance.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as c

from .model import BBox
from .pdf_page import PageText
from .pdf_rulings import page_drawings
from .pdf_words import Word, is_bold, is_italic

_TOKEN = re.compile("[^\\s\x00\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_HYPHEN = str.maketrans({"\x02": "-", "\ufffe": "-"})
_UNMAPPED = re.compile("[\ufffd\ue000-\uefff\uf100-\uf8ff]")
_FORCE_BOLD = 1 << 18  # of a font descriptor's flags
_ITALIC = 1 << 6
_FILL_AND_STROKE = 2  # text render mode by which office programs fake a bold
_STEEP = 0.2  # tangent from which text is askew: a watermark, a stamp
_FEW_DRAWINGS = 3  # a rule, a frame: nothing that could be text drawn as shapes
MOST_CHARACTERS = 400_000  # a page of more is no page of a report

Turn = int


@dataclass(frozen=True, slots=True)
class _Look:
    """What all characters of one text object share. `turn` is how many quarters it is turned against user space, None where askew."""

    size: float
    bold: bool
    italic: bool
    turn: Turn | None


@dataclass(frozen=True, slots=True)
class _Piece:
    """Characters `start` to `end` of one text object that hold no blank, and their box in user space."""

    text: str
    look: _Look
    box: BBox


def read_page(page: Any, number: int) -> PageText:
    """The upright words and ruling lines of a pypdfium2 page; most of its words decide what is upright. Raises PdfiumError, ValueError."""
    textpage = page.get_textpage()
    try:
        pieces = list(_pieces(textpage.raw))
    finally:
        textpage.close()
    turns = Counter[Turn]()
    for piece in pieces:
        if piece.look.turn is not None:
            turns[piece.look.turn] += len(piece.text)
    turn = turns.most_common(1)[0][0] if turns else -page.get_rotation() // 90 % 4
    place, width, height = _placing(page.get_bbox(), turn)
    words: list[Word] = []
    unknown = 0
    for piece in pieces:
        if piece.look.turn != turn:
            continue
        text = piece.text.translate(_HYPHEN)
        if _UNMAPPED.search(text):
            unknown += 1
            text = _UNMAPPED.sub("", text)
        x0, top, x1, bottom = place(piece.box)
        if text and -width < x0 < 2 * width and -height < top < 2 * height:
            words.append(Word(text, x0, x1, top, bottom, piece.look.size, piece.look.bold, piece.look.italic))
    drawings = page_drawings(page)
    area = max(1.0, width * height)
    rulings = [place(line) for line in drawings.lines]
    drawn = drawings.picture_area > 0 or drawings.seen > _FEW_DRAWINGS
    return PageText(number, width, height, words, rulings, unknown, min(1.0, drawings.picture_area / area), drawn)


def _placing(box: tuple[float, float, float, float], turn: Turn) -> tuple[Callable[[BBox], BBox], float, float]:
    """How user space (left, bottom, right, top; y upwards) becomes points from the top left of the page with its text upright."""
    left, bottom, right, top = box
    if turn == 0:
        return (lambda b: (b[0] - left, top - b[3], b[2] - left, top - b[1])), right - left, top - bottom
    if turn == 1:  # text runs upwards
        return (lambda b: (b[1] - bottom, b[0] - left, b[3] - bottom, b[2] - left)), top - bottom, right - left
    if turn == 2:
        return (lambda b: (right - b[2], b[1] - bottom, right - b[0], b[3] - bottom)), right - left, top - bottom
    return (lambda b: (top - b[3], right - b[2], top - b[1], right - b[0])), top - bottom, right - left


def _pieces(raw: Any) -> Iterator[_Piece]:
    count = c.FPDFText_CountChars(raw)
    if count > MOST_CHARACTERS:
        raise ValueError(f"the page has {count} characters")
    if count <= 0:
        return
    text = _characters(raw, count)
    looks = _Looks(raw)
    rect = c.FS_RECTF()
    where = ctypes.byref(rect)
    get_box = c.FPDFText_GetLooseCharBox
    spans = [m.span() for m in _TOKEN.finditer(text)]
    for (start, end), same in zip(spans, _same_object(looks, spans), strict=True):
        parts = [(start, end)] if same else looks.split(start, end)
        for first, stop in parts:
            get_box(raw, first, where)
            left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
            if stop - first > 1:
                get_box(raw, stop - 1, where)
                left, right = min(left, rect.left), max(right, rect.right)
                bottom, top = min(bottom, rect.bottom), max(top, rect.top)
            yield _Piece(text[first:stop], looks.of(first), (left, bottom, right, top))


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


def _same_object(looks: _Looks, spans: list[tuple[int, int]]) -> list[bool]:
    """For each span whether it lies in one text object. Asked at the ends of runs of spans only, which are halved where they differ."""
    same = [True] * len(spans)
    todo = [(at, min(at + 64, len(spans))) for at in range(0, len(spans), 64)]
    while todo:
        a, b = todo.pop()
        key = looks.key(spans[a][0])
        if key == looks.key(spans[b - 1][1] - 1):
            looks.set_run(spans[a][0], spans[b - 1][1], key)
        elif b - a == 1:
            same[a] = False
        else:
            middle = (a + b) // 2
            todo += [(a, middle), (middle, b)]
    return same


class _Looks:
    """The looks of characters, asked from pdfium once for each text object."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        self._keys: dict[int, int] = {}
        self._looks: dict[int, _Look] = {}
        self._matrix = c.FS_MATRIX()

    def key(self, index: int) -> int:
        """The address of the character's text object, 0 where it has none."""
        known = self._keys.get(index)
        if known is None:
            found = c.FPDFText_GetTextObject(self._raw, index)
            known = self._keys[index] = int(ctypes.cast(found, ctypes.c_void_p).value or 0)
        return known

    def set_run(self, start: int, end: int, key: int) -> None:
        """All characters of the run belong to one object."""
        self._keys.update(dict.fromkeys(range(start, end), key))

    def split(self, start: int, end: int) -> list[tuple[int, int]]:
        """The parts of a word that belong to different objects, those of the same looks together."""
        parts: list[tuple[int, int]] = []
        for at in range(start, end):
            if parts and (self.key(at) == self.key(at - 1) or self.of(at) == self.of(at - 1)):
                parts[-1] = (parts[-1][0], at + 1)
            else:
                parts.append((at, at + 1))
        return parts

    def of(self, index: int) -> _Look:
        """The looks of a character."""
        key = self.key(index)
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._read(index)
        return look

    def _read(self, index: int) -> _Look:
        matrix = self._matrix
        scale = 1.0
        turn: Turn | None = 0
        if c.FPDFText_GetMatrix(self._raw, index, ctypes.byref(matrix)):
            scale = (matrix.c**2 + matrix.d**2) ** 0.5 or 1.0
            turn = _turn(matrix.a, matrix.b)
        size = round(c.FPDFText_GetFontSize(self._raw, index) * scale, 2)
        found = c.FPDFText_GetTextObject(self._raw, index)
        if not found:
            return _Look(size, False, False, turn)
        font = c.FPDFTextObj_GetFont(found)
        name, flags = _font_name(font), c.FPDFFont_GetFlags(font)
        bold = is_bold(name) or (flags > 0 and bool(flags & _FORCE_BOLD)) or c.FPDFTextObj_GetTextRenderMode(found) == _FILL_AND_STROKE
        return _Look(size, bold, is_italic(name) or (flags > 0 and bool(flags & _ITALIC)), turn)


def _turn(along: float, up: float) -> Turn | None:
    """From the direction of writing."""
    if abs(up) <= _STEEP * abs(along):
        return 0 if along >= 0 else 2
    if abs(along) <= _STEEP * abs(up):
        return 1 if up > 0 else 3
    return None


def _font_name(font: Any) -> str:
    length = c.FPDFFont_GetBaseFontName(font, None, 0)
    if not 1 < length < 512:
        return ""
    buffer = ctypes.create_string_buffer(length)
    c.FPDFFont_GetBaseFontName(font, buffer, length)
    return buffer.value.decode("utf-8", "replace")
