"""Word files that public projects keep because they are odd: each comes out as its list says, where the list is at hand."""

from __future__ import annotations

import time
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from minhchung.ingest.mending import transitional
from minhchung.ingest.model import Report
from minhchung.ingest.reader import read_file

ODD = Path(__file__).parents[3] / "shared" / "odd-files"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def odd(name: str) -> Path:
    path = next(ODD.glob(f"*__{name}"), None) if ODD.is_dir() else None
    if path is None:
        pytest.skip(f"../shared/odd-files/*__{name} is not here")
    return path


def read(name: str) -> Report:
    report = read_file(odd(name))
    assert report.outcome == "read", report.reason
    return report


def raw_letters(path: Path) -> Counter[str]:
    """All letters in `w:t` of the main part but for blanks, what is deleted, and the second of two branches."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(transitional(package.read("word/document.xml")), etree.XMLParser(recover=True, resolve_entities=False))
    letters: Counter[str] = Counter()
    for text in root.iter(W + "t"):
        above = {a.tag for a in text.iterancestors()}
        if not above & {W + "del", W + "moveFrom", MC + "Fallback"}:
            letters.update("".join((text.text or "").split()))
    return letters


def kept(report: Report, path: Path) -> tuple[float, float]:
    """The shares of raw letters that are read, and of letters read that are not in the raw text (numbers and headers are not)."""
    raw = raw_letters(path)
    got = Counter("".join("".join(p.text.split()) for p in report.passages))
    total = max(1, sum(raw.values()))
    return 1 - sum((raw - got).values()) / total, sum((got - raw).values()) / total


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("strict-format.docx", 0.0), ("test.dotx", 0.0), ("SimpleMacro.docm", 0.0), ("stress014.docx", 0.03), ("InvalidDocProps.docx", 0.0),
        ("grid_offset_error.docx", 0.0), ("bug65649.docx", 0.03), ("decracdiscrim1.docx", 0.01), ("textbox.docx", 0.01),
        ("delins.docx", 0.03), ("ExternalEntityInText.docx", 0.05),
    ],
)  # fmt: skip
def test_all_that_shows_is_read_once(name: str, more: float) -> None:
    read_share, extra_share = kept(read(name), odd(name))
    assert read_share >= 0.995
    assert extra_share <= more


def test_heavily_merged_tables_are_read_quickly() -> None:
    path = odd("bug65649.docx")
    start = time.process_time()
    assert len(read_file(path).passages) > 10_000
    assert time.process_time() - start < 10


def test_deletions_are_left_out() -> None:
    with zipfile.ZipFile(odd("delins.docx")) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    deleted = {t.text.strip() for t in root.iter(W + "delText") if t.text and len(t.text.split()) > 3}
    read_texts = " ".join(p.text for p in read("delins.docx").passages)
    assert deleted and not any(text in read_texts for text in deleted)


def test_text_boxes_and_content_controls_are_passages() -> None:
    assert any(p.kind == "textbox" for p in read("textbox.docx").passages)


def test_an_external_entity_is_not_resolved() -> None:
    path = odd("ExternalEntityInText.docx")
    with zipfile.ZipFile(path) as package:
        assert b"<!ENTITY" in package.read("word/document.xml")
    report = read("ExternalEntityInText.docx")
    assert not any("root:" in p.text or "&" in p.text for p in report.passages)


@pytest.mark.parametrize(
    ("name", "word"), [("truncated62886.docx", "damaged"), ("test.docx", "empty"), ("protected_agile.docx", "password")]
)
def test_what_cannot_be_read_says_why(name: str, word: str) -> None:
    report = read_file(odd(name))
    assert report.outcome == "unreadable" and word in report.reason


def test_a_wrong_password_is_told_apart_from_none() -> None:
    reason = read_file(odd("protected_agile.docx"), passwords=("nhầm",)).reason
    assert "the password given does not open it" in reason
