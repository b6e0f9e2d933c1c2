"""Writes a sample report as a Word file, laid out as Decree 30/2020/NĐ-CP asks, with the oddities its `@render` names.

The zip is packed again with one fixed date, so that the same text gives the same bytes.
"""

import datetime as dt
import io
import re
import unicodedata
import zipfile
from dataclasses import dataclass, field
from typing import Any

from docx import Document as new_docx
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt

from .docx_parts import cp1258, define_numbering, footnotes_part, old_tone, text_box
from .markup import MOTTO, Block, Document, Piece, column_widths, has_superior, number_line, plain

STAMP = dt.datetime(2023, 11, 6, 9, 15, 0)
ZIP_DATE = (2023, 11, 6, 9, 15, 0)
NUMBERING = {"h1": (1, 0), "h2": (1, 1), "h3": (1, 2), "dash": (2, 0), "plus": (2, 1)}
TYPED_LABEL = re.compile(r"^(?:[IVX]+|\d+(?:\.\d+)*|[a-zđ])[.)]\s+")


@dataclass(slots=True)
class _Writer:
    """What one build carries along: the Word document, the render, and the footnotes met so far."""

    docx: Any
    render: str
    notes: list[str] = field(default_factory=list)
    paragraphs: int = 0
    revisions: int = 0


def _spell(writer: _Writer, text: str) -> str:
    """The text as this render types it; a real NFD file mixes forms, so paragraphs take turns."""
    if writer.render == "docx-oldtone":
        return old_tone(text)
    if writer.render == "docx-nfd":
        return (unicodedata.normalize("NFD", text), cp1258(text), text)[writer.paragraphs % 3]
    return text


def _run(paragraph: Any, text: str, size: float, bold: bool = False, italic: bool = False) -> Any:
    """Adds runs (a number is split from its symbol, as Word often does) and returns the last one."""
    run = None
    for part in re.split(r"(?<=\d)(?=/[A-ZĐ])", text):
        for k, line in enumerate(part.split("\\n")):
            run = paragraph.add_run()
            if k:
                run.add_break()
            run.add_text(line)
            run.bold, run.italic = bold or None, italic or None
            run.font.size = Pt(size)
    return run


def _pieces(writer: _Writer, paragraph: Any, pieces: tuple[Piece, ...], size: float, bold: bool = False, italic: bool = False) -> None:
    """Writes pieces with their tracked changes and footnotes; other renders take insertions as typed and drop the rest."""
    writer.paragraphs += 1
    noted: int | None = None
    for piece in pieces:
        text = _spell(writer, piece.text)
        if piece.note is not None:
            if writer.render != "docx-footnote":
                continue
            if piece.note != noted:
                noted = piece.note
                _footnote_mark(writer, paragraph, "".join(_spell(writer, p.text) for p in pieces if p.note == noted))
        elif piece.mark == "plain" or (piece.mark == "ins" and writer.render != "docx-tracked"):
            _run(paragraph, text, size, bold, italic)
        elif writer.render == "docx-tracked":
            _tracked(writer, paragraph, piece.mark, _run(paragraph, text, size, bold, italic)._r)


def _tracked(writer: _Writer, paragraph: Any, mark: str, run: Any) -> None:
    """Wraps a run in w:ins or w:del with author and date."""
    writer.revisions += 1
    change = OxmlElement(f"w:{mark}")
    for key, value in (("id", str(900 + writer.revisions)), ("author", "Phòng Tổ chức"), ("date", "2023-11-03T15:42:00Z")):
        change.set(qn(f"w:{key}"), value)
    paragraph._p.append(change)
    change.append(run)
    if mark == "del":
        for text in run.findall(qn("w:t")):
            text.tag = qn("w:delText")


def _footnote_mark(writer: _Writer, paragraph: Any, text: str) -> None:
    writer.notes.append(text)
    run = paragraph.add_run()
    run.font.superscript = True
    mark = OxmlElement("w:footnoteReference")
    mark.set(qn("w:id"), str(len(writer.notes) + 1))
    run._r.append(mark)


def _format(
    paragraph: Any, align: Any, indent: float = 0, before: float = 0, after: float = 0, line: float = 1.0, keep: bool = False
) -> Any:
    shape = paragraph.paragraph_format
    shape.alignment, shape.space_before, shape.space_after, shape.line_spacing = align, Pt(before), Pt(after), line
    if indent:
        shape.first_line_indent = Cm(indent)
    if keep:
        shape.keep_with_next = True
    return paragraph


def _rule(paragraph: Any, indent: float) -> None:
    """A short line under a name: an empty small paragraph with a bottom border."""
    _format(paragraph, ALIGN.CENTER).paragraph_format.left_indent = Cm(indent)
    paragraph.paragraph_format.right_indent = Cm(indent)
    _run(paragraph, "", 2)
    paragraph.paragraph_format.line_spacing = Pt(3)
    border = parse_xml(f'<w:pBdr {nsdecls("w")}><w:bottom w:val="single" w:sz="6" w:space="0" w:color="000000"/></w:pBdr>')
    # Word wants the border before spacing, indent and alignment.
    paragraph._p.get_or_add_pPr().insert_element_before(border, "w:spacing", "w:ind", "w:jc")


def _column(cell: Any, lines: list[tuple[str, float, bool, bool]], rule_after: int, indent: float) -> None:
    """Centred lines (text, size, bold, italic) of a letterhead cell, a short rule after line `rule_after`."""
    paragraph = cell.paragraphs[0]
    for k, (text, size, bold, italic) in enumerate(lines):
        _run(_format(paragraph, ALIGN.CENTER), text, size, bold, italic)
        if k == rule_after:
            _rule(cell.add_paragraph(), indent)
        if k < len(lines) - 1:
            paragraph = cell.add_paragraph()


def _two_columns(container: Any, left: float, right: float, rows: int = 1) -> Any:
    """A borderless table of two columns, widths in cm."""
    table = container.add_table(rows=rows, cols=2)
    table.autofit = False
    for row in table.rows:
        row.cells[0].width, row.cells[1].width = Cm(left), Cm(right)
    table.columns[0].width, table.columns[1].width = Cm(left), Cm(right)
    return table


def _letterhead(writer: _Writer, head: dict[str, str]) -> None:
    issuer = [_spell(writer, line) for line in head["issuer"].split("|")]
    superior = has_superior(head["issuer"].split("|"))
    left = [(line, 12.0, not (superior and k == 0), False) for k, line in enumerate(issuer)]
    right = [(_spell(writer, MOTTO[0]), 12.0, True, False), (_spell(writer, MOTTO[1]), 13.0, True, False)]
    number = [(number_line(head), 13.0, False, False)]
    date = [(_spell(writer, head["place_date"]), 14.0, False, True)]
    if writer.render == "docx-textbox":
        _text_boxes(writer, left + number, right + date)
    else:
        table = _two_columns(writer.docx, 6.9, 9.8, rows=2)
        _column(table.cell(0, 0), left, len(left) - 1, 2.2)
        _column(table.cell(0, 1), right, 1, 2.3)
        _column(table.cell(1, 0), number, -1, 0)
        _column(table.cell(1, 1), date, -1, 0)
    _run(_format(writer.docx.add_paragraph(), ALIGN.CENTER, before=14), head["type"], 14, bold=True)
    for line in head["title"].split("|"):
        _run(_format(writer.docx.add_paragraph(), ALIGN.CENTER), _spell(writer, line), 14, bold=True)
    _rule(writer.docx.add_paragraph(), 6.8)
    _format(writer.docx.add_paragraph(), ALIGN.LEFT)


def _text_boxes(writer: _Writer, left: list[tuple[str, float, bool, bool]], right: list[tuple[str, float, bool, bool]]) -> None:
    """The letterhead in two text boxes, and the blank lines that make room for them."""
    anchor = _format(writer.docx.add_paragraph(), ALIGN.LEFT)
    for number, (x, width, lines) in enumerate(((-0.3, 6.3, left), (6.1, 10.4, right)), start=1):
        scratch = new_docx()
        for k, (text, size, bold, italic) in enumerate(lines):
            _run(_format(scratch.add_paragraph(), ALIGN.CENTER), text, size, bold, italic)
            if (number == 1 and k == len(lines) - 2) or (number == 2 and k == 1):
                _rule(scratch.add_paragraph(), 2.2)
        anchor.add_run()._r.append(text_box(number, x, width, [p._p for p in scratch.paragraphs]))
    for _ in range(4):
        _run(_format(writer.docx.add_paragraph(), ALIGN.LEFT), "", 13)


def _body(writer: _Writer, block: Block, decision: bool) -> None:
    """One paragraph or heading of the body."""
    bold, italic = block.kind in ("h1", "h2", "center", "appendix"), block.kind == "h3"
    pieces = block.pieces
    heading = block.kind in ("h1", "h2", "h3")
    paragraph = writer.docx.add_paragraph()
    if block.kind in ("center", "appendix"):
        _format(paragraph, ALIGN.CENTER, before=4, after=4).paragraph_format.page_break_before = block.kind == "appendix"
    else:
        align = ALIGN.LEFT if heading else ALIGN.JUSTIFY
        _format(paragraph, align, 0 if block.kind == "h1" else 1.0, 3, 3, 1.1, keep=heading)
    italic = italic or (decision and plain(pieces).startswith("Căn cứ"))
    if writer.render == "docx-autonum" and block.kind in NUMBERING:
        if not heading or TYPED_LABEL.match(pieces[0].text):
            _number(paragraph, *NUMBERING[block.kind])
        pieces = (Piece(TYPED_LABEL.sub("", pieces[0].text), pieces[0].mark, pieces[0].note), *pieces[1:]) if heading else pieces
    elif block.kind in ("dash", "plus"):
        _run(paragraph, "- " if block.kind == "dash" else "+ ", 14)
    _pieces(writer, paragraph, pieces, 14, bold, italic)


def _number(paragraph: Any, list_id: int, level: int) -> None:
    properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
    properties.get_or_add_ilvl().val, properties.get_or_add_numId().val = level, list_id


def _table(writer: _Writer, block: Block) -> None:
    """A ruled table; a cell '^' is merged with the one above it; the header row repeats on each page."""
    table = writer.docx.add_table(rows=len(block.rows), cols=len(block.rows[0]))
    table.style = "Table Grid"
    table.autofit = False
    widths = column_widths(block, 16.0)
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    for r, row in enumerate(block.rows):
        for k, pieces in enumerate(row):
            cell = table.cell(r, k)
            cell.width = Cm(widths[k])
            if plain(pieces) != "^":
                align = ALIGN.CENTER if r == 0 else ALIGN.LEFT
                _pieces(writer, _format(cell.paragraphs[0], align), pieces, 12, bold=r == 0)
    for r, row in enumerate(block.rows):
        for k, pieces in enumerate(row):
            if plain(pieces) == "^":
                _merge_up(table.cell(r - 1, k)._tc, table.cell(r, k)._tc)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _format(writer.docx.add_paragraph(), ALIGN.LEFT)


def _merge_up(above: Any, below: Any) -> None:
    properties = above.get_or_add_tcPr()
    if properties.find(qn("w:vMerge")) is None:
        properties.append(parse_xml(f'<w:vMerge {nsdecls("w")} w:val="restart"/>'))
    below.get_or_add_tcPr().append(OxmlElement("w:vMerge"))


def _signature(writer: _Writer, sign: Block, recipients: Block | None) -> None:
    _format(writer.docx.add_paragraph(), ALIGN.LEFT)
    table = _two_columns(writer.docx, 8.0, 8.5)
    left, right = table.rows[0].cells
    if recipients:
        _run(_format(left.paragraphs[0], ALIGN.LEFT), "Nơi nhận:", 12, bold=True, italic=True)
        for k, line in enumerate(recipients.lines):
            end = "." if k == len(recipients.lines) - 1 else ";"
            _run(_format(left.add_paragraph(), ALIGN.LEFT), f"- {_spell(writer, line.strip())}{end}", 11)
    lines: list[tuple[str, float, bool, bool]] = []
    for line in sign.lines:
        lines += [(_spell(writer, line), 14.0, True, False)] if line else [("", 14.0, False, False)] * 3
    _column(right, lines, -1, 0)


def _page_set_up(writer: _Writer, head: dict[str, str]) -> None:
    """A4, margins of Decree 30/2020, the page number centred at the top from page 2 on."""
    section = writer.docx.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin, section.top_margin, section.bottom_margin = Cm(3), Cm(1.5), Cm(2), Cm(2)
    section.different_first_page_header_footer = True
    paragraph = _format(section.header.paragraphs[0], ALIGN.CENTER)
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        tag = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            tag.set(qn("w:fldCharType"), kind)
        else:
            tag.text = text
        run._r.append(tag)
    if head.get("footer"):
        _run(_format(section.footer.paragraphs[0], ALIGN.LEFT), _spell(writer, head["footer"]), 9, italic=True)
    style = writer.docx.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", Pt(14)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "Times New Roman")


def _properties(writer: _Writer, head: dict[str, str]) -> None:
    core = writer.docx.core_properties
    core.author, core.last_modified_by, core.comments, core.title = (
        head["agency_name"],
        head["agency_name"],
        "",
        head["title"].replace("|", " "),
    )
    core.created = core.modified = STAMP
    core.revision = 3


def _repack(data: bytes) -> bytes:
    """The same package with every member dated alike, so that two builds are equal byte by byte."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            member = zipfile.ZipInfo(name, ZIP_DATE)
            member.compress_type, member.create_system = zipfile.ZIP_DEFLATED, 0
            new.writestr(member, old.read(name), compresslevel=9)
    return out.getvalue()


def build(document: Document) -> bytes:
    """The DOCX's bytes, the same on each run."""
    head = document.head
    writer = _Writer(new_docx(), head["render"])
    _page_set_up(writer, head)
    _properties(writer, head)
    if head["render"] == "docx-autonum":
        define_numbering(writer.docx)
    _letterhead(writer, head)
    recipients = next((b for b in document.blocks if b.kind == "recipients"), None)
    for block in document.blocks:
        if block.kind == "sign":
            _signature(writer, block, recipients)
        elif block.kind == "table":
            _table(writer, block)
        elif block.kind != "recipients":
            _body(writer, block, head["type"] == "QUYẾT ĐỊNH")
    if writer.notes:
        footnotes_part(writer.docx, writer.notes)
    out = io.BytesIO()
    writer.docx.save(out)
    return _repack(out.getvalue())
