"""What messages are called where one counts them."""

import pytest

from mentoring.core.outcome import Kind
from messages.notifications.names import tally
from messages.text import plural


@pytest.mark.parametrize("kind", Kind)
def test_every_kind_reads_well_as_one_and_as_many(kind: Kind) -> None:
    one, many = tally(kind)
    assert plural(1, *tally(kind)) == f"1 {one}"
    assert many != one
    assert "{" not in one + many


def test_nudges_are_nudges_whatever_they_are_about() -> None:
    kinds = (Kind.FIRST_MEETING_NUDGE, Kind.SECOND_MEETING_NUDGE, Kind.MONTHLY_NUDGE)
    assert {plural(3, *tally(kind)) for kind in kinds} == {"3 nudges"}
    assert plural(1, *tally(Kind.CHECK_IN)) == "1 check-in"
