"""Word files are read in document order with everything that shows, and nothing that does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from minhchung.ingest.model import Passage
from minhchung.ingest.reader import read_file

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def run(text: str, props: str = "") -> str:
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def para(content: str, props: str = "") -> str:
    return f"<w:p><w:pPr>{props}</w:pPr>{content}</w:p>"


def cell(text: str, props: str = "") -> str:
    return f"<w:tc><w:tcPr>{props}</w:tcPr>" + "".join(para(run(t)) for t in text.split("|")) + "</w:tc>"


def table(*rows: str) -> str:
    return "<w:tbl>" + "".join(f"<w:tr>{r}</w:tr>" for r in rows) + "</w:tbl>"


def document_of(*elements: str) -> Any:
    document = docx.Document()
    section = document.element.body[-1]
    for element in elements:
        tag, _, rest = element[1:].partition(">")
        section.addprevious(parse_xml(f"<{tag} {NS}>{rest}"))
    return document


def read(tmp_path: Path, *elements: str, document: Any = None) -> list[Passage]:
    document = document or document_of(*elements)
    document.save(str(tmp_path / "a.docx"))
    report = read_file(tmp_path / "a.docx")
    assert report.outcome == "read", report.reason
    return list(report.passages)


def texts(passages: list[Passage]) -> list[str]:
    return [p.text for p in passages]


@pytest.mark.parametrize(
    ("content", "wanted"),
    [
        (run("Quyết định số 3") + run("90/Q") + run("Đ-TTg"), "Quyết định số 390/QĐ-TTg"),
        (
            run("đã ")
            + f"<w:ins>{run('ban hành ')}</w:ins>"
            + "<w:del><w:r><w:delText>dự thảo </w:delText></w:r></w:del>"
            + run("quy chế"),
            "đã ban hành quy chế",
        ),
        (f"<w:moveFrom>{run('cũ ')}</w:moveFrom><w:moveTo>{run('mới ')}</w:moveTo>" + run("x"), "mới x"),
        (f"<w:sdt><w:sdtContent>{run('trong khung')}</w:sdtContent></w:sdt>", "trong khung"),
        (f"<w:smartTag>{run('thẻ')}</w:smartTag> <w:hyperlink>{run(' liên kết')}</w:hyperlink>", "thẻ liên kết"),
        (f'<w:fldSimple w:instr="DATE">{run("2023")}</w:fldSimple>', "2023"),
        (
            "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/><w:t>e</w:t></w:r>",
            "a b\nc-de",
        ),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:t xml:space="preserve"> ý</w:t></w:r>', "• ý"),
        (run("thấy") + run(" ẩn", "<w:vanish/>") + run(" được", '<w:vanish w:val="0"/>'), "thấy được"),
        (run("phòng nội vụ", "<w:caps/>"), "PHÒNG NỘI VỤ"),
    ],
)
def test_what_shows_is_read_and_the_rest_is_not(tmp_path: Path, content: str, wanted: str) -> None:
    assert texts(read(tmp_path, para(content))) == [wanted]


def test_a_complex_field_shows_its_result_even_over_paragraphs(tmp_path: Path) -> None:
    def mark(kind: str) -> str:
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    first = mark("begin") + "<w:r><w:instrText>TOC \\o</w:instrText></w:r>" + run("bỏ") + mark("separate") + run("Một")
    assert texts(read(tmp_path, para(first), para(run("Hai") + mark("end") + run(" ba")))) == ["Một", "Hai ba"]


def test_a_deleted_paragraph_mark_joins_two_paragraphs(tmp_path: Path) -> None:
    assert texts(read(tmp_path, para(run("Đã ban "), "<w:rPr><w:del/></w:rPr>"), para(run("hành.")), para(run("Hết.")))) == [
        "Đã ban hành.",
        "Hết.",
    ]


def test_text_boxes_come_once_before_their_paragraph(tmp_path: Path) -> None:
    def box(text: str) -> str:
        return f"<w:txbxContent>{para(run(text))}</w:txbxContent>"

    shape = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box("Trong hộp")}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box('Trong hộp')}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    old = f"<mc:Fallback><w:pict><v:textbox>{box('Cũ')}</v:textbox></w:pict></mc:Fallback>"
    only_fallback = f"<w:r><mc:AlternateContent>{old}</mc:AlternateContent></w:r>"
    passages = read(tmp_path, para(shape + run("Ngoài")), para(only_fallback))
    assert [(p.kind, p.text, p.locator.block) for p in passages] == [
        ("textbox", "Trong hộp", "tb1p1"),
        ("paragraph", "Ngoài", "p1"),
        ("textbox", "Cũ", "tb2p1"),
    ]


def test_footnotes_follow_the_paragraph_that_refers_to_them(tmp_path: Path) -> None:
    document = document_of(para(run("Có 05 lớp") + '<w:r><w:footnoteReference w:id="2"/></w:r>' + run(".")), para(run("Sau.")))
    note = para("<w:r><w:footnoteRef/></w:r>" + run(" Theo số liệu quận."))
    notes = f'<w:footnotes {NS}><w:footnote w:id="2">{note}</w:footnote></w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    document.part.relate_to(Part(PackURI("/word/footnotes.xml"), kind, notes.encode(), document.part.package), RT.FOOTNOTES)
    passages = read(tmp_path, document=document)
    assert [(p.kind, p.text, p.locator.block) for p in passages] == [
        ("paragraph", "Có 05 lớp.", "p1"),
        ("footnote", "Theo số liệu quận.", "fn1"),
        ("paragraph", "Sau.", "p2"),
    ]


def test_the_first_pages_header_comes_first_and_what_other_pages_bear_last(tmp_path: Path) -> None:
    document = document_of(para(run("Thân.")))
    document.sections[0].different_first_page_header_footer = True
    document.sections[0].first_page_header.paragraphs[0].text = "UBND QUẬN"
    document.sections[0].header.paragraphs[0].text = "Trang sau"
    document.sections[0].footer.paragraphs[0].text = "- 2 -"
    passages = read(tmp_path, document=document)
    assert [(p.kind, p.text, p.locator.block) for p in passages] == [
        ("header", "UBND QUẬN", "h1p1"),
        ("paragraph", "Thân.", "p1"),
        ("header", "Trang sau", "h2p1"),
    ]


def test_a_table_gives_each_cell_once_with_its_row_and_heads(tmp_path: Path) -> None:
    rows = (
        cell("TT") + cell("Nội dung") + cell("Kết quả"),
        cell("1") + cell("Tập huấn|Lớp 1") + cell("02 lớp"),
        cell("2") + cell("") + cell("x"),
    )
    passages = read(tmp_path, para(run("Trước")), table(*rows), para(run("Sau")))
    assert texts(passages) == ["Trước", "TT", "Nội dung", "Kết quả", "1", "Tập huấn\nLớp 1", "02 lớp", "2", "x", "Sau"]
    row = passages[6].row
    assert row is not None
    assert (row.table, row.row, row.column, row.heads) == (1, 2, 3, ("TT", "Nội dung", "Kết quả"))
    assert row.cells == ("1", "Tập huấn\nLớp 1", "02 lớp")
    assert passages[6].locator.block == "t1r2c3"
    assert passages[-1].locator.block == "p2"


def test_merged_cells_come_once_and_two_row_heads_are_joined(tmp_path: Path) -> None:
    restart, go_on = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    rows = (
        cell("TT", restart) + cell("Số lượng", '<w:gridSpan w:val="2"/>') + cell("Ghi chú", restart),
        cell("", go_on) + cell("Lớp") + cell("Người") + cell("", go_on),
        cell("1") + cell("2") + cell("80") + cell("Quận", restart),
        cell("2") + cell("3") + cell("90") + cell("", go_on),
    )
    passages = read(tmp_path, table(*rows))
    assert texts(passages) == ["TT", "Số lượng", "Ghi chú", "Lớp", "Người", "1", "2", "80", "Quận", "2", "3", "90"]
    last = passages[-1].row
    assert last is not None
    assert last.heads == ("TT", "Số lượng - Lớp", "Số lượng - Người", "Ghi chú")
    assert last.cells == ("2", "3", "90", "Quận")


def test_a_nested_table_follows_its_cell(tmp_path: Path) -> None:
    inner = table(cell("trong 1") + cell("trong 2"))
    outer = f"<w:tc>{para(run('ngoài'))}{inner}{para('')}</w:tc>" + cell("kế")
    assert [(p.text, p.locator.block) for p in read(tmp_path, table(outer))] == [
        ("ngoài", "t1r1c1"),
        ("trong 1", "t2r1c1"),
        ("trong 2", "t2r1c2"),
        ("kế", "t1r1c2"),
    ]


def test_a_frame_of_one_cell_is_read_as_body(tmp_path: Path) -> None:
    assert [(p.kind, p.text) for p in read(tmp_path, table(cell("Một.|Hai.")))] == [("paragraph", "Một."), ("paragraph", "Hai.")]


def test_a_deleted_row_is_left_out(tmp_path: Path) -> None:
    gone = "<w:trPr><w:del/></w:trPr>" + cell("bỏ") + cell("bỏ")
    assert texts(read(tmp_path, table(cell("a") + cell("b"), gone))) == ["a", "b"]


def test_a_letterhead_table_has_no_head(tmp_path: Path) -> None:
    rows = (cell("UBND QUẬN|PHÒNG NỘI VỤ") + cell("CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM"), cell("Số: 1/BC") + cell("ngày 1"))
    passages = read(tmp_path, table(*rows))
    assert all(p.row is not None and p.row.heads == () for p in passages)
    assert passages[0].text == "UBND QUẬN\nPHÒNG NỘI VỤ"


def test_a_soft_break_after_a_bold_line_parts_heading_and_text(tmp_path: Path) -> None:
    bold = "<w:b/>"
    passages = read(
        tmp_path, para(run("1. Tập huấn", bold) + "<w:r><w:br/></w:r>" + run("Quận mở 02 lớp cho 80 người.")), para(run("Hết."))
    )
    assert [(p.kind, p.text) for p in passages][:2] == [("heading", "1. Tập huấn"), ("paragraph", "Quận mở 02 lớp cho 80 người.")]


def test_looks_come_from_styles_and_runs(tmp_path: Path) -> None:
    document = docx.Document()
    document.add_heading("Kết quả thực hiện", 1)
    document.add_paragraph("Quận đã tổ chức hội nghị phổ biến cho cán bộ các phòng, ban trên địa bàn.")
    passages = read(tmp_path, document=document)
    assert (passages[0].kind, passages[0].bold) == ("heading", True)
    assert passages[1].headings == ("Kết quả thực hiện",)
    centred = read(tmp_path, para(run("GIỮA"), '<w:jc w:val="center"/>'))
    assert centred[0].centered and not centred[0].bold


def test_paragraph_numbers_count_empty_paragraphs_as_word_does(tmp_path: Path) -> None:
    assert [p.locator.block for p in read(tmp_path, para(run("a")), para(""), para(run("b")))] == ["p1", "p3"]
