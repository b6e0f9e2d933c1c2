"""Reading, measured: `python bench/reading.py [speed] [scans] [--write]`; both parts where none is named.

speed: pages and documents a second beside pdfplumber's `extract_text` and python-docx's `iter_inner_content`, in one run on one core, in
turns, over samples/reports and, where it is present, ../shared/dev-reports. scans: error rates of OCR on pages of the same PDF files made
into pictures. `--write` puts the tables into docs/reading.md between their marks.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pypdfium2
from PIL import Image, ImageDraw

from minhchung.ingest.ocr_engine import engine
from minhchung.ingest.reader import read_file

ROOT = Path(__file__).resolve().parent.parent
DEV = ROOT.parent / "shared" / "dev-reports" / "docs"
DOC = ROOT / "docs" / "reading.md"
ROUNDS = 9
CONDITIONS: tuple[tuple[str, int, float, float, tuple[int, int, int] | None], ...] = (
    ("150 dpi", 150, 0.0, 0.0, None),
    ("200 dpi", 200, 0.0, 0.0, None),
    ("300 dpi", 300, 0.0, 0.0, None),
    ("200 dpi, askew by 1.5 degrees", 200, 1.5, 0.0, None),
    ("200 dpi, 1 % of it specks", 200, 0.0, 0.01, None),
    ("200 dpi, a red stamp on the text", 200, 0.0, 0.0, (205, 45, 60)),
    ("200 dpi, a blue stamp on the text", 200, 0.0, 0.0, (45, 60, 190)),
    ("200 dpi, a gray stamp on the text", 200, 0.0, 0.0, (110, 110, 110)),
    ("200 dpi, on its side", 200, 90.0, 0.0, None),
)


def files(ending: str) -> list[Path]:
    """Reports with that ending, scans left out."""
    found = sorted((ROOT / "samples" / "reports").glob(f"*{ending}")) + sorted(DEV.glob(f"*{ending}"))
    return [path for path in found if ending != ".pdf" or has_text(path)]


def has_text(path: Path) -> bool:
    document = pypdfium2.PdfDocument(path)
    try:
        return len(document[0].get_textpage().get_text_range()) > 200
    finally:
        document.close()


def with_pdfplumber(path: Path) -> int:
    import pdfplumber

    with pdfplumber.open(path) as pdf:
        for page in pdf.pages:
            page.extract_text()
            page.close()
        return len(pdf.pages)


def with_python_docx(path: Path) -> int:
    import docx

    def walk(holder: Any) -> int:
        length = 0
        for item in holder.iter_inner_content():
            if hasattr(item, "rows"):
                length += sum(walk(cell) for row in item.rows for cell in row.cells)
            else:
                length += len(item.text)
        return length

    walk(docx.Document(str(path)))
    return 1


def ours(path: Path) -> int:
    report = read_file(path)
    assert report.outcome == "read", report.reason
    return report.pages or 1


def rate(read: Callable[[Path], int], paths: Sequence[Path]) -> float:
    """Units a second of processor time."""
    started = time.process_time()
    units = sum(read(path) for path in paths)
    return units / (time.process_time() - started)


def compared(name: str, peer: Callable[[Path], int], paths: Sequence[Path]) -> Iterator[str]:
    """A table row: the middle of several turns, each with both readers right after each other."""
    for read in (peer, ours):  # libraries loaded, files in the system's cache
        read(paths[0])
    turns = [(rate(peer, paths), rate(ours, paths)) for _ in range(ROUNDS)]
    theirs, own = (statistics.median(column) for column in zip(*turns, strict=True))
    ratio = statistics.median(b / a for a, b in turns)
    yield f"| {name} ({len(paths)} files) | {theirs:.1f} | {own:.1f} | **{ratio:.1f}** |"


def speed() -> list[str]:
    rows = ["| what | peer, a second | minhchung, a second | ratio |", "|---|---|---|---|"]
    rows += compared("PDF pages, peer pdfplumber `extract_text` (no tables)", with_pdfplumber, files(".pdf"))
    rows += compared("DOCX files, peer python-docx `iter_inner_content`", with_python_docx, files(".docx"))
    return rows


def pages_with_text() -> Iterator[tuple[Path, int]]:
    for path in files(".pdf"):
        document = pypdfium2.PdfDocument(path)
        count = len(document)
        document.close()
        yield from ((path, number) for number in range(count))


def alone(path: Path, number: int, place: Path) -> Path:
    """One page as a file of its own."""
    whole, one = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument.new()
    one.import_pages(whole, [number])
    one.save(place)
    one.close()
    whole.close()
    return place


def scanned(page: Path, dpi: int, turn: float, specks: float, stamp: tuple[int, int, int] | None) -> Path:
    """The page as a picture in a PDF, spoilt as asked; the same every time."""
    document = pypdfium2.PdfDocument(page)
    picture: Image.Image = document[0].render(scale=dpi / 72).to_pil().convert("RGB" if stamp else "L")
    document.close()
    if stamp:
        draw = ImageDraw.Draw(picture)
        x, y, r = picture.width * 0.6, picture.height * 0.5, dpi * 0.7
        for inner in (r, r * 0.72):
            draw.ellipse((x - inner, y - inner, x + inner, y + inner), outline=stamp, width=max(2, dpi // 60))
    if turn:
        picture = picture.rotate(turn, Image.Resampling.BICUBIC, expand=turn % 90 == 0, fillcolor=255)
    dots, pixels = random.Random(7), picture.load()
    assert pixels is not None
    for _ in range(int(specks * picture.width * picture.height)):
        pixels[dots.randrange(picture.width), dots.randrange(picture.height)] = dots.randrange(130)
    picture.save(page.with_suffix(".scan.pdf"), resolution=dpi)
    return page.with_suffix(".scan.pdf")


def text_of(path: Path) -> str:
    return " ".join(" ".join(p.text for p in read_file(path).passages).split())


def edits(one: str, two: str) -> int:
    """Levenshtein's distance, 64 and more cells at once in one whole number (Myers 1999, as Hyyrö 2003 puts it)."""
    if not one:
        return len(two)
    places: dict[str, int] = {}
    for at, letter in enumerate(one):
        places[letter] = places.get(letter, 0) | 1 << at
    every, last = (1 << len(one)) - 1, 1 << (len(one) - 1)
    plus, minus, distance = every, 0, len(one)
    for letter in two:
        equal = places.get(letter, 0)
        vertical = equal | minus
        across = (((equal & plus) + plus) ^ plus) | equal
        up, down = minus | ~(across | plus) & every, plus & across
        distance += bool(up & last) - bool(down & last)
        up, down = (up << 1 | 1) & every, down << 1 & every
        plus, minus = down | ~(vertical | up) & every, up & vertical
    return distance


def scans(most: int = 12) -> list[str]:
    """A row for each condition: wrong letters of all, over the same pages, against what the text layer gives."""
    chosen = list(pages_with_text())[::2][:most]
    rows = [f"| scan ({len(chosen)} pages) | letters wrong | worst page | seconds a page |", "|---|---|---|---|"]
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MINHCHUNG_CACHE"] = str(Path(folder) / "cache")
        pages = [alone(path, number, Path(folder) / f"{at}.pdf") for at, (path, number) in enumerate(chosen)]
        truths = [text_of(page) for page in pages]
        for name, dpi, turn, specks, stamp in CONDITIONS:
            wrong, seconds = [], 0.0
            for page, truth in zip(pages, truths, strict=True):
                scan = scanned(page, dpi, turn, specks, stamp)
                started = time.perf_counter()
                seen = text_of(scan)
                seconds += time.perf_counter() - started
                wrong.append((edits(truth, seen), len(truth)))
            rate_all = sum(w for w, _ in wrong) / sum(n for _, n in wrong)
            worst = max(w / n for w, n in wrong if n)
            rows.append(f"| {name} | **{rate_all:.2%}** | {worst:.2%} | {seconds / len(pages):.1f} |")
            print(rows[-1], file=sys.stderr)
    return rows


def written(part: str, rows: Sequence[str]) -> None:
    """Puts the rows between the marks of that part."""
    text = DOC.read_text(encoding="utf-8")
    start, end = f"<!-- {part} -->", f"<!-- end of {part} -->"
    head, rest = text.split(start)
    tail = rest.split(end)[1]
    DOC.write_text(f"{head}{start}\n" + "\n".join(rows) + f"\n{end}{tail}", encoding="utf-8")


def main(words: Sequence[str]) -> int:
    parts = {"speed": speed, "scans": scans}
    chosen = [word for word in words if word in parts] or list(parts)
    unknown = [word for word in words if word not in (*parts, "--write")]
    if unknown:
        print(__doc__, file=sys.stderr)
        return 2
    for part in chosen:
        if part == "scans" and engine() is None:
            print("scans: tesseract or its Vietnamese data is not installed (apt-get install tesseract-ocr tesseract-ocr-vie)")
            continue
        rows = parts[part]()
        print("\n".join(rows))
        if "--write" in words:
            written(part, rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
