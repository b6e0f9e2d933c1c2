"""What the gates and stops of judging are called for the officer who asks why."""

from __future__ import annotations

from typing import Final

GATES: Final[dict[str, str]] = {
    "law/explicit": "câu nêu Luật Thực hiện dân chủ ở cơ sở",
    "law/democracy": "câu nói về thực hiện dân chủ ở cơ sở",
    "law/opener": "Luật được nêu ở phần căn cứ đầu câu",
    "law/weak": "câu nhắc gọn đến Luật, văn bản nói về Luật",
    "law/focus": "cả văn bản nói về Luật",
    "regulation/named": "quy chế được gọi đúng tên",
    "row": "dòng và cột của bảng thuộc đầu mục này",
    "heading": "đề mục thuộc đầu mục này",
    "heading-family": "đề mục chung cho quán triệt, tuyên truyền",
    "thread": "nối tiếp câu trước",
    "told-before": "nhắc lại việc đã nêu trong báo cáo",
    "document": "chính văn bản là việc đã làm",
    "no/heading-on-other-matter": "đề mục nói về việc khác",
    "no/not-what-the-row-answers": "dòng của bảng thuộc đầu mục khác",
    "no/inside-another": "chỉ là đối tượng của việc khác trong câu",
    "no/counts-texts": "số lượng văn bản nói chung, không về dân chủ ở cơ sở",
    "no/other-object": "việc này có đối tượng khác",
    "no/other-matter-named": "câu nêu luật hoặc việc khác",
    "no/law-not-named": "không thấy Luật được nêu ở câu, đề mục, câu trước hay tên văn bản",
    "no/turned-away": "đoạn văn đã chuyển sang việc khác",
    "no/inspects-nobody": "không rõ kiểm tra ai, việc gì",
    "no/proposal": "nằm trong phần kiến nghị",
    "no/not-under-limits": "không nằm trong phần tồn tại, hạn chế",
    "no/nothing-made": "không nói đến ban hành, xây dựng văn bản nào",
    "no/other-regulation": "quy chế khác",
    "no/plan-of-superior": "kế hoạch của cấp trên",
    "no/other-plan": "kế hoạch về việc khác",
    "no/row-label": "tên dòng hoặc số thứ tự của bảng",
    "no/table-of-plans": "bảng nhiệm vụ, chưa phải kết quả",
    "no/announces": "câu chỉ giới thiệu phần sau",
    "no/announces-items": "câu chỉ giới thiệu nội dung sẽ nêu",
    "no/heading": "đề mục",
    "no/outside-body": "ngoài phần thân văn bản (đầu văn bản, nơi nhận, chữ ký)",
    "no/document-is-the-act": "cả văn bản là một quyết định hoặc kế hoạch: chính nó là việc đã làm, từng câu không tính riêng",
}


def gate_term(gate: str) -> str:
    """A gate in words; one without words by its name."""
    return GATES.get(gate, gate)
