"""Messages about help in confidence. What the person wrote is in none of them: it is read in Slack's dialog."""

from mentoring.cases.case import AGAIN, ASKED, Case, CaseState
from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from messages.blocks import actions, section, small_print
from messages.cases.view import KEEP_IT, case_buttons, read_button, standing
from messages.notifications.preconditions import NotificationObsolete
from messages.payloads import Message, message
from messages.text import mention


def case_opened(notification: Notification, context: NotificationContext) -> Message:
    """To a person who is asked."""
    case = context.case
    if case is None or context.reader.id not in case.asked:
        raise NotificationObsolete("case-gone")
    text = "Someone asks you for help, in confidence"
    asks = f"*{mention(case.person)} asks you for help, in confidence.* {standing(case)}"
    is_second = context.reader.id == case.second and case.contact
    if is_second and case.state is CaseState.OPEN:
        asks += f" {mention(case.contact)} was asked first and hasn’t answered yet."
    buttons = [] if case.is_closed else [read_button(case), *case_buttons(case)]
    return message(text, [section(asks), *([actions(*buttons)] if buttons else []), small_print(KEEP_IT)])


def case_opened_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """Once the person was erased."""
    text = "Someone asked you for help"
    return message(text, [section(f"*{text}.* There is nothing left to do.")])


def case_sent(notification: Notification, context: NotificationContext) -> Message:
    """The receipt for the person who asks."""
    case = _own(context)
    text = "I’ve passed it on"
    words = f"*{text}* to {mention(case.contact)}, and to nobody else. They’ll message you."
    later = "If they don’t answer within two working days, I ask a second person if there is one, and tell you."
    return message(text, [section(words), small_print(later)])


def case_passed_on(notification: Notification, context: NotificationContext) -> Message:
    """To the person who asked: a second one is asked now, or there is none."""
    case = _own(context)
    if case.state is not CaseState.OPEN:
        raise NotificationObsolete("answered")
    if asked := notification.refs.get(ASKED):
        return _nobody_else(case, asked_again=asked == AGAIN)
    text = "I’ve asked a second person to help you"
    first = f"{mention(case.contact)} hasn’t answered yet, so " if case.contact else ""
    words = f"{first}I’ve also asked {mention(case.second)}. They’ll message you."
    return message(text, [section(words)])


def _nobody_else(case: Case, *, asked_again: bool) -> Message:
    text = "I can’t ask a second person"
    words = f"*{text}.* Everyone else is away, or close to you. "
    if asked_again:
        words += f"{mention(case.contact)} hasn’t answered yet, and I’ve asked them again."
    else:
        words += f"{mention(case.contact)} can’t help any more. Talk to somebody outside the programme whom you trust."
    return message(text, [section(words)])


def _own(context: NotificationContext) -> Case:
    case = context.case
    if case is None or context.reader.id != case.person:
        raise NotificationObsolete("case-gone")
    return case
