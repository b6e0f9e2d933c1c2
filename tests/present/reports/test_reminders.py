from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from minhchung.cli import cli
from minhchung.errors import InputError
from minhchung.present.reports.filling import Template, template_from
from minhchung.present.reports.gathering import Gathered
from minhchung.present.reports.reminders import ROW, SINGLE, Letter, letters, template_of
from minhchung.present.reports.senders import sender_of, writer_of


def opened(data: bytes) -> Any:
    from docx import Document

    return Document(io.BytesIO(data))


def made(found: Gathered, **options: Any) -> dict[str, Letter]:
    return {letter.agency: letter for letter in letters(found, Template(template_of(found), "letter", SINGLE, ROW), **options)}


@pytest.fixture(scope="module")
def above(gathered: Gathered) -> Gathered:
    """Without the 217 communes, whose letters say the same."""
    return replace(
        gathered,
        missing=[row for row in gathered.missing if not row.agency.startswith("CX-")],
        items=[row for row in gathered.items if not row.agency.startswith("CX-")],
    )


@pytest.fixture(scope="module")
def drafts(above: Gathered) -> dict[str, Letter]:
    return made(above)


def template(*paragraphs: str, row: tuple[str, ...] = ("{{tt}}", "{{noi_dung}}")) -> bytes:
    from docx import Document

    document = Document()
    for text in paragraphs:
        paragraph = document.add_paragraph()
        for piece in text.split("|"):  # as Word cuts a placeholder into runs
            paragraph.add_run(piece)
    if row:
        table = document.add_table(rows=2, cols=len(row))
        for at, text in enumerate(row):
            table.cell(0, at).text, table.cell(1, at).text = f"cột {at}", text
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def test_every_agency_with_something_missing_or_late_gets_a_letter_and_nobody_else(above: Gathered, drafts: dict[str, Letter]) -> None:
    missing = {row.agency for row in above.missing}
    late = {row.agency for row in above.items if row.owed and row.late and row.state == "evidenced"}
    assert late and drafts.keys() == missing | late


def test_a_letter_lists_what_missing_tells_of_its_agency_the_overdue_first(gathered: Gathered, drafts: dict[str, Letter]) -> None:
    wanted = {row.item for row in gathered.missing if row.agency == "QH-316"}
    rows = opened(drafts["QH-316"].data).tables[1].rows[1:]
    assert {row.cells[1].text for row in rows} == wanted
    assert len(rows) == len(wanted)
    assert "quá hạn" in rows[0].cells[3].text
    overdue = ["quá hạn" in row.cells[3].text for row in rows]
    assert overdue == sorted(overdue, reverse=True)


def test_a_letter_names_its_agency_the_writer_and_what_came(drafts: dict[str, Letter]) -> None:
    document = opened(drafts["QH-305"].data)
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "Kính gửi: Ủy ban nhân dân quận Lê Chân" in text
    assert "Đã nhận được của cơ quan: báo cáo số " in text
    assert "{{" not in text
    head = document.tables[0].rows[0].cells
    assert "SỞ NỘI VỤ" in head[0].text and "THÀNH PHỐ HẢI PHÒNG" in head[0].text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in head[1].text and "Hải Phòng, ngày" in head[1].text


def test_the_writer_is_the_department_of_that_day(gathered: Gathered) -> None:
    from datetime import date

    now = writer_of(gathered.plan, gathered.registry, date(2026, 1, 1))
    assert (now.code, writer_of(gathered.plan, gathered.registry, date(2023, 11, 30)).code) == ("HP-SNV2", "HP-SNV")
    own = sender_of(gathered.plan, gathered.registry, gathered.registry.by_code("HP-UBND"))
    assert (own.superior, own.name, own.place, own.signer) == ("", "Ủy ban nhân dân thành phố Hải Phòng", "Hải Phòng", "CHỦ TỊCH")


def test_overdue_only_leaves_out_those_with_time_left(above: Gathered) -> None:
    assert made(above, overdue_only=True).keys() == {row.agency for row in above.missing if row.overdue} < made(above).keys()


def test_an_office_may_bring_a_template_of_its_own(gathered: Gathered) -> None:
    form = Template(template("Gửi {{co|_quan}}: thiếu {{|so_thieu}} việc, {{ ma }}"), "own", SINGLE, ROW)
    letter = next(letter for letter in letters(gathered, form) if letter.agency == "QH-316")
    document = opened(letter.data)
    count = len([row for row in gathered.missing if row.agency == "QH-316"])
    assert document.paragraphs[0].text == f"Gửi Ủy ban nhân dân huyện Vĩnh Bảo: thiếu {count:02} việc, QH-316"
    assert len(document.tables[0].rows) == 1 + count


def test_a_template_with_an_unknown_word_or_without_a_row_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="not known: ten_co_quan"):
        Template(template("{{ten_co_quan}}"), "own", SINGLE, ROW)
    with pytest.raises(InputError, match="no table row to repeat"):
        Template(template("{{co_quan}}", row=()), "own", SINGLE, ROW)
    broken = tmp_path / "mau.docx"
    broken.write_bytes(b"no zip")
    with pytest.raises(InputError, match="not a Word file"):
        template_from(broken, SINGLE, ROW)
    with pytest.raises(InputError, match="cannot be read"):
        template_from(tmp_path / "gone.docx", SINGLE, ROW)


def test_hostile_text_stays_text_and_is_not_filled_in_again(invent: Callable[..., Gathered], hostile: str) -> None:
    from minhchung.store.model import MissingRow

    found = invent(agencies=2, items=2, words=f"{hostile} {{{{ma}}}}")
    rows = [MissingRow(**{n: getattr(row, n) for n in row.__slots__}, reason=f"{hostile} {{{{ma}}}}") for row in found.items[:1]]
    form = Template(template("{{ke_hoach}}", row=("{{tinh_trang}}", "{{noi_dung}}")), "own", SINGLE, ROW)
    letter = next(iter(letters(replace(found, missing=rows), form)))
    document = opened(letter.data)
    assert "<script>alert(1)</script>" in document.paragraphs[0].text and "{{ma}}" in document.paragraphs[0].text
    assert "{{7*7}}" in document.tables[0].cell(1, 0).text
    with zipfile.ZipFile(io.BytesIO(letter.data)) as package:
        text = package.read("word/document.xml").decode("utf-8")
    assert not any(sign in text for sign in "\u202e\x07\x1b") and "<script" not in text
    assert not set('<>:"/\\|?*\x00\u202e') & set(letter.file)


def test_the_command_writes_the_letters_and_a_template(store: Path, tmp_path: Path) -> None:
    options = ["--db", str(store), "--year", "2023", "--as-of", "2023-11-30"]
    blank = tmp_path / "mau.docx"
    run = CliRunner().invoke(cli, ["report", "reminders", *options, "--write-template", str(blank)])
    assert run.exit_code == 0 and "{{co_quan}}" in "\n".join(p.text for p in opened(blank.read_bytes()).paragraphs)
    folder = tmp_path / "don-doc"
    run = CliRunner().invoke(cli, ["report", "reminders", *options, "--agency", "QH-316", "--template", str(blank), "-o", str(folder)])
    assert run.exit_code == 0, run.output
    assert [path.name for path in folder.iterdir()] == ["QH-316 UBND huyện Vĩnh Bảo.docx"]


def test_a_letter_has_no_abbreviation_that_nobody_has_explained(drafts: dict[str, Letter]) -> None:
    told = "\n".join(paragraph.text for paragraph in opened(drafts["HP-SLDTBXH"].data).paragraphs)
    assert told.count("Sở Lao động - Thương binh và Xã hội") >= 2 and "Sở LĐTBXH" not in told
