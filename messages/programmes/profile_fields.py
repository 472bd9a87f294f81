"""The form in which an administrator maps custom fields of Slack profiles to department, manager, start date and
languages.
"""

from collections.abc import Sequence
from datetime import date as Date
from typing import Any

from slack_sdk.models.blocks import Block

from mentoring.people.profile_fields import CustomField, ProfileFact, ProfileMapping, fitting
from messages.blocks import modal, section, sentence_view, small_print
from messages.forms import FormMetadata, Option, Select, Submission, Values
from messages.ids import PROFILE_FIELDS_FORM, WAITING_VIEW
from messages.people import is_custom_field
from messages.programmes.cohorts import day
from messages.text import mention

_TITLE = "Profile fields"
_LABELS = {
    ProfileFact.DEPARTMENT: "Department",
    ProfileFact.MANAGER: "Manager",
    ProfileFact.STARTED_ON: "Start date",
    ProfileFact.LANGUAGES: "Languages",
}
_HINTS = {
    ProfileFact.DEPARTMENT: "A text or a choice. We use a department only if a programme lists it.",
    ProfileFact.MANAGER: "A person.",
    ProfileFact.STARTED_ON: "A date.",
    ProfileFact.LANGUAGES: "A text or a choice. We use the languages that our form offers.",
}
_NONE_FITS = {
    ProfileFact.DEPARTMENT: "no profile field here is a text or a choice.",
    ProfileFact.MANAGER: "no profile field here is a person.",
    ProfileFact.STARTED_ON: "no profile field here is a date.",
    ProfileFact.LANGUAGES: "no profile field here is a text or a choice.",
}


def asking_for_fields() -> dict[str, Any]:
    """In place of the form, while Slack is asked which fields there are."""
    words = "*One moment …* I’m asking Slack which profile fields there are. The form opens here."
    return modal(WAITING_VIEW, _TITLE, [section(words)])


def profile_fields_form(
    fields: Sequence[CustomField],
    mapping: ProfileMapping | None,
    values: Values,
    *,
    mapped_on: Date | None = None,
    restored: bool = False,
) -> dict[str, Any]:
    """The form, filled with `values`: a choice of the workspace's `fields` for each fact that one of them can say.

    `mapped_on` is when `mapping` was saved, as a date of the reader. `restored` says that the values are a draft.
    """
    blocks: list[Block] = [small_print("We saved what you typed last time.")] if restored else []
    blocks.append(
        section(
            "Which fields of people’s Slack profiles hold these? We read them when we ask Slack about a person, and "
            "fill in that person’s forms. Your staff list counts more than a profile, and what people type counts "
            "most."
        )
    )
    for fact in ProfileFact:
        if options := [Option(field.id, field.label) for field in fitting(fact, fields)]:
            choice = Select(block_id=fact, label=_LABELS[fact], hint=_HINTS[fact], optional=True, options=options)
            blocks.append(choice.block(values))
        else:
            blocks.append(small_print(f"{_LABELS[fact]}: {_NONE_FITS[fact]}"))
    if mapping and mapping.mapped_by and mapped_on:
        blocks.append(small_print(f"Last saved by {mention(mapping.mapped_by)} on {day(mapped_on)}."))
    meta = FormMetadata(form=PROFILE_FIELDS_FORM, version=mapping.version if mapping else 0).dump()
    return modal(PROFILE_FIELDS_FORM, _TITLE, blocks, submit="Save", close="Cancel", private_metadata=meta)


def mapping_values(mapping: ProfileMapping | None) -> Values:
    """The form values for this mapping."""
    return {str(fact): field for fact, field in mapping.fields.items()} if mapping else {}


class ProfileFieldsSubmission(Submission):
    department: str = ""
    manager: str = ""
    started_on: str = ""
    languages: str = ""


def parse_profile_fields(values: Values) -> dict[ProfileFact, str]:
    """The chosen field (Slack's id) for each fact that has one. Raises ValueError for input that the form cannot have
    sent.
    """
    sent = vars(ProfileFieldsSubmission.read(values))
    chosen = {fact: str(sent[fact]) for fact in ProfileFact if sent[fact]}
    if not all(map(is_custom_field, chosen.values())):
        raise ValueError("not an id of a custom field")
    return chosen


def profile_fields_saved(*, any_mapped: bool) -> dict[str, Any]:
    """Shown in place of the form once it is saved."""
    if any_mapped:
        words = (
            "Saved. We read the fields the next time we ask Slack about a person: at once for new people, and within a "
            "week for all others."
        )
    else:
        words = "Saved. We don’t read any profile fields, and have deleted what we read before."
    return sentence_view(_TITLE, words)
