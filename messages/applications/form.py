"""The application form and its parser (D1.1–D1.7, D2.12–D2.13)."""

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, ConfigDict
from slack_sdk.models.blocks import Block, DividerBlock

from mentoring.applications.application import (
    MOST_CHOSEN_LANGUAGES,
    MOST_HOPES,
    MOST_LANGUAGES,
    NOT_LISTED,
    Application,
    ApplicationForm,
    ApplicationState,
    MeetingMode,
    PrivateAnswers,
    Role,
)
from mentoring.core.fields import FieldName
from mentoring.core.languages import names, read_languages, spelled
from mentoring.core.lengths import Length, read_length
from mentoring.core.people import StaffRecord
from mentoring.core.programmes import Cohort, Programme
from messages.applications.wording import OTHER_LANGUAGE, WAYS, expectations, language_groups, open_to, service
from messages.blocks import fit, modal, section, small_print
from messages.forms import (
    TICKED,
    Checkbox,
    DateInput,
    FormMetadata,
    GroupedMultiSelect,
    GroupedSelect,
    Input,
    MultiSelect,
    Option,
    PersonPicker,
    Select,
    Submission,
    TextInput,
    Values,
)
from messages.ids import APPLICATION_FORM, CORRECTION_FORM, LOOK_UP_PERSON, WAITING_VIEW
from messages.lengths import amount
from messages.payloads import limits
from messages.programmes.cohorts import day, invitation
from messages.text import join, mention, plural
from messages.voice import Voice, capital

AT_LEAST_ONE = "Choose at least one."


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
    like_other: bool = False,
    entered: bool = False,
    invited: bool = False,
    sent_on: date | None = None,
) -> dict[str, Any]:
    """The form as a view, filled with `values`.

    `restored` says that they are a draft, `known` that they come from the staff record, `like_other` that some come
    from the person's other application, `entered` that the owners have entered them, `invited` that some are suggested
    to a person who was invited, whom it asks for both promises in one. `today` is the applicant's; `version` is that of
    the current application, and `sent_on` its date if it is open.
    """
    values = with_languages(values)
    blocks: list[Block] = [section(_introduction(role, programme, cohort, today, sent_on, invited=invited))]
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    elif like_other:
        blocks.append(small_print("We filled in what your other application says. Change anything that’s different."))
    elif entered:
        blocks.append(small_print("The programme owners have entered what they know. Check it and add what’s missing."))
    elif invited:
        blocks.append(small_print("We filled in what we can, and suggest the rest. Change anything that’s different."))
    blocks += [field.block(values) for field in written_questions(role, programme)]
    if known and any(values.values()):
        blocks.append(
            small_print(
                "We filled in the answers below from your organisation’s records. Change anything that’s wrong."
            )
        )
    blocks += [field.block(values) for field in work_questions(role, programme)]
    blocks.append(DividerBlock())
    blocks.append(section(expectations(programme, role)))
    blocks += [field.block(values) for field in (_promises() if not invited else _both_promises())]
    title = "Change your application" if sent_on else _title(role, programme)
    meta = FormMetadata(
        form=role,
        version=version,
        shares_hopes=role is Role.MENTEE,
        names_committee=programme.has_committee,
        invited=invited,
    ).dump()
    return modal(APPLICATION_FORM, title, blocks, submit="Send", close="Cancel", private_metadata=meta)


def _offered(chosen: tuple[str, ...] | str) -> tuple[str, ...] | str:
    if isinstance(chosen, tuple) and not set(chosen) <= {*names(), OTHER_LANGUAGE}:
        raise ValueError("not a language that is offered")
    return chosen


def waiting(role: Role, programme: Programme) -> dict[str, Any]:
    """In place of the form, while Slack is asked who the person is."""
    words = "*One moment …* I’m asking Slack who you are. The form opens here."
    return modal(WAITING_VIEW, _title(role, programme), [section(words)])


def _title(role: Role, programme: Programme) -> str:
    voice = Voice(programme, marked=False)
    if role is Role.MENTEE:
        return fit(f"Request {voice.a_mentor}", "Your application")
    return fit(f"Volunteer as {voice.a_mentor}", "Volunteer")


def correction_form(
    application: Application, programme: Programme, values: Values, *, restored: bool, root: str, below: str
) -> dict[str, Any]:
    """The form in which an owner corrects the application of somebody else, filled with `values`.

    `restored` says that they are a draft. `root` is the id of the application's view, on which the form lies, and
    `below` what is below that.
    """
    role, who = application.role, mention(application.person)
    values = with_languages(values)
    words = (
        f"*You’re correcting the application of {who}.* The questions are as {who} reads them. Change only what they "
        f"asked you to. They get a message that says what you changed, and it is recorded."
    )
    blocks: list[Block] = [section(words)]
    if restored:
        blocks.append(small_print("We saved what you typed last time."))
    blocks += [field.block(values) for field in (*written_questions(role, programme), *work_questions(role, programme))]
    meta = FormMetadata(form=role, version=application.version, about=application.person, root=root, below=below)
    return modal(
        CORRECTION_FORM, "Correct application", blocks, submit="Save", close="Go back", private_metadata=meta.dump()
    )


def _length(code: Any) -> Any:
    return read_length(code) if isinstance(code, str) else code


class ApplicationSubmission(Submission):
    model_config = ConfigDict(str_strip_whitespace=True)

    topics: tuple[str, ...] = ()
    hopes: str = ""
    months: Annotated[Length, BeforeValidator(_length)] = Length()
    ways: tuple[MeetingMode, ...] = ()
    languages: Annotated[tuple[str, ...] | str, AfterValidator(_offered)] = ()
    other_languages: str = ""
    department: str = ""
    grade: str = ""
    manager: str = ""
    no_manager: tuple[str, ...] = ()
    wish: str = ""
    started_on: date | None = None
    places: int = 0
    expectations: tuple[str, ...] = ()
    supervisor: tuple[str, ...] = ()


def parse(role: Role, values: Values, *, invited: bool = False) -> ApplicationForm:
    """The input as the rules take it; empty fields are empty values, which the rules refuse. `invited`: the form asks
    for both promises in one.

    Raises ValueError for input that the form cannot have sent; the message does not repeat it.
    """
    sent = ApplicationSubmission.read(values)
    return ApplicationForm(
        role=role,
        topics=tuple(dict.fromkeys(sent.topics)),
        hopes=sent.hopes,
        months=sent.months.months,
        weeks=sent.months.weeks,
        ways=tuple(way for way in WAYS if way in sent.ways),
        languages=_languages(sent),
        department=sent.department,
        grade=sent.grade,
        manager=sent.manager,
        no_manager=TICKED in sent.no_manager,
        wish=sent.wish,
        started_on=sent.started_on if role is Role.MENTOR else None,
        places=sent.places if role is Role.MENTOR else 1,
        read_expectations=TICKED in sent.expectations,
        informed_supervisor=invited or TICKED in sent.supervisor,
    )


def values_of(application: Application, private_answers: PrivateAnswers | None) -> Values:
    """The form values of an application, to change it."""
    return {
        FieldName.TOPICS: list(application.topics),
        FieldName.HOPES: private_answers.hopes if private_answers else None,
        FieldName.MONTHS: application.length.code if application.length != Length() else None,
        FieldName.WAYS: [str(way) for way in application.ways],
        **_language_values(application.languages),
        FieldName.DEPARTMENT: application.department or None,
        FieldName.GRADE: application.grade or None,
        FieldName.MANAGER: (private_answers.manager or None) if private_answers else None,
        FieldName.NO_MANAGER: [TICKED] if private_answers and private_answers.no_manager else None,
        FieldName.WISH: (private_answers.wish or None) if private_answers else None,
        FieldName.STARTED_ON: application.started_on.isoformat() if application.started_on else None,
        FieldName.PLACES: str(application.places),
        **dict.fromkeys((FieldName.EXPECTATIONS, FieldName.SUPERVISOR), _promised(application)),
    }


def _promised(application: Application) -> list[str] | None:
    """Both promises are ticked unless they are still to be made."""
    return None if application.state is ApplicationState.UNCONFIRMED else [TICKED]


def values_of_other(application: Application, private_answers: PrivateAnswers | None, role: Role) -> Values:
    """The form values that another application of a person gives for a form in this role: what does not depend on the
    role and, if it is the same role in another round or programme, what it says of topics and places.

    They are asked again what they hope for and whom they would like.
    """
    same = [FieldName.MONTHS, FieldName.WAYS, FieldName.LANGUAGES, FieldName.OTHER_LANGUAGES]
    same += [FieldName.DEPARTMENT, FieldName.GRADE, FieldName.MANAGER, FieldName.NO_MANAGER]
    if application.role is role:
        same += [FieldName.TOPICS, FieldName.STARTED_ON, FieldName.PLACES]
    values = values_of(application, private_answers)
    return {name: values[name] for name in same}


def with_languages(values: Values) -> Values:
    """The values with languages as codes: a draft may be of a version that asked for them in words."""
    typed = values.get(FieldName.LANGUAGES)
    if not isinstance(typed, str):
        return values
    return {
        **values,
        **_language_values(", ".join(filter(None, (typed, _text(values.get(FieldName.OTHER_LANGUAGES)))))),
    }


def _text(value: str | list[str] | None) -> str:
    return value if isinstance(value, str) else ""


def _language_values(languages: str) -> Values:
    """The codes of the languages that a text names, and what is left of it."""
    codes, others = read_languages(languages)
    chosen = list(codes) or ([OTHER_LANGUAGE] if others else None)
    return {FieldName.LANGUAGES: chosen, FieldName.OTHER_LANGUAGES: others or None}


def _languages(sent: ApplicationSubmission) -> str:
    """The names of the languages, and what else was typed."""
    if isinstance(sent.languages, str):  # a form of the version that asked for them in words
        return ", ".join(filter(None, (sent.languages, sent.other_languages)))
    return spelled([code for code in dict.fromkeys(sent.languages) if code != OTHER_LANGUAGE], sent.other_languages)


def values_known(record: StaffRecord) -> Values:
    """The form values known from a person's staff record."""
    return {
        FieldName.DEPARTMENT: record.department or None,
        FieldName.GRADE: record.grade or None,
        FieldName.MANAGER: record.manager or None,
        FieldName.STARTED_ON: record.started_on.isoformat() if record.started_on else None,
        **(_language_values(record.languages) if record.languages else {}),
    }


def values_suggested(role: Role, programme: Programme, topic: str) -> Values:
    """What is suggested to a person who was invited and chose this topic, or "": all that the form asks for and nobody
    knows. They read English, since they read this.
    """
    hopes = f"I’d like to talk about: {topic}." if role is Role.MENTEE else f"I can help with: {topic}."
    return {
        FieldName.TOPICS: [topic] if topic else None,
        FieldName.HOPES: hopes if topic else None,
        FieldName.MONTHS: programme.lengths[0].code,
        FieldName.WAYS: [str(way) for way in WAYS],
        FieldName.LANGUAGES: ["en"],
        FieldName.PLACES: "1",
    }


def _introduction(
    role: Role, programme: Programme, cohort: Cohort, today: date, sent_on: date | None, *, invited: bool
) -> str:
    voice = Voice(programme)
    questions = f"Questions? Ask {voice.contact}."
    if sent_on:
        start = f"Change anything below. Your application keeps its date, {day(sent_on)}."
        return f"{start}\n{_who_sees(role, programme)}\n{questions}"
    tell = (
        f"Tell us what you’d like from {voice.a_mentor}."
        if role is Role.MENTEE
        else f"Tell us what you can offer as {voice.a_mentor}."
    )
    long = "Check it, agree and send it." if invited else "It takes five minutes."
    start = f"{tell} {long} {open_to(programme, role)} {invitation(cohort, today)}"
    return f"{start}\n{_who_sees(role, programme)}\n{questions}"


def _who_sees(role: Role, programme: Programme) -> str:
    voice = Voice(programme)
    facts = ["topics", "length", "ways to meet", "languages", *(["department"] if programme.departments else [])]
    hopes = ["what you hope for"] if role is Role.MENTEE else []
    seen = f"your {join([*facts, *hopes])}"
    one, many = (voice.a_mentor, voice.mentors) if role is Role.MENTEE else (voice.a_mentee, voice.mentees)
    return (
        f"*Who sees your answers?* {capital(voice.approvers)} see all of them. {capital(one)} we suggest to you sees "
        f"{seen}. Answers marked “{voice.only_approvers}” are not shown to {many}."
    )


def written_questions(role: Role, programme: Programme) -> Iterator[Input]:
    voice = Voice(programme, marked=False)
    only = f"{voice.only_approvers}."
    asks, sees = role is Role.MENTEE, f"{capital(voice.a_mentor)} we suggest to you sees this too."
    together = " The two of you can agree on another end later." if programme.has_agreements else ""
    if programme.topics:
        yield MultiSelect(
            block_id=FieldName.TOPICS,
            label="What would you like to talk about?" if asks else "What can you help with?",
            hint=f"{AT_LEAST_ONE} Is yours missing? Ask the programme owners to add it.",
            options=_options(programme.topics),
        )
    yield TextInput(
        block_id=FieldName.HOPES,
        label="What do you hope to get from mentoring?" if asks else f"What can you offer as {voice.a_mentor}?",
        hint=f"Two or three sentences. {sees if asks else only}",
        most=MOST_HOPES,
        lines=True,
    )
    yield Select(
        block_id=FieldName.MONTHS,
        label="How long would you like it to last?",
        hint=f"If your {voice.other(role)} chooses a shorter time, that counts.{together}",
        options=[Option(length.code, amount(length)) for length in programme.lengths],
    )
    yield MultiSelect(
        block_id=FieldName.WAYS,
        label="How would you like to meet?",
        hint=AT_LEAST_ONE,
        options=[Option(way, words) for way, words in WAYS.items()],
    )
    yield GroupedMultiSelect(
        block_id=FieldName.LANGUAGES,
        label="Which languages can you talk in?",
        hint=AT_LEAST_ONE,
        groups=language_groups(programme.country),
        most=MOST_CHOSEN_LANGUAGES,
    )
    yield TextInput(
        block_id=FieldName.OTHER_LANGUAGES,
        label="Another language?",
        hint="Only if it isn’t on the list.",
        most=MOST_LANGUAGES,
        optional=True,
    )


def work_questions(role: Role, programme: Programme) -> Iterator[Input]:
    voice = Voice(programme, marked=False)
    asks, only = role is Role.MENTEE, f"{voice.only_approvers}."
    if programme.departments:
        yield _own(FieldName.DEPARTMENT, "Your department", programme.departments)
    if programme.grades:
        yield _own(FieldName.GRADE, "Your grade", programme.grades, only)
    if not asks:
        yield DateInput(
            block_id=FieldName.STARTED_ON,
            label="When did you start working here?",
            hint=f"{service(programme, voice)}{only}",
            optional=programme.service_months < 1,
        )
        yield Select(
            block_id=FieldName.PLACES,
            label=f"How many {voice.mentees} can you support at once?",
            hint=only,
            options=[
                Option(str(n), plural(n, voice.mentee, voice.mentees)) for n in range(1, programme.most_places + 1)
            ],
        )
    yield PersonPicker(
        block_id=FieldName.MANAGER,
        label="Your manager",
        hint=(f"Helps us avoid a match in your line of management. Not in Slack? Choose the next manager up. {only}"),
        optional=True,
        looked_up_by=LOOK_UP_PERSON,
    )
    yield Checkbox(
        block_id=FieldName.NO_MANAGER,
        label="No manager to choose?",
        hint=only,
        text="No one is above me, or no one above me is in Slack",
        optional=True,
    )
    yield PersonPicker(
        block_id=FieldName.WISH,
        label=f"Is there {voice.a_mentor} you’d like?" if asks else f"Is there {voice.a_mentee} you’d like?",
        hint=f"{only} We don’t tell them.",
        optional=True,
        looked_up_by=LOOK_UP_PERSON,
    )


def _promises() -> Iterator[Input]:
    yield Checkbox(
        block_id=FieldName.EXPECTATIONS,
        label="Your agreement",
        text="I’ve read this and I agree",
    )
    yield Checkbox(
        block_id=FieldName.SUPERVISOR,
        label="Your manager knows",
        hint="We don’t contact your manager.",
        text="I’ve told my manager I’m applying, or I have none",
    )


def _both_promises() -> Iterator[Input]:
    """In one, for a person who was invited and can then apply without typing."""
    yield Checkbox(
        block_id=FieldName.EXPECTATIONS,
        label="Your agreement",
        hint="We don’t contact your manager.",
        text="I’ve read this and I agree. My manager knows, or I have none",
    )


def _own(field: FieldName, label: str, listed: tuple[str, ...], hint: str = "") -> Input:
    """A choice from the programme's list, or that one's own is not in it."""
    options, other = _options(listed), [Option(NOT_LISTED, "Mine isn’t on this list")]
    if NOT_LISTED in listed:
        return Select(block_id=field, label=label, hint=hint, options=options)
    if len(listed) < limits.OPTIONS:
        return Select(block_id=field, label=label, hint=hint, options=[*options, *other])
    groups = ((f"{label}s", options), ("Other", other))
    return GroupedSelect(block_id=field, label=label, hint=hint, groups=groups)


def _options(words: tuple[str, ...]) -> list[Option]:
    return [Option(each, each) for each in words]
