"""To those who have nobody when the matches of a round have gone out: kindly, and with what they can do."""

from mentoring.applications.application import Application, Role
from mentoring.core.outcome import Notice
from mentoring.notifications.context import Scene
from messages.blocks import actions, button, context, section
from messages.help import buttons
from messages.ids import COMMAND, OPEN_STATUS
from messages.notices.scenes import NothingToSay, open_application
from messages.outgoing import Message, message
from messages.prospects import Whereabouts, whereabouts
from messages.voice import Voice


def unmatched(notice: Notice, scene: Scene) -> Message:
    """Once in a round for each application; not to anybody who has somebody by now."""
    application = open_application(scene)
    _still_unmatched(notice, application, scene)
    place = whereabouts(application, scene.asked, scene.own)
    if place.offers or place.active or place.over:
        raise NothingToSay("somebody-since")
    voice = Voice(scene.programme)
    text = f"Where your {voice.sent(application.role)} stands"
    return message(
        text,
        [
            section(_so_far(application, voice)),
            section(f"*What happens next*\n{_what_next(place, scene)}"),
            section(f"*If you would like to do something*\n{_to_do(application, voice)}"),
            actions(
                button("See what you sent", OPEN_STATUS),
                *buttons(application, scene.programme, scene.cohort, scene.today),
            ),
            context(f"Questions? Ask {voice.contact}."),
        ],
    )


def _still_unmatched(notice: Notice, application: Application, scene: Scene) -> None:
    """Raise NothingToSay where the round is not the one that it was about, or not theirs any more."""
    if scene.cohort.id != notice.about.get("cohort", scene.cohort.id) or scene.cohort.closed_on:
        raise NothingToSay("round-over")
    if application.waits_for_next(scene.cohort):
        raise NothingToSay("waits-for-next")


def _so_far(application: Application, voice: Voice) -> str:
    if application.role is Role.MENTEE:
        return (
            f"*We have no {voice.mentor} for you yet.* The matches of this round are made, and among those who were "
            "free nobody fitted what you ask for. It is not about you: it depends on who happens to offer what."
        )
    return (
        f"*We have no {voice.mentee} for you yet.* Thank you for offering your time. The matches of this round are "
        "made, and among those who were waiting nobody needed just what you offer. It is not about you: it depends on "
        "who happens to ask for what."
    )


def _what_next(place: Whereabouts, scene: Scene) -> str:
    stays = "You stay in the pool, and hear from us as soon as somebody fits. There is nothing that you need to do."
    along = "what you sent comes along to the next round"
    if place.came_back or not scene.programme.weights.waiting:
        return f"{stays} If need be, {along}."
    return (
        f"{stays} You are first in the queue: if need be, {along}, and where two fit equally well there, whoever has "
        "waited comes first."
    )


def _to_do(application: Application, voice: Voice) -> str:
    look = f"Look over what you sent: one more topic may make the difference. And tell others about `{COMMAND}`:"
    if application.role is Role.MENTEE:
        return f"{look} the more people offer to be {voice.a_mentor}, the sooner there is one for you."
    return f"{look} somebody may be glad of {voice.a_mentor} and not know that they can ask."
