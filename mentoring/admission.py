"""Whom the programme is for, and what the organisation's list says of somebody who applies (D1.7, D2.6)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from mentoring.application import Form, Role, segment_for
from mentoring.error import OutsideSegment
from mentoring.field import Field
from mentoring.person import Person, hindrance
from mentoring.programme import Programme
from mentoring.staff import StaffRecord


def outside(
    role: Role, programme: Programme, record: StaffRecord | None, form: Form | None = None
) -> Iterator[OutsideSegment]:
    """What puts somebody outside the segment that the programme is for in this role.

    Where the form asks, its answer counts, once there is a proper one; where it does not, `record` does, what the
    organisation's list says of them.
    """
    segment, known = segment_for(role, programme), record or StaffRecord("")
    facts = (
        (Field.DEPARTMENT, segment.departments, programme.departments, known.department, form and form.department),
        (Field.GRADE, segment.grades, programme.grades, known.grade, form and form.grade),
    )
    for field, welcome, listed, recorded, said in facts:
        if not welcome or (listed and said not in listed):
            continue
        theirs = said if listed else recorded
        if theirs not in welcome:
            yield OutsideSegment(field, role, known=bool(theirs))


def check_segment(role: Role, programme: Programme, record: StaffRecord | None) -> None:
    """Raise OutsideSegment where that is certain before anything is asked."""
    for refusal in outside(role, programme, record):
        raise refusal


def known_before(record: StaffRecord, manager: Person, role: Role, programme: Programme, today: date) -> StaffRecord:
    """What of the organisation's list can stand in the form from the start: what it asks and would take.

    `manager` is the record's, as Slack last told of them; somebody who cannot be named, or of whom Slack has not told
    yet, is left out.
    """
    nameable = record.manager not in ("", record.person) and not hindrance(manager, programme.admits)
    worked = role is Role.MENTOR and record.started_on is not None and record.started_on <= today
    return replace(
        record,
        department=record.department if record.department in programme.departments else "",
        grade=record.grade if record.grade in programme.grades else "",
        manager=record.manager if nameable else "",
        started_on=record.started_on if worked else None,
    )
