"""Saying whether one comes to a session, what becomes of a place that is free, and who hears of what."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from mentoring.applications.errors import CannotTakePart
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import AccountStatus, Ineligibility, Person, ineligibility
from mentoring.sessions.session import (
    Session,
    SessionAnswer,
    SessionNews,
    check_ahead,
    places_left,
    waiting,
)


def come(
    session: Session,
    answers: Sequence[SessionAnswer],
    *,
    by: Person,
    admits: frozenset[AccountStatus],
    now: datetime,
) -> Outcome:
    """The person comes: they get a place and a calendar file or, if there is none, join the waiting list.

    Their message about the session shows it. Idempotent. Raises SessionOver, and CannotTakePart for a guest whom the
    programme does not admit.
    """
    check_ahead(session, now)
    why = ineligibility(by, admits)
    if why is not None and why is not Ineligibility.UNKNOWN:
        raise CannotTakePart(why)
    mine = answer_of(answers, by.id)
    if mine and mine.is_coming:
        return NOTHING
    left = places_left(session, answers)
    number = max((each.number for each in answers), default=0) + 1
    answer = SessionAnswer(session.id, by.id, number, is_coming=True, has_place=left is None or left > 0)
    told = [invitation(session, by.id)]
    if answer.has_place:
        told.append(news_for(session, answer, SessionNews.COMING, None))
    return Outcome((answer,), tuple(told))


def stay_away(session: Session, answers: Sequence[SessionAnswer], *, by: str, now: datetime) -> Outcome:
    """The person (Slack user id) cannot come; their place goes to the first on the waiting list. Idempotent.

    Raises SessionOver.
    """
    check_ahead(session, now)
    mine = answer_of(answers, by)
    if mine and not mine.is_coming:
        return NOTHING
    number = mine.number if mine else max((each.number for each in answers), default=0) + 1
    answer = SessionAnswer(session.id, by, number, is_coming=False)
    return Outcome((answer,)) + _moved_up(session, answers, mine, now)


def free_places(
    sessions: Iterable[tuple[Session, Sequence[SessionAnswer]]],
    person: str,
    now: datetime,
    until: datetime | None = None,
) -> Outcome:
    """The person (Slack user id) is away from `now` on (calendar, aware): their places in the `sessions` that begin
    before `until`, or in all if it is None, go to the first on the waiting lists.
    """
    outcome = NOTHING
    for session, answers in sessions:
        mine = answer_of(answers, person)
        if mine and mine.is_coming and session.is_ahead(now) and (until is None or session.starts_at < until):
            away = replace(mine, is_coming=False, has_place=False)
            outcome += Outcome((away,)) + _moved_up(session, answers, mine, now)
    return outcome


def _moved_up(session: Session, answers: Sequence[SessionAnswer], gone: SessionAnswer | None, now: datetime) -> Outcome:
    """The place of `gone`, or theirs on the waiting list, is free. The messages of those who wait behind show it."""
    others = [each for each in answers if gone is None or each.person != gone.person]
    if gone and gone.is_coming and not gone.has_place:
        return Outcome(tuple(each for each in waiting(others) if each.number > gone.number))
    return fill(session, others, now)


def answer_of(answers: Iterable[SessionAnswer], person: str) -> SessionAnswer | None:
    return next((each for each in answers if each.person == person), None)


def fill(session: Session, answers: Sequence[SessionAnswer], now: datetime) -> Outcome:
    """Give the free places to the first on the waiting list, who are told with a calendar file."""
    if not session.is_ahead(now):
        return NOTHING
    left, queue = places_left(session, answers), waiting(answers)
    lucky = tuple(replace(each, has_place=True) for each in (queue if left is None else queue[:left]))
    behind = tuple(queue[len(lucky) :]) if lucky else ()  # saved again, so that their messages show how many are before
    return Outcome(lucky + behind, tuple(news_for(session, each, SessionNews.PLACE, now) for each in lucky))


def tell(
    session: Session, answers: Iterable[SessionAnswer], news: SessionNews, now: datetime, *, was_at: datetime
) -> Outcome:
    """Tell everybody who comes or waits for a place, before it begins and before it was to begin, `was_at` (aware)."""
    before = min(was_at, session.starts_at)
    return Outcome(
        notifications=tuple(news_for(session, each, news, now, before) for each in answers if each.is_coming)
    )


def news_for(
    session: Session, answer: SessionAnswer, news: SessionNews, due: datetime | None, before: datetime | None = None
) -> Notification:
    """What one person hears of it. Without `due`, it answers what they have just done. If their working hours begin too
    late for `before` (aware), or else for the start, it comes earlier.
    """
    kind = NotificationKind.SESSION_NEWS
    return Notification(
        f"{kind}:{news}:{session.id}:{session.sequence}:{answer.number}:{answer.person}",
        kind,
        answer.person,
        {
            "session": session.id,
            "programme": session.programme_id,
            "news": news,
            "before": (before or session.starts_at).isoformat(),
        },
        due,
        is_reply=due is None,
    )


def invitation(session: Session, person: str, *, due: datetime | None = None) -> Notification:
    """The message about the session that one person has. Without `due`, it answers what they have just done."""
    kind = NotificationKind.SESSION_INVITATION
    refs = {"session": session.id, "programme": session.programme_id}
    return Notification(f"{kind}:{session.id}:{person}", kind, person, refs, due, is_reply=due is None)
