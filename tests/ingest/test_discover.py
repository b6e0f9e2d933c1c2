"""Every file is found once, and what is left out says why."""

from __future__ import annotations

from pathlib import Path

import pytest

from minhchung.errors import InputError
from minhchung.ingest.discover import Found, discover


def touch(folder: Path, *names: str) -> None:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")


def test_folders_are_walked_in_natural_order(tmp_path: Path) -> None:
    touch(tmp_path, "10.docx", "2.docx", "b/1.pdf", "a/x.rar")
    (tmp_path / "empty").mkdir()
    assert [f.path.relative_to(tmp_path).as_posix() for f in discover([tmp_path])] == ["2.docx", "10.docx", "a/x.rar", "b/1.pdf"]
    assert all(f.ignored == "" for f in discover([tmp_path]))


@pytest.mark.parametrize("name", ["~$report.docx", "Thumbs.db", "desktop.ini", ".DS_Store", ".hidden.pdf", "._a.docx"])
def test_what_is_no_report_is_listed_with_its_reason(tmp_path: Path, name: str) -> None:
    touch(tmp_path, name, "real.pdf")
    ignored = {f.path.name: f.ignored for f in discover([tmp_path])}
    assert ignored.pop("real.pdf") == ""
    assert ignored[name]


def test_a_path_named_twice_or_linked_counts_once(tmp_path: Path) -> None:
    touch(tmp_path, "a.pdf")
    (tmp_path / "link.pdf").symlink_to(tmp_path / "a.pdf")
    assert len(discover([tmp_path, tmp_path / "a.pdf", tmp_path])) == 1


def test_links_in_a_ring_end(tmp_path: Path) -> None:
    touch(tmp_path, "in/a.pdf")
    (tmp_path / "in" / "up").symlink_to(tmp_path, target_is_directory=True)
    assert [f.path.name for f in discover([tmp_path])] == ["a.pdf"]


def test_a_link_to_nothing_is_ignored_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "gone.pdf").symlink_to(tmp_path / "nowhere.pdf")
    assert discover([tmp_path]) == [Found(tmp_path / "gone.pdf", "a link to nothing")]


def test_a_hidden_file_named_itself_is_read(tmp_path: Path) -> None:
    touch(tmp_path, ".kept.pdf")
    assert discover([tmp_path / ".kept.pdf"])[0].ignored == ""


def test_a_missing_path_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        discover([tmp_path / "nowhere"])
