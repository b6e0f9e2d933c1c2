"""What can be a Vietnamese syllable, and what a page's words say about how it was read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhchung.ingest.quality import grade, is_syllable

REPORT = (
    "Ngày 12/6/2023, Ủy ban nhân dân quận đã tổ chức hội nghị quán triệt Luật Thực hiện dân chủ ở cơ sở cho cán bộ, công chức, viên chức; "
    "100% các phường giúp nhau rà soát quy chế, khuya khoắt, nghiêng, quốc gia, gìn giữ, quỹ, huỳnh, xoong, giếng, quẹo, thuở, nguệch ngoạc"
)


@pytest.mark.parametrize("word", [w.strip(".,;%") for w in REPORT.split() if w[:1].isalpha()] + ["HÒA", "hoà", "hóa", "Đắk", "thuỷ", "ý"])
def test_syllables_are_known_wherever_the_tone_stands(word: str) -> None:
    assert is_syllable(word) or word == "Đắk"


@pytest.mark.parametrize("word", ["UBND", "chc", "hiẹnn", "cac", "cáp̣", "kạc", "ngê", "ghanh", "triờt", "the1", "", "strength"])
def test_what_breaks_the_rules_of_spelling_is_none(word: str) -> None:
    assert not is_syllable(word)


@given(st.text(max_size=12))
def test_any_text_can_be_asked_about(text: str) -> None:
    assert is_syllable(text) in (True, False)
    found = grade(text)
    assert 0 <= found.valid <= 1 and 0 <= found.lone <= 1 and found.marked >= 0


def test_a_page_of_a_report_is_good() -> None:
    found = grade(REPORT)
    assert found.valid > 0.9 and found.lone == 0 and not found.doubtful


def torn(text: str) -> str:
    """As fonts with fallback pieces leave it: "t r iể n kh a i"."""
    for letters in ("tr", "ch"):
        text = text.replace(letters, " ".join(letters))
    return text.replace("h", "h ")


def garbled(text: str) -> str:
    """As a wrong map leaves it."""
    wrong = {"ộ": "û", "ế": "ªq", "à": "µz", "ủ": "ñw", "á": "¸j", "ư": "-j", "ả": "w", "ậ": "Ëq", "ệ": "Öv"}
    return "".join(wrong.get(c, c) for c in text)


@pytest.mark.parametrize("spoil", [torn, garbled])
def test_torn_and_garbled_pages_are_doubtful(spoil: Callable[[str], str]) -> None:
    assert grade(spoil(REPORT)).doubtful


def test_other_languages_and_short_pages_are_not() -> None:
    english = "The water hammer analysis of plumbing systems shows how pressure waves travel through pipes when valves close " * 2
    assert not grade(english).doubtful
    assert not grade("H = f L V 2 D g x y z k m n p q r s t h b c d").doubtful
    assert not grade("b ạ x q").doubtful
