"""PDF files that went wrong elsewhere: each is read as far as it can be, within limits, and the rest is told."""

from __future__ import annotations

import time
from functools import lru_cache, partial
from pathlib import Path

import pytest

from minhchung.ingest.isolation import Failure, run_isolated
from minhchung.ingest.model import Report
from minhchung.ingest.ocr_engine import engine
from minhchung.ingest.reader import read_file

ODD = Path(__file__).parents[3] / "shared" / "odd-files"
NAMES = (
    "GHOSTSCRIPT-691770-0.pdf", "password.pdf", "504076.pdf", "455746.pdf", "FailedToParseContentForPage32.pdf", "append-xref-loop.pdf",
    "TAMReview.pdf", "copy_protected.pdf", "multi-page-mixed.pdf", "poppler-85140-0.pdf", "hugemono.pdf",
)  # fmt: skip
SECONDS = 60.0


def path_of(name: str) -> Path:
    if not ODD.is_dir():
        pytest.skip("../shared/odd-files is not here")
    found = next(ODD.glob(f"*__{name}"), None)
    if found is None:
        pytest.skip(f"../shared/odd-files/…__{name} is not here")
    return found


@lru_cache(maxsize=1)
def results() -> dict[str, Report | Failure]:
    """All of them in one run of two workers: whatever one does, the run goes on."""
    started = time.monotonic()
    found = [path for name in NAMES for path in ODD.glob(f"*__{name}")]
    read = {path.name.split("__")[1]: result for path, result in run_isolated(found, read_file, 2, lambda _: SECONDS, memory=3 << 30)}
    assert time.monotonic() - started < 2 * SECONDS
    return read


def report_of(name: str) -> Report:
    path_of(name)
    result = results()[name]
    assert isinstance(result, Report), result
    return result


def text_of(report: Report) -> str:
    return " ".join(p.text for p in report.passages)


def test_every_file_is_accounted_for() -> None:
    path_of("password.pdf")
    assert set(results()) == {path.name.split("__")[1] for name in NAMES for path in ODD.glob(f"*__{name}")}


def test_a_small_file_that_swells_costs_at_most_itself() -> None:
    path_of("GHOSTSCRIPT-691770-0.pdf")
    result = results()["GHOSTSCRIPT-691770-0.pdf"]
    why = result.message if isinstance(result, Failure) else result.reason
    assert why and (isinstance(result, Failure) or result.outcome in ("unreadable", "failed"))


def test_a_locked_file_says_so_and_opens_with_one_of_the_passwords() -> None:
    report = report_of("password.pdf")
    assert report.outcome == "unreadable" and "password" in report.reason
    path = path_of("password.pdf")
    assert [i.code for i in read_file(path, ("wrong",)).issues] == ["encrypted"]
    opened = next(r for _, r in run_isolated([path], partial(read_file, passwords=("wrong", "password")), 1, lambda _: SECONDS))
    assert isinstance(opened, Report) and opened.outcome == "read"


def test_pages_that_one_library_does_not_see_are_read() -> None:
    report = report_of("504076.pdf")
    assert (report.outcome, report.pages, report.unread_pages) == ("read", 33, ())
    assert "THE LAW LIBRARY OF CONGRESS" in text_of(report).upper()


def test_a_bad_page_costs_that_page() -> None:
    report = report_of("455746.pdf")
    assert report.pages == 86 and len(report.unread_pages) <= (2 if engine() else 4)
    assert {i.page for i in report.issues if i.code not in ("ocr-corrected",)} == set(report.unread_pages)


def test_what_one_library_stumbles_over_the_other_reads() -> None:
    report = report_of("FailedToParseContentForPage32.pdf")
    assert report.outcome == "read" and report.pages == 147
    assert len({p.locator.page for p in report.passages}) >= 143  # passages that run on are located where they begin
    assert 32 in report.unread_pages and len(report.unread_pages) <= 2  # its page object holds nothing for either library


def test_a_loop_of_references_ends() -> None:
    report = report_of("append-xref-loop.pdf")
    assert report.outcome == "read" and report.pages == 30


@pytest.mark.parametrize("name", ["TAMReview.pdf", "copy_protected.pdf", "504076.pdf"])
def test_no_stand_in_for_a_letter_is_stored_as_text(name: str) -> None:
    text = text_of(report_of(name))
    assert len(text) > 2000
    assert "(cid:" not in text and not any(c in text for c in "\x00\ufffe\ufffd\x02")


@pytest.mark.skipif(engine() is None, reason="tesseract or its Vietnamese data is not installed")
def test_text_pages_and_picture_pages_in_one_file_are_all_read() -> None:
    report = report_of("multi-page-mixed.pdf")
    assert (report.pages, report.unread_pages, report.ocr) == (6, (), True)
    for number in range(1, 7):
        text = " ".join(p.text for p in report.passages if p.locator.page == number)
        assert f"Page {number}" in text


@pytest.mark.parametrize("name", ["poppler-85140-0.pdf", "hugemono.pdf"])
def test_a_page_of_giant_size_is_bounded(name: str) -> None:
    report = report_of(name)
    assert report.pages == 1 and report.outcome == "unreadable" and report.reason


def test_of_a_file_with_countless_pages_the_first_are_read_and_the_rest_listed(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"))
    for number in range(20_000):
        if number % 100 == 0:
            canvas.drawString(72, 700, f"Trang {number + 1}")
        canvas.showPage()
    canvas.save()
    started = time.monotonic()
    result = next(r for _, r in run_isolated([tmp_path / "a.pdf"], read_file, 1, lambda _: SECONDS, memory=3 << 30))
    assert isinstance(result, Report) and time.monotonic() - started < SECONDS
    assert result.pages == 20_000 and "Trang 1" in text_of(result)
    assert result.unread_pages[-1] == 20_000 and "too-many-pages" in {i.code for i in result.issues}
