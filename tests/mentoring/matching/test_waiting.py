"""Nobody who waits is left in silence: after some weeks they are told where they stand, or when an owner wishes."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from mentoring.core.errors import CohortOver, NotForYou
from mentoring.core.jobs import JobKind, plan_weekly_check
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.people import AccountStatus
from mentoring.matching.match import MatchState
from mentoring.matching.round import MatchingRound
from mentoring.matching.told import MOST_TOLD, NOBODY_TOLD, ToldBefore
from mentoring.matching.unmatched import notify_unmatched
from mentoring.matching.waiting import (
    tell_after_silence,
    tell_everybody,
    tell_of_new_dates,
    tell_of_new_round,
    waiting,
)
from mentoring.notifications.kinds import KIND_RULES, LoadClass
from mentoring.partnerships.partnership import PartnershipState
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    OWNER,
    match,
    mentee,
    mentor,
    offered,
    partnership,
    round_of,
    told,
    withdrawn,
)
from tests.mentoring.values import COHORT, at, person

ALONE = mentee(ADA)
ID = ALONE.id
LATE = mentee(ADA, sent_on=COHORT.apply_by + timedelta(days=1))


def days_told(round_: MatchingRound, until: int, before: dict[str, date] | None = None) -> list[date]:
    """The days on which Ada is told, if the bot looks every day."""
    last, found = dict(before or {}), []
    for after in range(until):
        today = ALONE.sent_on + timedelta(days=after)
        outcome = tell_after_silence(round_, ToldBefore(last), today=today)
        if outcome.notifications:
            assert told(outcome) == [(NotificationKind.STILL_WAITING, ADA)]
            last[ID] = today
            found.append(today)
    return found


def test_who_has_nobody_is_told_four_weeks_after_the_last_day_to_apply_and_then_every_seven_weeks() -> None:
    cohort = replace(COHORT, apply_by=ALONE.sent_on + timedelta(days=14), starts_on=ALONE.sent_on + timedelta(days=90))
    first = cohort.apply_by + timedelta(days=28)
    weeks = [first + times * timedelta(days=49) for times in range(3)]
    assert days_told(round_of(ALONE, cohort=cohort), 150) == weeks


def test_where_people_can_apply_for_long_seven_weeks_are_enough_of_silence() -> None:
    apply_by = ALONE.sent_on + timedelta(days=70)
    first = ALONE.sent_on + timedelta(days=49)
    after_the_deadline = apply_by + timedelta(days=28)
    cohort = replace(COHORT, apply_by=apply_by, starts_on=after_the_deadline)
    assert days_told(round_of(ALONE, cohort=cohort), 120) == [first, after_the_deadline]


def test_when_the_round_starts_who_has_no_match_is_told_also_if_nothing_was_released() -> None:
    assert days_told(round_of(ALONE), 60) == [COHORT.starts_on]
    proposed = round_of(ALONE, mentor(BEN), matches=[match(ADA, BEN)])  # the owners are about to decide
    assert tell_after_silence(proposed, NOBODY_TOLD, today=COHORT.starts_on) == Outcome()
    assert days_told(round_of(ALONE), 60, {ID: COHORT.apply_by + timedelta(days=1)}) == []  # the release told them


@pytest.mark.parametrize("state", [MatchState.DECLINED, MatchState.EXPIRED])
def test_when_the_round_starts_who_was_asked_about_a_match_has_heard_of_it(state: MatchState) -> None:
    over = replace(offered(ADA, BEN), state=state)
    round_ = round_of(ALONE, mentor(BEN), matches=[over])
    assert tell_after_silence(round_, NOBODY_TOLD, today=COHORT.starts_on) == Outcome()
    assert tell_after_silence(round_, NOBODY_TOLD, today=COHORT.apply_by + timedelta(days=28)).notifications


def test_a_round_that_starts_on_the_last_day_to_apply_tells_nobody_twice() -> None:
    cohort = replace(COHORT, starts_on=COHORT.apply_by)
    assert days_told(round_of(ALONE, cohort=cohort), 60) == [COHORT.apply_by, COHORT.apply_by + timedelta(days=28)]


def test_nobody_hears_nothing_for_seventy_days_whatever_the_dates_are() -> None:
    for open_for in (0, 10, 28, 60, 100, 300):
        cohort = replace(COHORT, apply_by=ALONE.sent_on + timedelta(days=open_for))
        heard = [ALONE.sent_on, *days_told(round_of(ALONE, cohort=cohort), 400)]
        assert max(after - before for before, after in pairwise(heard)) <= timedelta(days=49)
        assert len(heard) > 7


def test_who_heard_at_the_release_is_not_told_again_at_once() -> None:
    release = COHORT.apply_by + timedelta(days=20)
    (first, *_) = days_told(round_of(ALONE), 150, {ID: release})
    assert first == release + timedelta(days=49)


def test_on_the_waiting_list_one_is_told_too() -> None:
    (first, *_) = days_told(round_of(LATE), 150)
    assert first == LATE.sent_on + timedelta(days=28)


def test_after_a_partnership_the_silence_begins_again() -> None:
    over_at = at("2027-06-01T10:00")
    over = partnership(state=PartnershipState.ENDED, over_at=over_at, back=(ADA,))
    round_ = round_of(ALONE, partnerships=[replace(over, mentee_application=ID)])
    assert tell_after_silence(round_, NOBODY_TOLD, today=date(2027, 6, 28)) == Outcome()
    outcome = tell_after_silence(round_, NOBODY_TOLD, today=date(2027, 6, 29))
    assert told(outcome) == [(NotificationKind.STILL_WAITING, ADA)]


def test_while_the_round_is_closed_the_wait_goes_on_and_so_does_the_word() -> None:
    closed = replace(COHORT, closed_on=date(2027, 6, 1))
    round_, before = round_of(ALONE, cohort=closed), ToldBefore({ID: date(2027, 5, 1)})
    assert tell_after_silence(round_, before, today=date(2027, 7, 19)) == Outcome()
    again = tell_after_silence(round_, before, today=date(2027, 7, 20))
    assert told(again) == [(NotificationKind.STILL_WAITING, ADA)]


def test_who_waits_has_nobody_and_has_not_been_asked() -> None:
    proposal, offer = match(ADA, BEN), offered()
    assert waiting(round_of(ALONE, mentor(BEN), matches=[proposal])) == (ALONE, mentor(BEN))
    assert waiting(round_of(ALONE, mentor(BEN), matches=[offer])) == ()
    gone = replace(offer, state=MatchState.DECLINED)
    assert waiting(round_of(ALONE, mentor(BEN), matches=[gone])) == (ALONE, mentor(BEN))
    assert waiting(round_of(withdrawn(ALONE))) == ()
    assert waiting(round_of(ALONE, people=[person(ADA, AccountStatus.DEACTIVATED)])) == ()
    together = replace(partnership(), mentee_application=ID)
    assert waiting(round_of(ALONE, partnerships=[together])) == ()


def test_an_owner_has_all_told_at_once_and_nobody_twice_within_four_weeks() -> None:
    round_, today = round_of(ALONE, mentee(CHI)), date(2026, 12, 1)
    outcome = tell_everybody(round_, COHORT.id, NOBODY_TOLD, by=OWNER, today=today)
    assert told(outcome) == [(NotificationKind.STILL_WAITING, ADA), (NotificationKind.STILL_WAITING, CHI)]
    assert outcome.notifications[0].key == f"still-waiting:{ID}:2026-12-01"
    assert outcome.notifications[0].refs == {"application": ID, "cohort": COHORT.id, "day": "2026-12-01"}
    known = {ID: date(2026, 11, 4), f"{CHI}-mentee": date(2026, 11, 3)}
    assert told(tell_everybody(round_, COHORT.id, ToldBefore(known), by=OWNER, today=today)) == [
        (NotificationKind.STILL_WAITING, CHI)
    ]


def test_only_an_owner_may_and_only_for_the_round_of_the_button() -> None:
    with pytest.raises(NotForYou):
        tell_everybody(round_of(ALONE), COHORT.id, NOBODY_TOLD, by=ADA, today=date(2026, 12, 1))
    with pytest.raises(CohortOver):
        tell_everybody(round_of(ALONE), "c0", NOBODY_TOLD, by=OWNER, today=date(2026, 12, 1))
    closed = round_of(ALONE, cohort=replace(COHORT, closed_on=date(2026, 12, 1)))
    with pytest.raises(CohortOver):
        tell_everybody(closed, COHORT.id, NOBODY_TOLD, by=OWNER, today=date(2026, 12, 1))


def test_it_can_wait_and_makes_no_sense_after_a_month() -> None:
    rules = KIND_RULES[NotificationKind.STILL_WAITING]
    assert (rules.load_class, rules.valid_for) == (LoadClass.CARRIED, timedelta(days=30))


@pytest.mark.parametrize(
    ("now", "due"),
    [
        ("2026-11-25T10:00", "2026-11-29T10:00"),
        ("2026-11-29T09:59", "2026-11-29T10:00"),
        ("2026-11-29T10:00", "2026-12-06T10:00"),
    ],
)
def test_the_bot_looks_when_monday_begins_anywhere(now: str, due: str) -> None:
    assert plan_weekly_check(JobKind.STILL_WAITING, at(now)).due == at(due)
    assert plan_weekly_check(JobKind.STILL_WAITING, at(now), due=at(now)).due == at(now)


def test_nobody_is_told_more_than_three_times_in_a_round_about_both_roles_together() -> None:
    """Whatever the occasion: a release, silence, an owner, new dates."""
    both = (mentee(ADA), mentor(ADA, places=1), mentee(CHI))
    round_ = round_of(*both)
    times, last, heard = Counter[tuple[str, str]](), dict[str, date](), Counter[str]()
    for day in range(400):
        today = COHORT.apply_by + timedelta(days=day)
        before = ToldBefore(last, times)
        match day % 4:
            case 0:
                outcome = notify_unmatched(round_, today, before)
            case 1:
                outcome = tell_after_silence(round_, before, today=today)
            case 2:
                outcome = tell_everybody(round_, COHORT.id, before, by=OWNER, today=today)
            case _:
                dates = replace(COHORT, starts_on=today)
                outcome = tell_of_new_dates(replace(round_, cohort=dates), before, today=today)
        for each in outcome.notifications:
            last[each.refs["application"]] = today
            times[each.recipient, COHORT.id] += 1
            heard[each.recipient] += 1
    assert heard == {ADA: MOST_TOLD, CHI: MOST_TOLD}
    next_round = replace(round_, cohort=replace(COHORT, id="c2"))
    outcome = tell_of_new_round(next_round, ToldBefore(last, times), today=date(2028, 2, 1))
    assert told(outcome) == [(NotificationKind.STILL_WAITING, person) for person in (ADA, ADA, CHI)]


def test_of_one_message_left_and_two_applications_one_is_told() -> None:
    before = ToldBefore(times={(ADA, COHORT.id): 2})
    outcome = tell_of_new_dates(round_of(mentee(ADA), mentor(ADA)), before, today=date(2026, 12, 1))
    assert len(outcome.notifications) == 1


def test_each_change_of_the_dates_is_told_and_only_the_newest_waits() -> None:
    round_, today = round_of(ALONE), date(2026, 12, 1)
    moved = replace(round_, cohort=replace(COHORT, starts_on=COHORT.starts_on + timedelta(days=7)))
    (one,) = tell_of_new_dates(round_, NOBODY_TOLD, today=today).notifications
    (other,) = tell_of_new_dates(moved, NOBODY_TOLD, today=today).notifications
    assert one.key != other.key
    assert one.refs == other.refs == {"application": ID, "cohort": COHORT.id, "day": "2026-12-01", "why": "dates"}
    assert KIND_RULES[NotificationKind.STILL_WAITING].newest_about == ("application",)
