"""The phase, dates and invitation of a cohort, and its segment, in words."""

from datetime import date as Date
from datetime import datetime
from enum import Enum, auto

from mentoring.applications.application import Application, ApplicationState
from mentoring.core.programmes import Cohort, Segment
from messages.blocks import listing
from messages.text import date, plural
from messages.voice import Voice, capital


class Phase(Enum):
    """The phases of a round, in order."""

    NOT_YET = auto()
    OPEN = auto()
    MATCHING = auto()
    RUNNING = auto()
    OVER = auto()


def phase(cohort: Cohort, today: Date) -> Phase:
    """`today` is the reader's date. A round that owners have closed is over on any day."""
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
    """Whether applications are open, or accepted for the waiting list."""
    return phase(cohort, today) not in (Phase.NOT_YET, Phase.OVER)


def ended_on(cohort: Cohort) -> Date:
    """The last day: as planned, or the earlier day on which the owners closed the round."""
    return min(cohort.closed_on or cohort.ends_on, cohort.ends_on)


def day(when: Date) -> str:
    """A date without a time zone, "3 March 2027"; valid as plain text and as mrkdwn."""
    return date(when, "date")


def day_of(moment: datetime) -> str:
    """The day of an aware `moment`, which each reader sees on their own clock; mrkdwn alone."""
    return date(moment, "date")


def weekday(when: Date) -> str:
    """The date of a deadline, "Wednesday 3 March 2027"; valid as plain text and as mrkdwn."""
    return date(when, "date_long")


def days(first: Date, last: Date) -> str:
    """A range of dates, "15 February to 15 August 2027"; valid as plain text and as mrkdwn."""
    if first.year != last.year:
        return f"{day(first)} to {day(last)}"
    return f"{first.day} {first:%B} to {day(last)}"


def sent_on(application: Application) -> str:
    """The date of an application in the reader's time zone, in mrkdwn."""
    return date(application.sent_at, "date", day(application.sent_on))


_IN_WEEKS = 14


def waited(since: Date, today: Date) -> str:
    """For how long, in plain text: "less than a day", "9 days", "5 weeks"."""
    days = (today - since).days
    if days < 1:
        return "less than a day"
    return plural(days, "day", "days") if days < _IN_WEEKS else plural(days // 7, "week", "weeks")


def invitation(cohort: Cohort, today: Date, contact: str = "") -> str:
    """Whether and until when a person without an open application can apply; `contact` is whom to ask, in mrkdwn."""
    match phase(cohort, today):
        case Phase.NOT_YET:
            return f"You can apply from {day(cohort.opens_on)}."
        case Phase.OPEN:
            return f"Apply by {weekday(cohort.apply_by)}. The round starts on {weekday(cohort.starts_on)}."
        case Phase.MATCHING | Phase.RUNNING:
            closed = f"Applications closed on {day(cohort.apply_by)}."
            return f"{closed} Apply now to join the waiting list for the next round."
        case Phase.OVER:
            ended = f"This round ended on {day(ended_on(cohort))}."
            return f"{ended} Ask {contact} when the next one opens." if contact else ended


def timetable(cohort: Cohort, today: Date) -> str:
    """The dates of the round for a person who has applied."""
    match phase(cohort, today):
        case Phase.NOT_YET:
            return f"Applications open on {day(cohort.opens_on)}."
        case Phase.OPEN:
            closes = f"Applications close on {weekday(cohort.apply_by)}."
            return f"{closes} The round starts on {weekday(cohort.starts_on)}."
        case Phase.MATCHING:
            closed = f"Applications closed on {day(cohort.apply_by)}."
            return f"{closed} The round starts on {weekday(cohort.starts_on)}."
        case Phase.RUNNING:
            return f"The round started on {day(cohort.starts_on)}."
        case Phase.OVER:
            return f"This round ended on {day(ended_on(cohort))}."


def prospect(
    application: Application, cohort: Cohort, today: Date, voice: Voice, *, waiting_counts: bool, once_back: str = ""
) -> str:
    """When an application without a match is considered next; `waiting_counts` says whether waiting adds points in the
    next round, and `once_back` when its author can be matched, if they are on leave.
    """
    if application.state is ApplicationState.WITHDRAWN:
        withdrew = "You withdrew this application."
        return f"{withdrew} You can apply again." if takes_applications(cohort, today) else withdrew
    if application.state is ApplicationState.UNCONFIRMED:
        closed = "" if takes_applications(cohort, today) else f" {timetable(cohort, today)}"
        return f"The programme owners have entered it for you. It counts once you confirm it.{closed}"
    if application.waits_for_next(cohort):
        return (
            f"Applications closed on {day(cohort.apply_by)}, so you’re on the waiting list for the next round. "
            "You don’t need to do anything."
        )
    match phase(cohort, today):
        case Phase.NOT_YET | Phase.OPEN:
            return (
                f"Applications close on {day(cohort.apply_by)}. {capital(voice.approvers)} then decide the matches, "
                f"and the round starts on {day(cohort.starts_on)}. I’ll message you when there’s a match for you."
            )
        case Phase.MATCHING:
            return (
                f"Applications closed on {day(cohort.apply_by)}. {capital(voice.approvers)} are deciding the matches. "
                "I’ll message you when there’s one for you."
            )
        case Phase.RUNNING:
            return f"The round started on {day(cohort.starts_on)}. You can still be matched{once_back}."
        case Phase.OVER:
            ended = f"The round ended on {day(ended_on(cohort))}."
            if waiting_counts:
                return (
                    f"{ended} When the next round opens, your application moves into it, and the time you’ve waited "
                    "counts. You don’t need to do anything."
                )
            return f"{ended} When the next round opens, your application moves into it. You don’t need to do anything."


MOST_OF_LIST = 300


def described(segment: Segment) -> str:
    """The departments and grades of a segment, in mrkdwn: "Collections or IT, grade Assistant"."""
    said = []
    if segment.departments:
        said.append(listing(segment.departments, MOST_OF_LIST, "or"))
    if segment.grades:
        called = "grade" if len(segment.grades) == 1 else "grades"
        said.append(f"{called} {listing(segment.grades, MOST_OF_LIST, 'or')}")
    return ", ".join(said) or "everyone"
