"""Letters as files (.eml): the text of the letter and each attachment are members of their own."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import EmailMessage, MIMEPart
from pathlib import Path
from typing import Any, Final

from .archive_entries import Entry, Stop
from .html_text import text_of_html
from .model import Issue

BODY_NAME: Final = "noi-dung-thu.txt"


def mail_entries(path: Path) -> Iterator[Entry]:
    """The letter's text first, its subject on top, then what is attached. Pictures shown inside the letter are no attachments."""
    try:
        with path.open("rb") as file:
            letter = email.message_from_binary_file(file, policy=email.policy.default)
        text = body_text(letter)
        if text.strip():
            yield _entry(BODY_NAME, f"{letter.get('Subject', '')}\n\n{text}".strip().encode())
        for at, part in enumerate(_attachments(letter), 1):
            yield _entry(part.get_filename() or f"dinh-kem-{at}", _content(part))
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError) as fault:  # what the parser raises for odd headers
        raise Stop(Issue("damaged", f"the letter is damaged ({type(fault).__name__}: {fault})", "ask for it to be sent again")) from fault


def _entry(name: str, content: bytes) -> Entry:
    return Entry(name.replace("\n", " ").replace("\r", ""), lambda: iter([content]))


def saved_page(data: bytes) -> str:
    """The page in a web page that was saved with its pictures (MHT); '' where there is none."""
    letter = email.message_from_bytes(data, policy=email.policy.default)
    try:
        part = letter.get_body(("html",)) if isinstance(letter, EmailMessage) else None
    except (LookupError, ValueError, TypeError, AttributeError, RecursionError):  # see mail_entries
        return ""
    return "" if part is None else _decoded(part)


def body_text(letter: EmailMessage) -> str:
    """The text of a letter or of a saved web page (MHT); '' where it has none."""
    part = letter.get_body(("plain", "html"))
    if part is None:
        return ""
    text = _decoded(part)
    return text_of_html(text) if part.get_content_subtype() == "html" else text


def _decoded(part: MIMEPart[Any, Any]) -> str:
    content = part.get_payload(decode=True)
    data = content if isinstance(content, bytes) else b""
    try:
        return data.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:  # a charset that nobody knows
        return data.decode("utf-8", "replace")


def _attachments(letter: EmailMessage) -> Iterator[EmailMessage]:
    body = letter.get_body(("plain", "html"))
    for part in letter.walk():
        if part.is_multipart() or part is body or not isinstance(part, EmailMessage):
            continue
        attached = part.get_content_disposition() == "attachment" or part.get_filename()
        shown_inside = part.get_content_maintype() == "image" and part.get("Content-ID") and part.get_content_disposition() != "attachment"
        if attached and not shown_inside:
            yield part


def _content(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
