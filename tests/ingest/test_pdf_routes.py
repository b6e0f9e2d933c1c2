"""Which way a page is read: pdfium first, pdfplumber or OCR where its text is torn, holed or coded, whichever way the page lies."""

from __future__ import annotations

import time
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from minhchung.ingest import pdf_file, pdf_pdfium, pdf_plumber, pdf_reader
from minhchung.ingest.pdf_page import PageText, decoded
from minhchung.ingest.pdf_words import Word, family_of
from minhchung.ingest.reader import read_file

FONTS = ("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", "/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf")
FOUND = next((f for f in FONTS if Path(f).exists()), None)
pytestmark = pytest.mark.skipif(FOUND is None, reason="neither DejaVu Serif nor Liberation Serif is installed")

LINES = [
    "Ngày 12/6/2023, Ủy ban nhân dân quận đã tổ chức hội nghị quán triệt",
    "Luật Thực hiện dân chủ ở cơ sở cho 215 cán bộ, công chức, viên chức",
    "của các phòng, ban và 14 phường trên địa bàn quận trong quý ba.",
]


@pytest.fixture
def canvas(tmp_path: Path) -> Canvas:
    assert FOUND is not None
    pdfmetrics.registerFont(TTFont("RouteBody", FOUND))
    return Canvas(str(tmp_path / "a.pdf"), pagesize=A4)


def write(canvas: Canvas, rows: list[str] = LINES, x: float = 85, y: float = 700) -> None:
    canvas.setFont("RouteBody", 12)
    for at, row in enumerate(rows):
        canvas.drawString(x, y - 18 * at, row)


def saved(canvas: Canvas) -> Path:
    canvas.save()
    return Path(vars(canvas)["_filename"])


def words_of(words: list[Word]) -> list[str]:
    return " ".join(w.text for w in words).split()


def test_both_routes_give_the_same_words_in_the_same_places(canvas: Canvas) -> None:
    write(canvas)
    canvas.grid([85, 200, 400], [500, 540, 580])
    path = saved(canvas)
    document = pypdfium2.PdfDocument(path)
    fast = pdf_pdfium.read_page(document[0], 1)
    with pdf_plumber.open_file(path) as careful_file:
        careful = pdf_plumber.read_page(careful_file.pages[0], 1)
    assert words_of(fast.words) == words_of(careful.words)
    assert (fast.width, fast.height) == pytest.approx((careful.width, careful.height), abs=0.1)
    firsts = [(w.x0, w.top, w.size) for w in fast.words], [(w.x0, w.top, w.size) for w in careful.words if abs(w.x0 - 85) < 1]
    assert len(firsts[0]) == 3
    for one, two in zip(*firsts, strict=True):
        assert one == pytest.approx(two, abs=4)  # pdfium takes the heights of letters from the font, pdfminer the size
    assert {tuple(round(v) for v in line) for line in fast.rulings} == {tuple(round(v) for v in line) for line in careful.rulings}


def test_one_object_gives_one_piece_that_is_cut_where_a_gap_is_wide_and_glued_where_there_is_none(canvas: Canvas) -> None:
    text = canvas.beginText(85, 700)
    text.setFont("RouteBody", 12)
    text.textOut("Ban hành quy chế")
    text.setTextOrigin(85, 680)
    text.setWordSpace(40)
    text.textOut("Cột một")
    text.setWordSpace(0)
    text.setTextOrigin(85, 660)
    text.setCharSpace(9)
    text.textOut("abc")
    canvas.drawText(text)
    words = pdf_pdfium.read_page(pypdfium2.PdfDocument(saved(canvas))[0], 1).words
    assert [w.text for w in words[:3]] == ["Ban hành quy chế", "Cột", "một"]
    first, apart, _ = words[:3]
    assert 0 < first.head < first.second < first.x1 - first.x0, "where its first word ends and its second begins"
    assert apart.head == apart.second == 0 and apart.x1 < words[2].x0 - 20
    assert "".join(w.text for w in words[3:]).replace(" ", "") == "abc"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_reads_like_an_upright_one(canvas: Canvas, turn: int) -> None:
    write(canvas)
    path = saved(canvas)
    wanted = [p.text for p in read_file(path).passages]
    document = pypdfium2.PdfDocument(path)
    document[0].set_rotation(turn)
    document.save(path.with_name("turned.pdf"))
    report = read_file(path.with_name("turned.pdf"))
    assert [p.text for p in report.passages] == wanted == [" ".join(LINES)]


@pytest.mark.parametrize("turn", [90, 270])
def test_text_written_up_or_down_the_page_is_read(canvas: Canvas, turn: int) -> None:
    canvas.translate(300, 400)
    canvas.rotate(turn)
    write(canvas, x=-250, y=100)
    report = read_file(saved(canvas))
    assert [p.text for p in report.passages] == LINES  # too short for the width of such a page to be one paragraph
    box = report.passages[0].locator.bbox
    assert box is not None and box[2] - box[0] > 3 * (box[3] - box[1])


def test_a_stamp_across_the_page_is_not_mixed_into_the_text(canvas: Canvas) -> None:
    write(canvas)
    canvas.saveState()
    canvas.translate(150, 600)
    canvas.rotate(45)
    canvas.drawString(0, 0, "DỰ THẢO")
    canvas.restoreState()
    assert [p.text for p in read_file(saved(canvas)).passages] == [" ".join(LINES)]


def test_torn_text_is_read_by_the_other_route(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    write(canvas)
    real = pdf_pdfium.read_page

    def torn(page: object, number: int) -> PageText:
        text = real(page, number)
        for word in text.words:
            word.text = " ".join(word.text.replace(" ", ""))
        return text

    monkeypatch.setattr(pdf_pdfium, "read_page", torn)
    report = read_file(saved(canvas))
    assert [p.text for p in report.passages] == [" ".join(LINES)] and not report.ocr


def test_a_page_with_holes_by_both_routes_waits_for_ocr_and_keeps_its_text(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    write(canvas)
    for route in (pdf_pdfium, pdf_plumber):
        real = route.read_page

        def holed(page: object, number: int, real: object = real) -> PageText:
            text: PageText = real(page, number)  # type: ignore[operator]
            text.unknown = 10
            return text

        monkeypatch.setattr(route, "read_page", holed)
    monkeypatch.setattr(pdf_reader, "engine", lambda: None)
    report = read_file(saved(canvas))
    assert (report.outcome, report.unread_pages, report.waiting_for) == ("read", (1,), ("ocr",))
    assert "torn" in report.issues[0].message


def test_a_file_that_pdfium_does_not_open_is_read_by_pdfplumber(canvas: Canvas, monkeypatch: pytest.MonkeyPatch) -> None:
    write(canvas)
    path = saved(canvas)

    def refuse(*_: object, **__: object) -> None:
        raise pypdfium2.PdfiumError("no")

    monkeypatch.setattr(pypdfium2, "PdfDocument", refuse)
    assert [p.text for p in read_file(path).passages] == [" ".join(LINES)]


FAX = b"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns 2000000000 /Rows 2000000000 >>"


@pytest.mark.parametrize("form", [False, True])
def test_a_drawing_packed_as_a_fax_picture_costs_its_page_and_no_time(tmp_path: Path, form: bool) -> None:
    picture = b"<< /Length 40 %s >>stream\n%s\nendstream" % (FAX, bytes(range(3, 43)))
    placed = (
        b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 4 0 R >> >> /Length 40 %s >>stream\n%s\nendstream"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /F 4 0 R >> >> /Contents 5 0 R >>",
        placed % (FAX, bytes(range(3, 43))),
        b"<< /Length 5 >>stream\n/F Do\nendstream" if form else picture,
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, text) for number, text in enumerate(objects, 1))
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R >>\n")
    started = time.process_time()
    page = pdf_plumber.open_file(path).pages[0]
    with pytest.raises(ValueError, match="packed as a picture"):
        pdf_plumber.read_page(page, 1)
    assert read_file(path).outcome == "unreadable"
    assert time.process_time() - started < 20


def test_a_blank_page_among_others_is_no_loss(canvas: Canvas) -> None:
    write(canvas)
    canvas.showPage()
    canvas.showPage()
    write(canvas)
    report = read_file(saved(canvas))
    assert (report.pages, report.unread_pages, report.issues) == (3, (), ())


def test_letters_of_old_codings_are_told_by_the_font_or_by_what_they_make() -> None:
    coded = "Uû ban nh©n d©n quËn ®· tæ chøc héi nghÞ qu¸n triÖt LuËt Thùc hiÖn d©n chñ ë c¬ së cho c¸n bé c«ng chøc viªn chøc"
    page = decoded(PageText(1, 595, 842, [Word(coded, 85, 500, 100, 112, 12, False, False)]))
    assert "dân chủ ở cơ sở cho cán bộ công chức" in page.words[0].text
    assert family_of("ABCDEF+.VnTimeH,Bold") == ".VnTimeH" and family_of("TimesNewRomanPS-BoldMT") == "TimesNewRomanPS"


def test_a_name_that_is_not_utf8_is_opened(canvas: Canvas) -> None:
    write(canvas)
    path = saved(canvas)
    odd = Path(str(path.with_name("b")) + "\udce9.pdf")
    odd.write_bytes(path.read_bytes())
    assert pdf_file._source(odd) == path.read_bytes()
    assert read_file(odd).outcome == "read"
