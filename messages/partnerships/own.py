"""A person's own partnerships: where each stands, what comes next, and the meetings with their notes (D2.7).

Both partners read all of it, and nobody else does.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, DividerBlock

from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.feedback import Question
from mentoring.partnerships.partnership import Partnership, Pause, pause_of
from messages.blocks import actions, button, context, fit, modal, section
from messages.ids import COMMAND, OPEN_CHECK_IN, OPEN_SURVEY, PARTNERSHIPS_VIEW
from messages.outgoing import limits
from messages.partnerships.again import wish
from messages.partnerships.buttons import again_buttons, end_button, go_back_button, log_button
from messages.partnerships.log import Logged, Room, log
from messages.partnerships.standing import next_step, paused, standing
from messages.voice import Voice

Own = tuple[Partnership, Logged]
"""A partnership and its meetings, in any order."""

MOST_SHOWN = 6
AROUND = 6
"""Blocks of a partnership besides what was logged: a line, two paragraphs, buttons, and two around its meetings."""


def view(
    items: Sequence[Own],
    *,
    by: str,
    programme: Programme,
    today: date,
    asked: Mapping[str, Question] | None = None,
    people: Mapping[str, Person] | None = None,
) -> dict[str, Any]:
    """The modal for `by`, in the order of `items`; `today` is their own day.

    `asked` holds, by partnership id, the question that is open to them now; of `people` (by id) those who are away
    matter. What does not fit is counted.
    """
    plain = Voice(programme, marked=False)
    title = fit(f"Your {plain.partnerships}", "Whom you meet")
    if not items:
        return modal(PARTNERSHIPS_VIEW, title, [section(_nothing(programme))])
    shown = items[:MOST_SHOWN]
    room = Room((limits.VIEW_BLOCKS - 2) // len(shown) - AROUND)
    blocks: list[Block] = []
    for partnership, logged in shown:
        blocks += [DividerBlock()] if blocks else []
        pause = pause_of(partnership, people or {})
        blocks += _one(partnership, logged, by, programme, today, room, (asked or {}).get(partnership.id), pause)
    if len(items) > len(shown):
        blocks.append(context(f"And {len(items) - len(shown)} more, further back."))
    blocks.append(context("The two of you read the notes. Nobody else does, and neither do the programme owners."))
    return modal(PARTNERSHIPS_VIEW, title, blocks)


def _nothing(programme: Programme) -> str:
    voice = Voice(programme)
    return (
        f"You have no {voice.partnership} at the moment. `{COMMAND} status` shows what you sent and where it stands, "
        f"and `{COMMAND}` how to ask for {voice.a_mentor} or offer to be one."
    )


def _one(
    partnership: Partnership,
    logged: Logged,
    by: str,
    programme: Programme,
    today: date,
    room: Room,
    asked: Question | None,
    pause: Pause | None,
) -> list[Block]:
    met_on = [meeting.met_on for meeting, _ in logged]
    blocks: list[Block] = [section(standing(partnership, met_on, by, programme))]
    if pause:
        asked = None
        blocks.append(section(f"*{paused(pause)}*\nNothing is expected of you meanwhile."))
    elif partnership.is_active:
        blocks.append(section(f"*Next step*\n{next_step(partnership, met_on, by, programme, today, asked)}"))
    elif said := wish(partnership, by):
        blocks.append(section(said))
    if buttons := _buttons(partnership, by, programme, asked, is_paused=pause is not None):
        blocks.append(actions(*buttons))
    return blocks + log(logged, by, room, is_active=partnership.is_active)


def _buttons(
    partnership: Partnership, by: str, programme: Programme, asked: Question | None, *, is_paused: bool
) -> list[ButtonElement]:
    if not partnership.is_active:
        return [*([] if by in partnership.back else [go_back_button(partnership)]), *again_buttons(partnership, by)]
    buttons: list[ButtonElement] = []
    if asked is Question.CHECK_IN:
        buttons.append(button("Say how it is going", OPEN_CHECK_IN, partnership.id, style="primary"))
    if asked is Question.SURVEY:
        buttons.append(button("Answer the closing questions", OPEN_SURVEY, partnership.id, style="primary"))
    return [
        *buttons,
        log_button(partnership.id, first=not asked and not is_paused),
        end_button(partnership, programme, is_paused=is_paused),
    ]
