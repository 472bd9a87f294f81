"""The delivery rules of each kind of notification, in one table. Texts are in `messages.notifications`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from mentoring.agreements.agreement import Agreement
from mentoring.announcements.announcement import Announcement, AnnouncementOutdated
from mentoring.applications.application import Application
from mentoring.cases.case import Case
from mentoring.closure import ThankYou
from mentoring.core.jobs import JobKind, ScheduledJob
from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.people import LeaveChange, ProfileUpdate, StaffRecord, StaffRecords
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import RoleGiven, RoleTaken
from mentoring.core.undelivered import UndeliveredResolution
from mentoring.feedback.answers import Feedback, Question
from mentoring.items.item import ActionItem, AgendaOutdated
from mentoring.matching.hard_rules import Exclusion, ExclusionLifted
from mentoring.matching.match import Match, MatchState
from mentoring.matching.review import ProposalRun
from mentoring.meetings.planned import PlannedMeeting
from mentoring.meetings.regular_time import RegularTime
from mentoring.oversight.asking import StandingAnswer
from mentoring.partnerships.end_date import EndMoved
from mentoring.partnerships.end_plan import EndKept, EndProposal
from mentoring.partnerships.partnership import EndArrived, Partnership
from mentoring.people.file_import import FileImport
from mentoring.remarks.remark import Remark
from mentoring.reports.sharing import ReportShare
from mentoring.sessions.session import Session, SessionAnswer


class LoadClass(StrEnum):
    """How much a notification asks of its reader.

    REPLY: answers something they have just done. DEADLINE: something ends, or waits for their answer. MEETING: about a
    meeting to have, or not to have for now. CARRIED: for information, and can wait; `delivery_rules` sends one of these
    a week at most, and others that wait travel as lines of other messages.
    """

    REPLY = "reply"
    DEADLINE = "deadline"
    MEETING = "meeting"
    CARRIED = "carried"


class Presence(StrEnum):
    """Whose account has to be open: the recipient's, or those of both partners. Until then the notification waits."""

    RECIPIENT = "recipient"
    BOTH = "both"


class ContextPart(StrEnum):
    """Parts of the notification context that are loaded for some kinds only, because they are expensive."""

    OWN_RECORD = "own record"
    COHORT_STATUS = "cohort status"
    ROUND_CHARTS = "round charts"
    PARTNERSHIP_STATUS = "partnership status"
    OWN_PARTNERS = "own partners"
    MATCHING_ROUND = "matching round"
    PARTNERSHIP_JOB = "partnership job"
    AGREEMENT = "agreement"
    END_PLAN = "end plan"
    PRESENT_APPROVERS = "present approvers"
    OFFERED_HOPES = "offered hopes"
    PLAN_FACTS = "plan facts"
    PLANNED_MEETING = "planned meeting"
    REGULAR_TIME = "regular time"
    ACTION_ITEMS = "action items"
    MEETINGS = "meetings"
    REPORTS = "reports"
    REPORT_DUE = "report due"
    SHARED_REPORT = "shared report"
    OWN_CHOICE = "own choice"
    THANKS = "thanks"
    CLOSURE = "closure"
    EARLY_SURVEY = "early survey"
    BASELINE = "baseline"
    REMARK_WORDS = "remark words"
    HOME = "home"
    EXPORT = "export"
    OWN_DATA = "own data"
    OVERSIGHT = "oversight"
    NEEDS = "needs"
    SPONSOR_PAGE = "sponsor page"
    EVALUATION = "evaluation"
    ANNOUNCEMENT = "announcement"
    ANNOUNCEMENT_PROGRESS = "announcement progress"
    INVITED = "invited"
    SESSION = "session"
    EFFORT = "effort"


class Subject(StrEnum):
    """What a live view is about: the name of an id in its `refs`."""

    COHORT = "cohort"
    MATCH = "match"
    PARTNERSHIP = "partnership"
    APPLICATION = "application"
    REPORT = "report"
    FILE_IMPORT = "import"
    PLANNED_MEETING = "planned"
    REGULAR_TIME = "regular"
    MEETING = "meeting"
    CASE = "case"
    REMARK = "remark"
    ANNOUNCEMENT = "announcement"
    SESSION = "session"


@dataclass(frozen=True)
class KindRules:
    """Delivery rules of one kind.

    `valid_for` is how long it may be late before it is cancelled, from `refs["day"]` or else from when it was enqueued;
    None means no limit. `context` lists the parts that its renderer needs besides those that are always loaded.
    `outdated_by` are the types of changes after which a live view about its `subject` is updated; empty for every other
    message. `question` is what it asks its reader. `newest_about` names refs: of several waiting for one person with
    equal values of these, only the newest is sent. `of_all_programmes` says that the message is about all programmes of
    its reader, and names each of them. `reports_failure`: owners hear if it did not arrive. `shows_pause`: it says how
    a pause of its partnership stands. `in_channel`: its recipient is a channel. `to_owners`: it is read by people who
    run a programme.
    """

    load_class: LoadClass
    waits_for: Presence = Presence.RECIPIENT
    valid_for: timedelta | None = None
    context: frozenset[ContextPart] = frozenset()
    outdated_by: tuple[type, ...] = ()
    subject: Subject = Subject.COHORT
    question: Question | None = None
    newest_about: tuple[str, ...] = ()
    of_all_programmes: bool = False
    shows_pause: bool = False
    in_channel: bool = False
    reports_failure: bool = True
    to_owners: bool = False

    @property
    def is_live(self) -> bool:
        return bool(self.outdated_by)


def load_class_of(notification: Notification) -> LoadClass:
    """The load class of its kind, or REPLY if it is a reply."""
    return LoadClass.REPLY if notification.is_reply else KIND_RULES[notification.kind].load_class


def kinds_of(load_class: LoadClass) -> frozenset[NotificationKind]:
    return frozenset(kind for kind, rules in KIND_RULES.items() if rules.load_class is load_class)


def is_too_late(notification: Notification, today: date, late: timedelta) -> bool:
    """Whether it has exceeded `valid_for` of its kind. `today` is the reader's; `late` is the time since it was
    enqueued.
    """
    valid_for = KIND_RULES[notification.kind].valid_for
    if valid_for is None:
        return False
    day = notification.refs.get("day")
    return today > date.fromisoformat(day) + valid_for if day else late > valid_for


_NEXT_DAY, _TWO_WEEKS, _A_MONTH = timedelta(days=1), timedelta(days=14), timedelta(days=30)
_ROUND_STATUS = frozenset({ContextPart.COHORT_STATUS, ContextPart.PARTNERSHIP_STATUS})
_CHARTS = frozenset({ContextPart.COHORT_STATUS, ContextPart.ROUND_CHARTS})
_JOB = frozenset({ContextPart.PARTNERSHIP_JOB})
_PLAN = frozenset({ContextPart.PLAN_FACTS})
_AGREEMENT = frozenset({ContextPart.AGREEMENT})
_REPORT_DUE = frozenset({ContextPart.REPORT_DUE})
_END = frozenset({ContextPart.END_PLAN})
_OWN = frozenset({ContextPart.OWN_RECORD})
_ITEMS = frozenset({ContextPart.ACTION_ITEMS})
_OVERSIGHT = frozenset({ContextPart.OVERSIGHT})
_OF_MATCHING = (Application, Cohort, Exclusion, ExclusionLifted, Match, Partnership, Programme, ProposalRun)
_OF_PEOPLE = (LeaveChange, ProfileUpdate, RoleGiven, RoleTaken, StaffRecord, StaffRecords)


def _asking(question: Question) -> KindRules:
    return KindRules(
        LoadClass.DEADLINE,
        Presence.BOTH,
        context=_JOB,
        outdated_by=(Feedback, Partnership),
        subject=Subject.PARTNERSHIP,
        question=question,
    )


KIND_RULES: Mapping[NotificationKind, KindRules] = {
    NotificationKind.WELCOME_OWNER: KindRules(LoadClass.REPLY, to_owners=True),
    NotificationKind.PROGRAMME_STARTED: KindRules(LoadClass.REPLY),
    NotificationKind.ROLES_CHANGED: KindRules(LoadClass.DEADLINE, newest_about=("programme",)),
    NotificationKind.COMMITTEE_NAMED: KindRules(
        LoadClass.CARRIED, valid_for=_A_MONTH, context=_OWN, newest_about=("programme",)
    ),
    NotificationKind.FACILITATORS_NAMED: KindRules(
        LoadClass.CARRIED, valid_for=_A_MONTH, context=_OWN, newest_about=("programme",)
    ),
    NotificationKind.HELP: KindRules(LoadClass.REPLY, context=frozenset({ContextPart.HOME}), of_all_programmes=True),
    NotificationKind.APPLICATION_RECEIVED: KindRules(LoadClass.REPLY, context=_OWN),
    NotificationKind.APPLICATION_CHANGED: KindRules(LoadClass.REPLY, context=_OWN),
    NotificationKind.APPLICATION_WITHDRAWN: KindRules(LoadClass.REPLY),
    NotificationKind.APPLICATION_ENTERED: KindRules(
        LoadClass.DEADLINE, outdated_by=(Application,), subject=Subject.APPLICATION
    ),
    # Its author can still change it before the matches are decided.
    NotificationKind.APPLICATION_CORRECTED: KindRules(LoadClass.DEADLINE, context=_OWN),
    NotificationKind.WITHDRAWN_BY_OWNER: KindRules(LoadClass.DEADLINE),
    NotificationKind.CANNOT_BE_NAMED: KindRules(
        LoadClass.DEADLINE, outdated_by=(Application,), subject=Subject.APPLICATION
    ),
    NotificationKind.APPLICATIONS_CLOSED: KindRules(
        LoadClass.DEADLINE, context=frozenset({ContextPart.COHORT_STATUS}), to_owners=True
    ),
    NotificationKind.PROGRAMME_CHANGED: KindRules(
        LoadClass.CARRIED,
        valid_for=_TWO_WEEKS,
        context=_ROUND_STATUS,
        newest_about=("by", "part", "programme"),
        to_owners=True,
    ),
    NotificationKind.COHORT_STATUS: KindRules(
        LoadClass.REPLY, context=_ROUND_STATUS | frozenset({ContextPart.EFFORT}), to_owners=True
    ),
    NotificationKind.ROUND_CHARTS: KindRules(LoadClass.REPLY, context=_CHARTS, to_owners=True),
    NotificationKind.ROUND_FIGURES: KindRules(LoadClass.REPLY, context=_CHARTS, to_owners=True),
    NotificationKind.EVALUATION: KindRules(
        LoadClass.REPLY, context=frozenset({ContextPart.EVALUATION}), to_owners=True
    ),
    NotificationKind.DATA_EXPORT: KindRules(LoadClass.REPLY, context=frozenset({ContextPart.EXPORT}), to_owners=True),
    NotificationKind.OWN_DATA: KindRules(
        LoadClass.REPLY, context=frozenset({ContextPart.OWN_DATA}), of_all_programmes=True
    ),
    # Next week's status replaces it.
    NotificationKind.WEEKLY_STATUS: KindRules(
        LoadClass.CARRIED,
        valid_for=_NEXT_DAY,
        context=_ROUND_STATUS | frozenset({ContextPart.NEEDS, ContextPart.EFFORT}),
        of_all_programmes=True,
        to_owners=True,
    ),
    # For information; next month's page replaces it.
    NotificationKind.SPONSOR_PAGE: KindRules(
        LoadClass.CARRIED,
        valid_for=_TWO_WEEKS,
        context=frozenset({ContextPart.SPONSOR_PAGE}),
        newest_about=("programme",),
    ),
    NotificationKind.REVIEW: KindRules(
        LoadClass.DEADLINE,
        context=frozenset({ContextPart.MATCHING_ROUND}),
        outdated_by=_OF_MATCHING + _OF_PEOPLE,
        to_owners=True,
    ),
    # A match is not sent before these approvals. One a day at most, and one reminder.
    NotificationKind.APPROVALS_WANTED: KindRules(
        LoadClass.DEADLINE, context=frozenset({ContextPart.MATCHING_ROUND}), newest_about=("cohort",), to_owners=True
    ),
    NotificationKind.APPROVALS_REMINDER: KindRules(
        LoadClass.DEADLINE, context=frozenset({ContextPart.MATCHING_ROUND}), newest_about=("cohort",), to_owners=True
    ),
    NotificationKind.NOT_PROPOSED: KindRules(LoadClass.REPLY, to_owners=True),
    NotificationKind.OPERATOR_RELEASED: KindRules(LoadClass.CARRIED, valid_for=_A_MONTH, to_owners=True),
    NotificationKind.UNMATCHED: KindRules(LoadClass.DEADLINE, context=_OWN),
    NotificationKind.STILL_WAITING: KindRules(
        LoadClass.CARRIED, valid_for=_A_MONTH, context=_OWN, newest_about=("application",)
    ),
    NotificationKind.MATCH_OFFERED: KindRules(
        LoadClass.DEADLINE,
        context=frozenset({ContextPart.OFFERED_HOPES}),
        outdated_by=(Match, ScheduledJob),
        subject=Subject.MATCH,
    ),
    NotificationKind.OFFER_REMINDER: KindRules(
        LoadClass.DEADLINE, outdated_by=(Match, ScheduledJob), subject=Subject.MATCH
    ),
    NotificationKind.OFFER_ACCEPTED: KindRules(LoadClass.REPLY),
    NotificationKind.MATCH_AGREED: KindRules(LoadClass.MEETING),
    NotificationKind.OFFER_DECLINED: KindRules(LoadClass.REPLY, context=_OWN),
    NotificationKind.OFFER_OVER: KindRules(LoadClass.DEADLINE, context=_OWN),
    # The owners can remind them, give them more time, or take the match back.
    NotificationKind.OFFERS_RUNNING_OUT: KindRules(
        LoadClass.DEADLINE, context=frozenset({ContextPart.MATCHING_ROUND}), to_owners=True
    ),
    # Two people are free again, and the owners can match them only while the round is open.
    NotificationKind.OWNERS_OFFER_OVER: KindRules(LoadClass.DEADLINE, to_owners=True),
    NotificationKind.INTRODUCED: KindRules(LoadClass.MEETING, Presence.BOTH),
    NotificationKind.PARTNERSHIP_ENTERED: KindRules(LoadClass.MEETING, Presence.BOTH),
    NotificationKind.MEETING_SAVED: KindRules(
        LoadClass.REPLY, context=_PLAN | _AGREEMENT | _ITEMS, outdated_by=(ActionItem,), subject=Subject.MEETING
    ),
    NotificationKind.MEETING_LOGGED: KindRules(LoadClass.CARRIED, valid_for=_TWO_WEEKS, context=_PLAN | _ITEMS),
    # Reminders to meet count without it from now on.
    NotificationKind.MEETING_DELETED: KindRules(LoadClass.MEETING),
    # The agreement is not in force before this signature.
    NotificationKind.AGREEMENT_WRITTEN: KindRules(
        LoadClass.DEADLINE,
        Presence.BOTH,
        context=_AGREEMENT,
        outdated_by=(Agreement, Partnership),
        subject=Subject.PARTNERSHIP,
    ),
    NotificationKind.AGREEMENT_SAVED: KindRules(
        LoadClass.REPLY, context=_AGREEMENT, outdated_by=(Agreement, Partnership), subject=Subject.PARTNERSHIP
    ),
    NotificationKind.AGREEMENT_REVIEW: KindRules(LoadClass.MEETING, Presence.BOTH, context=_JOB),
    NotificationKind.FIRST_MEETING_NUDGE: KindRules(
        LoadClass.MEETING, Presence.BOTH, context=_JOB | _ITEMS | frozenset({ContextPart.BASELINE})
    ),
    NotificationKind.SECOND_MEETING_NUDGE: KindRules(LoadClass.MEETING, Presence.BOTH, context=_JOB | _ITEMS),
    NotificationKind.MONTHLY_NUDGE: KindRules(LoadClass.MEETING, Presence.BOTH, context=_JOB | _ITEMS | _REPORT_DUE),
    NotificationKind.PLANNED_MEETING: KindRules(
        LoadClass.MEETING,
        context=frozenset({ContextPart.PLANNED_MEETING}) | _ITEMS | _REPORT_DUE,
        outdated_by=(PlannedMeeting, AgendaOutdated),
        subject=Subject.PLANNED_MEETING,
    ),
    NotificationKind.CALENDAR_FILE: KindRules(
        LoadClass.MEETING, context=frozenset({ContextPart.REGULAR_TIME}), newest_about=("planned",)
    ),
    NotificationKind.REGULAR_TIME: KindRules(
        LoadClass.MEETING,
        context=frozenset({ContextPart.REGULAR_TIME}),
        outdated_by=(RegularTime,),
        subject=Subject.REGULAR_TIME,
    ),
    NotificationKind.REGULAR_FILE: KindRules(
        LoadClass.MEETING, context=frozenset({ContextPart.REGULAR_TIME}), newest_about=("regular",)
    ),
    # The day of something that they had agreed to do has passed.
    NotificationKind.ITEMS_DUE: KindRules(
        LoadClass.DEADLINE,
        Presence.BOTH,
        valid_for=_A_MONTH,
        context=_ITEMS,
        outdated_by=(ActionItem, Partnership),
        subject=Subject.PARTNERSHIP,
    ),
    NotificationKind.CHECK_IN: _asking(Question.CHECK_IN),
    NotificationKind.CHECK_IN_THANKS: KindRules(LoadClass.REPLY, context=frozenset({ContextPart.OWN_CHOICE})),
    NotificationKind.WORD_WANTED: KindRules(
        LoadClass.DEADLINE, context=frozenset({ContextPart.PRESENT_APPROVERS}), to_owners=True
    ),
    # The end comes, unless both agree on another one.
    NotificationKind.END_QUESTION: KindRules(
        LoadClass.DEADLINE,
        Presence.BOTH,
        context=_JOB | _END,
        outdated_by=(EndKept, EndMoved, EndProposal, EndArrived, Partnership),
        subject=Subject.PARTNERSHIP,
    ),
    # The end is not moved before this answer.
    NotificationKind.END_PROPOSED: KindRules(
        LoadClass.DEADLINE,
        Presence.BOTH,
        context=_END,
        outdated_by=(EndMoved, EndProposal, EndArrived, Partnership),
        subject=Subject.PARTNERSHIP,
    ),
    NotificationKind.END_ANSWERED: KindRules(LoadClass.DEADLINE, context=_END, newest_about=("partnership",)),
    NotificationKind.SURVEY: _asking(Question.SURVEY),
    NotificationKind.SURVEY_REMINDER: _asking(Question.SURVEY),
    NotificationKind.SURVEY_THANKS: KindRules(
        LoadClass.REPLY, context=frozenset({ContextPart.CLOSURE, ContextPart.MEETINGS})
    ),
    # A person wrote it to them, once. A live view, so that an erasure reaches it in Slack.
    NotificationKind.THANK_YOU: KindRules(
        LoadClass.DEADLINE,
        context=frozenset({ContextPart.THANKS}),
        outdated_by=(ThankYou,),
        subject=Subject.PARTNERSHIP,
    ),
    NotificationKind.PARTNERSHIP_ENDED: KindRules(
        LoadClass.DEADLINE, context=_OWN | frozenset({ContextPart.MEETINGS, ContextPart.EARLY_SURVEY})
    ),
    NotificationKind.PARTNERSHIP_CLOSED: KindRules(
        LoadClass.DEADLINE, context=_OWN | frozenset({ContextPart.MEETINGS, ContextPart.CLOSURE})
    ),
    NotificationKind.BACK_IN_POOL: KindRules(LoadClass.REPLY, context=_OWN),
    NotificationKind.PARTNER_LEFT: KindRules(LoadClass.MEETING, newest_about=("partnership",)),
    NotificationKind.PARTNER_BACK: KindRules(LoadClass.CARRIED, valid_for=_A_MONTH, newest_about=("partnership",)),
    NotificationKind.WELCOME_BACK: KindRules(LoadClass.REPLY, newest_about=("person",)),
    NotificationKind.OWNER_LEFT: KindRules(
        LoadClass.DEADLINE, context=frozenset({ContextPart.PRESENT_APPROVERS}), to_owners=True
    ),
    # The owners decide whether the partnership stays paused or ends.
    NotificationKind.OWNERS_PERSON_LEFT: KindRules(
        LoadClass.DEADLINE, newest_about=("person", "programme"), to_owners=True
    ),
    NotificationKind.OWNERS_PERSON_BACK: KindRules(
        LoadClass.CARRIED, valid_for=_A_MONTH, newest_about=("person", "programme"), to_owners=True
    ),
    # An owner may have done it; the person can change it at once.
    NotificationKind.ON_LEAVE: KindRules(LoadClass.DEADLINE, newest_about=("person",)),
    NotificationKind.PARTNER_ON_LEAVE: KindRules(LoadClass.MEETING, newest_about=("partnership",)),
    NotificationKind.LEAVE_OVER: KindRules(
        LoadClass.MEETING,
        context=frozenset({ContextPart.OWN_PARTNERS, ContextPart.OWN_RECORD}),
        newest_about=("person",),
    ),
    # A pause changes what the two do next; they can change it at once.
    NotificationKind.PARTNERSHIP_PAUSED: KindRules(
        LoadClass.MEETING,
        outdated_by=(Partnership,),
        subject=Subject.PARTNERSHIP,
        newest_about=("partnership",),
        shows_pause=True,
    ),
    NotificationKind.PAUSE_QUESTION: KindRules(
        LoadClass.DEADLINE,
        outdated_by=(Partnership,),
        subject=Subject.PARTNERSHIP,
        newest_about=("partnership",),
        shows_pause=True,
    ),
    NotificationKind.PARTNERSHIP_RESUMED: KindRules(
        LoadClass.MEETING,
        Presence.BOTH,
        outdated_by=(Partnership,),
        subject=Subject.PARTNERSHIP,
        newest_about=("partnership",),
        shows_pause=True,
    ),
    NotificationKind.LONG_PAUSE: KindRules(
        LoadClass.DEADLINE,
        outdated_by=(Partnership,),
        subject=Subject.PARTNERSHIP,
        newest_about=("partnership",),
        shows_pause=True,
        to_owners=True,
    ),
    # Owners wait to see whether the two meet.
    NotificationKind.OWNER_NUDGE: KindRules(
        LoadClass.MEETING, Presence.BOTH, valid_for=_TWO_WEEKS, context=_OVERSIGHT, newest_about=("partnership",)
    ),
    # A person offers it, and expects that they may hear from the two.
    NotificationKind.HELP_OFFERED: KindRules(
        LoadClass.DEADLINE, Presence.BOTH, valid_for=_TWO_WEEKS, context=_OVERSIGHT, newest_about=("partnership",)
    ),
    NotificationKind.STANDING_ASKED: KindRules(
        LoadClass.DEADLINE,
        Presence.BOTH,
        valid_for=_TWO_WEEKS,
        context=_OVERSIGHT,
        outdated_by=(StandingAnswer, Partnership),
        subject=Subject.PARTNERSHIP,
        newest_about=("partnership",),
    ),
    # An owner has a place in mind for them.
    NotificationKind.ANOTHER_OFFERED: KindRules(
        LoadClass.DEADLINE, valid_for=_TWO_WEEKS, context=_OVERSIGHT, newest_about=("partnership",)
    ),
    # One of the two may wait to be contacted.
    NotificationKind.STANDING_ANSWERED: KindRules(
        LoadClass.DEADLINE, context=_OVERSIGHT, newest_about=("partnership", "by"), to_owners=True
    ),
    # Questions of the two come to this owner from now on.
    NotificationKind.HANDED_OVER: KindRules(LoadClass.DEADLINE, newest_about=("partnership",), to_owners=True),
    NotificationKind.OWNER_NAMED: KindRules(
        LoadClass.CARRIED, valid_for=_A_MONTH, context=_OVERSIGHT, newest_about=("partnership",)
    ),
    # Carried: a plan is shared and changed while the two talk anyway, and it can be read at any time.
    NotificationKind.PLAN_SHARED: KindRules(
        LoadClass.CARRIED, valid_for=_A_MONTH, context=_PLAN, newest_about=("partnership",)
    ),
    NotificationKind.PLAN_CHANGED: KindRules(
        LoadClass.CARRIED, valid_for=_TWO_WEEKS, context=_PLAN, newest_about=("partnership",)
    ),
    NotificationKind.PLAN_REVIEW: KindRules(
        LoadClass.CARRIED, valid_for=_A_MONTH, context=_PLAN, newest_about=("person",)
    ),
    # The report is not finished, or not shared, before this answer. Once for each report, and for each reader of it.
    NotificationKind.REPORT_WAITS: KindRules(
        LoadClass.DEADLINE,
        Presence.BOTH,
        context=frozenset({ContextPart.REPORTS}),
        newest_about=("partnership", "number"),
    ),
    # Two people have decided that its reader gets it now. A live view, so that an erasure reaches it in Slack.
    NotificationKind.REPORT_SHARED: KindRules(
        LoadClass.DEADLINE,
        context=frozenset({ContextPart.SHARED_REPORT}),
        outdated_by=(ReportShare,),
        subject=Subject.PARTNERSHIP,
    ),
    NotificationKind.SESSION_INVITATION: KindRules(
        LoadClass.MEETING,
        context=frozenset({ContextPart.SESSION}),
        outdated_by=(Session, SessionAnswer),
        subject=Subject.SESSION,
    ),
    NotificationKind.SESSION_NEWS: KindRules(
        LoadClass.MEETING, context=frozenset({ContextPart.SESSION}), newest_about=("session",)
    ),
    # Somebody waits for help, and asked for an answer within two working days.
    NotificationKind.CASE_OPENED: KindRules(LoadClass.DEADLINE, outdated_by=(Case,), subject=Subject.CASE),
    NotificationKind.CASE_SENT: KindRules(LoadClass.REPLY),
    # The request for help is still open, and a second person is asked.
    NotificationKind.CASE_PASSED_ON: KindRules(LoadClass.DEADLINE),
    NotificationKind.REMARK_SENT: KindRules(LoadClass.REPLY),
    # Its author waits to hear that it was read.
    NotificationKind.REMARK_MADE: KindRules(
        LoadClass.DEADLINE,
        context=frozenset({ContextPart.REMARK_WORDS, ContextPart.PRESENT_APPROVERS}),
        outdated_by=(Remark,),
        subject=Subject.REMARK,
        to_owners=True,
    ),
    # The answer to what they told the programme, once.
    NotificationKind.REMARK_READ: KindRules(LoadClass.DEADLINE),
    NotificationKind.ANNOUNCEMENT: KindRules(
        LoadClass.CARRIED, valid_for=_TWO_WEEKS, context=frozenset({ContextPart.ANNOUNCEMENT})
    ),
    # It goes to a channel and asks nobody. A live view, so that an erasure reaches the names in it.
    NotificationKind.CHANNEL_POST: KindRules(
        LoadClass.DEADLINE,
        context=frozenset({ContextPart.ANNOUNCEMENT}),
        outdated_by=(AnnouncementOutdated,),
        subject=Subject.ANNOUNCEMENT,
        in_channel=True,
    ),
    # The owner can stop it only while it goes out.
    NotificationKind.ANNOUNCEMENT_PROGRESS: KindRules(
        LoadClass.DEADLINE,
        context=frozenset({ContextPart.ANNOUNCEMENT, ContextPart.ANNOUNCEMENT_PROGRESS}),
        outdated_by=(Announcement, AnnouncementOutdated),
        subject=Subject.ANNOUNCEMENT,
        to_owners=True,
    ),
    # Nobody waits for an answer. Owners never hear who was invited.
    NotificationKind.INVITATION: KindRules(
        LoadClass.CARRIED, valid_for=_TWO_WEEKS, context=frozenset({ContextPart.INVITED}), reports_failure=False
    ),
    # It can be read in My data all the time.
    NotificationKind.DATA_ENDS: KindRules(LoadClass.CARRIED, valid_for=_A_MONTH, newest_about=("partnership", "kinds")),
    NotificationKind.COHORT_CLOSED: KindRules(LoadClass.DEADLINE),
    NotificationKind.UNDELIVERED: KindRules(
        LoadClass.DEADLINE, outdated_by=(UndeliveredResolution,), subject=Subject.REPORT, to_owners=True
    ),
    NotificationKind.IMPORT_PREVIEW: KindRules(
        LoadClass.REPLY, outdated_by=(FileImport,), subject=Subject.FILE_IMPORT, to_owners=True
    ),
    NotificationKind.FILE_PROGRAMME: KindRules(
        LoadClass.REPLY, outdated_by=(FileImport,), subject=Subject.FILE_IMPORT, of_all_programmes=True, to_owners=True
    ),
    NotificationKind.FILE_DECLINED: KindRules(LoadClass.REPLY),
}

LIVE_KINDS = tuple(kind for kind, rules in KIND_RULES.items() if rules.is_live)


@dataclass(frozen=True)
class Outdated:
    """The live views that a change outdates: those about `about`, or about the current cohort if that is None, which
    `readers` have, or everybody if that is None.
    """

    about: str | None
    readers: tuple[str, ...] | None = None


def outdated(kind: NotificationKind, change: object) -> Outdated | None:
    """The live views of `kind` that `change` outdates, or None. A profile update counts if the account was closed or
    opened.

    A message is touched only if its own text changes: an edit that shows nothing new could tell that the other person
    has done something.
    """
    rules = KIND_RULES[kind]
    if not isinstance(change, rules.outdated_by):
        return None
    match rules.subject, change:
        case Subject.COHORT, Cohort():
            return Outdated(change.id)
        case Subject.COHORT, Match() | ProposalRun() | Application():
            return Outdated(change.cohort_id)
        case Subject.COHORT, _:
            return Outdated(None)
        case Subject.MATCH, ScheduledJob():  # another deadline, for both
            return Outdated(change.refs["match"]) if change.kind is JobKind.OFFER_LAPSE else None
        case Subject.MATCH, Match(state=MatchState.OFFERED):
            return Outdated(change.id, change.accepted_by) if change.accepted_by else None
        case Subject.MATCH, Match():
            return Outdated(change.id) if change.offered_at else None
        case Subject.PARTNERSHIP, ReportShare():
            return Outdated(change.partnership_id, (change.reader,))
        case Subject.PARTNERSHIP, EndKept():
            return Outdated(change.partnership_id, None if change.is_both else (change.person,))
        case Subject.PARTNERSHIP, Agreement() | ActionItem() | EndMoved() | EndProposal() | EndArrived():
            return Outdated(change.partnership_id)
        case Subject.MEETING, ActionItem():
            return Outdated(change.meeting_id) if change.meeting_id else None
        case Subject.PLANNED_MEETING, AgendaOutdated():
            return Outdated(change.planned_id)
        case Subject.PARTNERSHIP, StandingAnswer():
            return Outdated(change.partnership_id, (change.person,))
        case Subject.PARTNERSHIP, Feedback():
            return Outdated(change.partnership_id, (change.person,))
        case Subject.PARTNERSHIP, Partnership():
            has_just_ended = not (change.is_active or change.back or change.declined_rematch)
            tells_of_pause = rules.shows_pause and change.is_active and change.pause is not None
            return Outdated(change.id) if has_just_ended or tells_of_pause else None
        case Subject.APPLICATION, Application():
            return Outdated(change.id)
        case Subject.CASE, Case():
            return Outdated(change.id)
        case Subject.ANNOUNCEMENT, Announcement():
            return Outdated(change.id)
        case Subject.ANNOUNCEMENT, AnnouncementOutdated():
            return Outdated(change.announcement_id)
        case Subject.REMARK, Remark():
            return Outdated(change.id)
        case Subject.SESSION, Session():
            return Outdated(change.id)
        case Subject.SESSION, SessionAnswer():
            return Outdated(change.session_id, (change.person,))
        case Subject.REPORT, UndeliveredResolution():
            return Outdated(change.report_id)
        case Subject.REGULAR_TIME, RegularTime():
            return Outdated(change.id)
        case Subject.PLANNED_MEETING, PlannedMeeting():
            return Outdated(change.id)
        case Subject.FILE_IMPORT, FileImport():
            return Outdated(change.id)
    return None
