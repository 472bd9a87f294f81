"""What did not arrive: the owners are told once, and decide."""

import pytest

from mentoring.core.errors import AlreadyResolved, NotForYou
from mentoring.core.outcome import NotificationKind
from mentoring.core.undelivered import (
    REPORT_WINDOW,
    DeliveryFailure,
    UndeliveredNotification,
    UndeliveredResolution,
    report,
    resolve,
)
from tests.mentoring.values import NOON

ADA, OLGA, SAM = "U0ADA", "U0OLGA", "U0SAM"
LOST = UndeliveredNotification("7", NotificationKind.CHECK_IN, ADA, "", "user_not_found", DeliveryFailure.FAILED)


def test_each_owner_is_told_once_a_little_later_so_that_what_fails_together_is_told_together() -> None:
    outcome = report(LOST, (OLGA, SAM), programme_id="p1", report_id="r1", now=NOON)
    assert [notice.recipient for notice in outcome.notifications] == [OLGA, SAM]
    assert {notice.due for notice in outcome.notifications} == {NOON + REPORT_WINDOW}
    assert outcome == report(LOST, (OLGA, SAM), programme_id="p1", report_id="r1", now=NOON)


def test_an_owner_whom_nothing_reaches_is_not_written_to_about_it() -> None:
    own = UndeliveredNotification("8", NotificationKind.UNDELIVERED, OLGA, "", "user_not_found", DeliveryFailure.FAILED)
    assert [
        notice.recipient
        for notice in report(own, (OLGA, SAM), programme_id="p1", report_id="r1", now=NOON).notifications
    ] == [SAM]


@pytest.mark.parametrize("again", [True, False])
def test_an_owner_decides(again: bool) -> None:
    assert resolve(LOST, by=OLGA, owners=(OLGA,), again=again).changes == (UndeliveredResolution("7", again),)


def test_nobody_else_decides() -> None:
    with pytest.raises(NotForYou):
        resolve(LOST, by=ADA, owners=(OLGA,), again=True)


@pytest.mark.parametrize("settled", [None, UndeliveredNotification("7", NotificationKind.CHECK_IN, ADA, "", "", None)])
def test_what_is_settled_is_not_settled_again(settled: UndeliveredNotification | None) -> None:
    with pytest.raises(AlreadyResolved):
        resolve(settled, by=OLGA, owners=(OLGA,), again=True)
