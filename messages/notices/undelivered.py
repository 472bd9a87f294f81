"""To the owners: what did not arrive, once, and what to do."""

from mentoring.core.outcome import Notice
from mentoring.notifications.context import Scene
from messages.notices.scenes import NothingToSay, owners_only
from messages.outgoing import Message
from messages.undelivered import card
from messages.voice import Voice


def undelivered(notice: Notice, scene: Scene) -> Message:
    owners_only(scene)
    if not scene.undelivered:
        raise NothingToSay("settled")
    return card(scene.undelivered, Voice(scene.programme), notice.about["report"])
