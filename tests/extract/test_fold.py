"""Folding keeps the length, so that an offset into folded text is one into the text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhchung.extract.fold import Y_FOR_I, fold

VIETNAMESE = st.text(alphabet="aàáảãạăằâầđeèêềiìíoòôơuùưyỳý hHqQtTzZkK.,–—\n\t\u00a0“”’0123456789", max_size=80)


@given(st.one_of(VIETNAMESE, st.text(max_size=60)))
def test_the_length_is_kept(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert len(fold(composed)) == len(composed)


@given(VIETNAMESE)
def test_folding_twice_is_folding_once(text: str) -> None:
    once = fold(unicodedata.normalize("NFC", text))
    assert fold(once) == once


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("QUÁN TRIỆT", "quán triệt"),
        ("Uỷ ban", "ủy ban"),
        ("qui chế", "quy chế"),
        ("kí ban hành", "ký ban hành"),
        ("Hằng quý", "hàng quý"),
        ("2021 – 2025", "2021 - 2025"),
        ("“Dân biết”", '"dân biết"'),
        ("dòng\nsau", "dòng sau"),
    ],
)
def test_spellings_that_vary_are_one(written: str, folded: str) -> None:
    assert fold(written) == folded


@pytest.mark.parametrize("word", ["tai", "tay", "hai", "hay", "lúi húi", "mì"])
def test_words_outside_the_closed_list_keep_their_letters(word: str) -> None:
    assert fold(word) == word


def test_the_closed_list_keeps_the_length() -> None:
    assert not [word for word, other in Y_FOR_I.items() if len(word) != len(other)]


def test_a_foreign_capital_that_lowers_to_two_letters_stays_one() -> None:
    assert fold("İstanbul") == "İstanbul"
