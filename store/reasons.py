"""Why a cell counts as missing, as a Vietnamese sentence for the officer who has to act on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Final, assert_never

if TYPE_CHECKING:
    from ..extract.model import State
    from ..plan.model import Cell, DueKind

_UNDATED: Final[dict[DueKind, str]] = {
    "continuous": "việc thường xuyên, kế hoạch không đặt hạn",
    "conditional_soft": "hạn chỉ là dự kiến",
    "undated_once": "kế hoạch không đặt hạn",
    "none": "kế hoạch không đặt hạn",
    "event": "chỉ khi phát sinh",
    "yearly": "việc hằng năm, kế hoạch không đặt ngày",
    "window": "kế hoạch không đặt ngày",
    "before": "kế hoạch không đặt ngày",
    "conditional_window": "chưa tính được hạn",
}


@dataclass(frozen=True, slots=True)
class Found:
    """What a cell rests on: `part` "10/12 phường" where the words count it, `file` the document shown first."""

    state: State
    part: str = ""
    file: str = ""


def reason(found: Found, duties: Sequence[Cell], due: date | None, overdue: bool, triggers: Mapping[str, str]) -> str:
    """One sentence: what is known, then how it stands with the day it is due. `triggers` says what each conditional deadline waits for."""
    return f"{_known(found)}; {_timing(duties, due, overdue, triggers)}"


def _known(found: Found) -> str:
    match found.state:
        case "no_report":
            return "chưa nhận được báo cáo"
        case "silent":
            return "báo cáo không nêu"
        case "unreadable":
            return f"văn bản gửi đến không đọc được ({found.file})" if found.file else "văn bản gửi đến không đọc được"
        case "not_done":
            return "báo cáo nói chưa làm"
        case "planned":
            return "mới là kế hoạch"
        case "partial":
            return f"mới làm một phần: {found.part}" if found.part else "mới làm một phần"
        case "evidenced":
            return "có minh chứng"
        case "not_applicable":
            return "không áp dụng"
        case _:
            assert_never(found.state)


def _timing(duties: Sequence[Cell], due: date | None, overdue: bool, triggers: Mapping[str, str]) -> str:
    if due is not None:
        return f"đã quá hạn ({due:%d/%m/%Y})" if overdue else f"chưa đến hạn ({due:%d/%m/%Y})"
    waiting = sorted({name for cell in duties for name in cell.waiting_for})
    if waiting:
        return f"còn chờ: {', '.join(triggers.get(name, name) for name in waiting)}"
    return _UNDATED[duties[0].duty.due.kind] if duties else "kế hoạch không đặt hạn"
