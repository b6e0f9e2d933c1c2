"""Lists of agencies of another province: taken as offices keep them, and looked over for what is doubtful."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from minhchung.errors import PlanError
from minhchung.plan.agency_check import check_agencies
from minhchung.plan.agency_lists import kind_of, normalised
from minhchung.plan.datafiles import AGENCIES_FILE
from minhchung.plan.groups import expand_group
from minhchung.plan.registry import COLUMNS, Registry, load_registry, registry_from_text

LIST = Path("danh-sach.csv")
HEAD = ",".join(COLUMNS) + "\n"


def taken(text: str) -> Registry:
    return registry_from_text(normalised(text, LIST), LIST)


def doubts(*rows: str) -> list[tuple[str, str, list[str]]]:
    return [(d.doubt, d.code, d.others) for d in check_agencies(registry_from_text(HEAD + "\n".join(rows) + "\n", LIST))]


def test_a_list_with_vietnamese_heads_and_semicolons_is_taken() -> None:
    registry = taken(
        "Mã;Tên cơ quan;Trực thuộc;Từ ngày;Đến ngày;Nhóm\n"
        "TB-UBND;Ủy ban nhân dân tỉnh Thái Bình;;;30/6/2025;G-UBCC\n"
        "TB-SNV;Sở Nội vụ tỉnh Thái Bình;TB-UBND;1/3/2016;;\n"
    )
    province, department = registry.agencies
    assert (province.valid_to, province.groups) == (date(2025, 6, 30), ("G-UBCC",))
    assert (department.kind, department.parent, department.valid_from) == ("so", "TB-UBND", date(2016, 3, 1))
    assert (province.short_name, department.short_name) == ("UBND tỉnh Thái Bình", "Sở Nội vụ")
    assert [a.code for a in expand_group("G-SO", registry, date(2025, 1, 1))] == ["TB-SNV"]
    assert [a.code for a in expand_group("G-UBCC", registry, date(2025, 1, 1))] == ["TB-UBND"]


def test_names_alone_get_kinds_and_codes_that_stay_apart() -> None:
    registry = taken("tên\nSở Tư pháp\nỦy ban nhân dân xã An Hòa\nỦy ban nhân dân xã An Hòa\n")
    assert [(a.code, a.kind) for a in registry.agencies] == [
        ("SO-TU-PHAP", "so"), ("UBND-XA-AN-HOA", "ubnd_xa"), ("UBND-XA-AN-HOA-2", "ubnd_xa"),
    ]  # fmt: skip


def test_the_shipped_list_passes_through_unchanged() -> None:
    again = taken(AGENCIES_FILE.read_text(encoding="utf-8"))
    assert again.agencies == load_registry().agencies


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Ủy ban nhân dân phường An Biên", "ubnd_phuong"),
        ("UBND thị trấn An Lão", "ubnd_thi_tran"),
        ("Ủy ban nhân dân huyện Vĩnh Bảo", "ubnd_huyen"),
        ("Sở Y tế", "so"),
        ("Văn phòng UBND tỉnh", "so"),
        ("Sông Hồng", "khac"),
    ],
)
def test_the_kind_is_read_off_the_name(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("mã,địa chỉ\nA,B\n", "no column of names"),
        ("", "no column of names"),
        ("tên\n", "no agency is listed"),
        ("tên,nhóm\nSở Y tế,G-SOX\n", "unknown group 'G-SOX'"),
        ("tên,từ\nSở Y tế,đầu năm\n", "is no day"),
    ],
)
def test_a_list_that_cannot_be_taken_says_what_to_mend(text: str, said: str) -> None:
    with pytest.raises(PlanError) as caught:
        taken(text)
    assert said in caught.value.message and caught.value.next_step


def test_the_shipped_list_has_no_overlap_no_lost_homonym_and_no_dead_successor() -> None:
    assert {(d.doubt, d.code) for d in check_agencies(load_registry())} == {("no-successor", "HP-TTXT"), ("no-successor", "HP-BQLVCB")}


def test_two_bodies_of_one_name_under_one_superior_overlap_unless_one_ends_before() -> None:
    rows = ["P,Tỉnh,,khac,,,,,,verified,", "A,Sở Y tế,,so,P,,2025-02-28,B,,verified,", "B,Sở Y tế,,so,P,{},,,,verified,"]
    assert doubts(rows[0], rows[1], rows[2].format("2025-02-28")) == [("overlap", "A", ["B"])]
    assert doubts(rows[0], rows[1], rows[2].format("2025-03-01")) == []


def test_homonyms_need_a_superior_to_be_told_apart() -> None:
    rows = ["D1,Huyện A,,khac,,,,,,verified,", "D2,Huyện B,,khac,,,,,,verified,", "X1,Ủy ban nhân dân xã An Hòa,,ubnd_xa,D1,,,,,verified,"]
    assert doubts(*rows, "X2,Ủy ban nhân dân xã An Hòa,,ubnd_xa,,,,,,verified,") == [("homonym-without-parent", "X1", ["X2"])]
    assert doubts(*rows, "X2,Ủy ban nhân dân xã An Hòa,,ubnd_xa,D2,,,,,verified,") == []


def test_a_successor_that_had_ended_or_ends_without_a_successor_is_dead() -> None:
    old = "A,Sở A,,so,,,2025-02-28,B,,verified,"
    assert doubts(old, "B,Sở B,,so,,,2024-12-31,C,,verified,", "C,Sở C,,so,,2025-01-01,,,,verified,") == [("dead-successor", "A", ["B"])]
    assert ("dead-successor", "A", ["B"]) in doubts(old, "B,Sở B,,so,,2025-03-01,2025-06-30,,,verified,")
    assert doubts(old, "B,Sở B,,so,,2025-03-01,,,,verified,") == []


def test_a_body_that_outlives_its_superior_is_named() -> None:
    district = "D,Huyện D,,khac,,,2025-06-30,X,,verified,"
    assert doubts(district, "X,Xã X,,ubnd_xa,D,,,,,verified,") == [("dead-parent", "X", ["D"])]
