"""When people who have not asked are invited: on the card, in its form, and what owners see of it."""

from collections.abc import Iterator
from typing import Final

from pydantic import ConfigDict

from mentoring.applications.application import Role
from mentoring.core.fields import FieldName
from mentoring.core.lengths import Length
from mentoring.core.programmes import InvitationMoment, Programme
from mentoring.invitations.invitation import InvitationFigures
from mentoring.invitations.inviting import MOST_A_WEEK
from mentoring.programmes.invitation_settings import InvitationsForm
from messages.forms import Input, MultiSelect, Option, Select, Submission, Values
from messages.lengths import span
from messages.text import join
from messages.voice import Voice, capital

INVITATIONS_TITLE: Final = "Invitations"
WEEKS: Final = (0, 1, 2, 4, 6, 8, 12, 26)
"""Choices for the weeks after the moment."""
ABOUT: Final = (
    "I can invite people who wouldn’t ask. The message is the same for everyone and doesn’t say why they get it. It "
    "goes out while applications are open, to people who have never applied. Each person gets at most one in six "
    "months, over all programmes, and can say “Not for me” for good. You’re never shown who was invited."
)
_MOMENTS: Final = {
    InvitationMoment.JOINED: ("When they’re new here", "start here"),
    InvitationMoment.MANAGER: ("When they first manage someone", "first manage someone"),
    InvitationMoment.CHANGE: ("When their department or title changes", "change department or title"),
}


def invitation_fields(programme: Programme) -> Iterator[Input]:
    voice = Voice(programme, marked=False)
    yield MultiSelect(
        block_id=FieldName.INVITES_AT,
        label="When do we invite people?",
        hint="As far as your staff list and Slack tell us. Choose none to send no invitations.",
        options=[Option(moment, label) for moment, (label, _) in _MOMENTS.items()],
        optional=True,
    )
    weeks = sorted({*WEEKS, programme.invite_weeks})
    yield Select(
        block_id=FieldName.INVITE_WEEKS,
        label="How long after that?",
        hint=f"Invitations go out at the start of a week, {MOST_A_WEEK} a week at most.",
        options=[Option(str(number), _after(number)) for number in weeks],
    )
    yield MultiSelect(
        block_id=FieldName.INVITED_ROLES,
        label="What do we invite them to be?",
        hint="Only people who may apply in that role are invited.",
        options=[Option(role, capital(voice.a(role))) for role in Role],
        optional=True,
    )


def _after(weeks: int) -> str:
    return f"After {span(Length(weeks=weeks))}" if weeks else "In the same week"


def invitation_values(programme: Programme) -> Values:
    return {
        FieldName.INVITES_AT: [str(moment) for moment in _MOMENTS if moment in programme.invites_at],
        FieldName.INVITE_WEEKS: str(programme.invite_weeks),
        FieldName.INVITED_ROLES: [str(role) for role in _roles(programme)],
    }


def _roles(programme: Programme) -> list[Role]:
    chosen = ((Role.MENTEE, programme.invites_mentees), (Role.MENTOR, programme.invites_mentors))
    return [role for role, is_invited in chosen if is_invited]


def invitation_words(programme: Programme) -> str:
    """The settings in short, in mrkdwn."""
    if not programme.invites_at:
        return f"*{INVITATIONS_TITLE}*\nOff. I can invite people who wouldn’t ask, such as new colleagues."
    voice = Voice(programme)
    moments = join([words for moment, (_, words) in _MOMENTS.items() if moment in programme.invites_at], "or")
    roles = join([voice.a(role) for role in _roles(programme)], "or")
    when = f"{span(Length(weeks=programme.invite_weeks))} after" if programme.invite_weeks else "In the week in which"
    return f"*{INVITATIONS_TITLE}*\n{capital(when)} people {moments}, I invite them to apply as {roles}."


def figures_words(figures: InvitationFigures) -> str:
    """How many were invited and applied: whole fives, so that no one can be told from a change."""
    if not figures.invited:
        return "How many were invited is shown from five people on."
    if figures.applied is None:
        applied = "How many of them applied is shown after the deadline."
    else:
        number = f"At least {figures.applied}" if figures.applied else "Fewer than five"
        applied = f"{number} of them applied by the last deadline."
    return f"At least {figures.invited} people were invited so far. {applied}"


class InvitationsSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    invites_at: frozenset[InvitationMoment] = frozenset()
    invite_weeks: int
    invited_roles: frozenset[Role] = frozenset()


def parse_invitations(given: Values) -> InvitationsForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = InvitationsSubmission.model_validate(given)
    return InvitationsForm(
        sent.invites_at, sent.invite_weeks, Role.MENTEE in sent.invited_roles, Role.MENTOR in sent.invited_roles
    )
