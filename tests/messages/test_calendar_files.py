"""Calendar files, read as a calendar reads them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from mentoring.core.people import AccountStatus, Person
from mentoring.meetings.place import MeetingPlace
from mentoring.meetings.planned import PlannedMeeting, PlannedState
from mentoring.meetings.regular_time import RegularState, RegularTime
from messages.calendar_files import FileMaker, RegularMeetings, file_name
from tests.mentoring.values import PROGRAMME

ADA = Person("U0ADA", AccountStatus.MEMBER, "Ada Adams", "Europe/London")
BEN = Person("U0BEN", AccountStatus.MEMBER, "Ben", "America/New_York")
START = datetime(2027, 3, 26, 15, tzinfo=UTC)
SLACK = "https://slack.com/app_redirect?channel=D1"
ZONES = ("Europe/London", "America/New_York")
END = date(2027, 12, 21)
BOOKED = PlannedMeeting("planned1", "s1", PlannedState.BOOKED, 60, starts_at=START)


def made(
    planned: PlannedMeeting = BOOKED,
    people: tuple[Person, Person] = (ADA, BEN),
    conversation: str = "D1",
    place: MeetingPlace | None = None,
) -> bytes:
    return FileMaker(people, PROGRAMME, date(2027, 3, 1), conversation, place).of_one(planned)


def read(content: bytes) -> Any:
    return Calendar.from_ical(content)


def test_an_invitation_names_both_the_time_and_where_it_can_be_moved() -> None:
    calendar = read(made())
    (event,) = calendar.events
    assert (calendar["METHOD"], calendar["VERSION"], event["STATUS"]) == ("REQUEST", "2.0", "CONFIRMED")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (START, START + timedelta(hours=1))
    assert event["UID"] == "planned1@mentor-bot.invalid"
    assert event["ORGANIZER"].params["CN"] == "Ada Adams"
    assert [each.params["CN"] for each in event["ATTENDEE"]] == ["Ada Adams", "Ben"]
    assert event["URL"] == "https://slack.com/app_redirect?channel=D1"
    assert event["SUMMARY"] == "Mentoring programme: Ada Adams and Ben"


def test_a_change_has_the_same_uid_and_a_higher_sequence_and_a_cancellation_too() -> None:
    moved = replace(BOOKED, starts_at=START + timedelta(days=1), sequence=1)
    off = replace(moved, state=PlannedState.CANCELLED, sequence=2)
    files = [read(made(each)) for each in (BOOKED, moved, off)]
    assert [each["METHOD"] for each in files] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {str(each.events[0]["UID"]) for each in files} == {"planned1@mentor-bot.invalid"}
    assert [int(each.events[0]["SEQUENCE"]) for each in files] == [0, 1, 2]
    assert files[2].events[0]["STATUS"] == "CANCELLED"


@pytest.mark.parametrize(
    ("start", "london", "new_york"),
    [
        (datetime(2027, 3, 15, 14, tzinfo=UTC), "14:00", "10:00"),  # New York has summer time already
        (datetime(2027, 3, 29, 13, tzinfo=UTC), "14:00", "09:00"),
        (datetime(2027, 10, 31, 13, tzinfo=UTC), "13:00", "09:00"),  # London has no summer time any more
        (datetime(2027, 11, 8, 14, tzinfo=UTC), "14:00", "09:00"),
    ],
)
def test_each_clock_shows_the_agreed_hour_around_the_change_of_the_clocks(
    start: datetime, london: str, new_york: str
) -> None:
    (event,) = read(made(replace(BOOKED, starts_at=start))).events
    assert event["DTSTART"].to_ical().decode() == f"{start:%Y%m%dT%H%M%SZ}"
    for zone, hour in (("Europe/London", london), ("America/New_York", new_york)):
        assert f"{event['DTSTART'].dt.astimezone(ZoneInfo(zone)):%H:%M}" == hour


@pytest.mark.parametrize("name", ['Ada "the first"; A:B', "Ada\r\nATTENDEE:mailto:x@y.z", "", "Ада 👩‍💻", "A" * 200])
def test_no_name_breaks_the_file(name: str) -> None:
    content = made(people=(replace(ADA, display_name=name), BEN))
    (event,) = read(content).events
    assert len(event["ATTENDEE"]) == 2
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.count(b"BEGIN:VEVENT") == 1


@pytest.mark.parametrize(
    ("words", "url"),
    [
        ("Room 3; first floor, left", SLACK),
        ("https://meet.example.org/a?b=1&c=2,3;4", "https://meet.example.org/a?b=1&c=2,3;4"),
        ("Café, https://maps.example.org/nord, first floor", "https://maps.example.org/nord"),
        ("http://old.example.org", SLACK),
        ("Café \\ “Nord” https://maps.example.org/nord 👩‍💻", "https://maps.example.org/nord"),
        ("Room 3\r\nATTENDEE:mailto:x@y.z", SLACK),
        ("Länge " * 41, SLACK),
    ],
)
def test_a_place_is_the_location_as_it_was_typed_and_its_https_link_what_calendars_open(words: str, url: str) -> None:
    content = made(place=MeetingPlace("s1", words, "U0ADA"))
    (event,) = read(content).events
    assert str(event["LOCATION"]) == words.replace("\r\n", "\n")
    assert event["URL"] == url
    assert len(event["ATTENDEE"]) == 2
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.count(b"\nLOCATION:") == 1


def test_a_place_that_was_taken_back_is_not_in_the_file() -> None:
    (event,) = read(made(place=MeetingPlace("s1", "", "U0ADA", 2))).events
    assert "LOCATION" not in event
    assert event["URL"] == SLACK


def test_the_files_name_has_the_readers_day() -> None:
    late = datetime(2027, 3, 27, 1, tzinfo=UTC)
    assert (file_name(late, ADA), file_name(late, BEN)) == ("meeting-2027-03-27.ics", "meeting-2027-03-26.ics")


REGULAR = RegularTime(
    "regular1", "s1", RegularState.AGREED, datetime(2027, 3, 2, 15, tzinfo=UTC), "Europe/London", 1, 60, END, "U0ADA"
)
STARTS = tuple(REGULAR.starts())
MEETINGS = tuple(
    replace(BOOKED, id=f"m{number}", starts_at=start, regular_id="regular1", regular_at=start)
    for number, start in enumerate(STARTS)
)


def all_of(meetings: Sequence[PlannedMeeting], regular: RegularTime = REGULAR) -> bytes:
    return FileMaker((ADA, BEN), PROGRAMME, date(2027, 3, 1), "D1").of_all(RegularMeetings(regular, meetings))


def expanded(content: bytes) -> list[datetime]:
    """When the entries are, in UTC, as a calendar works them out that knows time zones from the file alone."""
    text = content.replace(b"Europe/London", b"Somewhere")
    calendar = read(text)
    (component,) = calendar.walk("VTIMEZONE")
    zone = component.to_tz(lookup_tzid=False)
    events = calendar.walk("VEVENT")
    first = events[0]["DTSTART"].dt.replace(tzinfo=None)
    rule, found = events[0].get("RRULE"), []
    left_out = events[0].get("EXDATE", [])
    without = {
        each.dt.replace(tzinfo=None)
        for one in (left_out if isinstance(left_out, list) else [left_out])
        for each in one.dts
    }
    moved = {event["RECURRENCE-ID"].dt.replace(tzinfo=None): event["DTSTART"].dt for event in events[1:]}
    local = first
    while local.replace(tzinfo=zone).astimezone(UTC) <= rule["UNTIL"][0]:
        if local not in without:
            found.append(moved.get(local, local).replace(tzinfo=zone).astimezone(UTC))
        local += timedelta(weeks=rule["INTERVAL"][0])
    return found


def test_a_regular_time_is_one_entry_that_keeps_its_hour_over_both_changes_of_the_clocks() -> None:
    content = all_of(MEETINGS)
    assert content.count(b"BEGIN:VEVENT") == 1
    assert expanded(content) == list(STARTS)
    london, new_york = ({f"{each.astimezone(ZoneInfo(zone)):%H:%M}" for each in STARTS} for zone in ZONES)
    assert (london, new_york) == ({"15:00"}, {"10:00", "11:00"})  # their clocks change on different days
    assert {start.hour for start in STARTS} == {14, 15}


def test_days_without_a_meeting_are_left_out_and_a_moved_one_is_an_exception_of_the_same_entry() -> None:
    off = replace(MEETINGS[2], state=PlannedState.CANCELLED, sequence=1)
    moved = replace(MEETINGS[6], starts_at=STARTS[6] + timedelta(days=1), sequence=1)
    changed = (*MEETINGS[:2], off, *MEETINGS[3:4], *MEETINGS[5:6], moved, *MEETINGS[7:])
    content = all_of(changed)
    expected = [each for each in STARTS if each not in (STARTS[2], STARTS[4])]
    expected[4] += timedelta(days=1)
    assert expanded(content) == expected
    calendar = read(content)
    assert {str(each["UID"]) for each in calendar.events} == {"regular1@mentor-bot.invalid"}
    assert calendar["METHOD"] == "REQUEST"
    sequences = [int(read(all_of(each)).events[0]["SEQUENCE"]) for each in (MEETINGS, changed)]
    assert sequences[1] == sequences[0] + 2


def test_a_change_of_one_meeting_sends_that_one_and_the_end_takes_out_the_rest() -> None:
    moved = replace(MEETINGS[6], starts_at=STARTS[6] + timedelta(days=1), sequence=1)
    changed = RegularMeetings(REGULAR, (*MEETINGS[:6], moved, *MEETINGS[7:]))
    maker = FileMaker((ADA, BEN), PROGRAMME, date(2027, 3, 1))
    (event,) = read(maker.of_one(moved, changed)).events
    assert (event["UID"], int(event["SEQUENCE"])) == ("regular1@mentor-bot.invalid", 2)
    assert event["RECURRENCE-ID"].dt.astimezone(UTC) == STARTS[6]
    assert event["DTSTART"].dt.astimezone(UTC) == STARTS[6] + timedelta(days=1)
    off = replace(moved, state=PlannedState.CANCELLED, sequence=2)
    cancelled = read(maker.of_one(off, RegularMeetings(REGULAR, (*MEETINGS[:6], off, *MEETINGS[7:]))))
    assert (cancelled["METHOD"], int(cancelled.events[0]["SEQUENCE"])) == ("CANCEL", 3)
    ended = [
        each if number < 3 else replace(each, state=PlannedState.CANCELLED) for number, each in enumerate(MEETINGS)
    ]
    assert expanded(all_of(ended)) == list(STARTS[:3])
    none_left = read(all_of([replace(each, state=PlannedState.CANCELLED) for each in MEETINGS]))
    assert (none_left["METHOD"], none_left.events[0]["STATUS"]) == ("CANCEL", "CANCELLED")


@pytest.mark.parametrize(
    "zone", ["America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC", "Africa/Casablanca"]
)
def test_the_file_alone_tells_the_hour_in_every_zone(zone: str) -> None:
    regular = replace(REGULAR, zone=zone)
    starts = list(regular.starts())
    meetings = [replace(BOOKED, regular_id="regular1", starts_at=each, regular_at=each) for each in starts]
    content = all_of(meetings, regular).replace(f"TZID={zone}".encode(), b"TZID=Europe/London")
    assert expanded(content.replace(f"TZID:{zone}".encode(), b"TZID:Europe/London")) == starts
