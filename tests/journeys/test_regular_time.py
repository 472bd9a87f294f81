"""Two people meet at a regular time over a change of the clocks and a holiday: one meeting is moved, one is cancelled,
and in the end they end it. Each calendar is what its files make of it.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mentoring.core.outcome import Outcome
from messages import ids
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, introduced, later
from tests.handlers.support import direct_messages, rows
from tests.handlers.test_planned_meetings import files, finds, presses
from tests.handlers.test_regular_times import meetings, regular
from tests.local_bot import LocalBot

LONDON, NEW_YORK = ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
HOLIDAY = date(2027, 3, 29)


def calendar_of(town: LocalBot, user: str) -> list[datetime]:
    """The entries (UTC) that a calendar has that opens each file as it comes: one UID, exceptions by RECURRENCE-ID."""
    entries: Mapping[datetime, datetime] = {}
    for file in files(town, user):
        recurring, *exceptions = file.events
        if "RRULE" in recurring:
            entries = {start: start for start in _starts(recurring)}
        else:
            exceptions = [recurring]
        for event in exceptions:
            at = event["RECURRENCE-ID"].dt.astimezone(UTC)
            entries = {**entries, at: event["DTSTART"].dt.astimezone(UTC)}
            if file["METHOD"] == "CANCEL":
                entries = {slot: start for slot, start in entries.items() if slot != at}
    return sorted(entries.values())


def _starts(event: Any) -> list[datetime]:
    rule, found = event["RRULE"], []
    left_out = event.get("EXDATE", [])
    without = {each.dt for one in (left_out if isinstance(left_out, list) else [left_out]) for each in one.dts}
    start = event["DTSTART"].dt
    while start.astimezone(UTC) <= rule["UNTIL"][0]:
        if start not in without:
            found.append(start.astimezone(UTC))
        start += timedelta(weeks=rule["INTERVAL"][0])  # on the clock of its zone
    return found


def booked(town: LocalBot) -> list[datetime]:
    """When the meetings are that were not cancelled (UTC)."""
    kept = (row for row in meetings(town) if row["state"] != "cancelled")
    return sorted(datetime.fromisoformat(row["starts_at"]).replace(tzinfo=UTC) for row in kept)


def test_two_people_meet_at_a_regular_time_until_they_end_it(town: LocalBot) -> None:
    pair = introduced(town, ADA, BEN)
    with town.storage.begin(town.slack.team_id) as tx:
        ((programme, _),) = tx.programmes.all()
        closed = replace(programme, closed_days=(HOLIDAY,), version=programme.version + 1)
        tx.save(Outcome((closed,)))
    later(town, days=1)
    finds(town, ADA, pair)
    ada = town.person(ADA)
    ada.click(ids.MEET_REGULARLY)
    ada.await_view(ids.REGULAR_FORM)
    first = datetime(2026, 12, 7, 15, tzinfo=LONDON)  # a Monday
    ada.fill({"first_meeting": int(first.timestamp()), "rhythm": "second-week", "minutes": "45"})
    assert not ada.submit().errors
    town.settle()
    assert "29 March 2027 (holiday or closed day)" in str(direct_messages(town, BEN)[-1]["blocks"])
    presses(town, BEN, ids.TAKE_REGULAR)
    starts = booked(town)
    assert {f"{start.astimezone(LONDON):%A %H:%M}" for start in starts} == {"Monday 15:00"}
    assert {f"{start.astimezone(NEW_YORK):%H:%M}" for start in starts} == {"10:00", "11:00"}
    assert HOLIDAY not in {start.date() for start in starts}
    assert max(starts).date() > HOLIDAY
    assert calendar_of(town, ADA) == calendar_of(town, BEN) == starts

    later(town, days=15)  # the first one is over
    answers(town, clicked(town, ADA, ids.SAY_MET, meetings(town)[0]["id"]))
    assert [row["met_on"] for row in rows(town)["meetings"]] == ["2026-12-07"]
    finds(town, BEN, pair)
    town.person(BEN).click("Offer this time")
    town.settle()
    presses(town, ADA, ids.TAKE_TIME)
    answers(town, clicked(town, BEN, ids.CANCEL_PLANNED, meetings(town)[4]["id"]))
    moved = [row for row in meetings(town) if row["starts_at"] != row["regular_at"]]
    assert [row["id"] for row in moved] == [meetings(town)[1]["id"]]
    assert len(booked(town)) == len(starts) - 1
    assert calendar_of(town, ADA) == calendar_of(town, BEN) == booked(town)

    later(town, days=60)
    before = len(files(town, ADA))
    answers(town, clicked(town, BEN, ids.END_REGULAR, regular(town)["id"]))
    assert len(files(town, ADA)) == before + 1
    assert 1 < len(booked(town)) < len(starts)
    assert max(booked(town)) < town.slack.calendar.now()
    assert calendar_of(town, ADA) == calendar_of(town, BEN) == booked(town)
