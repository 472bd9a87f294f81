"""Introductions that wait for the start of the round, and what may happen until then."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.people import AccountStatus
from mentoring.matching.errors import AlreadyAccepted, AlreadyAgreed
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import Match, MatchState
from mentoring.matching.offers import answer_offer, run_introduction, run_offer_job, withdraw
from mentoring.matching.open_offers import extend, recall, remind
from mentoring.matching.review import release
from mentoring.matching.round import MatchingRound
from mentoring.partnerships.partnership import Partnership
from mentoring.programmes.cohorts import close_cohort
from tests.mentoring.factories import (
    ADA,
    BEN,
    KOLKATA,
    OWNER,
    SECOND,
    after,
    changed,
    match,
    mentee,
    mentor,
    notice_to,
    offered,
    round_of,
    told,
)
from tests.mentoring.values import COHORT, PROGRAMME, at, person

AT_START = replace(PROGRAMME, introduces_at_start=True)
START = replace(COHORT, starts_on=at("2027-02-15T00:00").date())
BEFORE, ID = at("2027-02-03T10:00"), f"{ADA}-{BEN}"
OPEN = round_of(mentee(ADA), mentor(BEN), matches=[offered(accepted_by=(ADA,))], programme=AT_START, cohort=START)


def agreed(round_: MatchingRound = OPEN) -> Outcome:
    """Ben says yes as the second."""
    return answer_offer(round_, round_.matches[ID], by=BEN, accepts=True, now=BEFORE, new_id="s1")


HELD = after(OPEN, agreed())
(JOB,) = changed(agreed(), ScheduledJob)


def runs(round_: MatchingRound, now: str) -> Outcome:
    return run_introduction(JOB, round_, round_.matches.get(ID), at(now), new_id="s1")


def test_the_second_yes_before_the_start_introduces_nobody_and_the_first_is_told() -> None:
    assert changed(agreed(), Partnership) == []
    assert told(agreed()) == [(NotificationKind.OFFER_ACCEPTED, BEN), (NotificationKind.MATCH_AGREED, ADA)]
    (held,) = changed(agreed(), Match)
    assert (held.state, held.awaits_start, held.awaits_answer) == (MatchState.OFFERED, True, False)
    assert JOB.kind is JobKind.INTRODUCE
    assert JOB.due == BEFORE + timedelta(days=1), "the start may be moved meanwhile"


def test_they_are_introduced_when_both_are_at_work_on_the_first_day() -> None:
    (again,) = changed(runs(HELD, "2027-02-14T12:00"), ScheduledJob)
    assert again.due == at("2027-02-15T09:00")
    early = replace(HELD, people={**HELD.people, ADA: person(ADA, time_zone=KOLKATA)})
    assert changed(runs(early, "2027-02-15T08:00"), Partnership) == [], "Ben is not at work yet"
    outcome = runs(HELD, "2027-02-15T09:00")
    (partnership,) = changed(outcome, Partnership)
    assert (partnership.people, partnership.introduced_at) == ((ADA, BEN), at("2027-02-15T09:00"))
    assert [each.state for each in changed(outcome, Match)] == [MatchState.ACCEPTED]
    assert [kind for kind, _ in told(outcome)] == [NotificationKind.INTRODUCED]
    assert runs(after(HELD, outcome), "2027-02-16T09:00") == Outcome((JobDone(JOB),))


def test_they_are_introduced_at_the_next_look_once_the_start_is_moved_or_the_setting_is_off() -> None:
    moved = replace(HELD, cohort=replace(START, starts_on=BEFORE.date()))
    off = replace(HELD, programme=PROGRAMME)
    for round_ in (moved, off):
        assert len(changed(runs(round_, "2027-02-04T10:00"), Partnership)) == 1


def test_after_the_start_they_are_introduced_at_once() -> None:
    begun = replace(OPEN, cohort=replace(START, starts_on=BEFORE.date()))
    assert len(changed(agreed(begun), Partnership)) == 1


def test_an_agreed_match_neither_lapses_nor_is_anybody_reminded() -> None:
    for kind in (JobKind.OFFER_LAPSE, JobKind.OFFER_REMINDER):
        job = ScheduledJob("x", kind, at("2027-02-10T10:00"), ADA, {"match": ID})
        outcome = run_offer_job(job, HELD.matches[ID], person(ADA), AT_START, at("2027-02-11T10:00"))
        assert outcome == Outcome((JobDone(job),))


def test_until_then_a_withdrawal_a_no_and_the_end_of_the_round_end_it() -> None:
    assert HELD.free_places(HELD.applications[f"{BEN}-mentor"]) == 0, "it keeps its places"
    left = withdraw(HELD, HELD.applications[f"{ADA}-mentee"], by=ADA)
    declined = answer_offer(HELD, HELD.matches[ID], by=ADA, accepts=False, now=BEFORE, new_id="s1")
    closed = close_cohort(HELD, START.id, by=OWNER, now=BEFORE)
    for outcome, state in (
        (left, MatchState.OVERTAKEN),
        (declined, MatchState.DECLINED),
        (closed, MatchState.CLOSED),
    ):
        assert [each.state for each in changed(outcome, Match)] == [state]
        assert runs(after(HELD, outcome), "2027-02-15T09:00") == Outcome((JobDone(JOB),))


def test_a_rule_that_is_broken_by_the_start_ends_it_and_the_owners_read_which() -> None:
    narrow = replace(HELD, applications={**HELD.applications, f"{BEN}-mentor": mentor(BEN, "Job search")})
    outcome = runs(narrow, "2027-02-15T09:00")
    assert changed(outcome, Partnership) == []
    assert [each.state for each in changed(outcome, Match)] == [MatchState.OVERTAKEN]
    (to_owner,) = (each for each in outcome.notifications if each.recipient == OWNER)
    assert to_owner.refs["why"] == HardRule.NO_SHARED_TOPIC


@pytest.mark.parametrize("asks", [True, False])
def test_matches_that_are_sent_without_asking_wait_too_and_both_are_told(asks: bool) -> None:
    programme = replace(AT_START, ask_first=asks)
    round_ = round_of(mentee(ADA), mentor(BEN), matches=[match(approvals=(OWNER,))], programme=programme, cohort=START)
    outcome = release(round_, by=OWNER, now=BEFORE, new_id=lambda: "s1")
    (sent,) = changed(outcome, Match)
    assert changed(outcome, Partnership) == []
    assert (sent.state, sent.awaits_start) == (MatchState.OFFERED, not asks)
    kind = NotificationKind.MATCH_OFFERED if asks else NotificationKind.MATCH_AGREED
    assert told(outcome) == [(kind, ADA), (kind, BEN)]


def test_owners_can_take_it_back_until_the_introduction_and_both_hear_the_same() -> None:
    outcome = recall(HELD, HELD.matches[ID], by=OWNER, now=BEFORE)
    assert [each.state for each in changed(outcome, Match)] == [MatchState.RECALLED]
    ada, ben = (notice_to(outcome, each) for each in (ADA, BEN))
    assert (ada.kind, ada.refs) == (ben.kind, ben.refs) == (NotificationKind.OFFER_OVER, {"match": ID})
    gone = after(HELD, outcome)
    assert runs(gone, "2027-02-15T09:00") == Outcome((JobDone(JOB),))
    assert gone.broken_rule(gone.applications[f"{ADA}-mentee"], gone.applications[f"{BEN}-mentor"]) is None


def test_an_agreed_match_has_nothing_to_remind_of_or_to_extend() -> None:
    held = HELD.matches[ID]
    assert held.answer_by is not None
    with pytest.raises(AlreadyAgreed):
        remind(HELD, held, by=OWNER, now=BEFORE, reminded=False)
    with pytest.raises(AlreadyAgreed):
        extend(HELD, held, held.answer_by.isoformat(), by=OWNER, now=BEFORE)
    with pytest.raises(AlreadyAccepted) as twice:
        answer_offer(HELD, held, by=ADA, accepts=True, now=BEFORE, new_id="s1")
    assert twice.value.introduced, "no answer is missing"


@pytest.mark.parametrize("owners", [(SECOND,), (OWNER, SECOND), (ADA,), ()])
def test_it_survives_other_owners_and_another_number_of_approvals(owners: tuple[str, ...]) -> None:
    other = replace(HELD, owners=owners, programme=replace(AT_START, approvals=1))
    assert len(changed(runs(other, "2027-02-15T09:00"), Partnership)) == 1


def test_nobody_is_introduced_to_a_closed_account() -> None:
    away = replace(person(BEN), account_status=AccountStatus.DEACTIVATED, left_at=BEFORE)
    outcome = runs(replace(HELD, people={**HELD.people, BEN: away}), "2027-02-15T09:00")
    assert changed(outcome, Partnership) == []
    assert [each.state for each in changed(outcome, Match)] == [MatchState.OVERTAKEN]
