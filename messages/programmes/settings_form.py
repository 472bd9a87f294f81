"""The settings forms, one for each part."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import Block

from mentoring.core.fields import FieldName
from mentoring.core.people import AccountStatus
from mentoring.core.programmes import MOST_IN_NAME, Cohort, Programme
from mentoring.programmes.settings import MOST_CHOICES, MOST_CLOSED_DAYS, Part
from mentoring.programmes.setup_steps import GuidedPart
from messages.blocks import actions, button, modal, section, small_print
from messages.forms import (
    DateInput,
    FormMetadata,
    GroupedSelect,
    Input,
    MultiSelect,
    Option,
    PersonPicker,
    Select,
    TextInput,
    Values,
    hours,
)
from messages.ids import CHOOSE_COUNTRY, COMMAND, OPEN_SETUP, PREVIEW, SETUP_FORM
from messages.payloads import limits
from messages.programmes.aims import objective_fields, role_fields
from messages.programmes.days import countries_by_letter, regions_by_letter, weekday_options
from messages.programmes.extras import extra_fields
from messages.programmes.guide_steps import GUIDE, progress, step_buttons, submit_label
from messages.programmes.invitation_settings import ABOUT, invitation_fields
from messages.programmes.matching_settings import can_rule, counting_fields, hours_field, rule_fields
from messages.programmes.partnership_settings import (
    introduction_fields,
    partnership_fields,
)
from messages.programmes.retention_settings import ABOUT as ABOUT_RETENTION
from messages.programmes.retention_settings import retention_fields
from messages.programmes.settings_parser import (
    ADMITS,
    COUNTRY,
    region_of,
    several_of,
    terms_of,
    values_of,
)
from messages.programmes.survey_settings import ABOUT as ABOUT_SURVEYS
from messages.programmes.survey_settings import survey_fields
from messages.programmes.titles import TITLES
from messages.programmes.zones import zones_by_region
from messages.text import shorten
from messages.voice import MOST_IN_TERM, Voice, article, capital

MOST_IN_PURPOSE = 1000
MOST_IN_URL = 500


def form(
    part: Part,
    programme: Programme,
    cohort: Cohort,
    values: Values,
    *,
    restored: bool = False,
    guided: GuidedPart | None = None,
    saved: Part | None = None,
    suggests: bool = False,
    figures: str = "",
) -> dict[str, Any]:
    """A part as a view, filled with `values` or the current settings. `restored` says that they are a draft.

    Its metadata has the version of the programme that it shows. With `guided` it is a step of the guided set-up, and
    `saved` is the part that was saved just before. `suggests` says that some values are only suggestions. `figures`
    (mrkdwn) is what came of the part so far.
    """
    blocks: list[Block] = [progress(guided, saved)] if guided else []
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    if suggests:
        blocks.append(small_print("We’ve suggested some texts. Change or delete them."))
    opens = part is Part.DATES and cohort.closed_on is not None
    if opens:
        words = "The round is closed. These dates open the next one. People without a match move into it."
        blocks.append(section(words))
    # A draft may be older than a field.
    filled = {**values_of(part, programme, cohort), **values}
    if part is Part.DATES:
        # The region is asked for the country that is chosen in the form.
        programme = replace(programme, country=str(filled.get(COUNTRY) or ""))
    fields = _dates(programme, cohort) if part is Part.DATES else _FIELDS[part](programme)
    inputs = [field.block(filled) for field in fields]
    if part in _INTRODUCTIONS:
        blocks.append(small_print(_INTRODUCTIONS[part]))
    if part is Part.RULES and not can_rule(programme):
        lists = button("Add lists", OPEN_SETUP, Part.CHOICES)
        blocks.append(section("Most of these rules use departments and grades. You haven’t added any yet.", lists))
    blocks += inputs
    if part is Part.INVITATIONS:
        blocks += [actions(button("See the message", PREVIEW)), *([small_print(figures)] if figures else [])]
    if guided:
        blocks.append(step_buttons(guided))
    meta = FormMetadata(form=part, version=programme.version, about=GUIDE if guided else "").dump()
    submit = "Open next round" if opens else submit_label(guided)
    close = "Close" if guided else "Cancel"
    return modal(SETUP_FORM, TITLES[part], blocks, submit=submit, close=close, private_metadata=meta)


def _basics(programme: Programme) -> Iterator[Input]:
    yield TextInput(
        block_id=FieldName.NAME,
        label="What is the programme called?",
        hint="Shown to everyone in the programme.",
        most=MOST_IN_NAME,
    )
    yield TextInput(
        block_id=FieldName.PURPOSE,
        label="What is it for?",
        hint=f"A sentence or two. Shown when people type {COMMAND}.",
        most=MOST_IN_PURPOSE,
        lines=True,
        optional=True,
    )
    yield PersonPicker(
        block_id=FieldName.CONTACT,
        label="Who answers questions?",
        hint="Named where people may have a question. Leave empty to name the programme owners.",
        optional=True,
    )
    yield TextInput(
        block_id=FieldName.EXPECTATIONS_URL,
        label="Link to what you ask of people",
        hint="People agree to it when they apply. Leave empty to show our standard text.",
        most=MOST_IN_URL,
        example="https://",
        optional=True,
    )
    yield MultiSelect(
        block_id=ADMITS,
        label="Who can take part besides members of this workspace?",
        hint="Choose none for members only.",
        options=[
            Option(AccountStatus.GUEST, "Guests of this workspace"),
            Option(AccountStatus.STRANGER, "People from connected workspaces"),
        ],
        optional=True,
    )


def _choices(programme: Programme) -> Iterator[Input]:
    voice = Voice(programme, marked=False)
    per_line = f"One per line, up to {MOST_CHOICES}."
    skip = "Leave empty to skip this question."
    yield TextInput(
        block_id=FieldName.TOPICS,
        label="Topics",
        hint=f"What {voice.a_partnership} can be about. {per_line}",
        most=limits.TYPED,
        lines=True,
    )
    yield TextInput(
        block_id=FieldName.DEPARTMENTS,
        label="Departments",
        hint=f"For matches across departments. {per_line} {skip}",
        most=limits.TYPED,
        lines=True,
        optional=True,
    )
    yield TextInput(
        block_id=FieldName.GRADES,
        label="Grades",
        hint=f"Most junior first. {per_line} {skip}",
        most=limits.TYPED,
        lines=True,
        optional=True,
    )


def _dates(programme: Programme, cohort: Cohort) -> Iterator[Input]:
    partnerships = capital(Voice(programme, marked=False).partnerships)
    yield DateInput(block_id=FieldName.OPENS_ON, label="Applications open on", hint="People can apply from this day.")
    yield DateInput(
        block_id=FieldName.APPLY_BY,
        label="Last day to apply",
        hint="Later applications go on the waiting list for the next round.",
    )
    yield DateInput(block_id=FieldName.STARTS_ON, label="Round starts on", hint="Decide the matches by this day.")
    yield DateInput(
        block_id=FieldName.ENDS_ON,
        label="Round ends on",
        hint=f"No applications after this day. {partnerships} run to their own end dates.",
    )
    yield Select(
        block_id=FieldName.WORK_STARTS,
        label="Working hours from",
        hint="Reminders arrive within these hours, in each person’s own time zone.",
        options=hours(),
    )
    yield Select(
        block_id=FieldName.WORK_ENDS,
        label="Working hours until",
        hint="After this, reminders wait for the next working day.",
        options=hours(),
    )
    yield MultiSelect(
        block_id=FieldName.WORKING_DAYS,
        label="Working days",
        hint="We send no reminders on other days. They go out on the next working day.",
        options=weekday_options(),
    )
    yield GroupedSelect(
        block_id=FieldName.TIME_ZONE,
        label="Time zone",
        hint="For people whose own time zone Slack doesn’t tell us. Leave empty to use the one of an owner.",
        groups=zones_by_region(),
        optional=True,
    )
    yield GroupedSelect(
        block_id=COUNTRY,
        label="Country",
        hint="Its public holidays are not working days. Leave empty if you work in several countries.",
        groups=countries_by_letter(),
        optional=True,
        sent_by=CHOOSE_COUNTRY,
    )
    if groups := regions_by_letter(programme.country, cohort.starts_on.year):
        yield GroupedSelect(
            block_id=region_of(programme.country),
            label="Region",
            hint="Its own public holidays are not working days either. Leave empty to count only those of all regions.",
            groups=groups,
            optional=True,
        )
    yield TextInput(
        block_id=FieldName.CLOSED_DAYS,
        label="Closed days",
        hint=(
            "Your own days off, and holidays that are not counted. One date per line, like 24 December 2027, up to "
            f"{MOST_CLOSED_DAYS}. Days more than three months ago are removed when you save."
        ),
        most=limits.TYPED,
        lines=True,
        optional=True,
    )


def _rules(programme: Programme) -> Iterator[Input]:
    yield from rule_fields(programme)
    yield hours_field()


def _words(programme: Programme) -> Iterator[Input]:
    ours = dict(terms_of(Programme(id="", name="")))
    for about, word in terms_of(programme):
        yield TextInput(
            block_id=about,
            label=f"Your word for {article(ours[about].one)} {ours[about].one}",
            hint=f"In lower case, as in “your {ours[about].one}”. Leave empty to use “{ours[about].one}”.",
            most=MOST_IN_TERM,
            example=ours[about].one,
            optional=True,
        )
        yield TextInput(
            block_id=several_of(about),
            label=f"Your word for several {ours[about].many}",
            hint="Leave empty to add the usual English ending.",
            most=MOST_IN_TERM,
            example=shorten(word.many or ours[about].many, MOST_IN_TERM),
            optional=True,
        )


_FIELDS: dict[Part, Callable[[Programme], Iterator[Input]]] = {
    Part.BASICS: _basics,
    Part.OBJECTIVES: objective_fields,
    Part.ROLES: role_fields,
    Part.CHOICES: _choices,
    Part.PARTNERSHIPS: partnership_fields,
    Part.INTRODUCTIONS: introduction_fields,
    Part.EXTRAS: extra_fields,
    Part.INVITATIONS: invitation_fields,
    Part.SURVEYS: survey_fields,
    Part.RETENTION: retention_fields,
    Part.RULES: _rules,
    Part.MATCHING: counting_fields,
    Part.WORDS: _words,
}
_INTRODUCTIONS = {
    Part.INVITATIONS: ABOUT,
    Part.SURVEYS: ABOUT_SURVEYS,
    Part.RETENTION: ABOUT_RETENTION,
    Part.RULES: (
        "People outside these groups can’t apply. If they already have, we don’t propose them. Whatever you choose, we "
        "never propose a match within a line of management, or without a topic in common."
    ),
    Part.MATCHING: "How much should each of these count when we look for matches? The highest score is 100.",
}
