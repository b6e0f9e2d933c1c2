"""Several plans in one store: each judged for itself, each in its versions, and a store of an older version that becomes one of these."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest
from sqlite_utils import Database

from minhchung.errors import UsageError
from minhchung.plan.loader import load_plan
from minhchung.plan.registry import load_registry
from minhchung.store.cells import Judging
from minhchung.store.connection import open_for_writing, reading, transaction
from minhchung.store.filters import Filters
from minhchung.store.intake import intake
from minhchung.store.migrations import NEWEST, STEPS, migrate
from minhchung.store.model import StatusRow
from minhchung.store.plans import KeptPlan, choose, kept_plans, plan_of, registry_of, settle_plans
from minhchung.store.queries import evidence
from minhchung.store.status import status

Write = Callable[..., Path]
SHIPPED = Path(load_plan(None).path).read_text(encoding="utf-8")
BEFORE_PLANS = STEPS[:4]


def plan_file(folder: Path, name: str, *changes: tuple[str, str]) -> Path:
    text = SHIPPED.replace('id = "hai-phong-2023"', f'id = "{name}"', 1)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, -1 if old.startswith("first_year") else 1)
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


SECOND = (("year = 2023", "year = 2024"), ("first_year = 2023", "first_year = 2024"), ('title = "', 'title = "Bản 2024: '))


@pytest.fixture
def take(tmp_path: Path, fake: ModuleType) -> Callable[..., object]:
    def take(plan: Path | None = None) -> object:
        return intake([tmp_path / "in"], tmp_path / "s.db", plan=plan, rooms=fake.rooms())

    return take


def cells(store: Path, plan: str, year: int) -> dict[tuple[str, str], StatusRow]:
    with reading(store) as conn:
        chosen = choose(kept_plans(conn), plan, year)
        assert chosen is not None
        from minhchung.store.rooms import real_bench

        judging = Judging(plan_of(conn, chosen), registry_of(conn), real_bench())
        return {(r.agency, r.item): r for r in status(conn, judging, "item", Filters(year=year), date(2026, 11, 22))}


def test_a_second_plan_is_added_and_every_report_judged_for_both(tmp_path: Path, write: Write, take: Callable[..., object]) -> None:
    write("a.docx", "II.1.a done Đã quán triệt.", "II.2 done Đã ban hành quy chế.", year=2024, date="2024-03-01")
    take()
    second = plan_file(tmp_path, "hai", *SECOND, ('id = "II.2"\ntitle', 'id = "II.9"\ntitle'), ('item = "II.2"', 'item = "II.9"'))
    balance = take(second)
    assert balance.judged_again == 1  # type: ignore[attr-defined]
    with reading(tmp_path / "s.db") as conn:
        assert [(p.number, p.id, p.first_year) for p in kept_plans(conn)] == [(1, "hai-phong-2023", 2023), (2, "hai", 2024)]
        assert {row.plan for row in evidence(conn, Filters())} == {"hai-phong-2023", "hai"}
        assert {row.plan for row in evidence(conn, Filters(plan=2))} == {"hai"}
    first = cells(tmp_path / "s.db", "hai-phong-2023", 2024)["QH-304", "II.1.a"]
    other = cells(tmp_path / "s.db", "hai", 2024)["QH-304", "II.1.a"]
    assert (first.state, first.quote) == (other.state, other.quote) == ("evidenced", "Đã quán triệt.")
    assert ("QH-304", "II.9") in cells(tmp_path / "s.db", "hai", 2024)


def test_a_store_taken_in_twice_stays_as_it_is(
    tmp_path: Path, write: Write, take: Callable[..., object], dump: Callable[[Path], object]
) -> None:
    write("a.docx", "II.1.a done Đã quán triệt.", year=2024)
    take()
    take(plan_file(tmp_path, "hai", *SECOND))
    before = dump(tmp_path / "s.db")
    take()
    assert dump(tmp_path / "s.db") == before


def test_a_plan_of_the_same_id_replaces_the_one_before_and_both_texts_are_kept(
    tmp_path: Path, write: Write, take: Callable[..., object]
) -> None:
    write("a.docx", "II.1.a done Đã quán triệt.")
    take()
    own = plan_file(tmp_path, "hai-phong-2023", ('title = "', 'title = "Bản sửa: '))
    take(own)
    with reading(tmp_path / "s.db") as conn:
        (kept,) = kept_plans(conn)
        assert plan_of(conn, kept).title.startswith("Bản sửa: ")
        assert conn.execute("SELECT count(*) FROM plan_versions WHERE plan = 1").fetchone()[0] == 2
        own.write_text(SHIPPED, encoding="utf-8")
        assert plan_of(conn, kept).title.startswith("Bản sửa: "), "what lies in the file is not applied before an ingest"


def kept(number: int, name: str, first: int, last: int | None = None) -> KeptPlan:
    return KeptPlan(number, name, name, "", first, last, "v")


@pytest.mark.parametrize(
    ("asked", "year", "want"),
    [
        ("", None, "ba"), ("", 2023, "mot"), ("", 2024, "hai"), ("", 2025, "ba"), ("", 2030, "ba"), ("", 2020, "ba"), ("mot", 2030, "mot"),
        ("HAI", 2023, "hai"),
    ],
)  # fmt: skip
def test_the_newest_plan_that_covers_the_year_is_asked(asked: str, year: int | None, want: str) -> None:
    plans = [kept(1, "mot", 2023), kept(2, "ba", 2025), kept(3, "hai", 2024, 2024)]
    chosen = choose(plans, asked, year)
    assert chosen is not None and chosen.id == want


@pytest.mark.parametrize("asked", ["h", "hai-phong", "hai-phong-2023-"])
def test_the_beginning_of_an_id_names_no_plan_because_it_may_be_the_id_of_another(asked: str) -> None:
    with pytest.raises(UsageError, match="has no plan"):
        choose([kept(1, "hai-phong-2023-bao-luc", 2023)], asked, None)


def test_an_unknown_plan_is_answered_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="mot") as caught:
        choose([kept(1, "mot", 2023)], "bốn", None)
    assert "ingest --plan" in str(caught.value)
    assert choose([], "", 2023) is None


def made_before(store: Path) -> None:
    """A store as it was when it held one plan: a document, a claim and its cells."""
    db = Database(sqlite3.connect(store))
    migrate(db, BEFORE_PLANS)
    run = db.conn.execute
    run("INSERT INTO meta VALUES ('plan_path', '')")
    run("INSERT INTO runs (id, started, reader, rules, plan) VALUES (1, '2023-11-20T00:00:00+00:00', 'r', 'j', 'p')")
    run("INSERT INTO contents (sha256, outcome, kind, reader, agency, year) VALUES ('aa', 'read', 'docx', 'r', 'QH-304', 2023)")
    run("INSERT INTO files (path, name, sha256, size, first_run) VALUES ('/aa', 'aa', 'aa', 1, 1)")
    run("INSERT INTO passages (sha256, ordinal, kind, text, folded, block) VALUES ('aa', 0, 'paragraph', 'Đã làm.', 'da lam.', 'p1')")
    run(
        'INSERT INTO evidence (sha256, ordinal, passage, item, status, start, "end", quote, locator, confidence) '
        "VALUES ('aa', 0, 0, 'II.1.a', 'done', 0, 7, 'Đã làm.', 'p1', 0.9)"
    )
    for level, duty in (("item", ""), ("duty", "O01")):
        run("INSERT INTO cells VALUES ('QH-304', 2023, ?, 'II.1.a', ?, 'evidenced', '2023-08-01', '[[\"aa\",0]]')", (level, duty))
    db.conn.commit()
    db.close()


def test_what_a_store_of_one_plan_held_belongs_to_its_plan(tmp_path: Path) -> None:
    store = tmp_path / "s.db"
    made_before(store)
    db = Database(sqlite3.connect(store))
    assert migrate(db) == NEWEST - len(BEFORE_PLANS)
    assert {row[0] for row in db.conn.execute("SELECT plan FROM cells UNION ALL SELECT plan FROM evidence")} == {1}
    db.close()
    cell = cells(store, "", 2023)["QH-304", "II.1.a"]
    assert (cell.state, cell.quote) == ("evidenced", "Đã làm.")
    db = open_for_writing(store)
    with transaction(db):
        (plan,) = settle_plans(db)
    assert (plan.id, plan.version, plan.first_year) == ("hai-phong-2023", load_plan().version, 2023)
    assert not db.conn.execute("PRAGMA foreign_key_check").fetchall()
    db.close()
    assert cells(store, "hai-phong-2023", 2023)["QH-304", "II.1.a"] == cell


def test_a_new_store_of_a_person_who_enters_something_first_holds_the_shipped_plan(tmp_path: Path) -> None:
    db = open_for_writing(tmp_path / "s.db")
    with transaction(db):
        assert [plan.id for plan in settle_plans(db)] == ["hai-phong-2023"]
    assert registry_of(db.conn) == load_registry()
    db.close()
