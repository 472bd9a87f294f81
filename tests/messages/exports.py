"""An export with text of all kinds in it."""

from dataclasses import replace
from datetime import date

from mentoring.applications.application import Role
from mentoring.exports.export import ExportNaming, ProgrammeExport
from mentoring.feedback.answers import Question
from mentoring.feedback.counted_items import HELPS, RATING, CountedItem
from mentoring.feedback.groups import Extreme, FeedbackGroup, GroupKind, StageFigures
from mentoring.meetings.log import MeetingTotals
from tests.messages.examples import ADA, BEN, COHORT, ENDED, FIRST, PARTNERSHIP, PLAIN, REQUEST

ODD = "שלום 👩🏽‍💻 “so”"
GROUP = FeedbackGroup(
    "g1",
    CountedItem(RATING, 1, (Question.CHECK_IN,)),
    GroupKind.COMPLETE,
    COHORT.id,
    Role.MENTEE,
    5,
    (StageFigures(Question.CHECK_IN, 5, 22, Extreme.HIGH, words=((HELPS, ODD), (HELPS, "=1+1"))),),
)
EXPORT = ProgrammeExport(
    PLAIN,
    [COHORT],
    [replace(REQUEST, topics=("=HYPERLINK(1)", ODD)), replace(REQUEST, id="A9", person="", role=Role.MENTOR, places=2)],
    [PARTNERSHIP, replace(ENDED, id="R9", mentor="")],
    [FIRST, replace(FIRST, id="M9")],
    {PARTNERSHIP.id: MeetingTotals(2, FIRST.met_on)},
    [GROUP],
    {ADA: "P-0123456789", BEN: "P-abcdef0123"},
    ExportNaming.CODES,
    date(2027, 3, 2),
)
