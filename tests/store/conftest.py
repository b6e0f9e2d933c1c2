import importlib.util
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

HERE = Path(__file__).parent
VOLATILE = {"id", "first_run"}  # row numbers and run numbers: what may differ between an undisturbed and an interrupted history


@pytest.fixture
def fake() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fake_rooms", HERE / "fake_rooms.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["fake_rooms"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Writes a report of the fake rooms into the folder `in`."""

    def write(name: str, *lines: str, agency: str = "QH-304", year: int = 2023, **head: str) -> Path:
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        said = [f"agency: {agency}", f"year: {year}", *(f"{key}: {value}" for key, value in head.items())]
        path = folder / name
        path.write_text("\n".join([*said, "---", *lines]), encoding="utf-8")
        return path

    return write


@pytest.fixture
def dump() -> Callable[[Path], dict[str, list[tuple[object, ...]]]]:
    """All that a store holds but clock times, row numbers and run numbers, in a fixed order."""

    def dump(store: Path) -> dict[str, list[tuple[object, ...]]]:
        conn = sqlite3.connect(store)
        conn.row_factory = sqlite3.Row
        tables = ("files", "contents", "passages", "evidence", "rejected", "issues", "cells", "meta", "documents")
        found: dict[str, list[tuple[object, ...]]] = {}
        for table in tables:
            rows: list[tuple[object, ...]] = []
            for row in conn.execute(f"SELECT * FROM {table}"):
                rows.append(tuple((key, value) for key, value in dict(row).items() if key not in VOLATILE))
            found[table] = sorted(rows, key=repr)
        conn.execute("INSERT INTO passages_fts(passages_fts) VALUES ('integrity-check')")
        assert conn.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert not conn.execute("PRAGMA foreign_key_check").fetchall()
        conn.close()
        return found

    return dump
