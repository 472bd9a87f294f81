"""When the message of the week speaks of the evaluation report: half-way through a round (D0.17), and at its end."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from mentoring.core.programmes import Cohort
from mentoring.oversight.digest import DigestRhythm


class ReviewMoment(StrEnum):
    HALF_WAY = "half-way"
    END = "end"


_SINCE: Final = {DigestRhythm.FORTNIGHT: timedelta(weeks=2)}
"""How long ago the message before was, where it does not come each week."""


def review_moment(cohort: Cohort, day: date, rhythm: DigestRhythm) -> ReviewMoment | None:
    """What came to pass between the message before and the one of `day`, so that one message tells it; else None."""
    since = day - _SINCE.get(rhythm, timedelta(weeks=1))
    ended = min(cohort.closed_on or cohort.ends_on, cohort.ends_on)
    if since < ended <= day:
        return ReviewMoment.END
    half = cohort.starts_on + (cohort.ends_on - cohort.starts_on) / 2
    return ReviewMoment.HALF_WAY if since < half <= day and not cohort.closed_on else None
