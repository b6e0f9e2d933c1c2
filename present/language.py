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
LINE: Final = "line"  # who chose the language: --lang,
ENVIRONMENT: Final = "environment"  # or $MINHCHUNG_LANG
_ISO_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")  # in a sentence; data is never told
_LETTERS: Final = 4  # that a sentence which begins with a gap needs outside of its gaps, to be told by them
_SPOKEN: Final[ContextVar[str]] = ContextVar("minhchung_language", default="")
_CHOSEN_BY: Final[ContextVar[str]] = ContextVar("minhchung_language_chosen_by", default="")


def chosen(asked: str | None = None) -> str:
    """The language to speak: what `--lang` asked for, else $MINHCHUNG_LANG, else that of the system; English where it is neither."""
    if asked or _of_environment():
        return asked or _of_environment()
    return "vi" if _of_system().lower().startswith("vi") else "en"


def chosen_by(asked: str | None = None) -> str:
    """Who chose it: LINE, ENVIRONMENT, or '' for nobody but the system's locale."""
    return LINE if asked else ENVIRONMENT if _of_environment() else ""


def _of_environment() -> str:
    told = os.environ.get("MINHCHUNG_LANG", "").lower()[:2]
    return told if told in LANGUAGES else ""


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
def speaking(language: str, by: str = "") -> Iterator[None]:
    """Within the block, speak that language, chosen `by` LINE, ENVIRONMENT or nobody; click's own messages too, which come from Python's
    gettext by $LANGUAGE."""
    token, chosen_by, before = _SPOKEN.set(language), _CHOSEN_BY.set(by), os.environ.get("LANGUAGE")
    domain = gettext.textdomain()
    os.environ["LANGUAGE"] = language
    gettext.bindtextdomain(DOMAIN, str(LOCALE))
    gettext.textdomain(DOMAIN)
    try:
        yield
    finally:
        _SPOKEN.reset(token)
        _CHOSEN_BY.reset(chosen_by)
        gettext.textdomain(domain)
        if before is None:
            del os.environ["LANGUAGE"]
        else:
            os.environ["LANGUAGE"] = before


def spoken() -> str:
    """The language spoken; '' where none was chosen, and every text stays as it is in the source."""
    return _SPOKEN.get()


def of_documents(own_form: bool = False) -> str:
    """The language of official documents: Vietnamese, in which the decree has their form, unless somebody asked for another; a set locale
    is nobody. In an office's `own_form` only --lang counts: English words in its Vietnamese letter would be nobody's wish."""
    asked = _CHOSEN_BY.get() == LINE or (_CHOSEN_BY.get() == ENVIRONMENT and not own_form)
    return (spoken() if asked else "") or "vi"


def words(text: str, *values: object) -> str:
    """A text of the source in the language spoken, with `values` for its {}."""
    catalogue = _catalogue(_SPOKEN.get())
    said = catalogue.get(text) or catalogue.get(f"{text}\0{text}", text).split("\0")[-1]
    return said.format(*values) if values else said


def counted(number: int | float, text: str, *values: object, many: str = "") -> str:
    """A text of the source in the form that the language spoken has for `number`, which stands in its first {}, `values` in the others. A
    text that the source has in English comes with its plural as `many`; Vietnamese has one form."""
    return forms_of(text, many)[number != 1].format(number, *values)


def forms_of(text: str, many: str = "") -> list[str]:
    """The forms that a text of the source has for numbers in the language spoken, {} left open: for one, and for all others (the same in
    Vietnamese)."""
    forms = _catalogue(_SPOKEN.get()).get(f"{text}\0{many or text}")
    said = forms.split("\0") if forms else [text, many or text]
    return [said[0], said[-1]]


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
def _gapped(language: str) -> list[tuple[list[str], str, str]]:
    """The sentences with gaps, each with what stands around its gaps, those that say most by themselves first."""
    found = [(text, said) for text, said in _catalogue(language).items() if "{}" in text and "\0" not in text]
    found = [(text, said) for text, said in found if not text.startswith("{}") or sum(map(str.isalpha, text)) >= _LETTERS]
    found.sort(key=lambda pair: -len(pair[0]))
    return [(text.split("{}"), text, said) for text, said in found]


@lru_cache(maxsize=1024)
def _pattern(text: str) -> re.Pattern[str]:
    """The expression that a filled sentence fits. Made when it is likely to: all of them together cost as much as a question."""
    return re.compile("(.*?)".join(map(re.escape, text.split("{}"))))


@lru_cache(maxsize=4096)
def _fitted(language: str, text: str) -> str:
    if said := _catalogue(language).get(text):
        return said
    if language == "vi" and _ISO_DAY.fullmatch(text):
        return "/".join(reversed(text.split("-")))
    if "\n" in text:
        return "\n".join(_fitted(language, line) for line in text.split("\n"))
    for pieces, source, said in _gapped(language):
        likely = text.startswith(pieces[0]) and text.endswith(pieces[-1]) and all(piece in text for piece in pieces)
        if likely and (match := _pattern(source).fullmatch(text)):
            return said.format(*(_fitted(language, value) for value in match.groups()))
    return "; ".join(_fitted(language, part) for part in text.split("; ")) if "; " in text else text
