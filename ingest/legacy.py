"""Text in the codings from before Unicode, told by its font and, where the font is lost, by whether it makes Vietnamese syllables."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

from .legacy_tables import tcvn3, viqr, vni
from .quality import is_syllable

Coding = Literal["", "tcvn3", "tcvn3-capitals", "vni", "viqr"]

_TCVN3_FONT: Final = re.compile(r"\.vn|vn(?:time|arial|avant|helve|book|courier|southern|university|century)", re.IGNORECASE)
_VNI_FONT: Final = re.compile(r"vni\b|vni-", re.IGNORECASE)

_TCVN3: Final = tcvn3()
_VNI: Final = vni()
_VNI_TOKEN: Final = re.compile("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)))
_VIQR: Final = viqr()
# A backslash keeps a sign from being a mark. The dot and the question mark end sentences too: at the end of a word, before a blank and a
# capital or before the end of the line, they are taken for that.
_NOT_AT_END: Final = r"(?!\s*$|\s+[A-Z\d\"(-])"
_VIQR_TOKEN: Final = re.compile(
    r"\\(?P<kept>.)|" + "|".join(re.escape(s) + _NOT_AT_END * (s[-1] in ".?") for s in sorted(_VIQR, key=len, reverse=True)), re.MULTILINE
)
# Vietnamese letters that only Unicode has: with one of them in it, a text is no longer coded whatever its font is called.
_UNICODE_ONLY: Final = re.compile("[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9]")
_NO_TCVN3: Final = re.compile("[ÀÁÂÃÙÚàð]")  # codes that no letter of the TCVN3 fonts has
_NO_VNI: Final = re.compile("(?<![aeouyôö])[àáâãäåèéêëùûüúøõï]", re.IGNORECASE)  # marks without a letter under them
_CODED: Final = re.compile("[\u00a1-\u00ff]")
_VIQR_MARK: Final = re.compile(r"[aeoAEO]\^|[aA]\(|[uoUO]\+|\b[dD][dD][aeiouy]")
# What may be a word with "ư" in it where its code, U+00AD, is shown as a hyphen.
_HYPHENED: Final = re.compile("(?<![0-9A-Za-z\u00a1-\u00ff-])[A-Za-z\u00a1-\u00ff]*-[A-Za-z\u00a1-\u00ff-]*")
_CAPITAL: Final = re.compile("[A-Z]")  # after the first letter of an abbreviation, of which the font has another code for "Ư"
_SAMPLE: Final = 400  # letters of a page that tell whether most are codes
_FEW: Final = 3  # words with codes, at least, to speak for a document
_ENOUGH: Final = 0.05  # share of words with codes, from which text is suspected to be coded


def coding_of_font(name: str) -> Coding:
    """The coding that a font's text is in. Fonts of the TCVN3 family whose names end in H show small letters as capitals."""
    if _TCVN3_FONT.match(name):
        return "tcvn3-capitals" if name.rstrip().endswith("H") else "tcvn3"
    return "vni" if _VNI_FONT.match(name) else ""


def decode(text: str, coding: Coding) -> str:
    """Unicode for a text set in a font of that coding; text that is Unicode all the same (the font was chosen, a modern keyboard typed) is
    left as it is, but for capitals."""
    if coding == "":
        return text
    if coding == "viqr":
        return _VIQR_TOKEN.sub(lambda m: m["kept"] or _VIQR[m[0]], text)
    if not _UNICODE_ONLY.search(text):
        text = text.translate(_TCVN3) if coding != "vni" else _VNI_TOKEN.sub(lambda m: _VNI[m[0]], text)
    return text.upper() if coding == "tcvn3-capitals" else text


def decode_by_font(text: str, coding: Coding) -> str:
    """As `decode`, for a text whose font says that it is coded; unless it is better Vietnamese as it stands, typed with a modern keyboard
    in an old font ("ông cà" has no letter that only Unicode has, but one that the old coding has not)."""
    decoded = decode(text, coding)
    if text.isascii():
        return decoded
    gain = _valid(decoded) - _valid(text)
    impossible = _NO_VNI if coding == "vni" else _NO_TCVN3
    if gain > 0 or (gain == 0 and not impossible.search(text)):
        return decoded
    return text.upper() if coding == "tcvn3-capitals" else text


def with_horns(text: str, coding: Coding) -> str:
    """Coded text out of a PDF, with the code of "ư" put back in TCVN3: it is U+00AD, which the encodings of PDF fonts call a hyphen
    (PDF 32000-1, annex D.2). A hyphen is taken for it where that makes a syllable: "n-íc" is "nước", "Q§-UBND" stays."""
    if "-" not in text or not coding.startswith("tcvn3"):
        return text
    return _HYPHENED.sub(lambda m: _with_horns(m[0]), text)


def _with_horns(token: str) -> str:
    done: list[str] = []
    word, *rest = token.split("-")
    for part in rest:
        joined = f"{word}\u00ad{part}"
        if len(joined) > 1 and not _CAPITAL.search(joined, 1) and is_syllable(joined.translate(_TCVN3)):
            word = joined
        else:
            done.append(word)
            word = part
    return "-".join([*done, word])


def lost_coding(texts: Iterable[str]) -> Coding:
    """The coding of the texts of one document that no font speaks for: "tcvn3", "vni", or '' when they are Unicode, as nearly always.
    A single "¼" is none."""
    suspected = "\n".join(text for text in texts if is_suspect(text))
    coding = guess(suspected) if sum(1 for word in suspected.split() if _CODED.search(word)) >= _FEW else ""
    return coding if coding in ("tcvn3", "vni") else ""


def mostly_coded(text: str) -> bool:
    """Whether looking for a lost coding is worth while: codes by far outnumber the letters that only Unicode has, such as those of a
    signature that was put on a page of an old file."""
    some = text[:: 1 + len(text) // _SAMPLE]  # asked for every page
    return len(_CODED.findall(some)) > 3 * len(_UNICODE_ONLY.findall(some))


def is_suspect(text: str) -> bool:
    """Whether the text may be coded: it has letters that codes look like, and none that only Unicode has."""
    return bool(_CODED.search(text)) and not _UNICODE_ONLY.search(text)


def mend(text: str, coding: Coding) -> str:
    """A text of a document whose `lost_coding` this is: decoded where that makes no fewer of its words Vietnamese."""
    if not coding or not is_suspect(text):
        return text
    decoded = decode(text, coding)
    return decoded if _valid(decoded) >= _valid(text) else text


def guess(text: str) -> Coding:
    """The coding of a text of which nothing else is known; '' for Unicode, for other languages, and where it cannot be told."""
    if _CODED.search(text):
        return _guess_coded(text)
    if any(c.isalpha() and not c.isascii() for c in text) or len(_VIQR_MARK.findall(text)) < _ENOUGH * len(text.split()):
        return ""  # VIQR is written with the letters of a typewriter alone
    return "viqr" if _valid(decode(text, "viqr")) > max(0.6, _valid(text)) else ""


def _guess_coded(text: str) -> Coding:
    words = text.split()
    if _UNICODE_ONLY.search(text) or sum(1 for w in words if _CODED.search(w)) < _ENOUGH * len(words):
        return ""
    scores: dict[Coding, float] = {coding: _valid(decode(text, coding)) for coding in ("", "tcvn3", "vni")}
    best: Coding = max(scores, key=lambda coding: scores[coding])
    return best if scores[best] >= 0.6 and scores[best] > scores[""] + 0.1 else ""


def _valid(text: str) -> float:
    """The share of words that can be Vietnamese; words of plain ASCII can in any coding and say little, so that others count five times."""
    total = good = 0
    for word in text.split():
        bare = word.strip(_AROUND)
        if any(map(str.isdigit, bare)) or not bare:
            continue
        weight = 1 if bare.isascii() else 5
        total += weight
        good += weight * all(map(is_syllable, _JOINED.split(bare)))
    return good / total if total else 0.0


_AROUND: Final = " \t\n.,;:!?()[]{}\"'“”‘’…-–/*+%"
_JOINED: Final = re.compile(r"[-/,.;:–]+")


def decode_bytes(data: bytes) -> tuple[str, str]:
    """The text of a plain text file and the coding that it was in ("utf-8", "utf-16", "tcvn3", "vni", "viqr", "cp1258", "cp1252")."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode("utf-8-sig" if name == "utf-8" else name, "replace"), name
    if wide := _wide(data):
        return data.decode(wide, "replace"), "utf-16"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _decode_single(data)
    coding = guess(text)  # coded letters may have been saved as UTF-8
    return (decode(text, coding), coding) if coding else (text, "utf-8")


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of blanks and plain letters is zero."""
    head = data[:4096]
    odd, even = head[1::2].count(0), head[::2].count(0)
    if odd > len(head) * 0.15 and odd > 4 * even:
        return "utf-16-le"
    return "utf-16-be" if even > len(head) * 0.15 and even > 4 * odd else ""


def _decode_single(data: bytes) -> tuple[str, str]:
    shown = data.decode("latin-1") if not any(0x80 <= b < 0xA0 for b in data) else data.decode("cp1252", "replace")
    texts = {"tcvn3": decode(shown, "tcvn3"), "vni": decode(shown, "vni"), "cp1258": data.decode("cp1258", "replace"), "cp1252": shown}
    best = max(texts, key=lambda name: _valid(texts[name]))
    return texts[best], best
