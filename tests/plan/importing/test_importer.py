"""The importer on plans made up here: who is meant, what is nobody's, and that no text makes it stumble or write what cannot be read."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minhchung.errors import InputError, UsageError
from minhchung.plan.importing.importer import import_plan
from minhchung.plan.importing.model import Draft, Line
from minhchung.plan.importing.naming import propose
from minhchung.plan.importing.writing import plan_toml, rules_toml
from minhchung.plan.registry import load_registry
from minhchung.plan.source import SourceMap
from minhchung.plan.validate import find_problems

HEAD = (
    "Hải Phòng, ngày 01 tháng 6 năm 2023",
    "KẾ HOẠCH",
    "Thực hiện Luật Căn cước",
    "Căn cứ Luật Căn cước số 26/2023/QH15 có hiệu lực từ ngày 01/7/2023;",
    "Ủy ban nhân dân thành phố ban hành Kế hoạch như sau:",
    "II. NỘI DUNG",
)


def draft(*lines: str | Line, head: tuple[str, ...] = HEAD, **more: Any) -> Draft:
    return import_plan([line if isinstance(line, Line) else Line(line) for line in (*head, *lines)], load_registry(), **more)


def lead(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Codes and unlisted names of who leads a task."""
    duty = draft("1. Tập huấn nghiệp vụ", f"- Cơ quan chủ trì: {text}", "- Thời gian: Quý III/2023.").duties[0]
    return duty.actors, duty.unlisted


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Sở Nội vụ.", ("HP-SNV",)),
        ("Sở Nội vụ; Sở Tư pháp", ("HP-SNV", "HP-STP")),
        ("Sở LĐTBXH, Sở GD&ĐT", ("HP-SLDTBXH", "HP-SGDDT")),
        ("Các sở, ban, ngành; UBND các quận, huyện", ("G-SO", "G-QH")),
        ("UBND cấp huyện, UBND cấp xã", ("G-QH", "G-XA")),
        ("Giám đốc Sở Y tế", ("HP-SYT",)),
        ("Ủy ban nhân dân quận Lê Chân", ("QH-305",)),
        ("Ủy ban nhân dân các cấp", ("G-UBCC",)),
        ("Các Sở: Tài chính, Giáo dục và Đào tạo, Y tế", ("HP-STC", "HP-SGDDT", "HP-SYT")),
        ("Báo Hải Phòng (cơ quan chủ trì)", ("HP-BAO",)),
    ],
)
def test_those_who_lead_are_read_as_codes_and_groups(text: str, codes: tuple[str, ...]) -> None:
    assert lead(text) == (codes, ())


def test_a_name_that_no_list_has_stays_by_its_name() -> None:
    assert lead("Hội Cựu chiến binh thành phố") == ((), ("Hội Cựu chiến binh thành phố",))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Hội Chữ thập đỏ thành phố vận động hội viên", "Hội Chữ thập đỏ thành phố"),
        ("Viện kiểm sát nhân dân thành phố phối hợp kiểm tra", "Viện kiểm sát nhân dân thành phố"),
        ("Trung tâm Dịch vụ việc làm thành phố mở phiên giao dịch", "Trung tâm Dịch vụ việc làm thành phố"),
        ("Tạp chí", ""),
    ],
)
def test_a_name_in_no_list_ends_where_its_territory_does(text: str, name: str) -> None:
    found = draft("1. Sở Nội vụ tập huấn.", f"2. {text}.").duties[1:]
    assert [duty.unlisted for duty in found] == ([(name,)] if name else [])


@pytest.mark.parametrize(
    ("text", "actors", "helpers"),
    [
        ("Mở lớp: Sở Nội vụ chủ trì; Sở Tư pháp, Sở Y tế phối hợp.", ("HP-SNV",), ("HP-STP", "HP-SYT")),
        ("Mở lớp (Sở Nội vụ chủ trì, Sở Tư pháp phối hợp).", ("HP-SNV",), ("HP-STP",)),
        ("Mở lớp cho cán bộ, Sở Nội vụ phối hợp với Sở Tư pháp thực hiện.", ("HP-SNV",), ("HP-STP",)),
        ("Sở Nội vụ mở lớp. Sở Tư pháp phối hợp thực hiện.", ("HP-SNV",), ("HP-STP",)),
        ("UBND cấp huyện chỉ đạo UBND cấp xã mở lớp.", ("G-QH",), ()),
        ("Sở Nội vụ thực hiện với sự phối hợp của Sở Tư pháp.", ("HP-SNV",), ("HP-STP",)),
    ],
)
def test_roles_are_read_before_and_behind_the_names(text: str, actors: tuple[str, ...], helpers: tuple[str, ...]) -> None:
    duties = draft(f"1. {text}").duties
    assert [(duty.actors, duty.coordinate) for duty in duties] == [(actors, helpers)]


def test_letters_below_an_agency_are_its_tasks_though_one_names_its_time_in_a_field() -> None:
    made = draft("1. Sở Nội vụ", "a) Thành lập Tổ công tác. Thời gian: Tháng 9/2023.", "b) Mở đợt cao điểm (tháng 10/2023).")
    assert [(d.clause, d.actors, d.due.kind) for d in made.duties] == [
        ("II.1.a", ("HP-SNV",), "window"),
        ("II.1.b", ("HP-SNV",), "window"),
    ]


def test_a_list_of_members_or_of_places_gives_nobody_a_duty() -> None:
    made = draft(
        "1. Sở Nội vụ tập huấn.", "2. Thành lập đoàn kiểm tra liên ngành gồm: Sở Nội vụ, Sở Tư pháp.", "3. Tình hình ở hai nơi (Sở Y tế)."
    )
    assert [duty.clause for duty in made.duties] == ["II.1"]


def test_a_clause_in_which_no_duty_is_found_is_told() -> None:
    made = draft("1. Sở Nội vụ tập huấn.", "2. Tiếp tục nâng cao chất lượng công tác ở cơ sở.")
    assert made.unread == (("II.2", "Tiếp tục nâng cao chất lượng công tác ở cơ sở"),)
    assert "# check: no duty was read from II.2: “Tiếp tục nâng cao" in plan_toml(made, "x.docx")


def test_two_who_are_said_to_lead_are_marked() -> None:
    duty = draft("1. Sở Nội vụ chủ trì tập huấn cán bộ, Sở Tư pháp chủ trì tập huấn hòa giải viên.").duties[0]
    assert duty.actors == ("HP-SNV", "HP-STP")
    assert "several are said to lead: one duty here, may be several" in duty.checks


def test_behind_a_semicolon_somebody_else_with_something_to_do_has_a_duty_of_their_own() -> None:
    made = draft("1. Sở Nội vụ chủ trì tập huấn cán bộ; Sở Tư pháp biên soạn tài liệu, xong trước ngày 30/9/2023.")
    assert [(duty.actors, duty.due.kind) for duty in made.duties] == [(("HP-SNV",), "undated_once"), (("HP-STP",), "before")]


def test_dashes_that_only_list_what_a_conference_is_about_are_no_duties() -> None:
    made = draft("1. Sở Nội vụ tổ chức hội nghị trong tháng 9/2023, gồm các nội dung:", "- Những điểm mới của Luật.", "- Việc cấp thẻ.")
    assert [(duty.clause, duty.due.kind) for duty in made.duties] == [("II.1", "window")]


def test_a_heading_gives_its_time_its_helpers_and_its_request_to_what_stands_below() -> None:
    made = draft(
        "1. Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp thực hiện các nhiệm vụ sau từ tháng 8 đến tháng 9/2023:",
        "a) Mở lớp tập huấn.",
        "b) Biên soạn tài liệu trước ngày 15/8/2023.",
        "2. Đề nghị Ủy ban Mặt trận Tổ quốc Việt Nam thành phố:",
        "a) Giám sát việc thi hành Luật.",
    )
    assert [(d.clause, d.kind, d.coordinate, d.due.kind) for d in made.duties] == [
        ("II.1.a", "assigned", ("HP-STP",), "window"),
        ("II.1.b", "assigned", ("HP-STP",), "before"),
        ("II.2.a", "request", (), "none"),
    ]


@pytest.mark.parametrize(
    ("sentence", "clauses"),
    [
        ("Các nhiệm vụ tại khoản 1 và khoản 2 Mục II hoàn thành trước ngày 30/9/2023.", ("II.1", "II.2")),
        ("Các nhiệm vụ tại mục 2 phần II hoàn thành trước ngày 30/9/2023.", ("II.2",)),
        ("Nhiệm vụ từ khoản 2 đến khoản 3 Mục II thực hiện xong trước ngày 30/9/2023.", ("II.2", "II.3")),
        ("Các nhiệm vụ còn lại hoàn thành trước ngày 30/9/2023.", ("II.1", "II.2", "II.3")),
        ("Trước ngày 30/9/2023: hoàn thành nhiệm vụ tại khoản 3 Mục II.", ("II.3",)),
        ("Các sở tham gia tập huấn trước ngày 30/9/2023.", ()),
    ],
)
def test_a_deadline_told_elsewhere_holds_for_the_clauses_that_it_names(sentence: str, clauses: tuple[str, ...]) -> None:
    tasks = [f"{n}. Sở Nội vụ mở lớp tập huấn cho cán bộ." for n in (1, 2, 3)]
    made = draft(*tasks, "III. THỜI GIAN THỰC HIỆN", f"1. {sentence}")
    assert tuple(duty.clause for duty in made.duties if duty.due.kind == "before" and duty.clause.startswith("II.")) == clauses


def test_the_police_of_communes_are_not_those_of_the_city() -> None:
    codes, _ = lead("Công an cấp xã")
    assert "HP-CA" not in codes


def test_who_leads_does_not_also_help() -> None:
    duty = draft("1. Tập huấn", "- Chủ trì: Sở Nội vụ", "- Phối hợp: Sở Nội vụ, Sở Tư pháp", "- Thời gian: Năm 2023").duties[0]
    assert (duty.actors, duty.coordinate) == (("HP-SNV",), ("HP-STP",))


def test_a_task_that_only_has_an_adviser_is_soft() -> None:
    duty = draft("1. Ban hành nghị quyết", "- Cơ quan tham mưu: Sở Tài chính", "- Thời gian: Năm 2023").duties[0]
    assert (duty.kind, duty.actors) == ("advise", ("HP-STC",))


def test_a_deadline_that_is_not_read_is_kept_in_its_words_and_marked() -> None:
    duty = draft("1. Tập huấn", "- Chủ trì: Sở Nội vụ", "- Thời gian: theo hướng dẫn của Bộ").duties[0]
    assert (duty.due.kind, duty.due.wording) == ("undated_once", "theo hướng dẫn của Bộ")
    assert any("is not read" in check for check in duty.checks)


def test_the_fields_may_stand_in_one_paragraph() -> None:
    duty = draft("1. Tập huấn nghiệp vụ (Chủ trì: Sở Nội vụ; phối hợp: Sở Tư pháp; thời gian: Quý III/2023).").duties[0]
    assert (duty.quote, duty.actors, duty.coordinate) == (
        "Tập huấn nghiệp vụ (Chủ trì: Sở Nội vụ; phối hợp: Sở Tư pháp; thời gian: Quý III/2023)",
        ("HP-SNV",),
        ("HP-STP",),
    )
    assert duty.due.kind == "window"


def test_a_deadline_in_the_sentence_before_who_has_it_is_kept() -> None:
    told = "1. Tổ chức hội nghị phổ biến Luật trong tháng 5 năm 2023. Giao Sở Tư pháp chủ trì, phối hợp với Sở Nội vụ thực hiện."
    duty = draft(told).duties[0]
    assert (duty.actors, duty.due.kind, duty.due.last) == (("HP-STP",), "window", date(2023, 5, 31))


def test_bodies_of_a_kind_that_no_group_has_are_told_and_not_dropped() -> None:
    duty = draft("1. Các trường trung học phổ thông trên địa bàn thành phố lồng ghép phổ biến Luật trong sinh hoạt tập thể.").duties[0]
    assert (duty.actors, duty.unlisted) == ((), ("Các trường trung học phổ thông trên địa bàn thành phố",))
    led = draft("1. Sở Y tế: Chỉ đạo các bệnh viện công lập trên địa bàn thành phố phổ biến Luật trong quý II/2023.").duties[0]
    assert (led.actors, led.unlisted) == (("HP-SYT",), ())


def test_aims_and_requirements_give_no_duty() -> None:
    with pytest.raises(InputError, match="no duty"):
        draft("1. Sở Nội vụ chủ trì, phối hợp với Sở Tư pháp tổ chức hội nghị.", head=(*HEAD[:-1], "I. MỤC ĐÍCH, YÊU CẦU"))


def test_a_row_without_a_lead_takes_that_of_the_row_above() -> None:
    heads = ("TT", "Nội dung", "Chủ trì", "Thời hạn")
    cells = (("1", "Tập huấn", "Sở Y tế", "Quý III/2023"), ("2", "In sổ tay", "", "Năm 2023"))
    rows = [Line("", table=1, heads=heads, cells=row) for row in cells]
    assert [duty.actors for duty in draft(*rows).duties] == [("HP-SYT",), ("HP-SYT",)]


def test_an_issuer_may_be_named_and_an_unknown_one_is_refused() -> None:
    lines = ("1. Tập huấn", "- Chủ trì: Sở Nội vụ", "- Thời gian: Năm 2023")
    nameless = (*HEAD[:3], HEAD[3], HEAD[5])
    assert draft(*lines, head=nameless, issuer="HP-UBND").head.issuer == "HP-UBND"
    with pytest.raises(InputError, match="Whose plan it is"):
        draft(*lines, head=nameless)
    with pytest.raises(UsageError):
        draft(*lines, issuer="XX-UBND")


PIECES = (
    "I. |1. |a) |- |+ |Phần II|Cơ quan chủ trì: |Thời gian: |Sở Nội vụ|các sở, ngành|UBND các quận, huyện|chủ trì|phối hợp với|báo cáo|"
    "Quý III/2023|trước ngày 31/9/2023|sau khi|Đề nghị|nếu có vướng mắc|; |. |Hội Nông dân|tập huấn|PHỤ LỤC"
)
WORDS = st.sampled_from([*PIECES.split("|"), '"', "\\", "'", "\x07", "\n", "\u0301"])
LINES = st.lists(st.lists(WORDS, max_size=8).map(" ".join), max_size=12)
CELLS = st.lists(st.lists(WORDS, max_size=4).map(" ".join), min_size=4, max_size=4)


@settings(max_examples=25, deadline=None)
@given(LINES, CELLS)
def test_whatever_the_lines_are_a_sound_plan_file_comes_out_or_a_refusal(lines: list[str], cells: list[str]) -> None:
    row = Line("", table=1, heads=("TT", "Nội dung", "Chủ trì", "Thời hạn"), cells=tuple(cells))
    try:
        made = draft(*lines, row)
    except InputError:
        return
    text = plan_toml(made, "kế hoạch\n.docx", "x.rules.toml")
    assert find_problems(tomllib.loads(text), SourceMap(text), load_registry()) == []
    for rule in tomllib.loads(rules_toml(propose(made.items, made.head), "x.toml")).get("rule", []):
        re.compile(rule.get("regex", ""))


def test_the_sample_plan_of_the_docs_has_the_duties_that_they_tell() -> None:
    sample = Path(__file__).resolve().parents[3] / "samples" / "plans" / "bao-luc-gia-dinh.txt"
    made = import_plan([Line(line) for line in sample.read_text(encoding="utf-8").splitlines() if line.strip()], load_registry())
    assert [(d.clause, d.kind) for d in made.duties] == [
        ("II.1", "assigned"), ("II.2", "assigned"), ("II.3", "assigned"), ("III.1", "assigned"), ("III.1", "assigned"), ("III.2", "event"),
    ]  # fmt: skip
