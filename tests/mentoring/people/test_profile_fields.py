"""What a profile says of a person, beside the organisation's own list, and mapping its fields."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mentoring.core.errors import ChangedMeanwhile, StaleRequest
from mentoring.core.outcome import NOTHING
from mentoring.core.people import StaffRecord, StaffRecords
from mentoring.people.profile_fields import (
    CustomField,
    ProfileFact,
    ProfileMapping,
    fitting,
    map_fields,
    record_profile,
)
from mentoring.people.staff_check import StaffUpdate, record_staff

ADA, BEN, BOSS, ADMIN, OTHER = "U0ADA", "U0BEN", "U0BOSS", "U0ADMIN", "U0OTHER"
TEAM, CHIEF, SINCE = "Xf0TEAM", "Xf0CHIEF", "Xf0SINCE"
NOW = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
TODAY = NOW.date()
ALL = {ProfileFact.DEPARTMENT: TEAM, ProfileFact.MANAGER: CHIEF, ProfileFact.STARTED_ON: SINCE}
MAPPING = ProfileMapping(ALL, ADMIN, NOW, 1)
SAID = {TEAM: "Archives", CHIEF: BOSS, SINCE: "2020-01-07"}
FROM_PROFILE = StaffRecord(
    ADA, "Archives", manager=BOSS, started_on=date(2020, 1, 7), from_profile=("department", "manager", "started_on")
)


def recorded(values: Any, stored: StaffRecord | None = None, mapping: ProfileMapping = MAPPING, **more: Any) -> Any:
    """The record that is saved, or None."""
    usual: dict[str, Any] = {"person": ADA, "departments": ("Archives", "Maps"), "erased": (), "today": TODAY}
    outcome = record_profile(values, mapping, stored, **{**usual, **more})
    return outcome.changes[0] if outcome.changes else None


def test_a_profile_fills_in_everything_and_says_that_it_did() -> None:
    assert recorded(SAID) == FROM_PROFILE
    assert recorded(SAID, FROM_PROFILE) is None


def test_what_the_list_says_stays_and_the_profile_adds_the_rest() -> None:
    listed = StaffRecord(ADA, "Maps", "A", BEN)
    assert recorded(SAID, listed) == replace(listed, started_on=date(2020, 1, 7), from_profile=("started_on",))


@pytest.mark.parametrize("cleared", [{}, {TEAM: ""}])
def test_a_cleared_field_removes_what_the_profile_said_and_nothing_of_the_list(cleared: dict[str, str]) -> None:
    assert recorded(cleared, FROM_PROFILE) == StaffRecord(ADA)
    listed = StaffRecord(ADA, "Maps", "A", BEN, date(2019, 1, 1))
    assert recorded(cleared, listed) is None


def test_of_a_person_of_whom_nothing_is_said_nothing_is_saved() -> None:
    assert recorded({}) is None
    assert recorded(SAID, mapping=replace(MAPPING, fields={})) is None


@pytest.mark.parametrize(
    "unusable",
    [
        {TEAM: "Elsewhere"},
        {CHIEF: "Bo Boss"},
        {CHIEF: f"{BEN},{BOSS}"},
        {CHIEF: ADA},
        {SINCE: "soon"},
        {SINCE: "1850-01-01"},
        {SINCE: (TODAY + timedelta(days=1)).isoformat()},
    ],
)
def test_a_value_that_cannot_be_used_is_passed_over(unusable: dict[str, str]) -> None:
    assert recorded(unusable) is None
    (field,) = unusable
    fact = next(fact for fact, mapped in ALL.items() if mapped == field)
    changed = recorded({**SAID, **unusable}, FROM_PROFILE)
    assert fact not in changed.from_profile
    assert not getattr(changed, fact)
    assert len(changed.from_profile) == 2


def test_a_department_is_spelt_as_a_programme_spells_it() -> None:
    assert recorded({TEAM: " archives "}).department == "Archives"


def test_the_manager_of_an_erased_manager_stays_in_their_place() -> None:
    assert recorded({**SAID, CHIEF: OTHER}, FROM_PROFILE, erased={OTHER}) is None
    assert recorded({CHIEF: OTHER}, erased={OTHER}) is None


def test_an_import_wins_over_the_profile_and_leaves_it_where_it_says_nothing() -> None:
    update = StaffUpdate(ADA, {"department": "Maps", "manager": "", "started_on": None})
    outcome, _ = record_staff([update], {ADA: FROM_PROFILE})
    (records,) = outcome.changes
    (after,) = records.records  # type: ignore[attr-defined]
    assert after == replace(FROM_PROFILE, department="Maps", from_profile=("manager", "started_on"))
    assert recorded({**SAID, TEAM: "Archives"}, after) is None


def mapped(chosen: Any, before: ProfileMapping | None = None, **more: Any) -> Any:
    usual: dict[str, Any] = {"read": {}, "seen_version": before.version if before else 0, "by": ADMIN, "now": NOW}
    return map_fields(chosen, before=before, **{**usual, **more})


def test_a_mapping_says_who_saved_it_and_when() -> None:
    assert mapped(ALL).changes == (MAPPING,)
    later = mapped({ProfileFact.MANAGER: CHIEF}, MAPPING, by=OTHER, now=NOW + timedelta(1))
    assert later.changes == (ProfileMapping({ProfileFact.MANAGER: CHIEF}, OTHER, NOW + timedelta(1), 2),)


def test_saving_the_same_changes_nothing_however_old_the_form_is() -> None:
    assert mapped(ALL, MAPPING, seen_version=0) is NOTHING
    assert mapped({}) is NOTHING


@pytest.mark.parametrize(("by", "refusal"), [(ADMIN, StaleRequest), (OTHER, ChangedMeanwhile)])
def test_a_form_that_is_out_of_date_is_refused(by: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        mapped({}, MAPPING, seen_version=0, by=by)


def test_what_a_field_said_goes_with_its_mapping() -> None:
    chosen = {**ALL, ProfileFact.DEPARTMENT: "Xf0OTHER"}
    outcome = mapped(chosen, MAPPING, read={ADA: FROM_PROFILE})
    cleared = replace(FROM_PROFILE, department="", from_profile=("manager", "started_on"))
    assert outcome.changes[1:] == (StaffRecords((cleared,)),)
    assert mapped({}, MAPPING, read={ADA: FROM_PROFILE}).changes[1:] == (StaffRecords((StaffRecord(ADA),)),)


def test_only_fields_of_a_fitting_type_are_offered() -> None:
    kinds = ("text", "options_list", "user", "date", "link", "long_text")
    fields = [CustomField(f"Xf0{number}", kind, kind) for number, kind in enumerate(kinds)]
    assert {fact: [field.type for field in fitting(fact, fields)] for fact in ProfileFact} == {
        ProfileFact.DEPARTMENT: ["text", "options_list"],
        ProfileFact.MANAGER: ["user"],
        ProfileFact.STARTED_ON: ["date"],
        ProfileFact.LANGUAGES: ["text", "options_list"],
    }


@pytest.mark.parametrize(
    ("says", "languages"),
    [("Deutsch, french", "German, French"), ("English and Klingon", "English"), ("Klingon", ""), ("", "")],
)
def test_the_languages_of_a_profile_are_those_of_our_form(says: str, languages: str) -> None:
    mapping = replace(MAPPING, fields={ProfileFact.LANGUAGES: TEAM})
    found = recorded({TEAM: says}, mapping=mapping)
    assert (found.languages if found else "") == languages
    assert (found.from_profile if found else ()) == (("languages",) if languages else ())
