"""Documents that are themselves the act."""

from __future__ import annotations

from typing import Any

DECISION = ("UBND QUẬN LÊ CHÂN", "Số: 2210/QĐ-UBND", "Lê Chân, ngày 18 tháng 9 năm 2023", "QUYẾT ĐỊNH")
PLAN = ("UBND QUẬN LÊ CHÂN", "Số: 45/KH-UBND", "Lê Chân, ngày 20 tháng 6 năm 2023", "KẾ HOẠCH")


def test_a_decision_that_issues_the_regulation_is_the_regulation(draft: Any) -> None:
    report = draft(*DECISION, "Ban hành Quy chế thực hiện dân chủ trong cơ quan").say(
        "Điều 1. Ban hành kèm theo Quyết định này Quy chế thực hiện dân chủ.", "Điều 2. Các phòng có trách nhiệm tuyên truyền Luật."
    )
    (evidence,) = report.judged().evidence
    assert (evidence.item, evidence.status, evidence.strength) == ("II.2", "done", "verifiable")
    assert evidence.numbers == ("2210/QĐ-UBND",) and evidence.dates == ("2023-09-18",)
    assert evidence.quote.startswith("Điều 1.")


def test_a_decision_without_a_number_is_only_asserted(draft: Any) -> None:
    blank = (DECISION[0], "Số:      /QĐ-UBND", *DECISION[2:])
    (evidence,) = draft(*blank, "Ban hành Quy chế thực hiện dân chủ trong cơ quan").say("Điều 2. Thi hành.").judged().evidence
    assert evidence.strength == "assertion" and evidence.confidence < 0.9
    assert evidence.quote == "Ban hành Quy chế thực hiện dân chủ trong cơ quan"


def test_a_decision_on_another_matter_is_nothing(draft: Any) -> None:
    report = draft(*DECISION, "Ban hành Quy chế chi tiêu nội bộ").say("Điều 1. Ban hành kèm theo Quyết định này Quy chế chi tiêu nội bộ.")
    assert report.judged().evidence == ()


def test_the_agencys_own_plan_is_the_plan_and_its_tasks_are_planned(draft: Any) -> None:
    report = draft(*PLAN, "Triển khai thi hành Luật Thực hiện dân chủ ở cơ sở").say("Quận tổ chức 02 lớp tập huấn Luật cho tổ trưởng.")
    assert [(e.item, e.status) for e in report.judged().evidence] == [("III.kh", "done"), ("II.1.d", "planned")]


def test_a_plan_of_one_act_is_not_the_plan(draft: Any) -> None:
    report = draft(*PLAN, "Kiểm tra việc thi hành Luật Thực hiện dân chủ ở cơ sở").say("Quận kiểm tra việc thi hành Luật tại 04 phường.")
    assert [(e.item, e.status) for e in report.judged().evidence] == [("II.5", "planned")]


def test_a_resolution_is_the_resolution(draft: Any) -> None:
    top = ("HỘI ĐỒNG NHÂN DÂN", "QUẬN LÊ CHÂN", "Số: 31/NQ-HĐND", "Lê Chân, ngày 12 tháng 12 năm 2023", "NGHỊ QUYẾT")
    report = draft(*top, "Về biện pháp bảo đảm thực hiện dân chủ ở cơ sở").say("Điều 1. Quyết nghị.")
    assert [(e.item, e.status) for e in report.judged().evidence] == [("II.4", "done")]


def test_an_invitation_and_an_instruction_claim_nothing(draft: Any) -> None:
    for kind in ("GIẤY MỜI", "CHỈ THỊ"):
        report = draft(*DECISION[:3], kind, "Tập huấn Luật Thực hiện dân chủ ở cơ sở").say("Đã mở 02 lớp tập huấn Luật.")
        assert report.judged().evidence == ()
