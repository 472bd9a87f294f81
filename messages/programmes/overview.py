"""Several programmes in one message, to choose one."""

from collections.abc import Sequence
from datetime import date as Date

from slack_sdk.models.blocks import Block

from mentoring.core.programmes import Cohort, Programme
from messages.blocks import button, section, small_print
from messages.ids import COMMAND, Subcommand
from messages.in_programme import carry
from messages.payloads import Message, message
from messages.programmes.aims import type_line
from messages.programmes.cohorts import invitation, timetable
from messages.text import escape, shorten
from messages.voice import Voice

MOST_CARDS = 40
"""So many programmes are shown to choose from; more are found by name."""
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


def _about(programme: Programme, cohort: Cohort, today: Date, *, mine: bool = False) -> str:
    purpose = f"\n{shorten(escape(programme.purpose), _MOST_OF_PURPOSE)}" if programme.purpose else ""
    voice = Voice(programme)
    dates = timetable(cohort, today) if mine else invitation(cohort, today, voice.contact)
    peers = f"\n{said}" if (said := type_line(programme)) else ""
    return f"*{voice.name}*{purpose}{peers}\n{dates}"
