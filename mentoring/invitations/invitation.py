"""An invitation to apply, whether a person wants any, and the figures that owners see."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from mentoring.core.outcome import NOTHING, Outcome

SHOWN_FROM: Final = 5
"""Figures are whole multiples of it, so that no owner can tell from a change who was invited."""


@dataclass(frozen=True)
class Invitation:
    """That `person` (a Slack user id, or "" once erased) was invited to apply to a programme on `sent_on`, and the day
    on which they first applied to it since, in their time zone.
    """

    id: str
    programme_id: str
    person: str
    sent_on: date
    applied_on: date | None = None


@dataclass(frozen=True)
class InvitationChoice:
    """Whether `person` (a Slack user id) wants invitations, in all programmes. Without a choice they may get some."""

    person: str
    is_on: bool


@dataclass(frozen=True)
class InvitationFigures:
    """How many people a programme has invited, and how many of them had applied when applications last closed: rounded
    down to whole fives. `applied` is None before the first deadline.
    """

    invited: int = 0
    applied: int | None = None


def figures(invited: int, applied: int | None) -> InvitationFigures:
    """The figures that owners see. Owners see each application arrive, so that `applied` counts up to a deadline: if it
    changed with an application, it would tell that the author was invited.
    """
    return InvitationFigures(
        invited - invited % SHOWN_FROM, None if applied is None else applied - applied % SHOWN_FROM
    )


def choose(person: str, *, is_on: bool, before: bool) -> Outcome:
    """The person wants invitations, or none for ever: until they say otherwise. `before` is their choice so far."""
    return NOTHING if is_on is before else Outcome((InvitationChoice(person, is_on),))


def note_application(invitation: Invitation | None, programme_id: str, today: date) -> Outcome:
    """The person applies to the programme `today`; `invitation` is the last that they got, or None."""
    if invitation is None or invitation.programme_id != programme_id or invitation.applied_on:
        return NOTHING
    return Outcome((replace(invitation, applied_on=today),))
