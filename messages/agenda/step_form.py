"""The form that adds a step to the agenda of a first meeting, and its parser."""

from typing import Any, Final

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block

from mentoring.agenda.agenda import MOST_IN_STEP
from mentoring.core.fields import FieldName
from mentoring.partnerships.partnership import Partnership
from messages.agreements.words import who_reads
from messages.blocks import modal, small_print
from messages.forms import FormMetadata, Submission, TextInput, Values
from messages.ids import AGENDA_STEP_FORM

FORM: Final = "agenda-step"
"""The value of `FormMetadata.form`; `about` is then the partnership's id."""
_STEP = TextInput(
    block_id=FieldName.STEP, label="What else would you like to talk about?", most=MOST_IN_STEP, hint="One line."
)


def step_form(
    partnership: Partnership, values: Values, *, by: str, root: str = "", restored: bool = False
) -> dict[str, Any]:
    """The form as a view for `by`. `root` is the id of the agenda below, which is updated afterwards."""
    blocks: list[Block] = [small_print(who_reads(partnership, by))]
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    blocks.append(_STEP.block(values))
    meta = FormMetadata(form=FORM, about=partnership.id, root=root).dump()
    return modal(AGENDA_STEP_FORM, "Add a step", blocks, submit="Add", close="Cancel", private_metadata=meta)


class AgendaStepSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    step: str = ""


def parse_step(values: Values) -> str:
    """What the step says. Raises ValueError for input that the form cannot have sent."""
    return " ".join(AgendaStepSubmission.read(values).step.split())
