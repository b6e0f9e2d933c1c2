"""Agencies through time in a plan's years: who stands in each, what ended, who follows whom, and that duties go on only by a document."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhchung.plan.cells import covers, ended, expand, orphaned
from minhchung.plan.groups import expand_group
from minhchung.plan.loader import check_plan, load_plan
from minhchung.plan.model import Cell, HandedOn, Plan
from minhchung.plan.registry import load_registry
from minhchung.plan.succession import predecessors, successors

FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts"
REGISTRY = load_registry()
DISTRICT_KINDS = {"ubnd_quan", "ubnd_huyen", "ubnd_thanh_pho_thuoc"}
COMMUNE_KINDS = {"ubnd_xa", "ubnd_phuong", "ubnd_thi_tran", "dac_khu"}


def fact_rows(name: str) -> list[dict[str, str]]:
    if not (FACTS / name).exists():
        pytest.skip(f"../shared/facts/{name} is not here")
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def handed_on(duty: str, *to: str, since: date = date(2025, 7, 1)) -> Plan:
    plan = load_plan()
    entry = HandedOn(to, since, "Công văn số 12/SNV-XDCQ")
    return replace(plan, duties=tuple(replace(d, handed_on=entry) if d.id == duty else d for d in plan.duties))


def owing(plan: Plan, duty: str, day: date) -> dict[str, Cell]:
    return {cell.agency.code: cell for cell in expand(plan, REGISTRY, day.year, day) if cell.duty.id == duty and cell.owed}


def kinds(year: int, as_of: date | None = None) -> Counter[str]:
    """How many departments, districts and communes owe something in that year."""
    codes = {cell.agency.code for cell in expand(load_plan(), REGISTRY, year, as_of) if cell.owed}
    departments = {a.code for a in expand_group("G-SO", REGISTRY, as_of or date(year, 12, 31))}
    found: Counter[str] = Counter(departments=len(codes & departments))
    for code in codes - departments:
        kind = REGISTRY.by_code(code).kind
        found["districts" if kind in DISTRICT_KINDS else "communes" if kind in COMMUNE_KINDS else "others"] += 1
    return found


@pytest.mark.parametrize(
    ("year", "as_of", "departments", "districts", "communes"),
    [
        (2023, None, 20, 15, 217),
        (2024, None, 20, 15, 217),
        (2025, date(2025, 1, 1), 20, 15, 167),
        (2025, date(2025, 6, 30), 14, 15, 167),
        (2025, date(2025, 7, 1), 14, 0, 114),
        (2025, None, 14, 0, 114),
        (2026, None, 14, 0, 114),
    ],
)
def test_each_year_has_the_agencies_that_existed(year: int, as_of: date | None, departments: int, districts: int, communes: int) -> None:
    found = kinds(year, as_of)
    assert (found["departments"], found["districts"], found["communes"]) == (departments, districts, communes)


def test_the_agencies_of_each_year_are_those_of_the_facts() -> None:
    """Departments by the rule of groups.csv; a period known to the year only does not occur among them."""
    rows = fact_rows("agencies.csv")
    for year in (2023, 2024, 2025, 2026):
        day = f"{year}-12-31"
        there = [r for r in rows if (r["valid_from"] or "0") <= day and day <= (r["valid_to"] or "9999")]
        found = kinds(year)
        assert found["departments"] == sum(r["kind"] == "so" or r["code"] == "HP-BQLKKT" for r in there)
        assert found["districts"] == sum(r["kind"] in DISTRICT_KINDS for r in there)
        assert found["communes"] == sum(r["kind"] in COMMUNE_KINDS and r["valid_from"] <= day for r in there)


def test_what_ended_within_the_year_is_told_with_its_last_day_and_no_longer_owed() -> None:
    gone = ended(load_plan(), REGISTRY, 2025)
    districts = {c.agency.code for c in gone if c.agency.kind in DISTRICT_KINDS}
    assert len(districts) == 15 and {c.ended for c in gone if c.agency.code in districts} == {date(2025, 6, 30)}
    assert not any(cell.owed or cell.due for cell in gone)
    assert {c.ended for c in gone if c.duty.id == "O03"} == {date(2025, 2, 28)}
    assert ended(load_plan(), REGISTRY, 2025, date(2025, 2, 1)) == ()
    assert ended(load_plan(), REGISTRY, 2023) == ()
    assert {c.agency.code for c in ended(load_plan(), REGISTRY, 2026)} == {"HP-BQLGT"}, "what ended in 2025 is not told again"


@given(day=st.dates(min_value=date(2023, 1, 1), max_value=date(2027, 12, 31)))
def test_nobody_is_both_ended_and_owing(day: date) -> None:
    owes = {(c.agency.code, c.duty.id) for c in expand(load_plan(), REGISTRY, day.year, day)}
    gone = {(c.agency.code, c.duty.id) for c in ended(load_plan(), REGISTRY, day.year, day)}
    assert not owes & gone
    assert all(REGISTRY.by_code(code).valid_on(day) for code, _ in owes)
    assert not any(REGISTRY.by_code(code).valid_on(day) for code, _ in gone)


def test_a_duty_goes_on_only_from_the_day_that_its_document_says() -> None:
    plan = handed_on("O13", "successors")
    assert len(owing(plan, "O13", date(2025, 6, 30))) == 15
    after = owing(plan, "O13", date(2025, 7, 1))
    assert len(after) == 50 and {c.by for c in after.values()} == {"Công văn số 12/SNV-XDCQ"}, "the other 64 lie in the former Hải Dương"
    assert {c.agency.kind for c in after.values()} <= COMMUNE_KINDS
    assert len(owing(plan, "O13", date(2026, 3, 1))) == 50
    assert owing(load_plan(), "O13", date(2025, 7, 1)) == {}


def test_duties_that_nobody_owes_any_more_are_told_until_a_document_hands_them_on() -> None:
    assert orphaned(load_plan(), REGISTRY, 2024) == ()
    lost = {duty.id for duty in orphaned(load_plan(), REGISTRY, 2026)}
    assert {"O03", "O04i", "O04ii", "O09", "O13"} <= lost and not lost & {"O02", "O07", "O22", "O24"}
    assert "O13" not in {duty.id for duty in orphaned(handed_on("O13", "successors"), REGISTRY, 2026)}
    assert orphaned(load_plan(), REGISTRY, 2025, date(2025, 2, 1)) == ()


def test_a_duty_may_go_to_bodies_named_outright() -> None:
    plan = handed_on("O03", "HP-SNV2", since=date(2025, 3, 1))
    assert owing(plan, "O03", date(2025, 2, 28)).keys() == {"HP-SLDTBXH"}
    assert owing(plan, "O03", date(2025, 3, 1)).keys() == {"HP-SNV2"}


def test_successors_are_followed_through_all_that_came_between() -> None:
    codes = [a.code for a in successors(REGISTRY.by_code("QH-311"), REGISTRY, date(2025, 8, 1))]
    assert codes and all(code.endswith("C") for code in codes)
    assert [a.code for a in successors(REGISTRY.by_code("QH-311"), REGISTRY, date(2025, 2, 1))] == ["QH-311B"]
    assert successors(REGISTRY.by_code("QH-311"), REGISTRY, date(2024, 2, 1)) == ()


def test_predecessors_are_those_of_the_facts_without_superiors_and_without_bodies_that_stood_beside_them() -> None:
    found = predecessors(REGISTRY, 2025)
    assert [a.code for a in found["HP-SNV2"]] == ["HP-SNV", "HP-SLDTBXH"]
    assert "HP-SGDDT" not in found, "it existed beside Sở Lao động and has evidence of its own"
    assert all(a.kind in COMMUNE_KINDS for code, olds in found.items() if code.startswith("CX-") for a in olds if code != "CX-11948C")
    assert [a.code for a in found["CX-11948C"]] == ["QH-318"], "the island district had no communes"
    merged: dict[str, set[str]] = {}
    for row in fact_rows("predecessors.csv"):
        if row["effective"] == "2025-07-01":
            merged.setdefault(row["new_code"], set()).add(row["old_code"])
    for code, olds in merged.items():
        assert {a.code for a in found.get(code, ())} <= olds


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('handed_on = { to = ["successors"], since = 2025-07-01, document = "12/SNV" }', ""),
        ('handed_on = { to = ["G-UBCC"], since = 2025-07-01 }', "who, from which day, by which document"),
        ('handed_on = { to = ["G-UBC"], since = 2025-07-01, document = "12/SNV" }', "Did you mean G-UBCC?"),
        ('handed_on = { to = ["HP-SNV2"], since = "1/7/2025", document = "12/SNV" }', "Write a day without quotes"),
    ],
)
def test_the_entry_is_one_line_and_a_wrong_one_is_named(tmp_path: Path, line: str, said: str) -> None:
    text = Path(load_plan().path).read_text(encoding="utf-8")
    path = tmp_path / "plan.toml"
    path.write_text(text.replace('id = "O13"\n', f'id = "O13"\n{line}\n'), encoding="utf-8")
    faults = check_plan(path)
    assert [said in str(fault) for fault in faults] == ([True] if said else [])
    if not said:
        duty = next(d for d in load_plan(path).duties if d.id == "O13")
        assert duty.handed_on == HandedOn(("successors",), date(2025, 7, 1), "12/SNV")


def test_a_plan_covers_its_years_and_no_others() -> None:
    plan = replace(load_plan(), last_year=2024)
    assert [covers(plan, year) for year in (2022, 2023, 2024, 2025)] == [False, True, True, False]
    assert expand(plan, REGISTRY, 2025) == () and ended(plan, REGISTRY, 2025) == ()
    assert covers(load_plan(), 2040)
