"""To people about what they sent."""

from slack_sdk.models.blocks import Block

from mentoring.applications.application import Application, ApplicationState
from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from messages import help as helping
from messages.blocks import actions, button, context, section
from messages.help import buttons, open_button
from messages.ids import OPEN_STATUS
from messages.next_steps import next_step, progress_of, to_do
from messages.notifications.preconditions import NotificationObsolete, open_application
from messages.payloads import Message, message
from messages.programmes.cohorts import day, takes_applications
from messages.voice import Voice


def help(notification: Notification, scene: NotificationContext) -> Message:
    """What they can do now."""
    return helping.help(
        scene.programme,
        scene.cohort,
        scene.is_owner,
        scene.applications,
        scene.today,
        scene.own,
        scene.people,
    )


def received(notification: Notification, scene: NotificationContext) -> Message:
    application = open_application(scene)
    voice = Voice(scene.programme)
    text = f"Your {voice.sent(application.role)} has arrived"
    return message(text, [section(f"*{text}. Thank you.*"), *_what_next(application, scene)])


def changed(notification: Notification, scene: NotificationContext) -> Message:
    application = open_application(scene)
    text = f"Your {Voice(scene.programme).sent(application.role)} has changed"
    place = progress_of(application, scene.asked, scene.own)
    waits = not (place.offers or place.active or place.over or place.came_back)
    kept = f" It keeps its date, {day(application.sent_on)}." if waits else ""
    return message(text, [section(f"*{text}.*{kept}"), *_what_next(application, scene)])


def withdrawn(notification: Notification, scene: NotificationContext) -> Message:
    application = scene.application
    if application is None:
        raise NotificationObsolete("application-gone")
    if application.state is not ApplicationState.WITHDRAWN:
        raise NotificationObsolete("sent-again")
    voice = Voice(scene.programme)
    text = f"Your {voice.sent(application.role)} is withdrawn"
    again = section(f"*{text}.* You can apply again whenever applications are open.")
    if not takes_applications(scene.cohort, scene.today):
        return message(text, [again])
    return message(text, [again, actions(open_button(application.role, scene.programme))])


def _what_next(application: Application, scene: NotificationContext) -> list[Block]:
    voice = Voice(scene.programme)
    place = progress_of(application, scene.asked, scene.own)
    next_ = next_step(place, scene.programme, scene.cohort, scene.today)
    return [
        *([section(f"*What happens next*\n{next_}")] if next_ else []),
        *to_do(place, scene.programme, scene.cohort, scene.today, scene.reader),
        actions(
            button("See your application", OPEN_STATUS),
            *buttons(application, scene.programme, scene.cohort, scene.today, asked=len(place.offers)),
        ),
        context(f"Questions? Ask {voice.contact}."),
    ]
