"""The nearest refusals of a missing cell, and the lasting keys of claims."""

import sqlite3
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType

import pytest

from minhchung.plan.loader import load_plan
from minhchung.plan.registry import load_registry
from minhchung.store.cells import Judging
from minhchung.store.connection import reading
from minhchung.store.filters import Filters
from minhchung.store.intake import intake
from minhchung.store.model import MissingRow
from minhchung.store.near import KEPT, with_near
from minhchung.store.queries import evidence
from minhchung.store.status import missing

Write = Callable[..., Path]


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "s.db"


@pytest.fixture
def take(fake: ModuleType, tmp_path: Path, store: Path) -> Callable[[], object]:
    return lambda: intake([tmp_path / "in"], store, rooms=fake.rooms())


def near(fake: ModuleType, store: Path, filters: Filters) -> dict[str, MissingRow]:
    judging = Judging(load_plan(), load_registry(), fake.rooms().bench)
    with reading(store) as conn:
        rows = missing(conn, judging, "item", filters, date(2023, 12, 1))
        assert all(row.near is None for row in rows)
        return {row.item: row for row in with_near(conn, rows, filters)}


def quotes(row: MissingRow) -> list[str]:
    return [one["quote"] for one in row.near or ()]


def test_the_nearest_of_all_documents_of_the_agency_and_year_come_first(
    fake: ModuleType, write: Write, take: Callable[[], object], store: Path
) -> None:
    write("a.docx", "refused: II.1.d no/other-object 9 Quận tập huấn bơi.", "refused: II.1.d mention/no-claim 2 Nói tập huấn.")
    write(
        "b.docx",
        "refused: II.1.d no/law-not-named 4 Đã tập huấn.",
        "refused: II.1.d no/other-object 10 Xã tập huấn bơi.",
        number="2/BC-UBND",
    )
    write("c.docx", "refused: II.1.d mention/no-claim 0 Của năm khác.", year=2024, number="3/BC-UBND")
    write("d.docx", "refused: II.1.d mention/no-claim 0 Của cơ quan khác.", agency="QH-305")
    take()
    rows = near(fake, store, Filters(year=2023, agencies=frozenset({"QH-304"})))
    assert quotes(rows["II.1.d"]) == ["Nói tập huấn.", "Đã tập huấn.", "Quận tập huấn bơi."]
    assert len(rows["II.1.d"].near or ()) == KEPT
    assert rows["II.1.b"].near == []
    first = (rows["II.1.d"].near or [{}])[0]
    assert (first["file"], first["page"], first["gate"], first["heading"]) == ("a.docx", 1, "mention/no-claim", "I. KẾT QUẢ")
    assert first["words"] == ["tập"]


def test_what_is_dated_later_than_the_day_asked_for_is_not_near(
    fake: ModuleType, write: Write, take: Callable[[], object], store: Path
) -> None:
    write("a.docx", "refused: II.1.d no/other-object 9 Sớm tập huấn.", date="2023-09-01")
    write("b.docx", "refused: II.1.d no/other-object 8 Muộn tập huấn.", date="2023-11-20", number="2/BC-UBND")
    take()
    filters = Filters(year=2023, agencies=frozenset({"QH-304"}), as_of=date(2023, 10, 1))
    assert quotes(near(fake, store, filters)["II.1.d"]) == ["Sớm tập huấn."]


def test_what_was_refused_is_replaced_when_a_report_is_judged_again(
    fake: ModuleType, write: Write, take: Callable[[], object], store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("a.docx", "refused: II.1.d no/other-object 9 Quận tập huấn bơi.")
    take()
    monkeypatch.setitem(fake.versions, "rules", "j2")
    take()
    assert sqlite3.connect(store).execute("SELECT count(*) FROM rejected").fetchone()[0] == 1


def test_a_claim_keeps_its_key_over_rules_and_stores_and_no_two_share_one(
    fake: ModuleType, write: Write, take: Callable[[], object], store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    same = "II.1.d done Quận đã mở lớp."
    write("a.docx", "II.1.a done Quận đã quán triệt.", same)
    write("b.docx", same, number="2/BC-UBND")

    def keys(place: Path) -> list[str]:
        with reading(place) as conn:
            return [row.id for row in evidence(conn, Filters())]

    take()
    first = keys(store)
    assert len(set(first)) == 3 and all(len(key) == 12 for key in first)
    monkeypatch.setitem(fake.versions, "rules", "j2")
    monkeypatch.setitem(fake.versions, "reader", "r2")
    take()
    assert keys(store) == first
    intake([tmp_path / "in"], tmp_path / "other.db", rooms=fake.rooms())
    assert keys(tmp_path / "other.db") == first


def test_two_claims_on_the_same_words_have_two_keys() -> None:
    from minhchung.extract.model import Evidence
    from minhchung.store.codec import evidence_keys

    claim = Evidence(3, "II.2", "done", 0, 5, "Xã A.", "", 0.9)
    keys = evidence_keys("aa", [claim, claim])
    assert len(set(keys)) == 2
    assert evidence_keys("aa", [claim]) == keys[:1]
    assert evidence_keys("bb", [claim]) != keys[:1]
