"""Old formats are read through LibreOffice where it is installed, and wait for it where it is not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import docx
import pytest

from minhchung.ingest import convert
from minhchung.ingest.convert import many_to_docx, soffice, to_docx
from minhchung.ingest.detect import detect
from minhchung.ingest.discover import discover
from minhchung.ingest.legacy_tables import tcvn3
from minhchung.ingest.reader import read_file
from minhchung.ingest.reader_types import Unreadable
from minhchung.ingest.workroom import Workroom

needs_libreoffice = pytest.mark.skipif(not soffice(), reason="LibreOffice is not installed")
TEXT = "Ủy ban nhân dân quận đã tổ chức hội nghị quán triệt Luật; người dự."


def rtf(text: str, font: str = "Times New Roman") -> bytes:
    """A rich text file with each character as RTF writes it."""
    body = "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in text)
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 {font};}}}}\\f0 {body}\\par}}".encode("ascii")


@pytest.fixture(scope="module")
def old_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The same document as .doc and .odt, made by LibreOffice itself from a DOCX with a table and a list."""
    folder = tmp_path_factory.mktemp("old")
    document = docx.Document()
    document.add_paragraph(TEXT)
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Số lớp", "02"
    document.add_paragraph("Hết.")  # a table at the very end is lost on the way into .doc
    document.save(str(folder / "bc.docx"))
    for kind in ("doc", "odt"):
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [soffice(), profile, "--headless", "--convert-to", kind, "--outdir", str(folder), str(folder / "bc.docx")]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
    return {kind: folder / f"bc.{kind}" for kind in ("doc", "odt")}


@needs_libreoffice
@pytest.mark.parametrize("kind", ["doc", "odt"])
def test_an_old_file_is_read_with_its_tables(old_files: dict[str, Path], kind: str) -> None:
    assert detect(old_files[kind]) == kind
    report = read_file(old_files[kind])
    assert (report.outcome, report.kind, report.pages) == ("read", kind, None)
    assert [(p.kind, p.text) for p in report.passages] == [("paragraph", TEXT), ("cell", "Số lớp"), ("cell", "02"), ("paragraph", "Hết.")]


@needs_libreoffice
def test_text_in_old_fonts_is_decoded_after_the_conversion(tmp_path: Path) -> None:
    codes = {letter: code for code, letter in tcvn3().items()}
    coded = "".join(f"\\'{codes[c]:02x}" if c in codes else c for c in TEXT.lower())
    fonts = "{\\fonttbl{\\f0 .VnTimeH;}{\\f1 .VnTime;}}"
    (tmp_path / "a.rtf").write_text(f"{{\\rtf1\\ansi\\deff0{fonts}\\f0 {coded}\\par\\f1 {coded}\\par}}")
    assert [p.text for p in read_file(tmp_path / "a.rtf").passages] == [TEXT.upper(), TEXT.lower()]


@needs_libreoffice
def test_a_word_file_of_one_xml_file_is_read(tmp_path: Path) -> None:
    name = "http://schemas.microsoft.com/office/word/2003/wordml"
    body = f"<w:body><w:p><w:r><w:t>{TEXT}</w:t></w:r></w:p></w:body>"
    source = f'<?xml version="1.0"?><?mso-application progid="Word.Document"?><w:wordDocument xmlns:w="{name}">{body}</w:wordDocument>'
    (tmp_path / "a.doc").write_text(source, encoding="utf-8")
    report = read_file(tmp_path / "a.doc")
    assert (report.kind, [p.text for p in report.passages]) == ("doc", [TEXT])


@needs_libreoffice
def test_a_batch_is_converted_in_one_start_and_then_only_read(
    old_files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "--headless.txt").write_bytes(rtf(TEXT))  # named by someone who wishes us ill
    with Workroom() as room:
        room.convert([*old_files.values(), *(f.path for f in discover([tmp_path]))])
        monkeypatch.setattr(convert, "soffice", lambda: "")
        reports = [read_file(path, prepared=room.prepared) for path in (*old_files.values(), tmp_path / "--headless.txt")]
    assert [(r.kind, r.outcome, r.passages[0].text) for r in reports] == [
        ("doc", "read", TEXT),
        ("odt", "read", TEXT),
        ("rtf", "read", TEXT),
    ]


def test_without_libreoffice_the_file_waits_for_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "soffice", lambda: "")
    path = tmp_path / "a.rtf"
    path.write_bytes(rtf(TEXT))
    report = read_file(path)
    assert (report.outcome, report.kind, report.waiting_for) == ("unreadable", "rtf", ("libreoffice",))
    assert "apt-get install" in report.reason


def program(tmp_path: Path, script: str) -> str:
    path = tmp_path / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


def test_a_libreoffice_that_hangs_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "soffice", lambda: program(tmp_path, "sleep 60"))
    monkeypatch.setattr(convert, "CONVERT_SECONDS", 1)
    (tmp_path / "a.rtf").write_bytes(rtf(TEXT))
    with pytest.raises(Unreadable, match="longer than 1 s"):
        to_docx(tmp_path / "a.rtf", "rtf", tmp_path / "out")


def test_what_libreoffice_cannot_open_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "soffice", lambda: program(tmp_path, "exit 0"))
    (tmp_path / "a.rtf").write_bytes(rtf(TEXT))
    assert many_to_docx({tmp_path / "a.rtf": "rtf"}, tmp_path / "out") == {}
    assert "cannot open" in read_file(tmp_path / "a.rtf").reason


def test_the_profile_is_our_own_and_forbids_macros_and_the_network(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shown = tmp_path / "shown"
    script = f"""exec > {shown}
    for a in "$@"; do case "$a" in -env:*) cat "${{a#-env:UserInstallation=file://}}/user/registrymodifications.xcu";; esac; done
    echo "$http_proxy\""""
    monkeypatch.setattr(convert, "soffice", lambda: program(tmp_path, script))
    (tmp_path / "a.rtf").write_bytes(rtf(TEXT))
    many_to_docx({tmp_path / "a.rtf": "rtf"}, tmp_path / "out")
    told = shown.read_text()
    assert 'oor:name="DisableMacrosExecution" oor:op="fuse"><value>true' in told and "http://127.0.0.1:9" in told
