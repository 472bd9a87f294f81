"""What we write when something has happened: one function for every kind of notice."""

from collections.abc import Callable

from mentoring.core.outcome import Kind, Notice
from mentoring.notifications.context import Scene
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
from messages.notifications.preconditions import NothingToSay
from messages.notifications.review import no_longer_kept
from messages.payloads import Message

__all__ = ["RENDERERS", "NothingToSay", "no_longer_kept", "render"]


def render(notice: Notice, scene: Scene) -> Message:
    """The message that a notice is now. Raises NothingToSay."""
    return RENDERERS[notice.kind](notice, scene)


RENDERERS: dict[Kind, Callable[[Notice, Scene], Message]] = {
    Kind.WELCOME_OWNER: programmes.welcome,
    Kind.HELP: applications.help,
    Kind.APPLICATION_RECEIVED: applications.received,
    Kind.APPLICATION_CHANGED: applications.changed,
    Kind.APPLICATION_WITHDRAWN: applications.withdrawn,
    Kind.APPLICATIONS_CLOSED: programmes.applications_closed,
    Kind.PROGRAMME_CHANGED: programmes.programme_changed,
    Kind.COHORT_STATUS: programmes.cohort_status,
    Kind.WEEKLY_STATUS: programmes.weekly_status,
    Kind.DESK: review.standing,
    Kind.NOT_PROPOSED: matching.not_proposed,
    Kind.OPERATOR_RELEASED: matching.operator_released,
    Kind.UNMATCHED: matching.unmatched,
    Kind.MATCH_OFFERED: matching.offered,
    Kind.OFFER_REMINDER: matching.reminder,
    Kind.OFFER_ACCEPTED: matching.accepted,
    Kind.OFFER_DECLINED: matching.declined,
    Kind.OFFER_OVER: matching.over,
    Kind.OWNERS_OFFER_OVER: matching.owners_over,
    Kind.INTRODUCED: partnerships.introduced,
    Kind.MEETING_LOGGED: partnerships.meeting_logged,
    Kind.FIRST_MEETING_NUDGE: meetings.first_meeting,
    Kind.SECOND_MEETING_NUDGE: meetings.second_meeting,
    Kind.MONTHLY_NUDGE: meetings.monthly,
    Kind.CHECK_IN: feedback.check_in,
    Kind.CHECK_IN_THANKS: feedback.check_in_thanks,
    Kind.WORD_WANTED: feedback.word_wanted,
    Kind.SURVEY: feedback.survey,
    Kind.SURVEY_REMINDER: feedback.survey_reminder,
    Kind.SURVEY_THANKS: feedback.survey_thanks,
    Kind.PARTNERSHIP_ENDED: partnerships.ended,
    Kind.PARTNERSHIP_CLOSED: partnerships.closed,
    Kind.BACK_IN_POOL: partnerships.back_in_pool,
    Kind.PARTNER_LEFT: people.partner_left,
    Kind.PARTNER_BACK: people.partner_back,
    Kind.WELCOME_BACK: people.welcome_back,
    Kind.OWNERS_PERSON_LEFT: people.owners_left,
    Kind.OWNERS_PERSON_BACK: people.owners_back,
    Kind.COHORT_CLOSED: programmes.cohort_closed,
    Kind.UNDELIVERED: undelivered.undelivered,
}
