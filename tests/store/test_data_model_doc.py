import re
import sqlite3
from pathlib import Path

import pytest

from minhchung.ingest.tools import Tool
from minhchung.plan.agency_check import AgencyDoubt
from minhchung.present.formats import names_of
from minhchung.present.plans import AgencyRow, DutyRow
from minhchung.store.connection import open_for_writing
from minhchung.store.evaluating import ConfusionRow, FigureRow, MistakeRow
from minhchung.store.explaining import ExplainRow
from minhchung.store.model import DocumentRow, EvidenceRow, Hit, MissingRow
from minhchung.store.persons import ReviewRow, TriggerRow
from minhchung.store.planning import ChangeRow, PlanRow, RequestRow
from minhchung.store.problems import ProblemRow
from minhchung.store.senders import SenderRow

DOC = (Path(__file__).parents[2] / "docs" / "data-model.md").read_text(encoding="utf-8")


def told(heading: str) -> set[str]:
    """The names in backquotes of one section."""
    section = DOC.split(f"\n### {heading}\n")[1].split("\n## ")[0].split("\n### ")[0]
    return set(re.findall(r"`([a-z0-9_]+)`", section))


def test_every_table_and_column_is_explained(tmp_path: Path) -> None:
    open_for_writing(tmp_path / "s.db").close()
    conn = sqlite3.connect(tmp_path / "s.db")
    tables = [row[0] for row in conn.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'passages_fts%'")]
    assert len(tables) == 16
    for table in tables:
        columns = {row[1] for row in conn.execute(f"PRAGMA table_info({table})")}
        assert columns <= told(table), f"docs/data-model.md says nothing of {table}: {columns - told(table)}"


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("status, missing", MissingRow),
        ("search", Hit),
        ("plan show", DutyRow),
        ("agencies", AgencyRow),
        ("senders", SenderRow),
        ("review list", ReviewRow),
        ("plan list", PlanRow),
        ("plan diff", ChangeRow),
        ("plan trigger list", TriggerRow),
        ("plan request list", RequestRow),
        ("agencies check", AgencyDoubt),
        ("problems", ProblemRow),
        ("explain", ExplainRow),
        ("evaluate", FigureRow),
        ("evaluate", ConfusionRow),
        ("evaluate", MistakeRow),
        ("doctor", Tool),
    ],
)
def test_every_field_of_an_answer_is_explained(heading: str, kind: type) -> None:
    assert set(names_of(kind)) <= told(heading)


@pytest.mark.parametrize(("heading", "kind"), [("documents", DocumentRow), ("evidence", EvidenceRow)])
def test_every_field_of_documents_and_evidence_is_explained(heading: str, kind: type) -> None:
    answers = DOC.split("\n## What the queries give\n")[1]
    section = answers.split(f"\n### {heading}\n")[1].split("\n### ")[0]
    assert set(names_of(kind)) <= set(re.findall(r"`([a-z0-9_]+)`", section))
