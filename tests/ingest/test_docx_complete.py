"""Of everything that shows in a Word file every word is read, once; of what does not show, none."""

from __future__ import annotations

import itertools
from collections import Counter
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minhchung.ingest import convert
from minhchung.ingest.convert import soffice
from minhchung.ingest.model import Passage
from minhchung.ingest.reader import read_file

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "application/vnd.openxmlformats-officedocument."


def run(text: str, props: str = "") -> str:
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str, props: str = "") -> str:
    return f"<w:p><w:pPr>{props}</w:pPr>{content}</w:p>"


def field(kind: str, more: str = "") -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}">{more}</w:fldChar></w:r>'


# Every construct that shows text: what stands in the body, with %s where a word of its own goes in.
SHOWN = {
    "run": para(run("%s")),
    "insertion": para(f"<w:ins>{run('%s')}</w:ins>"),
    "moved here": para(f"<w:moveTo>{run('%s')}</w:moveTo>"),
    "link": para(f"<w:hyperlink>{run('%s')}</w:hyperlink>"),
    "smart tag": para(f"<w:smartTag>{run('%s')}</w:smartTag>"),
    "custom xml": f"<w:customXml>{para(run('%s'))}</w:customXml>",
    "simple field": para(f'<w:fldSimple w:instr="DATE">{run("%s")}</w:fldSimple>'),
    "field": para(field("begin") + "<w:r><w:instrText>REF a</w:instrText></w:r>" + field("separate") + run("%s") + field("end")),
    "drop-down": para(
        field(
            "begin", '<w:ffData><w:ddList><w:result w:val="1"/><w:listEntry w:val="khác"/><w:listEntry w:val="%s"/></w:ddList></w:ffData>'
        )
        + "<w:r><w:instrText>FORMDROPDOWN</w:instrText></w:r>"
        + field("end")
    ),
    "control around a run": para(f"<w:sdt><w:sdtContent>{run('%s')}</w:sdtContent></w:sdt>"),
    "control around a paragraph": f"<w:sdt><w:sdtContent>{para(run('%s'))}</w:sdtContent></w:sdt>",
    "control around a row": f"<w:tbl><w:sdt><w:sdtContent><w:tr><w:tc>{para(run('%s'))}</w:tc></w:tr></w:sdtContent></w:sdt></w:tbl>",
    "table": f"<w:tbl><w:tr><w:tc>{para(run('%s'))}</w:tc><w:tc>{para(run('%s'))}</w:tc></w:tr></w:tbl>",
    "table in a table": (
        f"<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc>{para(run('%s'))}</w:tc></w:tr></w:tbl></w:tc><w:tc>{para(run('%s'))}</w:tc></w:tr></w:tbl>"
    ),
    "merged cells": (
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{para(run("%s"))}</w:tc><w:tc>{para(run("%s"))}</w:tc></w:tr>'
        f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{para('')}</w:tc><w:tc>{para(run('%s'))}</w:tc></w:tr></w:tbl>"
    ),
    "a grid that does not add up": (
        '<w:tbl><w:tblGrid/><w:tr><w:trPr><w:gridBefore w:val="9"/></w:trPr><w:tc><w:tcPr><w:gridSpan w:val="99"/></w:tcPr>'
        f"{para(run('%s'))}</w:tc></w:tr><w:tr><w:tc>{para(run('%s'))}</w:tc><w:tc>{para(run('%s'))}</w:tc></w:tr></w:tbl>"
    ),
    "text box": para(
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx><w:txbxContent>"
        + para(run("%s"))
        + "</w:txbxContent></wps:txbx></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent>"
        + para(run("thừa"))
        + "</w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    ),
    "text box of old": para(
        f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{para(run('%s'))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    ),
    "shape": para("<w:r><w:drawing><a:graphic><a:txBody><a:p><a:r><a:t>%s</a:t></a:r></a:p></a:txBody></a:graphic></w:drawing></w:r>"),
    "word art": para('<w:r><w:pict><v:shape><v:textpath string="%s"/></v:shape></w:pict></w:r>'),
    "formula": para("<m:oMath><m:r><m:t>%s</m:t></m:r></m:oMath>"),
    "ruby": para(f"<w:r><w:ruby><w:rt>{run('nhỏ')}</w:rt><w:rubyBase>{run('%s')}</w:rubyBase></w:ruby></w:r>"),
    "symbols": para('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t xml:space="preserve"> %s</w:t></w:r>'),
    "right to left": para(f'<w:dir w:val="rtl">{run("%s")}</w:dir>'),
    "not hidden after all": para(run("%s", '<w:vanish w:val="false"/>')),
    "run in a run": para(f"<w:r>{run('%s')}</w:r>"),
}
# Every construct that shows none.
HIDDEN = {
    "deletion": para("<w:del><w:r><w:delText>%s</w:delText></w:r></w:del>"),
    "deletion written as text": para(f"<w:del>{run('%s')}</w:del>"),
    "moved away": para(f"<w:moveFrom>{run('%s')}</w:moveFrom>"),
    "hidden": para(run("%s", "<w:vanish/>")),
    "field code": para(field("begin") + "<w:r><w:instrText>%s</w:instrText></w:r>" + field("end")),
    "hidden row": f"<w:tbl><w:tr><w:trPr><w:hidden/></w:trPr><w:tc>{para(run('%s'))}</w:tc><w:tc>{para('')}</w:tc></w:tr></w:tbl>",
    "deleted row": f"<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{para(run('%s'))}</w:tc><w:tc>{para('')}</w:tc></w:tr></w:tbl>",
}


def read(path: Path, document: Any) -> list[Passage]:
    document.save(str(path))
    report = read_file(path)
    assert report.outcome == "read", report.reason
    return list(report.passages)


def document_of(*elements: str) -> Any:
    document = docx.Document()
    for element in elements:
        tag, _, rest = element[1:].partition(">")
        document.element.body[-1].addprevious(parse_xml(f"<{tag} {NS}>{rest}"))
    return document


def words_of(passages: list[Passage]) -> Counter[str]:
    return Counter(word for p in passages for word in p.text.split() if word.startswith("từ"))


def filled(template: str, numbers: itertools.count[int]) -> tuple[str, list[str]]:
    words = [f"từ{next(numbers)}" for _ in range(template.count("%s"))]
    return template % tuple(words), words


@pytest.mark.parametrize("name", SHOWN)
def test_what_shows_is_read_once(tmp_path: Path, name: str) -> None:
    element, words = filled(SHOWN[name], itertools.count(1))
    passages = read(tmp_path / "a.docx", document_of(element, para(run("Hết."))))
    assert words_of(passages) == Counter(words)
    assert not any(word in p.text for p in passages for word in ("thừa", "nhỏ", "khác"))


@pytest.mark.parametrize("name", HIDDEN)
def test_what_does_not_show_is_not_read(tmp_path: Path, name: str) -> None:
    element, words = filled(HIDDEN[name], itertools.count(1))
    passages = read(tmp_path / "a.docx", document_of(element, para(run("Hết."))))
    assert words and not words_of(passages)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from([*((True, n) for n in SHOWN), *((False, n) for n in HIDDEN)]), min_size=1, max_size=12))
def test_all_together_in_any_order_nothing_is_lost(tmp_path: Path, picked: list[tuple[bool, str]]) -> None:
    numbers, elements, wanted = itertools.count(1), [], []
    for shows, name in picked:
        element, words = filled((SHOWN if shows else HIDDEN)[name], numbers)
        elements.append(element)
        wanted += words if shows else []
    assert words_of(read(tmp_path / "a.docx", document_of(*elements, para(run("Hết."))))) == Counter(wanted)


def related(document: Any, name: str, kind: str, content_type: str, xml: str) -> str:
    part = Part(PackURI(f"/word/{name}.xml"), OFFICE + content_type, xml.encode(), document.part.package)
    return str(document.part.relate_to(part, kind))


@pytest.mark.parametrize("kind", ["footnote", "endnote"])
def test_notes_with_tables_and_boxes_are_read_whole(tmp_path: Path, kind: str) -> None:
    document = document_of(para(run("Thân") + f'<w:r><w:{kind}Reference w:id="2"/></w:r>'))
    body = "".join(filled(SHOWN[name], itertools.count(n * 10))[0] for n, name in enumerate(("run", "table", "text box"), 1))
    notes = f'<w:{kind}s {NS}><w:{kind} w:id="2">{body}</w:{kind}></w:{kind}s>'
    related(document, f"{kind}s", getattr(RT, f"{kind.upper()}S"), f"wordprocessingml.{kind}s+xml", notes)
    passages = read(tmp_path / "a.docx", document)
    assert [p.kind for p in passages] == ["paragraph", "footnote"]
    assert passages[1].text.split() == ["từ10", "từ20", "từ21", "từ30"]


def test_comments_are_not_evidence(tmp_path: Path) -> None:
    document = document_of(para('<w:commentRangeStart w:id="0"/>' + run("Thân") + '<w:r><w:commentReference w:id="0"/></w:r>'))
    xml = f'<w:comments {NS}><w:comment w:id="0" w:author="x">{para(run("Xem lại"))}</w:comment></w:comments>'
    related(document, "comments", RT.COMMENTS, "wordprocessingml.comments+xml", xml)
    assert [p.text for p in read(tmp_path / "a.docx", document)] == ["Thân"]


def test_a_diagram_gives_its_texts(tmp_path: Path) -> None:
    document = docx.Document()
    points = "".join(f"<dgm:pt><dgm:t><a:p><a:r><a:t>{t}</a:t></a:r></a:p></dgm:t></dgm:pt>" for t in ("Bước 1", "Bước 2"))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/diagramData"
    number = related(
        document, "data1", kind, "drawingml.diagramData+xml", f"<dgm:dataModel {NS}><dgm:ptLst>{points}</dgm:ptLst></dgm:dataModel>"
    )
    drawing = f'<w:r><w:drawing><a:graphic><a:graphicData><dgm:relIds r:dm="{number}"/></a:graphicData></a:graphic></w:drawing></w:r>'
    document.element.body[-1].addprevious(parse_xml(f"<w:p {NS}>{drawing}</w:p>"))
    assert [(p.kind, p.text) for p in read(tmp_path / "a.docx", document)] == [("textbox", "Bước 1"), ("textbox", "Bước 2")]


def test_headers_and_footers_of_every_kind_come_once(tmp_path: Path) -> None:
    document = document_of(para(run("Thân.")))
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.first_page_header.paragraphs[0].text = "UBND QUẬN"
    section.header.paragraphs[0].text = "Báo cáo năm"
    section.even_page_header.paragraphs[0].text = "Báo cáo năm"
    section.footer.paragraphs[0].text = "Trang lẻ"
    section.even_page_footer.paragraphs[0].text = "Trang chẵn"
    document.add_section()
    passages = read(tmp_path / "a.docx", document)
    assert (passages[0].kind, passages[0].text) == ("header", "UBND QUẬN")
    assert sorted(p.text for p in passages[1:]) == ["Báo cáo năm", "Thân.", "Trang chẵn", "Trang lẻ"]


def test_headers_that_are_switched_off_are_not_read(tmp_path: Path) -> None:
    document = document_of(para(run("Thân.")))
    document.sections[0].first_page_header.paragraphs[0].text = "không hiện"
    document.sections[0].even_page_header.paragraphs[0].text = "không hiện"
    assert [p.text for p in read(tmp_path / "a.docx", document)] == ["Thân."]


def table(rows: list[list[str]]) -> str:
    cells = "".join("<w:tr>" + "".join(f"<w:tc>{para(run(text))}</w:tc>" for text in row) + "</w:tr>" for row in rows)
    return f"<w:tbl>{cells}</w:tbl>"


def add_chunk(document: Any, data: bytes, name: str) -> None:
    part = Part(PackURI(f"/word/{name}"), "application/octet-stream", data, document.part.package)
    number = document.part.relate_to(part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk")
    document.element.body[-1].addprevious(parse_xml(f'<w:altChunk {NS} r:id="{number}"/>'))


def chunk_texts(tmp_path: Path, data: bytes, name: str) -> list[str]:
    document = docx.Document()
    add_chunk(document, data, name)
    document.element.body[-1].addprevious(parse_xml(f"<w:p {NS}>{run('Hết.')}</w:p>"))
    return [p.text for p in read(tmp_path / "a.docx", document)]


def test_documents_set_into_the_text_are_read_in_their_place(tmp_path: Path) -> None:
    document_of(para(run("Một.")), table([["Hai", "ba"]])).save(str(tmp_path / "inner.docx"))
    page = "<html><head><title>x</title></head><body><h1>Một.</h1><table><tr><td>Hai</td><td>ba</td></tr></table></body></html>"
    mht = f"MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{page}"
    for name, data in (("a.docx", (tmp_path / "inner.docx").read_bytes()), ("a.html", page.encode()), ("a.mht", mht.encode())):
        assert chunk_texts(tmp_path, data, name) == ["Một.", "Hai", "ba", "Hết."]
        places = [p.locator.block for p in read_file(tmp_path / "a.docx").passages]
        assert places == ["e1p1", "e1t1r1c1", "e1t1r1c2", "p1"]
    assert chunk_texts(tmp_path, "Một.\nHai.".encode(), "a.txt") == ["Một.", "Hai.", "Hết."]


def test_tables_of_documents_set_into_the_text_are_counted_with_its_own(tmp_path: Path) -> None:
    document = document_of(table([["a", "b"]]))
    add_chunk(document, b"<table><tr><td>c</td><td>d</td></tr></table>", "a.html")
    document.element.body[-1].addprevious(parse_xml(table([["e", "f"]]).replace("<w:tbl>", f"<w:tbl {NS}>")))
    assert [p.row.table for p in read(tmp_path / "a.docx", document) if p.row] == [1, 1, 2, 2, 3, 3]


def test_a_document_set_into_a_cell_comes_after_it(tmp_path: Path) -> None:
    document = document_of(table([["a", "b"]]))
    add_chunk(document, "<p>Ở trong ô.</p>".encode(), "a.html")
    chunk = document.element.body.find(f"{{{WORD}}}altChunk")
    next(document.element.body.iter(f"{{{WORD}}}tc")).append(chunk)
    assert [p.text for p in read(tmp_path / "a.docx", document)] == ["a", "Ở trong ô.", "b"]


def test_documents_set_into_each_other_without_end_are_told(tmp_path: Path) -> None:
    data = "<p>Trong cùng.</p>".encode()
    for depth in range(5):
        document = docx.Document()
        add_chunk(document, data, "a.html" if depth == 0 else "a.docx")
        document.save(str(tmp_path / "a.docx"))
        data = (tmp_path / "a.docx").read_bytes()
    report = read_file(tmp_path / "a.docx")
    assert report.passages == () and "embedded" in report.reason


@pytest.mark.skipif(not soffice(), reason="LibreOffice is not installed")
def test_an_embedded_rtf_is_read_through_libreoffice(tmp_path: Path) -> None:
    assert chunk_texts(tmp_path, b"{\\rtf1\\ansi Trong RTF.\\par}", "a.rtf") == ["Trong RTF.", "Hết."]


def test_an_embedded_rtf_waits_for_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(convert, "soffice", lambda: "")
    assert chunk_texts(tmp_path, b"{\\rtf1 x}", "a.rtf") == ["Hết."]
    report = read_file(tmp_path / "a.docx")
    assert [i.code for i in report.issues] == ["needs-libreoffice"] and report.waiting_for == ("libreoffice",)
    assert "embedded" in report.issues[0].message and "apt-get install" in report.issues[0].next_step


def test_an_embedded_document_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    assert chunk_texts(tmp_path, b"\x89PNG\r\n", "a.png") == ["Hết."]
    assert [i.code for i in read_file(tmp_path / "a.docx").issues] == ["embedded-document"]
