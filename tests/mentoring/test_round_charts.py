"""How far people came in a round, where partnerships stand, and meetings against those asked for."""

from datetime import date
from typing import Any

from mentoring.applications.application import ApplicationState
from mentoring.core.people import AccountStatus
from mentoring.core.programmes import Rhythm
from mentoring.partnerships.partnership import PartnershipState, RequestedPause
from mentoring.round_charts import MOST_MONTHS, MonthOfMeetings, PartnershipStage, RoundCharts, RoundStep, round_charts
from tests.mentoring.factories import ADA, BEN, CHI, DEE, meeting, mentee, mentor, offered, partnership
from tests.mentoring.values import COHORT, at, person

RHYTHM = Rhythm(first_month=2, monthly=1)
TODAY = date(2027, 4, 30)


def charts(
    applications: Any = (),
    matches: Any = (),
    partnerships: Any = (),
    meetings: Any = (),
    today: date = TODAY,
    people: Any = None,
) -> RoundCharts:
    return round_charts(COHORT, applications, matches, partnerships, meetings, today, people or {}, rhythm=RHYTHM)


def test_each_person_counts_once_and_who_came_further_came_here_too() -> None:
    found = charts(
        [mentee(ADA), mentor(ADA), mentor(BEN), mentee(CHI), mentee("U0EVE", state=ApplicationState.WITHDRAWN)],
        [offered(CHI, BEN)],
        [partnership(DEE, BEN, id="s1"), partnership(ADA, BEN, id="s2")],
        [meeting("2027-02-01")],
    )
    assert found.people == {
        RoundStep.APPLIED: 4,  # Dee's application is gone, and she was introduced
        RoundStep.OFFERED: 4,
        RoundStep.INTRODUCED: 3,
        RoundStep.MET: 2,
        RoundStep.COMPLETED: 0,
    }


def test_who_waits_for_the_next_round_has_not_applied_in_this_one() -> None:
    assert charts([mentee(ADA, sent_on=date(2026, 12, 22))]).people[RoundStep.APPLIED] == 0


def test_a_partnership_is_in_one_stage() -> None:
    over = at("2027-04-01T10:00")
    gone = person(DEE, AccountStatus.DEACTIVATED)
    found = charts(
        partnerships=[
            partnership(ADA, BEN, id="s1"),
            partnership(ADA, DEE, id="s2"),
            partnership(ADA, CHI, id="s3", pause=RequestedPause(ADA, at("2027-04-01T10:00"), None)),
            partnership(ADA, BEN, id="s4", state=PartnershipState.CLOSED, over_at=over),
            partnership(ADA, BEN, id="s5", state=PartnershipState.CLOSED, over_at=over),
            partnership(ADA, BEN, id="s6", state=PartnershipState.ENDED, over_at=over),
        ],
        meetings=[meeting("2027-02-01", partnership_id="s5")],
        people={DEE: gone},
    )
    assert found.stages == {
        PartnershipStage.ACTIVE: 1,
        PartnershipStage.PAUSED: 2,
        PartnershipStage.COMPLETED: 1,
        PartnershipStage.NEVER_MET: 1,
        PartnershipStage.ENDED: 1,
    }


def test_partnerships_of_another_round_do_not_count() -> None:
    found = charts(partnerships=[partnership(cohort_id="c0")], meetings=[meeting("2027-02-01")])
    assert (found.stages, found.months, found.people[RoundStep.INTRODUCED]) == ({}, (), 0)


def test_meetings_stand_beside_those_asked_for_in_each_month_until_today() -> None:
    meetings = [meeting(day, id=day) for day in ("2027-01-11", "2027-01-25", "2027-03-05")]
    assert charts(partnerships=[partnership()], meetings=meetings).months == (
        MonthOfMeetings(date(2027, 1, 1), 2, 2),
        MonthOfMeetings(date(2027, 2, 1), 0, 1),
        MonthOfMeetings(date(2027, 3, 1), 1, 1),
        MonthOfMeetings(date(2027, 4, 1), 0, 1),
    )


def test_after_its_end_and_in_a_pause_a_partnership_asks_for_nothing() -> None:
    ended = partnership(id="s1", state=PartnershipState.ENDED, over_at=at("2027-02-01T10:00"))
    paused = partnership(id="s2", pause=RequestedPause(ADA, at("2027-02-01T10:00"), None))
    for each in (ended, paused):
        assert [month.asked for month in charts(partnerships=[each]).months] == [2, 0, 0, 0]
    short = partnership(months=1)
    assert [month.asked for month in charts(partnerships=[short]).months] == [2, 0, 0, 0]


def test_what_was_brought_in_counts_from_that_day() -> None:
    brought = partnership(introduced_at=at("2026-09-01T10:00"), entered_on=date(2027, 2, 1), met_before=3)
    assert charts(partnerships=[brought]).months[0] == MonthOfMeetings(date(2027, 2, 1), 0, 1)


def test_the_newest_months_are_shown() -> None:
    found = charts(partnerships=[partnership(months=18)], today=date(2028, 3, 1)).months
    assert (len(found), found[-1].month) == (MOST_MONTHS, date(2028, 3, 1))
