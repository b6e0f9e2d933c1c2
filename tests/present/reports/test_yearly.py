from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from minhchung.present.reports.figures import SHARE, figures, measures, of_total, totals
from minhchung.present.reports.gathering import Gathered
from minhchung.present.reports.texts import amount_text, harmless
from minhchung.present.reports.yearly import yearly
from minhchung.store.claims import ClaimRow

# Written without the code under test: a figure counts once for each agency, item, unit and value, of what was done by it or below it; of a
# whole and its part in one sentence the part where "trong tổng số" stands, the whole where "trong đó" does.
SUMS = """
SELECT item, unit, sum(value) FROM (
    SELECT DISTINCT agency, item, unit, value FROM (
        SELECT d.agency, e.item, lower(e.quote) AS quote,
            json_extract(q.value, '$.unit') AS unit, json_extract(q.value, '$.value') AS value,
            min(json_extract(q.value, '$.value')) OVER claim AS least, max(json_extract(q.value, '$.value')) OVER claim AS most
        FROM evidence e JOIN documents d ON d.sha256 = e.sha256 AND d.outcome = 'ingested', json_each(e.quantities) q
        WHERE e.status = 'done' AND e.actor IN ('self', 'subordinate') AND d.agency IS NOT NULL AND d.year = 2023
            AND ifnull(d.date, '') <= '2023-11-30'
        WINDOW claim AS (PARTITION BY e.id, json_extract(q.value, '$.unit'))
    ) WHERE CASE
        WHEN quote LIKE '%trong tổng số%' OR quote LIKE '%trong số%' THEN value = least
        WHEN quote LIKE '%trong đó%' THEN value = most
        ELSE 1 END
) GROUP BY item, unit
"""
SHARES = """
SELECT item, sum(done) FROM (
    SELECT d.agency, e.item, json_extract(e.coverage, '$.unit') AS unit, max(json_extract(e.coverage, '$.done')) AS done
    FROM evidence e JOIN documents d ON d.sha256 = e.sha256 AND d.outcome = 'ingested'
    WHERE e.coverage IS NOT NULL AND e.status = 'done' AND e.actor IN ('self', 'subordinate') AND d.agency IS NOT NULL AND d.year = 2023
        AND ifnull(d.date, '') <= '2023-11-30'
    GROUP BY d.agency, e.item, unit
) GROUP BY item
"""


def opened(data: bytes) -> Any:
    from docx import Document

    return Document(io.BytesIO(data))


@pytest.fixture(scope="module")
def data(gathered: Gathered) -> bytes:
    return yearly(gathered, 2023)


@pytest.fixture(scope="module")
def text(data: bytes) -> str:
    return "\n".join(paragraph.text for paragraph in opened(data).paragraphs)


@pytest.fixture(scope="module")
def annexes(data: bytes) -> list[list[list[str]]]:
    """The tables behind the letterhead and the signing block, as texts: python-docx walks each table for every cell."""
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    tables = opened(data).element.body.findall(f"{word}tbl")[2:]
    return [
        [["".join(t.text or "" for t in cell.iter(f"{word}t")) for cell in row.findall(f"{word}tc")] for row in one.findall(f"{word}tr")]
        for one in tables
    ]


def test_the_figures_in_the_report_are_the_sums_that_sql_gives(store: Path, text: str, annexes: list[list[list[str]]]) -> None:
    with sqlite3.connect(store) as conn:
        sums, shares = conn.execute(SUMS).fetchall(), dict(conn.execute(SHARES).fetchall())
    wanted: dict[tuple[str, str], float] = {}
    for item, unit, value in sums:
        for measure in measures():
            if unit in measure.units and item not in measure.not_under:
                wanted[item, measure.label] = wanted.get((item, measure.label), 0) + value
    assert len(wanted) > 8 and shares
    told = {(row[1], row[2].removeprefix("Cộng: ")): row[3] for row in annexes[1] if row[2].startswith("Cộng: ")}
    assert {key: value for key, value in told.items() if "/" not in value} == {key: amount_text(value) for key, value in wanted.items()}
    assert {key[0]: value.split("/")[0] for key, value in told.items() if "/" in value} == {k: amount_text(v) for k, v in shares.items()}
    for (item, label), value in wanted.items():
        line = next(line for line in text.split("\n") if line.startswith("Số liệu cộng") and f"mục {item})" in line)
        assert f"{amount_text(value)} {label}" in line


def test_each_sum_is_that_of_the_lines_above_it(annexes: list[list[list[str]]]) -> None:
    def number(told: str) -> float:
        found = re.match(r"[\d.,]+", told)
        assert found, told
        return float(found[0].replace(".", "").replace(",", "."))

    running = 0.0
    for row in annexes[1][1:]:
        if row[2].startswith("Cộng: "):
            assert number(row[3]) == pytest.approx(running)
            running = 0
        elif not row[4]:
            running += number(row[3])
        if row[0]:
            assert row[6] and row[7] and row[8], "a figure without its words, file or id"


def test_the_counts_of_an_item_are_those_of_status(gathered: Gathered, text: str) -> None:
    for item in gathered.plan_items:
        owed = [row for row in gathered.items if row.item == item.id and row.owed]
        if owed:
            done = sum(row.state == "evidenced" for row in owed)
            assert f"Có minh chứng: {done}/{len(owed)} cơ quan phải làm" in text.split(f"(mục {item.id})", 1)[1][:200]


def test_the_form_is_that_of_decree_30(data: bytes, text: str) -> None:
    document = opened(data)
    section = document.sections[0]
    assert [round(length.mm) for length in (section.page_width, section.page_height, section.left_margin, section.right_margin)] == [
        210, 297, 30, 15,
    ]  # fmt: skip
    assert document.styles["Normal"].font.name == "Times New Roman"
    left, right = document.tables[0].rows[0].cells
    assert "SỞ NỘI VỤ" in left.text and "/BC-SNV" in left.text and "Độc lập - Tự do - Hạnh phúc" in right.text
    assert "BÁO CÁO" in text and "Căn cứ Luật Thực hiện dân chủ ở cơ sở số 10/2022/QH15" in text
    assert "59/2023/NĐ-CP ngày 14 tháng 8 năm 2023" in text
    assert "Nơi nhận:" in document.tables[1].rows[0].cells[0].text and "GIÁM ĐỐC" in document.tables[1].rows[0].cells[1].text
    assert document.sections[-1].page_width > document.sections[-1].page_height


def test_difficulties_and_proposals_are_gathered_with_their_files(text: str) -> None:
    assert "tại chung cư cao tầng ở phường Thượng Lý" in text.split("III. KHÓ KHĂN")[1].split("IV. KIẾN NGHỊ")[0]
    proposals = text.split("IV. KIẾN NGHỊ")[1].split("V. ĐÁNH GIÁ")[0]
    assert "Đề nghị Bộ Nội vụ ban hành mẫu Quy chế" in proposals and "04-le-chan-thay-the.pdf, trang 3" in proposals
    assert "Trên đây là báo cáo" not in proposals


def test_who_lacks_what_stands_in_the_third_annex(gathered: Gathered, annexes: list[list[list[str]]]) -> None:
    names = {row.agency_name for row in gathered.missing}
    assert {row[1] for row in annexes[2][1:]} == names
    assert sum(int(row[3]) for row in annexes[2][1:]) == len(gathered.missing)


def claim(base: ClaimRow, number: int, **changed: Any) -> ClaimRow:
    return replace(base, id=f"{number:012}", coverage=None, quantities=[], **changed)


def test_a_figure_told_twice_counts_once_and_of_shares_the_largest(invent: Callable[..., Gathered]) -> None:
    base = invent(claims=1).claims[0]
    people = {"unit": "người", "value": 40.0, "approximate": False}
    told = [
        replace(claim(base, 1), quantities=[people]),
        replace(claim(base, 2), quantities=[people]),
        replace(claim(base, 3, agency="XA-001"), quantities=[people]),
        replace(claim(base, 4, status="planned"), quantities=[people]),
        replace(claim(base, 5, actor="superior"), quantities=[people]),
        replace(claim(base, 6), coverage={"done": 9, "total": 15, "unit": "phường"}),
        replace(claim(base, 7), coverage={"done": 12, "total": 15, "unit": "phường"}),
        replace(claim(base, 8), quantities=[{"unit": "phút", "value": 90.0, "approximate": False}]),
    ]
    found = figures(told)
    assert totals(found) == {(base.item, "people"): 80, (base.item, SHARE): 12}
    assert of_total(found, base.item) == 15
    assert [one.counted for one in found] == [True, False, True, False, True]


def test_of_a_whole_and_its_part_one_counts(invent: Callable[..., Gathered]) -> None:
    base = invent(claims=1).claims[0]
    both = [{"unit": "cuộc", "value": value, "approximate": False} for value in (462.0, 173.0)]
    of_all = replace(claim(base, 1, quote="Trong tổng số 462 cuộc của quận, có 173 cuộc về Luật"), quantities=both)
    of_which = replace(claim(base, 2, agency="XA-001", quote="462 cuộc, trong đó 173 cuộc ở phường"), quantities=both)
    neither = replace(claim(base, 3, agency="XA-002", quote="quận 462 cuộc, phường 173 cuộc"), quantities=both)
    counted = [one.value for one in figures([of_all, of_which, neither]) if one.counted]
    assert counted == [173, 462, 462, 173]


def test_each_unit_stands_in_one_measure() -> None:
    units = [unit for measure in measures() for unit in measure.units]
    assert len(units) == len(set(units))


def test_hostile_text_stays_text(invent: Callable[..., Gathered], hostile: str) -> None:
    data = yearly(invent(words=hostile), 2023)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        body = package.read("word/document.xml").decode("utf-8")
    assert "<script" not in body and not any(sign in body for sign in "\u202e\x00\x07\x1b")
    assert "<script>alert(1)</script>" in "\n".join(paragraph.text for paragraph in opened(data).paragraphs)


def test_text_that_no_file_can_hold_is_made_harmless() -> None:
    assert harmless("a\x00b\u202ec\r\nd\ufffe\ud800") == "a bc\nd  "
    assert harmless(None) == "" and harmless("Đã làm – 5%") == "Đã làm – 5%"
    assert [amount_text(value) for value in (1234567, 42.6, 0.5, 12)] == ["1.234.567", "42,6", "0,5", "12"]
