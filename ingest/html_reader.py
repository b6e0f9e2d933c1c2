"""Reads web pages, which Word and office systems save under the name of a .doc: paragraphs, headings, lists and tables in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from typing import Any, Final

from .blocks import Block
from .detect import is_saved_page
from .docx_numbering import format_number
from .legacy import Coding, coding_of_font, decode_by_font, decode_bytes, lost_coding, mend
from .limits import TEXT_BYTES
from .mail import saved_page
from .reader_types import Content, Unreadable
from .tables import Cell, cell_blocks
from .text import clean

_GONE: Final = frozenset(
    ("head", "script", "style", "template", "noscript", "title", "xml", "del", "object", "svg", "select", "textarea")
)  # fmt: skip
_LINES: Final = frozenset(
    (
        "html", "body", "p", "div", "ul", "ol", "dl", "dt", "dd", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "pre", "center",
        "section", "article", "header", "footer", "main", "nav", "aside", "address", "figure", "figcaption", "form", "fieldset", "hr",
        "caption", "tr", "td", "th", "tbody", "thead", "tfoot",
    )
)  # fmt: skip
_BOLD_TAGS: Final = frozenset(("b", "strong", "th", "h1", "h2", "h3", "h4", "h5", "h6"))
_ITALIC_TAGS: Final = frozenset(("i", "em", "cite", "dfn", "var"))
_SPACE: Final = re.compile(r"[ \t\r\n\f]+")
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_WEIGHT: Final = re.compile(r"font-weight\s*:\s*(bold|bolder|[6-9]00|normal|[1-5]00)")
_SLANT: Final = re.compile(r"font-style\s*:\s*(italic|oblique|normal)")
_ALIGN: Final = re.compile(r"text-align\s*:\s*(center|right|left|justify)")
_FONT: Final = re.compile(r"font-family\s*:\s*[\"']?([^;,\"']+)")
_WIDEST: Final = 200  # columns and rows that one cell may span
_DEEPEST: Final = 200  # elements inside each other


@dataclass(frozen=True, slots=True)
class _Look:
    """What an element passes on to what is in it."""

    bold: bool = False
    italic: bool = False
    align: str = ""
    coding: Coding = ""
    level: int = 0
    kept_lines: bool = False


@dataclass(slots=True)
class _List:
    """A list that is open: how it counts ("1", "a", "A", "i", "I", or "-" for dots) and how far."""

    kind: str
    count: int


def read_html(path: Path) -> Content:
    """Blocks of a web page or of one saved with its pictures (MHT). Raises Unreadable for one too large to be a report."""
    if path.stat().st_size > TEXT_BYTES:
        raise Unreadable("limit", f"a web page of more than {TEXT_BYTES >> 20} MiB", "send the report by itself")
    return Content(html_blocks(page_source(path.read_bytes())), [])


def page_source(data: bytes) -> str:
    """The source of a web page, taken out of one saved with its pictures (MHT). Raises Unreadable where there is none in it."""
    if not is_saved_page(data):
        return decode_bytes(data)[0]
    page = saved_page(data)
    if not page:
        raise Unreadable("damaged", "a saved web page (MHT) in which there is no page", "open it and save it as DOCX or PDF")
    return page


def html_blocks(source: str) -> list[Block]:
    """What a browser would show of the source, as blocks; hidden and deleted text left out. Raises Unreadable where elements lie in each
    other beyond measure."""
    from lxml import html
    from lxml.etree import ParserError

    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(source.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except ParserError:  # nothing in it
        return []
    walker = _Walker(lost_coding(_texts(root)))
    walker.walk(root, _Look(), 0)
    walker.finish(_Look())
    return walker.blocks


def _texts(root: Any) -> Iterator[str]:
    return (text for element in root.iter("p", "td", "div", "li") if (text := "".join(element.itertext())))


class _Walker:
    """The state of one walk: blocks made, the paragraph that is open, and the counters."""

    def __init__(self, lost: Coding) -> None:
        self.blocks: list[Block] = []
        self._lost = lost
        self._pieces: list[tuple[str, _Look]] = []
        self._label = ""
        self._lists: list[_List] = []
        self._paragraphs = self._tables = 0

    def walk(self, element: Any, look: _Look, depth: int) -> None:
        """Reads an element, what is in it and what follows it."""
        tag = element.tag if isinstance(element.tag, str) else ""
        style = (element.get("style") or "").lower() if tag else ""
        if depth > _DEEPEST:
            raise Unreadable("limit", f"a web page with more than {_DEEPEST} elements in each other", "open it and save it as DOCX or PDF")
        if tag and tag not in _GONE and not _HIDDEN.search(style) and element.get("hidden") is None:
            inner = _inside(element, tag, style, look)
            if tag == "br":
                self._pieces.append(("\n", inner))
            elif tag == "table":
                self.finish(look)
                self._table(element, inner, depth)
            elif tag in ("ul", "ol", "li"):
                self._listed(element, tag, inner, depth)
            elif tag in _LINES:
                self.finish(look)
                self._content(element, inner, depth)
                self.finish(inner)
            else:
                self._content(element, inner, depth)

    def _content(self, element: Any, look: _Look, depth: int) -> None:
        self._text(element.text, look)
        for child in element:
            self.walk(child, look, depth + 1)
            self._text(child.tail, look)

    def _text(self, text: str | None, look: _Look) -> None:
        if text:
            shown = text if look.kept_lines else _SPACE.sub(" ", text)
            self._pieces.append((decode_by_font(shown, look.coding) if look.coding else shown, look))

    def _listed(self, element: Any, tag: str, look: _Look, depth: int) -> None:
        self.finish(look)
        if tag != "li":
            kind = element.get("type", "1") if tag == "ol" else "-"
            self._lists.append(_List(kind, _whole(element.get("start"), 1)))
            self._content(element, look, depth)
            self.finish(look)
            self._lists.pop()
            return
        if self._lists:
            inmost = self._lists[-1]
            inmost.count = _whole(element.get("value"), inmost.count)
            self._label = _label(inmost)
            inmost.count += 1
        self._content(element, look, depth)
        self.finish(look)
        self._label = ""

    def finish(self, look: _Look) -> None:
        """Ends the paragraph that is open, if it says anything."""
        pieces, self._pieces = self._pieces, []
        text = mend(clean("".join(piece for piece, _ in pieces)), self._lost)
        if not text:
            return
        label, self._label = self._label, ""
        shown = [own for piece, own in pieces if piece.strip()]
        self._paragraphs += 1
        bold, italic = all(own.bold for own in shown), all(own.italic for own in shown)
        align = shown[0].align or look.align
        self.blocks.append(
            Block(
                label + text, "list_item" if label else "paragraph", f"p{self._paragraphs}", bold=bold, italic=italic,
                centered=align == "center", right=align == "right", level=shown[0].level,
            )
        )  # fmt: skip

    def _table(self, table: Any, look: _Look, depth: int) -> None:
        """A table's cells; a frame of a single cell is no table: its content is read as if it stood outside."""
        self._loose(table, look, depth)
        self.finish(look)
        rows = _rows(table)
        elements = [cell for own in rows.values() for cell in own]
        if len(elements) == 1:
            self._content(elements[0], look, depth + 1)
            self.finish(look)
            return
        self._tables += 1
        number, cells, declared = self._tables, [], 0
        taken: set[tuple[int, int]] = set()
        for at, (row, own) in enumerate(rows.items()):
            if declared == at and own and (row.getparent().tag == "thead" or all(cell.tag == "th" for cell in own)):
                declared += 1
            for element in own:
                column = next(column for column in count() if (at, column) not in taken)
                if column >= _WIDEST:
                    break
                across = max(1, min(_whole(element.get("colspan"), 1), _WIDEST - column))
                down = max(1, min(_whole(element.get("rowspan"), 1) or len(rows), len(rows) - at, _WIDEST))
                taken |= {(r, c) for r in range(at, at + down) for c in range(column, column + across)}
                cells.append(replace(self._cell(element, look, depth), row=at, column=column, rows=down, columns=across))
        self.blocks.extend(cell_blocks(number, cells, declared))

    def _loose(self, element: Any, look: _Look, depth: int) -> None:
        """What a table holds outside its cells, which browsers show before it: its caption, and what stands where no text may stand."""
        self._text(element.text, look)
        for child in element:
            if child.tag in _ROW_HOLDERS:
                self._loose(child, look, depth)
            elif child.tag not in ("td", "th"):
                self.walk(child, look, depth + 1)
            self._text(child.tail, look)

    def _cell(self, element: Any, look: _Look, depth: int) -> Cell:
        """A cell's text, a line a paragraph; tables in it come after it."""
        kept, self.blocks = self.blocks, []
        paragraphs, lists, self._lists = self._paragraphs, self._lists, []
        self.walk(element, look, depth + 1)
        made, self.blocks = self.blocks, kept
        self._paragraphs, self._lists = paragraphs, lists
        own = [block for block in made if block.kind != "cell"]
        bold, centered = bool(own) and all(b.bold for b in own), bool(own) and all(b.centered for b in own)
        tables = [block for block in made if block.kind == "cell"]
        return Cell(0, 0, "\n".join(block.text for block in own), bold=bold, centered=centered, after=tables)


def _rows(table: Any) -> dict[Any, list[Any]]:
    """The table's own rows with their cells; cells that stand in no row make one of what holds them. What else holds rows is no part of the
    table: it is read before it, as any text that stands between rows."""
    rows: dict[Any, list[Any]] = {}
    for child in table.iterchildren(*_ROW_HOLDERS, "td", "th"):
        if child.tag not in _ROW_HOLDERS:
            rows.setdefault(table, []).append(child)
            continue
        if child.tag == "tr":
            rows.setdefault(child, [])
        for row, own in _rows(child).items():
            rows.setdefault(row, []).extend(own)
    return rows


def _inside(element: Any, tag: str, style: str, look: _Look) -> _Look:
    """The look of what is in the element."""
    bold = look.bold or tag in _BOLD_TAGS
    if weight := _WEIGHT.search(style):
        bold = weight[1] in ("bold", "bolder") or weight[1] in ("600", "700", "800", "900")
    slant = _SLANT.search(style)
    italic = slant[1] != "normal" if slant else look.italic or tag in _ITALIC_TAGS
    align = _ALIGN.search(style)
    told = align[1] if align else (element.get("align") or ("center" if tag == "center" else look.align)).lower()
    font = _FONT.search(element.get("style") or "")
    name = font[1].strip() if font else element.get("face") or ""
    level = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else look.level
    kept = look.kept_lines or tag == "pre"
    return _Look(bold, italic, told, coding_of_font(name) if name else look.coding, level, kept)


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.strip().isascii() and text.strip().isdigit() and len(text) < 6 else otherwise


def _label(counted: _List) -> str:
    """What stands before an item."""
    if counted.kind == "-":
        return "- "
    return f"{format_number(counted.count, _COUNTED.get(counted.kind, 'decimal'))}. "


_ROW_HOLDERS: Final = ("tbody", "thead", "tfoot", "tr")
_COUNTED: Final = {"a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
