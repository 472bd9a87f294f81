"""Who is invited, and when: at most one in six months, while applications are open, and nobody who takes part."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mentoring.applications.application import Role
from mentoring.core.outcome import NotificationKind
from mentoring.core.people import AccountStatus, Leave, StaffRecord
from mentoring.core.programmes import Cohort, InvitationMoment, Programme, Segment
from mentoring.core.roles import ProgrammeRole
from mentoring.invitations.invitation import Invitation, InvitationChoice, choose, figures, note_application
from mentoring.invitations.inviting import (
    MOST_A_WEEK,
    Candidate,
    due_since,
    invite,
    invited_roles,
    may_be_invited,
    takes_invited,
)
from mentoring.programmes.membership import Membership
from tests.mentoring.factories import ADA, mentee, partnership
from tests.mentoring.values import COHORT, PROGRAMME, at, person

JOINED, MANAGER, CHANGE = InvitationMoment
INVITING = replace(PROGRAMME, invites_at=frozenset({JOINED, MANAGER}), invite_weeks=4)
OTHER = replace(INVITING, id="p2", name="Another")
TODAY = date(2026, 12, 7)
FOUR_WEEKS_AGO = TODAY - timedelta(weeks=4)


def candidate(programme: Programme = INVITING, cohort: Cohort = COHORT, **facts: Any) -> Candidate:
    """Ada, who was new four weeks ago."""
    stands = facts.pop("stands", {})
    usual: dict[str, Any] = {
        "person": person(ADA),
        "memberships": (Membership(programme, cohort, **stands),),
        "moments": {JOINED: FOUR_WEEKS_AGO},
    }
    return Candidate(**{**usual, **facts})


@pytest.mark.parametrize(
    ("moments", "due"),
    [
        ({JOINED: FOUR_WEEKS_AGO}, True),
        ({JOINED: FOUR_WEEKS_AGO + timedelta(days=1)}, False),
        ({JOINED: FOUR_WEEKS_AGO - timedelta(days=365)}, True),
        ({JOINED: FOUR_WEEKS_AGO - timedelta(days=366)}, False),
        ({MANAGER: FOUR_WEEKS_AGO, JOINED: TODAY}, True),
        ({CHANGE: FOUR_WEEKS_AGO}, False),
        ({}, False),
    ],
)
def test_it_is_due_weeks_after_a_moment_of_the_rule_for_a_year(
    moments: dict[InvitationMoment, date], due: bool
) -> None:
    assert bool(due_since(candidate(moments=moments), INVITING, TODAY)) is due


@pytest.mark.parametrize(
    ("invited_on", "moment", "due"),
    [
        (date(2026, 6, 7), date(2026, 7, 1), True),
        (date(2026, 6, 8), date(2026, 7, 1), False),
        (date(2026, 6, 7), date(2026, 6, 7), False),
    ],
)
def test_one_in_six_months_and_one_for_each_moment(invited_on: date, moment: date, due: bool) -> None:
    one = candidate(moments={MANAGER: moment}, last_invited_on=invited_on)
    assert bool(due_since(one, INVITING, TODAY)) is due


@pytest.mark.parametrize("status", AccountStatus)
def test_only_members_are_invited(status: AccountStatus) -> None:
    programme = replace(INVITING, admits=frozenset({AccountStatus.GUEST, AccountStatus.STRANGER}))
    one = candidate(programme, person=person(ADA, status))
    assert may_be_invited(one, programme, TODAY) is (status is AccountStatus.MEMBER)


@pytest.mark.parametrize(
    "facts",
    [
        {"wants_some": False},
        {"person": replace(person(ADA), leave=Leave(at("2026-12-01T10:00"), date(2026, 12, 24)))},
        {"applied_before": frozenset({"p1"})},
        {"stands": {"applications": {Role.MENTEE: mentee(ADA)}}},
        {"stands": {"partnerships": (partnership(),)}},
        {"stands": {"roles": frozenset({ProgrammeRole.SPONSOR})}},
        {
            "memberships": (
                Membership(OTHER, COHORT, applications={Role.MENTEE: mentee(ADA)}),
                Membership(INVITING, COHORT),
            )
        },
        {"memberships": (Membership(OTHER, COHORT),)},
    ],
)
def test_who_wants_none_is_away_or_takes_part_anywhere_gets_none(facts: dict[str, Any]) -> None:
    assert may_be_invited(candidate(), INVITING, TODAY)
    assert not may_be_invited(candidate(**facts), INVITING, TODAY)


def test_having_applied_to_another_programme_before_is_no_obstacle() -> None:
    assert may_be_invited(candidate(applied_before=frozenset({"p2"})), INVITING, TODAY)


@pytest.mark.parametrize(
    ("rule", "record", "roles"),
    [
        ({}, None, (Role.MENTEE,)),
        ({"invites_mentors": True}, None, (Role.MENTEE,)),
        ({"invites_mentors": True}, StaffRecord(ADA, started_on=date(2025, 12, 7)), (Role.MENTEE, Role.MENTOR)),
        ({"invites_mentors": True}, StaffRecord(ADA, started_on=date(2025, 12, 8)), (Role.MENTEE,)),
        ({"invites_mentors": True, "service_months": 0}, None, (Role.MENTEE, Role.MENTOR)),
        ({"invites_mentees": False, "invites_mentors": True}, None, ()),
        ({"for_mentees": Segment(("IT",), ()), "departments": ("IT", "Maps")}, StaffRecord(ADA, "Maps"), ()),
        ({"for_mentees": Segment(("IT",), ()), "departments": ("IT", "Maps")}, StaffRecord(ADA, "IT"), (Role.MENTEE,)),
    ],
)
def test_people_are_invited_only_as_what_they_can_be(
    rule: dict[str, Any], record: StaffRecord | None, roles: tuple[Role, ...]
) -> None:
    programme = replace(INVITING, **rule)
    assert invited_roles(Membership(programme, COHORT, record=record), TODAY) == roles
    stands = {"record": record}
    assert may_be_invited(candidate(programme, stands=stands), programme, TODAY) is bool(roles)


@pytest.mark.parametrize(
    ("today", "takes"),
    [("2026-11-22", False), ("2026-11-23", True), ("2026-12-17", True), ("2026-12-18", False), ("2027-01-10", False)],
)
def test_people_are_invited_while_they_have_time_to_apply(today: str, takes: bool) -> None:
    assert takes_invited(COHORT, date.fromisoformat(today)) is takes
    assert not takes_invited(replace(COHORT, closed_on=date(2026, 11, 30)), date.fromisoformat(today))


def test_no_more_than_so_many_in_a_week_and_the_others_follow() -> None:
    everyone = [candidate(person=person(f"U{number:04}")) for number in range(MOST_A_WEEK + 3)]
    sent = invite(INVITING, COHORT, everyone, at("2026-12-07T09:00"), new_id="i")
    assert [each.recipient for each in sent.notifications] == [each.person.id for each in everyone[:MOST_A_WEEK]]
    assert {each.kind for each in sent.notifications} == {NotificationKind.INVITATION}
    assert len({each.id for each in sent.changes if isinstance(each, Invitation)}) == MOST_A_WEEK


def test_not_for_me_is_saved_once() -> None:
    assert choose(ADA, is_on=False, before=True).changes == (InvitationChoice(ADA, is_on=False),)
    assert not choose(ADA, is_on=False, before=False).changes


def test_an_application_is_noted_at_the_invitation_to_the_same_programme() -> None:
    sent = Invitation("i1", "p1", ADA, TODAY)
    assert note_application(sent, "p1", TODAY).changes == (replace(sent, applied_on=TODAY),)
    assert not note_application(sent, "p2", TODAY).changes
    assert not note_application(replace(sent, applied_on=TODAY), "p1", TODAY + timedelta(days=9)).changes
    assert not note_application(None, "p1", TODAY).changes


@pytest.mark.parametrize(("counted", "shown"), [(0, 0), (4, 0), (5, 5), (9, 5), (10, 10), (11, 10)])
def test_figures_are_whole_fives(counted: int, shown: int) -> None:
    assert (figures(counted, 0).invited, figures(counted, counted).applied) == (shown, shown)
