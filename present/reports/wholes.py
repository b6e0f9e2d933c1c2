"""Which figures are parts of a total that the same document tells: rows over "Cộng", a table under the sentence that sums it up, a few
figures that make up the one beside them.

All rules look at the figures of one document under one item and one measure, in the document's order. Small figures add up by chance, so
that without a word for a total they count as parts only where several of them, or large ones, do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from ...store.claims import ClaimRow

_CELL: Final = re.compile(r"t(\d+)r(\d+)c(\d+)")
# "Tổng số", "Cộng khối phường"; "Tổng số buổi nói chuyện" is a row of its own.
_TOTAL_ROW: Final = re.compile(
    r"\s*(?:tổng(?: cộng| số)?|cộng)(?:\s+(?:chung|toàn|các|của|khối|nhóm|phần|mục|cấp|[IVX]+\b|\().*)?\s*[:.]?\s*",
    re.IGNORECASE | re.DOTALL,
)
_SUMS_UP: Final = re.compile(
    r"\btổng (?:cộng|số|là)\b|\bcộng (?:cả|chung|lại|là)\b|\bcả thảy\b|\btất cả\b"
    r"|\btoàn (?:thành phố|tỉnh|quận|huyện|thị xã|xã|phường|ngành|sở)\b",
    re.IGNORECASE,
)
_MADE_OF: Final = re.compile(r":|\b(?:gồm|trong đó|cụ thể|chia ra|lần lượt)\b", re.IGNORECASE)
_OF_THEM: Final = re.compile(r"(?:^|[;,(.])\s*(?:riêng|trong đó|trong số đó|trong số này)\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:,\d+)?")
_LARGE: Final = 20  # two figures whose sum is at least that make up a third by design and hardly by chance
_SEVERAL: Final = 3


@dataclass(frozen=True, slots=True)
class Told:
    """One figure as a claim tells it, under its measure."""

    claim: ClaimRow
    measure: str
    unit: str
    value: float

    @property
    def cell(self) -> tuple[int, int, int] | None:
        """Table, row and column, where the figure stands in a table."""
        found = _CELL.fullmatch(self.claim.locator)
        return (int(found[1]), int(found[2]), int(found[3])) if found else None

    @property
    def table(self) -> int | None:
        """The number of its table."""
        return self.cell[0] if self.cell else None

    @property
    def sums_up(self) -> bool:
        """Whether its words call it a total."""
        return self.total_row or bool(_SUMS_UP.search(self.claim.quote))

    @property
    def total_row(self) -> bool:
        """Whether it stands in a row "Cộng", "Tổng cộng"."""
        return self.cell is not None and bool(_TOTAL_ROW.fullmatch(self.claim.row_label))

    @property
    def place(self) -> int:
        """Where its number stands in the quote; -1 where it is written in words."""
        numbers = _NUMBER.finditer(self.claim.quote)
        return next((found.start() for found in numbers if float(found[0].replace(".", "").replace(",", ".")) == self.value), -1)


def wholes(told: Sequence[Told]) -> dict[int, int]:
    """The places of the figures that are parts, each with the place of its total in `told`."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for at, one in enumerate(told):
        groups.setdefault((one.claim.sha256, one.claim.item, one.measure), []).append(at)
    parts: dict[int, int] = {}
    for group in groups.values():
        if len(group) > 1:
            for rule in (_rows, _sums, _sums, _tables, _shares_of):  # sums of sums: rows that "Cộng" closes, under "Tổng cộng"
                left = [at for at in group if at not in parts]
                parts |= {part: total for part, total in rule(told, left) if part != total}
    return parts


def _rows(told: Sequence[Told], group: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Rows above a row "Cộng" in its column, up to the one before; below it, where none stands above."""
    for total in (at for at in group if told[at].total_row):
        table, row, column = told[total].cell or (0, 0, 0)
        same = [at for at in group if at != total and (cell := told[at].cell) and (cell[0], cell[2]) == (table, column)]
        rows = {at: (told[at].cell or (0, 0, 0))[1] for at in same}
        before = max((rows[at] for at in same if told[at].total_row and rows[at] < row), default=0)
        above = [at for at in same if before < rows[at] < row]
        after = min((rows[at] for at in same if told[at].total_row and rows[at] > row), default=10**9)
        below = [at for at in same if row < rows[at] < after] if before == 0 else []
        yield from ((at, total) for at in above or below)


def _sums(told: Sequence[Told], group: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Figures that add up to the one before or behind them, or all those of one table that add up to one outside it."""
    taken: set[int] = set()
    for total in sorted(group, key=lambda at: -told[at].value):
        whole = told[total]
        if total in taken:
            continue
        # A figure told again is no part of itself; parts in other units are taken only for what calls itself a total.
        line = [at for at in group if at == total or (told[at].value != whole.value and at not in taken and _alike(told[at], whole))]
        place = line.index(total)
        for run in (
            *_beside(told, line[place + 1 :], whole.value),
            *_beside(told, line[:place][::-1], whole.value),
            *_in_tables(told, line, total),
        ):
            if _by_design(told, run, whole):
                taken.update(run)
                yield from ((at, total) for at in run)
                break


def _alike(part: Told, whole: Told) -> bool:
    return part.unit == whole.unit or whole.sums_up


def _beside(told: Sequence[Told], line: Sequence[int], value: float) -> Iterator[list[int]]:
    run: list[int] = []
    for at in line:
        run.append(at)
        added = sum(told[one].value for one in run)
        if added >= value:
            if added == value:
                yield run
            return


def _in_tables(told: Sequence[Told], line: Sequence[int], total: int) -> Iterator[list[int]]:
    for table in sorted({number for at in line if (number := told[at].table) is not None} - {told[total].table}):
        run = [at for at in line if told[at].table == table]
        if sum(told[at].value for at in run) == told[total].value:
            yield run


def _by_design(told: Sequence[Told], run: Sequence[int], whole: Told) -> bool:
    if len(run) < 2:
        return False
    worded = whole.sums_up or _MADE_OF.search(whole.claim.quote) is not None
    in_table = whole.table is None and all(told[at].table is not None for at in run)
    return worded or in_table or len(run) >= _SEVERAL or whole.value >= _LARGE


def _tables(told: Sequence[Told], group: Sequence[int]) -> Iterator[tuple[int, int]]:
    """The table right behind a sentence that sums it up, or else right before it, as far as it is no more than the total: not every row
    of a table tells its figure in words that count."""
    for place, total in enumerate(group):
        whole = told[total]
        if whole.table is not None or not whole.sums_up:
            continue
        told_there = [at for at in group if told[at].claim.id == whole.claim.id]
        most = sum(told[at].value for at in told_there)
        for line in (group[place + 1 :], group[:place][::-1]):
            beside = [at for at in line if at not in told_there]
            table = told[beside[0]].table if beside else None
            run = [at for at in beside if told[at].table == table] if table is not None else []
            if run and sum(told[at].value for at in run) <= most:
                yield from ((at, total) for at in run)
                break


def _shares_of(told: Sequence[Told], group: Sequence[int]) -> Iterator[tuple[int, int]]:
    """A figure behind "riêng …", "trong đó …", where a larger one in its unit stands before that in the sentence, or in another sentence
    under the same heading."""
    for at in group:
        part = told[at]
        opener = _OF_THEM.search(part.claim.quote)
        if opener is None or part.place < opener.start():
            continue
        larger = [
            other for other in group
            if (whole := told[other]).value > part.value and whole.unit == part.unit
            and (whole.place < opener.start() if whole.claim.id == part.claim.id else whole.claim.heading == part.claim.heading)
        ]  # fmt: skip
        if larger:
            yield at, min(larger, key=lambda other: abs(other - at))
