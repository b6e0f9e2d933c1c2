"""What plans give to do in their part on carrying out: an own plan, a yearly report, money, watching, difficulties."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from ..model import DueRule
from .model import DraftDuty, DraftItem
from .sentences import Said
from .words import Cue, clean, cue, folded, table

OWN_PLAN = "kh"
_FORMS = {"kh": ("kế hoạch",), "bc": ("báo cáo",), "kp": ("dự toán",)}


def standing_duty(duty: DraftDuty, said: Said, part: str, items: dict[str, DraftItem]) -> tuple[DraftItem, DraftDuty]:
    """The item that a sentence of that part is filed under, and its duty with the deadline that goes with it."""
    kind, title = _kind(said)
    end = kind.gives if kind else OWN_PLAN if said.kind in ("accountability", "request") else ""
    if end == "td" and (twin := _watched_before(items)):
        checks = (*duty.checks, f"filed with {twin.id}, which is about watching too: an item of its own?")
        return twin, _with_due(replace(duty, item=twin.id, checks=checks), end, said)
    if not end:
        item = items.get(duty.clause.split(" ")[0]) or DraftItem(duty.clause.split(" ")[0], clean(said.rest))
        return item, replace(duty, item=item.id, checks=(*duty.checks, "none of the usual duties of this part"))
    item_id = f"{part}.{end}"
    item = items.get(item_id) or DraftItem(
        item_id, "", "event" if end == "kk" else "duty", end == "td", kind.also[0] if kind else "kế hoạch"
    )
    item.title = item.title or title
    return item, _with_due(replace(duty, item=item_id), end, said)


def is_usual(said: Said) -> bool:
    """Whether a sentence gives one of the standing duties."""
    return _kind(said)[0] is not None


def _kind(said: Said) -> tuple[Cue | None, str]:
    """Which of the standing duties a sentence gives, and the words that say so."""
    entries = table("standing")
    if said.kind == "event":
        found = entries["difficulties"].regex.search(folded(said.text))
        return entries["difficulties"], said.text[found.start() : found.end()] if found else "khó khăn, vướng mắc"
    if said.kind in ("accountability", "request"):
        return None, ""
    found_here = [(m.start(), n, entry, m) for n, entry in enumerate(entries.values()) if (m := entry.regex.search(folded(said.text)))]
    found_here = [one for one in found_here if one[2].gives not in ("", "kk")]
    if not found_here:
        return None, ""
    _, _, entry, match = min(found_here, key=lambda one: one[:2])
    rest_of_word = re.match(r"\w*", said.text[match.end() :])
    return entry, clean(said.text[match.start() : match.end() + (rest_of_word.end() if rest_of_word else 0)])


def _watched_before(items: dict[str, DraftItem]) -> DraftItem | None:
    """The item of the plan's own that is about watching how it is carried out, which such a sentence repeats."""
    watching = cue("standing", "watching-title")
    return next(
        (item for item in items.values() if watching.search(folded(item.about or item.title)) and not item.id.endswith(".td")), None
    )


def _with_due(duty: DraftDuty, end: str, said: Said) -> DraftDuty:
    """The deadline read, or the one that such a duty has without one."""
    duty = replace(duty, form=_FORMS.get(end, ()) if said.kind == "assigned" else ())
    if said.kind == "event":
        return replace(duty, due=DueRule("event", wording="kịp thời" if "kịp thời" in folded(said.text) else ""))
    if said.kind in ("accountability", "request"):
        return replace(duty, due=DueRule("none"))
    if said.when is None and end == "td":
        return replace(duty, due=DueRule("continuous"))
    return duty


def set_review_days(duties: list[DraftDuty]) -> None:
    """An own plan without a deadline is looked for again on the day of the first yearly report that the same bodies owe."""
    reports = [d for d in duties if d.due.kind == "yearly" and d.due.before_day and d.item.endswith(".bc")]
    for duty in duties:
        if duty.due.kind != "undated_once" or not duty.item.endswith(f".{OWN_PLAN}"):
            continue
        first = next((r for r in reports if set(r.actors) & set(duty.actors)), None)
        if first and first.due.first_year and first.due.before_day:
            duty.due = replace(duty.due, review_on=_day(first.due.first_year, first.due.before_day))
            duty.checks = (*duty.checks, "no deadline: the day to look again is ours, that of the first yearly report")


def _day(year: int, month_day: str) -> date:
    return date(year, int(month_day[:2]), int(month_day[3:]))
