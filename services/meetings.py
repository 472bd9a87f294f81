"""Loads when two people have met."""

from datetime import date

from mentoring.partnerships.partnership import Partnership
from storage.transaction import Transaction


def met_on(tx: Transaction, partnership: Partnership) -> tuple[date, ...]:
    """The days of all meetings of the two: those that they have logged, and those before it was brought in."""
    return partnership.met_on(meeting.met_on for meeting in tx.meetings.of([partnership.id]))
