"""The form "How is this goal?", and its parser (D4.10)."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block

from mentoring.core.fields import FieldName
from mentoring.goals.goal import MOST_LINE, Goal, GoalRecord, GoalState
from mentoring.goals.plan import GoalAnswer, ProgressForm
from messages.blocks import modal, section, small_print
from messages.forms import FormMetadata, Input, Option, Select, Submission, TextInput, Values
from messages.goals.goal_form import rest_field
from messages.goals.wording import STATES, for_when, who_sees
from messages.ids import PROGRESS_FORM
from messages.text import escape

TITLE: Final = "How is this goal?"
_ANSWERS: Final = (
    *((state, STATES[state]) for state in GoalState if state not in (GoalState.RESTING, GoalState.LET_GO)),
    (GoalAnswer.CHANGED, "It has changed"),
    (GoalState.RESTING, "It rests for now"),
    (GoalState.LET_GO, "I let it go"),
)


def progress_form(
    record: GoalRecord,
    values: Values,
    *,
    partners: Sequence[str],
    in_the_way: Sequence[Goal] = (),
    root: str = "",
    below: str = "",
    restored: bool = False,
) -> dict[str, Any]:
    """The form about one goal as a view, filled with `values`, or with the state that it has.

    `in_the_way` are the open goals of which one has to rest if this one is taken up again. The others are as in
    `plan_form`.
    """
    goal = record.goal
    blocks: list[Block] = [section(who_sees(partners))]
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    steps = f"\nNext step: {escape(record.next_step)}" if record.next_step else ""
    blocks.append(section(f"*{escape(goal.words)}*\nFor {for_when(goal)}{steps}"))
    filled = values or {FieldName.STATE: goal.state}
    blocks += [field.block(filled) for field in _fields(in_the_way)]
    meta = FormMetadata(form=PROGRESS_FORM, version=goal.version, about=goal.id, root=root, below=below).dump()
    return modal(PROGRESS_FORM, TITLE, blocks, submit="Save", close="Cancel", private_metadata=meta)


def _fields(in_the_way: Sequence[Goal]) -> Iterator[Input]:
    yield Select(
        block_id=FieldName.STATE,
        label="It is …",
        hint="“It has changed” then shows the goal, so that you can rewrite it.",
        options=[Option(answer, label) for answer, label in _ANSWERS],
    )
    yield TextInput(block_id=FieldName.SINCE, label="What has happened since", most=MOST_LINE, optional=True)
    yield TextInput(block_id=FieldName.NEXT_STEP, label="The next step", most=MOST_LINE, optional=True)
    if in_the_way:
        yield rest_field(in_the_way, "If you take it up again: which one rests?", optional=True)


class ProgressSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    state: GoalState | GoalAnswer | None = None
    since: str = ""
    next_step: str = ""
    rests: str = ""


def parse_progress(values: Values) -> tuple[ProgressForm, bool]:
    """The input as the rules take it, without a state if the goal has changed; and whether it has.

    Raises ValueError for input that the form cannot have sent; the message does not repeat it.
    """
    sent = ProgressSubmission.read(values)
    state = sent.state if isinstance(sent.state, GoalState) else None
    form = ProgressForm(state, sent.since, sent.next_step, sent.rests)
    return form, sent.state is GoalAnswer.CHANGED
