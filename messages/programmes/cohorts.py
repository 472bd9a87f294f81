"""A cohort's phase, days and invitation, and whom it is for, in words."""

from datetime import date as Date
from enum import Enum, auto

from mentoring.applications.application import Application, ApplicationState
from mentoring.core.programmes import Cohort, Segment
from messages.blocks import listing
from messages.text import date


class Phase(Enum):
    """A round's days, in their order."""

    NOT_YET = auto()
    OPEN = auto()
    MATCHING = auto()
    RUNNING = auto()
    OVER = auto()


def phase(cohort: Cohort, today: Date) -> Phase:
    """`today` is the reader's own day. A round that its owners have closed is over, whatever the day."""
    if cohort.closed_on:
        return Phase.OVER
    if today < cohort.opens_on:
        return Phase.NOT_YET
    if today <= cohort.apply_by:
        return Phase.OPEN
    if today < cohort.starts_on:
        return Phase.MATCHING
    return Phase.RUNNING if today <= cohort.ends_on else Phase.OVER


def takes_applications(cohort: Cohort, today: Date) -> bool:
    """Between opening and end; after the deadline for the waiting list."""
    return phase(cohort, today) not in (Phase.NOT_YET, Phase.OVER)


def ended_on(cohort: Cohort) -> Date:
    """Its last day: the one that was planned, or an earlier one on which its owners closed it."""
    return min(cohort.closed_on or cohort.ends_on, cohort.ends_on)


def day(when: Date) -> str:
    """A day that is the same day for everyone, "3 March 2027"; plain text and mrkdwn alike."""
    return date(when, "date")


def sent_on(application: Application) -> str:
    """The day an application came, on the reader's own clock; mrkdwn."""
    return date(application.sent_at, "date", day(application.sent_on))


def invitation(cohort: Cohort, today: Date) -> str:
    """Whether one can apply, and until when."""
    match phase(cohort, today):
        case Phase.NOT_YET:
            return f"Applications open on {day(cohort.opens_on)}."
        case Phase.OPEN:
            return (
                f"Applications are open until {day(cohort.apply_by)}, and the round starts on {day(cohort.starts_on)}."
            )
        case Phase.MATCHING | Phase.RUNNING:
            return (
                f"Applications for this round closed on {day(cohort.apply_by)}. You are still very welcome to apply: "
                "you will then be on the waiting list for the next round."
            )
        case Phase.OVER:
            return f"This round ended on {day(ended_on(cohort))}, and the next one is not open yet."


def prospect(application: Application, cohort: Cohort, contact: str, today: Date) -> str:
    """What happens next with an open application, and when; `contact` is whom to ask, as mrkdwn."""
    if application.state is ApplicationState.WITHDRAWN:
        return "You withdrew it." + (" You can send it again if you like." if takes_applications(cohort, today) else "")
    if application.waits_for_next(cohort):
        return (
            f"It came after {day(cohort.apply_by)}, the last day to apply for this round, and is on the waiting list "
            "for the next one. The programme owners can see that you are waiting, and since when."
        )
    hear = (
        f"decide who is matched with whom, and the round starts on {day(cohort.starts_on)}. "
        "You hear from us as soon as there is somebody for you."
    )
    match phase(cohort, today):
        case Phase.NOT_YET | Phase.OPEN:
            return f"Applications close on {day(cohort.apply_by)}. The programme owners then {hear}"
        case Phase.MATCHING:
            return f"Applications closed on {day(cohort.apply_by)}. The programme owners now {hear}"
        case Phase.RUNNING:
            begun = f"The round started on {day(cohort.starts_on)}."
            return f"{begun} If you have not heard from us yet, please ask {contact}."
        case Phase.OVER:
            ended = f"The round ended on {day(ended_on(cohort))}."
            if cohort.closed_on:
                return f"{ended} When the next one opens, this comes along, and you keep your place in the queue."
            return f"{ended} If you would like to go on waiting, please tell {contact}."


MOST_OF_LIST = 300


def described(segment: Segment) -> str:
    """The departments and grades, in mrkdwn: "Collections or IT, grade Assistant"."""
    said = []
    if segment.departments:
        said.append(listing(segment.departments, MOST_OF_LIST, "or"))
    if segment.grades:
        called = "grade" if len(segment.grades) == 1 else "grades"
        said.append(f"{called} {listing(segment.grades, MOST_OF_LIST, 'or')}")
    return ", ".join(said) or "everyone"
