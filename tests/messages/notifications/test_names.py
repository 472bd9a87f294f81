"""What each kind of notification is called, where messages are counted and in a report of what was not delivered."""

import pytest

from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Programme
from mentoring.core.undelivered import DeliveryFailure, UndeliveredNotification
from messages.notifications import count_name, sentence_name
from messages.notifications.undelivered import card
from messages.text import plural
from messages.voice import Voice
from tests.messages.examples import ADA, CUSTOM, PLAIN


@pytest.mark.parametrize("programme", [PLAIN, CUSTOM])
@pytest.mark.parametrize("kind", NotificationKind)
def test_a_report_names_whatever_kind_was_not_delivered(kind: NotificationKind, programme: Programme) -> None:
    """A kind without a name kept the whole report from being written."""
    voice = Voice(programme)
    lost = UndeliveredNotification("7", kind, ADA, "", "user_not_found", DeliveryFailure.FAILED)
    assert sentence_name(kind, voice)[1:] in str(card([lost], voice, "r1", sentence_name).payload())
    assert "{" not in sentence_name(kind, voice)


@pytest.mark.parametrize("kind", NotificationKind)
def test_every_kind_reads_well_as_one_and_as_many(kind: NotificationKind) -> None:
    one, many = count_name(kind)
    assert plural(1, *count_name(kind)) == f"1 {one}"
    assert many != one
    assert "{" not in one + many


def test_reminders_to_meet_are_counted_together() -> None:
    kinds = (
        NotificationKind.FIRST_MEETING_NUDGE,
        NotificationKind.SECOND_MEETING_NUDGE,
        NotificationKind.MONTHLY_NUDGE,
    )
    assert {plural(3, *count_name(kind)) for kind in kinds} == {"3 reminders to meet"}
    assert plural(1, *count_name(NotificationKind.CHECK_IN)) == "1 check-in"
