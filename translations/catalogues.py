"""Bring the catalogues in present/locale up to date with the sources: `python translations/catalogues.py`; with `--check` only tell.

Texts that are new come in untranslated and have to be translated in the .po files by hand; texts that are gone are dropped; then the .mo
files are compiled, which is what is read at run time.
"""

from __future__ import annotations

import sys
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from sources import ROOT, Text, english, of_click, vietnamese

LOCALE = ROOT / "present" / "locale"
HEAD = """\
# minhchung: {language}. A text stands in the source in one of two languages; this catalogue holds those of the other one.
# {{}} is filled in; {{0}}, {{1}} where the order changes. Brought up to date by translations/catalogues.py."""
NAMES = {"vi": "Tiếng Việt", "en": "English"}


def po_path(language: str) -> Path:
    """Where a language's catalogue lies; the compiled one beside it."""
    path: Path = LOCALE / language / "LC_MESSAGES" / "minhchung.po"
    return path


def wanted(language: str) -> dict[Text, list[str]]:
    """The texts that have to be translated into a language, with the files that they stand in."""
    return {**english(), **of_click()} if language == "vi" else vietnamese()


def read(language: str) -> Catalog:
    """The catalogue as it is kept; an empty one where there is none."""
    path = po_path(language)
    return read_po(BytesIO(path.read_bytes()), locale=language) if path.exists() else Catalog(locale=language)


def fresh(language: str) -> Catalog:
    """The catalogue with the texts that the sources have today, and the translations that it had."""
    kept = read(language)
    made = Catalog(
        locale=language, project="minhchung", header_comment=HEAD.format(language=NAMES[language]), creation_date=kept.creation_date,
        revision_date=kept.creation_date, version="1", msgid_bugs_address="-", last_translator="minhchung", language_team=NAMES[language],
        fuzzy=False,
    )  # fmt: skip
    for text, where in wanted(language).items():
        old = kept.get(text)
        empty = ("",) * kept.num_plurals if isinstance(text, tuple) else ""
        same = old is not None and isinstance(old.id, tuple) == isinstance(text, tuple)
        made.add(text, old.string if old is not None and same else empty, locations=[(file, 1) for file in where])
    return made


def po(catalog: Catalog) -> bytes:
    """The catalogue as a .po file; without line numbers, which would change with every edit of a source."""
    out = BytesIO()
    write_po(out, catalog, width=140, sort_output=True, include_lineno=False)
    return out.getvalue()


def mo(catalog: Catalog) -> bytes:
    """The catalogue as a .mo file."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def untranslated(catalog: Catalog) -> list[str]:
    """The texts without a translation."""
    left: list[str] = []
    for message in catalog:
        said = [message.string] if isinstance(message.string, str) else list(message.string or ("",))
        if message.id and not all(said):
            left.append(str(message.id))
    return left


def main() -> int:
    """Write or check; 1 where something is left to do."""
    left = 0
    for language in NAMES:
        catalog = fresh(language)
        path = po_path(language)
        for text in untranslated(catalog):
            print(f"{path.name} ({language}) lacks: {text}")
            left = 1
        pairs = ((path, po(catalog)), (path.with_suffix(".mo"), mo(catalog)))
        for file, data in pairs:
            if "--check" not in sys.argv:
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(data)
            elif not file.exists() or file.read_bytes() != data:
                print(f"{file.relative_to(ROOT)} is out of date: run python translations/catalogues.py")
                left = 1
    return left


if __name__ == "__main__":
    sys.exit(main())
