from __future__ import annotations

import io
import re
import sqlite3
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from minhchung.present.asking import Question
from minhchung.present.output import Output
from minhchung.present.reports.figures import SHARE, figures, measures, of_total, totals
from minhchung.present.reports.gathering import Gathered, gather
from minhchung.present.reports.texts import amount_text, harmless
from minhchung.present.reports.yearly import yearly
from minhchung.store.claims import ClaimRow
from minhchung.store.intake import intake

# Read by hand in samples/text: the figures that a total of the same report holds already, as agency, item, unit, value.
#   09-so-ldtbxh: "Tổng cộng … 41 cuộc", then the table with "33 cuộc … do quận, huyện phối hợp" among its rows
#   04-le-chan-thay-the: "173 cuộc … 11.875 lượt người", then the same by ward: 14+11+10+13+22+9+94, 830+642+595+704+1.410+511+7.183
#   08-so-noi-vu: "1.142 đại biểu", and its footnote "riêng điểm cầu Trung tâm Hội nghị thành phố có 196 đại biểu"
IN_TOTALS = [
    ("HP-SLDTBXH", "II.1.b", "cuộc", 33),
    *(("QH-305", "II.1.b", "cuộc", value) for value in (14, 11, 10, 13, 22, 9, 94)),
    *(("QH-305", "II.1.b", "lượt người", value) for value in (830, 642, 595, 704, 1410, 511, 7183)),
    ("HP-SNV", "II.1.a", "đại biểu", 196),
]
# Written without the code under test: a figure counts once for each agency, item, unit and value, of what was done by it or below it; of a
# whole and its part in one sentence the part where "trong tổng số" stands, the whole where "trong đó" does; no part of a total told
# elsewhere, and nothing that is told by the week.
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
    AND quote NOT LIKE '%buổi mỗi tuần%' AND (agency, item, unit, value) NOT IN (SELECT * FROM in_totals)
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
        conn.execute("CREATE TEMP TABLE in_totals (agency, item, unit, value)")
        conn.executemany("INSERT INTO in_totals VALUES (?, ?, ?, ?)", IN_TOTALS)
        sums, shares = conn.execute(SUMS).fetchall(), dict(conn.execute(SHARES).fetchall())
    wanted: dict[tuple[str, str], float] = {}
    for item, unit, value in sums:
        for measure in measures():
            if unit in measure.units and item not in measure.not_under:
                wanted[item, measure.label] = wanted.get((item, measure.label), 0) + value
    assert len(wanted) > 8 and shares
    told = {(row[1], row[2].removeprefix("Cộng: ")): row[3] for row in annexes[1] if row[2].startswith("Cộng: ")}
    assert {key: value for key, value in told.items() if "/" not in value and value != "0"} == {
        key: amount_text(value) for key, value in wanted.items()
    }
    assert {key[0]: value.split("/")[0] for key, value in told.items() if "/" in value} == {k: amount_text(v) for k, v in shares.items()}
    for (item, label), value in wanted.items():
        line = next(line for line in text.split("\n") if line.startswith("Số liệu cộng") and f"mục {item})" in line)
        assert f"{amount_text(value)} {label}" in line


def test_the_meetings_and_people_of_the_samples_are_those_counted_by_hand(gathered: Gathered) -> None:
    sums = totals(figures([claim for claim in gathered.claims if claim.year == 2023]))
    # LĐTBXH 41 and 2, Lê Chân 173, Đồ Sơn 48, Thủy Nguyên 208, Cát Hải 66
    assert sums["II.1.b", "meetings"] == 41 + 2 + 173 + 48 + 208 + 66 == 538
    told = (1705, 3420, 9310, 1224, 94, 132, 58, 5120, 74, 3900, 11875, 14650, 5800, 4015)
    assert sums["II.1.b", "people"] == sum(told) == 61377
    assert sums["II.1.a", "people"] == 63 + 1142 + 240 + 634


def test_what_a_total_holds_stays_in_the_annex_with_the_total_it_is_in(annexes: list[list[list[str]]]) -> None:
    within = [row for row in annexes[1] if row[4] == "không cộng (đã có trong tổng)"]
    assert len(within) == len(IN_TOTALS)
    ids = {row[8]: row for row in annexes[1] if row[8] and not row[4]}
    for row in within:
        total = re.fullmatch(r"đã có trong tổng \(mã (\w+)\)", row[9])
        assert total and ids[total[1]][5] == row[5], "the total is counted, and of the same agency"


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
    for promised_or_other in ("tập huấn bù", "cống thoát nước", "bãi tắm", "giáo viên mầm non"):
        assert promised_or_other not in proposals
    assert "“Luật và Nghị định chưa quy định rõ việc bỏ phiếu trực tuyến" in proposals
    assert not re.search(r"“\s*\d+[.)]", proposals), "the numbers of the reports' own lists are not ours"


def test_agencies_have_their_full_names(text: str, annexes: list[list[list[str]]]) -> None:
    told = text + "\n".join(cell for table in annexes for row in table for at, cell in enumerate(row) if at not in (6, 7))
    assert "Sở Lao động - Thương binh và Xã hội" in told and "Ủy ban nhân dân quận Lê Chân" in told
    for short in ("Sở LĐTBXH", "BQLDA", "UBND quận Lê Chân"):
        assert short not in re.sub(r"“[^”]*”", "", told), "an abbreviation that nobody has explained"


def test_no_empty_paragraph_below_a_table_makes_an_empty_page(data: bytes) -> None:
    body = list(opened(data).element.body)
    behind = [body[at + 1] for at, one in enumerate(body[:-1]) if one.tag.endswith("}tbl")][2:]
    assert len(behind) == 3 and all("".join(one.itertext()).strip() for one in behind)


def test_who_lacks_what_stands_in_the_third_annex(gathered: Gathered, annexes: list[list[list[str]]]) -> None:
    assert len(annexes[2][1:]) == len({row.agency for row in gathered.missing})
    names = {agency.name for agency in gathered.registry.agencies}
    place = " thành phố Hải Phòng"
    assert all(any(row[1].startswith(name.removesuffix(place)) for name in names) for row in annexes[2][1:])
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


@pytest.mark.parametrize(
    ("told", "counted"),
    [
        ([("Toàn huyện đã mở 05 lớp: 02 lớp cho xã, 03 lớp cho thôn", "p4", (5, 2, 3))], [5]),
        ([("Đã mở 05 lớp", "p4", (5,)), ("02 lớp cho xã", "p5", (2,)), ("03 lớp cho thôn", "p6", (3,))], [5, 2, 3]),  # by chance, maybe
        ([("Đã mở 50 lớp", "p4", (50,)), ("20 lớp cho xã", "p5", (20,)), ("30 lớp cho thôn", "p6", (30,))], [50]),
        ([("20 lớp cho xã", "p5", (20,)), ("30 lớp cho thôn", "p6", (30,)), ("Cả năm 50 lớp", "p7", (50,))], [50]),
        ([("Tổng cộng 40 lớp", "p4", (40,)), ("33 lớp", "t1r2c2", (33,)), ("04 lớp", "t1r3c2", (4,)), ("09 lớp", "p9", (9,))], [40, 9]),
        ([("Tổng cộng 40 lớp", "p4", (40,)), ("41 lớp", "t1r2c2", (41,))], [40, 41]),  # the table tells of more
        ([("Quận mở 12 lớp", "p4", (12,)), ("Riêng phường An Biên 03 lớp", "p5", (3,))], [12]),
        ([("Quận mở 12 lớp, riêng khối trường 04 lớp", "p4", (12, 4))], [12]),
        ([("Riêng Luật được nói ở 30 lớp", "p4", (30,))], [30]),
    ],
)
def test_a_part_of_a_total_told_in_the_same_document_does_not_count(
    invent: Callable[..., Gathered], told: list[tuple[str, str, tuple[float, ...]]], counted: list[float]
) -> None:
    base = invent(claims=1).claims[0]
    claims = [
        replace(
            claim(base, at, quote=quote, locator=locator, heading="1. Tập huấn"),
            quantities=[{"unit": "lớp", "value": value, "approximate": False} for value in values],
        )
        for at, (quote, locator, values) in enumerate(told)
    ]
    assert [one.value for one in figures(claims) if one.counted] == counted
    elsewhere = [replace(one, sha256=f"{at:064}", agency=f"XA-{at:03}") for at, one in enumerate(claims)]
    assert len(told) == 1 or len([one for one in figures(elsewhere) if one.counted]) == len(told), "of other documents each counts"


def test_rows_above_a_row_of_totals_do_not_count_nor_do_sums_under_the_sum_of_all(invent: Callable[..., Gathered]) -> None:
    base = invent(claims=1).claims[0]
    rows = (("An Biên", 5), ("Cát Dài", 6), ("Cộng khối phường", 11), ("Trường A", 7), ("Trường B", 8), ("Cộng", 15), ("Tổng cộng", 26))
    claims = [
        replace(
            claim(base, at, quote=f"{value} lớp", locator=f"t2r{at}c3", row_label=label),
            quantities=[{"unit": "lớp", "value": float(value), "approximate": False}],
        )
        for at, (label, value) in enumerate(rows, 2)
    ]
    found = figures(claims)
    assert [one.value for one in found if one.counted] == [26]
    assert [one.whole for one in found[:3]] == [claims[2].id, claims[2].id, claims[6].id]
    apart = [replace(one, row_label=f"Tổng số lớp {one.row_label.lower()}") for one in claims[:2]]
    assert all(one.counted for one in figures(apart)), "each row has a total of its own"


def test_a_row_of_totals_is_known_by_its_first_words_wherever_its_cells_are_joined(tmp_path: Path, own_cache: Path) -> None:
    from docx import Document

    document = Document()
    for words in (
        "ỦY BAN NHÂN DÂN", "QUẬN LÊ CHÂN", "Số: 306/BC-UBND", "Lê Chân, ngày 13 tháng 11 năm 2023", "BÁO CÁO",
        "Kết quả thực hiện Luật Thực hiện dân chủ ở cơ sở năm 2023", "II. TUYÊN TRUYỀN LUẬT", "Kết quả cụ thể như sau:",
    ):  # fmt: skip
        document.add_paragraph(words)
    rows = (("STT", "Phường", "Tuyên truyền về Luật"), ("1", "An Biên", "14 cuộc về Luật"), ("2", "Cát Dài", "11 cuộc về Luật"))
    table = document.add_table(4, 3)
    for line, row in enumerate(rows):
        for at, value in enumerate(row):
            table.cell(line, at).text = value
    table.cell(3, 0).merge(table.cell(3, 1)).text = "Tổng cộng"
    table.cell(3, 2).text = "26 cuộc về Luật"  # one more than the rows tell: it is the total all the same
    document.save(str(tmp_path / "bang.docx"))
    intake([tmp_path / "bang.docx"], tmp_path / "s.db", jobs=1)
    with Question(tmp_path / "s.db", Output(), year=2023, as_of=date(2023, 11, 30)).asked() as asked:
        found = figures(gather(asked).claims)
    assert {one.value: one.counted for one in found} == {14: False, 11: False, 26: True}


def test_a_figure_by_the_week_is_no_sum(invent: Callable[..., Gathered]) -> None:
    base = replace(invent(claims=1).claims[0], coverage=None, quantities=[{"unit": "buổi", "value": 2.0, "approximate": False}])
    by_the_week = figures([replace(base, quote="Loa phát 2 buổi mỗi tuần")])[0]
    assert not by_the_week.counted and by_the_week.note
    assert figures([replace(base, quote="Đã mở 2 buổi ở mỗi phường")])[0].counted


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
