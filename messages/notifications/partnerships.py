"""Messages about a partnership, from the introduction to its end."""

from collections.abc import Sequence
from datetime import date, timedelta

from slack_sdk.models.blocks import Block, ButtonElement

from mentoring.applications.application import Role
from mentoring.core.outcome import Notification
from mentoring.core.programmes import Programme
from mentoring.feedback.baseline import has_baseline
from mentoring.items.item import ActionItem, ItemState, open_items
from mentoring.meetings.log import Meeting
from mentoring.notifications.context import NotificationContext
from mentoring.partnerships.partnership import Partnership, PartnershipState, pause_of
from mentoring.partnerships.timing import timing_of
from messages.agenda.guides import as_list
from messages.agenda.view import agenda_button
from messages.agenda.words import AgendaNames, guide_lines
from messages.agreements.view import agreement_buttons
from messages.applications.wording import WAYS_MET
from messages.blocks import actions, listing, section, small_print
from messages.closure import closure_button
from messages.feedback.baseline import for_both
from messages.goals.buttons import plan_offer
from messages.items.blocks import add_button, items_button, to_do, words_of
from messages.lengths import meets, span
from messages.next_steps import once_back, open_button, progress_of, withdraw_button
from messages.notifications.feedback import WHO_READS
from messages.notifications.preconditions import NotificationObsolete, own_application, own_partnership, partnership_of
from messages.partnerships.buttons import again_buttons, go_back_button, log_button, see_button, survey_button
from messages.payloads import Message, message
from messages.planned_meetings import find_button
from messages.programmes.aims import who_does_what
from messages.programmes.cohorts import Phase, day, days, phase, takes_applications, weekday
from messages.programmes.facilitators import facilitators_line
from messages.text import escape, mention, plural
from messages.voice import Voice, capital

MOST_OF_TOPICS = 1000
MOST_ITEMS = 20
"""Blocks of action items in a receipt."""


def introduced(notification: Notification, context: NotificationContext) -> Message:
    """To both people in one conversation: who they are, the first meeting, and the ground rules (D1.9–D1.16,
    D2.15–D2.16).
    """
    partnership = partnership_of(context)
    if not partnership.is_active:
        raise NotificationObsolete("partnership-over")
    mentee, mentor, voice = mention(partnership.mentee), mention(partnership.mentor), Voice(context.programme)
    agreed = "You’ve both said yes." if context.programme.ask_first else "The programme owners have matched you."
    lasts = f"Your {voice.partnership} lasts until {day(partnership.ends_on)} ({span(partnership.length)})."
    if context.programme.has_agreements:
        lasts += " In your agreement, you can choose another end together."
    topics = f"\nYou both chose: {listing(partnership.topics, MOST_OF_TOPICS, 'and')}." if partnership.topics else ""
    text = f"{mentee} and {mentor}, meet each other"
    return message(
        text,
        [
            section(f"*{text}.* {agreed} {lasts}\n{_who(partnership, context)}{topics}"),
            section(_first_meeting(partnership, context.programme)),
            section(_ground_rules(partnership, context.programme)),
            *([section(roles)] if (roles := who_does_what(context.programme)) else []),
            *([section(ask)] if (ask := facilitators_line(context.present_facilitators)) else []),
            actions(
                find_button(partnership.id, first=True),
                log_button(partnership.id, first=False),
                agenda_button(partnership.id),
                *agreement_buttons(partnership, context.programme),
                see_button(partnership.id, context.programme),
            ),
            *([for_both(partnership)] if has_baseline(partnership) else []),
            small_print(
                "I don’t read what you write here, and from now on I’ll write to each of you separately. For anything "
                f"personal, message each other directly. If something isn’t right, ask {voice.contact}."
            ),
        ],
    )


def _who(partnership: Partnership, context: NotificationContext) -> str:
    voice = Voice(context.programme)
    lines = []
    for person, word in ((partnership.mentee, voice.mentee), (partnership.mentor, voice.mentor)):
        found = context.profiles.get(person)
        work = f" ({escape(found.department)})" if found and found.department else ""
        speaks = f" Languages: {escape(found.languages)}" if found and found.languages else ""
        lines.append(f"• {mention(person)}{work} is the {word}.{speaks}")
    return "\n".join(lines)


def _first_meeting(partnership: Partnership, programme: Programme) -> str:
    mentee = mention(partnership.mentee)
    steps = as_list(guide_lines(programme.first_guide, AgendaNames.read_by("", partnership)))
    first = timing_of(partnership.length, programme.rhythm).first_meeting_on
    meet_by = partnership.started_on + timedelta(days=first)
    return (
        f"*First meeting*\n{mentee}, please suggest a time today. Aim to meet by {day(meet_by)}: in person if you can, "
        f"somewhere private. You could talk about:\n{steps}"
    )


def _ground_rules(partnership: Partnership, programme: Programme) -> str:
    voice = Voice(programme)
    return (
        "*Ground rules*\n"
        f"• Meet {meets(programme.rhythm)}.\n"
        f"• Meet in work hours unless you both agree otherwise. {mention(partnership.mentee)} suggests the times.\n"
        "• Keep what you tell each other between you.\n"
        f"• Log each meeting. {capital(voice.meeting_readers)} see totals and when you last met, never your notes.\n"
        f"• Either of you can end the {voice.partnership} at any time, without giving a reason."
    )


def meeting_logged(notification: Notification, context: NotificationContext) -> Message:
    """To the other person, in one line and without the notes."""
    words, partnership = meeting_logged_line(notification, context), own_partnership(context)
    text = f"{mention(partnership.other(context.reader.id))} logged a meeting with you"
    does: list[Block] = [section(words, see_button(partnership.id, context.programme))]
    if agreed := [item for item in context.items if item.meeting_id == _meeting(context).id and item.is_open]:
        does = [
            section(f"{words}\n{_agreed_in_short(agreed, partnership, context)}"),
            actions(*_see_items(partnership, context)),
        ]
    return message(text, [*does, *_offers_plan(context)])


def _agreed_in_short(agreed: Sequence[ActionItem], partnership: Partnership, context: NotificationContext) -> str:
    """How many there are, and how many are the reader's, without what they say: this message stays as it is."""
    mine = sum(item.is_of(partnership, context.reader.id) for item in agreed)
    if len(agreed) == 1:
        return f"1 action item from this meeting{', and it’s yours' if mine else ''}."
    yours = "none of them yours" if not mine else "all yours" if mine == len(agreed) else f"{mine} of them yours"
    return f"{len(agreed)} action items from this meeting, {yours}."


def _see_items(partnership: Partnership, context: NotificationContext) -> list[ButtonElement]:
    return [items_button(partnership.id), see_button(partnership.id, context.programme)]


def meeting_logged_line(notification: Notification, context: NotificationContext) -> str:
    meeting, partnership = _meeting(context), own_partnership(context)
    return f"{mention(partnership.other(context.reader.id))} logged a meeting with you: {_summary(meeting)}"


def meeting_saved(notification: Notification, context: NotificationContext) -> Message:
    """The receipt for a meeting that the reader has logged or corrected."""
    meeting, partnership = _meeting(context), own_partnership(context)
    text = "Your meeting is saved"
    words = f"*{text}.* With {mention(partnership.other(context.reader.id))}: {_summary(meeting)}"
    buttons = [see_button(partnership.id, context.programme)]
    if partnership.is_active:
        buttons[:0] = [
            find_button(partnership.id, label="Plan the next meeting"),
            add_button(partnership.id, meeting.id),
        ]
    is_first = context.agreement is None and context.meetings == 1 and not pause_of(partnership, context.people)
    offered = agreement_buttons(partnership, context.programme) if is_first else []
    if offered:
        words += "\nYou can now write down together how you’d like to work. It takes three minutes."
    todo = _agreed_items(meeting, partnership, context)
    return message(text, [section(words), *todo, actions(*offered, *buttons), *_offers_plan(context)])


def _agreed_items(meeting: Meeting, partnership: Partnership, context: NotificationContext) -> list[Block]:
    """The action items of this meeting, to tick while the partnership is active."""
    agreed = [item for item in context.items if item.meeting_id == meeting.id]
    by = context.reader.id
    if partnership.is_active:
        blocks = to_do(agreed, partnership, by, context.today, MOST_ITEMS)
    else:
        blocks = [section(f"• {words_of(item, partnership, by)}") for item in open_items(agreed)]
    closed = [f"✓ {words_of(item, partnership, by)}" for item in agreed if item.state is ItemState.DONE]
    return [*blocks, *([small_print("\n".join(closed))] if closed else [])]


def meeting_deleted(notification: Notification, context: NotificationContext) -> Message:
    """To the other person: the log of a meeting is gone, and can be written again."""
    partnership = own_partnership(context)
    other, met_on = mention(partnership.other(context.reader.id)), date.fromisoformat(notification.refs["met"])
    text = f"{other} deleted the log of a meeting"
    words = f"*{text}*: the one on {day(met_on)}, with its notes."
    buttons = [see_button(partnership.id, context.programme)]
    if partnership.is_active:
        words += " If you did meet, you can log it again."
        buttons.insert(0, log_button(partnership.id, first=False))
    return message(text, [section(words), actions(*buttons)])


def _offers_plan(context: NotificationContext) -> list[Block]:
    return plan_offer() if context.is_plan_offered else []


def _meeting(context: NotificationContext) -> Meeting:
    if context.meeting is None:
        raise NotificationObsolete("meeting-gone")
    return context.meeting


def _summary(meeting: Meeting) -> str:
    how = f"{plural(meeting.minutes, 'minute', 'minutes')}, {WAYS_MET[meeting.way].lower()}"
    return f"{day(meeting.met_on)}, {how}."


def ended(notification: Notification, context: NotificationContext) -> Message:
    """The same text to both people, no matter who ended it (D2.9)."""
    partnership = own_partnership(context)
    if partnership.state is not PartnershipState.ENDED:
        raise NotificationObsolete("not-ended")
    voice = Voice(context.programme)
    text = f"{capital(voice.a_partnership)} of yours has ended"
    words = (
        f"*Your {voice.partnership} with {mention(partnership.other(context.reader.id))} has ended.* We don’t ask for "
        "a reason, and you’ll get no more reminders about it. Thank you both for taking part."
    )
    asks = _early_survey(partnership, context)
    return message(
        text, [section(words), *_again(partnership, context, is_early=True), *asks, small_print(_questions(voice))]
    )


def _early_survey(partnership: Partnership, context: NotificationContext) -> list[Block]:
    """The offer of the closing survey, which is optional after an early end."""
    until, has_met = context.early_survey_until, context.met > 0
    if until is None or until < context.today:
        return []
    how = "how it was, in three short questions" if has_met else "why you didn’t meet, in two short questions"
    words = f"If you’d like to, tell us {how}, until {weekday(until)}. *You need not answer any of this.*"
    survey = survey_button(partnership, has_met=has_met, style=None)
    return [section(words, survey), small_print(WHO_READS)]


def closed(notification: Notification, context: NotificationContext) -> Message:
    """At the agreed end, with thanks (D0.18). Where no meeting is logged, nothing is called complete."""
    partnership = own_partnership(context)
    if partnership.state is not PartnershipState.CLOSED:
        raise NotificationObsolete("not-closed")
    voice = Voice(context.programme)
    text = f"Your {voice.partnership} is complete"
    other = partnership.other(context.reader.id)
    lasted = "" if partnership.agreed_end else f" for {span(partnership.length)},"
    ran = f"It ran{lasted} from {days(partnership.started_on, partnership.ends_on)}."
    if other in context.people and context.people[other].is_absent:
        text = f"{capital(voice.a_partnership)} of yours has come to its agreed end"
        words = (
            f"*Your {voice.partnership} with {mention(other)} has come to its agreed end.* {ran} It was paused because "
            f"{mention(other)}’s account is deactivated. Thank you for taking part."
        )
    elif not context.met:
        text = f"Your {voice.partnership} is over"
        words = (
            f"*Your {voice.partnership} with {mention(other)} is over.* {ran} No meeting is logged. "
            "That happens, and you don’t owe anybody a reason. Thank you for taking part."
        )
    else:
        ran = f"You completed it early, together. {ran}" if partnership.completed_on else ran
        words = f"*Your {voice.partnership} with {mention(other)} is complete.* {ran} Thank you both for taking part."
        if context.reader.id == partnership.mentor and context.reader.id in partnership.back:
            words += _goes_on(partnership, context)
    return message(text, [section(words), *_again(partnership, context), small_print(_questions(voice))])


def _goes_on(partnership: Partnership, context: NotificationContext) -> str:
    """To a mentor who goes on; "" if they have withdrawn."""
    if own_application(context, partnership) is None:
        return ""
    is_over = phase(context.cohort, context.today) is Phase.OVER
    return (
        f" As you wished, you can be matched {'in the next round' if is_over else f'again{once_back(context.reader)}'}."
    )


def _questions(voice: Voice) -> str:
    return f"Questions? Ask {voice.contact}."


def _again(partnership: Partnership, context: NotificationContext, *, is_early: bool = False) -> list[Block]:
    """The next steps: returning to the pool and, if it ended early or they never met, declining a rematch. Under thanks
    for a whole year that would be an odd question; the list of partnerships has the button.
    """
    declines = again_buttons(partnership, context.reader.id) if is_early or not context.met else []
    thanks = [closure_button(partnership)] if context.can_say_thanks and context.met and not is_early else []
    always = (*thanks, see_button(partnership.id, context.programme), *declines)
    if context.reader.id in partnership.back or own_application(context, partnership) is None:
        return [actions(*always)]
    waited = " The time you waited before still counts." if is_early and context.programme.weights.waiting else ""
    is_over = phase(context.cohort, context.today) is Phase.OVER
    when = "in the next round" if is_over else "in its place"
    words = f"Would you like another match {when}? We won’t look for one until you say so.{waited}"
    return [section(words), actions(go_back_button(partnership), *always)]


def _apply_again(partnership: Partnership, context: NotificationContext) -> Message:
    """For people who have withdrawn their application, so that they cannot return to the pool."""
    role = Role.MENTEE if context.reader.id == partnership.mentee else Role.MENTOR
    text = f"You withdrew your {Voice(context.programme).sent(role)}"
    if not takes_applications(context.cohort, context.today):
        return message(text, [section(f"*{text}.* You can apply again whenever applications are open.")])
    words = f"*{text}.* Apply again to be matched."
    return message(text, [section(words), actions(open_button(role, context.programme))])


def back_in_pool(notification: Notification, context: NotificationContext) -> Message:
    """The receipt for returning to the pool."""
    partnership = own_partnership(context)
    application = own_application(context, partnership)
    if application is None:
        return _apply_again(partnership, context)
    if phase(context.cohort, context.today) is Phase.OVER:
        text = "You can be matched in the next round"
        words = f"*{text}.* When it opens, your application moves into it."
    else:
        text = "You can be matched again"
        asks = " We’ll ask you before we introduce you." if context.programme.ask_first else ""
        words = f"*{text}{once_back(context.reader)}.*{asks}"
    asked = len(progress_of(application, context.own_matches, context.own_partnerships, context.programme).offers)
    return message(
        text,
        [
            section(words),
            *_somebody_else(partnership, context.reader.id),
            actions(withdraw_button(application, context.programme, asked=asked)),
        ],
    )


def _somebody_else(partnership: Partnership, reader: str) -> list[Block]:
    """Offers to decline a rematch, unless the reader has done so."""
    if reader in partnership.declined_rematch:
        return []
    other = mention(partnership.other(reader))
    words = f"Don’t want to be matched with {other} again? Tell me. I won’t pass it on."
    return [section(words, button) for button in again_buttons(partnership, reader)]
