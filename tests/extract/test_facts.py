"""What a quote rests on: dates, numbers, quantities, coverage, audience, strength."""

from __future__ import annotations

from calendar import monthrange

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhchung.extract.facts import audience, coverage, dates, figure, first_day, last_day, numbers, quantities, strength, years_named
from minhchung.extract.fold import fold


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ngày 05/8/2023", ("2023-08-05",)),
        ("ngày 7 tháng 11 năm 2022", ("2022-11-07",)),
        ("sáng 12/9", ("2023-09-12",)),
        ("hai ngày 14/9 và 15/9", ("2023-09-14", "2023-09-15")),
        ("trong tháng 8", ("2023-08",)),
        ("tháng 8/2022", ("2022-08",)),
        ("tháng 10 năm 2024", ("2024-10",)),
        ("Quý III", ("2023-Q3",)),
        ("quý IV/2022", ("2022-Q4",)),
        ("quý 2 năm 2023", ("2023-Q2",)),
        ("ngày 31/11/2023", ()),
        ("ngày 30/2", ()),
        ("tháng 13/2023", ()),
        ("phát đến 12/12 phường", ()),
        ("đến 12/9 các phường đã xong", ("2023-09-12",)),
        ("10/12 phường", ()),
        ("ngày 12/7/2023 và tháng 9", ("2023-07-12", "2023-09")),
    ],
)
def test_dates_take_the_year_reported_on_and_impossible_ones_are_none(text: str, expected: tuple[str, ...]) -> None:
    assert dates(fold(text), 2023) == expected


def test_without_a_year_a_day_and_month_is_no_date() -> None:
    assert dates("sáng 12/9", None) == ()
    assert dates("quý iii", None) == ()
    assert dates("ngày 12/9/2023", None) == ("2023-09-12",)


@pytest.mark.parametrize("month", range(1, 13))
@pytest.mark.parametrize("year", [2023, 2024, 2100])
def test_first_and_last_day_of_every_month(year: int, month: int) -> None:
    value = f"{year}-{month:02}"
    assert first_day(value) == f"{value}-01"
    assert last_day(value) == f"{value}-{monthrange(year, month)[1]:02}"


@pytest.mark.parametrize(
    ("quarter", "first", "last"), [(1, "01-01", "03-31"), (2, "04-01", "06-30"), (3, "07-01", "09-30"), (4, "10-01", "12-31")]
)
def test_first_and_last_day_of_every_quarter(quarter: int, first: str, last: str) -> None:
    assert first_day(f"2023-Q{quarter}") == f"2023-{first}"
    assert last_day(f"2023-Q{quarter}") == f"2023-{last}"


def test_a_day_is_its_own_first_and_last() -> None:
    assert first_day("2023-08-05") == last_day("2023-08-05") == "2023-08-05"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Quyết định số 2210/QĐ-UBND và Nghị định 59/2023/NĐ-CP", ("2210/QĐ-UBND", "59/2023/NĐ-CP")),
        ("Chỉ thị số 15-CT/TU", ("15-CT/TU",)),
        ("Công văn số 40 /STP-PBGDPL", ("40/STP-PBGDPL",)),
        ("10/12 phường, ngày 12/9/2023", ()),
    ],
)
def test_numbers_of_documents(text: str, expected: tuple[str, ...]) -> None:
    assert numbers(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("trên 1.250 lượt người", [(1250.0, "lượt người", True)]),
        ("02 lớp, 64 học viên", [(2.0, "lớp", False), (64.0, "học viên", False)]),
        ("6,82 triệu đồng", [(6.82, "triệu đồng", False)]),
        ("98% hộ", [(98.0, "%", False)]),
        ("05 (năm) buổi", [(5.0, "buổi", False)]),
        ("ngày 12/9", []),
        ("03 tổ chức đoàn thể", []),
    ],
)
def test_quantities_with_their_units(text: str, expected: list[tuple[float, str, bool]]) -> None:
    assert [(q.value, q.unit, q.approximate) for q in quantities(fold(text))] == expected


@given(st.integers(0, 10**9))
def test_a_figure_with_thousands_dots_is_read_back(value: int) -> None:
    assert figure(f"{value:,}".replace(",", ".")) == float(value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("10/12 phường đã ban hành", (10, 12, "phường")),
        ("06/07 trạm y tế", (6, 7, "trạm")),
        ("Các phường: 10/12 đã xong", (10, 12, "phường")),
        ("tuyên truyền đến 12/12 phường", (12, 12, "phường")),
        ("ngày 10/12 phường họp", None),
        ("đến 10/12 các phường xong", None),
        ("Kế hoạch số 10/12 phường", None),
        ("12/10 phường", None),
        ("0/0 phường", None),
        ("10/12/2023 phường họp", None),
        ("211/236 đại biểu tán thành", None),
        ("10/12 tổ chức xong", None),
    ],
)
def test_coverage_is_told_from_dates_numbers_and_counts_of_people(text: str, expected: tuple[int, int, str] | None) -> None:
    found = coverage(fold(text))
    assert (found and (found.done, found.total, found.unit)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("cho công chức cấp xã", ("cbccvc", "xa_phuong")),
        ("người lao động và chủ doanh nghiệp", ("nld", "nsdld")),
        ("viên chức các khoa", ("vien_chuc",)),
        ("bác sĩ trực", ("vien_chuc",)),
        ("bà con các thôn", ("nhan_dan",)),
        ("Ban Thanh tra nhân dân", ("nhan_dan", "mat_tran")),
        ("ban hành kế hoạch", ()),
    ],
)
def test_audience(text: str, expected: tuple[str, ...]) -> None:
    assert audience(fold(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kế hoạch số 45/KH-UBND", "verifiable"),
        ("ngày 12/9/2023 mở 02 lớp", "verifiable"),
        ("mở 02 lớp", "specific"),
        ("họp ngày 12/9/2023", "specific"),
        ("trong quý III", "specific"),
        ("đã tuyên truyền sâu rộng", "assertion"),
    ],
)
def test_strength(text: str, expected: str) -> None:
    assert strength(text, 2023) == expected


def test_years_are_named_or_close_a_date() -> None:
    assert years_named("từ năm 2021, ngày 5/8/2022") == {2021, 2022}
    assert years_named("2.023 người") == set()
