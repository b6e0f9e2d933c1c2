"""Reads plain text (.txt): lines put together again where a program has broken them, and the letterhead's two columns taken apart."""

from __future__ import annotations

import re
from pathlib import Path
from statistics import median
from typing import Final

from .blocks import Block
from .labels import parse_label
from .legacy import decode_bytes
from .limits import TEXT_BYTES
from .model import Issue
from .reader_types import Content, Unreadable
from .text import clean

_GAP: Final = re.compile(r"[ \u00a0]{4,}|\t[ \t]*|[ \u00a0]{2,}\t")
_RULE: Final = re.compile(r"[-_=*~.\s]{3,}$")
_HEAD_LINES: Final = 25  # lines in which a letterhead stands
_WRAPPED_AT: Final = (50, 110)  # columns at which programs break lines
_STOPS: Final = (".", ";", ":", "!", "?", "”", '"')
_CODING_NAMES: Final = {"tcvn3": "TCVN3", "vni": "VNI", "viqr": "VIQR", "cp1258": "Windows-1258", "cp1252": "Windows-1252"}


def read_plain(path: Path) -> Content:
    """Blocks of a text file in any coding that Vietnamese is written in. Raises Unreadable for one too large to be a report."""
    if path.stat().st_size > TEXT_BYTES:
        raise Unreadable("limit", f"a text file of more than {TEXT_BYTES >> 20} MiB", "send the report by itself")
    text, coding = decode_bytes(path.read_bytes())
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n\n").replace("\x1a", "").split("\n")
    issues = []
    if coding in _CODING_NAMES:
        issues.append(Issue("old-coding", f"it is written in {_CODING_NAMES[coding]} and was turned into Unicode"))
    blocks = _blocks(_columns_apart(lines))
    return Content(blocks, issues)


def _blocks(lines: list[str]) -> list[Block]:
    width = _wrapped_width(lines)
    blocks: list[Block] = []
    gathered: list[str] = []

    def finish() -> None:
        text = clean(" ".join(gathered))
        gathered.clear()
        if text and not _RULE.match(text):
            blocks.append(Block(text, "paragraph", f"p{len(blocks) + 1}"))

    previous = ""
    for line in lines:
        if gathered and _begins(line, previous, width):
            finish()
        if line.strip():
            gathered.append(line)
        previous = line
    finish()
    return blocks


def _begins(line: str, previous: str, width: int) -> bool:
    """Whether a line begins a paragraph: after a blank line, always where lines are not broken by a program, else when it is indented or
    labelled, or the line before it was short, ended a sentence, or is of another case."""
    text = clean(line)
    if not text or not width:
        return True
    before = clean(previous)
    if parse_label(text) is not None or text.isupper() != before.isupper():
        return True
    indented = len(line) - len(line.lstrip()) > len(previous) - len(previous.lstrip()) + 1
    return indented or len(previous.rstrip()) < 0.7 * width or (before.endswith(_STOPS) and len(previous.rstrip()) < 0.85 * width)


def _wrapped_width(lines: list[str]) -> int:
    """The column at which lines are broken; 0 where each line is a paragraph as long as it likes to be."""
    lengths = sorted(len(line.rstrip()) for line in lines if line.strip())
    if len(lengths) < 6 or not _WRAPPED_AT[0] <= lengths[-1] <= _WRAPPED_AT[1]:
        return 0
    upper = lengths[len(lengths) // 2 :]
    return lengths[-1] if median(upper) >= 0.75 * lengths[-1] else 0


def _columns_apart(lines: list[str]) -> list[str]:
    """Lines of a letterhead's two columns one below the other, the left column first, blank lines between."""
    out: list[str] = []
    left: list[str] = []
    right: list[str] = []

    def finish() -> None:
        if left or right:
            out.extend(piece for text in (*left, *right) for piece in (text, ""))
        left.clear()
        right.clear()

    for number, line in enumerate(lines):
        if number >= _HEAD_LINES:
            finish()
            out.append(line)
            continue
        pieces = [piece.strip() for piece in _GAP.split(line.strip()) if piece.strip()]
        if len(pieces) == 2 and not _RULE.match(pieces[0]) and not parse_label(line.strip()):
            left.append(pieces[0])
            right.append(pieces[1])
        elif _is_left_over(line, left):
            continue
        else:
            finish()
            out.append(line)
    finish()
    return out


def _is_left_over(line: str, left: list[str]) -> bool:
    """A blank line or a rule between the rows of the two columns."""
    return bool(left) and (not line.strip() or bool(_RULE.match(line.strip())))
