"""The colours of the states where there is paper and a screen instead of a terminal: the same in the page, the workbook, the Word files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Shade:
    """A cell's ground and its letter's colour, as RRGGBB; at least 4.5 to 1 between them (WCAG 2.2, 1.4.3)."""

    ground: str
    letter: str


SHADES: Final[dict[str, Shade]] = {
    "evidenced": Shade("CDEBD0", "0B5A1E"),
    "partial": Shade("FFE9A8", "6B4A00"),
    "planned": Shade("CFE8F7", "0A4A75"),
    "not_done": Shade("F7C6C1", "8A120A"),
    "silent": Shade("EAD5F2", "5B1A78"),
    "unreadable": Shade("D5D9F7", "26308F"),
    "no_report": Shade("F0E1DA", "7A2E0E"),
    "not_applicable": Shade("E8E8E8", "555555"),
}

STRENGTHS: Final[dict[str, str]] = {
    "verifiable": "kiểm chứng được (số văn bản hoặc ngày)",
    "specific": "có số liệu",
    "assertion": "chỉ khẳng định",
}
ACTORS: Final[dict[str, str]] = {
    "self": "cơ quan làm",
    "subordinate": "cấp dưới làm",
    "superior": "cấp trên làm",
    "other": "cơ quan khác làm",
}

# The marks behind a letter, as `present.matrix.letter` sets them.
MARKS: Final = (
    "! quá hạn   * làm muộn   ~ kế thừa từ cơ quan trước   ° đã làm từ năm trước   † cơ quan đã kết thúc   "
    "chữ thường: không thuộc trách nhiệm   · không thuộc trách nhiệm, không nêu"
)
