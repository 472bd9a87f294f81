"""What is known of each kind of notification."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from mentoring.core.outcome import Notification, NotificationKind
from mentoring.notifications.kinds import KIND_RULES, LoadClass, is_too_late, kinds_of, load_class_of

TODAY = date(2027, 1, 13)


def test_every_kind_has_its_rules() -> None:
    assert set(KIND_RULES) == set(NotificationKind)


def test_each_kind_is_in_one_load_class() -> None:
    found = [kinds_of(load_class) for load_class in LoadClass]
    assert frozenset[NotificationKind]().union(*found) == set(NotificationKind)
    assert sum(map(len, found)) == len(NotificationKind)


def test_what_can_wait_for_a_week_is_good_to_know_and_asks_nothing() -> None:
    assert kinds_of(LoadClass.CARRIED) == {
        NotificationKind.MEETING_LOGGED,
        NotificationKind.PARTNER_BACK,
        NotificationKind.OWNERS_PERSON_BACK,
        NotificationKind.PROGRAMME_CHANGED,
        NotificationKind.COMMITTEE_NAMED,
        NotificationKind.FACILITATORS_NAMED,
        NotificationKind.WEEKLY_STATUS,
        NotificationKind.SPONSOR_PAGE,
        NotificationKind.OPERATOR_RELEASED,
        NotificationKind.STILL_WAITING,
        NotificationKind.PLAN_SHARED,
        NotificationKind.PLAN_CHANGED,
        NotificationKind.PLAN_REVIEW,
        NotificationKind.OWNER_NAMED,
        NotificationKind.ANNOUNCEMENT,
        NotificationKind.INVITATION,
        NotificationKind.DATA_ENDS,
    }


def test_what_is_carried_does_not_pile_up() -> None:
    """With one a week, each of them is out or pointless within a month."""
    for kind in kinds_of(LoadClass.CARRIED):
        valid_for = KIND_RULES[kind].valid_for
        assert valid_for is not None
        assert valid_for <= timedelta(days=30)


def test_a_live_view_is_not_carried() -> None:
    assert not [kind for kind in kinds_of(LoadClass.CARRIED) if KIND_RULES[kind].is_live]


@pytest.mark.parametrize("kind", NotificationKind)
def test_a_reply_is_a_reply_whatever_its_kind(kind: NotificationKind) -> None:
    notification = Notification("k", kind, "U0ADA")
    assert load_class_of(notification) is KIND_RULES[kind].load_class
    assert load_class_of(replace(notification, is_reply=True)) is LoadClass.REPLY


@pytest.mark.parametrize(("day", "too_late"), [("2027-01-13", False), ("2027-01-12", False), ("2027-01-11", True)])
def test_what_is_about_a_day_counts_from_it(day: str, too_late: bool) -> None:
    status = Notification("k", NotificationKind.WEEKLY_STATUS, "U0ADA", {"day": day})
    assert is_too_late(status, TODAY, timedelta(days=100)) is too_late


def test_everything_else_counts_from_when_it_was_enqueued() -> None:
    logged = Notification("k", NotificationKind.MEETING_LOGGED, "U0ADA")
    assert not is_too_late(logged, TODAY, timedelta(days=14))
    assert is_too_late(logged, TODAY, timedelta(days=14, seconds=1))
    assert not is_too_late(replace(logged, kind=NotificationKind.SURVEY), TODAY, timedelta(days=1000))
