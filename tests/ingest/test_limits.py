"""What one file may cost is bounded, and the bounds are in one place."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhchung.ingest import reader
from minhchung.ingest.limits import CONVERT_SECONDS, FILE_BYTES, MIB, seconds_for
from minhchung.ingest.reader import read_file


def test_a_file_over_the_limit_is_refused_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "large.docx"
    with path.open("wb") as file:
        file.truncate(FILE_BYTES + 1)

    def never(path: Path) -> str:
        raise AssertionError("it was looked at")

    monkeypatch.setattr(reader, "detect", never)
    report = read_file(path)
    assert (report.outcome, report.issues[0].code) == ("unreadable", "too-large")
    assert "200 MiB" in report.reason and len(report.sha256) == 64


def test_time_grows_with_size_but_not_without_end() -> None:
    assert [seconds_for(size) for size in (0, 6 * MIB, FILE_BYTES)] == [60, 120, 600]


@given(st.integers(0, 1 << 40), st.integers(0, 1 << 40))
def test_a_larger_file_never_gets_less_time(one: int, two: int) -> None:
    assert seconds_for(min(one, two)) <= seconds_for(max(one, two))


def test_libreoffice_gives_up_before_its_worker_is_ended() -> None:
    assert seconds_for(0) > CONVERT_SECONDS + 10
