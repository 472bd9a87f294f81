"""The form to ask one person for help in confidence, its parser, and the button that opens it."""

from collections.abc import Mapping
from typing import Any

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block

from mentoring.cases.case import MOST_WORDS, CaseForm, Contacts
from mentoring.core.fields import FieldName
from mentoring.core.people import Person
from messages.blocks import button, modal, section, small_print
from messages.cases.referrals import referrals_offer
from messages.forms import FormMetadata, Option, Select, Submission, TextInput, Values
from messages.ids import ASK_FOR_HELP, CASE_FORM

LABEL = "Ask for help"


def help_offer(*, refers: bool) -> list[Block]:
    """The button that opens the form, with what it is for. It stands only where nobody else reads.

    `refers`: there is a button for other places, too.
    """
    words = (
        "*Is something wrong, or would advice help?* You can ask one person, in confidence. Nobody else learns that "
        "you asked."
    )
    return [section(words, button(LABEL, ASK_FOR_HELP)), *(referrals_offer() if refers else [])]


def case_form(
    values: Values, contacts: Contacts, people: Mapping[str, Person], *, meta: FormMetadata, restored: bool = False
) -> dict[str, Any]:
    """The form, filled with `values`. `people` has the people of `contacts`."""
    blocks: list[Block] = [
        section(
            "*Who sees this?* Only the person you choose. I don’t tell anyone else that you asked, or what you wrote. "
            "If they don’t answer within two working days, I ask a second person if there is one, and tell you. Once a "
            "year is over, the programme owners see how often people asked in it, if that is five times or more."
        ),
        section("*What happens then?* They message you. Nothing else happens without you."),
    ]
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    options = [Option(id, _name(people, id)) for id in contacts.offered]
    filled = values if len(options) > 1 else {FieldName.CASE_CONTACT: options[0].value, **values}
    fields = (
        Select(block_id=FieldName.CASE_CONTACT, label="Whom would you like to ask?", options=options),
        TextInput(
            block_id=FieldName.CASE_WORDS,
            label="What is it about?",
            hint="You can leave this empty. They’ll then just ask you. If anyone is in danger, call for help first.",
            most=MOST_WORDS,
            lines=True,
            optional=True,
        ),
    )
    blocks += [field.block(filled) for field in fields]
    return modal(CASE_FORM, LABEL, blocks, submit="Send", close="Cancel", private_metadata=meta.dump())


def _name(people: Mapping[str, Person], id: str) -> str:
    person = people.get(id)
    return (person.display_name if person else "") or "A programme owner"


class CaseSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    case_contact: str = ""
    case_words: str = ""


def parse_case(values: Values) -> CaseForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = CaseSubmission.read(values)
    return CaseForm(sent.case_contact, sent.case_words)
