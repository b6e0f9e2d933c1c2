"""Tokens with exact offsets; codes, dates and figures whole."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhchung.extract.pipeline import pipeline

OFFICE = st.text(alphabet="aăâđ ĐQBCKH0123456789/-–.,;:()%\n\t\u00a0", max_size=60)


@given(st.one_of(OFFICE, st.text(max_size=60)))
def test_offsets_are_exact_for_any_text(text: str) -> None:
    doc = pipeline().make_doc(text)
    flat = re.sub(r"\s", " ", text)
    assert doc.text == flat
    assert all(flat[token.idx : token.idx + len(token)] == token.text for token in doc)


@pytest.mark.parametrize(
    "whole",
    ["346/QĐ-TTg", "10/2022/QH15", "15-CT/TU", "2245/STP-XDKTr&TDTHPL", "59/2023/NĐ-CP", "31/5/2023", "10/12", "1.250", "12,5%", "triệt"],
)
def test_codes_dates_and_figures_stay_whole(whole: str) -> None:
    assert whole in [token.text for token in pipeline().make_doc(f"theo {whole} đã nêu")]


def test_an_old_spelling_has_the_norm_of_the_new() -> None:
    assert [token.norm_ for token in pipeline().make_doc("Uỷ ban")] == ["ủy", "ban"]


def test_several_blanks_are_a_token_of_blanks() -> None:
    assert [token.text for token in pipeline().make_doc("Số:    /BC")] == ["Số", ":", "   ", "/", "BC"]


def test_the_tokenizer_saves_and_loads_as_nothing() -> None:
    tokenizer: Any = pipeline().tokenizer
    assert tokenizer.from_bytes(tokenizer.to_bytes()) is tokenizer
