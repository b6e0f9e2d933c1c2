"""Text comes out in one spelling, with visible characters only."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhchung.ingest.text import clean


@pytest.mark.parametrize(
    ("raw", "wanted"),
    [
        (unicodedata.normalize("NFD", "Uỷ ban nhân dân"), "Uỷ ban nhân dân"),
        ("quy chê\u0301", "quy chế"),  # CP1258 habit: vowel composed, tone apart
        ("a\u200bb\ufeff\u00adc\x00\ufffe", "abc"),
        ("năm\u00a02023\tđến  nay", "năm 2023 đến nay"),
        ("\uf0b7 Loa\uf02d", "• Loa-"),
        ("o\ufb03ce, \ufb01le", "office, file"),
        ("trƣờng, ƢU", "trường, ƯU"),
        ("ðồng bộ; ÐỘC LẬP; ða", "đồng bộ; ĐỘC LẬP; đa"),
        ("það er", "það er"),
        ("390\u2011QĐ", "390-QĐ"),
        (" a \r\n\n b \x0b c\n", "a\nb\nc"),
        ("lone \ud800 half", "lone half"),
    ],
)
def test_stand_ins_and_invisible_characters_are_put_right(raw: str, wanted: str) -> None:
    assert clean(raw) == wanted


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert unicodedata.is_normalized("NFC", once)
    assert "  " not in once and "\n\n" not in once and once == once.strip(" \n")
    assert not any(unicodedata.category(c) in ("Cc", "Cs", "Co") for c in once if c != "\n" and ord(c) < 0xF0000)


@given(st.text(alphabet="aăâbcdđeêoôơuưyÁẠ 0123456789/.-(),;"))
def test_plain_vietnamese_is_kept_but_for_blanks(text: str) -> None:
    assert clean(text).split() == text.split()
