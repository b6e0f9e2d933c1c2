"""Reads the markup in which the sample reports are written: one text file is one report with its gold inline.

The markup is described in `README.md` beside this file. `parse` gives a `Document`; `gold` the entry of `gold.json`.
"""

import re
from dataclasses import dataclass, field
from typing import Any

ITEMS = ("II.1.a", "II.1.b", "II.1.c", "II.1.d", "II.2", "II.3", "II.4", "II.5", "III.kh")
EXTRA_ITEMS = ("III.kp", "III.kk")
STATES = ("evidenced", "partial", "planned", "not_done", "silent")
STATUSES = ("done", "ongoing", "planned", "not_done", "mention")
RENDERS = ("docx", "docx-autonum", "docx-textbox", "docx-nfd", "docx-oldtone", "docx-tracked", "docx-footnote", "pdf")
REQUIRED = ("agency", "agency_name", "issuer", "number", "place_date", "year", "type", "title", "render", "expect")
OPTIONAL = ("symbol", "footer")
MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")

_MARKS = {"{-": "del", "{+": "ins"}
_CLOSERS = {"-}": "del", "+}": "ins"}
_TOKEN = re.compile(r"\{\{([^|{}]*)\||\}\}|\{-|-\}|\{\+|\+\}|\^\[|\]\^")
_BLOCKS = (("### ", "h3"), ("## ", "h2"), ("# ", "h1"), ("- ", "dash"), ("+ ", "plus"))
_DIRECTIVES = ("@sign", "@recipients", "@center", "@appendix")


class MarkupError(ValueError):
    """A sample's text breaks the markup; the message says where and what to mend."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text of one kind: `plain`, `del` (tracked deletion) or `ins` (tracked insertion); `note` when in a footnote."""

    text: str
    mark: str = "plain"
    note: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A sentence that carries evidence, with (item, status) pairs."""

    text: str
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, table or signature part; `kind` is h1 h2 h3 p dash plus center appendix table sign recipients."""

    kind: str
    pieces: tuple[Piece, ...] = ()
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()
    lines: tuple[str, ...] = ()


@dataclass(slots=True)
class Document:
    """One report: its head lines, its blocks in order, and the claims found in them."""

    name: str
    head: dict[str, str]
    blocks: list[Block] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)

    @property
    def file(self) -> str:
        """The base name of the built file."""
        return f"{self.name}.{'pdf' if self.head['render'] == 'pdf' else 'docx'}"


class _Inline:
    """Scans one stretch of text into pieces and claims; a class because the marks interleave."""

    def __init__(self, where: str) -> None:
        self.where = where
        self.pieces: list[Piece] = []
        self.claims: list[Claim] = []
        self.mark = "plain"
        self.notes = 0
        self.note: int | None = None
        # By footnote (None = the body): a footnote inside a claim may carry a claim of its own.
        self.open: dict[int | None, tuple[tuple[tuple[str, str], ...], list[str]]] = {}

    def scan(self, text: str) -> None:
        """Reads the whole text; raises MarkupError on a mark that is nested, unopened or unclosed."""
        at = 0
        for token in _TOKEN.finditer(text):
            self.put(text[at : token.start()])
            self.step(token)
            at = token.end()
        self.put(text[at:])
        if self.open or self.note is not None or self.mark != "plain":
            raise MarkupError(f"{self.where}: a mark is opened and never closed: {text[:80]}")

    def put(self, text: str) -> None:
        """Adds plain words to the pieces and to the open claim."""
        if not text:
            return
        self.pieces.append(Piece(text, self.mark, self.note))
        if self.note in self.open and self.mark != "del":
            self.open[self.note][1].append(text)

    def step(self, token: re.Match[str]) -> None:
        """Obeys one mark."""
        mark = token.group()
        if mark.startswith("{{"):
            if self.note in self.open:
                raise MarkupError(f"{self.where}: a claim stands inside a claim")
            self.open[self.note] = (_labels(token.group(1), self.where), [])
        elif mark == "}}":
            if self.note not in self.open:
                raise MarkupError(f"{self.where}: '}}}}' closes nothing")
            items, words = self.open.pop(self.note)
            self.claims.append(Claim(" ".join("".join(words).split("\\n")).strip(), items))
        elif mark in _MARKS:
            self.mark = _MARKS[mark]
        elif mark in _CLOSERS:
            if self.mark != _CLOSERS[mark]:
                raise MarkupError(f"{self.where}: {mark!r} closes nothing")
            self.mark = "plain"
        elif mark == "^[":
            self.notes += 1
            self.note = self.notes
        elif mark == "]^":
            self.note = None


def _labels(text: str, where: str) -> tuple[tuple[str, str], ...]:
    """'II.2:done,II.5:planned' as pairs, each checked against the lists above."""
    pairs = []
    for label in text.split(","):
        item, _, status = label.strip().partition(":")
        if item not in ITEMS + EXTRA_ITEMS or status not in STATUSES:
            raise MarkupError(f"{where}: unknown label {label!r}: write ITEM:STATUS with one of {', '.join(STATUSES)}")
        pairs.append((item, status))
    return tuple(pairs)


def plain(pieces: tuple[Piece, ...]) -> str:
    """The text as a reader sees it: insertions in, deletions and footnotes out."""
    return "".join(p.text for p in pieces if p.mark != "del" and p.note is None)


def parse(name: str, text: str) -> Document:
    """Parses one sample. Raises MarkupError on an unknown head line or label, or on a mark that does not close."""
    head_text, _, body = text.replace("\r\n", "\n").partition("\n\n")
    document = Document(name, _head(name, head_text))
    rows: list[tuple[tuple[Piece, ...], ...]] = []
    for number, line in enumerate(body.split("\n"), start=head_text.count("\n") + 3):
        where = f"{name}.txt line {number}"
        if line.startswith("|"):
            rows.append(tuple(_pieces(cell.strip(), where, document) for cell in _cells(line.strip(), where)))
            continue
        if rows:
            document.blocks.append(_table(rows, where))
            rows = []
        if line.strip():
            document.blocks.append(_block(line.strip(), where, document))
    if rows:
        document.blocks.append(_table(rows, name))
    return document


def _head(name: str, text: str) -> dict[str, str]:
    """The head lines as a mapping, with the required keys there and the choices checked."""
    head: dict[str, str] = {}
    for line in text.strip().split("\n"):
        key, _, value = line.removeprefix("@").partition(" ")
        if not line.startswith("@") or key not in REQUIRED + OPTIONAL:
            raise MarkupError(f"{name}.txt: not a head line: {line!r}")
        head[key] = value.strip()
    missing = [key for key in REQUIRED if key not in head]
    if missing:
        raise MarkupError(f"{name}.txt: head lines missing: {', '.join(missing)}")
    if head["render"] not in RENDERS:
        raise MarkupError(f"{name}.txt: @render {head['render']!r} is not one of {', '.join(RENDERS)}")
    expect = _expect(head["expect"])
    if set(expect) != set(ITEMS) or not set(expect.values()) <= set(STATES):
        raise MarkupError(f"{name}.txt: @expect must give each of {', '.join(ITEMS)} one of {', '.join(STATES)}")
    return head


def _expect(text: str) -> dict[str, str]:
    return {pair.partition("=")[0]: pair.partition("=")[2] for pair in text.split()}


def _pieces(text: str, where: str, document: Document) -> tuple[Piece, ...]:
    scanner = _Inline(where)
    scanner.scan(text)
    document.claims.extend(scanner.claims)
    return tuple(scanner.pieces)


def _cells(line: str, where: str) -> list[str]:
    """The cells of '| a | | b |'; a bar without blanks beside it belongs to a claim."""
    cells = re.split(r"(?<=\s)\|(?=\s|$)", line[1:])
    if cells.pop():
        raise MarkupError(f"{where}: a table row ends with ' |'")
    return cells


def _table(rows: list[tuple[tuple[Piece, ...], ...]], where: str) -> Block:
    widths = {len(row) for row in rows}
    if len(widths) != 1:
        raise MarkupError(f"{where}: the rows of the table above have {sorted(widths)} cells")
    return Block("table", rows=tuple(rows))


def _block(line: str, where: str, document: Document) -> Block:
    """A line that is not a table row."""
    directive, _, rest = line.partition(" ")
    if directive in ("@sign", "@recipients"):
        return Block(directive[1:], lines=tuple(rest.split("|" if directive == "@sign" else ";")))
    if directive in _DIRECTIVES:
        return Block(directive[1:], _pieces(rest, where, document))
    if line.startswith("@"):
        raise MarkupError(f"{where}: unknown line {directive}: one of {', '.join(_DIRECTIVES)}")
    for prefix, kind in _BLOCKS:
        if line.startswith(prefix):
            return Block(kind, _pieces(line[len(prefix) :], where, document))
    return Block("p", _pieces(line, where, document))


def gold(document: Document) -> dict[str, Any]:
    """The entry of `gold.json`: what a careful officer would write down of this report."""
    head = document.head
    expect = _expect(head["expect"])
    return {
        "file": document.file,
        "render": head["render"],
        "agency": head["agency"],
        "agency_name": head["agency_name"],
        "number": head["number"],
        "place_date": head["place_date"],
        "year": int(head["year"]),
        "type": head["type"],
        "title": head["title"].replace("|", " "),
        "expect": {item: expect[item] for item in ITEMS},
        "evidence": [{"text": c.text, "items": [{"item": i, "status": s} for i, s in c.items]} for c in document.claims],
    }


def number_line(head: dict[str, str]) -> str:
    """'Số: 12/BC-UBND', or the blank that an office leaves: 'Số:        /BC-UBND'."""
    return f"Số: {head['number']}" if head["number"] else f"Số:        /{head.get('symbol', 'BC-UBND')}"


def has_superior(lines: list[str]) -> bool:
    """Whether the first letterhead line is a superior body, and not the first half of a name broken over two lines."""
    return len(lines) > 1 and lines[0].upper() not in ("ỦY BAN NHÂN DÂN", "UỶ BAN NHÂN DÂN", "UBND")


def column_widths(block: Block, total: float) -> list[float]:
    """Widths in the unit of `total` (a body 16 cm wide): room for the longest word of each column, the rest by the length of its cells."""
    columns = list(zip(*block.rows, strict=True))
    words = [max((len(word) for cell in column for word in plain(cell).split()), default=1) for column in columns]
    least = [(0.22 * n + 0.5) / 16 for n in words]
    length = [sum(len(plain(cell)) for cell in column) ** 0.8 for column in columns]
    spare = max(0.0, 1 - sum(least))
    shares = [low + spare * n / sum(length) for low, n in zip(least, length, strict=True)]
    return [total * share / sum(shares) for share in shares]
