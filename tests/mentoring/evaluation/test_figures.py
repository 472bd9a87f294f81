"""The figures of a round: people with and without a partner, meetings, answers, and what owners did."""

from dataclasses import replace
from datetime import date, timedelta

from mentoring.applications.application import Application, ApplicationState, Role
from mentoring.core.programmes import Cohort
from mentoring.effort import Effort
from mentoring.evaluation.counts import FEW, shown
from mentoring.evaluation.figures import OwnerFigures, RoundFigures, owner_figures, round_figures
from mentoring.feedback.answers import Question
from mentoring.matching.decisions import DecisionKind
from mentoring.owner_record import OwnerAction
from tests.evaluation_example import MADE_ON, PROGRAMME, application, cohorts, example, partnership

ROUND, NEXT = cohorts()
NOTHING_DONE = owner_figures(Effort(), (), {})


def figures(
    applications: list[Application] | None = None,
    pairs: int = 0,
    cohort: Cohort = ROUND,
    owners: OwnerFigures = NOTHING_DONE,
) -> RoundFigures:
    return round_figures(
        PROGRAMME,
        cohort,
        applications or [],
        [partnership(cohort, number) for number in range(pairs)],
        (),
        (),
        (),
        {},
        owners,
        MADE_ON,
        later_rounds={NEXT.id} if cohort is ROUND else (),
    )


def applied(role: Role, many: int, cohort: Cohort = ROUND) -> list[Application]:
    return [application(cohort, role, number, cohort.opens_on) for number in range(many)]


def test_people_who_found_nobody_are_counted_also_after_they_have_moved_to_the_next_round() -> None:
    here = applied(Role.MENTEE, 20)
    moved = [replace(each, cohort_id=NEXT.id) if number >= 12 else each for number, each in enumerate(here)]
    for applications in (here, moved):
        mentees = figures(applications, pairs=12).roles[Role.MENTEE]
        assert (mentees.applied.exact, mentees.matched.exact, mentees.unmatched.exact) == (20, 12, 8)


def test_late_and_withdrawn_applications_and_those_for_the_next_round_do_not_count() -> None:
    good = applied(Role.MENTOR, 6)
    late = replace(application(ROUND, Role.MENTOR, 90, ROUND.apply_by), sent_on=ROUND.apply_by + timedelta(days=1))
    gone = replace(application(ROUND, Role.MENTOR, 91, ROUND.opens_on), state=ApplicationState.WITHDRAWN)
    new = application(NEXT, Role.MENTOR, 92, NEXT.opens_on)
    assert figures([*good, late, gone, new]).roles[Role.MENTOR].applied.exact == 6


def test_erasing_somebody_changes_no_count() -> None:
    pairs = [partnership(ROUND, number) for number in range(10)]
    erased = [replace(pairs[0], mentee=""), replace(pairs[1], mentee=""), *pairs[2:]]
    for each in (pairs, erased):
        found = round_figures(PROGRAMME, ROUND, (), each, (), (), (), {}, NOTHING_DONE, MADE_ON)
        assert found.roles[Role.MENTEE].applied.exact == 10


def test_topics_of_few_people_are_left_out() -> None:
    applications = [replace(each, topics=("Common",)) for each in applied(Role.MENTEE, 6)]
    applications[0] = replace(applications[0], topics=("Common", "Rare"))
    found = {each.topic: (each.asked, each.offered) for each in figures(applications).topics}
    assert found == {"Common": (shown(6), FEW)}


def test_what_owners_decided_and_did_is_counted_without_what_tells_of_endings() -> None:
    done = {OwnerAction.NUDGED: 8, OwnerAction.ENDED: 9, OwnerAction.PAUSED: 9, OwnerAction.OFFERED_HELP: 2}
    owners = owner_figures(Effort(100, 20), [DecisionKind.APPROVED] * 7, done)
    assert (owners.approved.exact, owners.refused) == (7, FEW)
    assert owners.actions[OwnerAction.NUDGED].exact == 8
    assert owners.actions[OwnerAction.OFFERED_HELP] == FEW
    assert not {OwnerAction.ENDED, OwnerAction.PAUSED} & set(owners.actions)


def test_a_round_with_few_people_has_nothing_to_show() -> None:
    assert figures(applied(Role.MENTEE, 4, NEXT), cohort=NEXT).is_empty
    assert not figures(applied(Role.MENTEE, 5)).is_empty


def test_months_are_shown_where_enough_people_met_often_enough() -> None:
    for each in example().rounds:
        assert each.months
        assert all(month.logged >= 5 for month in each.months)
        assert each.logged == sum(month.logged for month in each.months)


def test_answers_of_a_round_are_those_of_its_groups_and_of_no_other_round() -> None:
    second, first = example().rounds
    for each in (first, second):
        assert [question.question for question in each.questions] == list(Question)
    assert {words for each in second.questions for words in each.summary.helps}
    assert second.questions[0].summary.asked != first.questions[0].summary.asked


def test_it_is_final_once_the_round_and_its_partnerships_are_over() -> None:
    final = example()
    assert final.is_final
    running = replace(final.round.cohort, closed_on=None, ends_on=date(2030, 1, 1))
    assert not replace(final, rounds=(replace(final.round, cohort=running),)).is_final
    assert not replace(final, rounds=(replace(final.round, is_running=True),)).is_final
