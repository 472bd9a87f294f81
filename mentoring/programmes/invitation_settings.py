"""The part of the settings about invitations: when people who have not asked are invited to apply (D0.20)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from mentoring.core.errors import MentoringError, Missing, OutOfRange
from mentoring.core.fields import FieldName
from mentoring.core.programmes import InvitationMoment, Programme

MOST_INVITE_WEEKS: Final = 26
"""The most weeks from the moment to the invitation."""


@dataclass(frozen=True)
class InvitationsForm:
    """See `Programme`. No moment switches invitations off."""

    invites_at: frozenset[InvitationMoment]
    invite_weeks: int
    invites_mentees: bool
    invites_mentors: bool


def apply_invitations(programme: Programme, form: InvitationsForm) -> Programme:
    """The programme with the values of the form."""
    return replace(
        programme,
        invites_at=form.invites_at,
        invite_weeks=form.invite_weeks,
        invites_mentees=form.invites_mentees,
        invites_mentors=form.invites_mentors,
    )


def invitations_errors(form: InvitationsForm) -> Iterator[MentoringError]:
    """Yield the problems of the form."""
    if not 0 <= form.invite_weeks <= MOST_INVITE_WEEKS:
        yield OutOfRange(FieldName.INVITE_WEEKS, 0, MOST_INVITE_WEEKS)
    if form.invites_at and not (form.invites_mentees or form.invites_mentors):
        yield Missing(FieldName.INVITED_ROLES)
