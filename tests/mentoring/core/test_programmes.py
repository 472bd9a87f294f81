"""The programme that the first start founds."""

from datetime import date

import pytest

from mentoring.applications.submission import check_open
from mentoring.core.lengths import LENGTHS
from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.programmes import TOPICS, Cohort, Programme, Rhythm
from mentoring.core.roles import ProgrammeRole, RoleGiven
from mentoring.programmes.cohorts import create_programme
from tests.mentoring.values import at, person

OWNERS = ("U0OWNER", "U0SECOND")


def founded(
    owners: tuple[str, ...] = OWNERS, today: date = date(2026, 11, 23)
) -> tuple[Programme, Cohort, tuple[Notification, ...]]:
    outcome = create_programme(programme_id="p1", cohort_id="c1", owners=owners, today=today)
    programme, cohort, *roles = outcome.changes
    assert roles == [RoleGiven("p1", ProgrammeRole.OWNER, owner) for owner in owners]
    assert isinstance(programme, Programme)
    assert isinstance(cohort, Cohort)
    return programme, cohort, outcome.notifications


def test_people_can_apply_from_the_first_minute_for_four_weeks() -> None:
    _, cohort, _ = founded()
    assert (cohort.apply_by, cohort.starts_on, cohort.ends_on) == (
        date(2026, 12, 21),
        date(2027, 1, 4),
        date(2028, 1, 4),
    )
    check_open(cohort, date(2026, 11, 23))


def test_it_is_open_where_the_first_day_has_not_begun_yet() -> None:
    check_open(founded()[1], person(time_zone="Pacific/Pago_Pago").today(at("2026-11-23T00:00")))


def test_its_rules_are_those_of_the_library() -> None:
    programme, _, _ = founded()
    assert (programme.topics, programme.lengths, programme.service_months) == (TOPICS, LENGTHS, 12)
    assert (programme.rhythm, programme.most_places, programme.approvals) == (Rhythm(2, 1), 3, 2)
    assert (programme.ask_first, programme.introduces_at_start) == (True, False)
    assert programme.admits == frozenset()
    assert (programme.version, programme.changed_by) == (1, "")


def test_the_first_owner_is_the_contact() -> None:
    assert founded()[0].contact == "U0OWNER"
    assert founded(owners=())[0].contact == ""


def test_every_owner_is_welcomed_once() -> None:
    _, _, notices = founded()
    assert [(notice.kind, notice.recipient) for notice in notices] == [
        (NotificationKind.WELCOME_OWNER, owner) for owner in OWNERS
    ]
    assert len({notice.key for notice in notices}) == 2
    assert founded()[2] == notices


@pytest.mark.parametrize("today", [date(2026, 11, day) for day in range(16, 30)])
def test_a_founded_round_closes_and_starts_on_a_working_day(today: date) -> None:
    cohort = founded(today=today)[1]
    assert {cohort.apply_by.weekday(), cohort.starts_on.weekday()}.isdisjoint({5, 6})
    assert cohort.opens_on < today < cohort.apply_by < cohort.starts_on < cohort.ends_on
