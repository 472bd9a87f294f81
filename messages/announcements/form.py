"""The form of one entry of the communication plan, and its parser."""

from datetime import datetime
from typing import Any

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block

from mentoring.announcements.announcement import (
    MOST_CHANNELS,
    MOST_NAME,
    MOST_TEXT,
    Announcement,
    AnnouncementAudience,
    AnnouncementKind,
)
from mentoring.announcements.placeholders import Placeholder
from mentoring.announcements.planning import AnnouncementForm
from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from messages.announcements.texts import text_of, title_of, usual_text
from messages.blocks import modal, section, small_print
from messages.forms import (
    TICKED,
    ChannelsPicker,
    Checkbox,
    DateTimeInput,
    FormMetadata,
    Input,
    Option,
    Select,
    Submission,
    TextInput,
    Values,
    moment_of,
)
from messages.ids import ANNOUNCEMENT_FORM
from messages.text import escape
from messages.voice import Voice, capital

PLACEHOLDERS = ", ".join(f"{{{each}}}" for each in Placeholder)
"""All of them, for hints and refusals."""


def values_of(announcement: Announcement, due: datetime | None) -> Values:
    """What the form shows of an entry that goes out at `due` (calendar, aware)."""
    return {
        FieldName.ANNOUNCEMENT_NAME: announcement.name,
        FieldName.ANNOUNCEMENT_TEXT: text_of(announcement),
        FieldName.AUDIENCE: announcement.audience,
        FieldName.CHANNELS: list(announcement.channels),
        FieldName.HAS_BUTTONS: [TICKED] if announcement.has_buttons else [],
        FieldName.SENT_AT: str(int(due.timestamp())) if due else None,
    }


def announcement_form(
    announcement: Announcement, programme: Programme, values: Values, *, meta: FormMetadata, restored: bool = False
) -> dict[str, Any]:
    """The form, filled with `values`. An entry that owners add has a name, and version 0."""
    is_own = announcement.kind is AnnouncementKind.OWN
    voice = Voice(programme, marked=False)
    lead = "*A new announcement*" if is_own and not announcement.version else f"*{escape(title_of(announcement))}*"
    blocks: list[Block] = [
        section(
            f"{lead}\nIt goes out at its time, once an owner has approved it. If you change the text or who gets it, "
            "it needs a new approval."
        )
    ]
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    name = TextInput(
        block_id=FieldName.ANNOUNCEMENT_NAME, label="What is it called?", hint="Only owners see this.", most=MOST_NAME
    )
    people = (
        (AnnouncementAudience.CHANNELS, "Channels"),
        (AnnouncementAudience.EVERYONE, "Direct message to everyone in the round"),
        (AnnouncementAudience.MENTEES, f"Direct message to all {voice.mentees}"),
        (AnnouncementAudience.MENTORS, f"Direct message to all {voice.mentors}"),
    )
    fields: tuple[Input, ...] = (
        *((name,) if is_own else ()),
        TextInput(
            block_id=FieldName.ANNOUNCEMENT_TEXT,
            label="Text",
            hint=f"I fill in {PLACEHOLDERS}. *Bold* and _italic_ work as in Slack.",
            most=MOST_TEXT,
            lines=True,
        ),
        Select(
            block_id=FieldName.AUDIENCE,
            label="Who gets it?",
            options=[Option(value, capital(label)) for value, label in people],
        ),
        ChannelsPicker(
            block_id=FieldName.CHANNELS,
            label="Which channels?",
            hint="Invite this app to each channel first: type /invite and its name there. Not for direct messages.",
            most=MOST_CHANNELS,
            optional=True,
        ),
        Checkbox(
            block_id=FieldName.HAS_BUTTONS,
            label="Buttons below a post in a channel",
            text="Two buttons to apply",
            optional=True,
        ),
        DateTimeInput(
            block_id=FieldName.SENT_AT,
            label="When?",
            hint="Outside working hours it waits until they begin. A direct message waits for those of each person.",
        ),
    )
    blocks += [each.block(values) for each in fields]
    return modal(ANNOUNCEMENT_FORM, "Announcement", blocks, submit="Save", close="Cancel", private_metadata=meta.dump())


class AnnouncementSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    announcement_name: str = ""
    announcement_text: str = ""
    audience: AnnouncementAudience | None = None
    channels: tuple[str, ...] = ()
    has_buttons: tuple[str, ...] = ()
    sent_at: str = ""


def parse_announcement(values: Values, kind: AnnouncementKind) -> AnnouncementForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = AnnouncementSubmission.read(values)
    return AnnouncementForm(
        text=sent.announcement_text,
        audience=sent.audience,
        channels=tuple(dict.fromkeys(sent.channels)),
        name=sent.announcement_name,
        has_buttons=bool(sent.has_buttons),
        moment=moment_of(sent.sent_at) if sent.sent_at else None,
        usual_text=usual_text(kind),
    )
