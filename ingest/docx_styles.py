"""Styles of a Word file, resolved along `basedOn`: what a paragraph or run looks like before its own properties speak."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from .docx_xml import VAL, Element, W, number, switch, value

_HEADING = re.compile(r"heading ([1-9])$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Look:
    """Resolved properties; None where nothing along the chain says anything. `size`, `left` and `first` (line) in points."""

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


PLAIN = Look()


def run_look(base: Look, properties: Element) -> Look:
    """`base` overridden by a `w:rPr`."""
    if properties is None or not len(properties):
        return base
    size = value(properties, "sz")
    return replace(
        base,
        bold=_first(switch(properties, "b"), base.bold),
        italic=_first(switch(properties, "i"), base.italic),
        hidden=_first(switch(properties, "vanish"), base.hidden),
        caps=_first(switch(properties, "caps"), base.caps),
        size=number(size) / 2 if size else base.size,
    )


def paragraph_look(base: Look, properties: Element) -> Look:
    """`base` overridden by a `w:pPr` (its `w:rPr` is the paragraph mark's and does not count)."""
    if properties is None or not len(properties):
        return base
    changes: dict[str, object] = {}
    if align := value(properties, "jc"):
        changes["align"] = align
    if (level := value(properties, "outlineLvl")) is not None:
        changes["level"] = number(level) + 1 if number(level, 9) < 9 else 0
    indent = properties.find(W + "ind")
    if indent is not None:
        changes.update(_indents(indent))
    numbering = properties.find(W + "numPr")
    if numbering is not None:
        changes.update(_numbering(numbering))
    return replace(base, **changes) if changes else base  # type: ignore[arg-type]


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


class Styles:
    """All styles of the file by id; `look(None)` is the default paragraph style's."""

    def __init__(self, root: Element | None) -> None:
        """`root` is the `w:styles` element, None for a file without styles."""
        self._elements: dict[str, Element] = {}
        self._looks: dict[str, Look] = {}
        self._default = ""
        self._base = PLAIN
        if root is None:
            return
        for style in root.iterchildren(W + "style"):
            self._elements[style.get(W + "styleId", "")] = style
            if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
                self._default = style.get(W + "styleId", "")
        runs = run_look(PLAIN, root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        self._base = paragraph_look(runs, root.find(f"{W}docDefaults/{W}pPrDefault/{W}pPr"))

    def look(self, style_id: str | None) -> Look:
        """The look of a paragraph style (or of the default one); unknown ids look like the default."""
        name = style_id if style_id in self._elements else self._default
        return self._resolve(name or "", set())

    def character(self, style_id: str | None, base: Look) -> Look:
        """`base` overridden by a character style and those that it is based on."""
        chain: list[Element] = []
        while style_id and style_id in self._elements and self._elements[style_id] not in chain:
            chain.append(self._elements[style_id])
            style_id = value(chain[-1], "basedOn")
        for style in reversed(chain):
            base = run_look(base, style.find(W + "rPr"))
        return base

    def number_of_list_style(self, style_id: str) -> str | None:
        """The `numId` of a list style, for numberings that refer to one."""
        style = self._elements.get(style_id)
        found = None if style is None else style.find(f"{W}pPr/{W}numPr/{W}numId")
        return None if found is None else found.get(VAL)

    def _resolve(self, name: str, seen: set[str]) -> Look:
        if name in self._looks:
            return self._looks[name]
        style = self._elements.get(name)
        if style is None or name in seen:  # styles that are based on each other in a ring occur in mended files
            return self._base
        seen.add(name)
        parent = value(style, "basedOn")
        base = self._resolve(parent, seen) if parent else self._base
        look = paragraph_look(run_look(base, style.find(W + "rPr")), style.find(W + "pPr"))
        title = (value(style, "name") or "").lower()
        if found := _HEADING.match(title):
            look = replace(look, level=int(found[1]))
        if title.startswith("toc ") or title in ("title", "subtitle"):
            look = replace(look, level=0, toc=title.startswith("toc "))
        self._looks[name] = look
        return look
