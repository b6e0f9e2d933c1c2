"""A file locked with a password says so, and is read with the right one."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import msoffcrypto.format.ooxml
import pytest

from minhchung.ingest.detect import detect
from minhchung.ingest.reader import read_file

TEXT = "Báo cáo kết quả thực hiện dân chủ ở cơ sở."


@pytest.fixture(scope="module")
def locked_docx(tmp_path_factory: pytest.TempPathFactory) -> Path:
    plain = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(TEXT)
    document.save(plain)
    path = tmp_path_factory.mktemp("locked") / "bc.docx"
    with path.open("wb") as out:
        msoffcrypto.format.ooxml.OOXMLFile(plain).encrypt("bí mật", out)
    return path


def test_a_locked_word_file_is_unreadable_without_its_password(locked_docx: Path) -> None:
    assert detect(locked_docx) == "encrypted-office"
    report = read_file(locked_docx)
    assert (report.outcome, report.kind, report.issues[0].code) == ("unreadable", "docx", "encrypted")
    assert "password" in report.reason
    assert "none" not in report.reason and "the password given does not open it" in read_file(locked_docx, ("nhầm",)).reason
    assert "no password given opens it" in read_file(locked_docx, ("nhầm", "sai")).reason


def test_it_is_read_with_one_of_the_passwords_given(locked_docx: Path) -> None:
    report = read_file(locked_docx, ("nhầm", "bí mật"))
    assert (report.outcome, report.kind, [p.text for p in report.passages]) == ("read", "docx", [TEXT])
    assert report.path == str(locked_docx) and report.sha256 == read_file(locked_docx).sha256


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_locked_file_that_is_cut_off_is_unreadable(locked_docx: Path, tmp_path: Path, share: float) -> None:
    data = locked_docx.read_bytes()
    (tmp_path / "a.docx").write_bytes(data[: int(len(data) * share)])
    assert read_file(tmp_path / "a.docx", ("bí mật",)).outcome == "unreadable"


def test_a_locked_open_document_is_told_as_locked(tmp_path: Path) -> None:
    path = tmp_path / "a.odt"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        package.writestr("META-INF/manifest.xml", "<manifest><encryption-data/></manifest>")
        package.writestr("content.xml", "x")
    report = read_file(path, ("bí mật",))
    assert (report.kind, report.outcome) == ("odt", "unreadable") and "password" in report.reason
