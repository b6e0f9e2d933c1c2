"""The codings of Vietnamese from before Unicode, as tables: what a code stands for (TCVN 5712:1993 VN3, VNI, RFC 1456 VIQR)."""

from __future__ import annotations

import unicodedata
from typing import Final

GRAVE, ACUTE, TILDE, HOOK, DOT = "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"

# TCVN3 (the fonts .VnTime, .VnArial and their kin): one code a letter. Capitals with a tone have none: a font in capitals (".VnTimeH")
# shows the small letters as capitals. The order of tones in a row is grave, hook, tilde, acute, dot.
_TCVN3_BASES: Final = dict(zip(range(0xA1, 0xAF), "ĂÂÊÔƠƯĐăâêôơưđ", strict=True))
_TCVN3_ROWS: Final = (
    ("a", (0xB5, 0xB6, 0xB7, 0xB8, 0xB9)),
    ("ă", (0xBB, 0xBC, 0xBD, 0xBE, 0xC6)),
    ("â", (0xC7, 0xC8, 0xC9, 0xCA, 0xCB)),
    ("e", (0xCC, 0xCE, 0xCF, 0xD0, 0xD1)),
    ("ê", (0xD2, 0xD3, 0xD4, 0xD5, 0xD6)),
    ("i", (0xD7, 0xD8, 0xDC, 0xDD, 0xDE)),
    ("o", (0xDF, 0xE1, 0xE2, 0xE3, 0xE4)),
    ("ô", (0xE5, 0xE6, 0xE7, 0xE8, 0xE9)),
    ("ơ", (0xEA, 0xEB, 0xEC, 0xED, 0xEE)),
    ("u", (0xEF, 0xF1, 0xF2, 0xF3, 0xF4)),
    ("ư", (0xF5, 0xF6, 0xF7, 0xF8, 0xF9)),
    ("y", (0xFA, 0xFB, 0xFC, 0xFD, 0xFE)),
)
_TCVN3_TONES: Final = (GRAVE, HOOK, TILDE, ACUTE, DOT)

# VNI (the fonts VNI-Times and their kin): letter and mark are two codes; the mark alone carries hat and tone at once.
_VNI_TONES: Final = {"ø": GRAVE, "ù": ACUTE, "û": HOOK, "õ": TILDE, "ï": DOT}
_VNI_HATS: Final = {
    "â": _CIRCUMFLEX, "à": _CIRCUMFLEX + GRAVE, "á": _CIRCUMFLEX + ACUTE, "å": _CIRCUMFLEX + HOOK, "ã": _CIRCUMFLEX + TILDE,
    "ä": _CIRCUMFLEX + DOT,
}  # fmt: skip
_VNI_BREVES: Final = {
    "ê": _BREVE, "è": _BREVE + GRAVE, "é": _BREVE + ACUTE, "ú": _BREVE + HOOK, "ü": _BREVE + TILDE, "ë": _BREVE + DOT,
}  # fmt: skip
_VNI_ALONE: Final = {"ô": "ơ", "ö": "ư", "ñ": "đ", "ì": "ì", "í": "í", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}


def _composed(base: str, marks: str) -> str:
    return unicodedata.normalize("NFC", base + marks)


def tcvn3() -> dict[int, str]:
    """Code to letter, for str.translate of text in which each code stands as the character of the same number."""
    table = dict(_TCVN3_BASES)
    for base, codes in _TCVN3_ROWS:
        table.update({code: _composed(base, tone) for code, tone in zip(codes, _TCVN3_TONES, strict=True)})
    return table


def vni() -> dict[str, str]:
    """One or two characters, as Windows shows the codes, to the letter; capitals too, also with the mark of a small letter."""
    table = dict(_VNI_ALONE)
    for base, marks in (
        ("a", _VNI_TONES | _VNI_HATS | _VNI_BREVES),
        ("e", _VNI_TONES | _VNI_HATS),
        ("o", _VNI_TONES | _VNI_HATS),
        ("u", _VNI_TONES),
        ("y", _VNI_TONES),
    ):
        table.update({base + sign: _composed(base, mark) for sign, mark in marks.items()})
    for alone in ("ô", "ö"):
        table.update({alone + sign: _composed(_VNI_ALONE[alone], tone) for sign, tone in _VNI_TONES.items()})
    for code, letter in list(table.items()):
        table[code.upper()] = letter.upper()
        table[code[0].upper() + code[1:]] = letter.upper()
    return table


def viqr() -> dict[str, str]:
    """The ASCII spellings of letters ("a^'" is "ấ"), hats before tones."""
    tones = {"`": GRAVE, "'": ACUTE, "?": HOOK, "~": TILDE, ".": DOT}
    hats = {"a^": "â", "e^": "ê", "o^": "ô", "a(": "ă", "o+": "ơ", "u+": "ư", "o*": "ơ", "u*": "ư"}
    table: dict[str, str] = {"dd": "đ", "Dd": "Đ", "DD": "Đ"}
    for spelling, letter in {**{v: v for v in "aeiouy"}, **hats}.items():
        for sign, tone in {"": "", **tones}.items():
            table[spelling + sign] = _composed(letter, tone)
            table[spelling[0].upper() + spelling[1:] + sign] = _composed(letter.upper(), tone)
    return {spelling: letter for spelling, letter in table.items() if spelling != letter}
