"""Lines of a PDF put together into paragraphs again, across pages too."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from .blocks import Block
from .labels import Label, parse_label
from .pdf_tables import run_on
from .text import clean

Span = tuple[float, float]  # left and right end, in points
_FINAL = (".", ";", ":", "!", "?", "./.")
_SIDE = 8.0  # points: the least first-line indent
_WIDE_PITCH = 1.25
_ALIGNED = 3.0  # points
_RAGGED = 0.15  # of a column's width that a full line may leave free
_ENOUGH = 3  # line breaks from which a pitch can be told


@dataclass(slots=True)
class Line:
    """One line of text. `side` is 1 or 2 in the left or right column of a letterhead or signature, else 0; `column` holds the ends of the
    column of running text that it stands in, None where text runs over the page; `first_width` is the width of its first word and
    `second_x` where the second begins; `width` is the page's; `note` marks a footnote's line; `slack` is by how many points its
    ends may be off, more where they were measured in a picture."""

    text: str
    page: int
    x0: float
    x1: float
    top: float
    bottom: float
    size: float
    bold: bool
    italic: bool
    first_width: float
    second_x: float
    width: float
    side: int = 0
    note: bool = False
    label: Label | None = None
    slack: float = 1.0
    column: Span | None = None


@dataclass(slots=True)
class Measures:
    """What is usual in the document: the text area by page width, line pitch by letter size, whether paragraphs begin with an indent."""

    areas: dict[int, tuple[float, float]]
    pitch: dict[int, float]
    size: float
    indented: bool = False

    def area(self, line: Line) -> tuple[float, float]:
        """Left and right end of the text area on pages like the line's."""
        return line.column or self.areas.get(round(line.width), (0.1 * line.width, 0.9 * line.width))


def measure(lines: Iterable[Line]) -> Measures:
    """From all lines that run over the full width."""
    flow = [line for line in lines if not line.side]
    lefts: dict[int, Counter[int]] = defaultdict(Counter)
    rights: dict[int, Counter[int]] = defaultdict(Counter)
    sizes: Counter[float] = Counter()
    for line in flow:
        sizes[round(line.size, 1)] += len(line.text)
        if line.column is None and line.x1 - line.x0 > 0.55 * line.width:
            lefts[round(line.width)][round(line.x0)] += 1
            rights[round(line.width)][round(line.x1)] += 1
    areas = {width: (_left_end(lefts[width]), _right_end(rights[width])) for width in rights}
    measures = Measures(areas, {}, sizes.most_common(1)[0][0] if sizes else 0.0)
    pitches: dict[int, list[float]] = defaultdict(list)
    indents = 0
    for one, two in pairwise(flow):
        left, right = measures.area(one)
        if _follows(one, two) and one.x1 > right - 2 and 0 < two.top - one.top < 4 * one.size and abs(one.size - two.size) < 0.6:
            pitches[round(one.size)].append(two.top - one.top)
            indents += one.x0 > left + _SIDE and abs(two.x0 - left) < 3
    measures.pitch = {size: median(values) for size, values in pitches.items() if len(values) >= _ENOUGH}
    measures.indented = indents >= 2
    return measures


def text_column(ends: Sequence[Span]) -> Span | None:
    """Left and right end of a column of running text, from the ends of its lines: most begin at one place, and half go on to the other.
    None for lines that are set each by itself, as in a letterhead or a signature."""
    left = _left_end(Counter(round(start) for start, _ in ends))
    right = _right_end(Counter(round(end) for _, end in ends))
    begun = sum(abs(start - left) <= _ALIGNED for start, _ in ends)
    filled = sum(end > right - _RAGGED * (right - left) for _, end in ends)
    return (left, right) if begun >= 0.6 * len(ends) and filled >= 0.5 * len(ends) else None


def _right_end(ends: Counter[int]) -> float:
    """The furthest end that several lines share: justified lines end there, ragged ones before."""
    total = sum(ends.values())
    seen = 0
    for end in sorted(ends, reverse=True):
        seen += ends[end]
        if seen >= max(1, 0.05 * total):
            return float(end)
    return float(max(ends))


def _left_end(ends: Counter[int]) -> float:
    total = sum(ends.values())
    return float(min(end for end, count in ends.items() if count >= 0.1 * total or count == max(ends.values())))


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: list[Line] = field(default_factory=list)

    def block(self, place: str, measures: Measures) -> Block | None:
        """As one block, located where it begins; None when nothing visible is in it."""
        first, text = self.lines[0], ""
        x0, top, x1, bottom = first.x0, first.top, first.x1, first.bottom
        bold = italic = centered = True
        for line in self.lines:
            text = run_on(text, line.text)
            bold, italic = bold and line.bold, italic and line.italic
            centered = centered and is_centered(line, measures)
            if line is not first and line.page == first.page:
                x0, top, x1, bottom = min(x0, line.x0), min(top, line.top), max(x1, line.x1), max(bottom, line.bottom)
        text = clean(text)
        if not text:
            return None
        return Block(
            text,
            "footnote" if first.note else "paragraph",
            place,
            first.page,
            (round(x0, 1), round(top, 1), round(x1, 1), round(bottom, 1)),
            bold=bold,
            italic=italic,
            centered=centered,
            right=not centered and first.column is None and first.x0 > 0.5 * first.width,
            size=first.size,
            indent=max(0.0, first.x0 - measures.area(first)[0]),
            plain=bool(first.side),
        )


def is_centered(line: Line, measures: Measures) -> bool:
    """Set in the middle of the text area, with room left on both sides."""
    left, right = measures.area(line)
    room = min(line.x0 - left, right - line.x1)
    return not line.side and room > 12 and abs((line.x0 + line.x1) - (left + right)) / 2 < 5


def paragraphs(lines: Sequence[Line], measures: Measures) -> list[Paragraph]:
    """Lines in reading order grouped; nothing but tables may have been taken out between them."""
    groups: list[Paragraph] = []
    for line in lines:
        if groups and not begins(groups[-1], line, measures):
            groups[-1].lines.append(line)
        else:
            groups.append(Paragraph([line]))
    return groups


def begins(paragraph: Paragraph, line: Line, measures: Measures) -> bool:
    """Whether `line` begins a new paragraph after the lines of `paragraph`."""
    last = paragraph.lines[-1]
    if line.side or last.side:
        return not _wraps_in_column(last, line)
    if line.note or last.note:
        return not (line.note and last.note and line.label is None and not line.text[:1].isdigit())
    if abs(line.size - last.size) > 1.0 or last.text.endswith("./."):
        return True
    if is_centered(last, measures) and is_centered(line, measures):
        return _has_room(last, line, measures, True) or last.bold != line.bold or _is_far(last, line, measures)
    if _in_right_half(line) or _in_right_half(last) or is_centered(line, measures):
        return True
    if _has_room(last, line, measures, False) or _is_far(last, line, measures):
        return True
    open_end = not last.text.endswith(_FINAL)
    if line.label is not None and not (open_end and _may_run_on(line)):
        return True
    return _is_indented(paragraph, line, measures, open_end) or _changes_weight(last, line, open_end)


def _in_right_half(line: Line) -> bool:
    return line.column is None and line.x0 > 0.5 * line.width


def _follows(last: Line, line: Line) -> bool:
    """Whether `line` stands below `last`, and not on the next page or at the head of the next column."""
    return last.page == line.page and last.column == line.column


def _wraps_in_column(last: Line, line: Line) -> bool:
    """In a column every line stands alone, but for the year of a date that the column's width has pushed down."""
    return last.side == line.side and last.page == line.page and last.text.endswith("năm") and line.text.strip(". ").isdecimal()


def _has_room(last: Line, line: Line, measures: Measures, centered: bool) -> bool:
    """Whether the first word of `line` would have stood in the line before, so that the break was meant."""
    left, right = measures.area(last)
    need = 0.25 * last.size + line.first_width
    if centered:
        return (last.x1 - last.x0) + need <= right - left - last.slack
    return last.x1 + need <= right - last.slack


def _is_far(last: Line, line: Line, measures: Measures) -> bool:
    if not _follows(last, line):
        return False
    pitch = measures.pitch.get(round(last.size), 1.5 * last.size)
    return not 0 < line.top - last.top <= _WIDE_PITCH * pitch


def _may_run_on(line: Line) -> bool:
    """A line that looks labelled but may be the middle of a sentence: "- 2026", "59. Trong đó"; signs such as "a)" and "+" are trusted."""
    return line.label is not None and line.label.kind in ("arabic", "decimal", "upper", "dash")


def _is_indented(paragraph: Paragraph, line: Line, measures: Measures, open_end: bool) -> bool:
    last = paragraph.lines[-1]
    left, _ = measures.area(line)
    if not _follows(last, line):
        return abs(line.x0 - left) > _SIDE and abs(last.x0 - measures.area(last)[0]) <= 3
    deeper = line.x0 - last.x0
    if deeper > _SIDE:
        return not (len(paragraph.lines) == 1 and last.label is not None and abs(line.x0 - last.second_x) < 4)
    if abs(deeper) <= 3 and len(paragraph.lines) == 1 and line.x0 > left + _SIDE and measures.indented:
        return not open_end
    return False


def _changes_weight(last: Line, line: Line, open_end: bool) -> bool:
    if last.bold == line.bold:
        return False
    return not open_end or not line.text[:1].islower()


def set_labels(lines: Iterable[Line]) -> None:
    """Finds each line's label once."""
    for line in lines:
        line.label = parse_label(clean(line.text))
