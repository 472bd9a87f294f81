"""The forms: what they ask, part by part."""

from collections.abc import Callable, Iterator
from typing import Any

from slack_sdk.models.blocks import Block

from mentoring.core.fields import FieldName
from mentoring.core.people import AccountStatus
from mentoring.core.programmes import Cohort, Programme
from mentoring.programmes.settings import MOST_CHOICES, MOST_CLOSED_DAYS, MOST_IN_CHOICE, Part
from messages.blocks import button, context, modal, section
from messages.forms import (
    Checkbox,
    DateInput,
    FormMetadata,
    GroupedChoice,
    Input,
    MultiSelect,
    Offer,
    PersonPicker,
    Select,
    TextInput,
    Values,
    hours,
)
from messages.ids import OPEN_SETUP, SETUP_FORM
from messages.payloads import limits
from messages.programmes.days import countries_by_letter, weekday_offers
from messages.programmes.matching_settings import TITLE as TITLE_OF_RULES
from messages.programmes.matching_settings import counting_fields, rule_fields
from messages.programmes.settings_parser import ADMITS, ASK_FIRST, COUNTRY, several_of, terms_of, values_of
from messages.text import shorten
from messages.voice import MOST_IN_TERM, Voice, article

MOST_IN_NAME = 80
MOST_IN_PURPOSE = 1000
MOST_IN_URL = 500

TITLES = {
    Part.BASICS: "The programme",
    Part.CHOICES: "What people choose from",
    Part.RULES: TITLE_OF_RULES,
    Part.MATCHING: "What counts in matching",
    Part.DATES: "Dates and hours",
    Part.WORDS: "Your own words",
}


def form(part: Part, programme: Programme, cohort: Cohort, values: Values, *, restored: bool = False) -> dict[str, Any]:
    """One part as a view, filled with `values`, or with what stands now. `restored` when they are a draft.

    Its meta has the version of the programme that it shows.
    """
    blocks: list[Block] = []
    if restored:
        blocks.append(context("We kept what you typed last time. It is all below."))
    opens = part is Part.DATES and cohort.closed_on is not None
    if opens:
        words = "The round is closed. These dates open the next one, and whoever has nobody yet comes along."
        blocks.append(section(words))
    # A draft from before a field was there has nothing of it.
    filled = {**values_of(part, programme, cohort), **values}
    inputs = [field.block(filled) for field in _FIELDS[part](programme)]
    if not inputs:
        lists = button("List them", OPEN_SETUP, Part.CHOICES)
        blocks.append(section("These rules go by departments and grades, and none are listed yet.", lists))
    elif part in _INTRODUCTIONS:
        blocks.append(context(_INTRODUCTIONS[part]))
    blocks += inputs
    meta = FormMetadata(form=part, version=programme.version).dump()
    submit = ("Open the next round" if opens else "Save") if inputs else None
    close = "Cancel" if inputs else "Close"
    return modal(SETUP_FORM, TITLES[part], blocks, submit=submit, close=close, private_metadata=meta)


def _basics(programme: Programme) -> Iterator[Input]:
    yield TextInput(
        block_id=FieldName.NAME,
        label="What is the programme called?",
        hint="Everyone in the programme reads this.",
        most=MOST_IN_NAME,
    )
    yield TextInput(
        block_id=FieldName.PURPOSE,
        label="What is it for?",
        hint="A sentence or two. Everyone who asks for help reads this, before they decide to apply.",
        most=MOST_IN_PURPOSE,
        lines=True,
        optional=True,
    )
    yield PersonPicker(
        block_id=FieldName.CONTACT,
        label="Whom do people ask?",
        hint="We name this person wherever somebody may have a question. Left empty, we point to the programme owners.",
        optional=True,
    )
    yield TextInput(
        block_id=FieldName.EXPECTATIONS_URL,
        label="Where are your expectations written down?",
        hint=(
            "The address of a page that applicants read and accept before they apply. "
            "Left empty, the form shows the usual ones in five lines."
        ),
        most=MOST_IN_URL,
        example="https://",
        optional=True,
    )
    yield MultiSelect(
        block_id=ADMITS,
        label="Who may take part besides members of this workspace?",
        hint="Nothing ticked: members only.",
        offers=[
            Offer(AccountStatus.GUEST, "Guests of this workspace"),
            Offer(AccountStatus.STRANGER, "People of workspaces connected to it"),
        ],
        optional=True,
    )
    yield Checkbox(
        block_id=ASK_FIRST,
        label="Ask both before they are introduced?",
        hint="Each of the two says yes or no in private, within seven days. Not ticked: they are introduced at once.",
        says="Ask both first",
        optional=True,
    )


def _choices(programme: Programme) -> Iterator[Input]:
    voice = Voice(programme, marked=False)
    one_each = f"One to a line: at most {MOST_CHOICES} lines of {MOST_IN_CHOICE} characters."
    yield TextInput(
        block_id=FieldName.TOPICS,
        label="Topics",
        hint=f"What a {voice.partnership} may be about. {one_each}",
        most=limits.TYPED,
        lines=True,
    )
    yield TextInput(
        block_id=FieldName.DEPARTMENTS,
        label="Departments",
        hint=f"So that you can match across departments. {one_each} Left empty, the form does not ask.",
        most=limits.TYPED,
        lines=True,
        optional=True,
    )
    yield TextInput(
        block_id=FieldName.GRADES,
        label="Grades",
        hint=f"From the most junior to the most senior. {one_each} Left empty, the form does not ask.",
        most=limits.TYPED,
        lines=True,
        optional=True,
    )


def _dates(_programme: Programme) -> Iterator[Input]:
    yield DateInput(block_id=FieldName.OPENS_ON, label="Applications open on", hint="From this day people can apply.")
    yield DateInput(
        block_id=FieldName.APPLY_BY,
        label="The last day to apply",
        hint="Whoever applies later is on the waiting list for the next round.",
    )
    yield DateInput(
        block_id=FieldName.STARTS_ON,
        label="The round starts on",
        hint="People are told that the round starts on this day; match them by then.",
    )
    yield DateInput(
        block_id=FieldName.ENDS_ON, label="The round ends on", hint="From the next day nobody can apply to it."
    )
    yield Select(
        block_id=FieldName.WORK_STARTS,
        label="Working hours from",
        hint="Reminders reach people within these hours, each in their own time zone.",
        offers=hours(),
    )
    yield Select(
        block_id=FieldName.WORK_ENDS,
        label="Working hours until",
        hint="After this, reminders wait for the next working day.",
        offers=hours(),
    )
    yield MultiSelect(
        block_id=FieldName.WORKING_DAYS,
        label="Working days",
        hint="On other days we write to nobody by ourselves: what falls on one comes on the next working day.",
        offers=weekday_offers(),
    )
    yield GroupedChoice(
        block_id=COUNTRY,
        label="Country",
        hint=(
            "Where most of you work. Its public holidays are no working days; those of a region alone are not among "
            "them. Empty if you are in many."
        ),
        groups=countries_by_letter(),
        optional=True,
    )
    yield TextInput(
        block_id=FieldName.CLOSED_DAYS,
        label="Closed days",
        hint=(
            "Your own days off, and the public holidays of your region: one date to a line, as 24 December 2027 or "
            f"2027-12-24, at most {MOST_CLOSED_DAYS}. Those that are three months over are dropped when you save."
        ),
        most=limits.TYPED,
        lines=True,
        optional=True,
    )


def _words(programme: Programme) -> Iterator[Input]:
    ours = dict(terms_of(Programme(id="", name="")))
    for about, word in terms_of(programme):
        yield TextInput(
            block_id=about,
            label=f"Your word for {article(ours[about].one)} {ours[about].one}",
            hint=f"As it stands inside a sentence. Left empty, it is “{ours[about].one}”.",
            most=MOST_IN_TERM,
            example=ours[about].one,
            optional=True,
        )
        yield TextInput(
            block_id=several_of(about),
            label=f"Your word for several {ours[about].many}",
            hint="Left empty, we add the usual English ending.",
            most=MOST_IN_TERM,
            example=shorten(word.many or ours[about].many, MOST_IN_TERM),
            optional=True,
        )


_FIELDS: dict[Part, Callable[[Programme], Iterator[Input]]] = {
    Part.BASICS: _basics,
    Part.CHOICES: _choices,
    Part.RULES: rule_fields,
    Part.MATCHING: counting_fields,
    Part.DATES: _dates,
    Part.WORDS: _words,
}
_INTRODUCTIONS = {
    Part.RULES: (
        "Whoever applies from outside is told at once, and whoever has applied already is not proposed. Whatever you "
        "choose, nobody is proposed within their own line of management, or without a topic in common."
    ),
    Part.MATCHING: "How much each of these counts towards the 100 points that a match can have.",
}
