"""What a Word file carries of other kinds: documents set into the text (`w:altChunk`), and the pictures that it shows."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Final

from .blocks import Block
from .convert import to_docx
from .detect import detect
from .docx_package import Package
from .docx_xml import A, R, V
from .html_reader import html_blocks, page_source
from .legacy import decode_bytes
from .model import Issue
from .reader_types import Unreadable
from .text import clean

_DEEPEST: Final = 3  # documents set into each other
_PART: Final = "part of the text is another document embedded in this one"
_SAVE: Final = "open it in Word and save it anew"


def chunk_blocks(package: Package, relation: str, depth: int) -> tuple[list[Block], list[Issue]]:
    """The blocks of a document set into the text: a Word file, web page, saved web page (MHT), plain text or, where LibreOffice is there,
    RTF, and the faults met. `depth` is how many documents it lies in. Raises Unreadable for what cannot be read, or lies too deep."""
    target = next((r.target for r in package.relations(package.main) if r.id == relation), None)
    data = package.content(target) if target else b""
    if not data or depth > _DEEPEST:
        raise Unreadable("embedded-document", _PART, _SAVE)
    with tempfile.TemporaryDirectory(prefix="minhchung-") as folder:
        path = Path(folder) / "chunk"
        path.write_bytes(data)
        kind = detect(path)
        if kind == "rtf" or kind == "doc" or kind == "odt":
            path = to_docx(path, kind, Path(folder))
            kind = "docx"
        if kind == "docx":
            return _of_docx(path, depth)
    if kind == "html":
        return html_blocks(page_source(data)), []
    if kind == "text":
        lines = decode_bytes(data)[0].split("\n")
        return [Block(text, "paragraph", f"p{at}") for at, line in enumerate(lines, 1) if (text := clean(line))], []
    raise Unreadable("embedded-document", _PART, _SAVE)


def _of_docx(path: Path, depth: int) -> tuple[list[Block], list[Issue]]:
    from .docx_reader import read_docx

    package = Package(path)
    try:
        return read_docx(package, depth)
    finally:
        package.close()


def placed(blocks: list[Block], number: int, tables: int) -> list[Block]:
    """The blocks of the so-many-th embedded document, their places told apart from those of the text, their tables counted on after
    `tables`."""
    for block in blocks:
        block.place = f"e{number}{block.place}"
        block.row = replace(block.row, table=block.row.table + tables) if block.row else None
    return blocks


def shown_pictures(package: Package) -> Iterator[bytes]:
    """The pictures in the text, in order, each once."""
    targets = {r.id: r.target for r in package.relations(package.main) if r.kind == "image"}
    wanted: dict[str, None] = {}
    for element in package.document().iter(A + "blip", V + "imagedata"):
        target = targets.get(element.get(R + "embed") or element.get(R + "id") or "")
        if target:
            wanted[target] = None
    return (content for target in wanted if (content := package.content(target)))
