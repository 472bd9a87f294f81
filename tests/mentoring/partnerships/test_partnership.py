"""How long a partnership lasts, and ending it without blame (D2.9)."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.applications.application import Application, return_to_pool
from mentoring.core.errors import NotForYou
from mentoring.core.outcome import NOTHING, NotificationKind, Outcome
from mentoring.partnerships.endings import allow_rematch, close, decline_rematch, end
from mentoring.partnerships.errors import AlreadyBack, AlreadyEnded, StillRunning
from mentoring.partnerships.partnership import Partnership, PartnershipState, check_partner
from tests.mentoring.factories import (
    ADA,
    BEN,
    CHI,
    OWNER,
    SECOND,
    STARTED,
    changed,
    mentee,
    partnership,
    told,
    withdrawn,
)
from tests.mentoring.values import COHORT, at

LATER = STARTED + timedelta(days=80)
OWNERS = (OWNER, SECOND)
OVER = (PartnershipState.ENDED, PartnershipState.CLOSED)


@pytest.mark.parametrize(
    ("introduced", "months", "check_in", "ends"),
    [
        ("2027-01-04T10:00", 12, "2027-07-04", "2028-01-04"),
        ("2027-01-04T10:00", 9, "2027-07-04", "2027-10-04"),
        ("2027-01-04T10:00", 8, "2027-05-05", "2027-09-04"),
        ("2027-01-04T10:00", 6, "2027-04-04", "2027-07-04"),
        ("2027-08-31T10:00", 6, "2027-11-30", "2028-02-29"),
        ("2026-08-31T10:00", 6, "2026-11-29", "2027-02-28"),
        ("2028-02-29T10:00", 12, "2028-08-29", "2029-02-28"),
        ("2027-08-29T23:59", 12, "2028-02-29", "2028-08-29"),
        ("2027-10-31T00:00", 12, "2028-04-30", "2028-10-31"),
    ],
)
def test_the_check_in_is_after_six_months_or_half_way_and_the_end_after_those_agreed(
    introduced: str, months: int, check_in: str, ends: str
) -> None:
    found = partnership(months=months, introduced_at=at(introduced))
    assert (found.check_in_on, found.ends_on) == (date.fromisoformat(check_in), date.fromisoformat(ends))


@given(st.dates(date(2026, 1, 1), date(2032, 12, 31)), st.integers(1, 12))
def test_the_check_in_lies_well_between_the_start_and_the_end(day: date, months: int) -> None:
    found = partnership(months=months, introduced_at=at(f"{day}T10:00"))
    assert found.started_on < found.check_in_on < found.ends_on
    if months >= 6:
        assert found.check_in_on - found.started_on > timedelta(days=85)
        assert found.ends_on - found.check_in_on > timedelta(days=85)


@pytest.mark.parametrize("by", [ADA, BEN, OWNER])
def test_either_of_the_two_or_an_owner_ends_it_and_no_reason_is_owed(by: str) -> None:
    outcome = end(partnership(), by=by, owners=OWNERS, now=LATER)
    assert changed(outcome, Partnership) == [partnership(state=PartnershipState.ENDED, over_at=LATER, version=2)]
    assert told(outcome) == [(NotificationKind.PARTNERSHIP_ENDED, ADA), (NotificationKind.PARTNERSHIP_ENDED, BEN)]


def test_what_is_kept_and_what_both_hear_is_the_same_whoever_ended_it() -> None:
    outcomes = [end(partnership(), by=by, owners=OWNERS, now=LATER) for by in (ADA, BEN, OWNER, SECOND)]
    assert all(outcome == outcomes[0] for outcome in outcomes)
    one, other = outcomes[0].notifications
    assert (one.kind, one.refs, one.is_reply) == (other.kind, other.refs, other.is_reply)


@pytest.mark.parametrize("by", [CHI, ""])
def test_nobody_else_ends_it_and_nobody_else_goes_back(by: str) -> None:
    for state in PartnershipState:
        with pytest.raises(NotForYou):
            end(partnership(state=state), by=by, owners=OWNERS, now=LATER)
        with pytest.raises(NotForYou):
            return_to_pool(partnership(state=state), by=by, sent=mentee(ADA), cohort=COHORT)
        with pytest.raises(NotForYou):
            check_partner(partnership(state=state), by)


@pytest.mark.parametrize("state", OVER)
def test_what_is_over_is_not_ended_or_closed_again(state: PartnershipState) -> None:
    over = partnership(state=state, over_at=LATER)
    with pytest.raises(AlreadyEnded):
        end(over, by=ADA, owners=OWNERS, now=LATER)
    assert close(over, now=LATER) == NOTHING


def test_at_its_agreed_end_it_is_closed_with_the_same_thanks_to_both() -> None:
    outcome = close(partnership(), now=LATER)
    assert changed(outcome, Partnership) == [partnership(state=PartnershipState.CLOSED, over_at=LATER, version=2)]
    assert told(outcome) == [(NotificationKind.PARTNERSHIP_CLOSED, ADA), (NotificationKind.PARTNERSHIP_CLOSED, BEN)]


def back(over: Partnership, by: str, sent: Application | None = None, **facts: Any) -> Outcome:
    return return_to_pool(over, by=by, sent=sent, cohort=facts.pop("cohort", COHORT), **facts)


@pytest.mark.parametrize("state", OVER)
def test_each_goes_back_to_the_pool_for_themself_once(state: PartnershipState) -> None:
    over = partnership(state=state)
    (ada_back,) = changed(back(over, ADA), Partnership)
    assert told(back(over, ADA)) == [(NotificationKind.BACK_IN_POOL, ADA)]
    assert (ada_back.takes_place_of(ADA), ada_back.takes_place_of(BEN)) == (False, True)
    with pytest.raises(AlreadyBack):
        back(ada_back, ADA)
    (both_back,) = changed(back(ada_back, BEN), Partnership)
    assert (both_back.back, both_back.version) == ((ADA, BEN), 3)


def test_nobody_goes_back_while_it_runs() -> None:
    with pytest.raises(StillRunning):
        back(partnership(), ADA)
    assert partnership().takes_place_of(ADA)


def test_who_goes_back_in_a_later_cohort_brings_their_application_along() -> None:
    later = replace(COHORT, id="c2")
    outcome = back(partnership(state=PartnershipState.CLOSED), ADA, mentee(ADA), cohort=later)
    assert changed(outcome, Application) == [replace(mentee(ADA), cohort_id="c2", version=2)]


@pytest.mark.parametrize(
    ("sent", "facts"),
    [
        (None, {}),
        (mentee(ADA), {"cohort": COHORT}),
        (withdrawn(mentee(ADA)), {}),
        (mentee(ADA), {"is_there": True}),
    ],
    ids=["it was erased", "it is in this cohort", "it was withdrawn", "another one is there"],
)
def test_an_application_is_not_brought_along_where(sent: Application | None, facts: dict[str, Any]) -> None:
    over = partnership(state=PartnershipState.ENDED)
    outcome = back(over, ADA, sent, **{"cohort": replace(COHORT, id="c2"), **facts})
    assert changed(outcome, Application) == []
    assert told(outcome) == [(NotificationKind.BACK_IN_POOL, ADA)]


@pytest.mark.parametrize("state", OVER)
@pytest.mark.parametrize("by", [ADA, BEN])
def test_each_of_the_two_may_say_once_it_is_over_that_they_would_rather_not_again_and_nobody_is_told(
    state: PartnershipState, by: str
) -> None:
    over = partnership(state=state)
    outcome = decline_rematch(over, by=by)
    assert outcome == Outcome((replace(over, declined_rematch=(by,), version=2),))
    (said,) = changed(outcome, Partnership)
    assert decline_rematch(said, by=by) == NOTHING
    assert allow_rematch(said, by=by) == Outcome((replace(over, version=3),))
    assert allow_rematch(over, by=by) == NOTHING


def test_what_one_takes_back_the_other_has_still_said() -> None:
    both = partnership(state=PartnershipState.ENDED, declined_rematch=(ADA, BEN))
    (left,) = changed(allow_rematch(both, by=ADA), Partnership)
    assert left.declined_rematch == (BEN,)


@pytest.mark.parametrize("says", [decline_rematch, allow_rematch])
def test_nobody_else_says_so_and_nobody_while_it_runs(says: Any) -> None:
    for by in (CHI, OWNER, ""):
        with pytest.raises(NotForYou):
            says(partnership(state=PartnershipState.ENDED), by=by)
    with pytest.raises(StillRunning):
        says(partnership(), by=ADA)
