"""Sentences of refusals about single fields."""

from mentoring.applications.application import Role
from mentoring.applications.errors import CannotBeNamed, OutsideSegment, TooShortService, WishedForManager
from mentoring.core.errors import (
    Contradiction,
    InTheFuture,
    Missing,
    NoLongerOffered,
    NotALink,
    NotDays,
    NotInTheFuture,
    OutOfOrder,
    OutOfRange,
    OutOfReach,
    TooFarAhead,
    TooFewGrades,
    TooLong,
    TooLongAgo,
    WouldBeForAll,
)
from mentoring.core.fields import FieldName
from mentoring.core.lengths import Length
from mentoring.core.people import Ineligibility
from mentoring.feedback import items
from mentoring.people.errors import NothingToPause
from mentoring.programmes.aims import MOST_IN_AIM
from mentoring.programmes.errors import HasFacilitators, TooManyQuestions
from mentoring.programmes.settings import MOST_IN_CHOICE
from messages.errors.registry import KEPT, register_sentence
from messages.lengths import span
from messages.programmes.cohorts import day
from messages.programmes.matching_settings import TITLE as TITLE_OF_RULES
from messages.text import join, plural
from messages.voice import Voice, capital

MISSING = {
    FieldName.OWNERS: "Choose at least one owner.",
    FieldName.TOPICS: "Add at least one topic.",
    FieldName.HOPES: "Write a sentence or two.",
    FieldName.MONTHS: "Choose how long you’d like it to last.",
    FieldName.WAYS: "Choose at least one way to meet.",
    FieldName.LANGUAGES: "Choose at least one language. If it isn’t on the list, write it below.",
    FieldName.DEPARTMENT: "Choose your department.",
    FieldName.GRADE: "Choose your grade.",
    FieldName.MANAGER: "Choose your manager, or tick the box below if there is none to choose.",
    FieldName.STARTED_ON: "Choose the day you started here.",
    FieldName.EXPECTATIONS: "Read what we ask of you, then tick the box if you agree.",
    FieldName.SUPERVISOR: f"Tell your manager first, then tick the box. {KEPT}",
    FieldName.NAME: "Give the programme a name.",
    FieldName.WORKING_DAYS: "Choose at least one day.",
    FieldName.LENGTHS: "Choose at least one length.",
    FieldName.PURPOSE: "Say in a sentence what you meet for.",
    FieldName.RHYTHM: "Choose how often you meet.",
    FieldName.SCHEDULES: "Choose who sets the time.",
    FieldName.HOURS: "Choose when you meet.",
    FieldName.BETWEEN: "Choose how you reach each other.",
    FieldName.UNTIL: "Choose a day.",
    FieldName.REVIEW_ON: "Choose the day you’ll look at this again.",
    FieldName.PARTNERSHIP: "Choose who you met.",
    FieldName.RESPONSIBLE: "Choose an owner.",
    FieldName.ANNOUNCEMENT_NAME: "Give it a short name.",
    FieldName.ANNOUNCEMENT_TEXT: "Write what people will read.",
    FieldName.AUDIENCE: "Choose who gets it.",
    FieldName.SENT_AT: "Choose a day and a time.",
    FieldName.SESSION_START: "Choose when it starts.",
    FieldName.SESSION_PLACE: "Say where it is.",
    FieldName.MET_ON: "Choose the day you met.",
    FieldName.MINUTES: "Choose how long you met.",
    FieldName.WAY: "Choose how you met.",
    FieldName.ACTION: "Say in one sentence what will be done.",
    FieldName.ACTION_WHO: "Choose who will do it.",
    FieldName.RATING: "Choose one of the five answers.",
    FieldName.DECISION: "Choose what you’d like to do.",
    FieldName.WHY_NOT: "Choose at least one reason.",
    FieldName.MATTERS: "Choose what matters to you, from one to three.",
    FieldName.MOST: "You ticked more than one. Choose what matters most.",
    FieldName.OTHER: "Choose a proposal.",
    FieldName.PERSON: "Choose a person first.",
    FieldName.PROPOSALS: "Tick at least one proposal.",
    FieldName.DIRECTION: "Write a sentence about where you’d like to be.",
    FieldName.SKILLS: "Choose at least one, or write your own below.",
    FieldName.GOAL: "Say in one sentence what you will do.",
    FieldName.TERM: "Choose for when it is.",
    FieldName.PROOF: "Say in a few words how you will know. Only a goal for later can do without.",
    FieldName.STATE: "Choose how it stands.",
    FieldName.RESTS: "Three goals are open already. Choose one to rest.",
}
"""Sentences for empty fields that do not depend on the programme's words."""

OUT_OF_ORDER = {
    FieldName.APPLY_BY: "The last day to apply can’t be before applications open. Choose a later day.",
    FieldName.STARTS_ON: "The round can’t start before the last day to apply. Choose a later day.",
    FieldName.ENDS_ON: "The round must end after the day it starts. Choose a later day.",
    FieldName.WORK_ENDS: "Working hours must end after they start. Choose a later time.",
}

SCORED = frozenset({FieldName.RATING, *map(items.field_of, items.SCORED)})
"""Questions that are answered with a score."""

LISTS = (
    FieldName.TOPICS,
    FieldName.DEPARTMENTS,
    FieldName.GRADES,
    FieldName.OBJECTIVES,
    FieldName.MENTEE_RESPONSIBILITIES,
    FieldName.MENTOR_RESPONSIBILITIES,
    FieldName.REFERRALS,
    FieldName.FIRST_GUIDE,
    FieldName.MEETING_GUIDE,
    FieldName.LAST_GUIDE,
    FieldName.SURVEY_STATEMENTS,
)
MOST_LINES = 5
"""Lines of a list that are named in one sentence."""


@register_sentence.register
def _(error: Missing, voice: Voice) -> str:
    match error.field:
        case FieldName.MENTEE:
            return f"Choose {voice.a_mentee}."
        case FieldName.MENTOR:
            return f"Choose {voice.a_mentor}."
        case FieldName.BACK_ON:
            return "Choose a day, or tick the box below if you don’t know it yet."
        case _:
            return MISSING.get(error.field, "Fill this in.")


@register_sentence.register
def _(error: Contradiction, voice: Voice) -> str:
    return "You’ve chosen a manager above. Untick this, or remove the manager."


_PEOPLE = (FieldName.OWNERS, FieldName.COMMITTEE, FieldName.SPONSORS, FieldName.FACILITATORS, FieldName.WHO)


@register_sentence.register
def _(error: TooLong, voice: Voice) -> str:
    if error.field is FieldName.CLOSED_DAYS:
        return f"Use {error.most} days or fewer. Days before today don’t count."
    if error.field in _PEOPLE:
        return f"Choose {error.most} people or fewer."
    if error.field is FieldName.MATTERS:
        return f"Choose {error.most} or fewer."
    if error.field is FieldName.CHANNELS:
        return f"Choose {error.most} channels or fewer."
    if error.field in (FieldName.ACTIONS_MINE, FieldName.ACTIONS_THEIRS):
        return f"A line is too long. Use {error.most} characters or fewer for each line."
    if error.field not in LISTS:
        return f"Use {error.most:,} characters or fewer."
    if error.most in (MOST_IN_CHOICE, MOST_IN_AIM):
        return f"A line is too long. Use {error.most} characters or fewer for each line."
    return f"Use {error.most} lines or fewer."


@register_sentence.register
def _(error: NotDays, voice: Voice) -> str:
    first, more = error.lines[:MOST_LINES], len(error.lines) - MOST_LINES
    named = join([*map(str, first), *([f"{more} more"] if more > 0 else [])])
    if len(error.lines) == 1:
        return f"Line {named} isn’t a date I can read. Write dates like 24 December 2027, one per line."
    return f"Lines {named} aren’t dates I can read. Write dates like 24 December 2027, one per line."


@register_sentence.register
def _(error: OutOfRange, voice: Voice) -> str:
    match error.field:
        case FieldName.PLACES:
            return f"Choose from {error.least} to {error.most} {voice.mentees}."
        case FieldName.FIRST_MONTH | FieldName.MONTHLY | FieldName.MOST_PLACES | FieldName.APPROVALS:
            return f"Choose from {error.least} to {error.most}."
        case FieldName.PAUSE_WEEKS:
            return f"Choose from {error.least} to {plural(error.most, 'week', 'weeks')}."
        case FieldName.MINUTES:
            return f"Choose from {error.least} to {plural(error.most, 'minute', 'minutes')}."
        case field if field is FieldName.PLACES_AGAIN or field in SCORED:
            return f"Choose from {error.least} to {error.most}."
        case _:
            return f"Choose from {error.least} to {plural(error.most, 'month', 'months')}."


@register_sentence.register
def _(error: NoLongerOffered, voice: Voice) -> str:
    return f"Something you chose is no longer on the list. Close and reopen the form to choose again. {KEPT}"


@register_sentence.register
def _(error: CannotBeNamed, voice: Voice) -> str:
    if error.ineligibility is Ineligibility.UNKNOWN:
        return "Slack can’t tell me who this is right now. Try again in a few minutes."
    if error.ineligibility is Ineligibility.BOT:
        return "This is an app. Choose a person."
    return _not_as_manager(error, voice) if error.field is FieldName.MANAGER else _not_as_wish(error)


def _not_as_manager(error: CannotBeNamed, voice: Voice) -> str:
    match error.ineligibility:
        case Ineligibility.ONESELF:
            return "You can’t choose yourself. Choose your manager."
        case Ineligibility.DEACTIVATED:
            return "This person’s Slack account is deactivated. Choose the next manager up."
        case Ineligibility.GUEST:
            return f"You can’t choose a guest. Choose the next manager up, or ask {voice.contact}."
        case _:
            return (
                f"You can’t choose someone from another workspace. Choose the next manager up, or ask {voice.contact}."
            )


def _not_as_wish(error: CannotBeNamed) -> str:
    match error.ineligibility:
        case Ineligibility.ONESELF:
            return "You can’t choose yourself. Choose another person."
        case Ineligibility.DEACTIVATED:
            return "This person’s Slack account is deactivated. Choose another person."
        case Ineligibility.GUEST:
            return "Guests can’t take part in this programme. Choose another person."
        case _:
            return "People from other workspaces can’t take part in this programme. Choose another person."


@register_sentence.register
def _(error: OutsideSegment, voice: Voice) -> str:
    who = voice.mentees if error.role == Role.MENTEE else voice.mentors
    ask = f"If you’d like to take part, ask {voice.contact}."
    match error.field, error.known:
        case FieldName.DEPARTMENT, True:
            return f"This programme isn’t open to {who} from your department right now. {ask}"
        case FieldName.DEPARTMENT, False:
            return f"This programme is open only to {who} from some departments, and we don’t know yours. {ask}"
        case _, True:
            return f"This programme isn’t open to {who} in your grade right now. {ask}"
        case _:
            return f"This programme is open only to {who} in some grades, and we don’t know yours. {ask}"


@register_sentence.register
def _(error: WouldBeForAll, voice: Voice) -> str:
    removed = "departments" if error.field is FieldName.DEPARTMENTS else "grades"
    keep = f"Keep one, or first change “{TITLE_OF_RULES}”. {KEPT}"
    if len(error.roles) > 1:
        return f"The programme is limited to {removed} you removed. {keep}"
    who = voice.mentees if Role.MENTEE in error.roles else voice.mentors
    return f"{capital(who)} are limited to {removed} you removed. {keep}"


@register_sentence.register
def _(error: TooFewGrades, voice: Voice) -> str:
    few = f"With so few grades, a minimum gap of {error.gap} isn’t possible."
    if error.field is FieldName.GRADES:
        return f"{few} Keep more grades, or first lower the gap. {KEPT}"
    if error.field is FieldName.PROGRAMME_TYPE:
        return f"With so few grades, the earlier minimum gap of {error.gap} isn’t possible. Add grades first. {KEPT}"
    return f"{few} Choose a smaller gap."


@register_sentence.register
def _(error: HasFacilitators, voice: Voice) -> str:
    return f"Only peer mentoring has facilitators. Remove them in “Who runs it” first, then change the type. {KEPT}"


@register_sentence.register
def _(error: OutOfReach, voice: Voice) -> str:
    most = f"two people without a wish for one another score at most {error.most}"
    return f"With these weights, {most}. Choose a lower minimum."


@register_sentence.register
def _(error: TooShortService, voice: Voice) -> str:
    return (
        f"{capital(voice.mentors)} need at least {span(Length(error.months))} here. You’ll reach that on "
        f"{day(error.welcome_on)}. If your start date is wrong, change it."
    )


@register_sentence.register
def _(error: InTheFuture, voice: Voice) -> str:
    if error.field is FieldName.STARTED_ON:
        return "That date is in the future. Choose the day you started here."
    return "That date is in the future. Choose the day you met."


@register_sentence.register
def _(error: NotInTheFuture, voice: Voice) -> str:
    return "Choose a day after today."


@register_sentence.register
def _(error: NothingToPause, voice: Voice) -> str:
    return f"There’s nothing to pause: there is no open application and no {voice.partnership} right now."


@register_sentence.register
def _(error: TooLongAgo, voice: Voice) -> str:
    return f"That date is too long ago. Check the year: choose {day(error.earliest)} or later."


@register_sentence.register
def _(error: TooFarAhead, voice: Voice) -> str:
    if error.field is FieldName.CLOSED_DAYS:
        return f"One of these days is too far ahead. Check the year: the last can be {day(error.latest)}."
    if error.field is FieldName.UNTIL:
        return f"That is too far ahead for this choice. Choose {day(error.latest)} or earlier, or “Later” above."
    return f"That date is too far ahead. Check the year: choose {day(error.latest)} or earlier."


@register_sentence.register
def _(error: WishedForManager, voice: Voice) -> str:
    word = voice.a_mentor if error.role == Role.MENTOR else voice.a_mentee
    return f"You also chose this person as your manager, so they can’t be {word} for you. Choose another person."


@register_sentence.register
def _(error: OutOfOrder, voice: Voice) -> str:
    return OUT_OF_ORDER.get(error.field, "These are in the wrong order. Choose a later one.")


@register_sentence.register
def _(error: NotALink, voice: Voice) -> str:
    return "This isn’t a full web address. Start it with https://"


@register_sentence.register
def _(error: TooManyQuestions, voice: Voice) -> str:
    return f"You’ve added {error.count} questions in all. Keep {error.most} or fewer, so that surveys stay short."
