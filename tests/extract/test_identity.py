"""An agency from the signing block, the place of the date line, or the file's name: proposals of last resort."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

import pytest

from minhchung.extract.identity import by_signature, certified_agencies, from_file_name, signed_by_another, signing_agencies
from minhchung.extract.issuer import NOBODY, Identity, identify
from minhchung.ingest.model import Signature
from minhchung.plan.registry import load_registry

REGISTRY = load_registry()
DAY = date(2023, 11, 10)


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("Bao cao So Tu phap 2023.docx", "HP-STP"),
        ("BC_SỞ_Y_TẾ.pdf", "HP-SYT"),
        ("tien-lang.pdf", "QH-315"),
        ("nam-2023/Quận Ngô Quyền/bao cao.docx", "QH-304"),
        ("ubnd-quan-ngo-quyen-lan-2.docx", "QH-304"),
    ],
)
def test_a_file_name_that_holds_one_agencys_name(path: str, code: str) -> None:
    found = from_file_name(PurePath(path), REGISTRY, DAY)
    assert (found.agency, found.basis) == (code, "file name")


@pytest.mark.parametrize("path", ["bao cao 2023.docx", "scan0001.pdf", "12.docx"])
def test_a_file_name_that_names_nobody(path: str) -> None:
    found = from_file_name(PurePath(path), REGISTRY, DAY)
    assert (found.agency, found.candidates) == (None, ())


def test_a_file_name_of_several_offers_them() -> None:
    found = from_file_name(PurePath("ubnd-xa-an-hoa.docx"), REGISTRY, DAY)
    assert found.agency is None and {"CX-11590A", "CX-11854A"} <= set(found.candidates)


def test_the_day_decides_which_of_two_the_file_names() -> None:
    assert from_file_name(PurePath("so-noi-vu.docx"), REGISTRY, date(2026, 1, 1)).agency == "HP-SNV2"


def test_the_signing_block_names_the_issuer_where_the_top_does_not() -> None:
    found = identify([], "", None, "TM. UBND QUẬN NGÔ QUYỀN CHỦ TỊCH", REGISTRY, DAY)
    assert (found.agency, found.basis) == ("QH-304", "signing block")


def test_a_bare_committee_in_the_signing_block_names_nobody() -> None:
    assert identify([], "", None, "TM. ỦY BAN NHÂN DÂN CHỦ TỊCH", REGISTRY, DAY).agency is None


def test_the_place_of_the_date_line_speaks_only_for_a_committee() -> None:
    assert identify([], "BC-UBND", "Tiên Lãng", None, REGISTRY, DAY).candidates == ("QH-315", "CX-11755A")
    assert identify([], "BC-UBND", "Cát Hải", None, REGISTRY, DAY).agency is None
    assert identify([], "BC-SYT", "Tiên Lãng", None, REGISTRY, DAY).candidates == ()


def test_a_number_of_a_department_under_the_committee_leaves_the_issuer_open() -> None:
    top = ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG"]
    assert identify(top, "BC-UBND", "Hải Phòng", None, REGISTRY, DAY).agency == "HP-UBND"
    lost = identify(top, "BC-STP", "Hải Phòng", None, REGISTRY, DAY)
    assert lost.agency is None and lost.candidates == ("HP-STP", "HP-UBND")


def test_a_director_signs_for_no_committee_of_the_people() -> None:
    top = ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG"]
    lost = identify(top, "", "Hải Phòng", "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC", REGISTRY, DAY)
    assert lost.agency is None and lost.candidates == ("HP-UBND",)
    for signed in ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH PHÓ CHỦ TỊCH", "TUQ. CHỦ TỊCH GIÁM ĐỐC SỞ TƯ PHÁP"):
        assert identify(top, "", "Hải Phòng", signed, REGISTRY, DAY).agency == "HP-UBND"


def test_the_motto_and_the_number_name_nobody() -> None:
    found = identify(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/BC-UBND", "HỎA TỐC"], "BC-UBND", None, None, REGISTRY, DAY)
    assert (found.agency, found.basis) == (None, "nothing names the issuer")


CITY = "Ủy ban nhân dân thành phố Hải Phòng"


def signature(
    organisation: str, signer: str = "Nguyễn Thí Dụ", signed: str = "2023-11-10T08:00:00+07:00", changed: bool = False, unit: str = ""
) -> Signature:
    return Signature(signer, organisation, signed, changed, unit)


def signed(top: list[str], *signatures: Signature, signed_as: str | None = None) -> Identity:
    """Who wrote what has these lines on top and these signatures."""
    return by_signature(identify(top, "", None, signed_as, REGISTRY, DAY), top, signatures, REGISTRY, DAY)


def test_a_signature_names_the_issuer_where_nothing_else_does() -> None:
    found = signed([], signature("Ủy ban nhân dân quận Ngô Quyền"))
    assert (found.agency, found.basis, found.candidates) == ("QH-304", "signature", ())


def test_the_seal_of_an_office_goes_before_the_superior_that_its_certificate_names() -> None:
    found = signed([], signature("Ủy ban nhân dân thành phố Hải Phòng", signer="SỞ NỘI VỤ"))
    assert found.agency == "HP-SNV"


@pytest.mark.parametrize(
    ("unit", "organisation", "agency"),
    [
        ("Sở Tư pháp", CITY, "HP-STP"),
        ("Phòng Tổ chức; Sở Tư pháp", CITY, "HP-STP"),
        ("UBND xã An Hòa", "UBND huyện An Dương", "CX-11590A"),
        ("UBND xã An Hòa", CITY, None),
        ("Văn phòng", "UBND quận Ngô Quyền", "QH-304"),
        ("", "UBND quận Ngô Quyền", "QH-304"),
        ("Trường THPT Thí Dụ", "Sở Giáo dục và Đào tạo", None),
        ("UBND phường Thí Dụ", "UBND quận Ngô Quyền", None),
    ],
    ids=[
        "a department of the city", "a room of a department", "a name that several bear, below its district",
        "the same below the city only",
        "a part of the organisation", "none", "a school that the registry does not have", "a ward that the registry does not have",
    ],
)  # fmt: skip
def test_the_unit_of_a_certificate_goes_before_its_organisation(unit: str, organisation: str, agency: str | None) -> None:
    assert signed([], signature(organisation, unit=unit)).agency == agency


def test_a_certificate_that_names_the_issuer_beside_its_own_unit_is_no_other_agency() -> None:
    certificates = [signature(CITY, unit="Sở Tư pháp")]
    who = identify([CITY.upper()], "", None, None, REGISTRY, DAY)
    assert who.agency == "HP-UBND"
    assert not signed_by_another(who, certified_agencies(certificates, REGISTRY, DAY), REGISTRY)
    other = identify(["SỞ Y TẾ"], "", None, None, REGISTRY, DAY)
    assert signed_by_another(other, signing_agencies(certificates, REGISTRY, DAY), REGISTRY)


def test_a_signature_decides_between_those_who_bear_one_name_but_names_no_third() -> None:
    top = ["UBND XÃ AN HÒA"]
    one = signed(top, signature("Ủy ban nhân dân xã An Hòa, huyện An Dương"))
    assert (one.agency, one.basis) == ("CX-11590A", "signature")
    third = signed(top, signature("UBND quận Ngô Quyền"))
    assert third.agency is None and {"CX-11590A", "CX-11854A"} == set(third.candidates)


def test_a_name_read_with_wrong_tone_marks_is_settled_by_the_signature() -> None:
    top = ["UBND QUÂN NGÔ QUYÊN"]
    assert signed(top).agency is None
    assert signed(top, signature("UBND quận Ngô Quyền")).agency == "QH-304"


@pytest.mark.parametrize(
    "top",
    [
        ["UBND QUẬN NGÔ QUYỀN", "BAN CHỈ ĐẠO THỰC HIỆN DÂN CHỦ"],
        ["UBND QUẬN NGÔ QUYỀN", "TRƯỜNG TIỂU HỌC THÍ DỤ"],
        ["TRƯỜNG TIỂU HỌC THÍ DỤ"],
        ["ĐẢNG BỘ QUẬN NGÔ QUYỀN", "ĐẢNG ỦY PHƯỜNG LẠC VIÊN"],
        ["UBND TỈNH QUẢNG NINH", "UBND QUẬN NGÔ QUYỀN"],
    ],
)
def test_a_letterhead_that_names_another_body_is_not_credited_to_who_signed(top: list[str]) -> None:
    assert signed(top, signature("UBND quận Ngô Quyền")).agency is None


def test_a_signature_never_overrides_the_letterhead() -> None:
    found = signed(["UBND QUẬN NGÔ QUYỀN"], signature("UBND quận Lê Chân"))
    assert (found.agency, found.basis) == ("QH-304", "letterhead")


@pytest.mark.parametrize(
    "signatures",
    [
        (signature("UBND quận Ngô Quyền", changed=True),),
        (signature("UBND quận Ngô Quyền"), signature("UBND quận Lê Chân")),
        (signature("UBND xã An Hòa"),),
        (signature("Công ty Thí Dụ"),),
        (),
    ],
    ids=["changed afterwards", "of two agencies", "of a name that several bear", "of nobody we know", "none"],
)
def test_signatures_that_settle_nothing(signatures: tuple[Signature, ...]) -> None:
    assert signed([], *signatures) == NOBODY


def test_the_day_of_signing_decides_which_of_two_signed() -> None:
    assert signed([], signature("Sở Nội vụ", signed="2025-11-10T08:00:00+07:00")).agency == "HP-SNV2"
    assert signed([], signature("Sở Nội vụ", signed="")).agency == "HP-SNV"


@pytest.mark.parametrize(
    ("top", "organisation", "another"),
    [
        ("UBND QUẬN NGÔ QUYỀN", "UBND quận Lê Chân", True),
        ("UBND QUẬN NGÔ QUYỀN", "UBND quận Ngô Quyền", False),
        ("UBND QUẬN NGÔ QUYỀN", "UBND thành phố Hải Phòng", False),  # its superior
        ("UBND QUẬN NGÔ QUYỀN", "Công ty Thí Dụ", False),
        ("TRƯỜNG TIỂU HỌC THÍ DỤ", "UBND quận Lê Chân", True),
        ("UBND XÃ AN HÒA", "UBND xã An Hòa, huyện An Dương", False),  # one of the candidates
    ],
)
def test_whether_another_agency_signed(top: str, organisation: str, another: bool) -> None:
    who = identify([top], "", None, None, REGISTRY, DAY)
    assert signed_by_another(who, signing_agencies([signature(organisation)], REGISTRY, DAY), REGISTRY) is another


def test_where_nobody_is_named_nobody_is_another() -> None:
    assert not signed_by_another(NOBODY, signing_agencies([signature("UBND quận Lê Chân")], REGISTRY, DAY), REGISTRY)
