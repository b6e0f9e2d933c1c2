"""Word files a second: this reader against python-docx's own walk over the same files, taken in turns in one run on one core.

python bench/docx_walk.py [FOLDER ...]      default: samples/reports and, where it is at hand, ../shared/dev-reports/docs
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from minhchung.ingest.reader import read_file

ROOT = Path(__file__).resolve().parents[1]
FOLDERS = (ROOT / "samples" / "reports", ROOT.parent / "shared" / "dev-reports" / "docs")
ROUNDS = 5
Work = Callable[[Sequence[Path]], int]


def with_python_docx(paths: Sequence[Path]) -> int:
    """Characters that `iter_inner_content` gives, cells walked into: opened, walked, text taken."""
    from docx import Document

    return sum(_walked(Document(str(path))) for path in paths)


def _walked(container: Any) -> int:
    count = 0
    for block in container.iter_inner_content():
        if hasattr(block, "rows"):
            count += sum(_walked(cell) for row in block.rows for cell in row.cells)
        else:
            count += len(block.text)
    return count


def with_minhchung(paths: Sequence[Path]) -> int:
    """Characters of all passages: opened, walked, looks and numbers resolved, headings found."""
    return sum(len(passage.text) for path in paths for passage in read_file(path).passages)


def main(folders: Sequence[Path]) -> None:
    """Prints what both manage."""
    paths = sorted(path for folder in folders for path in folder.glob("*.docx"))
    if not paths:
        raise SystemExit("No .docx there. Name a folder that has some.")
    best: dict[Work, float] = {}
    counts: dict[Work, int] = {}
    walks: tuple[Work, ...] = (with_python_docx, with_minhchung)
    for _ in range(ROUNDS + 1):  # the first round loads the libraries
        for work in walks:
            start = time.process_time()
            counts[work] = work(paths)
            best[work] = min(best.get(work, 1e9), time.process_time() - start)
    for work, seconds in best.items():
        print(f"{work.__name__.removeprefix('with_'):12} {len(paths) / seconds:8.1f} files/s   {counts[work]:8,} characters")
    print(f"ratio        {best[with_python_docx] / best[with_minhchung]:8.2f}   ({len(paths)} files, best of {ROUNDS} rounds)")


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]] or [folder for folder in FOLDERS if folder.is_dir()])
