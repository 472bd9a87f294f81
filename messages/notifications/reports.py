"""Messages about progress reports: that one waits for the partner, and the one that both share with somebody."""

from slack_sdk.models.blocks import ButtonElement

from mentoring.core.outcome import Notification
from mentoring.notifications.context import NotificationContext
from mentoring.reports.report import role_in
from mentoring.reports.sharing import ATTEMPT
from messages.blocks import actions, section, small_print
from messages.notifications.preconditions import NotificationObsolete, active_partnership, partnership_of
from messages.partnerships.buttons import see_button
from messages.payloads import Message, message
from messages.reports.forms import about_report
from messages.reports.page import page_blocks
from messages.reports.words import report_button
from messages.text import join, mention
from messages.voice import Voice


def report_waits(notification: Notification, context: NotificationContext) -> Message:
    """To the partner: the other has finished the report, or would like to share one."""
    partnership = active_partnership(context)
    text, words, opens = _waiting(notification, context)
    return message(text, [section(f"*{text}.* {words}"), actions(opens, see_button(partnership.id, context.programme))])


def _waiting(notification: Notification, context: NotificationContext) -> tuple[str, str, ButtonElement]:
    """What waits for the reader, as a heading and a sentence, and the button that opens it."""
    partnership = active_partnership(context)
    if not context.programme.has_reports:
        raise NotificationObsolete("reports-off")
    role, partner = role_in(partnership, context.reader.id), mention(partnership.other(context.reader.id))
    report = next((each for each in context.reports if str(each.number) == notification.refs.get("number")), None)
    if report is None:
        raise NotificationObsolete("report-gone")
    opens = report_button(about_report(partnership.id, report.number), "Read the report", first=True)
    if report.waits_for(role):
        return f"{partner} has finished your progress report", "Read it, then finish it too, or change it.", opens
    asked = [each.reader for each in context.report_shares if each.report_id == report.id and each.waits_for(role)]
    if not asked:
        raise NotificationObsolete("answered")
    with_whom = join([mention(each) for each in asked])
    words = f"It goes to {with_whom} only if you agree too."
    return f"{partner} would like to share your progress report", words, opens


def report_shared(notification: Notification, context: NotificationContext) -> Message:
    """To the person with whom both share a report: the page as it was when both had finished it."""
    partnership, shared = partnership_of(context), context.shared_report
    if shared is None or str(shared.share.attempt) != notification.refs.get(ATTEMPT):
        raise NotificationObsolete("not-shared")
    if not context.programme.has_reports:
        raise NotificationObsolete("reports-off")
    mentee, mentor = mention(partnership.mentee), mention(partnership.mentor)
    word = Voice(context.programme).partnership
    text = f"{mentee} and {mentor} share a progress report with you"
    words = f"*{text}.* It’s about their {word}. They wrote it together, and both chose to send it to you."
    foot = "Only you get this message. Please ask them before you pass it on."
    return message(text, [section(words), *page_blocks(shared.page, partnership), small_print(foot)])


def report_shared_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """In its place, once the report was deleted."""
    text = "This progress report was deleted"
    return message(text, [section(f"*{text}.* You don’t need to do anything.")])
