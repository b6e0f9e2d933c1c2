import sqlite3
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minhchung.errors import UsageError
from minhchung.store.connection import open_for_reading
from minhchung.store.filters import Filters
from minhchung.store.fold import folded, words
from minhchung.store.intake import intake
from minhchung.store.search import cut, search, terms


@pytest.fixture
def conn(tmp_path: Path, fake: ModuleType, write: Callable[..., Path]) -> sqlite3.Connection:
    write("a.docx", "Đã quán triệt Luật Thực hiện dân chủ ở cơ sở.", "Quy chế theo Quyết định số 118/QĐ-UBND.", date="2023-11-01")
    write("b.docx", "Quan trọng là triệt để tiết kiệm.", "Đồng chí Đỗ Đức Đạt dự.", agency="QH-305", date="2023-12-01")
    intake([tmp_path / "in"], tmp_path / "s.db", rooms=fake.rooms())
    return open_for_reading(tmp_path / "s.db")


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("quan triet", "Đã quán triệt Luật"),
        ("quán triệt", "Đã quán triệt Luật"),
        ("QUÁN TRIỆT", "Đã quán triệt Luật"),
        ("dan chu", "dân chủ ở cơ sở"),
        ("qua\u0301n trie\u0323\u0302t", "Đã quán triệt Luật"),
        ("118/QĐ-UBND", "118/QĐ-UBND"),
        ("118/qd-ubnd", "118/QĐ-UBND"),
        ("do duc dat", "Đỗ Đức Đạt"),
        ("đồng", "Đồng chí"),
        ('"dan chu o co so"', "dân chủ ở cơ sở"),
    ],
)
def test_tone_marks_case_and_form_do_not_matter(conn: sqlite3.Connection, typed: str, found: str) -> None:
    assert found in search(conn, typed)[0].snippet


def test_words_in_one_piece_come_first_and_a_quoted_phrase_is_only_one_piece(conn: sqlite3.Connection) -> None:
    assert [hit.file for hit in search(conn, "quan triet")] == ["a.docx", "b.docx"]
    assert [hit.file for hit in search(conn, '"quan triet"')] == ["a.docx"]


def test_marks_show_the_words_found(conn: sqlite3.Connection) -> None:
    (hit,) = search(conn, '"quan triet"')
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["quán triệt"]
    assert (hit.page, hit.locator, hit.heading) == (1, "p4", "I. KẾT QUẢ")


def test_filters_narrow_the_search(conn: sqlite3.Connection) -> None:
    assert [hit.file for hit in search(conn, "quan", Filters(agencies=frozenset({"QH-305"})))] == ["b.docx"]


@pytest.mark.parametrize("typed", ["", "  ", "***", '"', "AND", "NOT OR", "a*", "x:y", "(", ")", "NEAR(", '"a', "-", "^a", "{a}", "\0"])
def test_nothing_typed_is_read_as_a_query_language(conn: sqlite3.Connection, typed: str) -> None:
    if terms(typed):
        search(conn, typed)
    else:
        with pytest.raises(UsageError):
            search(conn, typed)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_any_text_can_be_searched_for(conn: sqlite3.Connection, typed: str) -> None:
    try:
        search(conn, typed)
    except UsageError:
        assert not any(char.isalnum() for char in folded(typed) if char != "\0") or not terms(typed)


@given(st.text(alphabet="aăâđeêioôơuưy ắặẩẫệốợựỹĐẠ.,1", max_size=60))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(folded(text)) == len(text)
    assert words(text) == words(text.upper())


def test_a_long_passage_is_cut_around_the_first_word() -> None:
    text = "mở đầu " * 60 + "tập huấn cho công chức " + "kết thúc " * 60
    snippet, marks = cut(text, ["tap huan"])
    assert snippet.startswith("… ")
    assert snippet.endswith(" …")
    assert [snippet[start:end] for start, end in marks] == ["tập huấn"]
