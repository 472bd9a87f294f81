"""Sending an application: who may and when, what is kept, and what changes when it is sent again."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.applications.application import ApplicationForm, ApplicationState, MeetingMode, Role
from mentoring.applications.errors import CannotTakePart, CohortClosed
from mentoring.applications.submission import check_open
from mentoring.core.errors import InvalidForm, Missing
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, NotificationKind
from mentoring.core.people import AccountStatus, Ineligibility
from mentoring.core.programmes import TOPICS
from tests.mentoring.values import (
    ADA,
    BOSS,
    COHORT,
    NOON,
    OFFER,
    PROGRAMME,
    REQUEST,
    WISHED,
    application,
    at,
    kept,
    person,
    refusals,
    send,
)


def test_a_request_is_kept_with_what_it_says_in_confidence_apart() -> None:
    sent, private_answers = kept(send(replace(REQUEST, wish=WISHED.id)))
    assert sent == application()
    assert "To find my way." not in repr(sent)
    assert (private_answers.application_id, private_answers.hopes) == (sent.id, "To find my way.")
    assert (private_answers.manager, private_answers.wish) == (BOSS.id, WISHED.id)


def test_an_offer_keeps_the_mentors_service_and_places() -> None:
    sent, _ = kept(send(OFFER))
    assert (sent.role, sent.started_on, sent.places) == (Role.MENTOR, date(2020, 1, 7), 2)


def test_a_request_has_neither_service_nor_places() -> None:
    sent, _ = kept(send(replace(REQUEST, started_on=date(2020, 1, 7), places=3)))
    assert (sent.started_on, sent.places) == (None, 1)


def test_the_applicant_is_owed_a_receipt_at_once() -> None:
    (notice,) = send(REQUEST).notifications
    assert (notice.kind, notice.recipient) == (NotificationKind.APPLICATION_RECEIVED, ADA.id)
    assert dict(notice.refs) == {"application": "a1"}
    assert notice.is_reply
    assert notice.due is None


@pytest.mark.parametrize("form", [REQUEST, OFFER])
def test_sending_the_same_again_changes_and_owes_nothing(form: ApplicationForm) -> None:
    assert send(form, before=kept(send(form)), now=at("2026-12-01T09:00")) == NOTHING


@pytest.mark.parametrize(
    ("form", "change"),
    [
        (REQUEST, {"topics": ("Job search",)}),
        (REQUEST, {"hopes": "Something else."}),
        (REQUEST, {"months": 12}),
        (REQUEST, {"ways": (MeetingMode.VIDEO,)}),
        (REQUEST, {"languages": "Dutch"}),
        (REQUEST, {"wish": WISHED.id}),
        (REQUEST, {"manager": WISHED.id}),
        (OFFER, {"started_on": date(2021, 1, 7)}),
        (OFFER, {"places": 1}),
    ],
)
def test_an_application_is_changed_in_place_and_keeps_its_place_in_the_queue(
    form: ApplicationForm, change: Any
) -> None:
    before = kept(send(form))
    outcome = send(replace(form, **change), before=before, now=at("2026-12-01T09:00"))
    sent, private_answers = kept(outcome)
    assert (sent, private_answers) != before
    assert (sent.id, sent.sent_at, sent.version) == ("a1", NOON, 2)
    (notice,) = outcome.notifications
    assert notice.kind is NotificationKind.APPLICATION_CHANGED
    assert notice.key != send(form).notifications[0].key


def test_changing_there_and_back_owes_a_receipt_each_time() -> None:
    first = send(REQUEST)
    second = send(replace(REQUEST, months=9), before=kept(first))
    third = send(REQUEST, before=kept(second))
    assert len({outcome.notifications[0].key for outcome in (first, second, third)}) == 3


def test_a_confidence_that_was_erased_is_kept_again() -> None:
    sent, private_answers = kept(send(REQUEST))
    outcome = send(REQUEST, before=(sent, replace(private_answers, manager="")))
    assert kept(outcome)[1] == private_answers


def test_one_person_may_be_mentee_and_mentor() -> None:
    request, offer = kept(send(REQUEST))[0], kept(send(OFFER))[0]
    assert {request.person, offer.person} == {ADA.id}
    assert refusals(OFFER) == refusals(REQUEST) == ()


@pytest.mark.parametrize("standing", [standing for standing in AccountStatus if standing is not AccountStatus.MEMBER])
def test_who_may_not_take_part_hears_only_that(standing: AccountStatus) -> None:
    empty = replace(REQUEST, hopes="", topics=(), manager="")
    assert refusals(empty, by=person(standing=standing)) == (CannotTakePart(Ineligibility(standing.value)),)


@pytest.mark.parametrize("standing", [AccountStatus.GUEST, AccountStatus.STRANGER])
def test_guests_and_strangers_apply_where_the_programme_admits_them(standing: AccountStatus) -> None:
    programme = replace(PROGRAMME, admits=frozenset({standing}))
    sent, _ = kept(send(REQUEST, by=person(standing=standing), programme=programme))
    assert sent.state is ApplicationState.OPEN


def test_before_it_opens_one_hears_when_it_does() -> None:
    empty = replace(REQUEST, hopes="")
    assert refusals(empty, now=at("2026-11-22T23:59")) == (CohortClosed(COHORT.opens_on),)


def test_it_opens_on_the_applicants_own_day() -> None:
    assert refusals(REQUEST, by=person(time_zone="Asia/Kolkata"), now=at("2026-11-22T18:30")) == ()
    early = refusals(REQUEST, by=person(time_zone="America/New_York"), now=at("2026-11-23T04:59"))
    assert early == (CohortClosed(COHORT.opens_on),)


def test_the_waiting_list_is_open_to_the_last_day_of_the_round() -> None:
    assert refusals(REQUEST, now=at("2028-01-04T23:59")) == ()
    assert refusals(REQUEST, now=at("2028-01-05T00:00")) == (CohortClosed(None),)


@pytest.mark.parametrize("day", [COHORT.opens_on, COHORT.apply_by, COHORT.starts_on, COHORT.ends_on])
def test_the_first_and_the_last_day_are_open(day: date) -> None:
    check_open(COHORT, day)


def test_what_is_wrong_is_said_all_at_once() -> None:
    nothing = ApplicationForm(Role.MENTOR, (), "", 0, (), "", places=0)
    with pytest.raises(InvalidForm) as refused:
        send(nothing)
    assert [getattr(reason, "field", None) for reason in refused.value.reasons] == [
        FieldName.HOPES,
        FieldName.LANGUAGES,
        FieldName.TOPICS,
        FieldName.WAYS,
        FieldName.MONTHS,
        FieldName.MANAGER,
        FieldName.STARTED_ON,
        FieldName.PLACES,
        FieldName.EXPECTATIONS,
        FieldName.SUPERVISOR,
    ]


def test_a_refusal_keeps_what_was_typed_to_itself() -> None:
    form = replace(REQUEST, hopes="secret " * 400, languages="secret", topics=("secret topic",))
    assert "secret" not in repr(refusals(form))


def test_expectations_are_read_and_the_supervisor_informed() -> None:
    assert refusals(replace(REQUEST, read_expectations=False)) == (Missing(FieldName.EXPECTATIONS),)
    assert refusals(replace(REQUEST, informed_supervisor=False)) == (Missing(FieldName.SUPERVISOR),)


WORDS = st.text(min_size=1, max_size=40)
FORMS = st.builds(
    ApplicationForm,
    role=st.sampled_from(Role),
    topics=st.lists(st.sampled_from(TOPICS), min_size=1, unique=True).map(tuple),
    hopes=WORDS,
    months=st.integers(6, 12),
    ways=st.lists(st.sampled_from(MeetingMode), min_size=1, unique=True).map(tuple),
    languages=WORDS.map("English, {}".format),
    manager=st.just(BOSS.id),
    wish=st.sampled_from(("", WISHED.id)),
    started_on=st.dates(date(1970, 1, 1), date(2025, 11, 25)),
    places=st.integers(1, 3),
    read_expectations=st.just(True),
    informed_supervisor=st.just(True),
)


@given(FORMS)
def test_whatever_was_sent_is_a_no_op_when_sent_again(form: ApplicationForm) -> None:
    assert send(form, before=kept(send(form)), now=at("2026-12-24T09:00")) == NOTHING


@given(FORMS, FORMS)
def test_the_last_of_two_sendings_stands(one: ApplicationForm, other: ApplicationForm) -> None:
    other = replace(other, role=one.role)
    first = kept(send(one))
    sent, private_answers = kept(send(other)) if one != other else first
    outcome = send(other, before=first)
    if outcome == NOTHING:
        assert first == (sent, private_answers)
    else:
        assert kept(outcome) == (replace(sent, version=2), private_answers)
