"""Two languages: the catalogues are whole and up to date, and what is said changes with the language while data does not."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner, Result

from minhchung.cli import cli
from minhchung.present.helping import every_command
from minhchung.present.language import LANGUAGES, chosen, counted, read_mo, speaking, spoken, told, words
from minhchung.present.language import told as told_text
from minhchung.present.places import place
from minhchung.present.reasons_told import cue_term

ROOT = Path(__file__).resolve().parent.parent
Told = Callable[..., Result]
VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


@pytest.fixture(scope="module")
def catalogues() -> Iterator[ModuleType]:
    """The program that keeps the catalogues; Babel reads them for it."""
    pytest.importorskip("babel", reason="Babel is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(ROOT / "translations"))
        import catalogues

        yield catalogues


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_sources_is_translated_and_the_catalogue_is_up_to_date(catalogues: ModuleType, language: str) -> None:
    fresh = catalogues.fresh(language)
    assert len(fresh) > 150
    assert catalogues.untranslated(fresh) == []
    again = "run python translations/catalogues.py"
    assert catalogues.po_path(language).read_bytes() == catalogues.po(fresh), again
    assert catalogues.po_path(language).with_suffix(".mo").read_bytes() == catalogues.mo(fresh), again


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_gaps_of_its_text_and_is_in_its_language(catalogues: ModuleType, language: str) -> None:
    for message in catalogues.read(language):
        if not message.id:
            continue
        text = message.id if isinstance(message.id, str) else message.id[1]
        said = message.string if isinstance(message.string, str) else message.string[-1]
        for form in [said] if isinstance(message.string, str) else message.string:
            if "{0}" in form:  # in another order
                form = form.format(*["{}"] * text.count("{}"))
            assert text.count("{}") == form.count("{}"), text
            assert set(re.findall(r"\{\w+", form)) <= set(re.findall(r"\{\w+", text)), text
        assert set(re.findall(r"--[a-z-]+", said)) == set(re.findall(r"--[a-z-]+", text)), text
        assert (text[:1].isspace(), text[-1:].isspace()) == (said[:1].isspace(), said[-1:].isspace()), text
        if language == "en" and text != "Đ":
            assert not VIETNAMESE.search(said), said


# Vietnamese that is no text of ours: names and words that are looked for in data, how a day is read, the letter of a state.
LOOKED_FOR = {
    "present/terms.py": ("Đ",),
    "present/reports/decree30.py": ("NHÂN DÂN ", "{}NHÂN DÂN\n{}"),
    "present/reports/figures.py": (
        r"\s*(?:(?:/|mỗi|hằng|hàng)\s*(?:ngày|tuần|tháng|quý|kỳ)|(?:trong )?một (?:tuần|tháng|quý))\b", "trong tổng số",
        "trong số", "trong đó",
    ),
    "present/reports/reminders.py": ("Ủy ban nhân dân",),
    "present/reports/senders.py": (
        "^ủy ban nhân dân (?:thành phố|tỉnh|quận|huyện|thị xã|xã|phường|thị trấn) ", " thành phố {}", " tỉnh {}",
    ),
    "present/reports/texts.py": ("{} ngày {}",),
    "present/reports/yearly.py": ("Luật ", "NĐ-CP", "Sở ", "Ủy ban nhân dân", "Ủy ban nhân dân "),
}  # fmt: skip


def test_no_vietnamese_of_what_people_look_at_is_left_out_of_the_catalogue(catalogues: ModuleType) -> None:
    import ast

    import sources

    known = {one for text in sources.vietnamese() for one in ((text,) if isinstance(text, str) else text)}
    for path in sorted((ROOT / "present").rglob("*.py")):
        where = path.relative_to(ROOT).as_posix()
        if not where.startswith("present/commands/"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "compile"]
            patterns = {text for call in calls for given in call.args for text in sources._strings(given)}
            left = {text for text in sources._strings(tree) if sources._LETTER.search(text) and text not in known}
            assert left - patterns == set(LOOKED_FOR.get(where, ())) - patterns, where
    for name in ("page.html", "page.js"):
        text = (ROOT / "present" / "reports" / "data" / name).read_text(encoding="utf-8")
        lines = [line for line in sources.COUNTED.sub("", sources.SAID.sub("", text)).splitlines() if sources._LETTER.search(line)]
        assert [line for line in lines if "const fold = " not in line] == [], name


def test_the_extraction_finds_messages_wherever_they_are_made(catalogues: ModuleType) -> None:
    english, vietnamese = catalogues.wanted("vi"), catalogues.wanted("en")
    for text in (
        "Only what is past its day.",
        "No agency is called {}.",
        "the page is a picture without a text layer",
        "{} of {} files could not be read.",
        "same content as {}",
        "Usage:",
    ):
        assert text in english
    for text in ("báo cáo không nêu", "trang {}", "có minh chứng", "câu nêu luật hoặc việc khác"):
        assert text in vietnamese
    assert not [text for text in english if isinstance(text, str) and ("SELECT " in text.split("over the")[0] and "FROM" in text)]


@pytest.mark.parametrize(
    ("environment", "asked", "language"),
    [
        ({"LANG": "vi_VN.UTF-8"}, None, "vi"),
        ({"LANG": "en_US.UTF-8"}, None, "en"),
        ({"LANG": "C"}, None, "en"),
        ({}, None, "en"),
        ({"LC_ALL": "en_US", "LANG": "vi_VN"}, None, "en"),
        ({"LANG": "en_US", "MINHCHUNG_LANG": "vi"}, None, "vi"),
        ({"MINHCHUNG_LANG": "vi_VN"}, None, "vi"),
        ({"MINHCHUNG_LANG": "vi"}, "en", "en"),
        ({"MINHCHUNG_LANG": "de", "LANG": "vi_VN"}, None, "vi"),
    ],
)
def test_the_language_is_asked_for_or_told_or_that_of_the_system(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], asked: str | None, language: str
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG", "MINHCHUNG_LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert chosen(asked) == language


def test_a_language_is_spoken_within_its_block_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LANGUAGE", raising=False)
    assert words("báo cáo không nêu") == told("báo cáo không nêu") == "báo cáo không nêu"
    with speaking("en"):
        assert words("báo cáo không nêu") == "the report says nothing of it"
        assert [counted(count, "{} tệp") for count in (0, 1, 3)] == ["0 files", "1 file", "3 files"]
        with speaking("vi"):
            assert spoken() == "vi"
            assert [counted(count, "{} tệp") for count in (1, 3)] == ["1 tệp", "3 tệp"]
            assert counted(1, "{} fault", many="{} faults") == "1 lỗi"
        assert [counted(count, "{} fault", many="{} faults") for count in (1, 2)] == ["1 fault", "2 faults"]
        assert words("hộ") == "households"  # a name of what is counted is that of many
    assert spoken() == ""


@pytest.mark.parametrize(
    ("language", "text", "said"),
    [
        ("en", "báo cáo không nêu; đã quá hạn (14/11/2023)", "the report says nothing of it; overdue (14/11/2023)"),
        (
            "en",
            "mới làm một phần: 10/12 phường; chưa đến hạn (31/12/2023)",
            "only a part is done: 10/12 phường; not due yet (31/12/2023)",
        ),
        ("en", "còn chờ: Bộ Nội vụ hướng dẫn", "waiting for: Bộ Nội vụ hướng dẫn"),
        ("vi", "Note: the plan or the list of agencies has changed since these reports were judged; run ingest again.", "Lưu ý: kế hoạch"),
        (
            "vi",
            "the page is a picture without a text layer; OCR is not installed",
            "trang là ảnh, không có lớp chữ; chưa cài phần nhận dạng chữ",
        ),
        ("vi", "no page gives text; first: the PDF is damaged (x)", "không trang nào đọc ra chữ; trước hết: tệp PDF bị hỏng (x)"),
        ("vi", "Kept: T2 on 01/12/2023.", "Đã lưu: T2 ngày 01/12/2023."),
        ("vi", "Kept: T2 as the plan file has it.", "Đã lưu: T2 như trong tệp kế hoạch."),
        ("vi", "words that no source has", "words that no source has"),
        ("vi", "", ""),
    ],
)
def test_a_text_put_together_elsewhere_is_known_by_its_sentence(language: str, text: str, said: str) -> None:
    with speaking(language):
        assert told(text).startswith(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_is_in_one_language_and_its_examples_as_they_are(language: str) -> None:
    runner = CliRunner()
    paths = [path for path, _ in walk(cli)]
    assert len(paths) > 35
    for path in paths:
        shown = runner.invoke(cli, [*path, "--help", "--lang", language]).stdout
        assert ("Ví dụ:" if language == "vi" else "Example:") in shown, path
        assert ("Cách dùng:" if language == "vi" else "Usage:") in shown, path
        assert f"minhchung {' '.join(path)}".strip() in shown
        if language == "vi":
            for english in ("Usage:", "Options:", "Example:", "default:", "Show ", "Only ", " the "):
                assert english not in shown, (path, english)


def walk(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, member in command.commands.items():
            yield from walk(member, (*path, name))


def test_the_help_in_the_source_comes_back_after_vietnamese() -> None:
    runner = CliRunner()
    before = runner.invoke(cli, ["missing", "--help", "--lang", "en"]).stdout
    assert runner.invoke(cli, ["missing", "--help", "--lang", "vi"]).stdout != before
    assert runner.invoke(cli, ["missing", "--help", "--lang", "en"]).stdout == before
    assert len(list(every_command(cli))) > 35


def test_tables_speak_the_language_and_the_letters_of_states_stay(told: Told) -> None:
    english = told("missing", "--format", "table", "--agency", "QH-304", "--lang", "en").stdout
    vietnamese = told("missing", "--format", "table", "--agency", "QH-304", "--lang", "vi").stdout
    assert "the report says nothing of it" in english and "báo cáo không nêu" not in english
    assert "báo cáo không nêu" in vietnamese and "the report" not in vietnamese
    assert re.findall(r"^ ?[A-ZĐ] ", english, re.M) == re.findall(r"^ ?[A-ZĐ] ", vietnamese, re.M)
    legend = told("status", "--format", "table", "--agency", "QH-304", "--lang", "en").stdout
    assert "C evidenced" in legend and "B no report" in legend


COMMANDS = ("documents", "problems", "senders", "status --level duty", "evidence", "search luat", "agencies check", "doctor",
    "plan list", "plan trigger list", "review list", "plan request list", "explain FILE",
    "agencies --year 2023", "status", "missing", "missing --why")  # fmt: skip


@pytest.mark.parametrize("command", COMMANDS)
def test_a_table_in_english_has_no_vietnamese_of_ours(told: Told, catalogues: ModuleType, small_store: Path, command: str) -> None:
    args = [str(small_store.parent / "in" / "a.docx") if word == "FILE" else word for word in command.split()]
    shown = told(*args, "--format", "table", "--lang", "en").stdout
    known = [text if isinstance(text, str) else text[0] for text in catalogues.wanted("en")]
    ours = [text for text in known if len(text.split()) > 2 and "{}" not in text and VIETNAMESE.search(text)]
    data = "UBND|Ủy ban|Mặt trận|Bộ Nội vụ"  # names of kinds are names of agencies, too; plans name ministries
    assert [text for text in ours if text in " ".join(shown.split()) and not re.search(data, text)] == []


def test_errors_and_the_balance_speak_the_language(told: Told, small_store: Path, tmp_path: Path) -> None:
    wrong = told("evidence", "--agency", "UBND quận Lê Trân", "--lang", "vi", code=2).stderr
    assert wrong.startswith("minhchung: Không có cơ quan nào tên") and "Gần giống: " in wrong and "QH-305" in wrong
    assert "Không có tùy chọn" in told("evidence", "--nonsense", "--lang", "vi", code=2).stderr
    assert "Lập kho trước: minhchung ingest" in told("status", "--db", tmp_path / "none.db", "--lang", "vi", code=5).stderr
    ingest = told("ingest", small_store.parent / "in", "--db", tmp_path / "s.db", "--lang", "vi", code=3).stderr
    assert "Tìm thấy 3 tệp = 2 mới + 0 không đổi" in ingest
    assert "1 trong số 3 tệp không đọc được." in ingest
    assert "could" not in ingest and "files" not in ingest


@pytest.mark.parametrize("command", ["missing", "status", "documents", "problems", "evidence", "senders", "plan show", "agencies"])
@pytest.mark.parametrize("form", ["json", "csv"])
def test_data_is_the_same_in_both_languages(told: Told, command: str, form: str) -> None:
    assert (
        told(*command.split(), "--format", form, "--lang", "vi").stdout == told(*command.split(), "--format", form, "--lang", "en").stdout
    )


def test_our_reader_of_compiled_catalogues_agrees_with_pythons() -> None:
    import gettext

    path = ROOT / "present" / "locale" / "vi" / "LC_MESSAGES" / "minhchung.mo"
    ours = read_mo(path.read_bytes())
    with path.open("rb") as file:
        python = gettext.GNUTranslations(file)
    singular = {text: said for text, said in ours.items() if "\0" not in text}
    assert len(singular) > 300
    assert all(python.gettext(text) == said for text, said in singular.items())


def test_a_question_in_json_reads_no_catalogue(small_store: Path) -> None:
    program = (
        "import sys, pathlib; from minhchung.cli import cli; read = pathlib.Path.read_bytes; seen = []\n"
        "pathlib.Path.read_bytes = lambda path: (seen.append(path.name), read(path))[1]\n"
        "cli(sys.argv[1:], standalone_mode=False); print(seen, file=sys.stderr)"
    )
    args = ["documents", "--db", str(small_store), "--format", "json", "--lang", "vi"]
    done = subprocess.run([sys.executable, "-c", program, *args], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)
    assert "minhchung.mo" not in done.stderr


def test_the_vietnamese_readme_has_the_commands_parts_and_pictures_of_the_english_one() -> None:
    pages = [(ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.vi.md")]
    for pattern in (r"^    (minhchung [^#\n]*?) *(?:#.*)?$", r"^(#+) ", r"\]\((docs/[^)]+)\)", r"^    (make \w+)"):
        english, vietnamese = (re.findall(pattern, page, re.M) for page in pages)
        assert sorted(set(english)) == sorted(set(vietnamese))
        assert len(english) > 1
    assert [page.count("\n## ") for page in pages] == [pages[0].count("\n## ")] * 2


def test_a_sentence_behind_a_gap_stays_behind_it(catalogues: ModuleType) -> None:
    for text, where in catalogues.wanted("vi").items():
        if isinstance(text, str) and text.startswith("{}") and all(file.startswith(("plan/", "extract/")) for file in where):
            assert catalogues.read("vi").get(text).string.startswith("{}"), text
            assert re.search("[a-z]", text.split("{}")[1]), f"{text}: nothing tells where its first gap ends"


def test_what_is_kept_is_said_with_its_duty_and_state(told: Told, small_store: Path, tmp_path: Path) -> None:
    db = tmp_path / "copy.db"
    db.write_bytes(small_store.read_bytes())
    review = ["review", "set", "--agency", "QH-318", "--item", "II.1.d", "--duty", "O13", "--year", "2023", "--reason", "x", "--by", "A"]
    assert told(*review, "--db", db, "--lang", "vi").stderr == "Đã lưu: QH-318, II.1.d (chỉ O13), năm 2023: không áp dụng.\n"
    assert told(*review, "--db", db, "--lang", "en").stderr == "Kept: QH-318, II.1.d (only O13), 2023: not applicable.\n"


@pytest.mark.parametrize(
    ("locator", "vietnamese", "english"),
    [
        ("p25", "đoạn 25", "paragraph 25"),
        ("t3r4c3", "bảng 3, dòng 4, cột 3", "table 3, row 4, column 3"),
        ("e1p2", "văn bản nhúng 1, đoạn 2", "embedded document 1, paragraph 2"),
        ("fn2", "chú thích 2", "footnote 2"),
        ("tb1p2", "khung chữ 1, đoạn 2", "text box 1, paragraph 2"),
        ("h1p1", "đầu trang 1, đoạn 1", "header 1, paragraph 1"),
        ("zz9", "zz9", "zz9"),
        ("", "", ""),
    ],
)
def test_a_place_without_a_page_is_told_in_words_and_kept_as_a_code(locator: str, vietnamese: str, english: str) -> None:
    with speaking("vi"):
        assert place(None, locator) == vietnamese and place(7, locator) == "trang 7"
    with speaking("en"):
        assert place(None, locator) == english and place(7, locator) == "page 7"


def test_tables_in_vietnamese_write_days_as_officers_do(told: Told) -> None:
    shown = told("documents", "--format", "table", "--lang", "vi").stdout
    assert "10/11/2023" in shown and "2023-11-10" not in shown
    assert "2023-11-10" in told("documents", "--format", "json", "--lang", "vi").stdout
    with speaking("vi"):
        assert told_text("X ended on 2023-11-10 and no successor is named").startswith("X đã kết thúc ngày 10/11/2023")


def test_every_cue_has_words_in_both_languages() -> None:
    for rule, said in (("counted", "with figures"), ("dated", "with a day"), ("gate/law/explicit", "the sentence names the Law")):
        with speaking("en"):
            assert cue_term({"rule": rule, "text": ""}).startswith(said)
        with speaking("vi"):
            assert not cue_term({"rule": rule, "text": ""}).isascii()
    assert cue_term({"rule": "status/da", "text": "đã"}) == "“đã”"


def test_a_text_is_followed_through_variables_and_functions_of_its_module(catalogues: ModuleType) -> None:
    import ast

    from following import Followed

    tree = ast.parse(
        "KINDS = ('a', 'b')\n"
        "FAULTS = {'x': 'the disk is full'}\n"
        "def hint(n) -> str:\n    return f'see {n} more' if n else 'kế hoạch none'\n"
        "def tell(n):\n"
        "    shown = first = 'one'\n"
        "    shown += f'; and {n} more'\n"
        "    raise Fault(f'{shown}: {FAULTS[n]}'.replace('  ', ' '), hint(n) or KINDS[0])\n"
    )
    call = next(node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Fault")
    found = [text for given in call.args for text in Followed(tree).texts(given)]
    assert found == ["{}: {}", "one", "; and {} more", "the disk is full", "see {} more", "kế hoạch none"]
