"""The choices of the form, and texts that the form and the card share."""

from functools import cache
from itertools import groupby
from typing import Final

from mentoring.applications.application import MeetingMode, Role, segment_for
from mentoring.core import languages
from mentoring.core.lengths import Length
from mentoring.core.people import AccountStatus
from mentoring.core.programmes import Programme, Segment
from messages.blocks import listing
from messages.forms import Option
from messages.lengths import meets, span
from messages.programmes.aims import responsibilities
from messages.text import address
from messages.voice import Voice, capital

WAYS = {
    MeetingMode.IN_PERSON: "In person",
    MeetingMode.VIDEO: "By video call",
    MeetingMode.PHONE: "By phone",
    MeetingMode.WALKING: "On a walk",
}
"""Ways to meet that people choose from when they apply."""
WAYS_MET = {**WAYS, MeetingMode.OTHER: "Another way"}
"""Ways in which a meeting took place."""
OTHER_LANGUAGE: Final = "other"
"""The value of the option for a language that is not on the list."""

_COMMON_LANGUAGES = "Common languages"
_NOT_HERE = "Not on the list"

AGREES = (
    "When you press *Confirm*, you agree to this. You also say that your manager knows, or that you have none. If an "
    "answer is missing, the form opens."
)
"""What the button says that confirms an application; below the expectations."""

MOST_OF_LIST = 300


@cache
def language_groups(country: str) -> tuple[tuple[str, tuple[Option, ...]], ...]:
    """The languages that are common in the country and in the world, then the others by first letter."""
    common = languages.common(country)
    rest = [code for code in languages.names() if code not in common]
    letters = groupby(rest, lambda code: languages.names()[code][0])
    return (
        (_COMMON_LANGUAGES, tuple(map(_language, common))),
        *((letter, tuple(map(_language, codes))) for letter, codes in letters),
        (_NOT_HERE, (Option(OTHER_LANGUAGE, "Another language (write it below)"),)),
    )


def _language(code: str) -> Option:
    return Option(code, languages.label(code))


def open_to(programme: Programme, role: Role) -> str:
    """Who can apply in this role, in mrkdwn: "Open to all members who have worked here for at least a year."."""
    who = _members(programme, segment_for(role, programme))
    if role is Role.MENTEE or programme.service_months < 1:
        return f"Open to {who}."
    return f"Open to {who} who have worked here for at least {span(Length(programme.service_months))}."


def _members(programme: Programme, segment: Segment) -> str:
    departments = listing(segment.departments, MOST_OF_LIST, "or")
    grades = listing(segment.grades, MOST_OF_LIST, "or")
    if departments and grades:
        return f"people of grade {grades} in {departments}"
    if departments:
        return f"people in {departments}"
    if grades:
        return f"people of grade {grades}"
    return "all members and guests" if AccountStatus.GUEST in programme.admits else "all members"


def expectations(programme: Programme, role: Role) -> str:
    """The programme's expectations, in mrkdwn: a link to the owners' page, or else the usual rules in short, and what
    the role is responsible for (D0.9, D1.6, D1.9).
    """
    voice, own = Voice(programme), responsibilities(programme, role)
    if programme.expectations_url:
        page = address(programme.expectations_url, "what we ask of you")
        return "\n".join(filter(None, (f"*What we ask of you*\nRead {page} before you apply.", own)))
    arranges = (
        "Arrange the meetings, in work hours unless you both agree otherwise."
        if role is Role.MENTEE
        else f"Your {voice.mentee} arranges the meetings, in work hours unless you both agree otherwise."
    )
    usual = (
        "*What we ask of you*\n"
        f"• Meet {meets(programme.rhythm)}.\n"
        f"• {arranges}\n"
        "• Keep what you talk about between the two of you.\n"
        "• Answer a short check-in part-way through and a closing survey at the end.\n"
        f"• Either of you can end the {voice.partnership} at any time, without giving a reason."
    )
    return "\n".join(filter(None, (usual, own)))


def service(programme: Programme, voice: Voice) -> str:
    """The required length of service, as a sentence with a trailing space; "" if none is required (D1.2)."""
    if programme.service_months < 1:
        return ""
    return f"{capital(voice.mentors)} need at least {span(Length(programme.service_months))} here. "
