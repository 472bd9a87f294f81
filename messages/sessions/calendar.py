"""The calendar file of a session. One session has one UID; each change of it raises SEQUENCE."""

from datetime import UTC, date, datetime, time

from icalendar import Event

from mentoring.core.programmes import Programme
from mentoring.sessions.session import Session, SessionState
from messages.calendar_files import DOMAIN, new_calendar
from messages.sessions.words import NAMES, is_link
from messages.voice import Voice


def session_file(session: Session, programme: Programme, made_on: date) -> bytes:
    """An entry for the calendar, or one that takes it out if the session is cancelled. It names nobody."""
    is_off = session.state is SessionState.CANCELLED
    calendar, event = new_calendar("CANCEL" if is_off else "PUBLISH"), Event()
    event.add("uid", f"{session.id}@{DOMAIN}")
    event.add("sequence", session.sequence)
    event.add("dtstamp", datetime.combine(made_on, time(0), UTC))
    event.add("dtstart", session.starts_at.astimezone(UTC))
    event.add("dtend", session.ends_at.astimezone(UTC))
    name = f"{Voice(programme, marked=False).name}: {NAMES[session.kind]}"
    event.add("summary", name)
    event.add("status", "CANCELLED" if is_off else "CONFIRMED")
    event.add("organizer", f"mailto:nobody@{DOMAIN}")
    event.add("location", session.place)
    if is_link(session.place):
        event.add("url", session.place)
    about = "If you can’t come any more, say so in Slack, so that someone else gets your place."
    event.add("description", f"{session.plan}\n\n{about}" if session.plan else about)
    calendar.add_component(event)
    return bytes(calendar.to_ical())
