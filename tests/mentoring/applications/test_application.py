"""Taking an application back."""

from dataclasses import replace

import pytest

from mentoring.applications.application import ApplicationState, PrivateAnswers, Role, share_hopes, withdraw
from mentoring.applications.errors import AlreadyWithdrawn, NoSuchApplication
from mentoring.core.errors import NotForYou
from mentoring.core.outcome import NotificationKind
from tests.mentoring.values import COHORT, NOON, OFFER, REQUEST, application, at, kept, person, send


def test_it_is_withdrawn_and_the_applicant_hears_of_it_at_once() -> None:
    outcome = withdraw(application(), by="U0ADA")
    assert outcome.changes == (application(state=ApplicationState.WITHDRAWN, version=2),)
    (notice,) = outcome.notifications
    assert (notice.kind, notice.recipient, dict(notice.refs)) == (
        NotificationKind.APPLICATION_WITHDRAWN,
        "U0ADA",
        {"application": "a1"},
    )
    assert notice.is_reply
    assert notice.due is None


def test_nobody_else_can_withdraw_it_not_even_once_it_is_withdrawn() -> None:
    for state in ApplicationState:
        with pytest.raises(NotForYou):
            withdraw(application(state=state), by="U0BEN")


def test_it_is_withdrawn_once_only() -> None:
    with pytest.raises(AlreadyWithdrawn):
        withdraw(application(state=ApplicationState.WITHDRAWN), by="U0ADA")


def test_withdrawing_and_sending_again_each_owe_a_receipt_of_their_own() -> None:
    first = send(REQUEST)
    sent, private_answers = kept(first)
    gone = withdraw(sent, by="U0ADA")
    (withdrawn,) = gone.changes
    assert withdrawn == application(state=ApplicationState.WITHDRAWN, version=2)
    again = send(REQUEST, before=(application(state=ApplicationState.WITHDRAWN, version=2), private_answers))
    keys = [notice.key for outcome in (first, gone, again) for notice in outcome.notifications]
    assert len(keys) == len(set(keys)) == 3
    assert again.notifications[0].kind is NotificationKind.APPLICATION_RECEIVED


def test_who_sends_again_after_withdrawing_waits_from_then_on() -> None:
    gone = application(state=ApplicationState.WITHDRAWN, version=2)
    _, private_answers = kept(send(REQUEST))
    later = at("2026-12-22T09:00")
    sent, _ = kept(send(REQUEST, before=(gone, private_answers), now=later))
    assert (sent.id, sent.state, sent.version, sent.sent_at) == ("a1", ApplicationState.OPEN, 3, later)
    assert sent.waits_for_next(COHORT)


def test_a_request_and_an_offer_are_withdrawn_apart() -> None:
    request, offer = kept(send(REQUEST))[0], kept(send(OFFER))[0]
    assert (request.role, offer.role) == (Role.MENTEE, Role.MENTOR)
    (gone,) = withdraw(offer, by="U0ADA").changes
    assert gone != offer
    assert request.state is ApplicationState.OPEN


@pytest.mark.parametrize(
    ("zone", "moment", "waits"),
    [
        ("Europe/London", "2026-12-21T23:59", False),
        ("Europe/London", "2026-12-22T00:00", True),
        ("America/New_York", "2026-12-22T04:59", False),
        ("Asia/Kolkata", "2026-12-21T18:29", False),
        ("Asia/Kolkata", "2026-12-21T18:30", True),
    ],
)
def test_the_deadline_passes_at_the_end_of_the_applicants_own_day(zone: str, moment: str, waits: bool) -> None:
    sent, _ = kept(send(REQUEST, by=person(time_zone=zone), now=at(moment)))
    assert sent.waits_for_next(COHORT) is waits


def test_changing_an_application_after_the_deadline_does_not_put_it_on_the_waiting_list() -> None:
    in_time = kept(send(REQUEST))
    changed, _ = kept(send(replace(REQUEST, months=9), before=in_time, now=at("2026-12-28T09:00")))
    assert (changed.months, changed.sent_at, changed.sent_on) == (9, NOON, NOON.date())
    assert not changed.waits_for_next(COHORT)


@pytest.mark.parametrize(("state", "hopes"), [(ApplicationState.UNCONFIRMED, "To grow."), (ApplicationState.OPEN, "")])
def test_hopes_are_shared_once_there_are_some_in_an_application_that_its_author_has_confirmed(
    state: ApplicationState, hopes: str
) -> None:
    with pytest.raises(NoSuchApplication):
        share_hopes(application(state=state), PrivateAnswers("a1", hopes), by="U0ADA")
    shared = share_hopes(application(), PrivateAnswers("a1", "To grow."), by="U0ADA")
    assert shared.changes == (application(version=2), PrivateAnswers("a1", "To grow.", hopes_shared=True))
