"""The ten development reports, where they are at hand: nothing lost, nothing torn apart, headings as a careful reader sees them."""

from __future__ import annotations

import json
import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path

import pytest

from minhchung.ingest.model import Report
from minhchung.ingest.ocr_engine import engine
from minhchung.ingest.reader import read_file

SHARED = Path(__file__).parents[3] / "shared" / "dev-reports"
NAMES = sorted(p.name for p in (SHARED / "docs").glob("*")) if (SHARED / "docs").is_dir() else []
MARK = re.compile(r"\{\{[^|{}]*\|(.*?)\}\}", re.DOTALL)
TONES = "\u0300\u0301\u0303\u0309\u0323"

pytestmark = pytest.mark.skipif(not NAMES, reason="../shared/dev-reports is not here")


def fold(text: str) -> str:
    """Words with the tone mark moved to their end, so that "hoà" equals "hòa" and a lost tone still shows."""
    words = []
    for word in unicodedata.normalize("NFD", text).split():
        tones = "".join(c for c in word if c in TONES)
        words.append("".join(c for c in word if c not in TONES) + tones)
    return unicodedata.normalize("NFC", " ".join(words))


@lru_cache(maxsize=16)
def report_of(name: str) -> Report:
    return read_file(SHARED / "docs" / name)


def gold_lines(name: str) -> list[str]:
    lines = (SHARED / "text" / f"{Path(name).stem}.txt").read_text(encoding="utf-8").splitlines()
    return [MARK.sub(r"\1", line) for line in lines if line.strip() and not line.startswith("@")]


def gold_headings(name: str) -> list[tuple[int, str]]:
    return [(len(m[1]), fold(m[2])) for line in gold_lines(name) if (m := re.match(r"(#+) (.*)", line))]


def is_near(quote: str, text: str) -> bool:
    """Whether the quote stands in the text but for at most one letter in fifty."""
    matcher = SequenceMatcher(None, quote, text, autojunk=False)
    return sum(m.size for m in matcher.get_matching_blocks()) >= 0.98 * len(quote)


def test_all_are_read_the_scan_among_them_where_ocr_is_installed() -> None:
    bad = [n for n in NAMES if report_of(n).outcome != "read"]
    if engine() is None:
        assert len(bad) == 1
        assert report_of(bad[0]).waiting_for == ("ocr",) and "install" in report_of(bad[0]).reason
    else:
        assert bad == []
        assert [n for n in NAMES if report_of(n).ocr] == ["54-duong-kinh.pdf"]


@pytest.mark.parametrize("name", NAMES)
def test_words_are_kept_in_order(name: str) -> None:
    report = report_of(name)
    if report.outcome != "read":
        pytest.skip("OCR is not installed")
    gold = fold(" ".join(re.sub(r"^#+ |\|", " ", line) for line in gold_lines(name))).split()
    read = fold(" ".join(p.text for p in report.passages)).split()
    matched = sum(m.size for m in SequenceMatcher(None, gold, read, autojunk=False).get_matching_blocks())
    assert matched / len(gold) >= 0.995


def test_every_gold_quote_stands_within_one_passage() -> None:
    missing = []
    for document in json.loads((SHARED / "gold.json").read_text(encoding="utf-8")):
        report = report_of(document["file"])
        if report.outcome == "read":
            texts = [fold(p.text) for p in report.passages]
            for quote in (fold(e["text"]) for e in document["evidence"]):
                if not any(quote in t or (report.ocr and is_near(quote, t)) for t in texts):
                    missing.append((document["file"], quote))
    assert missing == []


@pytest.mark.parametrize("name", NAMES)
def test_headings_and_their_levels_are_found(name: str) -> None:
    report = report_of(name)
    if report.outcome != "read":
        pytest.skip("OCR is not installed")
    found = [(len(p.headings) + 1, fold(p.text)) for p in report.passages if p.kind == "heading"]
    assert found == gold_headings(name)
