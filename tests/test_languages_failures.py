"""Nothing that goes wrong is told in two languages at once: faults of plan files and lists, failures of commands, and their help."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from minhchung.cli import cli
from minhchung.present.language import speaking
from minhchung.present.language import told as told_text

Told = Callable[..., Result]
VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")


PLAN_FAULTS = """
[plan]
id = "x"
title = 7
issuer = "HP-UBND"
years = 2023
law_number = "1"
law_effective = 2023-07-01

[[item]]
id = "II.1"
title = "T"
short = "t"

[[duty]]
id = "O1"
item = "II.1"
clause = "1"
quote = "q"
kind = "giao"
actors = "HP-SNV"
audience = ["ai"]
handed_on = { to = ["successors"], since = 2025 }
due = 5

[[duty]]
item = "II.1"
clause = "1"
quote = "q"
kind = "assigned"
actors = []
[duty.due]
kind = "yearly"
by_day = "02-29"
before_day = "x"

[[tiger]]
"""
REFERENCE_FAULTS = """
[plan]
id = "x"
title = "T"
issuer = "Hải Phòng"
year = 2023
last_year = 2022
law_number = "1"
law_effective = 2023-07-01

[[item]]
id = "II.1"
title = "T"
short = "t"

[[duty]]
id = "O1"
item = "II.7"
clause = "1"
quote = "q"
kind = "assigned"
actors = ["HP-SNX", "G-QHX", "@@"]
handed_on = { to = ["G-UBC"], since = 2025-07-01, document = "12" }
[duty.due]
kind = "conditional_window"
after = ["T3"]
first = 2023-10-01
last = 2023-09-30

[[duty]]
id = "O1"
item = "II.1"
clause = "1"
quote = "q"
kind = "assigned"
actors = []
[duty.due]
kind = "before"
first = 2023-10-01
before = 2023-09-30
"""
SOUND = (
    PLAN_FAULTS.split("[[duty]]")[0].replace("title = 7", 'title = "T"').replace("years", "year")
    + """
[[duty]]
id = "O1"
item = "II.1"
clause = "1"
quote = "q"
kind = "assigned"
actors = ["HP-SNV"]
[duty.due]
kind = "continuous"
"""
)
WITH_RULES = SOUND.replace("[[item]]", 'rules = "x.rules.toml"\n\n[[item]]', 1)
RULES = '[[rule]]\nid = "{}"\ngroup = "{}"\n{} = ["{}"]\nmatch = ["an"]\nnomatch = ["ba ca"]\n'
FAULTY: dict[str, tuple[str, str, int]] = {  # the plan, its rules file, and how many faults it has
    "keys and values": (PLAN_FAULTS, "", 14),
    "what is named": (REFERENCE_FAULTS, "", 12),
    "no tables": ("x = 1\n", "", 4),
    "no lists": ("[plan]\n[item]\n[duty]\n", "", 8),
    "twice": ("[plan]\nid = 1\nid = 2\n", "", 1),
    "no value": ("[plan]\nyear = 1/7\n", "", 1),
    "an open list": ('[plan]\nid = ["a"', "", 1),
    "rules not there": (WITH_RULES, "", 1),
    "rules at fault": (WITH_RULES, RULES.format("r", "item.II.9.weak", "phrases", "ba"), 3),
    "rules of unknown keys": (WITH_RULES, RULES.format("r", "item.II.1.weak", "phrase", "ba"), 1),
    "no pattern": (WITH_RULES, RULES.format("r", "item.II.1.weak", "regex", "(ba"), 1),
    "a rule twice": (WITH_RULES, RULES.format("r", "item.II.1.weak", "phrases", "an") * 2, 1),
}  # fmt: skip
ENGLISH_WORDS = re.compile(
    r"\b(?:the|of|and|by|is|are|was|with|without|not|no|unknown|cannot|missing|write|did|you|mean|known|line|must|name|named|add|keep|give|"
    r"put|see|mend|there|which|stands|twice|invalid|expected|more|faults|below|above)\b",
    re.IGNORECASE,
)


@pytest.mark.parametrize("case", FAULTY)
def test_every_fault_of_a_plan_file_is_told_in_the_language_with_its_line(tmp_path: Path, case: str) -> None:
    plan, rules, count = FAULTY[case]
    (tmp_path / "x.toml").write_text(plan, encoding="utf-8")
    if rules:
        (tmp_path / "x.rules.toml").write_text(rules, encoding="utf-8")
    told = {lang: CliRunner().invoke(cli, ["plan", "check", str(tmp_path / "x.toml"), "--lang", lang]) for lang in ("vi", "en")}
    lines = {lang: result.stdout.splitlines() for lang, result in told.items()}
    assert [result.exit_code for result in told.values()] == [4, 4]
    assert len(lines["vi"]) == len(lines["en"]) == count, told["en"].stdout
    for vietnamese, english in zip(lines["vi"], lines["en"], strict=True):
        quoted = re.sub(r"'[^']*'|\"[^\"]*\"|`[^`]*`|\(missing.*?\d\)|" + re.escape(str(tmp_path)), "", vietnamese)
        assert not ENGLISH_WORDS.search(quoted) and VIETNAMESE.search(quoted), vietnamese
        assert ENGLISH_WORDS.search(english), english
        assert re.findall(r"line (\d+)", english.split(":")[0]) == re.findall(r"dòng (\d+)", vietnamese.split(":")[0])
    assert "không dùng được" in told["vi"].stderr


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("A,Tên,,lạ,,,,,,verified,\n", "dòng 2: không có loại 'lạ'"),
        ("A,Tên,,so,,1/7/2025,,,,verified,\n", "dòng 2: '1/7/2025' không phải là ngày"),
        ("A,Tên,,so,Z,,,,,verified,\n", "dòng 2: A nhắc đến Z, không có trong tệp"),
        ("A,Tên, thừa,,so,,,,,,verified,\n", "dòng 2: dòng này có 12 ô"),
        ("A,Tên,,so,,,,,,verified,\nA,Tên,,so,,,,,,verified,\n", "dòng 3: mã A có hai lần (lần đầu ở dòng 2)"),
    ],
)
def test_a_fault_of_a_list_of_agencies_is_told_in_vietnamese(tmp_path: Path, row: str, said: str) -> None:
    from minhchung.errors import PlanError
    from minhchung.plan.registry import COLUMNS, load_registry

    path = tmp_path / "a.csv"
    path.write_text(",".join(COLUMNS) + "\n" + row, encoding="utf-8")
    with pytest.raises(PlanError) as caught:
        load_registry(path)
    with speaking("vi"):
        assert told_text(caught.value.message) == f"{path}, {said}"
        assert not ENGLISH_WORDS.search(told_text(caught.value.next_step).replace("from", ""))


# ---------------------------------------------------------------- nothing English past the catalogue

# What stands in English on purpose: commands to type, names of values and of files, keys of a plan, words in quotes.
TYPED = re.compile(
    r"`[^`]*`|'[^']*'|\"[^\"]*\"|“[^”]*”|\[(?:OPTIONS|COMMAND|ARGS)\].*|minhchung [a-z-]+.*|--[a-z-]+(?:[ =][A-Z|.]+)?|\b[A-Z_.|-]{2,}\b"
    r"|\$?MINHCHUNG_\w+|\(missing.*?\d\)|/\S+|(?:\b[a-z-]+, ){4,}[a-z-]+|missing, plan show|hoặc name"
    r"|\b\w+\.(?:py|toml|md|csv|json|db)\b|\b(?:sudo )?(?:apt-get|brew|pip) .*"
)
SENTENCE = re.compile(
    r"\b(?:the|of|and|by|is|are|was|with|without|not|cannot|missing|must|need|needs|name|named|give|put|which|there|type|write|only|this|"
    r"that|has|have|more|than|assigned|event|file|directory|required|such|applicable|valid|answered|drawn|day|days|before|does|exist)\b",
    re.IGNORECASE,
)


def english_in(shown: str) -> list[str]:
    """The lines that hold English beside what is typed as it is."""
    return [line for line in TYPED.sub("", shown).splitlines() if SENTENCE.search(line)]


def paths_below(command: click.Command, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    for name, member in getattr(command, "commands", {}).items():
        yield from paths_below(member, (*path, name))


def test_no_help_in_vietnamese_has_an_english_sentence() -> None:
    paths = list(paths_below(cli))
    assert len(paths) > 35
    for path in paths:
        shown = CliRunner(env={"COLUMNS": "110"}).invoke(cli, [*path, "--help", "--lang", "vi"]).stdout
        lines = [line for line in shown.splitlines() if not line.strip().startswith(("minhchung ", "datasette ", "eval ", "Cách dùng:"))]
        assert [line for line in lines if "[required]" in line] == [], path
        ours = re.sub(r"\[[a-z|_-]+\||  [a-z]+  ", "", "\n".join(lines))
        states = r"sent|late|silent|unreadable|overdue|waiting|ended|unasked|not_applicable|item|duty|figures|confusion|errors|table"
        ours = re.sub(rf"\b(?:{states})\b|\(?NAME=VALUE\)?|File:|Tab|found|new|ignored|true|false|status và missing", "", ours)
        assert english_in(ours) == [], path


WRONG: dict[str, int] = {  # a command line that fails, and its exit code
    "nonsense": 2,
    "evidence --nonsense": 2,
    "evidence --year": 2,
    "evidence --year abc": 2,
    "evidence --year 5": 2,
    "evidence --as-of 2023-13-45": 2,
    "evidence --agency UBND": 2,
    "evidence --agency Trân": 2,
    "evidence --item IX": 2,
    "evidence --format xml": 2,
    "evidence --plan khac": 2,
    "evidence -o FOLDER": 2,
    "evidence -o FOLDER/none/x.csv": 6,
    "evidence --db FOLDER": 5,
    "evidence --db FOLDER/none.db": 5,
    "evidence --log-file FOLDER": 2,
    "evidence --log-file FOLDER/none/x": 6,
    "evidence -q -v": 2,
    "calendar -o FOLDER/none/x.ics": 6,
    "search": 2,
    "search ?": 2,
    "sql": 2,
    "sql SELECT": 2,
    "sql DROP_TABLE": 2,
    "sql SELECT_:x": 2,
    "sql SELECT_1;SELECT_2": 2,
    "sql SELECT_x": 2,
    "sql SELECT_1 -p x": 2,
    "explain": 2,
    "explain --id abc": 2,
    "explain FOLDER/none.docx": 6,
    "extract FOLDER/none.docx": 6,
    "extract FOLDER": 6,
    "evaluate FOLDER/none.json": 6,
    "evaluate FOLDER": 6,
    "plan show --plan FOLDER/none.toml": 6,
    "plan check FOLDER/none.toml": 6,
    "plan diff a b c": 2,
    "plan import FOLDER/none.docx": 2,
    "plan import FOLDER/empty.txt": 6,
    "plan trigger set T1": 2,
    "plan trigger set T99 2023-01-01": 2,
    "plan trigger set": 2,
    "plan request add --agency QH-304 --document 1/SNV --due 2023-01-01 --asked 2024-01-01 --by A": 2,
    "plan request add --agency QH-304 --document 1/SNV --due 2024-01-01 --duty O1 --by A": 2,
    "plan request withdraw 9 --by A": 2,
    "plan request withdraw x --by A": 2,
    "review set": 2,
    "review set --agency QH-304 --item II.3 --year 2023 --reason x --by A": 2,
    "review set --agency QH-304 --item II.1 --year 2023 --reason x --by A": 2,
    "review set --agency QH-304 --item II.1.c --year 2023 --reason= --by A": 2,
    "review clear --agency QH-304 --item II.1.c --year 2023 --reason x --by A": 2,
    "received none.docx 2023-11-14 --by A": 2,
    "agencies import": 2,
    "agencies import FOLDER/none.csv": 6,
    "agencies import FOLDER/nameless.csv": 4,
    "agencies check FOLDER/none.csv": 6,
    "ingest": 2,
    "watch FOLDER/none --once": 6,
    "snippet abc": 2,
    "schema nonsense": 2,
    "completion csh": 2,
    "report docx -o FOLDER": 2,
    "report docx -o FOLDER/none/x.docx": 6,
    "report reminders --template FOLDER/empty.txt": 6,
    "report reminders --from nobody": 2,
}


@pytest.mark.parametrize("line", WRONG)
def test_no_failure_in_vietnamese_has_an_english_sentence(told: Told, tmp_path: Path, line: str) -> None:
    (tmp_path / "empty.txt").write_text("Một dòng không phải kế hoạch.", encoding="utf-8")
    (tmp_path / "nameless.csv").write_text("x,y\n1,2\n", encoding="utf-8")
    args = [word.replace("_", " ").replace("FOLDER", str(tmp_path)) for word in line.split()]
    shown = told(*args, "--lang", "vi", code=WRONG[line])
    said = shown.stderr.replace(str(tmp_path), "")
    assert VIETNAMESE.search(said), said
    assert english_in(said) == [], said
