"""What follows when action items change: the reminder of each of the two, and the agenda that lists them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.items.item import ActionItem, AgendaOutdated
from mentoring.items.reminder import ReminderContext, plan_reminders
from mentoring.meetings.planned import TOOK_PLACE, PlannedState, agenda_at
from mentoring.partnerships.judgement import JOBS, NUDGES
from mentoring.partnerships.partnership import Partnership
from storage import Transaction

_LISTED = frozenset({PlannedState.BOOKED, PlannedState.PAST, PlannedState.MISSED, *TOOK_PLACE})
_LONG_BEFORE = timedelta(days=60)


def with_items_followed(
    tx: Transaction, partnership: Partnership, items: Sequence[ActionItem], outcome: Outcome, now: datetime
) -> Outcome:
    """`outcome`, and what follows from the action items that it changes. `items` are those of the two as stored."""
    changed = {change.id: change for change in outcome.changes if isinstance(change, ActionItem)}
    if not changed:
        return outcome
    after = [*({item.id: item for item in items} | changed).values()]
    people = [tx.people.get(person) for person in partnership.people if person]
    programme, _ = tx.programme_of(partnership.cohort_id)
    jobs = plan_reminders(partnership, people, programme, after, now)
    booked = [planned for planned in tx.planned_meetings.open_of([partnership.id]) if planned.is_booked]
    return outcome + Outcome((*jobs, *(AgendaOutdated(planned.id) for planned in booked)))


def load_reminder(
    tx: Transaction, programme: Programme, partnership: Partnership, person: str, now: datetime
) -> ReminderContext:
    """What the reminder to `person` (a Slack user id) is decided from. `now` is the calendar, aware."""
    kinds = (NotificationKind.ITEMS_DUE, *(kind for kind, job in JOBS.items() if job in NUDGES))
    sent_at, unsent = tx.outbox.of_partnership(person, partnership.id, kinds)
    people = tx.people.get_many(partnership.people)
    reader = tx.people.get(person)
    days = [reader.today(at) for at in sent_at.values()]
    return ReminderContext(
        partnership,
        reader,
        programme,
        tx.items.read_by(person, partnership) if person in partnership.people else (),
        people,
        max([*days, *_agendas(tx, programme, partnership, reader, now)], default=date.min),
        is_unsent=bool(unsent),
    )


def _agendas(
    tx: Transaction, programme: Programme, partnership: Partnership, reader: Person, now: datetime
) -> list[date]:
    """The days of the planned meetings whose agenda the reader has got."""
    return [
        reader.today(planned.starts_at)
        for planned in tx.planned_meetings.of([partnership.id])
        if planned.starts_at
        and planned.state in _LISTED
        and agenda_at(reader, programme, planned.starts_at, planned.starts_at - _LONG_BEFORE) <= now
    ]
