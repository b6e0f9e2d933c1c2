"""Document fields, measured: `python bench/scan_fields.py [--every N] [--write]`.

Reports as they were sent and as scans of 200 dpi (first and last page) through the same reader: which agency, which number, date, type and
year, beside what the report's own head says. All reports in the project's markup, and ../shared/dev-reports where it is present; those in
Word are printed by LibreOffice to be scanned. `--every N` takes every N-th; `--write` puts the table into docs/reading.md.
"""

from __future__ import annotations

import os
import re
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

import pypdfium2

from minhchung.bench.made_files import laid_out, marked_reports
from minhchung.bench.reading import DEV, alone, has_text, scanned, written
from minhchung.extract.letterhead import read_letterhead
from minhchung.ingest.convert import soffice
from minhchung.ingest.ocr_engine import engine
from minhchung.ingest.reader import read_file
from minhchung.plan.registry import Registry, load_registry
from minhchung.samples import render_docx, render_pdf

FIELDS: Final = ("agency", "number", "date", "type", "year")
STATES: Final = (("born digital", 0), ("scan, 200 dpi", 200))
_DAY: Final = re.compile(r"ngày\s+(\d+)\s+tháng\s+(\d+)\s+năm\s+(\d+)")


def expected(head: dict[str, str]) -> dict[str, Any]:
    """The fields by a report's head lines; None for what the office left blank."""
    day = _DAY.search(head["place_date"])
    date = f"{day[3]}-{int(day[2]):02}-{int(day[1]):02}" if day else None
    number = "".join(head["number"].split())  # "1042 /BC-UBND", as some type it
    return {
        "agency": head["agency"] or None,
        "number": number if number[:1].isdecimal() else None,
        "date": date,
        "type": head["type"],
        "year": int(head["year"]),
    }


def sent(folder: Path, every: int) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Every report as a file, with its fields."""
    for document in marked_reports()[::every]:
        path = folder / document.file
        path.write_bytes(render_pdf.build(document) if path.suffix == ".pdf" else render_docx.build(document))
        yield path, expected(document.head)
    for path in sorted(DEV.glob("*"))[::every]:
        text = (DEV.parent / "text" / f"{path.stem}.txt").read_text(encoding="utf-8").partition("\n\n")[0]
        pairs = (line.removeprefix("@").partition(" ") for line in text.splitlines())
        yield path, expected({key: value.strip() for key, _, value in pairs})


def on_paper(reports: Sequence[Path], folder: Path) -> dict[str, Path]:
    """The reports as PDF, by name: Word files printed by LibreOffice. Scans have no text to compare with and are left out."""
    found = {path.stem: path for path in reports if path.suffix == ".pdf" and has_text(path)}
    words = [path for path in reports if path.suffix == ".docx"]
    if words and soffice():
        found.update((path.stem, path) for path in laid_out(folder / "printed", "pdf", words))
    return found


def first_and_last(path: Path, dpi: int, folder: Path) -> Path:
    """Pictures of the two pages that a letterhead and a signature stand on."""
    whole, out = pypdfium2.PdfDocument(path), folder / f"{path.stem}.scan.pdf"
    numbers = sorted({0, len(whole) - 1})
    whole.close()
    pages = pypdfium2.PdfDocument.new()
    for number in numbers:
        picture = pypdfium2.PdfDocument(scanned(alone(path, number, folder / "page.pdf"), dpi, 0.0, 0.0, None))
        pages.import_pages(picture)
        picture.close()
    pages.save(out)
    pages.close()
    return out


def fields_of(path: Path, registry: Registry) -> dict[str, Any]:
    letterhead = read_letterhead(read_file(path), registry).letterhead
    return {field: getattr(letterhead, field) for field in FIELDS}


def row(name: str, pairs: Sequence[tuple[Path, dict[str, Any], Path]], registry: Registry) -> str:
    """A table row; what is wrong goes to the error stream."""
    right = dict.fromkeys(FIELDS, 0)
    for path, want, file in pairs:
        got = fields_of(file, registry)
        for field in FIELDS:
            right[field] += got[field] == want[field]
            if got[field] != want[field]:
                print(f"  {name}: {path.name}: {field} is {got[field]!r}, not {want[field]!r}", file=sys.stderr)
    shares = [right[field] / len(pairs) for field in FIELDS]
    return f"| {name} | {len(pairs)} | " + " | ".join(f"{s:.3f}" for s in shares) + f" | **{sum(shares) / len(shares):.3f}** |"


def main(arguments: Sequence[str]) -> int:
    given = list(arguments)
    every = int(given[given.index("--every") + 1]) if "--every" in given else 1
    if engine() is None:
        print("tesseract or its Vietnamese data is not installed (apt-get install tesseract-ocr tesseract-ocr-vie)", file=sys.stderr)
        return 1
    registry = load_registry()
    rows = ["| as | reports | " + " | ".join(FIELDS) + " | all |", "|---|---|" + "---|" * (len(FIELDS) + 1)]
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work)
        os.environ["MINHCHUNG_CACHE"] = str(folder / "cache")
        reports = list(sent(folder, every))
        paper = on_paper([path for path, _ in reports], folder)
        kept = [(path, want) for path, want in reports if path.stem in paper]
        for name, dpi in STATES:
            files = [(path, want, first_and_last(paper[path.stem], dpi, folder) if dpi else path) for path, want in kept]
            rows.append(row(name, files, registry))
            print(rows[-1], file=sys.stderr)
        as_sent = [(path, want, path) for path, want in reports if path.suffix == ".pdf" and not has_text(path)]
        rows += [row("scan, as it was sent", as_sent, registry)] if as_sent else []
    print("\n".join(rows))
    if "--write" in given:
        written("fields", rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
