from datetime import date

import pytest

from minhchung.store.periods import period_of


@pytest.mark.parametrize(
    ("title", "year", "first", "last"),
    [
        ("Kết quả thi hành Luật từ ngày 15/12/2022 đến ngày 14/12/2023", 2023, "2022-12-15", "2023-12-14"),
        ("Kết quả thực hiện (từ 01/01 đến hết ngày 15/11/2023)", None, "2023-01-01", "2023-11-15"),
        ("Kết quả công tác 6 tháng đầu năm 2023", 2023, "2023-01-01", "2023-06-30"),
        ("Kết quả công tác 06 tháng cuối năm 2024", 2024, "2024-07-01", "2024-12-31"),
        ("Kết quả thực hiện 9 tháng năm 2023", 2023, "2023-01-01", "2023-09-30"),
        ("Báo cáo quý III/2023", None, "2023-07-01", "2023-09-30"),
        ("Báo cáo quý IV năm 2023", None, "2023-10-01", "2023-12-31"),
        ("Báo cáo Quý I", 2024, "2024-01-01", "2024-03-31"),
        ("Báo cáo tháng 02/2024", None, "2024-02-01", "2024-02-29"),
        ("Kết quả giai đoạn 2021 - 2025", 2025, "2021-01-01", "2025-12-31"),
        ("Kết quả thực hiện dân chủ ở cơ sở năm 2023", None, "2023-01-01", "2023-12-31"),
        ("Kết quả thi hành Luật năm 2022 trong năm 2023", None, "2023-01-01", "2023-12-31"),
        ("Kết quả thi hành Luật", 2023, "2023-01-01", "2023-12-31"),
        ("Kết quả từ ngày 31/02/2023 đến ngày 01/03/2023 của năm 2023", None, "2023-01-01", "2023-12-31"),
    ],
)
def test_the_title_tells_the_days_that_a_report_covers(title: str, year: int | None, first: str, last: str) -> None:
    assert period_of(title, year) == (date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize("title", ["", "Kết quả thi hành Luật", "Kết quả quý III", "Báo cáo từ 01/01 đến 15/11"])
def test_what_tells_no_year_covers_nothing_known(title: str) -> None:
    assert period_of(title, None) is None
