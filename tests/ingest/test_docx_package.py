"""Damaged and unusual Word packages are mended in memory before anyone gives up."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minhchung.ingest import docx_package
from minhchung.ingest.model import Report
from minhchung.ingest.reader import read_file

TEXT = "Ủy ban nhân dân quận đã ban hành Kế hoạch số 12/KH-UBND."
Parts = dict[str, bytes]


def parts_of(text: str = TEXT) -> Parts:
    buffer = io.BytesIO()
    document = docx.Document()
    document.add_paragraph(text, style="List Number")
    document.save(buffer)
    with zipfile.ZipFile(buffer) as package:
        return {name: package.read(name) for name in package.namelist()}


PARTS = parts_of()


def read(tmp_path: Path, parts: Parts) -> Report:
    path = tmp_path / "a.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return read_file(path)


def without(name: str) -> Callable[[Parts], Parts]:
    return lambda parts: {n: d for n, d in parts.items() if n != name}


def replaced(name: str, old: bytes, new: bytes) -> Callable[[Parts], Parts]:
    def change(parts: Parts) -> Parts:
        assert old in parts[name], name
        return {**parts, name: parts[name].replace(old, new)}

    return change


def strict(parts: Parts) -> Parts:
    for usual, renamed in (
        (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://purl.oclc.org/ooxml/wordprocessingml/main"),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    ):
        parts = {name: data.replace(usual, renamed) for name, data in parts.items()}
    return parts


def in_utf16(parts: Parts) -> Parts:
    text = parts["word/document.xml"].decode().replace("UTF-8", "UTF-16")
    return {**parts, "word/document.xml": text.encode("utf-16")}


MAIN = b"vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


@pytest.mark.parametrize(
    "change",
    [
        strict,
        lambda parts: in_utf16(strict(parts)),
        in_utf16,
        replaced("[Content_Types].xml", MAIN, b"vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"),
        replaced("[Content_Types].xml", MAIN, b"vnd.ms-word.document.macroEnabled.main+xml"),
        replaced("[Content_Types].xml", MAIN, b"vnd.ms-word.template.macroEnabledTemplate.main+xml"),
        without("docProps/core.xml"),
        without("docProps/app.xml"),
        without("word/styles.xml"),
        without("word/numbering.xml"),
        without("_rels/.rels"),
        without("word/_rels/document.xml.rels"),
        without("[Content_Types].xml"),
        replaced("word/_rels/document.xml.rels", b'Target="theme', b'Target="/word/nowhere'),
        replaced("word/_rels/document.xml.rels", b' Type="', b' Kind="'),
        replaced("word/_rels/document.xml.rels", b' Id="', b' Ix="'),
        replaced("word/styles.xml", b"</w:styles>", b""),
        replaced("word/styles.xml", b'w:type="paragraph"', b'w:type="paragraf"'),
        replaced("word/styles.xml", b'w:default="1"', b'w:default="maybe"'),
        replaced("word/styles.xml", b"<w:name w:val", b"<w:name w:value"),
        replaced("word/styles.xml", b"<w:basedOn w:val", b"<w:basedOn w:value"),
        replaced("word/numbering.xml", b"w:numId=", b"w:nummerId="),
        replaced("word/numbering.xml", b"w:numbering", b"w:numberink"),
        replaced("word/styles.xml", b"w:styles", b"w:stylex"),
        replaced("word/document.xml", b"<w:body>", b"<w:body>\x01<w:p w:a='1' w:a='2'/><x:unknown/>"),
        lambda parts: {name.replace("/", "\\"): data for name, data in parts.items()},
        lambda parts: {name.replace("word/", "WORD/").replace("document.xml", "Document.xml"): data for name, data in parts.items()},
    ],
)
def test_a_mended_package_gives_its_text(tmp_path: Path, change: Callable[[Parts], Parts]) -> None:
    report = read(tmp_path, change(PARTS))
    assert report.outcome == "read", report.reason
    assert report.passages[-1].text.removeprefix("1. ").removeprefix("- ") == TEXT


def test_what_was_mended_or_lost_is_told(tmp_path: Path) -> None:
    lost = read(tmp_path, replaced("word/styles.xml", b"</w:styles>", b"")(PARTS))
    assert [i.code for i in lost.issues] == ["damaged-part"]
    mended = read(tmp_path, replaced("word/document.xml", b"<w:body>", b"<w:body>\x01")(PARTS))
    assert [i.code for i in mended.issues] == ["mended"] and mended.issues[0].next_step


def test_a_main_part_that_is_cut_off_is_not_half_read(tmp_path: Path) -> None:
    data = PARTS["word/document.xml"]
    report = read(tmp_path, {**PARTS, "word/document.xml": data[: len(data) * 9 // 10]})
    assert report.outcome == "unreadable" and "damaged" in report.reason


def test_without_a_main_part_it_is_unreadable(tmp_path: Path) -> None:
    report = read(tmp_path, without("word/document.xml")(PARTS))
    assert report.outcome == "unreadable" and "word/document.xml" in report.reason


DTD = b'<!DOCTYPE d [<!ENTITY a "%s"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">%s]>'


def with_dtd(more: bytes, shown: bytes) -> Parts:
    data = PARTS["word/document.xml"]
    at = data.index(b"<w:document")
    dtd = DTD % (b"lol" * 1000, more)
    text = TEXT.encode()
    return {**PARTS, "word/document.xml": data[:at] + dtd + data[at:].replace(text, text + shown + b" sau.")}


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    report = read(tmp_path, with_dtd(b"", b"&c;"))
    assert [p.text.removeprefix("1. ") for p in report.passages] == [f"{TEXT} sau."]


def test_external_entities_are_not_resolved(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("mật")
    report = read(tmp_path, with_dtd(b'<!ENTITY x SYSTEM "%s">' % secret.as_uri().encode(), b"&x;"))
    assert [p.text.removeprefix("1. ") for p in report.passages] == [f"{TEXT} sau."]


def test_nesting_without_end_is_refused(tmp_path: Path) -> None:
    deep = b"<w:sdt><w:sdtContent>" * 5000 + b"</w:sdtContent></w:sdt>" * 5000
    report = read(tmp_path, replaced("word/document.xml", b"<w:body>", b"<w:body>" + deep)(PARTS))
    assert report.outcome == "unreadable"


def test_tables_nested_as_deep_as_the_parser_takes_do_not_stop_us(tmp_path: Path) -> None:
    inner = "<w:p><w:r><w:t>trong</w:t></w:r></w:p>"
    for _ in range(60):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    report = read(tmp_path, replaced("word/document.xml", b"<w:body>", b"<w:body>" + inner.encode())(PARTS))
    assert "trong" in [p.text for p in report.passages]


def test_a_part_that_swells_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "PART_BYTES", 1 << 20)
    report = read(tmp_path, {**PARTS, "word/document.xml": PARTS["word/document.xml"] + b" " * (2 << 20)})
    assert report.outcome == "unreadable" and "unpacks to" in report.reason


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(PARTS)), st.floats(0, 1), st.binary(max_size=12), st.integers(0, 40))
def test_no_change_to_a_part_escapes(tmp_path: Path, name: str, where: float, noise: bytes, cut: int) -> None:
    data = PARTS[name]
    at = int(where * len(data))
    report = read(tmp_path, {**PARTS, name: data[:at] + noise + data[at + cut :]})
    assert report.outcome in ("read", "unreadable"), report.reason


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.floats(0, 1), st.binary(max_size=12), st.integers(0, 200))
def test_no_change_to_the_package_escapes(tmp_path: Path, where: float, noise: bytes, cut: int) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in PARTS.items():
            package.writestr(name, data)
    data = buffer.getvalue()
    at = int(where * len(data))
    path = tmp_path / "b.docx"
    path.write_bytes(data[:at] + noise + data[at + cut :])
    report = read_file(path)
    assert report.outcome in ("read", "unreadable"), report.reason


def test_python_docx_opens_what_it_can_and_the_rest_is_opened_part_by_part(tmp_path: Path) -> None:
    whole = tmp_path / "whole.docx"
    document = docx.Document()
    document.add_paragraph("Quận mở 02 lớp tập huấn.")
    document.save(str(whole))
    torn = tmp_path / "torn.docx"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(torn, "w") as target:
        for info in source.infolist():
            if "styles" not in info.filename:  # a dangling part, which python-docx refuses
                target.writestr(info.filename, source.read(info))
    with pytest.raises(KeyError):
        docx.Document(str(torn))
    opened = {path.stem: docx_package.Package(path) for path in (whole, torn)}
    assert "word/document.xml" in opened["whole"]._opened
    assert not opened["torn"]._opened
    for package in opened.values():
        assert "Quận mở 02 lớp tập huấn." in "".join(package.document().itertext())
        assert {r.kind for r in package.relations("")} >= {"officeDocument"}
        package.close()
