"""What messages are called where one counts them."""

import pytest

from mentoring.core.outcome import NotificationKind
from messages.notifications.names import count_name
from messages.text import plural


@pytest.mark.parametrize("kind", NotificationKind)
def test_every_kind_reads_well_as_one_and_as_many(kind: NotificationKind) -> None:
    one, many = count_name(kind)
    assert plural(1, *count_name(kind)) == f"1 {one}"
    assert many != one
    assert "{" not in one + many


def test_nudges_are_nudges_whatever_they_are_about() -> None:
    kinds = (
        NotificationKind.FIRST_MEETING_NUDGE,
        NotificationKind.SECOND_MEETING_NUDGE,
        NotificationKind.MONTHLY_NUDGE,
    )
    assert {plural(3, *count_name(kind)) for kind in kinds} == {"3 nudges"}
    assert plural(1, *count_name(NotificationKind.CHECK_IN)) == "1 check-in"
