"""The fair queue: who has waited since before the round opened, and found nobody."""

from mentoring.application import Application
from mentoring.round import Round

_MONTH = 30
_LONG = 6
"""Months from which waiting counts in full."""


def months_waited(round_: Round, application: Application) -> int:
    """Whole months between their application and the opening of this round; 0 for whoever has had somebody since.

    Within a round it makes no difference who applied first.
    """
    if round_.has_had_somebody(application):
        return 0
    return max(0, (round_.cohort.opens_on - application.sent_on).days // _MONTH)


def points(months: int, most: int) -> int:
    """What waiting so long counts, of `most`."""
    return most * min(months, _LONG) // _LONG
