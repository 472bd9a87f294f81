"""Each thing that an application may get wrong, said at the field where it belongs."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mentoring.applications.application import MOST_HOPES, MOST_LANGUAGES, NOT_LISTED, MeetingMode, Role
from mentoring.applications.errors import CannotBeNamed, OutsideSegment, TooShortService, WishedForManager
from mentoring.core.errors import (
    Contradiction,
    InTheFuture,
    MentoringError,
    Missing,
    NoLongerOffered,
    OutOfRange,
    TooLong,
    TooLongAgo,
)
from mentoring.core.fields import FieldName
from mentoring.core.lengths import Length
from mentoring.core.people import AccountStatus, Ineligibility
from mentoring.core.programmes import Segment
from tests.mentoring.values import (
    ADA,
    BOSS,
    COHORT,
    NOON,
    OFFER,
    PROGRAMME,
    REQUEST,
    WISHED,
    at,
    kept,
    person,
    refusals,
    send,
)

LISTED = replace(PROGRAMME, departments=("Cataloguing", "Archives"), grades=("A", "B"))


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"hopes": ""}, Missing(FieldName.HOPES)),
        ({"hopes": "x" * (MOST_HOPES + 1)}, TooLong(FieldName.HOPES, 2000)),
        ({"languages": ""}, Missing(FieldName.LANGUAGES)),
        ({"languages": "-"}, Missing(FieldName.LANGUAGES)),
        ({"languages": "none, n/a"}, Missing(FieldName.LANGUAGES)),
        ({"languages": "x" * (MOST_LANGUAGES + 1)}, TooLong(FieldName.LANGUAGES, 200)),
        ({"topics": ()}, Missing(FieldName.TOPICS)),
        ({"topics": ("Career planning", "Juggling")}, NoLongerOffered(FieldName.TOPICS)),
        ({"ways": ()}, Missing(FieldName.WAYS)),
        ({"months": 0}, Missing(FieldName.MONTHS)),
        ({"months": 5}, NoLongerOffered(FieldName.MONTHS)),
        ({"months": 13}, NoLongerOffered(FieldName.MONTHS)),
        ({"months": 0, "weeks": 6}, NoLongerOffered(FieldName.MONTHS)),
        ({"manager": ""}, Missing(FieldName.MANAGER)),
        ({"no_manager": True}, Contradiction(FieldName.NO_MANAGER, FieldName.MANAGER)),
        ({"manager": ADA.id}, CannotBeNamed(FieldName.MANAGER, ADA.id, Ineligibility.ONESELF)),
        ({"wish": ADA.id}, CannotBeNamed(FieldName.WISH, ADA.id, Ineligibility.ONESELF)),
        ({"read_expectations": False}, Missing(FieldName.EXPECTATIONS)),
        ({"informed_supervisor": False}, Missing(FieldName.SUPERVISOR)),
    ],
)
def test_a_request_is_refused_at_the_field(wrong: dict[str, Any], reason: MentoringError) -> None:
    assert refusals(replace(REQUEST, **wrong)) == (reason,)


@pytest.mark.parametrize(
    "right",
    [
        {"hopes": "x" * MOST_HOPES},
        {"languages": "x" * MOST_LANGUAGES},
        {"months": 6},
        {"months": 12},
        {"topics": PROGRAMME.topics},
        {"ways": tuple(MeetingMode)},
        {"wish": WISHED.id},
        {"manager": "", "no_manager": True},
    ],
)
def test_what_is_just_within_the_rules_is_taken(right: dict[str, Any]) -> None:
    assert refusals(replace(REQUEST, **right)) == ()


@pytest.mark.parametrize("months", [6, 9, 12])
def test_a_programme_may_offer_lengths_of_its_own(months: int) -> None:
    fixed = replace(PROGRAMME, lengths=(Length(9), Length(weeks=6)))
    expected = () if months == 9 else (NoLongerOffered(FieldName.MONTHS),)
    assert refusals(replace(REQUEST, months=months), programme=fixed) == expected
    assert refusals(replace(REQUEST, months=0, weeks=6), programme=fixed) == ()


def test_a_department_and_a_grade_are_asked_for_where_the_programme_lists_them() -> None:
    assert refusals(REQUEST, programme=LISTED) == (Missing(FieldName.DEPARTMENT), Missing(FieldName.GRADE))
    assert refusals(replace(REQUEST, department="Archives", grade="B"), programme=LISTED) == ()


def test_a_choice_that_left_its_list_while_the_form_was_open_is_asked_for_again() -> None:
    form = replace(REQUEST, department="Bindery", grade="Z")
    assert refusals(form, programme=LISTED) == (NoLongerOffered(FieldName.DEPARTMENT), NoLongerOffered(FieldName.GRADE))
    fewer = replace(LISTED, topics=("Job search",))
    chosen = replace(REQUEST, department="Archives", grade="B")
    assert refusals(chosen, programme=fewer) == (NoLongerOffered(FieldName.TOPICS),)


def test_a_choice_from_a_list_that_is_gone_altogether_is_refused_too() -> None:
    form = replace(REQUEST, department="Archives")
    assert refusals(form) == (NoLongerOffered(FieldName.DEPARTMENT),)


@pytest.mark.parametrize("standing", [standing for standing in AccountStatus if standing is not AccountStatus.MEMBER])
def test_the_manager_and_the_wish_are_people_who_could_take_part(standing: AccountStatus) -> None:
    named = {"U0THEM": person("U0THEM", standing)}
    if standing is AccountStatus.UNKNOWN:
        assert refusals(replace(REQUEST, manager="U0THEM"), named=named) == (), "that is checked when Slack has said it"
        return
    why = Ineligibility(standing.value)
    both = refusals(replace(REQUEST, manager="U0THEM", wish="U0THEM"), named=named)
    assert both == (CannotBeNamed(FieldName.MANAGER, "U0THEM", why), CannotBeNamed(FieldName.WISH, "U0THEM", why))


def test_somebody_slack_has_not_told_of_yet_is_accepted_and_checked_later() -> None:
    assert refusals(REQUEST, named={}) == ()


def test_a_guest_may_be_named_where_guests_are_admitted() -> None:
    admitting = replace(PROGRAMME, admits=frozenset({AccountStatus.GUEST}))
    named = {BOSS.id: person(BOSS.id, AccountStatus.GUEST)}
    assert refusals(REQUEST, programme=admitting, named=named) == ()


@pytest.mark.parametrize("places", [1, 2, 3])
def test_a_mentor_offers_one_to_three_places(places: int) -> None:
    assert refusals(replace(OFFER, places=places)) == ()


@pytest.mark.parametrize("places", [-1, 0, 4])
def test_a_mentor_offers_no_other_number_of_places(places: int) -> None:
    assert refusals(replace(OFFER, places=places)) == (OutOfRange(FieldName.PLACES, 1, 3),)


def test_a_mentor_says_since_when_they_are_here() -> None:
    assert refusals(replace(OFFER, started_on=None)) == (Missing(FieldName.STARTED_ON),)


def test_nobody_has_started_tomorrow() -> None:
    assert refusals(replace(OFFER, started_on=date(2026, 11, 26))) == (InTheFuture(FieldName.STARTED_ON),)


def test_nobody_has_been_here_for_more_than_seventy_years() -> None:
    earliest = date(1956, 11, 25)
    assert refusals(replace(OFFER, started_on=date(1850, 1, 1))) == (TooLongAgo(FieldName.STARTED_ON, earliest),)
    assert refusals(replace(OFFER, started_on=date(1956, 11, 24))) == (TooLongAgo(FieldName.STARTED_ON, earliest),)
    assert refusals(replace(OFFER, started_on=earliest)) == ()


def test_the_manager_is_pointed_out_where_they_are_wished_for_too() -> None:
    assert refusals(replace(REQUEST, wish=REQUEST.manager)) == (WishedForManager("mentor"),)
    assert refusals(replace(OFFER, wish=OFFER.manager)) == (WishedForManager("mentee"),)


@pytest.mark.parametrize(
    ("started_on", "today", "welcome_on"),
    [
        (date(2025, 11, 25), "2026-11-25T12:00", None),
        (date(2025, 11, 26), "2026-11-25T12:00", date(2026, 11, 26)),
        (date(2026, 11, 25), "2026-11-25T12:00", date(2027, 11, 25)),
        # A year after 29 February is the last of February.
        (date(2028, 2, 29), "2029-02-27T12:00", date(2029, 2, 28)),
        (date(2028, 2, 29), "2029-02-28T12:00", None),
        (date(2027, 2, 28), "2028-02-28T12:00", None),
        (date(2027, 3, 1), "2028-02-29T12:00", date(2028, 3, 1)),
    ],
)
def test_a_mentor_has_a_year_of_service_to_the_day(started_on: date, today: str, welcome_on: date | None) -> None:
    long = replace(COHORT, opens_on=date(2026, 1, 1), apply_by=date(2029, 6, 1), ends_on=date(2030, 1, 1))
    reasons = refusals(replace(OFFER, started_on=started_on), now=at(today), cohort=long)
    assert reasons == ((TooShortService(12, welcome_on),) if welcome_on else ())


def test_the_year_is_full_when_the_mentors_own_day_begins() -> None:
    offer = replace(OFFER, started_on=date(2025, 11, 26))
    assert refusals(offer, by=person(time_zone="Asia/Kolkata"), now=at("2026-11-25T18:30")) == ()
    assert refusals(offer, by=person(time_zone="Europe/London"), now=at("2026-11-25T18:30")) != ()
    assert refusals(offer, by=person(time_zone="America/New_York"), now=at("2026-11-26T04:59")) != ()


def test_who_started_today_where_they_are_has_not_started_in_the_future() -> None:
    offer = replace(OFFER, started_on=date(2026, 11, 26))
    assert refusals(offer, by=person(time_zone="Asia/Kolkata"), now=at("2026-11-25T18:30")) == (
        TooShortService(12, date(2027, 11, 26)),
    )


@pytest.mark.parametrize(("months", "taken"), [(0, True), (6, True), (24, False)])
def test_how_much_service_is_the_programmes_to_say(months: int, taken: bool) -> None:
    offer = replace(OFFER, started_on=date(2026, 5, 25) if months else NOON.date())
    reasons = refusals(offer, programme=replace(PROGRAMME, service_months=months))
    assert (reasons == ()) is taken


def test_a_mentee_needs_no_service() -> None:
    assert refusals(replace(REQUEST, started_on=NOON.date(), places=7)) == ()


def test_who_is_in_no_listed_department_or_grade_may_say_so_and_none_is_kept() -> None:
    form = replace(REQUEST, department=NOT_LISTED, grade=NOT_LISTED)
    sent, _ = kept(send(form, programme=LISTED))
    assert (sent.department, sent.grade) == ("", "")


def test_a_department_that_happens_to_be_called_so_is_one_like_any_other() -> None:
    programme = replace(PROGRAMME, departments=(NOT_LISTED,))
    sent, _ = kept(send(replace(REQUEST, department=NOT_LISTED), programme=programme))
    assert sent.department == NOT_LISTED


def test_without_a_list_there_is_nothing_not_to_be_on() -> None:
    assert refusals(replace(REQUEST, department=NOT_LISTED)) == (NoLongerOffered(FieldName.DEPARTMENT),)


def test_not_to_be_on_the_list_is_to_be_outside_where_only_some_of_it_may_take_part() -> None:
    programme = replace(LISTED, for_mentees=Segment(departments=("Archives",)))
    form = replace(REQUEST, department=NOT_LISTED, grade="A")
    assert refusals(form, programme=programme) == (OutsideSegment(FieldName.DEPARTMENT, Role.MENTEE, known=True),)


def test_a_mentor_need_not_know_when_they_started_where_nobody_asks_for_service() -> None:
    form = replace(OFFER, started_on=None)
    assert refusals(form) == (Missing(FieldName.STARTED_ON),)
    assert refusals(form, programme=replace(PROGRAMME, service_months=0)) == ()
