"""The drawings of a PDF page, as pdfium has them: ruling lines, borders of boxes, and how much of the page pictures cover."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as c

from .model import BBox

_THIN = 3.0  # points: a filled box no thicker is a line
_SHORTEST = 3.0
_LEVEL = 0.5  # points by which a drawn line may lean
_MOST = 5_000  # lines or objects of one page: a drawing of more is a map or a picture
_DEEPEST = 4  # forms in forms

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


@dataclass(slots=True)
class Drawings:
    """Lines in user space as (left, bottom, right, top) without width or height; square points of pictures; how many drawings."""

    lines: list[BBox] = field(default_factory=list)
    picture_area: float = 0.0
    seen: int = 0


def page_drawings(page: Any) -> Drawings:
    """Of a pypdfium2 page, forms in it included."""
    drawings = Drawings()
    raw = page.raw
    for at in range(c.FPDFPage_CountObjects(raw)):
        _add(c.FPDFPage_GetObject(raw, at), drawings, _SAME, 0)
        if drawings.seen > _MOST:
            break
    if len(drawings.lines) > _MOST:
        drawings.lines.clear()
    return drawings


def _add(found: Any, drawings: Drawings, outer: Matrix, depth: int) -> None:
    kind = c.FPDFPageObj_GetType(found)
    if kind == c.FPDF_PAGEOBJ_TEXT:
        return
    drawings.seen += 1
    if kind == c.FPDF_PAGEOBJ_PATH:
        drawings.lines.extend(_lines(found, outer))
    elif kind == c.FPDF_PAGEOBJ_IMAGE:
        box = _bounds(found, outer)
        if box is not None:
            drawings.picture_area += (box[2] - box[0]) * (box[3] - box[1])
    elif kind == c.FPDF_PAGEOBJ_FORM and depth < _DEEPEST:
        inner = _times(_matrix(found), outer)
        for at in range(c.FPDFFormObj_CountObjects(found)):
            _add(c.FPDFFormObj_GetObject(found, at), drawings, inner, depth + 1)
            if drawings.seen > _MOST:
                return


def _bounds(found: Any, outer: Matrix) -> BBox | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not c.FPDFPageObj_GetBounds(found, *map(ctypes.byref, (left, bottom, right, top))):
        return None
    if outer is _SAME:
        return left.value, bottom.value, right.value, top.value
    return _box(_apply(outer, left.value, bottom.value), _apply(outer, right.value, top.value))


def _lines(found: Any, outer: Matrix) -> Iterator[BBox]:
    box = _bounds(found, outer)
    if box is None:
        return
    left, bottom, right, top = box
    if top - bottom <= _THIN or right - left <= _THIN:
        if max(right - left, top - bottom) >= _SHORTEST:
            yield _middle(box)
        return
    points = c.FPDFPath_CountSegments(found)
    if points <= _MOST:
        yield from _segments(found, points, _times(_matrix(found), outer))


def _middle(box: BBox) -> BBox:
    """The line that a thin box stands for."""
    left, bottom, right, top = box
    if right - left >= top - bottom:
        return left, (bottom + top) / 2, right, (bottom + top) / 2
    return (left + right) / 2, bottom, (left + right) / 2, top


def _segments(found: Any, count: int, matrix: Matrix) -> Iterator[BBox]:
    """The level and upright straight parts of a path, such as a grid drawn in one go or the border of a box."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for at in range(count):
        segment = c.FPDFPath_GetPathSegment(found, at)
        c.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        here = _apply(matrix, x.value, y.value)
        kind = c.FPDFPathSegment_GetType(segment)
        if kind == c.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == c.FPDF_SEGMENT_LINETO:
            yield from _straight(last, here)
        if c.FPDFPathSegment_GetClose(segment):
            yield from _straight(here, start)
        last = here


def _straight(one: tuple[float, float], two: tuple[float, float]) -> Iterator[BBox]:
    across, up = abs(one[0] - two[0]), abs(one[1] - two[1])
    if max(across, up) >= _SHORTEST and min(across, up) <= _LEVEL:
        yield _middle(_box(one, two))


def _box(one: tuple[float, float], two: tuple[float, float]) -> BBox:
    return min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])


def _matrix(found: Any) -> Matrix:
    m = c.FS_MATRIX()
    if not c.FPDFPageObj_GetMatrix(found, ctypes.byref(m)):
        return _SAME
    return m.a, m.b, m.c, m.d, m.e, m.f


def _times(first: Matrix, then: Matrix) -> Matrix:
    if then is _SAME:
        return first
    a, b, d, e, f, g = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, d * p + e * r, d * q + e * s, f * p + g * r + t, f * q + g * s + u


def _apply(m: Matrix, x: float, y: float) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]
