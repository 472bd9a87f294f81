"""To the owners about the programme as a whole."""

from slack_sdk.models.blocks import Block

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.programmes.settings import Part
from messages import status
from messages.blocks import actions, button, context, section
from messages.ids import COMMAND, OPEN_REVIEW, OPEN_SETUP, OPEN_STATUS
from messages.notifications.preconditions import NotificationObsolete, counted, owners_only
from messages.payloads import Message, message
from messages.programmes.cohorts import day
from messages.programmes.settings_card import card_blocks
from messages.text import mention, plural
from messages.voice import Voice, capital


def welcome(notification: Notification, scene: NotificationContext) -> Message:
    owners_only(scene)
    voice, cohort = Voice(scene.programme), scene.cohort
    text = "You are an owner of the mentoring programme here"
    blocks = [
        section(
            f"*{text}.* It is ready to use: anyone can apply from {day(cohort.opens_on)} until {day(cohort.apply_by)}, "
            f"and the round starts on {day(cohort.starts_on)}."
        ),
        section(
            "Before you tell people, take five minutes for the set-up: the topics, the dates, the contact person, and "
            f"whether you say {voice.mentor} and {voice.mentee} or something else."
        ),
        actions(
            button("Set up the programme", OPEN_SETUP, style="primary"),
            button("See where the round stands", OPEN_STATUS),
        ),
        context(f"People apply with `{COMMAND}`. You hear from us when applications close."),
    ]
    return message(text, blocks)


def applications_closed(notification: Notification, scene: NotificationContext) -> Message:
    owners_only(scene)
    cohort, voice = scene.cohort, Voice(scene.programme)
    if scene.today <= cohort.apply_by:
        raise NotificationObsolete("deadline-moved")
    counts = counted(scene)
    text = "Applications have closed"
    closed = f"*{text}*: {day(cohort.apply_by)} was the last day to apply."
    stands = button("See where the round stands", OPEN_STATUS)
    if not counts.waiting:
        step = "Nobody has applied. If you would like to give people more time, set a later last day to apply."
        return message(
            text,
            [
                section(f"{closed}\n{step}"),
                actions(button("Set the dates", OPEN_SETUP, Part.DATES, style="primary"), stands),
            ],
        )
    short = counts.mentees - counts.places
    missing = f" You are short of {plural(short, 'place', 'places')} if everyone is to be matched." if short > 0 else ""
    step = (
        "*Next step*\nMatch people: we propose who goes with whom and say why, and the owners decide, so that everyone "
        f"hears by {day(cohort.starts_on)}. Whoever applies from now on is on the waiting list for the next round."
    )
    return message(
        text,
        [
            section(f"{closed}\nYou have {status.summary(counts, voice)}.{missing}"),
            section(step),
            actions(button("Match people", OPEN_REVIEW, style="primary"), stands),
        ],
    )


PARTS = {
    Part.BASICS: "the basics of the programme",
    Part.CHOICES: "what people choose from in the forms",
    Part.RULES: "who is matched with whom",
    Part.MATCHING: "what counts in matching",
    Part.DATES: "the dates and hours of the programme",
    Part.WORDS: "the programme’s own words",
}


def programme_changed(notification: Notification, scene: NotificationContext) -> Message:
    owners_only(scene)
    by = notification.about.get("by", "")
    try:
        what = PARTS[Part(notification.about.get("part", ""))]
    except ValueError:
        what = "the set-up of the programme"
    who = "You" if by == scene.reader.id else Voice(scene.programme).person(by, "Another owner")
    blocks: list[Block] = [section(f"{who} changed {what}. This is how the set-up stands:")]
    blocks += card_blocks(scene.programme, scene.cohort, scene.owners, scene.today)
    return message("The set-up of the programme has changed", blocks)


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
    text = f"The round of {voice.name} is closed"
    if not scene.is_owner:
        words = (
            f"*{text}.* Thank you for waiting. When the next round opens, what you sent comes along, and you keep your "
            "place in the queue: there is nothing you need to do. If you would rather not wait, you can withdraw."
        )
        return message(text, [section(words), actions(button("See what you sent", OPEN_STATUS))])
    by = notification.about.get("by", "")
    who = f" {'You' if by == scene.reader.id else mention(by)} closed it on {day(cohort.closed_on)}." if by else ""
    words = (
        f"*{text}.*{who} Nobody can apply or be matched any more. {capital(voice.partnerships)} that are running go on "
        "to their agreed end. Set the dates of the next round to open it: whoever has nobody yet comes along."
    )
    dates = button("Set the next dates", OPEN_SETUP, Part.DATES)
    return message(text, [section(words), actions(dates, button("See the round", OPEN_STATUS))])
