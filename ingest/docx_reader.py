"""Reads a Word file (.docx): one walk over its XML in document order."""

from __future__ import annotations

from pathlib import Path
from typing import IO

from .blocks import Block
from .docx_drawing import drawn_texts
from .docx_embedded import chunk_blocks, placed
from .docx_inline import Inline, InlineReader
from .docx_numbering import Numbering
from .docx_package import Package
from .docx_styles import Look, Styles
from .docx_tables import is_box, read_table
from .docx_xml import MC, TRANSPARENT, A, Element, R, W, chosen, switch
from .legacy import lost_coding
from .model import Issue, PassageKind
from .reader_types import Unreadable
from .text import clean

_FAR_RIGHT = 180.0  # points: text pushed this far by its indent stands in the right half, as signatures without a table do
_TEXT_BOX = W + "txbxContent"
_ALTERNATE = MC + "AlternateContent"


def open_docx(source: Path | IO[bytes]) -> Package:
    """The package of a Word file: transitional or strict, template, with macros (which are never looked at). Raises Unreadable."""
    return Package(source)


def read_docx(package: Package, depth: int = 0) -> tuple[list[Block], list[Issue]]:
    """Blocks in document order and the faults met; `depth` is how many others the document lies in. Raises Unreadable where the main part
    is missing or damaged."""
    walker = _Walker(package, depth)
    walker.header()
    walker.walk(walker.body)
    walker.margins()
    return walker.blocks, [*package.issues, *walker.issues]


class _Walker:
    """The state of one walk: what has been read, and the counters of paragraphs, tables, text boxes, notes and lists."""

    def __init__(self, package: Package, depth: int) -> None:
        self._depth = depth
        document = package.document()
        body = document.find(W + "body")
        self.body = document if body is None else body
        self.blocks: list[Block] = []
        self.issues: list[Issue] = []
        self._package = package
        self.styles = Styles(package.related(package.main, "styles"), _theme_fonts(package))
        self.numbering = Numbering(package.related(package.main, "numbering"), self.styles)
        lost = lost_coding(_raw_texts(self.body)) if package.may_be_coded else ""
        self.inlines = InlineReader(self.styles, lost)
        self._notes: dict[str, dict[str, Element]] = {}
        self._carry: Inline | None = None
        self._paragraphs = self._tables = self._boxes = self._noted = self._chunks = 0
        self._margins_read: set[str] = set()

    def header(self) -> None:
        """The first page's header, where some offices put the letterhead; page numbers alone are none."""
        section = next(self.body.iter(W + "sectPr"), None)
        if section is not None:
            kind = "first" if switch(section, "titlePg") else "default"
            self._margin(section, "header", kind, "h1")

    def margins(self) -> None:
        """What stands in the other headers and in the footers, each once, after everything else."""
        sections = list(self.body.iter(W + "sectPr"))
        even = None
        for section in sections:
            for name in ("header", "footer"):
                for reference in section.iterchildren(f"{W}{name}Reference"):
                    kind = reference.get(W + "type", "default")
                    if kind == "even" and even is None:
                        even = bool(switch(self._package.related(self._package.main, "settings"), "evenAndOddHeaders"))
                    if kind == "default" or (kind == "first" and switch(section, "titlePg")) or (kind == "even" and even):
                        self._margin(section, name, kind, f"{name[0]}{len(self._margins_read) + 1}")

    def _margin(self, section: Element, name: PassageKind, kind: str, prefix: str) -> None:
        """One header or footer, unless it was read before or says what another one says."""
        wanted = next((r.get(R + "id") for r in section.iterchildren(f"{W}{name}Reference") if r.get(W + "type", "default") == kind), None)
        target = next((r.target for r in self._package.relations(self._package.main) if r.id == wanted), None)
        root = self._package.part(target) if target is not None and target not in self._margins_read else None
        if target is None or root is None:
            return
        self._margins_read.add(target)
        made = self._apart(root, name, prefix)
        if prefix != "h1":  # a table in a footer is no table of the report
            for block in made:
                block.kind, block.row = name, None
        known = {b.text for b in self.blocks if b.kind in ("header", "footer")}
        self.blocks.extend(b for b in made if any(map(str.isalpha, b.text)) and b.text not in known)

    def _apart(self, root: Element, kind: PassageKind, prefix: str) -> list[Block]:
        """Blocks of something that stands apart from the text, its paragraphs counted on their own."""
        kept, self.blocks = self.blocks, []
        paragraphs, self._paragraphs = self._paragraphs, 0
        carry, self._carry = self._carry, None
        self.walk(root, kind, prefix)
        self._flush(kind, f"{prefix}p{self._paragraphs}")
        made, self.blocks = self.blocks, kept
        self._paragraphs, self._carry = paragraphs, carry
        return made

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
            elif tag == _ALTERNATE:
                branch = chosen(child)
                if branch is not None:
                    self.walk(branch, kind, prefix)
            elif tag == W + "altChunk":
                self._chunk(child.get(R + "id", ""), kind)
        if parent is self.body:
            self._flush(kind, f"p{self._paragraphs}")

    def _chunk(self, relation: str, kind: PassageKind) -> None:
        """Another document set in here (`w:altChunk`): Word shows it as part of the text."""
        self._flush(kind, f"p{self._paragraphs}")
        self._chunks += 1
        try:
            made, issues = chunk_blocks(self._package, relation, self._depth + 1)
        except Unreadable as refused:
            message = f"part of the text is another document embedded in this one, which cannot be read: {refused.issue.message}"
            self.issues.append(Issue(refused.issue.code, message, refused.issue.next_step))
            return
        blocks = placed(made, self._chunks, self._tables)
        self._tables = max((block.row.table for block in blocks if block.row), default=self._tables)
        for block in blocks:
            block.kind = kind if kind != "paragraph" and block.kind == "paragraph" else block.kind
        self.blocks.extend(blocks)
        self.issues.extend(issues)

    def embedded(self, relation: str) -> list[Block]:
        """Blocks of a document set into a cell, to be put after the cell."""
        kept, self.blocks = self.blocks, []
        self._chunk(relation, "paragraph")
        made, self.blocks = self.blocks, kept
        return made

    def table(self, table: Element, kind: PassageKind = "paragraph", prefix: str = "") -> None:
        """A table's cells; a frame of a single cell is no table: its content is read as if it stood outside."""
        box = is_box(table)
        if box is not None:
            self.walk(box, kind, prefix)
            return
        self._tables += 1
        self.blocks.extend(read_table(table, self._tables, self))

    def lines(self, paragraph: Element) -> tuple[str, Inline, Look]:
        """A paragraph's text with its label, for a cell; what hangs on it is in the inline."""
        look = self._look(paragraph)
        inline = self.inlines.read(paragraph, look)
        return clean(self._label(look) + inline.text), inline, look

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
        if look.joined:  # with the mark gone the text runs on in the next paragraph
            self._carry = inline
            return
        self._emit(inline, look, self._label(look), kind, place)

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
        first = paragraph[0] if len(paragraph) else None
        properties = first if first is not None and first.tag == _PROPERTIES else paragraph.find(_PROPERTIES)
        return self.styles.paragraph(properties)

    def _label(self, look: Look) -> str:
        return self.numbering.label(look.num_id, look.num_level, look.style) if look.num_id else ""

    def _box(self, box: Element) -> None:
        self._boxes += 1
        prefix = f"tb{self._boxes}"
        if box.tag == _TEXT_BOX:
            self.blocks.extend(self._apart(box, "textbox", prefix))
            return
        for at, text in enumerate(drawn_texts(box, self._package), 1):
            if text := clean(text):
                self.blocks.append(Block(text, "textbox", f"{prefix}p{at}"))

    def _footnotes(self, inline: Inline) -> None:
        for kind, note_id in inline.notes:
            if kind not in self._notes:
                self._notes[kind] = _by_id(self._package.related(self._package.main, f"{kind}s"), kind)
            note = self._notes[kind].get(note_id)
            if note is None:
                self.issues.append(Issue("missing-footnote", f"{kind} {note_id} is referred to but not in the file"))
                continue
            self._noted += 1
            place = f"fn{self._noted}"
            text = "\n".join(block.text for block in self._apart(note, "footnote", place) if block.text)
            if text:
                self.blocks.append(Block(text, "footnote", place))


_PROPERTIES = W + "pPr"


def _parts(inline: Inline, label: str) -> list[tuple[str, bool, bool]]:
    """The clean text with whether it is bold and italic; two parts where a soft break ends a bold heading and plain text follows."""
    bold, italic = inline.all_bold, inline.all_italic
    text = clean(label + inline.text)
    if not text:
        return []
    first = inline.bold_pieces
    if bold or not first:
        return [(text, bold, italic)]
    head, rest = clean(label + inline.text_of(inline.pieces[:first])), clean(inline.text_of(inline.pieces[first:]))
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


def _by_id(root: Element | None, kind: str) -> dict[str, Element]:
    return {} if root is None else {note.get(W + "id", ""): note for note in root.iterchildren(W + kind)}


def _theme_fonts(package: Package) -> dict[str, str]:
    """The names of the theme's two Latin fonts: "minor" for text, "major" for headings."""
    theme = package.related(package.main, "theme")
    found: dict[str, str] = {}
    for name in ("minor", "major"):
        latin = None if theme is None else next(theme.iter(f"{A}{name}Font"), None)
        latin = None if latin is None else latin.find(A + "latin")
        found[name] = "" if latin is None else latin.get("typeface", "")
    return found


def _raw_texts(body: Element) -> list[str]:
    return ["".join(t.text or "" for t in paragraph.iter(W + "t")) for paragraph in body.iter(W + "p")]
