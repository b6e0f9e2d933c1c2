"""What a Word file shows, taken from its raw XML by rules of its own: what `bench/kept_text.py` holds the reader against.

Every `t` of any vocabulary (w, m, a) in the body, and in the headers, footers, notes and diagrams that it refers to; not what is deleted,
moved away, hidden, a field's instruction, or the second branch of an alternative. Names are compared without their namespaces, so that the
strict ones read alike. Nothing here is shared with the reader.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from lxml import etree

_GONE: Final = frozenset({"del", "moveFrom", "rt", "instrText", "delText", "pPrChange", "rPrChange", "tblPrChange", "sectPrChange"})
_APART: Final = frozenset({"p", "txbxContent", "tc", "br", "tab", "cr", "ptab"})  # words do not run on over these


class NotComparable(Exception):
    """The package is no sound zip of XML, so that there is nothing to compare with."""


def shown(path: Path) -> str:
    """All text that shows, in the file's own order. Raises NotComparable."""
    try:
        with zipfile.ZipFile(path) as package:
            return _File(package).text()
    except (zipfile.BadZipFile, etree.XMLSyntaxError, KeyError, OSError, NotImplementedError, RuntimeError) as fault:
        raise NotComparable(f"{type(fault).__name__}: {fault}") from fault


def name_of(element: Any) -> str:
    """The name without its namespace."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its name without the namespace."""
    return next((value for key, value in element.attrib.items() if key.rpartition("}")[2] == name), None)


class _File:
    def __init__(self, package: zipfile.ZipFile) -> None:
        self._package = package
        self._names = {name.replace("\\", "/").lstrip("/").lower(): name for name in package.namelist()}
        self._main = next(target for kind, target in self._relations("").values() if kind == "officeDocument")
        self._targets = self._relations(self._main)
        self._hidden = self._hidden_styles()

    def text(self) -> str:
        """Body, then notes in the order in which they are referred to, then each header and footer that differs from those before."""
        body = self._xml(self._main)
        out = [self._told(body)]
        for kind in ("footnote", "endnote"):
            notes = {attribute(n, "id"): n for n in self._children_of(f"{kind}s", kind)}
            wanted = dict.fromkeys(attribute(e, "id") for e in _visible(body) if name_of(e) == f"{kind}Reference")
            out += [self._told(notes[one]) for one in wanted if one in notes]
        drawn = [attribute(e, "dm") for e in _visible(body) if name_of(e) == "relIds"]  # SmartArt keeps its words in a part of its own
        out += [self._told(self._xml(self._targets[one][1])) for one in drawn if one in self._targets]
        seen: set[str] = set()
        for target in self._margins(body):
            lines = [self._told(p) for p in self._xml(target).iter() if name_of(p) == "p" and _paragraph(p.getparent()) is None]
            out += [line for line in lines if line not in seen and any(map(str.isalpha, line))]
            seen.update(lines)
        return "\n".join(out)

    def _margins(self, body: Any) -> Iterator[str]:
        """Parts of the headers and footers that some page shows."""
        settings = self._related("settings")
        even = settings is not None and any(name_of(e) == "evenAndOddHeaders" and _on(e) for e in settings)
        for section in (e for e in body.iter() if name_of(e) == "sectPr"):
            first = any(name_of(e) == "titlePg" and _on(e) for e in section)
            for reference in section:
                kind = attribute(reference, "type") or "default"
                if name_of(reference) in ("headerReference", "footerReference") and (
                    kind == "default" or (kind == "first" and first) or (kind == "even" and even)
                ):
                    found = self._targets.get(next(v for k, v in reference.attrib.items() if k.endswith("}id")))
                    if found is not None and found[1].lower() in self._names:
                        yield found[1]

    def _told(self, root: Any) -> str:
        pieces: list[str] = []
        paragraph: Any = None
        fields: list[bool] = []  # open fields; True while in the instruction
        for element in _visible(root):
            name = name_of(element)
            if name == "fldChar":
                kind = attribute(element, "fldCharType")
                if kind == "begin":
                    fields.append(True)
                elif fields and kind == "separate":
                    fields[-1] = False
                elif fields and kind == "end":
                    fields.pop()
            elif name == "t" and not any(fields) and not self._is_hidden(element) and not any(name_of(e) == "p" for e in element):
                if (own := _paragraph(element)) is not paragraph:
                    pieces.append("\n")
                    paragraph = own
                pieces.append("".join(element.itertext()))
            elif name == "noBreakHyphen":
                pieces.append("-")
            elif name in _APART:
                pieces.append("\n")
        return "".join(pieces)

    def _is_hidden(self, text: Any) -> bool:
        run = text.getparent()
        while run is not None and name_of(run) != "r":
            run = run.getparent()
        properties = next((e for e in run if name_of(e) == "rPr"), None) if run is not None else None
        for one in () if properties is None else properties:
            if name_of(one) == "vanish":
                return _on(one)
            if name_of(one) == "rStyle" and attribute(one, "val") in self._hidden:
                return True
        paragraph = _paragraph(text)
        styled = None if paragraph is None else next((e for e in paragraph.iter() if name_of(e) == "pStyle"), None)
        return styled is not None and attribute(styled, "val") in self._hidden

    def _hidden_styles(self) -> set[str | None]:
        styles = self._related("styles")
        found: set[str | None] = set()
        for style in () if styles is None else styles:
            runs = next((e for e in style if name_of(e) == "rPr"), None)
            if runs is not None and any(name_of(e) == "vanish" and _on(e) for e in runs):
                found.add(attribute(style, "styleId"))
        return found

    def _related(self, kind: str) -> Any:
        target = next((t for k, t in self._targets.values() if k == kind), None)
        return None if target is None or target.lower() not in self._names else self._xml(target)

    def _children_of(self, part: str, name: str) -> list[Any]:
        root = self._related(part)
        return [] if root is None else [e for e in root if name_of(e) == name]

    def _xml(self, name: str) -> Any:
        parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
        return etree.fromstring(self._package.read(self._names[name.lower()]), parser)

    def _relations(self, name: str) -> dict[str, tuple[str, str]]:
        """Relation's id to (kind, target's name)."""
        folder, base = posixpath.split(name)
        place = posixpath.join(folder, "_rels", f"{base}.rels")
        if place.lower() not in self._names:
            return {}
        return {
            e.get("Id"): (
                e.get("Type", "").rpartition("/")[2],
                posixpath.normpath(posixpath.join("/" + folder, e.get("Target"))).lstrip("/"),
            )
            for e in self._xml(place)
            if isinstance(e.tag, str) and e.get("TargetMode") != "External" and e.get("Target")
        }


def _paragraph(element: Any) -> Any:
    """The paragraph that it stands in, or is; None outside of all."""
    while element is not None and name_of(element) != "p":
        element = element.getparent()
    return element


def _on(element: Any) -> bool:
    return attribute(element, "val") not in ("0", "false", "off", "none")


def _visible(element: Any) -> Iterator[Any]:
    """The element and what is in it, in document order, without what is not shown."""
    yield element
    children = list(element)
    if name_of(element) == "AlternateContent":
        branches = [c for c in children if name_of(c) in ("Choice", "Fallback")]
        children = [b for b in branches if any(name_of(e) == "t" for e in b.iter())][:1] or branches[:1]
    for child in children:
        if child is not None and name_of(child) not in _GONE and not _taken_away(child):
            yield from _visible(child)


def _taken_away(element: Any) -> bool:
    """A table's row or cell that a tracked change has taken away, or a hidden row."""
    kind = {"tr": "trPr", "tc": "tcPr"}.get(name_of(element))
    if kind is None:
        return False
    properties = next((e for e in element if name_of(e) == kind), None)
    return properties is not None and any(
        name_of(e) in ("del", "cellDel", "moveFrom") or (name_of(e) == "hidden" and _on(e)) for e in properties
    )
