"""What is found in the reports that the rules were written for, read by the real reader."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from minhchung.extract.judge import judge
from minhchung.ingest.reader import read_file
from minhchung.plan.loader import load_plan
from minhchung.plan.registry import load_registry

DEV_REPORTS = Path(__file__).resolve().parents[3] / "shared" / "dev-reports"
CLAIMS = ("done", "ongoing", "planned", "not_done")
SAME = 0.6  # share of common words from which two quotes are one


def words(text: str) -> set[str]:
    return {word.strip(".,;:()\"'/-") for word in text.lower().split()} - {""}


def same(a: set[str], b: set[str]) -> float:
    return len(a & b) / max(1, min(len(a), len(b)))


def test_evidence_is_found_at_nine_of_ten() -> None:
    if not DEV_REPORTS.is_dir():
        pytest.skip("../shared/dev-reports is not here")
    found = wrong = missed = 0
    for entry in json.loads((DEV_REPORTS / "gold.json").read_text(encoding="utf-8")):
        if "scan" in entry["render"]:
            continue  # without a text layer
        report = read_file(DEV_REPORTS / "docs" / entry["file"])
        wanted = [(i["item"], words(m["text"])) for m in entry["evidence"] for i in m["items"] if i["status"] in CLAIMS]
        unused = list(wanted)
        for evidence in judge(report, load_plan(), load_registry()).evidence:
            if evidence.status not in CLAIMS:
                continue
            quote = words(evidence.quote)
            fits = [w for w in wanted if w[0] == evidence.item and same(w[1], quote) >= SAME]
            hit = next((w for w in fits if w in unused), None)
            if hit:
                unused.remove(hit)
                found += 1
            elif not fits:
                wrong += 1
        missed += len(unused)
    assert found > 100
    assert 2 * found / (2 * found + wrong + missed) >= 0.90
