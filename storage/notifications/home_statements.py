"""The statements of `storage/notifications/homes.py`."""

from enum import StrEnum
from typing import Any

from sqlalchemy import BindParameter, ColumnElement, and_, bindparam, case, func, or_, select, update

from mentoring.partnerships.partnership import PartnershipState
from storage.notifications.outbox_statements import IMMEDIATELY
from storage.repository import WORKSPACE_PARAM
from storage.tables import ApplicationRow, CohortRow, HomeRow, MeetingRow, PartnershipRow, RoleRow


class HomeState(StrEnum):
    CURRENT = "current"
    STALE = "stale"
    PUBLISHING = "publishing"


_INSTANT = HomeRow.due.type
_OF = HomeRow.workspace == bindparam("of")
_IS_PERSON = HomeRow.person == bindparam("of_person")
_IS_PUBLISHED = HomeRow.state == HomeState.PUBLISHING

OPENED = (
    update(HomeRow)
    .where(_OF, _IS_PERSON)
    .values(
        revision=HomeRow.revision + 1,
        state=case((_IS_PUBLISHED, HomeRow.state), else_=HomeState.STALE),
        looks_until=bindparam("until"),
        due=IMMEDIATELY,
        retry_at=None,
        attempts=0,
    )
)
LOOKS = (
    update(HomeRow)
    .where(_OF, _IS_PERSON, HomeRow.looks_until < bindparam("until"))
    .values(looks_until=bindparam("until"))
)

_OUTDATE = (
    update(HomeRow)
    .where(_OF, HomeRow.state != HomeState.STALE)
    .values(
        revision=HomeRow.revision + 1,
        state=case((_IS_PUBLISHED, HomeRow.state), else_=HomeState.STALE),
        due=bindparam("now", type_=_INSTANT),
        retry_at=None,
        attempts=0,
    )
)
"""What is stale already stays as it is: it will show this change too."""
OUTDATE_ALL = _OUTDATE


def _both(row_is: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    """The people of the partnerships for which the condition holds."""
    here = PartnershipRow.workspace == bindparam("of")
    return [
        HomeRow.person.in_(select(one).where(here, row_is)) for one in (PartnershipRow.mentee, PartnershipRow.mentor)
    ]


def _among(name: str) -> BindParameter[Any]:
    return bindparam(name, expanding=True)


_PEOPLE = HomeRow.person.in_(_among("people"))
_HAS_A_ROLE = select(RoleRow.person).where(RoleRow.workspace == bindparam("of"))
_PROGRAMMES = select(CohortRow.programme_id).where(CohortRow.workspace == bindparam("of"))
_PROGRAMMES_OF_COHORTS = _PROGRAMMES.where(CohortRow.id.in_(_among("cohorts")))
_COHORTS_OF_PEOPLE = select(ApplicationRow.cohort_id).where(
    ApplicationRow.workspace == bindparam("of"), ApplicationRow.person.in_(_among("people"))
)
_IS_ACTIVE = PartnershipRow.state == PartnershipState.ACTIVE

OUTDATE_PEOPLE = _OUTDATE.where(_PEOPLE)
OUTDATE_PARTNERS = _OUTDATE.where(
    or_(
        HomeRow.person.in_(
            select(PartnershipRow.mentor).where(
                PartnershipRow.workspace == bindparam("of"), _IS_ACTIVE, PartnershipRow.mentee.in_(_among("people"))
            )
        ),
        HomeRow.person.in_(
            select(PartnershipRow.mentee).where(
                PartnershipRow.workspace == bindparam("of"), _IS_ACTIVE, PartnershipRow.mentor.in_(_among("people"))
            )
        ),
    )
)
OUTDATE_STAFF = _OUTDATE.where(
    HomeRow.person.in_(
        _HAS_A_ROLE.where(RoleRow.programme_id.in_(_PROGRAMMES.where(CohortRow.id.in_(_COHORTS_OF_PEOPLE))))
    )
)
OUTDATE_PARTNERSHIPS = _OUTDATE.where(or_(*_both(PartnershipRow.id.in_(_among("partnerships")))))
OUTDATE_MEETINGS = _OUTDATE.where(
    or_(
        *_both(
            PartnershipRow.id.in_(
                select(MeetingRow.partnership_id).where(
                    MeetingRow.workspace == bindparam("of"), MeetingRow.id.in_(_among("meetings"))
                )
            )
        )
    )
)
OUTDATE_ROLES = _OUTDATE.where(HomeRow.person.in_(_HAS_A_ROLE))
OUTDATE_COHORTS = _OUTDATE.where(
    HomeRow.person.in_(_HAS_A_ROLE.where(RoleRow.programme_id.in_(_PROGRAMMES_OF_COHORTS)))
)
OUTDATE_PROGRAMMES = _OUTDATE.where(
    HomeRow.person.in_(_HAS_A_ROLE.where(RoleRow.programme_id.in_(_among("programmes"))))
)

_STOPWATCH = bindparam("stopwatch", type_=_INSTANT)
_IS_DUE = or_(
    and_(
        HomeRow.state == HomeState.STALE,
        or_(HomeRow.retry_at.is_(None), HomeRow.retry_at <= _STOPWATCH),
    ),
    and_(_IS_PUBLISHED, HomeRow.lease_until < _STOPWATCH),
)
_WANTED = HomeRow.workspace == WORKSPACE_PARAM, HomeRow.looks_until > _STOPWATCH, _IS_DUE
SEARCH = (
    select(HomeRow.person, HomeRow.state, HomeRow.fence).where(*_WANTED).order_by(HomeRow.due, HomeRow.person).limit(1)
)
UNEXPECTED = "unexpected"
"""The reason of a Home that could not be published for a cause of ours."""
COUNT_FAILING = (
    select(func.count()).select_from(HomeRow).where(HomeRow.workspace == WORKSPACE_PARAM, HomeRow.reason == UNEXPECTED)
)
NEXT_RETRY = select(func.min(HomeRow.retry_at)).where(
    HomeRow.workspace == WORKSPACE_PARAM,
    HomeRow.state == HomeState.STALE,
    HomeRow.looks_until > _STOPWATCH,
    HomeRow.retry_at > _STOPWATCH,
)
CLAIM = (
    update(HomeRow)
    .where(_OF, _IS_PERSON, HomeRow.state == bindparam("seen"), HomeRow.fence == bindparam("of_fence"))
    .values(
        state=HomeState.PUBLISHING,
        fence=HomeRow.fence + 1,
        attempts=HomeRow.attempts + 1,
        lease_until=bindparam("until"),
        rendered_revision=HomeRow.revision,
    )
    .returning(HomeRow)
)
RECORD = update(HomeRow).where(_OF, _IS_PERSON, HomeRow.fence == bindparam("of_fence"), _IS_PUBLISHED)
"""Updates the columns for which values are given."""
PUBLISHED = RECORD.values(
    state=case((HomeRow.revision == HomeRow.rendered_revision, HomeState.CURRENT), else_=HomeState.STALE),
    attempts=0,
    retry_at=None,
)
