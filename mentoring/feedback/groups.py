"""Showing answers without giving anybody away: groups of people that are formed once and never change.

Each Monday, the answers that are in no group yet are counted, and groups are formed of them. A group keeps how many
people it has, how many answers, their sum and their comments, and no name. What owners see is the sum of all groups.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import Protocol, TypeVar

from mentoring.applications.application import Role
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.feedback.answers import Audience, Feedback, Question, early_survey_until
from mentoring.feedback.baseline import has_baseline, last_baseline_day
from mentoring.partnerships.partnership import Partnership

LEAST_PEOPLE = 5
"""The fewest people in a group."""
STEP = 10
"""The people in a group that is formed while more answers are expected. At least LEAST_PEOPLE are left for another."""

_WESTERNMOST = timezone(timedelta(hours=-12))


class Extreme(StrEnum):
    """Whether nearly all ratings of a group are the best (HIGH) or the worst (LOW). Its sum is then cut, so that nobody
    can tell that everybody gave the same rating.
    """

    NONE = ""
    LOW = "low"
    HIGH = "high"


AnswerKey = tuple[str, str, Question]
"""The partnership, the person (Slack user id) and the question of an answer."""


@dataclass(frozen=True)
class FeedbackGroup:
    """Answers of at least five people to one question: numbers that never change, and comments.

    `role` is None if mentees and mentors are together; `cohort_id` is "" in a group from before groups had rounds.
    `total` is the sum of the ratings of the `answers`, cut where `extreme` says so. Comments are in no order of time,
    and are withdrawn together when the answers of a member are erased.
    """

    id: str
    question: Question
    cohort_id: str
    role: Role | None
    people: int
    answers: int
    total: int
    extreme: Extreme
    helps: tuple[str, ...] = ()
    hinders: tuple[str, ...] = ()


@dataclass(frozen=True)
class GroupFormed:
    """A new group, and the answers in it. Each answer is in one group at most."""

    group: FeedbackGroup
    members: tuple[AnswerKey, ...]


@dataclass(frozen=True)
class AnswersCounted:
    """Answers that `AnswerCount.answered` now includes."""

    keys: tuple[AnswerKey, ...]


@dataclass(frozen=True)
class AnswerCount:
    """How many answers were `asked` for in a round, and how many came, as of the last Monday. Neither ever falls.

    After an early end the survey is optional: it counts as asked for only if it was answered.
    """

    question: Question
    cohort_id: str
    asked: int
    answered: int


class Precision(StrEnum):
    """How an average is to be read."""

    EXACT = "exact"
    ABOUT = "about"
    OR_MORE = "or more"
    OR_LESS = "or less"


@dataclass(frozen=True)
class Summary:
    """The part of the answers that owners see: the sum of all groups.

    `average` is of `shown` answers, and None without a group. `asked` and `answered` count answers.
    """

    asked: int
    answered: int
    shown: int = 0
    average: float | None = None
    precision: Precision = Precision.EXACT
    helps: tuple[str, ...] = ()
    hinders: tuple[str, ...] = ()


def summarise(question: Question, counts: Iterable[AnswerCount], groups: Iterable[FeedbackGroup]) -> Summary:
    """What owners see of the answers to `question`."""
    counted = [count for count in counts if count.question is question]
    asked, answered = sum(count.asked for count in counted), sum(count.answered for count in counted)
    found = [group for group in groups if group.question is question]
    shown = sum(group.answers for group in found)
    if not shown:
        return Summary(asked, answered)
    average, precision = _average(found, shown)
    return Summary(
        asked,
        answered,
        shown,
        average,
        precision,
        tuple(text for group in found for text in group.helps),
        tuple(text for group in found for text in group.hinders),
    )


def _average(groups: Sequence[FeedbackGroup], answers: int) -> tuple[float, Precision]:
    match {group.extreme for group in groups}:
        case extremes if extremes == {Extreme.HIGH}:
            return 4.5, Precision.OR_MORE
        case extremes if extremes == {Extreme.LOW}:
            return 1.5, Precision.OR_LESS
        case extremes:
            average = round(sum(group.total for group in groups) / answers, 1)
            return average, Precision.EXACT if extremes == {Extreme.NONE} else Precision.ABOUT


def count_answers(
    partnerships: Sequence[Partnership],
    answers: Sequence[Feedback],
    counts: Iterable[AnswerCount],
    *,
    now: datetime,
    new_id: Callable[[], str],
    order: Callable[[str, str], str],
) -> Outcome:
    """Count the answers, and form groups of those that are in none. Run once a week; `now` is the calendar, aware.

    `answers` are all that are stored. `order` gives a comment's sorting key in the group with this id: secret, and the
    same each time.
    """
    outcome = NOTHING
    before = {(count.question, count.cohort_id): count for count in counts}
    rounds: defaultdict[str, list[Partnership]] = defaultdict(list)
    for partnership in partnerships:
        rounds[partnership.cohort_id].append(partnership)
    for cohort_id, of_round in sorted(rounds.items()):
        for question in Question:
            ours = {partnership.id for partnership in of_round}
            theirs = [each for each in answers if each.question is question and each.partnership_id in ours]
            outcome += _count(question, cohort_id, of_round, theirs, before.get((question, cohort_id)), now)
            for role, members in _new_groups(question, of_round, theirs, now):
                outcome += Outcome((_formed(question, cohort_id, role, members, new_id(), order),))
    return outcome


def _count(
    question: Question,
    cohort_id: str,
    partnerships: Sequence[Partnership],
    answers: Sequence[Feedback],
    before: AnswerCount | None,
    now: datetime,
) -> Outcome:
    new = tuple(_key(answer) for answer in answers if not answer.is_counted)
    before = before or AnswerCount(question, cohort_id, 0, 0)
    answered = before.answered + len(new)
    early = {each.id for each in partnerships if question is Question.SURVEY and early_survey_until(each)}
    asked = [each for each in partnerships if _is_asked(question, each)]
    due = {each.id for each in asked if _due(question, each) <= _last_day(each, now)}
    was_asked = 2 * len(due) + sum(answer.partnership_id in early for answer in answers)
    count = AnswerCount(question, cohort_id, max(before.asked, was_asked, answered), answered)
    if count == before:
        return NOTHING
    return Outcome((count, *([AnswersCounted(new)] if new else [])))


def _new_groups(
    question: Question, partnerships: Sequence[Partnership], answers: Sequence[Feedback], now: datetime
) -> list[tuple[Role | None, list[Feedback]]]:
    """The groups to form of the answers to one question in one round.

    Groups of STEP people, oldest first, while enough for another group are left. The rest waits until nobody can answer
    any more; then it is a group for each role, or one for both, or never shown.
    """
    roles = {(p.id, person): role for p in partnerships for person, role in zip(p.people, _ROLES, strict=True)}
    left: dict[Role, list[Feedback]] = {role: [] for role in Role}
    for answer in sorted(answers, key=lambda each: (each.answered_at, each.person, each.partnership_id)):
        role = roles.get((answer.partnership_id, answer.person))
        is_rated = answer.rating is not None  # who never met rates nothing, and is in no group
        if role and is_rated and answer.audience is Audience.COUNTED and not answer.group_id:
            left[role].append(answer)
    formed: list[tuple[Role | None, list[Feedback]]] = []
    for role in Role:
        full, left[role] = full_groups(left[role])
        formed += [(role, group) for group in full]
    if _is_open(question, partnerships, answers, now):
        return formed
    if all(not rest or has_enough_people(rest) for rest in left.values()):
        formed += [(role, rest) for role, rest in left.items() if rest]
    elif has_enough_people(rest := [each for role in Role for each in left[role]]):
        formed.append((None, rest))
    return formed


_ROLES = (Role.MENTEE, Role.MENTOR)
"""The roles of `Partnership.people`."""


class OfAPerson(Protocol):
    """Something confidential that one person said."""

    @property
    def person(self) -> str: ...


Said = TypeVar("Said", bound=OfAPerson)


def full_groups(said: Sequence[Said]) -> tuple[list[list[Said]], list[Said]]:
    """Groups of STEP people in the order of `said`, while enough people for another group are left, and the rest.

    Everything that a person of a group has said is in it, so that a person counts as one.
    """
    groups, rest = [], list(said)
    while len(people := people_of(rest)) >= STEP + LEAST_PEOPLE:
        first = set(people[:STEP])
        groups.append([each for each in rest if each.person in first])
        rest = [each for each in rest if each.person not in first]
    return groups, rest


def has_enough_people(said: Iterable[OfAPerson]) -> bool:
    """Whether it may be a group."""
    return len(people_of(said)) >= LEAST_PEOPLE


def people_of(said: Iterable[OfAPerson]) -> list[str]:
    """Each person once, in the order in which they first said something."""
    return list(Counter(each.person for each in said))


def day_everywhere(now: datetime) -> date:
    """The last day that has begun in all time zones. A day before it is over everywhere."""
    return now.astimezone(_WESTERNMOST).date()


def _is_open(
    question: Question, partnerships: Iterable[Partnership], answers: Iterable[Feedback], now: datetime
) -> bool:
    """Whether somebody may still answer, in any time zone."""
    given = Counter(answer.partnership_id for answer in answers)
    today = day_everywhere(now)
    return any(given[p.id] < len(p.people) and _can_come(question, p, today) for p in partnerships)


def _is_asked(question: Question, partnership: Partnership) -> bool:
    match question:
        case Question.BASELINE:
            return has_baseline(partnership)
        case Question.CHECK_IN:
            return partnership.has_check_in
        case Question.SURVEY:
            return True


def _can_come(question: Question, partnership: Partnership, today: date) -> bool:
    if question is Question.BASELINE:
        return has_baseline(partnership) and partnership.is_active and today <= last_baseline_day(partnership)
    if question is Question.CHECK_IN:
        return partnership.is_active and today < partnership.ends_on
    until = early_survey_until(partnership)
    return partnership.is_active or (until is not None and today <= until)


def _formed(
    question: Question,
    cohort_id: str,
    role: Role | None,
    members: Sequence[Feedback],
    group_id: str,
    order: Callable[[str, str], str],
) -> GroupFormed:
    def words(texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted(filter(None, texts), key=lambda text: order(group_id, text)))

    total, extreme = cut_total([answer.rating for answer in members if answer.rating is not None])
    group = FeedbackGroup(
        group_id,
        question,
        cohort_id,
        role,
        len(people_of(members)),
        len(members),
        total,
        extreme,
        words(answer.helps for answer in members),
        words(answer.hinders for answer in members),
    )
    return GroupFormed(group, tuple(_key(answer) for answer in members))


def cut_total(ratings: Sequence[int]) -> tuple[int, Extreme]:
    """The sum of `ratings`, between one and a half and four and a half for each; and at which end it was cut."""
    total, many = sum(ratings), len(ratings)
    least, most = (3 * many + 1) // 2, 9 * many // 2
    if total < least:
        return least, Extreme.LOW
    if total > most:
        return most, Extreme.HIGH
    return total, Extreme.NONE


def _due(question: Question, partnership: Partnership) -> date:
    match question:
        case Question.BASELINE:
            return partnership.started_on
        case Question.CHECK_IN:
            return partnership.check_in_on
        case Question.SURVEY:
            return partnership.survey_on


def _last_day(partnership: Partnership, now: datetime) -> date:
    """The last day on which its people could be asked."""
    return (partnership.over_at or now).date()


def _key(answer: Feedback) -> AnswerKey:
    return answer.partnership_id, answer.person, answer.question
