"""Writes docs/pictures/report-*.png: the reports over samples/ as a browser and LibreOffice show them.

Needs chromium and LibreOffice (Writer and Calc); the pictures are made small, for a README."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
ASKED = ["--year", "2023", "--as-of", "2023-11-30"]
COLOURS = 96


def run(*command: str | Path) -> str:
    """The standard output of a command that must succeed."""
    return subprocess.run([*map(str, command)], check=True, cwd=ROOT, capture_output=True, text=True).stdout


def minhchung(*arguments: str | Path) -> str:
    """The command from this checkout."""
    spoken = () if "--lang" in arguments else ("--lang", "vi")
    return run(sys.executable, "-m", "minhchung", *arguments, *spoken)


def keep(picture: Image.Image, name: str) -> None:
    """A picture of few colours: a quarter of the size, and nobody sees it."""
    picture.convert("RGB").quantize(COLOURS).save(PICTURES / f"report-{name}.png", optimize=True)


def screenshot(page: Path, name: str, width: int, height: int) -> None:
    """What a browser shows of a page."""
    shot = page.with_suffix(".png")
    flags = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", f"--window-size={width},{height}")
    run("chromium", *flags, "--virtual-time-budget=3000", f"--screenshot={shot}", page.as_uri())
    keep(Image.open(shot), name)


def drawn(document: Path, folder: Path) -> pypdfium2.PdfDocument:
    """An office file as LibreOffice prints it."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    run("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, document)
    return pypdfium2.PdfDocument(folder / f"{document.stem}.pdf")


def page(document: pypdfium2.PdfDocument, number: int, dpi: int) -> Image.Image:
    """One page of it."""
    picture: Image.Image = document[number].render(scale=dpi / 72).to_pil()
    return picture


def beside(*pictures: Image.Image) -> Image.Image:
    """Pictures side by side on grey, so that white pages have edges."""
    gap = 12
    whole = Image.new("RGB", (sum(p.width + gap for p in pictures) + gap, max(p.height for p in pictures) + 2 * gap), (205, 209, 214))
    at = gap
    for one in pictures:
        whole.paste(one, (at, gap))
        at += one.width + gap
    return whole


def main() -> None:
    """Ingest the samples into a throw-away store, write every report, and take a picture of each."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = ("--db", folder / "s.db")
        minhchung("ingest", "samples/reports", *store)
        web = folder / "a.html"
        minhchung("report", "html", *store, *ASKED, "-o", web)
        screenshot(web, "html", 1360, 1010)
        english = folder / "en.html"
        minhchung("report", "html", *store, *ASKED, "--lang", "en", "-o", english)
        screenshot(english, "html-en", 1360, 1010)
        opened = folder / "b.html"
        click = "document.getElementById('f-name').value='le chan';document.getElementById('filters').dispatchEvent(new Event('input'));"
        click += "setTimeout(()=>document.querySelectorAll('td.c')[1].click(),400);"
        opened.write_text(web.read_text(encoding="utf-8").replace("</body>", f"<script>{click}</script></body>"), encoding="utf-8")
        screenshot(opened, "html-cell", 1100, 820)
        minhchung("report", "xlsx", *store, *ASKED, "-o", folder / "x.xlsx")
        sheet = page(drawn(folder / "x.xlsx", folder), 0, 62)
        keep(sheet.crop((0, round(sheet.height * 0.06), sheet.width, round(sheet.height * 0.62))), "xlsx")
        minhchung("report", "docx", *store, *ASKED, "-o", folder / "n.docx")
        yearly = drawn(folder / "n.docx", folder)
        figures = next(n for n in range(len(yearly)) if "Phụ lục II\r" in yearly[n].get_textpage().get_text_range())
        keep(beside(page(yearly, 0, 62), page(yearly, 1, 62), page(yearly, figures, 62)), "docx")
        minhchung("report", "reminders", *store, *ASKED, "--agency", "QH-316", "-o", folder / "dd")
        letter = page(drawn(next((folder / "dd").iterdir()), folder), 0, 66)
        found = minhchung("evidence", *store, "--agency", "QH-305", "--item", "II.1.a", "--format", "json")
        minhchung("snippet", json.loads(found)[0]["id"], *store, "--dpi", "66", "-o", folder / "s.png")
        keep(beside(letter, Image.open(folder / "s.png")), "letter-snippet")


if __name__ == "__main__":
    main()
