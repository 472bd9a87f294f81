"""Who is named for what, who hears of it, and who may not be named."""

from collections.abc import Iterable
from dataclasses import replace

import pytest

from mentoring.core.errors import ChangedMeanwhile, InvalidForm, Missing, NotForYou, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, NotificationKind, Outcome
from mentoring.core.people import AccountStatus, Ineligibility, Person
from mentoring.core.programmes import Programme, ProgrammeType
from mentoring.core.roles import ProgrammeRole, RoleGiven, RoleHolders, RoleTaken
from mentoring.programmes.errors import CannotHaveRole
from mentoring.programmes.naming import MOST_FACILITATORS, MOST_IN_COMMITTEE, MOST_SPONSORS, Naming, name_people
from tests.mentoring.factories import STARTED
from tests.mentoring.values import COHORT, PROGRAMME, person

OWEN, SUE, CLEO, SPENCER, ADMIN, ADA = "UOWEN", "USUE", "UCLEO", "USPENCER", "UADMIN", "UADA"
ALONE = RoleHolders((OWEN,))
PEERS = replace(PROGRAMME, type=ProgrammeType.PEER)


def named(
    chosen: RoleHolders,
    before: RoleHolders = ALONE,
    *,
    by: str = OWEN,
    applicants: Iterable[str] = (),
    people: Iterable[Person] = (),
    seen: int = PROGRAMME.version,
    partners: Iterable[str] = (),
    programme: Programme = PROGRAMME,
) -> Outcome:
    known = {each.id: each for each in people}
    naming = Naming(by, STARTED, before, before.owners, (ADMIN,), applicants, known, seen, partners)
    return name_people(programme, COHORT, chosen, naming)


def told(outcome: Outcome) -> list[tuple[str, str]]:
    return sorted((each.recipient, each.kind) for each in outcome.notifications)


def test_each_person_is_told_once_what_they_may_do_and_the_other_owners_that_it_changed() -> None:
    before = RoleHolders((OWEN, SUE))
    outcome = named(RoleHolders((OWEN, SUE), (CLEO,), (CLEO, SPENCER)), before)
    given = [each for each in outcome.changes if isinstance(each, RoleGiven)]
    assert given == [
        RoleGiven(PROGRAMME.id, ProgrammeRole.COMMITTEE, CLEO, OWEN),
        RoleGiven(PROGRAMME.id, ProgrammeRole.SPONSOR, CLEO, OWEN),
        RoleGiven(PROGRAMME.id, ProgrammeRole.SPONSOR, SPENCER, OWEN),
    ]
    assert told(outcome) == [
        (CLEO, NotificationKind.ROLES_CHANGED),
        (OWEN, NotificationKind.PROGRAMME_CHANGED),
        (SPENCER, NotificationKind.ROLES_CHANGED),
        (SUE, NotificationKind.PROGRAMME_CHANGED),
    ]
    (cleo,) = (each for each in outcome.notifications if each.recipient == CLEO)
    assert cleo.refs["given"] == "committee,sponsor"
    assert cleo.due == STARTED  # it waits for their working hours
    (changed,) = (each for each in outcome.changes if isinstance(each, Programme))
    assert changed.version == PROGRAMME.version + 1


def test_who_loses_a_role_is_told_and_who_becomes_an_owner_is_welcomed_and_not_told_twice() -> None:
    outcome = named(RoleHolders((OWEN, CLEO)), RoleHolders((OWEN,), (CLEO,), (SPENCER,)))
    assert {(each.role, each.person) for each in outcome.changes if isinstance(each, RoleTaken)} == {
        (ProgrammeRole.COMMITTEE, CLEO),
        (ProgrammeRole.SPONSOR, SPENCER),
    }
    assert told(outcome) == [
        (CLEO, NotificationKind.WELCOME_OWNER),
        (OWEN, NotificationKind.PROGRAMME_CHANGED),
        (SPENCER, NotificationKind.ROLES_CHANGED),
    ]


def test_an_owner_is_not_on_the_committee_too() -> None:
    assert named(RoleHolders((OWEN,), (OWEN,))) == NOTHING


def test_everybody_whose_application_the_first_committee_can_read_is_told_and_only_then() -> None:
    first = named(RoleHolders((OWEN,), (CLEO,)), applicants=(ADA, CLEO, ADA, OWEN))
    assert [each.recipient for each in first.notifications if each.kind is NotificationKind.COMMITTEE_NAMED] == [ADA]
    more = named(RoleHolders((OWEN,), (CLEO, SUE)), RoleHolders((OWEN,), (CLEO,)), applicants=(ADA,))
    assert ADA not in dict(told(more))


def test_facilitators_are_told_and_so_is_everybody_whose_meetings_the_first_ones_can_see() -> None:
    chosen, partners = RoleHolders((OWEN,), facilitators=(SUE, OWEN)), (ADA, SUE, ADA, OWEN)
    first = named(chosen, programme=PEERS, partners=partners)
    assert [(each.role, each.person) for each in first.changes if isinstance(each, RoleGiven)] == [
        (ProgrammeRole.FACILITATOR, SUE),
        (ProgrammeRole.FACILITATOR, OWEN),
    ], "an owner can be one, too, so that people read whom to ask"
    assert told(first) == [
        (ADA, NotificationKind.FACILITATORS_NAMED),
        (OWEN, NotificationKind.PROGRAMME_CHANGED),
        (SUE, NotificationKind.ROLES_CHANGED),
    ]
    more = named(replace(chosen, facilitators=(SUE, CLEO)), chosen, programme=PEERS, partners=partners)
    assert told(more) == [(CLEO, NotificationKind.ROLES_CHANGED), (OWEN, NotificationKind.PROGRAMME_CHANGED)]


def test_only_peers_have_facilitators() -> None:
    """A form that was open when the type changed."""
    with pytest.raises(ChangedMeanwhile):
        named(RoleHolders((OWEN,), facilitators=(SUE,)))


def test_facilitators_have_open_accounts_here_and_are_twenty_at_most() -> None:
    def refused(*chosen: str, people: Iterable[Person] = ()) -> object:
        with pytest.raises(InvalidForm) as caught:
            named(RoleHolders((OWEN,), facilitators=chosen), programme=PEERS, people=people)
        return caught.value.reasons

    guest = person(SUE, AccountStatus.GUEST)
    assert refused(SUE, people=[guest]) == (CannotHaveRole(SUE, Ineligibility.GUEST, FieldName.FACILITATORS),)
    many = tuple(f"U{number}" for number in range(MOST_FACILITATORS + 1))
    assert refused(*many) == (TooLong(FieldName.FACILITATORS, MOST_FACILITATORS),)


def test_an_administrator_names_owners_and_nobody_else() -> None:
    assert named(RoleHolders((SUE,)), by=ADMIN).changes
    with pytest.raises(NotForYou):
        named(RoleHolders((OWEN,), (CLEO,)), by=ADMIN)
    for stranger in (CLEO, SPENCER, ADA):
        with pytest.raises(NotForYou):
            named(RoleHolders((stranger,)), RoleHolders((OWEN,), (CLEO,), (SPENCER,)), by=stranger)


@pytest.mark.parametrize(
    ("chosen", "why"),
    [
        (RoleHolders(()), Missing(FieldName.OWNERS)),
        (
            RoleHolders((OWEN,), tuple(f"U{n}" for n in range(MOST_IN_COMMITTEE + 1))),
            TooLong(FieldName.COMMITTEE, MOST_IN_COMMITTEE),
        ),
        (
            RoleHolders((OWEN,), (), tuple(f"U{n}" for n in range(MOST_SPONSORS + 1))),
            TooLong(FieldName.SPONSORS, MOST_SPONSORS),
        ),
        (RoleHolders((OWEN,), (CLEO,)), CannotHaveRole(CLEO, Ineligibility.GUEST, FieldName.COMMITTEE)),
        (RoleHolders((OWEN,), (), (CLEO,)), CannotHaveRole(CLEO, Ineligibility.GUEST, FieldName.SPONSORS)),
    ],
)
def test_what_cannot_be_is_said_at_its_field(chosen: RoleHolders, why: Exception) -> None:
    with pytest.raises(InvalidForm) as refused:
        named(chosen, people=(person(CLEO, AccountStatus.GUEST),))
    assert refused.value.reasons == (why,)


def test_people_who_have_a_role_already_can_keep_it_when_their_account_is_closed() -> None:
    gone = person(CLEO, AccountStatus.DEACTIVATED)
    outcome = named(RoleHolders((OWEN,), (CLEO, SUE)), RoleHolders((OWEN,), (CLEO,)), people=(gone,))
    assert (SUE, NotificationKind.ROLES_CHANGED) in told(outcome)


def test_a_form_that_is_out_of_date_changes_nothing() -> None:
    with pytest.raises(ChangedMeanwhile):
        named(RoleHolders((OWEN,), (CLEO,)), seen=PROGRAMME.version - 1)
    assert named(ALONE, seen=0) == NOTHING
    assert replace(ALONE).without_doubles() == ALONE
