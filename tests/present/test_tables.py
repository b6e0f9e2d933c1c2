import dataclasses
import io
import json
from dataclasses import dataclass, replace
from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from minhchung.extract.model import State
from minhchung.plan.loader import load_plan
from minhchung.plan.registry import load_registry
from minhchung.present.formats import TEXT_FORMATS, cell, write_rows
from minhchung.present.matrix import draw_matrix, draw_missing, letter, nothing_came
from minhchung.present.output import console
from minhchung.present.progress import account, line_of
from minhchung.present.reasons_told import gate_term, near_told
from minhchung.present.tables import draw_documents, draw_duties, draw_evidence, draw_hits, signature_text
from minhchung.present.terms import KINDS, STATES, kind_term
from minhchung.store.balance import HEADINGS, Balance
from minhchung.store.intake import Step
from minhchung.store.model import DocumentRow, EvidenceRow, Hit, MissingRow, StatusRow

PLAN, REGISTRY = load_plan(None), load_registry(None)
LONG = "Việc tập huấn chuyên sâu cho đội ngũ trực tiếp làm việc ở phường, tổ dân phố [1] được quận dự trù kinh phí 120 triệu đồng. " * 3


def status(agency: str = "QH-304", item: str = "II.1.a", state: State = "evidenced", **more: Any) -> StatusRow:
    values: dict[str, Any] = {
        "agency": agency, "agency_name": REGISTRY.by_code(agency).short_name, "item": item, "duty": None, "year": 2023, "state": state,
        "owed": True, "role": "lead", "due": "2023-11-14", "overdue": False, "late": False, "evidence": 1, "quote": LONG, "file": "a.docx",
    }  # fmt: skip
    return StatusRow(**{**values, **more})


def missing(**more: Any) -> MissingRow:
    row = status(**more)
    return MissingRow(**{name: getattr(row, name) for name in StatusRow.__dataclass_fields__}, reason="báo cáo không nêu; đã quá hạn")


def drawn(draw: Any, *args: Any, width: int = 100) -> str:
    out = io.StringIO()
    draw(Console(file=out, width=width, no_color=True, highlight=False), *args)
    return out.getvalue()


def document(**more: Any) -> DocumentRow:
    values: dict[str, Any] = dict.fromkeys(DocumentRow.__dataclass_fields__) | {
        "file": "báo-cáo-" + "x" * 90 + ".docx",
        "outcome": "unreadable",
        "reason": LONG,
        "signatures": [],
        "properties": {},
    }
    return DocumentRow(**{**values, **more})


EVIDENCE = EvidenceRow(
    "a.docx", "QH-304", 2023, "II.1.a", "done", LONG, "", None, "p12", 0.9, [], [], [], [], [], "self", None, "3f9a0c52d1e7"
)


@pytest.mark.parametrize("width", [60, 80, 100, 200])
def test_tables_fit_the_terminal_to_the_letter(width: int) -> None:
    cells = [status(item=item.id) for item in PLAN.items]
    texts = [
        drawn(draw_documents, [document(), document(agency_name=LONG, number="412/BC-UBND", date="2023-11-10")], width=width),
        drawn(draw_evidence, [EVIDENCE], width=width),
        drawn(draw_duties, [status(duty="O04ii")], ["một dòng"], width=width),
        drawn(draw_matrix, cells, PLAN, REGISTRY, False, width=width),
        drawn(draw_missing, [missing()], PLAN, REGISTRY, False, width=width),
        drawn(draw_hits, [Hit("a.docx", "QH-304", 2023, 3, "p1", "I", LONG, [(0, 4)])], width=width),
    ]
    for text in texts:
        assert max(cell_len(line) for line in text.splitlines()) <= width


def test_a_bare_figure_stands_behind_its_row_and_a_sentence_by_itself() -> None:
    cell = dataclasses.replace(EVIDENCE, quote="48", heading="Biểu 1 · Buổi tuyên truyền Luật · Kết quả")
    assert "Buổi tuyên truyền Luật · Kết quả › 48" in drawn(draw_evidence, [cell], width=200)
    assert "›" not in drawn(draw_evidence, [dataclasses.replace(EVIDENCE, heading="Biểu 1")], width=200)


def test_what_looks_like_markup_in_a_report_is_shown_as_it_stands() -> None:
    assert "[1]" in drawn(draw_evidence, [EVIDENCE], width=200)
    assert "[1]" in drawn(draw_missing, [missing()], PLAN, REGISTRY, False, width=200)


def test_every_state_has_a_letter_of_its_own() -> None:
    assert len({term.letter for term in STATES.values()}) == len(STATES)
    assert set(STATES) == set(State.__args__)  # type: ignore[attr-defined]


def test_every_kind_of_agency_has_its_word() -> None:
    assert {agency.kind for agency in REGISTRY.agencies} <= set(KINDS)
    assert kind_term("a-kind-of-ones-own") == "a-kind-of-ones-own"


@pytest.mark.parametrize(
    ("row", "shown"),
    [
        (status(), "C"),
        (status(state="silent", overdue=True), "N!"),
        (status(late=True), "C*"),
        (status(owed=False), "c"),
        (status(owed=False, state="silent"), "·"),
        (status(state="no_report"), "B"),
    ],
)
def test_the_letter_tells_owed_overdue_and_late(row: StatusRow, shown: str) -> None:
    assert letter(row).plain == shown


def test_agencies_that_sent_nothing_are_counted_in_one_line_a_kind_unless_all_are_wanted() -> None:
    communes = [agency.code for agency in REGISTRY.agencies if agency.kind == "ubnd_xa"][:3]
    rows = [status(), *[status(code, item, "no_report") for code in communes for item in ("II.2", "II.1.c")]]
    assert nothing_came(rows, PLAN, REGISTRY) == ["3 UBND xã, phường, thị trấn: chưa có báo cáo năm 2023 (phải làm: II.1.c, II.2)"]
    name = REGISTRY.by_code(communes[0]).short_name
    assert name not in drawn(draw_matrix, rows, PLAN, REGISTRY, False)
    assert name in drawn(draw_matrix, rows, PLAN, REGISTRY, True)


def test_missing_is_told_by_agency_with_reason_and_quote() -> None:
    text = drawn(draw_missing, [missing(quote="Chưa mở lớp."), missing(item="II.2", quote=None)], PLAN, REGISTRY, False)
    assert text.count("UBND quận Ngô Quyền (QH-304), năm 2023") == 1
    assert "“Chưa mở lớp.” (a.docx)" in text
    assert "Thiếu 2 việc của 1 cơ quan." in text
    assert "Không thiếu việc nào." in drawn(draw_missing, [], PLAN, REGISTRY, False)


def test_colours_are_for_terminals_and_no_color_is_obeyed(monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown, piped, plain = Terminal(), io.StringIO(), Terminal()
    draw_matrix(console(shown), [status()], PLAN, REGISTRY, False)
    draw_matrix(console(piped), [status()], PLAN, REGISTRY, False)
    monkeypatch.setenv("NO_COLOR", "1")
    draw_matrix(console(plain), [status()], PLAN, REGISTRY, False)
    assert "\x1b[1;32mC" in shown.getvalue()
    assert "\x1b" not in piped.getvalue()
    assert "32m" not in plain.getvalue()


@dataclass(frozen=True, slots=True)
class Odd:
    text: str
    number: float | None
    flag: bool
    items: list[dict[str, int]]


@pytest.mark.parametrize("form", TEXT_FORMATS)
def test_no_rows_are_still_a_whole_answer(form: Any) -> None:
    out = io.StringIO()
    write_rows([], Odd, form, out)
    assert out.getvalue() == {"json": "[]\n", "jsonl": "", "csv": "text,number,flag,items\n", "tsv": "text\tnumber\tflag\titems\n"}[form]


def test_rows_keep_vietnamese_and_nested_values() -> None:
    out = io.StringIO()
    write_rows([Odd('Đã "làm"\nxong', None, True, [{"a": 1}])], Odd, "csv", out)
    assert out.getvalue() == 'text,number,flag,items\n"Đã ""làm""\nxong",,true,"[{""a"": 1}]"\n'
    out = io.StringIO()
    write_rows([Odd("Đ", 1.5, False, [])], Odd, "json", out)
    assert json.loads(out.getvalue()) == [{"text": "Đ", "number": 1.5, "flag": False, "items": []}]
    assert "Đ" in out.getvalue()


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("@x", "'@x"),
        ("- gạch", "'- gạch"),
        ("＝1", "'＝1"),
        ("\x07=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0"),
        (-1.5, "-1.5"),
        ("-1,5 %", "-1,5 %"),
        ("+12", "+12"),
        ("-1+1", "'-1+1"),
        ("a=b", "a=b"),
        ("a\u202eb", "ab"),
        (None, ""),
    ],
)
def test_only_text_is_kept_from_running_as_a_formula(value: object, shown: str) -> None:
    assert cell(value) == shown


def test_the_account_is_a_sum_that_holds() -> None:
    text = account(Balance(3, new=1, failed=2, judged_again=4))
    assert text.startswith("3 files found = 1 new + 0 unchanged")
    assert text.endswith("4 judged again by changed rules")
    assert all(name in text for name in HEADINGS)
    assert line_of(Step(1, 2, "/a/b.docx", "failed")) == "1/2 b.docx: FAILED"


SIGNATURE = {"signer": "Nguyễn Thí Dụ", "organisation": "UBND quận Ngô Quyền", "signed": "2023-11-10T08:00:00+07:00", "changed": False}


@pytest.mark.parametrize(
    ("more", "shown"),
    [
        ({}, "ký số: Nguyễn Thí Dụ, UBND quận Ngô Quyền, ngày 10/11/2023"),
        ({"changed": True}, "ký số: Nguyễn Thí Dụ, UBND quận Ngô Quyền, ngày 10/11/2023; tệp đã bị sửa sau khi ký"),
        ({"unit": "Phòng Nội vụ"}, "ký số: Nguyễn Thí Dụ, Phòng Nội vụ, UBND quận Ngô Quyền, ngày 10/11/2023"),
        ({"organisation": "", "signed": ""}, "ký số: Nguyễn Thí Dụ"),
        ({"signer": "", "organisation": ""}, "ký số: không rõ người ký, ngày 10/11/2023"),
    ],
)
def test_a_signature_is_one_line(more: dict[str, Any], shown: str) -> None:
    assert signature_text(SIGNATURE | more) == shown


def test_signatures_are_shown_only_where_there_are_any() -> None:
    assert "ký số: Nguyễn Thí Dụ" in drawn(draw_documents, [document(reason="", signatures=[SIGNATURE])], width=200)
    assert "ký số" not in drawn(draw_documents, [document()], width=200)


def test_when_a_file_was_saved_is_shown_where_it_has_no_date() -> None:
    noted = {"modified": "2023-11-10T01:30:00Z", "last_modified_by": "Nguyễn Thí Dụ"}
    assert "tệp lưu lần cuối ngày 10/11/2023, bởi Nguyễn Thí Dụ" in drawn(draw_documents, [document(properties=noted)], width=200)
    made = document(properties={"created": "2023-11-10T01:30:00Z"})
    assert "tệp lưu lần cuối ngày 10/11/2023" in drawn(draw_documents, [made], width=200)
    assert "tệp lưu" not in drawn(draw_documents, [document(properties=noted, date="2023-11-08"), document()], width=200)


def test_a_missing_cell_shows_what_came_nearest_and_why_it_was_refused() -> None:
    near: dict[str, Any] = {
        "file": "a.docx",
        "page": 3,
        "locator": "p9",
        "heading": "I. KẾT QUẢ",
        "gate": "no/other-matter-named",
        "words": [],
    }
    told = near_told(
        [{**near, "quote": "Tập huấn phòng cháy cho 90 bảo vệ của các chợ."}, {**near, "quote": "lớp", "gate": "mention/no-claim"}]
    )
    row = replace(missing(state="silent", quote=None), near=told)
    shown = drawn(draw_missing, [row], PLAN, REGISTRY, True)
    assert "~ câu nêu luật hoặc việc khác: “Tập huấn phòng cháy" in shown
    assert "“I. KẾT QUẢ › lớp”" in shown
    assert "trang 3" in shown


def test_every_reason_of_a_mention_has_words_and_an_unknown_one_is_a_mention_still() -> None:
    assert gate_term("mention/actor/attends") == "chỉ dự việc của cơ quan khác tổ chức"
    assert gate_term("mention/a-rule-of-tomorrow") == "chỉ nhắc đến, không nói là đã làm"
    assert gate_term("no/other-object") == "việc này có đối tượng khác"
