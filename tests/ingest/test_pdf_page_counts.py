"""Pages are counted by more than one means, and where these differ the report says so and no page is lost in silence."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from minhchung.ingest import pdf_file, pdf_reader
from minhchung.ingest.pdf_census import page_objects
from minhchung.ingest.pdf_page import PageText
from minhchung.ingest.reader import read_file


@pytest.fixture
def three(tmp_path: Path) -> Path:
    canvas = Canvas(str(tmp_path / "a.pdf"))
    for number in range(1, 4):
        canvas.drawString(72, 700, f"Trang thu {number} cua bao cao nam 2023.")
        canvas.showPage()
    canvas.save()
    return tmp_path / "a.pdf"


def told(path: Path, count: int) -> Path:
    """The file with another number of pages in the root of its pages."""
    data = path.read_bytes()
    assert data.count(b"/Count 3 ") == 1
    path.write_bytes(data.replace(b"/Count 3 ", b"/Count %d " % count))
    return path


def reverse(data: bytes) -> bytes:
    return data[::-1]


def test_where_all_agree_nothing_is_said(three: Path) -> None:
    report = read_file(three)
    assert (report.pages, report.issues, report.unread_pages) == (3, (), ())
    assert page_objects(three) == (3, True)


def test_pages_beyond_the_number_told_are_read_and_both_counts_named(three: Path) -> None:
    report = read_file(told(three, 2))
    assert report.pages == 3 and report.unread_pages == ()
    assert [p.text for p in report.passages] == [f"Trang thu {n} cua bao cao nam 2023." for n in (1, 2, 3)]
    assert [i.code for i in report.issues] == ["page-counts-differ"]
    assert "pdfium counts 2 pages, pdfminer 3" in report.issues[0].message and report.issues[0].next_step


def test_pages_that_are_told_and_not_there_are_listed_as_unread(three: Path) -> None:
    report = read_file(told(three, 5))
    assert report.outcome == "read" and report.unread_pages == (4, 5)
    assert [(i.code, i.page) for i in report.issues] == [("page-failed", 4), ("page-failed", 5), ("page-counts-differ", None)]
    assert "pdfium counts 5 pages, pdfminer 3" in report.issues[-1].message


def test_a_page_that_pdfium_lacks_and_only_a_picture_shows_is_listed_as_unread(three: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blank = PageText(3, 595.0, 842.0, picture=1.0, drawn=True)
    careful = pdf_file.PdfFile.careful
    monkeypatch.setattr(pdf_file.PdfFile, "careful", lambda pdf, number: blank if number == 3 else careful(pdf, number))
    monkeypatch.setattr(pdf_reader, "engine", lambda: "5")
    report = read_file(told(three, 2))
    assert report.unread_pages == (3,)
    assert next(i for i in report.issues if i.page == 3).message.endswith("does not find it")


@pytest.mark.parametrize(
    ("dictionary", "packed", "found"),
    [
        (b"<</Type /ObjStm /N 2 /First 9 /Filter /FlateDecode /Length %d>>", zlib.compress, (3, True)),
        (b"<</Filter[/FlateDecode]/Type/ObjStm/N 2/Length %d>>", zlib.compress, (3, True)),
        (b"<</Type /ObjStm /N 2 /First 9 /Length %d>>", bytes, (3, True)),
        (b"<</Type /ObjStm /Filter /LZWDecode /Length %d>>", reverse, (1, False)),
        (b"<</Type /ObjStm /Filter /FlateDecode /Length %d>>", reverse, (1, False)),
    ],
    ids=["deflated", "in a list", "plain", "packed in a rare way", "damaged"],
)
def test_pages_in_object_streams_are_counted(tmp_path: Path, dictionary: bytes, packed: object, found: tuple[int, bool]) -> None:
    assert callable(packed)
    content = packed(b"1 0 2 50 <</Type /Page /Parent 9 0 R>> <</Type/Page>> <</Type /Pages>>")
    before = b"%PDF-1.5\n4 0 obj <</Type /Page>> endobj\n5 0 obj\n" + dictionary % len(content)
    (tmp_path / "a.pdf").write_bytes(before + b"\nstream\n" + content + b"\nendstream endobj")
    assert page_objects(tmp_path / "a.pdf") == found


def test_what_is_encrypted_or_too_large_is_not_counted_for_certain(tmp_path: Path) -> None:
    bomb = zlib.compress(bytes(40 << 20))
    (tmp_path / "a.pdf").write_bytes(b"<</Type /ObjStm /Filter /FlateDecode>>\nstream\n" + bomb)
    assert page_objects(tmp_path / "a.pdf") == (0, False)
    (tmp_path / "b.pdf").write_bytes(b"<</Type /Page>> trailer <</Encrypt 5 0 R>>")
    assert page_objects(tmp_path / "b.pdf") == (1, False)
