"""Calendar arithmetic that people expect: a month after 31 January is the last of February, and a working day is one on
which the programme works.
"""

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from mentoring.holiday import public_holidays

if TYPE_CHECKING:
    from mentoring.programme import Programme

_FAR = 2 * 366
"""Days within which a programme works again, whatever it has closed."""


def add_months(day: date, months: int) -> date:
    """`day` moved by whole months (may be negative), kept within the month's end."""
    years, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month0 + 1, min(day.day, monthrange(years, month0 + 1)[1]))


def is_working_day(day: date, programme: "Programme") -> bool:
    """One of the programme's working days, not a public holiday of its country, and not closed."""
    return (
        day.weekday() in programme.working_days
        and day not in programme.closed_days
        and day not in public_holidays(programme.country, day.year)
    )


def working_day(day: date, programme: "Programme") -> date:
    """`day`, or the next working day. A programme that does not work within two years gets `day` itself."""
    coming = (day + timedelta(days=after) for after in range(_FAR))
    return next((one for one in coming if is_working_day(one, programme)), day)
