"""Clean-up of text as it comes out of a file: one spelling of every letter, visible characters only."""

from __future__ import annotations

import re
import unicodedata

# Glyphs of Symbol and Wingdings that Word and its PDF printers leave in the private-use area U+F000..F0FF. Bullets of every shape become
# "•"; what is not listed and looks like ASCII there is that ASCII character; the rest has no text.
_SYMBOLS = {
    0xF0B7: "•", 0xF0A7: "•", 0xF0D8: "•", 0xF076: "•", 0xF06E: "•", 0xF071: "•", 0xF075: "•", 0xF09F: "•", 0xF0A2: "•",
    0xF0E0: "→", 0xF0E8: "→", 0xF0DE: "⇒", 0xF0FC: "✓", 0xF0FE: "☒", 0xF0A8: "☐", 0xF06F: "☐", 0xF0A3: "≤", 0xF0B3: "≥", 0xF0B1: "±",
    0xF0B4: "×", 0xF0B0: "°",
}  # fmt: skip
_BLANKS = (0x09, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_BREAKS = (0x0B, 0x0C, 0x0D, 0x85, 0x2028, 0x2029)
_GONE = (
    *(c for c in range(0x20) if c not in (0x09, 0x0A, 0x0B, 0x0C, 0x0D)),
    *(c for c in range(0x7F, 0xA0) if c != 0x85),
    0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180E, 0x3164, 0xFFA0, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
    *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), *range(0xD800, 0xE000), 0xFEFF, *range(0xFFF9, 0x10000),
)  # fmt: skip


def _table() -> dict[int, str]:
    table = dict.fromkeys(_GONE, "")
    table.update(dict.fromkeys(range(0xE000, 0xF900), ""))
    table.update({0xF000 + c: chr(c) for c in range(0x20, 0x7F)})
    table.update(_SYMBOLS)
    table.update(dict.fromkeys(_BLANKS, " "))
    table.update(dict.fromkeys(_BREAKS, "\n"))
    # U+2010 and U+2011 are hyphens kept from breaking ("QĐ‑UBND"); U+01A3 is what some PDF fonts give for "ư".
    table.update({0x2010: "-", 0x2011: "-", 0x01A3: "ư", 0x01A2: "Ư"})
    table.update(enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"), 0xFB00))  # ligatures
    return table


_TABLE = _table()
_ODD = re.compile("[" + "".join(f"\\U{c:08x}" for c in _TABLE) + "]")
_ETH = str.maketrans({"ð": "đ", "Ð": "Đ"})
_VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯ\u1ea0-\u1ef9]")
_ICELANDIC = re.compile("[þÞæÆöÖ]")
_RUN_OF_BLANKS = re.compile(r" {2,}")
_AROUND_BREAK = re.compile(r" *\n[ \n]*")


def clean(text: str) -> str:
    """NFC, blanks single, line breaks '\\n' and single, nothing invisible; fonts' stand-ins ("ƣ", "ð", U+F0B7) replaced. Idempotent."""
    if _ODD.search(text):
        text = text.replace("\r\n", "\n").translate(_TABLE)
    if not text.isascii():
        text = _letters(text)
    if "\n" in text:
        text = _AROUND_BREAK.sub("\n", text)
    return _RUN_OF_BLANKS.sub(" ", text).strip(" \n")


def _letters(text: str) -> str:
    """Composed letters; Icelandic eth, which old fonts show for đ, only where the text is not Icelandic."""
    text = unicodedata.normalize("NFC", text)
    if _ODD.search(text):  # a few characters are composed into ones of the table, for example U+2000 into U+2002
        text = unicodedata.normalize("NFC", text.translate(_TABLE))
    if ("ð" in text or "Ð" in text) and (_VIETNAMESE.search(text) or not _ICELANDIC.search(text)):
        text = unicodedata.normalize("NFC", text.translate(_ETH))
    return text
