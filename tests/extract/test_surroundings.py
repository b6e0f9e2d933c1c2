"""What stands around a sentence and changes what it claims: columns, lists, footnotes, the sentence before, the days of a table."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Begin = Callable[[], Any]
Claims = Callable[[Any], list[str]]

RESULTS = "II. KẾT QUẢ"
ISSUED = "Ngày 22/9/2023, UBND quận ban hành Quy chế thực hiện dân chủ trong cơ quan theo Quyết định số 12/QĐ-UBND."


def on_democracy(draft: Any) -> Any:
    head = ("UBND QUẬN LÊ CHÂN", "Số: 12/BC-UBND", "Lê Chân, ngày 10 tháng 11 năm 2023", "BÁO CÁO")
    return draft(*head, "Công tác dân chủ ở cơ sở năm 2023")


def test_a_column_of_the_year_before_claims_nothing(law_report: Begin, claims: Claims) -> None:
    heads = ("Chỉ tiêu", "Năm 2022", "Năm 2023")
    report = law_report().under("Biểu số liệu").table(heads, ("Lớp tập huấn Luật", "0", "02 lớp"))
    assert claims(report) == ["II.1.d done"]
    heads = ("Chỉ tiêu", "Cùng kỳ năm trước", "Kỳ này")
    report = law_report().under("Biểu số liệu").table(heads, ("Lớp tập huấn Luật", "03 lớp", "02 lớp"))
    assert [e.quote for e in report.judged().evidence] == ["02 lớp"]


def test_what_a_row_is_counted_in_is_no_label(law_report: Begin) -> None:
    heads = ("Nội dung", "Đơn vị tính", "Kết quả")
    (evidence,) = law_report().under("Biểu số liệu").table(heads, ("Tập huấn Luật", "lớp", "02")).judged().evidence
    assert (evidence.item, evidence.quote) == ("II.1.d", "02") and "Tập huấn Luật" in evidence.heading
    assert [(q.value, q.unit) for q in evidence.quantities] == [(2.0, "lớp")]


def test_a_table_of_tasks_is_of_plans_unless_the_products_are_there(law_report: Begin, claims: Claims) -> None:
    heads = ("STT", "Nhiệm vụ", "Thời gian thực hiện", "Sản phẩm")
    made = ("1", "Quán triệt Luật trong cơ quan", "Tháng 7", "01 hội nghị, 68 người, ngày 10/7/2023")
    assert claims(law_report().under("1. Công việc trong năm").table(heads, made)) == ["II.1.a done"]
    due = ("1", "Quán triệt Luật trong cơ quan", "Tháng 7", "Hội nghị")
    assert claims(law_report().under("1. Công việc trong năm").table(heads, due)) == []


def test_tasks_whose_days_lie_behind_the_report_are_promised(law_report: Begin, claims: Claims) -> None:
    heads = ("STT", "Nội dung", "Đơn vị chủ trì", "Thời gian")
    row = ("1", "Tập huấn Luật cho tổ trưởng tổ dân phố", "Phòng Nội vụ", "Quý I/2024")
    assert claims(law_report().under("Phụ lục").table(heads, row)) == ["II.1.d planned"]
    assert claims(law_report().under("Phụ lục").table(heads, (*row[:3], "Quý III/2023"))) == []


def test_a_row_by_which_somebody_elses_event_was_attended_is_a_mention(law_report: Begin, claims: Claims) -> None:
    row = ("Dự hội nghị quán triệt Luật do Thành ủy mở", "Chủ tịch dự ngày 07/9/2023")
    assert claims(law_report().under(RESULTS).table(("Nội dung", "Kết quả"), row)) == ["II.1.a mention"]


def test_a_label_of_what_is_left_undone(law_report: Begin, claims: Claims) -> None:
    row = ("Phường chưa tuyên truyền Luật", "02 phường")
    assert claims(law_report().under(RESULTS).table(("Nội dung", "Kết quả"), row)) == ["II.1.b not_done"]


def test_a_numbered_line_heads_the_letters_below_it_and_ends_with_the_next_number(law_report: Begin, claims: Claims) -> None:
    lines = ("5. Tập huấn Luật: 03 lớp, 90 người.", "6. Ban hành quy chế:", "a) Cơ quan quận: đã ban hành.", "b) Phường: 6/6 đã ban hành.")
    assert claims(law_report().say(*lines)) == ["II.1.d done", "II.2 done", "II.2 done"]
    assert "II.2 done" not in claims(law_report().say("6. Ban hành quy chế:", "7. Phường: 6/6 đã ban hành."))


def test_a_line_of_an_outline_heads_and_claims_nothing(law_report: Begin, claims: Claims) -> None:
    assert claims(law_report().say("Mục 5: Tập huấn Luật.", "Chưa tổ chức.")) == ["II.1.d not_done"]


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("Lớp tập huấn Luật: không có.", "II.1.d not_done"),
        ("Tin, bài về Luật: 22 (cổng 08, đài 14).", "II.1.c done"),
        ("Lớp tập huấn Luật: 0", "II.1.d not_done"),
    ],
)
def test_answers_of_a_form(law_report: Begin, claims: Claims, answer: str, expected: str) -> None:
    assert claims(law_report().under(RESULTS).say(answer)) == [expected]


def test_under_a_heading_of_what_was_left_undone_a_bare_line_is_not_done(law_report: Begin, claims: Claims) -> None:
    assert claims(law_report().under("3. Chưa làm").say("- Kiểm tra: để quý IV.")) == ["II.5 not_done"]
    assert claims(law_report().under("1. Đã làm").say("- Kiểm tra: 04 phường.")) == ["II.5 done"]


def test_a_footnote_that_cites_claims_nothing(law_report: Begin, claims: Claims) -> None:
    for text, expected in (("Các phường An Biên, Cát Dài, Hồ Nam.", []), ("Trong đó phường An Biên mở 02 lớp.", ["II.1.d done"])):
        report = law_report().under("3. Tập huấn Luật")
        report._add("footnote", text)
        assert claims(report) == expected


def test_a_plan_told_by_its_number_right_behind_the_law(draft: Any, claims: Claims) -> None:
    told = on_democracy(draft).under("1. Chủ trương")
    told.say("Quận coi việc thi hành Luật là trọng tâm. Kế hoạch của quận mang số 155/KH-UBND đã được ký ngày 15/6/2023.")
    assert claims(told) == ["III.kh done"]
    other = on_democracy(draft).under("1. Chủ trương").say("Kế hoạch của quận mang số 155/KH-UBND đã được ký ngày 15/6/2023.")
    assert claims(other) == []


def test_a_report_on_democracy_that_names_the_law_again_and_again_is_about_it(draft: Any, claims: Claims) -> None:
    named = [f"Phường số {n} đã quán triệt Luật ngày {n}/9/2023." for n in range(1, 6)]
    trained = "Quận mở 02 lớp tập huấn cho tổ trưởng tổ dân phố."
    assert claims(on_democracy(draft).under("1. Quán triệt").say(*named).under("2. Cán bộ").say(trained))[-1] == "II.1.d done"
    assert "II.1.d done" not in claims(on_democracy(draft).under("2. Cán bộ").say(trained))


def test_what_is_said_of_the_regulation_sets_what_follows(law_report: Begin, claims: Claims) -> None:
    topic = "Bản quy chế thực hiện dân chủ cũ không còn hợp với Luật."
    assert claims(law_report().under("3. Nền nếp").say(f"{topic} Đến nay 6/6 phường đã ban hành."))[-1] == "II.2 done"
    assert claims(law_report().under("3. Nền nếp").say("Đến nay 6/6 phường đã ban hành.")) == []


def test_drafts_told_behind_what_was_issued_tell_how_it_came_about(law_report: Begin, claims: Claims) -> None:
    assert claims(law_report().under(RESULTS).say(f"{ISSUED} Dự thảo trước đó lấy ý kiến toàn cơ quan.")) == ["II.2 done", "II.2 done"]
    assert claims(law_report().under(RESULTS).say(f"{ISSUED} Hiện 02 phường đang lấy ý kiến dự thảo."))[-1] == "II.2 ongoing"


def test_a_result_of_something_else_does_not_go_on_with_the_thread(law_report: Begin, claims: Claims) -> None:
    inspected = "Tháng 10, quận kiểm tra việc thi hành Luật tại 06 phường."
    assert claims(law_report().under(RESULTS).say(f"{inspected} Chủ tịch gặp 130 hộ có đất.")) == ["II.5 done"]
    assert claims(law_report().under(RESULTS).say(f"{inspected} Kết quả: 04 phường tốt.")) == ["II.5 done", "II.5 done"]
    sent = "Đài truyền thanh quận phát 12 bài về Luật."
    assert claims(law_report().under(RESULTS).say(f"{sent} Đài cũng phát 40 tin về nước sạch.")) == ["II.1.c done"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Việc kiểm tra thi hành Luật được giao cho Văn phòng.", ["II.5 mention"]),
        ("Việc xây dựng Quy chế thực hiện dân chủ được quận bắt đầu từ tháng 8.", ["II.2 ongoing"]),
        ("Hoàn thành phổ biến Luật ở 05 phường trước ngày 20/12/2023.", ["II.1.b planned"]),
        ("Quận sẽ thành lập tổ soạn thảo Quy chế thực hiện dân chủ, phấn đấu ban hành trong quý I/2024.", ["II.2 planned"]),
        ("04 phường còn lại tuyên truyền Luật trước ngày 15/12/2023.", ["II.1.b planned"]),
        ("Ngoài Luật này, tổ trưởng còn đọc tài liệu về rác thải.", []),
        ("Báo cáo 9 tháng của quận nêu 100% phường tuyên truyền Luật.", []),
        ("Quận kiểm tra việc thực hiện Pháp lệnh số 34 tại 06 phường.", []),
        ("Cổng thông tin điện tử quận đăng 1.156 tin, bài.", []),
        ("Dự thảo Nghị quyết HĐND về biện pháp bảo đảm dân chủ ở cơ sở chưa được gửi đến quận.", ["II.4 mention"]),
        ("Quán triệt Luật tổ chức chiều 19/7/2023 với 132 lãnh đạo dự.", ["II.1.a done"]),
    ],
)
def test_words_that_change_what_a_sentence_claims(law_report: Begin, claims: Claims, sentence: str, expected: list[str]) -> None:
    assert claims(law_report().under(RESULTS).say(sentence)) == expected


def test_a_heading_on_what_residents_supervise_is_on_no_inspection(law_report: Begin, claims: Claims) -> None:
    seen = "Bảng lương được niêm yết từng tháng."
    assert claims(law_report().under("3. Công khai, tham gia ý kiến, giám sát").say(seen)) == []
    assert claims(law_report().under("3. Kiểm tra, giám sát việc thi hành Luật").say("Đã kiểm tra 04 phường.")) == ["II.5 done"]


def test_bare_tasks_under_a_heading_of_difficulties_and_tasks_are_promised(law_report: Begin, claims: Claims) -> None:
    assert claims(law_report().under("IV. KHÓ KHĂN VÀ NHIỆM VỤ TIẾP THEO").say("- Mở chuyên mục về Luật trên cổng.")) == ["II.1.c planned"]


def test_a_ward_that_is_inspected_by_the_district_has_inspected_nobody(draft: Any, claims: Claims) -> None:
    head = ("UBND PHƯỜNG AN BIÊN", "Số: 12/BC-UBND", "An Biên, ngày 10 tháng 11 năm 2023", "BÁO CÁO")
    title = "Kết quả thi hành Luật Thực hiện dân chủ ở cơ sở năm 2023"
    told = draft(*head, title).under("4. Kiểm tra").say("Kiểm tra: quận kiểm tra phường ngày 19/10/2023.")
    assert claims(told) == ["II.5 mention"]
