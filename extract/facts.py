"""What a sentence rests on: dates, document numbers, quantities with units, coverage, audience, and with them its strength."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from .fold import fold
from .model import Coverage, Quantity, Strength

# Units that figures are counted in, and those of them that are bodies, of which a part may have done its duty. Longest first.
UNITS = "|".join(
    """lượt người|lượt cbccvc|lượt|đại biểu|học viên|người|đồng chí|cán bộ|công chức|viên chức|hội viên|hộ dân|hộ gia đình|hộ|hội nghị
cuộc họp|cuộc thi|cuộc|buổi|lớp|khóa|đợt|tin bài|tin, bài|tin|bài viết|bài|chuyên mục|chuyên trang|phóng sự|video|phút|tờ gấp|tờ rơi|tờ|cuốn
quyển|bản|bộ tài liệu|bộ|văn bản|phường|xã|thị trấn|thôn|tổ dân phố|tdp|tổ|khu dân cư|đơn vị|cơ quan|phòng|trường hợp|trường|doanh nghiệp
chi cục|trung tâm|đài|điểm cầu|điểm|đoàn|tồn tại|quy chế|kế hoạch|nghị quyết|công văn|triệu đồng|tỷ đồng|đồng|%|bệnh viện|trạm|khoa|chi bộ
giấy chứng nhận|kỳ|lần|số|giờ|câu|ý kiến|việc|nhóm|trang|khu|liên đội|chi đoàn|nhóm zalo""".split("\n")
)
BODIES = (
    "phường|xã|thị trấn|thôn|tổ dân phố|tdp|tổ|khu dân cư|đơn vị|cơ quan|phòng|trường|doanh nghiệp|chi cục|trung tâm|đài|bệnh viện|trạm"
    "|khoa|đầu mối|cơ sở|lớp|quận|huyện|sở|bản|chi đoàn"
)
_QUANTITY = re.compile(
    rf"(?P<about>\b(?:trên|hơn|khoảng|gần|ước)\s+)?(?<![\d/.,])(?P<n>\d{{1,3}}(?:\.\d{{3}})+|\d+(?:,\d+)?)\s*(?:\([^)]{{1,20}}\)\s*)?(?P<unit>{UNITS})(?!\w)"
)
_RATIO = re.compile(
    rf"(?<![\d/])(?P<n>\d{{1,3}}(?:\.\d{{3}})*)\s?/\s?(?P<m>\d{{1,3}}(?:\.\d{{3}})*)(?![\d/])\s*(?:\S+\s+){{0,2}}?(?P<unit>{BODIES})\b"
)
_RATIO_AFTER = re.compile(
    rf"\b(?P<unit>{BODIES})\b[^.;\d]{{0,30}}?[\s,:](?P<n>\d{{1,3}})\s?/\s?(?P<m>\d{{1,3}})(?![\d/])\s+(?:hoàn|đã|xong|có|được|ban hành|làm)"
)
_DAY = re.compile(r"\b(\d{1,2})\s?[/.-]\s?(\d{1,2})\s?[/.-]\s?(\d{4})\b|\bngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})")
_DAY_MONTH = re.compile(r"\b(?:ngày|sáng|chiều|tối|từ|đến|và|hai ngày|trước|sau)\s+(?:ngày\s+)?(\d{1,2})\s?[/-]\s?(\d{1,2})(?![\d/])")
_MONTH = re.compile(r"\b(?:tháng|t)\s?(\d{1,2})\s?[/-]\s?(\d{4})\b|\btháng\s+(\d{1,2})(?:\s+năm\s+(\d{4}))?(?![\d/])")
_QUARTER = re.compile(r"\bquý\s+(i{1,3}|iv|[1-4])(?:\s?/\s?|\s+năm\s+|\s+)?(\d{4})?\b")
_NUMBER = re.compile(r"(?<![\d/])\d+(?:/\d{4})?\s?(?:/|-)\s?[A-ZĐƯ][A-Za-zĐđƯưÂâ]*\s?(?:[-–/&.]\s?[A-ZĐƯ][A-Za-zĐđƯư&0-9]*)*")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}

AUDIENCES = {
    "cbccvc": r"cbccvc|cán bộ, công chức|cbcc|công chức|đội ngũ cán bộ",
    "vien_chuc": r"viên chức|giáo viên|bác sĩ|bác sỹ|giảng viên của trường|nhân viên",
    "nld": r"người lao động|nlđ|công nhân|đoàn viên công đoàn",
    "nsdld": r"người sử dụng lao động|nsdlđ|chủ doanh nghiệp",
    "xa_phuong": r"cấp xã|phường|\bxã\b|thị trấn|không chuyên trách|trưởng thôn|tổ trưởng",
    "nhan_dan": r"nhân dân|người dân|hộ gia đình|hộ dân|dân cư|tổ dân phố|tdp|thôn|họp dân|cư dân|bà con",
    "mat_tran": r"mặt trận|mttq|thanh tra nhân dân|giám sát đầu tư",
}
_AUDIENCES = {name: re.compile(pattern) for name, pattern in AUDIENCES.items()}


def dates(folded: str, year: int | None) -> tuple[str, ...]:
    """ISO days, months "2023-08" and quarters "2023-Q3" in text order; a day or month without a year takes the year reported on."""
    found: list[tuple[int, str]] = []
    taken: list[tuple[int, int]] = []
    for pattern, reader in ((_DAY, _read_day), (_DAY_MONTH, _read_day_month), (_MONTH, _read_month), (_QUARTER, _read_quarter)):
        for match in pattern.finditer(folded):
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            value = reader(match, year)
            if value:
                found.append((match.start(), value))
                taken.append(match.span())
    return tuple(dict.fromkeys(value for _, value in sorted(found)))


def _iso(day: str, month: str, year: int) -> str | None:
    try:
        return date(year, int(month), int(day)).isoformat()
    except ValueError:  # impossible dates occur in real reports; an impossible date is no date
        return None


def _read_day(m: re.Match[str], _year: int | None) -> str | None:
    return _iso(m[1], m[2], int(m[3])) if m[1] else _iso(m[4], m[5], int(m[6]))


def _read_day_month(m: re.Match[str], year: int | None) -> str | None:
    return _iso(m[1], m[2], year) if year else None


def _read_month(m: re.Match[str], year: int | None) -> str | None:
    month, of = int(m[1] or m[3]), int(m[2] or m[4] or year or 0)
    return f"{of:04}-{month:02}" if of and 1 <= month <= 12 else None


def _read_quarter(m: re.Match[str], year: int | None) -> str | None:
    of = int(m[2] or year or 0)
    return f"{of:04}-Q{_QUARTERS[m[1]]}" if of else None


def last_day(value: str) -> str:
    """The last ISO day of a day, month or quarter, for comparing."""
    if len(value) == 10:
        return value
    year, month = (int(value[:4]), int(value[6:]) * 3) if "-Q" in value else (int(value[:4]), int(value[5:]))
    return date(year, month, monthrange(year, month)[1]).isoformat()


def first_day(value: str) -> str:
    """The first ISO day of a day, month or quarter, for comparing."""
    if "-Q" in value:
        year, quarter = value.split("-Q")
        return f"{year}-{int(quarter) * 3 - 2:02}-01"
    return value if len(value) == 10 else f"{value}-01"


def numbers(text: str) -> tuple[str, ...]:
    """Codes of the documents cited, blanks taken out: "2417/QĐ-UBND", "59/2023/NĐ-CP"."""
    return tuple(dict.fromkeys(re.sub(r"\s", "", m[0]).replace("–", "-") for m in _NUMBER.finditer(text) if len(m[0]) > 4))


def quantities(folded: str) -> tuple[Quantity, ...]:
    """Figures with their units; dots are thousands and commas decimals, as the office writes them."""
    return tuple(Quantity(figure(m["n"]), m["unit"], bool(m["about"])) for m in _QUANTITY.finditer(folded))


def figure(text: str) -> float:
    """ "1.250" is 1250.0, "6,82" is 6.82."""
    return float(text.replace(".", "").replace(",", "."))


def coverage(folded: str) -> Coverage | None:
    """The first N/M with a unit that is a body and not a person, behind it or before it: 10/12 phường; "trong số đơn vị trực thuộc, 30/36". A date or a
    document code is not a ratio."""
    for match in (*_RATIO.finditer(folded), *_RATIO_AFTER.finditer(folded)):
        done, total = int(figure(match["n"])), int(figure(match["m"]))
        before = folded[: match.start()].rstrip().rsplit(" ", 1)[-1]
        if before in {"ngày", "số", "sáng", "chiều", "tối", "từ", "đến"} or total == 0 or done > total:
            continue
        return Coverage(done, total, match["unit"])
    return None


def audience(folded: str) -> tuple[str, ...]:
    """Which of the plan's audience groups the words name."""
    return tuple(name for name, pattern in _AUDIENCES.items() if pattern.search(folded))


def strength(text: str, year: int | None) -> Strength:
    """verifiable: a document number, or a day with a count; specific: any figure or date; else a bare assertion."""
    folded = fold(text)
    has_day = any(len(d) == 10 for d in dates(folded, year))
    counted = bool(quantities(folded)) or coverage(folded) is not None
    if numbers(text) or (has_day and counted):
        return "verifiable"
    return "specific" if has_day or counted or dates(folded, year) else "assertion"
