"""Every hard rule is checked again at each later step: whatever happens between them, no step goes against one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentoring.applications.application import Application
from mentoring.core.errors import MentoringError
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.people import AccountStatus, StaffRecord
from mentoring.matching.decisions import approve, refuse
from mentoring.matching.errors import CannotApprove, OfferOver
from mentoring.matching.hard_rules import Exclusion, HardRule, sorted_pair
from mentoring.matching.match import HOLDS_PLACE, Match, MatchState
from mentoring.matching.offers import OverReason, answer_offer, close_overtaken_offers, withdraw
from mentoring.matching.pairing import pair
from mentoring.matching.review import blocked, release
from mentoring.matching.round import MatchingRound, Obstacle
from mentoring.partnerships.partnership import Partnership, PartnershipState
from tests.mentoring.factories import (
    ADA,
    BEN,
    CAREER,
    CHI,
    DEE,
    JOBS,
    OWNER,
    STARTED,
    after,
    changed,
    match,
    mentee,
    mentor,
    new_ids,
    notice_to,
    offered,
    partnership,
    round_of,
    told,
    withdrawn,
)
from tests.mentoring.reference_rules import may_match
from tests.mentoring.values import NOON, PROGRAMME, person

TWO = (mentee(ADA), mentor(BEN))
Change = Callable[[MatchingRound], MatchingRound]


def with_application(round_: MatchingRound, one: Application) -> MatchingRound:
    return replace(round_, applications={**round_.applications, one.id: one})


def edited(id_: str, **facts: Any) -> Change:
    def edit(round_: MatchingRound) -> MatchingRound:
        one = round_.applications[id_]
        return with_application(round_, replace(one, version=one.version + 1, **facts))

    return edit


def account(user: str, status: AccountStatus) -> Change:
    return lambda round_: replace(round_, people={**round_.people, user: person(user, status)})


def managed(user: str, manager: str) -> Change:
    return lambda round_: replace(round_, staff={**round_.staff, user: StaffRecord(user, manager=manager)})


def excluded(one: str, other: str) -> Change:
    ban = Exclusion(*sorted_pair(one, other), by=OWNER, at=NOON, programme_id="p1")
    return lambda round_: replace(round_, exclusions=round_.exclusions | {ban})


def rather_not(round_: MatchingRound) -> MatchingRound:
    before = partnership(
        ADA, BEN, id="s0", cohort_id="c0", state=PartnershipState.ENDED, declined_rematch=(ADA,),
        mentee_application="a", mentor_application="b",
    )  # fmt: skip
    return replace(round_, partnerships=(*round_.partnerships, before))


CHANGES: dict[HardRule, Change] = {
    HardRule.AWAY: account(BEN, AccountStatus.DEACTIVATED),
    HardRule.NOT_ADMITTED: account(ADA, AccountStatus.GUEST),
    HardRule.OUTSIDE: lambda round_: replace(
        round_,
        programme=replace(
            PROGRAMME, departments=("Loans",), for_mentors=replace(PROGRAMME.for_mentors, departments=("Loans",))
        ),
    ),
    HardRule.CHAIN_OF_COMMAND: managed(ADA, BEN),
    HardRule.FORBIDDEN: excluded(ADA, BEN),
    HardRule.NO_SHARED_TOPIC: edited(f"{BEN}-mentor", topics=(JOBS,)),
    HardRule.NO_PLACE: lambda round_: replace(round_, partnerships=(partnership(DEE, BEN, id="s2"),)),
    HardRule.ALREADY_PARTNERS: lambda round_: replace(round_, partnerships=(partnership(BEN, ADA, id="s2"),)),
    HardRule.DID_NOT_WORK: rather_not,
}
"""What can come between two steps, by the rule that it breaks."""
EACH = pytest.mark.parametrize("rule", CHANGES)


@EACH
def test_a_proposal_that_breaks_a_rule_by_now_is_not_approved_and_the_owner_hears_which(rule: HardRule) -> None:
    round_ = CHANGES[rule](round_of(*TWO, matches=[match()]))
    with pytest.raises(CannotApprove) as refusal:
        approve(round_, match(), by=OWNER, now=STARTED)
    assert refusal.value.broken_rule is rule
    assert refuse(match(), by=OWNER, approvers=round_.approvers, now=STARTED)  # it can still be rejected


@EACH
def test_an_approved_proposal_that_breaks_a_rule_by_now_is_not_released(rule: HardRule) -> None:
    round_ = CHANGES[rule](round_of(*TWO, matches=[match(approvals=(OWNER,))]))
    assert [(one.id, obstacle.rule) for one, obstacle in blocked(round_)] == [(f"{ADA}-{BEN}", rule)]
    outcome = release(round_, by=OWNER, now=STARTED, new_id=new_ids())
    assert [one.state for one in changed(outcome, Match)] == [MatchState.OVERTAKEN]
    assert NotificationKind.MATCH_OFFERED not in [kind for kind, _ in told(outcome)]


@EACH
@pytest.mark.parametrize("accepted_by", [(), (ADA,), (BEN,)])
def test_an_offer_that_breaks_a_rule_by_now_is_not_accepted_and_closed_without_blame(
    rule: HardRule, accepted_by: tuple[str, ...]
) -> None:
    asked = offered(accepted_by=accepted_by)
    round_ = CHANGES[rule](round_of(*TWO, matches=[asked]))
    by = BEN if ADA in accepted_by else ADA
    outcome = answer_offer(round_, asked, by=by, accepts=True, now=STARTED, new_id="s1")
    assert [one.state for one in changed(outcome, Match)] == [MatchState.OVERTAKEN]
    assert changed(outcome, Partnership) == []
    assert told(outcome) == [
        (NotificationKind.OFFER_OVER, ADA),
        (NotificationKind.OFFER_OVER, BEN),
        (NotificationKind.OWNERS_OFFER_OVER, OWNER),
    ]
    assert notice_to(outcome, by).is_reply
    assert "why" not in notice_to(outcome, ADA).refs
    expected = {"why": OverReason.PLACE} if rule is HardRule.NO_PLACE else {}
    assert notice_to(outcome, BEN).refs == {"match": asked.id, **expected}
    # The owners hear which rule it was, unless one of the two may have asked for it in confidence.
    assert notice_to(outcome, OWNER).refs.get("why", "") == ("" if rule is HardRule.DID_NOT_WORK else rule)


def test_an_exception_that_the_owners_made_holds_at_each_step() -> None:
    exempted: dict[str, Any] = {"exempted": (HardRule.CHAIN_OF_COMMAND,)}
    round_ = managed(ADA, BEN)(round_of(*TWO, matches=[match(approvals=(OWNER,), **exempted)]))
    assert blocked(round_) == ()
    asked = offered(accepted_by=(ADA,), **exempted)
    outcome = answer_offer(
        replace(round_, matches={asked.id: asked}), asked, by=BEN, accepts=True, now=STARTED, new_id="s1"
    )
    assert len(changed(outcome, Partnership)) == 1


def test_a_proposal_that_now_needs_an_exception_can_be_paired_by_hand_with_a_reason() -> None:
    round_ = managed(ADA, BEN)(round_of(*TWO, matches=[match(approvals=(OWNER,))]))
    outcome = pair(round_, TWO[0].id, TWO[1].id, by=OWNER, now=STARTED, new_id="m2", reason="The only expert.")
    before, after_ = changed(outcome, Match)
    assert (before.state, after_.id, after_.exempted) == (MatchState.OVERTAKEN, "m2", (HardRule.CHAIN_OF_COMMAND,))


# A mentor with two offers out changes to one place.

THREE = (mentee(ADA), mentee(CHI), mentor(BEN, places=2))
BOTH_ASKED = round_of(*THREE, matches=[offered(ADA, BEN), offered(CHI, BEN)])


def says_yes(round_: MatchingRound, by: str, id_: str) -> Outcome:
    return answer_offer(round_, round_.matches[id_], by=by, accepts=True, now=STARTED, new_id=f"s-{id_}")


@pytest.mark.parametrize("order", [(ADA, CHI, BEN, BEN), (BEN, BEN, ADA, CHI), (BEN, ADA, BEN, CHI), (CHI, BEN, ADA)])
def test_two_offers_and_one_place_make_one_partnership_whoever_answers_first(order: tuple[str, ...]) -> None:
    round_ = edited(f"{BEN}-mentor", places=1)(BOTH_ASKED)
    assert close_overtaken_offers(round_, f"{BEN}-mentor") == Outcome()  # the first that both accept gets the place
    owed: list[Notification] = []
    left = [f"{ADA}-{BEN}", f"{CHI}-{BEN}"]
    for by in order:
        id_ = left.pop(0) if by == BEN else f"{by}-{BEN}"
        try:
            outcome = says_yes(round_, by, id_)
        except OfferOver:
            continue
        round_, owed = after(round_, outcome), [*owed, *outcome.notifications]
    assert sum(one.is_active for one in round_.partnerships) <= 1
    if len(order) == 4:
        (introduced,) = round_.partnerships
        other = CHI if introduced.mentee == ADA else ADA
        assert round_.matches[f"{other}-{BEN}"].state is MatchState.OVERTAKEN
        (to_other,) = [one for one in owed if one.kind is NotificationKind.OFFER_OVER and one.recipient == other]
        (to_mentor,) = [one for one in owed if one.kind is NotificationKind.OFFER_OVER and one.recipient == BEN]
        assert dict(to_other.refs) == {"match": f"{other}-{BEN}"}  # they do not learn why
        assert to_mentor.refs["why"] == OverReason.PLACE


def test_an_offer_without_any_place_is_closed_when_the_mentor_changes_the_number() -> None:
    running = replace(
        BOTH_ASKED, partnerships=(partnership(DEE, BEN, id="s9"),), matches={"x": offered(ADA, BEN, id="x")}
    )
    outcome = close_overtaken_offers(edited(f"{BEN}-mentor", places=1)(running), f"{BEN}-mentor")
    assert [one.state for one in changed(outcome, Match)] == [MatchState.OVERTAKEN]
    assert dict(notice_to(outcome, BEN).refs) == {"match": "x", "why": OverReason.CHANGED}
    assert notice_to(outcome, BEN).is_reply
    assert dict(notice_to(outcome, ADA).refs) == {"match": "x"}
    assert notice_to(outcome, OWNER).refs["why"] == HardRule.NO_PLACE


def test_of_two_approved_proposals_and_one_place_the_better_is_released() -> None:
    matches = [match(ADA, BEN, approvals=(OWNER,), score=60), match(CHI, BEN, approvals=(OWNER,), score=80)]
    round_ = edited(f"{BEN}-mentor", places=1)(round_of(*THREE, matches=matches))
    assert blocked(round_) == ((matches[0], Obstacle(HardRule.NO_PLACE, THREE[2].role)),)
    for programme in (PROGRAMME, replace(PROGRAMME, ask_first=False)):
        round_ = replace(round_, programme=programme)
        sent = after(round_, release(round_, by=OWNER, now=STARTED, new_id=new_ids()))
        assert sent.matches[f"{ADA}-{BEN}"].state is MatchState.OVERTAKEN
        assert sent.matches[f"{CHI}-{BEN}"].state in (MatchState.OFFERED, MatchState.ACCEPTED)
        assert len(sent.partnerships) == (not programme.ask_first)


def test_a_second_approval_for_a_place_that_is_decided_is_refused() -> None:
    round_ = edited(f"{BEN}-mentor", places=1)(
        round_of(*THREE, matches=[match(ADA, BEN, approvals=(OWNER,)), match(CHI, BEN)])
    )
    with pytest.raises(CannotApprove) as refusal:
        approve(round_, match(CHI, BEN), by=OWNER, now=STARTED)
    assert (refusal.value.broken_rule, refusal.value.role) == (HardRule.NO_PLACE, THREE[2].role)


def test_somebody_back_from_an_absence_takes_no_place_that_is_not_theirs() -> None:
    away = account(BEN, AccountStatus.DEACTIVATED)(BOTH_ASKED)
    with pytest.raises(CannotApprove):
        approve(replace(away, matches={"m": match(ADA, BEN, id="m")}), match(ADA, BEN, id="m"), by=OWNER, now=STARTED)
    as_guest = account(BEN, AccountStatus.GUEST)(BOTH_ASKED)
    assert [changed(says_yes(as_guest, by, f"{by}-{BEN}"), Partnership) for by in (ADA, CHI)] == [[], []]
    admitted = replace(as_guest, programme=replace(PROGRAMME, admits=frozenset({AccountStatus.GUEST})))
    assert says_yes(admitted, ADA, f"{ADA}-{BEN}").changes[0] == offered(ADA, BEN, accepted_by=(ADA,), version=2)


# Whatever happens between them.

MENTEES, MENTORS = ("U0", "U1", "U2"), ("U3", "U4")
EVERYBODY = (*(mentee(user) for user in MENTEES), *(mentor(user, CAREER, JOBS, places=2) for user in MENTORS))
STEPS = st.one_of(
    st.tuples(st.just("propose"), st.sampled_from(MENTEES), st.sampled_from(MENTORS)),
    st.tuples(st.just("approve"), st.sampled_from(MENTEES), st.sampled_from(MENTORS)),
    st.tuples(st.just("release")),
    st.tuples(st.just("accept"), st.sampled_from(MENTEES), st.sampled_from(MENTORS), st.booleans()),
    st.tuples(st.just("accept"), st.sampled_from(MENTEES), st.sampled_from(MENTORS), st.booleans()),
    st.tuples(st.just("places"), st.sampled_from(MENTORS), st.integers(1, 3)),
    st.tuples(st.just("topics"), st.sampled_from(MENTORS), st.sampled_from([(CAREER,), (JOBS,)])),
    st.tuples(st.just("account"), st.sampled_from((*MENTEES, *MENTORS)), st.sampled_from(list(AccountStatus))),
    st.tuples(st.just("manager"), st.sampled_from(MENTEES), st.sampled_from(("", *MENTORS))),
    st.tuples(st.just("exclude"), st.sampled_from(MENTEES), st.sampled_from(MENTORS)),
    st.tuples(st.just("withdraw"), st.sampled_from((*MENTEES, *MENTORS))),
    st.tuples(st.just("end"), st.integers(0, 3), st.booleans()),
)


@settings(max_examples=300)
@given(st.lists(STEPS, min_size=8, max_size=40), st.booleans())
def test_nobody_is_introduced_against_a_rule_or_without_a_place(steps: list[tuple[Any, ...]], ask_first: bool) -> None:
    round_ = round_of(*EVERYBODY, programme=replace(PROGRAMME, ask_first=ask_first))
    ids = new_ids("s")
    for step in steps:
        before = round_
        try:
            round_ = take(round_, step, ids)
        except MentoringError:
            continue
        for one in round_.partnerships[len(before.partnerships) :]:
            check_introduction(before, one)
        for id_ in round_.applications:
            active = [each for each in round_.partnerships if each.is_active]
            new = [each for each in active if id_ in (each.mentee_application, each.mentor_application)]
            was = [each for each in before.partnerships if each.is_active and each in new]
            assert len(new) <= max(round_.applications[id_].places, len(was))


def take(round_: MatchingRound, step: tuple[Any, ...], ids: Callable[[], str]) -> MatchingRound:
    match step:
        case "propose", one, other:
            again = match_of(one, other, state=MatchState.PROPOSED, id=ids())
            held = [m for m in round_.matches.values() if m.people == again.people and m.state in HOLDS_PLACE]
            return round_ if held else replace(round_, matches={**round_.matches, again.id: again})
        case "approve", one, other:
            found = current(round_, one, other)
            return after(round_, approve(round_, found, by=OWNER, now=STARTED)) if found else round_
        case ("release",):
            return after(round_, release(round_, by=OWNER, now=STARTED, new_id=ids))
        case "accept", one, other, first:
            found = current(round_, one, other)
            by = one if first else other
            if not found:
                return round_
            return after(round_, answer_offer(round_, found, by=by, accepts=True, now=STARTED, new_id=ids()))
        case "places", user, places:
            return change(round_, f"{user}-mentor", places=places)
        case "topics", user, topics:
            return change(round_, f"{user}-mentor", topics=topics)
        case "account", user, status:
            return account(user, status)(round_)
        case "manager", user, manager:
            return managed(user, manager)(round_)
        case "exclude", one, other:
            return excluded(one, other)(round_)
        case "withdraw", user:
            one = next(each for each in round_.applications.values() if each.person == user)
            return after(round_, withdraw(round_, one, by=user))
        case "end", number, back:
            ended = [
                replace(each, state=PartnershipState.ENDED, back=each.people if back else ())
                if place == number and each.is_active
                else each
                for place, each in enumerate(round_.partnerships)
            ]
            return replace(round_, partnerships=tuple(ended))
    raise AssertionError(step)


def change(round_: MatchingRound, id_: str, **facts: Any) -> MatchingRound:
    new = edited(id_, **facts)(round_)
    return after(new, close_overtaken_offers(new, id_))


def match_of(one: str, other: str, **facts: Any) -> Match:
    return match(one, other, **facts)


def current(round_: MatchingRound, one: str, other: str) -> Match | None:
    return next((m for m in round_.matches.values() if m.people == (one, other) and m.state in HOLDS_PLACE), None)


def check_introduction(before: MatchingRound, one: Partnership) -> None:
    """By the plainest words of the rules, on what was the case just before."""
    held = {id_: m for id_, m in before.matches.items() if m.state not in HOLDS_PLACE}
    ask, offer = before.applications[one.mentee_application], before.applications[one.mentor_application]
    assert may_match(replace(before, matches=held), ask, offer)
    for application in (ask, offer):
        assert application.state == "open"
        status = before.people[application.person].account_status if application.person in before.people else "member"
        assert status in ("member", "unknown")
        taken = [
            each
            for each in before.partnerships
            if application.id in (each.mentee_application, each.mentor_application)
            and each.takes_place_of(application.person)
        ]
        assert len(taken) < application.places


def test_a_withdrawn_application_is_approved_by_nobody() -> None:
    round_ = round_of(withdrawn(TWO[0]), TWO[1], matches=[match()])
    with pytest.raises(CannotApprove):
        approve(round_, match(), by=OWNER, now=STARTED)
