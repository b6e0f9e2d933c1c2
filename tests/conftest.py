"""What tests of several rooms share: a small store and the command line over it. OCR results go to a folder that lives as long as the
tests: those of the machine's user are neither used nor made."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from click.testing import Result


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("cache")
        patch.setenv("MINHCHUNG_CACHE", str(folder))
        patch.setenv("MINHCHUNG_LANG", "en")  # whatever the machine speaks
        yield folder


@pytest.fixture(scope="session")
def fake_rooms() -> ModuleType:
    """The rooms of store/fake_rooms.py, in which a report says itself how it is to be judged."""
    spec = importlib.util.spec_from_file_location("fake_rooms", Path(__file__).parent / "store" / "fake_rooms.py")
    assert spec and spec.loader
    found = importlib.util.module_from_spec(spec)
    sys.modules["fake_rooms"] = found
    spec.loader.exec_module(found)
    return found


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory, fake_rooms: ModuleType) -> Path:
    """A store of three reports, one of which cannot be read; `in` beside it holds them."""
    from minhchung.store.intake import intake

    folder = tmp_path_factory.mktemp("small")
    (folder / "in").mkdir()
    head = "agency: {}\nyear: 2023\nnumber: 1/BC-UBND\ndate: 2023-11-10\n---\n"
    first = (
        "II.1.a done Quận đã quán triệt Luật.\nII.2 done 10/12 phường đã ban hành.\nrefused: II.1.d no/other-object 9 Quận tập huấn bơi."
    )
    (folder / "in" / "a.docx").write_text(head.format("QH-304") + first, encoding="utf-8")
    (folder / "in" / "b.docx").write_text(head.format("QH-305") + "II.1.c done =HYPERLINK(1) đã đăng 27 bài.\nII.1.d done - Đã mở lớp.")
    (folder / "in" / "c.docx").write_text("unreadable")
    intake([folder / "in"], folder / "s.db", rooms=fake_rooms.rooms())
    return folder / "s.db"


@pytest.fixture
def told(small_store: Path, fake_rooms: ModuleType, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Runs a command line over `small_store` and returns its result; fails where the exit code is not `code`."""
    from click.testing import CliRunner

    from minhchung.cli import cli

    monkeypatch.setenv("MINHCHUNG_DB", str(small_store))
    monkeypatch.setattr("minhchung.store.intake.real_rooms", fake_rooms.rooms)
    monkeypatch.setattr("minhchung.store.single.real_rooms", fake_rooms.rooms)

    def told(*args: str | Path, code: int = 0, typed: str = "") -> Result:
        result = CliRunner().invoke(cli, [str(arg) for arg in args], input=typed or None)
        assert result.exit_code == code, result.output + result.stderr
        return result

    return told
