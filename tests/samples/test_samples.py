"""The samples hold together: the gold agrees with the texts and with the built files, and a build gives the same bytes."""

import importlib
import json
import re
import subprocess
import sys
import unicodedata
import zipfile
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

SAMPLES = Path(__file__).resolve().parents[2] / "samples"
REPORTS = SAMPLES / "reports"
BLIND = SAMPLES.parent / "bench" / "quality" / "blind" / "text"
TEXTS = [*(SAMPLES / "text").glob("*.txt"), *BLIND.glob("*.txt")]
NAMES = sorted(path.stem for path in (SAMPLES / "text").glob("*.txt"))
HEAD = """@agency QH-303
@agency_name UBND quận Hồng Bàng
@issuer ỦY BAN NHÂN DÂN|QUẬN HỒNG BÀNG
@number 1/BC-UBND
@place_date Hồng Bàng, ngày 01 tháng 11 năm 2023
@year 2023
@type BÁO CÁO
@title Thử|hai dòng
@render docx-tracked
@expect II.1.a=silent II.1.b=silent II.1.c=silent II.1.d=silent II.2=evidenced II.3=silent II.4=silent II.5=silent III.kh=silent

"""


def load(name: str) -> ModuleType:
    sys.path.insert(0, str(SAMPLES.parent))
    try:
        return importlib.import_module(f"samples.{name}")
    finally:
        sys.path.pop(0)


markup = load("markup")


@pytest.fixture(scope="module")
def gold() -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads((SAMPLES / "gold.json").read_text(encoding="utf-8"))
    return entries


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("samples")
    subprocess.run([sys.executable, str(SAMPLES / "build.py"), "--out", str(out), "--only", "docx"], check=True, capture_output=True)
    return out


def words_of_docx(path: Path) -> str:
    """The words a reader sees, straight from the XML: insertions in, deletions out, footnotes at the end."""
    with zipfile.ZipFile(path) as package:
        parts = [package.read(n).decode() for n in ("word/document.xml", "word/footnotes.xml") if n in package.namelist()]
    xml = re.sub(r"<w:del .*?</w:del>|<mc:Fallback>.*?</mc:Fallback>", "", "".join(parts), flags=re.S)
    return "".join(re.findall(r"<w:t(?: [^>]*)?>([^<]*)</w:t>", xml)).replace("&amp;", "&")


def squeeze(text: str) -> str:
    return re.sub(r"[\W_]+", "", bare(text))


def bare(text: str) -> str:
    """Without tone marks: an NFD or an old-tone file still compares."""
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))


def test_the_gold_is_what_the_texts_say(gold: list[dict[str, Any]], rebuilt: Path) -> None:
    assert json.loads((rebuilt / "gold.json").read_text(encoding="utf-8")) == gold


def test_every_text_has_its_built_report_and_no_report_is_left_over(gold: list[dict[str, Any]]) -> None:
    assert sorted(entry["file"] for entry in gold) == sorted(path.name for path in REPORTS.iterdir())
    assert [Path(entry["file"]).stem for entry in gold] == NAMES


def test_a_docx_is_built_again_to_the_same_bytes(rebuilt: Path) -> None:
    for path in rebuilt.glob("*.docx"):
        assert path.read_bytes() == (REPORTS / path.name).read_bytes(), f"{path.name}: run python samples/build.py"


@pytest.mark.parametrize("name", NAMES)
def test_the_claims_stand_in_the_built_file(name: str, gold: list[dict[str, Any]]) -> None:
    entry = next(e for e in gold if Path(e["file"]).stem == name)
    path = REPORTS / entry["file"]
    if path.suffix == ".docx":
        text = squeeze(words_of_docx(path))
        missing = [e["text"] for e in entry["evidence"] if squeeze(e["text"]) not in text]
    else:
        import pypdfium2

        pdf = pypdfium2.PdfDocument(path)
        pages = " ".join(page.get_textpage().get_text_range() for page in pdf)
        seen = set(re.findall(r"\w+", bare(pages)))
        missing = [e["text"] for e in entry["evidence"] if not set(re.findall(r"\w+", bare(e["text"]))) <= seen]
    assert not missing
    assert entry["evidence"]


def test_the_set_is_as_mixed_as_an_office_inbox(gold: list[dict[str, Any]]) -> None:
    assert {entry["render"] for entry in gold} == set(markup.RENDERS)
    assert {entry["type"] for entry in gold} == {"BÁO CÁO", "KẾ HOẠCH", "QUYẾT ĐỊNH"}
    assert {state for entry in gold for state in entry["expect"].values()} == set(markup.STATES)
    assert any(entry["number"] == "" for entry in gold)


def fits(state: str, found: set[str]) -> bool:
    """Whether an item's expected state agrees with the statuses of its claims, mentions left out."""
    return {
        "evidenced": "done" in found and found <= {"done", "planned"},
        "partial": bool(found & {"done", "ongoing"}),
        "planned": found == {"planned"},
        "not_done": "not_done" in found and "done" not in found,
        "silent": not found,
    }[state]


@pytest.mark.parametrize("path", sorted(TEXTS), ids=lambda path: path.stem)
def test_the_expected_states_agree_with_the_claims(path: Path) -> None:
    entry = markup.gold(markup.parse(path.stem, path.read_text(encoding="utf-8")))
    for item, state in entry["expect"].items():
        found = {i["status"] for e in entry["evidence"] for i in e["items"] if i["item"] == item and i["status"] != "mention"}
        assert fits(state, found), f"{item} is {state}, its claims are {sorted(found)}"


def test_a_tracked_deletion_is_out_of_the_gold_and_an_insertion_in() -> None:
    document = markup.parse("x", HEAD + "{{II.2:done|Đã ban hành {-17-}{+18+} quy chế.}}")
    assert markup.gold(document)["evidence"] == [{"text": "Đã ban hành 18 quy chế.", "items": [{"item": "II.2", "status": "done"}]}]


def test_a_footnote_inside_a_claim_carries_its_own_claim() -> None:
    document = markup.parse("x", HEAD + "{{II.2:done|Đã ban hành^[{{II.3:done|Đã rà soát.}}]^ quy chế.}}")
    assert [(c.text, c.items) for c in document.claims] == [
        ("Đã rà soát.", (("II.3", "done"),)),
        ("Đã ban hành quy chế.", (("II.2", "done"),)),
    ]


def test_a_title_over_two_lines_is_one_title() -> None:
    assert markup.gold(markup.parse("x", HEAD + "Chữ."))["title"] == "Thử hai dòng"


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("{{II.9:done|a}}", "unknown label"),
        ("{{II.2:xong|a}}", "unknown label"),
        ("{{II.2:done|a", "never closed"),
        ("{{II.2:done|a {{II.3:done|b}}}}", "inside a claim"),
        ("a }}", "closes nothing"),
        ("a -}", "closes nothing"),
        ("| a | b |\n| c |", "cells"),
        ("@ký tên", "unknown line"),
    ],
)
def test_a_slip_in_the_markup_is_refused_with_its_place(body: str, says: str) -> None:
    with pytest.raises(markup.MarkupError, match=says):
        markup.parse("x", HEAD + body)


def test_a_head_without_a_state_for_each_item_is_refused() -> None:
    with pytest.raises(markup.MarkupError, match="@expect"):
        markup.parse("x", HEAD.replace(" III.kh=silent", "") + "Chữ.")


def test_the_tone_mark_moves_to_the_second_vowel_but_not_after_q() -> None:
    parts = load("docx_parts")
    assert (
        parts.old_tone("Ủy ban, hòa giải, xóa, quý, quỹ, Thụy, toàn, hoàn, khỏe")
        == "Uỷ ban, hoà giải, xoá, quý, quỹ, Thuỵ, toàn, hoàn, khoẻ"
    )
