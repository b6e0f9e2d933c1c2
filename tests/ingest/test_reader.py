"""Whatever the file, a report comes back that says what to do."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import docx
import pytest

from minhchung.ingest import reader
from minhchung.ingest.isolation import Failure, run_isolated
from minhchung.ingest.reader import read_file, reader_version

ODD = Path(__file__).parents[3] / "shared" / "odd-files"
CHEAP = ("password.pdf", "protected_agile.docx", "truncated62886.docx", "test.docx", "delins.docx", "textbox.docx", "decracdiscrim1.docx")


def a_docx(path: Path, *texts: str) -> Path:
    document = docx.Document()
    for text in texts:
        document.add_paragraph(text)
    document.save(str(path))
    return path


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("empty.docx", b"", "empty"),
        ("cut.docx", b"PK\x03\x04" + b"\x00" * 200, "damaged"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "Office file"),
        ("locked.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password"),
        ("scan.pdf", b"\x89PNG\r\n\x1a\n", "picture"),
        ("feed.doc", b"<?xml version='1.0'?><rss><x>x</x></rss>", "XML"),
        ("page.doc", b"<html><head><title>x</title></head><body><img src='a.png'></body></html>", "no text"),
        ("bytes.bin", bytes(range(256)), "not a kind"),
        ("broken.pdf", b"%PDF-1.4\ngarbage", "PDF"),
    ],
)
def test_what_cannot_be_read_says_why_and_what_to_do(tmp_path: Path, name: str, content: bytes, word: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    report = read_file(path)
    assert report.outcome == "unreadable"
    assert word in report.reason and ";" in report.reason
    assert report.issues and report.issues[-1].next_step
    assert len(report.sha256) == 64


def test_the_content_tells_the_format_not_the_name(tmp_path: Path) -> None:
    path = a_docx(tmp_path / "x.docx", "Nội dung báo cáo.").rename(tmp_path / "report.pdf")
    assert (read_file(path).kind, read_file(path).outcome) == ("docx", "read")


def test_a_missing_file_is_unreadable(tmp_path: Path) -> None:
    assert read_file(tmp_path / "gone.pdf").outcome == "unreadable"


def test_a_document_without_text_is_unreadable(tmp_path: Path) -> None:
    assert "no text" in read_file(a_docx(tmp_path / "blank.docx", "", " ")).reason


def test_a_damaged_part_inside_the_package_is_unreadable(tmp_path: Path) -> None:
    whole, cut = a_docx(tmp_path / "a.docx", "x"), tmp_path / "b.docx"
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(cut, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            new.writestr(item, data[: len(data) // 2] if item.filename == "word/document.xml" else data)
    assert "damaged" in read_file(cut).reason


@pytest.mark.parametrize(("fault", "code"), [(MemoryError(), "limit"), (RecursionError(), "limit"), (AssertionError("x"), "reader-error")])
def test_our_own_faults_are_failed_not_raised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, fault: Exception, code: str) -> None:
    def stumble(path: Path) -> None:
        raise fault

    monkeypatch.setitem(reader._READERS, "docx", stumble)
    report = read_file(a_docx(tmp_path / "a.docx", "x"))
    assert (report.outcome, report.issues[0].code) == ("failed", code)


def test_a_bug_in_the_walk_is_not_blamed_on_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from minhchung.ingest import docx_reader

    def stumble(document: object) -> None:
        raise KeyError("ours")

    monkeypatch.setattr(docx_reader, "read_docx", stumble)
    assert read_file(a_docx(tmp_path / "a.docx", "x")).outcome == "failed"


def test_the_version_is_twelve_hex_digits_and_stays() -> None:
    assert re.fullmatch("[0-9a-f]{12}", reader_version())
    assert reader_version() == reader_version()


@pytest.mark.skipif(not ODD.is_dir(), reason="../shared/odd-files is not here")
def test_odd_files_neither_raise_nor_hang() -> None:
    paths = [p for p in sorted(ODD.glob("*__*")) if p.name.endswith(CHEAP)]
    results = dict(run_isolated(paths, read_file, 2, lambda _: 60))
    assert len(results) == len(paths) > 0
    outcomes = {p.name.split("__")[1]: r if isinstance(r, Failure) else r.outcome for p, r in results.items()}
    for name in ("password.pdf", "protected_agile.docx", "truncated62886.docx", "test.docx"):
        assert outcomes[name] == "unreadable"
    for name in ("delins.docx", "textbox.docx", "decracdiscrim1.docx"):
        assert outcomes[name] == "read"
