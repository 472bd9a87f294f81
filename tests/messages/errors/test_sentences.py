"""Every refusal has a sentence."""

from datetime import date

import pytest

from mentoring.applications.application import Role
from mentoring.applications.errors import TooShortService
from mentoring.applications.submission import submit_application
from mentoring.core.errors import ChangedMeanwhile, InvalidForm, MentoringError, Missing, OutOfRange
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.partnerships.errors import NotAsked
from messages import errors
from messages.applications import parse
from messages.ids import OPEN_REQUEST
from messages.payloads import limits
from tests.golden.refusals_said import REFUSALS
from tests.messages.examples import ADA, CLEO, COHORT, CUSTOM, OWEN, PLAIN, REQUEST, member
from tests.messages.pressing import buttons

MOST_WORDS = 25


def every_refusal() -> set[type[MentoringError]]:
    found: set[type[MentoringError]] = set()
    left = [MentoringError]
    while left:
        below = left.pop().__subclasses__()
        found.update(below)
        left += below
    return {each for each in found if each.__module__.startswith("mentoring.")}


def test_every_refusal_has_a_sentence_of_its_own() -> None:
    assert {type(refusal) for refusal in REFUSALS} == every_refusal()
    general = errors.sentence_for(MentoringError(), PLAIN)
    for refusal in REFUSALS:
        assert errors.sentence_for(refusal, PLAIN) != general, refusal


@pytest.mark.parametrize("programme", [PLAIN, CUSTOM, None])
@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: type(refusal).__name__)
def test_sentences_are_sentences(refusal: MentoringError, programme: Programme | None) -> None:
    for said in (errors.sentence_for(refusal, programme), errors.plain_sentence(refusal, programme)):
        assert said[0].isupper() or said.startswith("<@")
        assert "!" not in said.replace("<!date^", "")
        assert "None" not in said
        assert said.endswith((".", "https://"))


@pytest.mark.parametrize("programme", [PLAIN, CUSTOM])
@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: type(refusal).__name__)
def test_a_refusal_is_short_and_asks_without_please(refusal: MentoringError, programme: Programme) -> None:
    for said in (errors.sentence_for(refusal, programme), errors.plain_sentence(refusal, programme)):
        assert len(said.split()) <= MOST_WORDS, said
        assert "please" not in said.lower()


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: type(refusal).__name__)
def test_the_title_of_a_refusal_fits_a_dialog(refusal: MentoringError) -> None:
    assert 0 < len(errors.title_for(refusal)) <= limits.VIEW_TITLE


def test_a_title_names_the_subject_where_it_is_known() -> None:
    assert errors.title_for(NotAsked(answered=True)) == "Already answered"
    assert errors.title_for(NotAsked()) == errors.NOT_POSSIBLE


@pytest.mark.parametrize("refusal", REFUSALS, ids=lambda refusal: type(refusal).__name__)
def test_at_a_field_nobody_is_mentioned_since_it_would_not_show_as_a_name(refusal: MentoringError) -> None:
    assert "<@" not in errors.plain_sentence(refusal, PLAIN)


def test_too_short_a_service_says_when_it_is_long_enough() -> None:
    said = errors.sentence_for(TooShortService(12, date(2027, 3, 3)), CUSTOM)
    assert "Guides" in said
    assert "at least a year" in said
    assert "on 3 March 2027" in said


def test_a_refusal_speaks_the_programmes_words() -> None:
    assert "explorers" in errors.sentence_for(OutOfRange(FieldName.PLACES, 1, 3), CUSTOM)


def test_who_saved_meanwhile_is_named() -> None:
    assert errors.sentence_for(ChangedMeanwhile(CLEO), PLAIN).startswith(f"<@{CLEO}> saved")
    assert errors.plain_sentence(ChangedMeanwhile(CLEO), PLAIN).startswith("Another owner saved")


def test_an_empty_form_is_told_field_by_field_what_to_do() -> None:
    with pytest.raises(InvalidForm) as refused:
        submit_application(
            parse(Role.MENTOR, {}),
            by=member(ADA),
            programme=CUSTOM,
            cohort=COHORT,
            named={},
            before=None,
            private_answers=None,
            seen_version=0,
            now=REQUEST.sent_at,
            new_id="A9",
        )
    said = [errors.sentence_for(reason, CUSTOM) for reason in refused.value.reasons]
    assert len(said) == len(set(said)) == 12
    assert errors.sentence_for(Missing(FieldName.PURPOSE), CUSTOM) not in said


def test_our_own_failure_gives_a_reference_to_quote() -> None:
    assert f"<@{OWEN}>" in errors.unknown_error("K7Q-29F", PLAIN)
    assert "`K7Q-29F`" in errors.unknown_error("K7Q-29F")
    assert errors.unknown_error("K7Q-29F", PLAIN, marked=False).endswith("this reference: K7Q-29F")


def test_a_form_that_came_too_late_can_be_asked_for_again() -> None:
    assert buttons(errors.too_slow(OPEN_REQUEST)) == [(OPEN_REQUEST, None)]
    assert buttons(errors.too_slow()) == []
