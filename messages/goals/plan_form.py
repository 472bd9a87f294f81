"""The form "Where I stand", and its parser (D4.5)."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block

from mentoring.core.fields import FieldName
from mentoring.goals.goal import MOST_LINE, MOST_SHORT
from mentoring.goals.plan import DevelopmentPlan, PlanForm
from messages.blocks import modal, section, small_print
from messages.forms import FormMetadata, Input, MultiSelect, Option, Submission, TextInput, Values
from messages.goals.wording import who_sees
from messages.ids import STANDING_FORM

TITLE = "Where I stand"


def plan_form(
    values: Values,
    *,
    topics: Sequence[str],
    partners: Sequence[str],
    version: int,
    root: str = "",
    below: str = "",
    restored: bool = False,
) -> dict[str, Any]:
    """The form as a view, filled with `values`. `topics` are offered as skills, `partners` (Slack user ids) are those
    with whom the plan is shared. `root` is the id of the plan below it, and `below` what that stands in the place of.
    """
    blocks: list[Block] = [section(who_sees(partners))]
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    blocks += [field.block(values) for field in _fields(topics)]
    meta = FormMetadata(form=STANDING_FORM, version=version, root=root, below=below).dump()
    return modal(STANDING_FORM, TITLE, blocks, submit="Save", close="Cancel", private_metadata=meta)


def _fields(topics: Sequence[str]) -> Iterator[Input]:
    yield _text(FieldName.STRENGTHS, "What I do well", "Three things. What do others come to you for?")
    yield _text(FieldName.STRETCH, "What I’d like to do better")
    yield _text(
        FieldName.ENERGY, "What gives me energy, and what takes it", "Worth a look before you choose a long-term goal."
    )
    yield TextInput(
        block_id=FieldName.DIRECTION,
        label="Where I’d like to be in three years",
        hint="A kind of work or of life is enough. It doesn’t need to be a job title.",
        most=MOST_SHORT,
        lines=True,
    )
    yield TextInput(block_id=FieldName.WHY, label="Why that matters to me", most=MOST_LINE, optional=True)
    yield MultiSelect(
        block_id=FieldName.SKILLS,
        label="What I need for it",
        hint="Choose at least one, or write your own below.",
        options=[Option(topic, topic) for topic in topics],
        optional=True,
    )
    yield TextInput(block_id=FieldName.OTHER_SKILLS, label="Something else I need", most=MOST_LINE, optional=True)


def _text(block_id: FieldName, label: str, hint: str = "") -> TextInput:
    return TextInput(block_id=block_id, label=label, hint=hint, most=MOST_SHORT, lines=True, optional=True)


def values_of_plan(plan: DevelopmentPlan | None) -> Values:
    """The form values of a plan, to change it."""
    if plan is None:
        return {}
    return {
        FieldName.STRENGTHS: plan.strengths or None,
        FieldName.STRETCH: plan.stretch or None,
        FieldName.ENERGY: plan.energy or None,
        FieldName.DIRECTION: plan.direction or None,
        FieldName.WHY: plan.why or None,
        FieldName.SKILLS: list(plan.skills),
        FieldName.OTHER_SKILLS: plan.other_skills or None,
    }


class PlanSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    strengths: str = ""
    stretch: str = ""
    energy: str = ""
    direction: str = ""
    why: str = ""
    skills: tuple[str, ...] = ()
    other_skills: str = ""


def parse_plan(values: Values) -> PlanForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    return PlanForm(**dict(PlanSubmission.read(values)))
