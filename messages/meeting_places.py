"""The form in which either of two people says where they meet."""

from typing import Any, Final

from mentoring.core.fields import FieldName
from mentoring.meetings.place import MOST_PLACE, MeetingPlace
from messages.blocks import modal, section, small_print
from messages.forms import FormMetadata, TextInput, Values, filled_in
from messages.ids import PLACE_FORM
from messages.text import length, mention

FORM: Final = "place"
"""The value of `FormMetadata.form`; `about` is then the planned meeting's id, `version` that of the place or 0, and
`root` the id of a list of partnerships below.
"""


def place_form(other: str, values: Values, *, meta: FormMetadata, restored: bool = False) -> dict[str, Any]:
    """The form as a view, filled with `values`. `other` is the other person (a Slack user id)."""
    words = (
        f"Only you and {mention(other)} see it. I keep it for your next meetings. If you’ve agreed on a time, I send "
        f"you a new calendar file. {mention(other)} gets one with *Get the calendar file*."
    )
    place = TextInput(
        block_id=FieldName.MEETING_PLACE,
        label="Where will you meet?",
        hint="A room, a café, or a link that starts with https://. Empty it to remove the place.",
        most=max(MOST_PLACE, length(str(values.get(FieldName.MEETING_PLACE) or ""))),
        optional=True,
    )
    blocks = [section(words), *([small_print("We saved what you typed last time.")] if restored else [])]
    blocks.append(place.block(values))
    return modal(PLACE_FORM, "Meeting place", blocks, submit="Save", close="Cancel", private_metadata=meta.dump())


def values_of_place(place: MeetingPlace | None) -> Values:
    """The form values of the stored place."""
    return {FieldName.MEETING_PLACE: place.words if place else None}


def parse_place(values: Values) -> str:
    """What was typed, or "". Raises ValueError for input that the form cannot have sent."""
    typed = filled_in(values).get(FieldName.MEETING_PLACE, "")
    if isinstance(typed, list):
        raise ValueError("not a text")
    return typed
