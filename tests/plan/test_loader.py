"""The plan file is taken as it is or refused with file, line and what to write instead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from minhchung.errors import InputError, PlanError
from minhchung.plan.datafiles import PLAN_FILE
from minhchung.plan.loader import check_plan, load_plan

SMALL = """\
[plan]
id = "nho"
title = "Kế hoạch nhỏ"
issuer = "HP-UBND"
year = 2023
law_number = "10/2022/QH15"
law_effective = 2023-07-01

[[trigger]]
id = "T1"
what = "Nghị định"

[[item]]
id = "II.1"
title = "Tập huấn"
short = "tập huấn"

[[duty]]
id = "O01"
item = "II.1"
clause = "II.1"
quote = "Sở Nội vụ tập huấn"
kind = "assigned"
actors = ["HP-SNV", "G-QH"]

[duty.due]
kind = "conditional_window"
after = ["T1"]
first = 2023-07-01
last = 2023-09-30
"""


def line_of(text: str, start: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), 1) if line.startswith(start))


def written(folder: Path, text: str) -> Path:
    path = folder / "ke-hoach.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_plan_has_no_problem() -> None:
    assert check_plan(PLAN_FILE) == []


def test_the_shipped_plan_holds_every_item_and_duty() -> None:
    plan = load_plan()
    assert (plan.id, plan.issuer, plan.year, plan.law_effective) == ("hai-phong-2023", "HP-UBND", 2023, date(2023, 7, 1))
    section_two = ["II.1.a", "II.1.b", "II.1.c", "II.1.d", "II.2", "II.3", "II.4", "II.5"]
    assert [i.id for i in plan.items] == [*section_two, "III.kh", "III.bc", "III.kp", "III.kk"]
    assert {i.id for i in plan.items if i.continuous} == {"II.1.c", "II.5"}
    assert {i.id for i in plan.items if i.kind == "event"} == {"III.kk"}
    numbers = [f"O{n:02}" for n in range(1, 26)]
    assert [d.id for d in plan.duties] == [x for n in numbers for x in (("O04i", "O04ii") if n == "O04" else (n,))]
    assert [(t.id, t.document, t.day) for t in plan.triggers] == [("T1", "59/2023/NĐ-CP", date(2023, 8, 14)), ("T2", "", None)]


def test_a_small_plan_loads_with_its_defaults(tmp_path: Path) -> None:
    plan = load_plan(written(tmp_path, SMALL))
    duty = plan.duties[0]
    assert (duty.actors, duty.due.after, duty.inferred) == (("HP-SNV", "G-QH"), ("T1",), ())
    assert plan.items[0].kind == "duty" and not plan.items[0].continuous
    assert len(plan.version) == 12


def test_the_version_follows_the_content(tmp_path: Path) -> None:
    first = load_plan(written(tmp_path, SMALL)).version
    assert load_plan(written(tmp_path, SMALL)).version == first
    assert load_plan(written(tmp_path, SMALL + "# more\n")).version != first


@pytest.mark.parametrize(
    ("old", "new", "marked", "said", "instead"),
    [
        ('short = "tập huấn"', 'shrt = "tập huấn"', "shrt", "unknown key 'shrt'", "Did you mean short?"),
        ('item = "II.1"', 'item = "II.7"', "item =", "unknown item 'II.7'", "II.1"),
        ('actors = ["HP-SNV", "G-QH"]', 'actors = ["HP-SNX"]', "actors", "unknown agency 'HP-SNX' in actors", "HP-SNV (Sở Nội vụ)"),
        ('actors = ["HP-SNV", "G-QH"]', 'actors = ["G-QHX"]', "actors", "unknown group 'G-QHX'", "Did you mean G-QH?"),
        ('actors = ["HP-SNV", "G-QH"]', "actors = []", "actors", "nobody in actors", "Name at least one"),
        ('actors = ["HP-SNV", "G-QH"]', 'actors = "HP-SNV"', "actors", "cannot have actors = 'HP-SNV'", "Write a list"),
        ('issuer = "HP-UBND"', 'issuer = "Hải Phòng"', "issuer", "unknown agency 'Hải Phòng' as issuer", "Write"),
        ('kind = "assigned"', 'kind = "giao"', 'kind = "giao"', "cannot have kind = 'giao'", "assigned, request, advise"),
        ('kind = "conditional_window"', 'kind = "quarter"', 'kind = "quarter"', "kind is 'quarter'", "Write one of window"),
        ('kind = "conditional_window"', 'kind = "window"', "after", "unknown key 'after'", "Known are"),
        ("first = 2023-07-01", 'first = "01/7/2023"', "first", "cannot have first = '01/7/2023'", "without quotes, as 2023-09-30"),
        ("first = 2023-07-01", "first = 2023-10-01", "last", "last (2023-09-30) is before first", "earlier day in first"),
        ('after = ["T1"]', 'after = ["T3"]', "after", "unknown trigger 'T3'", "T1"),
        ('quote = "Sở Nội vụ tập huấn"\n', "", "[[duty]]", "lacks quote", "Add a line that begins with quote ="),
        ("last = 2023-09-30\n", "", "[duty.due]", "lacks last", "Add a line that begins with last ="),
        ("year = 2023", "year = true", "year", "cannot have year = True", "Write a year"),
        ("year = 2023", "years = 2023", "years", "unknown key 'years'", "Did you mean year?"),
        ("[[trigger]]", "[[tiger]]", "[[tiger]]", "unknown table or key 'tiger'", "Did you mean trigger?"),
        ("[[trigger]]", "[trigger]", "[trigger]", "not a list of tables", "Write [[trigger]]"),
        ("[duty.due]", "[duty.dew]", "[duty.dew]", "unknown key 'dew'", "Did you mean due?"),
        ('clause = "II.1"', 'clause = "II.1"\naudience = ["ai"]', "audience", "cannot have audience = ['ai']", "cbccvc"),
    ],
)
def test_a_wrong_entry_is_refused_with_its_line(tmp_path: Path, old: str, new: str, marked: str, said: str, instead: str) -> None:
    text = SMALL.replace(old, new, 1)
    assert text != SMALL
    path = written(tmp_path, text)
    place = f"{path}, line {line_of(text, marked)}: "
    mine = [problem for problem in check_plan(path) if problem.message.startswith(place) and said in problem.message]
    assert mine and instead in mine[0].next_step
    with pytest.raises(PlanError) as caught:
        load_plan(path)
    assert str(path) in caught.value.message and "line " in caught.value.message and caught.value.next_step


@pytest.mark.parametrize(
    ("due", "said"),
    [
        ('kind = "yearly"\nfirst_year = 2023\nby_day = "31-12"', "cannot have by_day = '31-12'"),
        ('kind = "yearly"\nfirst_year = 2023\nby_day = "02-29"', "There is no 02-29 in every year"),
        ('kind = "yearly"\nfirst_year = 2022', "first_year 2022 is before the plan"),
        ('kind = "yearly"\nfirst_year = 2023\nby_day = "12-31"\nbefore_day = "11-15"', "by_day and before_day together"),
        ('kind = "before"\nbefore = 2023-07-01\nfirst = 2023-07-01', "is not after first"),
        ('kind = "none"\nreview_on = 2023-11-15', "unknown key 'review_on'"),
    ],
)
def test_a_deadline_that_cannot_be_is_refused(tmp_path: Path, due: str, said: str) -> None:
    text = SMALL[: SMALL.index("[duty.due]")] + "[duty.due]\n" + due + "\n"
    problems = check_plan(written(tmp_path, text))
    assert len(problems) == 1 and said in str(problems[0])


def test_a_second_id_names_the_line_of_the_first(tmp_path: Path) -> None:
    text = SMALL + SMALL[SMALL.index("[[duty]]") :]
    problems = check_plan(written(tmp_path, text))
    first, second = line_of(SMALL, 'id = "O01"'), len(SMALL.splitlines()) + 2
    path = tmp_path / "ke-hoach.toml"
    assert [problem.message for problem in problems] == [f"{path}, line {second}: duty id 'O01' stands twice (first on line {first})"]


def test_all_problems_are_told_and_load_plan_tells_how_many_more(tmp_path: Path) -> None:
    text = SMALL.replace('title = "Tập huấn"\n', "").replace('kind = "assigned"', 'kind = "giao"').replace("year = 2023", 'year = "2023"')
    path = written(tmp_path, text)
    assert len(check_plan(path)) == 3
    with pytest.raises(PlanError, match=r"2 more: `minhchung plan check"):
        load_plan(path)


def test_what_is_not_toml_is_refused_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL.replace("law_effective = 2023-07-01", "law_effective = 01/7/2023"))
    assert f"line {line_of(SMALL, 'law_effective')}: " in check_plan(path)[0].message
    with pytest.raises(PlanError, match="line 7"):
        load_plan(path)


def test_a_day_that_does_not_exist_is_refused_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, SMALL.replace("last = 2023-09-30", "last = 2023-09-31"))
    assert f"line {line_of(SMALL, 'last')}: " in check_plan(path)[0].message


def test_a_missing_file_and_a_wrong_encoding_say_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be opened"):
        load_plan(tmp_path / "khong-co.toml")
    path = tmp_path / "cu.toml"
    path.write_bytes('[plan]\nid = "x"\n# K\u1ebf'.encode("utf-16-le"))
    assert "UTF-8" in check_plan(path)[0].message


def test_brackets_and_keys_inside_long_strings_do_not_shift_lines(tmp_path: Path) -> None:
    text = SMALL.replace('clause = "II.1"', 'clause = """II.1\n[[duty]]\nitem = 3\n"""').replace('kind = "assigned"', 'kind = "giao"')
    path = written(tmp_path, text)
    line = line_of(text, 'kind = "giao"')
    assert f"line {line}: " in check_plan(path)[0].message


def test_windows_line_ends_and_byte_order_mark_are_taken(tmp_path: Path) -> None:
    path = tmp_path / "win.toml"
    path.write_bytes(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode())
    assert check_plan(path) == []
