"""Proposing matches: asked for once, told of once a day, and given up with a word to who asked."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentoring.core.errors import CohortOver, NotForYou
from mentoring.core.outcome import PROMPT_FOR, Notification, NotificationKind, Outcome
from mentoring.core.owners import OPERATOR
from mentoring.matching.errors import AlreadyProposing
from mentoring.matching.review import ProposalRun, abandon_run, complete_run, request_proposals
from tests.mentoring.factories import ADA, BEN, CHI, DEE, OWNER, SECOND, STARTED, THIRD, match, mentee, mentor, round_of
from tests.mentoring.values import COHORT

OWNERS = (OWNER, SECOND, THIRD)
FOUR = (mentee(ADA), mentor(BEN), mentee(CHI), mentor(DEE))
ASKED = ProposalRun(COHORT.id, asked_by=OWNER, asked_at=STARTED)
SOON, LATE = STARTED + timedelta(minutes=1), STARTED + PROMPT_FOR + timedelta(minutes=1)


def solving_of(outcome: Outcome) -> ProposalRun:
    (found,) = [change for change in outcome.changes if isinstance(change, ProposalRun)]
    return found


def told(outcome: Outcome) -> list[Notification]:
    return sorted(outcome.notifications, key=lambda notice: notice.recipient)


def test_who_asks_sees_in_their_message_how_it_goes_and_nobody_else_is_told() -> None:
    outcome = request_proposals(None, COHORT, OWNERS, by=OWNER, now=STARTED)
    assert solving_of(outcome) == ASKED
    assert told(outcome) == [
        Notification(f"desk:{COHORT.id}:{OWNER}", NotificationKind.REVIEW, OWNER, {"cohort": COHORT.id}, is_reply=True)
    ]


@pytest.mark.parametrize("by", OWNERS)
def test_while_it_is_being_done_nobody_asks_again(by: str) -> None:
    with pytest.raises(AlreadyProposing) as refused:
        request_proposals(ASKED, COHORT, OWNERS, by=by, now=LATE)
    assert refused.value.since == STARTED


def test_only_an_owner_asks_and_not_in_a_round_that_is_closed() -> None:
    with pytest.raises(NotForYou):
        request_proposals(None, COHORT, OWNERS, by=ADA, now=STARTED)
    with pytest.raises(CohortOver):
        request_proposals(None, replace(COHORT, closed_on=STARTED.date()), OWNERS, by=OWNER, now=STARTED)


def test_what_came_of_it_is_counted_by_who_goes_with_whom() -> None:
    before = round_of(*FOUR, matches=(match(ADA, BEN), match(CHI, DEE)), owners=OWNERS)
    proposed = (match(ADA, BEN, id="new", score=1), match(CHI, BEN, id="other"))
    done = solving_of(complete_run(ASKED, before, proposed, by=OWNER, now=SOON))
    assert (done.added, done.kept) == (("other",), 1)
    assert [before.matches[gone].people for gone in done.gone] == [(CHI, DEE)]
    assert (done.asked_at, done.asked_by, done.done_by, done.done_at) == (None, "", OWNER, SOON)
    assert done.version == ASKED.version + 1


def test_the_other_owners_hear_of_something_new_and_of_nothing_else() -> None:
    round_ = round_of(*FOUR, owners=OWNERS)
    news = told(complete_run(ASKED, round_, (match(ADA, BEN),), by=OWNER, now=SOON))
    about = {"cohort": COHORT.id, "day": SOON.date().isoformat()}
    assert [(notice.recipient, notice.refs, notice.due) for notice in news] == [
        (owner, about, None) for owner in sorted((SECOND, THIRD))
    ]
    as_before = round_of(*FOUR, matches=(match(ADA, BEN),), owners=OWNERS)
    assert told(complete_run(ASKED, as_before, (match(ADA, BEN, id="new", score=1),), by=OWNER, now=SOON)) == []
    assert told(complete_run(ASKED, as_before, (), by=OWNER, now=SOON)) == []


def test_what_the_operator_proposes_is_told_to_all_owners() -> None:
    news = told(complete_run(None, round_of(*FOUR, owners=OWNERS), (match(ADA, BEN),), by=OPERATOR, now=SOON))
    assert {notice.recipient for notice in news} == set(OWNERS)


def test_what_came_of_it_long_after_it_was_asked_for_waits_for_working_hours() -> None:
    news = told(complete_run(ASKED, round_of(*FOUR, owners=OWNERS), (match(ADA, BEN),), by=OWNER, now=LATE))
    assert {notice.due for notice in news} == {LATE}


def test_who_asked_in_vain_is_told_once_unless_it_has_become_pointless() -> None:
    outcome = abandon_run(ASKED, tell=True)
    assert [(notice.kind, notice.recipient) for notice in outcome.notifications] == [
        (NotificationKind.NOT_PROPOSED, OWNER)
    ]
    assert solving_of(outcome).asked_at is None
    assert abandon_run(ASKED, tell=False).notifications == ()
    assert abandon_run(replace(ASKED, asked_by=""), tell=True).notifications == (), "they were forgotten meanwhile"
