"""What the tests of the import share: plan texts as lines, files made of them, and the comparison of an imported plan with one by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

PLANS = Path(__file__).parent / "plans"
FONTS = [
    Path("/usr/share/fonts/truetype") / name
    for name in ("liberation2/LiberationSerif-Regular.ttf", "liberation/LiberationSerif-Regular.ttf", "dejavu/DejaVuSerif.ttf")
]
ROLES = ("actors", "inferred", "exclude", "advise", "coordinate", "unlisted")
DUE = ("kind", "first", "last", "before", "first_year", "by_day", "before_day", "after", "review_on", "assumed")


@dataclass(frozen=True)
class Difference:
    """One field of one duty that is not as expected; `field` "missing" or "too many" where there is no pair."""

    clause: str
    field: str
    want: str
    got: str


def words(text: str) -> Counter[str]:
    return Counter(text.lower().replace(",", " ").replace(".", " ").replace(";", " ").split())


def alike(a: dict[str, Any], b: dict[str, Any]) -> float:
    one, two = words(a["quote"]), words(b["quote"])
    return (one & two).total() / max(1, max(one.total(), two.total()))


def compare_plans(want: dict[str, Any], got: dict[str, Any]) -> list[Difference]:
    """Every field of every duty that matters for cells: item, kind, who, when. Duties are paired by clause and words."""
    left = list(got["duty"])
    found: list[Difference] = []
    for duty in want["duty"]:
        pair = max((d for d in left if d["clause"] == duty["clause"]), key=lambda d: alike(duty, d), default=None)
        if pair is None or alike(duty, pair) < 0.5:
            found.append(Difference(duty["clause"], "missing", duty["quote"][:50], pair["quote"][:50] if pair else ""))
            continue
        left.remove(pair)
        found += [Difference(duty["clause"], f, str(a), str(b)) for f, a, b in _fields(duty, pair) if a != b]
    return found + [Difference(d["clause"], "too many", "", d["quote"][:50]) for d in left]


def _fields(want: dict[str, Any], got: dict[str, Any]) -> list[tuple[str, Any, Any]]:
    plain = [(key, want[key], got[key]) for key in ("item", "kind")]
    roles = [(key, sorted(want.get(key, [])), sorted(got.get(key, []))) for key in ROLES]
    return plain + roles + [(f"due.{key}", want["due"].get(key), got["due"].get(key)) for key in DUE]


def share_right(want: dict[str, Any], found: list[Difference]) -> tuple[int, int]:
    """Duties that are right in every field, and how many there are to get right (one too many counts as a wrong one)."""
    wrong = {(d.clause, d.want if d.field == "missing" else "") for d in found if d.field != "too many"}
    extra = sum(d.field == "too many" for d in found)
    return len(want["duty"]) - len(wrong), len(want["duty"]) + extra


def pieces(path: Path) -> list[list[str]]:
    """The paragraphs of a plan text, and its table rows (lines between bars) as lists of cells."""
    found: list[list[str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("|"):
            found.append([cell.strip() for cell in line.strip("| ").split("|")])
        elif line.strip():
            found.append([line.strip()])
    return found


def as_docx(text: Path, path: Path) -> Path:
    """A Word file of the plan text, its tables as Word tables."""
    from docx import Document

    document: Any = Document()
    rows: list[list[str]] = []
    for cells in [*pieces(text), [""]]:
        if len(cells) > 1:
            rows.append(cells)
            continue
        if rows:
            table = document.add_table(len(rows), max(map(len, rows)), style="Table Grid")
            for i, row in enumerate(rows):
                for j, cell in enumerate(row):
                    table.cell(i, j).text = cell
            rows = []
        document.add_paragraph(cells[0])
    document.save(str(path))
    return path


def as_pdf(text: Path, path: Path) -> Path:
    """A PDF of the plan text, its tables ruled; skips where no free font with Vietnamese letters is installed."""
    from html import escape

    from reportlab.lib import colors
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    font = next((f for f in FONTS if f.exists()), None)
    if font is None:
        pytest.skip("no free serif font with Vietnamese letters is installed")
    pdfmetrics.registerFont(TTFont("PlanSerif", str(font)))
    style = ParagraphStyle("plan", fontName="PlanSerif", fontSize=12, leading=16, spaceAfter=6)
    small = ParagraphStyle("cell", fontName="PlanSerif", fontSize=10, leading=13)
    flow: list[Any] = []
    rows: list[list[Any]] = []
    for cells in [*pieces(text), [" "]]:
        if len(cells) > 1:
            rows.append([Paragraph(escape(cell), small) for cell in cells])
            continue
        if rows:
            whole = [row + [""] * (max(map(len, rows)) - len(row)) for row in rows]
            flow.append(Table(whole, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "TOP")]))
            rows = []
        flow.append(Paragraph(escape(cells[0]), style))
    SimpleDocTemplate(str(path), pagesize=A4, title="Plan").build(flow)
    return path


def imported(path: Path, registry: Path | None = None) -> str:
    """The TOML that the plan document gives."""
    from minhchung.ingest.reader import read_file
    from minhchung.plan.importing.importer import import_plan
    from minhchung.plan.importing.writing import plan_toml
    from minhchung.plan.registry import load_registry
    from minhchung.present.plan_lines import plan_lines

    return plan_toml(import_plan(plan_lines(read_file(path)), load_registry(registry)), path.name)


@dataclass(frozen=True)
class Tools:
    """The functions above, for tests: they cannot import this file."""

    plans: Path = PLANS
    compare: Callable[..., list[Difference]] = compare_plans
    share: Callable[..., tuple[int, int]] = share_right
    docx: Callable[[Path, Path], Path] = as_docx
    pdf: Callable[[Path, Path], Path] = as_pdf
    imported: Callable[..., str] = imported


@pytest.fixture(scope="session")
def tools() -> Tools:
    return Tools()
