"""Agencies through time: the shipped list, and a list that is refused with its line."""

from __future__ import annotations

import csv
import time
from datetime import date
from pathlib import Path

import pytest

from minhchung.errors import PlanError, UsageError
from minhchung.plan.datafiles import AGENCIES_FILE
from minhchung.plan.groups import expand_actors, expand_group, get_group, load_groups
from minhchung.plan.registry import COLUMNS, _load, load_registry

FACTS = Path(__file__).resolve().parents[3] / "shared" / "facts"
HEAD = ",".join(COLUMNS) + "\n"


def fact_rows(name: str) -> list[dict[str, str]]:
    if not (FACTS / name).exists():
        pytest.skip(f"../shared/facts/{name} is not here")
    with (FACTS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def csv_file(folder: Path, rows: str) -> Path:
    path = folder / "agencies.csv"
    path.write_text(HEAD + rows, encoding="utf-8")
    return path


def test_all_agencies_are_there_with_their_periods_and_successors() -> None:
    registry = load_registry()
    assert len(registry.agencies) == 455
    department = registry.by_code("HP-SLDTBXH")
    assert department.valid_to == date(2025, 2, 28)
    assert department.successors == ("HP-SNV2", "HP-SGDDT", "HP-SYT")
    assert department.parent == "HP-UBND"
    assert registry.by_code("QH-305").short_name == "UBND quận Lê Chân"
    assert registry.by_code("QH-305").symbols == ("BC-UBND", "KH-UBND", "QĐ-UBND")


def test_the_list_agrees_with_the_facts() -> None:
    registry = load_registry()
    rows = fact_rows("agencies.csv")
    assert [a.code for a in registry.agencies] == [r["code"] for r in rows]
    for agency, row in zip(registry.agencies, rows, strict=True):
        assert row["name"].startswith(agency.name.split(" Hải Phòng")[0]), row["code"]
        assert (agency.kind, agency.parent or "", agency.confidence) == (row["kind"], row["parent_code"], row["confidence"])
        assert "|".join(agency.successors) == row["successor_codes"]
        for told, day in ((row["valid_from"], agency.valid_from), (row["valid_to"], agency.valid_to)):
            assert (day.isoformat() if day else "").startswith(told) and bool(told) == bool(day), row["code"]


def test_a_coarse_day_counts_from_the_first_and_until_the_last_of_its_period() -> None:
    registry = load_registry()
    old, new = registry.by_code("HP-PTTH"), registry.by_code("HP-BPTTH")
    assert old.valid_to == date(2025, 12, 31) and new.valid_from == date(2025, 1, 1)
    assert old.valid_on(date(2025, 6, 1)) and new.valid_on(date(2025, 6, 1))
    assert registry.by_code("HP-BQLVCB").valid_from == date(2010, 5, 1)


def test_a_period_is_inclusive_at_both_ends() -> None:
    registry = load_registry()
    town = registry.by_code("QH-311B")
    days = (date(2024, 12, 31), date(2025, 1, 1), date(2025, 6, 30), date(2025, 7, 1))
    assert [town.valid_on(day) for day in days] == [False, True, True, False]
    assert (town in registry.valid_on(date(2025, 6, 30)), town in registry.valid_on(date(2025, 7, 1))) == (True, False)


def test_no_agency_outlives_its_superior_and_none_is_followed_by_one_already_ended() -> None:
    registry = load_registry()
    for agency in registry.agencies:
        superior = registry.by_code(agency.parent) if agency.parent else None
        if superior and superior.valid_to:
            assert agency.valid_to and agency.valid_to <= superior.valid_to, agency.code
        for code in agency.successors:
            assert agency.valid_to and (registry.by_code(code).valid_to or date.max) > agency.valid_to, agency.code


def test_an_unknown_code_is_answered_with_near_ones() -> None:
    with pytest.raises(UsageError, match=r"HP-SNV \(Sở Nội vụ\)"):
        load_registry().by_code("HP-SNW")
    with pytest.raises(UsageError, match="QH-305"):
        load_registry().by_code("Lê Chân")
    with pytest.raises(UsageError, match="minhchung agencies"):
        load_registry().by_code("@@@@")


@pytest.mark.parametrize(
    ("row", "said", "instead"),
    [
        ("A,Tên,,lạ,,,,,,verified,\n", "unknown kind 'lạ'", "ubnd_quan"),
        ("A,Tên,,so,,2025-13-01,,,,verified,\n", "'2025-13-01' is no day", "2025-03-01"),
        ("A,Tên,,so,,1/7/2025,,,,verified,\n", "'1/7/2025' is no day", "2025"),
        ("A,Tên,,so,,2025-07-01,2025,,,verified,\nA,Tên,,so,,2025,2024,,,verified,\n", "ends (2024) before it begins", "from"),
        ("A,Tên,,so,Z,,,,,verified,\n", "A names Z, which is not in the file", "Write"),
        ("A,Tên,,so,,,,Y,,verified,\n", "A names Y, which is not in the file", "Write"),
        ("A,Tên,,so,,,,,,sure,\n", "unknown confidence 'sure'", "verified"),
        ("A,,,so,,,,,,verified,\n", "without a code or a name", "Fill in"),
        ("A,Tên, thừa,,so,,,,,,verified,\n", "12 fields", "double quotes"),
        ('A,"Tên,,so,,,,,,verified,\n', "not CSV", "quotes"),
    ],
)
def test_a_wrong_row_is_refused_with_its_line(tmp_path: Path, row: str, said: str, instead: str) -> None:
    path = csv_file(tmp_path, row)
    with pytest.raises(PlanError) as caught:
        load_registry(path)
    assert caught.value.message.startswith(f"{path}, line {1 + row.count(chr(10))}: ")
    assert said in caught.value.message and instead in caught.value.next_step


def test_a_code_that_stands_twice_and_wrong_columns_are_refused(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"line 3: the code A stands twice \(first on line 2\)"):
        load_registry(csv_file(tmp_path, "A,Tên,,so,,,,,,verified,\nA,Khác,,so,,,,,,verified,\n"))
    path = tmp_path / "wrong.csv"
    path.write_text("mã,tên\n", encoding="utf-8")
    with pytest.raises(PlanError, match="line 1: the columns are mã,tên"):
        load_registry(path)


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    one = load_registry(csv_file(tmp_path, "A,Tên,,so,,,,,,verified,\n")).version
    two = load_registry(csv_file(tmp_path, "A,Tên khác,,so,,,,,,verified,\n")).version
    assert one != two and len(load_registry().version) == 12


def test_the_list_loads_quickly() -> None:
    times = []
    for _ in range(5):
        start = time.perf_counter()
        _load(AGENCIES_FILE)
        times.append(time.perf_counter() - start)
    assert min(times) < 0.025


@pytest.mark.parametrize(
    ("day", "departments", "districts", "all_levels"),
    [
        (date(2023, 7, 1), 20, 15, 1 + 15 + 217),
        (date(2023, 12, 31), 20, 15, 233),
        (date(2024, 12, 31), 20, 15, 233),
        (date(2025, 1, 1), 20, 15, 1 + 15 + 167),
        (date(2025, 6, 30), 14, 15, 1 + 15 + 167),
        (date(2025, 7, 1), 14, 0, 1 + 114),
    ],
)
def test_groups_expand_to_who_existed_on_the_day(day: date, departments: int, districts: int, all_levels: int) -> None:
    registry = load_registry()
    counts = [len(expand_group(g, registry, day)) for g in ("G-SO", "G-QH", "G-UBCC")]
    assert counts == [departments, districts, all_levels]


def test_the_groups_are_those_of_the_facts_with_their_counts_of_2023() -> None:
    registry = load_registry()
    for row in fact_rows("groups.csv"):
        group = get_group(row["group"])
        assert group.open == (row["count_2023"] == "open")
        if not group.open:
            assert len(expand_group(group.id, registry, date(2023, 12, 31))) == int(row["count_2023"])


def test_open_groups_without_a_list_expand_to_nobody() -> None:
    registry = load_registry()
    for name in ("G-COQUAN", "G-DNNN", "G-DN", "G-MEDIA"):
        assert get_group(name).open and expand_group(name, registry, date(2023, 12, 31)) == ()


def test_the_citys_units_are_listed_without_the_doubtful_and_the_dissolved() -> None:
    codes = {a.code for a in expand_group("G-DVSN", load_registry(), date(2023, 12, 31))}
    assert get_group("G-DVSN").open
    assert {"HP-DHHP", "HP-PTTH"} <= codes
    assert codes.isdisjoint({"HP-TTXT", "HP-BQLVCB", "HP-TTPTQD", "HP-BQLHTDT", "HP-BAO"})


def test_every_agency_and_group_that_a_group_names_exists() -> None:
    registry = load_registry()
    for group in load_groups().values():
        assert all(code in registry for code in (*group.agencies, *group.excluded))
        assert all(inner in load_groups() for inner in group.groups)
        assert group.parent is None or group.parent in registry


def test_an_unknown_group_is_answered_with_a_near_one() -> None:
    with pytest.raises(UsageError, match="Did you mean G-QH"):
        expand_group("G-QHH", load_registry(), date(2023, 1, 1))


def test_actors_are_each_once_and_only_while_they_exist() -> None:
    registry = load_registry()
    codes = [a.code for a in expand_actors(("HP-SNV", "G-SO", "G-DN"), registry, date(2023, 12, 31))]
    assert codes[0] == "HP-SNV" and len(codes) == len(set(codes)) == 20
    assert expand_actors(("HP-SLDTBXH",), registry, date(2025, 3, 1)) == ()
