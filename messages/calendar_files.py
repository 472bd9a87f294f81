"""The calendar file of a planned meeting, as calendars read it (RFC 5545 and 5546).

One meeting has one UID for ever, and each change raises its SEQUENCE: by these, calendars change an entry instead of
adding another. Times are in UTC, so that every calendar shows them on its own clock. We know nobody's e-mail address:
the two are named by addresses that reach nobody, under a domain that cannot exist.
"""

from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Calendar, Event, vCalAddress, vText

from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.meetings.place import MeetingPlace
from mentoring.meetings.planned import PlannedMeeting, PlannedState
from mentoring.partnerships.partnership import Partnership
from messages.voice import Voice

_DOMAIN: Final = "mentor-bot.invalid"
_SLACK: Final = "https://slack.com/app_redirect?channel="


def calendar_file(
    planned: PlannedMeeting,
    partnership: Partnership,
    people: tuple[Person, Person],
    programme: Programme,
    *,
    made_on: date,
    conversation: str = "",
    place: MeetingPlace | None = None,
) -> bytes:
    """The file: an invitation, or a cancellation if it `is_cancelled`. It has to have a start.

    `people` are the mentee and the mentor; `made_on` is the date of the file. `conversation` is Slack's id of where the
    meeting can be moved or cancelled, or "". `place` is where they meet; a link in it is what calendars open.
    """
    assert planned.starts_at is not None  # noqa: S101 - the caller checks it
    is_cancelled = planned.state is PlannedState.CANCELLED
    calendar, event, voice = Calendar(), Event(), Voice(programme, marked=False)
    calendar.add("prodid", "-//mentor-bot//planned meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "CANCEL" if is_cancelled else "REQUEST")
    event.add("uid", f"{planned.id}@{_DOMAIN}")
    event.add("sequence", planned.sequence)
    event.add("dtstamp", datetime.combine(made_on, time(0), UTC))
    event.add("dtstart", planned.starts_at.astimezone(UTC))
    event.add("dtend", planned.starts_at.astimezone(UTC) + timedelta(minutes=planned.minutes))
    event.add("summary", f"{voice.name}: {' and '.join(_name(person, voice) for person in people)}")
    event.add("status", "CANCELLED" if is_cancelled else "CONFIRMED")
    organizer = _address(people[0], voice)
    event.add("organizer", organizer)
    for person in people:
        attendee = _address(person, voice)
        attendee.params["PARTSTAT"] = vText("ACCEPTED")
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        attendee.params["RSVP"] = vText("FALSE")
        event.add("attendee", attendee)
    about = "To move or cancel this meeting, use mentor-bot in Slack: an answer in your calendar reaches nobody."
    if place and place.words:
        event.add("location", place.words)
    if link := (place.link if place else "") or (f"{_SLACK}{conversation}" if conversation else ""):
        event.add("url", link)
    if conversation:
        about = f"{about}\n{_SLACK}{conversation}"
    event.add("description", about)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def file_name(planned: PlannedMeeting, reader: Person) -> str:
    """Such as "meeting-2027-02-02.ics", with the day on the reader's clock."""
    day = reader.today(planned.starts_at) if planned.starts_at else ""
    return f"meeting-{day}.ics"


def _address(person: Person, voice: Voice) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.id.lower() or 'nobody'}@{_DOMAIN}")
    address.params["CN"] = vText(_name(person, voice))
    return address


def _name(person: Person, voice: Voice) -> str:
    """The display name, without what would end a line or a parameter."""
    kept = "".join(each for each in person.display_name if each.isprintable() and each not in '"^')
    return " ".join(kept.split()) or "your partner"
