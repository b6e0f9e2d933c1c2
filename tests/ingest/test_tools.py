"""Which programs are there is told with what they are for and how to get them."""

from __future__ import annotations

import pytest

from minhchung.ingest import tools as tools_module
from minhchung.ingest.tools import available, tools


def test_every_tool_says_what_it_is_for_and_how_to_install_it() -> None:
    for tool in tools():
        assert tool.name and tool.needed_for and tool.install.startswith("sudo apt-get install ")
    assert {t.waits for t in tools()} == {"ocr", "libreoffice", "libarchive", "unar"}


def test_what_is_found_is_what_can_be_waited_for() -> None:
    found = {t.waits for t in tools() if t.version}
    missing = {t.waits for t in tools() if not t.version}
    assert available() == found - missing


def test_nothing_installed_is_told_not_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("tesseract_version", "soffice_version", "libarchive_version", "unar_version", "soffice"):
        monkeypatch.setattr(tools_module, name, lambda: "")
    monkeypatch.setattr(tools_module, "engine", lambda: None)
    assert [t.version for t in tools()] == [""] * 5
    assert available() == frozenset()
