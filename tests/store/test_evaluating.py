"""The gold comparison counts what an officer would count, and says what is wrong with a gold file."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minhchung.errors import InputError
from minhchung.extract.scoring import Tally, alike, bag
from minhchung.store.evaluating import confusions, figures, mistakes, read_gold

SAID = "Quận đã tổ chức 02 hội nghị quán triệt Luật."
LEFT = "Chưa mở lớp tập huấn nào trong năm."


def gold(*marks: tuple[str, str, str]) -> dict[str, object]:
    return {"file": "a.docx", "evidence": [{"text": t, "items": [{"item": i, "status": s}]} for i, s, t in marks]}


def test_words_align_without_tone_marks_and_in_parts() -> None:
    assert alike(bag("QUÁN TRIỆT Luật"), bag("quan triet luat")) == 1.0
    assert alike(bag(SAID), bag(LEFT)) < 0.3


def test_a_right_claim_is_a_hit_and_a_wrong_status_is_told_apart() -> None:
    tally = Tally()
    tally.add_claims(gold(("II.1.a", "done", SAID), ("II.1.d", "not_done", LEFT)), [("II.1.a", "done", SAID), ("II.1.d", "planned", LEFT)])
    assert tally.figures() == pytest.approx((1.0, 1.0, 1.0))
    assert tally.right_statuses() == 0.5
    assert [(m.fault, m.want, m.got) for m in tally.mistakes] == [("status", "not_done", "planned")]


def test_false_and_missed_claims_are_counted_and_listed() -> None:
    tally = Tally()
    tally.add_claims(gold(("II.1.a", "done", SAID)), [("II.2", "done", SAID), ("II.1.d", "mention", LEFT)])
    assert (tally.false.total(), tally.missed.total(), tally.hits.total()) == (1, 1, 0)
    assert {m.fault for m in tally.mistakes} == {"false", "missed"}


def test_a_sentence_marked_as_mention_is_no_claim() -> None:
    tally = Tally()
    tally.add_claims(gold(("II.1.a", "mention", SAID)), [("II.1.a", "done", SAID)])
    assert tally.false["II.1.a"] == 1 and not tally.missed


def test_two_claims_on_one_sentence_count_once() -> None:
    tally = Tally()
    tally.add_claims(gold(("II.1.a", "done", SAID)), [("II.1.a", "done", SAID), ("II.1.a", "done", SAID)])
    assert (tally.hits["II.1.a"], tally.false["II.1.a"]) == (1, 0)


def test_rows_that_say_the_same_are_hit_one_by_one() -> None:
    tally = Tally()
    tally.add_claims(gold(*[("II.2", "done", "Đã ban hành")] * 3), [("II.2", "done", "Đã ban hành")] * 2)
    assert (tally.hits.total(), tally.false.total(), tally.missed.total()) == (2, 0, 1)


def test_hundreds_of_rows_that_say_the_same_are_matched_too() -> None:
    tally = Tally()
    tally.add_claims(gold(*[("II.2", "done", "Đã ban hành")] * 400), [("II.2", "done", "Đã ban hành")] * 403)
    assert (tally.hits.total(), tally.false.total(), tally.missed.total()) == (400, 0, 0)


def test_a_short_text_takes_no_label_from_the_sentence_that_is_it() -> None:
    tally = Tally()
    long = "Phường An chưa ban hành quy chế."
    labels = gold(("II.2", "not_done", "Chưa"), ("II.2", "not_done", long))
    tally.add_claims(labels, [("II.2", "not_done", long), ("II.2", "not_done", "Chưa")])
    assert (tally.hits.total(), tally.missed.total()) == (2, 0)
    labels = gold(("II.2", "done", "Đã họp bàn"), ("II.2", "done", "Đã họp"))
    tally.add_claims(labels, [("II.2", "done", "Đã họp"), ("II.2", "done", "họp bàn")])
    assert (tally.hits.total(), tally.missed.total()) == (4, 0)


def test_cells_give_the_f1_of_what_is_missing() -> None:
    tally = Tally()
    for want, got in (("evidenced", "evidenced"), ("silent", "silent"), ("silent", "evidenced"), ("evidenced", "partial")):
        tally.add_cell("a.docx", "II.2", want, got)
    assert tally.right_cells() == 0.5
    assert tally.missing_f1() == pytest.approx(0.5)
    (row,) = (row for row in figures(tally) if row.measure == "missing")
    assert (row.right, row.of, row.precision, row.recall) == (1, 2, 0.5, 0.5)


def test_figures_confusions_and_mistakes_come_from_the_same_counts() -> None:
    tally = Tally()
    tally.add_claims(gold(("II.1.a", "done", SAID)), [("II.1.a", "planned", SAID)])
    tally.add_cell("a.docx", "II.1.a", "evidenced", "planned")
    tally.add_field("a.docx", "number", "12/BC-UBND", None)
    rows = {(r.measure, r.name): r for r in figures(tally)}
    assert rows["claims", ""].f1 == pytest.approx(1.0) and rows["status", ""].right == 0
    assert rows["field", "number"].right == 0 and rows["cells", "evidenced"].recall == 0
    assert [(c.kind, c.want, c.got, c.times) for c in confusions(tally)] == [
        ("status", "done", "planned", 1),
        ("state", "evidenced", "planned", 1),
    ]
    assert [m.fault for m in mistakes(tally)] == ["status", "state", "field"]


@pytest.mark.parametrize("text", ["{", "[1]", json.dumps([{"file": "a"}])])
def test_a_file_that_is_no_gold_is_refused_with_a_hint(tmp_path: Path, text: str) -> None:
    (tmp_path / "g.json").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"g\.json"):
        read_gold(tmp_path / "g.json")
    with pytest.raises(InputError, match="cannot be read"):
        read_gold(tmp_path / "none.json")
