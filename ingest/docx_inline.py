"""The inside of one Word paragraph: runs joined, deletions and hidden text left out, fields by their result, notes and boxes collected."""

from __future__ import annotations

from dataclasses import dataclass, field

from .docx_styles import Look, Styles, run_look
from .docx_xml import DELETED, MC, TRANSPARENT, Element, M, W, chosen, switch, value

_TEXT_BOX = W + "txbxContent"


@dataclass(slots=True)
class Inline:
    """What a paragraph holds. `shown`, `bold`, `italic` count letters, to tell whether all of it is bold; `notes` are (kind, id) of the
    footnotes referred to; `boxes` the text boxes anchored here, those before the first letter first, `before` of them."""

    pieces: list[str] = field(default_factory=list)
    shown: int = 0
    bold: int = 0
    italic: int = 0
    size: float = 0.0
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    before: int = 0
    bold_first_line: int = 0  # where the first soft break ends a line that is all bold; 0 for none

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
        """As gathered, not yet clean."""
        return "".join(self.pieces)

    def add(self, text: str, look: Look) -> None:
        """Appends shown text and counts its weight."""
        if text == "\n" and self.all_bold and not self.bold_first_line and "\n" not in self.pieces:
            self.bold_first_line = sum(map(len, self.pieces))
        self.pieces.append(text)
        letters = len(text) - text.count(" ") - text.count("\n")
        if not letters:
            return
        if not self.shown:
            self.size = look.size or 0.0
        self.shown += letters
        self.bold += letters * bool(look.bold)
        self.italic += letters * bool(look.italic)


class InlineReader:
    """Reads paragraphs one after the other: a field may begin in one paragraph and end in a later one."""

    def __init__(self, styles: Styles) -> None:
        """`styles` of the same file."""
        self._styles = styles
        self._fields: list[bool] = []  # open complex fields; True while in the instruction, which is not shown

    def read(self, paragraph: Element, base: Look, into: Inline | None = None) -> Inline:
        """The content of a `w:p`; `into` is content that a deleted paragraph mark joins in front of it."""
        inline = into or Inline()
        self._children(paragraph, base, inline)
        if not inline.shown:
            inline.before = len(inline.boxes)
        return inline

    def _children(self, parent: Element, base: Look, inline: Inline) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child, base, inline)
            elif tag in TRANSPARENT:
                self._children(child, base, inline)
            elif tag == MC + "AlternateContent":
                branch = chosen(child)
                if branch is not None:
                    self._children(branch, base, inline)
            elif tag in (M + "oMath", M + "oMathPara"):
                inline.add("".join(t.text or "" for t in child.iter(M + "t")), base)

    def _run(self, run: Element, base: Look, inline: Inline) -> None:
        properties = run.find(W + "rPr")
        look = base
        if properties is not None:
            look = run_look(self._styles.character(value(properties, "rStyle"), base), properties)
            if switch(properties, "webHidden") and not look.hidden:
                look = base
        for child in run:
            self._run_child(child, look, inline)

    def _run_child(self, child: Element, look: Look, inline: Inline) -> None:
        tag = child.tag
        if tag == W + "fldChar":
            self._field(child.get(W + "fldCharType"))
        elif tag == MC + "AlternateContent":
            branch = chosen(child)
            for inner in branch if branch is not None else ():
                self._run_child(inner, look, inline)
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            inline.notes.append((tag[len(W) : -len("Reference")], child.get(W + "id", "")))
        elif tag in (W + "drawing", W + "pict", W + "object"):
            self._boxes(child, inline)
        elif tag == W + "ruby":
            base = child.find(W + "rubyBase")
            if base is not None:
                self._children(base, look, inline)
        elif not look.hidden and not any(self._fields):
            text = _shown_text(child)
            if text:
                inline.add(text.upper() if look.caps else text, look)

    def _field(self, kind: str | None) -> None:
        if kind == "begin":
            self._fields.append(True)
        elif kind == "separate" and self._fields:
            self._fields[-1] = False
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _boxes(self, parent: Element, inline: Inline) -> None:
        """Text boxes in a drawing or VML shape, outermost only: what stands in one box is read with that box."""
        for child in parent:
            if child.tag == _TEXT_BOX:
                inline.boxes.append(child)
                if not inline.shown:
                    inline.before = len(inline.boxes)
            elif child.tag == MC + "AlternateContent":
                branch = chosen(child)
                if branch is not None:
                    self._boxes(branch, inline)
            elif child.tag not in DELETED:
                self._boxes(child, inline)


_FIXED = {
    W + "tab": " ",
    W + "ptab": " ",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
    W + "softHyphen": "",
}


def _shown_text(child: Element) -> str:
    """The text that one child of a run shows; '' for what shows none (instructions, deleted text, marks)."""
    tag = child.tag
    if tag == W + "t":
        return (child.text or "").replace("\t", " ").replace("\n", " ")
    if tag == W + "sym":
        code = number_of_symbol(child.get(W + "char", ""))
        return chr(code) if code else ""
    return _FIXED.get(tag, "")


def number_of_symbol(text: str) -> int:
    """The code of a `w:sym`, moved into the private-use area where symbol fonts live (text.clean knows them from there)."""
    try:
        code = int(text, 16)
    except ValueError:
        return 0
    return code + 0xF000 if 0x20 <= code <= 0xFF else code if code <= 0x10FFFF else 0
