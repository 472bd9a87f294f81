"""What the committee, sponsors and administrators read, and what others read of them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from mentoring.applications.application import Role
from mentoring.core.outcome import NotificationKind
from mentoring.core.paging import Page
from mentoring.core.roles import ProgrammeRole, RoleHolders
from mentoring.matching.match import Match
from mentoring.people.people_list import Participant
from mentoring.people.profile_fields import CustomField, ProfileFact, ProfileMapping
from mentoring.status import ProgrammeFigures
from messages import applications, matching, meetings, people_list, programmes
from messages.command_words import Topic
from messages.forms import FormMetadata
from messages.home import home_message
from messages.people_list import PeopleState
from messages.programmes import profile_fields, roles
from messages.topics import Asker, reply_about
from tests.golden.making import Piece, said, shown, told
from tests.messages.examples import (
    ADA,
    ASKED,
    BEN,
    CLEO,
    COHORT,
    CUSTOM,
    HOPES,
    IN_TIME,
    LATER,
    MATCH,
    MATCHING,
    NAMES,
    OTHERS_OFFER,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    REQUEST,
    RUNNING,
    SUE,
    gone,
    member,
    round_of,
    withdrawn,
)
from tests.messages.homes import helped, home, in_programme

OURS = replace(PLAIN, has_committee=True)
RENAMED = replace(CUSTOM, has_committee=True)
FIELDS = (
    CustomField("Xf0TEAM", "Team", "options_list"),
    CustomField("Xf0CHIEF", "Reports to", "user"),
    CustomField("Xf0SINCE", "Here since", "date"),
)
MAPPING = ProfileMapping(
    {ProfileFact.DEPARTMENT: "Xf0TEAM", ProfileFact.MANAGER: "Xf0CHIEF"}, OWEN, datetime(2026, 11, 25, tzinfo=UTC), 3
)
COMMITTEE = (ProgrammeRole.COMMITTEE,)
FEW = ProgrammeFigures(None, None, None, None, None, None)
MANY = ProgrammeFigures(1240, 31, 44, 28, 12, 9)
HALF = replace(MATCH, approvals=(OWEN,))
DONE = replace(MATCH, approvals=(OWEN, CLEO))


def _told(kind: NotificationKind, reader: str = CLEO, **more: Any) -> Piece:
    about = more.pop("about", None)
    more = {"owners": (OWEN,), "committee": (CLEO, SUE)} | more
    return told(kind, reader, more.pop("programme", OURS), more.pop("today", MATCHING), about, **more)


def _changed(given: str = "", taken: str = "", **more: Any) -> Piece:
    return _told(NotificationKind.ROLES_CHANGED, about={"by": OWEN, "given": given, "taken": taken}, **more)


def _review(*matches: Match, programme: Any = OURS) -> Piece:
    round_ = round_of(*matches, programme=programme, owners=(OWEN,), committee=(CLEO, SUE))
    return shown(lambda: matching.view(round_, 0, by=CLEO, today=MATCHING))


def _stands(*matches: Match, kind: NotificationKind = NotificationKind.REVIEW) -> Piece:
    round_ = round_of(*matches, programme=OURS, owners=(OWEN,), committee=(CLEO,))
    return _told(kind, about={"cohort": "C1"}, round=round_, committee=(CLEO,))


def _people() -> Piece:
    here = {each: member(each) for each in NAMES}
    listed = (
        (Participant(REQUEST, member(ADA), "", (PARTNERSHIP,), {}, here),),
        (Participant(withdrawn(replace(REQUEST, id="A9", person=SUE)), member(SUE)),),
    )
    page = Page(listed, total=2)
    return shown(lambda: people_list.view(page, PeopleState(), OURS, COHORT, LATER, for_owner=False))


ROLES: dict[str, Piece] = {
    "roles-form": shown(
        lambda: roles.owners_form(PLAIN, roles.holder_values(RoleHolders((OWEN,), (CLEO, SUE), (BEN,))))
    ),
    "roles-form-of-administrator": shown(
        lambda: roles.owners_form(OURS, roles.holder_values(RoleHolders((OWEN,))), only_owners=True)
    ),
    "profile-fields-form": shown(
        lambda: profile_fields.profile_fields_form(
            FIELDS, MAPPING, profile_fields.mapping_values(MAPPING), mapped_on=LATER
        )
    ),
    "profile-fields-form-none-fit": shown(
        lambda: profile_fields.profile_fields_form(FIELDS[:1], None, {"department": "Xf0TEAM"}, restored=True)
    ),
    "profile-fields-waiting": shown(profile_fields.asking_for_fields),
    "profile-fields-saved": shown(lambda: profile_fields.profile_fields_saved(any_mapped=True)),
    "profile-fields-saved-none": shown(lambda: profile_fields.profile_fields_saved(any_mapped=False)),
    "roles-settings-card": said(
        lambda: programmes.card(OURS, COHORT, RoleHolders((OWEN,), (CLEO, SUE), (BEN,)), IN_TIME)
    ),
    "notification-roles-changed-committee": _changed("committee"),
    "notification-roles-changed-sponsor": _changed("sponsor", reader=BEN, sponsors=(BEN,)),
    "notification-roles-changed-both": _changed("committee,sponsor", sponsors=(CLEO,)),
    "notification-roles-changed-from-owner": _changed("committee", "owner"),
    "notification-roles-changed-lost": _changed(taken="committee,sponsor", reader=BEN),
    "notification-committee-named": _told(
        NotificationKind.COMMITTEE_NAMED, ADA, applications={Role.MENTEE: REQUEST}, today=IN_TIME
    ),
    "notification-committee-named-to-partner": _told(
        NotificationKind.COMMITTEE_NAMED, ADA, own_partnerships=(PARTNERSHIP,), today=RUNNING
    ),
    "notification-committee-named-line": told(
        NotificationKind.MEETING_LOGGED,
        BEN,
        OURS,
        LATER,
        partnership=PARTNERSHIP,
        own_partnerships=(PARTNERSHIP,),
        applications={Role.MENTOR: OTHERS_OFFER},
        committee=(CLEO, SUE),
        owners=(OWEN,),
        people={ADA: member(ADA), BEN: member(BEN)},
        lines=(NotificationKind.COMMITTEE_NAMED,),
        render=lambda _, context: helped(*context.applications.values(), programme=context.programme, today=LATER),
    ),
    "notification-committee-member-left": _told(
        NotificationKind.OWNER_LEFT,
        OWEN,
        about={"person": SUE},
        people={SUE: gone(SUE)},
        present_approvers=(OWEN, CLEO),
    ),
    "notification-owner-left-to-committee": _told(
        NotificationKind.OWNER_LEFT,
        about={"person": OWEN},
        people={OWEN: gone(OWEN)},
        committee=(CLEO,),
        present_approvers=(CLEO,),
    ),
    "figures": _told(NotificationKind.COHORT_STATUS, BEN, figures=MANY, today=RUNNING),
    "figures-with-monthly-page": _told(
        NotificationKind.COHORT_STATUS, BEN, figures=MANY, today=RUNNING, gets_sponsor_page=True
    ),
    "figures-without-monthly-page": _told(
        NotificationKind.COHORT_STATUS, BEN, figures=MANY, today=RUNNING, gets_sponsor_page=False
    ),
    "figures-few-own-words": _told(NotificationKind.COHORT_STATUS, BEN, figures=FEW, today=RUNNING, programme=RENAMED),
    "committee-review": _review(HALF, replace(DONE, id="M2"), replace(ASKED, id="M3")),
    "committee-review-no-proposals": shown(
        lambda: matching.view(
            round_of(programme=OURS, owners=(OWEN,), committee=(CLEO,)), 0, by=CLEO, today=MATCHING, just_proposed=True
        )
    ),
    "committee-review-status": _stands(HALF),
    "committee-review-status-ready": _stands(DONE),
    "committee-approvals-wanted": _stands(HALF, kind=NotificationKind.APPROVALS_WANTED),
    "committee-pair": shown(
        lambda: matching.pair_form(round_of(programme=OURS, owners=(OWEN,), committee=(CLEO,)), {}, by=CLEO)
    ),
    "committee-people": _people(),
    "committee-application": shown(lambda: applications.owner_view(REQUEST, HOPES, OURS, COHORT)),
    "committee-help": said(lambda: helped(programme=OURS, today=MATCHING, roles=COMMITTEE)),
    "sponsor-help": said(lambda: helped(programme=OURS, today=MATCHING, roles=(ProgrammeRole.SPONSOR,))),
    "roles-overview": said(
        lambda: home_message(
            home(
                in_programme(programme=OURS, roles=COMMITTEE),
                in_programme(programme=replace(RENAMED, id="P2"), roles=(ProgrammeRole.SPONSOR,)),
                today=MATCHING,
            )
        )
    ),
    "committee-topic-leave": said(lambda: reply_about(Topic.LEAVE, Asker(CLEO, OURS, COMMITTEE))),
    "committee-topic-privacy": said(lambda: reply_about(Topic.PRIVACY, Asker(ADA, OURS))),
    "committee-request-form": shown(lambda: applications.form(Role.MENTEE, OURS, COHORT, {}, today=IN_TIME)),
    "committee-volunteer-form-own-words": shown(
        lambda: applications.form(Role.MENTOR, RENAMED, COHORT, {}, today=IN_TIME)
    ),
    "committee-introduction": _told(
        NotificationKind.INTRODUCED,
        ADA,
        today=RUNNING,
        partnership=PARTNERSHIP,
        profiles={ADA: REQUEST, BEN: OTHERS_OFFER},
    ),
    "committee-log-form": shown(
        lambda: meetings.form(
            [PARTNERSHIP],
            NAMES,
            {},
            meta=FormMetadata(form=meetings.LOG, about=PARTNERSHIP.id),
            today=LATER,
            by=ADA,
            programme=OURS,
        )
    ),
}
