"""The given plan, read from its text, from a Word file and from a PDF, gives the duties of the shipped plan."""

from __future__ import annotations

import ast
import tomllib
from pathlib import Path
from typing import Any

import pytest

from minhchung.plan.datafiles import PLAN_FILE

GIVEN = Path(__file__).resolve().parents[4] / "shared" / "plan" / "ke-hoach-hai-phong-2023.txt"
ACCEPTED = tomllib.loads((Path(__file__).parent / "accepted.toml").read_text(encoding="utf-8"))["difference"]
SHIPPED = tomllib.loads(PLAN_FILE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module", params=["txt", "docx", "pdf"])
def given(request: pytest.FixtureRequest, tools: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    if not GIVEN.exists():
        pytest.skip("../shared/plan/ke-hoach-hai-phong-2023.txt is not here")
    folder = tmp_path_factory.mktemp("given")
    document = GIVEN
    if request.param == "docx":
        document = tools.docx(GIVEN, folder / "kh.docx")
    elif request.param == "pdf":
        document = tools.pdf(GIVEN, folder / "kh.pdf")
    return tomllib.loads(tools.imported(document))


def test_every_duty_is_that_of_the_shipped_plan_or_the_difference_is_told(given: dict[str, Any], tools: Any) -> None:
    found = [(d.clause, d.field, ast.literal_eval(d.want), ast.literal_eval(d.got)) for d in tools.compare(SHIPPED, given)]
    assert found == [(d["clause"], d["field"], d["want"], d["got"]) for d in ACCEPTED]


def test_every_accepted_difference_has_a_reason() -> None:
    assert all(len(one["reason"]) > 20 for one in ACCEPTED)


def test_the_head_of_the_plan_is_read(given: dict[str, Any]) -> None:
    for key in ("title", "issuer", "year", "law_number", "law_effective"):
        assert given["plan"][key] == SHIPPED["plan"][key], key


def test_the_items_are_those_of_the_shipped_plan(given: dict[str, Any]) -> None:
    def told(plan: dict[str, Any]) -> set[tuple[str, str, str, bool]]:
        return {(i["id"], i["title"], i.get("kind", "duty"), i.get("continuous", False)) for i in plan["item"]}

    differing = told(given) ^ told(SHIPPED)
    assert {one[0] for one in differing} == {"III.kp"}  # its title goes on a few words further


def test_the_quotes_and_wordings_are_the_plans_own(given: dict[str, Any]) -> None:
    text = " ".join(GIVEN.read_text(encoding="utf-8").split())
    for duty in given["duty"]:
        assert duty["quote"] in text
        assert duty["due"].get("wording", "") in text


def test_audiences_and_scope_are_those_of_the_shipped_plan(given: dict[str, Any]) -> None:
    ours = {d["id"]: (set(d.get("audience", [])), d.get("scope", "")) for d in given["duty"]}
    theirs = {d["id"]: (set(d.get("audience", [])), d.get("scope", "")) for d in SHIPPED["duty"]}
    assert {id for id in theirs if ours[id] != theirs[id]} == set()


def test_what_the_deadlines_wait_for_is_listed(given: dict[str, Any]) -> None:
    assert [(t["id"], t["what"]) for t in given["trigger"]] == [(t["id"], t["what"]) for t in SHIPPED["trigger"]]
