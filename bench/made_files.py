"""Files made for measuring, each with the text that it was made from: the reports in the project's markup, and pages that are hard to read
in order (two columns, tables over page breaks, rotated pages, footnotes)."""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

from reportlab.lib import colors
from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import cm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

from minhchung.ingest.convert import soffice
from minhchung.samples.markup import MOTTO, Block, Document, number_line, parse, plain
from minhchung.samples.render_pdf import register_fonts

ROOT: Final = Path(__file__).resolve().parent.parent
TEXTS: Final = (ROOT / "samples" / "text", ROOT / "bench" / "quality" / "tune" / "text", ROOT / "bench" / "quality" / "blind" / "text")
LAID_OUT_SECONDS: Final = 600
Made = tuple[str, Path, str]  # what it shows, the file, the text in reading order


@cache
def marked_reports() -> tuple[Document, ...]:
    """Every report that the project keeps as marked text."""
    return tuple(parse(path.stem, path.read_text(encoding="utf-8")) for folder in TEXTS for path in sorted(folder.glob("*.txt")))


def truth_of(document: Document, noted: bool = False, rows: bool = False) -> str:
    """What a person reads from a built report, or its footnotes alone. The letterhead block by block, or (`rows`) row by row."""
    if noted:
        return "\n".join(_notes(block) for block in document.blocks)
    head = document.head
    issuer, number, motto, day = head["issuer"], number_line(head), " ".join(MOTTO), head["place_date"]
    top = [issuer, motto, number, day] if rows else [issuer, number, motto, day]
    recipients = [" ".join(b.lines) for b in document.blocks if b.kind == "recipients"]
    body = []
    for block in document.blocks:
        if block.kind == "sign":
            body += [f"Nơi nhận: {text}" for text in recipients]
        if block.kind != "recipients":
            body.append(_shown(block))
    return "\n".join([*top, head["type"], head["title"], *body]).replace("|", " ").replace("\\n", " ")


def _shown(block: Block) -> str:
    if block.kind == "table":
        return " ".join(plain(cell) for row in block.rows for cell in row if plain(cell) != "^")
    return " ".join(block.lines) if block.kind == "sign" else plain(block.pieces)


def _notes(block: Block) -> str:
    cells = [cell for row in block.rows for cell in row] or [block.pieces]
    return "".join(p.text for cell in cells for p in cell if p.note is not None and p.mark != "del")


def laid_out(folder: Path, ending: str, files: Iterable[Path]) -> list[Path]:
    """What LibreOffice makes of files, in `folder`: "pdf", "odt", "rtf", "doc", "docx"."""
    with tempfile.TemporaryDirectory() as profile:
        command = [soffice(), f"-env:UserInstallation={Path(profile).as_uri()}", "--headless", "--convert-to", ending, "--outdir"]
        subprocess.run([*command, str(folder), *map(str, files)], check=True, capture_output=True, timeout=LAID_OUT_SECONDS)
    return sorted(folder.glob(f"*.{ending}"))


def made_pages(folder: Path) -> Iterator[Made]:
    """PDF pages of every hard kind."""
    register_fonts()
    yield "two columns", *_two_columns(folder / "two-columns.pdf")
    yield "two columns under a heading over both", *_two_columns(folder / "headed.pdf", "BẢN TIN CẢI CÁCH HÀNH CHÍNH")
    yield "a ruled table over page breaks", *_long_table(folder / "long-table.pdf")
    yield "pages turned by 90 degrees", *_turned(folder / "turned-90.pdf", 90)
    yield "pages turned by 270 degrees", *_turned(folder / "turned-270.pdf", 270)
    yield "pages turned by 180 degrees", *_turned(folder / "turned-180.pdf", 180)
    yield "landscape pages", *_turned(folder / "landscape.pdf", 0)
    yield "letter by letter, each placed by itself", *_letter_by_letter(folder / "letters.pdf")


def _paragraphs(count: int) -> list[str]:
    """Paragraphs of the reports, each once."""
    found = (plain(b.pieces).replace("\\n", " ").strip() for d in marked_reports() for b in d.blocks if b.kind == "p")
    return [text for text in dict.fromkeys(found) if len(text) > 150][:count]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _style(size: float, **changes: Any) -> ParagraphStyle:
    base: dict[str, Any] = {"fontName": "Serif", "fontSize": size, "leading": size * 1.3, "alignment": TA_JUSTIFY, "spaceAfter": 5}
    return ParagraphStyle(f"s{size}{sorted(changes)}", **{**base, **changes})


def _two_columns(path: Path, heading: str = "") -> tuple[Path, str]:
    texts = _paragraphs(40)
    margin, gap, top = 2 * cm, 0.8 * cm, 3 * cm if heading else 2 * cm
    width, height = (A4[0] - 2 * margin - gap) / 2, A4[1] - top - 2 * cm

    def headed(canvas: Any, laid: Any) -> None:
        if heading and laid.page == 1:
            canvas.setFont("Serif-Bold", 15)
            canvas.drawCentredString(A4[0] / 2, A4[1] - 2 * cm, heading)

    frames = [Frame(margin + at * (width + gap), 2 * cm, width, height, 0, 0, 0, 0) for at in range(2)]
    template = BaseDocTemplate(str(path), pagesize=A4, invariant=1, title="", author="")
    template.addPageTemplates(PageTemplate(frames=frames, onPage=headed))
    template.build([Paragraph(_escaped(text), _style(11)) for text in texts])
    return path, "\n".join(([heading] if heading else []) + texts)


def _long_table(path: Path) -> tuple[Path, str]:
    """Rows of several lines each; pages break between rows and within them; the head row is on every page."""
    texts = _paragraphs(60)
    head = ["STT", "Nội dung công việc", "Cơ quan chủ trì", "Kết quả thực hiện"]
    rows = [
        [str(at + 1), texts[at][:90].rpartition(" ")[0], "Phòng Nội vụ quận", texts[-at - 1][:240].rpartition(" ")[0]] for at in range(60)
    ]
    cell, bold = _style(11, alignment=0, spaceAfter=0), _style(11, alignment=TA_CENTER, fontName="Serif-Bold", spaceAfter=0)
    data = [[Paragraph(_escaped(text), bold if at == 0 else cell) for text in row] for at, row in enumerate([head, *rows])]
    table = Table(data, colWidths=[1.4 * cm, 5 * cm, 3.4 * cm, 6.7 * cm], repeatRows=1)
    table.setStyle([("GRID", (0, 0), (-1, -1), 0.6, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")])
    template = BaseDocTemplate(str(path), pagesize=A4, invariant=1, title="", author="")
    template.addPageTemplates(PageTemplate(frames=[Frame(2.5 * cm, 2 * cm, A4[0] - 4.5 * cm, A4[1] - 4 * cm, 0, 0, 0, 0)]))
    template.build([table])
    return path, "\n".join(" ".join(row) for row in [head, *rows])


def _lines(texts: Iterable[str], font: str, size: float, width: float) -> Iterator[str]:
    """Text broken into lines."""
    for text in texts:
        line = ""
        for word in text.split():
            if line and stringWidth(f"{line} {word}", font, size) > width:
                yield line
                line = word
            else:
                line = f"{line} {word}".strip()
        yield line


def _turned(path: Path, turn: int) -> tuple[Path, str]:
    """Text that stands upright when the page is shown as its `/Rotate` asks; 0 is a page wider than high."""
    wide, high = landscape(A4)
    page = (wide, high) if turn in (0, 180) else (high, wide)
    canvas = Canvas(str(path), pagesize=page, invariant=1)
    texts = _paragraphs(12)
    lines = list(_lines(texts, "Serif", 12, wide - 4 * cm))
    per_page = int((high - 4 * cm) / 16)
    for start in range(0, len(lines), per_page):
        canvas.setPageRotation(turn)
        if turn == 90:
            canvas.translate(high, 0)
        elif turn == 180:
            canvas.translate(wide, high)
        elif turn == 270:
            canvas.translate(0, wide)
        canvas.rotate(turn)
        canvas.setFont("Serif", 12)
        for at, line in enumerate(lines[start : start + per_page]):
            canvas.drawString(2 * cm, high - 2.5 * cm - 16 * at, line)
        canvas.showPage()
    canvas.save()
    return path, "\n".join(texts)


def _letter_by_letter(path: Path) -> tuple[Path, str]:
    """As some printer drivers write: no blanks in the file, every letter at its own place."""
    canvas = Canvas(str(path), pagesize=A4, invariant=1)
    texts = _paragraphs(8)
    y = A4[1] - 2 * cm
    canvas.setFont("Serif", 13)
    for line in _lines(texts, "Serif", 13, A4[0] - 5 * cm):
        x = 3 * cm
        for letter in line:
            if letter != " ":
                canvas.drawString(x, y, letter)
            x += stringWidth(letter, "Serif", 13)
        y -= 17
        if y < 2 * cm:
            canvas.showPage()
            canvas.setFont("Serif", 13)
            y = A4[1] - 2 * cm
    canvas.save()
    return path, "\n".join(texts)


def as_pdf(folder: Path, documents: Iterable[Document]) -> Iterator[tuple[Document, Path]]:
    """The built Word files of these documents in `folder`, printed into PDF by LibreOffice."""
    wanted = {document.name: document for document in documents}
    out = folder / "printed"
    for made in laid_out(out, "pdf", [folder / document.file for document in wanted.values()]):
        yield wanted[made.stem], made
