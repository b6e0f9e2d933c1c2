"""What a sentence of a report claims: item and status, sentence by sentence."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Claims = Callable[[Any], list[str]]

RESULTS = "II. KẾT QUẢ THỰC HIỆN"
PLAN = "III. PHƯƠNG HƯỚNG, NHIỆM VỤ NĂM 2024"
LIMITS = "IV. TỒN TẠI, HẠN CHẾ"
ASKS = "V. KIẾN NGHỊ, ĐỀ XUẤT"

# heading, sentence, what it claims ("" for nothing at all)
CASES = [
    # conveying, spreading, media, training: done
    (RESULTS, "Ngày 12/7/2023, UBND quận đã tổ chức hội nghị quán triệt Luật cho 120 cán bộ chủ chốt.", "II.1.a done"),
    (RESULTS, "Các tổ dân phố tuyên truyền Luật được 61 buổi với 4.210 lượt người nghe.", "II.1.b done"),
    (RESULTS, "Cấp phát 2.300 tờ gấp giới thiệu Luật đến hộ gia đình.", "II.1.b done"),
    (RESULTS, "Đài truyền thanh quận phát 16 bản tin về Luật.", "II.1.c done"),
    (RESULTS, "Mở 03 lớp tập huấn Luật cho 180 tổ trưởng tổ dân phố.", "II.1.d done"),
    (
        RESULTS,
        "UBND quận quán triệt Luật tại hội nghị ngày 5/7; tổ chức 02 lớp tập huấn Luật cho công chức phường.",
        "II.1.a done, II.1.d done",
    ),
    # attendance at another's event
    (RESULTS, "Lãnh đạo UBND quận dự hội nghị trực tuyến quán triệt Luật do UBND thành phố tổ chức.", "II.1.a mention"),
    (RESULTS, "Quận cử 05 công chức tham gia lớp tập huấn Luật của Sở Nội vụ.", "II.1.d mention"),
    # another body's act
    (RESULTS, "Hội Nông dân quận tuyên truyền Luật cho hội viên.", "II.1.b mention"),
    (RESULTS, "Hội Nông dân quận tuyên truyền Luật cho 320 hội viên.", "II.1.b done"),
    # directives
    (RESULTS, "UBND quận yêu cầu các phường tổ chức tập huấn Luật cho tổ trưởng.", "II.1.d mention"),
    (RESULTS, "UBND quận giao Phòng Tư pháp rà soát văn bản quy phạm pháp luật liên quan đến Luật.", "II.3 planned"),
    (RESULTS, "UBND quận giao Phòng Tư pháp rà soát văn bản liên quan đến Luật, kết quả đã rà soát 21 văn bản.", "II.3 done"),
    (RESULTS, "UBND các phường có trách nhiệm tuyên truyền Luật đến nhân dân.", "II.1.b mention"),
    # regulations
    (RESULTS, "Ngày 18/9/2023, UBND quận ban hành Quy chế thực hiện dân chủ trong cơ quan.", "II.2 done"),
    (RESULTS, "10/12 phường đã ban hành quy chế thực hiện dân chủ.", "II.2 done (part)"),
    (RESULTS, "12/12 phường đã ban hành quy chế thực hiện dân chủ.", "II.2 done"),
    (RESULTS, "Phòng Nội vụ đang soạn quy chế thực hiện dân chủ của cơ quan.", "II.2 ongoing"),
    (RESULTS, "Dự thảo quy chế thực hiện dân chủ đang lấy ý kiến công chức.", "II.2 ongoing"),
    (RESULTS, "Quy chế thực hiện dân chủ của quận chưa được ban hành.", "II.2 not_done"),
    (RESULTS, "Các phường thực hiện tốt quy chế dân chủ.", ""),
    (RESULTS, "UBND quận sửa quy chế chi tiêu nội bộ.", ""),
    (RESULTS, "Sau khi lấy ý kiến công chức, quận đã ban hành Quy chế thực hiện dân chủ tại Quyết định số 2210/QĐ-UBND.", "II.2 done"),
    (RESULTS, "Đến nay 08 phường đã ban hành quy chế, còn 04 phường chưa ban hành.", "II.2 done (part)"),
    # review of texts
    (RESULTS, "Phòng Tư pháp rà soát 17 văn bản QPPL liên quan đến Luật; không có văn bản nào phải bãi bỏ.", "II.3 done"),
    (RESULTS, "Quận chưa rà soát văn bản quy phạm pháp luật theo Luật.", "II.3 not_done"),
    (RESULTS, "Phòng Tư pháp rà soát 40 văn bản quy phạm pháp luật về đất đai.", ""),
    # the council's resolution
    (RESULTS, "UBND quận đã trình HĐND quận Nghị quyết về biện pháp bảo đảm thực hiện dân chủ ở cơ sở.", "II.4 ongoing"),
    (RESULTS, "HĐND quận đã thông qua Nghị quyết số 31/NQ-HĐND về biện pháp bảo đảm thực hiện dân chủ ở cơ sở.", "II.4 done"),
    (RESULTS, "Quận chưa trình HĐND nghị quyết về biện pháp bảo đảm thực hiện dân chủ ở cơ sở.", "II.4 not_done"),
    # inspection
    (RESULTS, "Đoàn kiểm tra của quận kiểm tra việc thi hành Luật tại 04 phường.", "II.5 done"),
    (RESULTS, "Quận kiểm tra an toàn thực phẩm tại 40 cơ sở.", ""),
    (RESULTS, "Quận chưa tổ chức kiểm tra việc thi hành Luật.", "II.5 not_done"),
    (RESULTS, "Định kỳ hằng quý các phường báo cáo Phòng Nội vụ về việc thi hành Luật.", "II.5 done"),
    (RESULTS, "Nhân dân bàn, quyết định và dân kiểm tra các khoản đóng góp.", ""),
    # plan, money, difficulties
    (RESULTS, "Ngày 20/6/2023 UBND quận ban hành Kế hoạch số 145/KH-UBND triển khai thi hành Luật.", "III.kh done"),
    (RESULTS, "Quận chưa ban hành kế hoạch triển khai thi hành Luật.", "III.kh not_done"),
    (RESULTS, "Thực hiện Kế hoạch của UBND thành phố về thi hành Luật, quận đã mở 02 lớp tập huấn.", "II.1.d done"),
    (RESULTS, "Quận ban hành Kế hoạch kiểm tra việc thi hành Luật.", "II.5 done"),
    (RESULTS, "Kinh phí thực hiện Luật là 48 triệu đồng.", "III.kp done"),
    (LIMITS, "Khó khăn trong áp dụng Luật là chưa có mẫu biểu thống nhất.", "III.kk done"),
    # negation and its scope
    (RESULTS, "Năm 2023 quận chưa tổ chức tập huấn Luật cho tổ trưởng.", "II.1.d not_done"),
    (RESULTS, "Quận không mở lớp tập huấn Luật do thiếu giảng viên.", "II.1.d not_done"),
    (RESULTS, "Công tác tuyên truyền Luật chưa thường xuyên.", "II.1.b mention"),
    (RESULTS, "Quận không chỉ tập huấn Luật cho công chức mà còn mở 02 lớp cho tổ trưởng.", "II.1.d done"),
    (RESULTS, "Tuyên truyền Luật đến 12/12 phường, phát hết 900 tờ gấp.", "II.1.b done"),
    (RESULTS, "Lớp tập huấn Luật thứ hai phải hoãn lại vì bão.", "II.1.d not_done"),
    (RESULTS, "Qua kiểm tra việc thi hành Luật tại 04 phường, đã phát hiện 02 phường chưa niêm yết.", "II.5 done"),
    (RESULTS, "Kết quả rà soát văn bản theo Luật: không có văn bản nào phải sửa đổi.", "II.3 done"),
    # promises
    (RESULTS, "Quận sẽ mở 02 lớp tập huấn Luật trong quý I năm 2024.", "II.1.d planned"),
    (RESULTS, "Dự kiến tháng 12 quận ban hành quy chế thực hiện dân chủ.", "II.2 planned"),
    (RESULTS, "Quận đã mở 02 lớp tập huấn Luật, dự kiến mở thêm 01 lớp trong tháng 12.", "II.1.d done"),
    (RESULTS, "Lớp tập huấn Luật lùi sang quý I năm 2024.", "II.1.d planned"),
    (RESULTS, "Lớp tập huấn Luật khai giảng ngày 20/12/2023.", "II.1.d planned"),
    (PLAN, "Tiếp tục tuyên truyền Luật đến các tổ dân phố.", "II.1.b planned"),
    (PLAN, "Mở lớp tập huấn Luật cho tổ trưởng.", "II.1.d planned"),
    (PLAN, "Kiểm tra việc thi hành Luật tại 05 phường.", "II.5 planned"),
    (PLAN, "Đôn đốc 02 phường sớm ban hành quy chế thực hiện dân chủ.", "II.2 planned"),
    (RESULTS, "Thời gian tới, quận phấn đấu tuyên truyền Luật đến mọi tổ dân phố.", "II.1.b planned"),
    # proposals
    (ASKS, "Đề nghị Sở Nội vụ mở lớp tập huấn Luật cho cấp phường.", "II.1.d mention"),
    (RESULTS, "UBND quận đề nghị Sở Tư pháp cung cấp tài liệu tuyên truyền Luật.", "II.1.b mention"),
    (ASKS, "Sớm có nghị định hướng dẫn quy chế thực hiện dân chủ.", ""),
    # other years and purposes
    (RESULTS, "Năm 2022, quận đã tập huấn Luật cho 40 công chức.", "II.1.d mention"),
    (RESULTS, "Qua đó, góp phần tuyên truyền Luật sâu rộng trong nhân dân.", "II.1.b mention"),
    (RESULTS, "Nội dung tập huấn Luật không thuộc thẩm quyền của quận.", "II.1.d mention"),
    # other laws and matters
    (RESULTS, "Quận tuyên truyền Luật Đất đai được 40 buổi.", ""),
    (RESULTS, "Mở 04 lớp tập huấn phòng cháy chữa cháy cho 200 người.", ""),
    (RESULTS, "Quận quán triệt Nghị quyết số 20-NQ/TW cho đảng viên.", ""),
    (RESULTS, "Tuyên truyền Luật lồng ghép trong hội nghị cải cách hành chính tại 12 phường.", "II.1.b done"),
    (RESULTS, "Tập huấn nghiệp vụ hộ tịch cho 24 công chức.", ""),
]


@pytest.mark.parametrize(("heading", "sentence", "expected"), CASES, ids=[sentence[:60] for _, sentence, _ in CASES])
def test_a_sentence_claims(law_report: Callable[[], Any], claims: Claims, heading: str, sentence: str, expected: str) -> None:
    assert ", ".join(claims(law_report().under(heading).say(sentence))) == expected
