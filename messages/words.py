"""What we say when something cannot be done: what is the case, what is kept, what to do. Nobody is at fault."""

from functools import singledispatch

from slack_sdk.models.blocks import Block

from mentoring import error as refusal
from mentoring.application import MOST_PLACES
from mentoring.error import Field, Hindrance, MentoringError
from mentoring.programme import Programme
from mentoring.setup import MOST_IN_CHOICE
from messages.applications.words import span
from messages.blocks import actions, button, section
from messages.ids import COMMAND
from messages.outgoing import Message, message
from messages.rounds import day
from messages.text import plural
from messages.voice import Voice, capital

KEPT = "What you typed is kept."


def sentence(error: MentoringError, programme: Programme | None) -> str:
    """One or two sentences, in mrkdwn."""
    return _say(error, Voice(programme))


def plain_sentence(error: MentoringError, programme: Programme | None) -> str:
    """The same in plain text, where a mention would not show as a name."""
    return _say(error, Voice(programme, marked=False))


def unknown_error(reference: str, programme: Programme | None = None, *, marked: bool = True) -> str:
    """When we failed. `reference` is what we find it by in our own record, and may be read out by telephone.

    In mrkdwn, or (not `marked`) in plain text for a field.
    """
    tell = Voice(programme, marked=marked).contact if programme else "whoever looks after this app"
    quoted = f"`{reference}`" if marked else reference
    return (
        "Something went wrong on our side, and it is no fault of yours. What you sent before is safe. "
        f"Please try again; if it happens again, tell {tell} this reference: {quoted}"
    )


def too_slow(action_id: str = "", value: str = "") -> Message:
    """When Slack did not open a form in time. With the button that was pressed, it can be pressed again right here."""
    text = "Slack took too long to open the form. Nothing is lost."
    if not action_id:
        return message(text, [section(f"{text} Please try again.")])
    blocks: list[Block] = [
        section(f"{text} Press the button to try again."),
        actions(button("Try again", action_id, value, style="primary")),
    ]
    return message(text, blocks)


@singledispatch
def _say(error: MentoringError, voice: Voice) -> str:
    """A refusal without a sentence of its own; a test says that there is none."""
    return "That cannot be done as things stand. Nothing has changed."


@_say.register
def _(error: refusal.Refused, voice: Voice) -> str:
    return " ".join(dict.fromkeys(_say(reason, voice) for reason in error.reasons))


@_say.register
def _(error: refusal.NotForYou, voice: Voice) -> str:
    return f"Only the programme owners can do this. If you need something here, {voice.contact} can help."


@_say.register
def _(error: refusal.NoProgramme, voice: Voice) -> str:
    return (
        "There is no mentoring programme in this workspace yet. "
        "Whoever looks after this app can start one by naming its owners."
    )


@_say.register
def _(error: refusal.CohortClosed, voice: Voice) -> str:
    if error.opens_on:
        return f"Applications open on {day(error.opens_on)}. You are very welcome from then on."
    return (
        f"This round is over, and the next one is not open yet. If you would like to hear of it, tell {voice.contact}."
    )


@_say.register
def _(error: refusal.CannotTakePart, voice: Voice) -> str:
    ask = f"If you think that should be different, {voice.contact} can help."
    match error.hindrance:
        case Hindrance.UNKNOWN:
            return f"We are still asking Slack who you are. Please press Send again in a moment. {KEPT}"
        case Hindrance.GUEST:
            return f"The programme is open to full members of this workspace, and you are a guest in it. {ask}"
        case Hindrance.STRANGER:
            return f"The programme is open to members of this workspace, and you belong to another one. {ask}"
        case Hindrance.BOT:
            return "The programme is for people, and Slack says that this is an app."
        case _:
            return f"Slack says that this account is closed, so it cannot take part. {ask}"


@_say.register
def _(error: refusal.CannotBeNamed, voice: Voice) -> str:
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
}

CALLED = {
    Field.HOPES: "This text",
    Field.LANGUAGES: "This text",
    Field.TOPICS: "The list of topics",
    Field.DEPARTMENTS: "The list of departments",
    Field.GRADES: "The list of grades",
    Field.OPENS_ON: "the day on which applications open",
    Field.APPLY_BY: "the last day to apply",
    Field.STARTS_ON: "the start of the round",
    Field.ENDS_ON: "the end of the round",
    Field.WORK_STARTS: "the start of the working hours",
    Field.WORK_ENDS: "the end of the working hours",
}

LISTS = (Field.TOPICS, Field.DEPARTMENTS, Field.GRADES)


@_say.register
def _(error: refusal.Missing, voice: Voice) -> str:
    return MISSING.get(error.field, "Please fill this in.")


@_say.register
def _(error: refusal.TooLong, voice: Voice) -> str:
    called = CALLED.get(error.field, "This text")
    if error.field not in LISTS:
        return f"{called} can have {error.most:,} characters. Please shorten it a little."
    if error.most == MOST_IN_CHOICE:
        return f"{called} has a line of more than {error.most} characters. Please shorten that line."
    return f"{called} can have {error.most} lines. Please leave some out."


@_say.register
def _(error: refusal.OutOfRange, voice: Voice) -> str:
    if error.field is Field.PLACES:
        return f"Please choose how many {voice.mentees} you could take on, from 1 to {MOST_PLACES}."
    return f"Please choose between {error.least} and {plural(error.most, 'month', 'months')}."


@_say.register
def _(error: refusal.NoLongerOffered, voice: Voice) -> str:
    return (
        "The list has changed while you had this form open, and something you chose is no longer on it. "
        f"Please close the form and open it again to see the new list. {KEPT}"
    )


@_say.register
def _(error: refusal.TooShortService, voice: Voice) -> str:
    return (
        f"We ask {voice.mentors} for {span(error.months)} of service, so that they know the place well. You are very "
        f"welcome from {day(error.welcome_on)}. If the date is not right, change it here. {KEPT}"
    )


@_say.register
def _(error: refusal.InTheFuture, voice: Voice) -> str:
    return "This day is still to come. Please choose the day on which you started."


@_say.register
def _(error: refusal.OutOfOrder, voice: Voice) -> str:
    what, after = CALLED.get(error.field, "this"), CALLED.get(error.after, "the one before")
    not_before = error.field in (Field.APPLY_BY, Field.STARTS_ON)
    return capital(f"{what} {'cannot be before' if not_before else 'must be after'} {after}.")


@_say.register
def _(error: refusal.NotALink, voice: Voice) -> str:
    return "Please give the whole address of the page. It begins with https://"


@_say.register
def _(error: refusal.NoSuchApplication, voice: Voice) -> str:
    return f"This is no longer here: it may have been erased since. `{COMMAND}` shows you what there is."


@_say.register
def _(error: refusal.AlreadyWithdrawn, voice: Voice) -> str:
    return "This was withdrawn before, so there is nothing more to do."


@_say.register
def _(error: refusal.ChangedMeanwhile, voice: Voice) -> str:
    who = voice.person(error.by or "", "Somebody else")
    return (
        f"{who} saved a change while you had this form open, so yours is not saved yet. Please close the form and open "
        f"it again, and look it over before you save. {KEPT}"
    )
