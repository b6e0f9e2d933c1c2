"""Where a sentence of the office ends, and where its label does."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhchung.extract.sentences import run_in_head, split_sentences


def sentences(text: str) -> list[str]:
    return [text[s.start : s.end] for s in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quận mở 02 lớp. Các phường họp.", ["Quận mở 02 lớp.", "Các phường họp."]),
        ("TP. Hải Phòng có 15 quận, huyện.", ["TP. Hải Phòng có 15 quận, huyện."]),
        ("Đ/c Bí thư và ThS. Hoa dự.", ["Đ/c Bí thư và ThS. Hoa dự."]),
        ("Tổng 1.250 lượt ngày 12.9.2023 tại 04 phường.", ["Tổng 1.250 lượt ngày 12.9.2023 tại 04 phường."]),
        ("Trên đây là báo cáo của quận./.", ["Trên đây là báo cáo của quận./."]),
        ("Họp HĐND quận khóa X. Có 30 đại biểu dự.", ["Họp HĐND quận khóa X.", "Có 30 đại biểu dự."]),
        ("Ký Quyết định số 12/QĐ-UBND. Quy chế có 5 chương.", ["Ký Quyết định số 12/QĐ-UBND.", "Quy chế có 5 chương."]),
        ("Theo Tờ trình số 7/TTr-CT. Quận duyệt.", ["Theo Tờ trình số 7/TTr-CT.", "Quận duyệt."]),
        ("Gửi CT. Hoa xem.", ["Gửi CT. Hoa xem."]),
        ("Đã trình UBND. Quận duyệt.", ["Đã trình UBND.", "Quận duyệt."]),
        ("Mở 02 lớp; in 500 tờ gấp; treo 10 băng rôn.", ["Mở 02 lớp; in 500 tờ gấp; treo 10 băng rôn."]),
        ("Đã họp.Các thôn đồng ý.", ["Đã họp.", "Các thôn đồng ý."]),
        ("Quận đã họp… Các phường chưa.", ["Quận đã họp…", "Các phường chưa."]),
        ('Dân nói: "Luật dễ hiểu." Xã ghi nhận.', ['Dân nói: "Luật dễ hiểu."', "Xã ghi nhận."]),
    ],
)
def test_where_a_sentence_ends(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


@pytest.mark.parametrize("label", ["1. ", "1.2. ", "II. ", "a) ", "- ", "+ ", "(3) ", "• ", "d. ", "4) "])
def test_labels_and_bullets_belong_to_no_sentence(label: str) -> None:
    assert sentences(f"{label}Quận mở 02 lớp.") == ["Quận mở 02 lớp."]


def test_a_soft_line_break_inside_a_sentence_does_not_end_it() -> None:
    assert sentences("Quận đã mở 02 lớp tập huấn\ncho 60 tổ trưởng.") == ["Quận đã mở 02 lớp tập huấn\ncho 60 tổ trưởng."]


def test_a_line_that_begins_like_one_ends_the_line_before() -> None:
    assert sentences("Mở 02 lớp\n- In 500 tờ gấp") == ["Mở 02 lớp", "In 500 tờ gấp"]
    assert sentences("Mở 02 lớp\nIn 500 tờ gấp") == ["Mở 02 lớp", "In 500 tờ gấp"]


def test_a_cell_may_be_a_bare_figure() -> None:
    assert sentences("12") == ["12"]


def test_blanks_are_no_sentence() -> None:
    assert sentences("   ") == []
    assert sentences("") == []


@given(st.text(alphabet="abđ. ,;:\n-12)ĐX!?", max_size=60))
def test_sentences_stand_in_order_and_apart(text: str) -> None:
    spans = split_sentences(text)
    assert all(0 <= s.start <= s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_run_in_head_stands_before_the_first_colon() -> None:
    assert run_in_head("Hạn chế: tiến độ còn chậm.") == "Hạn chế"
    assert run_in_head("Quận đã mở 02 lớp.") == ""
    assert run_in_head("một hai ba bốn năm sáu bảy tám chín mười a b c d e g h: hết") == ""
