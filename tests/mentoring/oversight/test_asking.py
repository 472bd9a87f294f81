"""What an owner may ask of two people, how often, and who hears of it."""

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from mentoring.core.errors import MentoringError, Missing, NoLongerOffered, NotForYou, StaleRequest
from mentoring.core.outcome import NotificationKind
from mentoring.core.people import AccountStatus
from mentoring.oversight.asking import (
    WHILE_ACTIVE,
    HowItStands,
    OversightContext,
    OversightKind,
    OversightRequest,
    StandingAnswer,
    answer_owner,
    ask_both,
    offer_another,
)
from mentoring.oversight.errors import (
    AlreadyResponsible,
    AskedLately,
    BothAreBack,
    MeetingNear,
    OneOfTheTwo,
    RemindedLately,
    WroteLately,
)
from mentoring.oversight.handing_over import HandOverForm, can_take_over, hand_over
from mentoring.oversight.responsible import owners_for
from mentoring.owner_record import OwnerAct, OwnerAction
from mentoring.partnerships.errors import EndReached, NotAsked, PausedNow, StillRunning
from mentoring.partnerships.partnership import Partnership, PartnershipState, RequestedPause
from tests.mentoring.factories import ADA, BEN, CHI, OWNER, SECOND, changed, partnership
from tests.mentoring.values import PROGRAMME, at, person

NOW = at("2027-03-01T10:00")
PAIR = partnership()
LONG_AGO = NOW - timedelta(days=30)


def context(pair: Partnership = PAIR, **facts: object) -> OversightContext:
    people = {each: person(each) for each in (ADA, BEN, OWNER, SECOND)}
    return replace(OversightContext(pair, PROGRAMME, people, (OWNER, SECOND), NOW), **facts)  # type: ignore[arg-type]


def asked(kind: OversightKind, when: datetime, number: int = 1) -> OversightRequest:
    return OversightRequest(PAIR.id, kind, number, OWNER, when)


@pytest.mark.parametrize(
    ("kind", "sent", "action"),
    [
        (OversightKind.NUDGE, NotificationKind.OWNER_NUDGE, OwnerAction.NUDGED),
        (OversightKind.HELP, NotificationKind.HELP_OFFERED, OwnerAction.OFFERED_HELP),
        (OversightKind.STANDING, NotificationKind.STANDING_ASKED, OwnerAction.ASKED),
    ],
)
def test_both_get_one_message_and_it_is_recorded(
    kind: OversightKind, sent: NotificationKind, action: OwnerAction
) -> None:
    outcome = ask_both(context(), kind, by=OWNER, new_id="a1")
    assert [(each.kind, each.recipient) for each in outcome.notifications] == [(sent, ADA), (sent, BEN)]
    assert changed(outcome, OversightRequest) == [OversightRequest(PAIR.id, kind, 1, OWNER, NOW)]
    assert changed(outcome, OwnerAct) == [OwnerAct("a1", "c1", action, OWNER, NOW, ADA, other=BEN)]


@pytest.mark.parametrize("kind", WHILE_ACTIVE)
def test_each_kind_comes_once_in_ten_days_whichever_owner_asks(kind: OversightKind) -> None:
    lately = context(requests=(asked(kind, NOW - timedelta(days=9, hours=10)),))
    with pytest.raises(AskedLately) as refusal:
        ask_both(lately, kind, by=SECOND, new_id="a1")
    assert (refusal.value.by, refusal.value.asked_on, refusal.value.again_on) == (
        OWNER,
        date(2027, 2, 20),
        date(2027, 3, 2),
    )
    before = context(requests=(asked(kind, NOW - timedelta(days=10) + timedelta(hours=13)),))
    (again,) = changed(ask_both(before, kind, by=OWNER, new_id="a1"), OversightRequest)
    assert again.number == 2
    for other in set(WHILE_ACTIVE) - {kind}:
        assert ask_both(lately, other, by=OWNER, new_id="a1").notifications


@pytest.mark.parametrize("kind", OversightKind)
def test_the_two_get_one_message_a_week_of_all_kinds_unless_they_answer(kind: OversightKind) -> None:
    others = set(WHILE_ACTIVE) - {kind}
    lately = context(requests=(asked(kind, NOW - timedelta(days=6, hours=10)),))
    for other in others:
        with pytest.raises(WroteLately) as refusal:
            ask_both(lately, other, by=SECOND, new_id="a1")
        said = refusal.value
        assert (said.kind, said.by, said.asked_on, said.again_on) == (kind, OWNER, date(2027, 2, 23), date(2027, 3, 2))
        assert ask_both(replace(lately, now=at("2027-03-02T00:30")), other, by=OWNER, new_id="a1").notifications
        answered = replace(lately, answers=(StandingAnswer(PAIR.id, 1, BEN, HowItStands.CONTACT, NOW),))
        if kind is OversightKind.STANDING:
            assert ask_both(answered, other, by=OWNER, new_id="a1").notifications
        else:
            with pytest.raises(WroteLately):
                ask_both(answered, other, by=OWNER, new_id="a1")


def test_a_reminder_is_possible_on_the_day_that_its_refusal_named() -> None:
    reminded = context(reminded_at=NOW - timedelta(days=6, hours=1))
    with pytest.raises(RemindedLately) as refusal:
        ask_both(reminded, OversightKind.NUDGE, by=OWNER, new_id="a1")
    assert refusal.value.again_on == date(2027, 3, 2)
    early = replace(reminded, now=at("2027-03-02T00:30"))
    assert ask_both(early, OversightKind.NUDGE, by=OWNER, new_id="a1").notifications


MET = (date(2027, 2, 23),)
AHEAD = at("2027-03-04T10:00")
REFUSALS: tuple[tuple[str, OversightContext, str, type[MentoringError]], ...] = (
    ("a stranger", context(), CHI, NotForYou),
    ("one of the two", context(), ADA, NotForYou),
    ("an owner who is one of the two", context(owners=(OWNER, ADA)), ADA, OneOfTheTwo),
    ("paused", context(replace(PAIR, pause=RequestedPause(BEN, LONG_AGO, None))), OWNER, PausedNow),
    ("after the end", context(replace(PAIR, agreed_end=date(2027, 3, 1))), OWNER, EndReached),
    ("met lately", context(met_on=MET), OWNER, MeetingNear),
    ("a meeting ahead", context(planned_until=AHEAD), OWNER, MeetingNear),
    ("reminded by itself", context(reminded_at=NOW - timedelta(days=6)), OWNER, RemindedLately),
    ("a meeting about which nobody has said yet", context(planned_until=NOW - timedelta(days=6)), OWNER, MeetingNear),
)


@pytest.mark.parametrize(("overseen", "by", "refusal"), [row[1:] for row in REFUSALS], ids=[row[0] for row in REFUSALS])
def test_a_reminder_is_refused(overseen: OversightContext, by: str, refusal: type[MentoringError]) -> None:
    with pytest.raises(refusal):
        ask_both(overseen, OversightKind.NUDGE, by=by, new_id="a1")


def test_a_reminder_comes_a_week_after_they_met_and_help_at_any_time() -> None:
    assert ask_both(context(met_on=(date(2027, 2, 22),)), OversightKind.NUDGE, by=OWNER, new_id="a1").notifications
    near = context(met_on=MET, planned_until=AHEAD)
    for kind in (OversightKind.HELP, OversightKind.STANDING):
        assert ask_both(near, kind, by=OWNER, new_id="a1").notifications


QUESTION = (asked(OversightKind.STANDING, LONG_AGO), asked(OversightKind.STANDING, NOW, 2))


def test_an_answer_goes_to_the_owner_who_asked_and_to_the_one_who_looks_after_it() -> None:
    outcome = answer_owner(context(requests=QUESTION), 2, HowItStands.CONTACT, by=BEN)
    assert outcome.changes == (StandingAnswer(PAIR.id, 2, BEN, HowItStands.CONTACT, NOW),)
    assert [each.recipient for each in outcome.notifications] == [OWNER]
    theirs = context(replace(PAIR, responsible=SECOND), requests=QUESTION)
    told = answer_owner(theirs, 2, HowItStands.WELL, by=ADA).notifications
    assert [each.recipient for each in told] == [OWNER, SECOND]
    no_longer = context(requests=QUESTION, owners=(SECOND,))
    assert [each.recipient for each in answer_owner(no_longer, 2, HowItStands.WELL, by=ADA).notifications] == [SECOND]


def test_an_answer_goes_to_another_owner_if_the_account_of_the_first_is_deactivated() -> None:
    away = {SECOND: replace(person(SECOND), account_status=AccountStatus.DEACTIVATED)}
    asked_by_second = (replace(QUESTION[1], by=SECOND),)
    for pair in (PAIR, replace(PAIR, responsible=SECOND)):
        overseen = context(pair, requests=asked_by_second, people=away)
        told = answer_owner(overseen, 2, HowItStands.CONTACT, by=BEN).notifications
        assert [each.recipient for each in told] == [OWNER]


def test_the_same_answer_twice_is_one_and_another_takes_its_place() -> None:
    said = StandingAnswer(PAIR.id, 2, ADA, HowItStands.WELL, NOW)
    after = context(requests=QUESTION, answers=(said,))
    assert answer_owner(after, 2, HowItStands.WELL, by=ADA).changes == ()
    assert answer_owner(after, 2, HowItStands.MORE_TIME, by=ADA).notifications
    for number in (1, 3):
        with pytest.raises(NotAsked):
            answer_owner(after, number, HowItStands.WELL, by=ADA)
    with pytest.raises(NotForYou):
        answer_owner(after, 2, HowItStands.WELL, by=OWNER)


def test_handing_over_tells_the_owner_and_both_and_questions_go_there() -> None:
    outcome = hand_over(context(), HandOverForm(SECOND), by=OWNER, seen=PAIR.version, new_id="a1")
    (handed,) = changed(outcome, Partnership)
    assert handed.responsible == SECOND
    assert {(each.kind, each.recipient) for each in outcome.notifications} == {
        (NotificationKind.HANDED_OVER, SECOND),
        (NotificationKind.OWNER_NAMED, ADA),
        (NotificationKind.OWNER_NAMED, BEN),
    }
    assert owners_for(handed, (OWNER, SECOND)) == (SECOND,)
    assert owners_for(handed, (OWNER,)) == (OWNER,), "they are no owner any more"
    assert owners_for(PAIR, (OWNER, ADA)) == (OWNER,)


def test_it_is_handed_to_an_owner_who_is_here_and_not_one_of_the_two() -> None:
    away = replace(person(SECOND), account_status=AccountStatus.DEACTIVATED)
    overseen = context(owners=(OWNER, SECOND, ADA), people={SECOND: away})
    assert can_take_over(overseen) == (OWNER,)
    for form, refusal in (
        (HandOverForm(SECOND), NoLongerOffered),
        (HandOverForm(ADA), NoLongerOffered),
        (HandOverForm(CHI), NoLongerOffered),
        (HandOverForm(), Missing),
    ):
        with pytest.raises(refusal):
            hand_over(overseen, form, by=OWNER, seen=PAIR.version, new_id="a1")
    theirs = context(replace(PAIR, responsible=OWNER))
    with pytest.raises(AlreadyResponsible):
        hand_over(theirs, HandOverForm(OWNER), by=SECOND, seen=PAIR.version, new_id="a1")
    with pytest.raises(StaleRequest):
        hand_over(context(), HandOverForm(OWNER), by=OWNER, seen=PAIR.version + 1, new_id="a1")
    with pytest.raises(NotForYou):
        hand_over(context(), HandOverForm(OWNER), by=ADA, seen=PAIR.version, new_id="a1")


OVER = replace(PAIR, state=PartnershipState.ENDED, over_at=LONG_AGO)


@pytest.mark.parametrize(
    ("back", "away", "asked_people"),
    [((), (), (ADA, BEN)), ((ADA,), (), (BEN,)), ((), (BEN,), (ADA,))],
    ids=["both", "one is back already", "one account is deactivated"],
)
def test_once_it_is_over_those_who_are_not_back_are_asked_if_they_want_another_match(
    back: tuple[str, ...], away: tuple[str, ...], asked_people: tuple[str, ...]
) -> None:
    gone = {each: replace(person(each), account_status=AccountStatus.DEACTIVATED) for each in away}
    over = context(replace(OVER, back=back), people={each: person(each) for each in (ADA, BEN, OWNER)} | gone)
    outcome = offer_another(over, by=OWNER, new_id="a1")
    assert [(each.kind, each.recipient) for each in outcome.notifications] == [
        (NotificationKind.ANOTHER_OFFERED, each) for each in asked_people
    ]
    assert changed(outcome, OwnerAct) == [OwnerAct("a1", "c1", OwnerAction.OFFERED_ANOTHER, OWNER, NOW, ADA, other=BEN)]
    assert not changed(outcome, Partnership), "they are not put back: they decide"


@pytest.mark.parametrize(
    ("over", "by", "refusal"),
    [
        (context(), OWNER, StillRunning),
        (context(replace(OVER, back=(ADA, BEN))), OWNER, BothAreBack),
        (context(OVER), CHI, NotForYou),
        (context(OVER, owners=(OWNER, ADA)), ADA, OneOfTheTwo),
        (context(OVER, requests=(asked(OversightKind.ANOTHER, NOW - timedelta(days=9)),)), OWNER, AskedLately),
    ],
    ids=["active", "both are back", "a stranger", "one of the two", "asked lately"],
)
def test_an_offer_of_another_match_is_refused(over: OversightContext, by: str, refusal: type[MentoringError]) -> None:
    with pytest.raises(refusal):
        offer_another(over, by=by, new_id="a1")
