"""Styles of a Word file, resolved along `basedOn`: what a paragraph or run looks like before its own properties speak."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from docx.enum.style import WD_STYLE_TYPE

from .docx_xml import DELETED, VAL, Element, W, number, switch, told, value
from .legacy import Coding, coding_of_font

_HEADING = re.compile(r"heading ([1-9])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    """Resolved properties; None where nothing along the chain says anything. `size`, `left` and `first` (line) in points; `coding` of the
    font's letters; `style` is the paragraph's own style, `joined` whether a tracked change took its mark away."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    caps: bool | None = None
    size: float | None = None
    align: str | None = None
    left: float | None = None
    first: float | None = None
    level: int | None = None
    num_id: str | None = None
    num_level: int | None = None
    toc: bool = False
    coding: Coding = ""
    style: str = ""
    joined: bool = False


PLAIN = Look()
_Key = tuple[object, ...]
_RUN = frozenset(W + name for name in ("b", "i", "vanish", "caps", "sz"))
_FONTS, _RUN_MORE = W + "rFonts", (W + "rStyle", W + "webHidden")
_PARAGRAPH = frozenset(W + name for name in ("pStyle", "jc", "outlineLvl"))
_INDENT, _NUMBERING, _MARK = W + "ind", W + "numPr", W + "rPr"


class Styles:
    """All styles of the file by id; `look(None)` is the default paragraph style's.

    Most runs and paragraphs of a file look like one met before, so every look is worked out once for each set of properties.
    """

    def __init__(self, root: Element | None, fonts: dict[str, str] | None = None) -> None:
        """`root` is python-docx's CT_Styles, None for a file without styles; `fonts` the theme's: "minor" and "major" to a font's name."""
        self._elements: dict[str, Element] = {}
        self._looks: dict[str, Look] = {}
        self._made: dict[_Key, tuple[Look, Look]] = {}  # with the base, so that its id stays its own
        self._fonts = fonts or {}
        self._default = ""
        self._base = PLAIN
        if root is None:
            return
        styles = list(root.iterchildren(W + "style"))  # each a CT_Style, even where the root's own name is damaged
        self._elements = {style.styleId or "": style for style in styles}
        self._default = next((style.styleId or "" for style in reversed(styles) if _is_default(style)), "")
        runs = self._run_look(PLAIN, root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        self._base = self._paragraph_look(runs, root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"))

    def look(self, style_id: str | None) -> Look:
        """The look of a paragraph style (or of the default one); unknown ids look like the default."""
        name = style_id if style_id in self._elements else self._default
        return self._resolve(name or "", set())

    def run(self, base: Look, properties: Element) -> Look:
        """`base` overridden by a `w:rPr` and the character style that it names."""
        key: list[object] = [id(base)]
        for child in properties:
            tag = child.tag
            if tag in _RUN or tag in _RUN_MORE:
                key += (tag, child.get(VAL))
            elif tag == _FONTS:
                key += (tag, *child.attrib.items())
        return base if len(key) == 1 else self._cached(base, key, lambda: self._styled_run(base, properties))

    def paragraph(self, properties: Element | None) -> Look:
        """The look of a paragraph with this `w:pPr` (its `w:rPr` is the paragraph mark's: only whether the mark is deleted counts)."""
        if properties is None:
            return self.look(None)
        key: list[object] = []
        for child in properties:
            tag = child.tag
            if tag in _PARAGRAPH:
                key += (tag, child.get(VAL))
            elif tag == _INDENT:
                key += (tag, *child.attrib.items())
            elif tag == _NUMBERING:
                key += (tag, *((c.tag, c.get(VAL)) for c in child))
            elif tag == _MARK:
                key += (c.tag for c in child if c.tag in DELETED)
        return self._cached(self._base, key, lambda: self._styled_paragraph(properties))

    def number_of_list_style(self, style_id: str) -> str | None:
        """The `numId` of a list style, for numberings that refer to one."""
        style = self._elements.get(style_id)
        found = None if style is None else style.find(f"{W}pPr/{W}numPr/{W}numId")
        return None if found is None else found.get(VAL)

    def coding(self, fonts: Element | None) -> Coding | None:
        """The coding of a `w:rFonts`; None where it names no font for letters beyond ASCII."""
        if fonts is None:
            return None
        for name in ("hAnsi", "ascii"):
            theme = fonts.get(f"{W}{name}Theme")
            font = self._fonts.get(theme[:5], "") if theme else fonts.get(W + name)
            if font is not None:
                return coding_of_font(font)
        return None

    def _cached(self, base: Look, key: list[object], make: Callable[[], Look]) -> Look:
        whole = tuple(key)
        found = self._made.get(whole)
        if found is None:
            found = self._made[whole] = (make(), base)
        return found[0]

    def _styled_run(self, base: Look, properties: Element) -> Look:
        chain: list[Element] = []
        style_id = value(properties, "rStyle")
        while style_id and style_id in self._elements and self._elements[style_id] not in chain:
            chain.append(self._elements[style_id])
            style_id = _parent(chain[-1])
        look = base
        for style in reversed(chain):
            look = self._run_look(look, style.find(W + "rPr"))
        look = self._run_look(look, properties)
        return base if switch(properties, "webHidden") and not look.hidden else look

    def _styled_paragraph(self, properties: Element) -> Look:
        style = value(properties, "pStyle") or ""
        mark = properties.find(W + "rPr")
        joined = mark is not None and any(child.tag in DELETED for child in mark)
        return replace(self._paragraph_look(self.look(style), properties), style=style, joined=joined)

    def _resolve(self, name: str, seen: set[str]) -> Look:
        if name in self._looks:
            return self._looks[name]
        style = self._elements.get(name)
        if style is None or name in seen:  # styles that are based on each other in a ring occur in mended files
            return self._base
        seen.add(name)
        parent = _parent(style)
        base = self._resolve(parent, seen) if parent else self._base
        look = self._paragraph_look(self._run_look(base, style.find(W + "rPr")), style.find(W + "pPr"))
        title = (told(lambda: style.name_val, None) or "").lower()
        if found := _HEADING.match(title):
            look = replace(look, level=int(found[1]))
        if title.startswith("toc ") or title in ("title", "subtitle"):
            look = replace(look, level=0, toc=title.startswith("toc "))
        self._looks[name] = look
        return look

    def _run_look(self, base: Look, properties: Element | None) -> Look:
        """`base` overridden by a `w:rPr`."""
        if properties is None or not len(properties):
            return base
        size = value(properties, "sz")
        coding = self.coding(properties.find(_FONTS))
        return replace(
            base,
            bold=_first(switch(properties, "b"), base.bold),
            italic=_first(switch(properties, "i"), base.italic),
            hidden=_first(switch(properties, "vanish"), base.hidden),
            caps=_first(switch(properties, "caps"), base.caps),
            size=number(size) / 2 if size else base.size,
            coding=base.coding if coding is None else coding,
        )

    def _paragraph_look(self, base: Look, properties: Element | None) -> Look:
        """`base` overridden by a `w:pPr`."""
        if properties is None or not len(properties):
            return base
        changes: dict[str, object] = {}
        if align := value(properties, "jc"):
            changes["align"] = align
        if (level := value(properties, "outlineLvl")) is not None:
            changes["level"] = number(level) + 1 if number(level, 9) < 9 else 0
        indent = properties.find(_INDENT)
        if indent is not None:
            changes.update(_indents(indent))
        numbering = properties.find(_NUMBERING)
        if numbering is not None:
            changes.update(_numbering(numbering))
        return replace(base, **changes) if changes else base  # type: ignore[arg-type]


def _is_default(style: Element) -> bool:
    """Whether it is the style of paragraphs that name none."""
    return bool(told(lambda: style.default and style.type == WD_STYLE_TYPE.PARAGRAPH, False))


def _parent(style: Element) -> str | None:
    """The id of the style that this one is based on."""
    name: str | None = told(lambda: style.basedOn_val, None)
    return name


def _indents(indent: Element) -> dict[str, object]:
    out: dict[str, object] = {}
    left = indent.get(W + "left", indent.get(W + "start"))
    if left is not None:
        out["left"] = number(left) / 20
    if (first := indent.get(W + "firstLine")) is not None:
        out["first"] = number(first) / 20
    if (hanging := indent.get(W + "hanging")) is not None:
        out["first"] = -number(hanging) / 20
    return out


def _numbering(properties: Element) -> dict[str, object]:
    out: dict[str, object] = {}
    if (num_id := value(properties, "numId")) is not None:
        out["num_id"] = num_id
    if (level := value(properties, "ilvl")) is not None:
        out["num_level"] = number(level)
    return out


def _first(one: bool | None, other: bool | None) -> bool | None:
    return other if one is None else one
