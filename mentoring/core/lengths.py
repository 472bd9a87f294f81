"""How long partnerships last: in weeks or in months (D1.12)."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """`day` moved by `months` (may be negative); the last day of the month if it has no such day."""
    years, month0 = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month0 + 1, min(day.day, monthrange(years, month0 + 1)[1]))


@dataclass(frozen=True)
class Length:
    """So many months, or so many weeks; one of the two is 0.

    Its `code` is what forms send and tables hold: "9" are nine months, "6w" six weeks.
    """

    months: int = 0
    weeks: int = 0

    @property
    def code(self) -> str:
        return f"{self.weeks}w" if self.weeks else str(self.months)

    @property
    def days(self) -> int:
        """About how many days it has, which does not depend on when it starts."""
        return self.weeks * 7 + self.months * 365 // 12

    def after(self, day: date) -> date:
        """The day on which something that started on `day` has lasted so long."""
        return add_months(day, self.months) + timedelta(weeks=self.weeks)


def read_length(code: str) -> Length:
    """The length with this code. Raises ValueError, whose message does not repeat it."""
    number, is_weeks = code.removesuffix("w"), code.endswith("w")
    if not (number.isascii() and number.isdigit() and len(number) <= 3):
        raise ValueError("not a length")
    return Length(weeks=int(number)) if is_weeks else Length(months=int(number))


def shorter(one: Length, other: Length) -> Length:
    """The shorter of two lengths; the first if they are about the same."""
    return min(one, other, key=lambda length: length.days)


_SHORT = Length(months=3)


def length_between(start: date, end: date) -> Length:
    """The length of what runs from `start` to `end`, about: whole months, or weeks if those are exact, months are not,
    and it is short.
    """
    days = (end - start).days
    months = Length(months=max(1, round(days * 12 / 365.25)))
    weeks = Length(weeks=days // 7)
    is_in_weeks = months.after(start) != end and weeks.after(start) == end and days <= _SHORT.days
    return weeks if is_in_weeks else months


LENGTHS = tuple(Length(months=months) for months in range(6, 13))
"""What people can choose from unless the owners change it (D1.12)."""
