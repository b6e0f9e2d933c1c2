"""Judging whole reports: pure, and every claim rests on the words of its passage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from minhchung.extract.judge import judge
from minhchung.extract.model import Evidence, Judgement
from minhchung.extract.version import rules_version
from minhchung.ingest.model import Report
from minhchung.ingest.reader import read_file
from minhchung.plan.loader import load_plan
from minhchung.plan.registry import load_registry

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "reports"
FILES = sorted(f for f in SAMPLES.iterdir() if f.suffix in (".docx", ".pdf"))


@pytest.fixture(scope="module")
def judged() -> list[tuple[Report, Judgement]]:
    reports = [read_file(f) for f in FILES]
    return [(report, judge(report, load_plan(), load_registry())) for report in reports]


def claims_of(judged: list[tuple[Report, Judgement]]) -> Iterator[tuple[Report, Evidence]]:
    return ((report, evidence) for report, judgement in judged for evidence in judgement.evidence)


def test_every_quote_is_the_text_at_its_place(judged: list[tuple[Report, Judgement]]) -> None:
    places = [(e.quote, r.passages[e.passage].text[e.start : e.end]) for r, e in claims_of(judged)]
    assert len(places) > 150
    assert not [place for place in places if place[0] != place[1]]


def test_every_cue_is_the_text_at_its_place_or_stands_outside(judged: list[tuple[Report, Judgement]]) -> None:
    cues = [(c, r.passages[e.passage].text[c.start : c.end]) for r, e in claims_of(judged) for c in e.cues]
    assert any(c.start >= 0 for c, _ in cues)
    assert not [c for c, text in cues if c.start >= 0 and c.text != text]


def test_every_claim_tells_its_gate_and_a_confidence(judged: list[tuple[Report, Judgement]]) -> None:
    for _, evidence in claims_of(judged):
        assert any(cue.rule.startswith("gate/") for cue in evidence.cues)
        assert 0.4 <= evidence.confidence <= 0.99


def test_every_item_is_one_of_the_plans(judged: list[tuple[Report, Judgement]]) -> None:
    assert {e.item for _, e in claims_of(judged)} <= {item.id for item in load_plan().items}


def test_the_same_report_gives_the_same_judgement(judged: list[tuple[Report, Judgement]]) -> None:
    for report, judgement in judged[:4]:
        assert judge(report, load_plan(), load_registry()) == judgement


def test_one_report_leaves_no_trace_in_the_next(judged: list[tuple[Report, Judgement]]) -> None:
    (first, before), (second, _) = judged[0], judged[1]
    judge(second, load_plan(), load_registry())
    assert judge(first, load_plan(), load_registry()) == before


def test_a_report_without_text_is_judged_without_evidence(draft: Any) -> None:
    judgement = draft(path="scan0001.pdf").judged()
    assert judgement.evidence == ()


def test_odd_characters_do_not_move_a_quote(law_report: Callable[[], Any]) -> None:
    text = "Quận đã mở 02 lớp\u00a0tập huấn\tLuật \x00 cho 60 tổ\ntrưởng İ."
    report = law_report().under("II. KẾT QUẢ").say(text)
    evidence = report.judged().evidence
    assert [e.item for e in evidence] == ["II.1.d"]
    assert evidence[0].quote == text[evidence[0].start : evidence[0].end]


def test_recipients_and_signatures_claim_nothing(law_report: Callable[[], Any], claims: Callable[[Any], list[str]]) -> None:
    report = law_report().under("II. KẾT QUẢ").say("Quận đã mở 02 lớp tập huấn Luật.", "Nơi nhận: - Đoàn kiểm tra việc thi hành Luật;")
    assert claims(report) == ["II.1.d done"]


def test_the_version_is_twelve_digits_and_stays_the_same() -> None:
    assert len(rules_version()) == 12 and int(rules_version(), 16) >= 0
    rules_version.cache_clear()
    first = rules_version()
    rules_version.cache_clear()
    assert rules_version() == first
