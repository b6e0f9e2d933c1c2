"""Two agencies of one name can be told apart wherever a report lists agencies."""

from __future__ import annotations

import io
from dataclasses import replace
from typing import Any

import pytest

from minhchung.present.reports.filling import Template
from minhchung.present.reports.gathering import Gathered
from minhchung.present.reports.html import page_data
from minhchung.present.reports.reminders import ROW, SINGLE, letters, template_of
from minhchung.present.reports.xlsx import workbook
from minhchung.present.reports.yearly import yearly

TWO = {"CX-11620A": "Quốc Tuấn, huyện An Dương", "CX-11650A": "Quốc Tuấn, huyện An Lão"}


@pytest.fixture(scope="module")
def both(gathered: Gathered) -> Gathered:
    """The two alone."""
    kept: dict[str, Any] = {
        name: [row for row in getattr(gathered, name) if row.agency in TWO]
        for name in ("items", "duties", "missing", "missing_duties", "senders")
    }
    assert all(kept[name] for name in ("items", "missing"))
    return replace(gathered, **kept)


def texts(data: bytes) -> list[str]:
    """The paragraphs and the cells of a Word file."""
    from docx import Document
    from docx.oxml.ns import qn

    body = Document(io.BytesIO(data)).element.body
    return ["".join(text.text or "" for text in block.iter(qn("w:t"))) for block in body.iter(qn("w:p"))]


def test_the_yearly_report_lists_both(both: Gathered) -> None:
    told = texts(yearly(both, 2023))
    for name in TWO.values():
        assert sum(text.endswith(name) for text in told) >= 2, "annexes I and III"
    assert not [text for text in told if text.endswith("Quốc Tuấn")]


def test_a_letter_goes_to_one_of_them(both: Gathered) -> None:
    drafts = {one.agency: texts(one.data) for one in letters(both, Template(template_of(both), "letter", SINGLE, ROW))}
    assert drafts.keys() == TWO.keys()
    for code, name in TWO.items():
        assert f"Kính gửi: Ủy ban nhân dân xã {name}" in drafts[code]
        assert any(f"trách nhiệm của Ủy ban nhân dân xã {name} còn" in text for text in drafts[code])


def test_the_page_and_the_workbook_name_both(both: Gathered) -> None:
    from openpyxl import load_workbook

    assert {code: name for code, name, _ in page_data(both)["agencies"]} == {code: f"UBND xã {name}" for code, name in TWO.items()}
    sheets = load_workbook(io.BytesIO(workbook(both))).worksheets
    first = {cell.value for sheet in sheets for row in sheet.iter_rows() for cell in row if "Quốc Tuấn" in str(cell.value)}
    assert first == {f"UBND xã {name}" for name in TWO.values()}
