"""What a text says once for several clauses: a deadline in the heading above them, or in a part of its own ("Các nhiệm vụ tại khoản 3 và
khoản 4 Mục II hoàn thành trước ngày …")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .model import DraftDuty, When
from .sentences import only_when
from .when import Deadlines
from .words import cue, folded

_UNIT = r"(?i:điểm|tiểu mục|khoản|nhiệm vụ|số|mục|phần|phụ lục)"
_TOKEN = re.compile(
    rf"(?:(?P<unit>{_UNIT})\s+)?(?P<to>đến\s+(?:{_UNIT}\s+)?|-\s*)?"
    r"(?P<label>(?:[IVX]{1,5}|\d{1,2}|[a-zđ]|[A-ZĐ])(?:\.(?:\d{1,2}|[a-zđ]|[IVX]{1,5}))*)(?![\w/])"
)
_KINDS = ("[a-zđ]", r"\d", "[IVX]", "[A-ZĐ]")  # from the smallest to the largest by the first label's letters
_STANDING = re.compile(r"\.(?:kh|bc|kp|td|kk)$")


@dataclass(frozen=True, slots=True)
class Shared:
    """A deadline, and helpers, for the `clauses`; () for all that have none. `below`: only for what stands below them."""

    clauses: tuple[str, ...]
    when: When | None
    coordinate: tuple[str, ...] = ()
    below: bool = False


def read_shared(sentence: str, deadlines: Deadlines) -> Shared | None:
    """The deadline that a sentence gives to the tasks of other clauses; None where it does not."""
    said = folded(sentence)
    opens = cue("sentences", "tasks-elsewhere").search(said)
    head = sentence.partition(":")[0]  # "Năm 2024: hoàn thành nhiệm vụ tại khoản 1 Mục II"
    when = (only_when(head, deadlines) or deadlines.read(sentence)) if opens else None
    if opens is None or when is None or when.due.kind == "event":
        return None
    clauses = clauses_named(sentence[opens.end() : when.start] if when.start > opens.end() else sentence[opens.end() :])
    return Shared(clauses, when) if clauses or cue("sentences", "all-or-rest").search(said) else None


def clauses_named(region: str) -> tuple[str, ...]:
    """The clauses that a text names, as refs: "khoản 3, khoản 4 và khoản 5 Mục II" -> II.3, II.4, II.5. The larger unit stands behind the
    smaller ones that it holds."""
    found: list[tuple[str, int]] = []  # ref so far, size of its first label
    end = 0
    for token in _TOKEN.finditer(region):
        between = region[end : token.start()]
        if token["unit"] is None and (not found or re.search(r"\w", re.sub(r"\bvà\b|\bđến\b", "", between))):
            continue
        size = next(n for n, kind in enumerate(_KINDS) if re.match(kind, token["label"]))
        joined = bool(token["unit"]) and not re.search(r"[,;]|\bvà\b", between)
        if found and joined and any(smaller < size for _, smaller in found):
            found = [(f"{token['label']}.{ref}", size) if smaller < size else (ref, smaller) for ref, smaller in found]
        else:
            found += [(one, size) for one in _up_to(found[-1][0] if found and token["to"] else "", token["label"])]
        end = token.end()
    return tuple(dict.fromkeys(ref for ref, _ in found))


def _up_to(first: str, last: str) -> list[str]:
    """The labels from the one behind `first` to `last`, where both are numbers."""
    return [str(n) for n in range(int(first) + 1, int(last) + 1)] if first.isdigit() and last.isdigit() else [last]


def _within(clause: str, ref: str, below: bool, anywhere: bool) -> bool:
    start = r"(?:^|\.)" if anywhere else "^"
    return bool(re.search(rf"{start}{re.escape(ref)}(?:[. ]{'' if below else '|$'})", clause))


def _meant(one: Shared, duties: list[DraftDuty]) -> set[int]:
    """Which of the duties it holds for, by their places: those of the clauses, from the first label on where any duty stands there; without
    clauses those of the parts that hold tasks."""
    if not one.clauses:
        carrying_out = {duty.item.split(".")[0] for duty in duties if _STANDING.search(duty.item)}
        return {at for at, duty in enumerate(duties) if duty.item.split(".")[0] not in carrying_out}
    meant: set[int] = set()
    for ref in one.clauses:
        exact = {at for at, duty in enumerate(duties) if _within(duty.clause, ref, one.below, anywhere=False)}
        meant |= exact or {at for at, duty in enumerate(duties) if not one.below and _within(duty.clause, ref, False, anywhere=True)}
    return meant


def apply_shared(duties: list[DraftDuty], shared: Iterable[Shared], no_deadline: tuple[str, ...]) -> None:
    """Gives the duties what is said elsewhere for them: helpers to each, a deadline to those that have none. The nearest heading comes
    first, then a clause that is named, then what is said of all the rest. `no_deadline` are the checks that are thereby settled."""
    for one in sorted(shared, key=lambda one: (not one.below, not one.clauses, -max(map(len, one.clauses), default=0))):
        for at in _meant(one, duties):
            duties[at] = _with(duties[at], one, no_deadline)


def _with(duty: DraftDuty, one: Shared, no_deadline: tuple[str, ...]) -> DraftDuty:
    if one.coordinate and not duty.coordinate:
        duty = replace(duty, coordinate=tuple(code for code in one.coordinate if code not in duty.actors))
    if one.when and duty.kind in ("assigned", "advise") and duty.due.kind == "undated_once" and not duty.due.wording:
        checks = tuple(check for check in duty.checks if check not in no_deadline)
        return replace(duty, due=one.when.due, checks=(*checks, *one.when.checks, "its deadline stands elsewhere in the plan"))
    return duty
