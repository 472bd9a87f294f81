"""Conditions on partnerships in SQL, as the rules state them in Python: active, paused, quiet."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, case, exists, or_, select
from sqlalchemy.orm import aliased
from sqlalchemy.types import TypeEngine

from mentoring.core.people import AccountStatus
from mentoring.partnerships.timing import QUIET_DAYS, SHORT_LENGTHS, quiet_after
from storage.repository import WORKSPACE_PARAM
from storage.tables import CohortRow, MeetingRow, PartnershipRow, PersonRow
from storage.tables.base import ID, Instant


def cutoffs(today: date) -> dict[str, Any]:
    """The values of the conditions on `today`, the reader's date."""
    values: dict[str, Any] = {"today": today}
    for days in {QUIET_DAYS, *map(quiet_after, SHORT_LENGTHS)}:
        last = today - timedelta(days=days)
        values[f"quiet_since_{days}"] = last
        values[f"quiet_begun_{days}"] = datetime.combine(last + timedelta(days=1), time(), UTC)
    return values


def _by_length(name: str, kind: TypeEngine[Any]) -> ColumnElement[Any]:
    """The cutoff `name` for the length of the partnership."""
    short = (
        (
            and_(PartnershipRow.months == length.months, PartnershipRow.weeks == length.weeks),
            bindparam(f"{name}_{quiet_after(length)}", type_=kind),
        )
        for length in SHORT_LENGTHS
    )
    return case(*short, else_=bindparam(f"{name}_{QUIET_DAYS}", type_=kind))


def of_programme(cohort_id: Any) -> ColumnElement[bool]:
    """The cohort is one of the programme `programme` (a bind parameter)."""
    cohorts = select(CohortRow.id).where(
        CohortRow.workspace == WORKSPACE_PARAM, CohortRow.programme_id == bindparam("programme", type_=ID)
    )
    condition: ColumnElement[bool] = cohort_id.in_(cohorts)
    return condition


def is_active() -> ColumnElement[bool]:
    """It is not over. An active partnership has no `over_at`; by its `state`, SQLite would search all active ones."""
    return PartnershipRow.over_at.is_(None)


def is_paused() -> ColumnElement[bool]:
    """One of the two asked for it, or is absent or on leave, see `mentoring.partnerships.partnership.pause_of`."""
    partner = aliased(PersonRow)
    return or_(
        and_(PartnershipRow.paused_since.is_not(None), PartnershipRow.resumed_on.is_(None)),
        *(
            exists().where(
                partner.workspace == WORKSPACE_PARAM,
                partner.id == person,
                or_(partner.standing == AccountStatus.DEACTIVATED, partner.leave_until.is_not(None)),
            )
            for person in (PartnershipRow.mentee, PartnershipRow.mentor)
        ),
    )


def is_quiet() -> ColumnElement[bool]:
    """There was no meeting lately, see `mentoring.partnerships.partnership.quiet_days`."""
    has_met = exists().where(
        MeetingRow.workspace == WORKSPACE_PARAM,
        MeetingRow.partnership_id == PartnershipRow.id,
        MeetingRow.met_on > _by_length("quiet_since", Date()),
    )
    before, resumed = PartnershipRow.last_met_before, PartnershipRow.resumed_on
    return and_(
        is_active(),
        PartnershipRow.introduced_at < _by_length("quiet_begun", Instant()),
        PartnershipRow.ends_on > bindparam("today", type_=Date),
        or_(before.is_(None), before <= _by_length("quiet_since", Date())),
        or_(resumed.is_(None), resumed <= _by_length("quiet_since", Date())),
        ~has_met,
        ~is_paused(),
    )
