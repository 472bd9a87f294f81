"""A progress report of Ada and Ben."""

from dataclasses import replace
from datetime import UTC, date, datetime

from mentoring.applications.application import Role
from mentoring.goals.goal import Goal, GoalChange, GoalRecord, GoalState, GoalTerm
from mentoring.partnerships.timing import MeetingRhythm
from mentoring.reports.page import ReportWish, ReportWords, build_page
from mentoring.reports.report import ProgressReport
from mentoring.reports.sharing import ReportShare, SharedReport
from tests.messages.examples import ADA, CLEO, FIRST, ITEMS, PARTNERSHIP

BEGAN, UNTIL = date(2027, 2, 15), date(2027, 8, 15)
FINISHED_AT = datetime(2027, 8, 15, 9, 0, tzinfo=UTC)
LEAD = Goal(
    "G1",
    ADA,
    "Lead a meeting of our team & <others>",
    GoalTerm.QUARTER,
    "The minutes say so",
    date(2027, 5, 31),
    "Ask my manager",
    (),
    (),
    "",
    "",
    GoalState.HALF_WAY,
    date(2027, 2, 24),
    2,
)
GOALS = (
    GoalRecord(LEAD, (GoalChange("G1", 2, date(2027, 4, 12), GoalState.HALF_WAY, "I led half of one", "Lead one"),)),
    GoalRecord(
        replace(LEAD, id="G2", words="Learn to say no", state=GoalState.REACHED),
        (GoalChange("G2", 2, date(2027, 6, 1), GoalState.REACHED, "I said no twice"),),
    ),
    GoalRecord(
        replace(LEAD, id="G3", words="Learn Latin", state=GoalState.LET_GO),
        (GoalChange("G3", 2, date(2027, 3, 3), GoalState.LET_GO),),
    ),
)
WORDS = ReportWords(
    "P1",
    PARTNERSHIP.id,
    learnt={Role.MENTEE: "That I can *ask*.\nAnd that people like to help.", Role.MENTOR: "To listen first."},
    lines={"G2": "No more late shifts"},
    next_steps=("Lead a whole meeting", "Meet the <archivists>"),
    wishes=(ReportWish.MORE_TIME, ReportWish.A_CONTACT),
    version=2,
)
REPORT_PAGE = build_page(
    BEGAN, UNTIL, WORDS, meetings=[FIRST], items=ITEMS, goals=GOALS, rhythm=MeetingRhythm.ONCE_A_MONTH
)
BEGUN = ProgressReport("P1", PARTNERSHIP.id, 1, BEGAN, edition=3, version=4)
HALF_FINISHED = replace(BEGUN, finished={Role.MENTOR: FINISHED_AT}, version=5)
FINISHED = replace(BEGUN, finished=dict.fromkeys(Role, FINISHED_AT), ended_on=UNTIL, version=6)
FINISHED_WORDS = replace(WORDS, page=REPORT_PAGE)
ASKED = ReportShare("P1", PARTNERSHIP.id, CLEO, {Role.MENTEE: FINISHED_AT})
AGREED = replace(ASKED, agreed=dict.fromkeys(Role, FINISHED_AT), attempt=1, version=2)
SENT_REPORT = SharedReport(AGREED, REPORT_PAGE)
