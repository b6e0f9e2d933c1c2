"""Text without tone marks, letter for letter: "quan triet" finds "quán triệt", and a hit can be shown at its place in the original."""

from __future__ import annotations

import unicodedata


class _Folding(dict[int, str]):
    """Made letter by letter as letters are met: `str.translate` then runs at C speed."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        base = "d" if char in "đĐ" else unicodedata.normalize("NFD", char)[0].lower()  # đ has no decomposition
        self[code] = base if len(base) == 1 else char
        return self[code]


_FOLDING = _Folding()


def folded(text: str) -> str:
    """`text` in NFC, lower case, without tone marks; one letter for each letter of `NFC(text)`."""
    return unicodedata.normalize("NFC", text).translate(_FOLDING)


def words(text: str) -> str:
    """`text` folded, everything but letters and digits as single blanks: for comparing names."""
    return " ".join("".join(char if char.isalnum() else " " for char in folded(text)).split())
