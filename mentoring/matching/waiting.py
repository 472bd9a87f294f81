"""Telling people who wait, and whom no one has been found for, where they stand.

No one waits in silence: besides the message at release (`unmatched`), the bot looks once a week who has no match when
the round starts, or has heard nothing for long. People are told when the dates of their round change, or the next round
opens, and the owners can have everybody told. `told` limits how often.
"""

from datetime import date, timedelta
from enum import StrEnum

from mentoring.applications.application import Application, ApplicationState
from mentoring.core.errors import CohortOver
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.owners import check_owner
from mentoring.matching.match import MatchState
from mentoring.matching.pool import applications_of
from mentoring.matching.round import MatchingRound
from mentoring.matching.told import ToldBefore, tell
from mentoring.matching.unmatched import without_match


class RoundNews(StrEnum):
    """What has changed for people who wait."""

    DATES = "dates"
    ROUND = "round"


AFTER_DEADLINE = timedelta(days=28)
"""After the last day to apply, or after the application if that was later, people are told for the first time."""
SILENCE = timedelta(days=49)
"""After so long without a word about their application, people are told. A week and a weekend may come on top."""
TOLD_LATELY = timedelta(days=28)
"""People who were told within this time are left out when an owner has everybody told."""


def waiting(round_: MatchingRound) -> tuple[Application, ...]:
    """The open applications without an offer or a partnership, longest waiting first.

    Includes those on the waiting list and those with an undecided proposal, of which their people know nothing. Leaves
    out people who are absent or on leave, and mentors with only some of their places taken.
    """
    asked = {id_ for m in round_.matches.values() if m.state is MatchState.OFFERED for id_ in applications_of(m)}
    found = [
        a
        for a in round_.applications.values()
        if a.state is ApplicationState.OPEN
        and round_.places_left(a) == round_.places(a)
        and a.id not in asked
        and not round_.is_unavailable(a)
    ]
    return tuple(sorted(found, key=lambda a: (a.sent_at, a.id)))


def tell_after_silence(round_: MatchingRound, before: ToldBefore, *, today: date) -> Outcome:
    """Tell those who have heard nothing for long, and at the start of the round those who have no match then."""
    start = set(without_match(round_)) if round_.cohort.starts_on <= today else set()
    due = (a for a in waiting(round_) if _is_due(round_, a, before.last.get(a.id), today, has_started=a in start))
    return tell(NotificationKind.STILL_WAITING, round_.cohort, due, before, today)


def tell_everybody(round_: MatchingRound, cohort_id: str, before: ToldBefore, *, by: str, today: date) -> Outcome:
    """Tell everyone who waits, except those who were told lately. `cohort_id` is the cohort of the owner's button.

    Raises NotForYou, CohortOver.
    """
    check_owner(by, round_.owners)
    if round_.cohort.closed_on or round_.cohort.id != cohort_id:
        raise CohortOver
    due = (a for a in waiting(round_) if before.last.get(a.id, date.min) <= today - TOLD_LATELY)
    return tell(NotificationKind.STILL_WAITING, round_.cohort, due, before, today)


def tell_of_new_dates(round_: MatchingRound, before: ToldBefore, *, today: date) -> Outcome:
    """Tell everyone who waits that the dates of their round have changed."""
    kind, cohort = NotificationKind.STILL_WAITING, round_.cohort
    dates = (cohort.apply_by, cohort.starts_on)
    return tell(kind, cohort, waiting(round_), before, today, why=RoundNews.DATES, dates=dates)


def tell_of_new_round(round_: MatchingRound, before: ToldBefore, *, today: date) -> Outcome:
    """Tell everyone who waited in the round before that the next one has opened, with their application in it.

    `round_` is the one that has just opened.
    """
    return tell(NotificationKind.STILL_WAITING, round_.cohort, waiting(round_), before, today, why=RoundNews.ROUND)


def _is_due(
    round_: MatchingRound, application: Application, told: date | None, today: date, *, has_started: bool
) -> bool:
    apply_by, closed_on = round_.cohort.apply_by, round_.cohort.closed_on
    over = (
        p.over_at.date()
        for p in round_.partnerships
        if p.over_at and application.id in (p.mentee_application, p.mentor_application)
    )
    last = max(filter(None, (application.sent_on, told, closed_on, *over)))
    due = last + SILENCE
    if told is None or told <= apply_by:
        due = min(due, max(last, apply_by) + AFTER_DEADLINE)
        asked = any(m.offered_at and application.id in applications_of(m) for m in round_.matches.values())
        if has_started and not asked and last <= apply_by and last < round_.cohort.starts_on:
            due = min(due, round_.cohort.starts_on)
    return today >= due
