"""A year of the plan: which agencies stand in it, what they owe, and by when."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from minhchung.plan.cells import day_of, expand
from minhchung.plan.loader import load_plan
from minhchung.plan.model import Cell
from minhchung.plan.registry import load_registry

# How many agencies each duty addresses in 2023 by the duty matrix: assigned, advising or asked. O05 as many as are listed; O08 cannot be.
ADDRESSED_2023 = {
    "O01": 1, "O02": 20, "O03": 1, "O04i": 15, "O04ii": 15, "O05": 9, "O06": 4, "O07": 252, "O09": 1, "O10": 1, "O11": 1, "O12": 1,
    "O13": 15, "O14": 1, "O15": 253, "O16": 1, "O17": 1, "O18": 1, "O20": 1, "O21": 3, "O22": 253, "O23": 35, "O24": 35,
}  # fmt: skip


def cells(year: int, as_of: date | None = None) -> tuple[Cell, ...]:
    return expand(load_plan(), load_registry(), year, as_of)


def of(duty: str, year: int = 2023, as_of: date | None = None) -> dict[str, Cell]:
    return {cell.agency.code: cell for cell in cells(year, as_of) if cell.duty.id == duty}


def test_every_duty_addresses_as_many_agencies_as_the_matrix_counts() -> None:
    told = Counter(cell.duty.id for cell in cells(2023) if cell.role in ("lead", "advise", "request"))
    assert dict(told) == ADDRESSED_2023


def test_no_agency_stands_twice_under_one_duty() -> None:
    for year in (2023, 2024, 2025):
        pairs = [(cell.duty.id, cell.agency.code) for cell in cells(year)]
        assert len(pairs) == len(set(pairs))


def test_the_citys_portal_is_counted_once() -> None:
    assert "HP-UBND" not in of("O07") and "HP-CTTDT" in of("O06")
    assert "HP-UBND" in of("O15") and "HP-STTTT" in of("O07")


def test_only_what_is_assigned_or_advised_is_owed() -> None:
    owed = {(cell.role, cell.owed) for year in (2023, 2024) for cell in cells(year)}
    assert owed == {
        ("lead", True), ("advise", True), ("request", False), ("inferred", False), ("accountability", False), ("event", False),
    }  # fmt: skip


def test_a_request_is_shown_and_not_owed() -> None:
    assert [(c, cell.role, cell.owed) for c, cell in of("O21").items()] == [
        ("HP-HDND-BPC", "request", False), ("HP-MTTQ", "request", False), ("HP-LDLD", "request", False),
    ]  # fmt: skip


def test_the_citys_units_owe_the_report_by_inference_only() -> None:
    unit, department = of("O24")["HP-DHHP"], of("O24")["HP-SNV"]
    assert (unit.role, unit.owed) == ("inferred", False)
    assert (department.role, department.owed, department.due) == ("lead", True, date(2023, 11, 14))


def test_coordinators_and_advisers_of_anothers_duty_get_no_cell() -> None:
    assert of("O01").keys() == {"HP-UBND"}
    assert of("O03").keys() == {"HP-SLDTBXH"}
    assert of("O16").keys() == {"HP-SNV"}


def test_communes_owe_only_what_names_all_levels() -> None:
    assert {cell.duty.id for cell in cells(2023) if cell.agency.code == "CX-11371A"} == {"O07", "O15", "O22"}


def test_the_resolution_is_owed_softly_and_waits_for_the_guidance() -> None:
    cell = of("O17")["HP-SNV"]
    assert (cell.role, cell.owed, cell.due, cell.waiting_for) == ("advise", True, None, ("T2",))


def test_the_regulation_opens_with_the_decree_and_is_due_at_the_quarters_end() -> None:
    cell = of("O15")["QH-305"]
    assert (cell.opens, cell.due, cell.waiting_for) == (date(2023, 8, 14), date(2023, 9, 30), ())


def test_one_off_duties_stand_in_the_plans_year_only() -> None:
    gone = {cell.duty.id for cell in cells(2023)} - {cell.duty.id for cell in cells(2024)}
    assert gone == {"O01", "O15", "O16", "O17", "O23"}
    assert of("O24", 2024)["QH-305"].due == date(2024, 11, 14)


def test_years_before_the_plan_are_empty() -> None:
    assert cells(2022) == () and cells(2022, date(2023, 12, 1)) == ()


def test_districts_stand_until_their_last_day_and_are_gone_the_day_after() -> None:
    assert len(of("O13", 2025, date(2025, 6, 30))) == 15
    assert of("O13", 2025, date(2025, 7, 1)) == of("O13", 2025) == {}


def test_a_merged_department_never_stands_beside_its_successor() -> None:
    before, after = of("O02", 2025, date(2025, 2, 28)), of("O02", 2025, date(2025, 3, 1))
    assert "HP-SNV" in before and "HP-SNV2" not in before
    assert "HP-SNV" not in after and "HP-SNV2" in after
    assert (len(before), len(after)) == (20, 14)


def test_duties_of_a_merged_department_are_not_handed_on() -> None:
    assert of("O03", 2025, date(2025, 2, 28)).keys() == {"HP-SLDTBXH"}
    assert of("O03", 2025) == {}


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        (None, date(2023, 12, 31)),
        (date(2023, 8, 1), date(2023, 8, 1)),
        (date(2026, 1, 1), date(2023, 12, 31)),
        (date(2020, 1, 1), date(2023, 1, 1)),
    ],
)
def test_a_year_is_looked_at_on_a_day_within_it(as_of: date | None, day: date) -> None:
    assert day_of(2023, as_of) == day


def test_a_past_year_keeps_its_agencies_when_looked_at_later() -> None:
    assert cells(2023, date(2025, 8, 1)) == cells(2023)
