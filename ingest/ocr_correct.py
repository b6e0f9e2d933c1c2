"""Mends what OCR has misread where the rules of Vietnamese spelling leave one answer: a word that can be no syllable, and one change away
the only one that can; two words without the blank between them; and a pair of words that is a known term but for its marks."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from .quality import is_syllable

_DOUBTED = 90  # words that tesseract is surer of are left alone
_PAIR_DOUBTED = 94
_SHORTEST = 3
_SHORTEST_PAIR = 4
_VOWELS = "aeiouy"
_DOUBLED = re.compile(r"([a-hj-z])\1")  # a letter with two marks above it may be seen twice ("ĐẲẰNG"); but "quý II" is meant so
_SIGNS = ".,;:()[]\"'“”!?-/"
_YEAR = re.compile(r"(?:19|20)\d\d\b")
# Signs that look alike in print, and letters that differ in a mark that a speck makes or hides.
_LOOKALIKES: tuple[tuple[str, str], ...] = (
    ("1", "l"), ("0", "o"), ("5", "s"), ("rn", "m"), ("cl", "d"), ("ii", "u"), ("vv", "w"), ("l", "i"), ("i", "l"), ("t", "l"), ("l", "t"),
    ("h", "b"), ("b", "h"), ("c", "e"), ("e", "c"), ("n", "u"), ("u", "n"), ("ð", "đ"), ("d", "đ"), ("đ", "d"), ("o", "ơ"), ("o", "ô"),
    ("ô", "o"), ("ơ", "o"), ("u", "ư"), ("ư", "u"), ("a", "ă"), ("a", "â"), ("ă", "â"), ("â", "ă"), ("ă", "a"), ("â", "a"), ("e", "ê"),
    ("ê", "e"), ("ö", "ô"), ("ü", "ư"), ("ö", "ơ"),
)  # fmt: skip
_TONES = "\u0300\u0301\u0303\u0309\u0323"


@lru_cache(maxsize=1)
def _pairs() -> dict[str, str]:
    """The pairs of data/terms.txt by what they are without any mark."""
    text = Path(__file__).with_name("data").joinpath("terms.txt").read_text(encoding="utf-8")
    listed = [pair.strip() for line in text.splitlines() if not line.startswith("#") for pair in line.split(",")]
    return {_bare(pair): pair for pair in listed}


def corrected(words: Sequence[tuple[str, int]]) -> tuple[list[str], list[tuple[str, str]]]:
    """For (text, confidence) in reading order: the texts, some corrected, and the changes made as (seen, corrected)."""
    texts = [_parted(text) if confidence >= _DOUBTED else _mended(_parted(text)) for text, confidence in words]
    for at in range(len(texts) - 1):
        if min(words[at][1], words[at + 1][1]) < _PAIR_DOUBTED:
            texts[at], texts[at + 1] = _as_term(texts[at], texts[at + 1])
        if _YEAR.match(texts[at + 1]) and _bare(texts[at].lower()) == "nam" and words[at][1] < _DOUBTED:
            texts[at] = _with_case("năm", texts[at])
    return texts, [(seen, text) for (seen, _), text in zip(words, texts, strict=True) if seen != text]


def _as_term(first: str, second: str) -> tuple[str, str]:
    """Two words that are a known term but for their marks, as that term. Signs before and after them stay."""
    front, back = first.lstrip(_SIGNS), second.rstrip(_SIGNS)
    term = _pairs().get(_DOUBLED.sub(r"\1", _bare(f"{front} {back}".lower())))
    if term is None or _same(term, f"{front} {back}".lower()):
        return first, second
    one, two = term.split()
    return first[: len(first) - len(front)] + _with_case(one, front), _with_case(two, back) + second[len(back) :]


def _same(one: str, two: str) -> bool:
    """Equal but for where the tone mark stands ("hóa", "hoá")."""
    return sorted(unicodedata.normalize("NFD", one)) == sorted(unicodedata.normalize("NFD", two))


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c)).replace("đ", "d")


def _parted(text: str) -> str:
    """Two syllables that OCR has run together ("ANLƯ", "NỘIVỤ"), however sure it was; only where they come apart in one way, the second
    begins with a consonant ("quỵết" is one word, misread), and a letter that only Vietnamese has tells that it is no word of another
    language ("video" is two syllables too)."""
    core = text.strip(_SIGNS)
    if len(core) < _SHORTEST_PAIR or not core.isalpha() or core.isascii() or is_syllable(core):
        return text
    consonants = [at for at in range(1, len(core)) if _bare(core[at].lower()) not in _VOWELS]
    places = [at for at in consonants if is_syllable(core[:at]) and is_syllable(core[at:])]
    return text.replace(core, f"{core[: places[0]]} {core[places[0] :]}", 1) if len(places) == 1 else text


def _mended(text: str) -> str:
    core = text.strip(_SIGNS)
    if len(core) < _SHORTEST or not _is_word(core) or is_syllable(core):
        return text
    found = {c for c in _candidates(core.lower()) if is_syllable(c)}
    return text.replace(core, _with_case(found.pop(), core), 1) if len(found) == 1 else text


def _is_word(core: str) -> bool:
    """Small letters throughout, or one capital in front: abbreviations, codes and figures are nobody's misreading."""
    return sum(map(str.isalpha, core)) >= len(core) - 1 and core[1:] == core[1:].lower() and any(c not in "0123456789" for c in core[:2])


def _candidates(word: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFD", word)
    tones = [c for c in plain if c in _TONES]
    if len(tones) > 1:  # a tone seen twice: one of them is a speck
        for at, letter in enumerate(plain):
            if letter in _TONES:
                yield unicodedata.normalize("NFC", plain[:at] + plain[at + 1 :])
    bare = unicodedata.normalize("NFC", "".join(c for c in plain if c not in _TONES))
    for seen, meant in _LOOKALIKES:
        at = bare.find(seen)
        while at >= 0:
            yield _toned(bare[:at] + meant + bare[at + len(seen) :], tones[:1])
            at = bare.find(seen, at + 1)


def _toned(bare: str, tones: Sequence[str]) -> str:
    """The tone put where schools put it: on the letter with a mark, else before the final consonant, else on the last but one vowel."""
    if not tones:
        return bare
    vowels = [i for i, c in enumerate(bare) if c in "aăâeêioôơuưy"]
    if bare.startswith(("qu", "gi")) and len(vowels) > 1:
        vowels = vowels[1:]
    if not vowels:
        return bare
    marked = [i for i in vowels if bare[i] in "ăâêôơư"]
    if marked:
        at = marked[-1]
    elif vowels[-1] < len(bare) - 1 or len(vowels) == 1:
        at = vowels[-1]
    else:
        at = vowels[-2]
    return unicodedata.normalize("NFC", bare[: at + 1] + tones[0] + bare[at + 1 :])


def _with_case(word: str, like: str) -> str:
    return word.upper() if like.isupper() else word.capitalize() if like[0].isupper() else word
