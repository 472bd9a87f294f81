"""The form of a goal, and its parser (D4.5)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any, Final

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block

from mentoring.core.fields import FieldName
from mentoring.core.people import user_id
from mentoring.goals.goal import MOST_LINE, Goal, GoalForm, GoalHelp, GoalTerm
from messages.blocks import modal, section, small_print
from messages.forms import (
    DateInput,
    FormMetadata,
    Input,
    MultiSelect,
    Option,
    PeoplePicker,
    Select,
    Submission,
    TextInput,
    Values,
)
from messages.goals.wording import HELP, TERMS, as_it_was, who_sees
from messages.ids import GOAL_FORM

TITLE: Final = "A goal"
ADD: Final = "add"
CHANGE: Final = "change"
"""A value of `FormMetadata.form`; `about` is then the goal's id."""


def goal_form(
    values: Values,
    *,
    partners: Sequence[str],
    before: Goal | None = None,
    in_the_way: Sequence[Goal] = (),
    root: str = "",
    below: str = "",
    restored: bool = False,
) -> dict[str, Any]:
    """The form as a view, filled with `values`. It changes the goal `before`, which it shows, or adds one.

    `in_the_way` are the open goals of which one has to rest for a new one. The others are as in `plan_form`.
    """
    blocks: list[Block] = [section(who_sees(partners))]
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    if before:
        blocks.append(section(f"*Until now*\n{as_it_was(before.words, before.proof, before.until)}"))
    if in_the_way:
        blocks.append(rest_field(in_the_way, "You have three open goals. Which one rests?").block(values))
    blocks += [field.block(values) for field in _fields()]
    meta = FormMetadata(
        form=CHANGE if before else ADD,
        version=before.version if before else 0,
        about=before.id if before else "",
        root=root,
        below=below,
    ).dump()
    return modal(GOAL_FORM, TITLE, blocks, submit="Save", close="Cancel", private_metadata=meta)


def rest_field(goals: Sequence[Goal], label: str, *, optional: bool = False) -> Select:
    """Asks which of the open `goals` rests, so that another one can be open."""
    return Select(
        block_id=FieldName.RESTS,
        label=label,
        hint="Three can be open at once. I keep a goal that rests, and you can take it up again.",
        options=[Option(goal.id, goal.words) for goal in goals],
        optional=optional,
    )


def _fields() -> Iterator[Input]:
    yield TextInput(
        block_id=FieldName.GOAL,
        label="I will …",
        hint="One sentence with a verb, such as “lead a meeting of our team”.",
        most=MOST_LINE,
    )
    yield Select(
        block_id=FieldName.TERM,
        label="For when?",
        hint="“Later” is for a long-term goal, which needs no proof and no day yet.",
        options=[Option(term, label) for term, label in TERMS.items()],
    )
    yield TextInput(
        block_id=FieldName.PROOF,
        label="How will I know?",
        hint="Something that other people could see. Needed for this quarter or this year.",
        most=MOST_LINE,
        optional=True,
    )
    yield DateInput(
        block_id=FieldName.UNTIL, label="Until", hint="Needed for this quarter or this year.", optional=True
    )
    yield TextInput(
        block_id=FieldName.FIRST_STEP,
        label="My first step",
        hint="Small enough for next week.",
        most=MOST_LINE,
        optional=True,
    )
    yield MultiSelect(
        block_id=FieldName.HELP,
        label="What would help me",
        options=[Option(each, label) for each, label in HELP.items()],
        optional=True,
    )
    yield PeoplePicker(block_id=FieldName.WHO, label="Who could help", hint="I don’t tell them.", optional=True)
    yield TextInput(block_id=FieldName.OTHER_WHO, label="Who else could help", most=MOST_LINE, optional=True)
    yield TextInput(
        block_id=FieldName.OBSTACLE,
        label="What could get in the way, and what I’ll do then",
        hint="“If …, then I will …” works best.",
        most=MOST_LINE,
        optional=True,
    )


def values_of_goal(goal: Goal) -> Values:
    """The form values of a goal, to change it."""
    return {
        FieldName.GOAL: goal.words,
        FieldName.TERM: goal.term,
        FieldName.PROOF: goal.proof or None,
        FieldName.UNTIL: goal.until.isoformat() if goal.until else None,
        FieldName.FIRST_STEP: goal.first_step or None,
        FieldName.HELP: [str(each) for each in goal.help],
        FieldName.WHO: list(goal.who),
        FieldName.OTHER_WHO: goal.other_who or None,
        FieldName.OBSTACLE: goal.obstacle or None,
    }


class GoalSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    goal: str = ""
    term: GoalTerm | None = None
    proof: str = ""
    until: date | None = None
    first_step: str = ""
    help: tuple[GoalHelp, ...] = ()
    who: tuple[str, ...] = ()
    other_who: str = ""
    obstacle: str = ""
    rests: str = ""


def parse_goal(values: Values) -> GoalForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = GoalSubmission.read(values)
    return GoalForm(
        words=sent.goal,
        term=sent.term,
        proof=sent.proof,
        until=sent.until,
        first_step=sent.first_step,
        help=tuple(dict.fromkeys(sent.help)),
        who=tuple(dict.fromkeys(each for each in sent.who if user_id(each) == each)),
        other_who=sent.other_who,
        obstacle=sent.obstacle,
        rests=sent.rests,
    )
