"""Web pages under the name of a .doc, as Word and office systems save them, are read in order, with their headings, lists and tables."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minhchung.ingest.convert import soffice
from minhchung.ingest.detect import detect
from minhchung.ingest.html_reader import html_blocks
from minhchung.ingest.model import Passage
from minhchung.ingest.reader import read_file

WORD_PAGE = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><title>BC</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->
<style>p.MsoNormal {margin:0cm; font-family:"Times New Roman";}</style></head>
<body lang=VI><div class=WordSection1>
<table border=0><tr><td><p align=center>UBND QUẬN THÍ DỤ<br><b>PHÒNG NỘI VỤ</b></p></td>
<td><p><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</b></p></td></tr></table>
<h2>I. KẾT QUẢ<o:p></o:p></h2>
<p class=MsoListParagraph><![if !supportLists]><span style='mso-list:Ignore'>1.<span>&nbsp;&nbsp; </span></span><![endif]>Tổ chức
hội nghị <del>đã xóa </del><ins>quán triệt</ins><span style='display:none'> ẩn</span>.</p>
<table border=1><thead><tr><th rowspan=2>TT</th><th colspan=2>Số lượng</th></tr><tr><th>Nam</th><th>Nữ</th></tr></thead>
<tr><td>1</td><td>12</td><td><p>3</p><p>người</p></td></tr></table>
<p style='text-align:center'>Hết.</p>
</div></body></html>"""


def read(path: Path, data: bytes) -> list[Passage]:
    path.write_bytes(data)
    report = read_file(path)
    assert report.outcome == "read", report.reason
    assert report.kind == "html"
    return list(report.passages)


@pytest.mark.parametrize(
    "data",
    [
        WORD_PAGE.encode(),
        WORD_PAGE.replace("utf-8", "unicode").encode("utf-16"),
        b"\xef\xbb\xbf" + WORD_PAGE.encode(),
        WORD_PAGE.encode("ascii", "xmlcharrefreplace"),
        WORD_PAGE[WORD_PAGE.index("<div") :].encode(),
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n' + WORD_PAGE.encode(),
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\nContent-Type: text/html; charset="utf-8"\r\n\r\n'
        + WORD_PAGE.encode()
        + b"\r\n--x\r\nContent-Type: image/png\r\n\r\nabc\r\n--x--\r\n",
        b"From: <Saved by Blink>\r\nSubject: x\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + WORD_PAGE.encode(),
    ],
    ids=["UTF-8", "UTF-16", "with a mark", "entities", "a piece of a page", "XHTML", "MHT of Word", "MHT of a browser"],
)
def test_a_page_that_word_saved_is_read_in_order(tmp_path: Path, data: bytes) -> None:
    passages = read(tmp_path / "bao-cao.doc", data)
    assert [(p.kind, p.text) for p in passages] == [
        ("cell", "UBND QUẬN THÍ DỤ\nPHÒNG NỘI VỤ"),
        ("cell", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ("heading", "I. KẾT QUẢ"),
        ("list_item", "1. Tổ chức hội nghị quán triệt."),
        *(("cell", text) for text in ("TT", "Số lượng", "Nam", "Nữ", "1", "12", "3\nngười")),
        ("paragraph", "Hết."),
    ]
    last = passages[-2].row
    assert last and (last.row, last.column, last.heads, last.cells) == (
        3, 3, ("TT", "Số lượng - Nam", "Số lượng - Nữ"), ("1", "12", "3\nngười"),
    )  # fmt: skip
    assert passages[-1].centered and passages[3].headings == ("I. KẾT QUẢ",)


def test_lists_get_their_numbers(tmp_path: Path) -> None:
    page = "<html><ol><li>một</li><li value=4><p>bốn</p><ul><li>chấm</li></ul></li></ol><ol type=a start=2><li>bê</li></ol></html>"
    assert [p.text for p in read(tmp_path / "a.html", page.encode())] == ["1. một", "4. bốn", "- chấm", "b. bê"]


def test_a_frame_of_one_cell_is_no_table_and_tables_in_cells_come_after_them(tmp_path: Path) -> None:
    inner = "<table><tr><td>x</td><td>y</td></tr></table>"
    page = f"<table><tr><td><p>Một.</p><table><tr><td>a{inner}</td><td>b</td></tr></table></td></tr></table>"
    passages = read(tmp_path / "a.doc", page.encode())
    assert [(p.kind, p.text) for p in passages] == [("paragraph", "Một."), ("cell", "a"), ("cell", "x"), ("cell", "y"), ("cell", "b")]
    assert [p.row.table for p in passages if p.row] == [1, 2, 2, 1]


@pytest.mark.parametrize("tag", ["span style='font-family:\".VnTime\"'", 'font face=".VnTime"'])
def test_old_letters_are_told_by_their_font(tmp_path: Path, tag: str) -> None:
    page = f"<html><body><p><{tag}>B¸o c¸o</{tag.split()[0]}> Unicode: ủy ban</p></body></html>"
    assert [p.text for p in read(tmp_path / "a.doc", page.encode())] == ["Báo cáo Unicode: ủy ban"]


def test_old_letters_without_a_font_are_told_by_the_syllables(tmp_path: Path) -> None:
    page = "<html><body><p>B¸o c¸o kÕt qu¶ thùc hiÖn d©n chñ ë c¬ së</p></body></html>"
    assert [p.text for p in read(tmp_path / "a.doc", page.encode("latin-1"))] == ["Báo cáo kết quả thực hiện dân chủ ở cơ sở"]


def test_a_letter_is_no_saved_page_and_xml_is_no_page(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"From: a@b.vn\r\nTo: c@d.vn\r\nMIME-Version: 1.0\r\nContent-Type: text/html\r\n\r\n<p>x</p>")
    (tmp_path / "b").write_bytes(b"<?xml version='1.0'?><invoice/>")
    (tmp_path / "c").write_bytes(b"<?xml version='1.0'?><?mso-application progid='Word.Document'?>".replace(b"'", b'"'))
    assert [detect(tmp_path / name) for name in "abc"] == ["mail", "xml", "doc"]


def test_a_saved_page_without_a_page_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n\r\n--x--\r\n")
    report = read_file(tmp_path / "a.doc")
    assert report.outcome == "unreadable" and "no page" in report.reason


@pytest.mark.skipif(not soffice(), reason="LibreOffice is not installed")
def test_the_xml_of_word_2003_is_read_through_libreoffice(tmp_path: Path) -> None:
    path = tmp_path / "a.doc"
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<?mso-application progid="Word.Document"?>\n'
        '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r>'
        "<w:t>Báo cáo năm 2023.</w:t></w:r></w:p></w:body></w:wordDocument>",
        encoding="utf-8",
    )
    report = read_file(path)
    assert [p.text for p in report.passages] == ["Báo cáo năm 2023."], report.reason


def test_elements_and_spans_without_end_are_refused_or_bounded(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(b"<div>" * 5000 + b"x" + b"</div>" * 5000)
    report = read_file(tmp_path / "a.doc")
    assert report.outcome == "unreadable" and "elements in each other" in report.reason
    wide = "<table><tr>" + "<td colspan=99999 rowspan=99999>a" * 300 + "<tr><td>b</table>"
    assert len([p for p in read(tmp_path / "a.html", wide.encode()) if p.text == "a"]) == 1


def test_cells_that_stand_in_no_row_are_read() -> None:
    assert [block.text for block in html_blocks("<table><td>một<td>hai")] == ["một", "hai"]
    assert [block.text for block in html_blocks("<table><h1><tr><td>một<td>hai</h1><tr><td>ba")] == ["một", "hai", "ba"]


TAGS = ["<p>", "</p>", "<table>", "<tr>", "<td>", "</table>", "<ol>", "<li>", "<b>", "<br>", "chữ ", "<h1>", "</h1>"]


@given(st.lists(st.sampled_from(TAGS)))
@settings(max_examples=150, deadline=None)
def test_whatever_the_tags_are_each_word_comes_once(parts: list[str]) -> None:
    words = iter(range(len(parts)))
    source = "<html><body>" + "".join(f"chữ{next(words)} " if part == "chữ " else part for part in parts)
    shown = " ".join(block.text for block in html_blocks(source)).split()
    wanted = [word for word in source.replace("<", " <").replace(">", "> ").split() if word.startswith("chữ")]
    assert sorted(word for word in shown if word.startswith("chữ")) == sorted(wanted)
