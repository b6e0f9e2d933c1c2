"""What the gates and stops of judging are called for the officer who asks why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from .language import words

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
    "no/verb-alone": "chỉ có động từ chung, không có đối tượng của nhiệm vụ",
    "no/proposal": "nằm trong phần kiến nghị",
    "no/not-under-limits": "không nằm trong phần tồn tại, hạn chế",
    "no/nothing-made": "không nói đến ban hành, xây dựng văn bản nào",
    "no/other-regulation": "quy chế khác",
    "no/plan-of-superior": "kế hoạch của cấp trên",
    "no/plan-of-others": "kế hoạch của cơ quan khác, địa phương khác",
    "no/other-plan": "kế hoạch về việc khác",
    "no/row-label": "tên dòng hoặc số thứ tự của bảng",
    "no/table-of-plans": "bảng nhiệm vụ, chưa phải kết quả",
    "no/older-law": "nói về pháp lệnh hoặc quy định trước Luật",
    "no/footnote-cites": "chú thích chỉ dẫn nguồn",
    "no/column-of-an-earlier-year": "cột số liệu của năm trước",
    "no/announces": "câu chỉ giới thiệu phần sau",
    "no/announces-items": "câu chỉ giới thiệu nội dung sẽ nêu",
    "no/heading": "đề mục",
    "no/outside-body": "ngoài phần thân văn bản (đầu văn bản, nơi nhận, chữ ký)",
    "no/document-is-the-act": "cả văn bản là một quyết định hoặc kế hoạch: chính nó là việc đã làm, từng câu không tính riêng",
}


# Why a sentence that passed the law gate is a mere mention, by the name of what decided it.
MENTIONS: Final[dict[str, str]] = {
    "section/proposals": "kiến nghị, đề xuất hoặc căn cứ, chưa phải việc đã làm",
    "section/opens-purpose": "mục đích, yêu cầu, chưa phải việc đã làm",
    "actor/attends": "chỉ dự việc của cơ quan khác tổ chức",
    "actor/other-body-first": "việc của cơ quan khác",
    "actor/done-by-another": "việc do cơ quan khác làm",
    "status/duty": "trách nhiệm được giao, chưa phải việc đã làm",
    "status/nil": "nói là không phát sinh hoặc không thuộc nhiệm vụ",
    "status/weakness": "nêu hạn chế, không nói là đã làm",
    "earlier-year": "việc của năm trước",
    "nil-cell": "ô ghi không có, không rõ của việc nào",
    "plans-of-units": "kế hoạch riêng của đơn vị trực thuộc, cấp dưới",
    "row-of-another-agency": "dòng của bảng nói về cơ quan, địa phương khác",
    "not-received": "dự thảo của cơ quan khác, chưa nhận được",
    "no-claim": "không nói là đã làm",
}
# What a cue that quotes no words stands for.
CUES: Final[dict[str, str]] = {
    "counted": "có số liệu",
    "dated": "có ngày",
    "told": "nêu rõ nội dung đã làm",
    "result-cell": "ô kết quả của bảng",
    "event-verb": "động từ chỉ việc đã diễn ra, trong phần kết quả",
    "switched-off": "bước xét này đã tắt",
    "column/undone": "cột “chưa thực hiện” của bảng",
    "heading/undone": "dưới đề mục “chưa làm”",
    "section/plan": "nằm trong phần phương hướng, nhiệm vụ",
    "continues-promise": "nối tiếp câu nêu dự kiến",
    "future-date": "ngày sau ngày báo cáo",
    "contents-told": "kể tiếp nội dung của việc vừa nêu",
    "drafted-unsigned": "đã soạn thảo, chưa ký",
}
_BY_RULE: Final = "theo quy tắc {}"
_MENTION: Final = "mention/"
_GATE: Final = "gate/"
_ONLY_NAMED: Final = "chỉ nhắc đến, không nói là đã làm"


def gate_term(gate: str) -> str:
    """A gate in words; one without words by its name."""
    if gate.startswith(_MENTION):
        return MENTIONS.get(gate.removeprefix(_MENTION), _ONLY_NAMED)
    return GATES.get(gate, gate)


def cue_term(cue: Mapping[str, Any]) -> str:
    """What a cue rests on, in the language spoken: the gate in words, else the words that it found, else what it stands for."""
    rule, text = cue["rule"], cue["text"]
    if rule.startswith(_GATE):
        return words(gate_term(rule.removeprefix(_GATE)))
    if text:
        return f"“{text}”"
    known = CUES.get(rule) or MENTIONS.get(rule)
    return words(known) if known else words(_BY_RULE, rule)


def why_term(rule: str) -> str:
    """A rule that decided a status, in words where it has any; else by its name, as the rules files have it."""
    known = CUES.get(rule) or MENTIONS.get(rule)
    return words(known) if known else rule


def near_told(near: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The nearest refusals, each with its gate in words as `why`."""
    return [{**one, "why": gate_term(one["gate"])} for one in near]
