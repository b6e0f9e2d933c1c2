"""The generated letterheads of bench/quality/letterheads.py, and the cases that it taught."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from minhchung.extract.letterhead import read_letterhead
from minhchung.plan.registry import load_registry

REGISTRY = load_registry()
DATED = "Hải Phòng, ngày 10 tháng 11 năm 2023"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    path = Path(__file__).parents[2] / "bench" / "quality" / "letterheads.py"
    spec = importlib.util.spec_from_file_location("letterheads", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["letterheads"] = module
    spec.loader.exec_module(module)
    return module


def test_of_500_generated_letterheads_none_is_credited_to_another_and_all_fields_are_right(bench: ModuleType) -> None:
    cases = bench.letterheads(seed=11)
    assert len(cases) == 500
    assert {case.agency for case in cases} >= {agency.code for agency in REGISTRY.agencies}
    some = cases[::4] + cases[-40:]
    found = bench.score(some)
    assert found.wrong == 0, found.faults
    assert found.unresolved <= 0.02 * found.resolvable, found.faults
    assert all(found.fields[name] >= 0.99 * found.total for name in bench.FIELDS), found.faults


def test_the_same_seed_gives_the_same_letterheads_and_another_seed_others(bench: ModuleType) -> None:
    assert bench.letterheads(3, 460) == bench.letterheads(3, 460) != bench.letterheads(4, 460)


def head(draft: Any, *top: str, path: str = "a.docx") -> Any:
    report = draft(*top, "BÁO CÁO", "Kết quả thi hành Luật Thực hiện dân chủ ở cơ sở năm 2023", path=path).say("Đơn vị báo cáo.")
    return read_letterhead(report.report(), REGISTRY)


def agency(draft: Any, *top: str, dated: str = DATED, number: str = "Số: 12/BC-UBND", **more: str) -> str | None:
    code: str | None = head(draft, *top, number, dated, **more).letterhead.agency
    return code


@pytest.mark.parametrize(
    "body", ["HỘI NÔNG DÂN", "ỦY BAN MTTQ VIỆT NAM", "HỘI ĐỒNG NHÂN DÂN", "CÔNG AN", "TÒA ÁN NHÂN DÂN", "BẢO HIỂM XÃ HỘI"]
)
def test_a_place_below_another_bodys_name_is_not_its_committee(draft: Any, body: str) -> None:
    assert agency(draft, body, "QUẬN NGÔ QUYỀN") is None
    assert agency(draft, body, "QUẬN NGÔ QUYỀN", path="ubnd-quan-ngo-quyen.docx") is None
    assert agency(draft, "ỦY BAN NHÂN DÂN", "QUẬN NGÔ QUYỀN") == "QH-304"


@pytest.mark.parametrize("unit", ["TRƯỜNG TIỂU HỌC THÍ DỤ", "TRẠM Y TẾ", "BAN QUẢN LÝ DỰ ÁN ĐẦU TƯ XÂY DỰNG"])
def test_a_unit_of_a_district_is_neither_credited_nor_offered_whatever_its_folder_is_called(draft: Any, unit: str) -> None:
    for top in (("UBND QUẬN NGÔ QUYỀN", unit), (f"UBND QUẬN NGÔ QUYỀN {unit}",), (unit,)):
        found = head(draft, *top, "Số: 12/BC-TH", DATED, path="Quận Ngô Quyền/a.docx").letterhead
        assert (found.agency, found.candidates) == (None, ())


@pytest.mark.parametrize("office", ["PHÒNG NỘI VỤ", "THANH TRA", "VĂN PHÒNG HĐND VÀ UBND", "BAN CHỈ ĐẠO THỰC HIỆN DÂN CHỦ"])
def test_an_office_or_committee_of_a_district_is_offered(draft: Any, office: str) -> None:
    for top in (("UBND QUẬN NGÔ QUYỀN", office), (f"UBND QUẬN NGÔ QUYỀN {office}",)):
        found = head(draft, *top, "Số: 12/BC-PNV", DATED).letterhead
        assert (found.agency, found.candidates) == (None, ("QH-304",))


def test_lines_that_reach_over_both_blocks_are_two(draft: Any) -> None:
    found = head(
        draft,
        "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "PHƯỜNG ĐÔNG HẢI 2 Độc lập - Tự do - Hạnh phúc",
        "Số: ..../BC-UBND Đông Hải 2, ngày 10 tháng 11 năm 2023",
    ).letterhead
    assert (found.agency, found.place, found.date, found.number) == ("CX-11411A", "Đông Hải 2", "2023-11-10", None)


def test_a_figure_wrapped_off_a_name_belongs_to_it(draft: Any) -> None:
    assert agency(draft, "ỦY BAN NHÂN DÂN", "PHƯỜNG ĐÔNG HẢI", "2") == "CX-11411A"


def test_capitals_without_marks_are_read(draft: Any) -> None:
    assert agency(draft, "UY BAN NHAN DAN", "QUAN NGO QUYEN") == "QH-304"
    assert agency(draft, "UBND THANH PHO HAI PHONG", "SO TU PHAP") == "HP-STP"


def test_a_commune_under_a_district_that_is_not_ours_is_not_ours(draft: Any) -> None:
    assert agency(draft, "UBND HUYỆN THÍ DỤ", "UBND PHƯỜNG AN BIÊN") is None
    assert agency(draft, "UBND QUẬN LÊ CHÂN", "UBND PHƯỜNG AN BIÊN") == "CX-11371A"


def test_a_department_alone_is_ours_only_where_the_date_line_is_not_of_elsewhere(draft: Any) -> None:
    assert agency(draft, "SỞ TƯ PHÁP", dated="Thí Dụ, ngày 10 tháng 11 năm 2023") is None
    assert agency(draft, "SỞ TƯ PHÁP", dated=DATED) == "HP-STP"


def test_a_name_that_its_superior_completes(draft: Any) -> None:
    assert agency(draft, "UBND THÀNH PHỐ HẢI PHÒNG", "THANH TRA", number="Số: 3/BC-TTTP") == "HP-TTTP"
    assert agency(draft, "UBND THÀNH PHỐ HẢI PHÒNG", "VĂN PHÒNG", number="Số: 3/BC-VP") == "HP-VP"


def test_the_standing_committee_speaks_for_the_front(draft: Any) -> None:
    top = ("ỦY BAN MẶT TRẬN TỔ QUỐC VIỆT NAM", "THÀNH PHỐ HẢI PHÒNG", "BAN THƯỜNG TRỰC")
    assert agency(draft, *top, number="Số: 3/BC-MTTQ-BTT") == "HP-MTTQ"


@pytest.mark.parametrize(
    ("day", "code", "issue"),
    [("30 tháng 6", "QH-305", ""), ("15 tháng 7", "QH-305", "old-letterhead"), ("01 tháng 10", None, "agency-unknown")],
)
def test_an_old_stamp_counts_for_some_weeks_and_is_told(draft: Any, day: str, code: str | None, issue: str) -> None:
    found = head(draft, "UBND QUẬN LÊ CHÂN", "Số: 12/BC-UBND", f"Lê Chân, ngày {day} năm 2025")
    assert found.letterhead.agency == code
    assert [one.code for one in found.issues] == ([issue] if issue else [])
    assert code or found.letterhead.candidates == ("QH-305",)


def test_without_a_day_whoever_existed_in_that_year_may_have_written(draft: Any) -> None:
    blank = "Lê Chân, ngày      tháng      năm 2025"
    report = draft("UBND QUẬN LÊ CHÂN", "Số: 12/BC-UBND", blank, "BÁO CÁO", "Kết quả năm 2025").say("Quận báo cáo.")
    assert report.letterhead().letterhead.agency == "QH-305"


def test_a_department_that_signs_by_authority_of_the_city_writes_for_the_city(draft: Any) -> None:
    report = draft("UBND THÀNH PHỐ HẢI PHÒNG", "SỞ NỘI VỤ", "Số: 12/BC-UBND", DATED, "BÁO CÁO", "Kết quả năm 2023")
    report.say("Báo cáo như sau.", "TUQ. CHỦ TỊCH UBND THÀNH PHỐ", "GIÁM ĐỐC SỞ NỘI VỤ", "Nguyễn Thí Dụ")
    assert report.letterhead().letterhead.agency == "HP-UBND"


def test_a_project_offices_wrapped_name_is_no_document_type(draft: Any) -> None:
    top = ("UBND THÀNH PHỐ HẢI PHÒNG", "BAN QUẢN LÝ", "DỰ ÁN ĐẦU TƯ XÂY DỰNG CÁC CÔNG TRÌNH GIAO THÔNG HẢI PHÒNG")
    found = head(draft, *top, "Số: 4/BC-BQL", DATED).letterhead
    assert (found.agency, found.type, found.number) == ("HP-BQLGT", "BÁO CÁO", "4/BC-BQL")
