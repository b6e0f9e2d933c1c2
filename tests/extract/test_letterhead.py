"""Who wrote a document, what it is and when, by its top and its signing block."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from minhchung.extract.letterhead import LetterheadReading, read_letterhead
from minhchung.ingest.model import Signature
from minhchung.plan.registry import load_registry

TITLE = "Kết quả thi hành Luật Thực hiện dân chủ ở cơ sở năm 2023"
DATED = "Hải Phòng, ngày 10 tháng 11 năm 2023"


def read(
    draft: Any, *issuer: str, number: str = "Số: 12/BC-UBND", dated: str = DATED, kind: str = "BÁO CÁO", title: str = TITLE
) -> LetterheadReading:
    reading: LetterheadReading = draft(*issuer, number, dated, kind, title).say("Thực hiện công văn của Sở, đơn vị báo cáo.").letterhead()
    return reading


def agency(draft: Any, *issuer: str, **more: str) -> str | None:
    return read(draft, *issuer, **more).letterhead.agency


@pytest.mark.parametrize(
    ("issuer", "code"),
    [
        (("ỦY BAN NHÂN DÂN", "QUẬN NGÔ QUYỀN"), "QH-304"),
        (("UBND QUẬN NGÔ QUYỀN",), "QH-304"),
        (("UỶ BAN NHÂN DÂN", "QUẬN NGÔ QUYỀN"), "QH-304"),
        (("UBND THÀNH PHỐ HẢI PHÒNG", "SỞ TƯ PHÁP"), "HP-STP"),
        (("ỦY BAN NHÂN DÂN", "THÀNH PHỐ HẢI PHÒNG", "SỞ Y TẾ"), "HP-SYT"),
        (("UBND THÀNH PHỐ", "SỞ DU LỊCH"), "HP-SDL"),
        (("SỞ TƯ PHÁP",), "HP-STP"),
        (("UBND QUẬN LÊ CHÂN", "ỦY BAN NHÂN DÂN", "PHƯỜNG AN BIÊN"), "CX-11371A"),
        (("UBND THÀNH PHỐ HẢI PHÒNG", "TRƯỜNG ĐẠI HỌC HẢI PHÒNG"), "HP-DHHP"),
        (
            ("UBND THÀNH PHỐ HẢI PHÒNG", "SỞ VĂN HÓA VÀ THỂ THAO", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
            "HP-SVHTT",
        ),
    ],
)
def test_the_issuer_is_the_last_name_of_the_block(draft: Any, issuer: tuple[str, ...], code: str) -> None:
    found = read(draft, *issuer)
    assert found.letterhead.agency == code
    assert not found.issues


def test_the_name_of_a_credited_agency_is_the_registrys(draft: Any) -> None:
    assert read(draft, "UBND QUẬN NGÔ QUYỀN").letterhead.agency_name == "Ủy ban nhân dân quận Ngô Quyền"


@pytest.mark.parametrize(
    ("issuer", "candidates"),
    [
        (("UBND QUẬN NGÔ QUYỀN", "PHÒNG NỘI VỤ"), ("QH-304",)),
        (("UBND QUẬN NGÔ QUYỀN", "BAN CHỈ ĐẠO THỰC HIỆN DÂN CHỦ"), ("QH-304",)),
        (("ĐẢNG BỘ QUẬN NGÔ QUYỀN", "ĐẢNG ỦY PHƯỜNG LẠC VIÊN"), ()),
        (("UBND TỈNH QUẢNG NINH", "SỞ NỘI VỤ"), ()),
        (("UBND THÀNH PHỐ CẦN THƠ", "SỞ NỘI VỤ"), ()),
    ],
)
def test_what_is_not_surely_an_agency_is_proposed_and_never_credited(
    draft: Any, issuer: tuple[str, ...], candidates: tuple[str, ...]
) -> None:
    found = read(draft, *issuer)
    assert (found.letterhead.agency, found.letterhead.candidates) == (None, candidates)
    (issue,) = found.issues
    assert issue.code == "agency-unknown" and issue.next_step


def test_namesakes_are_told_apart_by_their_superior(draft: Any) -> None:
    assert agency(draft, "UBND HUYỆN AN DƯƠNG", "UBND XÃ AN HÒA") == "CX-11590A"
    assert agency(draft, "UBND HUYỆN VĨNH BẢO", "UBND XÃ AN HÒA") == "CX-11854A"
    alone = read(draft, "UBND XÃ AN HÒA").letterhead
    assert alone.agency is None and set(alone.candidates) == {"CX-11590A", "CX-11854A"}


def test_the_day_decides_between_the_old_and_the_new_department(draft: Any) -> None:
    issuer = ("UBND THÀNH PHỐ HẢI PHÒNG", "SỞ NỘI VỤ")
    assert agency(draft, *issuer) == "HP-SNV"
    assert agency(draft, *issuer, dated="Hải Phòng, ngày 10 tháng 11 năm 2025") == "HP-SNV2"


def test_number_place_date_type_and_title(draft: Any) -> None:
    head = read(draft, "UBND QUẬN NGÔ QUYỀN").letterhead
    assert (head.number, head.place, head.date, head.type, head.title) == ("12/BC-UBND", "Hải Phòng", "2023-11-10", "BÁO CÁO", TITLE)


@pytest.mark.parametrize("number", ["Số:      /BC-UBND", "Số: /BC-UBND"])
def test_a_blank_number_is_none(draft: Any, number: str) -> None:
    assert read(draft, "UBND QUẬN NGÔ QUYỀN", number=number).letterhead.number is None


@pytest.mark.parametrize(
    "dated", ["Hải Phòng, ngày      tháng 11 năm 2023", "Hải Phòng, ngày ... tháng ... năm 2023", "Hải Phòng, ngày 31 tháng 11 năm 2023"]
)
def test_a_blank_or_impossible_day_is_none_and_the_place_stays(draft: Any, dated: str) -> None:
    head = read(draft, "UBND QUẬN NGÔ QUYỀN", dated=dated).letterhead
    assert (head.date, head.place) == (None, "Hải Phòng")


def test_an_official_letter_has_its_subject_under_the_number(draft: Any) -> None:
    report = draft("SỞ TƯ PHÁP", "Số: 814/STP-PBGDPL", "V/v kết quả thi hành Luật Thực hiện dân chủ ở cơ sở", DATED, "Kính gửi: Sở Nội vụ")
    head = report.say("Sở Tư pháp báo cáo.").letterhead().letterhead
    assert (head.type, head.number, head.title) == ("CÔNG VĂN", "814/STP-PBGDPL", "kết quả thi hành Luật Thực hiện dân chủ ở cơ sở")


def test_a_title_of_several_lines_is_one(draft: Any) -> None:
    report = draft("SỞ TƯ PHÁP", "Số: 9/BC-STP", DATED, "BÁO CÁO", "Kết quả thi hành Luật", "Thực hiện dân chủ ở cơ sở năm 2023", "-----")
    reading = report.say("Thực hiện Kế hoạch số 131, Sở báo cáo.").letterhead()
    assert reading.letterhead.title == "Kết quả thi hành Luật Thực hiện dân chủ ở cơ sở năm 2023"
    assert reading.body_starts == 7


@pytest.mark.parametrize(
    ("title", "dated", "year"),
    [
        ("Kết quả năm 2023", "Hải Phòng, ngày 10 tháng 11 năm 2023", 2023),
        ("Kết quả năm 2023", "Hải Phòng, ngày 10 tháng 01 năm 2024", 2023),
        ("Kết quả năm 2023, nhiệm vụ năm 2024", "Hải Phòng, ngày 20 tháng 12 năm 2023", 2023),
        ("Kết quả năm 2023, nhiệm vụ năm 2024", "Hải Phòng, ngày 05 tháng 01 năm 2024", 2024),
        ("Kết quả thi hành Luật", "Hải Phòng, ngày 10 tháng 11 năm 2023", 2023),
        ("Kết quả thi hành Luật", "Hải Phòng, ngày     tháng 11 năm 2023", 2023),
        ("Kết quả thi hành Luật", "Hải Phòng, ngày     tháng     năm", None),
        ("Kết quả thi hành Luật", "Hải Phòng", None),
    ],
)
def test_the_year_reported_on(draft: Any, title: str, dated: str, year: int | None) -> None:
    assert read(draft, "SỞ TƯ PHÁP", title=title, dated=dated).letterhead.year == year


def test_without_title_and_day_the_opening_names_the_year(draft: Any) -> None:
    report = draft("SỞ TƯ PHÁP", "BÁO CÁO", "Kết quả thi hành Luật").say("Thực hiện nhiệm vụ năm 2023, Sở báo cáo.")
    assert report.letterhead().letterhead.year == 2023


def test_what_a_report_replaces(draft: Any) -> None:
    report = draft("SỞ TƯ PHÁP", "Số: 20/BC-STP", DATED, "BÁO CÁO", TITLE).say(
        "Báo cáo này thay thế Báo cáo số 12 /BC-STP ngày 01/11/2023."
    )
    assert report.letterhead().letterhead.replaces == ("12/BC-STP",)


def test_the_signer_and_the_capacity(draft: Any) -> None:
    report = draft("SỞ TƯ PHÁP", "Số: 20/BC-STP", DATED, "BÁO CÁO", TITLE).say(
        "Sở báo cáo.", "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Trần Văn Bình"
    )
    head = report.letterhead().letterhead
    assert (head.signer, head.signed_as) == ("Trần Văn Bình", "KT. GIÁM ĐỐC PHÓ GIÁM ĐỐC")


def test_a_sentence_that_begins_with_a_type_is_no_type_line(draft: Any) -> None:
    head = draft("SỞ TƯ PHÁP", DATED, "BÁO CÁO này được gửi đúng hạn", "KẾ HOẠCH", "Thi hành Luật").letterhead().letterhead
    assert head.type == "KẾ HOẠCH"


def test_a_report_without_any_text_is_named_by_its_file(draft: Any) -> None:
    reading = draft(path="bao-cao/so-tu-phap-2023.pdf").letterhead()
    assert (reading.letterhead.agency, reading.letterhead.basis, reading.letterhead.year) == ("HP-STP", "file name", 2023)
    assert reading.body_starts == 0


def signed(report: Any, organisation: str, changed: bool = False) -> LetterheadReading:
    """A report with one digital signature."""
    signature = Signature("Nguyễn Thí Dụ", organisation, "2023-11-10T08:00:00+07:00", changed)
    return read_letterhead(replace(report.report(), signatures=(signature,)), load_registry())


def test_a_digital_signature_names_the_sender_of_a_report_without_letterhead(draft: Any) -> None:
    reading = signed(draft("BÁO CÁO", TITLE, path="ubnd-quan-le-chan.pdf").say("Đơn vị báo cáo."), "UBND quận Ngô Quyền")
    head = reading.letterhead
    assert (head.agency, head.agency_name, head.basis) == ("QH-304", "Ủy ban nhân dân quận Ngô Quyền", "signature")
    assert not reading.issues


def test_a_scan_without_any_text_is_known_by_its_signature_before_its_name(draft: Any) -> None:
    head = signed(draft(path="so-tu-phap-2023.pdf"), "UBND quận Ngô Quyền").letterhead
    assert (head.agency, head.basis, head.year) == ("QH-304", "signature", 2023)


def test_a_signer_other_than_the_issuer_is_told_and_changes_nothing(draft: Any) -> None:
    reading = signed(draft("UBND QUẬN NGÔ QUYỀN", "Số: 12/BC-UBND", DATED, "BÁO CÁO", TITLE), "UBND quận Lê Chân")
    assert (reading.letterhead.agency, reading.letterhead.basis) == ("QH-304", "letterhead")
    (issue,) = reading.issues
    assert issue.code == "signer-other-agency"
    assert "Ủy ban nhân dân quận Lê Chân" in issue.message and "Ủy ban nhân dân quận Ngô Quyền" in issue.message


def test_a_signature_under_another_bodys_letterhead_is_only_offered(draft: Any) -> None:
    reading = signed(draft("TRƯỜNG TIỂU HỌC THÍ DỤ", "Số: 12/BC-TH", DATED, "BÁO CÁO", TITLE), "UBND quận Lê Chân")
    assert (reading.letterhead.agency, reading.letterhead.candidates) == (None, ("QH-305",))
    assert [issue.code for issue in reading.issues] == ["signer-other-agency", "agency-unknown"]
    assert "TRƯỜNG TIỂU HỌC THÍ DỤ" in reading.issues[0].message


def test_a_file_changed_after_signing_offers_its_signer_only(draft: Any) -> None:
    head = signed(draft("BÁO CÁO", TITLE).say("Đơn vị báo cáo."), "UBND quận Ngô Quyền", changed=True).letterhead
    assert (head.agency, head.candidates) == (None, ("QH-304",))


def test_a_places_kind_in_capitals_belongs_to_the_place(draft: Any) -> None:
    head = read(draft, "UBND HUYỆN TIÊN LÃNG", "UBND THỊ TRẤN TIÊN LÃNG", dated="TT Tiên Lãng, ngày 06 tháng 11 năm 2023").letterhead
    assert (head.agency, head.place, head.date) == ("CX-11755A", "TT Tiên Lãng", "2023-11-06")
