"""The desk while the best matches are being looked for."""

from typing import Any

from mentoring.applications.application import Role
from mentoring.core.programmes import Programme
from mentoring.matching.round import Round
from messages.blocks import modal, section
from messages.forms import FormMeta
from messages.ids import DESK_VIEW
from messages.text import plural
from messages.voice import Voice

TITLE = "Match people"


def looking(programme: Programme, round_: Round | None = None) -> dict[str, Any]:
    """The view; with the `round_` that is being matched it says how many people that is."""
    meta = FormMeta(form=DESK_VIEW, about="0").dump()
    words = (
        f"*{at_it(programme, round_)}* You can wait here, or close this: the proposals come onto the desk as soon as "
        "we have them, and nobody hears of them before you release them."
    )
    return modal(DESK_VIEW, TITLE, [section(words)], private_metadata=meta)


def at_it(programme: Programme, round_: Round | None = None) -> str:
    """That we are at it, as a sentence in mrkdwn."""
    if round_ is None:
        return "Looking for the best matches."
    voice = Voice(programme)
    found = round_.without_undecided()
    mentees, mentors = len(found.pool(Role.MENTEE)), len(found.pool(Role.MENTOR))
    return (
        f"Looking for the best matches: {plural(mentees, voice.mentee, voice.mentees)}, "
        f"{plural(mentors, voice.mentor, voice.mentors)}."
    )
