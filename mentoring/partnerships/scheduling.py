"""Who finds the time for the next meeting of two people: the mentee, or whom their agreement names (D1.16)."""

from enum import StrEnum

from mentoring.partnerships.partnership import Partnership


class WhoSchedules(StrEnum):
    """Who sets the time of a meeting."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    BY_TURNS = "by-turns"


def scheduler_of(partnership: Partnership, agreed: WhoSchedules, last_by: str) -> str:
    """Who finds the time for the next meeting (a Slack user id), as the two have `agreed`.

    By turns, it is the one who did not propose the last meeting. `last_by` is who did (a Slack user id), "" if there
    was none or that is not known: then it is the mentee. The other one may always find a time, too.
    """
    is_mentors_turn = agreed is WhoSchedules.BY_TURNS and last_by != "" and last_by == partnership.mentee
    return partnership.mentor if is_mentors_turn or agreed is WhoSchedules.MENTOR else partnership.mentee
