"""Names of the WordprocessingML vocabulary (ECMA-376 part 1) and small helpers to read its attributes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from docx.exceptions import PythonDocxError
from docx.oxml.exceptions import XmlchemyError

Element = Any  # an lxml element: lxml ships no types
_T = TypeVar("_T")

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
V = "{urn:schemas-microsoft-com:vml}"
VAL = W + "val"

# Wrappers whose content stands in the document as if they were not there.
TRANSPARENT = frozenset(
    {W + n for n in ("ins", "moveTo", "smartTag", "sdt", "sdtContent", "hyperlink", "fldSimple", "customXml", "dir", "bdo")}
    | {MC + "Choice", MC + "Fallback"}
)
# What a tracked change has taken away.
DELETED = frozenset({W + "del", W + "moveFrom"})


def value(parent: Element | None, name: str) -> str | None:
    """`w:val` of the child `w:name`; None without the child, '' without the attribute."""
    if parent is None:
        return None
    child = parent.find(W + name)
    return None if child is None else child.get(VAL, "")


def switch(parent: Element | None, name: str) -> bool | None:
    """An on/off property: None when not stated; present without a value is on."""
    text = value(parent, name)
    return None if text is None else text not in ("0", "false", "off", "none")


def told(ask: Callable[[], _T], otherwise: _T) -> _T:
    """What python-docx answers; `otherwise` where it refuses the value, as it does any that the standard does not have (a style of type
    "paragraf", a list of number "x")."""
    try:
        return ask()
    except (PythonDocxError, XmlchemyError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return otherwise


def number(text: str | None, default: int = 0) -> int:
    """A whole number as Word writes it; the default where it is none ("12.5" is cut)."""
    try:
        return int(float(text)) if text else default
    except (ValueError, OverflowError):
        return default


def text_of(element: Element) -> str:
    """The text of a `w:t`. An entity in it that is not resolved is left out, what stands after it is kept."""
    text = element.text or ""
    return text + "".join(child.tail or "" for child in element) if len(element) else text


def chosen(alternate: Element) -> Element | None:
    """The branch of an `mc:AlternateContent` to read: the first that holds text (or a number format), else the first. Never two."""
    branches = [c for c in alternate if c.tag in (MC + "Choice", MC + "Fallback")]
    for branch in branches:
        if next(branch.iter(W + "t", W + "sym", W + "numFmt", A + "t"), None) is not None:
            return branch
    return branches[0] if branches else None


def through(parent: Element, tag: str) -> Iterator[Element]:
    """The children `tag`, also those inside wrappers such as content controls; rows of a table, cells of a row."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in TRANSPARENT:
            yield from through(child, tag)
