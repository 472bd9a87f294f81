"""What participants read, as an owner sees it while setting up the programme."""

from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from mentoring.applications.application import Role
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.home.home import Home, HomeProgramme
from mentoring.programmes.membership import Membership
from messages.applications.wording import expectations
from messages.blocks import header, modal, section, small_print
from messages.home import home_message
from messages.ids import COMMAND, PREVIEW_VIEW
from messages.invitations.view import invitation_message
from messages.payloads import Message
from messages.programmes.aims import who_does_what
from messages.voice import Voice


def preview(programme: Programme, cohort: Cohort, today: date, *, unsaved: bool) -> dict[str, Any]:
    """What newcomers read, what each role agrees to, and the roles in the introduction. Its buttons are left out.

    `unsaved` says that the programme has values that are not saved. `today` is the reader's date.
    """
    voice = Voice(programme, marked=False)
    blocks = _unsaved() if unsaved else []
    blocks.append(header(f"When people type {COMMAND}"))
    agreed: list[Block] = []
    for role, one in ((Role.MENTEE, voice.a_mentee), (Role.MENTOR, voice.a_mentor)):
        agreed += [header(f"When people apply as {one}"), section(expectations(programme, role))]
    if roles := who_does_what(programme):
        agreed += [header("When two people are introduced"), section(roles)]
    view = modal(PREVIEW_VIEW, "What people read", [*blocks, *agreed], close="Back")
    shown = view["blocks"]
    shown[len(blocks) : len(blocks)] = _without_buttons(_newcomer(programme, cohort, today))
    return view


def preview_of_invitation(programme: Programme, cohort: Cohort, *, unsaved: bool) -> dict[str, Any]:
    """What people read who are invited in the roles of the programme. Its buttons are left out, as `unsaved` above."""
    chosen = ((Role.MENTEE, programme.invites_mentees), (Role.MENTOR, programme.invites_mentors))
    shown = invitation_message(programme, cohort, [role for role, is_invited in chosen if is_invited])
    blocks = _unsaved() if unsaved else []
    menus = small_print("Beside each role is a menu with your topics, and below them *Not for me*.")
    view = modal(PREVIEW_VIEW, "What people read", [*blocks, menus], close="Back")
    view["blocks"][len(blocks) : len(blocks)] = _without_buttons(shown)
    return view


def _unsaved() -> list[Block]:
    return [small_print("This includes what you’ve typed in this step. It isn’t saved yet.")]


def _newcomer(programme: Programme, cohort: Cohort, today: date) -> Message:
    """What a newcomer reads."""
    return home_message(Home(Person(""), today, (HomeProgramme(Membership(programme, cohort)),)))


def _without_buttons(message: Message) -> list[dict[str, Any]]:
    blocks = (dict(block) for block in message.blocks if block["type"] != "actions")
    return [{name: value for name, value in block.items() if name != "accessory"} for block in blocks]
