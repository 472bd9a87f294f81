"""Sentences of refusals about matches, partnerships, meetings and feedback."""

from collections.abc import Mapping
from datetime import datetime

from mentoring.agenda.errors import FirstMeetingLogged, TooManySteps
from mentoring.core.fields import FieldName
from mentoring.core.owners import OPERATOR
from mentoring.goals.errors import NoPlanHere, NoSuchGoal, NothingToShare, NotShared, TooManyGoals
from mentoring.matching.errors import (
    AlreadyAccepted,
    AlreadyAgreed,
    AlreadyExtended,
    AlreadyProposing,
    AlreadyReminded,
    CannotApprove,
    CannotAskAgain,
    CannotExtend,
    CannotPair,
    CannotSwap,
    ConflictOfInterest,
    NotApplied,
    NothingToRelease,
    NotPending,
    NotYourOffer,
    OfferEnding,
    OfferOver,
    OwnersExempt,
    ReasonRequired,
)
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import FAILED, MatchState
from mentoring.meetings.errors import (
    AlreadyBusy,
    HasNewestFile,
    MeetAlready,
    NotOffered,
    NotOverYet,
    SameTime,
    TimePassed,
    TooFarToPlan,
    TooFewMeetings,
)
from mentoring.partnerships.errors import (
    AlreadyBack,
    AlreadyEnded,
    BeforeTheStart,
    EndProposalOver,
    EndReached,
    LoggedThatDay,
    NobodyToThank,
    NoPartnership,
    NoSuchMeeting,
    NoSuchPartnership,
    NotAsked,
    NothingToMove,
    NotPaused,
    NotYourLog,
    PausedNow,
    SameEnd,
    StillRunning,
)
from messages.errors.registry import register_sentence, see_help, see_status, typed_command
from messages.programmes.cohorts import day
from messages.rules import ONE_LINE, TOO_NEAR, rule_sentence
from messages.text import date, plural
from messages.voice import Voice, capital

_ADVICE = {
    HardRule.OUTSIDE: "Choose another, or change this in Settings.",
    HardRule.FORBIDDEN: "To allow it again, use “Check a pair” in Matches.",
    HardRule.NO_SHARED_TOPIC: "Choose another, or ask one of them to add a topic.",
    HardRule.NO_SHARED_HOURS: "Choose another, or change this in Settings.",
    HardRule.ONESELF: "Choose two people.",
    HardRule.REJECTED: "To undo this, open Matches.",
}


@register_sentence.register
def _(error: CannotPair, voice: Voice) -> str:
    return f"{rule_sentence(error.broken_rule, error.role, voice)} {_ADVICE.get(error.broken_rule, 'Choose another.')}"


@register_sentence.register
def _(error: CannotApprove, voice: Voice) -> str:
    return (
        f"{rule_sentence(error.broken_rule, error.role, voice)} So you can’t approve this proposal any more. Reject "
        "it, or propose matches again."
    )


@register_sentence.register
def _(error: ReasonRequired, voice: Voice) -> str:
    why = ONE_LINE if HardRule.CHAIN_OF_COMMAND in error.rules else TOO_NEAR
    return f"{why} To pair them anyway, give a reason. It’s shown only to {voice.approvers}."


@register_sentence.register
def _(error: OwnersExempt, voice: Voice) -> str:
    why = ONE_LINE if error.rule is HardRule.CHAIN_OF_COMMAND else TOO_NEAR
    return f"{why} Only a programme owner can make an exception. Choose other people, or ask an owner."


@register_sentence.register
def _(error: NotApplied, voice: Voice) -> str:
    role = voice.a_mentee if error.field is FieldName.MENTEE else voice.a_mentor
    return f"This person hasn’t applied as {role} in this round. Choose another."


@register_sentence.register
def _(error: CannotSwap, voice: Voice) -> str:
    if not error.by:
        return "These two proposals share a person, so there’s nothing to swap. Choose another."
    who = "The app admin" if error.by == OPERATOR else voice.person(error.by, capital(voice.another_approver))
    return f"{who} has approved or kept one of these proposals, so you can’t swap them. Choose another."


@register_sentence.register
def _(error: ConflictOfInterest, voice: Voice) -> str:
    return f"You’re one of these two people, so {voice.another_approver} decides."


_GONE = "This proposal is no longer available."
_DECIDED: Mapping[str, str] = {
    MatchState.REFUSED: "This proposal has been rejected.",
    MatchState.OFFERED: "This match has already been sent, and both people have been asked.",
    MatchState.ACCEPTED: "This match has already been sent, and both people have been introduced.",
    **dict.fromkeys(FAILED, "This match was sent before, and it did not work out."),
    MatchState.RECALLED: "An owner has taken this match back.",
}


@register_sentence.register
def _(error: NotPending, voice: Voice) -> str:
    return f"{_DECIDED.get(error.state, _GONE)} Matches shows what’s left."


@register_sentence.register
def _(error: AlreadyProposing, voice: Voice) -> str:
    plain = f"{error.since:%H:%M} (UTC)"
    since = date(error.since, "time", plain) if voice.marked else plain
    return (
        f"I’ve been looking for matches since {since}. New proposals appear in Matches when they’re ready. "
        "You don’t need to do anything."
    )


@register_sentence.register
def _(error: NothingToRelease, voice: Voice) -> str:
    if not error.asked:
        return "Nothing sent: no proposal has all its approvals."
    matches = plural(error.asked, "match is", "matches are")
    return f"Nothing sent: no proposal has all its approvals. {matches} waiting for answers."


_OFFER_ENDINGS: Mapping[OfferEnding | None, str] = {
    OfferEnding.DECLINED: "You declined this match, so it’s no longer open.",
    OfferEnding.WITHDRAWN: "You withdrew your application, so this match is no longer open.",
    OfferEnding.EXPIRED: "This match is no longer open: the time to answer has run out.",
    OfferEnding.CLOSED: "This match is no longer open: the round closed before you were introduced.",
    OfferEnding.RECALLED: "This match is no longer open: the programme owners took it back.",
    OfferEnding.FAILED: "This match is no longer open: it did not work out.",
    None: "This match is no longer open.",
}


@register_sentence.register
def _(error: AlreadyAgreed, voice: Voice) -> str:
    return "No answer is missing for this match. I’ll introduce the two when the round starts."


@register_sentence.register
def _(error: AlreadyReminded, voice: Voice) -> str:
    return "An owner has already sent a reminder about this match today. You can send another one tomorrow."


@register_sentence.register
def _(error: AlreadyExtended, voice: Voice) -> str:
    plain = f"{day(error.until.date())} (UTC)"
    until = date(error.until, "date", plain) if voice.marked else plain
    return f"An owner has extended this match already. Both people can answer until {until}."


@register_sentence.register
def _(error: CannotExtend, voice: Voice) -> str:
    return (
        "This match can’t be extended further: four weeks are the most. If it expires, you can ask both people again."
    )


@register_sentence.register
def _(error: CannotAskAgain, voice: Voice) -> str:
    return f"{rule_sentence(error.broken_rule, error.role, voice)} So you can’t ask these two again."


@register_sentence.register
def _(error: NotYourOffer, voice: Voice) -> str:
    return f"You can’t answer this match any more. {see_help(voice)}"


@register_sentence.register
def _(error: OfferOver, voice: Voice) -> str:
    return f"{_OFFER_ENDINGS[error.ending]} {see_status(voice)}"


@register_sentence.register
def _(error: AlreadyAccepted, voice: Voice) -> str:
    if error.introduced:
        return f"You’ve both accepted this match already. {see_status(voice)}"
    return "You’ve already accepted this match. We’re waiting for the other answer, and I’ll message you either way."


@register_sentence.register
def _(error: NoSuchPartnership, voice: Voice) -> str:
    return f"I can’t find this {voice.partnership}. {see_help(voice)}"


@register_sentence.register
def _(error: NoPartnership, voice: Voice) -> str:
    return f"You don’t have {voice.a_partnership} right now, so you can’t log a meeting. {see_status(voice)}"


@register_sentence.register
def _(error: AlreadyEnded, voice: Voice) -> str:
    return f"This {voice.partnership} has already ended. {see_status(voice)}"


@register_sentence.register
def _(error: NobodyToThank, voice: Voice) -> str:
    return "This person has left, so I can’t send your thank-you. Delete your words to send the rest."


@register_sentence.register
def _(error: SameEnd, voice: Voice) -> str:
    return "That is the end that you have already. Choose another day."


@register_sentence.register
def _(error: EndProposalOver, voice: Voice) -> str:
    return f"This is no longer open. Your {voice.partnership} ends on {day(error.ends_on)}."


@register_sentence.register
def _(error: StillRunning, voice: Voice) -> str:
    return f"This {voice.partnership} is still active. You can do this once it has ended."


@register_sentence.register
def _(error: AlreadyBack, voice: Voice) -> str:
    if error.withdrawn:
        return (
            "You asked for another match before, but you no longer have an open application. "
            f"To apply again, type {typed_command(voice)}."
        )
    return f"You’ve already asked for another match. {see_status(voice)}"


@register_sentence.register
def _(error: BeforeTheStart, voice: Voice) -> str:
    return f"Choose {day(error.started_on)} or later: your {voice.partnership} started then."


@register_sentence.register
def _(error: FirstMeetingLogged, voice: Voice) -> str:
    return "Your first meeting is logged, so its agenda stays as it is."


@register_sentence.register
def _(error: TooManySteps, voice: Voice) -> str:
    return f"You’ve added {error.most} steps, and that’s as many as fit. Leave this one out."


@register_sentence.register
def _(error: LoggedThatDay, voice: Voice) -> str:
    who = "You’ve" if error.own else f"{voice.person(error.logged_by, 'The other person')} has"
    return f"{who} already logged a meeting on {day(error.met_on)}. If you met twice that day, say so below."


@register_sentence.register
def _(error: NoSuchMeeting, voice: Voice) -> str:
    return f"I can’t find this meeting. {see_status(voice)}"


@register_sentence.register
def _(error: NotYourLog, voice: Voice) -> str:
    return "Your partner logged this meeting, so only they can correct it. Ask them to change it."


@register_sentence.register
def _(error: NoPlanHere, voice: Voice) -> str:
    return f"Only {voice.mentees} write a plan, and only where the programme offers it. {see_help(voice)}"


@register_sentence.register
def _(error: NotShared, voice: Voice) -> str:
    return f"This plan isn’t shared with you. {see_status(voice)}"


@register_sentence.register
def _(error: NoSuchGoal, voice: Voice) -> str:
    return f"This goal is no longer in your plan. To see your plan, type {typed_command(voice, 'plan')}."


@register_sentence.register
def _(error: TooManyGoals, voice: Voice) -> str:
    return f"Your plan is full: it has {error.most} goals, old ones included. Delete one first."


@register_sentence.register
def _(error: NothingToShare, voice: Voice) -> str:
    return "Your plan is empty. Write something first."


@register_sentence.register
def _(error: PausedNow, voice: Voice) -> str:
    return f"This {voice.partnership} is paused, so you can’t do this now. You can once it carries on."


@register_sentence.register
def _(error: EndReached, voice: Voice) -> str:
    return (
        f"This {voice.partnership} has come to its agreed end on {day(error.ended_on)}, so this is no longer possible."
    )


@register_sentence.register
def _(error: NotPaused, voice: Voice) -> str:
    return f"Your {voice.partnership} is not paused. It carries on already."


@register_sentence.register
def _(error: NothingToMove, voice: Voice) -> str:
    return "There’s no pause by which to move the end, or the end has moved already."


@register_sentence.register
def _(error: TimePassed, voice: Voice) -> str:
    return "This time has passed, or is less than 15 minutes away. Choose a later one."


@register_sentence.register
def _(error: TooFarToPlan, voice: Voice) -> str:
    return f"This time is too far ahead: choose one within six months, before your {voice.partnership} ends."


@register_sentence.register
def _(error: AlreadyBusy, voice: Voice) -> str:
    return "One of you has another planned meeting at this time. Choose another time."


@register_sentence.register
def _(error: MeetAlready, voice: Voice) -> str:
    return f"You two meet at a regular time already. End it first. {see_status(voice)}"


@register_sentence.register
def _(error: TooFewMeetings, voice: Voice) -> str:
    return (
        f"Fewer than two meetings would be left until {day(error.until)}. Choose another day, or offer a single time."
    )


@register_sentence.register
def _(error: SameTime, voice: Voice) -> str:
    return f"You two already meet on {_at(error.starts_at, voice)}. Choose another time."


@register_sentence.register
def _(error: NotOffered, voice: Voice) -> str:
    if error.waits:
        return f"You’ve offered another time, and I’ve asked the other person. {see_status(voice)}"
    if error.starts_at:
        return f"This time is not offered any more. You two meet on {_at(error.starts_at, voice)}."
    return f"This is not open any more: the time has passed, or one of you cancelled. {see_status(voice)}"


def _at(moment: datetime, voice: Voice) -> str:
    plain = f"{moment:%A} {moment.day} {moment:%B at %H:%M} (UTC)"
    return date(moment, "{date_long} at {time}", plain) if voice.marked else plain


@register_sentence.register
def _(error: HasNewestFile, voice: Voice) -> str:
    return "I’ve already sent you the calendar file, and nothing has changed since. You find it in our messages."


@register_sentence.register
def _(error: NotOverYet, voice: Voice) -> str:
    return "This meeting is still ahead. You can say whether you met once it is over."


@register_sentence.register
def _(error: NotAsked, voice: Voice) -> str:
    if error.answered:
        return "You’ve already answered this. We kept your first answer, and you don’t need to do anything."
    return f"There’s nothing to answer right now. {see_status(voice)}"
