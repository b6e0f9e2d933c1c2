"""What each component of judging is worth: `python bench/quality/ablation.py [SET...] [--write]`.

Every set is judged whole and then once without each component (extract/components.py). Components that decide claims show in the figures;
those that only add fields (quantities, audience, strength) show in what they feed: the verdicts on single duties, which claim of a cell is
shown first, and the fields of the claims themselves. `--write` puts the table into docs/quality.md. Blind is left out: it is for one
measurement only.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import run

from minhchung.extract.cells import judge_duty, judge_item
from minhchung.extract.components import COMPONENTS, without
from minhchung.extract.judge import judge
from minhchung.extract.model import CellVerdict, Evidence, JudgedDocument
from minhchung.extract.scoring import Tally
from minhchung.ingest.model import Report
from minhchung.ingest.reader import read_file
from minhchung.plan.loader import load_plan
from minhchung.plan.registry import load_registry

PLAIN = {"cues": (), "confidence": 0.0}  # what says how a claim came about and not what it claims


@dataclass
class Judged:
    """The sets as one way of judging sees them: the tally, each duty's verdict, the claim first shown in each cell, all claims."""

    tally: Tally = field(default_factory=Tally)
    duties: dict[tuple[str, str], str] = field(default_factory=dict)
    first: dict[tuple[str, str], str] = field(default_factory=dict)
    claims: dict[tuple[str, int, int, str], Evidence] = field(default_factory=dict)


def reports(names: list[str]) -> Iterator[tuple[dict[str, object], Report]]:
    """The gold entry and the report of every document of these sets that can be read."""
    with tempfile.TemporaryDirectory() as work:
        for name in names:
            there = run.folders(Path(work), name)
            if there is None:
                print(f"{name}: not here", file=sys.stderr)
                continue
            gold_file, documents = there
            for gold in json.loads(gold_file.read_text(encoding="utf-8")):
                report = read_file(documents / gold["file"])
                if report.outcome == "read":
                    yield gold, report


def judged(entries: list[tuple[dict[str, object], Report]]) -> Judged:
    """Judge all reports as the components now stand."""
    plan, registry = load_plan(), load_registry()
    items = {item.id: item for item in plan.items}
    found = Judged()
    for gold, report in entries:
        done = judge(report, plan, registry)
        document = JudgedDocument(report.sha256, report.outcome, len(report.unread_pages), done.letterhead, done.evidence)
        name = str(gold["file"])
        found.tally.add_claims(gold, ((e.item, e.status, e.quote) for e in done.evidence))
        for item, want in gold["expect"].items():  # type: ignore[attr-defined]
            verdict = judge_item(items[item], [document])
            found.tally.add_cell(name, item, want, verdict.state)
            found.first[name, item] = _first(done.evidence, verdict)
        for duty in plan.duties:
            found.duties[name, duty.id] = judge_duty(duty, items[duty.item], [document]).state
        found.claims |= {(name, e.passage, e.start, e.item): replace(e, **PLAIN) for e in done.evidence}  # type: ignore[arg-type]
    return found


def _first(evidence: tuple[Evidence, ...], verdict: CellVerdict) -> str:
    return evidence[verdict.claims[0][1]].quote if verdict.claims and verdict.claims[0][1] >= 0 else ""


def changed(one: dict[object, object], other: dict[object, object]) -> int:
    """How many entries that both have differ."""
    return sum(one[key] != other[key] for key in one.keys() & other.keys())


def line(name: str, now: Judged, full: Judged) -> str:
    """A row of the table: the figures and how they differ from those with everything."""
    figures = [now.tally.figures()[2], now.tally.right_statuses(), now.tally.right_cells(), now.tally.missing_f1()]
    base = [full.tally.figures()[2], full.tally.right_statuses(), full.tally.right_cells(), full.tally.missing_f1()]
    shown = [f"{value:.3f}" + (f" ({value - was:+.3f})" if now is not full else "") for value, was in zip(figures, base, strict=True)]
    feeds = [changed(full.duties, now.duties), changed(full.first, now.first), changed(full.claims, now.claims)]  # type: ignore[arg-type]
    return f"| {name} | " + " | ".join(shown) + " | " + " | ".join(map(str, feeds)) + " |"


def table(names: list[str]) -> list[str]:
    """Markdown lines: everything, then without each component."""
    entries = list(reports(names))
    full = judged(entries)
    lines = [
        "| without | claims F1 | status | cells right | missing F1 | duties changed | first quotes changed | claims changed |",
        "|---|---|---|---|---|---|---|---|",
        line("nothing (all components)", full, full),
    ]
    for name, what in COMPONENTS.items():
        with without(name):
            lines.append(line(f"`{name}`: {what}", judged(entries), full))
    return lines


def main() -> None:
    """Print the table; with --write put it into docs/quality.md between its markers."""
    names = [a for a in sys.argv[1:] if not a.startswith("-")] or ["samples", "tune", "dev"]
    lines = table(names)
    print("\n".join(lines))
    if "--write" in sys.argv:
        run.write(lines, "ablation")


if __name__ == "__main__":
    main()
