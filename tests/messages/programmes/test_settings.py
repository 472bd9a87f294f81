"""The settings: card, forms and their parser."""

from dataclasses import asdict, replace
from datetime import date, time
from typing import Any

import pytest

from mentoring.core.fields import FieldName
from mentoring.core.lengths import Length
from mentoring.core.people import AccountStatus
from mentoring.core.programmes import Keeping, Programme, ProgrammeType, Term, Terms
from mentoring.core.roles import RoleHolders
from mentoring.programmes.aims import ObjectivesForm, RolesForm
from mentoring.programmes.extras import ExtrasForm
from mentoring.programmes.invitation_settings import InvitationsForm
from mentoring.programmes.matching_settings import RulesForm, WeightsForm
from mentoring.programmes.partnership_settings import (
    IntroductionsForm,
    PartnershipsForm,
    apply_introductions,
    apply_partnerships,
)
from mentoring.programmes.settings import BasicsForm, ChoicesForm, DatesForm, Part, SettingsForm
from mentoring.programmes.survey_settings import SurveysForm
from messages import programmes
from messages.forms import Values
from messages.ids import OPEN_ANNOUNCEMENTS, OPEN_GUIDE, OPEN_OWNERS, OPEN_PLAN, OPEN_SESSIONS, OPEN_SETUP
from messages.programmes.days import countries_by_letter, country_name
from tests.messages.examples import COHORT, CUSTOM, IN_TIME, OWEN, PLAIN, TANDEMS


def asked(part: Part) -> set[str]:
    view = programmes.form(part, PLAIN, COHORT, {})
    return {block["block_id"] for block in view["blocks"] if block["type"] == "input"}


def parse(part: Part, values: Values, programme: Programme = PLAIN) -> SettingsForm:
    return programmes.parse(part, values, programme)


def test_every_question_has_the_name_of_the_field_that_a_refusal_names() -> None:
    typed = {FieldName.NAME, FieldName.PURPOSE, FieldName.CONTACT, FieldName.EXPECTATIONS_URL}
    assert asked(Part.BASICS) == typed | {"admits"}
    assert asked(Part.PARTNERSHIPS) == {"lengths", "first_month", "monthly", "service", "most_places", "pause_weeks"}
    assert asked(Part.INTRODUCTIONS) == {"approvals", "ask_first", "introduces"}
    assert asked(Part.EXTRAS) == {
        FieldName.PLANS,
        FieldName.AGREEMENTS,
        FieldName.REPORTS,
        FieldName.FIRST_GUIDE,
        FieldName.MEETING_GUIDE,
        FieldName.LAST_GUIDE,
    }
    assert asked(Part.INVITATIONS) == {FieldName.INVITES_AT, FieldName.INVITE_WEEKS, FieldName.INVITED_ROLES}
    assert asked(Part.SURVEYS) == {FieldName.SURVEY_SHELF, FieldName.SURVEY_STATEMENTS}
    assert asked(Part.RETENTION) == {
        FieldName.KEEP_NOTES,
        FieldName.KEEP_ANSWERS,
        FieldName.KEEP_APPLICATIONS,
        FieldName.KEEP_LOG,
    }
    assert asked(Part.CHOICES) == {FieldName.TOPICS, FieldName.DEPARTMENTS, FieldName.GRADES}
    assert asked(Part.DATES) == {
        FieldName.OPENS_ON,
        FieldName.APPLY_BY,
        FieldName.STARTS_ON,
        FieldName.ENDS_ON,
        FieldName.WORK_STARTS,
        FieldName.WORK_ENDS,
        FieldName.WORKING_DAYS,
        FieldName.CLOSED_DAYS,
        FieldName.TIME_ZONE,
        "country",
    }
    assert {FieldName.TERM_MENTOR, FieldName.TERM_MENTEE, FieldName.TERM_PARTNERSHIP} <= asked(Part.WORDS)


@pytest.mark.parametrize("programme", [PLAIN, CUSTOM])
def test_saving_what_stands_changes_nothing(programme: Programme) -> None:
    sent = {part: parse(part, programmes.values_of(part, programme, COHORT)) for part in Part}
    assert sent == {
        Part.BASICS: BasicsForm(
            programme.name, programme.purpose, programme.contact, programme.expectations_url, programme.admits
        ),
        Part.OBJECTIVES: ObjectivesForm((), is_pilot=False),
        Part.ROLES: RolesForm("", (), (), ProgrammeType.MENTORING),
        Part.CHOICES: ChoicesForm(programme.topics, programme.departments, programme.grades),
        Part.PARTNERSHIPS: PartnershipsForm(programme.lengths, 2, 1, programme.service_months, 3, 12),
        Part.INTRODUCTIONS: IntroductionsForm(2, ask_first=True, introduces_at_start=False),
        Part.EXTRAS: ExtrasForm(has_plans=False, has_agreements=False, has_reports=False),
        Part.INVITATIONS: InvitationsForm(frozenset(), 4, invites_mentees=True, invites_mentors=False),
        Part.SURVEYS: SurveysForm((), ()),
        Part.RETENTION: Keeping(),
        Part.DATES: DatesForm(
            COHORT.opens_on,
            COHORT.apply_by,
            COHORT.starts_on,
            COHORT.ends_on,
            programme.country,
            programme.workday,
            programme.working_days,
            programme.closed_days,
        ),
        Part.RULES: RulesForm((), (), (), (), 0, False),
        Part.MATCHING: WeightsForm(asdict(programme.weights)),
        Part.WORDS: programme.terms,
    }


def test_a_form_opened_without_values_shows_what_stands() -> None:
    view = programmes.form(Part.BASICS, CUSTOM, COHORT, {})
    assert view["blocks"][0]["element"]["initial_value"] == CUSTOM.name


def test_the_form_remembers_its_part_and_the_version_it_shows() -> None:
    view = programmes.form(Part.DATES, replace(PLAIN, version=7), COHORT, {})
    assert view["private_metadata"] == '{"form":"dates","version":7}'


def test_after_a_round_is_closed_the_dates_are_those_of_the_next_and_asked_again() -> None:
    closed = replace(COHORT, closed_on=COHORT.ends_on)
    view = programmes.form(Part.DATES, PLAIN, closed, programmes.values_of(Part.DATES, PLAIN, closed))
    assert view["submit"]["text"] == "Open next round"
    shown = {block["block_id"]: block["element"] for block in view["blocks"] if block["type"] == "input"}
    assert not any("initial_date" in element for element in shown.values())
    assert shown[FieldName.WORK_STARTS]["initial_option"]["value"] == "09:00"
    assert programmes.form(Part.BASICS, PLAIN, closed, {})["submit"]["text"] == "Save"


def test_a_list_is_read_line_by_line_without_blanks_and_repetitions() -> None:
    sent = parse(Part.CHOICES, {"topics": " Job  search \n\nCareers\r\njob search\n", "grades": "\n \n"})
    assert sent == ChoicesForm(("Job search", "Careers"), (), ())


def test_a_word_alone_gets_its_plural() -> None:
    values: Values = {"term_mentor": " guide ", "term_mentee": "child", "term_mentee_many": "children"}
    assert parse(Part.WORDS, values) == Terms(Term("guide", "guides"), Term("child", "children"))


def test_a_plural_with_the_usual_ending_follows_the_word_when_it_changes() -> None:
    values = dict(programmes.values_of(Part.WORDS, CUSTOM, COHORT))
    values["term_mentor"] = "navigator"
    assert parse(Part.WORDS, values) == replace(TANDEMS, mentor=Term("navigator", "navigators"))


def test_dates_hours_and_country_arrive_as_such() -> None:
    values: Values = {
        "opens_on": "2027-01-01",
        "apply_by": "2027-01-02",
        "starts_on": "2027-01-03",
        "ends_on": "2027-01-04",
        "work_starts": "08:30",
        "work_ends": "16:00",
        "country": "GB",
    }
    assert parse(Part.DATES, values) == DatesForm(
        date(2027, 1, 1), date(2027, 1, 2), date(2027, 1, 3), date(2027, 1, 4), "GB", (time(8, 30), time(16))
    )


def test_a_form_from_before_there_were_working_days_leaves_them_as_they_were() -> None:
    values = {
        about: value for about, value in programmes.values_of(Part.DATES, PLAIN, COHORT).items() if "day" not in about
    }
    sent = parse(Part.DATES, values)
    assert isinstance(sent, DatesForm)
    assert (sent.working_days, sent.closed_days, sent.unread) == (PLAIN.working_days, (), ())


def test_a_draft_from_before_there_were_working_days_is_filled_with_those_that_stand() -> None:
    shown = {
        block["block_id"]: block for block in programmes.form(Part.DATES, CUSTOM, COHORT, {"country": None})["blocks"]
    }
    ticked = shown[FieldName.WORKING_DAYS]["element"]["initial_options"]
    assert [box["text"]["text"] for box in ticked] == ["Monday", "Tuesday", "Wednesday", "Thursday"]
    assert "initial_option" not in shown["country"]["element"]


def test_no_working_day_at_all_is_left_to_the_rules_to_refuse() -> None:
    sent = parse(Part.DATES, {**programmes.values_of(Part.DATES, PLAIN, COHORT), FieldName.WORKING_DAYS: []})
    assert isinstance(sent, DatesForm)
    assert sent.working_days == ()


def test_the_two_are_asked_first_unless_an_owner_takes_the_tick_away() -> None:
    asks_not = replace(PLAIN, ask_first=False, introduces_at_start=True, approvals=1)
    for programme in (PLAIN, asks_not):
        sent = parse(Part.INTRODUCTIONS, programmes.values_of(Part.INTRODUCTIONS, programme, COHORT))
        assert apply_introductions(PLAIN, sent) == programme  # type: ignore[arg-type]
    said = str(programmes.card(asks_not, COHORT, RoleHolders((OWEN,)), IN_TIME).blocks)
    assert "We introduce people without asking them first." in said
    assert "People are introduced when the round starts." in said
    assert "One person approves each match." in said


def test_lengths_of_the_owner_are_offered_beside_the_usual_ones_and_read_in_order() -> None:
    own = replace(PLAIN, lengths=(Length(weeks=7), Length(months=36)))
    view = programmes.form(Part.PARTNERSHIPS, own, COHORT, {})
    element = next(block["element"] for block in view["blocks"] if block["block_id"] == "lengths")
    assert [option["text"]["text"] for option in element["initial_options"]] == ["7 weeks", "36 months"]
    assert {"6w", "10w", "3", "6", "9", "12"} <= {option["value"] for option in element["options"]}
    values = {**programmes.values_of(Part.PARTNERSHIPS, own, COHORT), "lengths": ["12", "6w", "3"]}
    sent = parse(Part.PARTNERSHIPS, values)
    assert isinstance(sent, PartnershipsForm)
    assert apply_partnerships(own, sent).lengths == (Length(weeks=6), Length(3), Length(12))


def test_who_else_may_take_part_is_ticked() -> None:
    sent = parse(Part.BASICS, {"name": "X", "admits": ["guest", "stranger"]})
    assert isinstance(sent, BasicsForm)
    assert sent.admits == {AccountStatus.GUEST, AccountStatus.STRANGER}


def test_a_word_that_fits_the_form_fits_although_it_becomes_longer_when_it_is_normalised() -> None:
    nukta = "\u0915\u093c"  # the composed form of U+0958, which is one character in the form
    parsed = parse(Part.WORDS, {"term_mentor": nukta * 24, "term_mentor_many": nukta})
    assert isinstance(parsed, Terms)
    assert parsed.mentor == Term(nukta * 24, nukta)


@pytest.mark.parametrize(
    ("part", "values"),
    [
        (Part.BASICS, {"name": "X", "admits": ["a secret"]}),
        (Part.PARTNERSHIPS, {**programmes.values_of(Part.PARTNERSHIPS, PLAIN, COHORT), "lengths": ["a secret"]}),
        (Part.INTRODUCTIONS, {"approvals": "a secret"}),
        (Part.DATES, {"opens_on": "a secret"}),
        (Part.DATES, {}),
        (Part.DATES, {**programmes.values_of(Part.DATES, PLAIN, COHORT), "working_days": ["a secret"]}),
        (Part.DATES, {**programmes.values_of(Part.DATES, PLAIN, COHORT), "working_days": ["7"]}),
        (Part.WORDS, {"term_mentor": "a secret that is too long for the form"}),
        (Part.CHOICES, {"topics": {"a": "secret"}}),
    ],
)
def test_what_the_form_cannot_have_sent_is_an_error_that_does_not_repeat_it(part: Part, values: Any) -> None:
    with pytest.raises(ValueError, match="validation error") as raised:
        parse(part, values)
    assert "secret" not in str(raised.value)


def test_every_country_is_offered_once_and_in_alphabetical_groups() -> None:
    groups = countries_by_letter()
    codes = [offer.value for _, offers in groups for offer in offers]
    letters = [letter for letter, _ in groups]
    assert len(codes) == len(set(codes)) > 240
    assert letters == sorted(set(letters))
    assert "AX" in {offer.value for offer in dict(groups)["A"]}


def test_a_code_that_is_no_country_shows_as_it_is() -> None:
    assert country_name("GB") == "United Kingdom"
    assert country_name("ZZ") == "ZZ"


def test_the_card_has_a_button_for_each_part() -> None:
    blocks = programmes.card(CUSTOM, COHORT, RoleHolders((OWEN,)), IN_TIME).payload()["blocks"]
    buttons = [block["accessory"] for block in blocks if "accessory" in block]
    found = [(button["action_id"], button.get("value")) for button in buttons]
    leads = [(OPEN_GUIDE, None), (OPEN_PLAN, None), (OPEN_ANNOUNCEMENTS, None)]
    assert found == [*leads, *((OPEN_SETUP, part) for part in Part), (OPEN_SESSIONS, None), (OPEN_OWNERS, None)]


def test_a_programme_whose_owners_have_all_left_says_so() -> None:
    assert "no owner" in str(programmes.card(PLAIN, COHORT, RoleHolders(()), IN_TIME).blocks)


def test_a_programme_too_short_to_ask_before_does_not_say_that_it_does() -> None:
    said = "Asked before the first meeting, too."
    assert said in str(programmes.form(Part.SURVEYS, PLAIN, COHORT, {}))
    short = replace(PLAIN, lengths=(Length(weeks=6), Length(weeks=11)))
    assert said not in str(programmes.form(Part.SURVEYS, short, COHORT, {}))
