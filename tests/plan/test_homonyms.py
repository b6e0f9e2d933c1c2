"""Names that several agencies share are told apart wherever agencies are listed."""

from collections import Counter
from pathlib import Path

import pytest

from minhchung.plan.homonyms import told_names
from minhchung.plan.registry import in_year, load_registry, registry_from_text

SHIPPED = load_registry()
HEAD = "code,name,short,kind,parent,from,to,successors,symbols,confidence,aliases\n"
LIST = (
    HEAD
    + """\
TP,Ủy ban nhân dân thành phố Đó,,khac,,,,,,verified,
H1,Ủy ban nhân dân huyện Một,,ubnd_huyen,TP,,,,,verified,
H2,UBND huyện Hai,,ubnd_huyen,TP,,,,,verified,
X1,Ủy ban nhân dân xã Hòa Bình,,ubnd_xa,H1,,,,,verified,
X2,UBND xã Hoà Bình,,ubnd_xa,H2,,,,,verified,
X3,Ủy ban nhân dân xã Lẻ,,ubnd_xa,H1,,,,,verified,
S1,Sở Nội vụ,,so,TP,,2025-02-28,S2,,verified,
S2,Sở Nội vụ,,so,TP,2025-03-01,,,,verified,
Y1,Ủy ban nhân dân xã Trùng,,ubnd_xa,H1,,,,,verified,
Y2,Ủy ban nhân dân xã Trùng,,ubnd_xa,H1,,,,,verified,
Y3,Ủy ban nhân dân xã Trùng,,ubnd_xa,,,,,,verified,
"""
)


def told(*years: int) -> dict[str, str]:
    return told_names(registry_from_text(LIST, Path("l.csv")), years)


def test_a_shared_name_carries_its_superior_however_it_is_spelled_and_no_other_does() -> None:
    names = told(2023)
    assert (names["X1"], names["X2"]) == ("UBND xã Hòa Bình, huyện Một", "UBND xã Hoà Bình, huyện Hai")
    assert (names["X3"], names["S1"], names["H2"]) == ("UBND xã Lẻ", "Sở Nội vụ", "UBND huyện Hai")


def test_what_followed_the_other_within_the_year_carries_its_code_in_that_year_only() -> None:
    assert [told(2025)[code] for code in ("S1", "S2")] == ["Sở Nội vụ (S1)", "Sở Nội vụ (S2)"]
    assert told(2026)["S2"] == "Sở Nội vụ"
    assert [told(2024, 2026)[code] for code in ("S1", "S2")] == ["Sở Nội vụ (S1)", "Sở Nội vụ (S2)"]


def test_what_a_superior_does_not_tell_apart_carries_its_code_too() -> None:
    names = told(2023)
    assert [names[code] for code in ("Y1", "Y2", "Y3")] == [
        "UBND xã Trùng, huyện Một (Y1)", "UBND xã Trùng, huyện Một (Y2)", "UBND xã Trùng",
    ]  # fmt: skip


@pytest.mark.parametrize("year", [2023, 2024, 2025, 2026])
def test_no_two_agencies_of_a_year_are_told_by_one_name(year: int) -> None:
    names = told_names(SHIPPED, (year,))
    counted = Counter(names[agency.code] for agency in SHIPPED.agencies if in_year(agency, year))
    assert [name for name, count in counted.items() if count > 1] == []
    if year == 2023:
        assert names["CX-11620A"] == "UBND xã Quốc Tuấn, huyện An Dương" and names["CX-11650A"] == "UBND xã Quốc Tuấn, huyện An Lão"
        assert sum(", huyện" in name for name in names.values()) < 40
