"""What a Word file carries of other kinds: documents set into the text (`w:altChunk`), and the pictures that it shows."""

from __future__ import annotations

import email
import email.policy
import io
from collections.abc import Iterator
from email.message import EmailMessage

from .docx_package import Package
from .docx_xml import A, R, V, W
from .html_text import text_of_html
from .legacy import decode_bytes
from .mail import body_text
from .reader_types import Unreadable


def chunk_texts(package: Package, relation: str) -> list[str] | None:
    """The paragraphs of an embedded Word file, web page, saved web page (MHT) or plain text; None for what it cannot read."""
    target = next((r.target for r in package.relations(package.main) if r.id == relation), None)
    data = package.content(target) if target else b""
    if not data:
        return None
    if data.startswith(b"PK"):
        return _of_docx(data)
    start = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(b"{\\rtf") or b"\x00\x00" in start:
        return None
    if start.startswith((b"mime-version:", b"content-type:", b"from:")):
        letter = email.message_from_bytes(data, policy=email.policy.default)
        return body_text(letter).split("\n") if isinstance(letter, EmailMessage) else None
    text, _ = decode_bytes(data)
    return (text_of_html(text) if start.startswith(b"<") else text).split("\n")


def _of_docx(data: bytes) -> list[str] | None:
    """Its paragraphs as plain text: numbers, notes and tables of a chunk in a chunk are too rare to be told apart."""
    try:
        inner = Package(io.BytesIO(data))
        body = inner.document()
    except Unreadable:
        return None
    return ["".join(t.text or "" for t in paragraph.iter(W + "t")) for paragraph in body.iter(W + "p")]


def shown_pictures(package: Package) -> Iterator[bytes]:
    """The pictures in the text, in order, each once."""
    targets = {r.id: r.target for r in package.relations(package.main) if r.kind == "image"}
    wanted: dict[str, None] = {}
    for element in package.document().iter(A + "blip", V + "imagedata"):
        target = targets.get(element.get(R + "embed") or element.get(R + "id") or "")
        if target:
            wanted[target] = None
    return (content for target in wanted if (content := package.content(target)))
