"""To people about what they sent."""

from slack_sdk.models.blocks import Block

from mentoring.applications.application import Application, State
from mentoring.core.outcome import Notice
from mentoring.notifications.context import Scene
from messages import help as helping
from messages.blocks import actions, button, context, section
from messages.help import buttons, open_button
from messages.ids import OPEN_STATUS
from messages.next_steps import next_step, to_do, whereabouts
from messages.notifications.preconditions import NothingToSay, open_application
from messages.payloads import Message, message
from messages.programmes.cohorts import takes_applications
from messages.voice import Voice


def help(notice: Notice, scene: Scene) -> Message:
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


def received(notice: Notice, scene: Scene) -> Message:
    application = open_application(scene)
    voice = Voice(scene.programme)
    text = f"Your {voice.sent(application.role)} has arrived"
    return message(text, [section(f"*{text}. Thank you.*"), *_what_next(application, scene)])


def changed(notice: Notice, scene: Scene) -> Message:
    application = open_application(scene)
    text = f"Your {Voice(scene.programme).sent(application.role)} is changed"
    kept = "Your place in the queue is the same as before."
    return message(text, [section(f"*{text}.* {kept}"), *_what_next(application, scene)])


def withdrawn(notice: Notice, scene: Scene) -> Message:
    application = scene.application
    if application is None:
        raise NothingToSay("application-gone")
    if application.state is not State.WITHDRAWN:
        raise NothingToSay("sent-again")
    voice = Voice(scene.programme)
    text = f"Your {voice.sent(application.role)} is withdrawn"
    thanks = "Thank you for letting us know. You need not say why, and the door stays open."
    if not takes_applications(scene.cohort, scene.today):
        return message(text, [section(f"*{text}.* {thanks}")])
    again = "You can send it again, now or another time."
    return message(
        text, [section(f"*{text}.* {thanks} {again}"), actions(open_button(application.role, scene.programme))]
    )


def _what_next(application: Application, scene: Scene) -> list[Block]:
    voice = Voice(scene.programme)
    place = whereabouts(application, scene.asked, scene.own)
    next_ = next_step(place, scene.programme, scene.cohort, scene.today)
    return [
        *([section(f"*What happens next*\n{next_}")] if next_ else []),
        *to_do(place, scene.programme, scene.cohort, scene.today),
        actions(
            button("See what you sent", OPEN_STATUS),
            *buttons(application, scene.programme, scene.cohort, scene.today),
        ),
        context(f"Questions? Ask {voice.contact}."),
    ]
