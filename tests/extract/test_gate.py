"""Which law a sentence is about: by its own words, the heading, the row, the sentences before, the document."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Claims = Callable[[Any], list[str]]
Begin = Callable[[], Any]
ANOTHER = ("UBND QUẬN LÊ CHÂN", "Số: 15/BC-UBND", "Lê Chân, ngày 10 tháng 11 năm 2023", "BÁO CÁO", "Công tác cải cách hành chính năm 2023")


def test_a_heading_on_the_law_speaks_for_a_bare_act(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("II. KẾT QUẢ", "1. Tập huấn Luật Thực hiện dân chủ ở cơ sở").say("Mở 02 lớp cho 90 tổ trưởng.")
    assert claims(report) == ["II.1.d done"]


def test_a_heading_on_another_matter_shuts_a_bare_act_out(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("II. KẾT QUẢ", "3. Phòng cháy, chữa cháy").say("Mở 02 lớp tập huấn cho 90 tổ trưởng.")
    assert claims(report) == []


def test_a_heading_on_another_matter_lets_the_law_in_by_name(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("II. KẾT QUẢ", "3. Cải cách hành chính").say("Mở 02 lớp tập huấn Luật Thực hiện dân chủ ở cơ sở.")
    assert claims(report) == ["II.1.d done"]


def test_a_report_on_another_matter_claims_nothing_by_bare_acts(draft: Any, claims: Claims) -> None:
    assert claims(draft(*ANOTHER).under("II. KẾT QUẢ").say("Mở 02 lớp tập huấn cho 90 công chức.", "Kiểm tra 05 phường.")) == []


def test_a_report_on_another_matter_claims_what_names_the_law(draft: Any, claims: Claims) -> None:
    report = draft(*ANOTHER).under("II. KẾT QUẢ").say("Quận mở 02 lớp tập huấn Luật Thực hiện dân chủ ở cơ sở cho 90 công chức.")
    assert claims(report) == ["II.1.d done"]


def test_the_sentence_before_carries_the_topic_on(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("II. KẾT QUẢ").say("Quận mở 02 lớp tập huấn Luật. Học viên là 90 tổ trưởng tổ dân phố.")
    assert claims(report) == ["II.1.d done", "II.1.d done"]


def test_a_shift_word_ends_the_topic(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("II. KẾT QUẢ").say("Quận mở 02 lớp tập huấn Luật. Ngoài ra, mở 03 lớp học nghề cho 60 học viên.")
    assert claims(report) == ["II.1.d done"]


def test_another_matter_in_the_next_sentence_ends_the_topic(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("II. KẾT QUẢ").say("Quận mở 02 lớp tập huấn Luật. Mở 03 lớp phòng cháy cho 60 học viên. Có 60 học viên dự.")
    assert claims(report) == ["II.1.d done"]


def test_a_new_paragraph_starts_afresh(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("II. KẾT QUẢ").say("Quận tuyên truyền Luật được 14 buổi.", "Quận có 12 phường và 91 nghìn dân.")
    assert claims(report) == ["II.1.b done"]


def test_a_basis_opener_names_the_law_but_no_act(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("II. KẾT QUẢ").say("Thực hiện Kế hoạch số 131/KH-UBND về tuyên truyền Luật, quận đã mở 02 lớp tập huấn.")
    assert claims(report) == ["II.1.d done"]


def test_a_question_heads_its_answer_and_claims_nothing(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("II. KẾT QUẢ").say("Phường có được tập huấn Luật không?", "Có, 02 lớp với 64 học viên.")
    assert claims(report) == ["II.1.d done"]


def test_a_sentence_that_announces_claims_nothing(law_report: Begin, claims: Claims) -> None:
    assert claims(law_report().under("II. KẾT QUẢ").say("Kết quả tuyên truyền Luật cụ thể như sau:")) == []
    assert claims(law_report().under("II. KẾT QUẢ").say("Tiếp theo là về tập huấn Luật.")) == []


def test_an_attribute_line_of_a_plan_claims_nothing(law_report: Begin, claims: Claims) -> None:
    assert claims(law_report().under("II. KẾT QUẢ").say("Thời gian: tập huấn Luật trong quý III/2023.")) == []


def test_the_opening_account_of_the_place_claims_nothing_without_the_law(law_report: Begin, claims: Claims) -> None:
    assert claims(law_report().under("I. ĐẶC ĐIỂM TÌNH HÌNH").say("Quận mở 14 lớp bồi dưỡng cho 400 người.")) == []


def test_what_a_plan_is_about_is_not_claimed_beside_it(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("II. KẾT QUẢ").say("Quận ban hành Kế hoạch số 45/KH-UBND về tuyên truyền, triển khai thi hành Luật.")
    assert claims(report) == ["III.kh done"]


def test_what_an_inspection_is_about_is_not_claimed_beside_it(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("II. KẾT QUẢ").say("Đoàn kiểm tra việc ban hành quy chế thực hiện dân chủ tại 04 phường.")
    assert claims(report) == ["II.5 done"]


def test_a_committee_named_after_the_regulation_makes_none(law_report: Begin, claims: Claims) -> None:
    assert "II.2 done" not in claims(law_report().under("II. KẾT QUẢ").say("Kiện toàn Ban Chỉ đạo thực hiện quy chế dân chủ của quận."))


def test_the_superiors_plan_is_not_the_reporters_own(law_report: Begin, claims: Claims) -> None:
    assert claims(law_report().under("II. KẾT QUẢ").say("Kế hoạch của UBND thành phố về thi hành Luật được gửi đến 12 phường.")) == []


def test_a_promise_in_few_words_is_known_from_what_was_told(law_report: Begin, claims: Claims) -> None:
    told = law_report().under("II. KẾT QUẢ").say("Quận mở 02 lớp tập huấn Luật.")
    assert claims(told.under("III. PHƯƠNG HƯỚNG").say("Tiếp tục tập huấn cho tổ trưởng.")) == ["II.1.d done", "II.1.d planned"]


def test_a_row_answers_for_its_label(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("Biểu tổng hợp")
    report.table(("STT", "Nội dung", "Kết quả"), ("1", "Tập huấn Luật", "02 lớp, 64 học viên"), ("2", "Tuyên truyền Luật", "chưa tổ chức"))
    assert claims(report) == ["II.1.d done", "II.1.b not_done"]


def test_a_bare_figure_is_quoted_as_it_stands_and_a_count_of_people_by_its_label(law_report: Begin) -> None:
    report = law_report().under("Biểu tổng hợp").table(("STT", "Nội dung", "Số lượng"), ("1", "Tập huấn Luật", "02"))
    (evidence,) = report.judged().evidence
    assert (evidence.item, evidence.status, evidence.quote) == ("II.1.d", "done", "02")
    assert "Tập huấn Luật" in evidence.heading
    report = law_report().under("Biểu tổng hợp").table(("STT", "Nội dung", "Số người dự"), ("1", "Tập huấn Luật", "60"))
    (evidence,) = report.judged().evidence
    assert (evidence.item, evidence.quote) == ("II.1.d", "Tập huấn Luật")


def test_a_nil_beside_an_item_is_a_no_and_beside_a_unit_a_gap(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("1. Tập huấn Luật").table(("STT", "Nội dung", "Kết quả"), ("1", "Tập huấn Luật", "0"))
    assert claims(report) == ["II.1.d not_done"]
    report = law_report().under("1. Tập huấn Luật").table(("STT", "Đơn vị", "Kết quả"), ("1", "Phường số 1", "0"))
    assert claims(report) == ["II.1.d mention"]


def test_a_note_only_tells_another_status(law_report: Begin, claims: Claims) -> None:
    heads = ("STT", "Nội dung", "Kết quả", "Ghi chú")
    report = law_report().under("Biểu").table(heads, ("1", "Tập huấn Luật", "02 lớp", "Sẽ mở thêm 01 lớp trong tháng 12"))
    assert claims(report) == ["II.1.d done", "II.1.d planned"]
    report = law_report().under("Biểu").table(heads, ("1", "Tập huấn Luật", "02 lớp", "Đã có danh sách học viên"))
    assert claims(report) == ["II.1.d done"]


def test_a_table_of_tasks_and_terms_is_a_plan(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("Phụ lục")
    report.table(("STT", "Nội dung", "Chủ trì", "Thời hạn"), ("1", "Tập huấn Luật", "Phòng Nội vụ", "Quý III/2023"))
    assert claims(report) == []


def test_a_row_on_another_matter_claims_nothing(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("Biểu").table(("STT", "Nội dung", "Kết quả"), ("1", "Tập huấn phòng cháy", "02 lớp"))
    assert claims(report) == []


def test_a_caption_heads_the_table_below(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("II. KẾT QUẢ").say("Bảng 2. Tập huấn Luật tại các phường")
    report.table(("STT", "Đơn vị", "Số lớp"), ("1", "Phường số 1", "01 lớp, 30 người"))
    assert claims(report) == ["II.1.d done"]


def test_what_money_is_for_is_not_told_as_done(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("II. KẾT QUẢ").say("Kinh phí dành cho tuyên truyền Luật là 20 triệu đồng.")
    assert claims(report) == ["III.kp done"]


def test_regulations_of_enterprises_are_none_of_the_offices(law_report: Begin, claims: Claims) -> None:
    report = law_report().under("II. KẾT QUẢ").say("Toàn quận hiện có 40 doanh nghiệp đã ban hành quy chế dân chủ tại nơi làm việc.")
    assert "II.2 done" not in claims(report)


def test_what_stands_in_a_document_goes_on_with_it(law_report: Begin, claims: Claims) -> None:
    issued = "Ngày 22/9/2023, UBND quận ban hành Quy chế thực hiện dân chủ trong cơ quan theo Quyết định số 12/QĐ-UBND ngày 22/9."
    assert claims(law_report().under("II. KẾT QUẢ").say(f"{issued} Quy chế có 5 chương, 22 điều.")) == ["II.2 done", "II.2 done"]
    assert claims(law_report().under("II. KẾT QUẢ").say("Quy chế có 5 chương, 22 điều.")) == []


def test_findings_go_on_with_the_inspection_whatever_they_name(law_report: Begin, claims: Claims) -> None:
    findings = "Kết luận của Đoàn nêu một trường chưa mở hội nghị người lao động."
    told = law_report().under("II. KẾT QUẢ").say(f"Tháng 9, quận kiểm tra việc thi hành Luật tại 04 phường. {findings}")
    assert claims(told) == ["II.5 done", "II.5 done"]
    assert "II.5 done" not in claims(law_report().under("II. KẾT QUẢ").say(findings))


def test_a_speaker_before_leading_officials_conveys_and_all_staff_are_told_at_large(law_report: Begin, claims: Claims) -> None:
    spoke = "Tại hội nghị, đồng chí Trưởng phòng Tư pháp giới thiệu những điểm mới của Luật."
    assert claims(law_report().under("II. KẾT QUẢ").say(spoke)) == ["II.1.a done"]
    both = "Tháng 8, quận quán triệt, phổ biến Luật tới toàn thể công chức các phòng, 210 người dự."
    assert claims(law_report().under("II. KẾT QUẢ").say(both)) == ["II.1.a done", "II.1.b done"]


def test_a_plan_tells_in_passing_what_was_done_the_year_before(draft: Any, claims: Claims) -> None:
    plan = (
        "UBND QUẬN LÊ CHÂN",
        "Số: 15/KH-UBND",
        "Lê Chân, ngày 10 tháng 01 năm 2024",
        "KẾ HOẠCH",
        "Thi hành Luật Thực hiện dân chủ ở cơ sở năm 2024",
    )
    body = draft(*plan).under("I. KHÁI QUÁT").say("Năm 2023, quận đã mở 02 lớp tập huấn Luật; 04/06 phường ban hành Quy chế.")
    assert not [claim for claim in claims(body) if "planned" in claim or "II.1.d done" in claim]
