"""The programs outside Python that reading rests on: which are there, and how to install those that are not."""

from __future__ import annotations

from dataclasses import dataclass

from .archive_entries import INSTALL as INSTALL_LIBARCHIVE
from .archive_entries import LIBARCHIVE, libarchive_version
from .convert import INSTALL as INSTALL_LIBREOFFICE
from .convert import LIBREOFFICE, soffice, soffice_version
from .locked_archives import INSTALL as INSTALL_UNAR
from .locked_archives import UNAR, unar_version
from .ocr_engine import LANGUAGE, engine

OCR = "ocr"  # tesseract with its Vietnamese data, in `Report.waiting_for`


@dataclass(frozen=True, slots=True)
class Tool:
    """A program: its `version` as found, '' where it is not there; what it is `needed_for`, and the command that installs it (Debian and
    Ubuntu). `waits` is the word that a report waiting for it has in `waiting_for`."""

    name: str
    version: str
    needed_for: str
    install: str
    waits: str


def tools() -> tuple[Tool, ...]:
    """Every program, found or not. Asks each for its version: about two seconds the first time."""
    return (
        Tool("tesseract", tesseract_version(), "reading scans", "sudo apt-get install tesseract-ocr", OCR),
        Tool(f"tesseract data: {LANGUAGE}", engine() or "", "reading Vietnamese in scans", "sudo apt-get install tesseract-ocr-vie", OCR),
        Tool(
            "LibreOffice",
            soffice_version(),
            "reading .doc, .odt and .rtf, and drawing pages of Word files (snippet)",
            INSTALL_LIBREOFFICE,
            LIBREOFFICE,
        ),
        Tool("libarchive", libarchive_version(), "unpacking .rar and .7z", INSTALL_LIBARCHIVE, LIBARCHIVE),
        Tool("unar", unar_version(), "opening .rar and .7z that are locked with a known password", INSTALL_UNAR, UNAR),
    )


def available() -> frozenset[str]:
    """The words of `Report.waiting_for` for which there is a tool now: a report waiting for one of these can be read again."""
    there = {OCR} if engine() else set()
    if soffice():
        there.add(LIBREOFFICE)
    if libarchive_version():
        there.add(LIBARCHIVE)
    if unar_version():
        there.add(UNAR)
    return frozenset(there)


def tesseract_version() -> str:
    """As tesseract gives it; '' where it is not installed."""
    try:
        import pytesseract

        return str(pytesseract.get_tesseract_version())
    except (OSError, SystemExit):  # TesseractNotFoundError is an OSError; an odd version ends with SystemExit
        return ""
