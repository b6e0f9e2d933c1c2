"""Folding for matching only: the stored quote keeps the letters of the report.

Every step keeps the length, so that an offset into folded text is an offset into the text. What varies in such reports (measured in the
language study): case in letterheads, tone-mark placement in one word of ten, y/i in a closed list of words. A blanket y/i fold would merge
real words (tai/tay, hai/hay).
"""

from __future__ import annotations

import re
import unicodedata

from ..plan.names import fold_tone

Y_FOR_I = {
    "qui": "quy", "quí": "quý", "quĩ": "quỹ", "kí": "ký", "kĩ": "kỹ", "kì": "kỳ", "lí": "lý", "tỉ": "tỷ", "sĩ": "sỹ", "mĩ": "mỹ",
    "hằng": "hàng", "zôn": "rôn",
}  # fmt: skip
_CLOSED = re.compile(r"\b(" + "|".join(Y_FOR_I) + r")\b")
_DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "\n": " ", "\t": " ", "\u00a0": " ", "“": '"', "”": '"', "’": "'"})


def unaccented(text: str) -> str:
    """Without any accents, "đ" as "d"; of another length than the text only where that has letters that are no Vietnamese ones."""
    marks = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(c for c in marks if not unicodedata.combining(c))


def fold(text: str) -> str:
    """`text` (NFC) in lower case, tone marks in one place, closed list of y/i and near spellings, plain dashes and quotes; same length."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few foreign capitals lower to two letters
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _CLOSED.sub(lambda m: Y_FOR_I[m[1]], fold_tone(lowered).translate(_DASHES))
