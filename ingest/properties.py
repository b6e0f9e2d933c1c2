"""What the program that made a file noted in it besides its text: title, author, who saved it last and when."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

from .model import NOTHING_NOTED, Properties
from .text import clean

if TYPE_CHECKING:
    from .docx_package import Package

# PDF 32000-1, 7.9.4: D:20231110083000+07'00', from the end on each part may be missing.
_PDF_DATE: Final = re.compile(r"D?:?(\d{4})(\d\d)(\d\d)(\d\d)?(\d\d)?(\d\d)?(?:([+-]\d\d)'?(\d\d)?|Z)?")
_NEVER_SET: Final = 1980  # where the clock of zip and of DOS begins; 1601 and 1970 are what a clock that was never set tells


def of_word(package: Package) -> Properties:
    """The package's core properties as python-docx reads them; empty where there are none."""
    from docx.opc.constants import CONTENT_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.parts.coreprops import CorePropertiesPart

    from .docx_xml import told

    told_so_far = len(package.issues)
    root = package.related("", "core-properties")
    del package.issues[told_so_far:]  # no text is lost with them
    if root is None:
        return NOTHING_NOTED
    part: Any = CorePropertiesPart(PackURI("/docProps/core.xml"), CONTENT_TYPE.OPC_CORE_PROPERTIES, root, None)  # type: ignore[arg-type]
    core = part.core_properties
    title, author, last = (clean(told(ask, "")) for ask in (lambda: core.title, lambda: core.author, lambda: core.last_modified_by))
    return Properties(title, author, last, moment(told(lambda: core.created, None)), moment(told(lambda: core.modified, None)))


def of_pdf(document: Any) -> Properties:
    """The entries of the information dictionary, by pdfium; a PDF does not say who saved it."""
    title, author, created, modified = (_entry(document, key) for key in ("Title", "Author", "CreationDate", "ModDate"))
    return Properties(clean(title), clean(author), "", moment(pdf_date(created)), moment(pdf_date(modified)))


def _entry(document: Any, key: str) -> str:
    """'' where its bytes are no text: half a surrogate, an odd number of them."""
    try:
        return str(document.get_metadata_value(key))
    except UnicodeDecodeError:
        return ""


def pdf_date(text: str) -> datetime | None:
    """A date as PDF writes it; None for anything else. Without a zone it counts as UTC."""
    found = _PDF_DATE.fullmatch(text.strip().removesuffix("'"))
    if not found:
        return None
    zone = f"{found[7]}:{found[8] or '00'}" if found[7] else "+00:00"
    day, clock = "-".join(found.group(1, 2, 3)), ":".join(part or "00" for part in found.group(4, 5, 6))
    try:
        return datetime.fromisoformat(f"{day}T{clock}{zone}")
    except ValueError:  # the 31st of a month that has 30
        return None


def moment(when: datetime | None) -> str:
    """ISO 8601 in UTC, to the second; '' for none."""
    if when is None or when.year <= _NEVER_SET:
        return ""
    return (when if when.tzinfo is None else when.astimezone(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
