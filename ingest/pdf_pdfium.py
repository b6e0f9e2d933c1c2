"""The fast route: pdfium's text with places and fonts, and the ruling lines among its drawings.

pdfium has two habits that are mended here or by `pdf_words.joined`: a hyphen at the end of a line comes as U+FFFE or U+0002 with the next
line's word right behind it; and it makes blanks of its own where a gap is narrow, so that words are joined again by their distance.
"""

from __future__ import annotations

import ctypes
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as c

from .legacy import Coding, coding_of_font, decode_by_font, with_horns
from .limits import PAGE_CHARACTERS
from .model import BBox
from .pdf_page import UNMAPPED, PageText
from .pdf_rulings import page_drawings
from .pdf_words import GLUE, Word, family_of, is_bold, is_italic

_TOKEN = re.compile("[^\\s\x00\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_HYPHEN = str.maketrans({"\x02": "-", "\ufffe": "-"})
_FORCE_BOLD = 1 << 18  # of a font descriptor's flags
_ITALIC = 1 << 6
_FILL_AND_STROKE = 2  # text render mode by which office programs fake a bold
_STEEP = 0.2  # tangent from which text is askew: a watermark, a stamp
_FEW_DRAWINGS = 3  # a rule, a frame: nothing that could be text drawn as shapes
_ODD = re.compile("[\x02\ufffe\ufffd\ue000-\uf8ff]")
_WORD_GAP = 0.6  # in letter sizes

Turn = int


def _address(pointer: Any) -> int:
    return int(ctypes.cast(pointer, ctypes.c_void_p).value or 0)


# Asked for every word or object, so without the conversions that pypdfium2's typed pointers cost.
_pointer, _int = ctypes.c_void_p, ctypes.c_int
_get_object = ctypes.PYFUNCTYPE(_pointer, _pointer, _int)(_address(c.FPDFText_GetTextObject))
_get_box = ctypes.PYFUNCTYPE(_int, _pointer, _int, _pointer)(_address(c.FPDFText_GetLooseCharBox))
_get_matrix = ctypes.PYFUNCTYPE(_int, _pointer, _int, _pointer)(_address(c.FPDFText_GetMatrix))
_get_size = ctypes.PYFUNCTYPE(ctypes.c_double, _pointer, _int)(_address(c.FPDFText_GetFontSize))
_get_font = ctypes.PYFUNCTYPE(_pointer, _pointer)(_address(c.FPDFTextObj_GetFont))
_get_mode = ctypes.PYFUNCTYPE(_int, _pointer)(_address(c.FPDFTextObj_GetTextRenderMode))


@dataclass(frozen=True, slots=True)
class _Look:
    """What all characters of one text object share. `turn` is how many quarters it is turned against user space, None where askew."""

    size: float
    bold: bool
    italic: bool
    turn: Turn | None
    coding: Coding = ""
    lent: bool = False  # shown in another font, for its own is not in the file


_Run = tuple[int, int, _Look]  # characters from the first index up to the second that hold no blank, and the looks they share


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
    runs = _runs(raw, text)
    turns: Counter[Turn] = Counter()
    for start, end, look in runs:
        if look.turn is not None:
            turns[look.turn] += end - start
    turn = turns.most_common(1)[0][0] if turns else -page.get_rotation() // 90 % 4
    sheet = page.get_bbox()
    width, height = sheet[2] - sheet[0], sheet[3] - sheet[1]
    if turn % 2:
        width, height = height, width
    content = PageText(0, width, height, turn=turn)
    texts = [text[start:end] for start, end, _ in runs]
    if _ODD.search(text):
        content.unknown = sum(1 for word in texts if UNMAPPED.search(word))
        texts = [UNMAPPED.sub("", word.translate(_HYPHEN)) for word in texts]
    for piece in _pieces(texts, runs, _boxes(raw, runs)):
        if piece.look.turn != turn:
            continue
        x0, y0, x1, y1 = _placed((piece.left, piece.bottom, piece.right, piece.top), sheet, turn)
        if piece.text and -width < x0 < 2 * width and -height < y0 < 2 * height:
            look = piece.look
            text = decode_by_font(with_horns(piece.text, look.coding), look.coding) if look.coding else piece.text
            content.words.append(Word(text, x0, x1, y0, y1, look.size, look.bold, look.italic, piece.head, piece.second))
    return content


@dataclass(slots=True)
class _Piece:
    """Words of one text object that follow each other at the distance of a blank, in user space; `head` and `second` as in `Word`."""

    text: str
    look: _Look
    left: float
    bottom: float
    right: float
    top: float
    head: float = 0.0
    second: float = 0.0


def _pieces(texts: list[str], runs: list[_Run], boxes: list[BBox]) -> list[_Piece]:
    """Single words make every later step slower; those at a wider distance stay apart, for they may stand in different columns."""
    pieces: list[_Piece] = []
    piece = _Piece("", _Look(0.0, False, False, None), 0.0, 0.0, 0.0, 0.0)
    same, base, end, glue, apart = piece.look, 0.0, 0.0, 0.0, 0.0  # of the piece at hand, kept near: this is done for every word
    for text, (_, _, look), (left, bottom, right, top) in zip(texts, runs, boxes, strict=True):
        gap = left - end
        if look is same and -apart < gap < apart and -0.1 < bottom - base < 0.1 and look.turn == 0:
            if gap > glue:
                if not piece.second:
                    piece.head, piece.second = end - piece.left, left - piece.left
                piece.text = f"{piece.text} {text}"
            else:
                piece.text += text
            piece.right = end = right
            if top > piece.top:
                piece.top = top
        else:
            piece = _Piece(text, look, left, bottom, right, top)
            pieces.append(piece)
            if look is not same:
                glue, apart = GLUE * look.size, _WORD_GAP * look.size
            same, base, end = look, bottom, right
    return pieces


def _boxes(raw: Any, runs: list[_Run]) -> list[BBox]:
    """Where the runs stand in user space: from the first character to the last."""
    rect = c.FS_RECTF()
    where, handle = ctypes.addressof(rect), _address(raw)
    boxes: list[BBox] = []
    for start, end, look in runs:
        _get_box(handle, start, where)
        if end - start == 1:
            right = _own_right(handle, end, rect) if look.lent and look.turn == 0 else rect.right
            boxes.append((rect.left, rect.bottom, right, rect.top))
        elif look.turn == 0:
            left, bottom, top = rect.left, rect.bottom, rect.top
            _get_box(handle, end - 1, where)
            boxes.append((left, bottom, rect.right if not look.lent else _own_right(handle, end, rect), top))
        else:
            left, bottom, right, top = rect.left, rect.bottom, rect.right, rect.top
            _get_box(handle, end - 1, where)
            boxes.append((min(left, rect.left), min(bottom, rect.bottom), max(right, rect.right), max(top, rect.top)))
    return boxes


def _own_right(handle: int, end: int, last: Any) -> float:
    """Where a word ends in a font that pdfium had to replace: boxes are of the replacing letters, wider than the room they are given, so
    that the next character's left decides; the last one has none that is right of it."""
    following = c.FS_RECTF()
    _get_box(handle, end, ctypes.addressof(following))
    return float(following.left if last.left < following.left < last.right else last.right)


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


def _runs(raw: Any, text: str) -> list[_Run]:
    """The words, cut where their looks change. An object's characters follow each other: its last word is looked for in growing steps."""
    looks = _Looks(raw)
    handle = _address(raw)
    spans = [match.span() for match in _TOKEN.finditer(text)]
    count = len(spans)
    runs: list[_Run] = []
    at = 0
    while at < count:
        start, end = spans[at]
        key = _get_object(handle, start)
        if _get_object(handle, end - 1) != key:
            runs.extend(looks.split(start, end))
            at += 1
            continue
        inside, step = at, 1
        while inside + step < count and _get_object(handle, spans[inside + step][1] - 1) == key:
            inside += step
            step *= 2
        beyond = min(inside + step, count)
        while beyond - inside > 1:
            middle = (inside + beyond) // 2
            if _get_object(handle, spans[middle][1] - 1) == key:
                inside = middle
            else:
                beyond = middle
        look = looks.of(start, key or 0)
        runs.extend([(a, b, look) for a, b in spans[at : inside + 1]])
        at = inside + 1
    return runs


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


class _Looks:
    """The looks of characters, asked from pdfium once for each text object and font."""

    def __init__(self, raw: Any) -> None:
        self._handle = _address(raw)
        self._looks: dict[int, _Look] = {}
        self._fonts: dict[int, tuple[bool, bool, Coding, bool]] = {}
        self._matrix = (ctypes.c_float * 6)()

    def of(self, index: int, key: int) -> _Look:
        """The looks of a character whose text object has the address `key`, 0 for none."""
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._read(index, key)
        return look

    def split(self, start: int, end: int) -> list[_Run]:
        """A word that lies in several objects, cut where the looks change."""
        parts: list[_Run] = []
        for at in range(start, end):
            look = self.of(at, _get_object(self._handle, at) or 0)
            if parts and parts[-1][2] == look:
                parts[-1] = (parts[-1][0], at + 1, look)
            else:
                parts.append((at, at + 1, look))
        return parts

    def _read(self, index: int, found: int) -> _Look:
        scale = 1.0
        turn: Turn | None = 0
        if _get_matrix(self._handle, index, self._matrix):
            along, up, aside, above = self._matrix[:4]
            scale = above if aside == 0 < above else (aside**2 + above**2) ** 0.5 or 1.0
            turn = _turn(along, up)
        size = round(_get_size(self._handle, index) * scale, 2)
        if not found:
            return _Look(size, False, False, turn)
        bold, italic, coding, lent = self._font(_get_font(found) or 0)
        return _Look(size, bold or _get_mode(found) == _FILL_AND_STROKE, italic, turn, coding, lent)

    def _font(self, address: int) -> tuple[bool, bool, Coding, bool]:
        """Whether it is bold, and italic; the coding of its letters if it is older than Unicode; whether another takes its place."""
        known = self._fonts.get(address)
        if known is None:
            font = ctypes.cast(address, c.FPDF_FONT)
            name, flags = (_font_name(font), max(0, c.FPDFFont_GetFlags(font))) if address else ("", 0)
            coding = coding_of_font(family_of(name))
            lent = bool(address) and not c.FPDFFont_GetIsEmbedded(font)
            known = is_bold(name) or bool(flags & _FORCE_BOLD), is_italic(name) or bool(flags & _ITALIC), coding, lent
            self._fonts[address] = known
        return known


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
