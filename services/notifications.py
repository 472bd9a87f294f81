"""Loads the context in which a notification is rendered, when it is rendered."""

from datetime import datetime

from mentoring.applications.application import Application
from mentoring.core.outcome import Notification
from mentoring.core.people import Person
from mentoring.matching.match import Match
from mentoring.meetings import Meeting
from mentoring.notifications.context import NotificationContext
from mentoring.notifications.kinds import KIND_RULES, ContextPart
from mentoring.partnerships.partnership import Partnership
from mentoring.status import cohort_status
from services.status import load_partnership_status
from storage.transaction import Transaction


def load_context(tx: Transaction, notification: Notification, now: datetime) -> NotificationContext | None:
    """The context of `notification` at `now` (calendar, aware); None where there is no programme."""
    current = tx.programme_and_cohort()
    if current is None:
        return None
    programme, cohort = current
    about, parts = notification.refs, KIND_RULES[notification.kind].context
    own = tuple(tx.partnerships.of(notification.recipient))
    match = tx.matches.get(about["match"]) if "match" in about else None
    meeting = tx.meetings.get(about["meeting"]) if "meeting" in about else None
    partnership = _partnership(tx, notification, meeting)
    theirs = tuple(tx.partnerships.of(about["person"])) if "person" in about else ()
    people = _people(tx, notification, match, partnership, *theirs, *(own if ContextPart.OWN_PARTNERS in parts else ()))
    reader = people[notification.recipient]
    return NotificationContext(
        reader=reader,
        today=reader.today(now),
        programme=programme,
        cohort=cohort,
        owners=tx.owners.all(),
        applications=tx.applications.of(notification.recipient, cohort.id),
        application=tx.applications.get(about["application"]) if "application" in about else None,
        status=cohort_status(programme, cohort, tx.applications.in_cohort(cohort.id), tx.people.away())
        if ContextPart.COHORT_STATUS in parts
        else None,
        asked=tuple(tx.matches.of(notification.recipient, cohort.id)),
        own=own,
        theirs=theirs,
        match=match,
        partnership=partnership,
        meeting=meeting,
        profiles=_profiles(tx, match, partnership),
        people=people,
        undelivered=tx.undelivered.reported_in(about["report"]) if "report" in about else (),
        round=tx.rounds.get(programme, cohort) if ContextPart.MATCHING_ROUND in parts else None,
        solving=tx.proposal_runs.get(cohort.id) if ContextPart.MATCHING_ROUND in parts else None,
        partnerships=load_partnership_status(tx, cohort, reader.id, now)
        if ContextPart.PARTNERSHIP_STATUS in parts
        else None,
    )


def _partnership(tx: Transaction, notification: Notification, meeting: Meeting | None) -> Partnership | None:
    if "partnership" in notification.refs:
        return tx.partnerships.get(notification.refs["partnership"])
    return tx.partnerships.get(meeting.partnership_id) if meeting else None


def _people(tx: Transaction, notification: Notification, *pairs: Match | Partnership | None) -> dict[str, Person]:
    """By Slack user id, of whom it speaks and to whom it goes."""
    return tx.people.get_many(
        {
            notification.recipient,
            notification.second_recipient,
            *(each for pair in pairs if pair for each in pair.people),
        }
    )


def _profiles(tx: Transaction, match: Match | None, partnership: Partnership | None) -> dict[str, Application]:
    """By Slack user id, what the two sent."""
    of = match or partnership
    if of is None:
        return {}
    sent = (tx.applications.get(of.mentee_application), tx.applications.get(of.mentor_application))
    return {application.person: application for application in sent if application}
