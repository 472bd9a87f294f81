"""Telling people who wait, and whom no one has been found for, where they stand.

No one waits in silence: besides the message at release (`unmatched`), the bot looks once a week who has heard nothing
for long, and the owners can have everybody told.
"""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from mentoring.applications.application import Application, ApplicationState
from mentoring.core.errors import CohortOver
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.owners import check_owner
from mentoring.matching.match import MatchState
from mentoring.matching.pool import applications_of
from mentoring.matching.round import MatchingRound

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


def tell_after_silence(round_: MatchingRound, told: Mapping[str, date], *, today: date) -> Outcome:
    """Tell those who have heard nothing for long. `told` is the day of the last such message by application id."""
    return _tell(round_, (a for a in waiting(round_) if _is_due(round_, a, told.get(a.id), today)), today)


def tell_everybody(round_: MatchingRound, cohort_id: str, told: Mapping[str, date], *, by: str, today: date) -> Outcome:
    """Tell everyone who waits, except those who were told lately. `cohort_id` is the cohort of the owner's button.

    Raises NotForYou, CohortOver.
    """
    check_owner(by, round_.owners)
    if round_.cohort.closed_on or round_.cohort.id != cohort_id:
        raise CohortOver
    return _tell(round_, (a for a in waiting(round_) if told.get(a.id, date.min) <= today - TOLD_LATELY), today)


def _is_due(round_: MatchingRound, application: Application, told: date | None, today: date) -> bool:
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
    return today >= due


def _tell(round_: MatchingRound, applications: Iterable[Application], today: date) -> Outcome:
    kind, cohort = NotificationKind.STILL_WAITING, round_.cohort.id
    return Outcome(
        notifications=tuple(
            Notification(
                f"{kind}:{application.id}:{today}",
                kind,
                application.person,
                {"application": application.id, "cohort": cohort, "day": today.isoformat()},
            )
            for application in applications
        )
    )
