"""The calendar files of planned meetings, as calendars read them (RFC 5545 and 5546).

One meeting has one UID for ever, and so have all meetings of a regular time together; each change raises SEQUENCE. By
these, calendars change an entry instead of adding another. The times of a single meeting are in UTC, so that every
calendar shows them on its own clock; those of a regular time keep their hour in a time zone. We know nobody's e-mail
address: the two are named by addresses that reach nobody, under a domain that cannot exist.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from icalendar import Calendar, Event, Timezone, vCalAddress, vText

from mentoring.core.people import Person, zone_named
from mentoring.core.programmes import Programme
from mentoring.meetings.place import MeetingPlace
from mentoring.meetings.planned import PlannedMeeting, PlannedState
from mentoring.meetings.regular_time import RegularTime
from messages.calendar_zones import zone_component
from messages.voice import Voice

DOMAIN: Final = "mentor-bot.invalid"
_SLACK: Final = "https://slack.com/app_redirect?channel="


@dataclass(frozen=True)
class RegularMeetings:
    """A regular time with the meetings that it gave, in the order in which it lets them begin."""

    regular: RegularTime
    meetings: Sequence[PlannedMeeting]

    @property
    def kept(self) -> list[PlannedMeeting]:
        return [each for each in self.meetings if each.state is not PlannedState.CANCELLED and each.starts_at]

    @property
    def starts(self) -> list[datetime]:
        """When those begin that are kept, in order."""
        return sorted(each.starts_at for each in self.kept if each.starts_at)

    @property
    def last(self) -> datetime:
        """When the rhythm lets the last one begin that is kept, or else the first one."""
        return max((each.regular_at for each in self.kept if each.regular_at), default=self.regular.starts_at)

    @property
    def left_out(self) -> list[datetime]:
        """When the rhythm gives a meeting, from the first to the last one, and there is none."""
        held, last = {each.regular_at for each in self.kept}, self.last
        return [start for start in self.regular.starts() if start < last and start not in held]

    @property
    def sequence(self) -> int:
        """Each change of one of the meetings raises it, and so does the end."""
        return self.regular.version + sum(each.sequence for each in self.meetings)


@dataclass(frozen=True)
class FileMaker:
    """What every calendar file of two people says.

    `people` are the mentee and the mentor; `made_on` is the date of the file. `conversation` is Slack's id of where the
    meeting can be moved or cancelled, or "". `place` is where they meet; a link in it is what calendars open.
    """

    people: tuple[Person, Person]
    programme: Programme
    made_on: date
    conversation: str = ""
    place: MeetingPlace | None = None

    def of_one(self, planned: PlannedMeeting, among: RegularMeetings | None = None) -> bytes:
        """An invitation, or a cancellation of a meeting that is cancelled. It has to have a start.

        A meeting `among` those of a regular time changes one of its entries.
        """
        calendar = new_calendar("CANCEL" if planned.state is PlannedState.CANCELLED else "REQUEST")
        if among is None or not planned.regular_at:
            event = self._event(planned, f"{planned.id}@{DOMAIN}", planned.sequence)
        else:
            calendar.add_component(_zone_of(among))
            event = self._exception(planned, among)
        calendar.add_component(event)
        return bytes(calendar.to_ical())

    def of_all(self, among: RegularMeetings) -> bytes:
        """One recurring entry without the days that are left out, and each meeting that was moved as an exception; or a
        cancellation, if no meeting is left at all.
        """
        regular, kept = among.regular, among.kept
        calendar = new_calendar("REQUEST" if kept else "CANCEL")
        calendar.add_component(_zone_of(among))
        first = PlannedMeeting(
            regular.id,
            regular.partnership_id,
            PlannedState.BOOKED if kept else PlannedState.CANCELLED,
            regular.minutes,
            starts_at=regular.starts_at,
        )
        event = self._event(first, _uid(regular), among.sequence, regular)
        if kept:
            event.add("rrule", {"freq": "weekly", "interval": regular.weeks, "until": among.last.astimezone(UTC)})
            for start in among.left_out:
                _add_time(event, "exdate", start, regular)
        calendar.add_component(event)
        for each in kept:
            if (each.starts_at, each.minutes) != (each.regular_at, regular.minutes):
                calendar.add_component(self._exception(each, among))
        return bytes(calendar.to_ical())

    def _exception(self, planned: PlannedMeeting, among: RegularMeetings) -> Event:
        event = self._event(planned, _uid(among.regular), among.sequence, among.regular)
        assert planned.regular_at is not None  # noqa: S101 - the callers check it
        _add_time(event, "recurrence-id", planned.regular_at, among.regular)
        return event

    def _event(self, planned: PlannedMeeting, uid: str, sequence: int, regular: RegularTime | None = None) -> Event:
        assert planned.starts_at is not None  # noqa: S101 - the caller checks it
        event, voice = Event(), Voice(self.programme, marked=False)
        ends_at = planned.starts_at + timedelta(minutes=planned.minutes)
        event.add("uid", uid)
        event.add("sequence", sequence)
        event.add("dtstamp", datetime.combine(self.made_on, time(0), UTC))
        _add_time(event, "dtstart", planned.starts_at, regular)
        _add_time(event, "dtend", ends_at, regular)
        event.add("summary", f"{voice.name}: {' and '.join(_name(person, voice) for person in self.people)}")
        event.add("status", "CANCELLED" if planned.state is PlannedState.CANCELLED else "CONFIRMED")
        event.add("organizer", _address(self.people[0], voice))
        for person in self.people:
            attendee = _address(person, voice)
            attendee.params["PARTSTAT"] = vText("ACCEPTED")
            attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
            attendee.params["RSVP"] = vText("FALSE")
            event.add("attendee", attendee)
        about = "To move or cancel this meeting, use mentor-bot in Slack: an answer in your calendar reaches nobody."
        place, conversation = self.place, self.conversation
        if place and place.words:
            event.add("location", place.words)
        if link := (place.link if place else "") or (f"{_SLACK}{conversation}" if conversation else ""):
            event.add("url", link)
        event.add("description", f"{about}\n{_SLACK}{conversation}" if conversation else about)
        return event


def file_name(start: datetime, reader: Person, *, several: bool = False) -> str:
    """Such as "meeting-2027-02-02.ics", with the day of `start` (aware) on the reader's clock."""
    return f"{'meetings' if several else 'meeting'}-{reader.today(start)}.ics"


def new_calendar(method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", "-//mentor-bot//planned meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    return calendar


def _uid(regular: RegularTime) -> str:
    return f"{regular.id}@{DOMAIN}"


def _zone_of(among: RegularMeetings) -> Timezone:
    regular = among.regular
    starts = [regular.starts_at, *regular.starts(), *(each.starts_at for each in among.meetings if each.starts_at)]
    return zone_component(regular.zone, zone_named(regular.zone) or UTC, min(starts), max(starts))


def _add_time(event: Event, name: str, moment: datetime, regular: RegularTime | None) -> None:
    """A moment in UTC, or on the clock of the zone in which the regular time keeps its hour."""
    if regular is None:
        event.add(name, moment.astimezone(UTC))
    else:
        local = moment.astimezone(zone_named(regular.zone) or UTC).replace(tzinfo=None)
        event.add(name, local, parameters={"TZID": regular.zone})


def _address(person: Person, voice: Voice) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.id.lower() or 'nobody'}@{DOMAIN}")
    address.params["CN"] = vText(_name(person, voice))
    return address


def _name(person: Person, voice: Voice) -> str:
    """The display name, without what would end a line or a parameter."""
    kept = "".join(each for each in person.display_name if each.isprintable() and each not in '"^')
    return " ".join(kept.split()) or "your partner"
