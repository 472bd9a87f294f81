"""What each two people can use besides meeting, and what they could talk about: on the card, and in its form."""

from collections.abc import Iterator
from typing import Final

from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.programmes.extras import MOST_IN_GUIDE, ExtrasForm
from messages.agenda.guides import guides_of
from messages.forms import TICKED, Checkbox, Input, Submission, TextInput, Values
from messages.payloads import limits
from messages.programmes.lines import Lines
from messages.text import join
from messages.voice import Voice, capital

EXTRAS_TITLE: Final = "Forms for two"


def extra_fields(programme: Programme) -> Iterator[Input]:
    voice = Voice(programme, marked=False)
    yield Checkbox(
        block_id=FieldName.PLANS,
        label="Plan and goals",
        hint=f"Only the {voice.mentee} sees the plan, and can share it. Owners are never shown any of it.",
        text=f"{capital(voice.mentees)} can write a plan",
        optional=True,
    )
    yield Checkbox(
        block_id=FieldName.AGREEMENTS,
        label="Agreements",
        hint="Only the two people read it. Their end date and our reminders follow it, within the programme’s limits.",
        text="Two partners can write an agreement, which both sign",
        optional=True,
    )
    yield Checkbox(
        block_id=FieldName.REPORTS,
        label="Progress reports",
        hint="Only the two people read one, and a person they both choose. Owners never see it otherwise.",
        text="Two partners can write progress reports",
        optional=True,
    )

    first, other, last = guides_of(Programme(id="", name=""))
    for name, label, own in (
        (FieldName.FIRST_GUIDE, "Guide for the first meeting", first),
        (FieldName.MEETING_GUIDE, "Guide for every other meeting", other),
        (FieldName.LAST_GUIDE, "Guide for the last meeting", last),
    ):
        yield TextInput(
            block_id=name,
            label=label,
            hint=f"One step per line, up to {MOST_IN_GUIDE}. Leave empty for our own: “{own[0]}” and so on.",
            most=limits.TYPED,
            lines=True,
            optional=True,
        )


def extra_values(programme: Programme) -> Values:
    return {
        FieldName.PLANS: [TICKED] if programme.has_plans else [],
        FieldName.AGREEMENTS: [TICKED] if programme.has_agreements else [],
        FieldName.REPORTS: [TICKED] if programme.has_reports else [],
        FieldName.FIRST_GUIDE: "\n".join(programme.first_guide) or None,
        FieldName.MEETING_GUIDE: "\n".join(programme.meeting_guide) or None,
        FieldName.LAST_GUIDE: "\n".join(programme.last_guide) or None,
    }


def extra_words(programme: Programme) -> str:
    """The settings in short, in mrkdwn."""
    voice = Voice(programme)
    if programme.has_plans:
        plans = f"On. {capital(voice.mentees)} can write where they stand and up to three goals, and share it."
    else:
        plans = "Off."
    agreements = "On. Two partners can write an agreement, which both sign." if programme.has_agreements else "Off."
    reports = "On. Two partners can write one page about what they did." if programme.has_reports else "Off."
    own = [
        name
        for name, lines in (
            ("first meeting", programme.first_guide),
            ("every other meeting", programme.meeting_guide),
            ("last meeting", programme.last_guide),
        )
        if lines
    ]
    guides = f"Your own for the {join(own)}." if own else "Ours."
    return (
        f"*{EXTRAS_TITLE}*\n*Plan and goals*: {plans}\n*Agreements*: {agreements}\n*Progress reports*: {reports}\n"
        f"*Guides for meetings*: {guides}"
    )


class ExtrasSubmission(Submission):
    plans: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    first_guide: Lines = ()
    meeting_guide: Lines = ()
    last_guide: Lines = ()


def parse_extras(given: Values) -> ExtrasForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = ExtrasSubmission.model_validate(given)
    return ExtrasForm(
        has_plans=TICKED in sent.plans,
        has_agreements=TICKED in sent.agreements,
        has_reports=TICKED in sent.reports,
        first_guide=sent.first_guide,
        meeting_guide=sent.meeting_guide,
        last_guide=sent.last_guide,
    )
