"""Names: every spelling finds its agency, and what may mean several gives them all."""

from __future__ import annotations

import csv
import unicodedata
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhchung.plan.names import NameIndex, fold_ascii, fold_name, fold_tone, name_key
from minhchung.plan.registry import load_registry

FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts"
IN_2023, IN_SPRING_2025, AFTER = date(2023, 11, 10), date(2025, 3, 15), date(2025, 8, 1)


@cache
def index() -> NameIndex:
    return NameIndex(load_registry())


def codes(name: str, on: date | None = IN_2023) -> list[str]:
    return [agency.code for agency in index().lookup(name, on)]


def fact_rows(name: str) -> list[dict[str, str]]:
    if not (FACTS / name).exists():
        pytest.skip(f"../shared/facts/{name} is not here")
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Uỷ ban", "Ủy ban"), ("UỶ BAN", "ỦY BAN"), ("Hoà Bình", "Hòa Bình"), ("HOÀ BÌNH", "HÒA BÌNH"), ("Thuỵ", "Thụy"),
        ("khoẻ", "khỏe"), ("quý", "quý"), ("Quỳnh", "Quỳnh"), ("toàn", "toàn"), ("hòan", "hoàn"), ("huỳnh", "huỳnh"),
        ("ngoài", "ngoài"), ("Thuỷ-Hoà", "Thủy-Hòa"),
    ],
)  # fmt: skip
def test_tone_marks_fold_to_one_placement(written: str, folded: str) -> None:
    assert fold_tone(written) == folded


@given(st.text(alphabet="hqktnwHQoóòoaàáảãạOÀÁuUyỳýỷỹỵYỶeèẻE -1.", max_size=30))
def test_tone_folding_keeps_length_and_settles_at_once(text: str) -> None:
    once = fold_tone(text)
    assert len(once) == len(text)
    assert fold_tone(once) == once
    assert fold_ascii(once) == fold_ascii(text)


@given(st.text(max_size=40))
def test_folding_any_text_settles_at_once(text: str) -> None:
    assert name_key(name_key(text)) == name_key(text)
    assert fold_tone(fold_tone(text)) == fold_tone(text)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ỦY BAN NHÂN DÂN\nQUẬN  LÊ CHÂN", "ubnd quận lê chân"),
        ("Uỷ ban nhân dân Q.Lê Chân", "ubnd quận lê chân"),
        ("UBND TP Hải Phòng", "ubnd thành phố hải phòng"),
        ("UBND Q. Đồ Sơn", "ubnd quận đồ sơn"),
        ("UBND X.An Hoà", "ubnd xã an hòa"),
        ("TT. Núi Đèo", "thị trấn núi đèo"),
        ("P.An Biên, H. An Lão", "phường an biên, huyện an lão"),
        ("trang p. 3 và tt. sau", "trang p. 3 và tt. sau"),
        ("TT Phát triển quỹ đất", "tt phát triển quỹ đất"),
        ("UBND TP", "ubnd tp"),
        ("Lao động – Thương binh", "lao động-thương binh"),
        ("Lao động-Thương binh", "lao động-thương binh"),
    ],
)
def test_names_fold_to_one_form(written: str, folded: str) -> None:
    assert fold_name(written) == folded


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("UBND quận Lê Chân", "QH-305"),
        ("Ủy ban nhân dân quận Lê Chân", "QH-305"),
        ("ỦY BAN NHÂN DÂN QUẬN LÊ CHÂN", "QH-305"),
        ("Uỷ ban nhân dân\nQUẬN LÊ CHÂN", "QH-305"),
        (unicodedata.normalize("NFD", "Ủy ban nhân dân quận Lê Chân"), "QH-305"),
        ("QUẬN LÊ CHÂN", "QH-305"),
        ("UBND Q.LÊ CHÂN", "QH-305"),
        ("UBND Q. Lê Chân", "QH-305"),
        ("UBND q. lê chân", "QH-305"),
        ("UBND quận Lê Chân, thành phố Hải Phòng", "QH-305"),
        ("UBND QUẬN NGÔ QUYỀN TP. HẢI PHÒNG", "QH-304"),
        ("UBND H.Thủy Nguyên", "QH-311"),
        ("UBND huyện Thuỷ Nguyên", "QH-311"),
        ("HUYỆN KIẾN THUỴ", "QH-314"),
        ("UBND P.An Biên", "CX-11371A"),
        ("P. An Biên", "CX-11371A"),
        ("UBND TT Núi Đèo", "CX-11470A"),
        ("Thị trấn Núi Đèo", "CX-11470A"),
        ("UBND thị trấn An Dương", "CX-11581A"),
        ("UBND huyện An Dương", "QH-312"),
        ("UBND phường An Dương", "CX-11377A"),
        ("Sở Nội vụ", "HP-SNV"),
        ("SỞ NỘI VỤ", "HP-SNV"),
        ("Sở Nội vụ TP", "HP-SNV"),
        ("Sở Nội vụ thành phố Hải Phòng", "HP-SNV"),
        ("Sở Nội vụ Hải Phòng", "HP-SNV"),
        ("Sở Ngoại vụ", "HP-SNgV"),
        ("SNV", "HP-SNV"),
        ("SNgV", "HP-SNgV"),
        ("Sở VH&TT", "HP-SVHTT"),
        ("SỞ VĂN HOÁ VÀ THỂ THAO", "HP-SVHTT"),
        ("Sở Văn hóa - Thể thao", "HP-SVHTT"),
        ("SỞ NÔNG NGHIỆP VÀ PTNT", "HP-SNN"),
        ("Sở Nông nghiệp & PTNT", "HP-SNN"),
        ("Sở NN&PTNT thành phố Hải Phòng", "HP-SNN"),
        ("Sở LĐTBXH", "HP-SLDTBXH"),
        ("Sở LĐ-TB&XH", "HP-SLDTBXH"),
        ("Sở LĐTB và XH", "HP-SLDTBXH"),
        ("Sở Lao động, Thương binh và Xã hội", "HP-SLDTBXH"),
        ("Sở Lao động – Thương binh và Xã hội", "HP-SLDTBXH"),
        ("Sở GD & ĐT", "HP-SGDDT"),
        ("Sở GDĐT", "HP-SGDDT"),
        ("Sở TT&TT", "HP-STTTT"),
        ("Sở Thông tin & Truyền thông", "HP-STTTT"),
        ("Sở TN&MT", "HP-STNMT"),
        ("Sở KH&ĐT", "HP-SKHDT"),
        ("Sở KH&CN", "HP-SKHCN"),
        ("UBND TP", "HP-UBND"),
        ("UBND thành phố", "HP-UBND"),
        ("ỦY BAN NHÂN DÂN\nTHÀNH PHỐ HẢI PHÒNG", "HP-UBND"),
        ("Liên đoàn Lao động thành phố", "HP-LDLD"),
        ("Liên đoàn Lao động Việt Nam thành phố", "HP-LDLD"),
        ("Liên đoàn LĐ thành phố", "HP-LDLD"),
        ("MTTQVN TP", "HP-MTTQ"),
        ("Ban Pháp chế, Hội đồng nhân dân thành phố", "HP-HDND-BPC"),
        ("Ban Pháp chế, HĐND TP ", "HP-HDND-BPC"),
        ("Ban Quản lý Khu kinh tế", "HP-BQLKKT"),
        ("Đài PT-TH Hải Phòng", "HP-PTTH"),
        ("Văn phòng UBND thành phố", "HP-VP"),
        ("Trường ĐH Hải Phòng", "HP-DHHP"),
    ],
)
def test_every_usual_spelling_finds_its_agency(name: str, code: str) -> None:
    assert codes(name) == [code]


@pytest.mark.parametrize(
    "name",
    ["Lê Chân", "UBND", "ỦY BAN NHÂN DÂN", "quận", "Sở Nội vụ thành phố Hà Nội", "Sở Nội vụ tỉnh Hải Dương", "Thanh tra", "Phòng Nội vụ",
     "UBND quận Lê Chân Phòng Nội vụ", "UBND phường Ninh Sơn", "Quận ủy Lê Chân", ""],
)  # fmt: skip
def test_what_is_no_agencys_name_finds_nobody(name: str) -> None:
    assert codes(name, None) == []


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("UBND xã An Hoà", {"CX-11590A", "CX-11854A"}),
        ("UBND xã Hòa Bình", {"CX-11527A", "CX-11890A"}),
        ("UBND xã Minh Tân", {"CX-11500A", "CX-11725A"}),
        ("UBND xã Quốc Tuấn", {"CX-11620A", "CX-11650A"}),
        ("UBND xã Vinh Quang", {"CX-11821A", "CX-11872A"}),
    ],
)
def test_same_type_and_name_in_two_districts_gives_both(name: str, found: set[str]) -> None:
    assert set(codes(name)) == found


def test_the_superior_behind_the_name_tells_homonyms_apart() -> None:
    assert codes("UBND xã An Hòa, huyện Vĩnh Bảo") == ["CX-11854A"]
    assert codes("UBND xã An Hòa - H. An Dương") == ["CX-11590A"]
    assert codes("UBND phường An Biên, quận Lê Chân, TP. Hải Phòng") == ["CX-11371A"]
    assert codes("UBND phường An Biên, quận Hồng Bàng") == []


def test_the_day_chooses_the_generation() -> None:
    assert codes("Sở Nội vụ", AFTER) == ["HP-SNV2"]
    assert codes("Sở Nội vụ", None) == ["HP-SNV", "HP-SNV2"]
    assert codes("UBND phường Lê Chân") == [] and codes("UBND phường Lê Chân", AFTER) == ["CX-11383C"]
    assert codes("UBND quận Lê Chân", AFTER) == []
    assert codes("UBND TP.Thủy Nguyên", IN_SPRING_2025) == ["QH-311B"]
    assert codes("UBND ĐK Cát Hải", AFTER) == ["CX-11914C"]


def test_the_city_alone_is_two_cities_while_there_were_two() -> None:
    assert codes("UBND thành phố", IN_SPRING_2025) == ["HP-UBND", "QH-311B"]
    assert codes("UBND thành phố Hải Phòng", IN_SPRING_2025) == ["HP-UBND"]


def test_names_that_differ_by_little_are_not_taken_for_each_other() -> None:
    for one, other in (("xã Nam Sơn", "xã Ninh Sơn"), ("phường Đông Hải", "phường Đông Hải 2"), ("xã Vĩnh Tiến", "xã Việt Tiến")):
        assert codes(f"UBND {one}", None) and codes(f"UBND {other}", None)
        assert set(codes(f"UBND {one}", None)).isdisjoint(codes(f"UBND {other}", None))


def test_a_bare_place_gives_every_body_of_that_name() -> None:
    def places(bare: str, on: date | None) -> list[str]:
        return [agency.code for agency in index().place(bare, on)]

    assert places("Lê Chân", IN_2023) == ["QH-305"]
    assert places("Lê Chân", AFTER) == ["CX-11383C"]
    assert places("LÊ CHÂN", None) == ["QH-305", "CX-11383C"]
    assert places("An Dương", IN_2023) == ["QH-312", "CX-11377A", "CX-11581A"]
    assert places("Hoà Bình", IN_2023) == ["CX-11527A", "CX-11890A"]
    assert places("Hải Phòng", None) == []


def test_file_names_without_tone_marks_find_places_and_departments() -> None:
    assert [a.code for a in index().place_ascii("duong-kinh", IN_2023)] == ["QH-309"]
    assert [a.code for a in index().place_ascii("Do_Son", IN_2023)] == ["QH-308"]
    assert [a.code for a in index().lookup_ascii("so-tu-phap", IN_2023)] == ["HP-STP"]
    assert [a.code for a in index().lookup_ascii("ubnd_quan_le_chan", IN_2023)] == ["QH-305"]
    assert index().place_ascii("bao cao") == ()


def test_every_name_and_alias_of_the_facts_finds_its_agency() -> None:
    for row in fact_rows("agencies.csv"):
        name = row["name"].partition(" (")[0] + (" Hải Phòng" if "(từ ngày" in row["name"] else "")
        for written in (name, row["short_name"], *filter(None, row["aliases"].split("|"))):
            assert row["code"] in codes(written, None), (row["code"], written)


def test_homonyms_of_the_facts_are_all_found_by_their_bare_name() -> None:
    for row in fact_rows("homonyms.csv"):
        assert row["code"] in [agency.code for agency in index().place(row["bare_name"])]
