"""Days that are due as ICS: right by RFC 5545, whatever the plan's words hold."""

from datetime import UTC, date, datetime, timedelta

import pytest
from icalendar import Calendar

from minhchung.plan.loader import load_plan
from minhchung.present.calendar import calendar
from minhchung.present.language import speaking
from minhchung.store.model import StatusRow

PLAN = load_plan(None)
MADE = datetime(2023, 10, 1, 8, 0, tzinfo=UTC)


def row(
    agency: str, duty: str = "O13", item: str = "II.1.d", due: str | None = "2023-12-31", name: str = "", state: str = "silent"
) -> StatusRow:
    return StatusRow(agency, name or f"UBND huyện, quận; {agency}", item, duty, 2023, state, True, "lead", due, False, False, 0, None, None)


def events(rows: list[StatusRow], each: bool = False, remind: int = 7) -> list[dict[str, object]]:
    read = Calendar.from_ical(calendar(rows, PLAN, each, remind, MADE))
    return [
        {
            "uid": str(event["UID"]),
            "start": event.decoded("DTSTART"),
            "end": event.decoded("DTEND"),
            "summary": str(event["SUMMARY"]),
            "description": str(event["DESCRIPTION"]),
            "alarms": [alarm.decoded("TRIGGER") for alarm in event.walk("VALARM")],
        }
        for event in read.walk("VEVENT")
    ]


def test_agencies_that_owe_one_duty_by_one_day_share_an_event() -> None:
    (one,) = events([row("QH-304"), row("QH-305")])
    assert (one["start"], one["end"]) == (date(2023, 12, 31), date(2024, 1, 1))
    assert one["summary"] == "Hạn II.1.d tập huấn: 2 cơ quan"
    assert one["uid"] == "hai-phong-2023-O13-2023-12-31@minhchung"
    assert "UBND huyện, quận; QH-304; UBND huyện, quận; QH-305" in str(one["description"])
    assert one["alarms"] == [timedelta(days=-7)]


def test_each_agency_may_have_its_own_events_and_none_an_alarm() -> None:
    found = events([row("QH-304"), row("QH-305", duty="O24/1", item="III.bc", due="2023-11-30")], each=True, remind=0)
    assert [one["uid"] for one in found] == [
        "hai-phong-2023-O24-1-QH-305-2023-11-30@minhchung", "hai-phong-2023-O13-QH-304-2023-12-31@minhchung",
    ]  # fmt: skip
    assert [one["alarms"] for one in found] == [[], []]


def test_many_agencies_are_counted_and_not_all_named() -> None:
    (one,) = events([row(f"CX-{n}") for n in range(30)])
    assert "và 10 cơ quan khác" in str(one["description"]) and "CX-29" not in str(one["description"])


def test_agencies_are_named_by_the_state_that_they_are_in_and_what_is_done_comes_last() -> None:
    states = {"A": "evidenced", "B": "partial", "C": "no_report", "D": "not_applicable", "E": "silent", "F": "evidenced"}
    (one,) = events([row(name, name=name, state=state) for name, state in states.items()])
    lines = str(one["description"]).split("\n")[2:]
    assert set(lines[:3]) == {"Một phần: B", "Chưa có báo cáo: C", "Không nêu: E"}
    assert set(lines[3:]) == {"Có minh chứng: A; F", "Không áp dụng: D"}
    with speaking("en"):
        told = str(events([row("A", name="A", state="evidenced")])[0]["description"])
    assert told.endswith("\nEvidenced: A")


def test_no_alarm_is_set_for_what_is_done() -> None:
    assert events([row("A", state="evidenced"), row("B", state="not_applicable")])[0]["alarms"] == []
    assert events([row("A", state="evidenced"), row("B", state="partial")])[0]["alarms"] == [timedelta(days=-7)]


def test_what_has_no_day_makes_no_event() -> None:
    assert events([row("QH-304", due=None)]) == []
    assert Calendar.from_ical(calendar([], PLAN, False, 7, MADE)).walk("VEVENT") == []


@pytest.mark.parametrize("name", ["Sở A; B, C", "dòng\nthứ hai", "a\\b", "Ủy ban nhân dân " * 12, "“ngoặc” BEGIN:VEVENT"])
def test_lines_are_folded_and_text_is_escaped(name: str) -> None:
    data = calendar([row("QH-304", name=name)], PLAN, True, 7, MADE)
    assert all(len(line) <= 75 for line in data.split(b"\r\n")) and b"\n" not in data.replace(b"\r\n", b"")
    (one,) = events([row("QH-304", name=name)], each=True)
    assert str(one["summary"]).endswith(f": {name}")


def test_the_same_rows_give_the_same_file() -> None:
    rows = [row("QH-304"), row("QH-305", duty="O24", item="III.bc", due="2023-11-14")]
    assert calendar(rows, PLAN, False, 7, MADE) == calendar(rows[::-1], PLAN, False, 7, MADE)
