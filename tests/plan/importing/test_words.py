"""The word tables of the importer find what they say and nothing of what they say they must not."""

from __future__ import annotations

import pytest

from minhchung.plan.importing.words import FOLDER, Cue, folded, table

ENTRIES = [(file.stem, entry) for file in sorted(FOLDER.glob("*.toml")) for entry in table(file.stem).values()]


def finds(name: str, entry: Cue, text: str) -> bool:
    """Classes of bodies are matched against whole folded names, everything else is searched for."""
    return bool(entry.regex.fullmatch(text) if name == "groups" else entry.regex.search(folded(text)))


@pytest.mark.parametrize(("name", "entry"), ENTRIES, ids=[f"{name}/{entry.id}" for name, entry in ENTRIES])
def test_an_entry_keeps_to_its_examples(name: str, entry: Cue) -> None:
    assert entry.match and entry.nomatch
    assert [text for text in entry.match if not finds(name, entry, text)] == []
    assert [text for text in entry.nomatch if finds(name, entry, text)] == []


def test_folding_keeps_every_character_in_its_place() -> None:
    text = "Uỷ ban – HÀNG NĂM, hàng hoá\u00a0Quý"
    assert len(folded(text)) == len(text)
    assert folded(text) == "ủy ban - hằng năm, hàng hóa quý"
