"""The text of a web page, a line a paragraph: for letters."""

from __future__ import annotations

import re
from typing import Final

_BLANK_LINES: Final = re.compile(r"[ \t\r]*\n\s*")
_BLOCKS: Final = ("p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "h5", "h6", "table", "blockquote", "pre")


def text_of_html(source: str) -> str:
    """What shows, without scripts and styles; '' for what is no web page."""
    from lxml import html
    from lxml.etree import ParserError

    try:
        root = html.document_fromstring(source.encode(), parser=html.HTMLParser(encoding="utf-8", no_network=True))
    except ParserError:  # nothing in it
        return ""
    for gone in list(root.iter("script", "style", "head")):
        gone.drop_tree()
    for cell in root.iter("td", "th"):
        cell.tail = " " + (cell.tail or "")
    for block in root.iter(*_BLOCKS):
        block.text = "\n" + " ".join((block.text or "").split()) if block.tag not in ("br", "table") else block.text
        block.tail = "\n" + (block.tail or "")
    return _BLANK_LINES.sub("\n", str(root.text_content())).strip()
