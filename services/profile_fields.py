"""Recording what the custom fields of a profile say."""

from collections.abc import Mapping
from datetime import datetime

from mentoring.core.people import user_id
from mentoring.core.working_hours import latest_date
from mentoring.people.profile_fields import ProfileFact, record_profile
from services.invitations import with_moments
from storage import Transaction


def reads_profile_fields(tx: Transaction) -> bool:
    """Whether an administrator has mapped a custom field, so that profiles are asked for theirs."""
    mapping = tx.profile_fields.get()
    return bool(mapping and mapping.fields)


def save_profile_fields(tx: Transaction, person: str, values: Mapping[str, str] | None, now: datetime) -> None:
    """Record the `values` of the custom fields of `person` (a Slack user id), by Slack's id of the field, at `now`
    (calendar, aware). None if Slack has not been asked or has not told: nothing changes.

    Nothing is recorded of a person who was erased meanwhile.
    """
    mapping = tx.profile_fields.get()
    if values is None or mapping is None or not tx.people.exists(person) or tx.erasure.is_erased(person):
        return
    manager = user_id(values.get(mapping.fields.get(ProfileFact.MANAGER, ""), ""))
    departments = [each for programme, _ in tx.programmes.all() for each in programme.departments]
    outcome = record_profile(
        values,
        mapping,
        tx.staff.get(person),
        person=person,
        departments=departments,
        erased=tx.erasure.erased_among([manager] if manager else []),
        today=latest_date(now),
    )
    tx.save(with_moments(tx, outcome, now))
