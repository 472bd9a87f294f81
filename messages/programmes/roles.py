"""Starting a programme, and naming the people who run it: the list for administrators, and two short forms."""

from collections.abc import Mapping, Sequence
from datetime import date as Date
from typing import Any

from slack_sdk.models.blocks import Block

from mentoring.core.fields import FieldName
from mentoring.core.programmes import MOST_IN_NAME, Cohort, Programme
from mentoring.core.roles import RoleHolders
from mentoring.programmes.roles import NewProgramme
from mentoring.status import LEAST_SHOWN
from messages.blocks import actions, button, modal, section, small_print
from messages.forms import FormMetadata, PeoplePicker, Submission, TextInput, Values
from messages.ids import COMMAND, OPEN_OWNERS, OPEN_PROFILE_FIELDS, OWNERS_FORM, START_FORM, START_PROGRAMME
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
        peers = " (peer mentoring)" if programme.is_peer else ""
        words = f"*{Voice(programme).name}*{peers}\n{timetable(cohort, today)}\nOwners: {named}"
        names = button(
            "Name owners",
            OPEN_OWNERS,
            accessibility_label=f"Name the owners of {Voice(programme, marked=False).name}",
        )
        blocks.append(section(words, button_in(names, programme.id)))
    if len(programmes) > MOST_SHOWN:
        blocks.append(small_print(f"And {len(programmes) - MOST_SHOWN} more."))
    start = button("Start a programme", START_PROGRAMME, style="primary")
    blocks.append(actions(start, button("Profile fields", OPEN_PROFILE_FIELDS)))
    readers = (
        "owners, its committee and its facilitators" if _any_facilitated(programmes) else "owners and its committee"
    )
    blocks.append(small_print(f"Only a programme’s {readers} see who takes part in it. You don’t, unless you’re one."))
    return message("Mentoring programmes in this workspace", blocks)


def _any_facilitated(programmes: Sequence[tuple[Programme, Cohort]]) -> bool:
    return any(programme.has_facilitators for programme, _ in programmes)


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


def owners_form(
    programme: Programme, values: Values, *, only_owners: bool = False, restored: bool = False
) -> dict[str, Any]:
    """The form to name the people who run the programme, filled with `values`; for an administrator `only_owners`."""
    blocks: list[Block] = [small_print("We saved what you typed last time.")] if restored else []
    blocks.append(section(f"*{Voice(programme).name}*"))
    blocks.append(PeoplePicker(block_id=FieldName.OWNERS, label="Owners", hint=_OWNERS_HINT).block(values))
    if not only_owners:
        blocks += [field.block(values) for field in _other_roles(programme)]
    blocks.append(small_print("We tell each person what they may do. A person you remove loses access at once."))
    if not only_owners and not programme.has_committee:
        blocks.append(small_print("If you name a committee, we tell everyone whose application it can read."))
    if not only_owners and programme.is_peer and not programme.has_facilitators:
        blocks.append(small_print("If you name facilitators, we tell everyone whose meetings they can see."))
    meta = FormMetadata(form=OWNERS_FORM, version=programme.version).dump()
    title = "Name owners" if only_owners else "Who runs it"
    return modal(OWNERS_FORM, title, blocks, submit="Save", close="Cancel", private_metadata=meta)


def _other_roles(programme: Programme) -> tuple[PeoplePicker, ...]:
    facilitators = PeoplePicker(
        block_id=FieldName.FACILITATORS,
        label="Facilitators",
        hint="People read that they can ask them. They see who works together and how often they meet: no notes.",
        optional=True,
    )
    return (
        PeoplePicker(
            block_id=FieldName.COMMITTEE,
            label="Committee",
            hint="They read applications and decide on proposals with you. Owners don’t need to be listed here.",
            optional=True,
        ),
        PeoplePicker(
            block_id=FieldName.SPONSORS,
            label="Sponsors",
            hint=f"They see figures and no names. Numbers below {LEAST_SHOWN} are not shown to them exactly.",
            optional=True,
        ),
        *([facilitators] if programme.is_peer else []),
    )


def holder_values(holders: RoleHolders) -> Values:
    """The form values for these people."""
    return {
        FieldName.OWNERS: list(holders.owners),
        FieldName.COMMITTEE: list(holders.committee),
        FieldName.SPONSORS: list(holders.sponsors),
        FieldName.FACILITATORS: list(holders.facilitators),
    }


class StartSubmission(Submission):
    name: str = ""
    owners: tuple[str, ...] = ()


def parse_start(values: Values) -> NewProgramme:
    """Raises ValueError for input that the form cannot have sent."""
    sent = StartSubmission.read(values)
    return NewProgramme(sent.name.strip(), tuple(dict.fromkeys(sent.owners)))


class OwnersSubmission(Submission):
    owners: tuple[str, ...] = ()
    committee: tuple[str, ...] = ()
    sponsors: tuple[str, ...] = ()
    facilitators: tuple[str, ...] = ()


def parse_owners(values: Values) -> RoleHolders:
    """The chosen people. Raises ValueError for input that the form cannot have sent."""
    sent = OwnersSubmission.read(values)
    chosen = (sent.owners, sent.committee, sent.sponsors, sent.facilitators)
    return RoleHolders(*(tuple(dict.fromkeys(each)) for each in chosen))
