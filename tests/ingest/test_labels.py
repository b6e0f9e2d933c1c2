"""Labels are told from numbers that only look like them."""

from __future__ import annotations

import pytest

from minhchung.ingest.labels import are_siblings, parse_label, roman_value, to_roman


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("Phần thứ hai. KẾT QUẢ", "part", 2),
        ("PHẦN I", "part", 1),
        ("Chương II: Kết quả", "chapter", 2),
        ("PHỤ LỤC I", "appendix", 0),
        ("A. TÌNH HÌNH", "upper", 1),
        ("IV/ Phương hướng", "roman", 4),
        ("I.CÔNG TÁC", "roman", 1),
        ("2- Dân chủ", "arabic", 2),
        ("3.Công tác", "arabic", 3),
        ("1.2. Bộ máy", "decimal", 2),
        ("1.2 Bộ máy", "decimal", 2),
        ("đ) Việc khác", "lower", 5),
        ("a. Việc", "lower", 1),
        ("iii) Việc", "lower_roman", 3),
        ("(2) Việc", "paren", 2),
        ("1) Việc", "arabic_bracket", 1),
        ("* Ưu điểm:", "star", 0),
        ("-Tuyên truyền", "dash", 0),
        ("• Loa", "bullet", 0),
        ("+ Cấp xã", "plus", 0),
    ],
)
def test_labels_are_read(text: str, kind: str, value: int) -> None:
    label = parse_label(text)
    assert label is not None
    assert (label.kind, label.value) == (kind, value)


@pytest.mark.parametrize(
    "text",
    [
        "12 - 15 người",
        "06/10 phường",
        "3.146 m",
        "2023. Trong đó",
        "-------",
        "11,34 km2",
        "Phụ lục kèm theo",
        "Phần lớn",
        "VỤ VIỆC",
        "-5% so với",
        "Mục tiêu",
        "15/8/2023, quận",
    ],
)
def test_numbers_and_words_are_no_labels(text: str) -> None:
    assert parse_label(text) is None


def test_a_series_knows_its_next_label() -> None:
    assert are_siblings(parse_label("d) x"), parse_label("đ) x"))
    assert are_siblings(parse_label("d) x"), parse_label("e) x"))
    assert not are_siblings(parse_label("1. x"), parse_label("1.1. x"))
    assert not are_siblings(parse_label("1. x"), parse_label("3. x"))


def test_roman_numbers_go_both_ways() -> None:
    assert [roman_value(to_roman(n)) for n in range(1, 60)] == list(range(1, 60))
    assert roman_value("IIX") == 0
