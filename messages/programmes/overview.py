"""Several programmes in one message: to choose one, or to see where one stands in each."""

from collections.abc import Sequence
from datetime import date as Date

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from mentoring.applications.application import ApplicationState, Role
from mentoring.core.people import Leave
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.programmes.membership import Membership
from messages.blocks import actions, button, section, small_print
from messages.goals.buttons import own_plan_section
from messages.ids import COMMAND, OPEN_PARTNERSHIPS, OPEN_PEOPLE, OPEN_REVIEW, OPEN_SETUP, OPEN_STATUS, Subcommand
from messages.in_programme import button_in, carry
from messages.leave import on_leave
from messages.next_steps import open_button
from messages.payloads import Message, message
from messages.programmes.cohorts import invitation, timetable
from messages.text import escape, plural, shorten
from messages.voice import Voice

MOST_CARDS = 40
"""So many programmes are shown to choose from; more are found by name."""
MOST_MINE, MOST_OTHERS = 12, 8
_MOST_OF_PURPOSE = 200


def choice(
    programmes: Sequence[tuple[Programme, Cohort]], today: Date, action_id: str, value: str = "", *, mine: bool = False
) -> Message:
    """Ask which programme a request is about; a button repeats it for that one. `today` is the reader's date."""
    text = "Which programme?"
    blocks: list[Block] = [section(f"*{text}*")]
    for programme, cohort in programmes[:MOST_CARDS]:
        name = Voice(programme, marked=False).name
        chooses = button("Choose", action_id, carry(value, programme.id), accessibility_label=f"Choose {name}")
        blocks.append(section(_about(programme, cohort, today, mine=mine), chooses))
    if len(programmes) > MOST_CARDS:
        more = f"And {len(programmes) - MOST_CARDS} more. To find one, type a word of its name after the command"
        blocks.append(small_print(f"{more}, such as `{COMMAND} {Subcommand.REQUEST} library`."))
    return message(text, blocks)


def overview(
    memberships: Sequence[Membership], today: Date, leave: Leave | None = None, *, plans: bool = False
) -> Message:
    """The help for a person who can see several programmes: theirs first, then those that are open to them. `leave` is
    the person's own, and `plans` says that they may have a plan.
    """
    mine = [each for each in memberships if each.takes_part]
    others = [
        each for each in memberships if not each.takes_part and any(each.is_open_to(role, today) for role in Role)
    ]
    blocks: list[Block] = on_leave(leave) if leave else []
    for each in mine[:MOST_MINE]:
        blocks += [section(_about(each.programme, each.cohort, today, mine=True)), actions(*_own_buttons(each, today))]
    if len(mine) > MOST_MINE:
        blocks.append(small_print(f"And {len(mine) - MOST_MINE} more."))
    if plans:
        blocks.append(own_plan_section())
    if mine and others:
        blocks += [DividerBlock(), section("*Also open to you*")]
    for each in others[:MOST_OTHERS]:
        blocks += [section(_about(each.programme, each.cohort, today)), actions(*_open_buttons(each, today))]
    if len(others) > MOST_OTHERS:
        more = plural(len(others) - MOST_OTHERS, "more programme", "more programmes")
        blocks.append(small_print(f"And {more}. To see all, type `{COMMAND} request`."))
    if not (mine or others):
        blocks.append(section("No mentoring programme is open to you right now."))
    blocks.append(small_print(f"To see this again, type `{COMMAND}`."))
    return message("Your mentoring programmes" if mine else "Mentoring programmes here", blocks)


def _about(programme: Programme, cohort: Cohort, today: Date, *, mine: bool = False) -> str:
    purpose = f"\n{shorten(escape(programme.purpose), _MOST_OF_PURPOSE)}" if programme.purpose else ""
    voice = Voice(programme)
    dates = timetable(cohort, today) if mine else invitation(cohort, today, voice.contact)
    return f"*{voice.name}*{purpose}\n{dates}"


def _own_buttons(membership: Membership, today: Date) -> list[ButtonElement]:
    programme = membership.programme
    plain = Voice(programme, marked=False)
    found: list[ButtonElement] = []
    if membership.is_owner:
        found += [
            button("See the round", OPEN_STATUS),
            button("Open matches", OPEN_REVIEW),
            button("Open settings", OPEN_SETUP),
        ]
    elif ProgrammeRole.COMMITTEE in membership.roles:
        found += [button("Open matches", OPEN_REVIEW), button("See all people", OPEN_PEOPLE)]
    if ProgrammeRole.SPONSOR in membership.roles and not membership.is_owner:
        found.append(button("See the figures", OPEN_STATUS))
    if active := [each for each in membership.partnerships if each.is_active]:
        sees = plain.partnership if len(active) == 1 else plain.partnerships
        found.append(button(f"See your {sees}", OPEN_PARTNERSHIPS, active[0].id))
    if any(sent.state is ApplicationState.OPEN for sent in membership.applications.values()) and OPEN_STATUS not in {
        each.action_id for each in found
    }:
        found.append(button("See your application", OPEN_STATUS))
    return [button_in(each, programme.id) for each in found] + _open_buttons(membership, today, primary=not found)


def _open_buttons(membership: Membership, today: Date, *, primary: bool = True) -> list[ButtonElement]:
    """Apply in the roles in which they have not."""
    sent = {role for role, each in membership.applications.items() if each.state is ApplicationState.OPEN}
    roles = [role for role in Role if role not in sent and membership.is_open_to(role, today)]
    found = [open_button(role, membership.programme) for role in roles]
    for each in found if not primary else found[1:]:
        each.style = None
    return [button_in(each, membership.programme.id) for each in found]
