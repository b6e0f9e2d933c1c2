"""A plan with a rules file of its own: its items are found by its cues, and the shipped plan is judged as before."""

from __future__ import annotations

from pathlib import Path

import pytest

from minhchung.errors import PlanError
from minhchung.extract.explain import explain
from minhchung.extract.judge import judge
from minhchung.extract.plan_rules import check_rules
from minhchung.ingest.model import Locator, Passage, Report
from minhchung.plan.loader import load_plan
from minhchung.plan.model import Plan
from minhchung.plan.registry import load_registry

PLAN = """
[plan]
id = "thu-2023"
title = "Triển khai Luật Căn cước"
issuer = "HP-UBND"
year = 2023
law_number = "26/2023/QH15"
law_effective = 2023-07-01
rules = "ke-hoach.rules.toml"

[[item]]
id = "II.2"
title = "Tập huấn nghiệp vụ cấp căn cước"
short = "tập huấn"

[[item]]
id = "IV.bc"
title = "báo cáo"
short = "báo cáo"

[[duty]]
id = "O01"
item = "II.2"
clause = "II.2"
quote = "Tập huấn nghiệp vụ cấp căn cước"
kind = "assigned"
actors = ["G-QH"]

[duty.due]
kind = "undated_once"
"""
RULES = """
[[rule]]
id = "law/name"
group = "law.explicit"
phrases = ["luật căn cước"]
match = ["Luật Căn cước"]

[[rule]]
id = "II.2/verb-object"
group = "item.II.2.strong"
regex = '\\\\btập huấn\\\\b[^.;]{0,60}?\\\\bcăn cước\\\\b'
match = ["tập huấn về cấp căn cước"]
nomatch = ["tập huấn chăn nuôi"]

[[rule]]
id = "II.2/verb"
group = "item.II.2.weak"
phrases = ["tập huấn"]
""".replace("\\\\", "\\")


def plan(folder: Path, rules: str = RULES) -> Plan:
    (folder / "ke-hoach.rules.toml").write_text(rules, encoding="utf-8")
    (folder / "ke-hoach.toml").write_text(PLAN, encoding="utf-8")
    return load_plan(folder / "ke-hoach.toml")


def report(*body: str, title: str = "Kết quả thi hành Luật Căn cước năm 2023") -> Report:
    texts = ("ỦY BAN NHÂN DÂN", "QUẬN LÊ CHÂN", "Số: 5/BC-UBND", "Lê Chân, ngày 05 tháng 12 năm 2023", "BÁO CÁO", title, *body)
    passages = tuple(Passage(n, "paragraph", text, (), Locator(None, f"p{n + 1}")) for n, text in enumerate(texts))
    return Report("0" * 64, "bao-cao.txt", "txt", "read", passages=passages)


def found(plan: Plan, *body: str, title: str = "Kết quả thi hành Luật Căn cước năm 2023") -> list[tuple[str, str]]:
    return [(e.item, e.status) for e in judge(report(*body, title=title), plan, load_registry()).evidence]


def test_a_verb_with_its_object_is_evidence(tmp_path: Path) -> None:
    assert found(plan(tmp_path), "Quận đã tổ chức tập huấn cấp căn cước cho 40 công chức ngày 12/9/2023.") == [("II.2", "done")]


def test_a_promise_and_a_nil_are_read_as_everywhere(tmp_path: Path) -> None:
    loaded = plan(tmp_path)
    assert found(loaded, "Quận chưa tổ chức tập huấn cấp căn cước.") == [("II.2", "not_done")]
    assert found(loaded, "Dự kiến tháng 1/2024 tổ chức tập huấn cấp căn cước.") == [("II.2", "planned")]


def test_a_verb_alone_counts_only_where_the_law_is_spoken_of(tmp_path: Path) -> None:
    loaded = plan(tmp_path)
    sentence = "Đã mở 03 lớp tập huấn cho 120 người."
    assert found(loaded, sentence) == [("II.2", "done")]
    assert found(loaded, sentence, title="Kết quả công tác nông nghiệp năm 2023") == []


def test_another_matter_is_no_evidence(tmp_path: Path) -> None:
    assert found(plan(tmp_path), "Quận trồng 500 cây xanh.") == []


def test_explain_names_the_plans_own_cues_and_the_gate(tmp_path: Path) -> None:
    told = explain(report("Quận đã tổ chức tập huấn cấp căn cước cho 40 công chức."), plan(tmp_path), load_registry())
    considered = [c for one in told for c in one.seen.considered]
    assert [(c.item, c.gate) for c in considered] == [("II.2", "law/focus")]


def test_a_changed_rules_file_is_a_changed_plan(tmp_path: Path) -> None:
    sentence = "Đã mở lớp cho 120 người."
    before = plan(tmp_path)
    assert found(before, sentence) == []
    after = plan(tmp_path, RULES.replace('phrases = ["tập huấn"]', 'phrases = ["mở lớp"]'))
    assert before.version != after.version
    assert found(after, sentence) == [("II.2", "done")]


def test_a_rules_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    loaded = plan(tmp_path)
    (tmp_path / "ke-hoach.rules.toml").unlink()
    loaded = load_plan(tmp_path / "ke-hoach.toml")
    with pytest.raises(PlanError, match="is not there"):
        found(loaded, "Đã tập huấn.")
    assert "is not there" in check_rules(loaded)[0].message


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("item.II.2.weak", "item.II.9.weak", "of no item"),
        ('match = ["tập huấn về cấp căn cước"]', 'match = ["tuyên truyền"]', "does not find 'tuyên truyền', which stands in its match"),
        ('nomatch = ["tập huấn chăn nuôi"]', 'nomatch = ["tập huấn về căn cước"]', "which stands in its nomatch"),
        ('id = "II.2/verb"', 'id = "law/name"', "stands twice"),
        ('phrases = ["tập huấn"]', 'phrase = ["tập huấn"]', "unknown keys"),
        ("{0,60}?", "{60,0}?", "no pattern"),
    ],
)
def test_a_fault_of_a_rules_file_is_told_with_its_rule(tmp_path: Path, old: str, new: str, says: str) -> None:
    faults = check_rules(plan(tmp_path, RULES.replace(old, new)))
    assert len(faults) == 1 and says in faults[0].message


def test_a_sound_rules_file_and_a_plan_without_one_have_no_faults(tmp_path: Path) -> None:
    assert check_rules(plan(tmp_path)) == []
    assert check_rules(load_plan()) == []
