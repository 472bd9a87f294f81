"""About matches: to owners when there is something to decide, to the two people while they are asked, and to those
for whom nobody was found (D1.19, D2.17).

Messages to the two are private, and none of them tells what the other person did.
"""

from slack_sdk.models.blocks import Block

from mentoring.applications.application import Application, Role
from mentoring.core.outcome import Notification
from mentoring.matching.match import Match, MatchState
from mentoring.notifications.context import NotificationContext
from messages.blocks import actions, button, context, section
from messages.help import buttons, withdraw_button
from messages.ids import COMMAND, OPEN_STATUS, PROPOSE
from messages.matching.offers import answer_by, answers, profile
from messages.matching.proposals import open_review_button
from messages.matching.reasons import because
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
from messages.programmes.cohorts import Phase, phase
from messages.text import mention
from messages.voice import Voice


def not_proposed(notification: Notification, scene: NotificationContext) -> Message:
    """To the owner who asked for proposals, where none could be made."""
    owners_only(scene)
    text = "Sorry, we couldn’t propose matches"
    words = (
        f"*{text}.* Applications kept changing, or something went wrong on our side. Nothing has changed. Try again in "
        "a few minutes."
    )
    return message(text, [section(words), actions(button("Propose matches", PROPOSE, style="primary"))])


def operator_released(notification: Notification, scene: NotificationContext) -> Message:
    """Somebody at the command line did what otherwise two owners do."""
    owners_only(scene)
    text = "The app admin sent matches"
    approved = " They also approved proposals that owners hadn’t." if "match" in notification.about else ""
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
    text = f"We have found {word} for you"
    why = because(match.reasons, scene.programme)
    return message(
        text,
        [
            section(f"*{text}: {mention(other)}.* We ask you both in private, before you are introduced."),
            *([section(f"*Why the two of you*\n{why}")] if why else []),
            section(f"*What {mention(other)} told us*"),
            *profile(found),
            *_please_answer(match, voice),
        ],
    )


def reminder(notification: Notification, scene: NotificationContext) -> Message:
    """Day five, to whoever has not answered."""
    match = open_offer(scene)
    voice, other = Voice(scene.programme), mention(match.other(scene.reader.id))
    text = "A match is waiting for your answer"
    words = f"*{text}.* A few days ago we asked you about {other}. You may have been busy: either answer is welcome."
    return message(text, [section(words), *_please_answer(match, voice)])


def _please_answer(match: Match, voice: Voice) -> list[Block]:
    return [
        section(
            f"Please answer by {answer_by(match)}; after that we take it as a no. If it is a no, the other one hears "
            "only that it did not work out."
        ),
        answers(match),
        context(f"Questions? Ask {voice.contact}."),
    ]


def accepted(notification: Notification, scene: NotificationContext) -> Message:
    """To the first who says yes."""
    match = match_of(scene)
    if match.state is MatchState.ACCEPTED:
        raise NotificationObsolete("introduced-since")
    if match.state is not MatchState.OFFERED:
        raise NotificationObsolete("offer-over")
    text = "Thank you for saying yes"
    words = (
        f"*{text}.* We wait for {mention(match.other(scene.reader.id))} to answer, until {answer_by(match)} at the "
        "latest. Then we introduce the two of you, or tell you that it did not work out."
    )
    return message(text, [section(words)])


def declined(notification: Notification, scene: NotificationContext) -> Message:
    """To who says no."""
    match = failed_offer(scene)
    text = "Thank you for telling us"
    words = (
        f"*{text}.* You owe nobody a reason, and we tell nobody that it was you. We do not bring the two of you "
        "together again, not in later rounds either."
    )
    return message(text, [section(words), *_still_in_the_pool(match, scene)])


def over(notification: Notification, scene: NotificationContext) -> Message:
    """The same words whether somebody declined or nobody answered."""
    match = failed_offer(scene)
    text = "A match did not work out this time"
    words = (
        f"*{text}.* The match with {mention(match.other(scene.reader.id))} did not work out. This happens for many "
        "reasons, and it is nobody’s fault."
    )
    return message(text, [section(words), *_still_in_the_pool(match, scene)])


def _still_in_the_pool(match: Match, scene: NotificationContext) -> list[Block]:
    application = own_application(scene, match)
    if application is None or phase(scene.cohort, scene.today) is Phase.OVER:
        return []
    words = (
        "*What happens next*\nYou are still in the pool, and we ask you again when we have found somebody else. If you "
        "would rather not be matched, you can withdraw."
    )
    return [
        section(words),
        actions(button("See what you sent", OPEN_STATUS), withdraw_button(application, scene.programme)),
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
    text = f"Where your {voice.sent(application.role)} stands"
    return message(
        text,
        [
            section(_so_far(application, voice)),
            section(f"*What happens next*\n{_what_next(place, scene)}"),
            section(f"*If you would like to do something*\n{_to_do(application, voice)}"),
            actions(
                button("See what you sent", OPEN_STATUS),
                *buttons(application, scene.programme, scene.cohort, scene.today),
            ),
            context(f"Questions? Ask {voice.contact}."),
        ],
    )


def _still_unmatched(notification: Notification, application: Application, scene: NotificationContext) -> None:
    """Raise NotificationObsolete where the round is not the one that it was about, or not theirs any more."""
    if scene.cohort.id != notification.about.get("cohort", scene.cohort.id) or scene.cohort.closed_on:
        raise NotificationObsolete("round-over")
    if application.waits_for_next(scene.cohort):
        raise NotificationObsolete("waits-for-next")


def _so_far(application: Application, voice: Voice) -> str:
    if application.role is Role.MENTEE:
        return (
            f"*We have no {voice.mentor} for you yet.* The matches of this round are made, and among those who were "
            "free nobody fitted what you ask for. It is not about you: it depends on who happens to offer what."
        )
    return (
        f"*We have no {voice.mentee} for you yet.* Thank you for offering your time. The matches of this round are "
        "made, and among those who were waiting nobody needed just what you offer. It is not about you: it depends on "
        "who happens to ask for what."
    )


def _what_next(place: ApplicationProgress, scene: NotificationContext) -> str:
    stays = "You stay in the pool, and hear from us as soon as somebody fits. There is nothing that you need to do."
    along = "what you sent comes along to the next round"
    if place.came_back or not scene.programme.weights.waiting:
        return f"{stays} If need be, {along}."
    return (
        f"{stays} You are first in the queue: if need be, {along}, and where two fit equally well there, whoever has "
        "waited comes first."
    )


def _to_do(application: Application, voice: Voice) -> str:
    look = f"Look over what you sent: one more topic may make the difference. And tell others about `{COMMAND}`:"
    if application.role is Role.MENTEE:
        return f"{look} the more people offer to be {voice.a_mentor}, the sooner there is one for you."
    return f"{look} somebody may be glad of {voice.a_mentor} and not know that they can ask."
