"""Fragments of plans in further styles, each written down with what it gives before the importer was tried on it."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from minhchung.plan.importing.importer import import_plan
from minhchung.plan.importing.model import DraftDuty, Line
from minhchung.plan.registry import load_registry

FRAGMENTS = sorted((Path(__file__).parent / "fragments").glob("*.toml"))
ROLES = ("actors", "inferred", "advise", "coordinate", "unlisted")
DUE = ("kind", "first", "last", "before", "first_year", "by_day", "before_day", "assumed")


def lines(text: str) -> list[Line]:
    """Paragraphs, and rows between bars with the first row's cells as heads."""
    found: list[Line] = []
    heads: tuple[str, ...] = ()
    for line in filter(None, map(str.strip, text.splitlines())):
        if not line.startswith("|"):
            found.append(Line(line))
            continue
        cells = tuple(cell.strip() for cell in line.strip("|").split("|"))
        if heads:
            found.append(Line("", table=1, heads=heads, cells=cells))
        heads = heads or cells
    return found


def drafted(fragment: Path, folder: Path) -> tuple[list[dict[str, Any]], list[DraftDuty]]:
    content = tomllib.loads(fragment.read_text(encoding="utf-8"))
    rows = ["code,name,short,kind,parent,from,to,successors,symbols,confidence,aliases"]
    for code, _, name in (agency.partition(" = ") for agency in content["agencies"]):
        kind = "so" if name.startswith("Sở") else "ubnd_huyen" if " huyện " in name else "khac"
        rows.append(f'{code},"{name}",,{kind},,,,,,remembered,')
    registry = folder / "agencies.csv"
    registry.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return content["duty"], list(import_plan(lines(content["text"]), load_registry(registry)).duties)


def told(duty: DraftDuty) -> dict[str, Any]:
    due = {key: value for key in DUE if (value := getattr(duty.due, key)) not in (None, (), False)}
    roles = {key: sorted(value) for key in ROLES if (value := getattr(duty, key))}
    return {"clause": duty.clause, "item": duty.item, "kind": duty.kind, **roles, "due": due}


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=[path.stem for path in FRAGMENTS])
def test_a_fragment_of_another_style_gives_its_duties(fragment: Path, tmp_path: Path) -> None:
    want, got = drafted(fragment, tmp_path)
    plain = [{key: sorted(value) if key in ROLES else value for key, value in duty.items() if value != []} for duty in want]
    assert [told(duty) for duty in got] == plain
