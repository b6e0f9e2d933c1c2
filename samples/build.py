"""Builds the sample reports and their gold: `python samples/build.py`, or `--source DIR --out DIR` for any other folder of them.

Without options it reads `samples/text/*.txt` and writes `samples/reports/` and `samples/gold.json`. With `--out DIR`
the reports and `gold.json` both go to DIR. The bytes are the same on each run; PDFs need a serif font with Vietnamese letters
(Debian: fonts-liberation2 or fonts-dejavu), which is why the built files are kept in the repository.
"""

import argparse
import json
import sys
from pathlib import Path

if not __package__:  # run as a script: PEP 366, so that the files beside this one are found as a package
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    import samples  # noqa: F401

    __package__ = "samples"

from .markup import Document, MarkupError, gold, parse

HERE = Path(__file__).resolve().parent


def load(source: Path) -> list[Document]:
    """Every `NN-slug.txt` of a folder, parsed, in the order of their names."""
    documents = [parse(path.stem, path.read_text(encoding="utf-8")) for path in sorted(source.glob("*.txt"))]
    if not documents:
        raise MarkupError(f"{source}: no .txt file here; give the folder that holds the texts")
    return documents


def render(document: Document) -> bytes:
    """The built file of one report."""
    if document.head["render"] == "pdf":
        from . import render_pdf

        return render_pdf.build(document)
    from . import render_docx

    return render_docx.build(document)


def build(source: Path, reports: Path, gold_path: Path, only: str = "") -> int:
    """Writes the reports and the gold; returns how many reports were built. `only` = a file kind ('docx', 'pdf') or '' for all."""
    documents = load(source)
    reports.mkdir(parents=True, exist_ok=True)
    chosen = [d for d in documents if d.file.endswith(only)]
    for document in chosen:
        (reports / document.file).write_bytes(render(document))
    entries = json.dumps([gold(d) for d in documents], ensure_ascii=False, indent=1)
    gold_path.write_text(entries + "\n", encoding="utf-8")
    return len(chosen)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Build the sample reports and gold.json.")
    parser.add_argument("--source", type=Path, default=HERE / "text", help="folder of NN-slug.txt (default: samples/text)")
    parser.add_argument("--out", type=Path, help="write reports and gold.json here (default: samples/reports and samples/gold.json)")
    parser.add_argument("--only", choices=["docx", "pdf"], default="", help="build only the files of this kind")
    args = parser.parse_args()
    reports = args.out or HERE / "reports"
    try:
        count = build(args.source, reports, (args.out or HERE) / "gold.json", args.only)
    except (MarkupError, OSError) as error:
        sys.exit(f"build.py: {error}")
    print(f"{count} reports in {reports}", file=sys.stderr)


if __name__ == "__main__":
    main()
