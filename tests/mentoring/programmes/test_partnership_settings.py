"""Lengths, rhythm, places and introductions: what owners may choose."""

from dataclasses import replace
from typing import Any

import pytest

from mentoring.core.errors import MentoringError, Missing, NoLongerOffered, OutOfRange
from mentoring.core.fields import FieldName
from mentoring.core.lengths import LENGTHS, Length
from mentoring.programmes.partnership_settings import (
    IntroductionsForm,
    PartnershipsForm,
    introductions_errors,
    partnerships_errors,
)
from tests.mentoring.factories import ADA, BEN, CHI, mentee, mentor, partnership, round_of
from tests.mentoring.values import PROGRAMME

USUAL = PartnershipsForm(LENGTHS, 2, 1, 12, 3)


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"lengths": ()}, Missing(FieldName.LENGTHS)),
        ({"lengths": (Length(weeks=5),)}, NoLongerOffered(FieldName.LENGTHS)),
        ({"first_month": 5}, OutOfRange(FieldName.FIRST_MONTH, 1, 4)),
        ({"monthly": 0}, OutOfRange(FieldName.MONTHLY, 1, 4)),
        ({"service_months": 121}, OutOfRange(FieldName.SERVICE, 0, 120)),
        ({"most_places": 6}, OutOfRange(FieldName.MOST_PLACES, 1, 5)),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(wrong: dict[str, Any], reason: MentoringError) -> None:
    assert list(partnerships_errors(PROGRAMME, replace(USUAL, **wrong))) == [reason]


def test_values_that_stand_are_not_refused() -> None:
    own = replace(PROGRAMME, lengths=(Length(weeks=5),), most_places=9, service_months=240)
    assert list(partnerships_errors(own, PartnershipsForm(own.lengths, 2, 1, 240, 9))) == []


@pytest.mark.parametrize(("approvals", "wrong"), [(0, True), (1, False), (2, False), (3, True)])
def test_one_or_two_owners_approve(approvals: int, wrong: bool) -> None:
    form = IntroductionsForm(approvals, ask_first=True, introduces_at_start=False)
    assert bool(list(introductions_errors(form))) is wrong


def test_a_mentor_who_offered_more_places_gets_no_more_partners_than_the_programme_allows() -> None:
    two = [partnership(ADA, BEN, id="s1"), partnership(CHI, BEN, id="s2")]
    ben = mentor(BEN, places=3)
    for most, free in ((3, 1), (2, 0), (1, 0)):
        round_ = round_of(
            mentee(ADA), mentee(CHI), ben, partnerships=two, programme=replace(PROGRAMME, most_places=most)
        )
        assert round_.free_places(ben) == free
