"""Whose Home a change outdates, in one table. A feature that shows something at Home adds one line here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mentoring.agenda.agenda import AgendaStep
from mentoring.agreements.agreement import Agreement
from mentoring.announcements.announcement import Announcement
from mentoring.applications.application import Application
from mentoring.core.people import LeaveChange, ProfileUpdate, StaffRecord, StaffRecords
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import AdministratorNamed, AdministratorRemoved, RoleGiven, RoleTaken
from mentoring.core.undelivered import UndeliveredResolution
from mentoring.feedback.answers import Feedback
from mentoring.feedback.groups import GroupFormed
from mentoring.feedback.items import FeedbackItem
from mentoring.goals.goal import Goal, GoalDeleted
from mentoring.goals.plan import PlanDeleted, PlanShare, PlanUnshared
from mentoring.invitations.invitation import InvitationChoice
from mentoring.items.item import ActionItem
from mentoring.matching.hard_rules import Exclusion, ExclusionLifted, Exemption
from mentoring.matching.match import Match
from mentoring.matching.review import ProposalRun
from mentoring.meetings.log import Meeting, MeetingDeleted, MeetingNotes
from mentoring.meetings.place import MeetingPlace
from mentoring.meetings.planned import PlannedMeeting
from mentoring.meetings.regular_time import RegularTime
from mentoring.oversight.alarms import AlarmSnoozed
from mentoring.oversight.asking import OversightRequest
from mentoring.oversight.digest import DigestChoice
from mentoring.partnerships.end_plan import EndKept, EndProposal
from mentoring.partnerships.partnership import EndArrived, Partnership
from mentoring.programmes.setup_steps import SetupStep, SetupStepUndone
from mentoring.reports.report import ProgressReport
from mentoring.reports.sharing import ReportShare
from mentoring.retention.retention import DeletionNotice
from mentoring.sessions.session import Session, SessionAnswer


@dataclass(frozen=True)
class Concerned:
    """The people whose Home a change outdates.

    `people` are Slack user ids. `with_partners` adds their partners, and `with_staff` everyone who has a role in a
    programme to which they applied. `meeting` and `partnership` are ids: the two people. `cohort` and `programme` are
    ids: everyone who has a role in that programme; `anybody_with_a_role` means in any. `everyone` is everybody in the
    workspace.
    """

    people: tuple[str, ...] = ()
    with_partners: bool = False
    with_staff: bool = False
    meeting: str = ""
    partnership: str = ""
    cohort: str = ""
    programme: str = ""
    anybody_with_a_role: bool = False
    everyone: bool = False


_EVERYONE = Concerned(everyone=True)
_STAFF = Concerned(anybody_with_a_role=True)

OUTDATES_HOME: Mapping[type, Callable[[Any], Concerned]] = {
    ActionItem: lambda item: Concerned(partnership=item.partnership_id),
    AdministratorNamed: lambda named: Concerned((named.person,)),
    AdministratorRemoved: lambda removed: Concerned((removed.person,)),
    AgendaStep: lambda step: Concerned(partnership=step.partnership_id),
    Agreement: lambda agreement: Concerned(partnership=agreement.partnership_id),
    AlarmSnoozed: lambda snoozed: Concerned((snoozed.owner,)),
    Announcement: lambda announcement: Concerned(programme=announcement.programme_id),
    Application: lambda application: Concerned((application.person,), cohort=application.cohort_id),
    Cohort: lambda cohort: _EVERYONE,
    DigestChoice: lambda choice: Concerned((choice.person,)),
    DeletionNotice: lambda notice: Concerned(partnership=notice.partnership_id),
    EndKept: lambda kept: Concerned((kept.person,)),
    EndProposal: lambda proposal: Concerned(partnership=proposal.partnership_id),
    EndArrived: lambda reached: Concerned(partnership=reached.partnership_id),
    Exclusion: lambda exclusion: _STAFF,
    ExclusionLifted: lambda lifted: _STAFF,
    Exemption: lambda exemption: _STAFF,
    Feedback: lambda feedback: Concerned((feedback.person,)),
    GroupFormed: lambda formed: _EVERYONE if formed.group.item.id == FeedbackItem.LEARN else Concerned(),
    Goal: lambda goal: Concerned((goal.person,), with_partners=True),
    GoalDeleted: lambda deleted: Concerned((deleted.person,), with_partners=True),
    InvitationChoice: lambda choice: Concerned((choice.person,)),
    LeaveChange: lambda change: Concerned((change.person,), with_partners=True, with_staff=True),
    Match: lambda match: Concerned(match.people if match.offered_at else (), cohort=match.cohort_id),
    Meeting: lambda meeting: Concerned(partnership=meeting.partnership_id, anybody_with_a_role=True),
    MeetingDeleted: lambda deleted: Concerned(partnership=deleted.partnership_id, anybody_with_a_role=True),
    MeetingNotes: lambda notes: Concerned(meeting=notes.meeting_id),
    MeetingPlace: lambda place: Concerned(partnership=place.partnership_id),
    OversightRequest: lambda request: _STAFF,
    Partnership: lambda partnership: Concerned(partnership.people, cohort=partnership.cohort_id),
    PlanDeleted: lambda deleted: Concerned((deleted.person,), with_partners=True),
    PlannedMeeting: lambda planned: Concerned(partnership=planned.partnership_id),
    PlanShare: lambda share: Concerned(partnership=share.partnership_id),
    PlanUnshared: lambda unshared: Concerned(partnership=unshared.partnership_id),
    ProfileUpdate: lambda update: Concerned((update.person.id,), with_partners=True, with_staff=True),
    Programme: lambda programme: _EVERYONE,
    ProgressReport: lambda report: Concerned(partnership=report.partnership_id),
    ProposalRun: lambda run: Concerned(cohort=run.cohort_id),
    RegularTime: lambda regular: Concerned(partnership=regular.partnership_id),
    ReportShare: lambda share: Concerned(partnership=share.partnership_id),
    RoleGiven: lambda given: Concerned((given.person,), programme=given.programme_id),
    RoleTaken: lambda taken: Concerned((taken.person,), programme=taken.programme_id),
    Session: lambda session: _EVERYONE,
    SessionAnswer: lambda answer: Concerned((answer.person,)),
    SetupStep: lambda step: Concerned(programme=step.programme_id),
    SetupStepUndone: lambda step: Concerned(programme=step.programme_id),
    StaffRecord: lambda record: Concerned((record.person,), with_staff=True),
    StaffRecords: lambda records: Concerned(tuple(each.person for each in records.records), with_staff=True),
    UndeliveredResolution: lambda resolution: _STAFF,
}
"""By the type of the change. A profile counts if what is stored of it has changed."""


def outdates_home(change: object) -> Concerned | None:
    """Whose Home the change outdates; None if it is not shown there."""
    find = OUTDATES_HOME.get(type(change))
    return find(change) if find else None
