"""The plan as data says what the plan's text says: each duty's words, clause, agencies and deadline stand where the data puts them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from minhchung.plan.groups import load_groups
from minhchung.plan.loader import load_plan
from minhchung.plan.model import Duty
from minhchung.plan.names import name_key, names_of
from minhchung.plan.registry import load_registry

TEXT = Path(__file__).resolve().parents[3] / "shared" / "plan" / "ke-hoach-hai-phong-2023.txt"
DUTIES = load_plan().duties
# Actors that the clause does not name in their own words, with the words they are read into; the duty's note must say so.
READ_INTO = {("O22", "G-SO"): "Các cơ quan, đơn vị"}


@cache
def lines() -> tuple[str, ...]:
    if not TEXT.exists():
        pytest.skip("../shared/plan/ke-hoach-hai-phong-2023.txt is not here")
    return tuple(line.strip() for line in TEXT.read_text(encoding="utf-8").splitlines() if line.strip())


@cache
def clauses() -> dict[str, tuple[str, ...]]:
    """The text's lines by clause: "II.1.b", "II.3", "III.4"."""
    found: dict[str, list[str]] = {}
    part = number = letter = ""
    for line in lines():
        if head := re.match(r"(I{1,3})\. ", line):
            part, number, letter = head[1], "", ""
        elif head := re.match(r"(\d)\. ", line):
            number, letter = head[1], ""
        elif head := re.match(r"([a-d])\) ", line):
            letter = head[1]
        elif line.startswith("Nơi nhận"):
            break
        found.setdefault(".".join(filter(None, (part, number, letter))), []).append(line)
    return {clause: tuple(text) for clause, text in found.items()}


def lines_of(duty: Duty) -> tuple[str, ...]:
    """The lines that the duty's clause points at: the whole clause, one of its "+" bullets, or one of its unnumbered paragraphs."""
    clause, _, inner = duty.clause.partition(" ")
    whole = clauses()[clause]
    if bullet := re.fullmatch(r"\+(\d)", inner):
        return ([line for line in whole if line.lstrip("- ").startswith("+ ")][int(bullet[1]) - 1],)
    if paragraph := re.match(r"đ\.(\d)", inner):
        return (whole[int(paragraph[1]) - 1],)
    assert inner == "", duty.clause
    return whole


def wordings(name: str) -> list[str]:
    """The ways in which the plan may write an agency or a group."""
    if name in load_groups():
        return list(load_groups()[name].wording)
    agency = load_registry().by_code(name)
    return [*names_of(agency), agency.name.removesuffix(" Hải Phòng")]


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.id)
def test_the_quote_stands_in_its_clause(duty: Duty) -> None:
    assert any(duty.quote in line for line in lines_of(duty))


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.id)
def test_the_wording_of_the_deadline_stands_in_its_clause(duty: Duty) -> None:
    whole = "\n".join(clauses()[duty.clause.partition(" ")[0]])
    if duty.due.wording:
        assert duty.due.wording in whole
    else:
        assert not re.search(r"Thời gian (thực hiện|hoàn thành)", whole)


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.id)
def test_actors_and_advisers_stand_in_the_words_that_the_clause_points_at(duty: Duty) -> None:
    text = name_key(" ".join(lines_of(duty)))
    for name in (*duty.actors, *duty.advise):
        if words := READ_INTO.get((duty.id, name)):
            assert words in duty.quote and words in duty.note
            assert not any(name_key(wording) in text for wording in wordings(name)), f"{name} is named after all"
        else:
            assert any(name_key(wording) in text for wording in wordings(name)), name


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.id)
def test_coordinators_stand_in_the_clause(duty: Duty) -> None:
    text = name_key(" ".join(clauses()[duty.clause.partition(" ")[0]]))
    for name in duty.coordinate:
        assert any(name_key(wording) in text for wording in wordings(name)), name


@pytest.mark.parametrize("duty", [d for d in DUTIES if d.clause.startswith("II.")], ids=lambda duty: duty.id)
def test_who_is_named_as_coordinating_is_recorded(duty: Duty) -> None:
    """A clause with a "Cơ quan phối hợp" line has coordinators, one without has none beyond those named in its own words."""
    clause = clauses()[duty.clause.partition(" ")[0]]
    named = any(line.startswith("- Cơ quan phối hợp") for line in clause) or "phối hợp với" in " ".join(lines_of(duty))
    assert bool(duty.coordinate) == named


@pytest.mark.parametrize("duty", [d for d in DUTIES if d.item.startswith("II.") and d.clause.startswith("II.")], ids=lambda duty: duty.id)
def test_the_clause_lies_under_its_item(duty: Duty) -> None:
    assert duty.clause.partition(" ")[0] == duty.item


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: duty.id)
def test_a_request_is_worded_as_one(duty: Duty) -> None:
    assert (duty.kind == "request") == (duty.quote.startswith("Đề nghị") and duty.id != "O25")


def test_the_form_of_the_meetings_stands_in_the_clause() -> None:
    for duty in DUTIES:
        if "trực tuyến" in duty.form:
            assert "- Hình thức: Trực tuyến hoặc trực tiếp." in clauses()[duty.clause.partition(" ")[0]]
        else:
            assert not any(line.startswith("- Hình thức") for line in clauses()[duty.clause.partition(" ")[0]])


def test_every_title_and_trigger_is_in_the_plans_words() -> None:
    text = "\n".join(lines())
    for item in load_plan().items:
        assert item.title in text
        if item.id.startswith("II."):
            assert any(item.title in line for line in clauses()[item.id])
    assert load_plan().title in lines()
    assert all(trigger.what in text for trigger in load_plan().triggers)
    assert load_plan().law_number in text


def test_every_clause_that_gives_work_has_a_duty() -> None:
    covered = {duty.clause.partition(" ")[0] for duty in DUTIES}
    leaves = {clause for clause in clauses() if re.fullmatch(r"II\.1\.[a-d]|II\.[2-5]|III\.\d", clause)}
    assert covered == leaves
    for clause in ("II.1.b", "II.1.d"):
        bullets = sum(line.lstrip("- ").startswith("+ ") for line in clauses()[clause])
        assert {d.clause for d in DUTIES if d.clause.startswith(clause)} == {f"{clause} +{n}" for n in range(1, bullets + 1)}
