"""What kind of file it is, by its content: names lie (a .docx that is a PDF, a .doc that is HTML)."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path
from typing import Literal

FileKind = Literal[
    "docx", "word-variant", "pdf", "empty", "encrypted-office", "ole", "odt", "rtf", "spreadsheet", "slides", "archive", "zip-damaged",
    "image", "html", "text", "unknown",
]  # fmt: skip

_MAGIC: tuple[tuple[bytes, FileKind], ...] = (
    (b"{\\rtf", "rtf"),
    (b"Rar!", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"BM", "image"),
)
_MAIN_TYPES: tuple[tuple[bytes, FileKind], ...] = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"ms-word.document.macroEnabled", "word-variant"),
    (b"ms-word.template.macroEnabled", "word-variant"),
    (b"wordprocessingml.template.main+xml", "word-variant"),
    (b"spreadsheetml", "spreadsheet"),
    (b"presentationml", "slides"),
)
_HEAD = 4096


def detect(path: Path) -> FileKind:
    """The kind of the file at `path`. OSError when it cannot be opened."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if not head:
        return "empty"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole_kind(path)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    return _text_kind(head)


def _zip_kind(path: Path) -> FileKind:
    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            if "[Content_Types].xml" in names:
                with package.open("[Content_Types].xml") as file:
                    types = file.read(1 << 20)
                return next((kind for mark, kind in _MAIN_TYPES if mark in types), "docx" if "word/document.xml" in names else "archive")
            if "mimetype" in names:
                with package.open("mimetype") as file:
                    return "odt" if b"opendocument.text" in file.read(200) else "archive"
            return "docx" if "word/document.xml" in names else "archive"
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, RuntimeError, ValueError, zlib.error):
        return "zip-damaged"


def _ole_kind(path: Path) -> FileKind:
    """Word 97 files and encrypted .docx share a container; the name of the encrypted stream stands in its directory as UTF-16."""
    with path.open("rb") as file:
        content = file.read(64 << 20)
    return "encrypted-office" if "EncryptedPackage".encode("utf-16-le") in content else "ole"


def _text_kind(head: bytes) -> FileKind:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<?xml", b"<!--")):
        return "html"
    return "text" if b"\x00" not in head and _decodes(head) else "unknown"


def _decodes(head: bytes) -> bool:
    try:
        head[: max(1, len(head) - 4)].decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
