"""A plan and its goals, as their person and the partner read them."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Programme
from mentoring.goals.goal import Goal, GoalChange, GoalHelp, GoalRecord, GoalState, GoalTerm
from mentoring.goals.plan import DevelopmentPlan, OwnPlan, PlanShare, WrittenPlan
from mentoring.home.own_partnership import OwnPartnership
from messages import goals, meetings, partnerships
from messages.command_words import Topic
from messages.forms import FormMetadata
from messages.goals.view import LET_GO_NOTE, in_place_of_list
from messages.home import home_view
from messages.topics import Asker, reply_about
from tests.golden.making import Piece, said, shown, told
from tests.messages.examples import (
    ADA,
    BEN,
    CLEO,
    CUSTOM,
    FIRST,
    LATER,
    NAMES,
    NOTES,
    OTHER_PARTNERSHIP,
    PARTNERSHIP,
    PLAIN,
    REQUEST,
    RUNNING,
    member,
)
from tests.messages.homes import helped, home, in_programme

WITH_PLANS, OWN_WORDS = replace(PLAIN, has_plans=True), replace(CUSTOM, has_plans=True)
PEOPLE = {person: replace(member(person), display_name=NAMES[person]) for person in (ADA, BEN, CLEO)}
PLAN = DevelopmentPlan(
    ADA,
    "Listening, order & patience",
    "Speak up in <large> meetings",
    "",
    "Lead a team of my own",
    "I like it when people grow",
    ("Career planning", "Job search"),
    "A little courage",
    date(2027, 2, 24),
)
LEAD = Goal(
    "G1",
    ADA,
    "Lead a meeting of our team",
    GoalTerm.QUARTER,
    "The minutes say so",
    date(2027, 5, 31),
    "Ask my manager",
    (GoalHelp.CHANCE, GoalHelp.FEEDBACK),
    (CLEO,),
    "My sister",
    "If it is cancelled, then I will offer the next one",
    GoalState.HALF_WAY,
    date(2027, 2, 24),
    3,
)
LEARN = replace(
    LEAD,
    id="G2",
    words="Learn to say no",
    term=GoalTerm.YEAR,
    until=date(2027, 12, 1),
    state=GoalState.NOT_BEGUN,
    help=(),
    who=(),
    other_who="",
    obstacle="",
    version=2,
)
RUN = replace(
    LEARN, id="G3", words="Run a library", term=GoalTerm.LATER, proof="", until=None, first_step="", version=1
)
LEFT = replace(RUN, id="G4", words="Learn Latin", state=GoalState.LET_GO, version=2)
RECORDS = (
    GoalRecord(
        LEAD,
        (
            GoalChange("G1", 3, date(2027, 4, 12), GoalState.HALF_WAY, "I led half of one", "Lead a whole one"),
            GoalChange("G1", 2, date(2027, 3, 3), GoalState.BEGUN),
        ),
    ),
    GoalRecord(LEFT, (GoalChange("G4", 2, date(2027, 3, 3), GoalState.LET_GO, "Life is short"),)),
    GoalRecord(
        LEARN,
        (
            GoalChange(
                "G2",
                2,
                date(2027, 3, 20),
                GoalState.NOT_BEGUN,
                old_words="Say no to <everything>",
                old_until=date(2027, 6, 1),
            ),
        ),
    ),
    GoalRecord(RUN),
)
OPEN = (LEAD, LEARN, RUN)
WRITTEN = WrittenPlan(PLAN, RECORDS)
SHARED = PlanShare(PARTNERSHIP.id, ADA, datetime(2027, 3, 1, 9, 0, tzinfo=UTC))


def _own(written: WrittenPlan, *, shares: tuple[PlanShare, ...] = (), note: str = "", below: str = "") -> Piece:
    own = OwnPlan(PEOPLE[ADA], written, (WITH_PLANS,), (PARTNERSHIP, OTHER_PARTNERSHIP), shares)
    return shown(lambda: goals.own_view(own, people=PEOPLE, note=note, below=below))


def _partners(programme: Programme, written: WrittenPlan = WRITTEN) -> Piece:
    return shown(lambda: goals.partner_view(written, PARTNERSHIP, programme=programme, mentee=PEOPLE[ADA]))


def _told(kind: NotificationKind, reader: str = BEN, programme: Programme = WITH_PLANS, **more: Any) -> Piece:
    return told(kind, reader, programme, LATER, partnership=PARTNERSHIP, people=PEOPLE, meeting=FIRST, **more)


def _log(programme: Programme, by: str, *, shares_goals: bool) -> Piece:
    meta = FormMetadata(form=meetings.LOG, about=PARTNERSHIP.id)
    return shown(
        lambda: meetings.form(
            [PARTNERSHIP],
            NAMES,
            {},
            meta=meta,
            today=LATER,
            by=by,
            programme=programme,
            goals=OPEN,
            shares_goals=shares_goals,
        )
    )


def _list(by: str, programme: Programme = WITH_PLANS, *, is_shared: bool) -> Piece:
    logged = ((FIRST, replace(NOTES, goals=("G2", "G1", "gone"))),)
    words = {goal.id: goal.words for goal in OPEN} if is_shared or by == ADA else {}
    return shown(
        lambda: partnerships.view(
            [OwnPartnership(PARTNERSHIP, logged, goals=words, reads_plan=is_shared and by == BEN)],
            by=by,
            programme=programme,
            today=LATER,
            people=PEOPLE,
        )
    )


def _asks(person: str, programme: Programme) -> Piece:
    return said(lambda: reply_about(Topic.GOALS, Asker(person, programme, partnerships=(PARTNERSHIP,))))


GOALS: dict[str, Piece] = {
    "goals-own-empty": _own(WrittenPlan()),
    "goals-own": _own(WRITTEN),
    "goals-own-shared-in-place-of-partnerships": _own(
        WRITTEN, shares=(SHARED,), note=LET_GO_NOTE, below=in_place_of_list(PARTNERSHIP.id)
    ),
    "goals-own-one-goal": _own(WrittenPlan(None, RECORDS[3:])),
    "goals-of-partner": _partners(WITH_PLANS),
    "goals-of-partner-own-words": _partners(OWN_WORDS, WrittenPlan()),
    "goals-form-where-i-stand": shown(
        lambda: goals.plan_form({}, topics=PLAIN.topics, partners=(), version=0, root="V1")
    ),
    "goals-form-where-i-stand-to-change": shown(
        lambda: goals.plan_form(
            goals.values_of_plan(PLAN), topics=PLAIN.topics, partners=(BEN, CLEO), version=1, restored=True
        )
    ),
    "goals-form-a-goal": shown(lambda: goals.goal_form({}, partners=())),
    "goals-form-a-fourth-goal": shown(lambda: goals.goal_form({}, partners=(BEN,), in_the_way=OPEN)),
    "goals-form-a-goal-that-has-changed": shown(
        lambda: goals.goal_form(goals.values_of_goal(LEAD), partners=(), before=LEAD)
    ),
    "goals-form-how-is-it": shown(lambda: goals.progress_form(RECORDS[0], {}, partners=())),
    "goals-form-how-is-it-taken-up-again": shown(
        lambda: goals.progress_form(RECORDS[1], {}, partners=(BEN,), in_the_way=OPEN)
    ),
    "meeting-form-with-goals": _log(WITH_PLANS, ADA, shares_goals=False),
    "meeting-form-with-shared-goals-own-words": _log(OWN_WORDS, BEN, shares_goals=True),
    "partnerships-with-goals": _list(ADA, is_shared=False),
    "partnerships-with-a-shared-plan": _list(BEN, is_shared=True),
    "partnerships-with-a-plan-not-shared-own-words": _list(BEN, OWN_WORDS, is_shared=False),
    "help-with-a-plan": said(lambda: helped(REQUEST, programme=WITH_PLANS, today=RUNNING, own=(PARTNERSHIP,))),
    "home-of-a-mentee-with-a-plan": shown(
        lambda: home_view(home(in_programme(REQUEST, programme=WITH_PLANS, own=(PARTNERSHIP,)), today=RUNNING))
    ),
    "home-of-an-applicant-with-a-plan": shown(lambda: home_view(home(in_programme(REQUEST, programme=WITH_PLANS)))),
    "topic-goals-of-a-mentor-own-words": _asks(BEN, OWN_WORDS),
    "topic-privacy-with-plans": said(lambda: reply_about(Topic.PRIVACY, Asker(ADA, WITH_PLANS))),
    "notification-plan-shared": _told(NotificationKind.PLAN_SHARED, plan_shared=True),
    "notification-plan-shared-own-words": _told(NotificationKind.PLAN_SHARED, programme=OWN_WORDS, plan_shared=True),
    "notification-plan-changed": _told(NotificationKind.PLAN_CHANGED, plan_shared=True),
    "notification-plan-review": _told(NotificationKind.PLAN_REVIEW, ADA, has_plan=True),
    "notification-meeting-saved-with-a-plan-to-write": _told(NotificationKind.MEETING_SAVED, ADA, is_plan_offered=True),
    "notification-plans-as-lines": told(
        NotificationKind.MEETING_SAVED,
        BEN,
        WITH_PLANS,
        LATER,
        partnership=PARTNERSHIP,
        people=PEOPLE,
        meeting=FIRST,
        plan_shared=True,
        lines=(NotificationKind.PLAN_SHARED, NotificationKind.PLAN_CHANGED),
    ),
}
