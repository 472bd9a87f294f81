"""Introductions: at once, or when the round starts if the programme wants that.

A match that both have accepted, or that owners have sent without asking, waits for the start as an open offer. It keeps
its places, and a withdrawal, a hard rule or the end of the round closes it like any other offer.
"""

from datetime import datetime, timedelta

from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.lengths import shorter
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.working_hours import workday_start
from mentoring.matching.match import Match
from mentoring.matching.round import MatchingRound
from mentoring.partnerships.jobs import plan_partnership_jobs
from mentoring.partnerships.partnership import Partnership

_LOOK_AGAIN = timedelta(days=1)
"""The start of the round may be moved meanwhile, or the setting changed."""


def introduce(round_: MatchingRound, match: Match, *, now: datetime, new_id: str) -> Outcome:
    """Start the partnership of an accepted match, for the shorter of the two wished lengths, and schedule its jobs."""
    mentee, mentor = round_.applications[match.mentee_application], round_.applications[match.mentor_application]
    agreed = shorter(mentee.length, mentor.length)
    partnership = Partnership(
        id=new_id,
        cohort_id=match.cohort_id,
        match_id=match.id,
        mentee_application=mentee.id,
        mentor_application=mentor.id,
        mentee=mentee.person,
        mentor=mentor.person,
        topics=tuple(topic for topic in mentee.topics if topic in mentor.topics),
        months=agreed.months,
        weeks=agreed.weeks,
        introduced_at=now,
    )
    people = tuple(round_.people.get(person, Person(person)) for person in partnership.people)
    introduced = Notification(
        f"{NotificationKind.INTRODUCED}:{partnership.id}",
        NotificationKind.INTRODUCED,
        partnership.mentee,
        {"partnership": partnership.id},
        second_recipient=partnership.mentor,
    )
    return Outcome((partnership, *plan_partnership_jobs(partnership, people, round_.programme)), (introduced,))


def waits_for_start(round_: MatchingRound, match: Match, now: datetime) -> bool:
    """Whether the two are introduced later: when the round has started and both are at work. `now` is the calendar."""
    return round_.programme.introduces_at_start and now < _starts_at(round_, match)


def plan_introduction(round_: MatchingRound, match: Match, now: datetime) -> ScheduledJob:
    """The job that looks whether the two of an agreed match can be introduced: at the start, and daily until then."""
    due = min(max(_starts_at(round_, match), now), now + _LOOK_AGAIN)
    return ScheduledJob(f"{JobKind.INTRODUCE}:{match.id}", JobKind.INTRODUCE, due, "", {"match": match.id})


def tell_of_agreement(match: Match, people: tuple[str, ...]) -> tuple[Notification, ...]:
    """To each of `people` (Slack user ids): the match stands, and they are introduced when the round starts."""
    kind = NotificationKind.MATCH_AGREED
    return tuple(Notification(f"{kind}:{match.id}:{person}", kind, person, {"match": match.id}) for person in people)


def tell_of_new_start(round_: MatchingRound) -> Outcome:
    """To both people of each agreed match that waits for the start of the round: it starts on another day now."""
    kind, day = NotificationKind.MATCH_AGREED, round_.cohort.starts_on.isoformat()
    waiting = (match for match in round_.matches.values() if match.awaits_start)
    return Outcome(
        notifications=tuple(
            Notification(f"{kind}:{match.id}:{person}:{day}", kind, person, {"match": match.id, "moved_to": day})
            for match in waiting
            for person in match.people
        )
    )


def _starts_at(round_: MatchingRound, match: Match) -> datetime:
    people = (round_.people.get(person, Person(person)) for person in match.people)
    return max(workday_start(person, round_.programme, round_.cohort.starts_on) for person in people)
