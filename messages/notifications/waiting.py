"""Messages to people who wait for a match: where they stand, and what they can do (D1.19, D2.17)."""

from mentoring.applications.application import Application, Role
from mentoring.core.outcome import Notification
from mentoring.matching.told import MOST_TOLD
from mentoring.matching.waiting import RoundNews
from mentoring.notifications.context import NotificationContext
from messages.blocks import actions, button, section, small_print
from messages.ids import COMMAND, OPEN_STATUS
from messages.next_steps import ApplicationProgress, buttons, once_back, progress_of
from messages.notifications.preconditions import NotificationObsolete, open_application
from messages.payloads import Message, message
from messages.programmes.cohorts import Phase, phase, prospect, sent_on, takes_applications, weekday
from messages.text import plural
from messages.voice import Voice


def unmatched(notification: Notification, context: NotificationContext) -> Message:
    """At a release, three times a round at most; obsolete if the person has a match or partner by now."""
    application = open_application(context)
    _still_unmatched(notification, application, context)
    progress = progress_of(application, context.own_matches, context.own_partnerships, context.programme)
    if progress.offers or progress.active or progress.over:
        raise NotificationObsolete("somebody-since")
    voice = Voice(context.programme)
    text = f"News about your {voice.sent(application.role)}"
    return message(
        text,
        [
            section(_so_far(application, context)),
            section(f"*What happens next*\n{_what_next(progress, context)}"),
            section(f"*What you can do*\n{_what_they_can_do(application, context)}"),
            actions(
                button("See your application", OPEN_STATUS),
                *buttons(application, context.programme, context.cohort, context.today),
            ),
            small_print(_how_often(voice)),
        ],
    )


def still_waiting(notification: Notification, context: NotificationContext) -> Message:
    """To a person who has waited for long, for whom something has changed, or whom an owner wants told; obsolete if
    they have a match or partner.
    """
    application = open_application(context)
    if context.cohort.id != notification.refs.get("cohort"):
        raise NotificationObsolete("round-over")
    progress = progress_of(application, context.own_matches, context.own_partnerships, context.programme)
    if progress.offers or progress.active or progress.over:
        raise NotificationObsolete("somebody-since")
    voice, cohort, today = Voice(context.programme), context.cohort, context.today
    text = f"Where your {voice.sent(application.role)} stands"
    counts = bool(context.programme.weights.waiting) and progress.keeps_waiting
    stands = prospect(application, cohort, today, voice, waiting_counts=counts, once_back=once_back(context.reader))
    return message(
        text,
        [
            section(_waits(notification, application, context)),
            section(f"*What happens next*\n{stands}"),
            section(f"*What you can do*\n{_what_they_can_do(application, context)}"),
            actions(
                button("See your application", OPEN_STATUS), *buttons(application, context.programme, cohort, today)
            ),
            small_print(_how_often(voice)),
        ],
    )


def _waits(notification: Notification, application: Application, context: NotificationContext) -> str:
    """What has changed, or that they wait since when."""
    voice, why = Voice(context.programme), notification.refs.get("why")
    word = voice.a_mentor if application.role is Role.MENTEE else voice.a_mentee
    since = f"You applied on {sent_on(application)}, and we have no match for you yet."
    if why == RoundNews.ROUND and not context.cohort.closed_on:
        return f"*Your application is in the next round.* {since}"
    if why == RoundNews.DATES and not context.cohort.closed_on:
        return f"*The dates of the round have changed.* {since}"
    return (
        f"*You’re still waiting for {word}.* {since} "
        "It isn’t about you: it depends on who asks for what, and who offers it."
    )


def _how_often(voice: Voice) -> str:
    most = plural(MOST_TOLD, "message", "messages")
    return (
        f"You get at most {most} like this in a round. `{COMMAND} status` shows where you stand on any day. "
        f"Questions? Ask {voice.contact}."
    )


def _still_unmatched(notification: Notification, application: Application, context: NotificationContext) -> None:
    """Raise NotificationObsolete if the round has changed or the application is no longer unmatched."""
    if context.cohort.id != notification.refs.get("cohort", context.cohort.id) or context.cohort.closed_on:
        raise NotificationObsolete("round-over")
    if application.waits_for_next(context.cohort):
        raise NotificationObsolete("waits-for-next")


def _so_far(application: Application, context: NotificationContext) -> str:
    voice, cohort = Voice(context.programme), context.cohort
    if phase(cohort, context.today) in (Phase.NOT_YET, Phase.OPEN):
        word = voice.a_mentor if application.role is Role.MENTEE else voice.a_mentee
        return (
            f"*We don’t have {word} for you yet.* The first matches of this round are made. Applications are open "
            f"until {weekday(cohort.apply_by)}, so more people may apply. You stay in the round."
        )
    if application.role is Role.MENTEE:
        return (
            f"*We don’t have {voice.a_mentor} for you yet.* This round’s matches are made, and we couldn’t match you "
            "with anyone who has a free place. It isn’t about you: it depends on who offers what."
        )
    return (
        f"*We don’t have {voice.a_mentee} for you yet.* This round’s matches are made, and we couldn’t match you with "
        "anyone who is waiting. It isn’t about you: it depends on who asks for what. Thank you for offering your time."
    )


def _what_next(progress: ApplicationProgress, context: NotificationContext) -> str:
    lines = []
    if phase(context.cohort, context.today) is not Phase.OVER:
        asks = " We’ll ask you first." if context.programme.ask_first else ""
        lines.append(f"We may still find you a match in this round.{asks}")
    counts = context.programme.weights.waiting and progress.keeps_waiting
    waited = " The time you’ve waited counts in your favour." if counts else ""
    moves = (
        "Otherwise your application moves to the next round." if lines else "Your application moves to the next round."
    )
    lines.append(f"{moves}{waited}")
    return "\n".join(f"• {line}" for line in lines)


def _what_they_can_do(application: Application, context: NotificationContext) -> str:
    voice, lines = Voice(context.programme), []
    has_more = not set(context.programme.topics) <= set(application.topics)
    if has_more and takes_applications(context.cohort, context.today):
        lines.append("Add a topic: *Change it* opens your application as you sent it.")
    more = voice.mentors if application.role is Role.MENTEE else voice.mentees
    if not context.cohort.closed_on:
        lines.append(f"Tell colleagues about `{COMMAND}`: more {more} mean more matches.")
    lines += ["Keep waiting: your application stays as it is.", "Withdraw, if you no longer want a match."]
    return "\n".join(f"• {line}" for line in lines)
