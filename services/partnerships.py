"""Loads the data by which the messages of a partnership are judged."""

from datetime import datetime

from mentoring.core.jobs import JobKind
from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Programme
from mentoring.notifications.kinds import KIND_RULES
from mentoring.oversight.asking import OversightKind, newest_of
from mentoring.partnerships.jobs import job_key
from mentoring.partnerships.judgement import JOBS, NOTIFICATIONS, PartnershipJobContext
from mentoring.partnerships.partnership import Partnership
from services.meetings import met_on
from services.planned_meetings import planned_until, scheduler
from storage.transaction import Transaction


def load_job_context(
    tx: Transaction, programme: Programme, partnership: Partnership, person: str, kind: JobKind, now: datetime
) -> PartnershipJobContext:
    """The data by which a job of `kind` for `person` (a Slack user id), or its message, is judged at `now` (calendar,
    aware).
    """
    asks = NOTIFICATIONS.get(kind)
    question = KIND_RULES[asks].question if asks else None
    check_in = job_key(JobKind.CHECK_IN, partnership.id, person)
    agreed = tx.agreements.followed(partnership.id)
    sent_at, unsent = tx.outbox.of_partnership(person, partnership.id, (*JOBS, NotificationKind.OWNER_NUDGE))
    nudged = newest_of(tx.oversight.requests([partnership.id]), OversightKind.NUDGE)
    return PartnershipJobContext(
        partnership=partnership,
        person=tx.people.get(person),
        programme=programme,
        met_on=met_on(tx, partnership),
        answered=bool(question and tx.feedback.has_answered(partnership.id, person, question)),
        check_in_at=tx.scheduled_jobs.done_or_due_at(check_in, now),
        partner=tx.people.get(partnership.other(person)),
        sent_at={JOBS[kind]: at for kind, at in sent_at.items() if kind in JOBS},
        agreed=agreed,
        owner_nudged_at=max(nudged.at, sent_at.get(NotificationKind.OWNER_NUDGE, nudged.at)) if nudged else None,
        planned_until=planned_until(tx, partnership, now),
        scheduler=scheduler(tx, partnership, agreed),
        unsent=frozenset(JOBS[kind] for kind in unsent if kind in JOBS),
    )
