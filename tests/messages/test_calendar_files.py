"""Calendar files, read as a calendar reads them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from mentoring.core.people import AccountStatus, Person
from mentoring.meetings.place import MeetingPlace
from mentoring.meetings.planned import PlannedMeeting, PlannedState
from messages.calendar_files import calendar_file, file_name
from tests.mentoring.factories import partnership
from tests.mentoring.values import PROGRAMME

ADA = Person("U0ADA", AccountStatus.MEMBER, "Ada Adams", "Europe/London")
BEN = Person("U0BEN", AccountStatus.MEMBER, "Ben", "America/New_York")
START = datetime(2027, 3, 26, 15, tzinfo=UTC)
SLACK = "https://slack.com/app_redirect?channel=D1"
BOOKED = PlannedMeeting("planned1", "s1", PlannedState.BOOKED, 60, starts_at=START)


def made(
    planned: PlannedMeeting = BOOKED,
    people: tuple[Person, Person] = (ADA, BEN),
    conversation: str = "D1",
    place: MeetingPlace | None = None,
) -> bytes:
    made_on = date(2027, 3, 1)
    return calendar_file(
        planned, partnership(), people, PROGRAMME, made_on=made_on, conversation=conversation, place=place
    )


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
    late = replace(BOOKED, starts_at=datetime(2027, 3, 27, 1, tzinfo=UTC))
    assert (file_name(late, ADA), file_name(late, BEN)) == ("meeting-2027-03-27.ics", "meeting-2027-03-26.ics")
