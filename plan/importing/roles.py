"""Who leads and who helps where a text tells it by a word behind the names or before them: "Sở A chủ trì; Sở B, Sở C phối hợp"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .model import Found, Who
from .who import Resolver, as_who
from .words import cue, folded

_BOUNDARY = re.compile(r"[;,.(]\s*|\s-\s")


@dataclass(frozen=True, slots=True)
class Roles:
    """Who leads and who helps; `told` whether a word for it stands beside the names, `end` where the names of those who lead end."""

    lead: Who
    helpers: Who
    told: bool
    end: int


def read_roles(text: str, resolver: Resolver) -> Roles:
    """The roles of the bodies with which the text begins and of those that it adds behind them."""
    first, end = resolver.scan(text)
    behind = folded(text[end:])
    later, led = _later(text, end, resolver)
    told = bool(cue("roles", "behind/lead").search(behind)) or bool(later)
    checks: tuple[str, ...] = ()
    if end and cue("roles", "behind/help").search(behind):
        cut = _last_semicolon(text, first)
        if led:
            return Roles(as_who(led), as_who([*first, *later]), True, end)
        if cut and re.match(r"\W*phối hợp(?: thực hiện)?\s*(?:$|[;,.)])", behind):
            first, later = first[:cut], [*first[cut:], *later]
            checks, told = ("who leads has no word of its own: those before the semicolon are taken",), True
    elif led:
        first = [*first, *led]
        checks = ("several are said to lead: one duty here, may be several",)
    if others := _others(text, end, resolver):
        checks = (*checks, f"“{others}” is told something too behind a semicolon: a duty of its own?")
    lead = as_who(first)
    return Roles(Who(lead.codes, lead.inferred, lead.unlisted, (*lead.checks, *checks)), as_who(later), told, end)


def _later(text: str, end: int, resolver: Resolver) -> tuple[list[Found], list[Found]]:
    """Those of whom a clause behind `end` says that they help, and those of whom it says that they lead."""
    helping: list[Found] = []
    leading: list[Found] = []
    for boundary in _BOUNDARY.finditer(text):
        at = boundary.end()
        if boundary.start() < end:
            continue
        label = cue("roles", "before/help").search(folded(text[boundary.start() :]))
        at = boundary.start() + label.end() if label else at
        found, length = resolver.scan(text[at:])
        if not length:
            continue
        said = folded(text[at + length :])
        if label or cue("roles", "behind/help").search(said):
            helping += found
            end = at + length
        elif cue("roles", "behind/lead").search(said):
            leading += found
            end = at + length
    return helping, leading


def _others(text: str, end: int, resolver: Resolver) -> str:
    """Who stands first behind a semicolon with something else to do; "" for nobody."""
    for mark in re.finditer(r";\s*", text):
        found, length = resolver.scan(text[mark.end() :])
        behind = folded(text[mark.end() + length :])
        if (
            mark.start() > end
            and length
            and cue("sentences", "leads-by-itself").search(behind)
            and not cue("roles", "behind/help").search(behind)
        ):
            return found[0].text
    return ""


def _last_semicolon(text: str, found: list[Found]) -> int:
    """At which name the last piece between semicolons begins; 0 where there is one piece."""
    at = 0
    for number in range(1, len(found)):
        if ";" in text[found[number - 1].end : found[number].start]:
            at = number
    return at


def only_helps(text: str, resolver: Resolver) -> Who | None:
    """Who is named, where the text says no more than that they help."""
    found, end = resolver.scan(text)
    return as_who(found) if end and cue("roles", "helpers-only").search(folded(text[end:])) else None


def joined(one: Who, two: Who) -> Who:
    """Both, each once."""
    return Who(
        tuple(dict.fromkeys((*one.codes, *two.codes))), tuple(dict.fromkeys((*one.inferred, *two.inferred))),
        tuple(dict.fromkeys((*one.unlisted, *two.unlisted))), tuple(dict.fromkeys((*one.checks, *two.checks))),
    )  # fmt: skip
