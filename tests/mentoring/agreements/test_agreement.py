"""Either drafts, the other changes or signs; the version that both have signed holds until they sign another."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mentoring.agreements.agreement import Agreement, sign, write
from mentoring.agreements.errors import (
    AfterTheEnd,
    AgreementChanged,
    AgreementsOff,
    AtTheEnd,
    NoLongerPossible,
    NothingToSign,
    TooManyGoalsNamed,
    TooSoon,
)
from mentoring.agreements.terms import AgreementForm, bounds_of, changed_fields, proposed_terms
from mentoring.applications.application import MeetingMode
from mentoring.core.errors import (
    InvalidForm,
    MentoringError,
    Missing,
    NoLongerOffered,
    NotForYou,
    TooLong,
)
from mentoring.core.fields import FieldName
from mentoring.core.lengths import Length
from mentoring.core.outcome import NOTHING, NotificationKind
from mentoring.core.people import AccountStatus, Leave
from mentoring.core.programmes import Rhythm
from mentoring.partnerships.errors import AlreadyEnded, EndNotAllowed, PartnershipPaused
from mentoring.partnerships.partnership import PartnershipState
from mentoring.partnerships.timing import MeetingRhythm
from tests.mentoring.agreements.cases import (
    FORM,
    ME,
    NOW,
    PARTNER,
    WITH,
    context,
    signed,
    standing,
    terms_of,
    written,
)
from tests.mentoring.factories import ADA, BEN, changed, partnership, told
from tests.mentoring.values import PROGRAMME, at, person


def test_who_writes_it_has_signed_it_and_the_other_is_asked() -> None:
    outcome = write(context(), FORM, by=ME, seen=0, now=NOW)
    (agreement,) = changed(outcome, Agreement)
    assert (agreement.latest.number, agreement.latest.signed, agreement.in_force) == (1, {ADA: NOW}, None)
    assert agreement.waits_for(BEN)
    assert not agreement.waits_for(ADA)
    assert told(outcome) == [(NotificationKind.AGREEMENT_WRITTEN, BEN), (NotificationKind.AGREEMENT_SAVED, ADA)]
    assert all(dict(notice.refs) == {"partnership": "s1", "since": "0"} for notice in outcome.notifications)


def test_once_both_have_signed_it_is_in_force() -> None:
    found = standing(signed())
    assert found.in_force == found.latest
    assert found.latest.signed_at == NOW


def test_a_change_of_what_both_signed_leaves_that_in_force_until_both_have_signed_again() -> None:
    reopened = written(signed(), by=PARTNER, minutes=30)
    assert [each.number for each in standing(reopened).versions] == [1, 2]
    holds = standing(reopened).in_force
    assert holds is not None
    assert holds.number == 1
    assert standing(reopened).waits_for(ADA)
    again = signed(reopened, by=ME)
    assert standing(again).in_force == standing(again).latest
    assert standing(again).latest.number == 2


def test_the_other_may_change_a_draft_and_the_first_signs() -> None:
    changed_draft = written(written(), by=PARTNER, minutes=90)
    assert standing(changed_draft).waits_for(ADA)
    assert standing(changed_draft).in_force is None
    assert terms_of(signed(changed_draft, by=ME)).minutes == 90


def test_a_newer_version_updates_the_message_that_asks_until_the_other_has_answered() -> None:
    first = write(context(), FORM, by=ME, seen=0, now=NOW)
    draft = written()
    second = write(draft, replace(FORM, minutes=45), by=ME, seen=1, now=NOW)
    assert [notice.key for notice in first.notifications] == [notice.key for notice in second.notifications]
    third = write(signed(draft), replace(FORM, minutes=45), by=ME, seen=2, now=NOW)
    assert {notice.key for notice in third.notifications}.isdisjoint(notice.key for notice in first.notifications)


def test_writing_what_it_says_is_a_signature_and_twice_is_once() -> None:
    draft = written()
    assert write(draft, FORM, by=ME, seen=0, now=NOW) == NOTHING
    outcome = write(draft, FORM, by=PARTNER, seen=1, now=NOW)
    (agreement,) = changed(outcome, Agreement)
    assert agreement.in_force == agreement.latest
    assert sign(signed(draft), by=PARTNER, seen=1, now=NOW) == NOTHING
    assert sign(draft, by=ME, seen=1, now=NOW) == NOTHING


def test_what_is_changed_or_signed_from_an_older_version_is_refused() -> None:
    newer = written(written(), by=PARTNER, minutes=90)
    with pytest.raises(AgreementChanged) as refused:
        write(newer, replace(FORM, minutes=30), by=ME, seen=1, now=NOW)
    assert refused.value.by == BEN
    with pytest.raises(AgreementChanged):
        sign(newer, by=ME, seen=1, now=NOW)
    with pytest.raises(AgreementChanged):
        write(signed(), replace(FORM, minutes=30), by=ME, seen=1, now=NOW)
    with pytest.raises(NothingToSign):
        sign(context(), by=ME, seen=0, now=NOW)


ON_LEAVE = replace(PARTNER, leave=Leave(NOW, date(2027, 2, 1)))
GONE = replace(PARTNER, account_status=AccountStatus.DEACTIVATED)


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"partnership": partnership(state=PartnershipState.ENDED)}, AlreadyEnded()),
        ({"programme": PROGRAMME}, AgreementsOff()),
        ({"people": {ADA: ME, BEN: ON_LEAVE}}, PartnershipPaused(date(2027, 2, 1))),
        ({"people": {ADA: ME, BEN: GONE}}, PartnershipPaused(None)),
    ],
)
def test_nothing_is_agreed_when_it_is_over_paused_or_switched_off(
    facts: dict[str, Any], refusal: MentoringError
) -> None:
    draft = written()
    now_so = replace(draft, **facts)
    with pytest.raises(type(refusal)) as refused:
        write(now_so, FORM, by=ME, seen=1, now=NOW)
    assert refused.value == refusal
    with pytest.raises(type(refusal)) as refused:
        sign(now_so, by=PARTNER, seen=1, now=NOW)
    assert refused.value == refusal


def test_only_the_two_can_write_or_sign() -> None:
    for stranger in (person("U0CHI"), person("U0OWNER")):
        with pytest.raises(NotForYou):
            write(context(), FORM, by=stranger, seen=0, now=NOW)
        with pytest.raises(NotForYou):
            sign(written(), by=stranger, seen=1, now=NOW)


def test_from_the_morning_of_the_end_on_anywhere_it_stays_as_it_is() -> None:
    draft = written()
    still, over = at("2028-01-03T09:59"), at("2028-01-03T10:00")  # midnight on Kiritimati
    with pytest.raises(NoLongerPossible):
        sign(draft, by=PARTNER, seen=1, now=still)
    with pytest.raises(AtTheEnd):
        sign(draft, by=PARTNER, seen=1, now=over)


def refusals(programme: Any = WITH, **says: Any) -> list[MentoringError]:
    try:
        write(context(programme=programme), replace(FORM, **says), by=ME, seen=0, now=NOW)
    except InvalidForm as refused:
        return list(refused.reasons)
    return []


EARLIEST, LATEST, END = date(2027, 7, 4), date(2028, 1, 4), date(2028, 1, 4)


@pytest.mark.parametrize(
    ("says", "refusal"),
    [
        ({"purpose": ""}, Missing(FieldName.PURPOSE)),
        ({"purpose": "x" * 501}, TooLong(FieldName.PURPOSE, 500)),
        ({"feedback": "x" * 151}, TooLong(FieldName.FEEDBACK, 150)),
        ({"rhythm": None}, Missing(FieldName.RHYTHM)),
        ({"ways": ()}, Missing(FieldName.WAYS)),
        ({"ways": (MeetingMode.OTHER,)}, NoLongerOffered(FieldName.WAYS)),
        ({"minutes": 55}, NoLongerOffered(FieldName.MINUTES)),
        ({"until": None}, Missing(FieldName.UNTIL)),
        ({"until": date(2027, 1, 12)}, EndNotAllowed(FieldName.UNTIL, EARLIEST, LATEST, END)),
        ({"until": date(2027, 7, 3)}, EndNotAllowed(FieldName.UNTIL, EARLIEST, LATEST, END)),
        ({"until": date(2028, 1, 5)}, EndNotAllowed(FieldName.UNTIL, EARLIEST, LATEST, END)),
        ({"review_on": date(2027, 1, 13)}, None),
        ({"review_on": date(2027, 1, 12)}, TooSoon(FieldName.REVIEW_ON, date(2027, 1, 13))),
        ({"review_on": date(2027, 10, 5)}, AfterTheEnd(FieldName.REVIEW_ON)),
        ({"until": EARLIEST, "review_on": EARLIEST}, None),
        ({"until": LATEST}, None),
    ],
)
def test_what_it_says_is_within_what_the_programme_allows(says: dict[str, Any], refusal: MentoringError | None) -> None:
    assert refusal in refusals(**says) if refusal else refusals(**says) == []


@pytest.mark.parametrize(
    ("monthly", "allowed"),
    [
        (1, list(MeetingRhythm)),
        (2, list(MeetingRhythm)[:2]),
        (3, [MeetingRhythm.EVERY_WEEK]),
        (4, list(MeetingRhythm)[:1]),
    ],
)
def test_they_meet_as_often_as_the_programme_asks_at_least(monthly: int, allowed: list[MeetingRhythm]) -> None:
    programme = replace(WITH, rhythm=Rhythm(2, monthly))
    fine = [each for each in MeetingRhythm if not refusals(programme, rhythm=each)]
    assert fine == allowed
    assert bounds_of(partnership(), programme, NOW.date()).rhythms == tuple(allowed)


def test_an_end_of_its_own_may_stay_and_what_is_past_is_not_offered() -> None:
    odd = partnership(agreed_end=date(2027, 3, 17), months=2)
    bounds = bounds_of(odd, WITH, date(2027, 8, 1))
    assert (bounds.end.earliest, bounds.end.latest, bounds.end.current) == (date(2027, 8, 2), LATEST, date(2027, 3, 17))
    before = context(partnership=odd)
    write(before, replace(FORM, until=date(2027, 3, 17), review_on=date(2027, 2, 1)), by=ME, seen=0, now=NOW)


def test_a_version_that_fitted_and_fits_no_longer_cannot_be_signed() -> None:
    draft = written(rhythm=MeetingRhythm.ONCE_A_MONTH)
    with pytest.raises(NoLongerPossible) as refused:
        sign(draft, by=PARTNER, seen=1, now=NOW + timedelta(days=120))
    assert refused.value.fields == (FieldName.REVIEW_ON,)
    stricter = replace(draft, programme=replace(WITH, rhythm=Rhythm(2, 2), lengths=(Length(12),)))
    with pytest.raises(NoLongerPossible) as refused:
        sign(stricter, by=PARTNER, seen=1, now=NOW)
    assert refused.value.fields == (FieldName.RHYTHM, FieldName.UNTIL)


def test_the_form_begins_with_what_is_known() -> None:
    one = partnership(topics=("Career planning", "Job search"))
    bounds = bounds_of(one, replace(WITH, rhythm=Rhythm(2, 2)), NOW.date())
    found = proposed_terms(one, bounds, (MeetingMode.VIDEO,), ("Time.", "Patience."))
    assert (found.purpose, found.rhythm) == ("Career planning, Job search", MeetingRhythm.EVERY_SECOND_WEEK)
    assert (found.until, found.review_on, found.ways) == (one.ends_on, date(2027, 4, 12), (MeetingMode.VIDEO,))
    write(context(), found, by=ME, seen=0, now=NOW)


def test_the_difference_between_two_versions_is_known_by_field() -> None:
    before = terms_of(written())
    assert changed_fields(before, replace(before, minutes=30, answer=None)) == (FieldName.MINUTES, FieldName.ANSWER)
    assert set(changed_fields(before, AgreementForm())) >= {FieldName.PURPOSE, FieldName.UNTIL}


SHARED = {"g1": "Lead a meeting", "g2": "Present my work", "g3": "Find a course", "g4": "Say no"}


def test_up_to_three_shared_goals_are_named_and_what_is_not_shared_is_left_out() -> None:
    shares = context(goals=SHARED, open_goals=tuple(SHARED))
    assert terms_of(written(shares, goals=("g1", "gone", "g3"))).goals == ("g1", "g3")
    with pytest.raises(InvalidForm) as refused:
        written(shares, goals=tuple(SHARED))
    assert refused.value.reasons == (TooManyGoalsNamed(FieldName.GOALS, 3),)


def test_a_goal_that_is_closed_stays_only_where_it_was_named() -> None:
    named = replace(written(context(goals=SHARED, open_goals=("g1",)), goals=("g1",)), open_goals=())
    assert named.goals_to_choose == ("g1",)
    assert terms_of(written(named, by=PARTNER, goals=("g1", "g2"))).goals == ("g1",)


def test_to_write_the_same_is_a_signature_also_once_its_goal_is_no_longer_shared() -> None:
    hidden = replace(written(context(goals=SHARED, open_goals=("g1",)), goals=("g1",)), goals={}, open_goals=())
    agreement = standing(written(hidden, by=PARTNER, goals=("g1",)))
    assert [each.is_signed_by_both for each in agreement.versions] == [True]
