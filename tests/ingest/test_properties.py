"""What a file notes about itself is kept, whatever state it is in."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from minhchung.ingest.model import Properties
from minhchung.ingest.properties import moment, pdf_date
from minhchung.ingest.reader import read_file

SAVED = datetime(2023, 11, 10, 8, 30, tzinfo=UTC)


@pytest.fixture
def word(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("Đã tổ chức 02 hội nghị.")
    core = document.core_properties
    core.title, core.author, core.last_modified_by = "Báo cáo\tnăm", "Nguyễn Thí Dụ", "VP\u200bUBND"
    core.created = core.modified = SAVED
    document.save(str(tmp_path / "a.docx"))
    return tmp_path / "a.docx"


def changed(path: Path, old: bytes, new: bytes, part: str = "docProps/core.xml") -> Path:
    target = path.with_name("b.docx")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(target, "w") as out:
        for name in source.namelist():
            data = source.read(name)
            out.writestr(name, data.replace(old, new) if name == part else data)
    return target


def test_a_word_file_tells_who_wrote_and_who_saved_it(word: Path) -> None:
    when = "2023-11-10T08:30:00Z"
    assert read_file(word).properties == Properties("Báo cáo năm", "Nguyễn Thí Dụ", "VPUBND", when, when)


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        (b"</cp:coreProperties>", b"", ("title", "author", "last_modified_by", "created", "modified")),
        (b"2023-11-10T08:30:00Z</dcterms:modified>", "hôm qua</dcterms:modified>".encode(), ("modified",)),
        (b"2023-11-10T08:30:00Z</dcterms:created>", b"1601-01-01T00:00:00Z</dcterms:created>", ("created",)),
    ],
)
def test_properties_that_are_damaged_cost_themselves_only(word: Path, old: bytes, new: bytes, lost: tuple[str, ...]) -> None:
    report = read_file(changed(word, old, new))
    assert [passage.text for passage in report.passages] == ["Đã tổ chức 02 hội nghị."] and report.issues == ()
    names = ("title", "author", "last_modified_by", "created", "modified")
    assert [name for name in names if not getattr(report.properties, name)] == list(lost)


def sheet(folder: Path, title: str, author: str) -> Path:
    path = folder / "a.pdf"
    canvas = Canvas(str(path))
    canvas.setTitle(title)
    canvas.setAuthor(author)
    canvas.drawString(72, 700, "Da to chuc 02 hoi nghi.")
    canvas.save()
    return path


def test_a_pdf_tells_its_author_and_dates(tmp_path: Path) -> None:
    path = sheet(tmp_path, "Bao cao", "Phòng Nội vụ")
    noted = pypdfium2.PdfDocument(path).get_metadata_value("CreationDate")
    properties = read_file(path).properties
    assert (properties.title, properties.author) == ("Bao cao", "Phòng Nội vụ") and properties.created == moment(pdf_date(noted)) != ""


def test_an_entry_of_a_pdf_that_is_no_text_is_none(tmp_path: Path) -> None:
    path = sheet(tmp_path, "TITLE", "Le Thi A")
    spoilt = path.read_bytes().replace(b"/Title (TITLE)", b"/Title <FEFFD8>")
    path.write_bytes(spoilt)
    report = read_file(path)
    assert report.outcome == "read" and (report.properties.title, report.properties.author) == ("", "Le Thi A")


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("D:20231110083000+07'00'", "2023-11-10T01:30:00Z"),
        ("D:20231110083000Z", "2023-11-10T08:30:00Z"),
        ("D:20231110", "2023-11-10T00:00:00Z"),
        ("20231110083000+07", "2023-11-10T01:30:00Z"),
        ("D:20231140", ""),
        ("D:00010101000000", ""),
        ("10/11/2023", ""),
    ],
)
def test_dates_as_pdf_writes_them(text: str, when: str) -> None:
    assert moment(pdf_date(text)) == when


@given(st.text(alphabet="D:0123456789+-'Z", max_size=24))
def test_no_date_of_a_pdf_is_too_odd(text: str) -> None:
    when = moment(pdf_date(text))
    assert when == "" or datetime.fromisoformat(when).year > 1980
