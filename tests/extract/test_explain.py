"""Every sentence can be asked why it counts or does not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minhchung.extract.explain import Explained, explain
from minhchung.extract.judge import judge
from minhchung.ingest.model import Locator, Passage, Report
from minhchung.plan.loader import load_plan
from minhchung.plan.registry import load_registry
from minhchung.present.reasons_told import CUES, GATES, MENTIONS

HEAD = (
    "ỦY BAN NHÂN DÂN",
    "QUẬN HỒNG BÀNG",
    "Số: 12/BC-UBND",
    "Hồng Bàng, ngày 10 tháng 11 năm 2023",
    "BÁO CÁO",
    "Kết quả thi hành Luật Thực hiện dân chủ ở cơ sở năm 2023",
)
BODY = (
    "Ngày 05/9/2023, quận tổ chức tập huấn Luật Thực hiện dân chủ ở cơ sở cho 120 cán bộ.",
    "Quận cũng tập huấn phòng cháy, chữa cháy cho 90 bảo vệ.",
    "Thời tiết tháng 9 mưa nhiều.",
)


@pytest.fixture(scope="module")
def report() -> Report:
    passages = [Passage(i, "paragraph", text, (), Locator(None, f"p{i}")) for i, text in enumerate((*HEAD, *BODY))]
    return Report("0" * 64, "a.docx", "docx", "read", passages=tuple(passages))


@pytest.fixture(scope="module")
def told(report: Report) -> dict[str, Explained]:
    return {one.seen.quote: one for one in explain(report, load_plan(), load_registry())}


def test_a_claim_is_told_with_its_gate_its_status_and_its_cues_in_place(told: dict[str, Explained], report: Report) -> None:
    one = told[BODY[0]]
    (considered,) = one.seen.considered
    assert (considered.item, considered.gate, considered.status) == ("II.1.d", "law/explicit", "done")
    assert [c.item for c in one.claims] == ["II.1.d"]
    text = report.passages[one.seen.passage].text
    assert one.seen.cues
    assert all(text[cue.start : cue.end] == cue.text for cue in one.seen.cues)


def test_a_sentence_on_another_matter_says_what_refused_it(told: dict[str, Explained]) -> None:
    one = told[BODY[1]]
    assert not one.claims
    assert [(c.item, c.gate, c.status) for c in one.seen.considered] == [("II.1.d", "no/other-matter-named", None)]


def test_what_no_rule_knows_and_what_is_letterhead_is_told_too(told: dict[str, Explained]) -> None:
    assert not told[BODY[2]].seen.stopped
    assert not told[BODY[2]].seen.considered
    assert told[HEAD[1]].seen.stopped == "no/outside-body"


def test_watching_changes_no_judgement(report: Report, told: dict[str, Explained]) -> None:
    judged = judge(report, load_plan(), load_registry()).evidence
    assert [c for one in told.values() for c in one.claims] == list(judged)


def test_every_gate_and_refusal_has_words_for_the_officer() -> None:
    room = Path(__file__).parents[2] / "extract"
    named = {name for file in room.glob("*.py") for name in re.findall(r'"(no/[a-z-]+)"', file.read_text(encoding="utf-8"))}
    assert len(named) > 15
    assert named <= set(GATES)
    assert {"law/explicit", "thread", "heading", "row", "document"} <= set(GATES)


def test_every_verdict_has_words_for_the_officer() -> None:
    """A rule's own name needs none: the words that it found are shown."""
    room = Path(__file__).parents[2] / "extract"
    sources = [file.read_text(encoding="utf-8") for file in room.glob("*.py")]
    rules = "".join(file.read_text(encoding="utf-8") for file in room.glob("rules/*.toml"))
    found = {name for text in sources for name in re.findall(r'Verdict\([^()]*\("([a-z/-]+)",\)', text)}
    assert len(found) > 15 and "heading/undone" in found
    assert {name for name in found if f'[[rule]]\nid = "{name}"' not in rules} <= set(MENTIONS) | set(CUES)
