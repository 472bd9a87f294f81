"""Peer programmes: what their owners set, what their people read, and what facilitators are shown."""

from dataclasses import replace
from typing import Any

from mentoring.applications.application import Role
from mentoring.core.outcome import NotificationKind
from mentoring.core.paging import Page
from mentoring.core.programmes import Programme, ProgrammeType
from mentoring.core.roles import ProgrammeRole, RoleHolders
from mentoring.matching.match import Reason, ReasonKind
from mentoring.people.listed_partnerships import ListedPartnership
from mentoring.programmes.settings import Part
from messages import programmes
from messages.command_words import Topic
from messages.home import home_view
from messages.ids import OPEN_REQUEST
from messages.matching.reasons import because
from messages.partnerships import owners_view
from messages.partnerships.owners_view import PartnershipsState
from messages.payloads import Message, message
from messages.programmes import overview, roles
from messages.topics import Asker, reply_about
from tests.golden.making import Piece, said, shown, told
from tests.golden.owner_lists import MET, THERE
from tests.messages.examples import (
    ADA,
    BEN,
    CLEO,
    COHORT,
    CUSTOM,
    ENDED,
    IN_TIME,
    LATER,
    OTHERS_OFFER,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    REQUEST,
    RUNNING,
    SUE,
    gone,
    member,
)
from tests.messages.homes import helped, home, in_programme

BARE = replace(PLAIN, type=ProgrammeType.PEER, grades=("Junior", "Senior", "Head"), least_gap=1)
OURS = replace(BARE, has_facilitators=True)
RENAMED = replace(CUSTOM, type=ProgrammeType.PEER, has_facilitators=True)
HOLDERS = RoleHolders((OWEN,), facilitators=(CLEO, SUE))
FACILITATOR = (ProgrammeRole.FACILITATOR,)
BOTH = (CLEO, SUE)


def _sets(part: Part, programme: Programme = OURS) -> Piece:
    return shown(lambda: programmes.form(part, programme, COHORT, programmes.values_of(part, programme, COHORT)))


def _told(kind: NotificationKind, reader: str = CLEO, **more: Any) -> Piece:
    about = more.pop("about", None)
    more = {"owners": (OWEN,), "facilitators": BOTH, "present_facilitators": BOTH} | more
    return told(kind, reader, more.pop("programme", OURS), more.pop("today", RUNNING), about, **more)


def _introduced(programme: Programme = OURS, **more: Any) -> Piece:
    profiles = {ADA: REQUEST, BEN: OTHERS_OFFER}
    people = {ADA: member(ADA), BEN: member(BEN)}
    more = {"partnership": PARTNERSHIP, "profiles": profiles, "people": people} | more
    return _told(NotificationKind.INTRODUCED, ADA, programme=programme, **more)


def _reasons() -> Message:
    kinds = (ReasonKind.SAME_GRADE, ReasonKind.CLOSE_GRADES, ReasonKind.OTHER_DEPARTMENT)
    found = [Reason(kind) for kind in kinds]
    both = "\n".join(f"{who}\n{because(found, OURS, to_owners=who == 'Owners')}" for who in ("Owners", "The two"))
    return message(both)


def _listed(programme: Programme) -> dict[str, Any]:
    listed = (
        ListedPartnership(PARTNERSHIP, MET, THERE),
        ListedPartnership(PARTNERSHIP, MET, THERE | {BEN: gone(BEN)}),
        ListedPartnership(ENDED, MET, THERE),
    )
    page = Page(listed, total=3)
    return owners_view.all_view(page, PartnershipsState(), programme, LATER)


def _left(**more: Any) -> Piece:
    return _told(NotificationKind.OWNER_LEFT, OWEN, about={"person": SUE}, people={SUE: gone(SUE)}, **more)


PEERS: dict[str, Piece] = {
    **{f"peers-settings-form-{part}": _sets(part) for part in (Part.ROLES, Part.RULES, Part.MATCHING)},
    "peers-settings-card": said(lambda: programmes.card(OURS, COHORT, HOLDERS, IN_TIME)),
    "peers-roles-form": shown(lambda: roles.owners_form(OURS, roles.holder_values(HOLDERS))),
    "peers-roles-form-first": shown(lambda: roles.owners_form(BARE, roles.holder_values(RoleHolders((OWEN,))))),
    "peers-programmes": said(lambda: roles.programmes_list([(OURS, COHORT)], {OURS.id: [OWEN]}, IN_TIME)),
    "peers-programme-choice": said(lambda: overview.choice([(OURS, COHORT), (PLAIN, COHORT)], IN_TIME, OPEN_REQUEST)),
    "peers-home-of-several": shown(
        lambda: home_view(home(in_programme(programme=OURS), in_programme(programme=replace(CUSTOM, id="P2"))))
    ),
    "peers-reasons": said(_reasons),
    "peers-home-newcomer": shown(lambda: home_view(home(in_programme(programme=OURS)))),
    "peers-home-newcomer-without-facilitators": shown(lambda: home_view(home(in_programme(programme=BARE)))),
    "peers-home-partner": shown(
        lambda: home_view(home(in_programme(REQUEST, programme=OURS, own=(PARTNERSHIP,), facilitators=BOTH)))
    ),
    "peers-home-applicant-own-words": shown(
        lambda: home_view(home(in_programme(REQUEST, programme=RENAMED, facilitators=(CLEO,))))
    ),
    "peers-home-facilitator": shown(
        lambda: home_view(home(in_programme(programme=OURS, roles=FACILITATOR, facilitators=BOTH), reader=CLEO))
    ),
    "peers-home-facilitator-own-words": shown(
        lambda: home_view(home(in_programme(programme=RENAMED, roles=FACILITATOR), reader=CLEO))
    ),
    "peers-help": said(lambda: helped(REQUEST, programme=OURS, own=(PARTNERSHIP,), facilitators=BOTH, today=RUNNING)),
    "peers-privacy": said(lambda: reply_about(Topic.PRIVACY, Asker(ADA, OURS, partnerships=(PARTNERSHIP,)))),
    "peers-partnerships": shown(lambda: _listed(OURS)),
    "peers-partnerships-own-words": shown(lambda: _listed(RENAMED)),
    "notification-roles-changed-facilitator": _told(
        NotificationKind.ROLES_CHANGED, about={"by": OWEN, "given": "facilitator"}
    ),
    "notification-roles-changed-no-facilitator-own-words": _told(
        NotificationKind.ROLES_CHANGED, ADA, about={"by": OWEN, "taken": "facilitator"}, programme=RENAMED
    ),
    "notification-facilitators-named": _told(
        NotificationKind.FACILITATORS_NAMED, ADA, own_partnerships=(PARTNERSHIP,), applications={Role.MENTEE: REQUEST}
    ),
    "notification-facilitators-named-own-words": _told(
        NotificationKind.FACILITATORS_NAMED, ADA, own_partnerships=(PARTNERSHIP,), programme=RENAMED
    ),
    "notification-facilitator-left": _left(present_facilitators=(CLEO,)),
    "notification-facilitator-left-alone": _left(present_facilitators=(), facilitators=(SUE,)),
    "notification-introduced-peers": _introduced(),
    "notification-introduced-peers-own-words": _introduced(RENAMED, present_facilitators=(CLEO,)),
    "notification-introduced-peers-without-facilitators": _introduced(BARE, facilitators=(), present_facilitators=()),
}
