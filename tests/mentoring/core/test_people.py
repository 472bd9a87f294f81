"""Who may take part, and what day it is for them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.core.people import ADMISSIBLE, AccountStatus, Ineligibility, Person, ineligibility
from tests.mentoring.values import at, person

NOBODY_ELSE: frozenset[AccountStatus] = frozenset()


def test_a_member_may_always_take_part() -> None:
    assert ineligibility(person(standing=AccountStatus.MEMBER), NOBODY_ELSE) is None


@pytest.mark.parametrize("standing", [standing for standing in AccountStatus if standing is not AccountStatus.MEMBER])
def test_everybody_else_is_hindered_by_what_they_are_unless_admitted(standing: AccountStatus) -> None:
    assert ineligibility(person(standing=standing), NOBODY_ELSE) is Ineligibility(standing.value)


@pytest.mark.parametrize("standing", [AccountStatus.GUEST, AccountStatus.STRANGER])
def test_a_programme_may_admit_guests_and_people_of_other_workspaces(standing: AccountStatus) -> None:
    assert ineligibility(person(standing=standing), frozenset({standing})) is None


def test_admitting_guests_does_not_admit_strangers() -> None:
    assert (
        ineligibility(person(standing=AccountStatus.STRANGER), frozenset({AccountStatus.GUEST}))
        is Ineligibility.STRANGER
    )


@given(st.sampled_from(AccountStatus), st.frozensets(st.sampled_from(AccountStatus)))
def test_no_setting_admits_a_bot_a_closed_account_or_somebody_unknown(
    standing: AccountStatus, admits: frozenset[AccountStatus]
) -> None:
    may = ineligibility(person(standing=standing), admits) is None
    assert may == (standing is AccountStatus.MEMBER or standing in admits & ADMISSIBLE)


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("Pacific/Kiritimati", date(2026, 12, 22)),
        ("Europe/London", date(2026, 12, 21)),
        ("Pacific/Pago_Pago", date(2026, 12, 21)),
    ],
)
def test_today_is_the_day_where_the_person_is(zone: str, day: date) -> None:
    assert person(time_zone=zone).today(at("2026-12-21T11:30")) == day


def test_today_follows_the_change_of_the_clocks() -> None:
    london = person(time_zone="Europe/London")
    assert london.today(at("2026-06-30T23:30")) == date(2026, 7, 1)
    assert london.today(at("2026-11-30T23:30")) == date(2026, 11, 30)


@pytest.mark.parametrize("zone", ["", "Atlantis/Capital", "../../etc/passwd", "Europe", "a\x00b", "x" * 300])
def test_a_zone_that_nobody_knows_counts_as_utc(zone: str) -> None:
    assert Person("U0ADA", time_zone=zone).local(at("2026-12-21T11:30")).isoformat() == "2026-12-21T11:30:00+00:00"
