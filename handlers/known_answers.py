"""What a form is filled in with for the first time: what is known of the person, and what they have said elsewhere."""

from datetime import date, datetime

from mentoring.applications.application import Application, PrivateAnswers, Role
from mentoring.applications.submission import known_before
from mentoring.core.fields import FieldName
from mentoring.core.people import StaffRecord
from mentoring.core.programmes import Programme
from messages import applications as application_forms
from messages.forms import Values
from storage import Transaction


def known_answers(
    tx: Transaction,
    role: Role,
    programme: Programme,
    *,
    record: StaffRecord | None,
    other: Application | None,
    other_answers: PrivateAnswers | None,
    today: date,
    now: datetime,
) -> Values:
    """The values of the form in this role, from another application of the person, and from their staff record, which
    counts more, except for what is from their profile in Slack. `today` is their date, `now` the calendar (aware).
    """
    values: dict[str, str | list[str] | None] = {}
    if other:
        values |= application_forms.values_of_other(other, other_answers, role)
    if record:
        tx.people.request_profiles([record.manager], now)
        known = known_before(record, tx.people.get(record.manager), role, programme, today)
        said = [name for name in record.from_profile if _is_said(values, name)]
        recorded = {name: value for name, value in application_forms.values_known(known).items() if name not in said}
        values |= {name: value for name, value in recorded.items() if value}
        if known.manager and FieldName.MANAGER not in said:
            values[FieldName.NO_MANAGER] = None
    return values


def with_topic(values: Values, role: Role, programme: Programme, topic: str) -> Values:
    """The values for a person who was invited and chose this topic, if the programme still has it, and what is
    suggested where there is no value.
    """
    topic = topic if topic in programme.topics else ""
    suggested = application_forms.values_suggested(role, programme, topic)
    chosen = values.get(FieldName.TOPICS)
    topics = [*(chosen if isinstance(chosen, list) else ()), *([topic] if topic else ())]
    filled = {**suggested, **{name: value for name, value in values.items() if value}}
    return {**filled, FieldName.TOPICS: list(dict.fromkeys(topics)) or None}


def _is_said(values: Values, name: str) -> bool:
    """Whether the person has answered this in their other application."""
    return bool(values.get(name) or (name == FieldName.MANAGER and values.get(FieldName.NO_MANAGER)))
