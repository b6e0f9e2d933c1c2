from __future__ import annotations

import base64
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from minhchung.present.asking import Question
from minhchung.present.language import LANGUAGES, speaking
from minhchung.present.output import Output
from minhchung.present.reports.colours import SHADES
from minhchung.present.reports.gathering import Gathered, gather
from minhchung.present.reports.html import embedded, page, page_data
from minhchung.present.terms import STATES


def data_of(text: str) -> Any:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)
    assert found
    return json.loads(found[1])


def written(folder: Path, found: Gathered, name: str = "page.html") -> Path:
    path = folder / name
    path.write_text(page(found), encoding="utf-8")
    return path


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_each_state_has_a_shade_that_its_letter_can_be_read_on() -> None:
    assert SHADES.keys() == STATES.keys()
    for state, shade in SHADES.items():
        light, dark = luminance(shade.ground), luminance(shade.letter)
        assert (light + 0.05) / (dark + 0.05) >= 4.5, state


def test_the_page_holds_every_cell_and_claim_of_the_store(gathered: Gathered) -> None:
    data = data_of(page(gathered))
    assert len(data["cells"]) == len(gathered.items)
    assert len(data["dutyCells"]) == len(gathered.duties)
    assert len(data["claims"]) == len(gathered.claims) > 200
    missing = [c for c in data["cells"] if c[4] & 1 and data["states"][c[3]][0] not in ("evidenced", "not_applicable")]
    assert len(missing) == len([row for row in gathered.missing if row.duty is None])
    assert all(cell[8] for cell in missing), "a missing cell without a reason"


def test_a_cell_shows_the_claims_of_its_agency_and_item_the_deciding_one_first(gathered: Gathered) -> None:
    data = page_data(gathered)
    row = next(row for row in gathered.items if row.agency == "QH-305" and row.item == "II.1.b")
    cell = data["cells"][list(gathered.items).index(row)]
    shown = [data["claims"][at] for at in cell[10]]
    assert shown[0][2] == row.quote
    assert {one[0] for one in shown} == {c.id for c in gathered.claims if (c.agency, c.item) == ("QH-305", "II.1.b")}


def test_nothing_in_the_data_can_end_its_script() -> None:
    text = embedded({"a": "</script><!--<script>", "b": "\u2028"})
    assert "<" not in text and "\u2028" not in text
    assert json.loads(text) == {"a": "</script><!--<script>", "b": "\u2028"}


def test_a_report_asked_for_on_demand_is_told(gathered: Gathered) -> None:
    row = next(row for row in gathered.missing if row.agency == "QH-305")
    text = page(replace(gathered, missing=[*gathered.missing, replace(row, duty="O24/3", reason="chưa trả lời")]))
    assert "O24/3" in text and "chưa trả lời" in text
    assert "O24/3" not in page(gathered)


def test_files_that_could_not_be_read_are_told_whatever_year_is_asked_for(tmp_path: Path) -> None:
    from minhchung.store.intake import intake

    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "hong.pdf").write_bytes(b"%PDF-1.4 nothing else")
    intake([folder], tmp_path / "s.db", jobs=1)
    with Question(tmp_path / "s.db", Output(), year=2023, as_of=date(2023, 11, 30)).asked() as asked:
        found = gather(asked)
    assert [row.file for row in found.problems] == ["hong.pdf"]
    assert "hong.pdf" in page(found) and [row.file for row in found.documents] == ["hong.pdf"]


def test_a_store_without_any_document_has_all_its_reports(tmp_path: Path) -> None:
    from minhchung.present.reports.xlsx import workbook
    from minhchung.present.reports.yearly import yearly
    from minhchung.store.connection import open_for_writing
    from minhchung.store.plans import settle_plans

    path = tmp_path / "empty.db"
    db = open_for_writing(path)
    settle_plans(db)
    db.conn.commit()
    db.conn.close()
    with Question(path, Output(), as_of=date(2023, 11, 30)).asked() as asked:
        found = gather(asked)
    assert "chưa có lần đọc nào" in page(found)
    assert workbook(found).startswith(b"PK") and yearly(found, 2023).startswith(b"PK")


def test_the_command_line_starts_without_what_only_reports_need() -> None:
    heavy = "('jinja2', 'openpyxl', 'docx', 'PIL', 'pypdfium2')"
    code = f"import sys, minhchung.cli; print([name for name in {heavy} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"


def test_hostile_text_stays_text(invent: Callable[..., Gathered], hostile: str) -> None:
    text = page(invent(words=hostile))
    assert text.count("<script") == 2 and text.count("</script>") == 2
    assert "<img src=x" not in text
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\u202a-\u202e\u2066-\u2069]", text)
    assert "49" not in re.findall(r"<h1[^>]*>(.*?)</h1>", text)[0]


def test_the_page_names_no_place_on_the_network(gathered: Gathered) -> None:
    text = page(gathered)
    assert not re.search(r'(?:src|href)="(?!#|data:)', text)
    assert "@import" not in text and "url(" not in text


def test_hostile_text_runs_nowhere_in_a_browser(browser: Any, tmp_path: Path, invent: Callable[..., Gathered], hostile: str) -> None:
    browser.open(written(tmp_path, invent(words=hostile)))
    browser.js("document.querySelector('td.c').click()")
    assert browser.js("document.querySelector('#d-body').textContent").count("<script>alert(1)</script>") > 1
    assert browser.js("document.querySelectorAll('#d-body script, #d-body img').length") == 0
    assert not [e for e in browser.events if e.get("method") == "Page.javascriptDialogOpening"]
    assert browser.faults() == []


def test_filters_narrow_the_matrix(browser: Any, tmp_path: Path, gathered: Gathered) -> None:
    browser.open(written(tmp_path, gathered))
    rows = "document.querySelectorAll('#matrix tbody th[scope=row]').length"
    assert browser.js(rows) == 15
    browser.choose("f-name", "le chan")
    assert browser.js("[...document.querySelectorAll('#matrix tbody th[scope=row]')].map(e => e.textContent)") == ["UBND quận Lê Chân"]
    browser.choose("f-name", "")
    browser.choose("f-item", "0")
    assert browser.js("document.querySelectorAll('#matrix thead th').length") == 2
    browser.choose("f-item", "")
    browser.choose("f-state", "overdue")
    overdue = {row.agency for row in gathered.items if row.overdue} - {row.agency for row in gathered.items if row.state == "no_report"}
    assert browser.js(rows) == len(overdue)
    browser.choose("f-state", "")
    browser.choose("f-level", "duty")
    assert browser.js("document.querySelectorAll('#matrix thead th').length") == len(gathered.plan_duties) + 1
    browser.choose("f-level", "item")
    browser.js("document.getElementById('f-silent').click(); new Promise(done => setTimeout(done, 600))")
    assert browser.js(rows) == len({row.agency for row in gathered.items})
    assert browser.faults() == []


def test_each_year_has_its_own_cells_the_newest_first(browser: Any, tmp_path: Path, invent: Callable[..., Gathered]) -> None:
    found = invent(agencies=2, items=2)
    later = [replace(row, year=2024, state="evidenced", overdue=False) for row in found.items]
    browser.open(written(tmp_path, replace(found, items=[*found.items, *later])))
    letters = "[...document.querySelectorAll('td.c')].map(e => e.textContent).join(' ')"
    assert browser.js(letters) == "C C C C"
    browser.choose("f-year", "2023")
    assert browser.js(letters) != "C C C C"
    assert browser.faults() == []


def test_the_page_of_one_agency_that_owes_no_item_opens(browser: Any, tmp_path: Path, gathered: Gathered) -> None:
    only = next(row.agency for row in gathered.duties if row.agency not in {other.agency for other in gathered.items})
    found = replace(gathered, items=[], duties=[row for row in gathered.duties if row.agency == only])
    browser.open(written(tmp_path, found))
    browser.js("document.getElementById('f-silent').click()")
    browser.choose("f-level", "duty")
    assert browser.js("document.querySelectorAll('#matrix tbody th[scope=row]').length") == 1
    browser.js("document.querySelector('td.c').click()")
    assert browser.faults() == []


def test_the_matrix_is_walked_and_opened_by_keyboard(browser: Any, tmp_path: Path, gathered: Gathered) -> None:
    browser.open(written(tmp_path, gathered))
    browser.js("document.querySelector('td.c[tabindex=\"0\"]').focus()")
    for name in ("ArrowRight", "ArrowDown"):
        browser.key(name)
    assert browser.js("[document.activeElement.dataset.x, document.activeElement.dataset.y]") == ["1", "1"]
    browser.key("Enter")
    assert browser.js("document.getElementById('detail').open") is True
    assert "II.1.b" in browser.js("document.getElementById('d-title').textContent")
    for _ in range(4):
        browser.key("Tab")
        assert browser.js("document.getElementById('detail').contains(document.activeElement)")
    browser.key("Tab", shift=True)
    assert browser.js("document.getElementById('detail').contains(document.activeElement)")
    browser.key("Escape")
    assert browser.js("document.getElementById('detail').open") is False
    assert browser.js("[document.activeElement.dataset.x, document.activeElement.dataset.y]") == ["1", "1"], "the focus comes back"
    assert browser.faults() == []


def test_a_cell_opens_its_quotes_with_file_page_and_cues(browser: Any, tmp_path: Path, gathered: Gathered) -> None:
    browser.open(written(tmp_path, gathered))
    browser.choose("f-name", "le chan")
    browser.js("document.querySelectorAll('td.c')[1].click()")
    text = browser.js("document.getElementById('d-body').innerText")
    row = next(row for row in gathered.items if row.agency == "QH-305" and row.item == "II.1.b")
    assert row.quote and row.quote in text
    assert "04-le-chan-thay-the.pdf" in text and "trang 1" in text and "Dấu hiệu:" in text


def test_a_phone_scrolls_only_inside_the_tables(browser: Any, tmp_path: Path, gathered: Gathered) -> None:
    browser.open(written(tmp_path, gathered), width=390, height=844, mobile=True)
    assert browser.js("document.documentElement.scrollWidth") <= 390


def test_the_page_prints_on_a3_across(browser: Any, tmp_path: Path, gathered: Gathered) -> None:
    import pypdfium2

    browser.open(written(tmp_path, gathered))
    made = browser.send("Page.printToPDF", preferCSSPageSize=True, printBackground=True)
    document = pypdfium2.PdfDocument(base64.b64decode(made["data"]))
    width, height = document[0].get_size()
    assert (round(width), round(height)) == (1191, 842)
    text = document[0].get_textpage().get_text_bounded()
    assert "UBND quận Lê Chân" in text and "Bỏ lọc" not in text
    assert len(document) <= 4


def test_twenty_thousand_claims_open_within_two_seconds(browser: Any, tmp_path: Path, invent: Callable[..., Gathered]) -> None:
    path = written(tmp_path, invent(agencies=300, items=25, claims=20_000), "large.html")
    seconds = min(browser.open(path) for _ in range(3))
    assert browser.js("document.documentElement.dataset.ready") is not None
    assert browser.js("document.querySelectorAll('#matrix tbody tr').length") > 50
    assert seconds < 2, f"{seconds:.2f} s, {path.stat().st_size / 1e6:.1f} MB"


@pytest.fixture(scope="module")
def axe(tmp_path_factory: pytest.TempPathFactory) -> str:
    """axe-core's script: named by $MINHCHUNG_AXE, or fetched by npm, which keeps what it fetched."""
    if named := os.environ.get("MINHCHUNG_AXE"):
        return Path(named).read_text(encoding="utf-8")
    npm = shutil.which("npm")
    if not npm:
        pytest.skip("axe-core needs npm, which is not installed here")
    folder = tmp_path_factory.mktemp("axe")
    quick = ("--prefer-offline", "--fetch-retries=0", "--fetch-timeout=8000", "--no-audit", "--no-fund", "--ignore-scripts", "--silent")
    with suppress(subprocess.TimeoutExpired):
        subprocess.run([npm, "install", *quick, "--prefix", str(folder), "axe-core@4"], capture_output=True, timeout=25, check=False)
    path = folder / "node_modules" / "axe-core" / "axe.min.js"
    if not path.is_file():
        pytest.skip("npm could not fetch axe-core")
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("opened", [False, True], ids=["the page", "a cell opened"])
def test_axe_finds_nothing_serious(browser: Any, tmp_path: Path, gathered: Gathered, axe: str, opened: bool, language: str) -> None:
    with speaking(language):
        browser.open(written(tmp_path, gathered))
    if opened:
        browser.js("document.querySelector('td.c').click()")
    browser.js(axe)
    found = browser.js("axe.run().then(r => r.violations.map(v => [v.id, v.impact, v.nodes.length, v.nodes[0].html.slice(0, 200)]))")
    assert [one for one in found if one[1] in ("serious", "critical")] == []
