import csv
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import click
import pytest
from click.testing import CliRunner, Result

from minhchung import cli as module
from minhchung.cli import cli
from minhchung.present.formats import names_of
from minhchung.store.model import DocumentRow, EvidenceRow, MissingRow, StatusRow

ROOT = Path(__file__).parent
QUERIES = ("documents", "evidence", "status", "missing", "agencies")
HEAVY = ("spacy", "pdfplumber", "docx", "sqlite_utils", "pypdfium2", "rich")


@pytest.fixture(scope="session")
def fake() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fake_rooms", ROOT / "store" / "fake_rooms.py")
    assert spec and spec.loader
    found = importlib.util.module_from_spec(spec)
    sys.modules["fake_rooms"] = found
    spec.loader.exec_module(found)
    return found


def report(path: Path, agency: str, date: str, *lines: str) -> None:
    head = f"agency: {agency}\nyear: 2023\nnumber: 1/BC-UBND\ndate: {date}\n---\n"
    path.write_text(head + "\n".join(lines), encoding="utf-8")


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory, fake: ModuleType) -> Path:
    """A folder with reports in `in` and a store made of them."""
    from minhchung.store.intake import intake

    folder = tmp_path_factory.mktemp("filled")
    (folder / "in").mkdir()
    report(folder / "in" / "a.docx", "QH-304", "2023-11-10", "II.1.a done Quận đã quán triệt Luật.", "II.2 done 10/12 phường đã ban hành.")
    report(folder / "in" / "b.docx", "QH-305", "2023-11-20", "II.1.c done - Đã đăng 27 bài.", "II.1.d not_done Chưa mở lớp.")
    intake([folder / "in"], folder / "s.db", rooms=fake.rooms())
    return folder


@pytest.fixture
def run(filled: Path, fake: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    monkeypatch.setenv("MINHCHUNG_DB", str(filled / "s.db"))
    monkeypatch.setattr("minhchung.store.intake.real_rooms", fake.rooms)
    monkeypatch.setattr("minhchung.store.single.real_rooms", fake.rooms)
    runner = CliRunner()

    def run(*args: str | Path) -> Result:
        return runner.invoke(cli, [str(arg) for arg in args])

    yield run


def every_command(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, member in command.commands.items():
            yield from every_command(member, (*path, name))


@pytest.mark.parametrize("path", [path for path, _ in every_command(cli)], ids=" ".join)
def test_every_command_explains_itself_with_an_example(run: Callable[..., Result], path: tuple[str, ...]) -> None:
    for option in ("-h", "--help"):
        result = run(*path, option)
        assert result.exit_code == 0
        assert "Example:" in result.output
        assert "minhchung " + " ".join(path) in result.output


def test_the_reference_is_up_to_date() -> None:
    done = subprocess.run([sys.executable, str(ROOT.parent / "docs" / "make_cli_reference.py"), "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_the_version_is_told(run: Callable[..., Result]) -> None:
    from minhchung import __version__

    assert run("--version").output.strip() == f"minhchung, version {__version__}"


@pytest.mark.parametrize(
    ("command", "kind"), [("documents", DocumentRow), ("evidence", EvidenceRow), ("status", StatusRow), ("missing", MissingRow)]
)
def test_a_pipe_gets_a_json_list_with_the_stable_fields(run: Callable[..., Result], command: str, kind: type) -> None:
    result = run(command)
    rows = json.loads(result.stdout)
    assert rows
    assert list(rows[0]) == names_of(kind)
    assert result.stderr == ""


@pytest.mark.parametrize("command", QUERIES)
def test_every_format_holds_the_same_rows(run: Callable[..., Result], command: str) -> None:
    rows = json.loads(run(command, "--format", "json").stdout)
    lines = [json.loads(line) for line in run(command, "--format", "jsonl").stdout.splitlines()]
    assert lines == rows
    for form, delimiter in (("csv", ","), ("tsv", "\t")):
        table = list(csv.reader(run(command, "--format", form).stdout.splitlines(), delimiter=delimiter))
        assert table[0] == list(rows[0])
        assert len(table) == len(rows) + 1
    assert run(command, "--format", "table").exit_code == 0


def test_a_cell_that_a_spreadsheet_would_run_is_made_harmless_in_csv_only(run: Callable[..., Result]) -> None:
    rows = list(csv.DictReader(run("evidence", "--item", "II.1.c", "--format", "csv").stdout.splitlines()))
    assert rows[0]["quote"] == "'- Đã đăng 27 bài."
    assert json.loads(run("evidence", "--item", "II.1.c").stdout)[0]["quote"] == "- Đã đăng 27 bài."


def test_a_file_is_written_whole_in_the_format_of_its_ending(run: Callable[..., Result], tmp_path: Path) -> None:
    result = run("documents", "-o", tmp_path / "out.csv")
    assert result.stdout == ""
    assert [row["file"] for row in csv.DictReader((tmp_path / "out.csv").open(encoding="utf-8-sig"))] == ["a.docx", "b.docx"]
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
    assert run("documents", "-o", tmp_path / "nowhere" / "out.csv").exit_code == 6


def test_filters_narrow(run: Callable[..., Result]) -> None:
    assert {row["file"] for row in json.loads(run("evidence", "--agency", "UBND quận Lê Chân").stdout)} == {"b.docx"}
    assert {row["item"] for row in json.loads(run("evidence", "--item", "II.1").stdout)} == {"II.1.a", "II.1.c", "II.1.d"}
    assert json.loads(run("documents", "--year", "2022").stdout) == []
    assert [row["file"] for row in json.loads(run("documents", "--as-of", "15/11/2023").stdout)] == ["a.docx"]


@pytest.mark.parametrize(
    ("args", "near"),
    [
        (("evidence", "--agency", "UBND quận Lê Trân"), "QH-305"),
        (("evidence", "--item", "II.9"), "II."),
        (("status", "--format", "xml"), "json"),
        (("documents", "--as-of", "yesterday"), "yesterday"),
        (("search", "***"), "word"),
        (("nonsense",), "nonsense"),
    ],
)
def test_what_does_not_exist_is_a_usage_error_with_a_hint(run: Callable[..., Result], args: tuple[str, ...], near: str) -> None:
    result = run(*args)
    assert result.exit_code == 2
    assert near in result.stderr
    assert result.stdout == ""


def test_several_agencies_and_items_may_be_asked_for_at_once(run: Callable[..., Result]) -> None:
    asked = ("--agency", "QH-304", "--agency", "QH-305", "--item", "II.2", "--item", "II.1.d")
    rows = json.loads(run("status", *asked, "--format", "json").stdout)
    assert {(row["agency"], row["item"]) for row in rows} == {(a, i) for a in ("QH-304", "QH-305") for i in ("II.2", "II.1.d")}


def test_missing_fails_only_when_asked_and_only_when_something_is(run: Callable[..., Result]) -> None:
    assert run("missing").exit_code == 0
    assert run("missing", "--fail").exit_code == 1
    assert run("missing", "--fail", "--agency", "QH-304", "--item", "III.bc").exit_code == 0


def test_asking_without_a_store_says_to_ingest(run: Callable[..., Result], tmp_path: Path) -> None:
    for command in ("documents", "evidence", "status", "missing", "agencies"):
        result = run(command, "--db", tmp_path / "none.db")
        assert result.exit_code == 5
        assert "minhchung ingest" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_ingest_closes_with_the_balance_on_stderr(run: Callable[..., Result], filled: Path, tmp_path: Path) -> None:
    result = run("ingest", filled / "in", "--db", tmp_path / "s.db", "--jobs", "1")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines()[0] == "1/2 a.docx: read, 2 evidence"
    assert result.stderr.splitlines()[-1] == (
        "2 files found = 2 new + 0 unchanged + 0 duplicate + 0 superseded + 0 unreadable + 0 failed + 0 ignored"
    )


def test_ingest_ends_with_3_when_a_file_cannot_be_read(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "bad.docx").write_text("unreadable")
    result = run("ingest", tmp_path / "bad.docx", "--db", tmp_path / "s.db")
    assert result.exit_code == 3
    assert "1 of 1 files could not be read" in result.stderr


def test_extract_prints_the_evidence_of_one_file_without_a_store(run: Callable[..., Result], filled: Path, tmp_path: Path) -> None:
    kept = {row["quote"]: row for row in json.loads(run("evidence").stdout) if row["file"] == "a.docx"}
    alone = {row["quote"]: row for row in json.loads(run("extract", filled / "in" / "a.docx").stdout)}
    assert alone == kept
    assert run("extract", tmp_path / "none.docx").exit_code == 6
    (tmp_path / "bad.docx").write_text("unreadable")
    assert run("extract", tmp_path / "bad.docx").exit_code == 3


def test_plan_show_and_check(run: Callable[..., Result], tmp_path: Path) -> None:
    rows = json.loads(run("plan", "show", "--item", "II.1.d").stdout)
    assert {row["item"] for row in rows} == {"II.1.d"}
    broken = tmp_path / "plan.toml"
    broken.write_text("[plan]\nnonsense = 1\n")
    result = run("plan", "check", broken)
    assert result.exit_code == 4
    assert "line" in result.stdout


def test_a_store_keeps_the_plan_it_was_made_with_and_says_when_that_has_changed(
    run: Callable[..., Result], filled: Path, tmp_path: Path
) -> None:
    from minhchung.plan.loader import load_plan

    own = tmp_path / "own.toml"
    shipped = Path(load_plan(None).path).read_text(encoding="utf-8")
    own.write_text(shipped.replace('title = "', 'title = "Bản riêng: ', 1), encoding="utf-8")
    store = tmp_path / "s.db"
    assert run("ingest", filled / "in", "--db", store, "--plan", own).exit_code == 0
    again = run("ingest", filled / "in", "--db", store)
    assert again.exit_code == 0
    assert "judged again" not in again.stderr
    assert "Bản riêng" in run("status", "--db", store, "--format", "table").stdout
    assert "Bản riêng" in run("plan", "show", "--db", store, "--format", "table").stdout
    assert run("status", "--db", store).stderr == ""
    own.write_text(shipped.replace('title = "', 'title = "Bản mới: ', 1), encoding="utf-8")
    asked = run("status", "--db", store, "--format", "table")
    assert "plan diff" in asked.stderr and "Bản riêng" in asked.stdout, "a changed file changes nothing before it is applied"
    assert "2 judged again by changed rules" in run("ingest", filled / "in", "--db", store).stderr
    assert "Bản mới" in run("status", "--db", store, "--format", "table").stdout
    own.unlink()
    assert "Bản mới" in run("status", "--db", store, "--format", "table").stdout, "the store holds the text that was applied"
    gone = run("ingest", filled / "in", "--db", store)
    assert gone.exit_code == 6
    assert str(own) in gone.stderr


def test_agencies_of_a_year_and_of_an_item(run: Callable[..., Result]) -> None:
    rows = json.loads(run("agencies", "--year", "2023", "--item", "II.1.d").stdout)
    codes = {row["code"]: row["documents"] for row in rows}
    assert codes["QH-304"] == 1
    assert "CX-11296A" not in codes
    assert "QH-304" not in {row["code"] for row in json.loads(run("agencies", "--as-of", "2026-01-01").stdout)}


def test_search_finds_without_tone_marks(run: Callable[..., Result]) -> None:
    rows = json.loads(run("search", "quan", "triet").stdout)
    assert [row["file"] for row in rows] == ["a.docx"]
    assert "quán triệt" in rows[0]["snippet"]


def test_problems_say_what_to_do(run: Callable[..., Result], tmp_path: Path) -> None:
    (tmp_path / "x.pdf").write_text("unreadable", encoding="utf-8")
    run("ingest", tmp_path / "x.pdf", "--db", tmp_path / "s.db")
    rows = json.loads(run("problems", "--db", tmp_path / "s.db", "--format", "json").stdout)
    assert (rows[0]["file"], rows[0]["outcome"], rows[0]["code"]) == ("x.pdf", "unreadable", "damaged")
    assert rows[0]["next_step"] == "ask for it again"
    assert "→ ask for it again" in run("problems", "--db", tmp_path / "s.db", "--format", "table").stdout


def test_what_ocr_corrected_fails_no_run_and_is_listed_as_no_problem(run: Callable[..., Result], tmp_path: Path) -> None:
    report(tmp_path / "x.pdf", "QH-304", "2023-11-10", "issue: ocr-corrected", "issue: changed-after-signing")
    assert run("ingest", tmp_path / "x.pdf", "--db", tmp_path / "s.db").exit_code == 0
    codes = [row["code"] for row in json.loads(run("problems", "--db", tmp_path / "s.db", "--format", "json").stdout)]
    assert "changed-after-signing" in codes and "ocr-corrected" not in codes
    shown = run("problems", "--db", tmp_path / "s.db", "--format", "table", "--lang", "vi").stdout
    assert f"{len(codes)} vấn đề" in shown


def test_doctor_names_every_tool_and_how_to_install_it(run: Callable[..., Result]) -> None:
    rows = json.loads(run("doctor", "--format", "json").stdout)
    assert {"tesseract", "LibreOffice", "libarchive"} <= {row["name"] for row in rows}
    assert all(row["install"].startswith("sudo apt-get install ") for row in rows)
    assert run("doctor", "--format", "table").exit_code == 0


def test_an_unexpected_error_is_one_line_and_says_how_to_see_more(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*args: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("minhchung.store.queries.documents", fall)
    result = run("documents")
    assert result.exit_code == module.UNEXPECTED
    assert "unexpected ZeroDivisionError: oh" in result.stderr
    assert "--debug" in result.stderr
    assert isinstance(run("--debug", "documents").exception, ZeroDivisionError)


def test_ctrl_c_ends_with_130(run: Callable[..., Result], monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*args: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("minhchung.store.queries.documents", interrupted)
    assert run("documents").exit_code == module.INTERRUPTED


def start(*args: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "minhchung", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", env={**os.environ, **env})


def test_a_reader_that_has_had_enough_is_no_error(filled: Path) -> None:
    command = f'"{sys.executable}" -m minhchung status --db "{filled / "s.db"}" --format jsonl | head -n 1; exit ${{PIPESTATUS[0]}}'
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("\n") == 1


def test_a_locale_without_vietnamese_does_not_matter(filled: Path) -> None:
    done = start("documents", "--db", filled / "s.db", LC_ALL="C", PYTHONIOENCODING="ascii", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert (done.returncode, done.stderr) == (0, "")
    assert [row["type"] for row in json.loads(done.stdout)] == ["BÁO CÁO", "BÁO CÁO"]


@pytest.mark.parametrize("command", ["documents", "evidence", "status", "missing", "agencies", "search"])
def test_a_question_loads_no_heavy_library(filled: Path, command: str) -> None:
    args = [command, "luat"] if command == "search" else [command]
    program = (
        "import sys\n"
        "from minhchung.cli import cli\n"
        "cli(sys.argv[1:], standalone_mode=False)\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *args, "--db", str(filled / "s.db"), "--format", "json"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip() == "[]"


def calls_of(body: str, compiled: Path) -> int:
    """How many functions Python calls to run `body`, imports included, once their bytecode is written."""
    program = f"import cProfile, sys\np = cProfile.Profile()\np.enable()\n{body}\np.disable()\n"
    program += "print(sum(entry.callcount for entry in p.getstats()), file=sys.stderr)"
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPYCACHEPREFIX": str(compiled)}
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", program], check=True, env=env, capture_output=True, text=True)
    return int(done.stderr.split()[-1])


@pytest.mark.parametrize(("command", "most"), [("documents", 4.0), ("evidence", 4.5), ("missing", 11.0), ("status", 12.0)])
def test_a_question_costs_a_few_times_what_click_alone_costs(filled: Path, tmp_path: Path, command: str, most: float) -> None:
    """A quarter of a second from a cold start is 5 to 6 times the 0.04 to 0.05 s that Python takes to import click. It is counted in
    function calls, because neither seconds nor processor time mean the same on a machine with other work; `missing` calls 9 times as many
    as the import, in 4 times its seconds."""
    args = [command, "--db", str(filled / "s.db"), "-o", str(tmp_path / "x.json")]
    asked = calls_of(f"from minhchung.cli import cli\ncli({args!r}, standalone_mode=False)", tmp_path / "compiled")
    assert asked < most * calls_of("import click", tmp_path / "compiled")
