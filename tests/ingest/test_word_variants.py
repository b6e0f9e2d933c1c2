"""The same words in other XML read the same, and what measures that sees when they do not."""

from __future__ import annotations

from pathlib import Path

import pytest

from minhchung.bench.kept_words import anywhere, in_order, words
from minhchung.bench.shown_in_word import shown
from minhchung.bench.word_variants import variants
from minhchung.ingest.reader import read_file

REPORT = Path(__file__).parents[2] / "samples" / "reports" / "08-so-noi-vu.docx"
VARIANTS = dict(variants(REPORT.read_bytes()))


@pytest.mark.parametrize("name", VARIANTS)
def test_every_way_to_write_the_same_words_reads_alike(name: str, tmp_path: Path) -> None:
    place = tmp_path / "a.docx"
    place.write_bytes(VARIANTS[name])
    read = [word for passage in read_file(place).passages for word in words(passage.text)]
    kept = anywhere(words(shown(REPORT)), read)
    assert (kept.share, kept.again) == (1.0, 0)
    assert kept.written > 500


@pytest.mark.parametrize("name", ["insertions and deletions", "moved text", "fields in fields", "hidden text, comments"])
def test_the_measure_leaves_out_what_is_not_shown(name: str, tmp_path: Path) -> None:
    place = tmp_path / "a.docx"
    place.write_bytes(VARIANTS[name])
    assert sorted(words(shown(place))) == sorted(words(shown(REPORT)))


def test_the_measure_sees_what_is_lost_said_twice_or_out_of_order() -> None:
    written = words("một hai ba bốn năm")
    assert anywhere(written, words("một hai ba bốn")).share == 0.8
    assert anywhere(written, words("một hai ba bốn năm bốn")).again == 1
    assert anywhere(written, words("bốn năm một hai ba")).share == 1.0
    assert in_order(written, words("bốn năm một hai ba")).share == 0.6
