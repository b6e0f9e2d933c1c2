"""Automatic list numbers of a Word file, counted as Word counts them: the label that the reader of the paper sees."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .docx_styles import Styles
from .docx_xml import MC, VAL, Element, W, chosen, number, switch, told, value
from .labels import VIETNAMESE_LETTERS, to_roman
from .legacy import Coding, decode

_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 9


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: `format` as Word names it, `custom` the series of a custom format ("a, b, c, d, đ, ..."), `text` with %1."""

    start: int = 1
    format: str = "decimal"
    custom: str = ""
    text: str = ""
    blank: bool = True
    restart: int | None = None
    legal: bool = False
    left: float | None = None
    style: str = ""


class Numbering:
    """Counts on as paragraphs come; ask once for each paragraph, in document order."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """`root` is python-docx's CT_Numbering, None for a file without lists."""
        self._abstract: dict[str, Element] = {}
        self._nums: dict[str, Element] = {}
        self._levels: dict[str, list[Level]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._overridden: set[tuple[str, int]] = set()
        self._styles = styles
        if root is not None:
            self._abstract = {a.get(W + "abstractNumId", ""): a for a in root.iterchildren(W + "abstractNum")}
            self._nums = {n.get(W + "numId", ""): n for n in root.iterchildren(W + "num")}

    def label(self, num_id: str | None, level: int | None, style_id: str | None = None) -> str:
        """The label with the blank behind it ("1. ", "a) ", "- "), '' for a paragraph without a number."""
        if not num_id or num_id == "0" or num_id not in self._nums:
            return ""
        levels = self._levels_of(num_id)
        at = min(level if level is not None else self._linked(levels, style_id), _DEEPEST - 1)
        here = levels[at]
        counts = self._count(num_id, at, levels)
        if here.format == "bullet":
            return "- "
        text = _PLACE.sub(lambda m: self._shown(levels, counts, int(m[1]) - 1, here.legal), here.text)
        return (text + " " if here.blank else text) if text.strip() else ""

    def _linked(self, levels: list[Level], style_id: str | None) -> int:
        """A style that names a list but no level stands at the level that names the style."""
        return next((i for i, level in enumerate(levels) if style_id and level.style == style_id), 0)

    def _count(self, num_id: str, at: int, levels: list[Level]) -> list[int | None]:
        abstract = self._abstract_id(num_id)
        counts = self._counts.setdefault(abstract, [None] * _DEEPEST)
        override = self._start_override(num_id, at)
        if override is not None and (num_id, at) not in self._overridden:
            self._overridden.add((num_id, at))
            counts[at] = override
        else:
            current = counts[at]
            counts[at] = levels[at].start if current is None else current + 1
        for above in range(at):  # a level that was jumped over counts as begun
            if counts[above] is None:
                counts[above] = levels[above].start
        for below in range(at + 1, _DEEPEST):
            restart = levels[below].restart
            if restart is None or (restart > 0 and at < restart):
                counts[below] = None
        return counts

    def _shown(self, levels: list[Level], counts: list[int | None], at: int, legal: bool) -> str:
        count = counts[at]
        level = levels[at]
        return format_number(level.start if count is None else count, "decimal" if legal else level.format, level.custom)

    def _start_override(self, num_id: str, at: int) -> int | None:
        for override in self._nums[num_id].lvlOverride_lst:
            start = _restart(override, at)
            if start is not None:
                return start
        return None

    def _abstract_id(self, num_id: str) -> str:
        return value(self._nums[num_id], "abstractNumId") or ""

    def _levels_of(self, num_id: str) -> list[Level]:
        if num_id not in self._levels:
            levels = self._abstract_levels(self._abstract_id(num_id), set())
            for override in self._nums[num_id].lvlOverride_lst:
                own = override.find(W + "lvl")
                if own is not None and 0 <= (at := number(override.get(W + "ilvl"))) < _DEEPEST:
                    levels[at] = self._level(own)
            self._levels[num_id] = levels
        return self._levels[num_id]

    def _abstract_levels(self, abstract_id: str, seen: set[str]) -> list[Level]:
        levels = [Level() for _ in range(_DEEPEST)]
        abstract = self._abstract.get(abstract_id)
        if abstract is None or abstract_id in seen:
            return levels
        seen.add(abstract_id)
        link = value(abstract, "numStyleLink")
        if link:
            num_id = self._styles.number_of_list_style(link)
            if num_id in self._nums:
                return self._abstract_levels(self._abstract_id(num_id), seen)
        for element in abstract.iterchildren(W + "lvl"):
            if 0 <= (at := number(element.get(W + "ilvl"))) < _DEEPEST:
                levels[at] = self._level(element)
        return levels

    def _level(self, element: Element) -> Level:
        return _level(element, self._styles.coding(element.find(f"{W}rPr/{W}rFonts")) or "")


def _restart(override: Element, at: int) -> int | None:
    """Where a `w:lvlOverride` (python-docx's CT_NumLvl) lets the level `at` begin anew; None where it says nothing of it."""
    if told(lambda: override.ilvl, 0) != at or override.startOverride is None:
        return None
    return told(lambda: int(override.startOverride.val), 1)


def _level(element: Element, coding: Coding) -> Level:
    """One `w:lvl`. A custom format comes wrapped: `mc:Choice` holds it, `mc:Fallback` what older programs show."""
    fmt = element.find(W + "numFmt")
    for alternate in element.iterchildren(MC + "AlternateContent"):
        branch = chosen(alternate)
        inner = None if branch is None else branch.find(W + "numFmt")
        fmt = inner if inner is not None else fmt
    text = decode(value(element, "lvlText") or "", coding)
    level = Level(start=number(value(element, "start"), 1), text=text, style=value(element, "pStyle") or "")
    restart = value(element, "lvlRestart")
    left = element.find(f"{W}pPr/{W}ind")
    return replace(
        level,
        format="decimal" if fmt is None else fmt.get(VAL, "decimal"),
        custom="" if fmt is None else fmt.get(W + "format", ""),
        blank=value(element, "suff") != "nothing",
        restart=None if restart is None else number(restart),
        legal=bool(switch(element, "isLgl")),
        left=None if left is None else number(left.get(W + "left", left.get(W + "start"))) / 20,
    )


def format_number(count: int, format_: str, custom: str = "") -> str:
    """`count` in one of Word's number formats; those that Vietnamese documents do not use are shown as plain numbers."""
    if format_ == "custom":
        return _custom(count, custom)
    if format_ in ("lowerRoman", "upperRoman"):
        roman = to_roman(count)
        return roman.upper() if format_ == "upperRoman" else roman
    if format_ in ("lowerLetter", "upperLetter"):  # Word goes on after z with aa, bb
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if count > 0 else ""
        return letter.upper() if format_ == "upperLetter" else letter
    if format_ == "decimalZero":
        return f"{count:02d}"
    return "" if format_ in ("none", "bullet") else str(count)


def _custom(count: int, series: str) -> str:
    """The series is written out as its first members: "a, b, c, d, đ, ..." or "001, 002, 003, ..."."""
    members = [m.strip() for m in series.split(",") if m.strip() and m.strip() not in ("...", "…")]
    if members and all(m.isdecimal() for m in members):
        return f"{count:0{len(members[0])}d}"
    if 0 < count <= len(members):
        return members[count - 1]
    if members and members[0].lower() == "a" and 0 < count <= len(VIETNAMESE_LETTERS):
        letter = VIETNAMESE_LETTERS[count - 1]
        return letter.upper() if members[0].isupper() else letter
    return str(count)
