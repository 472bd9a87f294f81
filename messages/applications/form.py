"""The application form and its reader, side by side (D1.1–D1.7, D2.12–D2.13)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from pydantic import ConfigDict
from slack_sdk.models.blocks import Block, DividerBlock

from mentoring.applications.application import (
    MOST_HOPES,
    MOST_LANGUAGES,
    MOST_PLACES,
    Application,
    ApplicationForm,
    MeetingMode,
    PrivateAnswers,
    Role,
    segment_for,
)
from mentoring.core.fields import FieldName
from mentoring.core.people import StaffRecord
from mentoring.core.programmes import EVERYBODY, Cohort, Programme
from messages.applications.wording import WAYS, expectations, service
from messages.blocks import context, fit, modal, section
from messages.forms import (
    TICKED,
    Checkbox,
    DateInput,
    FormMetadata,
    Input,
    MultiSelect,
    Offer,
    PersonPicker,
    Select,
    Submission,
    TextInput,
    Values,
)
from messages.ids import APPLICATION_FORM, LOOK_UP_PERSON
from messages.programmes.cohorts import described, invitation
from messages.text import plural
from messages.voice import Voice, capital

OWNERS_READ = "Only the programme owners read this."


def form(
    role: Role,
    programme: Programme,
    cohort: Cohort,
    values: Values,
    *,
    today: date,
    version: int = 0,
    restored: bool = False,
    known: bool = False,
) -> dict[str, Any]:
    """The form as a view, filled with `values`: `restored` when they are a draft, `known` when they come from the
    organisation's list. `today` is the applicant's own, `version` that of the application that was sent before.
    """
    blocks: list[Block] = [section(_introduction(role, programme, cohort, today))]
    if restored:
        blocks.append(context("We kept what you typed last time. It is all below."))
    blocks += [field.block(values) for field in _questions(role, programme)]
    if known and any(values.values()):
        blocks.append(context("What is filled in below comes from your organisation’s list; change what is not right."))
    blocks += [field.block(values) for field in _about_work(role, programme)]
    blocks.append(DividerBlock())
    blocks.append(section(expectations(programme, role)))
    blocks += [field.block(values) for field in _promises()]
    voice = Voice(programme, marked=False)
    title = (
        fit(f"Request {voice.a_mentor}", "Your request")
        if role is Role.MENTEE
        else fit(f"Volunteer as {voice.a_mentor}", "Volunteer")
    )
    meta = FormMetadata(form=role, version=version).dump()
    return modal(APPLICATION_FORM, title, blocks, submit="Send", close="Cancel", private_metadata=meta)


class ApplicationSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    topics: tuple[str, ...] = ()
    hopes: str = ""
    months: int = 0
    ways: tuple[MeetingMode, ...] = ()
    languages: str = ""
    department: str = ""
    grade: str = ""
    manager: str = ""
    wish: str = ""
    started_on: date | None = None
    places: int = 0
    expectations: tuple[str, ...] = ()
    supervisor: tuple[str, ...] = ()


def parse(role: Role, values: Values) -> ApplicationForm:
    """What was sent, as the rules take it; gaps are empty there, and the rules refuse them.

    Raises ValueError for what the form cannot have sent; the message does not repeat it.
    """
    sent = ApplicationSubmission.read(values)
    return ApplicationForm(
        role=role,
        topics=tuple(dict.fromkeys(sent.topics)),
        hopes=sent.hopes,
        months=sent.months,
        ways=tuple(way for way in MeetingMode if way in sent.ways),
        languages=sent.languages,
        department=sent.department,
        grade=sent.grade,
        manager=sent.manager,
        wish=sent.wish,
        started_on=sent.started_on if role is Role.MENTOR else None,
        places=sent.places if role is Role.MENTOR else 1,
        read_expectations=TICKED in sent.expectations,
        informed_supervisor=TICKED in sent.supervisor,
    )


def values_of(application: Application, confidence: PrivateAnswers | None) -> Values:
    """An application as its form had it, to be changed."""
    return {
        FieldName.TOPICS: list(application.topics),
        FieldName.HOPES: confidence.hopes if confidence else None,
        FieldName.MONTHS: str(application.months),
        FieldName.WAYS: [str(way) for way in application.ways],
        FieldName.LANGUAGES: application.languages,
        FieldName.DEPARTMENT: application.department or None,
        FieldName.GRADE: application.grade or None,
        FieldName.MANAGER: (confidence.manager or None) if confidence else None,
        FieldName.WISH: (confidence.wish or None) if confidence else None,
        FieldName.STARTED_ON: application.started_on.isoformat() if application.started_on else None,
        FieldName.PLACES: str(application.places),
        FieldName.EXPECTATIONS: [TICKED],
        FieldName.SUPERVISOR: [TICKED],
    }


def values_known(record: StaffRecord) -> Values:
    """What the organisation's list says of somebody, as the form has it."""
    return {
        FieldName.DEPARTMENT: record.department or None,
        FieldName.GRADE: record.grade or None,
        FieldName.MANAGER: record.manager or None,
        FieldName.STARTED_ON: record.started_on.isoformat() if record.started_on else None,
    }


def _introduction(role: Role, programme: Programme, cohort: Cohort, today: date) -> str:
    voice = Voice(programme)
    asked = f"ask for {voice.a_mentor}" if role is Role.MENTEE else f"offer to be {voice.a_mentor}"
    who = voice.mentees if role is Role.MENTEE else voice.mentors
    segment = segment_for(role, programme)
    meant = "" if segment == EVERYBODY else f"The programme is for {who} of {described(segment)}.\n"
    return (
        f"Here you can {asked}. It takes about five minutes. {invitation(cohort, today)}\n"
        f"{meant}If anything is unclear, ask {voice.contact}."
    )


def _questions(role: Role, programme: Programme) -> Iterator[Input]:
    voice = Voice(programme, marked=False)
    asks = role is Role.MENTEE
    both_read = _both_read(role, voice)
    if programme.topics:
        yield MultiSelect(
            block_id=FieldName.TOPICS,
            label="What would you like to talk about?" if asks else "What could you help with?",
            hint=f"Choose one or more. {both_read}",
            offers=_offers(programme.topics),
        )
    yield TextInput(
        block_id=FieldName.HOPES,
        label="What do you hope for?" if asks else "What would you like to offer?",
        hint=f"A few sentences are enough. {OWNERS_READ}",
        most=MOST_HOPES,
        lines=True,
    )
    least, most = programme.months
    yield Select(
        block_id=FieldName.MONTHS,
        label=f"How long should the {voice.partnership} last?",
        hint=f"What would suit you; the two of you agree on it together. {both_read}",
        offers=[Offer(str(months), plural(months, "month", "months")) for months in range(least, most + 1)],
    )
    yield MultiSelect(
        block_id=FieldName.WAYS,
        label="How do you like to meet?",
        hint=f"Choose one or more. {both_read}",
        offers=[Offer(way, words) for way, words in WAYS.items()],
    )
    yield TextInput(
        block_id=FieldName.LANGUAGES,
        label="Which languages are you at ease in?",
        hint=both_read,
        most=MOST_LANGUAGES,
        example="English, Welsh",
    )


def _about_work(role: Role, programme: Programme) -> Iterator[Input]:
    voice = Voice(programme, marked=False)
    asks = role is Role.MENTEE
    if programme.departments:
        yield Select(
            block_id=FieldName.DEPARTMENT,
            label="Your department",
            hint=_both_read(role, voice),
            offers=_offers(programme.departments),
        )
    if programme.grades:
        yield Select(block_id=FieldName.GRADE, label="Your grade", hint=OWNERS_READ, offers=_offers(programme.grades))
    if not asks:
        yield DateInput(
            block_id=FieldName.STARTED_ON,
            label="When did you start working here?",
            hint=f"{service(programme, voice)}{OWNERS_READ}",
        )
        yield Select(
            block_id=FieldName.PLACES,
            label=f"How many {voice.mentees} could you take on?",
            hint=OWNERS_READ,
            offers=[Offer(str(n), plural(n, voice.mentee, voice.mentees)) for n in range(1, MOST_PLACES + 1)],
        )
    yield PersonPicker(
        block_id=FieldName.MANAGER,
        label="Your manager",
        hint=(
            "Used only so that you are not matched within your own line of management. If your manager is not in this "
            f"workspace, choose the next person up who is. {OWNERS_READ}"
        ),
        looked_up_by=LOOK_UP_PERSON,
    )
    yield PersonPicker(
        block_id=FieldName.WISH,
        label=f"{capital(voice.a_mentor if asks else voice.a_mentee)} you have in mind",
        hint=f"If you would like to be matched with somebody in particular. {OWNERS_READ} The person is not told.",
        optional=True,
        looked_up_by=LOOK_UP_PERSON,
    )


def _promises() -> Iterator[Input]:
    known = "The programme owners know this of everyone who applies."
    yield Checkbox(
        block_id=FieldName.EXPECTATIONS,
        label="Your agreement",
        hint=known,
        says="I have read what is expected, and I accept it",
    )
    yield Checkbox(
        block_id=FieldName.SUPERVISOR,
        label="Your manager knows",
        hint=f"{known} We do not write to your manager.",
        says="I have told my manager that I am applying",
    )


def _both_read(role: Role, voice: Voice) -> str:
    return f"The programme owners read this, and so does the {voice.other(role)} proposed to you."


def _offers(words: tuple[str, ...]) -> list[Offer]:
    return [Offer(each, each) for each in words]
