"""A deadline's words become a rule: by a day, within a stretch of time, every year, or after another body's act."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ..model import DueRule
from .model import When
from .units import Unit, stretches
from .words import clean, cue, folded

_NEAR = 28  # characters before a stretch of time in which the words stand that say how it is meant
_FAR = 48  # characters from "hằng năm" to the day of the year: "Hằng năm, các cơ quan báo cáo trước ngày 15/11"
ON_TOP = "also when asked for: only what comes every year stands here"
_MODIFIERS = ("before", "until", "from", "within")


@dataclass(slots=True)
class Deadlines:
    """Reads deadlines for a plan of `year` on a law that takes effect on the day `effective`; `triggers` maps what
    conditional ones wait for to its id, in the text's order."""

    year: int
    effective: date | None = None
    triggers: dict[str, str] = field(default_factory=dict)

    def scratch(self) -> Deadlines:
        """One that reads the same and keeps no trigger."""
        return Deadlines(self.year, self.effective)

    def read(self, text: str, until: int = 0) -> When | None:
        """The deadline that a sentence speaks of; None where it speaks of none. A day that only dates a document is none. `until`: where
        a condition that begins before it ends at the latest."""
        return self._read(text, alone=False, until=until)

    def whole(self, text: str) -> When | None:
        """As `read`, where the whole text is the deadline's wording ("Thời gian: …") and every time in it counts."""
        when = self._read(f"năm {text.strip()}" if re.fullmatch(r"\s*20\d\d\s*", text) else text, alone=True)
        if when is None or (when.due.kind == "yearly" and re.search(r"đột xuất|yêu cầu", folded(text))):
            return when
        return replace(when, due=replace(when.due, wording=clean(text)))

    def _read(self, text: str, *, alone: bool, until: int = 0) -> When | None:
        said = folded(text)
        after = (cue("conditions", "after").search(said, 0, until) if until else None) or cue("conditions", "after").search(said)
        if after and not cue("conditions", "own-act").search(after["what"].strip()):
            bare = f"{said[: after.start()]}{' ' * len(after[0])}{said[after.end() :]}"
            return self._conditional(text, said, self._plain(bare, alone=alone), after)
        when = self._plain(said, alone=alone)
        return when and replace(when, due=replace(when.due, wording=clean(text[when.start : when.end])))

    def _plain(self, said: str, *, alone: bool) -> When | None:
        """The deadline without its condition."""
        if found := cue("deadlines", "continuous").search(said):
            day = any(unit.kind == "day" for units in stretches(said, self.year) for unit in units)
            return When(
                DueRule("continuous"), found.start(), found.end(), ("a day is named too: done all the time, or by that day?",) * day
            )
        if cue("deadlines", "no-day").search(said):
            return None
        again = cue("deadlines", "every-year").search(said) or cue("deadlines", "more-often").search(said)
        on_top = bool(again and cue("deadlines", "on-demand-too").search(said))
        if not on_top and (found := cue("deadlines", "event").search(said)):
            return When(DueRule("event"), found.start(), found.end())
        read = [when for units in stretches(said, self.year) if (when := self._of(said, units, again, alone=alone))]
        if read:
            return self._whole_stretch(read) if alone else self._last_of_year(read)
        if self.effective and (found := cue("deadlines", "before-effect").search(said)):
            return When(DueRule("before", before=self.effective), found.start(), found.end())
        if found := cue("deadlines", "continuous-inside").search(said):
            often = cue("deadlines", "more-often").search(said)
            checks: tuple[str, ...] = (f"“{often[0]}” is said too: done all the time, or each time by a day?",) if often else ()
            return When(DueRule("continuous"), found.start(), found.end(), checks)
        if not on_top and (found := cue("deadlines", "event-inside").search(said)):
            return When(DueRule("event"), found.start(), found.end())
        if again is None:
            return None
        often = cue("deadlines", "more-often").search(said)
        checks = ("more than once a year: the plan file knows years only",) * bool(often) + (ON_TOP,) * on_top
        return When(DueRule("yearly", first_year=self.year), again.start(), again.end(), checks)

    @staticmethod
    def _last_of_year(read: list[When]) -> When:
        """The first deadline; of several days of every year the last."""
        yearly = [when for when in read if when.due.kind == "yearly" and (when.due.by_day or when.due.before_day) and not when.due.assumed]
        if read[0] not in yearly or len(yearly) == 1:
            return read[0]
        last = max(yearly, key=lambda when: when.due.by_day or when.due.before_day or "")
        checks = dict.fromkeys((*last.checks, "several days a year are given: the last stands here"))
        return replace(last, start=min(when.start for when in yearly), end=max(when.end for when in yearly), checks=tuple(checks))

    def _whole_stretch(self, read: list[When]) -> When:
        """Of several stretches that a field gives ("Đợt 1: …; đợt 2: …") one from the first to the last."""
        if all(when.due.kind == "before" for when in read):
            return max(read, key=lambda when: when.due.before or date.min)
        if len(read) > 1 and (closer := next((when for when in read[1:] if _within(when.due, read[0].due)), None)):
            return closer
        if len(read) == 1 or any(when.due.kind != "window" for when in read):
            return self._last_of_year(read)
        first = min(when.due.first for when in read if when.due.first)
        last = max(when.due.last for when in read if when.due.last)
        due = replace(read[0].due, first=first, last=last)
        return When(due, read[0].start, read[-1].end, (*read[0].checks, "several times are given: from the first to the last"))

    def _of(self, said: str, units: list[Unit], again: re.Match[str] | None, *, alone: bool) -> When | None:
        """The rule of one stretch of time; None where nothing says that it is a deadline."""
        start, end = units[0].start, units[-1].end
        lead = said[max(0, start - _NEAR) : start]
        if cue("deadlines", "session").search(lead):
            return None
        how, at = next(((name, m.start()) for name in _MODIFIERS if (m := cue("deadlines", name).search(lead))), ("", len(lead)))
        begin = start - len(lead) + at
        checks = () if all(unit.dated for unit in units) or again else (f"no year is given: {self.year} is assumed",)
        opens = again and not re.search(r"\w", said[: again.start()]) and not any(unit.dated for unit in units)
        undated = again and not any(unit.dated for unit in units) and units[0].kind == "day" and ";" not in said[again.end() : start]
        if again and (opens or (undated and again.end() < start) or abs(again.start() - end) < _NEAR or 0 <= start - again.end() < _FAR):
            due, more = self._every_year(units, how)
            return When(due, min(begin, again.start()), max(end, again.end()), more)
        if onwards := cue("deadlines", "onwards").search(said[end:]):
            due = DueRule("yearly", first_year=max(units[0].first.year, self.year), by_day="12-31", assumed=True)
            return When(due, begin, end + onwards.end(), checks)
        bracketed = said[start - 1 : start] == "(" and said[end : end + 1] == ")" and units[0].kind not in ("day", "year", "years")
        if not (how or alone or bracketed or units[0].kind == "this-year"):
            return None
        once = self._once(units, how, alone=alone)
        return When(once, begin, end, checks) if once else None

    def _every_year(self, units: list[Unit], how: str) -> tuple[DueRule, tuple[str, ...]]:
        unit = units[-1]
        first_year = max(unit.first.year, self.year) if unit.dated else self.year
        checks = ("several days a year are given: the last stands here",) if len(units) > 1 else ()
        if unit.kind in ("year", "years", "school-year", "this-year") or (how == "from" and len(units) == 1):
            return DueRule("yearly", first_year=max(units[0].first.year, self.year)), checks
        if how == "before":
            return DueRule("yearly", first_year=first_year, before_day=f"{unit.first:%m-%d}"), checks
        last = min(unit.last, date(unit.last.year, 12, 31))
        return DueRule("yearly", first_year=first_year, by_day="02-28" if f"{last:%m-%d}" == "02-29" else f"{last:%m-%d}"), checks

    def _once(self, units: list[Unit], how: str, *, alone: bool) -> DueRule | None:
        first, last = units[0], units[-1]
        if how == "from" and len(units) == 1 and first.kind not in ("years", "school-year"):
            if first.kind == "day" and not alone:
                return None  # since when, and not by when
            return DueRule("yearly", first_year=max(first.first.year, self.year), by_day="12-31", assumed=True)
        if how == "before" and all(unit.kind == "day" for unit in units):
            return DueRule("before", before=last.first)
        if how == "before" and len(units) == 1:
            return DueRule("before", before=first.first)
        opens = first.first
        if how in ("until", "before") or (len(units) == 1 and first.kind == "day"):
            opens = min(date(self.year, 1, 1), date(last.last.year, 1, 1))
        return DueRule("window", first=opens, last=last.last)

    # ------------------------------------------------------------ after another body's act

    def _conditional(self, text: str, said: str, plain: When | None, after: re.Match[str]) -> When:
        ids, at = [], after.start("what")
        for act in cue("conditions", "next-act").split(said[after.start("what") : after.end("what")]):
            start = said.index(act, at)
            at = start + len(act)
            ids.append(self.triggers.setdefault(clean(text[start:at]), f"T{len(self.triggers) + 1}"))
        start = min(after.start(), plain.start) if plain else after.start()
        end = max(after.end(), plain.end) if plain else after.end()
        closing = re.match(r"\s*\)", text[end:])
        wording = text[start : end + (closing.end() if closing else 0)].strip()
        due = replace(self._waiting(plain, "dự kiến" in said, tuple(ids)), wording=wording if "(" in wording else clean(wording))
        checks = plain.checks if plain else ()
        if due.assumed:
            checks = (*checks, "no day is given: the end of the plan's year is assumed")
        return When(due, start, end, checks)

    def _waiting(self, plain: When | None, soft: bool, after: tuple[str, ...]) -> DueRule:
        if plain and plain.due.kind == "window" and not soft:
            return replace(plain.due, kind="conditional_window", after=after)
        if plain and (plain.due.last or plain.due.before):
            last = plain.due.last or (plain.due.before or date.max) - timedelta(days=1)
            return DueRule("conditional_soft", after=after, last=last)
        year = max(self.year, self.effective.year if self.effective else 0) if self._of_the_law(after) else self.year
        return DueRule("conditional_soft", after=after, last=date(year, 12, 31), assumed=True)

    def _of_the_law(self, after: tuple[str, ...]) -> bool:
        """Whether it is the law's own taking effect that is waited for."""
        return any(folded(what).startswith("luật") and "hiệu lực" in folded(what) for what, id in self.triggers.items() if id in after)


def _within(one: DueRule, other: DueRule) -> bool:
    """Whether a deadline only says more closely what another says: "Năm 2024 (quý II, III)", "Từ tháng 3/2024, xong trước ngày …"."""
    if other.kind == "yearly":
        return other.assumed and one.kind == "before"
    first, last = one.first or one.before, one.last or one.before
    if one.kind not in ("window", "before") or not (first and last and other.first and other.last):
        return False
    return other.first <= first and last <= other.last and (first, last) != (other.first, other.last)


def on_its_day(when: When, task: str) -> When:
    """The deadline of something that is held on one day ("Ngày 01/7/2024" for a ceremony): that day alone; others may be done before it."""
    due = when.due
    if due.kind != "window" or not due.last or not cue("deadlines", "one-day").search(folded(due.wording)):
        return when
    held = cue("deadlines", "held").search(folded(task)) or cue("deadlines", "on-the-day").search(folded(due.wording))
    return replace(when, due=replace(due, first=due.last)) if held else when
