"""What is wrong at one field of a form."""

from mentoring.applications.application import MOST_PLACES, Role
from mentoring.applications.errors import CannotBeNamed, OutsideSegment, TooShortService
from mentoring.core.errors import (
    InTheFuture,
    Missing,
    NoLongerOffered,
    NotALink,
    NotDays,
    OutOfOrder,
    OutOfRange,
    OutOfReach,
    TooFewGrades,
    TooLong,
    WouldBeForAll,
)
from mentoring.core.fields import Field
from mentoring.core.people import Hindrance
from mentoring.programmes.settings import MOST_IN_CHOICE
from messages.applications.wording import span
from messages.errors.registry import KEPT, say
from messages.programmes.cohorts import day
from messages.programmes.matching_settings import TITLE as TITLE_OF_RULES
from messages.text import join, plural
from messages.voice import Voice, capital

MISSING = {
    Field.TOPICS: "Please choose at least one topic.",
    Field.HOPES: "Please write a sentence or two.",
    Field.MONTHS: "Please choose how long it should last.",
    Field.WAYS: "Please choose at least one way to meet.",
    Field.LANGUAGES: "Please name at least one language.",
    Field.DEPARTMENT: "Please choose your department.",
    Field.GRADE: "Please choose your grade.",
    Field.MANAGER: "Please choose your manager, so that you are not matched within your own line of management.",
    Field.STARTED_ON: "Please choose the day on which you started here.",
    Field.EXPECTATIONS: "Please read what is expected, and tick the box if you accept it.",
    Field.SUPERVISOR: "Please tell your manager first, and then tick the box. What you typed is kept for you.",
    Field.NAME: "Please give the programme a name.",
    Field.WORKING_DAYS: "Please tick at least one day.",
    Field.PARTNERSHIP: "Please choose whom you met.",
    Field.MET_ON: "Please choose the day on which you met.",
    Field.MINUTES: "Please choose roughly how long you met.",
    Field.WAY: "Please choose how you met.",
    Field.ACTION: "Please say what is to be done, or leave out who does it.",
    Field.ACTION_WHO: "Please choose which of the two of you does it.",
    Field.RATING: "Please choose one of the five.",
    Field.DECISION: "Please choose what you would like.",
    Field.MENTEE: "Please choose somebody.",
    Field.MENTOR: "Please choose somebody.",
    Field.OTHER: "Please choose a proposal.",
}

CALLED = {
    Field.HOPES: "This text",
    Field.LANGUAGES: "This text",
    Field.TOPICS: "The list of topics",
    Field.DEPARTMENTS: "The list of departments",
    Field.GRADES: "The list of grades",
    Field.CLOSED_DAYS: "The list of closed days",
    Field.OPENS_ON: "the day on which applications open",
    Field.APPLY_BY: "the last day to apply",
    Field.STARTS_ON: "the start of the round",
    Field.ENDS_ON: "the end of the round",
    Field.WORK_STARTS: "the start of the working hours",
    Field.WORK_ENDS: "the end of the working hours",
}

LISTS = (Field.TOPICS, Field.DEPARTMENTS, Field.GRADES, Field.CLOSED_DAYS)
MOST_LINES = 5
"""As many lines of a list are named when something is wrong with them."""


@say.register
def _(error: Missing, voice: Voice) -> str:
    return MISSING.get(error.field, "Please fill this in.")


@say.register
def _(error: TooLong, voice: Voice) -> str:
    called = CALLED.get(error.field, "This text")
    if error.field not in LISTS:
        return f"{called} can have {error.most:,} characters. Please shorten it a little."
    if error.most == MOST_IN_CHOICE:
        return f"{called} has a line of more than {error.most} characters. Please shorten that line."
    return f"{called} can have {error.most} lines. Please leave some out."


@say.register
def _(error: NotDays, voice: Voice) -> str:
    first, more = error.lines[:MOST_LINES], len(error.lines) - MOST_LINES
    named = join([*map(str, first), *([f"{more} more"] if more > 0 else [])])
    what = f"Line {named} is not a date" if len(error.lines) == 1 else f"Lines {named} are not dates"
    return f"{what} that we can read. Please write one date to a line, as 24 December 2027 or 2027-12-24."


@say.register
def _(error: OutOfRange, voice: Voice) -> str:
    if error.field is Field.PLACES:
        return f"Please choose how many {voice.mentees} you could take on, from 1 to {MOST_PLACES}."
    if error.field is Field.MINUTES:
        return f"Please choose between {error.least} and {plural(error.most, 'minute', 'minutes')}."
    if error.field is Field.RATING:
        return f"Please choose from {error.least} to {error.most}."
    return f"Please choose between {error.least} and {plural(error.most, 'month', 'months')}."


@say.register
def _(error: NoLongerOffered, voice: Voice) -> str:
    return (
        "The list has changed while you had this form open, and something you chose is no longer on it. "
        f"Please close the form and open it again to see the new list. {KEPT}"
    )


@say.register
def _(error: CannotBeNamed, voice: Voice) -> str:
    match error.hindrance:
        case Hindrance.UNKNOWN:
            return f"We are still asking Slack who this is. Please press Send again in a moment. {KEPT}"
        case Hindrance.ONESELF:
            return "This is you. Please choose somebody else."
        case Hindrance.BOT:
            return "This is an app. Please choose a person."
        case Hindrance.DEACTIVATED:
            return "This person’s account in Slack is closed. Please choose somebody else."
        case _ if error.field is Field.MANAGER:
            return (
                "This person is not a full member of this workspace. "
                f"Please choose another manager of yours, or ask {voice.contact}."
            )
        case _:
            return "This person cannot take part, as they are not a full member here. Please choose somebody else."


@say.register
def _(error: OutsideSegment, voice: Voice) -> str:
    who = voice.mentees if error.role == Role.MENTEE else voice.mentors
    called = "department" if error.field is Field.DEPARTMENT else "grade"
    theirs = "yours is not among them" if error.known else "we do not know yours"
    return (
        f"At the moment the programme is for {who} of some {called}s only, and {theirs}. "
        f"If you would like to take part all the same, please ask {voice.contact}."
    )


@say.register
def _(error: WouldBeForAll, voice: Voice) -> str:
    who = join([voice.mentees if role == Role.MENTEE else voice.mentors for role in error.roles])
    called = "departments" if error.field is Field.DEPARTMENTS else "grades"
    return (
        f"The programme is for {who} of certain {called} only, and none of those would be left, so that it would be "
        f"for everybody. Please keep one of them, or first change “{TITLE_OF_RULES}”. {KEPT}"
    )


@say.register
def _(error: TooFewGrades, voice: Voice) -> str:
    grades = plural(error.gap, "grade", "grades")
    needs = f"{capital(voice.a_mentor)} is to stand at least {grades} above, and there are too few grades for that."
    if error.field is Field.GRADES:
        return f"{needs} Please keep more of them, or first change “{TITLE_OF_RULES}”. {KEPT}"
    return f"{needs} Please choose fewer."


@say.register
def _(error: OutOfReach, voice: Voice) -> str:
    points = plural(error.most, "point", "points")
    return (
        f"As you have it above, two people can have {points} together at most, unless one of them asked for the other, "
        "so almost nobody would be proposed. Please choose a lower number here, or let more count above."
    )


@say.register
def _(error: TooShortService, voice: Voice) -> str:
    return (
        f"We ask {voice.mentors} for {span(error.months)} of service, so that they know the place well. You are very "
        f"welcome from {day(error.welcome_on)}. If the date is not right, change it here. {KEPT}"
    )


@say.register
def _(error: InTheFuture, voice: Voice) -> str:
    what = "started" if error.field is Field.STARTED_ON else "met"
    return f"This day is still to come. Please choose the day on which you {what}."


@say.register
def _(error: OutOfOrder, voice: Voice) -> str:
    what, after = CALLED.get(error.field, "this"), CALLED.get(error.after, "the one before")
    not_before = error.field in (Field.APPLY_BY, Field.STARTS_ON)
    return capital(f"{what} {'cannot be before' if not_before else 'must be after'} {after}.")


@say.register
def _(error: NotALink, voice: Voice) -> str:
    return "Please give the whole address of the page. It begins with https://"
