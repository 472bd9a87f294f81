"""Times of day for one reader, in their time zone, with what the other person's clock shows."""

from datetime import datetime, timedelta

from mentoring.core.people import Person
from messages.programmes.cohorts import weekday
from messages.text import join, mention, plural


def when(start: datetime, reader: Person) -> str:
    """ "Tuesday 2 February 2027 at 14:00" on the reader's clock; valid as plain text and as mrkdwn."""
    local = reader.local(start)
    return f"{weekday(local.date())} at {local:%H:%M}"


def span_of_hours(start: datetime, minutes: int, reader: Person) -> str:
    """ "Tuesday 2 February 2027, 14:00 to 15:00" on the reader's clock; valid as plain text and as mrkdwn."""
    local, ends = reader.local(start), reader.local(start + timedelta(minutes=minutes))
    return f"{weekday(local.date())}, {local:%H:%M} to {ends:%H:%M}"


def in_short(start: datetime, reader: Person) -> str:
    """ "Tue 2 Feb, 14:00" on the reader's clock, for a button."""
    local = reader.local(start)
    return f"{local:%a} {local.day} {local:%b}, {local:%H:%M}"


def for_other(start: datetime, reader: Person, other: Person) -> str:
    """ "10:00 for @Ben", with the weekday if it is another; "" if both clocks show the same. Mrkdwn."""
    mine, theirs = reader.local(start), other.local(start)
    if mine.replace(tzinfo=None) == theirs.replace(tzinfo=None) or not other.id:
        return ""
    day = "" if mine.date() == theirs.date() else f"{theirs:%A} "
    return f"{day}{theirs:%H:%M} for {mention(other.id)}"


def outside_hours(mine: int, theirs: int, other: Person) -> str:
    """By how many minutes a time lies outside the reader's working hours and those of the other person, in mrkdwn; ""
    if it does not.
    """
    own = f"{_far(mine)} your working hours" if mine else ""
    others = f"{_far(theirs)} {mention(other.id)}’s working hours" if theirs and other.id else ""
    return join([each for each in (own, others) if each])


def _far(minutes: int) -> str:
    return f"{plural(minutes, 'minute', 'minutes')} outside" if minutes <= _A_LITTLE else "outside"


_A_LITTLE = 120
"""Minutes. What lies further outside is not counted out."""
