"""Real sentences of public pages: `python bench/quality/sentences.py [--errors] [--write]`.

Each page's sentences, in their order, are one document without a letterhead, judged as any other. The sentences and their labels lie in
../shared/dev-reports/real-sentences.jsonl and are never copied into the project; without them this says so and ends. `--write` puts the
table into docs/quality.md.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

from minhchung.extract.judge import judge
from minhchung.ingest.model import Locator, Passage, Report
from minhchung.plan.loader import load_plan
from minhchung.plan.registry import load_registry

ROOT = Path(__file__).resolve().parent.parent.parent
SENTENCES = ROOT.parent / "shared" / "dev-reports" / "real-sentences.jsonl"
ITEMS = {"III.kehoach": "III.kh"}  # what the labels call otherwise than the plan file
NOT_SCORED = ("III.khokhan", "III.baocao", "III.kinhphi", "III.kk", "III.kp", "III.bc")  # no duty, or told by the report as a whole
CLAIMS = ("done", "ongoing", "planned", "not_done")


def wanted(row: dict[str, object]) -> dict[str, str]:
    """Item to status of one labelled sentence, mentions left out."""
    labels = row["items"]
    assert isinstance(labels, list)
    return {ITEMS.get(x["item"], x["item"]): x["status"] for x in labels if x["status"] in CLAIMS and x["item"] not in NOT_SCORED}


def pages() -> dict[str, list[dict[str, object]]]:
    """The labelled sentences by page, in file order."""
    found: dict[str, list[dict[str, object]]] = defaultdict(list)
    for line in SENTENCES.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found[row["url"]].append(row)
    return found


def as_report(rows: list[dict[str, object]]) -> Report:
    """One page as a report of paragraphs."""
    passages = tuple(Passage(i, "paragraph", str(row["text"]), (), Locator(None, f"p{i}")) for i, row in enumerate(rows))
    return Report("0" * 64, "page.txt", "txt", "read", passages=passages)


def measure(errors: bool) -> list[str]:
    """Markdown lines of the table."""
    plan, registry = load_plan(), load_registry()
    right = false = missed = same = empty = marked = count = 0
    for rows in pages().values():
        found: dict[int, dict[str, str]] = defaultdict(dict)
        for claim in judge(as_report(rows), plan, registry).evidence:
            if claim.status in CLAIMS and claim.item not in NOT_SCORED:
                found[claim.passage][claim.item] = claim.status
        for i, row in enumerate(rows):
            want, got = wanted(row), found[i]
            count += 1
            empty += not row["items"]
            marked += bool(got) and not row["items"]
            right += len(want.keys() & got.keys())
            same += sum(want[item] == got[item] for item in want.keys() & got.keys())
            false += len(got.keys() - want.keys())
            missed += len(want.keys() - got.keys())
            if errors and want != got:
                print(f"{row['id']} wanted {want} got {got}: {str(row['text'])[:160]}", file=sys.stderr)
    p, r = right / max(1, right + false), right / max(1, right + missed)
    return [
        "| sentences | precision | recall | F1 | status | of those without any item, marked |",
        "|---|---|---|---|---|---|",
        f"| {count} | {p:.3f} | {r:.3f} | **{2 * p * r / max(0.001, p + r):.3f}** | {same / max(1, right):.3f} | {marked} of {empty} |",
    ]


def main(words: list[str]) -> int:
    """Prints the table; with --write puts it into docs/quality.md between its marks."""
    if not SENTENCES.is_file():
        print(f"The labelled sentences are not here: they would lie in {SENTENCES.parent.name}/{SENTENCES.name} of the shared folder.")
        return 0
    lines = measure("--errors" in words)
    print("\n".join(lines))
    if "--write" in words:
        page = ROOT / "docs" / "quality.md"
        before, _, rest = page.read_text(encoding="utf-8").partition("<!-- sentences -->")
        after = rest.partition("<!-- end of sentences -->")[2]
        page.write_text(f"{before}<!-- sentences -->\n" + "\n".join(lines) + f"\n<!-- end of sentences -->{after}", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
