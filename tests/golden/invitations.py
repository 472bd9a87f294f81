"""What there is to read of invitations to apply."""

from dataclasses import replace

from mentoring.applications.application import Role
from mentoring.core.outcome import NotificationKind
from mentoring.core.people import StaffRecord
from mentoring.core.programmes import InvitationMoment, Programme
from mentoring.invitations.invitation import InvitationFigures
from mentoring.programmes.settings import Part
from messages import applications, programmes
from messages.applications import values_known, values_suggested
from messages.home import home_view
from messages.invitations.view import about_invitations, choice_saved
from messages.preview import preview_of_invitation
from messages.programmes.invitation_settings import figures_words
from tests.golden.making import Piece, said, shown, told
from tests.messages.examples import ADA, COHORT, CUSTOM, IN_TIME, OWEN, PLAIN
from tests.messages.homes import home, in_programme


def _invited(programme: Programme, *roles: Role) -> Piece:
    return told(NotificationKind.INVITATION, ADA, programme, IN_TIME, {"cohort": COHORT.id}, invited_as=roles)


def _form(role: Role, programme: Programme) -> Piece:
    topic = programme.topics[0]
    known = values_known(StaffRecord(ADA, manager=OWEN))
    filled = {**values_suggested(role, programme, topic), **{name: value for name, value in known.items() if value}}
    return shown(lambda: applications.form(role, programme, COHORT, filled, today=IN_TIME, invited=True, known=True))


def _setup(programme: Programme, invited: int, applied: int | None) -> Piece:
    figures = figures_words(InvitationFigures(invited, applied))
    return shown(lambda: programmes.form(Part.INVITATIONS, programme, COHORT, {}, figures=figures))


ON = replace(PLAIN, invites_at=frozenset({InvitationMoment.JOINED, InvitationMoment.CHANGE}))
ALL = replace(CUSTOM, invites_at=frozenset(InvitationMoment), invite_weeks=0, invites_mentors=True)

INVITATION_PIECES: dict[str, Piece] = {
    "notification-invitation": _invited(PLAIN, Role.MENTEE),
    "notification-invitation-mentor": _invited(PLAIN, Role.MENTOR),
    "notification-invitation-both-own-words": _invited(CUSTOM, Role.MENTEE, Role.MENTOR),
    "notification-invitation-no-topics": _invited(replace(PLAIN, topics=()), Role.MENTEE, Role.MENTOR),
    "form-invited-mentee": _form(Role.MENTEE, PLAIN),
    "form-invited-mentor-own-words": _form(Role.MENTOR, CUSTOM),
    "setup-form-invitations-some": _setup(ON, 5, 0),
    "setup-form-invitations-own-words": _setup(ALL, 25, 10),
    "setup-form-invitations-first-round": _setup(ON, 5, None),
    "preview-invitation": shown(lambda: preview_of_invitation(ON, COHORT, unsaved=True)),
    "preview-invitation-own-words": shown(lambda: preview_of_invitation(ALL, COHORT, unsaved=False)),
    "invitations-off": said(lambda: choice_saved(is_on=False)),
    "invitations-on": said(lambda: choice_saved(is_on=True)),
    "about-invitations-on": said(lambda: about_invitations(is_on=True)),
    "about-invitations-off": said(lambda: about_invitations(is_on=False)),
    "about-invitations-none": said(lambda: about_invitations(None)),
    "home-invitations-on": shown(lambda: home_view(home(in_programme(), reader=ADA, invitations=True))),
    "home-invitations-off": shown(lambda: home_view(home(in_programme(), reader=ADA, invitations=False))),
}
