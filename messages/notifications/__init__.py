"""The texts of each kind of notification: its renderer and its names."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from mentoring.core.outcome import Notification, NotificationKind
from mentoring.notifications.context import NotificationContext
from mentoring.notifications.kinds import KIND_RULES
from messages.blocks import section
from messages.in_programme import message_in, with_programme_name
from messages.notifications import (
    agreements,
    announcements,
    applications,
    approvals,
    cases,
    closure,
    end_plans,
    entered,
    evaluation,
    exports,
    feedback,
    goals,
    imports,
    invitations,
    items,
    leave,
    matching,
    meetings,
    oversight,
    own_data,
    partnerships,
    pauses,
    people,
    planned_meetings,
    programmes,
    regular_times,
    remarks,
    reports,
    retention,
    review,
    roles,
    running_out,
    sessions,
    sponsor_page,
    undelivered,
    waiting,
)
from messages.notifications.preconditions import NotificationObsolete
from messages.notifications.review import no_longer_updated
from messages.payloads import Message
from messages.voice import Voice

__all__ = [
    "CARRIED_LINES",
    "LINE_KINDS",
    "PRESENTATIONS",
    "NotificationObsolete",
    "Presentation",
    "Renderer",
    "count_name",
    "no_longer_updated",
    "render",
    "render_afterwards",
    "render_line",
    "sentence_name",
    "with_lines",
]


Renderer = Callable[[Notification, NotificationContext], Message]


@dataclass(frozen=True)
class Presentation:
    """How one kind reads.

    `renderer` raises NotificationObsolete if the notification makes no sense any more. `one` and `many` are for
    counting ("1 nudge", "3 nudges"); kinds with the same names are counted together. `sentence` is mrkdwn with an
    article, for use inside a sentence; it may contain `{partnership}`. `line` renders a carried notification as one
    line (mrkdwn) of another message. `afterwards` is what a live view shows in place of a message that makes no sense
    any more.
    """

    renderer: Renderer
    one: str
    many: str
    sentence: str
    line: Callable[[Notification, NotificationContext], str] | None = None
    afterwards: Renderer | None = None


def render(notification: Notification, context: NotificationContext) -> Message:
    """Render the current message of a notification. Raises NotificationObsolete."""
    return _in_programme(PRESENTATIONS[notification.kind].renderer(notification, context), notification, context)


def _in_programme(message: Message, notification: Notification, context: NotificationContext) -> Message:
    """Its buttons name the programme, and so does the message, if the reader takes part in several."""
    found = message_in(message, context.programme.id)
    is_named = context.is_named and not KIND_RULES[notification.kind].of_all_programmes
    return with_programme_name(found, Voice(context.programme).name) if is_named else found


def render_line(notification: Notification, context: NotificationContext) -> str:
    """Render a carried notification as one line of another message, in mrkdwn. Raises NotificationObsolete."""
    line = PRESENTATIONS[notification.kind].line
    if line is None:
        raise NotificationObsolete("no-line")
    text = line(notification, context)
    return f"{Voice(context.programme).name}: {text}" if context.is_named else text


CARRIED_LINES = "carried-lines"
"""The id of the block with the lines of carried notifications in another message."""


def with_lines(message: Message, lines: Sequence[str]) -> Message:
    """The message with lines of carried notifications (mrkdwn) below."""
    block = section("\n".join(["*Also*", *(f"• {line}" for line in lines)])).to_dict()
    return replace(message, blocks=(*message.blocks, {**block, "block_id": CARRIED_LINES}))


def render_afterwards(notification: Notification, context: NotificationContext) -> Message:
    """What a live view shows for good, once `render` has raised NotificationObsolete."""
    afterwards = PRESENTATIONS[notification.kind].afterwards
    try:
        return (
            _in_programme(afterwards(notification, context), notification, context)
            if afterwards
            else no_longer_updated()
        )
    except NotificationObsolete:  # its reader may not see it any more
        return no_longer_updated()


def count_name(kind: NotificationKind) -> tuple[str, str]:
    """The singular and plural name of a kind in plain text, for `messages.text.plural`."""
    presentation = PRESENTATIONS[kind]
    return presentation.one, presentation.many


def sentence_name(kind: NotificationKind, voice: Voice) -> str:
    """The name of a kind with its article, in mrkdwn, for use inside a sentence."""
    return PRESENTATIONS[kind].sentence.format(partnership=voice.partnership)


def _undelivered(notification: Notification, context: NotificationContext) -> Message:
    """The report of undelivered notifications, with the names of their kinds from this module."""
    return undelivered.undelivered(notification, context, sentence_name)


def _private(renderer: Renderer, **more: Any) -> Presentation:
    """A message about what two people keep to themselves: nobody else reads from its name that there is one."""
    return Presentation(renderer, "private message", "private messages", "a private message", **more)


PRESENTATIONS: Mapping[NotificationKind, Presentation] = {
    NotificationKind.WELCOME_OWNER: Presentation(
        programmes.welcome, "welcome", "welcomes", "the welcome to a new owner"
    ),
    NotificationKind.PROGRAMME_STARTED: Presentation(
        programmes.started, "receipt", "receipts", "the receipt for a new programme"
    ),
    NotificationKind.ROLES_CHANGED: Presentation(
        roles.roles_changed,
        "message about a role",
        "messages about a role",
        "the message about what they do for the programme",
    ),
    NotificationKind.COMMITTEE_NAMED: Presentation(
        roles.committee_named,
        "message about the committee",
        "messages about the committee",
        "the message that there is a committee",
        roles.committee_named_line,
    ),
    NotificationKind.FACILITATORS_NAMED: Presentation(
        roles.facilitators_named,
        "message about facilitators",
        "messages about facilitators",
        "the message that there are facilitators",
        roles.facilitators_named_line,
    ),
    NotificationKind.HELP: Presentation(applications.help, "help page", "help pages", "the help page"),
    NotificationKind.APPLICATION_RECEIVED: Presentation(
        applications.received, "receipt", "receipts", "the receipt for an application"
    ),
    NotificationKind.APPLICATION_CHANGED: Presentation(
        applications.changed, "receipt", "receipts", "the receipt for a changed application"
    ),
    NotificationKind.APPLICATION_WITHDRAWN: Presentation(
        applications.withdrawn, "receipt", "receipts", "the receipt for a withdrawal"
    ),
    NotificationKind.APPLICATION_ENTERED: Presentation(
        entered.application,
        "application to confirm",
        "applications to confirm",
        "the message about an application to confirm",
        afterwards=entered.application_afterwards,
    ),
    NotificationKind.APPLICATION_CORRECTED: Presentation(
        applications.corrected,
        "message about a corrected application",
        "messages about a corrected application",
        "the message that an owner corrected an application",
    ),
    NotificationKind.WITHDRAWN_BY_OWNER: Presentation(
        applications.withdrawn_by_owner,
        "message about a withdrawn application",
        "messages about a withdrawn application",
        "the message that an owner withdrew an application",
    ),
    NotificationKind.CANNOT_BE_NAMED: Presentation(
        applications.cannot_be_named,
        "question about an application",
        "questions about an application",
        "the question about an application",
        afterwards=applications.cannot_be_named_afterwards,
    ),
    NotificationKind.APPLICATIONS_CLOSED: Presentation(
        programmes.applications_closed,
        "message that applications have closed",
        "messages that applications have closed",
        "the message that applications have closed",
    ),
    NotificationKind.PROGRAMME_CHANGED: Presentation(
        programmes.programme_changed,
        "message about changed settings",
        "messages about changed settings",
        "the message that settings have changed",
        programmes.programme_changed_line,
    ),
    NotificationKind.COHORT_STATUS: Presentation(
        programmes.cohort_status, "round status", "round statuses", "the status of the round"
    ),
    NotificationKind.ROUND_CHARTS: Presentation(
        programmes.round_charts, "message with charts", "messages with charts", "the charts of the round"
    ),
    NotificationKind.ROUND_FIGURES: Presentation(
        programmes.round_figures, "file of figures", "files of figures", "the file with figures of the round"
    ),
    NotificationKind.EVALUATION: Presentation(
        evaluation.file, "evaluation report", "evaluation reports", "the evaluation report"
    ),
    NotificationKind.DATA_EXPORT: Presentation(
        exports.data_export, "file of data", "files of data", "the file with the data of the programme"
    ),
    NotificationKind.OWN_DATA: Presentation(
        own_data.own_data, "file of their own data", "files of their own data", "the file with what is kept about them"
    ),
    NotificationKind.WEEKLY_STATUS: Presentation(
        programmes.weekly_status, "weekly status", "weekly statuses", "the weekly status"
    ),
    NotificationKind.SPONSOR_PAGE: Presentation(
        sponsor_page.page, "page for sponsors", "pages for sponsors", "the monthly page for sponsors"
    ),
    NotificationKind.REVIEW: Presentation(
        review.review_status, "message about matches", "messages about matches", "the message about matches"
    ),
    NotificationKind.APPROVALS_WANTED: Presentation(
        approvals.approvals_wanted,
        "message about approvals",
        "messages about approvals",
        "the message that proposals need an approval",
    ),
    NotificationKind.APPROVALS_REMINDER: Presentation(
        approvals.approvals_reminder,
        "reminder of approvals",
        "reminders of approvals",
        "the reminder that proposals need an approval",
    ),
    NotificationKind.NOT_PROPOSED: Presentation(
        matching.not_proposed,
        "message that no matches could be proposed",
        "messages that no matches could be proposed",
        "the message that no matches could be proposed",
    ),
    NotificationKind.OPERATOR_RELEASED: Presentation(
        matching.operator_released,
        "message that the app admin sent matches",
        "messages that the app admin sent matches",
        "the message that the app admin sent matches",
        matching.operator_released_line,
    ),
    NotificationKind.UNMATCHED: Presentation(
        waiting.unmatched,
        "message that there is no match yet",
        "messages that there is no match yet",
        "the message that there is no match yet",
    ),
    NotificationKind.STILL_WAITING: Presentation(
        waiting.still_waiting,
        "message to people who wait",
        "messages to people who wait",
        "the message that they are still waiting",
    ),
    NotificationKind.MATCH_OFFERED: Presentation(
        matching.offered,
        "match to answer",
        "matches to answer",
        "the match to answer",
        afterwards=matching.offer_afterwards,
    ),
    NotificationKind.OFFER_REMINDER: Presentation(
        matching.reminder,
        "match reminder",
        "match reminders",
        "the reminder of a match to answer",
        afterwards=matching.offer_afterwards,
    ),
    # Owners read these two names, which must not reveal the answer.
    NotificationKind.OFFER_ACCEPTED: Presentation(
        matching.accepted, "receipt", "receipts", "the receipt for an answer"
    ),
    NotificationKind.MATCH_AGREED: Presentation(
        matching.agreed,
        "message about a match",
        "messages about a match",
        "the message that two people will be introduced when the round starts",
    ),
    NotificationKind.OFFER_DECLINED: Presentation(
        matching.declined, "receipt", "receipts", "the receipt for an answer"
    ),
    NotificationKind.OFFER_OVER: Presentation(
        matching.over, "message about a match", "messages about a match", "the message that a match did not work out"
    ),
    NotificationKind.OFFERS_RUNNING_OUT: Presentation(
        running_out.offers_running_out,
        "message that matches expire soon",
        "messages that matches expire soon",
        "the message that matches expire soon",
    ),
    NotificationKind.OWNERS_OFFER_OVER: Presentation(
        matching.owners_over,
        "message about a match",
        "messages about a match",
        "the message that a match did not work out",
    ),
    NotificationKind.INTRODUCED: Presentation(
        partnerships.introduced, "introduction", "introductions", "the introduction"
    ),
    NotificationKind.PARTNERSHIP_ENTERED: Presentation(
        entered.partnership,
        "message that a partnership was brought in",
        "messages that partnerships were brought in",
        "the message that their {partnership} was brought in",
    ),
    NotificationKind.MEETING_SAVED: Presentation(
        partnerships.meeting_saved, "receipt", "receipts", "the receipt for a logged meeting"
    ),
    NotificationKind.MEETING_LOGGED: Presentation(
        partnerships.meeting_logged,
        "message about a logged meeting",
        "messages about a logged meeting",
        "the message that a meeting was logged",
        partnerships.meeting_logged_line,
    ),
    NotificationKind.MEETING_DELETED: Presentation(
        partnerships.meeting_deleted,
        "message about a deleted log",
        "messages about a deleted log",
        "the message that the log of a meeting was deleted",
    ),
    NotificationKind.AGREEMENT_WRITTEN: _private(agreements.written, afterwards=agreements.standing_afterwards),
    NotificationKind.AGREEMENT_SAVED: _private(agreements.saved, afterwards=agreements.standing_afterwards),
    NotificationKind.AGREEMENT_REVIEW: _private(agreements.review),
    NotificationKind.FIRST_MEETING_NUDGE: Presentation(
        meetings.first_meeting, "reminder to meet", "reminders to meet", "the first meeting reminder"
    ),
    NotificationKind.SECOND_MEETING_NUDGE: Presentation(
        meetings.second_meeting, "reminder to meet", "reminders to meet", "the second meeting reminder"
    ),
    NotificationKind.MONTHLY_NUDGE: Presentation(
        meetings.monthly, "reminder to meet", "reminders to meet", "the monthly reminder"
    ),
    NotificationKind.PLANNED_MEETING: _private(
        planned_meetings.planned_meeting, afterwards=planned_meetings.planned_meeting_afterwards
    ),
    NotificationKind.CALENDAR_FILE: _private(planned_meetings.calendar_entry),
    NotificationKind.REGULAR_TIME: _private(
        regular_times.regular_time, afterwards=regular_times.regular_time_afterwards
    ),
    NotificationKind.REGULAR_FILE: _private(regular_times.calendar_of_all),
    NotificationKind.ITEMS_DUE: _private(items.items_due, afterwards=items.items_due_afterwards),
    NotificationKind.CHECK_IN: Presentation(
        feedback.check_in, "check-in", "check-ins", "the check-in", afterwards=feedback.check_in_afterwards
    ),
    NotificationKind.CHECK_IN_THANKS: Presentation(
        feedback.check_in_thanks, "receipt", "receipts", "the receipt for an answer"
    ),
    NotificationKind.WORD_WANTED: Presentation(
        feedback.word_wanted, "request to talk", "requests to talk", "the message that someone would like to talk"
    ),
    NotificationKind.END_QUESTION: Presentation(
        end_plans.end_question,
        "question about the end",
        "questions about the end",
        "the question whether to go on",
        afterwards=end_plans.end_afterwards,
    ),
    NotificationKind.END_PROPOSED: _private(end_plans.end_proposed, afterwards=end_plans.proposed_afterwards),
    NotificationKind.END_ANSWERED: _private(end_plans.end_answered),
    NotificationKind.SURVEY: Presentation(
        feedback.survey,
        "closing survey",
        "closing surveys",
        "the closing survey",
        afterwards=feedback.survey_afterwards,
    ),
    NotificationKind.SURVEY_REMINDER: Presentation(
        feedback.survey_reminder,
        "closing survey reminder",
        "closing survey reminders",
        "the reminder of the closing survey",
        afterwards=feedback.survey_afterwards,
    ),
    NotificationKind.SURVEY_THANKS: Presentation(
        feedback.survey_thanks, "receipt", "receipts", "the receipt for an answer"
    ),
    NotificationKind.THANK_YOU: _private(closure.thank_you, afterwards=closure.thank_you_afterwards),
    NotificationKind.PARTNERSHIP_ENDED: Presentation(
        partnerships.ended, "closing message", "closing messages", "the message that their {partnership} has ended"
    ),
    NotificationKind.PARTNERSHIP_CLOSED: Presentation(
        partnerships.closed, "closing message", "closing messages", "the message that their {partnership} is complete"
    ),
    NotificationKind.BACK_IN_POOL: Presentation(
        partnerships.back_in_pool, "receipt", "receipts", "the receipt for asking for another match"
    ),
    NotificationKind.PARTNER_LEFT: Presentation(
        people.partner_left,
        "message about who is away",
        "messages about who is away",
        "the message that a partner’s account is deactivated",
    ),
    NotificationKind.PARTNER_BACK: Presentation(
        people.partner_back,
        "message about who is away",
        "messages about who is away",
        "the message that a partner is back",
        people.partner_back_line,
    ),
    NotificationKind.WELCOME_BACK: Presentation(
        people.welcome_back, "welcome-back message", "welcome-back messages", "the welcome-back message"
    ),
    NotificationKind.OWNER_LEFT: Presentation(
        people.owner_left,
        "message about who is away",
        "messages about who is away",
        "the message that an account is deactivated",
    ),
    NotificationKind.OWNERS_PERSON_LEFT: Presentation(
        people.owners_left,
        "message about who is away",
        "messages about who is away",
        "the message that an account is deactivated",
    ),
    NotificationKind.OWNERS_PERSON_BACK: Presentation(
        people.owners_back,
        "message about who is away",
        "messages about who is away",
        "the message that someone is back",
        people.owners_back_line,
    ),
    NotificationKind.ON_LEAVE: Presentation(
        leave.on_leave, "message about leave", "messages about leave", "the message that they are on leave"
    ),
    NotificationKind.PARTNER_ON_LEAVE: Presentation(
        leave.partner_on_leave,
        "message about who is away",
        "messages about who is away",
        "the message that a partner is away",
    ),
    NotificationKind.LEAVE_OVER: Presentation(
        leave.leave_over, "welcome-back message", "welcome-back messages", "the welcome-back message"
    ),
    NotificationKind.PARTNERSHIP_PAUSED: Presentation(
        pauses.paused,
        "message about a pause",
        "messages about a pause",
        "the message that their {partnership} is paused",
        afterwards=pauses.pause_afterwards,
    ),
    NotificationKind.PAUSE_QUESTION: Presentation(
        pauses.question,
        "question about a pause",
        "questions about a pause",
        "the question about a pause",
        afterwards=pauses.pause_afterwards,
    ),
    NotificationKind.PARTNERSHIP_RESUMED: Presentation(
        pauses.resumed,
        "message about a pause",
        "messages about a pause",
        "the message that their {partnership} carries on",
        afterwards=pauses.pause_afterwards,
    ),
    NotificationKind.LONG_PAUSE: Presentation(
        pauses.long_pause,
        "message about a pause",
        "messages about a pause",
        "the message that a pause is long",
        afterwards=pauses.long_pause_afterwards,
    ),
    NotificationKind.OWNER_NUDGE: Presentation(
        oversight.nudge, "reminder to meet", "reminders to meet", "the reminder to meet for which an owner asked"
    ),
    NotificationKind.HELP_OFFERED: Presentation(
        oversight.help_offered, "offer of help", "offers of help", "the message in which an owner offers help"
    ),
    NotificationKind.STANDING_ASKED: Presentation(
        oversight.standing_asked,
        "question from an owner",
        "questions from an owner",
        "the question from an owner how it is going",
        afterwards=oversight.standing_afterwards,
    ),
    NotificationKind.ANOTHER_OFFERED: Presentation(
        oversight.another_offered,
        "offer of another match",
        "offers of another match",
        "the message in which an owner offers another match",
    ),
    NotificationKind.STANDING_ANSWERED: Presentation(
        oversight.standing_answered, "answer to an owner", "answers to an owner", "the answer to an owner’s question"
    ),
    NotificationKind.HANDED_OVER: Presentation(
        oversight.handed_over,
        "message about a new contact",
        "messages about a new contact",
        "the message that they look after a {partnership}",
    ),
    NotificationKind.OWNER_NAMED: Presentation(
        oversight.owner_named,
        "message about a new contact",
        "messages about a new contact",
        "the message that they have a new contact",
        oversight.owner_named_line,
    ),
    NotificationKind.PLAN_SHARED: _private(goals.plan_shared, line=goals.plan_shared_line),
    NotificationKind.PLAN_CHANGED: _private(goals.plan_changed, line=goals.plan_changed_line),
    NotificationKind.PLAN_REVIEW: _private(goals.plan_review, line=goals.plan_review_line),
    NotificationKind.REPORT_WAITS: _private(reports.report_waits),
    NotificationKind.REPORT_SHARED: _private(reports.report_shared, afterwards=reports.report_shared_afterwards),
    NotificationKind.SESSION_INVITATION: Presentation(
        sessions.session_invitation,
        "invitation to a session",
        "invitations to sessions",
        "the invitation to a session",
        afterwards=sessions.session_afterwards,
    ),
    NotificationKind.SESSION_NEWS: Presentation(
        sessions.session_news, "message about a session", "messages about sessions", "the message about a session"
    ),
    NotificationKind.CASE_OPENED: _private(cases.case_opened, afterwards=cases.case_opened_afterwards),
    NotificationKind.CASE_SENT: _private(cases.case_sent),
    NotificationKind.CASE_PASSED_ON: _private(cases.case_passed_on),
    NotificationKind.REMARK_SENT: _private(remarks.remark_sent),
    NotificationKind.REMARK_MADE: _private(remarks.remark_made, afterwards=remarks.remark_made_afterwards),
    NotificationKind.REMARK_READ: _private(remarks.remark_read),
    NotificationKind.ANNOUNCEMENT: Presentation(
        announcements.direct, "announcement", "announcements", "an announcement of the programme"
    ),
    NotificationKind.CHANNEL_POST: Presentation(
        announcements.post,
        "post in a channel",
        "posts in channels",
        "a post in a channel",
        afterwards=announcements.post_afterwards,
    ),
    NotificationKind.ANNOUNCEMENT_PROGRESS: Presentation(
        announcements.progress,
        "message about an announcement",
        "messages about an announcement",
        "the message about the progress of an announcement",
    ),
    NotificationKind.INVITATION: _private(invitations.invitation),
    NotificationKind.DATA_ENDS: Presentation(
        retention.data_ends,
        "message that data is deleted",
        "messages that data is deleted",
        "the message that old data is deleted",
        retention.data_ends_line,
    ),
    NotificationKind.COHORT_CLOSED: Presentation(
        programmes.cohort_closed,
        "message that the round has closed",
        "messages that the round has closed",
        "the message that the round has closed",
    ),
    NotificationKind.UNDELIVERED: Presentation(
        _undelivered,
        "report of undelivered messages",
        "reports of undelivered messages",
        "a report of undelivered messages",
        afterwards=undelivered.undelivered_afterwards,
    ),
    NotificationKind.IMPORT_PREVIEW: Presentation(
        imports.preview, "preview of a list", "previews of lists", "the preview of a list to import"
    ),
    NotificationKind.FILE_PROGRAMME: Presentation(
        imports.programme,
        "question about a file",
        "questions about files",
        "the question for which programme a file is",
        afterwards=imports.programme_afterwards,
    ),
    NotificationKind.FILE_DECLINED: Presentation(
        imports.declined, "answer to a file", "answers to files", "the answer to a file"
    ),
}

LINE_KINDS = frozenset(kind for kind, presentation in PRESENTATIONS.items() if presentation.line)
"""The kinds that can travel as a line of another message."""
