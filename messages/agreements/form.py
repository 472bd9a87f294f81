"""The form of an agreement, in three steps that take each other's place, and its parser (D3.6, D4.8)."""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import Any, Final

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block

from mentoring.agreements.agreement import AgreementContext
from mentoring.agreements.terms import (
    MINUTES,
    MOST,
    MOST_GOALS,
    AgreementBounds,
    AgreementForm,
    AgreementTerms,
    AnswerWithin,
    ContactBetween,
    MeetingHours,
    ReportTimes,
)
from mentoring.applications.application import MeetingMode
from mentoring.core.fields import FieldName
from mentoring.partnerships.scheduling import WhoSchedules
from mentoring.partnerships.timing import MeetingRhythm
from messages.agreements.words import (
    ANSWERS,
    BETWEEN,
    HOURS,
    OBSTACLES_EXAMPLE,
    PROMISE,
    REPORTS,
    RHYTHMS,
    TwoNames,
    differences,
    labels,
    names_of,
    schedulers,
    what_holds,
    who_reads,
)
from messages.applications.wording import WAYS
from messages.blocks import actions, button, modal, section, small_print
from messages.forms import DateInput, FormMetadata, Input, MultiSelect, Option, Select, Submission, TextInput, Values
from messages.ids import AGREEMENT_FORM, AGREEMENT_STEP, SIGN_DRAFT
from messages.lengths import counted
from messages.programmes.cohorts import day, day_of
from messages.text import mention, plural

FORM: Final = "agreement"
"""`FormMetadata.form`, in each step; `about` is the partnership's id and `version` that of the agreement."""
SEEN: Final = "seen"
"""Where a draft keeps the version of the agreement from which it was begun, beside the values of the fields."""


class AgreementStep(StrEnum):
    """The steps of the form, in order."""

    MEETINGS = "meetings"
    EXPECTATIONS = "expectations"
    SIGN = "sign"

    @property
    def following(self) -> "AgreementStep":
        """The step after this one; the last has none, and is its own."""
        steps = list(AgreementStep)
        return steps[min(self.number, len(steps) - 1)]

    @property
    def number(self) -> int:
        return list(AgreementStep).index(self) + 1


FIELDS: Final = {
    AgreementStep.MEETINGS: (
        FieldName.PURPOSE,
        FieldName.GOALS,
        FieldName.RHYTHM,
        FieldName.MINUTES,
        FieldName.WAYS,
        FieldName.SCHEDULES,
        FieldName.HOURS,
        FieldName.BETWEEN,
        FieldName.ANSWER,
        FieldName.REPORTS,
    ),
    AgreementStep.EXPECTATIONS: (
        FieldName.UNTIL,
        FieldName.MENTEE_BRINGS,
        FieldName.MENTOR_BRINGS,
        FieldName.FEEDBACK,
        FieldName.OFF_LIMITS,
        FieldName.OBSTACLES,
        FieldName.REVIEW_ON,
    ),
    AgreementStep.SIGN: (),
}
"""The fields of each step."""
_TITLES: Final = {
    AgreementStep.MEETINGS: "Our agreement",
    AgreementStep.EXPECTATIONS: "What we expect",
    AgreementStep.SIGN: "What holds",
}
MOST_DIFFERENCES: Final = 15


def form(
    step: AgreementStep,
    context: AgreementContext,
    bounds: AgreementBounds,
    values: Values,
    *,
    by: str,
    root: str = "",
    restored: bool = False,
    typed: AgreementForm | None = None,
    note: str = "",
) -> dict[str, Any]:
    """A step of the form for `by`, filled with `values`.

    `restored`: the values are a draft. `typed` is what it says, if the agreement is another than when it was begun: the
    differences are shown above. `note` (mrkdwn) says what is to be corrected. `root` is the id of the view below, which
    is updated afterwards.
    """
    names = names_of(context)
    partner = mention(context.partnership.other(by))
    blocks: list[Block] = [section(note)] if note else []
    if typed and context.terms:
        blocks += _changed_meanwhile(context.terms, typed, names, partner)
    elif restored and step is AgreementStep.MEETINGS:
        blocks.append(small_print("We saved what you typed last time."))
    blocks.append(small_print(f"Step {step.number} of {len(AgreementStep)}. {who_reads(context.partnership, by)}"))
    if step is AgreementStep.SIGN:
        blocks += _to_sign(context, partner, values)
    else:
        fields = _meetings(context, bounds, names) if step is AgreementStep.MEETINGS else _expectations(bounds, names)
        blocks += [each.block(values) for each in fields]
        if step is AgreementStep.EXPECTATIONS:
            blocks.append(actions(_back(AgreementStep.MEETINGS)))
    about, programme = context.partnership.id, context.programme.id
    meta = FormMetadata(form=FORM, version=context.seen, about=about, root=root, step=step, programme=programme)
    return modal(
        AGREEMENT_FORM,
        _TITLES[step],
        blocks,
        submit=None if step is AgreementStep.SIGN else "Next",
        close="Close",
        private_metadata=meta.dump(),
    )


def _changed_meanwhile(terms: AgreementTerms, typed: AgreementForm, names: TwoNames, partner: str) -> list[Block]:
    found = differences(terms, typed, names)[:MOST_DIFFERENCES]
    kept = "We kept what you typed, and nothing of it is saved yet."
    if not found:
        return [section(f"*The agreement has changed since you began.* It now says what you typed. {kept}")]
    return [
        section(f"*The agreement has changed since you began.* {kept} What {partner} reads now → what you typed:"),
        section("\n".join(found)),
    ]


def _meetings(context: AgreementContext, bounds: AgreementBounds, names: TwoNames) -> Iterator[Input]:
    label = labels(names)
    yield TextInput(
        block_id=FieldName.PURPOSE, label=label[FieldName.PURPOSE], most=MOST[FieldName.PURPOSE], lines=True
    )
    if context.goals_to_choose:
        yield MultiSelect(
            block_id=FieldName.GOALS,
            label=label[FieldName.GOALS],
            hint=f"Up to {counted(MOST_GOALS)}, from the plan that {names.mentee} shares.",
            options=_options({goal: context.goals[goal] for goal in context.goals_to_choose}),
            optional=True,
        )
    yield Select(
        block_id=FieldName.RHYTHM,
        label=label[FieldName.RHYTHM],
        hint="Our reminders follow this. They come once in two weeks at most.",
        options=_options({each: RHYTHMS[each] for each in bounds.rhythms}),
    )
    yield Select(
        block_id=FieldName.MINUTES,
        label=label[FieldName.MINUTES],
        options=[Option(str(minutes), plural(minutes, "minute", "minutes")) for minutes in MINUTES],
    )
    yield MultiSelect(
        block_id=FieldName.WAYS,
        label=label[FieldName.WAYS],
        hint="The first time in person, if you can.",
        options=_options(WAYS),
    )
    yield Select(block_id=FieldName.SCHEDULES, label=label[FieldName.SCHEDULES], options=_options(schedulers(names)))
    yield Select(block_id=FieldName.HOURS, label=label[FieldName.HOURS], options=_options(HOURS))
    yield Select(block_id=FieldName.BETWEEN, label=label[FieldName.BETWEEN], options=_options(BETWEEN))
    yield Select(block_id=FieldName.ANSWER, label=label[FieldName.ANSWER], options=_options(ANSWERS), optional=True)
    if context.programme.has_reports:
        yield Select(
            block_id=FieldName.REPORTS,
            label=label[FieldName.REPORTS],
            hint="I offer it then. Only the two of you see it.",
            options=_options(REPORTS),
            optional=True,
        )


def _expectations(bounds: AgreementBounds, names: TwoNames) -> Iterator[Input]:
    label = labels(names)
    yield DateInput(block_id=FieldName.UNTIL, label=label[FieldName.UNTIL], hint=_end_hint(bounds))
    for name in (FieldName.MENTEE_BRINGS, FieldName.MENTOR_BRINGS):
        yield TextInput(
            block_id=name, label=label[name], hint="Change it as you like.", most=MOST[name], lines=True, optional=True
        )
    for name in (FieldName.FEEDBACK, FieldName.OFF_LIMITS):
        yield TextInput(block_id=name, label=label[name], most=MOST[name], optional=True)
    yield TextInput(
        block_id=FieldName.OBSTACLES,
        label=label[FieldName.OBSTACLES],
        most=MOST[FieldName.OBSTACLES],
        lines=True,
        example=OBSTACLES_EXAMPLE,
        optional=True,
    )
    yield DateInput(
        block_id=FieldName.REVIEW_ON,
        label=label[FieldName.REVIEW_ON],
        hint="We ask you both on this day.",
    )


def _end_hint(bounds: AgreementBounds) -> str:
    if bounds.end.latest < bounds.end.earliest:
        return "This day can’t be moved any more."
    return f"The day you agree on counts. It can be from {day(bounds.end.earliest)} to {day(bounds.end.latest)}."


def _to_sign(context: AgreementContext, partner: str, values: Values) -> list[Block]:
    """What they change, what holds, and the button to sign."""
    partnership, agreement = context.partnership, context.agreement
    changes: list[Block] = []
    if context.terms:
        found = differences(context.terms, context.with_goals_to_choose(parse(values)), names_of(context))
        changes.append(section("\n".join(["*What you change*", *(found or ["Nothing."])])))
    words = f"When you agree, {partner} is asked to read it and to sign it too, or to change it."
    if agreement and (in_force := agreement.in_force):
        words += f" Until you have both signed, what you signed on {day_of(in_force.signed_at)} holds."
    sign = button("I agree to this", SIGN_DRAFT, f"{partnership.id}:{context.seen}", style="primary")
    return [
        *changes,
        section(what_holds(partnership, context.programme)),
        section(f"{words} {PROMISE}"),
        actions(sign, _back(AgreementStep.EXPECTATIONS)),
    ]


def _back(step: AgreementStep) -> Any:
    return button("Back", AGREEMENT_STEP, step)


def _options(choices: Any) -> Sequence[Option]:
    return [Option(str(value), label) for value, label in choices.items()]


class AgreementSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    purpose: str = ""
    rhythm: MeetingRhythm | None = None
    minutes: int | None = None
    ways: tuple[MeetingMode, ...] = ()
    schedules: WhoSchedules | None = None
    hours: MeetingHours | None = None
    between: ContactBetween | None = None
    answer: AnswerWithin | None = None
    until: date | None = None
    mentee_brings: str = ""
    mentor_brings: str = ""
    feedback: str = ""
    off_limits: str = ""
    obstacles: str = ""
    review_on: date | None = None
    goals: tuple[str, ...] = ()
    reports: ReportTimes | None = None


def parse(values: Values) -> AgreementForm:
    """The form with the values of all steps, as a draft keeps them.

    Raises ValueError for input that the form cannot have sent; the message does not repeat it.
    """
    sent = AgreementSubmission.read(values)
    return AgreementForm(
        **{**sent.model_dump(), "ways": tuple(dict.fromkeys(sent.ways)), "goals": tuple(dict.fromkeys(sent.goals))}
    )


def values_of(form: AgreementForm | AgreementTerms) -> Values:
    """The form values of an agreement."""
    found: dict[str, str | list[str] | None] = {}
    for name in (name for step in FIELDS.values() for name in step):
        value = getattr(form, name)
        if isinstance(value, tuple):
            found[name] = [str(each) for each in value]
        else:
            found[name] = str(value) if value else None
    return found
