"""Automatic numbers are those that the reader of the paper sees."""

from __future__ import annotations

import pytest
from docx.oxml import parse_xml
from hypothesis import given
from hypothesis import strategies as st

from minhchung.ingest.docx_numbering import Numbering, format_number
from minhchung.ingest.docx_styles import Styles

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def level(at: int, fmt: str, text: str, more: str = "", start: int = 1) -> str:
    shown = fmt if "<" in fmt else f'<w:numFmt w:val="{fmt}"/>'
    return f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/>{shown}{more}<w:lvlText w:val="{text}"/></w:lvl>'


def numbering(*levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> Numbering:
    root = parse_xml(f'<w:numbering {W}><w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>{nums}</w:numbering>')
    return Numbering(root, Styles(None))


def labels(lists: Numbering, *steps: int | tuple[str, int]) -> list[str]:
    return [lists.label(*(("1", s) if isinstance(s, int) else s)) for s in steps]


def test_levels_restart_below_and_go_on_above() -> None:
    lists = numbering(level(0, "upperRoman", "%1."), level(1, "decimal", "%2."), level(2, "lowerLetter", "%3)"))
    assert labels(lists, 0, 1, 2, 2, 1, 2, 0, 1) == ["I. ", "1. ", "a) ", "b) ", "2. ", "a) ", "II. ", "1. "]


def test_labels_of_several_levels_and_legal_numbers() -> None:
    lists = numbering(level(0, "upperRoman", "%1."), level(1, "decimal", "%1.%2."), level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"))
    assert labels(lists, 0, 1, 1, 2) == ["I. ", "I.1. ", "I.2. ", "1.2.1 "]


def test_a_level_jumped_over_counts_as_begun() -> None:
    lists = numbering(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."))
    assert labels(lists, 1, 1, 0, 1) == ["1.1. ", "1.2. ", "2. ", "2.1. "]


def test_a_level_that_never_restarts_goes_on() -> None:
    lists = numbering(level(0, "upperRoman", "%1."), level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>'))
    assert labels(lists, 0, 1, 1, 0, 1) == ["I. ", "1. ", "2. ", "II. ", "3. "]


def test_lists_share_their_count_until_one_overrides_the_start() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    lists = numbering(level(0, "decimal", "%1."), nums=nums)
    assert labels(lists, ("1", 0), ("2", 0), ("3", 0), ("3", 0), ("1", 0)) == ["1. ", "2. ", "5. ", "6. ", "7. "]


def test_vietnamese_letters_of_a_custom_format() -> None:
    custom = (
        '<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="a, b, c, d, đ, ..."/></mc:Choice>'
        '<mc:Fallback><w:numFmt w:val="lowerLetter"/></mc:Fallback></mc:AlternateContent>'
    )
    lists = numbering(level(0, custom, "%1)"))
    assert labels(lists, *[0] * 7) == ["a) ", "b) ", "c) ", "d) ", "đ) ", "e) ", "g) "]


def test_bullets_dashes_and_lists_without_text() -> None:
    assert labels(numbering(level(0, "bullet", "\uf0b7")), 0) == ["- "]
    assert labels(numbering(level(0, "none", "")), 0) == [""]
    assert labels(numbering(level(0, "decimal", "%1", '<w:suff w:val="nothing"/>')), 0) == ["1"]


def test_no_list_is_no_label() -> None:
    lists = numbering(level(0, "decimal", "%1."))
    assert [lists.label(None, 0), lists.label("0", 0), lists.label("99", 0)] == ["", "", ""]


@pytest.mark.parametrize(
    ("count", "kind", "shown"),
    [(4, "lowerRoman", "iv"), (28, "upperLetter", "BB"), (7, "decimalZero", "07"), (3, "cardinalText", "3"), (0, "lowerLetter", "")],
)
def test_number_formats(count: int, kind: str, shown: str) -> None:
    assert format_number(count, kind) == shown


def test_padded_custom_numbers() -> None:
    assert format_number(12, "custom", "001, 002, 003, ...") == "012"


@given(st.lists(st.integers(0, 8), max_size=40))
def test_any_walk_over_levels_counts_up_by_one(steps: list[int]) -> None:
    lists = numbering(*(level(i, "decimal", f"%{i + 1}") for i in range(9)))
    last: dict[int, int] = {}
    for at in steps:
        shown = int(lists.label("1", at))
        assert shown == last.get(at, 0) + 1
        last = {k: v for k, v in last.items() if k <= at} | {i: last.get(i, 1) for i in range(at)} | {at: shown}
