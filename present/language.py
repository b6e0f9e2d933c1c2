"""Vietnamese or English: what is said to people goes through the catalogues in locale/. Names of fields, codes and JSON never do.

Sentences stand in the source in one of the two languages: tables in the officers' Vietnamese, help and messages in English. Each catalogue
holds what the other language says. `words` translates a text as it stands in the source; `told` one that was put together before it came
here, by the store or a reader: it looks for the sentence of the source into which the text fits, and translates what was filled in, too.
"""

from __future__ import annotations

import gettext
import os
import re
import struct
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from pathlib import Path
from typing import Final

LANGUAGES: Final = ("vi", "en")
DOMAIN: Final = "minhchung"
LOCALE: Final = Path(__file__).with_name("locale")
_LETTERS: Final = 4  # that a sentence which begins with a gap needs outside of its gaps, to be told by them
_SPOKEN: Final[ContextVar[str]] = ContextVar("minhchung_language", default="")


def chosen(asked: str | None = None) -> str:
    """The language to speak: what `--lang` asked for, else $MINHCHUNG_LANG, else that of the system; English where it is neither."""
    if asked:
        return asked
    told = os.environ.get("MINHCHUNG_LANG", "").lower()
    if told[:2] in LANGUAGES:
        return told[:2]
    return "vi" if _of_system().lower().startswith("vi") else "en"


def _of_system() -> str:
    """The locale's name, as gettext looks for it; on Windows the language that its menus are in."""
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value
    if sys.platform == "win32":
        import ctypes
        import locale

        return locale.windows_locale.get(ctypes.windll.kernel32.GetUserDefaultUILanguage(), "")
    return ""


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Within the block, speak that language; click's own messages too, which come from Python's gettext by $LANGUAGE."""
    token, before = _SPOKEN.set(language), os.environ.get("LANGUAGE")
    domain = gettext.textdomain()
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    try:
        yield
    finally:
        _SPOKEN.reset(token)
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def spoken() -> str:
    """The language spoken; '' where none was chosen, and every text stays as it is in the source."""
    return _SPOKEN.get()


def words(text: str, *values: object) -> str:
    """A text of the source in the language spoken, with `values` for its {}."""
    said = _catalogue(_SPOKEN.get()).get(text, text)
    return said.format(*values) if values else said


def told(text: str) -> str:
    """A text that was put together elsewhere, in the language spoken; as it is where no sentence of the source fits."""
    language = _SPOKEN.get()
    return _fitted(language, text) if language and text else text


@lru_cache(maxsize=len(LANGUAGES) + 1)
def _catalogue(language: str) -> Mapping[str, str]:
    """What the language's compiled catalogue says: the text of the source and its translation. Empty where there is none."""
    path = LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}.mo"
    return read_mo(path.read_bytes()) if language and path.exists() else {}


def read_mo(data: bytes) -> dict[str, str]:
    """The messages of a compiled catalogue (the GNU gettext manual, "The Format of GNU MO Files"), its head left out. Python's gettext does
    not tell which messages it knows, and `told` has to look through them."""
    order = "<" if data[:4] == b"\xde\x12\x04\x95" else ">"
    _, _, count, sources, targets = struct.unpack_from(f"{order}5I", data)

    def text(table: int, number: int) -> str:
        length, start = struct.unpack_from(f"{order}2I", data, table + 8 * number)
        return data[start : start + length].decode("utf-8")

    return {text(sources, number): text(targets, number) for number in range(count) if text(sources, number)}


@lru_cache(maxsize=len(LANGUAGES))
def _gapped(language: str) -> list[tuple[re.Pattern[str], str, str]]:
    """The sentences with gaps, each with the expression that a filled one fits, those that say most by themselves first."""
    found = [(text, said) for text, said in _catalogue(language).items() if "{}" in text]
    found = [(text, said) for text, said in found if not text.startswith("{}") or sum(map(str.isalpha, text)) >= _LETTERS]
    found.sort(key=lambda pair: -len(pair[0]))
    return [(re.compile("(.*?)".join(map(re.escape, text.split("{}")))), text, said) for text, said in found]


@lru_cache(maxsize=4096)
def _fitted(language: str, text: str) -> str:
    if said := _catalogue(language).get(text):
        return said
    if "\n" in text:
        return "\n".join(_fitted(language, line) for line in text.split("\n"))
    for pattern, source, said in _gapped(language):
        if source.split("{}", 1)[0] == text[: source.index("{}")] and (match := pattern.fullmatch(text)):
            return said.format(*(_fitted(language, value) for value in match.groups()))
    return "; ".join(_fitted(language, part) for part in text.split("; ")) if "; " in text else text
