"""Lengths, rhythm and introductions: on the card, and in their forms."""

from collections.abc import Iterator
from typing import Annotated, Final

from pydantic import BeforeValidator, ConfigDict

from mentoring.core.fields import FieldName
from mentoring.core.lengths import Length, read_length
from mentoring.core.programmes import Programme
from mentoring.programmes.partnership_settings import (
    MOST_MEETINGS,
    MOST_PLACES,
    IntroductionsForm,
    PartnershipsForm,
    choosable_lengths,
)
from messages.forms import TICKED, Checkbox, Input, MultiSelect, Option, Select, Submission, Values
from messages.lengths import amount, choice, meets, span, times
from messages.text import plural
from messages.voice import Voice, capital

PARTNERSHIPS_TITLE: Final = "Length and rhythm"
INTRODUCTIONS_TITLE: Final = "Approval, introduction"
PAUSES: Final = (4, 8, 12, 16, 26, 52)
"""Choices for the weeks of a pause after which owners are asked."""
SERVICE: Final = (0, 3, 6, 12, 18, 24, 36)
"""Choices for the months that a mentor must have worked here."""
_AT_START: Final = "start"
_AT_ONCE: Final = "at-once"


def partnership_fields(programme: Programme) -> Iterator[Input]:
    voice = Voice(programme, marked=False)
    yield MultiSelect(
        block_id=FieldName.LENGTHS,
        label=f"How long can {voice.a_partnership} last?",
        hint="People choose one. Check-ins and reminders keep pace: six weeks have a check-in in week three.",
        options=[Option(length.code, capital(amount(length))) for length in choosable_lengths(programme)],
    )
    yield Select(
        block_id=FieldName.FIRST_MONTH,
        label="Meetings in the first month",
        hint="At least. If fewer are logged, we remind both people.",
        options=_numbers(range(1, MOST_MEETINGS + 1), programme.rhythm.first_month),
    )
    yield Select(
        block_id=FieldName.MONTHLY,
        label="Meetings in each month after that",
        hint="At least. We remind people once in two weeks at most.",
        options=_numbers(range(1, MOST_MEETINGS + 1), programme.rhythm.monthly),
    )
    service = sorted({*SERVICE, programme.service_months})
    yield Select(
        block_id=FieldName.SERVICE,
        label=f"Time here before someone can be {voice.a_mentor}",
        hint="Checked when people apply. Earlier applications stay as they are.",
        options=[Option(str(months), _service(months)) for months in service],
    )
    places = sorted({*range(1, MOST_PLACES + 1), programme.most_places})
    yield Select(
        block_id=FieldName.MOST_PLACES,
        label=f"Most {voice.mentees} for one {voice.mentor}",
        hint=f"Each {voice.mentor} chooses how many, up to this number.",
        options=[Option(str(number), str(number)) for number in places],
    )
    pauses = sorted({*PAUSES, programme.pause_weeks})
    yield Select(
        block_id=FieldName.PAUSE_WEEKS,
        label="When do we ask you about a pause?",
        hint="Two people can pause without giving a reason. If it takes longer than this, owners get a message.",
        options=[Option(str(weeks), f"After {span(Length(weeks=weeks))}") for weeks in pauses],
    )


def introduction_fields(programme: Programme) -> Iterator[Input]:
    yield Select(
        block_id=FieldName.APPROVALS,
        label="Who approves a match?",
        hint="Owners, and the committee if there is one. If only one of them can decide, one is enough.",
        options=[Option("2", "Two people"), Option("1", "One person")],
    )
    yield Checkbox(
        block_id=FieldName.ASK_FIRST,
        label="Ask people before we introduce them?",
        hint="Both answer in private, within seven days. If not ticked, we introduce them without asking.",
        text="Ask both people first",
        optional=True,
    )
    yield Select(
        block_id=FieldName.INTRODUCES,
        label="When are people introduced?",
        hint="After the round has started, we introduce people at once.",
        options=[
            Option(_AT_ONCE, "As soon as they are matched"),
            Option(_AT_START, "When the round starts"),
        ],
    )


def partnership_values(programme: Programme) -> Values:
    return {
        FieldName.LENGTHS: [length.code for length in programme.lengths],
        FieldName.FIRST_MONTH: str(programme.rhythm.first_month),
        FieldName.MONTHLY: str(programme.rhythm.monthly),
        FieldName.SERVICE: str(programme.service_months),
        FieldName.MOST_PLACES: str(programme.most_places),
        FieldName.PAUSE_WEEKS: str(programme.pause_weeks),
    }


def introduction_values(programme: Programme) -> Values:
    return {
        FieldName.APPROVALS: str(programme.approvals),
        FieldName.ASK_FIRST: [TICKED] if programme.ask_first else [],
        FieldName.INTRODUCES: _AT_START if programme.introduces_at_start else _AT_ONCE,
    }


def partnership_words(programme: Programme) -> str:
    """The settings in short, in mrkdwn."""
    voice = Voice(programme)
    if programme.service_months:
        service = f"{capital(voice.mentors)} need at least {span(Length(programme.service_months))} here."
    else:
        service = f"New people can be {voice.mentors} too."
    most = plural(programme.most_places, voice.mentee, voice.mentees)
    return (
        f"*{PARTNERSHIPS_TITLE}*\n{capital(voice.partnerships)} last {choice(programme.lengths)}.\n"
        f"People meet {meets(programme.rhythm)}.\n{service} One {voice.mentor} can have up to {most}.\n"
        f"We ask you about a pause of more than {span(Length(weeks=programme.pause_weeks))}."
    )


def approval_words(programme: Programme) -> str:
    """How many of the owners and the committee approve a match, in a sentence."""
    if programme.approvals == 1:
        return "One person approves each match."
    return "Two people approve each match, or one while only one can."


def introduction_words(programme: Programme) -> str:
    """The settings in short, in mrkdwn."""
    approve = approval_words(programme)
    if programme.ask_first:
        asks = "We ask people before we introduce them."
    else:
        asks = "We introduce people without asking them first."
    when = "when the round starts" if programme.introduces_at_start else "as soon as they are matched"
    return f"*{INTRODUCTIONS_TITLE}*\n{approve}\n{asks}\nPeople are introduced {when}."


class PartnershipsSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    lengths: tuple[Annotated[Length, BeforeValidator(lambda code: read_length(str(code)))], ...] = ()
    first_month: int
    monthly: int
    service: int
    most_places: int
    pause_weeks: int


class IntroductionsSubmission(Submission):
    approvals: int
    ask_first: tuple[str, ...] = ()
    introduces: str


def parse_partnerships(given: Values) -> PartnershipsForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = PartnershipsSubmission.model_validate(given)
    return PartnershipsForm(
        sent.lengths, sent.first_month, sent.monthly, sent.service, sent.most_places, sent.pause_weeks
    )


def parse_introductions(given: Values) -> IntroductionsForm:
    """Raises ValueError for input that the form cannot have sent; the message does not repeat it."""
    sent = IntroductionsSubmission.model_validate(given)
    return IntroductionsForm(sent.approvals, TICKED in sent.ask_first, sent.introduces == _AT_START)


def _numbers(numbers: range, current: int) -> list[Option]:
    return [Option(str(number), capital(times(number))) for number in sorted({*numbers, current})]


def _service(months: int) -> str:
    return capital(span(Length(months))) if months else "No minimum"
