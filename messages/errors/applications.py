"""Sentences of refusals about applications and programme settings."""

from mentoring.applications.application import Role
from mentoring.applications.errors import (
    AlreadyApplied,
    AlreadyConfirmed,
    AlreadyWithdrawn,
    CannotBeCorrected,
    CannotBeEntered,
    CannotTakePart,
    CohortClosed,
    NoSuchApplication,
)
from mentoring.core.errors import (
    AlreadyResolved,
    ChangedMeanwhile,
    CohortOver,
    NameTaken,
    NoOpenProgramme,
    NoProgramme,
    NotAnAdministrator,
    NotForYou,
    SeveralProgrammes,
    StaleRequest,
)
from mentoring.core.fields import FieldName
from mentoring.core.people import Ineligibility
from mentoring.people.errors import CannotReadFields, NoFittingFields
from mentoring.programmes.errors import CannotHaveRole
from messages.errors.registry import KEPT, register_sentence, see_help, see_status, typed_command
from messages.ids import COMMAND, Subcommand
from messages.programmes.cohorts import day
from messages.text import join
from messages.voice import Voice


@register_sentence.register
def _(error: NotAnAdministrator, voice: Voice) -> str:
    return "Only administrators can do this. The app admin names them."


@register_sentence.register
def _(error: NotForYou, voice: Voice) -> str:
    return f"Only programme owners can do this. Need something? Ask {voice.contact}."


@register_sentence.register
def _(error: NoProgramme, voice: Voice) -> str:
    return "There is no mentoring programme in this workspace yet. The app admin can start one by naming its owners."


@register_sentence.register
def _(error: NameTaken, voice: Voice) -> str:
    return "Another programme has this name. Choose a different one."


@register_sentence.register
def _(error: CannotHaveRole, voice: Voice) -> str:
    who = voice.person(error.person, "One of these people")
    return f"{who} can’t be {_ROLES[error.field]}: {_ACCOUNTS[error.ineligibility]}. Choose someone else."


_ROLES = {
    FieldName.OWNERS: "an owner",
    FieldName.COMMITTEE: "on the committee",
    FieldName.SPONSORS: "a sponsor",
    FieldName.FACILITATORS: "a facilitator",
}


@register_sentence.register
def _(error: CannotBeEntered, voice: Voice) -> str:
    who = voice.person(error.person, "This person")
    match error.ineligibility:
        case None:
            request = typed_command(voice, Subcommand.REQUEST)
            return f"{who} was erased, so nothing is stored about them. They can apply again themselves: {request}."
        case Ineligibility.ONESELF:
            commands = [typed_command(voice, word) for word in (Subcommand.REQUEST, Subcommand.VOLUNTEER)]
            return f"To apply yourself, type {join(commands, 'or')}. Here, choose someone else."
        case Ineligibility.UNKNOWN:
            return "Slack can’t tell me who this is right now. Try again in a few minutes."
        case _:
            return f"{who} can’t take part: {_ACCOUNTS[error.ineligibility]}. Choose someone else."


@register_sentence.register
def _(error: AlreadyApplied, voice: Voice) -> str:
    who = voice.person(error.person, "This person")
    role = voice.a_mentee if error.role == Role.MENTEE else voice.a_mentor
    return f"{who} has already applied as {role}. To change it, find them in the list and view their application."


_ACCOUNTS = {
    Ineligibility.GUEST: "they are a guest",
    Ineligibility.BOT: "it is an app",
    Ineligibility.DEACTIVATED: "their account is deactivated",
    Ineligibility.STRANGER: "they are from another workspace",
}


@register_sentence.register
def _(error: NoOpenProgramme, voice: Voice) -> str:
    return "No mentoring programme is open to you right now, so you can’t apply."


@register_sentence.register
def _(error: SeveralProgrammes, voice: Voice) -> str:
    return f"You take part in several programmes. Open `{COMMAND}`, and choose one."


@register_sentence.register
def _(error: CohortClosed, voice: Voice) -> str:
    if error.opens_on:
        return f"Applications aren’t open yet. You can apply from {day(error.opens_on)}."
    return f"This round has ended, and the next one isn’t open yet. Ask {voice.contact} when it opens."


@register_sentence.register
def _(error: CannotTakePart, voice: Voice) -> str:
    match error.ineligibility:
        case Ineligibility.UNKNOWN:
            return "Slack can’t tell me who you are right now. Try again in a few minutes."
        case Ineligibility.GUEST:
            return f"Guests can’t take part in this programme. If you think you should, ask {voice.contact}."
        case Ineligibility.STRANGER:
            return (
                "People from other workspaces can’t take part in this programme. "
                f"If you think you should, ask {voice.contact}."
            )
        case Ineligibility.BOT:
            return "Slack says this account is an app. Only people can take part."
        case _:
            return (
                f"Slack says your account is deactivated, so you can’t take part. If that’s wrong, ask {voice.contact}."
            )


@register_sentence.register
def _(error: NoSuchApplication, voice: Voice) -> str:
    return f"I can’t find this application. It may have been erased. {see_help(voice)}"


@register_sentence.register
def _(error: AlreadyConfirmed, voice: Voice) -> str:
    return f"You’ve already confirmed this application. {see_status(voice)}"


@register_sentence.register
def _(error: AlreadyWithdrawn, voice: Voice) -> str:
    if not error.own:
        return "This application has already been withdrawn, so nothing has changed."
    return f"You’ve already withdrawn this application. {see_status(voice)}"


@register_sentence.register
def _(error: CannotBeCorrected, voice: Voice) -> str:
    return f"This person can’t take part right now, so their application stays as it is. {KEPT}"


@register_sentence.register
def _(error: StaleRequest, voice: Voice) -> str:
    if not error.typed:
        status = typed_command(voice, Subcommand.STATUS)
        return f"This button is out of date, so nothing has changed. For the latest, type {status}."
    if error.withdrawn:
        return (
            "You withdrew this application while the form was open. To apply again, close and reopen the form, then "
            f"send it. {KEPT}"
        )
    return (
        "This changed while you had it open, so your version isn’t saved. Close and reopen the form, then check it. "
        f"{KEPT}"
    )


@register_sentence.register
def _(error: ChangedMeanwhile, voice: Voice) -> str:
    who = voice.person(error.by or "", "Another owner")
    return f"{who} saved a change first, so yours isn’t saved. Close and reopen the form, then check it. {KEPT}"


@register_sentence.register
def _(error: CohortOver, voice: Voice) -> str:
    status = typed_command(voice, Subcommand.STATUS)
    return f"This round is already closed, so nothing has changed. To see what’s next, type {status}."


@register_sentence.register
def _(error: AlreadyResolved, voice: Voice) -> str:
    return "This has already been dealt with. You don’t need to do anything."


@register_sentence.register
def _(error: CannotReadFields, voice: Voice) -> str:
    if error.not_allowed:
        return (
            "The app isn’t allowed to read profile fields, so nothing has changed. Ask the app admin to install it "
            "again with the new manifest."
        )
    return "Slack didn’t tell us which profile fields there are. Nothing has changed. Try again in a few minutes."


@register_sentence.register
def _(error: NoFittingFields, voice: Voice) -> str:
    return (
        "No field fits. I can read a text or choice for the department, a person for the manager, and a date for the "
        "start date."
    )
