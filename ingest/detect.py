"""What kind of file it is, by its content: names lie (a .docx that is a PDF, a .doc that is HTML)."""

from __future__ import annotations

import re
import zipfile
import zlib
from pathlib import Path
from typing import Final, Literal

# What zipfile raises for a bad file: besides its own, RuntimeError for a locked member, NotImplementedError for an unknown packing.
ZIP_FAULTS: Final = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError, RuntimeError)
FileKind = Literal[
    "docx", "pdf", "doc", "odt", "rtf", "text", "archive", "mail", "refused", "empty", "encrypted-office", "ole", "spreadsheet", "slides",
    "zip-damaged", "image", "html", "xml", "unknown",
]  # fmt: skip

REFUSED_MAGIC: Final = b"%minhchung: a member that was not taken out of its archive\n"
_MAGIC: Final[tuple[tuple[bytes, FileKind], ...]] = (
    (REFUSED_MAGIC, "refused"),
    (b"{\\rtf", "rtf"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"BZh", "archive"),
    (b"\xfd7zXZ\x00", "archive"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "image"),
)
_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAIN_TYPES: Final[tuple[tuple[bytes, FileKind], ...]] = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"ms-word.document.macroEnabled", "docx"),
    (b"ms-word.template.macroEnabled", "docx"),
    (b"wordprocessingml.template.main+xml", "docx"),
    (b"spreadsheetml", "spreadsheet"),
    (b"presentationml", "slides"),
)
_OPEN_DOCUMENT: Final[tuple[tuple[bytes, FileKind], ...]] = (
    (b"opendocument.text", "odt"),
    (b"opendocument.spreadsheet", "spreadsheet"),
    (b"opendocument.presentation", "slides"),
)
_HEAD: Final = 4096
# Word files of one XML file: that of Word 2003, and a package set out flat; both are named .xml or .doc and open in LibreOffice like one.
_WORD_XML: Final = (
    b"schemas.microsoft.com/office/word/2003/wordml", b"schemas.microsoft.com/office/2006/xmlpackage", b'progid="word.document"',
)  # fmt: skip
# How pages begin that Word, browsers and office systems save; the last leave out all that browsers can do without.
_PAGE: Final = re.compile(
    rb"<(?:!doctype\s+html|!--|html|head|body|meta|title|style|link|table|div|p|span|font|h[1-6]|center|ul|ol|br|b|strong)[\s>/-]"
)
_SAVED_PAGE: Final = re.compile(rb"^Content-Type:[ \t]*(?:text/html|multipart/related)", re.IGNORECASE | re.MULTILINE)
_SENT: Final = re.compile(
    rb"^(?:(?:To|Cc|Received|Return-Path|Delivered-To|Message-ID):|From:(?![ \t]*<Saved by))", re.IGNORECASE | re.MULTILINE
)
_MAIL_FIELD: Final = re.compile(
    rb"(?:From|To|Received|Return-Path|Delivered-To|MIME-Version|Message-ID|Subject|Date|X-[\w-]+):[ \t]", re.IGNORECASE
)
_FIELD: Final = re.compile(rb"[A-Za-z][\w-]*:[ \t]")
_MAIL_SIGNS: Final = re.compile(rb"^(?:MIME-Version|Content-Type|Received|Message-ID|From):", re.IGNORECASE | re.MULTILINE)


def detect(path: Path) -> FileKind:
    """The kind of the file at `path`. OSError when it cannot be opened."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        return "empty"
    if head.startswith(_ZIP):
        return _zip_kind(path)
    if head.startswith(_OLE):
        return _ole_kind(path)
    if head[257:262] == b"ustar":
        return "archive"
    is_pdf = b"%PDF-" in head[:1024]  # readers take a PDF with something in front of it
    for magic, kind in _MAGIC:
        if head.startswith(magic) and (kind == "archive" or not is_pdf):  # an archive may hold a PDF uncompressed
            return kind
    if is_pdf:
        return "pdf"
    return _text_kind(head)


def _zip_kind(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as package:
            names = {name.replace("\\", "/").lstrip("/").lower(): name for name in package.namelist()}
            types = names.get("[content_types].xml")
            if types is not None:
                with package.open(types) as file:
                    listed = file.read(1 << 20)
                return next((kind for mark, kind in _MAIN_TYPES if mark in listed), "docx" if "word/document.xml" in names else "archive")
            if "mimetype" in names:
                with package.open(names["mimetype"]) as file:
                    told = file.read(200)
                return next((kind for mark, kind in _OPEN_DOCUMENT if mark in told), "archive")
            return "docx" if "word/document.xml" in names else "archive"
    except ZIP_FAULTS:
        return "zip-damaged"


def _ole_kind(path: Path) -> FileKind:
    """Old Word files, other old Office files, and encrypted .docx share a container; the names of its streams tell them apart."""
    import olefile

    try:
        with olefile.OleFileIO(str(path)) as container:
            if container.exists("EncryptedPackage"):
                return "encrypted-office"
            return "doc" if container.exists("WordDocument") else "ole"
    except (OSError, ValueError, IndexError, TypeError, AttributeError, OverflowError):  # what olefile raises for a damaged one
        with path.open("rb") as file:
            content = file.read(64 << 20)
        return "encrypted-office" if "EncryptedPackage".encode("utf-16-le") in content else "ole"


def _text_kind(head: bytes) -> FileKind:
    plain = head[2:].replace(b"\0", b"") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head  # UTF-16, as Word saves its pages
    start = plain.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"<?xml"):
        return "doc" if any(mark in start for mark in _WORD_XML) else "html" if b"<html" in start else "xml"
    if _PAGE.match(start) or is_saved_page(head):
        return "html"
    if _MAIL_FIELD.match(head) and len(_MAIL_SIGNS.findall(head)) >= 2:
        return "mail"
    return "text" if _is_text(head) else "unknown"


def is_saved_page(head: bytes) -> bool:
    """Whether it begins like a web page saved with its pictures (MHT): like a letter, but nobody sends it to anybody."""
    fields = re.split(rb"\r?\n\r?\n", head[:_HEAD].lstrip(), maxsplit=1)[0]
    return bool(_FIELD.match(fields) and _SAVED_PAGE.search(fields)) and not _SENT.search(fields)


def _is_text(head: bytes) -> bool:
    """Text in UTF-8, UTF-16 or any coding of one byte a letter: hardly a control character, and no zero but in UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or _every_other_is_zero(head):
        return True
    controls = sum(head.count(bytes([code])) for code in (*range(9), 0x0B, *range(0x0E, 0x1A), *range(0x1C, 0x20), 0x7F))
    return b"\x00" not in head and controls * 200 <= len(head)


def _every_other_is_zero(head: bytes) -> bool:
    odd, even = head[1::2].count(0), head[::2].count(0)
    return min(odd, even) == 0 and max(odd, even) > len(head) * 0.2
