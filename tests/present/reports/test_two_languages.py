"""Each report speaks one language: what it says is translated, what it quotes stays. Tried on a store whose own words are in neither."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner, Result

from minhchung.cli import cli
from minhchung.extract.model import Cue, Judgement, Quantity
from minhchung.ingest.model import Issue, Report
from minhchung.present.asking import Question
from minhchung.present.calendar import calendar
from minhchung.present.language import speaking
from minhchung.present.output import Output
from minhchung.present.reports.filling import Template
from minhchung.present.reports.gathering import Gathered, gather
from minhchung.present.reports.html import SAID, page
from minhchung.present.reports.reminders import ROW, SINGLE, letters, template_of
from minhchung.present.reports.xlsx import workbook
from minhchung.present.reports.yearly import yearly
from minhchung.store.agencies import import_agencies
from minhchung.store.intake import intake

HEAD = "code,name,short,kind,parent,from,to,successors,symbols,confidence,aliases\n"
AGENCIES = HEAD + "".join(
    f"{code},{name},,{kind},{parent},,,,,verified,\n"
    for code, name, kind, parent in (
        ("Z-U", "Zeta", "khac", ""), ("Z-S", "Kappa", "so", "Z-U"), ("Z-Q", "Sigma", "ubnd_quan", "Z-U"),
        ("Z-X", "Omikron", "ubnd_xa", "Z-Q"), ("Z-B", "Rho", "bao_dai", "Z-U"), ("Z-D", "Tau", "don_vi_su_nghiep", "Z-U"),
    )
)  # fmt: skip
DUTY = '\n[[duty]]\nid = "O{n}"\nitem = "{item}"\nclause = "{n}"\nquote = "Quaestio {n}"\nkind = "assigned"\nactors = [{actors}]\n'
ALL = '"Z-S", "Z-Q", "Z-X", "Z-B", "Z-D"'
PLAN = (
    '[plan]\nid = "zeta"\ntitle = "Lorem ipsum"\nissuer = "Z-U"\nyear = 2023\nlaw_number = "10"\nlaw_effective = 2023-07-01\n'
    '\n[[trigger]]\nid = "T1"\nwhat = "Dolor"\n'
    + "".join(f'\n[[item]]\nid = "{item}"\ntitle = "Amet {item}"\nshort = "amet"\n' for item in ("II.1", "II.2", "II.3", "III.bc"))
    + '\n[[item]]\nid = "III.kk"\ntitle = "Vis maior"\nshort = "vis"\nkind = "event"\n'
    + DUTY.format(n=1, item="II.1", actors=ALL) + 'advise = ["Z-S"]\n[duty.due]\nkind = "window"\nfirst = 2023-07-01\nlast = 2023-09-30\n'
    + DUTY.format(n=2, item="II.2", actors=ALL) + '[duty.due]\nkind = "continuous"\n'
    + DUTY.format(n=3, item="II.3", actors=ALL) + '[duty.due]\nkind = "conditional_soft"\nafter = ["T1"]\nlast = 2023-12-31\n'
    + DUTY.format(n=4, item="III.bc", actors=ALL) + 'form = ["report"]\n'
    + '[duty.due]\nkind = "yearly"\nfirst_year = 2023\nbefore_day = "11-15"\n'
)  # fmt: skip
REPORTS = {
    "a.docx": "agency: Z-S\nyear: 2023\nnumber: 7/R\ndate: 2023-11-20\n---\n"
    "II.1 done Lorem 12 video.\nII.2 done Lorem 10/12 zeta.\nII.2 planned Sit.",
    "b.docx": "agency: Z-Q\nyear: 2023\nnumber: 8/R\ndate: 2023-11-10\n---\n"
    "II.1 not_done Nihil.\nII.3 planned Cras.\nII.2 mention Est.\nIII.kk done Onus.",
    "c.docx": "agency: Z-X\nyear: 2023\n---\nII.2 ongoing Nunc fit.",
    "x.docx": "unreadable",
}  # fmt: skip
LETTER = "Đ"  # of a state; letters are the same in both languages
MARKED = re.compile("[ăâđêôơưĂÂĐÊÔƠƯàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ\u1ea0-\u1ef9]")
# What every English sentence of ours has some of, and no Vietnamese one.
ENGLISH = re.compile(
    r"\b(?:the|of|and|by|is|are|was|with|without|not|no|to|from|missing|owed|owes|overdue|late|done|evidenced?|evidence|quotes?|agency|agencies|"
    r"items?|duty|duties|due|file|files|page|read|report|reports|plan|partial|silent|status|state|kind|year|sent|letter|days?|shown)\b",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def neutral(tmp_path_factory: pytest.TempPathFactory, fake_rooms: ModuleType) -> Path:
    """A store whose plan, agencies and reports are in neither language."""
    folder = tmp_path_factory.mktemp("neutral")
    (folder / "z.csv").write_text(AGENCIES, encoding="ascii")
    (folder / "z.toml").write_text(PLAN, encoding="ascii")
    (folder / "in").mkdir()
    for name, text in REPORTS.items():
        (folder / "in" / name).write_text(text, encoding="ascii")
    import_agencies(folder / "s.db", folder / "z.csv")

    def read(path: Path, *rest: Any, **more: Any) -> Report:
        made: Report = fake_rooms.read(path, *rest, **more)
        passages = tuple(replace(passage, headings=("Pars I",)) for passage in made.passages)
        picture = Issue("no-text", "the page is a picture without a text layer", "", 2)
        return replace(made, passages=passages, issues=(picture,), reason="no page gives text" if made.reason else "")

    def judge(report: Report, plan: object, registry: object) -> Judgement:
        found: Judgement = fake_rooms.judge(report, plan, registry)
        evidence = tuple(
            replace(one, cues=(Cue("gate/row", "ipsum", 0, 5),), quantities=(Quantity(1234.0, "video"),) if "video" in one.quote else ())
            for one in found.evidence
        )
        return replace(found, letterhead=replace(found.letterhead, type="RELATIO"), evidence=evidence, issues=())

    rooms = fake_rooms.rooms()
    hands = rooms.hands()
    intake(
        [folder / "in"], folder / "s.db", plan=folder / "z.toml", rooms=replace(rooms, hands=lambda: replace(hands, read=read, judge=judge))
    )
    return folder / "s.db"


def everything(neutral: Path, language: str) -> dict[str, str]:
    """What each report says in that language."""
    with speaking(language), Question(neutral, Output(), year=2023, as_of=date(2023, 11, 30)).asked() as asked:
        found = with_notes(gather(asked))
        form = Template(template_of(found), "the letter", SINGLE, ROW)
        shown = {
            "html": of_page(page(found)),
            "xlsx": of_workbook(workbook(found)),
            "docx": of_document(yearly(found, 2023)),
            "reminders": "\n".join(of_document(letter.data) for letter in letters(found, form)),
            "ics": calendar([row for row in found.duties if row.owed], found.plan, False, 7, datetime(2023, 1, 1, tzinfo=UTC)).decode(),
        }
    shown["ics"] = "\n".join(
        line.partition(":")[2] for line in shown["ics"].replace("\r\n ", "").split("\r\n") if re.match("SUM|DESC", line)
    )
    return shown


@pytest.fixture(scope="module")
def english(neutral: Path) -> dict[str, str]:
    return everything(neutral, "en")


@pytest.fixture(scope="module")
def vietnamese(neutral: Path) -> dict[str, str]:
    return everything(neutral, "vi")


def with_notes(found: Gathered) -> Gathered:
    """With all that may stand beside a cell, and a request on demand that nobody answered."""
    told = {"at": "2023-11-01", "who": "Iota", "reason": "Nihil"}
    first, *rest = found.items
    first = replace(first, review=told, inherited=["Z-X"], from_year=2022, handed_on="9/R", ended="2023-12-01", late=True)
    return replace(found, items=[first, *rest], missing=[*found.missing, replace(found.missing[0], duty="O4/1")])


def of_page(text: str) -> str:
    """What a page says: its text and labels, the sentences of its script, and the words among its data."""
    data = json.loads(re.findall(r'<script type="application/json" id="data">(.*?)</script>', text, re.DOTALL)[0])
    script = text.rpartition("<script>")[2]
    markup = re.sub(r"<(script|style)\b.*?</\1>", " ", text, flags=re.DOTALL)
    labels = re.findall(r'(?:aria-label|placeholder)="([^"]*)"', markup)
    named = [*data["kinds"], *data["texts"], *(part for state in data["states"] for part in state[1:])]
    named += [term for name in ("statuses", "strengths", "actors", "roles") for term in data[name].values()]
    cells = [[cell[8], *cell[9], cell[11]] for cell in (*data["cells"], *data["dutyCells"])]
    forms = re.findall(r"\b_n\((\[[^\]]*\])", script)
    unsaid = re.sub(r"\b_n\(\[[^\]]*\]|[^\n]*const fold = [^\n]*", "", SAID.sub("", script))
    assert MARKED.sub("", unsaid) == unsaid, "the script says something past _() and _n()"
    labels += [form for both in forms for form in json.loads(both)]
    return "\n".join([re.sub(r"<[^>]+>", " ", markup), *labels, *SAID.findall(script), *named, *(text for cell in cells for text in cell)])


def of_workbook(data: bytes) -> str:
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(data))
    return "\n".join([*book.sheetnames, *(shown(cell) for sheet in book for row in sheet for cell in row if cell.value is not None)])


def shown(cell: Any) -> str:
    """A cell as Excel shows it: a day is a number with a form of its own."""
    form = {"dd/mm/yyyy": "%d/%m/%Y", "yyyy-mm-dd": "%Y-%m-%d"}.get(cell.number_format)
    return f"{cell.value:{form}}" if form and cell.is_date else str(cell.value)


def of_document(data: bytes) -> str:
    from docx import Document

    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    body = Document(io.BytesIO(data)).element.body
    return "\n".join("".join(t.text or "" for t in paragraph.iter(f"{word}t")) for paragraph in body.iter(f"{word}p"))


def unmarked() -> Iterator[str]:
    """Our Vietnamese without a mark, which letters do not tell."""
    import sources

    known = [text if isinstance(text, str) else text[0] for text in sources.vietnamese()]
    yield from (text for text in known if not MARKED.search(text) and text.replace(" ", "").isalpha())


@pytest.fixture
def catalogues(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("babel", reason="Babel is not installed")
    monkeypatch.syspath_prepend(str(Path(__file__).resolve().parents[3] / "translations"))


REPORT_KINDS = ("html", "xlsx", "docx", "reminders", "ics")


@pytest.mark.usefixtures("catalogues")
@pytest.mark.parametrize("report", REPORT_KINDS)
def test_a_report_in_english_has_no_vietnamese_of_ours(english: dict[str, str], report: str) -> None:
    said = english[report]
    assert len(ENGLISH.findall(said)) > 5
    assert [line for line in said.replace(LETTER, "").splitlines() if MARKED.search(line)] == []
    ours = list(unmarked())
    assert "Trang" in ours and "TT" in ours
    assert [text for text in ours if re.search(rf"(?<!\w){text}(?!\w)", said)] == []


@pytest.mark.parametrize("report", REPORT_KINDS)
def test_a_report_in_vietnamese_has_no_english(vietnamese: dict[str, str], report: str) -> None:
    said = vietnamese[report]
    assert len(MARKED.findall(said)) > 10
    assert [line for line in said.splitlines() if ENGLISH.search(line)] == []


def test_days_and_figures_are_written_as_the_language_writes_them(english: dict[str, str], vietnamese: dict[str, str]) -> None:
    assert "1,234 news items" in english["docx"] and "1.234 tin, bài" in vietnamese["docx"]
    assert "in force since 1 July 2023" in english["docx"] and "có hiệu lực từ ngày 01 tháng 7 năm 2023" in vietnamese["docx"]
    assert "received by 30 November 2023" in english["reminders"] and "nhận được đến ngày 30/11/2023" in vietnamese["reminders"]
    for report in ("html", "xlsx", "docx", "reminders"):
        assert not re.search(r"\d\d/\d\d/\d{4}", english[report]) and not re.search(r"\b(?:2022|2023)-\d\d-\d\d\b(?!T)", vietnamese[report])
        assert re.search(r"2023-\d\d-\d\d\b", english[report]) and re.search(r"\d\d/\d\d/2023", vietnamese[report])


def test_what_a_report_tells_of_a_cell_and_a_fault_is_translated(english: dict[str, str], vietnamese: dict[str, str]) -> None:
    for text in (
        "Inherited from Z-X",
        "Done in 2022 already",
        "Handed on by 9/R",
        "Decided by Iota on 2023-11-01: Nihil",
        "waiting for: Dolor",
    ):
        assert text in english["html"]
    for text in (
        "Kế thừa từ Z-X",
        "Đã làm từ năm 2022",
        "Được giao lại theo 9/R",
        "Quyết định của Iota ngày 01/11/2023: Nihil",
        "còn chờ: Dolor",
    ):
        assert text in vietnamese["html"]
    assert "the page is a picture without a text layer" in english["xlsx"] and "trang là ảnh, không có lớp chữ" in vietnamese["xlsx"]
    assert "a report says" not in english["html"] and "overdue (2023-11-14)" in english["reminders"]


def test_a_page_and_a_word_file_name_their_language(neutral: Path) -> None:
    for language, tag in (("vi", "vi-VN"), ("en", "en-GB")):
        with speaking(language), Question(neutral, Output(), year=2023).asked() as asked:
            found = gather(asked)
            assert f'<html lang="{language}">' in page(found)
            styles = opened(yearly(found, 2023)).styles.element.xml
        assert f'<w:lang w:val="{tag}"' in styles


def opened(data: bytes) -> Any:
    from docx import Document

    return Document(io.BytesIO(data))


def test_the_english_page_works_in_a_browser(browser: Any, tmp_path: Path, neutral: Path) -> None:
    with speaking("en"), Question(neutral, Output(), year=2023, as_of=date(2023, 11, 30)).asked() as asked:
        (tmp_path / "page.html").write_text(page(gather(asked)), encoding="utf-8")
    browser.open(tmp_path / "page.html")
    assert browser.js("document.getElementById('shown').textContent").startswith("Agencies shown: 3; duties owed: 12; still missing: ")
    browser.choose("f-name", "kappa")
    browser.js("document.querySelector('td.c').click()")
    assert browser.js("document.getElementById('d-title').textContent") == "Kappa – II.1 amet, 2023"
    told = browser.js("document.getElementById('d-body').innerText")
    assert "owed (leads)" in told and "due: 2023-09-30" in told and "page 1" in told and "no. 7/R" in told and "deadline" not in told
    whole = browser.js("document.body.innerText")
    assert "agencies still missing, " in whole and "{}" not in whole and "undefined" not in whole
    assert not MARKED.search(whole.replace(LETTER, ""))
    assert browser.faults() == []


# ---------------------------------------------------------------- in which language a report is


def report(neutral: Path, *args: str | Path) -> Result:
    done = CliRunner().invoke(cli, ["report", *map(str, args), "--db", str(neutral), "--year", "2023", "--as-of", "2023-11-30"])
    assert done.exit_code == 0, done.output
    return done


SETTINGS: tuple[tuple[dict[str, str], tuple[str, ...], bool, bool], ...] = (
    ({"LANG": "en_GB.UTF-8"}, (), True, False),
    ({"LANG": "vi_VN.UTF-8"}, (), False, False),
    ({"LANG": "vi_VN.UTF-8", "MINHCHUNG_LANG": "en"}, (), True, True),
    ({"LANG": "vi_VN.UTF-8"}, ("--lang", "en"), True, True),
    ({"LANG": "en_GB.UTF-8", "MINHCHUNG_LANG": "en"}, ("--lang", "vi"), False, False),
)


@pytest.mark.parametrize(("environment", "asked", "page_english", "letter_english"), SETTINGS)
def test_a_page_follows_the_locale_and_an_official_document_only_who_asks(
    neutral: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], asked: tuple[str, ...],
    page_english: bool, letter_english: bool,
) -> None:  # fmt: skip
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "MINHCHUNG_LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    report(neutral, "html", "-o", tmp_path / "a.html", *asked)
    report(neutral, "xlsx", "-o", tmp_path / "a.xlsx", *asked)
    done = report(neutral, "docx", "-o", tmp_path / "a.docx", *asked)
    report(neutral, "reminders", "-o", tmp_path / "letters", *asked)
    report(neutral, "reminders", "--write-template", tmp_path / "form.docx", *asked)
    pages = ((tmp_path / "a.html").read_text(encoding="utf-8"), of_workbook((tmp_path / "a.xlsx").read_bytes()))
    assert [("Overdue" in text, "Quá hạn" in text) for text in pages] == [(page_english, not page_english)] * 2
    assert done.stderr.startswith("Written:" if page_english else "Đã ghi")
    written = (*(tmp_path / "letters").iterdir(), tmp_path / "a.docx", tmp_path / "form.docx")
    assert len(written) > 5
    for path in written:
        text = of_document(path.read_bytes())
        assert ("SOCIALIST REPUBLIC" in text, "CỘNG HÒA XÃ HỘI" in text) == (letter_english, not letter_english)


@pytest.mark.parametrize(("asked", "words"), [((), "quá hạn"), (("--lang", "en"), "days? overdue")])
def test_a_template_of_the_office_is_filled_in_vietnamese_unless_the_line_asks_for_another(
    neutral: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...], words: str
) -> None:
    monkeypatch.setenv("MINHCHUNG_LANG", "en")
    report(neutral, "reminders", "--write-template", tmp_path / "form.docx", "--lang", "vi")
    report(neutral, "reminders", "--template", tmp_path / "form.docx", "-o", tmp_path / "letters", *asked)
    text = "".join(of_document(path.read_bytes()) for path in (tmp_path / "letters").iterdir())
    assert re.search(rf"\((?:\d+ )?{words}", text) and "CỘNG HÒA XÃ HỘI" in text


def test_the_calendar_follows_the_language_and_its_days_keep_their_names(neutral: Path) -> None:
    made = {
        language: CliRunner().invoke(cli, ["calendar", "--db", str(neutral), "--year", "2023", "--lang", language]).stdout
        for language in ("vi", "en")
    }
    assert "SUMMARY:Hạn II.1 amet: " in made["vi"] and "SUMMARY:Due II.1 amet: " in made["en"]
    assert "PRODID:-//minhchung//VI" in made["vi"] and "PRODID:-//minhchung//EN" in made["en"]
    assert re.findall("UID:.*", made["vi"]) == re.findall("UID:.*", made["en"]) != []
