"""A context in which every kind of notice has something to say, to be changed in one place at a time."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from mentoring.applications.application import Role
from mentoring.core.fields import FieldName
from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.people import AccountStatus, Leave
from mentoring.core.programmes import ProgrammeType
from mentoring.core.roles import ProgrammeRole
from mentoring.core.undelivered import DeliveryFailure, UndeliveredNotification
from mentoring.matching.match import MatchState
from mentoring.meetings.place import MeetingPlace
from mentoring.meetings.planned import PlannedMeeting, PlannedState
from mentoring.meetings.regular_time import RegularDays, RegularState, RegularTime
from mentoring.notifications.context import NotificationContext
from mentoring.oversight.asking import (
    HowItStands,
    OversightContext,
    OversightKind,
    OversightRequest,
    StandingAnswer,
)
from mentoring.own_data.records import OwnData
from mentoring.partnerships.end_plan import EndPlan, EndProposal, EndProposalState
from mentoring.partnerships.partnership import RequestedPause
from mentoring.people.file_import import FileImportState
from mentoring.programmes.membership import Membership
from mentoring.sessions.session import SeenSession, SessionAnswer
from mentoring.sponsor_page.page import SponsorPage
from mentoring.status import cohort_status
from messages.notifications import render
from messages.payloads import Message
from tests.evaluation_example import example
from tests.messages.examples import (
    ADA,
    ADA_ASKS,
    ADA_TELLS,
    ANNOUNCED,
    ASKED,
    BEN,
    CLEO,
    CLOSED,
    COHORT,
    ENDED,
    FIRST,
    IN_TIME,
    LATER,
    LEFT_AT,
    LISTED,
    MATCH,
    MATCHING,
    OFFER,
    OTHERS_OFFER,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    READ,
    REOPENED,
    REPORT,
    REQUEST,
    SUE,
    TO_SIGN,
    entered,
    gone,
    member,
    round_of,
    withdrawn,
)
from tests.messages.exports import EXPORT
from tests.messages.homes import home, in_programme
from tests.messages.reports import HALF_FINISHED, SENT_REPORT
from tests.messages.round_charts import ROUND_CHARTS
from tests.messages.sessions import ORIENTATION

ABOUT_A_ROUND = (NotificationKind.REVIEW, NotificationKind.APPROVALS_WANTED, NotificationKind.APPROVALS_REMINDER)
TO_OWNERS = (
    NotificationKind.WELCOME_OWNER,
    NotificationKind.APPLICATIONS_CLOSED,
    NotificationKind.PROGRAMME_CHANGED,
    NotificationKind.COHORT_STATUS,
    NotificationKind.ROUND_CHARTS,
    NotificationKind.ROUND_FIGURES,
    NotificationKind.EVALUATION,
    NotificationKind.DATA_EXPORT,
    NotificationKind.WEEKLY_STATUS,
    *ABOUT_A_ROUND,
    NotificationKind.NOT_PROPOSED,
    NotificationKind.OPERATOR_RELEASED,
    NotificationKind.OFFERS_RUNNING_OUT,
    NotificationKind.OWNERS_OFFER_OVER,
    NotificationKind.WORD_WANTED,
    NotificationKind.REMARK_MADE,
    NotificationKind.ANNOUNCEMENT_PROGRESS,
    NotificationKind.OWNER_LEFT,
    NotificationKind.OWNERS_PERSON_LEFT,
    NotificationKind.OWNERS_PERSON_BACK,
    NotificationKind.LONG_PAUSE,
    NotificationKind.STANDING_ANSWERED,
    NotificationKind.HANDED_OVER,
    NotificationKind.UNDELIVERED,
    NotificationKind.IMPORT_PREVIEW,
    NotificationKind.FILE_PROGRAMME,
)
OF_A_DEPARTURE = (NotificationKind.PARTNER_LEFT, NotificationKind.OWNER_LEFT, NotificationKind.OWNERS_PERSON_LEFT)
OF_A_RETURN = (NotificationKind.PARTNER_BACK, NotificationKind.WELCOME_BACK, NotificationKind.OWNERS_PERSON_BACK)
OF_AN_OFFER = (NotificationKind.MATCH_OFFERED, NotificationKind.OFFER_REMINDER)
OF_A_FAILED_OFFER = (NotificationKind.OFFER_DECLINED, NotificationKind.OFFER_OVER, NotificationKind.OWNERS_OFFER_OVER)
OF_A_WITHDRAWAL = (NotificationKind.APPLICATION_WITHDRAWN, NotificationKind.WITHDRAWN_BY_OWNER)
OF_A_MATCH = (*OF_AN_OFFER, NotificationKind.OFFER_ACCEPTED, *OF_A_FAILED_OFFER)
NUDGES = (NotificationKind.FIRST_MEETING_NUDGE, NotificationKind.SECOND_MEETING_NUDGE, NotificationKind.MONTHLY_NUDGE)
OF_A_RUNNING_PARTNERSHIP = (
    *NUDGES,
    NotificationKind.CHECK_IN,
    NotificationKind.SURVEY,
    NotificationKind.SURVEY_REMINDER,
)
LEAVE = Leave(LEFT_AT, date(2027, 6, 14))
OF_AN_AGREEMENT = (
    NotificationKind.AGREEMENT_WRITTEN,
    NotificationKind.AGREEMENT_SAVED,
    NotificationKind.AGREEMENT_REVIEW,
)
ABOUT_A_PAUSE = (
    NotificationKind.PARTNERSHIP_PAUSED,
    NotificationKind.PAUSE_QUESTION,
    NotificationKind.PARTNERSHIP_RESUMED,
    NotificationKind.LONG_PAUSE,
)
OWN_DATA = OwnData(member(ADA), (), {}, {})
LASTING = RequestedPause(BEN, datetime(2027, 3, 1, 9, tzinfo=UTC), date(2027, 6, 14))
PAUSED = replace(PARTNERSHIP, pause=LASTING)
CARRIED_ON = replace(
    PARTNERSHIP,
    pause=RequestedPause(BEN, datetime(2027, 3, 1, 9, tzinfo=UTC), date(2027, 4, 12), over_on=date(2027, 4, 12)),
    paused=timedelta(days=42),
)
HANDED_OVER = replace(PARTNERSHIP, responsible=OWEN)
_ASKED_AT = datetime(2027, 2, 22, 9, tzinfo=UTC)
OVERSIGHT = OversightContext(
    PARTNERSHIP,
    PLAIN,
    {ADA: member(ADA), BEN: member(BEN)},
    (OWEN, BEN),
    _ASKED_AT,
    tuple(OversightRequest(PARTNERSHIP.id, kind, 1, OWEN, _ASKED_AT) for kind in OversightKind),
    (StandingAnswer(PARTNERSHIP.id, 1, BEN, HowItStands.CONTACT, _ASKED_AT),),
)
"""An owner has asked everything, and Ben has answered."""
OF_AN_END = (NotificationKind.END_QUESTION, NotificationKind.END_PROPOSED, NotificationKind.END_ANSWERED)
_PROPOSED = EndProposal(PARTNERSHIP.id, 1, BEN, date(2027, 11, 15), PARTNERSHIP.ends_on)
END_PLANS = {
    NotificationKind.END_PROPOSED: EndPlan(_PROPOSED),
    NotificationKind.END_ANSWERED: EndPlan(replace(_PROPOSED, by=ADA, state=EndProposalState.DECLINED)),
}
OF_A_PARTNERSHIP = (
    *OF_AN_END,
    *OF_AN_AGREEMENT,
    *ABOUT_A_PAUSE[:3],
    NotificationKind.OWNER_NUDGE,
    NotificationKind.HELP_OFFERED,
    NotificationKind.STANDING_ASKED,
    NotificationKind.OWNER_NAMED,
    *OF_A_RUNNING_PARTNERSHIP,
    NotificationKind.INTRODUCED,
    NotificationKind.PARTNERSHIP_ENTERED,
    NotificationKind.MEETING_SAVED,
    NotificationKind.MEETING_LOGGED,
    NotificationKind.MEETING_DELETED,
    NotificationKind.PLANNED_MEETING,
    NotificationKind.CALENDAR_FILE,
    NotificationKind.REGULAR_TIME,
    NotificationKind.REGULAR_FILE,
    NotificationKind.ITEMS_DUE,
    NotificationKind.SURVEY_THANKS,
    NotificationKind.THANK_YOU,
    NotificationKind.PARTNERSHIP_ENDED,
    NotificationKind.PARTNERSHIP_CLOSED,
    NotificationKind.ANOTHER_OFFERED,
    NotificationKind.BACK_IN_POOL,
    NotificationKind.PARTNER_LEFT,
    NotificationKind.PARTNER_BACK,
    NotificationKind.PARTNER_ON_LEAVE,
    NotificationKind.PLAN_SHARED,
    NotificationKind.PLAN_CHANGED,
)
OF_A_REPORT = (NotificationKind.REPORT_WAITS, NotificationKind.REPORT_SHARED)
OF_A_SHARED_PLAN = (NotificationKind.PLAN_SHARED, NotificationKind.PLAN_CHANGED)


PLANNED = PlannedMeeting("L1", PARTNERSHIP.id, PlannedState.BOOKED, 60, starts_at=datetime(2027, 3, 2, 15, tzinfo=UTC))
REGULAR = RegularTime(
    "R1",
    PARTNERSHIP.id,
    RegularState.AGREED,
    datetime(2027, 3, 2, 15, tzinfo=UTC),
    "Europe/London",
    2,
    45,
    date(2027, 8, 15),
    BEN,
)
OFFERED_REGULAR = replace(REGULAR, state=RegularState.OFFERED)
REGULAR_MEETINGS = tuple(
    replace(PLANNED, id=f"M{number}", starts_at=start, regular_id="R1", regular_at=start)
    for number, start in enumerate(REGULAR.starts())
)

UNDELIVERED = (
    UndeliveredNotification("7", NotificationKind.CHECK_IN, ADA, "", "user_not_found", DeliveryFailure.FAILED),
    UndeliveredNotification("8", NotificationKind.INTRODUCED, ADA, BEN, "TimeoutError", DeliveryFailure.UNDECIDED),
    UndeliveredNotification(
        "9", NotificationKind.MONTHLY_NUDGE, BEN, "", "messages_tab_disabled", DeliveryFailure.FAILED
    ),
    UndeliveredNotification("10", NotificationKind.SURVEY, BEN, "", "unsendable", DeliveryFailure.FAILED),
)


def context_of(
    kind: NotificationKind, reader: str = "", today: date | None = None, **changes: Any
) -> NotificationContext:
    """Ada's, or an owner's, with the state of things that `kind` is about."""
    reader = reader or (OWEN if kind in TO_OWNERS else BEN if kind in OF_A_SHARED_PLAN else ADA)
    offer = replace(ASKED, state=MatchState.DECLINED) if kind in OF_A_FAILED_OFFER else ASKED
    if kind is NotificationKind.OFFER_ACCEPTED:
        offer = replace(ASKED, accepted_by=(ADA,))
    if kind is NotificationKind.MATCH_AGREED:
        offer = replace(ASKED, accepted_by=(ADA, BEN))
    partnership = {
        NotificationKind.PARTNERSHIP_ENDED: ENDED,
        NotificationKind.PARTNERSHIP_CLOSED: CLOSED,
        NotificationKind.BACK_IN_POOL: replace(ENDED, back=(ADA,)),
        NotificationKind.ANOTHER_OFFERED: ENDED,
        NotificationKind.DATA_ENDS: ENDED,
        NotificationKind.PARTNERSHIP_PAUSED: PAUSED,
        NotificationKind.PAUSE_QUESTION: PAUSED,
        NotificationKind.PARTNERSHIP_RESUMED: CARRIED_ON,
        NotificationKind.LONG_PAUSE: PAUSED,
        NotificationKind.HANDED_OVER: HANDED_OVER,
        NotificationKind.OWNER_NAMED: HANDED_OVER,
    }.get(kind, PARTNERSHIP)
    more: dict[str, Any] = {
        "programme": replace(PLAIN, has_agreements=True) if kind in OF_AN_AGREEMENT else PLAIN,
        "agreement": (REOPENED if kind is NotificationKind.AGREEMENT_SAVED else TO_SIGN)
        if kind in OF_AN_AGREEMENT
        else None,
        "cohort": replace(COHORT, closed_on=LATER) if kind is NotificationKind.COHORT_CLOSED else COHORT,
        "owners": (OWEN, BEN),
        "committee": (CLEO,),
        "status": cohort_status(PLAIN, COHORT, [REQUEST, OFFER]),
        "application": withdrawn(REQUEST)
        if kind in OF_A_WITHDRAWAL
        else {NotificationKind.APPLICATION_ENTERED: entered(REQUEST)}.get(kind, REQUEST),
        "applications": {Role.MENTEE: REQUEST} if reader == ADA else {},
        "match": offer,
        "partnership": partnership,
        "end_plan": END_PLANS.get(kind, EndPlan()),
        "meeting": FIRST,
        "planned": PLANNED,
        "regular": OFFERED_REGULAR if kind is NotificationKind.REGULAR_TIME else REGULAR,
        "regular_meetings": REGULAR_MEETINGS,
        "regular_days": RegularDays(tuple(REGULAR.starts())),
        "met": 3,
        "thanks": "You made me ask." if kind is NotificationKind.THANK_YOU else "",
        "case": replace(ADA_ASKS, contact=reader)
        if kind is NotificationKind.CASE_OPENED
        else replace(ADA_ASKS, second=SUE),
        "announcement": ANNOUNCED,
        "remark": ADA_TELLS,
        "remark_words": "A second room would help.",
        "oversight": OVERSIGHT,
        "place": MeetingPlace(PARTNERSHIP.id, "https://meet.example.org/?" + "&" * 220, BEN),
        "items": (replace(READ, due=MATCHING),) if kind is NotificationKind.ITEMS_DUE else (),
        "conversation": "D0ADA",
        "profiles": {ADA: REQUEST, BEN: OTHERS_OFFER},
        "partnerships": REPORT,
        "charts": ROUND_CHARTS,
        "session": SeenSession(ORIENTATION, SessionAnswer("o1", reader, 1, True, True))
        if kind is NotificationKind.SESSION_NEWS
        else SeenSession(ORIENTATION),
        "sponsor_page": SponsorPage(date(2027, 3, 1), 74, 17, 12, ROUND_CHARTS.months),
        "sponsors": (reader,) if kind is NotificationKind.SPONSOR_PAGE else (),
        "gets_sponsor_page": True,
        "their_partnerships": (PARTNERSHIP,) if kind in (*OF_A_DEPARTURE, *OF_A_RETURN) else (),
        "people": {ADA: member(ADA), BEN: gone(BEN) if kind in OF_A_DEPARTURE else member(BEN)},
        "named": frozenset({(FieldName.MANAGER, BEN)}),
        "round": round_of(MATCH)
        if kind in ABOUT_A_ROUND
        else round_of(ASKED)
        if kind is NotificationKind.OFFERS_RUNNING_OUT
        else None,
        "file_import": {
            NotificationKind.IMPORT_PREVIEW: LISTED,
            NotificationKind.FILE_PROGRAMME: replace(LISTED, programme_id="", state=FileImportState.UNASSIGNED),
        }.get(kind),
        "memberships": (Membership(PLAIN, COHORT, frozenset({ProgrammeRole.OWNER})),)
        if kind is NotificationKind.FILE_PROGRAMME and reader == OWEN
        else (),
        "evaluation": example() if kind is NotificationKind.EVALUATION else None,
        "export": EXPORT if kind is NotificationKind.DATA_EXPORT else None,
        "own_data": OWN_DATA if kind is NotificationKind.OWN_DATA else None,
        "now": datetime(2027, 3, 2, 15, 30, tzinfo=UTC) if kind is NotificationKind.OWN_DATA else None,
        "home": home(in_programme(REQUEST), reader=reader) if kind is NotificationKind.HELP else None,
        "undelivered": UNDELIVERED if kind is NotificationKind.UNDELIVERED else (),
    }
    if kind in (*OF_A_SHARED_PLAN, NotificationKind.PLAN_REVIEW):
        more |= {"programme": replace(PLAIN, has_plans=True), "plan_shared": True, "has_plan": True}
    if kind is NotificationKind.INVITATION:
        more |= {"invited_as": tuple(Role)}
        today = today or IN_TIME
    if kind in OF_A_REPORT:
        more |= {
            "programme": replace(PLAIN, has_reports=True),
            "reports": (HALF_FINISHED,),
            "shared_report": SENT_REPORT,
        }
    if kind is NotificationKind.FACILITATORS_NAMED:
        peers = replace(PLAIN, type=ProgrammeType.PEER, has_facilitators=True)
        more |= {"programme": peers, "facilitators": (SUE,), "present_facilitators": (SUE,)}
        more["own_partnerships"] = (PARTNERSHIP,)
    if kind is NotificationKind.CANNOT_BE_NAMED:
        more["people"] = {ADA: member(ADA), BEN: replace(member(BEN), account_status=AccountStatus.GUEST)}
    if kind is NotificationKind.PARTNER_ON_LEAVE:
        more["people"] = {ADA: member(ADA), BEN: replace(member(BEN), leave=LEAVE)}
    own = member(reader)
    who = replace(own, leave=LEAVE) if kind is NotificationKind.ON_LEAVE else own
    return NotificationContext(reader=who, today=today or MATCHING, **(more | changes))


def told(kind: NotificationKind, context: NotificationContext | None = None, **about: str) -> Message:
    context = context or context_of(kind)
    return render(
        Notification(
            f"{kind}:1",
            kind,
            context.reader.id,
            {
                "cohort": COHORT.id,
                "by": BEN,
                "person": BEN,
                "left": LEFT_AT.isoformat(),
                "report": "r1",
                "taken": "sponsor",
                "field": "manager",
                "day": LATER.isoformat(),
                "number": "1",
                "attempt": "1",
                "met": "2027-02-22",
                "format": {NotificationKind.OWN_DATA: "html", NotificationKind.EVALUATION: "report-html"}.get(
                    kind, "csv"
                ),
                "month": "2027-03-01",
                "deleted": "2030-05-06",
                "kinds": "notes,answers",
                "naming": "codes",
                **({"day": "2027-02-12"} if kind is NotificationKind.OFFERS_RUNNING_OUT else {}),
                **({"until": "2027-06-14"} if kind is NotificationKind.PAUSE_QUESTION else {}),
            }
            | about,
        ),
        context,
    )
