"""The words that officers use for what the data calls by English names, and the letter and colour of each state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from .language import spoken, words


@dataclass(frozen=True, slots=True)
class StateTerm:
    """A state's words, its letter in a matrix (never colour alone) and its colour as rich names it."""

    words: str
    letter: str
    colour: str


STATES: Final[dict[str, StateTerm]] = {
    "evidenced": StateTerm("có minh chứng", "C", "green"),
    "partial": StateTerm("một phần", "P", "yellow"),
    "planned": StateTerm("mới kế hoạch", "K", "cyan"),
    "not_done": StateTerm("chưa làm", "X", "red"),
    "silent": StateTerm("không nêu", "N", "magenta"),
    "unreadable": StateTerm("không đọc được", "Đ", "blue"),
    "no_report": StateTerm("chưa có báo cáo", "B", "red"),
    "not_applicable": StateTerm("không áp dụng", "–", "bright_black"),
}

STATUSES: Final[dict[str, str]] = {
    "done": "đã làm",
    "ongoing": "đang làm",
    "planned": "kế hoạch",
    "not_done": "chưa làm",
    "mention": "nhắc đến",
}

OUTCOMES: Final[dict[str, str]] = {
    "ingested": "đã nhận",
    "duplicate": "trùng",
    "superseded": "đã thay thế",
    "unreadable": "không đọc được",
    "failed": "lỗi khi đọc",
    "ignored": "bỏ qua",
}

ROLES: Final[dict[str, str]] = {
    "lead": "chủ trì",
    "advise": "tham mưu",
    "request": "đề nghị",
    "inferred": "suy ra",
    "accountability": "chịu trách nhiệm",
    "event": "khi phát sinh",
}

# Kinds of duties, as an imported plan counts them.
DUTIES: Final[dict[str, str]] = {
    "assigned": "được giao",
    "request": "đề nghị",
    "advise": "tham mưu",
    "accountability": "chịu trách nhiệm",
    "event": "khi phát sinh",
}

# What of a cell another version of the plan may change (plan.changes).
CHANGED: Final[dict[str, str]] = {
    "item": "mục",
    "role": "vai trò",
    "owed": "phải làm",
    "opens": "bắt đầu",
    "due": "hạn",
    "waiting_for": "chờ",
    "audience": "đối tượng",
    "scope": "phạm vi",
    "clause": "khoản",
    "quote": "câu chữ",
}

_COMMUNES: Final = "UBND xã, phường, thị trấn"
_DISTRICTS: Final = "UBND quận, huyện"
KINDS: Final[dict[str, str]] = {
    "so": "sở, ban, ngành",
    "ubnd_quan": _DISTRICTS,
    "ubnd_huyen": _DISTRICTS,
    "ubnd_thanh_pho_thuoc": _DISTRICTS,
    "ubnd_xa": _COMMUNES,
    "ubnd_phuong": _COMMUNES,
    "ubnd_thi_tran": _COMMUNES,
    "dac_khu": _COMMUNES,
    "don_vi_su_nghiep": "đơn vị sự nghiệp",
    "bao_dai": "báo, đài, cổng thông tin",
    "mttq": "Mặt trận Tổ quốc",
    "doan_the": "đoàn thể",
    "hdnd": "HĐND và các ban của HĐND",
    "khac": "cơ quan khác",
}


# Types of documents as letterheads write them (Nghị định 30/2020/NĐ-CP, Điều 7), in the words of a sentence.
TYPES: Final[dict[str, str]] = {
    one.upper(): one
    for one in (
        "nghị quyết", "quyết định", "chỉ thị", "quy chế", "quy định", "thông cáo", "thông báo", "hướng dẫn", "chương trình", "kế hoạch",
        "phương án", "đề án", "dự án", "báo cáo", "biên bản", "tờ trình", "hợp đồng", "công văn", "công điện", "bản ghi nhớ",
        "bản thỏa thuận", "giấy ủy quyền", "giấy mời", "giấy giới thiệu", "giấy nghỉ phép", "phiếu gửi", "phiếu chuyển", "phiếu báo",
        "thư công", "nghị định", "thông tư",
    )
}  # fmt: skip


def type_term(kind: str) -> str:
    """What a document of that type is called in the language spoken; in Vietnamese, and where the type is none of these, as its letterhead
    has it."""
    return words(TYPES[kind]) if kind in TYPES and spoken() == "en" else kind


def kind_term(kind: str) -> str:
    """The plural that a group of agencies of this kind is called by; a kind that a registry of one's own adds is called by its id."""
    return KINDS.get(kind, kind)
