"""The last page of the closing survey: who may send it, once, and what becomes of it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentoring.applications.application import Application, ApplicationState
from mentoring.closure import (
    MOST_THANKS,
    Closure,
    ClosureForm,
    ThankYou,
    change_naming,
    check_closure,
    go_on,
    record_closure,
)
from mentoring.core.errors import InvalidForm, MentoringError, NotForYou, OutOfRange, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, NotificationKind, Outcome
from mentoring.partnerships.errors import AlreadyEnded, NobodyToThank, NotAsked
from mentoring.partnerships.partnership import Partnership, PartnershipState
from tests.mentoring.factories import ADA, BEN, CHI, changed, mentor, partnership, told
from tests.mentoring.values import COHORT, at, person

NOW = at("2028-01-05T12:00")
FORM = ClosureForm("Thank you.", 2, is_named=True)
CLOSED = partnership(state=PartnershipState.CLOSED)


def record(form: ClosureForm = FORM, by: str = BEN, before: Closure | None = None, thanked: str = "") -> Outcome:
    return record_closure(partnership(), form, by=person(by), before=before, thanked=thanked, most_places=3, now=NOW)


def test_it_is_kept_and_the_other_gets_the_thank_you() -> None:
    outcome = record()
    assert outcome.changes == (Closure("s1", BEN, True, 2, NOW), ThankYou("s1", BEN, "Thank you."))
    assert told(outcome) == [(NotificationKind.THANK_YOU, ADA)]


def test_what_helped_goes_with_the_thank_you_if_they_say_so() -> None:
    def words(form: ClosureForm, helps: str) -> list[str]:
        outcome = record_closure(
            partnership(), form, by=person(ADA), before=None, thanked="", most_places=3, now=NOW, helps=helps
        )
        assert len(told(outcome)) == len(changed(outcome, ThankYou))
        return [each.words for each in changed(outcome, ThankYou)]

    assert words(ClosureForm("Thank you.", sends_helps=True), "Time.") == ["Thank you.\n\nTime."]
    assert words(ClosureForm(sends_helps=True), "Time.") == ["Time."]
    assert words(ClosureForm("Thank you."), "Time.") == ["Thank you."]
    assert words(ClosureForm(sends_helps=True), "") == []
    with pytest.raises(InvalidForm) as refused:
        words(ClosureForm("x" * 999, sends_helps=True), "x" * 2000)
    assert refused.value.reasons == (TooLong(FieldName.THANKS, 998),)
    assert len(words(ClosureForm("x" * 998, sends_helps=True), "x" * 2000)[0]) == 3000


def test_only_a_mentor_goes_on_and_without_words_nobody_is_told() -> None:
    assert record(replace(FORM, thanks=""), by=ADA) == Outcome((Closure("s1", ADA, True, None, NOW),))


def test_the_same_again_is_once_and_something_else_is_refused() -> None:
    (kept,) = changed(record(), Closure)
    assert record(before=kept, thanked="Thank you.") == NOTHING
    with pytest.raises(NotAsked):
        record(replace(FORM, thanks="More."), before=kept, thanked="Thank you.")


def test_being_named_can_be_taken_back() -> None:
    (kept,) = changed(record(), Closure)
    assert change_naming(kept, is_named=False) == Outcome((replace(kept, is_named=False),))
    assert change_naming(kept, is_named=True) == NOTHING


def test_a_thank_you_to_who_was_erased_is_refused_and_the_rest_is_not() -> None:
    alone = replace(CLOSED, mentee="")

    def sends(form: ClosureForm) -> Outcome:
        return record_closure(alone, form, by=person(BEN), before=None, thanked="", most_places=3, now=NOW)

    with pytest.raises(InvalidForm) as caught:
        sends(FORM)
    assert caught.value.reasons == (NobodyToThank(FieldName.THANKS),)
    assert sends(replace(FORM, thanks="")) == Outcome((Closure("s1", BEN, True, 2, NOW),))


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        (ClosureForm("x" * (MOST_THANKS + 1)), TooLong(FieldName.THANKS, MOST_THANKS)),
        (ClosureForm(places=4), OutOfRange(FieldName.PLACES_AGAIN, 0, 3)),
    ],
)
def test_what_is_wrong_is_said_at_its_field(form: ClosureForm, reason: MentoringError) -> None:
    with pytest.raises(InvalidForm) as caught:
        record(form)
    assert caught.value.reasons == (reason,)


@pytest.mark.parametrize(
    ("state", "by", "has_met", "has_answered", "refusal"),
    [
        (PartnershipState.ACTIVE, ADA, True, True, None),
        (PartnershipState.CLOSED, ADA, True, False, None),
        (PartnershipState.ACTIVE, ADA, True, False, NotAsked),
        (PartnershipState.CLOSED, ADA, False, True, NotAsked),
        (PartnershipState.ENDED, ADA, True, True, None),
        (PartnershipState.ENDED, ADA, True, False, AlreadyEnded),
        (PartnershipState.CLOSED, CHI, True, True, NotForYou),
    ],
)
def test_it_is_open_after_the_survey_and_once_it_has_closed(
    state: PartnershipState, by: str, has_met: bool, has_answered: bool, refusal: type[MentoringError] | None
) -> None:
    one = partnership(state=state)
    if refusal is None:
        return check_closure(one, by, has_met=has_met, has_answered=has_answered)
    with pytest.raises(refusal):
        check_closure(one, by, has_met=has_met, has_answered=has_answered)


def going_on(
    one: Partnership, places: int | None, sent: Application | None, there: Application | None = None
) -> Outcome:
    return go_on(one, Closure("s1", BEN, True, places, NOW), sent=sent, cohort=COHORT, there=there)


def test_a_mentor_who_goes_on_is_back_with_as_many_places() -> None:
    sent = mentor(BEN, places=1)
    outcome = going_on(CLOSED, 2, sent)
    assert [one.back for one in changed(outcome, Partnership)] == [(BEN,)]
    assert changed(outcome, Application) == [replace(sent, places=2, version=sent.version + 1)]
    older = replace(sent, cohort_id="c0")
    assert changed(going_on(CLOSED, 2, older), Application) == [replace(sent, places=2, version=sent.version + 1)]
    assert changed(going_on(CLOSED, 1, sent), Application) == []


def test_who_has_applied_again_goes_on_with_that_application() -> None:
    older, there = replace(mentor(BEN), id="a0", cohort_id="c0"), mentor(BEN, places=1)
    assert changed(going_on(CLOSED, 2, older, there), Application) == [replace(there, places=2, version=2)]
    later = replace(there, sent_at=NOW + timedelta(hours=1))
    assert changed(going_on(CLOSED, 2, older, later), Application) == [], "they have said it since"
    withdrawn = replace(there, state=ApplicationState.WITHDRAWN)
    assert going_on(CLOSED, 2, older, withdrawn) == NOTHING


@pytest.mark.parametrize("places", [0, None])
def test_who_does_not_go_on_stays_as_they_are(places: int | None) -> None:
    assert going_on(CLOSED, places, mentor(BEN)) == NOTHING


def test_who_is_back_already_or_has_withdrawn_is_left_alone() -> None:
    assert going_on(replace(CLOSED, back=(BEN,)), 2, mentor(BEN)) == NOTHING
    assert going_on(CLOSED, 2, replace(mentor(BEN), state=ApplicationState.WITHDRAWN)) == NOTHING
    assert going_on(CLOSED, 2, None) == NOTHING
