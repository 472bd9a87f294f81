"""People who apply, are matched and meet: values with readable traits, and what becomes of them when they are kept."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, datetime
from itertools import count
from typing import Any, TypeVar

from mentoring.applications.application import Application, ApplicationState, MeetingMode, PrivateAnswers, Role
from mentoring.core.jobs import JobDone, ScheduledJob
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import Person, StaffRecord
from mentoring.core.programmes import Cohort, Programme, Weights
from mentoring.feedback.answers import Audience, CheckInChoice, Feedback, Question
from mentoring.feedback.counted_items import HELPS, HINDERS, RATING, CountedItem
from mentoring.feedback.groups import Extreme, FeedbackGroup, GroupKind, StageFigures
from mentoring.matching.hard_rules import Exclusion, ExclusionLifted
from mentoring.matching.match import Match, MatchState, Reason, ReasonKind
from mentoring.matching.round import MatchingRound
from mentoring.meetings.log import Meeting
from mentoring.partnerships.partnership import Partnership
from tests.mentoring.values import COHORT, PROGRAMME, application, at, person

LONDON, NEW_YORK, KOLKATA, UTC_ZONE = "Europe/London", "America/New_York", "Asia/Kolkata", "UTC"
CAREER, JOBS, CULTURE = "Career planning", "Job search", "Organisational culture"
ADA, BEN, CHI, DEE = "U0ADA", "U0BEN", "U0CHI", "U0DEE"
OWNER, SECOND, THIRD = "U0OWNER", "U0SECOND", "U0THIRD"
STARTED = at("2027-01-04T10:00")
"""A Monday morning in London: what is released or begins, does so here unless told otherwise."""

T = TypeVar("T")


def mentee(user: str = ADA, *topics: str, **facts: Any) -> Application:
    """A request, its id `<user>-mentee`; for career planning unless told otherwise."""
    return _applies(user, Role.MENTEE, topics, facts)


def mentor(user: str = BEN, *topics: str, **facts: Any) -> Application:
    """An offer, its id `<user>-mentor`, with one place unless told otherwise."""
    return _applies(user, Role.MENTOR, topics, facts)


def _applies(user: str, role: Role, topics: tuple[str, ...], facts: dict[str, Any]) -> Application:
    return application(user, role, **{"id": f"{user}-{role}", "topics": topics or (CAREER,), **facts})


def withdrawn(one: Application) -> Application:
    return replace(one, state=ApplicationState.WITHDRAWN, version=one.version + 1)


def names(one: Application, *, manager: str = "", wish: str = "") -> PrivateAnswers:
    """Whom an applicant names in confidence."""
    return PrivateAnswers(one.id, "To find my way.", manager, wish)


def match(mentee: str = ADA, mentor: str = BEN, state: MatchState = MatchState.PROPOSED, **facts: Any) -> Match:
    """A match of two who applied by the factories above, its id `<mentee>-<mentor>`."""
    usual: dict[str, Any] = {
        "id": f"{mentee}-{mentor}",
        "cohort_id": "c1",
        "mentee_application": f"{mentee}-mentee",
        "mentor_application": f"{mentor}-mentor",
        "score": 60,
        "reasons": (Reason(ReasonKind.SHARED_TOPICS, (CAREER,)),),
        "offered_at": None if state in (MatchState.PROPOSED, MatchState.REFUSED) else STARTED,
    }
    return Match(mentee=mentee, mentor=mentor, state=state, **{**usual, **facts})


def offered(mentee: str = ADA, mentor: str = BEN, **facts: Any) -> Match:
    return match(mentee, mentor, MatchState.OFFERED, approvals=(OWNER,), **facts)


def partnership(
    mentee: str = ADA, mentor: str = BEN, *, months: int = 12, introduced_at: datetime = STARTED, **facts: Any
) -> Partnership:
    """Two who are partners, their ids by the factories above."""
    usual: dict[str, Any] = {
        "id": "s1",
        "cohort_id": "c1",
        "match_id": f"{mentee}-{mentor}",
        "mentee_application": f"{mentee}-mentee",
        "mentor_application": f"{mentor}-mentor",
        "topics": (CAREER,),
    }
    return Partnership(mentee=mentee, mentor=mentor, months=months, introduced_at=introduced_at, **{**usual, **facts})


def meeting(met_on: date | str, id: str = "v1", **facts: Any) -> Meeting:
    day = date.fromisoformat(met_on) if isinstance(met_on, str) else met_on
    usual = {"partnership_id": "s1", "minutes": 60, "way": MeetingMode.VIDEO, "topics": (), "logged_by": ADA}
    return Meeting(id=id, met_on=day, **{**usual, **facts})


def answer(person: str, rating: int | None = 4, *, minute: int = 0, **facts: Any) -> Feedback:
    """Somebody's check-in, given so many minutes after the first."""
    usual: dict[str, Any] = {
        "partnership_id": "s1",
        "question": Question.CHECK_IN,
        "helps": f"{person} is helped",
        "hinders": f"{person} is hindered",
        "decision": CheckInChoice.GO_ON,
        "audience": Audience.COUNTED,
        "answered_at": at(f"2027-07-05T{9 + minute // 60:02}:{minute % 60:02}"),
    }
    return Feedback(person=person, rating=rating, **{**usual, **facts})


def rating_group(
    id: str,
    question: Question,
    total: int,
    extreme: Extreme = Extreme.NONE,
    *,
    answers: int = 5,
    helps: Iterable[str] = (),
    hinders: Iterable[str] = (),
    **facts: Any,
) -> FeedbackGroup:
    """A group of five people’s ratings with their comments."""
    words = (*((HELPS, text) for text in helps), *((HINDERS, text) for text in hinders))
    stage = StageFigures(question, answers, total, extreme, words=words)
    usual: dict[str, Any] = {"kind": GroupKind.COMPLETE, "cohort_id": "c1", "role": None, "people": 5}
    return FeedbackGroup(id, CountedItem(RATING, 1, (question,)), stages=(stage,), **{**usual, **facts})


def round_of(
    *applications: Application,
    private_answers: Iterable[PrivateAnswers] = (),
    matches: Iterable[Match] = (),
    partnerships: Iterable[Partnership] = (),
    people: Iterable[Person] = (),
    owners: tuple[str, ...] = (OWNER,),
    committee: tuple[str, ...] = (),
    programme: Programme = PROGRAMME,
    cohort: Cohort = COHORT,
    staff: Iterable[StaffRecord] = (),
    exclusions: Iterable[Exclusion] = (),
    declined: Iterable[tuple[str, str]] = (),
    not_available: Iterable[tuple[str, str]] = (),
) -> MatchingRound:
    """A round with these in it; whoever is not among `people` lives in London."""
    known = {one.person: person(one.person) for one in applications} | {one.id: one for one in people}
    return MatchingRound(
        programme=programme,
        cohort=cohort,
        owners=owners,
        committee=committee,
        applications={one.id: one for one in applications},
        private_answers={one.application_id: one for one in private_answers},
        matches={one.id: one for one in matches},
        partnerships=tuple(partnerships),
        people=known,
        staff={one.person: one for one in staff},
        exclusions=frozenset(exclusions),
        declined=frozenset(frozenset(two) for two in declined),
        not_available=frozenset(frozenset(two) for two in not_available),
    )


def weighed(round_: MatchingRound, weights: Weights) -> MatchingRound:
    """The round of a programme with these weights."""
    return replace(round_, programme=replace(round_.programme, weights=weights))


def after(round_: MatchingRound, outcome: Outcome) -> MatchingRound:
    """The round once the outcome is kept."""
    return replace(
        round_,
        cohort=next(iter(changed(outcome, Cohort)), round_.cohort),
        applications={**round_.applications, **{one.id: one for one in changed(outcome, Application)}},
        matches={**round_.matches, **{one.id: one for one in changed(outcome, Match)}},
        partnerships=tuple(
            {one.id: one for one in (*round_.partnerships, *changed(outcome, Partnership))}.values(),
        ),
        exclusions=frozenset(
            ban
            for ban in (*round_.exclusions, *changed(outcome, Exclusion))
            if (ban.one, ban.other) not in {(one.one, one.other) for one in changed(outcome, ExclusionLifted)}
        ),
    )


def new_ids(prefix: str = "m") -> Callable[[], str]:
    numbers = count(1)
    return lambda: f"{prefix}{next(numbers)}"


def changed(outcome: Outcome, type_: type[T]) -> list[T]:
    """The values of this type that the outcome keeps."""
    return [value for value in outcome.changes if isinstance(value, type_)]


def told(outcome: Outcome, *kinds: NotificationKind) -> list[tuple[NotificationKind, str]]:
    """Who hears what, in the order it is owed; `kinds` narrows it."""
    return [(notice.kind, notice.recipient) for notice in outcome.notifications if not kinds or notice.kind in kinds]


def notice_to(outcome: Outcome, user: str) -> Notification:
    """The only notice that this person gets."""
    (found,) = [notice for notice in outcome.notifications if notice.recipient == user]
    return found


def is_done(outcome: Outcome, job: ScheduledJob) -> bool:
    """Whether the promise is over and nothing takes its place."""
    return outcome.changes == (JobDone(job),)
