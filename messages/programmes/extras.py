"""What each two people can use besides meeting: on the card, and in its form."""

from collections.abc import Iterator
from typing import Final

from mentoring.core.fields import FieldName
from mentoring.core.programmes import Programme
from mentoring.programmes.extras import ExtrasForm
from messages.forms import TICKED, Checkbox, Input, Submission, Values
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
        hint="Only the two people read one, and whoever both choose. Owners are never shown any of it otherwise.",
        text="Two partners can write progress reports",
        optional=True,
    )


def extra_values(programme: Programme) -> Values:
    return {
        FieldName.PLANS: [TICKED] if programme.has_plans else [],
        FieldName.AGREEMENTS: [TICKED] if programme.has_agreements else [],
        FieldName.REPORTS: [TICKED] if programme.has_reports else [],
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
    return f"*{EXTRAS_TITLE}*\n*Plan and goals*: {plans}\n*Agreements*: {agreements}\n*Progress reports*: {reports}"


class ExtrasSubmission(Submission):
    plans: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()


def parse_extras(given: Values) -> ExtrasForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = ExtrasSubmission.model_validate(given)
    return ExtrasForm(
        has_plans=TICKED in sent.plans,
        has_agreements=TICKED in sent.agreements,
        has_reports=TICKED in sent.reports,
    )
