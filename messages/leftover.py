"""Why somebody is left without a match, in words."""

from mentoring.applications.application import Role
from mentoring.matching.unmatched import Left
from messages.voice import Voice


def why(left: Left, role: Role, voice: Voice) -> str:
    """As the beginning of a sentence that names those of this role."""
    other = voice.other(role)
    match left:
        case Left.OUTSIDE:
            return "Outside whom the programme is for (the set-up says it)"
        case Left.NO_SHARED_TOPIC:
            return f"No {other} shares a topic"
        case Left.KEPT_APART:
            return f"A rule keeps them from every {other} who shares a topic"
        case Left.TAKEN:
            return f"Every {other} who would do is taken"
        case Left.OPEN:
            return "Could be matched as things are"
