"""Headings are told from list items, titles and signatures, whatever the office's habits."""

from __future__ import annotations

from minhchung.ingest.blocks import Block
from minhchung.ingest.model import Passage, PassageKind
from minhchung.ingest.outline import with_outline

LONG = "Trong năm, các đơn vị đã tổ chức nhiều hội nghị để phổ biến các quy định mới đến toàn thể cán bộ và nhân dân."


def outline(*items: str | tuple[str, str]) -> list[Passage]:
    """Blocks from texts; marks before the text: b bold, c centred, r right, i italic, t table cell, 1 to 3 heading style."""
    blocks = [
        Block("BÁO CÁO", "paragraph", "p0", bold=True, centered=True),
        Block("Kết quả công tác năm 2023", "paragraph", "p0", bold=True, centered=True),
    ]
    for item in items:
        marks, text = item if isinstance(item, tuple) else ("", item)
        level = next((int(m) for m in marks if m.isdecimal()), 0)
        kind: PassageKind = "cell" if "t" in marks else "paragraph"
        blocks.append(
            Block(text, kind, "p", bold="b" in marks, centered="c" in marks, right="r" in marks, italic="i" in marks, level=level)
        )
    return list(with_outline(blocks))


def headings(passages: list[Passage]) -> list[tuple[int, str]]:
    return [(len(p.headings) + 1, p.text) for p in passages if p.kind == "heading"]


def test_bold_and_capitals_with_numbers_nest_by_kind() -> None:
    found = outline(
        LONG,
        ("b", "I. KẾT QUẢ"),
        ("b", "1. Tuyên truyền"),
        ("b", "a) Trực tiếp"),
        LONG,
        ("b", "b) Qua loa"),
        LONG,
        ("b", "II. HẠN CHẾ"),
        LONG,
    )
    assert headings(found) == [(1, "I. KẾT QUẢ"), (2, "1. Tuyên truyền"), (3, "a) Trực tiếp"), (3, "b) Qua loa"), (1, "II. HẠN CHẾ")]
    assert found[6].headings == ("I. KẾT QUẢ", "1. Tuyên truyền", "a) Trực tiếp")


def test_letters_over_roman_numbers_when_the_document_begins_so() -> None:
    found = outline(("b", "A. TÌNH HÌNH"), ("b", "I. Đặc điểm"), LONG, ("b", "II. Bộ máy"), LONG, ("b", "B. KẾT QUẢ"), LONG)
    assert [level for level, _ in headings(found)] == [1, 2, 2, 1]


def test_roman_over_letters_when_the_document_begins_so() -> None:
    found = outline(("b", "I. TÌNH HÌNH"), ("b", "A. Đặc điểm"), LONG, ("b", "B. Bộ máy"), LONG, ("b", "II. KẾT QUẢ"), LONG)
    assert [level for level, _ in headings(found)] == [1, 2, 2, 1]


def test_numbered_headings_without_any_mark_are_found() -> None:
    found = outline(LONG, "1. Công tác tuyên truyền", LONG, "2. Công tác tập huấn", LONG, "2.1. Cấp huyện", LONG, "3. Kiến nghị", LONG)
    assert [level for level, _ in headings(found)] == [1, 1, 2, 1]


def test_capitals_without_number_are_headings() -> None:
    found = outline(LONG, "KẾT QUẢ THỰC HIỆN", LONG, "KIẾN NGHỊ, ĐỀ XUẤT", LONG)
    assert headings(found) == [(1, "KẾT QUẢ THỰC HIỆN"), (1, "KIẾN NGHỊ, ĐỀ XUẤT")]


def test_numbered_sentences_in_a_list_are_items() -> None:
    found = outline(("b", "I. NHIỆM VỤ"), "1. Đẩy mạnh cải cách hành chính", "2. Tăng cường kiểm tra", "3. Báo cáo đúng hạn", LONG)
    assert headings(found) == [(1, "I. NHIỆM VỤ")]
    assert [p.kind for p in found[3:6]] == ["list_item"] * 3
    found = outline("1. " + LONG, LONG, "2. " + LONG, LONG)
    assert headings(found) == []


def test_plain_items_are_no_headings_where_that_kind_is_bold_elsewhere() -> None:
    found = outline(("b", "1. Ưu điểm"), LONG, ("b", "2. Hạn chế"), LONG, "1. Mở lớp tập huấn", LONG)
    assert [text for _, text in headings(found)] == ["1. Ưu điểm", "2. Hạn chế"]


def test_a_bold_run_in_is_no_heading() -> None:
    assert headings(outline(LONG, "Ưu điểm: " + LONG, LONG)) == []


def test_a_bold_line_over_text_is_the_deepest_heading() -> None:
    found = outline(("b", "1. Kết quả"), ("b", "Về tuyên truyền"), LONG, ("b", "Về tập huấn:"), LONG)
    assert headings(found) == [(1, "1. Kết quả"), (2, "Về tuyên truyền"), (2, "Về tập huấn:")]


def test_word_heading_styles_speak_without_numbers() -> None:
    found = outline(LONG, ("1", "Kết quả thực hiện"), ("2", "Tuyên truyền"), LONG, ("2", "Tập huấn"), LONG, ("1", "Kiến nghị"), LONG)
    assert [level for level, _ in headings(found)] == [1, 2, 2, 1]


def test_a_part_and_its_title_on_the_next_line() -> None:
    found = outline(LONG, ("bc", "PHẦN THỨ NHẤT"), ("bc", "ĐẶC ĐIỂM TÌNH HÌNH"), LONG, ("bc", "PHẦN THỨ HAI"), ("bc", "KẾT QUẢ"), LONG)
    assert [level for level, _ in headings(found)] == [1, 2, 1, 2]
    assert found[5].headings == ("PHẦN THỨ NHẤT", "ĐẶC ĐIỂM TÌNH HÌNH")


def test_letterhead_title_and_signature_are_no_headings() -> None:
    found = outline(
        ("bc", "trên địa bàn quận"),
        LONG,
        ("b", "I. KẾT QUẢ"),
        LONG,
        "Ủy ban nhân dân quận báo cáo./.",
        ("br", "TM. ỦY BAN NHÂN DÂN"),
        ("br", "CHỦ TỊCH"),
        ("b", "Nơi nhận:"),
        "- Như trên;",
        LONG,
    )
    assert headings(found) == [(1, "I. KẾT QUẢ")]
    assert found[-1].headings == ()


def test_lines_of_a_table_of_contents_are_no_headings() -> None:
    found = outline(LONG, ("b", "I. KẾT QUẢ ............ 2"), ("b", "II. HẠN CHẾ ........ 5"), ("b", "I. KẾT QUẢ"), LONG)
    assert headings(found) == [(1, "I. KẾT QUẢ")]


def test_an_appendix_begins_a_chain_of_its_own() -> None:
    found = outline(
        ("b", "I. KẾT QUẢ"), LONG, "Trân trọng báo cáo./.", ("bc", "PHỤ LỤC"), ("b", "A. Số liệu"), ("t", "Nội dung"), ("t", "Kết quả")
    )
    assert headings(found) == [(1, "I. KẾT QUẢ"), (1, "PHỤ LỤC"), (2, "A. Số liệu")]
    assert found[-1].headings == ("PHỤ LỤC", "A. Số liệu")


def test_a_title_at_the_margin_is_no_heading() -> None:
    found = outline(("b", "và phương hướng năm 2024 của các cơ quan, đơn vị"), LONG, ("b", "ĐẶC ĐIỂM TÌNH HÌNH"), LONG)
    assert headings(found) == [(1, "ĐẶC ĐIỂM TÌNH HÌNH")]
