"""An agency from the signing block, the place of the date line, or the file's name: proposals of last resort."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

import pytest

from minhchung.extract.identity import from_file_name, identify
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


def test_the_motto_and_the_number_name_nobody() -> None:
    found = identify(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 12/BC-UBND", "HỎA TỐC"], "BC-UBND", None, None, REGISTRY, DAY)
    assert (found.agency, found.basis) == (None, "nothing names the issuer")
