"""Starting a programme, and naming its owners: the list for administrators, and two short forms."""

from collections.abc import Mapping, Sequence
from datetime import date as Date
from typing import Any

from slack_sdk.models.blocks import Block

from mentoring.core.fields import FieldName
from mentoring.core.programmes import MOST_IN_NAME, Cohort, Programme
from mentoring.programmes.roles import NewProgramme
from messages.blocks import actions, button, modal, section, small_print
from messages.forms import FormMetadata, PeoplePicker, Submission, TextInput, Values
from messages.ids import COMMAND, OPEN_OWNERS, OWNERS_FORM, START_FORM, START_PROGRAMME
from messages.in_programme import button_in
from messages.payloads import Message, message
from messages.programmes.cohorts import timetable
from messages.text import join, mention
from messages.voice import Voice

MOST_SHOWN = 40
_OWNERS_HINT = "Owners set the programme up, read the applications and decide the matches."


def programmes_list(
    programmes: Sequence[tuple[Programme, Cohort]], owners: Mapping[str, Sequence[str]], today: Date
) -> Message:
    """The programmes for an administrator, with their owners (Slack user ids, by programme id)."""
    blocks: list[Block] = []
    for programme, cohort in programmes[:MOST_SHOWN]:
        named = join([mention(owner) for owner in owners.get(programme.id, ())]) or "No one. Name an owner."
        words = f"*{Voice(programme).name}*\n{timetable(cohort, today)}\nOwners: {named}"
        names = button(
            "Name owners",
            OPEN_OWNERS,
            accessibility_label=f"Name the owners of {Voice(programme, marked=False).name}",
        )
        blocks.append(section(words, button_in(names, programme.id)))
    if len(programmes) > MOST_SHOWN:
        blocks.append(small_print(f"And {len(programmes) - MOST_SHOWN} more."))
    blocks.append(actions(button("Start a programme", START_PROGRAMME, style="primary")))
    blocks.append(small_print("Only a programme’s owners see who takes part in it. You don’t, unless you own it."))
    return message("Mentoring programmes in this workspace", blocks)


def start_form(values: Values, *, restored: bool = False) -> dict[str, Any]:
    """The form to start a programme, filled with `values`. `restored` says that they are a draft."""
    fields = (
        TextInput(
            block_id=FieldName.NAME,
            label="What is the programme called?",
            hint="Shown to everyone in the programme.",
            most=MOST_IN_NAME,
        ),
        PeoplePicker(block_id=FieldName.OWNERS, label="Who owns it?", hint=_OWNERS_HINT),
    )
    blocks: list[Block] = [small_print("We saved what you typed last time.")] if restored else []
    blocks += [field.block(values) for field in fields]
    blocks.append(
        small_print(
            f"It starts with usual settings and takes applications at once. Its owners can change everything with "
            f"`{COMMAND} setup`."
        )
    )
    meta = FormMetadata(form=START_FORM).dump()
    return modal(START_FORM, "Start a programme", blocks, submit="Start", close="Cancel", private_metadata=meta)


def owners_form(programme: Programme, values: Values, *, restored: bool = False) -> dict[str, Any]:
    """The form to name the owners of the programme, filled with `values`."""
    blocks: list[Block] = [small_print("We saved what you typed last time.")] if restored else []
    blocks.append(section(f"*{Voice(programme).name}*"))
    owners = PeoplePicker(block_id=FieldName.OWNERS, label="Who owns this programme?", hint=_OWNERS_HINT)
    blocks.append(owners.block(values))
    blocks.append(small_print("New owners hear from me. A person you remove loses access at once."))
    meta = FormMetadata(form=OWNERS_FORM, version=programme.version).dump()
    return modal(OWNERS_FORM, "Name owners", blocks, submit="Save", close="Cancel", private_metadata=meta)


class StartSubmission(Submission):
    name: str = ""
    owners: tuple[str, ...] = ()


def parse_start(values: Values) -> NewProgramme:
    """Raises ValueError for input that the form cannot have sent."""
    sent = StartSubmission.read(values)
    return NewProgramme(sent.name.strip(), tuple(dict.fromkeys(sent.owners)))


class OwnersSubmission(Submission):
    owners: tuple[str, ...] = ()


def parse_owners(values: Values) -> tuple[str, ...]:
    """The chosen owners (Slack user ids). Raises ValueError for input that the form cannot have sent."""
    return tuple(dict.fromkeys(OwnersSubmission.read(values).owners))
