"""The form in which an owner hands a partnership over to another owner, or ends it."""

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block

from mentoring.core.fields import FieldName
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.oversight.handing_over import HandOverForm
from mentoring.partnerships.partnership import Partnership, Pause
from messages.blocks import modal, section, small_print
from messages.forms import FormMetadata, Option, Select, Submission, Values
from messages.ids import HAND_OVER_FORM
from messages.partnerships.buttons import end_button
from messages.text import join, mention
from messages.voice import Voice

FORM = "hand-over"
"""The value of `FormMetadata.form`; `about` is then the partnership's id, and `version` its version."""


def hand_over_form(
    partnership: Partnership,
    programme: Programme,
    values: Values,
    *,
    owners: Sequence[str],
    people: Mapping[str, Person],
    meta: FormMetadata,
    pause: Pause | None = None,
    restored: bool = False,
) -> dict[str, Any]:
    """The form as a view. `owners` (Slack user ids) are those who can look after it; with fewer than two, only ending
    it is offered.
    """
    voice = Voice(programme)
    two = join([mention(person) for person in partnership.people])
    end = section(
        f"*End the {voice.partnership} of {two}*", end_button(partnership, programme, by_owner=True, pause=pause)
    )
    if len(owners) < 2:
        alone = small_print("To hand it over, name another owner in Settings first.")
        return modal(HAND_OVER_FORM, "End it", [end, alone], close="Go back", private_metadata=meta.dump())
    words = (
        f"*Who looks after {two} from now on?* That owner and both of them get a message. What needs an owner then "
        "comes to this one alone. All owners can still see and do everything."
    )
    blocks: list[Block] = [section(words)]
    if restored:
        blocks.append(small_print("We saved what you chose last time."))
    choice = Select(
        block_id=FieldName.RESPONSIBLE,
        label="Owner",
        options=[Option(owner, _name(owner, people)) for owner in owners],
    )
    blocks += [choice.block({FieldName.RESPONSIBLE: partnership.responsible, **values}), end]
    return modal(
        HAND_OVER_FORM,
        "Hand over or end",
        blocks,
        submit="Hand over",
        close="Go back" if meta.root else "Cancel",
        private_metadata=meta.dump(),
    )


def _name(owner: str, people: Mapping[str, Person]) -> str:
    return (people[owner].display_name if owner in people else "") or owner


def ended_by_owner_view() -> dict[str, Any]:
    """In its place, once the partnership has ended."""
    return modal(HAND_OVER_FORM, "Ended", [section("*It has ended.* Both get the same message.")])


class HandOverSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    responsible: str = ""


def parse_hand_over(values: Values) -> HandOverForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    return HandOverForm(HandOverSubmission.read(values).responsible)
