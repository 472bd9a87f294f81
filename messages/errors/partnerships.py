"""What stands in the way of a match, a partnership, a meeting or an answer."""

from collections.abc import Mapping

from mentoring.applications.application import Role
from mentoring.core.fields import FieldName
from mentoring.matching.errors import (
    AlreadyAccepted,
    AlreadyProposing,
    CannotPair,
    CannotSwap,
    ConflictOfInterest,
    NotApplied,
    NothingToRelease,
    NotPending,
    NotYourOffer,
    OfferOver,
    ReasonRequired,
)
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import MatchState
from mentoring.partnerships.errors import (
    AlreadyBack,
    AlreadyEnded,
    BeforeTheStart,
    NoPartnership,
    NoSuchMeeting,
    NoSuchPartnership,
    NotAsked,
    NotYourLog,
    StillRunning,
)
from messages.errors.registry import register_sentence
from messages.ids import COMMAND
from messages.programmes.cohorts import day
from messages.text import date, plural
from messages.voice import Voice

_ONE_LINE = "One of the two is the other’s manager, or stands above them in the line of management."


def _too_near(voice: Voice) -> str:
    return f"The {voice.mentor} does not stand as many grades above the {voice.mentee} as the set-up asks for."


@register_sentence.register
def _(error: CannotPair, voice: Voice) -> str:
    match error.broken_rule:
        case HardRule.ONESELF:
            return "This is the same person twice. Please choose two."
        case HardRule.AWAY if error.role is None:
            return "One of the two has left this workspace, so they cannot be paired. They can be once both are here."
        case HardRule.AWAY:
            gone = voice.mentee if error.role == Role.MENTEE else voice.mentor
            return f"This {gone} has left this workspace meanwhile, so nobody can be paired with them for now."
        case HardRule.OUTSIDE:
            return (
                "One of the two works in a department, or at a grade, that the programme is not for. The set-up says "
                "whom it is for."
            )
        case HardRule.CHAIN_OF_COMMAND:
            return _ONE_LINE
        case HardRule.GRADES:
            return _too_near(voice)
        case HardRule.FORBIDDEN:
            return "The programme owners have decided that these two are not matched with each other."
        case HardRule.NO_SHARED_TOPIC:
            return "These two have no topic in common. If they would like to change theirs, they can be paired then."
        case HardRule.NO_PLACE if error.role is None:
            return "These two are proposed to each other already, or are being asked."
        case HardRule.NO_PLACE:
            taken = voice.mentee if error.role == Role.MENTEE else voice.mentor
            return (
                f"This {taken} has been proposed to somebody, has found somebody or has withdrawn meanwhile. Please "
                "choose another."
            )
        case HardRule.ALREADY_PARTNERS:
            return f"These two are in a {voice.partnership} already."
        case HardRule.DID_NOT_WORK:
            return "These two were brought together before, and it did not work out. Please choose another."


@register_sentence.register
def _(error: ReasonRequired, voice: Voice) -> str:
    why = _ONE_LINE if HardRule.CHAIN_OF_COMMAND in error.bars else _too_near(voice)
    return f"{why} If you think that they are right for each other all the same, say why here. Only owners read it."


@register_sentence.register
def _(error: NotApplied, voice: Voice) -> str:
    what = voice.sent(Role.MENTEE if error.field is FieldName.MENTEE else Role.MENTOR)
    return f"There is no {what} from this person in this round. Please choose somebody else."


@register_sentence.register
def _(error: CannotSwap, voice: Voice) -> str:
    if not error.by:
        return "These two proposals share somebody, so there is nothing to exchange. Please choose another."
    who = voice.person(error.by, "Another owner")
    return f"{who} has approved or kept one of these two proposals, so they stay as they are. Please choose another."


@register_sentence.register
def _(error: ConflictOfInterest, voice: Voice) -> str:
    return "You are one of the two yourself, so another owner decides on this one."


_OFF_THE_DESK = (
    "This proposal has left the desk: it was replaced or ruled out, one of the two is taken, or the round was closed."
)
_DECIDED: Mapping[str, str] = {
    MatchState.REFUSED: "This proposal was refused meanwhile, so nothing has changed.",
    MatchState.OFFERED: "This proposal was released meanwhile, and the two are being asked.",
    MatchState.ACCEPTED: "This proposal was released meanwhile, and the two have been introduced.",
    MatchState.DECLINED: "This proposal was released before, and it did not work out.",
    MatchState.LAPSED: "This proposal was released before, and it did not work out.",
}


@register_sentence.register
def _(error: NotPending, voice: Voice) -> str:
    return f"{_DECIDED.get(error.state, _OFF_THE_DESK)} The desk shows what is left to decide."


@register_sentence.register
def _(error: AlreadyProposing, voice: Voice) -> str:
    since = f"{error.since:%H:%M} UTC"
    return (
        f"We have been looking for the best matches since {date(error.since, 'time', since) if voice.marked else since}"
        ", and are not done yet. What we find comes onto the desk by itself: there is nothing you need to do."
    )


@register_sentence.register
def _(error: NothingToRelease, voice: Voice) -> str:
    said = "No proposal has all the approvals it needs, so nothing was released now."
    if not error.asked:
        return said
    return f"{said} {plural(error.asked, 'match is', 'matches are')} out already, and we wait for the answers."


@register_sentence.register
def _(error: NotYourOffer, voice: Voice) -> str:
    return f"You are not asked here any more, so nothing has changed. `{COMMAND}` shows you what you can do."


@register_sentence.register
def _(error: OfferOver, voice: Voice) -> str:
    over = "This is over, so nothing has changed: it was answered, its seven days are over, or the round was closed."
    return f"{over} `{COMMAND} status` shows where you stand."


@register_sentence.register
def _(error: AlreadyAccepted, voice: Voice) -> str:
    if error.introduced:
        return f"You have both said yes, and you were introduced. `{COMMAND} status` shows where you stand."
    return (
        "You have said yes already, so there is nothing more to do. We are waiting for the other answer, and you hear "
        "from us either way."
    )


@register_sentence.register
def _(error: NoSuchPartnership, voice: Voice) -> str:
    return f"This {voice.partnership} is no longer here. `{COMMAND}` shows you what there is."


@register_sentence.register
def _(error: NoPartnership, voice: Voice) -> str:
    return (
        f"You have no {voice.partnership} at the moment, so there is no meeting to log. `{COMMAND} status` shows where "
        "you stand."
    )


@register_sentence.register
def _(error: AlreadyEnded, voice: Voice) -> str:
    return f"This {voice.partnership} is over, so nothing has changed. `{COMMAND} status` shows what you can do next."


@register_sentence.register
def _(error: StillRunning, voice: Voice) -> str:
    return f"This {voice.partnership} is still running, so nothing has changed. You can do this once it is over."


@register_sentence.register
def _(error: AlreadyBack, voice: Voice) -> str:
    if error.withdrawn:
        return f"You went back before, and have withdrawn since. `{COMMAND} status` shows where you stand."
    return f"You are back in the pool already, so nothing has changed. `{COMMAND} status` shows where you stand."


@register_sentence.register
def _(error: BeforeTheStart, voice: Voice) -> str:
    return f"Your {voice.partnership} began on {day(error.started_on)}. Please choose that day or a later one."


@register_sentence.register
def _(error: NoSuchMeeting, voice: Voice) -> str:
    return f"This meeting is no longer here. `{COMMAND} status` shows you those that are."


@register_sentence.register
def _(error: NotYourLog, voice: Voice) -> str:
    return "Your partner logged this meeting, and only they can correct it. A word to them is enough."


@register_sentence.register
def _(error: NotAsked, voice: Voice) -> str:
    if error.answered:
        return "You have answered this already, and your answer is kept as it was. There is nothing more to do."
    return f"It is not the time for it now, so nothing has changed. `{COMMAND} status` shows what comes next."
