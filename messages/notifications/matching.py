"""Messages about matches to owners and to the two people (D1.19, D2.17).

Messages to the two people are private, and none of them reveals what the other person did.
"""

from slack_sdk.models.blocks import Block

from mentoring.applications.application import ApplicationState
from mentoring.core.lengths import shorter
from mentoring.core.outcome import Notification
from mentoring.matching.errors import OfferEnding
from mentoring.matching.hard_rules import HardRule
from mentoring.matching.match import Match, MatchState, ReasonKind, ending_of
from mentoring.matching.offers import OverReason
from mentoring.notifications.context import NotificationContext
from messages.blocks import actions, button, section, small_print, typed
from messages.ids import OPEN_STATUS, PROPOSE
from messages.lengths import span
from messages.matching.offers import answer_by, answers, introduced_on, profile
from messages.matching.proposals import open_review_button
from messages.matching.reasons import reason
from messages.next_steps import progress_of, withdraw_button
from messages.notifications.preconditions import (
    NotificationObsolete,
    approvers_only,
    failed_offer,
    match_of,
    open_offer,
    own_application,
    owners_only,
)
from messages.payloads import Message, message
from messages.programmes.cohorts import Phase, phase
from messages.rules import rule_sentence
from messages.text import mention
from messages.voice import Voice, capital

MOST_OF_HOPES = 2500


def not_proposed(notification: Notification, context: NotificationContext) -> Message:
    """To the person whose request for proposals failed."""
    approvers_only(context)
    text = "Sorry, we couldn’t propose matches"
    words = (
        f"*{text}.* Applications kept changing, or something went wrong on our side. Your proposals are "
        "unchanged. Try again in a few minutes."
    )
    return message(text, [section(words), actions(button("Propose matches", PROPOSE, style="primary"))])


def operator_released(notification: Notification, context: NotificationContext) -> Message:
    """To the owners: the operator has released matches."""
    text, more = _operator_released(notification, context)
    words = f"*{text}* {more}"
    return message(
        "The app admin sent matches",
        [section(words), actions(open_review_button(), button("See the round", OPEN_STATUS))],
    )


def operator_released_line(notification: Notification, context: NotificationContext) -> str:
    return " ".join(_operator_released(notification, context))


def _operator_released(notification: Notification, context: NotificationContext) -> tuple[str, str]:
    owners_only(context)
    approved = "They also approved proposals that owners hadn’t. " if "match" in notification.refs else ""
    if context.programme.ask_first:
        now = "We are asking the people in these matches."
    else:
        now = "We are introducing the people in these matches."
        if context.programme.introduces_at_start and context.today < context.cohort.starts_on:
            now = "We introduce the people in these matches when the round starts."
    return "The app admin sent matches from the command line.", f"{approved}{now}"


def offered(notification: Notification, context: NotificationContext) -> Message:
    """The offer: the other person, the reasons, and two buttons."""
    match = open_offer(context)
    voice, other = Voice(context.programme), match.other(context.reader.id)
    found = context.profiles.get(other)
    if found is None:
        raise NotificationObsolete("profile-gone")
    word = voice.a_mentor if context.reader.id == match.mentee else voice.a_mentee
    text = f"We’ve found {word} for you"
    why = [f"• {capital(words)}" for each in match.reasons if (words := reason(each, context.programme))]
    return message(
        text,
        [
            section(f"*{text}: {mention(other)}.* Please answer by {answer_by(match, context.reader)}."),
            *([section("\n".join(["*Why you two*", *why]))] if why else []),
            *([section(_no_shared_hours(other))] if _lacks_shared_hours(match) else []),
            section(f"*About {mention(other)}*"),
            *profile(found),
            *(
                [section(f"*What {mention(other)} hopes for*"), typed(context.hopes, MOST_OF_HOPES)]
                if context.hopes
                else []
            ),
            section(f"*What happens next*\n{_after_the_answer(match, context)}"),
            answers(match),
            small_print(f"Questions? Ask {voice.contact}."),
        ],
    )


def _lacks_shared_hours(match: Match) -> bool:
    return any(reason.kind is ReasonKind.NO_SHARED_HOURS for reason in match.reasons)


def _no_shared_hours(other: str) -> str:
    return (
        f"*Good to know*\nYour working hours don’t overlap with those of {mention(other)}. When you meet, it would be "
        "outside working hours for one of you."
    )


def _after_the_answer(match: Match, context: NotificationContext) -> str:
    starts = context.programme.introduces_at_start and context.today < context.cohort.starts_on
    when = f" {introduced_on(context.cohort, context.today)}" if starts else ""
    introduced = f"If you both accept, I’ll introduce you in a group message{when}."
    both = [context.profiles[person].length for person in match.people if person in context.profiles]
    lasts = f" Your {Voice(context.programme).partnership} would last {span(shorter(*both))}." if len(both) == 2 else ""
    if lasts and context.programme.has_agreements:
        lasts += " In your agreement, you can choose another end together."
    return (
        f"• {introduced}{lasts}\n"
        "• If one of you declines, the other hears only that the match did not work out.\n"
        "• Without both answers by then, the match expires. We may suggest other people to each of you."
    )


def reminder(notification: Notification, context: NotificationContext) -> Message:
    """On day 5, to people who have not answered."""
    match = open_offer(context)
    voice, other = Voice(context.programme), mention(match.other(context.reader.id))
    text = "A match is waiting for your answer"
    words = (
        f"*We’d like to match you with {other}.* Please accept or decline by {answer_by(match, context.reader)}. After "
        "that the match expires."
    )
    return message(text, [section(words), answers(match), small_print(f"Questions? Ask {voice.contact}.")])


_ENDED = {
    OfferEnding.DECLINED: "*You declined the match with {other}.* I don’t tell anyone that you declined.",
    OfferEnding.WITHDRAWN: "*You withdrew your application*, so the match with {other} is over.",
    OfferEnding.EXPIRED: "*The match with {other} has expired.* Neither of you answered in time.",
    OfferEnding.CLOSED: "*The match with {other} is over.* The round closed before you were introduced.",
    OfferEnding.RECALLED: "*The programme owners took the match with {other} back.* This happens for many reasons.",
    OfferEnding.FAILED: "*The match with {other} did not work out.*",
}


def offer_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """In place of the offer and its reminder, without their buttons: what became of it, as its reader may know it."""
    match, reader = match_of(context), context.reader.id
    if reader not in match.people:
        raise NotificationObsolete("not-asked")
    other = mention(match.other(reader))
    if match.state is MatchState.OFFERED and reader not in match.accepted_by:
        raise NotificationObsolete("not-answered")
    if match.awaits_start:
        when = introduced_on(context.cohort, context.today)
        words = f"*You and {other} both accepted this match.* I’ll introduce you {when}."
    elif match.state is MatchState.OFFERED:
        words = f"*You accepted the match with {other}.* They can answer until {answer_by(match, context.reader)}."
    elif match.state is MatchState.ACCEPTED:
        words = f"*You and {other} both accepted this match.* I introduce you in a group message."
    else:
        sent = context.profiles.get(reader)
        withdrawn = sent is not None and sent.state is ApplicationState.WITHDRAWN
        words = _ENDED[ending_of(match, declined=context.declined, withdrawn=withdrawn)].format(other=other)
    return message("A match that needs no answer any more", [section(words)])


def accepted(notification: Notification, context: NotificationContext) -> Message:
    """To each person who accepts. The second one hears that they are introduced."""
    match = match_of(context)
    text = "Thank you for accepting"
    if match.state is MatchState.ACCEPTED:
        if match.accepted_by[-1:] != (context.reader.id,):
            raise NotificationObsolete("introduced-since")
        other = mention(match.other(context.reader.id))
        return message(text, [section(f"*{text}.* {other} accepted too, so I introduce you in a group message.")])
    if match.state is not MatchState.OFFERED:
        raise NotificationObsolete("offer-over")
    if match.is_agreed:
        if match.accepted_by[-1:] != (context.reader.id,):
            raise NotificationObsolete("agreed-since")
        other = mention(match.other(context.reader.id))
        when = introduced_on(context.cohort, context.today)
        return message(text, [section(f"*{text}.* {other} accepted too. I’ll introduce you {when}.")])
    other, until = mention(match.other(context.reader.id)), answer_by(match, context.reader)
    words = f"*{text}.* {other} can answer until {until}. I’ll introduce you, or tell you that it did not work out."
    return message(text, [section(words)])


def agreed(notification: Notification, context: NotificationContext) -> Message:
    """They are introduced when the round starts: to the person who accepted first, or to both if they were not asked,
    or if the start has moved.
    """
    match = match_of(context)
    if context.reader.id not in match.people:
        raise NotificationObsolete("not-asked")
    if not match.awaits_start:
        raise NotificationObsolete("introduced-since" if match.state is MatchState.ACCEPTED else "offer-over")
    voice, other = Voice(context.programme), mention(match.other(context.reader.id))
    if moved_to := notification.refs.get("moved_to"):
        if moved_to != context.cohort.starts_on.isoformat():
            raise NotificationObsolete("moved-again")
        text, said = "The round has a new start", f"Your match with {other} stands."
    elif context.programme.ask_first:
        text, said = "Your match is agreed", f"{other} accepted too."
    else:
        word = voice.a_mentor if context.reader.id == match.mentee else voice.a_mentee
        text, said = f"We’ve found {word} for you", f"You’re matched with {other}."
    words = f"*{text}.* {said} I’ll introduce you in a group message {introduced_on(context.cohort, context.today)}."
    return message(text, [section(words), small_print(f"Questions? Ask {voice.contact}.")])


def declined(notification: Notification, context: NotificationContext) -> Message:
    """To the person who declines."""
    match = failed_offer(context)
    text = "Thank you for your answer"
    words = (
        f"*{text}.* I don’t tell anyone that you declined, including the owners. You won’t be matched with "
        f"{mention(match.other(context.reader.id))}, in this round or later ones."
    )
    return message(text, [section(words), *_still_in_the_pool(match, context)])


def over(notification: Notification, context: NotificationContext) -> Message:
    """The same text whether the other person declined or did not answer. Other reasons are named only to a person whose
    own they are, and that the time ran out only if neither of the two has answered.
    """
    match = failed_offer(context)
    other, why = mention(match.other(context.reader.id)), notification.refs.get("why")
    if match.ran_out:
        text = "A match has expired"
        words = f"*Your match with {other} has expired.* Neither of you answered in time. You may be matched again."
    elif match.state is MatchState.RECALLED:
        text = "A match was taken back"
        words = (
            f"*The programme owners took your match with {other} back.* This happens for many reasons. You may be "
            "matched again."
        )
    elif why == OverReason.PLACE:
        text = "A match is no longer possible"
        words = f"*Your match with {other} is no longer possible.* All the places that you offer are taken now."
        return message(text, [section(words), actions(button("See your application", OPEN_STATUS))])
    elif why == OverReason.CHANGED:
        text = "A match is no longer possible"
        words = f"*Your match with {other} is no longer possible.* What you changed in your application rules it out."
    else:
        text = "A match did not work out this time"
        words = f"*Your match with {other} did not work out this time.* This happens for many reasons."
    return message(text, [section(words), *_still_in_the_pool(match, context)])


def _still_in_the_pool(match: Match, context: NotificationContext) -> list[Block]:
    application = own_application(context, match)
    if application is None or phase(context.cohort, context.today) is Phase.OVER:
        return []
    asks = ", and we’ll ask you first" if context.programme.ask_first else ""
    words = (
        f"*What happens next*\nYou can still be matched with someone else{asks}. If you no longer want a match, "
        "you can withdraw."
    )
    asked = len(progress_of(application, context.own_matches, context.own_partnerships, context.programme).offers)
    return [
        section(words),
        actions(
            button("See your application", OPEN_STATUS), withdraw_button(application, context.programme, asked=asked)
        ),
    ]


def owners_over(notification: Notification, context: NotificationContext) -> Message:
    """To the owners, without saying who declined."""
    owners_only(context)
    match = failed_offer(context)
    two = f"{mention(match.mentee)} and {mention(match.mentor)}"
    if match.state is MatchState.RECALLED:
        text, by = "A match was taken back", notification.refs.get("by")
        who = mention(by) if by else "An owner"
        words = f"*{text}:* {two}. {who} decided this. Both people were told, and they can be proposed again."
        return message(text, [section(words), actions(open_review_button())])
    text = "A match did not work out"
    why, role = notification.refs.get("why"), notification.refs.get("role")
    reason = f" {rule_sentence(HardRule(why), role, Voice(context.programme))}" if why else ""
    words = f"*{text}:* {two}.{reason} You don’t need to do anything."
    return message(text, [section(words), actions(open_review_button())])
