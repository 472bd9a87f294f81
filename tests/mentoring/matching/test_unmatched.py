"""Who has nobody when the matches have gone out is told, and comes first in the next round."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from mentoring.applications.application import Application
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import AccountStatus
from mentoring.core.programmes import Cohort
from mentoring.matching.decisions import approve
from mentoring.matching.match import Match, MatchState
from mentoring.matching.optimiser import propose
from mentoring.matching.review import release, replace_proposals
from mentoring.matching.round import MatchingRound
from mentoring.matching.told import NOBODY_TOLD, ToldBefore
from mentoring.matching.unmatched import without_match
from mentoring.partnerships.partnership import PartnershipState
from mentoring.programmes.cohorts import close_cohort, open_next
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    DEE,
    JOBS,
    OWNER,
    STARTED,
    after,
    changed,
    match,
    mentee,
    mentor,
    new_ids,
    offered,
    partnership,
    round_of,
    told,
    withdrawn,
)
from tests.mentoring.values import COHORT, PROGRAMME, person

ELI, GUS, HAL, KIM = "U0ELI", "U0GUS", "U0HAL", "U0KIM"
READY = match(ADA, BEN, approvals=(OWNER,))
TWO = (mentee(ADA), mentor(BEN))


def let_go(round_: MatchingRound) -> Outcome:
    return release(round_, by=OWNER, now=STARTED, new_id=new_ids("s"))


def who_hears(outcome: Outcome) -> list[str]:
    return [person for _, person in told(outcome, NotificationKind.UNMATCHED)]


def test_with_the_last_release_each_who_has_nobody_is_told_after_those_who_are_asked() -> None:
    outcome = let_go(round_of(*TWO, mentee(CHI), mentor(DEE, JOBS), matches=[READY]))
    assert told(outcome) == [
        (NotificationKind.MATCH_OFFERED, ADA),
        (NotificationKind.MATCH_OFFERED, BEN),
        (NotificationKind.UNMATCHED, CHI),
        (NotificationKind.UNMATCHED, DEE),
    ]
    assert outcome.notifications[2] == Notification(
        f"unmatched:{CHI}-mentee:{STARTED.date()}",
        NotificationKind.UNMATCHED,
        CHI,
        {"application": f"{CHI}-mentee", "cohort": "c1", "day": str(STARTED.date())},
    )


def test_where_nobody_is_asked_first_it_is_the_same() -> None:
    at_once = replace(PROGRAMME, ask_first=False)
    assert who_hears(let_go(round_of(*TWO, mentee(CHI), matches=[READY], programme=at_once))) == [CHI]


def test_while_something_is_left_to_decide_it_would_be_too_early() -> None:
    left = match(CHI, DEE)
    assert who_hears(let_go(round_of(*TWO, mentee(CHI), mentor(DEE), mentee(ELI), matches=[READY, left]))) == []


def test_what_goes_to_nobody_is_no_release() -> None:
    gone = round_of(withdrawn(mentee(ADA)), mentor(BEN), mentee(CHI, JOBS), matches=[READY])
    assert let_go(gone).notifications == ()


def test_whose_match_has_just_been_overtaken_is_looked_at_once_more_first() -> None:
    round_ = round_of(
        *TWO, mentee(CHI), withdrawn(mentor(DEE)), mentee(ELI), matches=[READY, match(CHI, DEE, approvals=(OWNER,))]
    )
    outcome = let_go(round_)
    assert [one.state for one in changed(outcome, Match)] == [MatchState.OFFERED, MatchState.OVERTAKEN]
    assert who_hears(outcome) == [ELI]


@pytest.mark.parametrize(
    ("has_somebody", "more"),
    [
        (mentee(CHI), {"matches": [offered(CHI, DEE)]}),
        (mentee(CHI), {"matches": [match(CHI, DEE)]}),
        (mentee(CHI), {"partnerships": [partnership(CHI, DEE)]}),
        (mentee(CHI), {"partnerships": [partnership(CHI, DEE, state=PartnershipState.ENDED)]}),
        (mentor(CHI, places=3), {"partnerships": [partnership(DEE, CHI)]}),
        (mentor(CHI, places=2), {"matches": [offered(DEE, CHI)]}),
        (withdrawn(mentee(CHI)), {}),
        (mentee(CHI, sent_on=COHORT.apply_by + timedelta(days=1)), {}),
        (mentee(CHI), {"people": [person(CHI, AccountStatus.DEACTIVATED)]}),
    ],
    ids=[
        "is asked",
        "is proposed",
        "has a partner",
        "had one and has not come back",
        "has places left besides a mentee",
        "has places left besides an offer",
        "withdrew",
        "waits for the next round",
        "is away",
    ],
)
def test_who_has_somebody_or_is_not_in_the_pool_is_not_told(has_somebody: Application, more: dict[str, Any]) -> None:
    assert without_match(round_of(has_somebody, **more)) == ()


def test_who_came_back_or_was_declined_has_nobody() -> None:
    back = partnership(ADA, BEN, state=PartnershipState.ENDED, back=(ADA,))
    assert without_match(round_of(mentee(ADA), partnerships=[back])) == (mentee(ADA),)
    assert without_match(round_of(mentee(ADA), matches=[match(ADA, BEN, MatchState.DECLINED)])) == (mentee(ADA),)


def test_who_is_matched_one_way_is_told_of_the_other_way() -> None:
    outcome = let_go(round_of(*TWO, mentee(BEN, JOBS), matches=[READY]))
    assert [
        notice.refs["application"] for notice in outcome.notifications if notice.kind is NotificationKind.UNMATCHED
    ] == [f"{BEN}-mentee"]


# Two rounds.


def matched(round_: MatchingRound) -> tuple[MatchingRound, Outcome]:
    """Proposed, approved and released, all of it."""
    round_ = after(round_, replace_proposals(round_, propose(round_, new_ids(round_.cohort.id)), by=OWNER))
    for one in round_.proposals():
        round_ = after(round_, approve(round_, one, by=OWNER, now=STARTED))
    outcome = let_go(round_)
    return after(round_, outcome), outcome


def next_round(round_: MatchingRound, *newcomers: Application) -> MatchingRound:
    """Closed, and the next one opened four months later, with those who come along and newcomers."""
    dates = Cohort("c2", "p1", date(2027, 5, 1), date(2027, 5, 28), date(2027, 6, 7), date(2028, 6, 7))
    round_ = after(round_, close_cohort(round_, round_.cohort.id, by=OWNER, now=STARTED + timedelta(days=90)))
    outcome = open_next(round_, dates, by=OWNER)
    comes_along = [one for one in changed(outcome, Application) if one.cohort_id == dates.id]
    new = [replace(one, cohort_id=dates.id, sent_on=date(2027, 5, 3)) for one in newcomers]
    return round_of(*comes_along, *new, cohort=dates, partnerships=round_.partnerships)


@pytest.mark.parametrize("newcomer", [DEE, GUS, HAL, KIM])
def test_who_had_nobody_comes_along_comes_first_and_is_told_in_each_round_once(newcomer: str) -> None:
    """One mentor of two mentees; in the next round again, and one mentee there is new and would fit as well."""
    at_once = replace(PROGRAMME, ask_first=False)
    first, outcome = matched(round_of(mentee(ADA), mentee(CHI), mentor(BEN), programme=at_once))
    (left,) = who_hears(outcome)
    second = next_round(first, mentee(newcomer), mentor(ELI))
    assert {one.person for one in second.applications.values()} == {left, newcomer, ELI}
    matched_second, outcome = matched(second)
    assert [one.people for one in matched_second.matches.values()] == [(left, ELI)]
    assert [notice.key for notice in outcome.notifications if notice.kind is NotificationKind.UNMATCHED] == [
        f"unmatched:{newcomer}-mentee:{STARTED.date()}"
    ]
    nobody_for_them = next_round(first, mentee(newcomer, JOBS), mentor(ELI, JOBS))
    _, outcome = matched(nobody_for_them)
    assert [notice.key for notice in outcome.notifications if notice.kind is NotificationKind.UNMATCHED] == [
        f"unmatched:{left}-mentee:{STARTED.date()}"
    ]


def released_on(days: int, before: ToldBefore, hour: int = 10) -> list[str]:
    """Who is told at a release so many days after the last day to apply."""
    now = datetime.combine(COHORT.apply_by + timedelta(days=days), time(hour), UTC)
    round_ = round_of(*TWO, mentee(CHI), matches=[READY])
    return who_hears(release(round_, by=OWNER, now=now, new_id=new_ids("s"), told=before))


def test_who_is_told_while_applications_are_open_is_told_once_more_when_they_have_closed() -> None:
    assert released_on(0, NOBODY_TOLD, hour=23) == [CHI]
    before = ToldBefore({f"{CHI}-mentee": COHORT.apply_by})
    assert released_on(0, before, hour=23) == []
    assert released_on(1, before) == [CHI]


def test_at_each_release_who_has_nobody_is_told_unless_they_were_within_a_week() -> None:
    before = ToldBefore({f"{CHI}-mentee": COHORT.apply_by + timedelta(days=3)})
    assert [released_on(days, before) for days in (3, 4, 9, 10)] == [[], [], [], [CHI]]


def test_three_times_a_round_are_the_most() -> None:
    assert [released_on(10, ToldBefore(times={(CHI, COHORT.id): times})) for times in (2, 3)] == [[CHI], []]
    assert released_on(10, ToldBefore(times={(CHI, "c0"): 3})) == [CHI]
