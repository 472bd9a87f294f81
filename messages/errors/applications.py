"""What stands in the way of taking part, or of changing the programme."""

from mentoring.applications.errors import AlreadyWithdrawn, CannotTakePart, CohortClosed, NoSuchApplication
from mentoring.core.errors import AlreadySettled, ChangedMeanwhile, CohortOver, NoProgramme, NotForYou, StaleRequest
from mentoring.core.people import Ineligibility
from messages.errors.registry import KEPT, register_sentence
from messages.ids import COMMAND
from messages.programmes.cohorts import day
from messages.voice import Voice


@register_sentence.register
def _(error: NotForYou, voice: Voice) -> str:
    return f"Only the programme owners can do this. If you need something here, {voice.contact} can help."


@register_sentence.register
def _(error: NoProgramme, voice: Voice) -> str:
    return (
        "There is no mentoring programme in this workspace yet. "
        "Whoever looks after this app can start one by naming its owners."
    )


@register_sentence.register
def _(error: CohortClosed, voice: Voice) -> str:
    if error.opens_on:
        return f"Applications open on {day(error.opens_on)}. You are very welcome from then on."
    return (
        f"This round is over, and the next one is not open yet. If you would like to hear of it, tell {voice.contact}."
    )


@register_sentence.register
def _(error: CannotTakePart, voice: Voice) -> str:
    ask = f"If you think that should be different, {voice.contact} can help."
    match error.ineligibility:
        case Ineligibility.UNKNOWN:
            return f"We are still asking Slack who you are. Please press Send again in a moment. {KEPT}"
        case Ineligibility.GUEST:
            return f"The programme is open to full members of this workspace, and you are a guest in it. {ask}"
        case Ineligibility.STRANGER:
            return f"The programme is open to members of this workspace, and you belong to another one. {ask}"
        case Ineligibility.BOT:
            return "The programme is for people, and Slack says that this is an app."
        case _:
            return f"Slack says that this account is closed, so it cannot take part. {ask}"


@register_sentence.register
def _(error: NoSuchApplication, voice: Voice) -> str:
    return f"This is no longer here: it may have been erased since. `{COMMAND}` shows you what there is."


@register_sentence.register
def _(error: AlreadyWithdrawn, voice: Voice) -> str:
    return f"This was withdrawn before, so there is nothing more to do. `{COMMAND} status` shows where you stand."


@register_sentence.register
def _(error: StaleRequest, voice: Voice) -> str:
    if not error.typed:
        return (
            f"Things have changed since this was shown, so nothing was done. `{COMMAND} status` shows how they are now."
        )
    if error.withdrawn:
        return (
            "You withdrew this while the form was open, so it was not sent. If you would like to send it after all, "
            f"please close the form, open it again, and look it over. {KEPT}"
        )
    return (
        "What was saved before has changed since this form was opened, so yours is not saved yet. Please close the "
        f"form and open it again, and look it over. {KEPT}"
    )


@register_sentence.register
def _(error: ChangedMeanwhile, voice: Voice) -> str:
    who = voice.person(error.by or "", "Somebody else")
    return (
        f"{who} saved a change while you had this form open, so yours is not saved yet. Please close the form and open "
        f"it again, and look it over before you save. {KEPT}"
    )


@register_sentence.register
def _(error: CohortOver, voice: Voice) -> str:
    return f"This round is closed already, so nothing has changed. `{COMMAND} status` shows what comes next."


@register_sentence.register
def _(error: AlreadySettled, voice: Voice) -> str:
    return "This has been settled already: somebody sent it again or left it, so nothing more is done."
