"""When groups of answers are formed: on Mondays, of answers that are in no group yet."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from mentoring.applications.application import Role
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.feedback.answers import Feedback, Question, early_survey_until
from mentoring.feedback.baseline import has_baseline, last_baseline_day
from mentoring.feedback.counted_items import (
    BY_ROLE,
    COMPARED,
    CountedAnswer,
    CountedItem,
    counted_answers,
    counted_item,
)
from mentoring.feedback.counts import AnswerCount, count_stage
from mentoring.feedback.groups import (
    FeedbackGroup,
    GroupFormed,
    GroupKind,
    day_everywhere,
    full_groups,
    has_enough_people,
    people_of,
    stage_figures,
)
from mentoring.partnerships.partnership import Partnership

_ROLES = (Role.MENTEE, Role.MENTOR)
"""The roles of `Partnership.people`."""


@dataclass(frozen=True)
class _Record:
    """What one person answered to an item about one partnership: one answer for each stage of `kind`."""

    person: str
    role: Role
    kind: GroupKind
    answers: tuple[CountedAnswer, ...]

    @property
    def place(self) -> tuple[datetime, str, str]:
        """Sorts the oldest first."""
        last = self.answers[-1]
        return last.answered_at, self.person, last.partnership_id


def count_answers(
    partnerships: Sequence[Partnership],
    answers: Sequence[Feedback],
    counts: Iterable[AnswerCount],
    *,
    now: datetime,
    new_id: Callable[[], str],
    order: Callable[[str, str], str],
    compared: Mapping[str, tuple[Question, ...]] = COMPARED,
) -> Outcome:
    """Count the answers, and form groups of those that are in none. Run once a week; `now` is the calendar, aware.

    `answers` are all that are stored. `order` gives a text's sorting key in the group with this id: secret, and the
    same each time. `compared` are the stages at which an item is compared.
    """
    outcome = NOTHING
    before = {(count.question, count.cohort_id): count for count in counts}
    rounds: defaultdict[str, list[Partnership]] = defaultdict(list)
    for partnership in partnerships:
        rounds[partnership.cohort_id].append(partnership)
    round_of = {partnership.id: partnership.cohort_id for partnership in partnerships}
    sent: defaultdict[str, list[Feedback]] = defaultdict(list)
    for answer in answers:
        sent[round_of.get(answer.partnership_id, "")].append(answer)
    for cohort_id, ours in sorted(rounds.items()):
        theirs = {stage: [each for each in sent[cohort_id] if each.question is stage] for stage in Question}
        for stage in Question:
            outcome += count_stage(stage, cohort_id, ours, theirs[stage], before.get((stage, cohort_id)), now)
        closed = {stage for stage in Question if not _is_open(stage, ours, theirs[stage], now)}
        for item, records in _records(ours, sent[cohort_id], compared):
            ready = _new_groups(records, is_closed=item.stages[-1] in closed, may_mix=item.id not in BY_ROLE)
            for role, kind, members in ready:
                outcome += Outcome((_formed(item, kind, cohort_id, role, members, new_id(), order),))
    return outcome


def _records(
    partnerships: Iterable[Partnership], answers: Iterable[Feedback], compared: Mapping[str, tuple[Question, ...]]
) -> Iterator[tuple[CountedItem, list[_Record]]]:
    """The records of each item, the oldest first. An answer that is in a group is in no record."""
    roles = {(p.id, person): role for p in partnerships for person, role in zip(p.people, _ROLES, strict=True)}
    found: defaultdict[CountedItem, defaultdict[tuple[str, str], dict[Question, CountedAnswer]]]
    found = defaultdict(lambda: defaultdict(dict))
    for answer in counted_answers(answers):
        key = answer.partnership_id, answer.person
        if not answer.group_id and key in roles:
            found[counted_item(answer, compared)][key][answer.stage] = answer
    for item, by_author in sorted(found.items()):
        records = [
            _Record(key[1], roles[key], kind, tuple(by_stage[stage] for stage in item.stages if stage in by_stage))
            for key, by_stage in by_author.items()
            if (kind := _kind(item, by_stage.keys()))
        ]
        yield item, sorted(records, key=lambda record: record.place)


def _kind(item: CountedItem, answered: Iterable[Question]) -> GroupKind | None:
    """Which of the stages were answered; None if the item was asked at a stage that does not belong to it."""
    given = set(answered)
    if given == {*item.stages}:
        return GroupKind.COMPLETE
    if given == {item.stages[0]}:
        return GroupKind.ONLY_BEFORE
    return GroupKind.ONLY_AFTER if given == {item.stages[-1]} else None


def _new_groups(
    records: Sequence[_Record], *, is_closed: bool, may_mix: bool
) -> Iterator[tuple[Role | None, GroupKind, Sequence[_Record]]]:
    """The groups to form of the records of one item in one round.

    Groups of STEP people, oldest first, while enough for another group are left. The rest waits until nobody can answer
    the last stage any more (`is_closed`), and so do people who have not answered all stages. Then the rest is a group
    for each role, or one for both, or never shown. Without `may_mix` it is never one for both.
    """
    for kind in GroupKind if is_closed else (GroupKind.COMPLETE,):
        left: dict[Role, list[_Record]] = {}
        for role in Role:
            full, left[role] = full_groups([each for each in records if each.role is role and each.kind is kind])
            for group in full:
                yield role, kind, group
        if not is_closed:
            continue
        if not may_mix or all(not rest or has_enough_people(rest) for rest in left.values()):
            yield from ((role, kind, rest) for role, rest in left.items() if has_enough_people(rest))
        elif has_enough_people(rest := [each for role in Role for each in left[role]]):
            yield None, kind, rest


def _formed(
    item: CountedItem,
    kind: GroupKind,
    cohort_id: str,
    role: Role | None,
    members: Sequence[_Record],
    group_id: str,
    order: Callable[[str, str], str],
) -> GroupFormed:
    people = len(people_of(members))
    answers = [answer for record in members for answer in record.answers]
    figures = tuple(
        stage_figures(stage, of_stage, people, group_id, order)
        for stage in item.stages
        if (of_stage := [answer for answer in answers if answer.stage is stage])
    )
    group = FeedbackGroup(group_id, item, kind, cohort_id, role, people, figures)
    return GroupFormed(group, tuple(answer.key for answer in answers))


def _is_open(
    question: Question, partnerships: Iterable[Partnership], answers: Iterable[Feedback], now: datetime
) -> bool:
    """Whether somebody may still answer, in any time zone."""
    given = Counter(answer.partnership_id for answer in answers)
    today = day_everywhere(now)
    return any(given[p.id] < len(p.people) and _can_come(question, p, today) for p in partnerships)


def _can_come(question: Question, partnership: Partnership, today: date) -> bool:
    if question is Question.BASELINE:
        return has_baseline(partnership) and partnership.is_active and today <= last_baseline_day(partnership)
    if question is Question.CHECK_IN:
        return partnership.is_active and today < partnership.ends_on
    until = early_survey_until(partnership)
    return partnership.is_active or (until is not None and today <= until)
