"""The inside of one Word paragraph: runs joined, deletions and hidden text left out, fields by their result, notes and boxes collected."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from .docx_drawing import DIAGRAM
from .docx_styles import Look, Styles
from .docx_xml import DELETED, MC, TRANSPARENT, VAL, A, Element, M, V, W, chosen, number, text_of
from .legacy import Coding, coding_of_font, decode_by_font, mend

_SHOWN = (W + "txbxContent", A + "p", DIAGRAM)
_PIECE = tuple[str, Coding, bool]  # text, its font's coding, whether it shows in capitals


@dataclass(slots=True)
class Inline:
    """What a paragraph holds. `shown`, `bold`, `italic` count letters, to tell whether all of it is bold; `notes` are (kind, id) of the
    footnotes referred to; `boxes` the text boxes anchored here, those before the first letter first, `before` of them."""

    pieces: list[_PIECE] = field(default_factory=list)
    shown: int = 0
    bold: int = 0
    italic: int = 0
    size: float = 0.0
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    before: int = 0
    bold_pieces: int = 0  # how many pieces stand before the first soft break, where they are all bold; 0 for none
    coded: bool = False
    broken: bool = False
    lost: Coding = ""  # what to try on text whose font says nothing

    @property
    def all_bold(self) -> bool:
        """True when it is bold but for a stray mark."""
        return self.shown > 0 and self.bold >= 0.9 * self.shown

    @property
    def all_italic(self) -> bool:
        """True when it is italic but for a stray mark."""
        return self.shown > 0 and self.italic >= 0.9 * self.shown

    @property
    def text(self) -> str:
        """As gathered and decoded, not yet clean."""
        return self.text_of(self.pieces)

    def text_of(self, pieces: list[_PIECE]) -> str:
        """The text of some of the pieces. Neighbours in one coding are decoded together: a letter may be spread over two runs."""
        if not self.coded:
            joined = "".join([piece[0] for piece in pieces])
            return mend(joined, self.lost) if self.lost else joined
        parts = []
        for (coding, caps), group in groupby(pieces, lambda piece: piece[1:]):
            text = decode_by_font("".join([piece[0] for piece in group]), coding)
            parts.append(text.upper() if caps else text)
        return "".join(parts)

    def add(self, text: str, look: Look) -> None:
        """Appends shown text and counts its weight."""
        if text == "\n" and not self.broken:
            self.broken = True
            if self.all_bold:
                self.bold_pieces = len(self.pieces)
        if look.coding or look.caps:
            self.coded = True
        self.pieces.append((text, look.coding, bool(look.caps)))
        letters = len(text) - text.count(" ") - text.count("\n")
        if not letters:
            return
        if not self.shown:
            self.size = look.size or 0.0
        self.shown += letters
        if look.bold:
            self.bold += letters
        if look.italic:
            self.italic += letters


_RUN, _TEXT, _PROPERTIES, _TAB, _BREAK = W + "r", W + "t", W + "rPr", W + "tab", W + "br"
_FIXED: Final = {_TAB: " ", W + "ptab": " ", _BREAK: "\n", W + "cr": "\n", W + "noBreakHyphen": "-"}
_ALTERNATE = MC + "AlternateContent"
_MATH = (M + "oMath", M + "oMathPara")
_PICTURES = (W + "drawing", W + "pict", W + "object")
_NOTES = (W + "footnoteReference", W + "endnoteReference")


class InlineReader:
    """Reads paragraphs one after the other: a field may begin in one paragraph and end in a later one."""

    def __init__(self, styles: Styles, lost: Coding = "") -> None:
        """`styles` of the same file; `lost` is the coding of its text where fonts do not tell (see `legacy.lost_coding`)."""
        self._styles = styles
        self._lost = lost
        self._fields: list[bool] = []  # open complex fields; True while in the instruction, which is not shown
        self._instructing = False

    def read(self, paragraph: Element, base: Look, into: Inline | None = None) -> Inline:
        """The content of a `w:p`; `into` is content that a deleted paragraph mark joins in front of it."""
        inline = into or Inline(lost=self._lost)
        self._children(paragraph, base, inline)
        if not inline.shown:
            inline.before = len(inline.boxes)
        return inline

    def _children(self, parent: Element, base: Look, inline: Inline) -> None:
        for child in parent:
            tag = child.tag
            if tag == _RUN:
                self._run(child, base, inline)
            elif tag in TRANSPARENT:
                self._children(child, base, inline)
            elif tag == _ALTERNATE:
                branch = chosen(child)
                if branch is not None:
                    self._children(branch, base, inline)
            elif tag in _MATH:
                inline.add("".join(t.text or "" for t in child.iter(M + "t")), base)

    def _run(self, run: Element, base: Look, inline: Inline) -> None:
        look = base
        for child in run:
            tag = child.tag
            if tag == _TEXT:
                if not look.hidden and not self._instructing:
                    text = text_of(child)
                    if "\t" in text or "\n" in text:
                        text = text.replace("\t", " ").replace("\n", " ")
                    inline.add(text, look)
            elif tag == _PROPERTIES:
                look = self._styles.run(base, child)
            else:
                self._run_child(child, tag, look, inline)

    def _run_child(self, child: Element, tag: str, look: Look, inline: Inline) -> None:
        if tag == W + "fldChar":
            self._field(child, look, inline)
        elif tag == _ALTERNATE:
            branch = chosen(child)
            if branch is not None:
                self._branch(branch, look, inline)
        elif tag in _NOTES:
            inline.notes.append((tag[len(W) : -len("Reference")], child.get(W + "id", "")))
        elif tag in _PICTURES:
            self._boxes(child, inline)
        elif tag == W + "ruby":
            for base in child.iterchildren(W + "rubyBase"):
                self._children(base, look, inline)
        elif tag == _RUN:  # a run in a run, as some generators write
            self._run(child, look, inline)
        elif not look.hidden and not self._instructing:
            self._mark(child, tag, look, inline)

    def _mark(self, child: Element, tag: str, look: Look, inline: Inline) -> None:
        if tag == W + "sym":
            self._symbol(child, look, inline)
        elif tag in _FIXED:
            inline.add(_FIXED[tag], look)
        elif tag == W + "softHyphen" and (look.coding or self._lost).startswith("tcvn3"):
            inline.add("\xad", look)  # the code of "ư", which Word takes for a hyphen of its own

    def _branch(self, branch: Element, look: Look, inline: Inline) -> None:
        for child in branch:
            if child.tag == _TEXT:
                if not look.hidden and not self._instructing:
                    inline.add(text_of(child), look)
            else:
                self._run_child(child, child.tag, look, inline)

    def _symbol(self, symbol: Element, look: Look, inline: Inline) -> None:
        """A `w:sym`: a code and the font to show it in. Codes of symbol fonts are moved into the private-use area, where `text.clean`
        knows them; those of a Vietnamese font from before Unicode are letters."""
        try:
            code = int(symbol.get(W + "char", ""), 16)
        except ValueError:
            return
        coding = coding_of_font(symbol.get(W + "font", ""))
        if coding:
            inline.coded = True
            inline.pieces.append((chr(code & 0xFF), coding, bool(look.caps)))
            inline.shown += 1
        elif 0 < code <= 0x10FFFF:
            inline.add(chr(code + 0xF000 if 0x20 <= code <= 0xFF else code), look)

    def _field(self, mark: Element, look: Look, inline: Inline) -> None:
        kind = mark.get(W + "fldCharType")
        if kind == "begin":
            self._dropdown(mark, look, inline)
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()
        self._instructing = any(self._fields)

    def _dropdown(self, mark: Element, look: Look, inline: Inline) -> None:
        """A drop-down form field has no result: what shows is the entry chosen in its data."""
        if len(mark) and (found := mark.find(f"{W}ffData/{W}ddList")) is not None and not self._instructing:
            entries = [entry.get(VAL, "") for entry in found.iterchildren(W + "listEntry")]
            result = found.find(W + "result")
            at = number(result.get(VAL)) if result is not None else 0
            if at < len(entries):
                inline.add(entries[at], look)

    def _boxes(self, parent: Element, inline: Inline) -> None:
        """What shows text in a drawing or VML shape, outermost only: text boxes (what stands in one box is read with that box), the
        paragraphs of DrawingML (`a:p`), and WordArt."""
        for child in parent:
            tag = child.tag
            if tag in _SHOWN or (tag == V + "textpath" and child.get("string")):
                inline.boxes.append(child)
                if not inline.shown:
                    inline.before = len(inline.boxes)
            elif tag == _ALTERNATE:
                branch = chosen(child)
                if branch is not None:
                    self._boxes(branch, inline)
            elif tag not in DELETED and len(child):
                self._boxes(child, inline)
