"""What stands in the way of a match, a partnership, a meeting or an answer."""

from mentoring import error as refusal
from mentoring.application import Role
from mentoring.error import Bar
from messages.ids import COMMAND
from messages.rounds import day
from messages.voice import Voice
from messages.words.saying import say


@say.register
def _(error: refusal.CannotPair, voice: Voice) -> str:
    match error.bar:
        case Bar.ONESELF:
            return "This is the same person twice. Please choose two."
        case Bar.AWAY if error.role is None:
            return "One of the two has left this workspace, so they cannot be paired. They can be once both are here."
        case Bar.AWAY:
            gone = voice.mentee if error.role == Role.MENTEE else voice.mentor
            return f"This {gone} has left this workspace meanwhile, so nobody can be paired with them for now."
        case Bar.CHAIN_OF_COMMAND:
            return "One of the two named the other as their manager, so these two cannot be paired."
        case Bar.NO_SHARED_TOPIC:
            return "These two have no topic in common. If they would like to change theirs, they can be paired then."
        case Bar.NO_PLACE if error.role is None:
            return "These two are proposed to each other already, or are being asked."
        case Bar.NO_PLACE:
            taken = voice.mentee if error.role == Role.MENTEE else voice.mentor
            return f"This {taken} has been proposed to somebody or found somebody meanwhile. Please choose another."
        case Bar.ALREADY_PARTNERS:
            return f"These two are in a {voice.partnership} already."
        case Bar.DID_NOT_WORK:
            return (
                "These two were brought together in this round before, and it did not work out. Please choose another."
            )


@say.register
def _(error: refusal.PartOfIt, voice: Voice) -> str:
    return "You are one of the two yourself, so another owner decides on this one."


@say.register
def _(error: refusal.NotOnTheDesk, voice: Voice) -> str:
    return "This proposal was decided on or replaced meanwhile, so there is nothing more to do."


@say.register
def _(error: refusal.NothingToRelease, voice: Voice) -> str:
    return "No proposal has all the approvals it needs, so nothing was released."


@say.register
def _(error: refusal.NotYourOffer, voice: Voice) -> str:
    return "Somebody else is asked here, so only they can answer."


@say.register
def _(error: refusal.OfferOver, voice: Voice) -> str:
    over = "This was answered, or its seven days are over, so nothing has changed."
    return f"{over} `{COMMAND} status` shows where you stand."


@say.register
def _(error: refusal.NoSuchPartnership, voice: Voice) -> str:
    return f"This {voice.partnership} is no longer here. `{COMMAND}` shows you what there is."


@say.register
def _(error: refusal.NoPartnership, voice: Voice) -> str:
    return (
        f"You have no {voice.partnership} at the moment, so there is no meeting to log. `{COMMAND} status` shows where "
        "you stand."
    )


@say.register
def _(error: refusal.AlreadyEnded, voice: Voice) -> str:
    return f"This {voice.partnership} is over, so nothing has changed. `{COMMAND} status` shows what you can do next."


@say.register
def _(error: refusal.StillRunning, voice: Voice) -> str:
    return f"This {voice.partnership} is still running. You can go back to the pool once it is over."


@say.register
def _(error: refusal.AlreadyBack, voice: Voice) -> str:
    return "You are back in the pool already, so there is nothing more to do."


@say.register
def _(error: refusal.BeforeTheStart, voice: Voice) -> str:
    return f"Your {voice.partnership} began on {day(error.started_on)}. Please choose that day or a later one."


@say.register
def _(error: refusal.NoSuchMeeting, voice: Voice) -> str:
    return f"This meeting is no longer here. `{COMMAND} status` shows you those that are."


@say.register
def _(error: refusal.NotYourLog, voice: Voice) -> str:
    return "Your partner logged this meeting, and only they can correct it. A word to them is enough."


@say.register
def _(error: refusal.NotAsked, voice: Voice) -> str:
    return "You have answered this already, or it is not the time for it, so nothing has changed."
