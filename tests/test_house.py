"""The house: imports point one way, every package is shipped, no heavy library is loaded where it is not used."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ORDER = ["cli", "present", "store", "extract", "ingest", "plan"]
MAY_IMPORT = {
    "cli": {"present", "store", "extract", "ingest", "plan"},
    "present": {"store", "extract", "ingest", "plan"},
    "store": {"extract", "ingest", "plan"},
    "extract": {"ingest", "plan"},
    "ingest": set(),
    "plan": set(),
}


def sources(room: str) -> list[Path]:
    return [ROOT / "cli.py"] if room == "cli" else sorted((ROOT / room).rglob("*.py"))


def rooms_imported(path: Path) -> set[str]:
    """Rooms that a file imports, by relative or absolute imports, at any depth of its functions."""
    found: set[str] = set()
    inside = len(path.relative_to(ROOT).parts) - 1
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            module = (node.module or "").removeprefix("minhchung").lstrip(".")
            if node.level == inside + 1 or (node.module or "").startswith("minhchung"):
                found |= {module.split(".")[0]} if module else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.split(".")[1] for alias in node.names if alias.name.startswith("minhchung.")}
    return found & set(ORDER)


@pytest.mark.parametrize("room", ORDER)
def test_a_room_imports_only_rooms_to_its_right(room: str) -> None:
    files = sources(room)
    assert files, f"no source in {room}"
    for path in files:
        wrong = rooms_imported(path) - MAY_IMPORT[room] - {room}
        assert not wrong, f"{path.relative_to(ROOT)} imports {sorted(wrong)}"


def test_the_direction_test_sees_a_wrong_import(tmp_path: Path) -> None:
    wrong = ROOT / "plan" / "model.py"
    assert rooms_imported(ROOT / "extract" / "judge.py") >= {"ingest", "plan"}
    assert rooms_imported(wrong) == set()


def test_every_package_with_sources_is_listed_for_the_wheel() -> None:
    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]["packages"])
    there = {"minhchung"} | {
        "minhchung." + ".".join(p.parent.relative_to(ROOT).parts) for room in ORDER[1:] for p in (ROOT / room).rglob("__init__.py")
    }
    assert listed == there


def test_init_files_hold_a_docstring_only() -> None:
    for room in ORDER[1:]:
        for path in (ROOT / room).rglob("__init__.py"):
            body = ast.parse(path.read_text(encoding="utf-8")).body
            assert len(body) == 1 and isinstance(body[0], ast.Expr), path


def test_the_root_holds_no_stray_module() -> None:
    assert {p.name for p in ROOT.glob("*.py")} == {"__init__.py", "__main__.py", "cli.py", "errors.py"}


@pytest.mark.parametrize("module", ["store.queries", "present.tables", "plan.loader", "cli"])
def test_importing_for_a_question_loads_no_heavy_library(module: str) -> None:
    code = (
        f"import sys, minhchung.{module}; "
        "print([m for m in ('spacy', 'pdfplumber', 'docx', 'sqlite_utils', 'pandas', 'numpy') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_no_source_names_a_path_of_a_machine_or_a_registry() -> None:
    words = ["/work" + "/", "/ro" + "ot/", "py" + "pi.org", "python" + "hosted"]
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.split("\n")
    for name in filter(None, listed):
        path = ROOT / name
        if path.suffix in {".py", ".toml", ".md", ".txt", ".lock", ".json"} or path.name == "Makefile":
            text = path.read_text(encoding="utf-8")
            assert not [w for w in words if w in text], name
