"""The keyword baseline: what a dozen regular expressions, without law gate, section or status, make of the same passages."""

from __future__ import annotations

import re
from collections.abc import Iterator

from minhchung.extract.sentences import split_sentences
from minhchung.ingest.model import Report

WORDS = {
    "II.1.a": r"quán triệt|hội nghị triển khai",
    "II.1.b": r"tuyên truyền|phổ biến|tờ gấp|tờ rơi|tìm hiểu",
    "II.1.c": r"truyền thanh|cổng thông tin|trang thông tin|tin bài|tin, bài|chuyên mục",
    "II.1.d": r"tập huấn|bồi dưỡng",
    "II.2": r"quy chế",
    "II.3": r"rà soát.*văn bản|văn bản qppl",
    "II.4": r"nghị quyết.*hđnd|hđnd.*nghị quyết",
    "II.5": r"kiểm tra|giám sát|đôn đốc",
    "III.kh": r"kế hoạch số",
}
NOT_DONE = re.compile(r"\bchưa\b|\bkhông tổ chức\b")
PLANNED = re.compile(r"\bsẽ\b|\bdự kiến\b|\bphấn đấu\b|năm 2024")
ONGOING = re.compile(r"\bđang\b|dự thảo")


def claims(report: Report) -> Iterator[tuple[str, str, str]]:
    """(item, status, quote) for every sentence that holds an item's words."""
    for passage in report.passages:
        for span in split_sentences(passage.text):
            quote = passage.text[span.start : span.end]
            low = quote.lower()
            for item, words in WORDS.items():
                if re.search(words, low):
                    yield item, _status(low), quote


def _status(low: str) -> str:
    for pattern, status in ((NOT_DONE, "not_done"), (PLANNED, "planned"), (ONGOING, "ongoing")):
        if pattern.search(low):
            return status
    return "done"
