"""The files that `bench/corpus.py` makes: reports as LibreOffice saves them, Word's XML in its variants, hard pages, scans in every state,
archives, letters, and what else lies in an office's folder."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from itertools import islice
from pathlib import Path
from typing import Final

from minhchung.bench.made_files import laid_out, made_pages, marked_reports
from minhchung.bench.reading import ROOT, alone, scanned
from minhchung.bench.word_variants import variants
from minhchung.ingest.convert import soffice
from minhchung.samples import render_docx, render_pdf

REPORTS: Final = ROOT / "samples" / "reports"
LAID_OUT: Final = 6  # reports in each format that LibreOffice writes
RED: Final = (205, 45, 60)
SCANS: Final = (  # name, dots an inch, degrees, share of specks, colour of a stamp
    ("150 dpi", 150, 0.0, 0.0, None),
    ("200 dpi", 200, 0.0, 0.0, None),
    ("300 dpi", 300, 0.0, 0.0, None),
    ("turned by 90", 200, 90.0, 0.0, None),
    ("turned by 180", 200, 180.0, 0.0, None),
    ("turned by 270", 200, 270.0, 0.0, None),
    ("askew by 1.5", 200, 1.5, 0.0, None),
    ("noisy", 200, 0.0, 0.01, None),
    ("stamped", 200, 0.0, 0.0, RED),
    ("150 dpi, askew, noisy, stamped", 150, 1.0, 0.005, RED),
)


def make_files(folder: Path) -> Iterator[Path]:
    """Writes them all into folders of `folder`; gives the places that members of the archives among them are known by."""
    _written(folder / "LibreOffice")
    _varied(folder / "Word XML variants")
    pages = folder / "hard pages"
    pages.mkdir(parents=True)
    list(made_pages(pages))
    _scans(folder / "scans")
    _odds(folder / "office folder")
    return iter(_packed(folder / "archives"))


def _written(folder: Path) -> None:
    folder.mkdir(parents=True)
    if not soffice():
        print("LibreOffice is not installed: no files of its making", file=sys.stderr)
        return
    sources = []
    for document in [d for d in marked_reports() if d.head["render"] != "pdf"][:: max(1, 45 // LAID_OUT)][:LAID_OUT]:
        (folder / document.file).write_bytes(render_docx.build(document))
        sources.append(folder / document.file)
    for ending in ("pdf", "odt", "rtf", "doc"):
        laid_out(folder, ending, sources)
    for path in (folder / "again").iterdir() if laid_out(folder / "again", "docx", sources) else ():
        path.rename(folder / f"saved again {path.name}")
    (folder / "again").rmdir()


def _varied(folder: Path) -> None:
    folder.mkdir(parents=True)
    for path in sorted(REPORTS.glob("*.docx"))[::5]:
        for name, data in variants(path.read_bytes()):
            (folder / f"{path.stem} {name}.docx").write_bytes(data)


def _scans(folder: Path) -> None:
    """The first page of a report in every state, another report each time."""
    folder.mkdir(parents=True)
    drawn = [d for d in marked_reports() if d.head["render"] == "pdf"]
    for document, (name, dpi, turn, specks, stamp) in zip(drawn, SCANS, strict=False):
        whole, page = folder / "whole.pdf", folder / "page.pdf"
        whole.write_bytes(render_pdf.build(document))
        scanned(alone(whole, 0, page), dpi, turn, specks, stamp).rename(folder / f"{document.name} {name}.pdf")
        whole.unlink()
        page.unlink()


def _packed(folder: Path) -> list[Path]:
    """Archives in archives and a letter, with the places of their members."""
    folder.mkdir(parents=True)
    reports = sorted(REPORTS.iterdir())
    inner, outer = io.BytesIO(), folder / "reports of the districts.zip"
    with zipfile.ZipFile(inner, "w") as packed:
        for path in reports[:3]:
            packed.write(path, f"quý IV/{path.name}")
    with zipfile.ZipFile(outer, "w") as packed:
        packed.writestr("inner.zip", inner.getvalue())
        packed.write(reports[3], f"năm 2023/{reports[3].name}")
        packed.writestr("~$khoa.docx", b"lock")
    letter, place = EmailMessage(), folder / "letter.eml"
    letter["Subject"] = "Báo cáo"
    letter.set_content("Gửi báo cáo kèm theo.")
    letter.add_attachment(reports[4].read_bytes(), maintype="application", subtype="octet-stream", filename=reports[4].name)
    place.write_bytes(letter.as_bytes())
    names = [f"inner.zip/quý IV/{path.name}" for path in islice(reports, 3)] + [f"năm 2023/{reports[3].name}", "~$khoa.docx"]
    return [*(outer / name for name in names), place / reports[4].name]


def _odds(folder: Path) -> None:
    """What lies beside the reports."""
    folder.mkdir(parents=True)
    report = sorted(REPORTS.glob("*.docx"))[0].read_bytes()
    for name, data in {
        "~$bao-cao.docx": b"\x05Admin",
        "Thumbs.db": b"\xd0\xcf\x11\xe0" + bytes(600),
        ".hidden.docx": report,
        "empty.pdf": b"",
        "cut off.docx": report[: len(report) // 2],
        "named wrongly.pdf": report,
        "no ending": report,
        "page.html": b"<html><body><p>B\xc3\xa1o c\xc3\xa1o</p></body></html>",
        "note.txt": "BÁO CÁO\nKết quả thi hành Luật năm 2023".encode("utf-16"),
        "picture.bmp": b"BM" + bytes(60),
        "noise.bin": bytes(range(256)) * 40,
    }.items():
        (folder / name).write_bytes(data)
