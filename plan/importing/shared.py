"""What a text says once for several clauses: a deadline in the heading above them, or in a part of its own ("Các nhiệm vụ tại khoản 3 và
khoản 4 Mục II hoàn thành trước ngày …")."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from .model import DraftDuty, When
from .when import Deadlines
from .words import cue, folded

_LEVELS = {"điểm": 0, "tiểu mục": 1, "khoản": 1, "nhiệm vụ": 1, "số": 1, "mục": 2, "phần": 3, "phụ lục": 3}
_TOKEN = re.compile(
    r"(?:(?P<unit>điểm|tiểu mục|khoản|nhiệm vụ|số|mục|phần|phụ lục)\s+)?(?P<to>đến\s+|-\s*)?"
    r"(?P<label>(?:[ivx]{1,5}|\d{1,2}|[a-zđ])(?:\.(?:\d{1,2}|[a-zđ]))*)(?![\w/])"
)
_STANDING = re.compile(r"\.(?:kh|bc|kp|td|kk)$")


@dataclass(frozen=True, slots=True)
class Shared:
    """A deadline, and helpers, for the `clauses`; () for all that have none. `below`: only for what stands below them."""

    clauses: tuple[str, ...]
    when: When | None
    coordinate: tuple[str, ...] = ()
    below: bool = False

    def holds_for(self, duty: DraftDuty) -> bool:
        """Whether the duty's clause is among these."""
        if not self.clauses:
            return not _STANDING.search(duty.item)
        return any(_within(duty.clause, clause, self.below) for clause in self.clauses)


def read_shared(sentence: str, deadlines: Deadlines) -> Shared | None:
    """The deadline that a sentence gives to the tasks of other clauses; None where it does not."""
    said = folded(sentence)
    opens = cue("sentences", "tasks-elsewhere").search(said)
    when = deadlines.read(sentence) if opens else None
    if opens is None or when is None or when.due.kind == "event":
        return None
    region = said[opens.end() : when.start] if when.start > opens.end() else said[opens.end() :]
    clauses = clauses_named(region)
    return Shared(clauses, when) if clauses or cue("sentences", "all-or-rest").search(said) else None


def clauses_named(region: str) -> tuple[str, ...]:
    """The clauses that a folded text names, as refs: "khoản 3, khoản 4 và khoản 5 mục ii" -> II.3, II.4, II.5. The larger unit stands
    behind the smaller ones that it holds."""
    found: list[tuple[str, int]] = []  # ref so far, level of its first label
    end, level = 0, None
    for token in _TOKEN.finditer(region):
        unit, label = token["unit"], token["label"]
        if unit is None and (level is None or re.search(r"\w", re.sub(r"\bvà\b|\bđến\b", "", region[end : token.start()]))):
            continue
        level = _LEVELS[unit] if unit else level
        if level is None:
            continue
        written = label.upper() if re.match(r"[ivx]", label) and (level > 1 or "." in label) else label
        joined = not re.search(r"[,;]|\bvà\b", region[end : token.start()])
        if found and joined and unit and any(low < level for _, low in found):
            found = [(f"{written}.{ref}", level) if low < level else (ref, low) for ref, low in found]
        else:
            found += [(one, level) for one in _up_to(found[-1][0] if found and token["to"] else "", written)]
        end = token.end()
    return tuple(dict.fromkeys(ref for ref, _ in found))


def _up_to(first: str, last: str) -> list[str]:
    """The labels from the one behind `first` to `last`, where both are numbers."""
    return [str(n) for n in range(int(first) + 1, int(last) + 1)] if first.isdigit() and last.isdigit() else [last]


def _within(clause: str, ref: str, below: bool) -> bool:
    tail = rf"(?:^|\.){re.escape(ref)}" if not re.match(r"[IVX]+(?:\.|$)|[A-Z](?:\.|$)|PL", ref) else rf"^{re.escape(ref)}"
    return bool(re.search(rf"{tail}(?:[. ]{'|$' if not below else ''})", clause))


def apply_shared(duties: list[DraftDuty], shared: Iterable[Shared], no_deadline: tuple[str, ...]) -> None:
    """Gives the duties what is said elsewhere for them: helpers to each, a deadline to those that have none. The nearest heading comes
    first, then a clause that is named, then what is said of all the rest. `no_deadline` are the checks that are thereby settled."""
    ordered = sorted(shared, key=lambda one: (not one.below, not one.clauses, -max(map(len, one.clauses), default=0)))
    for at, duty in enumerate(duties):
        for one in ordered:
            if not one.holds_for(duty):
                continue
            if one.coordinate and not duty.coordinate:
                duty = replace(duty, coordinate=tuple(code for code in one.coordinate if code not in duty.actors))
            if one.when and duty.kind in ("assigned", "advise") and duty.due.kind == "undated_once" and not duty.due.wording:
                checks = tuple(check for check in duty.checks if check not in no_deadline)
                duty = replace(duty, due=one.when.due, checks=(*checks, *one.when.checks, "its deadline stands elsewhere in the plan"))
        duties[at] = duty
