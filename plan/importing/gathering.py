"""What is gathered while the tree of a plan is walked: items, duties, names in no list, clauses that gave nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from ..model import DueRule
from .fields import short_title
from .model import DraftDuty, DraftItem, Head, When, Who
from .shared import Shared
from .when import Deadlines
from .who import Resolver
from .words import clean

WORDS = re.compile(r"\w")
NO_WORDS = "(không có lời)"
NO_DEADLINE = "no deadline is given"
NONE_READ = "no deadline is read"
NOBODY = "G-COQUAN"  # the open group that stands where the text names nobody whom the registry has


@dataclass(slots=True)
class Gatherer:
    """What is gathered. `recipients` are the groups among the recipients of the plan."""

    head: Head
    resolver: Resolver
    deadlines: Deadlines
    recipients: tuple[str, ...] = ()
    items: dict[str, DraftItem] = field(default_factory=dict)
    duties: list[DraftDuty] = field(default_factory=list)
    lacking: list[tuple[str, str]] = field(default_factory=list)
    unread: list[tuple[str, str]] = field(default_factory=list)
    shared: list[Shared] = field(default_factory=list)

    def _item(self, ref: str, title: str) -> None:
        if ref not in self.items:
            self.items[ref] = DraftItem(ref, short_title(title))

    def _mark_continuous(self, ref: str) -> None:
        mine = [duty for duty in self.duties if duty.item == ref]
        self.items[ref].continuous = bool(mine) and all(duty.due.kind == "continuous" for duty in mine)

    def _due(self, text: str) -> When:
        if not text.strip():
            return When(DueRule("undated_once"), 0, 0, (NO_DEADLINE,))
        when = self.deadlines.whole(text)
        unread = When(DueRule("undated_once", wording=clean(text)), 0, 0, (f"the deadline “{clean(text)}” is not read",))
        return when or unread

    def _helping(self, clause: str, text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Codes and checks of a field that names agencies; what is nobody's name between two stops is listed as lacking."""
        codes: list[str] = []
        checks: list[str] = []
        rest = text
        while WORDS.search(rest):
            who, end = self.resolver.read_list(rest)
            if end:
                found, more = self._codes(clause, who)
                codes, checks, rest = [*codes, *found], [*checks, *more], rest[end:]
                continue
            piece, *others = re.split(r"[,;]", rest.strip(" ,;."), maxsplit=1)
            rest = others[0] if others else ""
            if WORDS.search(piece):
                self.lacking.append((clean(piece), clause))
                checks.append(f"“{clean(piece)}” is in no list of agencies")
        return tuple(dict.fromkeys(codes)), tuple(checks)

    def _codes(self, clause: str, who: Who) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Everybody's codes, for roles that make no cell, and what a person should look at."""
        self.lacking += [(name, clause) for name in who.unlisted]
        return (*who.codes, *who.inferred), (*who.checks, *(f"“{name}” is in no list of agencies" for name in who.unlisted))

    def _with_actors(self, duty: DraftDuty, who: Who, *, of_portals: bool = False) -> DraftDuty:
        """The duty with those who have it; who has it does not also help, unless it is their portals that have it."""
        _, checks = self._codes(duty.clause, who)
        inferred = who.inferred if duty.kind == "assigned" else ()
        if duty.kind == "assigned" and NOBODY in who.codes:
            inferred = tuple(dict.fromkeys((*inferred, *(g for g in self.recipients if g not in _covered(who.codes)))))
        actors = who.codes or (() if who.unlisted else who.inferred)
        if set(inferred) - set(who.inferred):
            checks = (*checks, "inferred: they are among the recipients, and only an open class reaches them here")
        return replace(
            duty, actors=actors, unlisted=who.unlisted, inferred=tuple(g for g in inferred if g not in actors),
            coordinate=tuple(dict.fromkeys(c for c in duty.coordinate if c not in actors or of_portals)),
            advise=tuple(c for c in duty.advise if c not in actors),
            checks=tuple(dict.fromkeys((*duty.checks, *checks))),
        )  # fmt: skip

    def _add(self, duty: DraftDuty) -> None:
        if not WORDS.search(duty.quote):
            duty = replace(duty, quote=NO_WORDS, checks=(*duty.checks, "the document gives this task no words"))
        self.duties.append(duty)


def _covered(codes: tuple[str, ...]) -> tuple[str, ...]:
    """The groups that these take in."""
    return (*codes, "G-QH", "G-XA") if "G-UBCC" in codes else codes
