from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from minhchung.present.language import speaking
from minhchung.present.reports.gathering import Gathered
from minhchung.present.reports.xlsx import MADE, MATRIX, MISSING, QUOTES, UNREAD, workbook


def opened(data: bytes) -> Any:
    from openpyxl import load_workbook

    return load_workbook(io.BytesIO(data))


@pytest.fixture(scope="module")
def book(gathered: Gathered) -> Any:
    return opened(workbook(gathered))


def test_there_is_a_sheet_for_the_matrix_each_item_the_quotes_and_what_is_missing(book: Any, gathered: Gathered) -> None:
    assert book.sheetnames == [MATRIX, *(item.id for item in gathered.plan_items), QUOTES, MISSING, UNREAD, MADE]


def test_heads_are_frozen_and_every_table_can_be_filtered(book: Any) -> None:
    for sheet in book:
        assert sheet.freeze_panes, sheet.title
        assert sheet.auto_filter.ref, sheet.title


def test_the_matrix_has_each_agency_and_its_letters(book: Any, gathered: Gathered) -> None:
    sheet = book[MATRIX]
    assert sheet.max_row - 5 == len({(row.agency, row.year) for row in gathered.items})
    heads = [str(cell.value).split("\n")[0] for cell in sheet[5]]
    line = next(row for row in sheet.iter_rows(min_row=6) if row[1].value == "QH-305")
    wanted = next(row for row in gathered.items if (row.agency, row.item) == ("QH-305", "II.2"))
    cell = line[heads.index("II.2")]
    assert (wanted.state, wanted.overdue, cell.value) == ("partial", True, "P!")
    assert cell.fill.fgColor.rgb.endswith("FFE9A8")
    owed = [row for row in gathered.items if row.agency == "QH-305" and row.owed]
    lacking = [row for row in owed if row.state not in ("evidenced", "not_applicable")]
    assert [cell.value for cell in line[-3:]] == [len(owed), len(lacking), sum(row.overdue for row in owed)]


def test_a_letter_links_to_its_line_in_the_items_sheet(book: Any) -> None:
    sheet = book[MATRIX]
    line = next(row for row in sheet.iter_rows(min_row=6) if row[1].value == "QH-305")
    sheet_name, _, place = line[4].hyperlink.location.partition("!")
    assert sheet_name == "'II.1.a'"
    assert book["II.1.a"][place].value == line[0].value == "UBND quận Lê Chân"


def test_each_quote_stands_with_its_file_and_links_back(book: Any, gathered: Gathered) -> None:
    sheet = book[QUOTES]
    assert sheet.max_row - 1 == len(gathered.claims)
    first, claim = sheet[2], gathered.claims[0]
    assert (first[0].value, first[5].value, first[13].value) == (claim.id, claim.quote, claim.file)
    assert first[13].hyperlink.target == Path(claim.path).as_uri()
    assert first[3].hyperlink.location.startswith(f"'{MATRIX}'!")


def test_a_row_is_as_tall_as_its_longest_text(book: Any, gathered: Gathered) -> None:
    heights = {line: book[QUOTES].row_dimensions[line].height for line in range(2, len(gathered.claims) + 2)}
    long = [line for line, claim in enumerate(gathered.claims, 2) if len(claim.quote) > 190]
    assert len(long) > 1 and all((heights[line] or 0) >= 3 * 15 for line in long)
    assert max(height or 0 for height in heights.values()) <= 409


def test_the_missing_sheet_has_what_missing_tells(book: Any, gathered: Gathered) -> None:
    sheet = book[MISSING]
    assert sheet.max_row - 1 == len(gathered.missing) > 500
    assert [sheet.cell(2, 1).value, sheet.cell(2, 10).value] == [gathered.missing[0].agency_name, gathered.missing[0].reason]


def test_figures_stand_apart_from_the_texts_beside_them(book: Any, gathered: Gathered) -> None:
    for sheet in (*(book[item.id] for item in gathered.plan_items), book[QUOTES], book[MISSING], book[UNREAD]):
        for column in sheet.iter_cols(min_row=2):
            numbers = [cell for cell in column if isinstance(cell.value, (int, float))]
            assert all(cell.alignment.horizontal == "center" for cell in numbers), (sheet.title, sheet.cell(1, column[0].column).value)


@pytest.mark.parametrize(("lang", "form"), [("vi", "dd/mm/yyyy"), ("en", "yyyy-mm-dd")])
def test_days_are_days_and_times_are_of_here(gathered: Gathered, lang: Any, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "Asia/Ho_Chi_Minh")
    time.tzset()
    try:
        with speaking(lang):
            made = opened(workbook(replace(gathered, made=replace(gathered.made, written=datetime(2023, 11, 30, 20, 5, tzinfo=UTC)))))
    finally:
        monkeypatch.undo()
        time.tzset()
    found = 0
    for sheet in made.worksheets[1:-2]:
        for head in sheet[1]:
            if head.value in ("Hạn", "Ngày văn bản", "Due", "Document’s day", "Date of document", "Deadline"):
                cells = [cell for cell in next(sheet.iter_cols(head.column, head.column, 2)) if cell.value]
                assert all(isinstance(cell.value, datetime) and cell.number_format == form for cell in cells)
                found += len(cells)
    assert found > 500
    told = " ".join(str(row[1].value) for row in made.worksheets[-1].iter_rows(min_row=2))
    assert ("03:05 ngày 01/12/2023" if lang == "vi" else "2023-12-01 03:05") in told
    assert "T20:05" not in told


def test_a_day_before_the_calendar_of_spreadsheets_stays_text(gathered: Gathered) -> None:
    old = replace(gathered, claims=[replace(gathered.claims[0], date="1845-02-03")])
    assert opened(workbook(old))[QUOTES].cell(2, 16).value == "03/02/1845"


def test_hostile_text_stays_text_and_the_file_stays_whole(invent: Callable[..., Gathered], hostile: str) -> None:
    found = invent(words=hostile)
    quotes = ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(A1)", "#REF!", '=HYPERLINK("http://x")', hostile]
    found = replace(found, claims=[replace(claim, quote=quote) for claim, quote in zip(found.claims, quotes, strict=False)])
    data = workbook(found)
    sheet = opened(data)[QUOTES]
    for line, quote in enumerate(quotes[:-1], 2):
        cell = sheet.cell(line, 6)
        assert (cell.value, cell.data_type) == (quote, "s")
        assert cell.quotePrefix is quote.startswith(("=", "+", "-", "@"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = [package.read(name).decode("utf-8") for name in package.namelist() if name.endswith(".xml")]
    assert not any("<f>" in part for part in parts)
    assert not any(sign in part for part in parts for sign in "\u202e\x07\x1b")


def test_libreoffice_opens_it_with_all_its_sheets(gathered: Gathered, tmp_path: Path) -> None:
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed here")
    path = tmp_path / "a.xlsx"
    path.write_bytes(workbook(gathered))
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, capture_output=True, timeout=60, check=False)
    if not (tmp_path / "a.pdf").is_file():
        pytest.skip("LibreOffice Calc is not installed here")
    import pypdfium2

    document = pypdfium2.PdfDocument(tmp_path / "a.pdf")
    text = document[0].get_textpage().get_text_bounded()
    assert "UBND quận Lê Chân" in text and "C có minh chứng" in text
    assert {(round(w), round(h)) for w, h in (page.get_size() for page in document)} == {(1191, 842)}
