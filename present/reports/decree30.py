"""The form of administrative documents: Nghị định 30/2020/NĐ-CP, Phụ lục I. A4, Times New Roman, letterhead in two columns without borders,
page number in the middle above from the second page on.

A document in English keeps the form, with the words of it translated.

Tables are written as XML by hand: python-docx looks a cell up by walking the whole table, so that a matrix of 264 lines takes minutes.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape

from ..language import spoken, words
from .texts import harmless

if TYPE_CHECKING:
    from docx.document import Document
    from docx.text.paragraph import Paragraph

FONT: Final = "Times New Roman"
BODY: Final = 14  # points; the letterhead's sizes are those of Phụ lục I, mục II
_W: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
COUNTRY: Final = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO: Final = "Độc lập - Tự do - Hạnh phúc"


@dataclass(frozen=True, slots=True)
class Sender:
    """Who writes: its superior's name and its own in the letterhead, the place for the date, the symbol behind the number ("SNV"), and who
    signs."""

    superior: str
    name: str
    place: str
    symbol: str
    signer: str


def new_document() -> Document:
    """An empty document in that form."""
    from docx import Document as make
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt

    document = make()
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = FONT, Pt(BODY)
    fonts = normal.element.rPr.rFonts
    for side in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(side), FONT)
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.element.rPr.append(_xml(f'<w:lang {_W} w:val="{"en-GB" if spoken() == "en" else "vi-VN"}" w:eastAsia="vi-VN"/>'))
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    _number_pages(section)
    return document


def _number_pages(section: Any) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        mark = f'<w:fldChar {_W} w:fldCharType="{kind}"/>' if kind else f"<w:instrText {_W}>{text}</w:instrText>"
        run._r.append(_xml(mark))


def _xml(text: str) -> Any:
    from docx.oxml import parse_xml

    return parse_xml(text)


def saved(document: Document) -> bytes:
    """The document as a file."""
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def line(
    where: Any, text: str, *, size: float = BODY, bold: bool = False, italic: bool = False, centred: bool = False, first: bool = False
) -> Paragraph:
    """Add a paragraph of one run to a document or table cell (`first`: into the paragraph that a new cell has)."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    paragraph: Paragraph = where.paragraphs[0] if first else where.add_paragraph()
    run = paragraph.add_run(harmless(text))
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    return paragraph


def rule(where: Any, indent_mm: float) -> None:
    """A thin line in the middle, `indent_mm` from either side: below the agency's name, the motto, the title."""
    from docx.shared import Mm, Pt

    paragraph = where.add_paragraph()
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(indent_mm)
    paragraph.paragraph_format.line_spacing = Pt(3)
    paragraph.paragraph_format.space_before, paragraph.paragraph_format.space_after = Pt(3), Pt(4)
    paragraph._p.get_or_add_pPr().append(_xml(f'<w:pBdr {_W}><w:top w:val="single" w:sz="6" w:space="1" w:color="000000"/></w:pBdr>'))


def letterhead(document: Document, sender: Sender, number: str, year: int | str, subject: str = "") -> None:
    """Who writes, the country and its motto, the number and the day with room to fill in; `subject` ("V/v ...") for a letter."""
    left, right = _two_columns(document, 67, 98)
    if sender.superior:
        committee, _, where = sender.superior.upper().partition("NHÂN DÂN ")
        line(left, f"{committee}NHÂN DÂN\n{where}" if where else committee, size=12, centred=True, first=True)
    line(left, sender.name.upper(), size=12, bold=True, centred=True, first=not sender.superior)
    rule(left, 20)
    line(left, words("Số:          {}", number), size=13, centred=True)
    if subject:
        line(left, subject, size=12, centred=True)
    line(right, words(COUNTRY), size=12, bold=True, centred=True, first=True)
    line(right, words(MOTTO), size=13, bold=True, centred=True)
    rule(right, 20)
    line(right, words("{}, ngày       tháng       năm {}", sender.place, year), size=13, italic=True, centred=True)


def _two_columns(document: Document, left: float, right: float) -> tuple[Any, Any]:
    """Two cells side by side without borders, so wide in mm. Word goes by the cells' widths, LibreOffice by the columns'."""
    from docx.shared import Mm

    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    for column, cell, width in zip(table.columns, table.rows[0].cells, (left, right), strict=True):
        column.width = cell.width = Mm(width)
    table.rows[0]._tr.get_or_add_trPr().append(_xml(f"<w:cantSplit {_W}/>"))
    first, second = table.rows[0].cells
    return first, second


def title(document: Document, kind: str, about: str) -> None:
    """The document's kind and what it is about."""
    from docx.shared import Pt

    line(document, kind, bold=True, centred=True).paragraph_format.space_before = Pt(14)
    line(document, about, bold=True, centred=True)
    rule(document, 60)


def paragraph(where: Any, text: str, *, bold: bool = False, italic: bool = False, lead: str = "") -> Paragraph:
    """A paragraph of the body: justified, its first line set in, 6 points apart; `lead` stands before the text in bold."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    made: Paragraph = where.add_paragraph()
    made.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    made.paragraph_format.first_line_indent = Mm(12.7)
    made.paragraph_format.space_before = Pt(6)
    made.paragraph_format.line_spacing = 1.1
    if lead:
        made.add_run(harmless(lead)).bold = True
    run = made.add_run(harmless(text))
    run.bold, run.italic = bold, italic
    return made


def heading(document: Document, text: str, level: int = 1) -> None:
    """A heading of the body, for Word's outline too."""
    from docx.shared import Pt

    made = paragraph(document, text, bold=True)
    made.paragraph_format.keep_with_next = True
    made.paragraph_format.space_before = Pt(10 if level == 1 else 6)
    made._p.get_or_add_pPr().append(_xml(f'<w:outlineLvl {_W} w:val="{level - 1}"/>'))


def signing(document: Document, sender: Sender, recipients: Sequence[str]) -> None:
    """Who gets it, and who signs."""
    from docx.shared import Pt

    line(document, "", size=6).paragraph_format.keep_with_next = True
    left, right = _two_columns(document, 85, 80)
    line(left, words("Nơi nhận:"), size=12, bold=True, italic=True, first=True)
    for at, who in enumerate(recipients):
        line(left, f"- {who}{'.' if at == len(recipients) - 1 else ';'}", size=11)
    line(right, sender.signer, bold=True, centred=True, first=True)
    line(right, "", centred=True).paragraph_format.space_before = Pt(56)
    line(right, words("(Họ và tên)"), italic=True, centred=True)


def landscape(document: Document) -> None:
    """A new section across the page, for annexes."""
    from docx.enum.section import WD_ORIENT, WD_SECTION

    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = section.page_height, section.page_width
    section.different_first_page_header_footer = False


@dataclass(frozen=True, slots=True)
class Look:
    """A cell of a table that is not plain: its ground and letter colours (RRGGBB), in the middle and bold."""

    text: str
    ground: str = ""
    letter: str = ""
    centred: bool = True
    bold: bool = True


Value = str | int | Look


def table(document: Document, heads: Sequence[str], widths: Sequence[float], rows: Iterable[Sequence[Value]], size: float = 11) -> None:
    """A ruled table with its heads repeated on each page; `widths` in mm. A paragraph must follow: an empty one here would make an empty
    page where the table fills the one before."""
    twips = [round(width * 56.7) for width in widths]
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = "".join(f'<w:{side} w:val="single" w:sz="4" w:color="808080"/>' for side in sides)
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in twips)
    head = _row([Look(text) for text in heads], twips, size, head=True)
    body = "".join(_row(row, twips, size) for row in rows)
    made = _xml(
        f'<w:tbl {_W}><w:tblPr><w:tblW w:w="{sum(twips)}" w:type="dxa"/><w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f'<w:tblCellMar><w:left w:w="60" w:type="dxa"/><w:right w:w="60" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )
    document.element.body.insert(len(document.element.body) - 1, made)  # before the section's properties, which close the body


def _row(values: Sequence[Value], twips: Sequence[int], size: float, head: bool = False) -> str:
    cells = "".join(_cell(value, width, size) for value, width in zip(values, twips, strict=True))
    return f"<w:tr><w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>{cells}</w:tr>"


def _cell(value: Value, width: int, size: float) -> str:
    look = value if isinstance(value, Look) else Look(str(value), centred=isinstance(value, int), bold=False)
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{look.ground}"/>' if look.ground else ""
    colour = f'<w:color w:val="{look.letter}"/>' if look.letter else ""
    run = f'<w:rPr>{"<w:b/>" if look.bold else ""}{colour}<w:sz w:val="{round(size * 2)}"/></w:rPr>'
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(part)}</w:t>' for part in harmless(look.text).split("\n"))
    middle = '<w:jc w:val="center"/>' if look.centred else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}<w:vAlign w:val="{"center" if look.centred else "top"}"/></w:tcPr>'
        f"<w:p><w:pPr>{middle}</w:pPr><w:r>{run}{text}</w:r></w:p></w:tc>"
    )
