"""Pictures of pages are read like scans, by themselves and inside Word files."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from minhchung.ingest import pictures
from minhchung.ingest.ocr_engine import engine
from minhchung.ingest.pictures import page_sized, to_pdf
from minhchung.ingest.reader import read_file
from minhchung.ingest.reader_types import Unreadable

needs_ocr = pytest.mark.skipif(engine() is None, reason="tesseract with its Vietnamese data is not installed")
LINES = ("BAO CAO SO 12", "Nam 2023 quan mo 45 lop", "cho 678 nguoi tham gia")


def page(size: tuple[int, int] = (1654, 2339)) -> Image.Image:
    """A page at 200 dpi with a few lines in plain ASCII, which any font has."""
    picture = Image.new("L", size, 255)
    draw = ImageDraw.Draw(picture)
    for number, line in enumerate(LINES):
        draw.text((200, 300 + 120 * number), line, fill=0, font=ImageFont.load_default(size=48))
    return picture


def encoded(picture: Image.Image, form: str, **options: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **options)
    return out.getvalue()


def test_pictures_become_pages_of_their_size(tmp_path: Path) -> None:
    many = encoded(page(), "TIFF", save_all=True, append_images=[page()])
    assert to_pdf([encoded(page(), "PNG"), many, b"no picture", encoded(page(), "JPEG")[:3000]], tmp_path / "a.pdf") == 3
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as made:
        width, height = made[0].get_size()
        assert len(made) == 3 and 590 < width < 600 and 838 < height < 845


def test_the_same_pictures_give_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    to_pdf([encoded(page(), "PNG")], tmp_path / "a.pdf")
    monkeypatch.setattr("time.time", lambda: 1.0)
    to_pdf([encoded(page(), "PNG")], tmp_path / "b.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()


def test_a_picture_told_to_lie_on_its_side_is_set_upright(tmp_path: Path) -> None:
    lying = page().rotate(90, expand=True)
    exif = Image.Exif()
    exif[0x0112] = 6  # what cameras write for "turn me by a quarter"
    to_pdf([encoded(lying, "JPEG", exif=exif)], tmp_path / "a.pdf")
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as made:
        width, height = made[0].get_size()
        assert width < height


def test_emblems_are_no_pages_and_giants_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert page_sized([encoded(page((400, 400)), "PNG")], tmp_path / "a.pdf") == 0
    monkeypatch.setattr(pictures, "_PIXELS", 1000)
    with pytest.raises(Unreadable, match="pixels"):
        to_pdf([encoded(page(), "PNG")], tmp_path / "a.pdf")


def test_what_is_transparent_is_paper(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (900, 1200), (0, 0, 0, 0))
    assert to_pdf([encoded(clear, "PNG")], tmp_path / "a.pdf") == 1
    with pypdfium2.PdfDocument(tmp_path / "a.pdf") as made:
        assert made[0].render().to_pil().convert("L").getextrema() == (255, 255)


def figures(texts: list[str]) -> set[str]:
    return {word for text in texts for word in text.split() if word.isdecimal()}


@needs_ocr
def test_a_photograph_of_a_page_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ảnh.jpg"
    page().save(path, dpi=(72, 72))
    report = read_file(path)
    assert (report.outcome, report.kind, report.pages, report.ocr) == ("read", "other", 1, True), report.reason
    assert figures([p.text for p in report.passages]) >= {"12", "2023", "45", "678"}


@needs_ocr
def test_a_word_file_of_pasted_scans_is_read_without_page_numbers(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_picture(io.BytesIO(encoded(page(), "PNG")))
    document.save(str(tmp_path / "a.docx"))
    report = read_file(tmp_path / "a.docx")
    assert (report.outcome, report.kind, report.pages, report.ocr) == ("read", "docx", None, True), report.reason
    assert all(p.locator.page is None and p.locator.bbox is None for p in report.passages)
    assert figures([p.text for p in report.passages]) >= {"12", "2023", "45", "678"}


@needs_ocr
def test_a_line_of_text_over_a_pasted_scan_is_read_with_it(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Bản quét gửi kèm.")
    document.add_picture(io.BytesIO(encoded(page(), "PNG")))
    document.save(str(tmp_path / "a.docx"))
    report = read_file(tmp_path / "a.docx")
    assert report.passages[0].text == "Bản quét gửi kèm." and "2023" in figures([p.text for p in report.passages])
    places = [p.locator.block for p in report.passages]
    assert len(set(places)) == len(places)


def test_a_word_file_full_of_text_is_not_sent_to_ocr(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_paragraph("Có chữ. " * 50)
    document.add_picture(io.BytesIO(encoded(page(), "PNG")))
    document.save(str(tmp_path / "a.docx"))
    report = read_file(tmp_path / "a.docx")
    assert not report.ocr and [p.text for p in report.passages] == ["Có chữ. " * 49 + "Có chữ."]


def test_a_picture_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert "picture" in read_file(tmp_path / "a.png").reason
