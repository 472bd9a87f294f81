"""A session that owners plan, change and cancel (D0.11, D0.14)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from mentoring.core.errors import ChangedMeanwhile, InvalidForm, MentoringError, Missing, NoLongerOffered, TooLong
from mentoring.core.errors import TooFarAhead as FarAhead
from mentoring.core.fields import FieldName
from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.owners import check_owner
from mentoring.sessions.errors import NobodyToInvite, NotANumber, PlacesTaken, SessionOver, SessionSoon

MOST_PLACES: Final = 1000
MOST_PLACE, MOST_PLAN = 300, 2500
LENGTHS: Final = (30, 45, 60, 90, 120, 180)
"""Minutes."""
_MOST_AHEAD = timedelta(days=366)
KEPT_FOR: Final = timedelta(days=28)
"""After a session. Then it is forgotten who came."""


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


@dataclass(frozen=True)
class SessionForm:
    """The input of the owners' form. `places` is what was typed, or "" for enough places."""

    starts_at: datetime | None
    minutes: int
    place: str
    places: str
    audience: SessionAudience
    plan: str


class SessionNews(StrEnum):
    """Why people hear of a session, in the refs of the notification."""

    COMING = "coming"
    PLACE = "place"
    CHANGED = "changed"
    CANCELLED = "cancelled"


def session_job_key(session_id: str) -> str:
    """The key of the job that ends the session, and later forgets who came."""
    return f"{JobKind.SESSION}:{session_id}"


def plan_session(
    form: SessionForm,
    kind: SessionKind,
    programme_id: str,
    *,
    by: str,
    owners: Sequence[str],
    new_id: str,
    now: datetime,
) -> Outcome:
    """Plan a session. Nobody is told before an owner invites people. Raises NotForYou and InvalidForm."""
    check_owner(by, owners)
    places = _checked(form, now)
    assert form.starts_at is not None  # noqa: S101 - it was checked
    session = Session(
        new_id,
        programme_id,
        kind,
        form.starts_at,
        form.minutes,
        form.place,
        form.audience,
        form.plan,
        places,
        planned_by=by,
    )
    return Outcome((session, _job(session)))


def change_session(
    session: Session,
    form: SessionForm,
    answers: Sequence[SessionAnswer],
    *,
    by: str,
    owners: Sequence[str],
    now: datetime,
    seen_version: int,
) -> Outcome:
    """Change a session that lies ahead. Another time or place is told to everybody who comes or waits for a place, with
    a new calendar file; more places go to the waiting list.

    The same twice has one effect. Raises NotForYou, SessionOver, InvalidForm and ChangedMeanwhile.
    """
    check_owner(by, owners)
    check_ahead(session, now)
    places = _checked(form, now, stays=session.starts_at, coming=len(with_place(answers)))
    assert form.starts_at is not None  # noqa: S101 - it was checked
    new = replace(
        session,
        starts_at=form.starts_at,
        minutes=form.minutes,
        place=form.place,
        places=places,
        audience=form.audience,
        plan=form.plan,
    )
    if new == session:
        return NOTHING
    if session.version != seen_version:
        raise ChangedMeanwhile(None)
    is_moved = (new.starts_at, new.minutes, new.place) != (session.starts_at, session.minutes, session.place)
    saved = new.changed(sequence=session.sequence + is_moved)
    told = tell(saved, answers, SessionNews.CHANGED, now) if is_moved else NOTHING
    return Outcome((saved, _job(saved))) + told + fill(saved, answers, now)


def cancel_session(
    session: Session, answers: Sequence[SessionAnswer], *, by: str, owners: Sequence[str], now: datetime
) -> Outcome:
    """Cancel it; everybody who comes or waits for a place is told. Idempotent. Raises NotForYou, SessionOver."""
    check_owner(by, owners)
    if session.state is SessionState.CANCELLED:
        return NOTHING
    check_ahead(session, now)
    cancelled = session.changed(state=SessionState.CANCELLED, sequence=session.sequence + 1)
    return Outcome((cancelled, _job(cancelled))) + tell(cancelled, answers, SessionNews.CANCELLED, now)


def invite(
    session: Session,
    people: Iterable[str],
    invited: Collection[str],
    *,
    by: str,
    owners: Sequence[str],
    now: datetime,
) -> Outcome:
    """Invite `people` (Slack user ids) whom the session is for and who are here, each once: not those `invited` before.

    Raises NotForYou, SessionOver, NobodyToInvite.
    """
    check_owner(by, owners)
    check_ahead(session, now)
    new = [each for each in dict.fromkeys(people) if each not in invited]
    if not new:
        raise NobodyToInvite
    return Outcome(notifications=tuple(invitation(session, each, due=now) for each in new))


def invitation(session: Session, person: str, *, due: datetime | None = None) -> Notification:
    """The message about the session that one person has. Without `due`, it answers what they have just done."""
    kind = NotificationKind.SESSION_INVITATION
    refs = {"session": session.id, "programme": session.programme_id}
    return Notification(f"{kind}:{session.id}:{person}", kind, person, refs, due, is_reply=due is None)


def run_session_job(
    job: ScheduledJob, session: Session | None, answers: Sequence[SessionAnswer], now: datetime
) -> Outcome:
    """End the session when its time has passed, and forget four weeks later who came. `now` is the calendar, aware."""
    if session is None:
        return Outcome((JobDone(job),))
    if session.state is SessionState.PLANNED:
        if now < session.ends_at:
            return Outcome((_job(session),))
        over = session.changed(state=SessionState.OVER)
        return Outcome((over, _job(over)))
    if now < session.ends_at + KEPT_FOR:
        return Outcome((_job(session),))
    counted = session.changed(came=len(with_place(answers)))
    return Outcome((counted, SessionForgotten(session.id), JobDone(job)))


def with_place(answers: Iterable[SessionAnswer]) -> list[SessionAnswer]:
    """Those who come, in the order in which they asked."""
    return sorted((each for each in answers if each.has_place), key=lambda each: each.number)


def waiting(answers: Iterable[SessionAnswer]) -> list[SessionAnswer]:
    """The waiting list, who asked first comes first."""
    return sorted((each for each in answers if each.is_coming and not each.has_place), key=lambda each: each.number)


def places_left(session: Session, answers: Iterable[SessionAnswer]) -> int | None:
    """How many places are free; None if there are enough for all."""
    return None if session.places is None else max(0, session.places - len(with_place(answers)))


def fill(session: Session, answers: Sequence[SessionAnswer], now: datetime) -> Outcome:
    """Give the free places to the first on the waiting list, who are told with a calendar file."""
    if not session.is_ahead(now):
        return NOTHING
    left, queue = places_left(session, answers), waiting(answers)
    lucky = tuple(replace(each, has_place=True) for each in (queue if left is None else queue[:left]))
    return Outcome(lucky, tuple(news_for(session, each, SessionNews.PLACE, now) for each in lucky))


def tell(session: Session, answers: Iterable[SessionAnswer], news: SessionNews, now: datetime) -> Outcome:
    """Tell everybody who comes or waits for a place."""
    return Outcome(notifications=tuple(news_for(session, each, news, now) for each in answers if each.is_coming))


def news_for(session: Session, answer: SessionAnswer, news: SessionNews, due: datetime | None) -> Notification:
    """What one person hears of it. Without `due`, it answers what they have just done."""
    kind = NotificationKind.SESSION_NEWS
    return Notification(
        f"{kind}:{news}:{session.id}:{session.sequence}:{answer.number}:{answer.person}",
        kind,
        answer.person,
        {"session": session.id, "programme": session.programme_id, "news": news},
        due,
        is_reply=due is None,
    )


def _job(session: Session) -> ScheduledJob:
    due = session.ends_at if session.state is SessionState.PLANNED else session.ends_at + KEPT_FOR
    refs = {"session": session.id, "programme": session.programme_id}
    return ScheduledJob(session_job_key(session.id), JobKind.SESSION, due, refs=refs)


def check_ahead(session: Session, now: datetime) -> None:
    """Raise SessionOver if nobody can say any more that they come."""
    if not session.is_ahead(now):
        raise SessionOver(is_cancelled=session.state is SessionState.CANCELLED)


def _checked(form: SessionForm, now: datetime, *, stays: datetime | None = None, coming: int = 0) -> int | None:
    """The number of places. `stays` is the start that may be kept though it has passed, and `coming` have places."""
    wrong: list[MentoringError] = []
    if form.starts_at is None:
        wrong.append(Missing(FieldName.SESSION_START))
    elif form.starts_at <= now and form.starts_at != stays:
        wrong.append(SessionSoon(FieldName.SESSION_START, now))
    elif form.starts_at > now + _MOST_AHEAD:
        wrong.append(FarAhead(FieldName.SESSION_START, (now + _MOST_AHEAD).date()))
    if form.minutes not in LENGTHS:
        wrong.append(NoLongerOffered(FieldName.MINUTES))
    if not form.place:
        wrong.append(Missing(FieldName.SESSION_PLACE))
    for text, most, field in (
        (form.place, MOST_PLACE, FieldName.SESSION_PLACE),
        (form.plan, MOST_PLAN, FieldName.SESSION_PLAN),
    ):
        if len(text) > most:
            wrong.append(TooLong(field, most))
    places = _number(form.places)
    if form.places and (places is None or not 1 <= places <= MOST_PLACES):
        wrong.append(NotANumber(FieldName.SESSION_PLACES, 1, MOST_PLACES))
    elif places is not None and places < coming:
        wrong.append(PlacesTaken(FieldName.SESSION_PLACES, coming))
    if wrong:
        raise InvalidForm(tuple(wrong))
    return places


def _number(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdecimal() and len(typed) <= 6 else None
