"""What the people of the demo do besides, while the README's pictures are taken: from the desk to the first weeks."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial

from bot.demo.deeds import apply, log_meeting
from bot.demo.says import CHI_ASKS, DORA_OFFERS, IVO_ASKS
from bot.demo.year import live
from bot.house import House
from sandbox import Sandbox

DAY = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
"""A Monday: the round is open, and the owners match the first people."""
LATER = datetime(2027, 4, 19, 9, 5, tzinfo=UTC)
"""Another Monday, seven weeks on."""

_MEETINGS: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "2027-03-09": {"U0IVO": ("in-person", "60"), "U0ADA": ("walking", "45")},
    "2027-03-18": {"U0BEN": ("video", "30")},
    "2027-03-24": {"U0IVO": ("walking", "45")},
    "2027-04-07": {"U0ADA": ("in-person", "60")},
    "2027-04-14": {"U0IVO": ("in-person", "60")},
}
"""By day, who logs a meeting of that day: how they met, and for how many minutes."""


def more_people_apply(sandbox: Sandbox) -> None:
    apply(sandbox, "U0CHI", "/mentor request", CHI_ASKS)
    apply(sandbox, "U0DORA", "/mentor volunteer", DORA_OFFERS)
    apply(sandbox, "U0IVO", "/mentor request", IVO_ASKS)


def weeks_pass(sandbox: Sandbox, house: House) -> None:
    """Some meet and log it, some do not; what falls due on the way comes at its own hour."""
    deeds = [
        (
            datetime.fromisoformat(f"{day}T16:00:00+00:00"),
            partial(log_meeting, sandbox, house, user, {"way": way, "minutes": minutes}),
        )
        for day, meetings in _MEETINGS.items()
        for user, (way, minutes) in meetings.items()
    ]
    live(sandbox, house, LATER, deeds)
