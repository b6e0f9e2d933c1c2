"""How cells stand beyond the words of one year's reports: ended agencies, successors, duties done once, a store opened years later."""

import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from minhchung.plan.loader import load_plan
from minhchung.plan.model import HandedOn
from minhchung.plan.registry import load_registry
from minhchung.store.cells import Judging, Level
from minhchung.store.connection import open_for_reading
from minhchung.store.filters import Filters
from minhchung.store.intake import intake
from minhchung.store.model import StatusRow
from minhchung.store.standing import Kept, inherit
from minhchung.store.status import falling_due, missing, status

Write = Callable[..., Path]
TODAY = date(2026, 11, 22)


@pytest.fixture
def judging(fake: ModuleType) -> Judging:
    return Judging(load_plan(None), load_registry(None), fake.rooms().bench)


@pytest.fixture
def conn(tmp_path: Path, fake: ModuleType, write: Write) -> Iterator[sqlite3.Connection]:
    """Reports of 2023, of the first half of 2025 (a ward and a department that then ended), and of 2026."""
    write("a.docx", "II.2 done Đã ban hành quy chế.", "II.1.c done Đã đăng bài.", agency="QH-304", date="2023-09-20")
    write("b.docx", "III.kp done Đã lập dự toán.", agency="CX-11371A", year=2025, date="2025-05-10")
    write("c.docx", "III.kp done Đã lập dự toán.", "II.1.b done Đã tuyên truyền.", agency="HP-SNV", year=2025, date="2025-02-10")
    write("d.docx", "III.kp done Đã lập dự toán.", agency="HP-SLDTBXH", year=2025, date="2025-02-11")
    write("e.docx", "II.1.c done Đã đăng bài.", agency="CX-11311C", year=2026, date="2026-03-01")
    write("f.docx", "II.1.b done Đã tuyên truyền.", agency="QH-305", year=2025, date="2025-04-01")
    intake([tmp_path / "in"], tmp_path / "s.db", rooms=fake.rooms())
    opened = open_for_reading(tmp_path / "s.db")
    yield opened
    opened.close()


def ask(
    conn: sqlite3.Connection, judging: Judging, year: int, level: Level = "item", as_of: date | None = None
) -> dict[tuple[str, str], StatusRow]:
    rows = status(conn, judging, level, Filters(year=year, as_of=as_of), TODAY)
    return {(row.agency, row.duty or row.item): row for row in rows}


def test_a_store_of_2023_opened_in_2026_answers_both_years(conn: sqlite3.Connection, judging: Judging) -> None:
    then, now = ask(conn, judging, 2023), ask(conn, judging, 2026)
    assert (then["QH-304", "II.2"].state, then["QH-304", "II.2"].owed) == ("evidenced", True)
    assert then["QH-305", "II.2"].overdue and then["QH-305", "II.2"].state == "no_report"
    assert now["CX-11311C", "II.1.c"].state == "evidenced" and now["CX-11311C", "III.kp"].owed
    assert not any(row.owed for (agency, _), row in now.items() if agency.startswith("QH-"))
    assert {row.year for row in status(conn, judging, "item", Filters(), TODAY)} == {2023, 2025, 2026}


def test_a_duty_done_once_stays_evidenced_and_a_yearly_one_opens_anew(conn: sqlite3.Connection, judging: Judging) -> None:
    item, duty = ask(conn, judging, 2024)["QH-304", "II.2"], ask(conn, judging, 2024, "duty")["QH-304", "O15"]
    for row in (item, duty):
        assert (row.state, row.from_year, row.owed, row.file) == ("evidenced", 2023, False, "a.docx")
    later = ask(conn, judging, 2024)["QH-304", "II.1.c"]
    assert (later.state, later.owed, later.from_year) == ("no_report", True, None)
    assert ask(conn, judging, 2024)["QH-305", "II.2"].from_year is None, "nobody did it before"
    assert ("QH-305", "O15") not in ask(conn, judging, 2024, "duty")
    assert ask(conn, judging, 2023)["QH-304", "II.2"].from_year is None, "in its own year it is owed"


def test_what_ended_is_shown_with_its_last_day_and_is_not_missing(conn: sqlite3.Connection, judging: Judging) -> None:
    row = ask(conn, judging, 2025, "duty")["QH-305", "O04i"]
    assert (row.ended, row.owed, row.overdue, row.state, row.due) == ("2025-06-30", False, False, "evidenced", None)
    quiet = ask(conn, judging, 2025)["QH-304", "II.1.d"]
    assert (quiet.ended, quiet.owed, quiet.state) == ("2025-06-30", False, "no_report")
    assert not [r for r in missing(conn, judging, "item", Filters(year=2025), TODAY) if r.agency.startswith("QH-")]
    before = ask(conn, judging, 2025, as_of=date(2025, 6, 30))["QH-304", "II.1.d"]
    assert (before.ended, before.owed) == (None, True)


def test_a_successor_is_credited_with_what_those_before_it_did_in_the_same_year(conn: sqlite3.Connection, judging: Judging) -> None:
    rows = ask(conn, judging, 2025)
    budget = rows["HP-SNV2", "III.kp"]
    assert (budget.state, budget.inherited, budget.owed) == ("evidenced", ["HP-SNV", "HP-SLDTBXH"], True)
    assert budget.quote == "Đã lập dự toán."
    spread = rows["HP-SNV2", "II.1.b"]
    assert (spread.state, spread.inherited) == ("partial", ["HP-SNV"]), "Sở Lao động owed it too and did not say so"
    ward = rows["CX-11407C", "III.kp"]
    assert (ward.state, ward.inherited) == ("partial", ["CX-11371A"])
    assert ask(conn, judging, 2025, "duty")["HP-SNV2", "O22"].inherited == ["HP-SNV", "HP-SLDTBXH"]
    assert not ask(conn, judging, 2026)["HP-SNV2", "III.kp"].inherited, "only of the same year"
    assert rows["CX-11407C", "II.1.c"].inherited == [], "a ward follows wards, not its district"


def test_as_of_a_day_before_the_merger_nothing_is_inherited(conn: sqlite3.Connection, judging: Judging) -> None:
    rows = ask(conn, judging, 2025, as_of=date(2025, 2, 20))
    assert ("HP-SNV2", "III.kp") not in rows
    assert (rows["HP-SNV", "III.kp"].state, rows["HP-SNV", "III.kp"].ended) == ("evidenced", None)


def test_a_duty_that_a_document_hands_on_is_owed_by_its_takers_and_inherits(conn: sqlite3.Connection, judging: Judging) -> None:
    plan = judging.plan
    entry = HandedOn(("HP-SNV2",), date(2025, 3, 1), "Quyết định 01/QĐ-UBND")
    duties = tuple(replace(duty, handed_on=entry) if duty.id == "O18" else duty for duty in plan.duties)
    given = Judging(replace(plan, duties=duties), judging.registry, judging.bench)
    row = ask(conn, given, 2025, "duty")["HP-SNV2", "O18"]
    assert (row.owed, row.handed_on) == (True, "Quyết định 01/QĐ-UBND")
    assert ("HP-SNV2", "O18") not in ask(conn, judging, 2025, "duty"), "not by itself"


@pytest.mark.parametrize(
    ("own", "before", "state", "whose"),
    [
        ("silent", ("evidenced", "evidenced"), "evidenced", ("A", "B")),
        ("no_report", ("evidenced", "silent"), "partial", ("A",)),
        ("planned", ("partial", "evidenced"), "partial", ("A", "B")),
        ("not_done", ("evidenced", "evidenced"), "not_done", ()),
        ("partial", ("evidenced", "evidenced"), "partial", ()),
        ("evidenced", ("evidenced", "evidenced"), "evidenced", ()),
        ("silent", ("planned", "not_done"), "silent", ()),
    ],
)
def test_a_successors_own_words_stand_before_its_predecessors(
    own: str, before: tuple[str, str], state: str, whose: tuple[str, ...]
) -> None:
    predecessors = {name: Kept(said, ((name, 0),)) for name, said in zip("AB", before, strict=True)}  # type: ignore[arg-type]
    kept, inherited = inherit(Kept(own), predecessors)  # type: ignore[arg-type]
    assert (kept.state, inherited) == (state, whose)
    assert [claim[0] for claim in kept.claims] == list(whose)


def test_what_was_inherited_is_done_by_the_last_of_their_days() -> None:
    both = {"A": Kept("evidenced", (("A", 0),), "2025-01-10"), "B": Kept("evidenced", (("B", 0),), "2025-02-10")}
    assert inherit(Kept("silent"), both)[0].day == "2025-02-10"
    assert inherit(Kept("silent"), {**both, "C": Kept("evidenced")})[0].day is None


def test_what_falls_due_is_told_apart_from_what_is_overdue(conn: sqlite3.Connection, judging: Judging) -> None:
    day = date(2023, 11, 10)
    rows = missing(conn, judging, "item", Filters(year=2023, as_of=day), TODAY)
    soon = falling_due(rows, False, 4)
    assert soon and {(row.item, row.days_left, row.overdue) for row in soon} == {("III.bc", 4, False)}
    assert falling_due(rows, False, 3) == []
    past = falling_due(rows, True, None)
    assert {row.item for row in past} >= {"II.1.a", "II.2", "II.3"} and all(row.days_left is not None and row.days_left < 0 for row in past)
    assert len(falling_due(rows, True, 4)) == len(soon) + len(past)
    assert falling_due(rows, False, None) == rows


def test_evidence_dated_after_its_day_is_late_and_not_before(tmp_path: Path, fake: ModuleType, write: Write, judging: Judging) -> None:
    write("a.docx", "II.1.a done Đã quán triệt.", agency="QH-304", date="2023-11-14")
    write("b.docx", "II.1.a done Đã quán triệt.", agency="QH-305", date="2023-11-15")
    intake([tmp_path / "in"], tmp_path / "s.db", rooms=fake.rooms())
    with open_for_reading(tmp_path / "s.db") as opened:
        rows = ask(opened, judging, 2023)
        assert [rows[code, "III.bc"].late for code in ("QH-304", "QH-305")] == [False, True]
        early = ask(opened, judging, 2023, as_of=date(2023, 11, 14))
        assert (early["QH-305", "III.bc"].state, early["QH-305", "III.bc"].overdue) == ("no_report", False)
        assert ask(opened, judging, 2023, as_of=date(2024, 1, 1))["QH-306", "III.bc"].overdue
