"""The page as a whole: the next step first, then each programme, then what is the same for all."""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from slack_sdk.models.blocks import Block, DividerBlock

from mentoring.applications.application import Role
from mentoring.home.home import Home, HomeProgramme
from messages.blocks import actions, button, header, section, small_print
from messages.home import taking_part
from messages.home.needs import running_it
from messages.home.partnerships import partnerships
from messages.home.steps import Step, next_step_of, step_blocks
from messages.home.welcome import in_short, purpose, welcome
from messages.ids import COMMAND, HOME_VIEW, OPEN_HELP, OPEN_PROGRAMMES
from messages.in_programme import carry, message_in
from messages.invitations.view import invitation_choice
from messages.leave import on_leave
from messages.oversight.digest import digest_choice
from messages.payloads import Message, limits, message
from messages.plain_blocks import in_plain
from messages.programmes.cohorts import invitation, takes_applications, timetable
from messages.text import plural
from messages.voice import Voice

MOST_OTHERS = 8
MOST_MINE = 12
_FIXED = 12
"""Blocks besides those of the programmes: the leave, the next step, own settings, the foot."""
_MOST_OF_PURPOSE = 300
_TEXT = "Home"

Made = Mapping[str, Any]
"""A block as Slack takes it."""


def home_view(home: Home, *, is_plain: bool = False) -> dict[str, Any]:
    """The Home tab, for `views.publish`: with cards, or in plain blocks for a Slack that refuses them."""
    blocks = _blocks(home, most=limits.VIEW_BLOCKS, is_message=False, is_plain=is_plain)
    return {"type": "home", "callback_id": HOME_VIEW, "blocks": blocks}


def home_message(home: Home) -> Message:
    """The same as a message, which stays as it is: without what is long, and what changes often.

    In plain blocks: as a reply it is part of an acknowledgement, and nobody would hear that Slack refuses it.
    """
    return message(_headline(home), _blocks(home, most=limits.MESSAGE_BLOCKS, is_message=True, is_plain=True))


def neutral_view() -> dict[str, Any]:
    """What the Home tab shows of nobody: for a person who was erased, until they open it again."""
    words = f"*Mentoring.* To see what you can do, open this tab again, or type `{COMMAND}`."
    return {"type": "home", "callback_id": HOME_VIEW, "blocks": [section(words).to_dict()]}


def _headline(home: Home) -> str:
    if not home.programmes:
        return NO_PROGRAMME
    if len(home.programmes) > 1:
        mine = any(each.membership.takes_part for each in home.programmes)
        return "Your mentoring programmes" if mine else "Mentoring programmes here"
    (each,) = home.programmes
    voice = Voice(each.membership.programme)
    is_newcomer = not (each.membership.takes_part or each.membership.applications)
    if is_newcomer and takes_applications(each.membership.cohort, home.today):
        return f"{voice.name}: find {voice.a_mentor} or become one"
    return f"{voice.name}: what you can do"


NO_PROGRAMME = "There is no mentoring programme in this workspace yet."


def _blocks(home: Home, *, most: int, is_message: bool, is_plain: bool) -> list[Made]:
    if not home.programmes:
        more = "The app admin can start one by naming its owners. I’ll then write to the owners, and people can apply."
        nothing = [section(f"{NO_PROGRAMME}\n{more}"), small_print("For the app admin: set `MENTOR_OWNERS`.")]
        return list(message(_TEXT, nothing).blocks)
    is_several = len(home.programmes) > 1
    step = next_step_of(home)
    top: list[Block] = on_leave(home.reader.leave) if home.reader.leave else []
    if is_several and step:
        top += step_blocks(step, is_named=True)
    mine = [each for each in home.programmes if _is_mine(each)] if is_several else list(home.programmes)
    others = [each for each in home.programmes if each not in mine and _is_open(each, home)]
    room = (most - _FIXED - 2 * min(len(others), MOST_OTHERS) - len(top)) // max(1, len(mine[:MOST_MINE]))
    blocks: list[Block | Made] = [*top]
    for each in mine[:MOST_MINE]:
        blocks += [DividerBlock()] if blocks else []
        found = _programme(each, home, step, is_several=is_several, is_message=is_message)
        blocks += _fitting(found, each.membership.programme.id, room, is_plain=is_plain)
    if len(mine) > MOST_MINE:
        blocks.append(small_print(f"And {len(mine) - MOST_MINE} more."))
    blocks += _others(others, home, has_mine=bool(mine))
    if not (mine or others):
        blocks.append(section("No mentoring programme is open to you right now."))
    return _one_primary([*blocks, *_foot(home, is_several=is_several, is_message=is_message)])


def _is_mine(each: HomeProgramme) -> bool:
    return each.membership.takes_part


def _is_open(each: HomeProgramme, home: Home) -> bool:
    return any(each.membership.is_open_to(role, home.today) for role in Role)


def _fitting(found: Sequence[Block], programme_id: str, room: int, *, is_plain: bool) -> list[Made]:
    """The blocks of one programme in at most `room`; a button shows all of them if that is not enough."""
    made = _made(found, programme_id)
    made = in_plain(made) if is_plain else made
    if len(made) <= room:
        return made
    return [*made[: room - 1], *_made([actions(button("Show all", OPEN_HELP, carry("", programme_id)))], programme_id)]


def _programme(
    each: HomeProgramme, home: Home, step: Step | None, *, is_several: bool, is_message: bool
) -> list[Block]:
    membership = each.membership
    programme, cohort = membership.programme, membership.cohort
    head: list[Block] = [header(Voice(programme, marked=False).name)]
    is_newcomer = not (membership.takes_part or membership.applications)
    if is_newcomer:
        return [*head, *welcome(membership, home.reader, home.today), *taking_part.sessions(each, home)]
    is_in = membership.takes_part
    dates = timetable(cohort, home.today) if is_in else invitation(cohort, home.today, Voice(programme).contact)
    head.append(small_print(f"{purpose(programme, _MOST_OF_PURPOSE)}{dates}"))
    if step and not is_several:
        head += step_blocks(step, is_named=False)
    parts: list[list[Block]] = [
        running_it(membership, each.needs, home.today, first=step.need if step else None),
        partnerships(each, home, step),
        taking_part.applications(each, home, step, is_message=is_message),
        taking_part.sessions(each, home),
        taking_part.themes(each),
        taking_part.facilitators(each, home),
        taking_part.other_ways(each, home),
        [] if is_message else taking_part.ground_rules(each, home),
    ]
    return [*head, *_divided(parts)]


def _divided(parts: Sequence[list[Block]]) -> list[Block]:
    """The parts that there are, each after a line."""
    return [block for part in parts if part for block in (DividerBlock(), *part)]


def _others(others: Sequence[HomeProgramme], home: Home, *, has_mine: bool) -> list[Block | Made]:
    blocks: list[Block | Made] = [DividerBlock(), section("*Also open to you*")] if others and has_mine else []
    for each in others[:MOST_OTHERS]:
        blocks += _made(in_short(each.membership, home.today), each.membership.programme.id)
    if len(others) > MOST_OTHERS:
        more = plural(len(others) - MOST_OTHERS, "more programme", "more programmes")
        blocks.append(small_print(f"And {more}. To see all, type `{COMMAND} request`."))
    return blocks


def _foot(home: Home, *, is_several: bool, is_message: bool) -> list[Block]:
    blocks = [
        *taking_part.own_plan(home),
        *taking_part.help_in_confidence(home),
        *taking_part.to_tell(home),
        *taking_part.own_settings(home),
        *taking_part.own_data(home),
    ]
    if home.digest and not is_message:
        blocks.append(digest_choice(home.digest))
    if home.invitations is not None and not is_message:
        blocks.append(invitation_choice(home.invitations))
    if home.is_administrator:
        words = "*Programmes.* You can start programmes and name their owners."
        blocks.append(section(words, button("See all programmes", OPEN_PROGRAMMES)))
    programme = home.programmes[0].membership.programme
    asks = "" if is_several or programme.contact == home.reader.id else f"Questions? Ask {Voice(programme).contact}."
    again = f"To see this again, type `{COMMAND}`." if is_message else ""
    said = small_print(f"{asks} {again}".strip()) if asks or again else None
    return [*([DividerBlock()] if blocks else []), *blocks, *([said] if said else [])]


def _made(blocks: Sequence[Block], programme_id: str) -> list[Made]:
    """The blocks, whose buttons name the programme."""
    return list(message_in(message(_TEXT, blocks), programme_id).blocks)


def _one_primary(blocks: Sequence[Block | Made]) -> list[Made]:
    """Only the first of the primary buttons stays one."""
    made = deepcopy(message(_TEXT, blocks).blocks)
    elements = [
        each
        for block in made
        for each in (*block.get("elements", ()), *block.get("actions", ()), block.get("accessory", {}))
    ]
    primary = [each for each in elements if each.get("style") == "primary"]
    for each in primary[1:]:
        del each["style"]
    return list(made)
