"""Quality of judging, beside a keyword baseline: `python bench/quality/run.py [SET...] [--write]`.

Sets: samples, tune (rules were tuned on these two), blind (set aside before any rule was tuned, only measured), dev (../shared/dev-reports,
where it is present). Built into a temporary folder by samples/build.py; `--write` puts the tables into docs/quality.md.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import baseline

from minhchung.extract.cells import judge_item
from minhchung.extract.judge import judge
from minhchung.extract.model import JudgedDocument
from minhchung.extract.scoring import Tally
from minhchung.ingest.reader import read_file
from minhchung.plan.loader import load_plan
from minhchung.plan.registry import load_registry

ROOT = Path(__file__).resolve().parent.parent.parent
SHARED = ROOT.parent / "shared" / "dev-reports"


def folders(work: Path, name: str) -> tuple[Path, Path] | None:
    """The gold file and the folder of documents of a set; None where it is not here."""
    if name == "samples":
        return ROOT / "samples" / "gold.json", ROOT / "samples" / "reports"
    if name == "dev":
        return (SHARED / "gold.json", SHARED / "docs") if SHARED.is_dir() else None
    out = work / name
    source = ROOT / "bench" / "quality" / name / "text"
    command = [sys.executable, str(ROOT / "samples" / "build.py"), "--source", str(source), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    return out / "gold.json", out


def measure(gold_file: Path, documents: Path) -> tuple[Tally, Tally, int]:
    """Tallies of our judging and of the baseline, and how many documents had no text to judge."""
    plan, registry = load_plan(), load_registry()
    ours, words = Tally(), Tally()
    unread = 0
    for gold in json.loads(gold_file.read_text(encoding="utf-8")):
        report = read_file(documents / gold["file"])
        if report.outcome != "read":
            unread += 1
            continue
        judged = judge(report, plan, registry)
        document = JudgedDocument(report.sha256, report.outcome, len(report.unread_pages), judged.letterhead, judged.evidence)
        ours.add_claims(gold, ((e.item, e.status, e.quote) for e in judged.evidence))
        plain = list(baseline.claims(report))
        words.add_claims(gold, plain)
        for item in plan.items:
            if item.id in gold["expect"]:
                ours.add_cell(gold["file"], item.id, gold["expect"][item.id], judge_item(item, [document]).state)
                done = {s for i, s, _ in plain if i == item.id}
                words.add_cell(
                    gold["file"], item.id, gold["expect"][item.id], "evidenced" if "done" in done else (min(done) if done else "silent")
                )
    return ours, words, unread


def table(names: list[str]) -> list[str]:
    """Markdown lines: one table over the sets, one by item."""
    head = [
        "| set | who | precision | recall | F1 | status | cells right | missing F1 | not readable |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    by_item = ["| item | " + " | ".join(names) + " |", "|---|" + "---|" * len(names)]
    tallies: dict[str, Tally] = {}
    with tempfile.TemporaryDirectory() as work:
        for name in names:
            there = folders(Path(work), name)
            if there is None:
                head.append(f"| {name} | not here | | | | | | | |")
                continue
            ours, words, unread = measure(*there)
            tallies[name] = ours
            head += [_line(name, "minhchung", ours, unread), _line(name, "keywords", words, unread)]
    for item in sorted({i for t in tallies.values() for i in (*t.hits, *t.missed, *t.false)}):
        cells = [f"{tallies[n].figures(item)[2]:.3f}" if n in tallies else "" for n in names]
        by_item.append(f"| {item} | " + " | ".join(cells) + " |")
    return [*head, "", *by_item]


def _line(name: str, who: str, tally: Tally, unread: int) -> str:
    p, r, f = tally.figures()
    rest = f"{tally.right_statuses():.3f} | {tally.right_cells():.3f} | {tally.missing_f1():.3f} | {unread}"
    return f"| {name} | {who} | {p:.3f} | {r:.3f} | {f:.3f} | {rest} |"


def main() -> None:
    """Print the tables; with --write put them into docs/quality.md between its markers."""
    names = [a for a in sys.argv[1:] if not a.startswith("-")] or ["dev", "samples", "tune", "blind"]
    lines = table(names)
    print("\n".join(lines))
    if "--write" in sys.argv:
        write(lines, "figures")


def write(lines: list[str], marker: str) -> None:
    """Put the lines into docs/quality.md between `<!-- marker -->` and the next `<!-- end -->`."""
    page = ROOT / "docs" / "quality.md"
    before, found, rest = page.read_text(encoding="utf-8").partition(f"<!-- {marker} -->")
    assert found, f"docs/quality.md has no <!-- {marker} -->"
    after = rest.partition("<!-- end -->")[2]
    page.write_text(f"{before}<!-- {marker} -->\n" + "\n".join(lines) + f"\n<!-- end -->{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
