"""Draws a sample report as a PDF, laid out as Decree 30/2020/NĐ-CP asks, with an embedded subset of a free serif font."""

import io
from html import escape
from pathlib import Path
from typing import Any

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import HRFlowable, KeepTogether, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from .markup import MOTTO, Block, Document, MarkupError, Piece, column_widths, has_superior, number_line, plain

# Debian's free serif fonts that hold every Vietnamese letter; the first folder that is there is used.
FONTS = (
    ("/usr/share/fonts/truetype/liberation2", "LiberationSerif-Regular", "LiberationSerif-Bold", "LiberationSerif-Italic"),
    ("/usr/share/fonts/truetype/liberation", "LiberationSerif-Regular", "LiberationSerif-Bold", "LiberationSerif-Italic"),
    ("/usr/share/fonts/truetype/dejavu", "DejaVuSerif", "DejaVuSerif-Bold", "DejaVuSerif-Italic"),
)
WIDTH = A4[0] - 5 * cm


def _style(name: str, **changes: Any) -> ParagraphStyle:
    base: dict[str, Any] = {"fontName": "Serif", "fontSize": 13, "leading": 17, "alignment": TA_JUSTIFY, "spaceAfter": 5}
    return ParagraphStyle(name, **{**base, **changes})


def register_fonts() -> None:
    """Registers the family `Serif`. Raises MarkupError where no free font is installed."""
    for folder, regular, bold, italic in FONTS:
        if (Path(folder) / f"{regular}.ttf").exists():
            for name, file in (("Serif", regular), ("Serif-Bold", bold), ("Serif-Italic", italic)):
                pdfmetrics.registerFont(TTFont(name, str(Path(folder) / f"{file}.ttf")))
            pdfmetrics.registerFontFamily("Serif", normal="Serif", bold="Serif-Bold", italic="Serif-Italic", boldItalic="Serif-Bold")
            return
    raise MarkupError("no serif font with Vietnamese letters: install the Debian package fonts-liberation2 or fonts-dejavu")


def _html(pieces: tuple[Piece, ...]) -> str:
    return escape(plain(pieces), quote=False).replace("\\n", "<br/>")


def _center(text: str, size: float = 12, font: str = "Serif", after: float = 0) -> Paragraph:
    style = _style(f"c{size}{font}{after}", alignment=TA_CENTER, fontSize=size, leading=size * 1.25, fontName=font, spaceAfter=after)
    return Paragraph(text, style)


def _rule(width: float) -> HRFlowable:
    return HRFlowable(width=width, thickness=0.6, color=colors.black, spaceBefore=2, spaceAfter=4)


def _side_by_side(left: list[Any], right: list[Any], widths: tuple[float, float]) -> Table:
    table = Table([[left, right]], colWidths=widths)
    table.setStyle(
        TableStyle(
            [
                ("VALIGN", (0, 0), (-1, -1), "TOP"),
                ("ALIGN", (0, 0), (-1, -1), "CENTER"),
                ("LEFTPADDING", (0, 0), (-1, -1), 0),
                ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ]
        )
    )
    return table


def _letterhead(head: dict[str, str]) -> list[Any]:
    lines = head["issuer"].split("|")
    superior = has_superior(lines)
    left: list[Any] = [_center(line, 12, "Serif" if superior and i == 0 else "Serif-Bold") for i, line in enumerate(lines)]
    left += [_rule(2.2 * cm), _center(number_line(head), 13)]
    right: list[Any] = [_center(MOTTO[0], 12, "Serif-Bold"), _center(MOTTO[1], 13, "Serif-Bold"), _rule(5.6 * cm)]
    if len(lines) > 2:
        right.append(Spacer(1, 14))
    right.append(_center(head["place_date"].replace("  ", "&nbsp; "), 13, "Serif-Italic"))
    title = [_center(head["type"], 14, "Serif-Bold", 2)]
    title += [_center(escape(line), 14, "Serif-Bold", 2) for line in head["title"].split("|")]
    return [_side_by_side(left, right, (WIDTH * 0.4, WIDTH * 0.6)), Spacer(1, 12), *title, _rule(3 * cm), Spacer(1, 6)]


def _table(block: Block) -> Table:
    cell = _style("cell", fontSize=11, leading=13.5, spaceAfter=0, alignment=0)
    head = _style("cellhead", fontSize=11, leading=13.5, spaceAfter=0, alignment=TA_CENTER, fontName="Serif-Bold")
    spans: list[tuple[Any, ...]] = []
    data: list[list[Any]] = []
    for r, row in enumerate(block.rows):
        data.append([Paragraph(_html(c) if plain(c) != "^" else "", head if r == 0 else cell) for c in row])
        spans += [("SPAN", (k, r - 1), (k, r)) for k, c in enumerate(row) if plain(c) == "^"]
    table = Table(data, colWidths=column_widths(block, WIDTH), repeatRows=1)
    table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE"), *spans]))
    return table


def _signature(sign: Block, recipients: Block | None) -> Table:
    small = _style("small", fontSize=11, leading=13, spaceAfter=0, alignment=0)
    left: list[Any] = []
    if recipients:
        left.append(Paragraph("<b><i>Nơi nhận:</i></b>", _style("nn", fontName="Serif-Italic", fontSize=12, leading=14, spaceAfter=0)))
        left += [
            Paragraph(f"- {escape(line.strip())}{'.' if i == len(recipients.lines) - 1 else ';'}", small)
            for i, line in enumerate(recipients.lines)
        ]
    right: list[Any] = [_center(line, 13, "Serif-Bold") if line else Spacer(1, 52) for line in sign.lines]
    return _side_by_side(left, right, (WIDTH * 0.5, WIDTH * 0.5))


def _block(block: Block, decision: bool) -> list[Any]:
    """The flowables of one block of the body."""
    text = _html(block.pieces)
    if block.kind == "table":
        return [Spacer(1, 4), _table(block), Spacer(1, 8)]
    if block.kind == "center":
        return [_center(text, 13, "Serif-Bold", 6)]
    if block.kind == "appendix":
        return [PageBreak(), _center(text, 13, "Serif-Bold", 8)]
    styles = {
        "h1": _style("h1", fontName="Serif-Bold", spaceBefore=5, keepWithNext=1, alignment=0),
        "h2": _style("h2", fontName="Serif-Bold", firstLineIndent=1 * cm, keepWithNext=1, alignment=0),
        "h3": _style("h3", fontName="Serif-Italic", firstLineIndent=1 * cm, keepWithNext=1, alignment=0),
        "dash": _style("dash", firstLineIndent=1 * cm),
        "plus": _style("plus", firstLineIndent=1 * cm),
        "p": _style("p", firstLineIndent=1 * cm),
    }
    if decision and text.startswith("Căn cứ"):
        return [Paragraph(text, _style("basis", fontName="Serif-Italic", firstLineIndent=1 * cm))]
    prefix = {"dash": "- ", "plus": "+ "}.get(block.kind, "")
    return [Paragraph(prefix + text, styles[block.kind])]


def build(document: Document) -> bytes:
    """The PDF's bytes, the same on each run."""
    register_fonts()
    head = document.head

    def page(canvas: Any, template: Any) -> None:
        canvas.setFont("Serif", 12)
        if template.page > 1:
            canvas.drawCentredString(A4[0] / 2, A4[1] - 1.3 * cm, str(template.page))
        if head.get("footer"):
            canvas.setFont("Serif-Italic", 9)
            canvas.drawString(3 * cm, 1.1 * cm, head["footer"])

    story = _letterhead(head)
    blocks = document.blocks
    recipients = next((b for b in blocks if b.kind == "recipients"), None)
    for block in blocks:
        if block.kind == "sign":
            story += [Spacer(1, 8), KeepTogether([_signature(block, recipients)])]
        elif block.kind != "recipients":
            story += _block(block, head["type"] == "QUYẾT ĐỊNH")
    out = io.BytesIO()
    template = SimpleDocTemplate(
        out, pagesize=A4, leftMargin=3 * cm, rightMargin=2 * cm, topMargin=2 * cm, bottomMargin=2 * cm,
        title=head["title"].replace("|", " "), author=head["agency_name"], invariant=1,
    )  # fmt: skip
    template.build(story, onFirstPage=page, onLaterPages=page)
    return out.getvalue()
