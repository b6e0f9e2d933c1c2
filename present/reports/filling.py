"""Filling a Word template that an office made: {{co_quan}} in a paragraph, and one table row that is repeated for each line.

Plain placeholders, not a template language: a template comes by mail, and must not be able to run anything. Word cuts a placeholder into
several runs wherever somebody corrected a letter; it is found all the same, and its value takes the looks of its first letter.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from ...errors import InputError
from .texts import harmless

_PLACE: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Template:
    """A template, read and checked once. `single` are the placeholders that stand anywhere, `row` those of the row that is repeated."""

    def __init__(self, data: bytes, name: str, single: Sequence[str], row: Sequence[str]) -> None:
        """Raises InputError for what is no Word file, for placeholders that are not known, and for a template without a row to repeat."""
        self._data = data
        document = _opened(data, name)
        used = {place for part in _parts(document) for paragraph in part.iter(f"{_W}p") for place in _PLACE.findall(_text(paragraph))}
        if unknown := used - {*single, *row}:
            known = ", ".join(f"{{{{{one}}}}}" for one in (*single, *row))
            raise InputError(f"{name} has placeholders that are not known: {', '.join(sorted(unknown))}.", f"Known are {known}.")
        self._row = frozenset(row)
        if _repeated(document, self._row) is None:
            raise InputError(
                f"{name} has no table row to repeat.", f"Give it a table with a row of {', '.join(f'{{{{{one}}}}}' for one in row)}."
            )

    def filled(self, values: Mapping[str, object], rows: Sequence[Mapping[str, object]]) -> bytes:
        """The template with `values` in place of its placeholders, its row once for each of `rows`."""
        document = _opened(self._data, "")
        model = _repeated(document, self._row)
        for line in rows:
            made = copy.deepcopy(model)
            model.addprevious(made)
            for paragraph in made.iter(f"{_W}p"):
                _fill(paragraph, {**values, **line})
        model.getparent().remove(model)
        for part in _parts(document):
            for paragraph in part.iter(f"{_W}p"):
                _fill(paragraph, values)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


def template_from(path: Path, single: Sequence[str], row: Sequence[str]) -> Template:
    """The template in a file. Raises InputError."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path} cannot be read: {error.strerror or error}.", "Name another file with --template.") from error
    return Template(data, path.name, single, row)


def _opened(data: bytes, name: str) -> Any:
    from zipfile import BadZipFile

    from docx import Document

    try:
        return Document(io.BytesIO(data))
    except (BadZipFile, KeyError, ValueError) as error:  # no zip; a zip without a main part; a main part of another type
        raise InputError(f"{name} is not a Word file (.docx).", "Save the template as DOCX, or get one with --write-template.") from error


def _parts(document: Any) -> Iterator[Any]:
    """The body, and all headers and footers that the template has of its own."""
    yield document.element.body
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield part._element


def _repeated(document: Any, names: frozenset[str]) -> Any:
    """The first table row with a placeholder of a row; of nested tables the innermost."""
    found = None
    for row in document.element.body.iter(f"{_W}tr"):
        if names & {place for paragraph in row.iter(f"{_W}p") for place in _PLACE.findall(_text(paragraph))}:
            if found is not None and row not in list(found.iter(f"{_W}tr")):
                break
            found = row
    return found


def _texts(paragraph: Any) -> list[Any]:
    return list(paragraph.iter(f"{_W}t"))


def _text(paragraph: Any) -> str:
    return "".join(node.text or "" for node in _texts(paragraph))


def _fill(paragraph: Any, values: Mapping[str, object]) -> None:
    """Put values in place of placeholders, once: a value that looks like a placeholder stays as it is."""
    nodes = _texts(paragraph)
    whole = "".join(node.text or "" for node in nodes)
    for found in reversed(list(_PLACE.finditer(whole))):
        if found[1] in values:
            _replace(nodes, found.start(), found.end(), harmless(values[found[1]]))


def _replace(nodes: Sequence[Any], start: int, end: int, value: str) -> None:
    at = 0
    for node in nodes:
        text = node.text or ""
        first, last = max(start - at, 0), min(end - at, len(text))
        if first < last:
            node.text = text[:first] + (value if at + first == start else "") + text[last:]
            node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        at += len(text)
