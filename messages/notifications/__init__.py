"""What we write when something has happened: one function for every kind of notice."""

from collections.abc import Callable

from mentoring.core.outcome import Notification, NotificationKind
from mentoring.notifications.context import NotificationContext
from messages.notifications import (
    applications,
    feedback,
    matching,
    meetings,
    partnerships,
    people,
    programmes,
    review,
    undelivered,
)
from messages.notifications.preconditions import NotificationObsolete
from messages.notifications.review import no_longer_updated
from messages.payloads import Message

__all__ = ["RENDERERS", "NotificationObsolete", "no_longer_updated", "render"]


def render(notification: Notification, scene: NotificationContext) -> Message:
    """The message that a notice is now. Raises NotificationObsolete."""
    return RENDERERS[notification.kind](notification, scene)


RENDERERS: dict[NotificationKind, Callable[[Notification, NotificationContext], Message]] = {
    NotificationKind.WELCOME_OWNER: programmes.welcome,
    NotificationKind.HELP: applications.help,
    NotificationKind.APPLICATION_RECEIVED: applications.received,
    NotificationKind.APPLICATION_CHANGED: applications.changed,
    NotificationKind.APPLICATION_WITHDRAWN: applications.withdrawn,
    NotificationKind.APPLICATIONS_CLOSED: programmes.applications_closed,
    NotificationKind.PROGRAMME_CHANGED: programmes.programme_changed,
    NotificationKind.COHORT_STATUS: programmes.cohort_status,
    NotificationKind.WEEKLY_STATUS: programmes.weekly_status,
    NotificationKind.REVIEW: review.standing,
    NotificationKind.NOT_PROPOSED: matching.not_proposed,
    NotificationKind.OPERATOR_RELEASED: matching.operator_released,
    NotificationKind.UNMATCHED: matching.unmatched,
    NotificationKind.MATCH_OFFERED: matching.offered,
    NotificationKind.OFFER_REMINDER: matching.reminder,
    NotificationKind.OFFER_ACCEPTED: matching.accepted,
    NotificationKind.OFFER_DECLINED: matching.declined,
    NotificationKind.OFFER_OVER: matching.over,
    NotificationKind.OWNERS_OFFER_OVER: matching.owners_over,
    NotificationKind.INTRODUCED: partnerships.introduced,
    NotificationKind.MEETING_LOGGED: partnerships.meeting_logged,
    NotificationKind.FIRST_MEETING_NUDGE: meetings.first_meeting,
    NotificationKind.SECOND_MEETING_NUDGE: meetings.second_meeting,
    NotificationKind.MONTHLY_NUDGE: meetings.monthly,
    NotificationKind.CHECK_IN: feedback.check_in,
    NotificationKind.CHECK_IN_THANKS: feedback.check_in_thanks,
    NotificationKind.WORD_WANTED: feedback.word_wanted,
    NotificationKind.SURVEY: feedback.survey,
    NotificationKind.SURVEY_REMINDER: feedback.survey_reminder,
    NotificationKind.SURVEY_THANKS: feedback.survey_thanks,
    NotificationKind.PARTNERSHIP_ENDED: partnerships.ended,
    NotificationKind.PARTNERSHIP_CLOSED: partnerships.closed,
    NotificationKind.BACK_IN_POOL: partnerships.back_in_pool,
    NotificationKind.PARTNER_LEFT: people.partner_left,
    NotificationKind.PARTNER_BACK: people.partner_back,
    NotificationKind.WELCOME_BACK: people.welcome_back,
    NotificationKind.OWNERS_PERSON_LEFT: people.owners_left,
    NotificationKind.OWNERS_PERSON_BACK: people.owners_back,
    NotificationKind.COHORT_CLOSED: programmes.cohort_closed,
    NotificationKind.UNDELIVERED: undelivered.undelivered,
}
