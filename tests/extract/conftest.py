"""Small reports written in the test itself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from minhchung.extract.judge import judge
from minhchung.extract.letterhead import LetterheadReading, read_letterhead
from minhchung.extract.model import Evidence, Judgement
from minhchung.ingest.model import Locator, Passage, PassageKind, Report, Row
from minhchung.plan.loader import load_plan
from minhchung.plan.registry import load_registry

DISTRICT = ("UBND QUẬN LÊ CHÂN", "Số: 12/BC-UBND", "Lê Chân, ngày 10 tháng 11 năm 2023", "BÁO CÁO")
ON_THE_LAW = "Kết quả triển khai thi hành Luật Thực hiện dân chủ ở cơ sở năm 2023"


class Draft:
    """A report being written: `top` are the lines of its letterhead, the last of them its title."""

    def __init__(self, *top: str, path: str = "bao-cao.docx") -> None:
        self.passages: list[Passage] = []
        self.headings: tuple[str, ...] = ()
        self.tables = 0
        self.path = path
        for line in top:
            self._add("paragraph", line, centered=True)

    def _add(self, kind: PassageKind, text: str, row: Row | None = None, centered: bool = False) -> None:
        place = Locator(None, f"p{len(self.passages) + 1}")
        self.passages.append(Passage(len(self.passages), kind, text, self.headings, place, row, bold=centered, centered=centered))

    def under(self, *headings: str) -> Draft:
        """The headings that stand over all that follows; the last one is a passage too."""
        self.headings = headings[:-1]
        self._add("heading", headings[-1])
        self.headings = headings
        return self

    def say(self, *paragraphs: str) -> Draft:
        for text in paragraphs:
            self._add("list_item" if text.startswith("- ") else "paragraph", text)
        return self

    def table(self, heads: tuple[str, ...], *rows: tuple[str, ...]) -> Draft:
        self.tables += 1
        for number, cells in enumerate(rows, 2):
            for column, cell in enumerate(cells, 1):
                self._add("cell", cell, Row(self.tables, number, column, heads, cells))
        return self

    def report(self) -> Report:
        return Report("0" * 64, self.path, "docx", "read", passages=tuple(self.passages))

    def judged(self) -> Judgement:
        return judge(self.report(), load_plan(), load_registry())

    def letterhead(self) -> LetterheadReading:
        return read_letterhead(self.report(), load_registry())


def on_the_law() -> Draft:
    return Draft(*DISTRICT, ON_THE_LAW)


@pytest.fixture
def draft() -> type[Draft]:
    """Begins a report with a letterhead of one's own."""
    return Draft


@pytest.fixture
def law_report() -> Callable[[], Draft]:
    """Begins a district's report on the Law for 2023."""
    return on_the_law


@pytest.fixture
def claims() -> Callable[[Draft], list[str]]:
    """What a draft claims, as "II.1.b done", in text order; mentions too."""

    def read(draft: Draft) -> list[str]:
        return [_short(e) for e in draft.judged().evidence]

    return read


def _short(evidence: Evidence) -> str:
    return f"{evidence.item} {evidence.status}{' (part)' if evidence.partial else ''}"
