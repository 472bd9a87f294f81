"""The Home tab of every kind of person."""

from dataclasses import replace
from datetime import date, timedelta

from mentoring.core.people import AccountStatus, StaffRecord
from mentoring.core.programmes import Segment
from mentoring.core.roles import ProgrammeRole
from mentoring.feedback.answers import Question
from mentoring.feedback.groups import AnswerBar
from mentoring.home.home import Home
from mentoring.home.needs import Need, NeedKind
from mentoring.home.own_partnership import OwnPartnership
from mentoring.oversight.digest import DigestRhythm
from messages import help
from messages.home import done_view, home_view, neutral_view, reply_view
from tests.golden.making import Piece, shown
from tests.messages.contexts import LEAVE
from tests.messages.examples import (
    ADA,
    ASKED,
    BEN,
    CLEO,
    COHORT,
    CUSTOM,
    ENDED,
    FIRST,
    IN_TIME,
    ITEMS,
    LATER,
    MATCHING,
    NOTES,
    OFFER,
    OTHERS_OFFER,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    PLAN,
    REQUEST,
    RUNNING,
    SECOND,
    SUE,
    entered,
    gone,
    withdrawn,
)
from tests.messages.homes import home, in_programme
from tests.messages.reports import LEAD

OWNER = (ProgrammeRole.OWNER,)
TANDEMS = replace(CUSTOM, id="P2")
ITS_COHORT = replace(COHORT, id="C2", programme_id="P2")
OF_BEN = replace(OTHERS_OFFER, places=3)
BOTH_LOGGED = ((FIRST, NOTES), (SECOND, PLAN))
WITH_ADA = OwnPartnership(PARTNERSHIP, BOTH_LOGGED, items=ITEMS)
WITH_CLEO = OwnPartnership(replace(PARTNERSHIP, id="R2", mentee=CLEO, mentee_application="A8"))
WITH_SUE = OwnPartnership(replace(PARTNERSHIP, id="R3", mentee=SUE, mentee_application="A9"), asked=Question.CHECK_IN)
OF_ADA = OwnPartnership(PARTNERSHIP, BOTH_LOGGED, items=ITEMS)
WORK = (
    Need(NeedKind.UNDELIVERED, 3, "N1"),
    Need(NeedKind.DECIDE, 5),
    Need(NeedKind.SEND, 2),
    Need(NeedKind.ANSWERS, 4),
    Need(NeedKind.AWAY),
    Need(NeedKind.QUIET, 36, "R1", people=(ADA, BEN)),
    Need(NeedKind.PLAN, about="matches", on=date(2027, 2, 1)),
)


def _at(made: Home) -> Piece:
    return shown(lambda: home_view(made))


def _one_need(need: Need, today: date = RUNNING) -> Piece:
    return _at(home(in_programme(roles=OWNER, needs=(need,)), reader=OWEN, today=today))


HOME: dict[str, Piece] = {
    "home-newcomer": _at(home(in_programme())),
    "home-newcomer-own-words": _at(home(in_programme(programme=CUSTOM))),
    "home-outside-every-segment": _at(
        home(
            in_programme(
                programme=replace(PLAIN, for_mentees=Segment(("IT",)), for_mentors=Segment(("IT",))),
                record=StaffRecord(ADA, "Archives"),
            )
        )
    ),
    "home-guest": _at(home(in_programme(), status=AccountStatus.GUEST)),
    "home-no-programme": _at(home()),
    "home-mentee-waiting": _at(home(in_programme(REQUEST))),
    "home-mentee-waiting-own-words": _at(home(in_programme(REQUEST, programme=CUSTOM))),
    "home-to-confirm": _at(home(in_programme(entered(REQUEST)))),
    "home-withdrawn": _at(home(in_programme(withdrawn(REQUEST)))),
    "home-match-to-answer": _at(home(in_programme(REQUEST, matches=(ASKED,)), today=MATCHING)),
    "home-mentee-matched": _at(home(in_programme(REQUEST, own=(OF_ADA,)), today=RUNNING)),
    "home-mentee-just-matched-own-words": _at(
        home(in_programme(REQUEST, programme=CUSTOM, own=(PARTNERSHIP,)), today=date(2027, 2, 16))
    ),
    "home-before-we-begin": _at(
        home(in_programme(REQUEST, own=(OwnPartnership(PARTNERSHIP, asks_baseline=True),)), today=date(2027, 2, 16))
    ),
    "home-mentee-with-a-goal": _at(
        home(
            in_programme(REQUEST, programme=replace(PLAIN, has_plans=True), own=(replace(OF_ADA, open_goals=(LEAD,)),)),
            today=RUNNING,
        )
    ),
    "home-check-in": _at(
        home(in_programme(REQUEST, own=(replace(OF_ADA, asked=Question.CHECK_IN),)), today=date(2027, 5, 20))
    ),
    "home-mentor-with-three": _at(
        home(in_programme(OF_BEN, own=(WITH_ADA, WITH_CLEO, WITH_SUE)), reader=BEN, today=LATER)
    ),
    "home-mentor-with-three-own-words": _at(
        home(in_programme(OF_BEN, programme=CUSTOM, own=(WITH_ADA, WITH_CLEO, WITH_SUE)), reader=BEN, today=LATER)
    ),
    "home-mentor-themes": _at(
        home(
            replace(
                in_programme(OF_BEN, own=(WITH_ADA,)),
                themes=(AnswerBar("c_talk", 12, or_more=True), AnswerBar("c_goals", 7)),
            ),
            reader=BEN,
            today=LATER,
        )
    ),
    "home-partner-away": _at(home(in_programme(REQUEST, own=(OF_ADA,)), today=LATER, people={BEN: gone(BEN)})),
    "home-partnership-over": _at(home(in_programme(REQUEST, own=(ENDED,)), today=LATER)),
    "home-on-leave": _at(home(in_programme(REQUEST, own=(OF_ADA,)), today=LATER, leave=LEAVE)),
    "home-owner": _at(home(in_programme(roles=OWNER, needs=WORK), reader=OWEN, today=MATCHING)),
    "home-owner-own-words": _at(
        home(in_programme(programme=CUSTOM, roles=OWNER, needs=WORK), reader=OWEN, today=MATCHING)
    ),
    "home-owner-with-nothing": _at(home(in_programme(roles=OWNER), reader=OWEN, digest=DigestRhythm.WHEN_NEEDED)),
    "home-owner-who-takes-part": _at(
        home(
            in_programme(replace(REQUEST, person=OWEN), roles=OWNER, needs=WORK[4:5]),
            reader=OWEN,
            is_administrator=True,
        )
    ),
    **{
        f"home-owner-{need.kind}": _one_need(need)
        for need in (
            Need(NeedKind.BLOCKED, 2),
            Need(NeedKind.PROPOSE, 12, on=COHORT.starts_on),
            Need(NeedKind.UNMATCHED, 2),
            Need(NeedKind.EXPIRED, 2),
            Need(NeedKind.CLOSE, about="C1", on=COHORT.ends_on),
            Need(NeedKind.LONG_QUIET, 47, "R1", people=(ADA, BEN)),
            Need(NeedKind.FIRST_MEETING, 18, "R1", people=(ADA, BEN)),
            Need(NeedKind.OVER_PLACES, 3, "A2", people=(BEN,), places=2),
            Need(NeedKind.NEXT_ROUND, on=COHORT.ends_on),
        )
    },
    "home-committee": _at(
        home(in_programme(roles=(ProgrammeRole.COMMITTEE,), needs=WORK[1:2]), reader=CLEO, today=MATCHING)
    ),
    "home-sponsor": _at(home(in_programme(roles=(ProgrammeRole.SPONSOR,)), reader=SUE, today=MATCHING)),
    "home-several": _at(
        home(
            in_programme(roles=OWNER, needs=WORK[1:3]),
            in_programme(
                replace(REQUEST, cohort_id="C2"),
                programme=TANDEMS,
                cohort=ITS_COHORT,
                own=(OwnPartnership(replace(PARTNERSHIP, cohort_id="C2"), BOTH_LOGGED, items=ITEMS),),
            ),
            in_programme(programme=replace(PLAIN, id="P3", name="Leading & being led")),
            today=IN_TIME,
        )
    ),
    "home-several-newcomer": _at(home(in_programme(), in_programme(programme=TANDEMS, cohort=ITS_COHORT))),
    "home-several-nothing-open": _at(
        home(in_programme(), in_programme(programme=TANDEMS, cohort=ITS_COHORT), today=COHORT.ends_on + timedelta(2))
    ),
    "home-mentor-applied": _at(home(in_programme(OFFER))),
    "home-of-nobody": shown(neutral_view),
    "home-reply": shown(lambda: reply_view(help.did_you_mean(None, PLAIN))),
    "home-reply-done": shown(done_view),
}
