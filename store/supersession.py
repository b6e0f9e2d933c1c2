"""Which document replaces which: a later report of the same agency that says "thay thế Báo cáo số …"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .fold import folded


@dataclass(frozen=True, slots=True)
class Numbered:
    """A document by what supersession needs. `date` ISO or '' where blank; `year` the year reported on."""

    sha256: str
    number: str | None
    date: str
    year: int | None
    replaces: tuple[str, ...]

    @property
    def numbering(self) -> str:
        """The year whose numbering the number belongs to: numbers start again each January."""
        return self.date[:4] or str(self.year or "")


def plain_number(number: str) -> str:
    """A document number for comparing: no blanks, no tone marks, no leading zeros ("0487/BC-UBND" is "487/BC-UBND")."""
    return re.sub(r"^0+(?=\d)", "", re.sub(r"\s", "", folded(number)))


def superseded(documents: Sequence[Numbered]) -> Mapping[str, str]:
    """For the documents of one agency: the sha256 of each one replaced, and of the one that replaces it.

    Where the number occurs in several years, the latest year is meant. When two documents replace the same one, the later of them is
    named. A claim that would make documents replace each other in a ring is not followed.
    """
    found: dict[str, str] = {}
    for later in sorted(documents, key=lambda document: (document.date, document.sha256)):
        for number in sorted({plain_number(number) for number in later.replaces}):
            named = [document for document in documents if plain_number(document.number or "") == number]
            earlier = [document for document in named if _may_replace(later, document)]
            newest = max((document.numbering for document in earlier), default="")
            for document in earlier:
                if document.numbering == newest and not _leads_to(found, later.sha256, document.sha256):
                    found[document.sha256] = later.sha256
    return found


def _may_replace(later: Numbered, earlier: Numbered) -> bool:
    """A document replaces one of another number and no later date; one of its own number (a correction) only if of an earlier day."""
    if later.sha256 == earlier.sha256:
        return False
    if plain_number(later.number or "") == plain_number(earlier.number or ""):
        return bool(earlier.date and later.date) and earlier.date < later.date
    return not earlier.date or not later.date or earlier.date <= later.date


def _leads_to(found: Mapping[str, str], start: str, end: str) -> bool:
    while start in found:
        start = found[start]
        if start == end:
            return True
    return False
