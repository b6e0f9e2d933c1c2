"""PDF pages become paragraphs, columns and tables again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from minhchung.ingest.model import Passage, Report
from minhchung.ingest.pdf_file import PdfFile
from minhchung.ingest.pdf_page import PageText
from minhchung.ingest.reader import read_file

FONTS = (
    ("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf"),
    ("/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf", "/usr/share/fonts/truetype/liberation/LiberationSerif-Bold.ttf"),
    ("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf", "/usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf"),
)
FOUND = next(((a, b) for a, b in FONTS if Path(a).exists() and Path(b).exists()), None)
pytestmark = pytest.mark.skipif(FOUND is None, reason="neither DejaVu Serif nor Liberation Serif is installed")

LEFT, RIGHT, SIZE, PITCH = 85.0, 540.0, 12.0, 16.0
WORDS = (
    "Quận đã tổ chức hội nghị quán triệt cho cán bộ công chức các phòng ban và các phường trên địa bàn đồng thời giao phòng chuyên môn "
    "theo dõi đôn đốc việc ban hành quy chế theo Quyết định số 390/QĐ-UBND của quận trong quý ba năm nay và tổng hợp kết quả hằng tháng"
)


class Sheet:
    """Draws as an office program would: words of a paragraph broken at the right margin."""

    def __init__(self, path: Path, **options: Any) -> None:
        assert FOUND is not None
        for name, file in zip(("Body", "Bold"), FOUND, strict=True):
            pdfmetrics.registerFont(TTFont(name, file))
        self.canvas = Canvas(str(path), pagesize=A4, **options)
        self.y = 60.0

    def text(self, x: float, y: float, text: str, bold: bool = False, size: float = SIZE) -> None:
        self.canvas.setFont("Bold" if bold else "Body", size)
        self.canvas.drawString(x, A4[1] - y, text)

    def centre(self, text: str, bold: bool = True) -> None:
        self.canvas.setFont("Bold" if bold else "Body", SIZE)
        self.canvas.drawCentredString((LEFT + RIGHT) / 2, A4[1] - self.y, text)
        self.y += 1.5 * PITCH

    def paragraph(self, text: str, indent: float = 30.0, bold: bool = False, bottom: float = 770.0, after: float = 0.0) -> None:
        line, x = "", LEFT + indent
        for word in text.split():
            wider = f"{line} {word}".strip()
            if pdfmetrics.stringWidth(wider, "Bold" if bold else "Body", SIZE) > RIGHT - x:
                self._line(x, line, bold, bottom)
                wider, x = word, LEFT
            line = wider
        self._line(x, line, bold, bottom)
        self.y += after

    def _line(self, x: float, line: str, bold: bool, bottom: float) -> None:
        if self.y > bottom:
            self.page()
        self.text(x, self.y, line, bold)
        self.y += PITCH

    def page(self) -> None:
        self.canvas.showPage()
        self.y = 60.0

    def grid(self, top: float, widths: list[float], heights: list[float]) -> Iterator[tuple[float, float]]:
        """Rules a table at LEFT; gives each cell's text position."""
        xs = [LEFT + sum(widths[:i]) for i in range(len(widths) + 1)]
        ys = [top + sum(heights[:i]) for i in range(len(heights) + 1)]
        self.canvas.grid(xs, [A4[1] - y for y in ys])
        return iter([(x + 3, y + 13) for y in ys[:-1] for x in xs[:-1]])

    def table(self, top: float, widths: list[float], rows: list[list[str]]) -> None:
        heights = [8.0 + 14 * max(t.count("|") + 1 for t in row) for row in rows]
        for (x, y), text in zip(self.grid(top, widths, heights), [t for row in rows for t in row], strict=True):
            for i, part in enumerate(text.split("|")):
                self.text(x, y + 14 * i, part, size=10)


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    return Sheet(tmp_path / "a.pdf")


def read(sheet: Sheet) -> list[Passage]:
    report = report_of(sheet)
    assert report.outcome == "read", report.reason
    return list(report.passages)


def report_of(sheet: Sheet) -> Report:
    sheet.canvas.save()
    return read_file(Path(vars(sheet.canvas)["_filename"]))


def texts(passages: list[Passage]) -> list[str]:
    return [p.text for p in passages]


def test_lines_are_put_together_again_by_indent_alone(sheet: Sheet) -> None:
    paragraphs = [f"Một {WORDS}.", f"Hai {WORDS} {WORDS}.", "Ba rất ngắn.", f"Bốn {WORDS}."]
    for text in paragraphs:
        sheet.paragraph(text)
    passages = read(sheet)
    assert texts(passages) == paragraphs
    assert [p.locator.block for p in passages] == ["p1", "p2", "p3", "p4"]
    assert passages[0].locator.page == 1 and passages[0].locator.bbox is not None


def test_lines_are_put_together_again_by_spacing_alone(sheet: Sheet) -> None:
    paragraphs = [f"Một {WORDS}.", f"Hai {WORDS} {WORDS}.", f"Ba {WORDS}."]
    for text in paragraphs:
        sheet.paragraph(text, indent=0, after=8)
    assert texts(read(sheet)) == paragraphs


def test_a_paragraph_over_a_page_break_is_one_and_begins_on_the_first_page(sheet: Sheet) -> None:
    sheet.paragraph(f"Trước {WORDS}.")
    sheet.y = 770.0 - PITCH
    sheet.paragraph(f"Dài {WORDS} {WORDS}.")
    sheet.paragraph(f"Sau {WORDS}.")
    passages = read(sheet)
    assert texts(passages) == [f"Trước {WORDS}.", f"Dài {WORDS} {WORDS}.", f"Sau {WORDS}."]
    assert [p.locator.page for p in passages] == [1, 1, 2]


def test_running_heads_and_page_numbers_go_and_figures_in_the_text_stay(sheet: Sheet) -> None:
    for number in range(1, 5):
        sheet.text(LEFT, 30, "Báo cáo công tác dân chủ")
        sheet.text(300, 815, f"{number}")
        sheet.paragraph(f"Trang này {WORDS} {number}.")
        sheet.paragraph(f"Câu thứ hai {WORDS}.")
        sheet.page()
    passages = read(sheet)
    assert len(passages) == 8
    assert not any("Báo cáo công tác" in t or t.isdecimal() for t in texts(passages))
    assert passages[0].text.endswith(" 1.")


def test_pages_of_one_line_keep_it(sheet: Sheet) -> None:
    for number in range(1, 4):
        sheet.text(LEFT, 60, f"Văn bản nhiều trang, trang {number}.")
        sheet.page()
    assert len(read(sheet)) == 3


def test_the_letterheads_two_blocks_and_the_signatures_stay_apart(sheet: Sheet) -> None:
    for i, (left, right) in enumerate(
        [
            ("UBND QUẬN THÍ DỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
            ("PHÒNG NỘI VỤ", "Độc lập - Tự do - Hạnh phúc"),
            ("Số: 12/BC", "Thí Dụ, ngày 09 tháng 11 năm 2023"),
        ]
    ):
        sheet.text(LEFT, 60 + 16 * i, left, True, 10)
        sheet.text(260, 60 + 16 * i, right, True, 10)
    sheet.y = 130
    sheet.centre("BÁO CÁO")
    sheet.centre("Kết quả thi hành Luật năm 2023")
    sheet.paragraph(f"Mở đầu {WORDS}.")
    sheet.paragraph("Phòng Nội vụ trân trọng báo cáo./.")
    top = sheet.y + 20
    sheet.text(LEFT, top, "Nơi nhận:", True, 10)
    sheet.text(400, top, "TRƯỞNG PHÒNG", True)
    sheet.text(LEFT, top + 14, "- Như trên;", size=10)
    sheet.text(LEFT, top + 28, "- Lưu: VT.", size=10)
    sheet.text(400, top + 90, "Nguyễn Thí Dụ", True)
    assert texts(read(sheet)) == [
        "UBND QUẬN THÍ DỤ",
        "PHÒNG NỘI VỤ",
        "Số: 12/BC",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Thí Dụ, ngày 09 tháng 11 năm 2023",
        "BÁO CÁO",
        "Kết quả thi hành Luật năm 2023",
        f"Mở đầu {WORDS}.",
        "Phòng Nội vụ trân trọng báo cáo./.",
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TRƯỞNG PHÒNG",
        "Nguyễn Thí Dụ",
    ]


def test_a_long_line_on_the_right_does_not_mix_the_letterheads_blocks(sheet: Sheet) -> None:
    lines = [("UBND QUẬN THÍ DỤ ĐÔNG", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("PHÒNG NỘI VỤ, DÂN TỘC", "Độc lập - Tự do - Hạnh phúc")]
    middle = LEFT + pdfmetrics.stringWidth(lines[0][0], "Bold", 10) + 13 + pdfmetrics.stringWidth(lines[0][1], "Bold", 10) / 2
    for i, (left, right) in enumerate(lines):
        width = pdfmetrics.stringWidth(right, "Bold", 10)
        sheet.text(LEFT, 60 + 16 * i, left, True, 10)
        sheet.text(middle - width / 2, 60 + 16 * i, right, True, 10)
    sheet.y = 130
    sheet.paragraph(f"Mở đầu {WORDS}.")
    (one, motto), (two, under) = lines
    assert texts(read(sheet))[:4] == [one, two, motto, under]


def test_paragraphs_in_two_columns_are_whole_and_run_on_in_the_next_column(sheet: Sheet) -> None:
    paragraphs = [f"{name} {WORDS}." for name in ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu")]
    lines: list[str] = []
    for text in paragraphs:
        line = ""
        for word in text.split():
            if pdfmetrics.stringWidth(f"{line} {word}", "Body", SIZE) > 210:
                lines.append(line)
                line = ""
            line = f"{line} {word}".strip()
        lines += [line, ""]
    half = lines.index("", len(lines) // 2) - 2  # in the middle of a paragraph
    for x, column in ((LEFT, lines[:half]), (LEFT + 235, lines[half:])):
        for i, line in enumerate(column):
            sheet.text(x, 60 + PITCH * i, line)
    passages = read(sheet)
    assert texts(passages) == paragraphs
    assert all(p.kind == "paragraph" for p in passages)


def test_bullets_and_labels_begin_paragraphs_without_any_indent(sheet: Sheet) -> None:
    items = ["1. Công tác chung", f"- Một {WORDS};", f"• Hai {WORDS};", f"+ Ba {WORDS};", f"đ) Bốn {WORDS}.", f"2. Năm {WORDS}."]
    for text in items:
        sheet.paragraph(text, indent=0)
    assert texts(read(sheet)) == items


def test_a_number_cut_at_its_hyphen_is_made_whole_and_no_hyphen_is_lost(sheet: Sheet) -> None:
    full = "x" * 60
    for i, line in enumerate([f"{full} theo Quyết định số 390/QĐ-", f"UBND và văn phòng {full} -", f"thống kê, số 15/8/ {full}."]):
        sheet.text(LEFT, 60 + PITCH * i, line)
    sheet.y = 60 + PITCH * 3
    joined = " ".join(texts(read(sheet)))
    assert "390/QĐ-UBND" in joined and "- thống kê" in joined


def test_a_ruled_table_comes_once_as_cells(sheet: Sheet) -> None:
    sheet.paragraph(f"Trước {WORDS}.")
    sheet.table(sheet.y, [40, 200, 120], [["TT", "Nội dung", "Kết quả"], ["1", "Tập huấn cho|cán bộ", "02 lớp"], ["2", "Tuyên truyền", ""]])
    sheet.y += 120
    sheet.paragraph(f"Sau {WORDS}.")
    passages = read(sheet)
    assert texts(passages)[1:-1] == ["TT", "Nội dung", "Kết quả", "1", "Tập huấn cho cán bộ", "02 lớp", "2", "Tuyên truyền"]
    row = passages[6].row
    assert row is not None
    assert (row.heads, row.cells, passages[6].locator.block) == (
        ("TT", "Nội dung", "Kết quả"),
        ("1", "Tập huấn cho cán bộ", "02 lớp"),
        "t1r2c3",
    )


def test_a_table_right_above_the_signature_is_read_before_it(sheet: Sheet) -> None:
    sheet.paragraph(f"Trước {WORDS}.")
    sheet.table(sheet.y, [40, 200, 120], [["TT", "Nội dung", "Kết quả"], ["1", "Tập huấn", "02 lớp"]])
    top = sheet.y + 100
    sheet.text(LEFT, top, "Nơi nhận:", True, 10)
    sheet.text(400, top, "TRƯỞNG PHÒNG", True)
    sheet.text(LEFT, top + 14, "- Như trên;", size=10)
    sheet.text(400, top + 90, "Nguyễn Thí Dụ", True)
    assert texts(read(sheet))[1:] == [
        "TT", "Nội dung", "Kết quả", "1", "Tập huấn", "02 lớp", "Nơi nhận:", "- Như trên;", "TRƯỞNG PHÒNG", "Nguyễn Thí Dụ",
    ]  # fmt: skip


def test_a_table_over_a_page_break_is_one_with_its_head_and_its_cut_row_whole(sheet: Sheet) -> None:
    widths = [40.0, 200.0, 120.0]
    sheet.table(680, widths, [["TT", "Nội dung", "Kết quả"], ["1", "Tập huấn", "02 lớp"], ["2", "Tuyên truyền tại các", "05 buổi, 210"]])
    sheet.page()
    sheet.table(60, widths, [["", "tổ dân phố", "người"], ["3", "Kiểm tra", "Chưa"]])
    passages = read(sheet)
    rows = {p.row.row: p.row.cells for p in passages if p.row}
    assert rows[3] == ("2", "Tuyên truyền tại các tổ dân phố", "05 buổi, 210 người")
    assert rows[4] == ("3", "Kiểm tra", "Chưa")
    assert all(p.row and p.row.table == 1 and p.row.heads == ("TT", "Nội dung", "Kết quả") for p in passages)
    assert [p.locator.page for p in passages][-4:] == [1, 2, 2, 2]


def test_a_head_printed_again_on_the_next_page_is_dropped(sheet: Sheet) -> None:
    head = ["TT", "Nội dung", "Kết quả"]
    sheet.table(700, [40, 200, 120], [head, ["1", "Tập huấn", "02 lớp"]])
    sheet.page()
    sheet.table(60, [40, 200, 120], [head, ["2", "Kiểm tra", "Chưa"]])
    assert texts(read(sheet)) == ["TT", "Nội dung", "Kết quả", "1", "Tập huấn", "02 lớp", "2", "Kiểm tra", "Chưa"]


def test_footnotes_leave_the_paragraph_whole_and_units_keep_their_figure(sheet: Sheet) -> None:
    sheet.y = 754.0
    sheet.text(LEFT, 60, f"{WORDS[:50]} rộng 11 km")
    end = LEFT + pdfmetrics.stringWidth(f"{WORDS[:50]} rộng 11 km", "Body", SIZE)
    sheet.text(end, 56, "2", size=7)
    sheet.text(LEFT, 90, "Có 05 lớp")
    end = LEFT + pdfmetrics.stringWidth("Có 05 lớp", "Body", SIZE)
    sheet.text(end, 86, "1", size=7)
    sheet.text(end + 6, 90, "cho cán bộ.")
    sheet.text(LEFT, 780, "1 Theo số liệu của Phòng Nội vụ.", size=9)
    passages = read(sheet)
    assert passages[0].text.endswith("11 km2")
    assert passages[1].text == "Có 05 lớp cho cán bộ."
    assert (passages[-1].kind, passages[-1].locator.block) == ("footnote", "fn1")


def test_a_footnote_with_a_large_number_is_a_footnote_and_its_mark_changes_no_figure(sheet: Sheet) -> None:
    sheet.y = 110.0
    sheet.paragraph(f"Mở đầu {WORDS}.")
    sheet.text(LEFT, 60, "Đã sửa đổi 03")
    end = LEFT + pdfmetrics.stringWidth("Đã sửa đổi 03", "Body", SIZE)
    sheet.text(end, 56, "4", size=7)
    sheet.text(LEFT, 90, "Có 05")
    end = LEFT + pdfmetrics.stringWidth("Có 05", "Body", SIZE)
    sheet.text(end, 86, "9", size=7)
    sheet.text(LEFT, 780, "4")
    sheet.text(LEFT + 10, 780, "Báo cáo rà soát số 377/BC-SNV.", size=9)
    passages = read(sheet)
    assert texts(passages) == ["Đã sửa đổi 03", "Có 05 9", f"Mở đầu {WORDS}.", "4 Báo cáo rà soát số 377/BC-SNV."], (
        "a mark without its note stands apart"
    )
    assert passages[-1].kind == "footnote"


def picture() -> ImageReader:
    from PIL import Image

    return ImageReader(Image.new("L", (20, 20), 200))


def test_a_page_without_text_layer_is_listed(sheet: Sheet) -> None:
    sheet.paragraph(f"Một {WORDS}.")
    sheet.page()
    sheet.canvas.drawImage(picture(), 0, 0, 500, 700)
    sheet.page()
    sheet.page()
    report = report_of(sheet)
    assert (report.outcome, report.pages, report.unread_pages) == ("read", 3, (2,))
    assert [(i.code, i.page) for i in report.issues] == [("no-text-layer", 2)]


def test_a_scan_is_unreadable(sheet: Sheet) -> None:
    sheet.canvas.drawImage(picture(), 0, 0, 500, 700)
    report = report_of(sheet)
    assert (report.outcome, report.pages, report.unread_pages) == ("unreadable", 1, (1,))
    assert "scan" in report.reason and "OCR" in report.reason


def test_a_password_makes_it_unreadable(tmp_path: Path) -> None:
    from reportlab.lib.pdfencrypt import StandardEncryption

    sheet = Sheet(tmp_path / "a.pdf", encrypt=StandardEncryption("secret", strength=128))
    sheet.paragraph(WORDS)
    assert "password" in report_of(sheet).reason


def test_a_page_that_raises_costs_that_page_only(sheet: Sheet, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(1, 4):
        sheet.paragraph(f"Trang {number} {WORDS}.")
        sheet.page()
    real = PdfFile.fast

    def stumble(pdf: PdfFile, number: int) -> PageText | None:
        if number == 2:
            raise TypeError("broken")
        return real(pdf, number)

    monkeypatch.setattr(PdfFile, "fast", stumble)
    monkeypatch.setattr(PdfFile, "careful", stumble)
    report = report_of(sheet)
    assert (report.outcome, report.unread_pages) == ("read", (2,))
    assert [(i.code, i.page) for i in report.issues] == [("page-failed", 2)]
    assert len(report.passages) == 2


def test_headings_and_their_chains_are_found(sheet: Sheet) -> None:
    sheet.centre("BÁO CÁO")
    sheet.centre("Kết quả công tác năm 2023")
    sheet.paragraph(f"Mở đầu {WORDS}.")
    for text, bold in (
        ("I. KẾT QUẢ", True),
        ("1. Tuyên truyền", True),
        (f"Một {WORDS}.", False),
        ("II. HẠN CHẾ", True),
        (f"Hai {WORDS}.", False),
    ):
        sheet.paragraph(text, bold=bold)
    passages = read(sheet)
    assert [p.text for p in passages if p.kind == "heading"] == ["I. KẾT QUẢ", "1. Tuyên truyền", "II. HẠN CHẾ"]
    assert passages[5].headings == ("I. KẾT QUẢ", "1. Tuyên truyền")
    assert passages[0].centered and passages[3].bold
