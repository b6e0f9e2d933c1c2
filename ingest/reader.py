"""The door of this room: any file in, a `Report` out, whatever happens on the way."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from .archives import refusal
from .convert import LIBREOFFICE, OldKind, to_docx
from .detect import FileKind, detect
from .limits import FILE_BYTES
from .model import Issue, Report, ReportKind
from .outline import with_outline
from .pictures import page_sized, to_pdf
from .reader_types import Content, Unreadable
from .unlock import is_locked_doc, is_locked_odt, unlocked_office


def read_file(path: Path, passwords: Sequence[str] = (), prepared: Path | None = None) -> Report:
    """Reads one file. Never raises for what is in the file: outcome `unreadable` is the file's fault, `failed` ours (a bug, a limit).

    `passwords` are tried on a locked file; `prepared` is the folder of what a `Workroom` has made of files before.
    """
    digest = ""
    kind: ReportKind = "other"
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        if path.stat().st_size > FILE_BYTES:
            raise Unreadable("too-large", f"it is larger than {FILE_BYTES >> 20} MiB", "send the report without its pictures or videos")
        detected = detect(path)
        kind = _KINDS.get(detected, "other")
        return _report(path, digest, kind, _content(path, detected, passwords, prepared and prepared / digest))
    except Unreadable as fault:
        return replace(_unread(path, digest, kind, fault.issue), waiting_for=fault.waiting_for)
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
        return replace(_marked(report, content), ocr=content.ocr, waiting_for=content.waiting_for)
    passages = with_outline(content.blocks)
    issues, waits = tuple(content.issues), content.waiting_for
    report = Report(digest, str(path), kind, "read", "", content.pages, content.unread, content.ocr, passages, issues, waits)
    return _marked(report, content)


def _marked(report: Report, content: Content) -> Report:
    """The report with what tells of its makers."""
    return replace(report, signatures=content.signatures, properties=content.properties)


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


def _content(path: Path, detected: FileKind, passwords: Sequence[str], ready: Path | None = None) -> Content:
    """What the reader of that kind makes of the file, unlocked if need be. `ready` is what a `Workroom` has made of it, if anything."""
    if detected == "encrypted-office" or (detected == "doc" and is_locked_doc(path)) or (detected == "odt" and is_locked_odt(path)):
        with unlocked_office(path, passwords) as plain:
            return _content(plain, detect(plain), ())
    if detected == "doc" or detected == "odt" or detected == "rtf":
        return _read_old(path, detected, ready)
    if detected == "refused":
        raise refusal(path)
    if (detected == "archive" or detected == "mail") and ready is not None and ready.is_file():
        raise refusal(ready)
    if detected == "pdf":
        return _read_pdf(path, passwords)
    if detected not in _READERS:
        raise Unreadable(*_UNREADABLE[detected])
    return _READERS[detected](path)


def _read_docx(path: Path) -> Content:
    from .docx_embedded import shown_pictures
    from .docx_reader import open_docx, read_docx
    from .properties import of_word

    package = open_docx(path)
    try:
        blocks, issues = read_docx(package)
        properties = of_word(package)
        scan = None
        if sum(len(block.text) for block in blocks) < _SPARSE:
            scan = _read_pasted_scan(shown_pictures(package))
    finally:
        package.close()
    waiting = (LIBREOFFICE,) if any(issue.code == "needs-libreoffice" for issue in issues) else ()
    if scan is None:
        return Content(blocks, issues, waiting_for=waiting, properties=properties)
    waiting = (*waiting, *scan.waiting_for)
    return replace(scan, blocks=blocks + scan.blocks, issues=issues + scan.issues, waiting_for=waiting, properties=properties)


_SPARSE = 300  # characters: a Word file of fewer, with pictures as large as pages, is a scan under a line of text or none


def _read_pasted_scan(pictures: Iterable[bytes]) -> Content | None:
    """Pages that are pictures in a Word file; None where there are none. They stay unnumbered: Word alone knows where its pages end."""
    with tempfile.TemporaryDirectory(prefix="minhchung-") as folder:
        scan = Path(folder) / "scan.pdf"
        if not page_sized(pictures, scan):
            return None
        content = _read_pdf(scan, ())
    for block in content.blocks:
        block.page = block.bbox = None
        block.place = f"s{block.place}"
    return replace(content, pages=None, unread=())


def _read_picture(path: Path) -> Content:
    with tempfile.TemporaryDirectory(prefix="minhchung-") as folder:
        scan = Path(folder) / "scan.pdf"
        if not to_pdf([path], scan):
            raise Unreadable("damaged", "the picture cannot be opened", "ask for it to be sent again")
        return _read_pdf(scan, ())


def _read_pdf(path: Path, passwords: Sequence[str]) -> Content:
    from .pdf_reader import read_pdf

    return read_pdf(path, passwords)


def _read_plain(path: Path) -> Content:
    from .plain import read_plain

    return read_plain(path)


def _read_page(path: Path) -> Content:
    from .html_reader import read_html

    return read_html(path)


def _read_old(path: Path, kind: OldKind, ready: Path | None) -> Content:
    if ready is not None and ready.is_file():
        return _read_docx(ready)
    with tempfile.TemporaryDirectory(prefix="minhchung-") as folder:
        return _read_docx(to_docx(path, kind, Path(folder)))


# The door for more formats: a kind that `detect` tells, who reads it, and what the report calls it.
_READERS: dict[FileKind, Callable[[Path], Content]] = {"docx": _read_docx, "text": _read_plain, "html": _read_page, "image": _read_picture}
_KINDS: dict[FileKind, ReportKind] = {
    "docx": "docx", "encrypted-office": "docx", "pdf": "pdf", "doc": "doc", "odt": "odt", "rtf": "rtf", "text": "txt",
    "html": "html",
}  # fmt: skip
_SAVE_AS = "open it and save it as DOCX or PDF"
_UNREADABLE: dict[FileKind, tuple[str, str, str]] = {
    "empty": ("empty", "the file is empty (0 bytes)", "ask for it to be sent again"),
    "zip-damaged": ("damaged", "the file is cut off or damaged", "ask for it to be sent again"),
    "ole": ("unsupported", "an Office file of another kind (.xls, .ppt, .msg), or a damaged one", _SAVE_AS),
    "spreadsheet": ("unsupported", "a spreadsheet", "put the report into a DOCX or PDF"),
    "slides": ("unsupported", "a presentation", "put the report into a DOCX or PDF"),
    "archive": ("archive", "an archive", "give it to ingest, which reads what is in it, or unpack it"),
    "mail": ("archive", "a letter with attachments", "give it to ingest, which reads what is in it, or save the attachments"),
    "xml": ("unsupported", "an XML file", _SAVE_AS),
    "unknown": ("unsupported", "not a kind of file that can be read", _SAVE_AS),
}


@lru_cache(maxsize=1)
def reader_version() -> str:
    """12 hex digits that change with this folder's code or the libraries it reads with; what a stored reading rests on."""
    digest = hashlib.sha256()
    here = Path(__file__).parent
    for source in sorted((*here.glob("*.py"), *here.glob("data/*"))):
        digest.update(source.name.encode() + b"\0" + source.read_bytes() + b"\0")
    for library in ("pypdfium2", "pdfplumber", "pdfminer.six", "pytesseract", "python-docx", "lxml"):
        digest.update(f"{library}={version(library)}\n".encode())
    return digest.hexdigest()[:12]
