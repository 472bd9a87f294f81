"""Remarks without names: groups of at least five people that are formed once and never change.

As with the answers to check-ins and surveys (`mentoring.feedback.forming`), on Mondays. One person with several remarks
counts as one. What fewer than five people wrote in a round is never shown.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.programmes import Cohort
from mentoring.feedback.groups import day_everywhere, full_groups, has_enough_people, people_of
from mentoring.remarks.remark import CountedRemark, is_collecting


@dataclass(frozen=True)
class RemarkGroup:
    """What at least five people wrote in one round, in no order of time. The words are withdrawn together when a person
    of the group is erased.
    """

    id: str
    cohort_id: str
    people: int
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class RemarkGroupFormed:
    """A new group, and the ids of the remarks in it. Each remark is in one group at most."""

    group: RemarkGroup
    members: tuple[str, ...]


def group_remarks(
    remarks: Iterable[CountedRemark],
    rounds: Mapping[str, Cohort],
    *,
    now: datetime,
    new_id: Callable[[], str],
    order: Callable[[str, str], str],
) -> Outcome:
    """Form groups of the remarks that are in none. Run once a week; `now` is the calendar, aware.

    `remarks` are all that are stored, `rounds` their cohorts by id. `order` gives the sorting key of words in the group
    with this id: secret, and the same each time. While a round lasts, a group has ten people, and at least five others
    are left for another; once it is over everywhere, the rest is a group, or is never shown.
    """
    outcome = NOTHING
    by_round: defaultdict[str, list[CountedRemark]] = defaultdict(list)
    for remark in remarks:
        if not remark.group_id:
            by_round[remark.cohort_id].append(remark)
    for cohort_id, found in sorted(by_round.items()):
        groups, rest = full_groups(sorted(found, key=lambda each: (each.said_at, each.person, each.id)))
        if not is_collecting(rounds[cohort_id], day_everywhere(now)) and has_enough_people(rest):
            groups.append(rest)
        for members in groups:
            outcome += Outcome((_formed(cohort_id, members, new_id(), order),))
    return outcome


def _formed(
    cohort_id: str, members: list[CountedRemark], group_id: str, order: Callable[[str, str], str]
) -> RemarkGroupFormed:
    words = sorted((each.words for each in members), key=lambda text: order(group_id, text))
    group = RemarkGroup(group_id, cohort_id, len(people_of(members)), tuple(words))
    return RemarkGroupFormed(group, tuple(each.id for each in members))
