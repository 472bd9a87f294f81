"""Which dates are plausible. What lies further away was mistyped, such as 1850 or 2207."""

from collections.abc import Iterator, Mapping
from datetime import date

from mentoring.core.errors import MentoringError, TooFarAhead, TooLongAgo
from mentoring.core.fields import FieldName
from mentoring.core.lengths import add_months

LONGEST_SERVICE = 70 * 12
"""Months that a person may have worked here."""
ROUND_WITHIN = 5 * 12
"""Months, before and after today, within which the dates of a round and closed days lie."""
ACTION_WITHIN = 24
"""Months after today within which an agreed action is due."""


def earliest_start(today: date) -> date:
    """The first day on which a person who works here `today` may have started."""
    return add_months(today, -LONGEST_SERVICE)


def implausible(
    days: Mapping[FieldName, date], today: date, *, before: int = ROUND_WITHIN, after: int = ROUND_WITHIN
) -> Iterator[MentoringError]:
    """Yield a refusal for each of `days` that is more than `before` months ago or `after` months ahead."""
    earliest, latest = add_months(today, -before), add_months(today, after)
    for field, day in days.items():
        if day < earliest:
            yield TooLongAgo(field, earliest)
        elif day > latest:
            yield TooFarAhead(field, latest)
