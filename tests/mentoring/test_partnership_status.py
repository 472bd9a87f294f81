"""Where the partnerships of a programme stand, in counts: never a note, never one person's answer."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentoring.core.people import AccountStatus
from mentoring.core.programmes import Rhythm
from mentoring.feedback.answers import Question
from mentoring.feedback.counts import AnswerCount
from mentoring.feedback.figures import Summary
from mentoring.matching.match import MatchState
from mentoring.partnerships.partnership import Partnership, PartnershipState
from mentoring.status import PartnershipStatus, partnership_status
from tests.mentoring.factories import ADA, BEN, STARTED, match, meeting, partnership, rating_group
from tests.mentoring.values import at, person

TODAY = date(2027, 3, 10)
ENDED, CLOSED = PartnershipState.ENDED, PartnershipState.CLOSED


def numbered(many: int, **facts: object) -> list[Partnership]:
    """Partnerships s0, s1 … of people of their own."""
    return [partnership(f"U{n}a", f"U{n}b", id=f"s{n}", **facts) for n in range(many)]  # type: ignore[arg-type]


def status(*partnerships: Partnership, today: date = TODAY, **kept: object) -> PartnershipStatus:
    usual: dict[str, object] = {"matches": (), "meetings": (), "counts": (), "groups": (), "rhythm": Rhythm(), **kept}
    return partnership_status(partnerships, today=today, **usual)  # type: ignore[arg-type]


def test_a_programme_without_partnerships_has_nothing_to_count() -> None:
    found = status()
    assert (found.active, found.quiet) == ((), ())
    assert (found.offered, found.ended, found.closed, found.meetings_this_month) == (0, 0, 0, 0)
    assert (found.check_ins.asked, found.check_ins.answered) == (found.surveys.asked, found.surveys.answered) == (0, 0)


def test_partnerships_are_counted_by_state_and_the_oldest_stands_first() -> None:
    running = [
        partnership(id="s3", introduced_at=STARTED + timedelta(days=1)),
        partnership(id="s2"),
        partnership(id="s1"),
    ]
    over = [partnership(id="s4", state=ENDED), partnership(id="s5", state=ENDED), partnership(id="s6", state=CLOSED)]
    found = status(*running, *over)
    assert [one.id for one in found.active] == ["s1", "s2", "s3"]
    assert (found.ended, found.closed + found.never_met) == (2, 1)


def test_only_those_who_have_met_have_completed_and_their_meetings_stand_beside_those_asked_for() -> None:
    over = [
        partnership(id="s1", state=CLOSED, months=6),
        partnership(id="s2", state=CLOSED, months=0, weeks=6),
        partnership(id="s3", state=CLOSED, months=6, met_before=2, last_met_before=TODAY),
        partnership(id="s4", state=ENDED, months=6),
    ]
    logged = [meeting(TODAY, f"v{number}", partnership_id="s1") for number in range(3)]
    logged.append(meeting(TODAY, "v9", partnership_id="s4"))
    found = status(*over, meetings=logged)
    assert (found.closed, found.never_met, found.ended) == (2, 1, 1)
    assert (found.held, found.asked) == (3 + 2, 7 + 7)
    found = status(*over, meetings=logged, rhythm=Rhythm(first_month=1, monthly=2))
    assert (found.held, found.asked) == (3 + 2, 11 + 11)
    assert status(over[1], meetings=[meeting(TODAY, partnership_id="s2")]).asked == 2


def test_offers_count_while_they_are_open() -> None:
    matches = [match(f"U{n}", state=state) for n, state in enumerate(MatchState)]
    assert status(matches=[*matches, match("U9", state=MatchState.OFFERED)]).offered == 2


@pytest.mark.parametrize(
    ("day", "counts"), [("2027-02-28", 0), ("2027-03-01", 1), ("2027-03-10", 1), ("2026-03-05", 0)]
)
def test_meetings_of_this_month_are_counted_those_of_ended_partnerships_too(day: str, counts: int) -> None:
    assert status(partnership(state=ENDED), meetings=[meeting(day)]).meetings_this_month == counts


@pytest.mark.parametrize(
    ("met", "days"),
    [
        ((), 65),
        (("2027-02-17",), 21),
        (("2027-02-18",), None),
        (("2027-01-20", "2027-02-10"), 28),
        (("2027-02-10", "2027-01-20"), 28),
        (("2027-03-10",), None),
    ],
)
def test_a_partnership_is_quiet_after_three_weeks_without_a_meeting(met: tuple[str, ...], days: int | None) -> None:
    found = status(partnership(), meetings=[meeting(day, f"v{day}") for day in met])
    assert [(one.partnership.id, one.days) for one in found.quiet] == ([("s1", days)] if days else [])


def test_the_quietest_stands_first_and_what_is_over_is_not_quiet() -> None:
    partnerships = [*numbered(3), partnership(id="s8", state=ENDED), partnership(id="s9", state=CLOSED)]
    found = status(*partnerships, meetings=[meeting("2027-01-20", partnership_id="s0")])
    assert [one.partnership.id for one in found.quiet] == ["s1", "s2", "s0"]


def test_a_partnership_is_not_quiet_in_its_first_three_weeks() -> None:
    assert status(partnership(), today=date(2027, 1, 24)).quiet == ()
    assert [one.days for one in status(partnership(), today=date(2027, 1, 25)).quiet] == [21]


def test_a_short_partnership_is_quiet_after_a_third_of_its_time() -> None:
    short = partnership(months=0, weeks=6)
    assert status(short, today=date(2027, 1, 17)).quiet == ()
    assert [one.days for one in status(short, today=date(2027, 1, 18)).quiet] == [14]


def test_places_are_taken_by_partnerships_until_their_people_go_back_to_the_pool() -> None:
    found = status(
        partnership(ADA, BEN, id="s1"),
        partnership("U1", BEN, id="s2", state=ENDED, back=("U1",)),
        partnership("U2", BEN, id="s3", state=CLOSED, back=(BEN,)),
    )
    assert found.taken == {f"{ADA}-mentee": 1, f"{BEN}-mentor": 2, "U2-mentee": 1}


def test_of_answers_there_is_what_was_made_of_them() -> None:
    found = status(
        partnership(state=CLOSED),
        counts=[AnswerCount(Question.CHECK_IN, "c1", 4, 3), AnswerCount(Question.SURVEY, "c1", 4, 2)],
        groups=[rating_group("g1", Question.SURVEY, 20, helps=("walks",))],
    )
    assert (found.check_ins, found.surveys.answered) == (Summary(4, 3), 2)
    assert (found.surveys.average, found.surveys.helps) == (4.0, ("walks",))


@given(st.lists(st.tuples(st.sampled_from(PartnershipState), st.integers(0, 400)), max_size=10), st.integers(0, 400))
def test_the_counts_always_add_up(given_: list[tuple[PartnershipState, int]], days: int) -> None:
    partnerships = [
        partnership(id=f"s{n}", state=state, introduced_at=at("2027-01-04T10:00") + timedelta(days=day))
        for n, (state, day) in enumerate(given_)
    ]
    found = status(*partnerships, today=STARTED.date() + timedelta(days=days))
    assert len(found.active) + found.ended + found.closed + found.never_met == len(partnerships)
    assert {one.partnership.id for one in found.quiet} <= {one.id for one in found.active}
    assert all(one.days >= 21 for one in found.quiet)


def test_a_paused_partnership_is_active_and_not_quiet() -> None:
    gone = replace(person(BEN, AccountStatus.DEACTIVATED), left_at=at("2027-02-01T10:00"))
    found = status(partnership(), people={BEN: gone})
    assert found.active == (partnership(),)
    assert found.quiet == ()
    assert [(pause.partnership, pause.unavailable) for pause in found.paused] == [(partnership(), (gone,))]
    assert [each.partnership for each in status(partnership(), people={BEN: person(BEN)}).quiet] == [partnership()]
