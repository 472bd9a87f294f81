"""The figures of a round for its evaluation report (D0.19, D1.23): counts, and what was made of answers in groups.

No number is below five, and none can be computed from others. Nothing tells what somebody decided, such as to end
early.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.effort import Effort
from mentoring.evaluation.counts import FEW, ShownCount, shown, shown_parts
from mentoring.feedback.answers import Question
from mentoring.feedback.counted_items import RATING
from mentoring.feedback.counts import AnswerCount
from mentoring.feedback.figures import Figure, Summary, figures, summarise
from mentoring.feedback.groups import FeedbackGroup
from mentoring.matching.decisions import DecisionKind
from mentoring.meetings.log import Meeting
from mentoring.owner_record import OwnerAction
from mentoring.partnerships.partnership import Partnership
from mentoring.round_charts import MonthOfMeetings
from mentoring.sponsor_page.page import shown_months

_ROLES = (Role.MENTEE, Role.MENTOR)
"""The roles of `Partnership.people`."""

TOLD_ACTIONS = (OwnerAction.NUDGED, OwnerAction.ASKED, OwnerAction.OFFERED_HELP, OwnerAction.ENTERED)
"""What owners did for people, without what tells of pauses, endings and cases."""


@dataclass(frozen=True)
class RoleFigures:
    """People who applied in time for the round in one role, with and without a partner in it."""

    applied: ShownCount
    matched: ShownCount
    unmatched: ShownCount


@dataclass(frozen=True)
class TopicFigures:
    """How many people asked for a topic, and how many offered it."""

    topic: str
    asked: ShownCount
    offered: ShownCount


@dataclass(frozen=True)
class QuestionFigures:
    """What owners see of the answers to one question: all together, and by role as far as groups are of one role."""

    question: Question
    summary: Summary
    by_role: Mapping[Role, Summary]


@dataclass(frozen=True)
class OwnerFigures:
    """What owners did: presses and messages that came by themselves, decisions about matches, and other acts."""

    effort: Effort
    approved: ShownCount
    refused: ShownCount
    actions: Mapping[OwnerAction, ShownCount]


@dataclass(frozen=True)
class RoundFigures:
    """A round in figures. `months` are those that can be shown of the last twelve, and `left_out` is how many cannot.

    `over` are the partnerships that are completed or ended, together.
    """

    cohort: Cohort
    roles: Mapping[Role, RoleFigures]
    partnerships: ShownCount
    active: ShownCount
    over: ShownCount
    months: tuple[MonthOfMeetings, ...]
    left_out: int
    questions: tuple[QuestionFigures, ...]
    items: tuple[Figure, ...]
    """What was made of the answers to further questions, each in its own groups."""
    topics: tuple[TopicFigures, ...]
    owners: OwnerFigures
    is_running: bool = False
    """Whether a partnership of it is active."""
    next_time: str = ""
    statements: tuple[str, ...] = ()
    """All statements of the owners that the surveys ever asked, as `feedback.added` has them."""

    @property
    def logged(self) -> int:
        """Meetings logged in the months that are shown."""
        return sum(each.logged for each in self.months)

    @property
    def asked(self) -> int:
        """Meetings that the programme asked for in these months."""
        return sum(each.asked for each in self.months)

    @property
    def has_answers(self) -> bool:
        """Whether there is something to read of answers."""
        return any(each.summary.shown for each in self.questions)

    @property
    def is_empty(self) -> bool:
        """Whether it has nothing to show: fewer than five people in each role, and no answers."""
        few = all(each.applied == FEW for each in self.roles.values())
        return few and not self.months and not self.has_answers


def round_figures(
    programme: Programme,
    cohort: Cohort,
    applications: Sequence[Application],
    partnerships: Sequence[Partnership],
    meetings: Iterable[Meeting],
    counts: Iterable[AnswerCount],
    groups: Iterable[FeedbackGroup],
    people: Mapping[str, Person],
    owners: OwnerFigures,
    today: date,
    *,
    later_rounds: Collection[str] = (),
    next_time: str = "",
) -> RoundFigures:
    """The figures of `cohort` on `today`.

    `applications` are those of this round and of the `later_rounds` (ids), into which those without a partner move.
    `partnerships` and `meetings` may be of other rounds, too. `people`, by Slack user id, must include everybody who is
    absent or on leave.
    """
    own = [each for each in partnerships if each.cohort_id == cohort.id]
    months, left_out = shown_months(own, meetings, _last_day(own, today), people, programme.rhythm)
    over = sum(not each.is_active for each in own)
    formed, active, ended = shown_parts(len(own) - over, over)
    formed_groups = tuple(groups)
    waited = [each for each in applications if _was_in(each, cohort, later_rounds)]
    return RoundFigures(
        cohort,
        {role: _role(role, waited, own) for role in _ROLES},
        formed,
        active,
        ended,
        months,
        left_out,
        questions(cohort, counts, formed_groups),
        tuple(each for each in figures(formed_groups, cohort_id=cohort.id) if each.item.id != RATING),
        tuple(_topics(programme, waited)),
        owners,
        is_running=over < len(own),
        next_time=next_time,
        statements=programme.asked_statements,
    )


def _last_day(partnerships: Sequence[Partnership], today: date) -> date:
    """The last day of the round's partnerships, or today while one is active."""
    days = [each.over_at.date() if each.over_at else today for each in partnerships]
    return min(max(days, default=today), today)


def _was_in(application: Application, cohort: Cohort, later_rounds: Collection[str]) -> bool:
    """Whether it was in time for the round: it is still there, or found no partner and has moved to a later one."""
    if application.cohort_id == cohort.id:
        return application.state is ApplicationState.OPEN and not application.waits_for_next(cohort)
    return application.cohort_id in later_rounds and application.sent_on <= cohort.apply_by


def _role(role: Role, applications: Iterable[Application], partnerships: Iterable[Partnership]) -> RoleFigures:
    # Somebody who was erased is counted, once for each partnership.
    matched = {each.people[_ROLES.index(role)] or each.id for each in partnerships}
    applied = {each.person for each in applications if each.role is role}
    return RoleFigures(*shown_parts(len(matched), len(applied - matched)))


def _topics(programme: Programme, applications: Sequence[Application]) -> Iterable[TopicFigures]:
    named = Counter((each.role, topic) for each in applications for topic in set(each.topics))
    former = dict.fromkeys(topic for each in applications for topic in each.topics if topic not in programme.topics)
    for topic in (*programme.topics, *former):
        asked, offered = shown(named[Role.MENTEE, topic]), shown(named[Role.MENTOR, topic])
        if (asked, offered) != (FEW, FEW):
            yield TopicFigures(topic, asked, offered)


def questions(
    cohort: Cohort, counts: Iterable[AnswerCount], groups: Iterable[FeedbackGroup]
) -> tuple[QuestionFigures, ...]:
    """What was made of the answers of the round, for each question that was asked or has a group."""
    of_round = [each for each in counts if each.cohort_id == cohort.id]
    formed = [each for each in groups if each.cohort_id == cohort.id]
    found = []
    for question in Question:
        summary = summarise(question, of_round, formed)
        if summary.asked or summary.shown:
            by_role = {role: summarise(question, (), [g for g in formed if g.role is role]) for role in _ROLES}
            found.append(
                QuestionFigures(question, summary, {role: each for role, each in by_role.items() if each.shown})
            )
    return tuple(found)


def owner_figures(
    effort: Effort, decisions: Iterable[DecisionKind], actions: Mapping[OwnerAction, int]
) -> OwnerFigures:
    """What owners did in a round, from all decisions about its matches and how often they acted."""
    made = Counter(decisions)
    return OwnerFigures(
        effort,
        shown(made[DecisionKind.APPROVED]),
        shown(made[DecisionKind.REFUSED]),
        {action: shown(actions.get(action, 0)) for action in TOLD_ACTIONS},
    )


@dataclass(frozen=True)
class Evaluation:
    """The evaluation of a programme on the day `made_on`: the newest round in which people were introduced, and the one
    before it, if there is one.
    """

    programme: Programme
    rounds: tuple[RoundFigures, ...]
    made_on: date

    @property
    def round(self) -> RoundFigures:
        """The one that it is about."""
        return self.rounds[0]

    @property
    def earlier(self) -> RoundFigures | None:
        """The one to which it is compared."""
        return self.rounds[1] if len(self.rounds) > 1 else None

    @property
    def is_final(self) -> bool:
        """Whether the round is closed or past, and all its partnerships are over; else it is a review while it runs
        (D0.17).
        """
        cohort = self.round.cohort
        return not self.round.is_running and (cohort.closed_on is not None or cohort.ends_on < self.made_on)
