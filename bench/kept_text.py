"""Text kept, measured: `python bench/kept_text.py [docx] [pdf] [--files FOLDER] [--write]`; both parts where none is named.

docx: what the reader gives beside what the raw XML shows. pdf: words in order beside the text that the pages were made from. `--files` adds
Word files of a folder (as `bench/corpus.py` gathers them). `--write` puts the tables into docs/reading.md between their marks.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from minhchung.bench.kept_words import Kept, anywhere, in_order, words
from minhchung.bench.made_files import as_pdf, made_pages, marked_reports, truth_of
from minhchung.bench.reading import DEV, ROOT, written
from minhchung.bench.shown_in_word import NotComparable, shown
from minhchung.bench.word_variants import variants
from minhchung.ingest.convert import soffice
from minhchung.ingest.model import Report
from minhchung.ingest.reader import read_file
from minhchung.samples import render_docx, render_pdf
from minhchung.samples.markup import Document

ODD = ROOT.parent / "shared" / "odd-files"
WORST = 0.995
PRINTED = ("docx", "docx-autonum", "docx-footnote", "docx-textbox")  # the others write words in another spelling


def read_words(report: Report) -> list[str]:
    """The words of a report in its order."""
    return [word for passage in report.passages for word in words(passage.text)]


class Row:
    """A table row that fills up file by file, and tells which files fall short."""

    def __init__(self, name: str) -> None:
        self.name, self.files, self.sum, self.worst = name, 0, Kept(), 1.0
        self.not_compared: list[str] = []

    def add(self, file: str, kept: Kept) -> None:
        self.files += 1
        self.sum.add(kept)
        self.worst = min(self.worst, kept.share)
        if kept.share < WORST or kept.surplus > 1 - WORST:
            print(f"  {self.name}: {file}: {kept.read} of {kept.written} words, {kept.again} too many", file=sys.stderr)

    def __str__(self) -> str:
        none = "" if not self.not_compared else f" and {len(self.not_compared)} not comparable"
        share, again = f"**{self.sum.share:.2%}**", f"{self.sum.surplus:.2%}"
        return f"| {self.name} | {self.files}{none} | {self.sum.written:,} | {share} | {self.worst:.2%} | {again} |"


HEAD = ["| what | files | words | read | worst file | read twice, or not there |", "|---|---|---|---|---|---|"]


def compared(name: str, paths: Iterable[Path]) -> Row:
    """Word files against their raw XML."""
    row = Row(name)
    for path in paths:
        try:
            truth = words(shown(path))
        except NotComparable:
            row.not_compared.append(path.name)
            continue
        report = read_file(path)
        if report.outcome != "read" and truth:
            print(f"  {name}: {path.name}: {report.reason}", file=sys.stderr)
        row.add(path.name, anywhere(truth, read_words(report)))
    return row


def in_variants(folder: Path, originals: Sequence[Path]) -> Iterator[Row]:
    """Every variant of every report, against what the original shows."""
    rows: dict[str, Row] = {}
    for path in originals:
        truth = words(shown(path))
        for name, data in variants(path.read_bytes()):
            place = folder / f"{name}.docx"
            place.write_bytes(data)
            rows.setdefault(name, Row(f"variants: {name}")).add(path.name, anywhere(truth, read_words(read_file(place))))
    yield from rows.values()


def docx(folder: Path, more: Path | None) -> list[str]:
    """The table of Word files."""
    reports = []
    for document in marked_reports():
        if document.head["render"] != "pdf":
            place = folder / document.file
            place.write_bytes(render_docx.build(document))
            reports.append(place)
    rows = [compared("reports in the project's markup, as Word files", reports)]
    rows += in_variants(folder, reports[::4])
    rows.append(compared("dev reports", sorted(DEV.glob("*.docx"))))
    rows.append(compared("odd files", sorted(p for p in ODD.glob("*") if p.suffix in (".docx", ".docm", ".dotx"))))
    if more is not None:
        rows.append(
            compared(
                "Word files from public packages' tests", sorted(p for p in more.rglob("*") if p.suffix in (".docx", ".docm", ".dotx"))
            )
        )
    return [*HEAD, *(str(row) for row in rows if row.files)]


def in_either_order(document: Document, read: Sequence[str]) -> Kept:
    """Against the text with the letterhead block by block or row by row: people read it both ways."""
    return max((in_order(words(truth_of(document, rows=rows)), read) for rows in (False, True)), key=lambda kept: kept.read)


def pdf(folder: Path, more: Path | None) -> list[str]:
    """The table of born-digital PDF."""
    drawn, printed = Row("reports drawn by reportlab"), Row("reports printed by LibreOffice, footnotes at the foot")
    for document in marked_reports():
        place = folder / f"{document.name}.pdf"
        place.write_bytes(render_pdf.build(document))
        drawn.add(place.name, in_either_order(document, read_words(read_file(place))))
    if soffice():
        chosen = [d for d in marked_reports() if d.head["render"] in PRINTED]
        for document in chosen:
            (folder / document.file).write_bytes(render_docx.build(document))
        for document, made in as_pdf(folder, chosen):
            report = read_file(made)
            body = [word for p in report.passages if p.kind != "footnote" for word in words(p.text)]
            notes = [word for p in report.passages if p.kind == "footnote" for word in words(p.text)]
            kept = in_either_order(document, body)
            kept.add(in_order(words(truth_of(document, noted=True)), notes))
            printed.add(made.name, kept)
    rows = [drawn, printed]
    for name, place, text in made_pages(folder):
        rows.append(Row(name))
        rows[-1].add(place.name, in_order(words(text), read_words(read_file(place))))
    return [*HEAD, *(str(row) for row in rows if row.files)]


def main(arguments: Sequence[str]) -> int:
    parts: dict[str, Callable[[Path, Path | None], list[str]]] = {"docx": docx, "pdf": pdf}
    given = list(arguments)
    more = None
    if "--files" in given:
        at = given.index("--files")
        more = Path(given[at + 1])
        del given[at : at + 2]
    if any(word not in (*parts, "--write") for word in given):
        print(__doc__, file=sys.stderr)
        return 2
    for part in [word for word in given if word in parts] or list(parts):
        with tempfile.TemporaryDirectory() as folder:
            rows = parts[part](Path(folder), more)
        print("\n".join(rows))
        if "--write" in given:
            written(f"kept {part}", rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
