"""Text in drawings that is not set in Word paragraphs: DrawingML shapes, diagrams (SmartArt), WordArt."""

from __future__ import annotations

from .docx_package import Package
from .docx_xml import A, Element, R, V

DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"


def drawn_texts(element: Element, package: Package) -> list[str]:
    """The texts of an `a:p`, a `v:textpath`, or the diagram that a `dgm:relIds` names, a paragraph each."""
    if element.tag == V + "textpath":
        return [element.get("string", "")]
    if element.tag == DIAGRAM:
        wanted = element.get(R + "dm")
        target = next((r.target for r in package.relations(package.main) if r.id == wanted), None)
        root = None if target is None else package.part(target)
        return [] if root is None else [_text(paragraph) for paragraph in root.iter(A + "p")]
    return [_text(element)]


def _text(paragraph: Element) -> str:
    return "".join("\n" if part.tag == A + "br" else part.text or "" for part in paragraph.iter(A + "t", A + "br"))
