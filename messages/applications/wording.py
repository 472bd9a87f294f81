"""Words that the form and what is shown of it have in common."""

from mentoring.applications.application import MeetingMode, Role
from mentoring.core.programmes import Programme
from messages.text import address, plural
from messages.voice import Voice, capital

WAYS = {
    MeetingMode.IN_PERSON: "In person",
    MeetingMode.VIDEO: "By video call",
    MeetingMode.PHONE: "By phone",
    MeetingMode.WALKING: "On a walk",
}


def expectations(programme: Programme, role: Role) -> str:
    """What the programme expects, in mrkdwn: the owners' own page, or else the usual rules in short (D1.6, D1.9)."""
    voice = Voice(programme)
    if programme.expectations_url:
        return f"*What is expected of you*\n{address(programme.expectations_url, 'Read it here')} before you send this."
    host = "You arrange" if role is Role.MENTEE else f"The {voice.mentee} arranges"
    return (
        "*What is expected of you*\n"
        "• You meet twice in the first month, then at least once a month.\n"
        f"• {host} the meetings. They are in work hours, unless you both agree otherwise.\n"
        "• What the two of you talk about stays between you.\n"
        "• You both answer a few questions on the way and at the end.\n"
        f"• Either of you may end the {voice.partnership} at any time, without giving a reason."
    )


def service(programme: Programme, voice: Voice) -> str:
    """The service a mentor needs, as a sentence with a space after it; nothing when none is asked for (D1.2)."""
    if programme.service_months < 1:
        return ""
    return f"{capital(voice.mentors)} have worked here for at least {span(programme.service_months)}. "


def span(months: int) -> str:
    """`12` is "a year"; `18` is "18 months"."""
    if months and months % 12 == 0:
        return "a year" if months == 12 else plural(months // 12, "year", "years")
    return "a month" if months == 1 else plural(months, "month", "months")
