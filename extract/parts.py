"""Which passages are the body, and which part of the report a sentence stands in by its own opening words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..ingest.model import Passage
from .analysis import Sentence, analyse_one
from .context import Context
from .fold import fold
from .model import Letterhead
from .patterns import pattern
from .sentences import run_in_head

_CLOSING = pattern("letterhead/closing")
_OPENS: tuple[tuple[str, str], ...] = (("opens.proposals", "proposals"), ("opens.plan", "plan"), ("opens.limits", "limits"))
_HEADS: tuple[tuple[str, str], ...] = (
    ("section.proposals", "proposals"),
    ("section.plan", "plan"),
    ("section.limits", "limits"),
    ("section.results", "results"),
)


def body_of(passages: Sequence[Passage], starts: int) -> list[Passage]:
    """The passages that may carry claims: from the end of the letterhead, without headers, footers, recipients and signatures. An appendix after
    the signature belongs to the body again."""
    body: list[Passage] = []
    for passage in passages[starts:]:
        if passage.kind in ("header", "footer") or _CLOSING.match(fold(passage.text)) or _signing_row(passage):
            continue
        body.append(passage)
    return body


def _signing_row(passage: Passage) -> bool:
    """A cell of the table that holds recipients on the left and the signature on the right."""
    if passage.row is None:
        return False
    texts = (*passage.row.heads, *passage.row.cells)
    return len(texts) <= 6 and any(fold(t).lstrip().startswith("nơi nhận") for t in texts)


def level_of(letterhead: Letterhead) -> str:
    """`high` for a city body, `middle` for a district, `low` for a commune, ward, school or other unit: whose event counts as a superior's."""
    name = fold(letterhead.agency_name or "")
    if re.search(r"(?:ubnd|ủy ban nhân dân)\s+(?:quận|huyện|thành phố thủy nguyên)", name):
        return "middle"
    return (
        "low" if re.search(r"\b(?:phường|xã|thị trấn|đặc khu|trường|trung tâm|vườn|viện|ban quản lý dự án|bệnh viện)\b", name) else "high"
    )


def says_nothing(sentence: Sentence, context: Context) -> bool:
    """Sentences that announce what follows ("… như sau:"), attribute lines of a programme ("Thời gian: …"), and cells that repeat a head."""
    text = sentence.folded.strip(" .")
    if re.match(r"báo cáo này\b", text):
        return True
    if re.search(r"\b(?:như sau|sau đây|dưới đây|cụ thể)\s*[:.]?$", text) and not re.search(
        r"\d", re.sub(r"\d+\s?[/-]\S+|\b(?:năm|ngày|tháng)\s+\S+", "", text)
    ):
        return True
    if context.column is None and re.match(
        r"(?:thời gian|hình thức|địa điểm|thành phần|thời hạn|cơ quan (?:chủ trì|phối hợp|thực hiện)|đơn vị (?:chủ trì|phối hợp|thực hiện)|chủ trì|phối hợp|sản phẩm)\s*(?:thực hiện\s*)?:",
        text,
    ):
        return True
    return context.column is not None and text in (fold(context.head).strip(" ."), fold(context.label).strip(" ."))


def section_here(sentence: Sentence, context: Context, carried: str) -> str:
    """`plan`, `proposals`, `limits` … for this sentence: by its own opening words or run-in head, else by the words that opened the paragraph, else by the
    headings. Headings of plans and proposals hold against anything inside them."""
    if context.section in ("plan", "proposals", "basis"):
        return "proposals" if sentence.has("opens.proposals") else context.section
    head = run_in_head(sentence.text)
    if head and len(head.split()) <= 8:
        spoken = analyse_one(head)
        for group, section in _HEADS:
            if spoken.has(group) and not re.search(r"kiểm tra|\d", spoken.folded):
                return section
    for group, section in _OPENS:
        if sentence.has(group):
            return section
    return carried if carried in ("plan", "proposals") else context.section
