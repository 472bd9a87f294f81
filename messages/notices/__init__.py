"""What we write when something has happened: one function for every kind of notice."""

from collections.abc import Callable

from mentoring.core.outcome import Kind, Notice
from mentoring.notifications.context import Scene
from messages.notices import (
    absence,
    applications,
    asking,
    desk,
    matches,
    nudges,
    owners,
    partnerships,
    undelivered,
    unmatched,
)
from messages.notices.desk import no_longer_kept
from messages.notices.scenes import NothingToSay
from messages.outgoing import Message

__all__ = ["RENDERERS", "NothingToSay", "no_longer_kept", "render"]


def render(notice: Notice, scene: Scene) -> Message:
    """The message that a notice is now. Raises NothingToSay."""
    return RENDERERS[notice.kind](notice, scene)


RENDERERS: dict[Kind, Callable[[Notice, Scene], Message]] = {
    Kind.WELCOME_OWNER: owners.welcome,
    Kind.HELP: applications.help,
    Kind.APPLICATION_RECEIVED: applications.received,
    Kind.APPLICATION_CHANGED: applications.changed,
    Kind.APPLICATION_WITHDRAWN: applications.withdrawn,
    Kind.APPLICATIONS_CLOSED: owners.applications_closed,
    Kind.PROGRAMME_CHANGED: owners.programme_changed,
    Kind.COHORT_STATUS: owners.cohort_status,
    Kind.WEEKLY_STATUS: owners.weekly_status,
    Kind.DESK: desk.standing,
    Kind.NOT_PROPOSED: matches.not_proposed,
    Kind.OPERATOR_RELEASED: matches.operator_released,
    Kind.UNMATCHED: unmatched.unmatched,
    Kind.MATCH_OFFERED: matches.offered,
    Kind.OFFER_REMINDER: matches.reminder,
    Kind.OFFER_ACCEPTED: matches.accepted,
    Kind.OFFER_DECLINED: matches.declined,
    Kind.OFFER_OVER: matches.over,
    Kind.OWNERS_OFFER_OVER: matches.owners_over,
    Kind.INTRODUCED: partnerships.introduced,
    Kind.MEETING_LOGGED: partnerships.meeting_logged,
    Kind.FIRST_MEETING_NUDGE: nudges.first_meeting,
    Kind.SECOND_MEETING_NUDGE: nudges.second_meeting,
    Kind.MONTHLY_NUDGE: nudges.monthly,
    Kind.CHECK_IN: asking.check_in,
    Kind.CHECK_IN_THANKS: asking.check_in_thanks,
    Kind.WORD_WANTED: asking.word_wanted,
    Kind.SURVEY: asking.survey,
    Kind.SURVEY_REMINDER: asking.survey_reminder,
    Kind.SURVEY_THANKS: asking.survey_thanks,
    Kind.PARTNERSHIP_ENDED: partnerships.ended,
    Kind.PARTNERSHIP_CLOSED: partnerships.closed,
    Kind.BACK_IN_POOL: partnerships.back_in_pool,
    Kind.PARTNER_LEFT: absence.partner_left,
    Kind.PARTNER_BACK: absence.partner_back,
    Kind.WELCOME_BACK: absence.welcome_back,
    Kind.OWNERS_PERSON_LEFT: absence.owners_left,
    Kind.OWNERS_PERSON_BACK: absence.owners_back,
    Kind.COHORT_CLOSED: owners.cohort_closed,
    Kind.UNDELIVERED: undelivered.undelivered,
}
