"""Messages to people about what was entered for them: applications and partnerships that already run (D0.4)."""

from slack_sdk.models.blocks import Block

from mentoring.applications.application import Application, ApplicationState
from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.partnership import Partnership
from messages.agreements.view import agreement_buttons
from messages.applications.card import card
from messages.applications.wording import AGREES, expectations
from messages.blocks import actions, button, section, small_print
from messages.ids import OPEN_STATUS
from messages.next_steps import confirm_buttons
from messages.notifications.preconditions import NotificationObsolete, partnership_of
from messages.partnerships.buttons import log_button, see_button
from messages.payloads import Message, message
from messages.programmes.cohorts import Phase, day, days, phase, takes_applications, weekday
from messages.text import mention, plural
from messages.voice import Voice, capital


def application(notification: Notification, context: NotificationContext) -> Message:
    """To the person for whom it was entered: what it says, without the private answers, and the button to confirm."""
    entered = _own(context)
    if entered.state is not ApplicationState.UNCONFIRMED:
        raise NotificationObsolete("confirmed" if entered.state is ApplicationState.OPEN else "withdrawn-since")
    if not takes_applications(context.cohort, context.today) or entered.cohort_id != context.cohort.id:
        raise NotificationObsolete("round-over")
    voice = Voice(context.programme)
    text = f"Please confirm your {voice.sent(entered.role)}"
    words = (
        f"*{text}.* The programme owners have entered it for you in {voice.name}. It counts once you confirm it. "
        f"{_until(context)}"
    )
    blocks: list[Block] = [
        section(words),
        *card(entered, None, context.programme),
        section(f"{expectations(context.programme, entered.role)}\n{AGREES}"),
        actions(*confirm_buttons(entered, context.programme), button("See your application", OPEN_STATUS)),
        small_print(f"Answers for {voice.approvers} only are not shown here. Questions? Ask {voice.contact}."),
    ]
    return message(text, blocks)


def _until(context: NotificationContext) -> str:
    cohort = context.cohort
    if phase(cohort, context.today) is Phase.OPEN:
        return f"Please confirm by {weekday(cohort.apply_by)}."
    return f"Applications closed on {day(cohort.apply_by)}. Confirm to join the waiting list for the next round."


def application_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """In the place of the question: what became of the application."""
    entered = _own(context)
    sent = f"Your {Voice(context.programme).sent(entered.role)}"
    match entered.state:
        case ApplicationState.OPEN:
            text = f"{sent} counts"
        case ApplicationState.WITHDRAWN:
            text = f"{sent} is withdrawn"
        case _:
            text = f"{sent} was not confirmed, and the round is over"
    return message(text, [section(f"*{text}.*"), actions(button("See your application", OPEN_STATUS))])


def _own(context: NotificationContext) -> Application:
    if context.application is None or context.application.person != context.reader.id:
        raise NotificationObsolete("application-gone")
    return context.application


def partnership(notification: Notification, context: NotificationContext) -> Message:
    """To both people in one conversation: their partnership goes on here, and what they can expect."""
    found = partnership_of(context)
    if not found.is_active:
        raise NotificationObsolete("partnership-over")
    voice = Voice(context.programme)
    text = f"{mention(found.mentee)} and {mention(found.mentor)}, your {voice.partnership} is now here"
    lasts = f"It runs from {days(found.started_on, found.ends_on)}."
    met = ""
    if found.last_met_before:
        times = plural(found.met_before, "meeting", "meetings")
        met = f" So far you’ve had {times}, the last on {day(found.last_met_before)}."
    return message(
        text,
        [
            section(f"*{text}.* The programme owners have added it to {voice.name}. {lasts}{met}"),
            section(_from_now_on(found, voice)),
            actions(
                log_button(found.id),
                *agreement_buttons(found, context.programme),
                see_button(found.id, context.programme),
            ),
            small_print(
                "I don’t read what you write here, and from now on I’ll write to each of you separately. If something "
                f"isn’t right, ask {voice.contact}."
            ),
        ],
    )


def _from_now_on(found: Partnership, voice: Voice) -> str:
    asked = "a short check-in part-way through and a closing survey" if found.has_check_in else "a closing survey"
    return (
        "*From now on*\n"
        f"• Log each meeting. It takes a minute. {capital(voice.meeting_readers)} see totals and when you last met, "
        "never your notes.\n"
        "• If you haven’t met for four weeks, I’ll remind you.\n"
        f"• I’ll send each of you {asked} at the end.\n"
        "• Either of you can end it at any time, without giving a reason."
    )
