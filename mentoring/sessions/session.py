"""A session, what people say about it, and who has a place (D0.11, D0.14)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from mentoring.sessions.errors import SessionOver


class SessionKind(StrEnum):
    """Stored: renaming a value needs a migration."""

    INFORMATION = "information"
    ORIENTATION = "orientation"


class SessionAudience(StrEnum):
    """Whom it is for. ANYONE in the workspace; EVERYONE who has applied to the round or is in an active partnership; or
    of these, those in one role. Stored.
    """

    ANYONE = "anyone"
    EVERYONE = "everyone"
    MENTEES = "mentees"
    MENTORS = "mentors"

    @property
    def is_invited(self) -> bool:
        """Whether the bot can write to everybody whom it is for."""
        return self is not SessionAudience.ANYONE


class SessionState(StrEnum):
    """OVER once its time has passed. Stored."""

    PLANNED = "planned"
    CANCELLED = "cancelled"
    OVER = "over"


@dataclass(frozen=True)
class Session:
    """`starts_at` is aware. `places` is None if there are enough for all. `place` is a room or a link, and `plan` what
    happens in it. `sequence` is how often its calendar file has changed. `planned_by` is a Slack user id, or "" once
    erased. `came` is how many had a place, once it is forgotten who; None before.
    """

    id: str
    programme_id: str
    kind: SessionKind
    starts_at: datetime
    minutes: int
    place: str
    audience: SessionAudience
    plan: str
    places: int | None = None
    state: SessionState = SessionState.PLANNED
    sequence: int = 0
    planned_by: str = ""
    came: int | None = None
    version: int = 1

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    def changed(self, **changes: Any) -> "Session":
        """The next version."""
        return replace(self, version=self.version + 1, **changes)

    def is_ahead(self, now: datetime) -> bool:
        """Whether people can still say that they come. `now` is the calendar, aware."""
        return self.state is SessionState.PLANNED and now < self.ends_at


@dataclass(frozen=True)
class SessionAnswer:
    """What a person (Slack user id) said. `number` is the order in which people asked to come. One who comes and has no
    place is on the waiting list.
    """

    session_id: str
    person: str
    number: int
    is_coming: bool
    has_place: bool = False


@dataclass(frozen=True)
class SeenSession:
    """A session as one person sees it: with their `answer`, and how many wait for a place before them."""

    session: Session
    answer: SessionAnswer | None = None
    before: int = 0

    @property
    def comes(self) -> bool:
        return self.answer is not None and self.answer.has_place

    @property
    def waits(self) -> bool:
        return self.answer is not None and self.answer.is_coming and not self.answer.has_place

    @property
    def stays_away(self) -> bool:
        return self.answer is not None and not self.answer.is_coming


def seen_by(session: Session, answers: Sequence[SessionAnswer], person: str) -> SeenSession:
    """The session as `person` (a Slack user id) sees it."""
    mine = next((each for each in answers if each.person == person), None)
    before = sum(each.number < mine.number for each in waiting(answers)) if mine else 0
    return SeenSession(session, mine, before)


@dataclass(frozen=True)
class SessionForgotten:
    """Who came to it, and who did not, is deleted."""

    session_id: str


class SessionNews(StrEnum):
    """Why people hear of a session, in the refs of the notification."""

    COMING = "coming"
    PLACE = "place"
    CHANGED = "changed"
    CANCELLED = "cancelled"


def with_place(answers: Iterable[SessionAnswer]) -> list[SessionAnswer]:
    """Those who come, in the order in which they asked."""
    return sorted((each for each in answers if each.has_place), key=lambda each: each.number)


def waiting(answers: Iterable[SessionAnswer]) -> list[SessionAnswer]:
    """The waiting list, who asked first comes first."""
    return sorted((each for each in answers if each.is_coming and not each.has_place), key=lambda each: each.number)


def places_left(session: Session, answers: Iterable[SessionAnswer]) -> int | None:
    """How many places are free; None if there are enough for all."""
    return None if session.places is None else max(0, session.places - len(with_place(answers)))


def check_ahead(session: Session, now: datetime) -> None:
    """Raise SessionOver if nobody can say any more that they come."""
    if not session.is_ahead(now):
        raise SessionOver(is_cancelled=session.state is SessionState.CANCELLED)
