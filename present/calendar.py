"""Days that are due, for a calendar program: ICS by the icalendar library, which folds lines and escapes text as RFC 5545 asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Final

from .language import counted, spoken, words
from .terms import STATES

if TYPE_CHECKING:
    from icalendar import Event

    from ..plan.model import Plan
    from ..store.model import StatusRow

_NAMED: Final = 20  # agencies of one state named in one event; a phone shows no more
DONE: Final = ("evidenced", "not_applicable")  # states in which nothing is left to do


def calendar(rows: Iterable[StatusRow], plan: Plan, each: bool, remind: int, made: datetime | None = None) -> bytes:
    """The days by which `rows` are due, as an ICS file: one all-day event for each duty and day with the agencies that owe it, named by
    the state that they are in, or with `each` one for each agency's duty. `remind` days before, an alarm (none for 0, and none where
    nothing is left to do). The same cell keeps its UID in every file and language."""
    from icalendar import Calendar

    found = Calendar()
    found.add("prodid", f"-//minhchung//{(spoken() or 'vi').upper()}")
    found.add("version", "2.0")
    found.add("x-wr-calname", plan.title)
    stamp = made or datetime.now(UTC)
    groups: dict[tuple[str, ...], list[StatusRow]] = {}
    for row in rows:
        if row.due is not None and row.duty is not None:
            groups.setdefault((row.due, row.duty, row.agency) if each else (row.due, row.duty), []).append(row)
    shorts = {item.id: item.short for item in plan.items}
    quotes = {duty.id: duty.quote for duty in plan.duties}
    for key in sorted(groups):
        found.add_component(_event(groups[key], key, plan, shorts, quotes, remind, stamp))
    data: bytes = found.to_ical()
    return data


def _event(
    rows: Sequence[StatusRow], key: tuple[str, ...], plan: Plan, shorts: Mapping[str, str], quotes: Mapping[str, str], remind: int,
    stamp: datetime,
) -> Event:  # fmt: skip
    from icalendar import Alarm, Event

    first, day = rows[0], date.fromisoformat(key[0])
    who = first.agency_name if len(rows) == 1 else counted(len(rows), "{} cơ quan")
    title = f"{first.item} {shorts.get(first.item, '')}".strip()
    event = Event()
    event.add("uid", "-".join((plan.id, *key[1:], key[0])).replace("/", "-") + "@minhchung")
    event.add("dtstamp", stamp)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("summary", words("Hạn {}: {}", title, who))
    event.add("description", "\n".join((quotes.get(first.duty.partition("/")[0] if first.duty else "", ""), "", *_names(rows))))
    if remind and any(row.state not in DONE for row in rows):
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("trigger", timedelta(days=-remind))
        alarm.add("description", counted(remind, "Còn {} ngày: {}", title))
        event.add_component(alarm)
    return event


def _names(rows: Sequence[StatusRow]) -> Iterator[str]:
    """A line a state, what is left to do first: nobody is named as lacking what is evidenced."""
    for state in sorted(STATES, key=DONE.__contains__):
        names = [row.agency_name for row in rows if row.state == state]
        if names:
            term, more = words(STATES[state].words), len(names) - _NAMED
            told = f"{term[:1].upper()}{term[1:]}: {'; '.join(names[:_NAMED])}"
            yield told + (words("; và {} cơ quan khác", more) if more > 0 else "")
