"""What the people of the demo do besides, while the README's pictures are taken: from the desk to the first weeks."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from bot.house import House
from bot.playing import PROMISES, accept, apply, log_meeting
from sandbox import Sandbox

DAY = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
"""A Monday: the round is open, and the owners match the first people."""
LATER = datetime(2027, 4, 19, 9, 5, tzinfo=UTC)
"""Another Monday, seven weeks on."""

_MORE: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "U0CHI": (
        "/mentor request",
        {
            "topics": ["Advanced degree or certification", "Career planning"],
            "hopes": "To hear how others made room for a degree.",
            "months": "12",
            "ways": ["video"],
            "languages": "English, Vietnamese",
            "department": "Digital",
            "grade": "Librarian",
            "manager": "U0FAY",
        },
    ),
    "U0DORA": (
        "/mentor volunteer",
        {
            "topics": ["Advanced degree or certification", "New to the institution", "Career planning"],
            "hopes": "I took my degree in the evenings, and would do it again.",
            "months": "9",
            "ways": ["in-person", "walking", "video"],
            "languages": "English, Swedish",
            "department": "Collections",
            "grade": "Senior librarian",
            "manager": "U0JUNE",
            "started_on": "2017-05-02",
            "places": "2",
        },
    ),
}
_MEETINGS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "2027-03-09": {"U0IVO": ("in-person", "60"), "U0ADA": ("walking", "45")},
    "2027-03-18": {"U0BEN": ("video", "30")},
    "2027-03-24": {"U0IVO": ("walking", "45")},
    "2027-04-07": {"U0ADA": ("in-person", "60")},
    "2027-04-14": {"U0IVO": ("in-person", "60")},
}
"""By day, who logs a meeting of that day: how they met, and for how many minutes."""


def more_people_apply(sandbox: Sandbox) -> None:
    for person, (command, says) in _MORE.items():
        apply(sandbox, person, command, {**says, **PROMISES})


def everybody_accepts(sandbox: Sandbox, house: House) -> None:
    """All who are asked say yes, and are introduced."""
    house.settle()
    for member in list(sandbox.workspace.members.values()):
        if not (member.is_bot or member.deactivated) and accept(sandbox, member.id):
            house.settle()


def weeks_pass(sandbox: Sandbox, house: House) -> None:
    """Some meet and log it, some do not; what falls due on the way comes at its own hour."""
    sandbox.moments = house
    for day, meetings in _MEETINGS.items():
        sandbox.live_until(datetime.fromisoformat(f"{day}T16:00:00+00:00"))
        for user, (way, minutes) in meetings.items():
            log_meeting(sandbox, user, way=way, minutes=minutes)
    sandbox.live_until(LATER)
    sandbox.moments = None
