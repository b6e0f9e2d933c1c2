"""The door of this room: any file in, a `Report` out, whatever happens on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from .detect import FileKind, detect
from .model import Issue, Report, ReportKind
from .outline import with_outline
from .reader_types import Content, Unreadable


def read_file(path: Path) -> Report:
    """Reads one file. Never raises for what is in the file: outcome `unreadable` is the file's fault, `failed` ours (a bug, a limit)."""
    digest = ""
    kind: ReportKind = "other"
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        detected = detect(path)
        reader = _READERS.get(detected)
        if reader is None:
            return _unread(path, digest, kind, Issue(*_UNREADABLE[detected]))
        kind, read = reader
        return _report(path, digest, kind, read(path))
    except Unreadable as fault:
        return _unread(path, digest, kind, fault.issue)
    except OSError as fault:
        issue = Issue("cannot-open", f"it cannot be opened: {fault.strerror or fault}", "check that it exists and may be read")
        return _unread(path, digest, kind, issue)
    except (MemoryError, RecursionError) as fault:
        limit = "memory" if isinstance(fault, MemoryError) else "nesting depth"
        issue = Issue("limit", f"reading it went past the limit of {limit}", "open it and save a simpler copy")
        return _unread(path, digest, kind, issue, "failed")
    except Exception as fault:  # a reader must not end the run: what it stumbles over is told as the report's outcome
        message = f"the reader stumbled: {type(fault).__name__}: {fault}"
        issue = Issue("reader-error", message, "report the file as a bug; meanwhile save it anew as DOCX or PDF")
        return _unread(path, digest, kind, issue, "failed")


def _report(path: Path, digest: str, kind: ReportKind, content: Content) -> Report:
    if not any(b.text for b in content.blocks):
        issue = next((i for i in content.issues if i.page is None), None) or _no_text(kind, content.issues)
        report = _unread(path, digest, kind, issue, pages=content.pages, unread=content.unread, issues=tuple(content.issues))
        return replace(report, ocr=content.ocr, waiting_for=content.waiting_for)
    passages = with_outline(content.blocks)
    issues, waits = tuple(content.issues), content.waiting_for
    return Report(digest, str(path), kind, "read", "", content.pages, content.unread, content.ocr, passages, issues, waits)


def _no_text(kind: ReportKind, issues: list[Issue]) -> Issue:
    if kind == "pdf" and issues and all(i.code == "no-text-layer" for i in issues):
        return Issue("no-text-layer", f"it is a scan: {issues[0].message}", issues[0].next_step)
    if issues:
        return Issue(issues[0].code, f"no page gives text; first: {issues[0].message}", issues[0].next_step)
    return Issue("no-text", "there is no text in it", "check that the right file was sent")


def _unread(
    path: Path,
    digest: str,
    kind: ReportKind,
    issue: Issue,
    outcome: str = "unreadable",
    pages: int | None = None,
    unread: tuple[int, ...] = (),
    issues: tuple[Issue, ...] = (),
) -> Report:
    reason = f"{issue.message}; {issue.next_step}" if issue.next_step else issue.message
    stored = issues if issue in issues else (*issues, issue)
    return Report(digest, str(path), kind, "failed" if outcome == "failed" else "unreadable", reason, pages, unread, False, (), stored)


def _read_docx(path: Path) -> Content:
    from lxml.etree import XMLSyntaxError

    from .docx_reader import open_docx, read_docx

    try:
        document = open_docx(path)
    except (MemoryError, RecursionError):
        raise
    except Exception as fault:  # python-docx raises KeyError, ValueError and more where a part is missing: the package's fault
        raise _damaged_docx(fault) from fault
    try:
        blocks, issues = read_docx(document)
    except XMLSyntaxError as fault:  # a part that python-docx leaves closed, such as the footnotes
        raise _damaged_docx(fault) from fault
    return Content(blocks, issues)


def _damaged_docx(fault: Exception) -> Unreadable:
    message = f"the Word file is damaged ({type(fault).__name__}: {fault})"
    return Unreadable("damaged", message, "open it in Word, let it be repaired, save it anew")


def _read_pdf(path: Path) -> Content:
    from .pdf_reader import read_pdf

    return read_pdf(path)


# The door for more formats: a kind that `detect` tells, what the report calls it, and who reads it.
_READERS: dict[FileKind, tuple[ReportKind, Callable[[Path], Content]]] = {
    "docx": ("docx", _read_docx),
    "pdf": ("pdf", _read_pdf),
}
_SAVE_AS = "open it and save it as DOCX or PDF"
_UNREADABLE: dict[FileKind, tuple[str, str, str]] = {
    "empty": ("empty", "the file is empty (0 bytes)", "ask for it to be sent again"),
    "zip-damaged": ("damaged", "the file is cut off or damaged", "ask for it to be sent again"),
    "encrypted-office": ("encrypted", "the file is locked with a password", "save a copy without the password"),
    "word-variant": ("unsupported", "a Word template or a document with macros", "open it in Word and save it as DOCX"),
    "ole": ("unsupported", "an old Office file (.doc, .xls, .ppt)", _SAVE_AS),
    "odt": ("unsupported", "an OpenDocument text (.odt)", _SAVE_AS),
    "rtf": ("unsupported", "a rich text file (.rtf)", _SAVE_AS),
    "spreadsheet": ("unsupported", "a spreadsheet", "put the report into a DOCX or PDF"),
    "slides": ("unsupported", "a presentation", "put the report into a DOCX or PDF"),
    "archive": ("unsupported", "an archive", "unpack it and give the folder"),
    "image": ("unsupported", "a picture", "ask for the file that was printed, or run OCR on it"),
    "html": ("unsupported", "a web page or XML", _SAVE_AS),
    "text": ("unsupported", "plain text", _SAVE_AS),
    "unknown": ("unsupported", "not a kind of file that can be read", _SAVE_AS),
}


@lru_cache(maxsize=1)
def reader_version() -> str:
    """12 hex digits that change with this folder's code or the libraries it reads with; what a stored reading rests on."""
    digest = hashlib.sha256()
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    for library in ("pdfplumber", "pdfminer.six", "python-docx"):
        digest.update(f"{library}={version(library)}\n".encode())
    return digest.hexdigest()[:12]
