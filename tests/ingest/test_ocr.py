"""Scans are read like digital pages: letterhead, headings and tables apart, and what cannot be made out is said."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageOps
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from minhchung.ingest import ocr, ocr_cache, pdf_reader
from minhchung.ingest.limits import PAGE_PIXELS
from minhchung.ingest.model import Report
from minhchung.ingest.ocr_correct import corrected
from minhchung.ingest.ocr_engine import OcrError, engine
from minhchung.ingest.ocr_image import colours_apart, dark, stands_on_its_side
from minhchung.ingest.pdf_page import PageText
from minhchung.ingest.reader import read_file

FONTS = (
    ("/usr/share/fonts/truetype/liberation2/LiberationSerif-Regular.ttf", "/usr/share/fonts/truetype/liberation2/LiberationSerif-Bold.ttf"),
    ("/usr/share/fonts/truetype/dejavu/DejaVuSerif.ttf", "/usr/share/fonts/truetype/dejavu/DejaVuSerif-Bold.ttf"),
)
FOUND = next(((a, b) for a, b in FONTS if Path(a).exists() and Path(b).exists()), None)
needs_font = pytest.mark.skipif(FOUND is None, reason="neither DejaVu Serif nor Liberation Serif is installed")
needs_ocr = pytest.mark.skipif(engine() is None, reason="tesseract or its Vietnamese data is not installed")

HEAD = [("UBND QUẬN THÍ DỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("PHÒNG NỘI VỤ", "Độc lập - Tự do - Hạnh phúc")]
BODY = [
    (True, "I. KẾT QUẢ THỰC HIỆN"),
    (False, "Ngày 12/6/2023, Ủy ban nhân dân quận đã tổ chức hội nghị quán triệt Luật Thực hiện dân"),
    (False, "chủ ở cơ sở cho 215 cán bộ, công chức, viên chức của các phòng, ban và 14 phường."),
    (True, "II. TỒN TẠI, HẠN CHẾ"),
    (False, "Việc sửa đổi quy chế theo Nghị định số 59/2023/NĐ-CP của một số đơn vị còn chậm so với"),
    (False, "kế hoạch đã đề ra, quận sẽ tiếp tục đôn đốc trong quý IV năm nay."),
]
TABLE = [["TT", "Nội dung", "Kết quả"], ["1", "Tập huấn cho cán bộ phường", "02 lớp, 120 người"], ["2", "Kiểm tra công vụ", "05 đợt"]]


def draw(path: Path) -> Path:
    """A page of a report as it is printed."""
    assert FOUND is not None
    for name, file in zip(("ScanBody", "ScanBold"), FOUND, strict=True):
        pdfmetrics.registerFont(TTFont(name, file))
    canvas = Canvas(str(path), pagesize=A4)
    for at, (left, right) in enumerate(HEAD):
        canvas.setFont("ScanBold", 11)
        canvas.drawString(85, A4[1] - 70 - 17 * at, left)
        canvas.drawString(270, A4[1] - 70 - 17 * at, right)
    y = 140.0
    for bold, text in BODY:
        canvas.setFont("ScanBold" if bold else "ScanBody", 12)
        canvas.drawString(85, A4[1] - y, text)
        y += 24 if text.endswith(".") or bold else 18
    widths, height = [40, 220, 160], 26
    xs = [85 + sum(widths[:i]) for i in range(4)]
    canvas.grid(xs, [A4[1] - y - height * i for i in range(4)])
    canvas.setFont("ScanBody", 12)
    for r, row in enumerate(TABLE):
        for c, text in enumerate(row):
            canvas.drawString(xs[c] + 5, A4[1] - y - height * r - 17, text)
    canvas.save()
    return path


def scan(path: Path, dpi: int = 200, turn: float = 0.0, noise: float = 0.0) -> Image.Image:
    """The page as a scanner gives it: gray, turned by so many degrees, so much of it specks."""
    document = pypdfium2.PdfDocument(path)
    picture: Image.Image = document[0].render(scale=dpi / 72, grayscale=True).to_pil().convert("L")
    document.close()
    if turn:
        picture = picture.rotate(turn, Image.Resampling.BICUBIC, expand=turn % 90 == 0, fillcolor=255)
    dots = random.Random(5)
    pixels = picture.load()
    assert pixels is not None
    for _ in range(int(noise * picture.width * picture.height)):
        pixels[dots.randrange(picture.width), dots.randrange(picture.height)] = dots.randrange(120)
    return picture


def as_pdf(path: Path, pictures: list[Image.Image], text: str = "") -> Path:
    canvas = Canvas(str(path))
    for picture in pictures:
        size = (picture.width * 72 / 200, picture.height * 72 / 200)
        canvas.setPageSize(size)
        canvas.drawImage(ImageReader(picture), 0, 0, *size)
        if text:
            canvas.drawString(60, 20, text)
        canvas.showPage()
    canvas.save()
    return path


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return draw(tmp_path_factory.mktemp("scan") / "a.pdf")


@pytest.fixture(scope="module")
def straight(printed: Path) -> Report:
    return read_file(as_pdf(printed.with_name("straight.pdf"), [scan(printed)]))


def letters_wrong(report: Report) -> float:
    wanted = " ".join([a for a, _ in HEAD] + [b for _, b in HEAD] + [t for _, t in BODY] + [t for row in TABLE for t in row])
    read = " ".join(p.text for p in report.passages)
    blocks = SequenceMatcher(None, wanted, read, autojunk=False).get_matching_blocks()
    return 1 - sum(m.size for m in blocks) / len(wanted)


@needs_font
@needs_ocr
def test_a_scan_gives_the_passages_of_the_printed_page(printed: Path, straight: Report) -> None:
    wanted = read_file(printed)
    assert (straight.outcome, straight.ocr, straight.unread_pages, straight.waiting_for) == ("read", True, (), ())
    assert [p.kind for p in straight.passages] == [p.kind for p in wanted.passages]
    assert [p.headings for p in straight.passages] == [p.headings for p in wanted.passages]
    assert letters_wrong(straight) < 0.02


@needs_font
@needs_ocr
def test_a_ruled_table_in_a_scan_comes_as_rows_with_heads(straight: Report) -> None:
    rows = {p.row.row: p.row for p in straight.passages if p.row}
    assert [list(rows[r].cells) for r in (1, 2, 3)] == TABLE
    assert rows[3].heads == tuple(TABLE[0])
    cell = next(p for p in straight.passages if p.text == "Kiểm tra công vụ")
    assert cell.locator.block == "t1r3c2" and cell.locator.page == 1 and cell.locator.bbox is not None


@needs_font
@needs_ocr
def test_the_letterheads_two_blocks_stay_apart(straight: Report) -> None:
    assert [p.text for p in straight.passages][:4] == [HEAD[0][0], HEAD[1][0], HEAD[0][1], HEAD[1][1]]


@needs_font
@needs_ocr
@pytest.mark.parametrize("turn", [1.7, -2.5, 90.0, 180.0])
def test_a_page_laid_askew_or_upside_down_is_read(printed: Path, tmp_path: Path, turn: float) -> None:
    report = read_file(as_pdf(tmp_path / "a.pdf", [scan(printed, turn=turn)]))
    assert letters_wrong(report) < 0.03
    assert any(p.row and p.row.heads == tuple(TABLE[0]) for p in report.passages)


@needs_font
@needs_ocr
def test_only_the_pages_that_are_pictures_are_read_by_ocr(printed: Path, tmp_path: Path) -> None:
    both = pypdfium2.PdfDocument(printed)
    both.import_pages(pypdfium2.PdfDocument(as_pdf(tmp_path / "b.pdf", [scan(printed)])))
    both.save(tmp_path / "a.pdf")
    report = read_file(tmp_path / "a.pdf")
    assert (report.pages, report.unread_pages, report.ocr) == (2, (), True)
    first, second = ([p.text for p in report.passages if p.locator.page == n] for n in (1, 2))
    assert first[0] == HEAD[0][0] and len(second) >= 8


@needs_font
@needs_ocr
def test_a_line_that_a_signing_program_put_on_a_scan_does_not_pass_for_its_text(printed: Path, tmp_path: Path) -> None:
    report = read_file(as_pdf(tmp_path / "a.pdf", [scan(printed)], "Ky boi: Phong Noi vu, 10/11/2023"))
    assert report.ocr and letters_wrong(report) < 0.1


@needs_font
def test_without_ocr_a_scan_waits_for_it(printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "engine", lambda: None)
    report = read_file(as_pdf(tmp_path / "a.pdf", [scan(printed, 100)]))
    assert (report.outcome, report.unread_pages, report.waiting_for) == ("unreadable", (1,), ("ocr",))
    assert "tesseract-ocr-vie" in report.reason and "run again" in report.reason


@needs_font
@needs_ocr
def test_a_page_that_ocr_fails_on_is_listed_and_does_not_wait(printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(page: object, number: int, key: str) -> None:
        raise OcrError("too slow")

    monkeypatch.setattr(pdf_reader, "read_picture", fail)
    report = read_file(as_pdf(tmp_path / "a.pdf", [scan(printed, 100)]))
    assert (report.unread_pages, report.waiting_for) == ((1,), ())
    assert "too slow" in report.reason


@needs_font
@needs_ocr
def test_a_scan_of_many_pages_goes_on_with_the_next_run(
    printed: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = as_pdf(tmp_path / "a.pdf", [scan(printed, 150), scan(printed, 160)])
    monkeypatch.setattr(pdf_reader, "OCR_SHARE", 1e-6)
    first = read_file(path)
    assert (first.unread_pages, first.waiting_for, [i.code for i in first.issues]) == ((2,), ("ocr",), ["ocr-unfinished"])
    monkeypatch.setattr(pdf_reader, "OCR_SHARE", 0.6)
    second = read_file(path)
    assert (second.unread_pages, second.waiting_for) == ((), ())


@needs_font
@needs_ocr
def test_a_page_that_can_hardly_be_made_out_stays_unread(printed: Path, tmp_path: Path) -> None:
    report = read_file(as_pdf(tmp_path / "a.pdf", [scan(printed, 40).resize((1654, 2339))]))
    assert report.unread_pages == (1,)
    assert "poor-scan" in {i.code for i in report.issues}


@needs_font
def test_which_way_the_lines_run_shows_on_pages_of_few_lines_too(printed: Path) -> None:
    whole = scan(printed)
    for part in (whole, whole.crop((0, 0, whole.width, 420))):
        ink = dark(np.asarray(part))
        assert [stands_on_its_side(turned) for turned in (ink, ink.T)] == [False, True]


RED, BLUE, GREEN = (205, 45, 60), (45, 60, 190), (30, 140, 70)


@pytest.mark.parametrize("ink", [RED, BLUE, GREEN], ids=["red", "blue", "green"])
def test_a_stamp_is_taken_off_the_text_and_a_page_printed_in_colour_stays(ink: tuple[int, int, int]) -> None:
    stamped = Image.new("RGB", (200, 200), "white")
    stamped.paste(ink, (60, 10, 66, 130))
    stamped.paste((20, 20, 20), (20, 20, 180, 26))
    stamped.paste((20, 10, 30), (60, 20, 66, 26))  # black under the stamp's ink
    black, coloured = colours_apart(stamped)
    assert coloured is not None
    assert [int(dark(np.asarray(one)).sum()) for one in (black, coloured)] == [160 * 6, 6 * (120 - 6)]
    printed = Image.new("RGB", (200, 200), "white")
    printed.paste(ink, (60, 100, 66, 180))
    black, coloured = colours_apart(printed)
    assert coloured is None and dark(np.asarray(black)).sum() == 6 * 80


def inked(picture: Image.Image, ink: tuple[int, int, int], top: float, bottom: float) -> Image.Image:
    """The page with what stands between two heights, as shares of its own, printed in that colour."""
    box = (0, int(top * picture.height), picture.width, int(bottom * picture.height))
    made = picture.convert("RGB")
    made.paste(ImageOps.colorize(picture.crop(box), ink, "white"), box)
    return made


@needs_font
@needs_ocr
@pytest.mark.parametrize("ink", [RED, BLUE], ids=["red", "blue"])
def test_text_printed_in_colour_is_read_beside_black_text(printed: Path, tmp_path: Path, ink: tuple[int, int, int]) -> None:
    letterhead = inked(scan(printed), ink, 0.0, 0.13)
    assert letters_wrong(read_file(as_pdf(tmp_path / "a.pdf", [letterhead]))) < 0.02


@needs_font
@needs_ocr
def test_a_table_ruled_and_filled_in_colour_is_read_as_one(printed: Path, tmp_path: Path) -> None:
    report = read_file(as_pdf(tmp_path / "a.pdf", [inked(scan(printed), BLUE, 0.36, 0.6)]))
    assert [p.text for p in report.passages if p.kind == "cell"] == [cell for row in TABLE for cell in row]


@needs_font
@needs_ocr
@pytest.mark.parametrize("ground", [BLUE, (90, 90, 90)], ids=["blue", "gray"])
def test_a_head_row_in_white_on_a_dark_ground_is_read(printed: Path, tmp_path: Path, ground: tuple[int, int, int]) -> None:
    page = scan(printed).convert("RGB")
    row = (236, 756, 1402, 828)
    page.paste(ImageOps.colorize(page.crop(row).convert("L"), "white", ground), row)
    report = read_file(as_pdf(tmp_path / "a.pdf", [page]))
    assert [p.text for p in report.passages if p.kind == "cell"] == [cell for row in TABLE for cell in row]


@needs_font
@needs_ocr
@pytest.mark.parametrize("ink", [RED, BLUE], ids=["red", "blue"])
def test_a_coloured_stamp_over_the_text_adds_nothing_and_hides_nothing(printed: Path, tmp_path: Path, ink: tuple[int, int, int]) -> None:
    page = scan(printed).convert("RGB")
    stamp = Image.new("RGB", page.size, "white")
    place = (500, 380, 800, 680)
    ImageDraw.Draw(stamp).ellipse(place, outline=ink, width=7)
    ImageDraw.Draw(stamp).ellipse((550, 430, 750, 630), outline=ink, width=4)
    over = ImageChops.multiply(page, stamp)
    assert letters_wrong(read_file(as_pdf(tmp_path / "a.pdf", [over]))) < 0.02


@needs_font
@needs_ocr
def test_specks_of_a_photocopy_do_no_harm(printed: Path, tmp_path: Path) -> None:
    assert letters_wrong(read_file(as_pdf(tmp_path / "a.pdf", [scan(printed, noise=0.02)]))) < 0.03


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("MINHCHUNG_CACHE", str(tmp_path / "kept"))
    yield tmp_path / "kept"


@needs_font
@needs_ocr
def test_a_page_once_read_is_not_read_again(printed: Path, tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = as_pdf(tmp_path / "a.pdf", [scan(printed)])
    first = read_file(path)
    assert len(list(cache.rglob("*.json.gz"))) == 1

    def fail(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(ocr, "see", fail)
    assert read_file(path) == first


def test_a_damaged_result_counts_as_none(cache: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ocr_cache.store("abcd", {"a": ["ă"]})
    assert ocr_cache.load("abcd") == {"a": ["ă"]}
    next(cache.rglob("*.json.gz")).write_bytes(b"\x1f\x8bcut")
    assert ocr_cache.load("abcd") is None and "read again" in capsys.readouterr().err
    assert ocr_cache.load("none") is None


def test_the_cache_keeps_to_its_size_and_what_was_used_last(cache: Path) -> None:
    import os

    for number, key in enumerate(("aa1", "bb2", "cc3")):
        ocr_cache.store(key, list(range(500)))
        place = next(cache.rglob(f"{key}.json.gz"))
        os.utime(place, (1000 + number, 1000 + number))
    ocr_cache.load("aa1")
    size = next(cache.rglob("aa1.json.gz")).stat().st_size
    ocr_cache.sweep(2 * size)
    assert sorted(p.name[:3] for p in cache.rglob("*.json.gz")) == ["aa1", "cc3"]


def test_a_cache_that_cannot_be_written_costs_nothing_but_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("MINHCHUNG_CACHE", str(tmp_path / "file"))
    ocr_cache.store("abcd", [1])
    assert ocr_cache.load("abcd") is None


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        (["trin", "Kiếm", "tra"], ["trin", "Kiểm", "tra"]),
        (["phườnq", "thưcc"], ["phườnq", "thưcc"]),
        (["tháng", "nắm", "2023."], ["tháng", "năm", "2023."]),
        (["BÁO", "CÀO"], ["BÁO", "CÁO"]),
        (["CAO", "ĐẲẰNG"], ["CAO", "ĐẲNG"]),
        (["Quy", "III", "Quy", "II"], ["Quý", "III", "Quý", "II"]),
        (["QĐ-UBND", "1566/QĐ-UBND", "PBGDPL"], ["QĐ-UBND", "1566/QĐ-UBND", "PBGDPL"]),
        (["Mạnh", "Hoàng"], ["Mạnh", "Hoàng"]),
        (["hoá,"], ["hoá,"]),
    ],
)
def test_only_what_can_be_one_thing_is_corrected(seen: list[str], meant: list[str]) -> None:
    texts, changes = corrected([(word, 70) for word in seen])
    assert texts == meant
    assert changes == [(a, b) for a, b in zip(seen, meant, strict=True) if a != b]


def test_what_is_seen_clearly_is_left_alone() -> None:
    assert corrected([("quỵết", 95), ("Kiếm", 96), ("tra", 96)]) == (["quỵết", "Kiếm", "tra"], [])


def test_words_that_ocr_has_run_together_come_apart_in_the_one_way_that_they_can() -> None:
    seen = ["ANLƯ", "NỘIVỤ,", "DÂNTHÀNH", "dânphố", "quỵết", "video", "UBNDTP", "CĐĐKT", "Facebook", "thưcc", "ngườii"]
    texts, _ = corrected([(word, 95) for word in seen])
    assert texts == ["AN LƯ", "NỘI VỤ,", "DÂN THÀNH", "dân phố", *seen[4:]]


def test_every_word_that_was_corrected_is_kept_as_it_was_seen() -> None:
    changes = [(f"raw{n}", f"new{n}") for n in range(30)]
    issue = pdf_reader._corrections(PageText(4, 595.0, 842.0, changes=changes))
    assert issue.page == 4 and all(f'"{seen}" to "{made}"' in issue.message for seen, made in changes)


@needs_font
@needs_ocr
def test_tesseract_runs_in_one_thread(printed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import pytesseract

    seen: list[str | None] = []
    real = pytesseract.image_to_pdf_or_hocr

    def watched(*args: Any, **more: Any) -> Any:
        seen.append(os.environ.get("OMP_THREAD_LIMIT"))
        return real(*args, **more)

    monkeypatch.delenv("OMP_THREAD_LIMIT", raising=False)
    monkeypatch.setattr(pytesseract, "image_to_pdf_or_hocr", watched)
    monkeypatch.setenv("MINHCHUNG_CACHE", str(tmp_path / "kept"))
    assert read_file(as_pdf(tmp_path / "a.pdf", [scan(printed)])).ocr
    assert seen and set(seen) == {"1"}


@needs_font
@needs_ocr
def test_small_print_is_looked_at_more_finely(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert FOUND is not None
    pdfmetrics.registerFont(TTFont("ScanBody", FOUND[0]))
    canvas = Canvas(str(tmp_path / "small.pdf"), pagesize=A4)
    canvas.setFont("ScanBody", 6.5)
    for at in range(30):
        canvas.drawString(85, 700 - 9 * at, "Ủy ban nhân dân quận đã tổ chức hội nghị quán triệt Luật Thực hiện dân chủ ở cơ sở.")
    canvas.save()
    asked: list[float] = []
    real = ocr._rendered

    def watched(page: Any, dpi: float) -> Image.Image:
        asked.append(dpi)
        return real(page, dpi)

    monkeypatch.setattr(ocr, "_rendered", watched)
    monkeypatch.setenv("MINHCHUNG_CACHE", str(tmp_path / "kept"))
    read_file(as_pdf(tmp_path / "a.pdf", [scan(tmp_path / "small.pdf", dpi=200)]))
    assert asked == [ocr.DPI, ocr.FINE_DPI]


def test_the_rendered_picture_of_any_page_is_bounded() -> None:
    for width, height in ((595.0, 842.0), (14_400.0, 14_400.0), (1e7, 1e7), (0.0, 842.0)):
        dpi = ocr._allowed_dpi(ocr.FINE_DPI, width, height)
        assert dpi == 1.0 or width * height * (dpi / 72) ** 2 <= PAGE_PIXELS * 1.001
