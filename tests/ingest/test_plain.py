"""Plain text becomes paragraphs, whatever coding it is in and wherever a program broke its lines."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minhchung.ingest import plain
from minhchung.ingest.reader import read_file

BODY = (
    "Thực hiện Kế hoạch của Ủy ban nhân dân thành phố, Ủy ban nhân dân quận đã tổ chức 02 hội nghị quán triệt, phổ biến Luật Thực "
    "hiện dân chủ ở cơ sở cho 250 cán bộ, công chức; ban hành quy chế thực hiện dân chủ trong hoạt động "
    "của cơ quan và niêm yết công khai tại trụ sở."
)


def texts(tmp_path: Path, content: str | bytes) -> list[str]:
    path = tmp_path / "a.txt"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    report = read_file(path)
    assert (report.kind, report.outcome, report.pages) == ("txt", "read", None), report.reason
    assert all(p.locator.page is None for p in report.passages)
    return [p.text for p in report.passages]


def test_each_line_is_a_paragraph_where_lines_are_as_long_as_they_like(tmp_path: Path) -> None:
    assert texts(tmp_path, f"BÁO CÁO\r\nKết quả năm 2023\r\n\r\n{BODY}\r\n{BODY}") == ["BÁO CÁO", "Kết quả năm 2023", BODY, BODY]


@pytest.mark.parametrize("width", [60, 72, 80, 100])
def test_lines_broken_by_a_program_are_put_together(tmp_path: Path, width: int) -> None:
    paragraphs = ["I. KẾT QUẢ THỰC HIỆN", BODY, "1. " + BODY, "a) " + BODY, "- " + BODY, BODY]
    source = "\n".join("\n".join(textwrap.wrap(p, width)) + ("\n" if p == BODY else "") for p in paragraphs)
    assert texts(tmp_path, source) == paragraphs


def test_the_two_columns_of_a_letterhead_are_taken_apart(tmp_path: Path) -> None:
    source = f"""UBND QUẬN HẢI AN            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
PHÒNG NỘI VỤ                    Độc lập - Tự do - Hạnh phúc
-------                       ---------------
Số: 12/BC-PNV\t\tHải An, ngày 10 tháng 11 năm 2023

BÁO CÁO
{BODY}"""
    assert texts(tmp_path, source) == [
        "UBND QUẬN HẢI AN",
        "PHÒNG NỘI VỤ",
        "Số: 12/BC-PNV",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Hải An, ngày 10 tháng 11 năm 2023",
        "BÁO CÁO",
        BODY,
    ]


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_every_unicode_form_is_read(tmp_path: Path, coding: str) -> None:
    assert texts(tmp_path, f"Một.\n{BODY}".encode(coding)) == ["Một.", BODY]


def test_an_old_coding_is_turned_into_unicode_and_told(tmp_path: Path) -> None:
    from minhchung.ingest.legacy_tables import tcvn3

    codes = {letter: code for code, letter in tcvn3().items()}
    path = tmp_path / "a.txt"
    path.write_bytes(bytes(codes.get(c, ord(c)) for c in BODY.lower()))
    report = read_file(path)
    assert [p.text for p in report.passages] == [BODY.lower()]
    assert [i.code for i in report.issues] == ["old-coding"] and "TCVN3" in report.issues[0].message


def test_a_text_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "TEXT_BYTES", 10)
    (tmp_path / "a.txt").write_text(BODY, encoding="utf-8")
    assert "MiB" in read_file(tmp_path / "a.txt").reason


def test_only_blanks_is_no_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" \n\n", encoding="utf-8")
    assert "no text" in read_file(tmp_path / "a.txt").reason


LINES = st.lists(st.text(alphabet="aăâbcdđ .,;:-()123\tTỔIV", max_size=120), max_size=40)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES)
def test_no_word_is_lost_or_doubled(tmp_path: Path, lines: list[str]) -> None:
    (tmp_path / "a.txt").write_text("\n".join(lines) + "\nđ", encoding="utf-8")
    got = sorted(w for p in read_file(tmp_path / "a.txt").passages for w in p.text.split() if any(map(str.isalnum, w)))
    assert got == sorted(w for w in ("\n".join(lines) + "\nđ").split() if any(map(str.isalnum, w)))


def test_text_with_a_unicode_letter_is_not_viqr(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a(\na(\nđ", encoding="utf-8")
    assert "a(" in " ".join(p.text for p in read_file(tmp_path / "a.txt").passages)
