"""Loads what owners asked the two people of a partnership, and what the rules need when they ask more."""

from collections.abc import Iterable
from datetime import datetime

from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Programme
from mentoring.oversight.alarms import Alarm, WatchedPartnerships, alarms_for, overdue
from mentoring.oversight.asking import OversightContext, OversightRequest, StandingAnswer
from mentoring.oversight.handing_over import tell_of_former_owner
from mentoring.partnerships.judgement import NOTIFICATIONS, NUDGES
from mentoring.partnerships.partnership import Partnership
from mentoring.status import PartnershipStatus
from services.meetings import met_on
from services.planned_meetings import planned_until, planned_until_of
from storage import Transaction


def load_oversight(tx: Transaction, partnership: Partnership, now: datetime) -> OversightContext:
    """What the rules need about a partnership at `now` (calendar, aware)."""
    programme, _ = tx.programme_of(partnership.cohort_id)
    owners = tx.roles.owners(programme.id)
    return OversightContext(
        partnership,
        programme,
        tx.people.get_many({*filter(None, partnership.people), *owners}),
        owners,
        now,
        tx.oversight.requests([partnership.id]),
        tx.oversight.answers([partnership.id]),
        met_on(tx, partnership),
        planned_until(tx, partnership, now),
        _reminded_at(tx, partnership),
    )


def _reminded_at(tx: Transaction, partnership: Partnership) -> datetime | None:
    kinds = tuple(NOTIFICATIONS[job] for job in NUDGES)
    sent = (tx.outbox.of_partnership(each, partnership.id, kinds)[0] for each in partnership.people)
    return max((at for by_kind in sent for at in by_kind.values()), default=None)


def load_requests(
    tx: Transaction, partnerships: Iterable[Partnership]
) -> tuple[dict[str, list[OversightRequest]], dict[str, list[StandingAnswer]]]:
    """What owners asked and what was answered, by the partnership's id."""
    ids = [each.id for each in partnerships]
    requests: dict[str, list[OversightRequest]] = {}
    answers: dict[str, list[StandingAnswer]] = {}
    for request in tx.oversight.requests(ids):
        requests.setdefault(request.partnership_id, []).append(request)
    for answer in tx.oversight.answers(ids):
        answers.setdefault(answer.partnership_id, []).append(answer)
    return requests, answers


def load_alarms(
    tx: Transaction, programme: Programme, owner: str, status: PartnershipStatus, now: datetime
) -> tuple[Alarm, ...]:
    """What `owner` (a Slack user id) is told of the partnerships of the programme at `now` (calendar, aware)."""
    today, paused = tx.people.get(owner).today(now), {pause.partnership.id for pause in status.paused}
    late = [
        each
        for each in status.active
        if each.id not in paused and overdue(each, status.last_met.get(each.id), programme.rhythm, today)
    ]
    if not late:
        return ()
    ids = [each.id for each in late]
    watched = WatchedPartnerships(
        late,
        {},
        programme.rhythm,
        today,
        now,
        status.last_met,
        tx.outbox.sent_about((person for each in late for person in each.people), _reminders()),
        planned_until_of(tx, ids, now),
        tx.oversight.requests(ids),
        tx.oversight.snoozed_until(owner),
    )
    return alarms_for(watched, owner, tx.roles.present_owners(programme.id))


def _reminders() -> tuple[NotificationKind, ...]:
    """What asks two people whether they have met."""
    return (*(NOTIFICATIONS[job] for job in sorted(NUDGES)), NotificationKind.OWNER_NUDGE)


def tell_of_leaving(tx: Transaction, owner: str, programmes: Iterable[str], now: datetime) -> None:
    """Tell the people whose contact `owner` (a Slack user id) was in these `programmes` (ids) who it is now."""
    for programme_id in programmes:
        tx.save(tell_of_former_owner(tx.partnerships.in_programme(programme_id), owner, now))
