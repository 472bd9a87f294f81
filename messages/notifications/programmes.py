"""To the owners about the programme as a whole."""

from slack_sdk.models.blocks import Block

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.programmes.settings import Part
from messages import status
from messages.blocks import actions, button, context, section
from messages.ids import COMMAND, OPEN_SETUP, OPEN_STATUS
from messages.matching.proposals import open_review_button
from messages.notifications.preconditions import NotificationObsolete, counted, owners_only
from messages.payloads import Message, message
from messages.programmes.cohorts import day, days
from messages.programmes.settings_card import card_blocks
from messages.text import mention, plural
from messages.voice import Voice, capital


def welcome(notification: Notification, scene: NotificationContext) -> Message:
    owners_only(scene)
    voice, cohort = Voice(scene.programme), scene.cohort
    text = "You’re an owner of the mentoring programme here"
    applications = f"from {days(cohort.opens_on, cohort.apply_by)}"
    if len(scene.owners) > 2:
        approve = " Two owners approve each match."
    else:
        approve = " Both owners approve each match, unless they’re in it." if len(scene.owners) > 1 else ""
    words = f"topics, dates, contact person, and your words for {voice.mentor} and {voice.mentee}"
    status_ = "a status on the first working day of each week."
    if scene.today <= cohort.apply_by:
        ready = f"It’s ready to use. People can apply with `{COMMAND}` {applications}. The round starts on"
        ready += f" {day(cohort.starts_on)}.{approve}"
        advice = f"Before you announce it, take five minutes for the settings: {words}."
        foot = f"I’ll write to you when applications close, and send {status_}"
    else:
        ready = f"People could apply {applications}. The round goes from"
        ready += f" {days(cohort.starts_on, cohort.ends_on)}.{approve}"
        advice = f"You can change the settings: {words}."
        foot = f"I’ll send you {status_}"
    blocks = [
        section(f"*{text}.* {ready}"),
        section(advice),
        actions(button("Open settings", OPEN_SETUP, style="primary"), button("See the round", OPEN_STATUS)),
        context(foot),
    ]
    return message(text, blocks)


def applications_closed(notification: Notification, scene: NotificationContext) -> Message:
    owners_only(scene)
    cohort, voice = scene.cohort, Voice(scene.programme)
    if scene.today <= cohort.apply_by:
        raise NotificationObsolete("deadline-moved")
    counts = counted(scene)
    text = "Applications have closed"
    closed = f"*Applications closed on {day(cohort.apply_by)}.*"
    stands = button("See the round", OPEN_STATUS)
    if not counts.waiting:
        words = f"{closed} No one applied in time. To give people more time, set a later last day to apply."
        dates = button("Set dates", OPEN_SETUP, Part.DATES, style="primary")
        return message(text, [section(words), actions(dates, stands)])
    short = counts.mentees - counts.places
    missing = f" You need {plural(short, 'more place', 'more places')} to match everyone." if short > 0 else ""
    step = (
        f"*Next step*\nDecide the matches, so that people hear by {day(cohort.starts_on)}. New applications go on the "
        "waiting list for the next round."
    )
    return message(
        text,
        [
            section(
                f"*Applications closed on {day(cohort.apply_by)}.*\n{capital(status.summary(counts, voice))}.{missing}"
            ),
            section(step),
            actions(open_review_button(style="primary"), stands),
        ],
    )


PARTS = {
    Part.BASICS: "the basics of the programme",
    Part.CHOICES: "what people choose from in the forms",
    Part.RULES: "who can be matched",
    Part.MATCHING: "what counts in matching",
    Part.DATES: "the dates and hours of the programme",
    Part.WORDS: "the programme’s own words",
}


def programme_changed(notification: Notification, scene: NotificationContext) -> Message:
    owners_only(scene)
    by = notification.refs.get("by", "")
    try:
        what = PARTS[Part(notification.refs.get("part", ""))]
    except ValueError:
        what = "the settings"
    who = "You" if by == scene.reader.id else Voice(scene.programme).person(by, "Another owner")
    blocks: list[Block] = [section(f"{who} changed {what}. These are the settings now:")]
    blocks += card_blocks(scene.programme, scene.cohort, scene.owners, scene.today)
    return message("Settings have changed", blocks)


def cohort_status(notification: Notification, scene: NotificationContext) -> Message:
    """Asked for."""
    owners_only(scene)
    return status.cohort(counted(scene), scene.programme, scene.cohort, scene.today, scene.partnerships)


def weekly_status(notification: Notification, scene: NotificationContext) -> Message:
    """The same, unasked for: on the first working day of every week."""
    return cohort_status(notification, scene)


def cohort_closed(notification: Notification, scene: NotificationContext) -> Message:
    """The round takes nobody any more; to an owner, or to somebody who was in it."""
    voice, cohort = Voice(scene.programme), scene.cohort
    if cohort.closed_on is None:
        raise NotificationObsolete("not-closed")
    text = f"The round of {voice.name} has closed"
    if not scene.is_owner:
        words = (
            f"*{text}.* Thank you for waiting. When the next one opens, your application moves into it. You don’t need "
            "to do anything. If you’d rather not wait, you can withdraw."
        )
        return message(text, [section(words), actions(button("See your application", OPEN_STATUS))])
    by = notification.refs.get("by", "")
    who = f" {'You' if by == scene.reader.id else mention(by)} closed it on {day(cohort.closed_on)}." if by else ""
    words = (
        f"*{text}.*{who} No one can apply or be matched now. Active {voice.partnerships} continue to their end dates. "
        "To open the next round, set its dates. People without a match move into it."
    )
    dates = button("Set dates", OPEN_SETUP, Part.DATES)
    return message(text, [section(words), actions(dates, button("See the round", OPEN_STATUS))])
