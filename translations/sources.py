"""Where the texts are that people read: found in the sources themselves, so that no list can be out of date.

Four kinds: the help of the commands; messages, which are what certain calls are given (errors, issues, `say`), followed through variables
and functions of the module to the strings that they come from; named constants that hold messages; and the Vietnamese of the tables, which
is every string with a Vietnamese letter in the modules that draw them. A message is English because of where it is used, whatever
Vietnamese it cites.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from following import Followed, joined

from minhchung.cli import cli
from minhchung.present.helping import texts
from minhchung.present.reports.html import COUNTED, SAID

Text = str | tuple[str, str]  # a text, or what is said of one and of many

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("cli.py", "errors.py", "present", "store", "plan", "ingest", "extract")
# What is given to these is said to people. The number is that of the first argument that is: before it stand codes.
CALLS = {
    "say": 0, "detail": 0, "fault": 0, "words": 0,
    "UsageError": 0, "InputError": 0, "StoreError": 0, "PlanError": 0, "SomeFilesUnread": 0, "MinhchungError": 0, "ReadError": 0,
    "Issue": 1, "BadParameter": 0, "fail": 0, "Problem": 1, "_fault": 2, "_Column": 0,
}  # fmt: skip
# Names (of constants and functions) whose strings are said, by module: what they hold is put into a call above elsewhere.
NAMED = {
    "store/connection.py": ("_ANOTHER", "_RESTORE", "_WAIT", "_FAULTS"),
    "present/progress.py": ("_WORDS",),
    "store/balance.py": ("HEADINGS",),
    "present/asking.py": ("_note",),
}
# Modules in which every string of several words is a message: their own functions make issues of them.
TALKING = (
    "ingest/archive_entries.py", "ingest/archives.py", "ingest/convert.py", "ingest/discover.py", "ingest/docx_embedded.py",
    "ingest/docx_package.py", "ingest/docx_reader.py", "ingest/html_reader.py", "ingest/isolation.py", "ingest/locked_archives.py",
    "ingest/ocr.py", "ingest/ocr_engine.py", "ingest/pdf_file.py", "ingest/pdf_pdfium.py", "ingest/pdf_reader.py", "ingest/pictures.py",
    "ingest/plain.py", "ingest/reader.py", "ingest/signatures.py", "ingest/tools.py", "ingest/unlock.py", "ingest/workroom.py",
    "plan/agency_check.py", "plan/schema.py", "plan/validate.py", "plan/datafiles.py", "store/persons.py", "store/explaining.py",
    "store/registration.py", "present/importing.py",
)  # fmt: skip
# Tables of codes and of Vietnamese that plans use: what they hold stands in messages as it stands in files.
DATA = {"plan/schema.py": ("AUDIENCES",)}
# Of what is followed to its source: a name, a code, an option, a command to type.
_NO_WORDS = re.compile(r"^\S*[^\Wa-z]\S*$|^\S*[a-z][.\[_]\S+$|^\[|^ ?--\S+ {}$|^sudo ")
_NO_MESSAGE = re.compile(r"^(sudo |docx:|<|bbox |PRAGMA |SELECT |INSERT |UPDATE |-|/)|\\d|://|\(\?|^\W+$|\n.*SELECT|\bFROM\b")
# Messages that SQL puts together, or a library of Python's (tomllib's are the same from 3.11 to 3.13).
ELSEWHERE = {
    "errors.py": (  # of the operating system, inside our own
        "No such file or directory", "Permission denied", "Is a directory", "Not a directory", "File exists", "No space left on device",
        "Read-only file system", "Input/output error", "File name too long", "Operation not permitted", "Device or resource busy",
        "Directory not empty", "Too many open files", "Stale file handle", "Host is down", "No route to host", "Connection timed out",
    ),
    "store/views.py": (  # of SQLite, about a free query
        "You did not supply a value for binding parameter {}", "no such table: {}", "no such column: {}", "no such function: {}",
        "near {}: syntax error", "incomplete input", "ambiguous column name: {}", "unrecognized token: {}",
    ),
    "store/migrations.py": (
        "the file at this path has changed since", "the run was interrupted; run ingest again", "same content as {}", "replaced by {}",
        "a later report",
    ),
    "plan/datafiles.py": (
        "{} (at line {}, column {})", "{} (at end of document)", "Invalid statement", "Invalid value", "Invalid date or datetime",
        "Cannot overwrite a value", "Expected newline or end of document after a statement", "Expected '=' after a key in a key/value pair",
        "Invalid initial character for a key part", "Unclosed array", "Unclosed inline table", "Unterminated string",
        "Illegal character {}",
        "Cannot declare {} twice", "Cannot mutate immutable namespace {}", "Cannot redefine namespace {}", "Found invalid character {}",
        "Expected ']' at the end of a table declaration", "Expected ']]' at the end of an array declaration", "Expected {}",
        "Duplicate inline table key {}", "Unescaped '\\' in a string", "Escaped character is not a Unicode scalar value",
        "Invalid hex value",
    ),
}  # fmt: skip
# What click puts into its messages without a call that tells: the mark of an option that must be given, the names of types.
_OF_CLICK = ("required", "integer", "integer range", "float", "float range")
VIETNAMESE = (
    "present/tables.py", "present/places.py", "present/matrix.py", "present/owing.py", "present/plans.py", "present/terms.py",
    "present/reasons_told.py", "present/explained.py", "store/reasons.py",
)  # fmt: skip
# Modules of the reports, whose data is Vietnamese too (names, patterns): what they say is what they give to `words` or to a column, and
# what stands under these names of theirs.
REPORTS = {
    "present/calendar.py": (),
    "present/reports/colours.py": ("STRENGTHS", "ACTORS", "MARKS"),
    "present/reports/decree30.py": ("COUNTRY", "MOTTO"),
    "present/reports/figures.py": ("_ESTIMATED", "_NOT_MEANT", "_TOLD_BEFORE", "_NOT_LARGEST", "_IN_TOTAL", "_BY_THE_WEEK"),
    "present/reports/html.py": (),
    "present/reports/reminders.py": (),
    "present/reports/senders.py": ("_CHAIR", "_DIRECTOR"),
    "present/reports/xlsx.py": ("MATRIX", "QUOTES", "MISSING", "UNREAD", "MADE"),
    "present/reports/yearly.py": ("_MINISTRY", "_SHARES", "_SENT", "_FIGURES", "_MISSING"),
}
IN_REPORTS = ("words", "_Column")
REPORT_DATA = ROOT / "present" / "reports" / "data"
_LETTER = re.compile("[ăâđêôơưĂÂĐÊÔƠƯàáảãạèéẻẽẹìíỉĩịòóỏõọùúủũụỳýỷỹỵ\u1ea0-\u1ef9]")
_FOR_PROGRAMMERS = re.compile("declar|DeprecationWarning|iterable|start character|same flag|defined twice")  # of click's own messages
_SAYS = re.compile(r"[^\W\d_]{2}")


# Vietnamese without a mark: letters alone do not tell it.
WITHOUT_MARKS = {
    "present/tables.py": ("trang",),
    "present/places.py": ("trang {}",),
    "present/owing.py": ("ai",),
    "present/terms.py": ("suy ra",),
}


def files() -> Iterator[Path]:
    """The sources of the package."""
    for name in ROOMS:
        path = ROOT / name
        yield from [path] if path.is_file() else sorted(path.rglob("*.py"))


def english() -> dict[Text, list[str]]:
    """Every English text, with the files that it stands in; pairs are singular and plural."""
    found: dict[Text, list[str]] = {}

    def keep(text: str, where: str) -> None:
        if _SAYS.search(text) and where not in found.setdefault(text, []):
            found[text].append(where)

    for text, command in texts(cli):
        keep(text, f"minhchung {command}")
    for view in _toml("store/views.toml").values():
        for text in view.values():
            found.setdefault(text, ["store/views.toml"])
    for path in files():
        where = path.relative_to(ROOT).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        not_english = where in VIETNAMESE or where in REPORTS or where.startswith("extract/")  # where `words` are lists of rules
        counts = [] if not_english else _counted(tree)
        data = {*_named(tree, DATA.get(where, ())), *(text for pair in counts for text in pair)}
        talk = _strings(tree) if where in TALKING else []
        said = [text for text in talk if len(text.split()) > 1 and not _NO_MESSAGE.search(text) and text not in data]
        calls = tuple(name for name in CALLS if name not in IN_REPORTS or (name == "words" and not not_english))
        called = [text for text in _called(tree, calls) if not _NO_WORDS.search(text)]
        for text in [*called, *_named(tree, NAMED.get(where, ())), *ELSEWHERE.get(where, ()), *said]:
            keep(text, where)
        for one, many in counts:
            found.setdefault((one, many), []).append(where)
    return found


def vietnamese() -> dict[Text, list[str]]:
    """Every Vietnamese text of the tables and reports, with the files that it stands in; those that stand behind a number are pairs, since
    the other language has two forms for them."""
    found: dict[Text, list[str]] = {}
    for text, files_of in of_reports().items():
        found.setdefault(text, []).extend(files_of)
    for where in VIETNAMESE:
        tree = ast.parse((ROOT / where).read_text(encoding="utf-8"))
        counts = {one for one, _ in _counted(tree)}
        for text in [*_strings(tree), *WITHOUT_MARKS.get(where, ())]:
            known = _LETTER.search(text) or text in WITHOUT_MARKS.get(where, ())
            if known and text not in counts and (_SAYS.search(text) or "{}" in text) and where not in found.setdefault(text, []):
                found[text].append(where)
    for where in (*VIETNAMESE, *REPORTS):
        for one, many in _counted(ast.parse((ROOT / where).read_text(encoding="utf-8"))):
            if where not in found.setdefault((one, many), []):
                found[one, many].append(where)
    for label in _labels():  # of one, and of more
        found.setdefault((label, label), ["present/reports/data/measures.toml"])
    where = "present/reports/data/page.js"
    for text in COUNTED.findall((ROOT / where).read_text(encoding="utf-8")):
        found.setdefault((text, text), [where])
    pairs = {text[0] for text in found if isinstance(text, tuple)}
    return {text: files for text, files in found.items() if text not in pairs}  # `words` takes the form for many of a pair


def of_reports() -> dict[str, list[str]]:
    """What the reports say: in their modules, in the page and its script, and as names of what is added up."""
    pairs: list[tuple[str, str]] = []
    for where, names in REPORTS.items():
        tree = ast.parse((ROOT / where).read_text(encoding="utf-8"))
        pairs += [(text, where) for text in _called(tree, IN_REPORTS)]
        pairs += [(text, where) for text in _named(tree, names) if _LETTER.search(text)]
    for name in ("page.html", "page.js"):
        pairs += [(text, f"present/reports/data/{name}") for text in SAID.findall((REPORT_DATA / name).read_text(encoding="utf-8"))]
    where = "present/reports/data/measures.toml"
    pairs += [(text, where) for text in _labels()]
    where = "present/datasette.toml"
    told = _toml(where)
    pairs += [(text, where) for one in [told, *told["queries"]] for text in (one["title"], one["description"]) if _LETTER.search(text)]
    found: dict[str, list[str]] = {}
    for text, where in pairs:
        if _SAYS.search(text) and where not in found.setdefault(text, []):
            found[text].append(where)
    return found


def _labels() -> list[str]:
    return [measure["label"] for measure in _toml("present/reports/data/measures.toml")["measure"]]


def _toml(where: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / where).read_text(encoding="utf-8"))


def _called(tree: ast.Module, names: tuple[str, ...] = tuple(CALLS)) -> list[str]:
    """What the calls in CALLS are given."""
    found: list[str] = []
    module = Followed(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in names:
                for given in [*node.args[CALLS[name] :], *(word.value for word in node.keywords if word.arg in ("message", "next_step"))]:
                    found += module.texts(given)
    return found


def _counted(tree: ast.Module) -> list[tuple[str, str]]:
    """What `counted` is given: the text for one, and that for many, which is the same where there is no other."""
    found: list[tuple[str, str]] = []
    module = Followed(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "counted" and len(node.args) > 1:
            many = [text for word in node.keywords if word.arg == "many" for text in module.texts(word.value)]
            found += [(text, (many or [text])[0]) for text in module.texts(node.args[1])]
    return found


def _named(tree: ast.Module, names: tuple[str, ...]) -> list[str]:
    """All strings under these names of a module."""
    found: list[str] = []
    for node in tree.body:
        named = [target.id for target in getattr(node, "targets", [getattr(node, "target", None)]) if isinstance(target, ast.Name)]
        if getattr(node, "name", "") in names or set(named) & set(names):
            found += [text for text in _strings(node) if text not in _signs(node)]
    return found


def _signs(node: ast.AST) -> set[str]:
    """Of a table of messages, what it is looked up by: the first of each row."""
    table = getattr(node, "value", None)
    rows = [row for row in getattr(table, "elts", []) if isinstance(row, ast.Tuple)]
    return {row.elts[0].value for row in rows if isinstance(row.elts[0], ast.Constant) and isinstance(row.elts[0].value, str)}


def _strings(tree: ast.AST) -> list[str]:
    """All strings of a piece of source, docstrings and the pieces of f-strings left out; f-strings with {} for what is filled in."""
    inside: set[int] = set()
    found: list[str] = []
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.FunctionDef, ast.ClassDef)) and ast.get_docstring(node, clean=False) is not None:
            inside.add(id(node.body[0].value))  # type: ignore[attr-defined]
        if isinstance(node, ast.JoinedStr):
            inside |= {id(part) for part in node.values}
            found.append(joined(node))
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            found.append(node.value)
    return found


def of_click() -> dict[Text, list[str]]:
    """What click itself says in help and in errors; pairs are singular and plural."""
    import click

    found: dict[Text, list[str]] = {text: ["click"] for text in _OF_CLICK}
    for name in ("core", "decorators", "exceptions", "formatting", "parser", "types"):
        for node in ast.walk(ast.parse((Path(click.__file__).parent / f"{name}.py").read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            called = getattr(node.func, "id", "")
            given = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
            if given and _FOR_PROGRAMMERS.search(given[0]):
                continue
            if called == "_" and given:
                found.setdefault(given[0], ["click"])
            elif called == "ngettext" and len(given) > 1:
                found.setdefault((given[0], given[1]), ["click"])
    return found
