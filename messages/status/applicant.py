"""The status of a person's applications."""

from collections.abc import Sequence
from datetime import date as Date

from slack_sdk.models.blocks import Block, DividerBlock

from mentoring.applications.application import Application, ApplicationState, PrivateAnswers, Role
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.matching.match import Match
from mentoring.partnerships.partnership import Partnership
from messages.applications.card import card, hopes_not_shared
from messages.applications.wording import AGREES, expectations
from messages.blocks import actions, button, fit, section, small_print
from messages.ids import OPEN_PARTNERSHIPS
from messages.leave import on_leave_line
from messages.next_steps import buttons, confirm_buttons, next_step, open_button, progress_of, to_do
from messages.payloads import Message, message
from messages.programmes.cohorts import day, invitation, takes_applications
from messages.voice import Voice, capital


def mine(
    programme: Programme,
    cohort: Cohort,
    applications: Sequence[tuple[Application, PrivateAnswers | None]],
    today: Date,
    matches: Sequence[Match] = (),
    partnerships: Sequence[Partnership] = (),
    reader: Person | None = None,
) -> Message:
    """The applications of a person and the next steps; `today` is their date, `reader` the person.

    `matches` and `partnerships` are all of theirs, in any state.
    """
    voice = Voice(programme)
    if not applications:
        text = "You haven’t applied for this round."
        blocks: list[Block] = [section(f"{text}\n{invitation(cohort, today, voice.contact)}")]
        if takes_applications(cohort, today):
            blocks.append(actions(*(open_button(role, programme) for role in Role)))
        return message(text, blocks)
    blocks = [section(on_leave_line(reader.leave))] if reader and reader.leave else []
    for application, private_answers in applications:
        blocks += [DividerBlock()] if application is not applications[0][0] else []
        blocks += _sent(application, private_answers, programme, cohort, today, matches, partnerships, reader)
    if partnerships and not any(partnership.is_active for partnership in partnerships):
        past = f"See past {Voice(programme, marked=False).partnerships}"
        blocks.append(actions(button(fit(past, "See your history"), OPEN_PARTNERSHIPS)))
    blocks.append(small_print(f"Questions? Ask {voice.contact}."))
    return message("Your application" if len(applications) == 1 else "Your applications", blocks)


def on_its_way(programme: Programme) -> Message:
    """The reply to an owner: the status comes as a direct message."""
    return message(f"I’m sending you the status of {Voice(programme).name} as a direct message.")


def _is_unshared(application: Application, private_answers: PrivateAnswers | None) -> bool:
    has_hopes = private_answers is not None and bool(private_answers.hopes) and not private_answers.hopes_shared
    return has_hopes and application.role is Role.MENTEE


def _sent(
    application: Application,
    private_answers: PrivateAnswers | None,
    programme: Programme,
    cohort: Cohort,
    today: Date,
    matches: Sequence[Match],
    partnerships: Sequence[Partnership],
    reader: Person | None,
) -> list[Block]:
    what = capital(f"your {Voice(programme).sent(application.role)}")
    progress = progress_of(application, matches, partnerships, programme)
    next_ = next_step(progress, programme, cohort, today, reader)
    if application.state is ApplicationState.WITHDRAWN:
        again = [open_button(application.role, programme)] if takes_applications(cohort, today) else []
        return [
            section(f"*{what}*\n{next_}"),
            *to_do(progress, programme, cohort, today, reader),
            *([actions(*again)] if again else []),
        ]
    is_sent = application.state is ApplicationState.OPEN
    sent_on = f"Sent on {day(application.sent_on)}. " if is_sent else ""
    blocks: list[Block] = [
        section(f"*{what}*\n{sent_on}{next_}"),
        *to_do(progress, programme, cohort, today, reader),
    ]
    if progress.is_taken_up:
        return blocks
    if not is_sent:
        return [
            *blocks,
            *card(application, private_answers, programme),
            *_to_confirm(application, programme, cohort, today),
        ]
    return [
        *blocks,
        *card(application, private_answers, programme),
        *([hopes_not_shared(application, programme)] if _is_unshared(application, private_answers) else []),
        actions(*buttons(application, programme, cohort, today, asked=len(progress.offers))),
    ]


def _to_confirm(application: Application, programme: Programme, cohort: Cohort, today: Date) -> list[Block]:
    """The expectations and the buttons below an application that its author has not confirmed."""
    if not takes_applications(cohort, today):
        return []
    return [
        section(f"{expectations(programme, application.role)}\n{AGREES}"),
        actions(*confirm_buttons(application, programme)),
    ]
