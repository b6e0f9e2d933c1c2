"""Each component is a spaCy factory and does its work alone, in a blank pipeline."""

from __future__ import annotations

import importlib
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

from minhchung.errors import UsageError
from minhchung.extract import factories
from minhchung.extract.analysis import GROUP_OF
from minhchung.extract.components import COMPONENTS, without
from minhchung.extract.facts import dates

Marks = list[tuple[str, str, str]]


def marked(factory: str, text: str, **config: Any) -> Marks:
    """(words, label, id) of what one component marks, alone in a pipeline."""
    nlp = spacy.blank("xx")
    nlp.add_pipe(factory, config=config)
    assert nlp.pipe_names == [factory]
    doc = nlp(text)
    return [(span.text, span.label_, span.id_) for span in doc.spans[factory]]


TEXT = "Ngày 05/9/2023, quận tổ chức tập huấn Luật Thực hiện dân chủ ở cơ sở cho 120 cán bộ."
CASES: list[tuple[str, str, dict[str, Any], Marks]] = [
    (
        "minhchung_sections",
        "Phương hướng: tiếp tục tuyên truyền. Hôm nay trời mưa.",
        {},
        [("Phương hướng: tiếp tục tuyên truyền.", "plan", "")],
    ),
    ("minhchung_status", "Chưa mở lớp tập huấn Luật.", {"year": 2023}, [("Chưa mở lớp tập huấn Luật.", "not_done", "II.1.d")]),
    ("minhchung_status", TEXT, {"year": 2023}, [(TEXT, "done", "II.1.d")]),
    ("minhchung_actor", "12/12 xã đã ban hành Quy chế.", {}, [("12/12 xã đã ban hành Quy chế.", "subordinate", "")]),
    ("minhchung_dates", TEXT, {}, [("05/9/2023", "date", "2023-09-05")]),
    ("minhchung_dates", "Trong tháng 8 đã làm.", {"year": 2023}, [("tháng 8", "date", "2023-08")]),
    ("minhchung_quantities", "Phát 1.250 tờ gấp.", {}, [("1.250 tờ gấp", "tờ gấp", "1250")]),
    ("minhchung_numbers", "Theo Quyết định số 2417 /QĐ-UBND.", {}, [("2417 /QĐ-UBND", "document", "2417/QĐ-UBND")]),
    ("minhchung_strength", TEXT, {}, [(TEXT, "verifiable", "")]),
    ("minhchung_strength", "Đã làm tốt.", {}, [("Đã làm tốt.", "assertion", "")]),
    ("minhchung_law_gate", TEXT, {}, [(TEXT, "II.1.d", "law/explicit")]),
    (
        "minhchung_law_gate",
        "Quận tập huấn phòng cháy.",
        {"focus": "law"},
        [("Quận tập huấn phòng cháy.", "II.1.d", "no/other-matter-named")],
    ),
]


@pytest.mark.parametrize(("factory", "text", "config", "want"), CASES)
def test_a_component_works_alone(factory: str, text: str, config: dict[str, Any], want: Marks) -> None:
    assert marked(factory, text, **config) == want


def test_this_law_and_another_are_told_apart() -> None:
    found = {(words, label) for words, label, _ in marked("minhchung_law", "Luật Đất đai và Luật Thực hiện dân chủ ở cơ sở")}
    assert {("Luật", "other"), ("Luật Thực hiện dân chủ ở cơ sở", "law")} <= found


def test_the_words_of_items_and_audiences_are_marked() -> None:
    assert {(words, label) for words, label, _ in marked("minhchung_items", TEXT)} >= {("tập huấn", "II.1.d")}
    assert {label for _, label, _ in marked("minhchung_audience", "cho cán bộ, công chức và nhân dân")} >= {"cbccvc", "nhan_dan"}


def test_sentences_and_cues_are_components_too() -> None:
    nlp = spacy.blank("xx")
    nlp.add_pipe("minhchung_sentences")
    doc = nlp("Đã làm. Chưa xong.")
    assert [span.text for span in doc.spans["sentences"]] == ["Đã làm.", "Chưa xong."]
    alone = spacy.blank("xx")
    alone.add_pipe("minhchung_cues")
    doc = alone("đã hoàn thành")
    assert "status.done" in {GROUP_OF[span.label_] for span in doc.spans["cues"]}


def test_every_factory_that_the_module_tells_of_is_registered_and_tested() -> None:
    told = set(re.findall(r"^(minhchung_\w+) ", factories.__doc__ or "", re.M))
    assert len(told) == 11
    assert told <= set(Language.factories)
    assert told - {case[0] for case in CASES} == {"minhchung_law", "minhchung_items", "minhchung_audience"}


def test_all_of_them_run_in_one_pipeline_over_several_sentences() -> None:
    nlp = spacy.blank("xx")
    for name in re.findall(r"^(minhchung_\w+) ", factories.__doc__ or "", re.M):
        nlp.add_pipe(name)
    doc: Doc = nlp(f"{TEXT} {TEXT}")
    assert [span.text for span in doc.spans["minhchung_dates"]] == ["05/9/2023", "05/9/2023"]
    with nlp.select_pipes(disable=["minhchung_dates"]):
        assert "minhchung_dates" not in nlp(TEXT).spans


@pytest.fixture
def _dates_off() -> Iterator[None]:
    with without("dates"):
        yield


@pytest.mark.usefixtures("_dates_off")
def test_a_component_switched_off_says_nothing() -> None:
    assert dates("ngày 05/9/2023", 2023) == ()


def test_the_switch_is_back_after_the_block_and_knows_its_names() -> None:
    assert dates("ngày 05/9/2023", 2023) == ("2023-09-05",)
    with pytest.raises(UsageError, match="nonsense"), without("nonsense"):
        pass
    assert {"sections", "law_gate", "items", "status", "actor", "dates", "quantities", "numbers", "audience", "strength"} <= set(COMPONENTS)


def test_every_factory_can_be_found_by_spacy_without_an_import_of_ours() -> None:
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    told = project["entry-points"]["spacy_factories"]
    assert set(told) == {name for name in Language.factories if name.startswith("minhchung_")}
    for place in told.values():
        module, name = place.split(":")
        assert callable(getattr(importlib.import_module(module), name))
