"""From lines to a tree: parts, numbers, decimals, letters, dashes and plus signs, with the rows of tables where they stand.

Labels are read from the text alone: automatic numbers of Word are part of it when it comes here. What has no label belongs to the last
numbered line above it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from .model import Line, Node

_END = r"[.)/:]\s*"
_LABELS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("part", re.compile(r"(?i:phần)\s+(?:thứ\s+)?([IVX]+|\d+|nhất|hai|ba|tư|năm)\b[.:)\s-]*")),
    ("appendix", re.compile(r"(PHỤ LỤC|Phụ lục)\b(?:\s*(?:số\s*)?([IVX\d]+)\b)?[.:\s-]*")),
    ("roman", re.compile(rf"([IVX]{{1,6}})\s?{_END}(?=\S)")),
    ("upper", re.compile(rf"([A-ZĐ])\s?{_END}(?=[A-ZĐÀ-Ỹ]{{2}})")),
    ("decimal", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?:[.)]\s*|\s+)(?=[^\W\d_])")),
    ("number", re.compile(rf"(\d{{1,2}})\s?{_END}(?=[^\W\d_]|[\"“(])")),
    ("number", re.compile(r"(?:Nhiệm vụ|Nội dung|Hoạt động|Công việc)\s+(?:số\s+)?(\d{1,2})\s?[.:)]\s*(?=\S)")),
    ("letter", re.compile(r"([a-zđ])\s?[.)]\s*(?=\S)")),
    ("plus", re.compile(r"[-–—−]?\s*\+\s*(?=\S)")),
    ("dash", re.compile(r"[-–—−•*]\s*(?=[^\s\d])")),
)
_RANK = {"root": -1, "part": 0, "appendix": 0, "upper": 1, "roman": 2, "number": 3, "decimal": 4, "letter": 5, "dash": 6, "plus": 7}
_ORDINALS = {"nhất": "I", "hai": "II", "ba": "III", "tư": "IV", "năm": "V", "1": "I", "2": "II", "3": "III", "4": "IV", "5": "V"}
BULLETS = ("dash", "plus")
_CLOSING = re.compile(r"\s*(?:nơi nhận|(?:TM|KT|T/M|K/T|TL|TUQ|Q)\.\s)", re.IGNORECASE)


def outline(lines: Iterable[Line]) -> tuple[Node, list[Line]]:
    """The tree of the document's body from its first part on, and the lines that stand after the recipients begin ("Nơi nhận:")."""
    root = Node("root", "", "")
    stack = [root]
    after: list[Line] = []
    closed = False
    for line in lines:
        if _CLOSING.match(line.text) and not line.table:
            closed = True
        if closed and not _opens_appendix(line):
            after.append(line)
            continue
        closed = False
        _place(line, stack, root)
    return root, after


def _opens_appendix(line: Line) -> bool:
    """Appendices follow the signature; a table behind it is one even without the word, unless it holds recipients and signature."""
    if line.table:
        return not any(_CLOSING.match(cell) for cell in (*line.cells, *line.heads)) and len(line.heads) > 2
    return bool(_LABELS[1][1].match(line.text))


def _place(line: Line, stack: list[Node], root: Node) -> None:
    if line.table:
        _holder(stack).children.append(Node("row", "", "", line=line))
        return
    for text in filter(None, (piece.strip() for piece in line.text.split("\n"))):
        node = _node(text, line, stack)
        if node.kind == "text":
            holder = _holder(stack)
            if holder.kind in ("part", "appendix") and not holder.text:
                holder.text = text
            elif holder is not root:  # the head, before the first part, is read apart
                holder.children.append(node)
            continue
        while _RANK[stack[-1].kind] >= _RANK[node.kind]:
            stack.pop()
        node.ref = _ref(node, stack)
        stack[-1].children.append(node)
        stack.append(node)


def _holder(stack: list[Node]) -> Node:
    """The last line with a number: what has no label is not part of a bullet."""
    return next(node for node in reversed(stack) if node.kind not in BULLETS)


def _node(text: str, line: Line, stack: list[Node]) -> Node:
    for kind, pattern in _LABELS:
        if found := pattern.match(text):
            if kind == "letter" and not any(node.kind in ("number", "decimal", "roman", "part", "upper") for node in stack):
                continue
            if kind not in ("part", "appendix", "roman", "upper") and len(stack) == 1:
                break  # a number before the first part is no clause
            label = (found[2] or "") if kind == "appendix" else found[1] if found.groups() else ""
            return Node(kind, _ORDINALS.get(label.lower(), label) if kind == "part" else label, text[found.end() :].strip(), line=line)
    return Node("text", "", text, line=line)


def _ref(node: Node, stack: list[Node]) -> str:
    """ "II.1.b"; a decimal counts from its own first number only where that is the number above it."""
    if node.kind in BULLETS:
        return ""
    above = stack[-1].ref
    label = "PL" + node.label if node.kind == "appendix" else node.label
    if node.kind == "decimal" and stack[-1].kind == "number" and label.startswith(stack[-1].label + "."):
        label = label[len(stack[-1].label) + 1 :]
    return f"{above}.{label}" if above else label
