"""Foreign text made harmless for a page, a workbook, a Word file; days and figures as the language spoken writes them.

A report's sentence may hold anything: control characters that XML 1.0 forbids (Word and Excel then refuse the whole file), bidirectional
controls that turn what stands beside them around (CVE-2021-42574), a formula's first sign.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from ..language import spoken

# C0 and C1 without tab and line feed; surrogates and noncharacters (XML 1.0, section 2.2); the bidirectional controls of UAX #9.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_TURNING: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MONTHS: Final = (  # not strftime's, which speaks as the system is set
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def harmless(value: object) -> str:
    """A value as text that any file can hold and that turns nothing around; None is ''. Vietnamese letters stay as they are."""
    if value is None:
        return ""
    return _TURNING.sub("", _FORBIDDEN.sub(" ", str(value).replace("\r\n", "\n").replace("\r", "\n")))


def day_text(day: str | date | None) -> str:
    """A day as officers write it: 14/11/2023; in English 2023-11-14, which nobody takes for another; '' for none."""
    if not day:
        return ""
    known = date.fromisoformat(day[:10]) if isinstance(day, str) else day
    return known.isoformat() if spoken() == "en" else f"{known:%d/%m/%Y}"


def moment_text(moment: str | datetime | None) -> str:
    """A time of the store (UTC) as people here read it: 14:05 ngày 30/11/2023 of this computer's clock; in English 2023-11-30 14:05; '' for
    none."""
    if not moment:
        return ""
    local = (datetime.fromisoformat(moment) if isinstance(moment, str) else moment).astimezone()
    return f"{local:%Y-%m-%d %H:%M}" if spoken() == "en" else f"{local:%H:%M} ngày {local:%d/%m/%Y}"


def prose_day(day: date) -> str:
    """A day inside a sentence: 30/11/2023; in English 30 November 2023."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}" if spoken() == "en" else day_text(day)


def amount_text(value: float) -> str:
    """A figure as Vietnamese writes it: a dot between thousands, a comma before decimals; in English the other way round."""
    whole, _, rest = f"{value:,.2f}".partition(".")
    rest = rest.rstrip("0")
    between, before = (",", ".") if spoken() == "en" else (".", ",")
    return whole.replace(",", between) + (f"{before}{rest}" if rest else "")


def in_sentence(title: str) -> str:
    """A plan's title inside a sentence: its first letter small, as Vietnamese goes on with it; in English, which cites it, as it stands."""
    return f"“{title}”" if spoken() == "en" else title[:1].lower() + title[1:]
