"""An orientation and an information session that are planned."""

from dataclasses import replace
from datetime import UTC, datetime

from mentoring.sessions.session import Session, SessionAudience, SessionKind

ORIENTATION = Session(
    "o1",
    "p1",
    SessionKind.ORIENTATION,
    datetime(2027, 2, 10, 14, tzinfo=UTC),
    60,
    "Room 5",
    SessionAudience.EVERYONE,
    "1. Welcome\n2. Your questions",
    2,
)
INFORMATION = replace(
    ORIENTATION,
    id="o2",
    kind=SessionKind.INFORMATION,
    place="https://meet.example.org/mentoring",
    audience=SessionAudience.ANYONE,
    places=None,
)
