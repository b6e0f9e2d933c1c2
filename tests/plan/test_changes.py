"""What a changed plan would change, cell by cell."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

from minhchung.plan.changes import CellChange, compare
from minhchung.plan.loader import load_plan
from minhchung.plan.model import Duty, Plan
from minhchung.plan.registry import load_registry

REGISTRY = load_registry()


def changed(duty: str, **new: object) -> Plan:
    plan = load_plan()
    return replace(plan, duties=tuple(replace(d, **new) if d.id == duty else d for d in plan.duties))  # type: ignore[arg-type]


def changes(new: Plan, *years: int) -> list[CellChange]:
    return compare(load_plan(), new, REGISTRY, years or (2023,))


def test_a_plan_is_no_change_to_itself() -> None:
    assert changes(load_plan(), 2023, 2024, 2025, 2026) == []


def test_a_duty_given_to_others_appears_and_vanishes() -> None:
    found = changes(changed("O13", actors=("G-SO",)))
    assert Counter((c.change, c.duty, c.item) for c in found) == {("vanishes", "O13", "II.1.d"): 15, ("appears", "O13", "II.1.d"): 20}
    assert all(c.year == 2023 and not c.changed for c in found)


def test_another_day_changes_the_cells_and_tells_both_days() -> None:
    due = replace(next(d.due for d in load_plan().duties if d.id == "O24"), before_day="12-01")
    found = changes(changed("O24", due=due), 2023, 2024)
    assert {c.change for c in found} == {"changes"} and Counter(c.year for c in found) == {2023: 44, 2024: 44}
    assert found[0].changed == {"due": ["2023-11-14", "2023-11-30"]}


def test_other_words_of_a_duty_are_a_change() -> None:
    (one,) = changes(changed("O01", quote="Tổ chức hội nghị."))
    assert one.agency.code == "HP-UBND" and one.changed["quote"][1] == "Tổ chức hội nghị."


def test_what_is_owed_no_longer_but_asked_is_a_change() -> None:
    found = changes(changed("O09", kind="request"))
    assert [(c.agency.code, c.changed) for c in found] == [("HP-SNV", {"role": ["lead", "request"], "owed": ["True", "False"]})]


def test_a_trigger_that_has_happened_gives_cells_their_day() -> None:
    plan = load_plan()
    triggers = tuple(replace(t, day=date(2023, 12, 1)) if t.id == "T2" else t for t in plan.triggers)
    (one,) = changes(replace(plan, triggers=triggers))
    assert one.changed == {"opens": ["", "2023-12-01"], "due": ["", "2023-12-31"], "waiting_for": ["T2", ""]}


def test_a_duty_less_vanishes_in_every_year_that_had_it() -> None:
    plan = load_plan()
    kept: tuple[Duty, ...] = tuple(d for d in plan.duties if d.id != "O16")
    assert [(c.change, c.year) for c in changes(replace(plan, duties=kept), 2023, 2024)] == [("vanishes", 2023)]
