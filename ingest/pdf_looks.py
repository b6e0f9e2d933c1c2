"""The fast route's runs: characters of a pdfium page that follow each other without a blank, and what they look like."""

from __future__ import annotations

import ctypes
import re
from bisect import bisect_left
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as c

from .legacy import Coding, coding_of_font
from .pdf_words import family_of, is_bold, is_italic

_TOKEN = re.compile("[^\\s\x00\x02\ufffe]+[\x02\ufffe]?|[\x02\ufffe]")
_FORCE_BOLD = 1 << 18  # of a font descriptor's flags
_ITALIC = 1 << 6
_FILL_AND_STROKE = 2  # text render mode by which office programs fake a bold
_STEEP = 0.2  # tangent from which text is askew: a watermark, a stamp

Turn = int
_Font = tuple[bool, bool, Coding, bool]  # bold, italic, the coding of its letters if older than Unicode, whether another takes its place
_NO_FONT: _Font = (False, False, "", False)


def address(pointer: Any) -> int:
    """Of what a pointer points to; 0 for none."""
    return int(ctypes.cast(pointer, ctypes.c_void_p).value or 0)


# Asked for every word or object, so without the conversions that pypdfium2's typed pointers cost.
_pointer, _int = ctypes.c_void_p, ctypes.c_int
_get_object = ctypes.PYFUNCTYPE(_pointer, _pointer, _int)(address(c.FPDFText_GetTextObject))
_get_matrix = ctypes.PYFUNCTYPE(_int, _pointer, _int, _pointer)(address(c.FPDFText_GetMatrix))
_get_size = ctypes.PYFUNCTYPE(ctypes.c_double, _pointer, _int)(address(c.FPDFText_GetFontSize))
_get_font = ctypes.PYFUNCTYPE(_pointer, _pointer)(address(c.FPDFTextObj_GetFont))
_get_mode = ctypes.PYFUNCTYPE(_int, _pointer)(address(c.FPDFTextObj_GetTextRenderMode))


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """What all characters of a text object share; one for all objects of a page that look the same, so that it is told by identity.
    `turn` is how many quarters it is turned against user space, None where askew; `lent` that its font is not in the file."""

    size: float
    bold: bool
    italic: bool
    turn: Turn | None
    coding: Coding = ""
    lent: bool = False

    @property
    def plain(self) -> bool:
        """Whether it is upright and in a font of the file: where such characters stand is what pdfium says."""
        return self.turn == 0 and not self.lent


@dataclass(slots=True)
class Runs:
    """The words of a page, cut where their looks change: `spans` of characters, from the first index up to the second, that hold no blank,
    and how many of them, one after the other, have which look and lie in the text object of which address."""

    spans: list[tuple[int, int]]
    looks: list[tuple[int, Look, int]]


def runs_of(raw: Any, text: str) -> Runs:
    """From a text page and its text, a character for each index.

    A text object's characters follow each other, and most objects are a line: so its last word is looked for at the line's end, and in
    growing steps only where it is not there.
    """
    finder = _Finder(raw, text)
    spans: list[tuple[int, int]] = []
    looks: list[tuple[int, Look, int]] = []
    at, count = 0, len(finder.spans)
    while at < count:
        start, end = finder.spans[at]
        key = _get_object(finder.handle, start) or 0
        last = finder.last_in_line(at)
        if (_get_object(finder.handle, finder.spans[last][1] - 1) or 0) != key:
            last = at
        if last == at and (_get_object(finder.handle, end - 1) or 0) != key:
            parts = finder.split(start, end)
            spans.extend((a, b) for a, b, _, _ in parts)
            looks.extend((1, look, own) for _, _, look, own in parts)
            at += 1
            continue
        beyond = finder.beyond(last, key)
        spans.extend(finder.spans[at:beyond])
        looks.append((beyond - at, finder.look(start, key), key))
        at = beyond
    return Runs(spans, looks)


class _Finder:
    """Where objects end and how they look, asked from pdfium once for each text object and font."""

    def __init__(self, raw: Any, text: str) -> None:
        self.handle = address(raw)
        self.spans = [match.span() for match in _TOKEN.finditer(text)]
        self._text = text
        self._looks: dict[int, Look] = {}
        self._kinds: dict[tuple[float, bool, bool, Turn | None, Coding, bool], Look] = {}
        self._fonts: dict[int, _Font] = {}
        self._matrix = (ctypes.c_float * 6)()

    def last_in_line(self, at: int) -> int:
        """The last word of the line that the word `at` stands in."""
        end = self._text.find("\n", self.spans[at][1])
        return bisect_left(self.spans, (end, end), at) - 1 if end >= 0 else len(self.spans) - 1

    def beyond(self, inside: int, key: int) -> int:
        """The first word after the one `inside` that does not end in the same object, whose address is `key`."""
        handle, spans = self.handle, self.spans
        step, count = 1, len(spans)
        while inside + step < count and (_get_object(handle, spans[inside + step][1] - 1) or 0) == key:
            inside += step
            step *= 2
        beyond = min(inside + step, count)
        while beyond - inside > 1:
            middle = (inside + beyond) // 2
            if (_get_object(handle, spans[middle][1] - 1) or 0) == key:
                inside = middle
            else:
                beyond = middle
        return beyond

    def look(self, index: int, key: int) -> Look:
        """The looks of a character whose text object has the address `key`, 0 for none."""
        look = self._looks.get(key)
        if look is None:
            look = self._looks[key] = self._read(index, key)
        return look

    def split(self, start: int, end: int) -> list[tuple[int, int, Look, int]]:
        """A word that lies in several objects, cut where the looks change; with each part the object that it begins in."""
        parts: list[tuple[int, int, Look, int]] = []
        for at in range(start, end):
            key = _get_object(self.handle, at) or 0
            look = self.look(at, key)
            if parts and parts[-1][2] is look:
                parts[-1] = (parts[-1][0], at + 1, look, parts[-1][3])
            else:
                parts.append((at, at + 1, look, key))
        return parts

    def _read(self, index: int, found: int) -> Look:
        scale = 1.0
        turn: Turn | None = 0
        if _get_matrix(self.handle, index, self._matrix):
            along, up, aside, above = self._matrix[:4]
            scale = above if aside == 0 < above else (aside**2 + above**2) ** 0.5 or 1.0
            turn = _turn(along, up)
        size = round(_get_size(self.handle, index) * scale, 2)
        bold, italic, coding, lent = self._font(_get_font(found) or 0) if found else _NO_FONT
        bold = bold or (found > 0 and _get_mode(found) == _FILL_AND_STROKE)
        kind = (size, bold, italic, turn, coding, lent)
        return self._kinds.get(kind) or self._kinds.setdefault(kind, Look(*kind))

    def _font(self, where: int) -> _Font:
        known = self._fonts.get(where)
        if known is None:
            font = ctypes.cast(where, c.FPDF_FONT)
            name, flags = (_font_name(font), max(0, c.FPDFFont_GetFlags(font))) if where else ("", 0)
            coding = coding_of_font(family_of(name))
            lent = bool(where) and not c.FPDFFont_GetIsEmbedded(font)
            known = is_bold(name) or bool(flags & _FORCE_BOLD), is_italic(name) or bool(flags & _ITALIC), coding, lent
            self._fonts[where] = known
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
