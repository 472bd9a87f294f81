"""What the people who run a programme may do, in words."""

from mentoring.core.roles import ProgrammeRole
from mentoring.status import LEAST_SHOWN

COMMITTEE_DOES = (
    "You read applications and decide on proposals, together with the owners. The owners send the matches and run the "
    "programme."
)
SPONSOR_DOES = (
    f"You see the programme’s figures. They name no one, and numbers below {LEAST_SHOWN} are not shown exactly."
)
FACILITATOR_DOES = (
    "I tell people in the programme that they can ask you about anything in working together. You see who works "
    "together, how often they meet and what’s next. You don’t see applications or notes."
)


def capacity(role: ProgrammeRole) -> str:
    """As what somebody has this role, after “You’re”."""
    return {
        ProgrammeRole.OWNER: "an owner",
        ProgrammeRole.COMMITTEE: "on the committee",
        ProgrammeRole.SPONSOR: "a sponsor",
        ProgrammeRole.FACILITATOR: "a facilitator",
    }[role]
