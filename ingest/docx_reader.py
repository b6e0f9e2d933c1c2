"""Reads a Word file (.docx): one walk over its XML in document order."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import parse_xml

from .blocks import Block
from .docx_inline import Inline, InlineReader
from .docx_numbering import Numbering
from .docx_styles import Look, Styles, paragraph_look
from .docx_tables import is_box, read_table
from .docx_xml import DELETED, MC, TRANSPARENT, Element, R, W, chosen, switch, value
from .model import Issue, PassageKind
from .text import clean

_EMBEDDED = Issue("embedded-document", "part of the text is another document embedded in this one", "open it in Word and save it anew")
_FAR_RIGHT = 180.0  # points: text pushed this far by its indent stands in the right half, as signatures without a table do


def open_docx(path: Path) -> Any:
    """The package as python-docx opens it. Raises what python-docx raises for a damaged one: nearly anything."""
    return Document(str(path))


def read_docx(document: Any) -> tuple[list[Block], list[Issue]]:
    """Blocks in document order and the faults met."""
    walker = _Walker(document)
    walker.header()
    walker.walk(walker.body)
    return walker.blocks, walker.issues


class _Walker:
    """The state of one walk: what has been read, and the counters of paragraphs, tables, text boxes, notes and lists."""

    def __init__(self, document: Element) -> None:
        part = document.part
        self.body = document.element.body
        self.blocks: list[Block] = []
        self.issues: list[Issue] = []
        self._part = part
        self.styles = Styles(_related(part, "/styles"))
        self.numbering = Numbering(_related(part, "/numbering"), self.styles)
        self.inlines = InlineReader(self.styles)
        self._notes = {kind: _by_id(_related(part, f"/{kind}s"), kind) for kind in ("footnote", "endnote")}
        self._carry: Inline | None = None
        self._paragraphs = self._tables = self._boxes = self._noted = 0

    def header(self) -> None:
        """The first page's header, where some offices put the letterhead; page numbers alone are none."""
        section = next(self.body.iter(W + "sectPr"), None)
        if section is None:
            return
        kind = "first" if switch(section, "titlePg") else "default"
        for reference in section.iterchildren(W + "headerReference"):
            target = self._part.related_parts.get(reference.get(R + "id")) if reference.get(W + "type") == kind else None
            if target is not None:
                self.walk(_root(target), "header", "h1")
                self._paragraphs = 0
                self.blocks = [b for b in self.blocks if any(map(str.isalpha, b.text))]

    def walk(self, parent: Element, kind: PassageKind = "paragraph", prefix: str = "") -> None:
        """Reads the paragraphs and tables in `parent` (body, cell, header); `prefix` goes before a paragraph's place."""
        for child in parent:
            tag = child.tag
            if tag == W + "p":
                self._paragraphs += 1
                self.paragraph(child, kind, f"{prefix}p{self._paragraphs}")
            elif tag == W + "tbl":
                self._flush(kind, f"{prefix}p{self._paragraphs}")
                self.table(child, kind, prefix)
            elif tag in TRANSPARENT:
                self.walk(child, kind, prefix)
            elif tag == MC + "AlternateContent":
                branch = chosen(child)
                if branch is not None:
                    self.walk(branch, kind, prefix)
            elif tag == W + "altChunk":
                self.issues.append(_EMBEDDED)
        if parent is self.body:
            self._flush(kind, f"p{self._paragraphs}")

    def table(self, table: Element, kind: PassageKind = "paragraph", prefix: str = "") -> None:
        """A table's cells; a frame of a single cell is no table: its content is read as if it stood outside."""
        box = is_box(table)
        if box is not None:
            self.walk(box, kind, prefix)
            return
        self._tables += 1
        self.blocks.extend(read_table(table, self._tables, self))

    def lines(self, paragraph: Element) -> tuple[str, Inline, Look]:
        """A paragraph's text with its label, for a cell or a note; what hangs on it is in the inline."""
        look = self._look(paragraph)
        inline = self.inlines.read(paragraph, look)
        return clean(self._label(paragraph, look) + inline.text), inline, look

    def hanging(self, inline: Inline) -> list[Block]:
        """Blocks of the text boxes and notes of a paragraph in a cell, to be put after the cell."""
        kept, self.blocks = self.blocks, []
        for box in inline.boxes:
            self._box(box)
        self._footnotes(inline)
        made, self.blocks = self.blocks, kept
        return made

    def aside(self, table: Element) -> list[Block]:
        """Blocks of a table nested in a cell, to be put after the cell."""
        kept, self.blocks = self.blocks, []
        self.table(table)
        made, self.blocks = self.blocks, kept
        return made

    def paragraph(self, paragraph: Element, kind: PassageKind, place: str) -> None:
        """One `w:p` with the text boxes and notes that hang on it."""
        look = self._look(paragraph)
        inline = self.inlines.read(paragraph, look, self._carry)
        self._carry = None
        if _mark_deleted(paragraph):  # with the mark gone the text runs on in the next paragraph
            self._carry = inline
            return
        self._emit(inline, look, self._label(paragraph, look), kind, place)

    def _flush(self, kind: PassageKind, place: str) -> None:
        if self._carry is not None:
            inline, self._carry = self._carry, None
            self._emit(inline, Look(), "", kind, place)

    def _emit(self, inline: Inline, look: Look, label: str, kind: PassageKind, place: str) -> None:
        for box in inline.boxes[: inline.before]:
            self._box(box)
        for text, bold, italic in _parts(inline, label):
            self.blocks.append(_block(text, bold, italic, inline.size, look, kind, place))
        for box in inline.boxes[inline.before :]:
            self._box(box)
        self._footnotes(inline)

    def _look(self, paragraph: Element) -> Look:
        properties = paragraph.find(W + "pPr")
        return paragraph_look(self.styles.look(value(properties, "pStyle")), properties)

    def _label(self, paragraph: Element, look: Look) -> str:
        if not look.num_id:
            return ""
        return self.numbering.label(look.num_id, look.num_level, value(paragraph.find(W + "pPr"), "pStyle"))

    def _box(self, box: Element) -> None:
        self._boxes += 1
        kept, self._paragraphs = self._paragraphs, 0
        carry, self._carry = self._carry, None
        self.walk(box, "textbox", f"tb{self._boxes}")
        self._paragraphs, self._carry = kept, carry

    def _footnotes(self, inline: Inline) -> None:
        for kind, note_id in inline.notes:
            note = self._notes[kind].get(note_id)
            if note is None:
                self.issues.append(Issue("missing-footnote", f"{kind} {note_id} is referred to but not in the file"))
                continue
            self._noted += 1
            text = "\n".join(t for p in note.iter(W + "p") if (t := self.lines(p)[0]))
            if text:
                self.blocks.append(Block(text, "footnote", f"fn{self._noted}"))


def _parts(inline: Inline, label: str) -> list[tuple[str, bool, bool]]:
    """The clean text with whether it is bold and italic; two parts where a soft break ends a bold heading and plain text follows."""
    bold, italic = inline.all_bold, inline.all_italic
    text = clean(label + inline.text)
    if not text:
        return []
    first = inline.bold_first_line
    if bold or not first:
        return [(text, bold, italic)]
    head, rest = clean(label + inline.text[:first]), clean(inline.text[first:])
    return [(head, True, italic), (rest, False, italic)] if head and rest else [(text, bold, italic)]


def _block(text: str, bold: bool, italic: bool, size: float, look: Look, kind: PassageKind, place: str) -> Block:
    indent = (look.left or 0.0) + max(look.first or 0.0, 0.0)
    return Block(
        text,
        kind,
        place,
        bold=bold,
        italic=italic,
        centered=look.align == "center",
        right=look.align in ("right", "end") or (look.align != "center" and indent > _FAR_RIGHT),
        size=size,
        indent=indent,
        level=look.level or 0,
        plain=look.toc,
    )


def _mark_deleted(paragraph: Element) -> bool:
    mark = paragraph.find(f"{W}pPr/{W}rPr")
    return mark is not None and any(child.tag in DELETED for child in mark)


def _related(part: Element, kind: str) -> Element | None:
    """The root of the part that relates to the document as `kind` ("/footnotes"), None where there is none."""
    for relation in part.rels.values():
        if not relation.is_external and relation.reltype.endswith(kind):
            return _root(relation.target_part)
    return None


def _root(part: Element) -> Element:
    """A part's XML; python-docx has parsed some kinds of part already."""
    element = getattr(part, "element", None)
    return parse_xml(part.blob) if element is None else element


def _by_id(root: Element | None, kind: str) -> dict[str, Element]:
    return {} if root is None else {note.get(W + "id", ""): note for note in root.iterchildren(W + kind)}
