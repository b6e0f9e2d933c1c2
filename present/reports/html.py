"""The page: one HTML file that needs no network, with the matrix, the words behind each cell, what is due, and how it was made.

What the page shows lies in it as JSON, and its script builds rows from that as text nodes, never as markup. The rest is a Jinja template
with autoescape on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from importlib.resources import files
from typing import Any, Final

from ...store.claims import ClaimRow
from ...store.model import StatusRow
from ..language import forms_of, spoken, words
from ..owing import SENDING
from ..places import place
from ..reasons_told import cue_term
from ..terms import OUTCOMES, ROLES, STATES, STATUSES, kind_term
from .colours import ACTORS, SHADES, STRENGTHS
from .gathering import Gathered, by_cell, claims_of, reasons
from .texts import day_text, harmless

# Flags of a cell, added up; page.js reads the same numbers.
OWED: Final = 1
OVERDUE: Final = 2
LATE: Final = 4
INHERITED: Final = 8
EARLIER: Final = 16
ENDED: Final = 32
# A text in page.html or page.js, which put all that they say into the language of the page.
SAID: Final = re.compile(r'\b_\("([^"]+)"')
COUNTED: Final = re.compile(r'\b_n\("([^"]+)"')  # one behind a number, which page.js has in the language's forms
_CUES: Final = 6  # cues shown behind a quote beside its gate; those that decide come first


def page(found: Gathered) -> str:
    """The whole page as text, in the language spoken."""
    from jinja2 import Environment, StrictUndefined

    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    environment.filters["harmless"] = harmless
    environment.filters["day"] = day_text
    environment.globals["_"] = words
    folder = files(__package__) / "data"
    template = environment.from_string((folder / "page.html").read_text(encoding="utf-8"))
    return template.render(
        found=found,
        language=spoken() or "vi",
        years=", ".join(map(str, found.years)),
        css=(folder / "page.css").read_text(encoding="utf-8").replace("/*SHADES*/", _shades()),
        script=_in_language((folder / "page.js").read_text(encoding="utf-8")),
        data=embedded(page_data(found)),
        states=STATES,
        outcomes=OUTCOMES,
        sending=_sending(found),
        names=found.names(),
        on_demand=[row for row in found.missing if row.duty],
        unplaced=sum(claim.agency is None or claim.year is None for claim in found.claims),
    )


def _in_language(script: str) -> str:
    """The script with its texts translated, so that a page holds no other language."""
    script = SAID.sub(lambda text: f"_({json.dumps(words(text[1]), ensure_ascii=False)}", script)
    return COUNTED.sub(lambda text: f"_n({json.dumps(forms_of(text[1]), ensure_ascii=False)}", script)


def _said(terms: Mapping[str, str]) -> dict[str, str]:
    return {code: words(term) for code, term in terms.items()}


def embedded(data: Any) -> str:
    """JSON that may stand inside a <script> element: no "<" in it, so that no text can end the element or open a comment; nor the line
    separators that old engines end a line at."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _shades() -> str:
    return "\n".join(f".s-{state}{{background:#{shade.ground};color:#{shade.letter}}}" for state, shade in SHADES.items())


def _sending(found: Gathered) -> list[tuple[str, int]]:
    """How many reports were sent, late, and so on, in words."""
    counts = {state: sum(row.state == state for row in found.senders) for state in SENDING}
    return [(words(SENDING[state][0]), count) for state, count in counts.items() if count]


def page_data(found: Gathered) -> dict[str, Any]:
    """What the script shows, as short lists: 20,000 claims as objects with named fields would be half as large again."""
    agencies, items, duties = found.agencies, found.plan_items, found.plan_duties
    names = found.names()
    kinds = list(dict.fromkeys(words(kind_term(agency.kind)) for agency in agencies))
    texts = _Texts()
    quotes = _Claims(found, texts)
    at = {
        "agency": {agency.code: index for index, agency in enumerate(agencies)},
        "item": {item.id: index for index, item in enumerate(items)},
        "duty": {duty.id: index for index, duty in enumerate(duties)},
    }
    why = {**reasons(found.missing), **reasons(found.missing_duties)}
    return {
        "language": spoken() or "vi",
        "day": found.day.isoformat(),
        "years": found.years,
        "states": [[state, term.letter, words(term.words)] for state, term in STATES.items()],
        "statuses": _said(STATUSES),
        "strengths": _said(STRENGTHS),
        "actors": _said(ACTORS),
        "roles": _said(ROLES),
        "kinds": kinds,
        "agencies": [[a.code, harmless(names[a.code]), kinds.index(words(kind_term(a.kind)))] for a in agencies],
        "items": [[item.id, harmless(item.short), harmless(item.title)] for item in items],
        "duties": [[d.id, at["item"].get(d.item, -1), harmless(d.quote), harmless(d.due.wording), harmless(d.clause)] for d in duties],
        "cells": [_cell(row, at, why, quotes) for row in found.items],
        "dutyCells": [_cell(row, at, why, quotes) for row in found.duties if row.duty in at["duty"]],
        "claims": quotes.rows,
        "texts": texts.all,
    }


class _Texts:
    """Texts that come again and again (files, headings, cues), each once, and called by its number."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self._at: dict[str, int] = {}

    def number(self, value: object) -> int:
        text = harmless(value)
        if text not in self._at:
            self._at[text] = len(self.all)
            self.all.append(text)
        return self._at[text]


class _Claims:
    """The claims as lists, and which of them each cell shows."""

    def __init__(self, found: Gathered, texts: _Texts) -> None:
        self._cells = by_cell(found.claims)
        self._at = {claim.id: index for index, claim in enumerate(found.claims)}
        self.rows = [_claim(claim, texts) for claim in found.claims]

    def of(self, row: StatusRow) -> list[int]:
        return [self._at[claim.id] for claim in claims_of(row, self._cells)]


def _claim(claim: ClaimRow, texts: _Texts) -> list[Any]:
    parts = (claim.number and words("số {}", claim.number), claim.date and words("ngày {}", day_text(claim.date)))
    document = ", ".join(part for part in parts if part)
    where = claim.page if claim.page is not None else place(None, claim.locator)
    return [
        claim.id, claim.status, harmless(claim.quote), texts.number(claim.file), texts.number(document), where,
        texts.number(claim.heading), round(claim.confidence * 100), claim.strength, claim.actor, int(claim.partial),
        texts.number(_cues(claim)),
    ]  # fmt: skip


def _cues(claim: ClaimRow) -> str:
    """What the claim rests on, the gate first."""
    first = sorted(claim.cues, key=lambda cue: not cue["rule"].startswith("gate/"))
    return "; ".join(list(dict.fromkeys(map(cue_term, first)))[: _CUES + 1])


def _cell(row: StatusRow, at: Mapping[str, Mapping[str, int]], why: Mapping[tuple[str, int, str, str], str], quotes: _Claims) -> list[Any]:
    """One cell; page.js names the places in the list. The quotes of a duty's cell are those of its item's, so they are not listed again."""
    states = list(STATES)
    flags = (
        OWED * row.owed + OVERDUE * row.overdue + LATE * row.late + INHERITED * bool(row.inherited)
        + EARLIER * bool(row.from_year) + ENDED * bool(row.ended)
    )  # fmt: skip
    return [
        at["agency"][row.agency],
        at["duty"][row.duty] if row.duty else at["item"][row.item],
        row.year,
        states.index(row.state),
        flags,
        row.due or "",
        row.role or "",
        row.evidence,
        harmless(why.get((row.agency, row.year, row.item, row.duty or ""), "")),
        [harmless(note) for note in _notes(row)],
        [] if row.duty else quotes.of(row),
        harmless(row.quote) if row.quote else "",
        harmless(row.file) if row.file else "",
    ]


def _notes(row: StatusRow) -> Iterable[str]:
    if row.review:
        yield words("Quyết định của {} ngày {}: {}", row.review["who"], day_text(row.review["at"]), row.review["reason"])
    if row.inherited:
        yield words("Kế thừa từ {}", ", ".join(row.inherited))
    if row.from_year:
        yield words("Đã làm từ năm {}", row.from_year)
    if row.handed_on:
        yield words("Được giao lại theo {}", row.handed_on)
    if row.ended:
        yield words("Cơ quan đã kết thúc ngày {}", day_text(row.ended))
