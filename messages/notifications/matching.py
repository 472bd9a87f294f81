"""About matches: to owners when there is something to decide, to the two people while they are asked, and to those
for whom nobody was found (D1.19, D2.17).

Messages to the two are private, and none of them tells what the other person did.
"""

from slack_sdk.models.blocks import Block

from mentoring.applications.application import Application, Role
from mentoring.core.outcome import Notification
from mentoring.matching.match import Match, MatchState
from mentoring.notifications.context import NotificationContext
from messages.applications.wording import span
from messages.blocks import actions, button, context, section
from messages.help import buttons, withdraw_button
from messages.ids import COMMAND, OPEN_STATUS, PROPOSE
from messages.matching.offers import answer_by, answers, profile
from messages.matching.proposals import open_review_button
from messages.matching.reasons import reason
from messages.next_steps import ApplicationProgress, progress_of
from messages.notifications.preconditions import (
    NotificationObsolete,
    failed_offer,
    match_of,
    open_application,
    open_offer,
    own_application,
    owners_only,
)
from messages.payloads import Message, message
from messages.programmes.cohorts import Phase, phase, takes_applications
from messages.text import mention
from messages.voice import Voice, capital


def not_proposed(notification: Notification, scene: NotificationContext) -> Message:
    """To the owner who asked for proposals, where none could be made."""
    owners_only(scene)
    text = "Sorry, we couldn’t propose matches"
    words = (
        f"*{text}.* Applications kept changing, or something went wrong on our side. Your proposals are "
        "unchanged. Try again in a few minutes."
    )
    return message(text, [section(words), actions(button("Propose matches", PROPOSE, style="primary"))])


def operator_released(notification: Notification, scene: NotificationContext) -> Message:
    """Somebody at the command line did what otherwise two owners do."""
    owners_only(scene)
    text = "The app admin sent matches"
    approved = " They also approved proposals that owners hadn’t." if "match" in notification.refs else ""
    if scene.programme.ask_first:
        now = "We are asking the people in these matches."
    else:
        now = "We are introducing the people in these matches."
    words = f"*{text} from the command line.*{approved} {now}"
    return message(text, [section(words), actions(open_review_button(), button("See the round", OPEN_STATUS))])


def offered(notification: Notification, scene: NotificationContext) -> Message:
    """Who the other one is, why, and a yes or no."""
    match = open_offer(scene)
    voice, other = Voice(scene.programme), match.other(scene.reader.id)
    found = scene.profiles.get(other)
    if found is None:
        raise NotificationObsolete("profile-gone")
    word = voice.a_mentor if scene.reader.id == match.mentee else voice.a_mentee
    text = f"We’ve found {word} for you"
    why = [f"• {capital(words)}" for each in match.reasons if (words := reason(each, scene.programme))]
    return message(
        text,
        [
            section(f"*{text}: {mention(other)}.* Please answer by {answer_by(match, scene.reader)}."),
            *([section("\n".join(["*Why you two*", *why]))] if why else []),
            section(f"*About {mention(other)}*"),
            *profile(found),
            section(f"*What happens next*\n{_after_the_answer(match, scene)}"),
            answers(match),
            context(f"Questions? Ask {voice.contact}."),
        ],
    )


def _after_the_answer(match: Match, scene: NotificationContext) -> str:
    introduced = "If you both accept, I’ll introduce you in a group message."
    both = [scene.profiles[person].months for person in match.people if person in scene.profiles]
    lasts = f" Your {Voice(scene.programme).partnership} would last {span(min(both))}." if len(both) == 2 else ""
    return (
        f"• {introduced}{lasts}\n"
        "• If one of you declines, the other hears only that the match did not work out.\n"
        "• Without both answers by then, the match expires. We may suggest other people to each of you."
    )


def reminder(notification: Notification, scene: NotificationContext) -> Message:
    """Day five, to whoever has not answered."""
    match = open_offer(scene)
    voice, other = Voice(scene.programme), mention(match.other(scene.reader.id))
    text = "A match is waiting for your answer"
    words = (
        f"*We’d like to match you with {other}.* Please accept or decline by {answer_by(match, scene.reader)}. After "
        "that the match expires."
    )
    return message(text, [section(words), answers(match), context(f"Questions? Ask {voice.contact}.")])


def accepted(notification: Notification, scene: NotificationContext) -> Message:
    """To the first who says yes."""
    match = match_of(scene)
    if match.state is MatchState.ACCEPTED:
        raise NotificationObsolete("introduced-since")
    if match.state is not MatchState.OFFERED:
        raise NotificationObsolete("offer-over")
    text = "Thank you for accepting"
    other, until = mention(match.other(scene.reader.id)), answer_by(match, scene.reader)
    words = f"*{text}.* {other} can answer until {until}. I’ll introduce you, or tell you that it did not work out."
    return message(text, [section(words)])


def declined(notification: Notification, scene: NotificationContext) -> Message:
    """To who says no."""
    match = failed_offer(scene)
    text = "Thank you for your answer"
    words = (
        f"*{text}.* I don’t tell anyone that you declined, including the owners. You won’t be matched with "
        f"{mention(match.other(scene.reader.id))}, in this round or later ones."
    )
    return message(text, [section(words), *_still_in_the_pool(match, scene)])


def over(notification: Notification, scene: NotificationContext) -> Message:
    """The same words whether somebody declined or nobody answered."""
    match = failed_offer(scene)
    text = "A match did not work out this time"
    words = (
        f"*Your match with {mention(match.other(scene.reader.id))} did not work out this time.* This happens for many "
        "reasons."
    )
    return message(text, [section(words), *_still_in_the_pool(match, scene)])


def _still_in_the_pool(match: Match, scene: NotificationContext) -> list[Block]:
    application = own_application(scene, match)
    if application is None or phase(scene.cohort, scene.today) is Phase.OVER:
        return []
    asks = ", and we’ll ask you first" if scene.programme.ask_first else ""
    words = (
        f"*What happens next*\nYou can still be matched with someone else{asks}. If you no longer want a match, "
        "you can withdraw."
    )
    asked = len(progress_of(application, scene.asked, scene.own).offers)
    return [
        section(words),
        actions(
            button("See your application", OPEN_STATUS), withdraw_button(application, scene.programme, asked=asked)
        ),
    ]


def owners_over(notification: Notification, scene: NotificationContext) -> Message:
    """To the owners, without saying who did what."""
    owners_only(scene)
    match = failed_offer(scene)
    text = "A match did not work out"
    words = (
        f"*{text}:* {mention(match.mentee)} and {mention(match.mentor)}. You don’t need to do anything. We won’t "
        "propose these two again in this round."
    )
    return message(text, [section(words), actions(open_review_button())])


def unmatched(notification: Notification, scene: NotificationContext) -> Message:
    """Once in a round for each application; not to anybody who has somebody by now."""
    application = open_application(scene)
    _still_unmatched(notification, application, scene)
    place = progress_of(application, scene.asked, scene.own)
    if place.offers or place.active or place.over:
        raise NotificationObsolete("somebody-since")
    voice = Voice(scene.programme)
    text = f"News about your {voice.sent(application.role)}"
    return message(
        text,
        [
            section(_so_far(application, voice)),
            section(f"*What happens next*\n{_what_next(place, scene)}"),
            section(f"*What can help*\n{_what_can_help(application, scene)}"),
            actions(
                button("See your application", OPEN_STATUS),
                *buttons(application, scene.programme, scene.cohort, scene.today),
            ),
            context(f"Questions? Ask {voice.contact}."),
        ],
    )


def _still_unmatched(notification: Notification, application: Application, scene: NotificationContext) -> None:
    """Raise NotificationObsolete where the round is not the one that it was about, or not theirs any more."""
    if scene.cohort.id != notification.refs.get("cohort", scene.cohort.id) or scene.cohort.closed_on:
        raise NotificationObsolete("round-over")
    if application.waits_for_next(scene.cohort):
        raise NotificationObsolete("waits-for-next")


def _so_far(application: Application, voice: Voice) -> str:
    if application.role is Role.MENTEE:
        return (
            f"*We don’t have {voice.a_mentor} for you yet.* This round’s matches are made, and we couldn’t match you "
            "with anyone who has a free place. It isn’t about you: it depends on who offers what."
        )
    return (
        f"*We don’t have {voice.a_mentee} for you yet.* This round’s matches are made, and we couldn’t match you with "
        "anyone who is waiting. It isn’t about you: it depends on who asks for what. Thank you for offering your time."
    )


def _what_next(place: ApplicationProgress, scene: NotificationContext) -> str:
    lines = []
    if phase(scene.cohort, scene.today) is not Phase.OVER:
        asks = " We’ll ask you first." if scene.programme.ask_first else ""
        lines.append(f"We may still find you a match in this round.{asks}")
    counts = scene.programme.weights.waiting and not place.came_back
    waited = " The time you’ve waited counts in your favour." if counts else ""
    moves = (
        "Otherwise your application moves to the next round." if lines else "Your application moves to the next round."
    )
    lines += [f"{moves}{waited}", "You don’t need to do anything."]
    return "\n".join(f"• {line}" for line in lines)


def _what_can_help(application: Application, scene: NotificationContext) -> str:
    voice, lines = Voice(scene.programme), []
    has_more = not set(scene.programme.topics) <= set(application.topics)
    if has_more and takes_applications(scene.cohort, scene.today):
        lines.append("Add a topic to your application.")
    more = voice.mentors if application.role is Role.MENTEE else voice.mentees
    lines.append(f"Tell colleagues about `{COMMAND}`: more {more} mean more matches.")
    return "\n".join(f"• {line}" for line in lines)
