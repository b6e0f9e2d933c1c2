"""What came near to being evidence, in the order in which an officer would look at it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from minhchung.extract.judge import judge
from minhchung.extract.model import Judgement
from minhchung.extract.rejected import KEPT, NEAREST, distance_of
from minhchung.ingest.model import Locator, Passage, Report
from minhchung.plan.loader import load_plan
from minhchung.plan.registry import load_registry

HEAD = (
    "ỦY BAN NHÂN DÂN",
    "QUẬN HỒNG BÀNG",
    "Số: 12/BC-UBND",
    "Hồng Bàng, ngày 10 tháng 11 năm 2023",
    "BÁO CÁO",
    "Kết quả thi hành Luật Thực hiện dân chủ ở cơ sở năm 2023",
)


def judged(*body: str) -> Judgement:
    passages = [Passage(i, "paragraph", text, (), Locator(None, f"p{i}")) for i, text in enumerate((*HEAD, *body))]
    return judge(Report("0" * 64, "a.docx", "docx", "read", passages=tuple(passages)), load_plan(), load_registry())


def test_a_refused_sentence_is_kept_with_its_words_its_gate_and_its_cues() -> None:
    refused = "Quận tập huấn phòng cháy, chữa cháy cho 90 bảo vệ."
    found = judged(f"Thời tiết mưa nhiều. {refused}")
    (one,) = found.rejected
    assert (one.item, one.gate[:3], one.quote) == ("II.1.d", "no/", refused)
    text = f"Thời tiết mưa nhiều. {refused}"
    assert text[one.start : one.end] == refused
    assert "tập huấn" in {cue.text for cue in one.cues} and all(text[c.start : c.end] == c.text for c in one.cues)


def test_nothing_is_kept_for_an_item_that_is_done() -> None:
    found = judged(
        "Ngày 05/9/2023, quận tổ chức tập huấn Luật Thực hiện dân chủ ở cơ sở cho 120 cán bộ.",
        "Quận cũng tập huấn phòng cháy, chữa cháy cho 90 bảo vệ.",
    )
    assert [claim.item for claim in found.evidence] == ["II.1.d"]
    assert found.rejected == ()


def test_a_mention_comes_before_a_sentence_on_another_law_wherever_they_stand() -> None:
    found = judged(
        "Quận tập huấn phòng cháy, chữa cháy cho 90 bảo vệ.",
        "Đề nghị Sở mở lớp tập huấn Luật Thực hiện dân chủ ở cơ sở cho cán bộ phường.",
    )
    assert [one.gate.split("/")[0] for one in found.rejected if one.item == "II.1.d"] == ["mention", "no"]


def test_of_many_only_the_nearest_few_are_kept() -> None:
    found = judged(*(f"Quận tập huấn phòng cháy, chữa cháy cho {n} bảo vệ." for n in range(90, 100)))
    assert [one.quote.split()[-3] for one in found.rejected] == ["90", "91", "92"]
    assert len(found.rejected) == KEPT


def test_judging_twice_gives_the_same() -> None:
    body = ("Quận tập huấn phòng cháy, chữa cháy cho 90 bảo vệ.",)
    assert judged(*body) == judged(*body)


@pytest.mark.parametrize(
    ("near", "far"),
    [
        (("mention/no-claim", "assertion"), ("no/law-not-named", "verifiable")),
        (("no/law-not-named", "verifiable"), ("no/law-not-named", "specific")),
        (("no/law-not-named", "assertion"), ("no/other-matter-named", "verifiable")),
        (("no/row-label", "assertion"), ("no/a-gate-of-tomorrow", "verifiable")),
    ],
)
def test_the_gate_counts_first_and_then_what_the_sentence_rests_on(near: tuple[str, str], far: tuple[str, str]) -> None:
    assert distance_of(*near) < distance_of(*far)


def test_every_refusal_of_a_sentence_has_its_place_in_the_order() -> None:
    room = Path(__file__).parents[2] / "extract"
    named = {name for file in room.glob("*.py") for name in re.findall(r'"(no/[a-z-]+)"', file.read_text(encoding="utf-8"))}
    ordered = [gate for gates in NEAREST for gate in gates]
    never_asked = {"no/heading", "no/outside-body", "no/document-is-the-act"}  # no sentence of the body
    assert len(ordered) == len(set(ordered))
    assert set(ordered) == named - never_asked
