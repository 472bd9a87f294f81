"""Planning, changing and cancelling a session, inviting people, and what happens by itself (D0.11, D0.14)."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from mentoring.core.errors import ChangedMeanwhile, InvalidForm, MentoringError, Missing, NoLongerOffered, TooLong
from mentoring.core.errors import TooFarAhead as FarAhead
from mentoring.core.fields import FieldName
from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.owners import check_owner
from mentoring.sessions.attending import fill, invitation, tell
from mentoring.sessions.errors import NobodyToInvite, NotANumber, PlacesTaken, SessionSoon
from mentoring.sessions.session import (
    Session,
    SessionAnswer,
    SessionAudience,
    SessionForgotten,
    SessionKind,
    SessionNews,
    SessionState,
    check_ahead,
    with_place,
)

MOST_PLACES: Final = 1000
MOST_PLACE, MOST_PLAN = 300, 2500
LENGTHS: Final = (30, 45, 60, 90, 120, 180)
"""Minutes."""
_MOST_AHEAD = timedelta(days=366)
KEPT_FOR: Final = timedelta(days=28)
"""After a session. Then it is forgotten who came."""


@dataclass(frozen=True)
class SessionForm:
    """The input of the owners' form. `places` is what was typed, or "" for enough places."""

    starts_at: datetime | None
    minutes: int
    place: str
    places: str
    audience: SessionAudience
    plan: str


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
    told = tell(saved, answers, SessionNews.CHANGED, now, was_at=session.starts_at) if is_moved else NOTHING
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
    return Outcome((cancelled, _job(cancelled))) + tell(
        cancelled, answers, SessionNews.CANCELLED, now, was_at=session.starts_at
    )


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


def _job(session: Session) -> ScheduledJob:
    due = session.ends_at if session.state is SessionState.PLANNED else session.ends_at + KEPT_FOR
    refs = {"session": session.id, "programme": session.programme_id}
    return ScheduledJob(session_job_key(session.id), JobKind.SESSION, due, refs=refs)


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
