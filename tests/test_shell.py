"""The command line as a shell meets it: completion, colours, how much is said, the log file."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from minhchung.present.common_options import common_first, language_asked, without_secrets

Told = Callable[..., Result]


def started(*args: str | Path, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "minhchung", *map(str, args)], capture_output=True, text=True, encoding="utf-8", env={**os.environ, **env}
    )


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish", "powershell"])
def test_completion_prints_a_script_for_the_shell(told: Told, shell: str) -> None:
    script = told("completion", shell).stdout
    assert "_MINHCHUNG_COMPLETE" in script
    assert f"{shell}_complete" in script
    program = shutil.which("pwsh" if shell == "powershell" else shell)
    if program and shell != "powershell":
        assert subprocess.run([program, "-n"], input=script, capture_output=True, text=True).returncode == 0


@pytest.mark.parametrize(
    ("shell", "env", "separator"),
    [
        ("bash", {"COMP_WORDS": "minhchung plan tr", "COMP_CWORD": "2"}, ","),
        ("powershell", {"COMP_WORDS": "minhchung plan tr", "COMP_CWORD": "tr"}, "\t"),
    ],
)
def test_the_shell_gets_the_commands_that_begin_so(shell: str, env: dict[str, str], separator: str) -> None:
    done = started(_MINHCHUNG_COMPLETE=f"{shell}_complete", **env)
    assert [line.split(separator)[1] for line in done.stdout.splitlines()] == ["trigger"], done.stderr


def test_powershell_gets_options_with_their_help_and_the_choices_of_one() -> None:
    asked = {"_MINHCHUNG_COMPLETE": "powershell_complete"}
    options = started(COMP_WORDS="minhchung missing --over", COMP_CWORD="--over", **asked).stdout
    assert options == "plain\t--overdue\tOnly what is past its day.\n"
    formats = started(COMP_WORDS="minhchung missing --format ", COMP_CWORD="", **asked).stdout
    assert "plain\tparquet\t" in formats


def test_no_colour_reaches_a_pipe_or_a_terminal_that_wants_none(small_store: Path) -> None:
    asked = ("status", "--db", small_store, "--format", "table", "--year", "2023")
    assert "\x1b" not in started(*asked).stdout
    script = shutil.which("script")
    if script is None:
        pytest.skip("script is not here, so there is no terminal to try")
    command = " ".join([sys.executable, "-m", "minhchung", *map(str, asked)])
    on_terminal = {**os.environ, "TERM": "xterm-256color"}
    on_terminal.pop("NO_COLOR", None)
    coloured = re.compile(r"\x1b\[[0-9;]*3[0-9]")
    shown = subprocess.run([script, "-qec", command, "/dev/null"], capture_output=True, text=True, env=on_terminal).stdout
    assert coloured.search(shown)
    for again in (
        command,
        " ".join([sys.executable, "-m", "minhchung", "ingest", str(small_store.parent / "in"), "--db", f"{small_store}.2"]),
    ):
        bare = subprocess.run([script, "-qec", again, "/dev/null"], capture_output=True, text=True, env=on_terminal | {"NO_COLOR": "1"})
        assert bare.stdout and "\x1b" not in bare.stdout, "bold and dim are looks too"
    assert "\x1b" not in started(*asked, FORCE_COLOR="1").stdout


@pytest.mark.parametrize("form", ["table", "json", "jsonl", "csv"])
def test_a_reader_that_has_had_enough_ends_it_quietly(small_store: Path, form: str) -> None:
    if sys.platform == "win32":
        pytest.skip("Windows has no such pipes")
    asked = [sys.executable, "-m", "minhchung", "missing", "--db", str(small_store), "--format", form, "--fail", "--all"]
    with subprocess.Popen(asked, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout and running.stderr
        running.stdout.close()
        said = running.stderr.read()
    assert (running.returncode, said) == (0, "")


def test_the_plan_that_is_used_is_told_in_words(told: Told, small_store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "300")
    for lang, head in (("vi", "đang dùng"), ("en", "in use")):
        assert head in told("plan", "list", "--format", "table", "--lang", lang).stdout


def test_quiet_leaves_failures_and_verbose_tells_more(told: Told, small_store: Path, tmp_path: Path) -> None:
    reports = small_store.parent / "in"
    quiet = told("ingest", reports / "a.docx", "--db", tmp_path / "q.db", "--quiet")
    assert (quiet.stdout, quiet.stderr) == ("", "")
    failing = told("--quiet", "ingest", reports, "--db", tmp_path / "r.db", code=3)
    assert failing.stderr.startswith("minhchung: 1 of 3 files")
    verbose = told("ingest", reports / "a.docx", "--db", tmp_path / "v.db", "-v")
    assert "Took " in verbose.stderr
    assert "Took " not in told("ingest", reports / "a.docx", "--db", tmp_path / "w.db").stderr
    assert "not both" in told("documents", "-q", "-v", code=2).stderr
    asked = told("missing", "--verbose").stderr
    assert "plan hai-phong" in asked.lower() and " rows as json from " in asked
    assert told("missing").stderr == ""


def test_the_log_file_has_what_was_said_with_times_and_no_password(told: Told, small_store: Path, tmp_path: Path) -> None:
    log = tmp_path / "m.log"
    told("ingest", small_store.parent / "in", "--db", tmp_path / "s.db", "--password", "bí mật", "--quiet", "--log-file", log, code=3)
    told("documents", "--agency", "nobody at all", "--log-file", log, code=2)
    lines = log.read_text(encoding="utf-8").splitlines()
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00 \d+ (info|detail|error) ", line) for line in lines)
    said = "\n".join(lines)
    assert "ingest" in lines[0] and "--password ***" in lines[0]
    assert "bí mật" not in said
    for words in ("1/3 a.docx", "3 files found", "1 of 3 files", "exit code 3", "nobody at all", "exit code 2"):
        assert words in said
    assert "cannot be written" in told("documents", "--log-file", tmp_path / "none" / "m.log", code=6).stderr


def test_an_unexpected_error_leaves_its_traceback_in_the_log_only(told: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fall(*args: object) -> None:
        raise ZeroDivisionError("oh")

    monkeypatch.setattr("minhchung.store.queries.documents", fall)
    done = told("documents", "--log-file", tmp_path / "m.log", code=70)
    assert "Traceback" not in done.stderr
    assert "Traceback" in (tmp_path / "m.log").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        (["missing", "--lang", "vi"], ["--lang", "vi", "missing"]),
        (["missing", "-q", "--year", "2023", "--log-file=x"], ["-q", "--log-file=x", "missing", "--year", "2023"]),
        (["search", "--", "--quiet"], ["search", "--", "--quiet"]),
        (["missing", "--lang"], ["--lang", "missing"]),
    ],
)
def test_common_options_may_stand_anywhere(typed: list[str], understood: list[str]) -> None:
    assert common_first(typed) == understood


def test_a_language_is_known_before_the_line_is_understood_and_secrets_are_left_out() -> None:
    assert language_asked(["missing", "--lang=vi"]) == language_asked(["--lang", "vi"]) == "vi"
    assert language_asked(["missing"]) is language_asked(["--lang", "de"]) is language_asked(["search", "--", "--lang", "vi"]) is None
    assert without_secrets(["ingest", "--password", "a", "--password=b", "x"]) == "ingest --password *** --password=*** x"


def test_json_is_the_same_in_both_languages(told: Told) -> None:
    for command in ("missing", "status", "problems", "documents"):
        assert told(command, "--lang", "vi").stdout == told(command, "--lang", "en").stdout
        assert json.loads(told(command, "--lang", "en").stdout)


HOSTILE = "1/1 a\u202e\x1b[31m\u0085\nRED.docx"
SEEN = "1/1 a\\u202e\\x1b[31m\\x85\\nRED.docx"


@pytest.fixture
def hostile(small_store: Path, tmp_path: Path) -> Path:
    """A folder with a report whose name turns what stands beside it, colours the terminal and begins a line of its own."""
    if sys.platform == "win32":
        pytest.skip("Windows takes no such names")
    folder = tmp_path / "in"
    (folder / "1").mkdir(parents=True)
    shutil.copy(small_store.parent / "in" / "a.docx", folder / HOSTILE.replace("1/1 ", ""))
    return folder


def test_a_files_name_is_one_visible_piece_in_every_line_for_people(told: Told, hostile: Path, tmp_path: Path) -> None:
    name, log = SEEN.removeprefix("1/1 "), tmp_path / "m.log"
    done = told("ingest", hostile, "--db", tmp_path / "h.db", "--log-file", log)
    assert f"1/1 {name}: " in done.stderr
    told("documents", "--db", hostile / "none\n2026-01-01T00:00:00+00:00 1 info exit code 0", "--log-file", log, code=5)
    for said in (done.stderr, log.read_text(encoding="utf-8")):
        assert not set("\u202e\x1b\u0085\r") & set(said)
    lines = log.read_text(encoding="utf-8").split("\n")[:-1]
    assert all(re.match(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+00:00 \d+ (info|detail|error) ", line) for line in lines)
    ends = [line for line in lines if re.match(r"\S+ \d+ info exit code", line)]
    assert [line[-1] for line in ends] == ["0", "5"], "a name forged a record"


def test_json_has_everything_escaped_that_acts_on_a_terminal(told: Told, hostile: Path, tmp_path: Path) -> None:
    events = told("ingest", hostile, "--db", tmp_path / "h.db", "--events").stdout
    assert "\\u202e\\u001b[31m\\u0085\\nRED.docx" in events
    answers = [events, *(told("documents", "--db", tmp_path / "h.db", "--format", form).stdout for form in ("json", "jsonl"))]
    for answer in answers:
        assert not set("\u202e\x1b\u0085") & set(answer)
    assert json.loads(answers[1])[0]["file"] == HOSTILE.replace("1/1 ", ""), "escaped, and not changed"


def test_every_bidirectional_and_control_character_is_escaped() -> None:
    from minhchung.present.formats import escaped, json_text

    acting = "".join(map(chr, (*range(0x20), *range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A))))
    assert json_text(acting).isascii() and json.loads(json_text(acting)) == acting
    assert escaped(acting).isprintable() and escaped(acting).isascii()
    assert json_text("tệp\udcff") == '"tệp\\udcff"', "a file name that is not UTF-8"
    assert escaped("Sở Nội vụ – 5%") == "Sở Nội vụ – 5%"
