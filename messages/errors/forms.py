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
from mentoring.core.fields import FieldName
from mentoring.core.people import Ineligibility
from mentoring.programmes.settings import MOST_IN_CHOICE
from messages.applications.wording import span
from messages.errors.registry import KEPT, register_sentence
from messages.programmes.cohorts import day
from messages.programmes.matching_settings import TITLE as TITLE_OF_RULES
from messages.text import join, plural
from messages.voice import Voice, capital

MISSING = {
    FieldName.TOPICS: "Please choose at least one topic.",
    FieldName.HOPES: "Please write a sentence or two.",
    FieldName.MONTHS: "Please choose how long it should last.",
    FieldName.WAYS: "Please choose at least one way to meet.",
    FieldName.LANGUAGES: "Please name at least one language.",
    FieldName.DEPARTMENT: "Please choose your department.",
    FieldName.GRADE: "Please choose your grade.",
    FieldName.MANAGER: "Please choose your manager, so that you are not matched within your own line of management.",
    FieldName.STARTED_ON: "Please choose the day on which you started here.",
    FieldName.EXPECTATIONS: "Please read what is expected, and tick the box if you accept it.",
    FieldName.SUPERVISOR: "Please tell your manager first, and then tick the box. What you typed is kept for you.",
    FieldName.NAME: "Please give the programme a name.",
    FieldName.WORKING_DAYS: "Please tick at least one day.",
    FieldName.PARTNERSHIP: "Please choose whom you met.",
    FieldName.MET_ON: "Please choose the day on which you met.",
    FieldName.MINUTES: "Please choose roughly how long you met.",
    FieldName.WAY: "Please choose how you met.",
    FieldName.ACTION: "Please say what is to be done, or leave out who does it.",
    FieldName.ACTION_WHO: "Please choose which of the two of you does it.",
    FieldName.RATING: "Please choose one of the five.",
    FieldName.DECISION: "Please choose what you would like.",
    FieldName.MENTEE: "Please choose somebody.",
    FieldName.MENTOR: "Please choose somebody.",
    FieldName.OTHER: "Please choose a proposal.",
}

CALLED = {
    FieldName.HOPES: "This text",
    FieldName.LANGUAGES: "This text",
    FieldName.TOPICS: "The list of topics",
    FieldName.DEPARTMENTS: "The list of departments",
    FieldName.GRADES: "The list of grades",
    FieldName.CLOSED_DAYS: "The list of closed days",
    FieldName.OPENS_ON: "the day on which applications open",
    FieldName.APPLY_BY: "the last day to apply",
    FieldName.STARTS_ON: "the start of the round",
    FieldName.ENDS_ON: "the end of the round",
    FieldName.WORK_STARTS: "the start of the working hours",
    FieldName.WORK_ENDS: "the end of the working hours",
}

LISTS = (FieldName.TOPICS, FieldName.DEPARTMENTS, FieldName.GRADES, FieldName.CLOSED_DAYS)
MOST_LINES = 5
"""As many lines of a list are named when something is wrong with them."""


@register_sentence.register
def _(error: Missing, voice: Voice) -> str:
    return MISSING.get(error.field, "Please fill this in.")


@register_sentence.register
def _(error: TooLong, voice: Voice) -> str:
    called = CALLED.get(error.field, "This text")
    if error.field not in LISTS:
        return f"{called} can have {error.most:,} characters. Please shorten it a little."
    if error.most == MOST_IN_CHOICE:
        return f"{called} has a line of more than {error.most} characters. Please shorten that line."
    return f"{called} can have {error.most} lines. Please leave some out."


@register_sentence.register
def _(error: NotDays, voice: Voice) -> str:
    first, more = error.lines[:MOST_LINES], len(error.lines) - MOST_LINES
    named = join([*map(str, first), *([f"{more} more"] if more > 0 else [])])
    what = f"Line {named} is not a date" if len(error.lines) == 1 else f"Lines {named} are not dates"
    return f"{what} that we can read. Please write one date to a line, as 24 December 2027 or 2027-12-24."


@register_sentence.register
def _(error: OutOfRange, voice: Voice) -> str:
    if error.field is FieldName.PLACES:
        return f"Please choose how many {voice.mentees} you could take on, from 1 to {MOST_PLACES}."
    if error.field is FieldName.MINUTES:
        return f"Please choose between {error.least} and {plural(error.most, 'minute', 'minutes')}."
    if error.field is FieldName.RATING:
        return f"Please choose from {error.least} to {error.most}."
    return f"Please choose between {error.least} and {plural(error.most, 'month', 'months')}."


@register_sentence.register
def _(error: NoLongerOffered, voice: Voice) -> str:
    return (
        "The list has changed while you had this form open, and something you chose is no longer on it. "
        f"Please close the form and open it again to see the new list. {KEPT}"
    )


@register_sentence.register
def _(error: CannotBeNamed, voice: Voice) -> str:
    match error.ineligibility:
        case Ineligibility.UNKNOWN:
            return f"We are still asking Slack who this is. Please press Send again in a moment. {KEPT}"
        case Ineligibility.ONESELF:
            return "This is you. Please choose somebody else."
        case Ineligibility.BOT:
            return "This is an app. Please choose a person."
        case Ineligibility.DEACTIVATED:
            return "This person’s account in Slack is closed. Please choose somebody else."
        case _ if error.field is FieldName.MANAGER:
            return (
                "This person is not a full member of this workspace. "
                f"Please choose another manager of yours, or ask {voice.contact}."
            )
        case _:
            return "This person cannot take part, as they are not a full member here. Please choose somebody else."


@register_sentence.register
def _(error: OutsideSegment, voice: Voice) -> str:
    who = voice.mentees if error.role == Role.MENTEE else voice.mentors
    called = "department" if error.field is FieldName.DEPARTMENT else "grade"
    theirs = "yours is not among them" if error.known else "we do not know yours"
    return (
        f"At the moment the programme is for {who} of some {called}s only, and {theirs}. "
        f"If you would like to take part all the same, please ask {voice.contact}."
    )


@register_sentence.register
def _(error: WouldBeForAll, voice: Voice) -> str:
    who = join([voice.mentees if role == Role.MENTEE else voice.mentors for role in error.roles])
    called = "departments" if error.field is FieldName.DEPARTMENTS else "grades"
    return (
        f"The programme is for {who} of certain {called} only, and none of those would be left, so that it would be "
        f"for everybody. Please keep one of them, or first change “{TITLE_OF_RULES}”. {KEPT}"
    )


@register_sentence.register
def _(error: TooFewGrades, voice: Voice) -> str:
    grades = plural(error.gap, "grade", "grades")
    needs = f"{capital(voice.a_mentor)} is to stand at least {grades} above, and there are too few grades for that."
    if error.field is FieldName.GRADES:
        return f"{needs} Please keep more of them, or first change “{TITLE_OF_RULES}”. {KEPT}"
    return f"{needs} Please choose fewer."


@register_sentence.register
def _(error: OutOfReach, voice: Voice) -> str:
    points = plural(error.most, "point", "points")
    return (
        f"As you have it above, two people can have {points} together at most, unless one of them asked for the other, "
        "so almost nobody would be proposed. Please choose a lower number here, or let more count above."
    )


@register_sentence.register
def _(error: TooShortService, voice: Voice) -> str:
    return (
        f"We ask {voice.mentors} for {span(error.months)} of service, so that they know the place well. You are very "
        f"welcome from {day(error.welcome_on)}. If the date is not right, change it here. {KEPT}"
    )


@register_sentence.register
def _(error: InTheFuture, voice: Voice) -> str:
    what = "started" if error.field is FieldName.STARTED_ON else "met"
    return f"This day is still to come. Please choose the day on which you {what}."


@register_sentence.register
def _(error: OutOfOrder, voice: Voice) -> str:
    what, after = CALLED.get(error.field, "this"), CALLED.get(error.after, "the one before")
    not_before = error.field in (FieldName.APPLY_BY, FieldName.STARTS_ON)
    return capital(f"{what} {'cannot be before' if not_before else 'must be after'} {after}.")


@register_sentence.register
def _(error: NotALink, voice: Voice) -> str:
    return "Please give the whole address of the page. It begins with https://"
