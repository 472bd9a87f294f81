"""Messages to applicants about their applications."""

from slack_sdk.models.blocks import Block

from mentoring.applications.application import Application, ApplicationState
from mentoring.applications.errors import CannotBeNamed
from mentoring.core.fields import FieldName
from mentoring.core.outcome import Notification
from mentoring.core.people import Ineligibility, ineligibility
from mentoring.notifications.context import NotificationContext
from messages.blocks import actions, button, section, small_print
from messages.errors import sentence_for
from messages.home import home_message
from messages.ids import OPEN_STATUS
from messages.next_steps import buttons, next_step, open_button, progress_of, to_do
from messages.notifications.preconditions import NotificationObsolete, open_application
from messages.owner_record import fields_in_words
from messages.payloads import Message, message
from messages.programmes.cohorts import day, takes_applications
from messages.text import mention
from messages.voice import Voice


def help(notification: Notification, context: NotificationContext) -> Message:
    """What is at Home."""
    if context.home is None:
        raise NotificationObsolete("no-programme")
    return home_message(context.home)


def received(notification: Notification, context: NotificationContext) -> Message:
    application = open_application(context)
    voice = Voice(context.programme)
    text = f"Your {voice.sent(application.role)} has arrived"
    return message(text, [section(f"*{text}. Thank you.*"), *_what_next(application, context)])


def changed(notification: Notification, context: NotificationContext) -> Message:
    application = open_application(context)
    text = f"Your {Voice(context.programme).sent(application.role)} has changed"
    progress = progress_of(application, context.own_matches, context.own_partnerships, context.programme)
    waits = not (progress.offers or progress.active or progress.over or progress.came_back)
    kept = f" It keeps its date, {day(application.sent_on)}." if waits else ""
    return message(text, [section(f"*{text}.*{kept}"), *_what_next(application, context)])


def withdrawn(notification: Notification, context: NotificationContext) -> Message:
    application = _withdrawn_application(context)
    voice = Voice(context.programme)
    text = f"Your {voice.sent(application.role)} is withdrawn"
    again = section(f"*{text}.* You can apply again whenever applications are open.")
    if not takes_applications(context.cohort, context.today):
        return message(text, [again])
    return message(text, [again, actions(open_button(application.role, context.programme))])


def corrected(notification: Notification, context: NotificationContext) -> Message:
    """To an applicant whose application an owner has corrected."""
    application = open_application(context)
    owner, fields = mention(notification.refs.get("by", "")), notification.refs.get("fields", "").split(",")
    text = f"Your {Voice(context.programme).sent(application.role)} was corrected"
    what = fields_in_words(fields)
    words = f"*{text}.* {owner} changed{f' your answers about {what}' if what else ' it'} for you."
    wrong = f"Is something wrong? Change it, or ask {owner}."
    return message(text, [section(f"{words} {wrong}"), *_what_next(application, context)])


def withdrawn_by_owner(notification: Notification, context: NotificationContext) -> Message:
    """To an applicant whose application an owner has withdrawn."""
    application = _withdrawn_application(context)
    owner = mention(notification.refs.get("by", ""))
    text = f"Your {Voice(context.programme).sent(application.role)} was withdrawn"
    words = f"*{text}.* {owner} withdrew it for you. Is that wrong? Ask {owner}."
    if not takes_applications(context.cohort, context.today):
        return message(text, [section(words)])
    again = f"{words} You can also apply again."
    return message(text, [section(again), actions(open_button(application.role, context.programme))])


def cannot_be_named(notification: Notification, context: NotificationContext) -> Message:
    """To an applicant who has named a person of whom Slack said only later that they cannot be named."""
    application, person = open_application(context), notification.refs.get("person", "")
    field = FieldName(notification.refs["field"])
    if (field, person) not in context.named:
        raise NotificationObsolete("changed-since")
    why = ineligibility(context.people[person], context.programme.admits)
    if why in (None, Ineligibility.UNKNOWN):
        raise NotificationObsolete("can-be-named")
    voice = Voice(context.programme)
    text = f"Please check your {voice.sent(application.role)}"
    chose = "as your manager" if field is FieldName.MANAGER else f"as the {voice.other(application.role)} you’d like"
    says = sentence_for(CannotBeNamed(field, person, why), context.programme)
    words = f"*{text}.* You chose {mention(person)} {chose}. {says}"
    return message(
        text, [section(words), actions(*buttons(application, context.programme, context.cohort, context.today))]
    )


def cannot_be_named_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """In the place of the question, once it is answered or no longer asks anything."""
    application = context.application
    if application is None or application.person != context.reader.id:
        raise NotificationObsolete("application-gone")
    withdrawn = application.state is ApplicationState.WITHDRAWN
    sent = f"your {Voice(context.programme).sent(application.role)}"
    text = f"Y{sent[1:]} is withdrawn" if withdrawn else f"You don’t need to check {sent} any more"
    return message(text, [section(f"*{text}.*"), actions(button("See your application", OPEN_STATUS))])


def _withdrawn_application(context: NotificationContext) -> Application:
    if context.application is None:
        raise NotificationObsolete("application-gone")
    if context.application.state is not ApplicationState.WITHDRAWN:
        raise NotificationObsolete("sent-again")
    return context.application


def _what_next(application: Application, context: NotificationContext) -> list[Block]:
    voice = Voice(context.programme)
    progress = progress_of(application, context.own_matches, context.own_partnerships, context.programme)
    next_ = next_step(progress, context.programme, context.cohort, context.today, context.reader)
    return [
        *([section(f"*What happens next*\n{next_}")] if next_ else []),
        *to_do(progress, context.programme, context.cohort, context.today, context.reader),
        actions(
            button("See your application", OPEN_STATUS),
            *buttons(application, context.programme, context.cohort, context.today, asked=len(progress.offers)),
        ),
        small_print(f"Questions? Ask {voice.contact}."),
    ]
