"""Replacing all settings at once: the same checks, jobs and notifications as for one part of them."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from mentoring.core.errors import ChangedMeanwhile, InvalidForm, Missing, NoLongerOffered, NotForYou
from mentoring.core.errors import TooFewGrades as NotEnoughGrades
from mentoring.core.fields import FieldName
from mentoring.core.jobs import ScheduledJob
from mentoring.core.lengths import Length
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.owners import OPERATOR
from mentoring.core.programmes import Cohort, Keeping, Programme, Rhythm, Segment
from mentoring.programmes.cohorts import first_cohort
from mentoring.programmes.settings import PART_OF_FORM, Part
from mentoring.programmes.whole_settings import (
    ProgrammeSettings,
    changed_parts,
    move_dates,
    normalise,
    replace_settings,
    settings_errors,
)
from tests.mentoring.programmes.test_settings import BASICS, DATES, OWNERS, TODAY, keep
from tests.mentoring.values import COHORT, PROGRAMME

BEFORE = ProgrammeSettings(replace(PROGRAMME, departments=("Archives", "IT"), grades=("A", "B")), COHORT)


def with_programme(**changes: Any) -> ProgrammeSettings:
    return replace(BEFORE, programme=replace(BEFORE.programme, **changes))


def change(after: ProgrammeSettings, before: ProgrammeSettings = BEFORE, **more: Any) -> Outcome:
    usual: dict[str, Any] = {"by": OPERATOR, "owners": OWNERS, "seen_version": before.programme.version}
    return replace_settings(before, after, today=TODAY, **{**usual, **more})


def refused(after: ProgrammeSettings, before: ProgrammeSettings = BEFORE) -> list[Any]:
    return list(settings_errors(before, after, TODAY))


def test_one_part_has_the_same_effect_as_its_form() -> None:
    for form in (BASICS, DATES):
        by_form = keep(form, by="U0OWNER", programme=BEFORE.programme)
        programme, cohort = by_form.changes[:2]
        assert isinstance(programme, Programme)
        assert isinstance(cohort, Cohort)
        wanted = ProgrammeSettings(replace(programme, version=1, changed_by=""), cohort)
        assert change(wanted, by="U0OWNER") == by_form


def test_every_owner_hears_which_parts_the_app_admin_changed() -> None:
    after = replace(with_programme(name="New"), cohort=replace(COHORT, apply_by=date(2026, 12, 22)))
    outcome = change(after)
    assert outcome.changes[0] == replace(after.programme, version=2, changed_by=OPERATOR)
    assert [(each.recipient, dict(each.refs)) for each in outcome.notifications] == [
        (owner, {"part": "basics,dates", "by": OPERATOR, "programme": "p1"}) for owner in OWNERS
    ]
    assert len([each for each in outcome.changes if isinstance(each, ScheduledJob)]) == len(OWNERS)
    assert [each.recipient for each in change(after, present_owners=OWNERS[:1]).notifications] == [*OWNERS[:1]]


def test_every_part_can_be_compared() -> None:
    assert changed_parts(BEFORE, BEFORE) == ()
    assert set(PART_OF_FORM.values()) == set(Part)
    changed = with_programme(
        name="New",
        objectives=("People stay",),
        definition="A colleague to ask",
        rhythm=Rhythm(3, 2),
        approvals=1,
        has_plans=True,
        topics=("One",),
        least_gap=1,
        invite_weeks=2,
        survey_shelf=("stay",),
        keeping=Keeping(notes=6),
        weights=replace(PROGRAMME.weights, topics=1),
        time_zone="UTC",
        terms=replace(PROGRAMME.terms, mentor=replace(PROGRAMME.terms.mentor, one="guide")),
    )
    assert set(changed_parts(BEFORE, changed)) == set(Part)


def test_what_is_there_already_changes_and_owes_nothing() -> None:
    long_ago = TODAY - timedelta(days=200)
    assert change(with_programme(closed_days=(long_ago,))) == NOTHING
    kept = normalise(with_programme(for_mentees=Segment(("IT", "Archives")), working_days=(4, 0, 0)), TODAY).programme
    assert (kept.for_mentees.departments, kept.working_days) == (("Archives", "IT"), (0, 4))


def test_only_owners_and_the_app_admin_may_and_never_over_another_change() -> None:
    after = with_programme(name="New")
    with pytest.raises(NotForYou):
        change(after, by="U0ADA")
    with pytest.raises(ChangedMeanwhile):
        change(after, seen_version=0)
    with pytest.raises(InvalidForm):
        change(with_programme(name=""))


def test_settings_that_contradict_each_other_are_refused() -> None:
    assert refused(with_programme(name="", lengths=())) == [
        Missing(FieldName.NAME),
        Missing(FieldName.LENGTHS),
    ]
    assert refused(with_programme(least_gap=2)) == [NotEnoughGrades(FieldName.LEAST_GAP, 2)]
    assert refused(with_programme(for_mentors=Segment((), ("C",)))) == [NoLongerOffered(FieldName.MENTOR_GRADES)]
    limited = with_programme(for_mentees=Segment(("IT",)))
    dropped = replace(limited, programme=replace(limited.programme, departments=("Archives",)))
    assert refused(dropped, limited) == [NoLongerOffered(FieldName.MENTEE_DEPARTMENTS)]


def test_what_was_so_before_may_stay_so() -> None:
    odd = with_programme(for_mentees=Segment(("Gardens",)), least_gap=7)
    renamed = replace(odd, programme=replace(odd.programme, name="New"))
    assert refused(renamed, odd) == []


def test_the_dates_of_the_next_year_fall_on_working_days() -> None:
    """21 December 2027 is a Tuesday, 4 January 2028 too."""
    moved = move_dates(replace(COHORT, closed_on=date(2027, 6, 1)), PROGRAMME, 12)
    assert (moved.opens_on, moved.apply_by, moved.starts_on, moved.ends_on) == (
        date(2027, 11, 23),
        date(2027, 12, 21),
        date(2028, 1, 4),
        date(2029, 1, 4),
    )
    assert moved.closed_on is None
    closed = replace(PROGRAMME, closed_days=(date(2027, 12, 21), date(2028, 1, 4)))
    later = move_dates(COHORT, closed, 12)
    assert (later.apply_by, later.starts_on) == (date(2027, 12, 22), date(2028, 1, 5))


def test_a_short_programme_has_half_the_time_to_apply_and_ends_sooner() -> None:
    usual, short = (
        first_cohort(replace(PROGRAMME, lengths=lengths), "c2", TODAY)
        for lengths in ((Length(6), Length(12)), (Length(weeks=6), Length(2)))
    )
    assert (usual.apply_by, usual.starts_on, usual.ends_on) == (
        date(2026, 12, 29),
        date(2027, 1, 12),
        date(2028, 1, 12),
    )
    assert (short.apply_by, short.starts_on, short.ends_on) == (
        date(2026, 12, 15),
        date(2026, 12, 22),
        date(2027, 2, 22),
    )
