"""What counts in matching and who is matched with whom: each changes alone, and nothing widens a programme unseen."""

from dataclasses import replace
from typing import Any

import pytest

from mentoring.core.errors import (
    ChangedMeanwhile,
    MentoringError,
    NoLongerOffered,
    OutOfReach,
    TooFewGrades,
    WouldBeForAll,
)
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING
from mentoring.core.programmes import EVERYBODY, Programme, Segment, Weights
from mentoring.programmes.matching_settings import RulesForm, WeightsForm
from mentoring.programmes.settings import ChoicesForm, SettingsForm
from tests.mentoring.programmes.test_settings import keep
from tests.mentoring.programmes.test_settings import refused as refused_at
from tests.mentoring.values import COHORT, PROGRAMME

LISTED = replace(PROGRAMME, departments=("Archives", "IT", "Bindery"), grades=("A", "B", "C"))
OF_SOME = replace(LISTED, for_mentees=Segment(("Archives", "IT"), ("A",)), for_mentors=Segment((), ("B", "C")))


def kept(form: SettingsForm, programme: Programme = LISTED) -> Programme:
    changed = keep(form, programme=programme).changes[0]
    assert isinstance(changed, Programme)
    return replace(changed, version=programme.version, changed_by=programme.changed_by)


def refused(form: SettingsForm, programme: Programme = LISTED) -> tuple[MentoringError, ...]:
    return refused_at(form, programme)


def lists(**changes: Any) -> ChoicesForm:
    now = {"topics": LISTED.topics, "departments": LISTED.departments, "grades": LISTED.grades}
    return ChoicesForm(**{**now, **changes})


def test_what_counts_is_kept_and_the_rest_stays_as_it_is() -> None:
    odd = replace(LISTED, weights=Weights(language=7))
    counting = WeightsForm({"topics": 80, "load": 0, "at_least": 40})
    assert kept(counting, odd) == replace(LISTED, weights=Weights(topics=80, language=7, load=0, at_least=40))


def test_rules_are_kept_in_the_order_of_the_lists() -> None:
    rules = RulesForm(("IT", "Archives"), (), (), ("C", "B"), 2)
    ruled = replace(LISTED, for_mentees=Segment(("Archives", "IT")), for_mentors=Segment((), ("B", "C")), least_gap=2)
    assert kept(rules) == ruled


def test_nothing_chosen_is_everybody_and_what_was_not_asked_stays() -> None:
    assert kept(RulesForm((), None, None, ()), OF_SOME) == replace(
        OF_SOME, for_mentees=Segment((), ("A",)), for_mentors=EVERYBODY
    )


@pytest.mark.parametrize(
    "form", [RulesForm(("Archives", "IT"), ("A",), (), ("B", "C"), 0), RulesForm(), WeightsForm({"topics": 40})]
)
def test_saving_what_stands_changes_nothing(form: SettingsForm) -> None:
    assert keep(form, programme=OF_SOME) == NOTHING


def test_a_choice_that_left_its_list_meanwhile_is_refused_and_one_that_is_kept_already_is_not() -> None:
    assert refused(RulesForm(mentor_departments=("Gardens",))) == (NoLongerOffered(FieldName.MENTOR_DEPARTMENTS),)
    before = replace(LISTED, for_mentors=Segment(("Gardens",)))
    assert kept(RulesForm(mentor_departments=("Gardens", "IT")), before).for_mentors.departments == ("Gardens", "IT")


def test_a_gap_that_no_two_grades_have_is_refused() -> None:
    assert kept(RulesForm(least_gap=2)).least_gap == 2
    assert refused(RulesForm(least_gap=3)) == (TooFewGrades(FieldName.LEAST_GAP, 3),)


def test_a_mark_that_nobody_can_reach_is_refused() -> None:
    few = {"topics": 0, "hopes": 0, "wish": 40}
    assert kept(WeightsForm({**few, "at_least": 46})).weights.at_least == 46
    assert refused(WeightsForm({**few, "at_least": 47})) == (OutOfReach(FieldName.AT_LEAST, 46),)
    ungraded = replace(LISTED, grades=())
    assert refused(WeightsForm({**few, "at_least": 46}), ungraded) == (OutOfReach(FieldName.AT_LEAST, 36),)


def test_a_segment_loses_what_is_dropped_from_the_lists_and_follows_their_order() -> None:
    changed = kept(lists(departments=("IT", "Bindery"), grades=("C", "A", "B")), OF_SOME)
    assert changed.for_mentees == Segment(("IT",), ("A",))
    assert changed.for_mentors == Segment((), ("C", "B"))


def test_dropping_all_that_the_programme_is_for_is_refused_since_it_would_be_for_everybody() -> None:
    assert refused(lists(departments=("Bindery",)), OF_SOME) == (WouldBeForAll(FieldName.DEPARTMENTS, ("mentee",)),)
    assert refused(lists(grades=("D",)), OF_SOME) == (WouldBeForAll(FieldName.GRADES, ("mentee", "mentor")),)
    assert refused(lists(departments=()), OF_SOME) == (WouldBeForAll(FieldName.DEPARTMENTS, ("mentee",)),)


def test_what_the_lists_never_had_is_not_dropped_with_them() -> None:
    before = replace(LISTED, for_mentees=Segment(("Gardens",)))
    assert kept(lists(departments=()), before).for_mentees == Segment(("Gardens",))


def test_fewer_grades_than_a_mentor_is_to_stand_above_are_refused() -> None:
    apart = replace(LISTED, least_gap=2)
    assert refused(lists(grades=("A", "B")), apart) == (TooFewGrades(FieldName.GRADES, 2),)
    assert refused(lists(grades=()), apart) == (TooFewGrades(FieldName.GRADES, 2),)
    assert kept(lists(grades=("A", "B", "D")), apart).least_gap == 2


def test_a_gap_that_was_too_wide_before_does_not_keep_the_topics_from_being_changed() -> None:
    wide = replace(LISTED, least_gap=7)
    assert kept(lists(topics=("Job search",)), wide).topics == ("Job search",)
    assert kept(RulesForm(mentee_grades=("A",), least_gap=7), wide).least_gap == 7


@pytest.mark.parametrize("form", [WeightsForm({"topics": 0}), RulesForm(least_gap=1), lists(departments=("Archives",))])
def test_nobody_saves_over_somebody_elses_change(form: SettingsForm) -> None:
    changed = replace(LISTED, version=4, changed_by="U0SECOND")
    with pytest.raises(ChangedMeanwhile):
        keep(form, programme=changed, cohort=COHORT, seen_version=3)
