"""What two people could talk about at each kind of meeting: a programme's own lines, or ours (D4.7)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from mentoring.core.programmes import Programme
from mentoring.partnerships.partnership import Partnership
from messages.text import escape, mention

NEAR_THE_END: Final = timedelta(weeks=4)
_FIRST: Final = ("Who you are, and what brought you here",)
_MEETING: Final = (
    "What has happened since last time?",
    "What matters most today?",
    "What will each of you do before the next meeting?",
)
_LAST: Final = (
    "What have you done together, and what stays?",
    "Who else can help from now on?",
    "What would you like to thank each other for?",
    "Is there anything to hand back or delete?",
)


def guides_of(programme: Programme) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The lines for the first, every other and the last meeting, in plain text. Of our own guide for the first, whose
    steps are in `messages.agenda.words`, it is the first line only.
    """
    return programme.first_guide or _FIRST, programme.meeting_guide or _MEETING, programme.last_guide or _LAST


def meeting_lines(reader: str, partnership: Partnership, programme: Programme) -> list[str]:
    """The lines for a meeting in mrkdwn, for one of the two (a Slack user id)."""
    if programme.meeting_guide:
        return [escape(line) for line in programme.meeting_guide]
    since, today, then = _MEETING
    chooses = "You choose." if reader == partnership.mentee else f"{mention(partnership.mentee)} chooses."
    return [since, f"{today} {chooses}", then]


def as_list(lines: Iterable[str]) -> str:
    """A list of lines that are mrkdwn."""
    return "\n".join(f"• {line}" for line in lines)


def is_near_end(partnership: Partnership, meets_on: date) -> bool:
    """Whether a meeting on that day is one of the last of the two."""
    return meets_on >= partnership.ends_on - NEAR_THE_END
