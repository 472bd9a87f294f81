"""How often people asked for help in confidence in a past year: all that owners learn of cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

LEAST_SHOWN: Final = 5


@dataclass(frozen=True)
class CaseCounted:
    """One more case was opened in a programme, in this calendar year (UTC). Who asked is not stored with it."""

    programme_id: str
    year: int


@dataclass(frozen=True)
class CasesOfYear:
    """How many cases were opened in a past year: None if they are fewer than LEAST_SHOWN, none included."""

    year: int
    opened: int | None


def cases_of_last_year(counts: Iterable[tuple[int, int]], first_day: date | None, today: date) -> CasesOfYear | None:
    """What owners see on `today`, a day that has begun in all time zones; None if the programme is younger than that.

    `counts` are the cases opened by year, and `first_day` is the first day of the programme's first round. Only a year
    that is over is shown. Its number never changes again, so that no two readings of it differ by a case. A year
    without a case reads as one with a few.
    """
    year = today.year - 1
    if first_day is None or first_day.year > year:
        return None
    opened = dict(counts).get(year, 0)
    return CasesOfYear(year, opened if opened >= LEAST_SHOWN else None)
