"""What is done in memory to the XML of an odd Office package before anyone gives up on it."""

from __future__ import annotations

import re
from typing import Final

from docx.oxml.parser import oxml_parser, parse_xml
from lxml import etree

from .docx_xml import Element

# ISO 29500 "strict" names its vocabularies anew; the elements are the same as in the transitional form that everyone reads.
_STRICT: Final = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)
_STRICT_MARK: Final = b"http://purl.oclc.org/ooxml/"
_ROOT: Final = re.compile(rb"<([A-Za-z_][\w.:-]*)")
_UTF16: Final = (b"\xff\xfe", b"\xfe\xff")


def parsed(data: bytes, objects: bool = False) -> tuple[Element, bool]:
    """The root of a part's XML, and whether it had to be mended: faults that a tolerant reading gets over without losing text. With
    `objects` it is made of python-docx's classes (CT_Styles, CT_Numbering and so on).

    No entity is resolved, no DTD loaded, nothing fetched. Raises etree.XMLSyntaxError for a part that is cut off or is no XML.
    """
    plain = transitional(data)
    try:
        return etree.fromstring(plain, oxml_parser if objects else _parser(False)), False
    except etree.XMLSyntaxError:
        if not _is_whole(plain) or b"<!DOCTYPE" in plain[:1000]:  # cut off, or a bomb of entities
            raise
        root = etree.fromstring(plain, _parser(True))
        if root is None:
            raise
        return (parse_xml(etree.tostring(root)) if objects else root), True


def _is_whole(data: bytes) -> bool:
    """Whether the element that opens first is the one that closes last."""
    root = _ROOT.search(data)
    return root is not None and data[-200:].rstrip(b" \t\r\n>").endswith(b"</" + root[1])


def _parser(recover: bool) -> etree.XMLParser:
    # Depth, entity growth and the size of one text stay under libxml2's own limits: huge_tree would lift them.
    return etree.XMLParser(
        recover=recover, resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )


def transitional(data: bytes) -> bytes:
    """XML with the vocabularies of the strict form replaced by the usual ones."""
    if data.startswith(_UTF16):
        text = data.decode("utf-16", "replace")
        data = re.sub(r"^<\?xml[^>]*\?>", "", text).encode()
    if _STRICT_MARK in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return data
