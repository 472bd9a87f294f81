"""Partnerships."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import and_, bindparam, exists, or_, select

from mentoring.partnerships.partnership import Partnership, PartnershipState, RequestedPause
from storage.repository import WORKSPACE_PARAM, Repository, in_either
from storage.tables import CohortRow, PartnershipRow


class Partnerships(Repository):
    def get(self, partnership_id: str) -> Partnership | None:
        row = self._get(PartnershipRow, partnership_id)
        return _partnership(row) if row else None

    def with_ids(self, ids: Iterable[str]) -> list[Partnership]:
        """The partnerships with these ids, in this order; those that do not exist are left out."""
        return [_partnership(row) for row in self._get_many(PartnershipRow, ids).values()]

    def all(self) -> list[Partnership]:
        """Every partnership of the workspace, oldest first."""
        return [_partnership(row) for row in self._select(PartnershipRow, _ALL)]

    def in_programme(self, programme_id: str) -> list[Partnership]:
        """Every partnership of the programme, in all its rounds, oldest first."""
        return [_partnership(row) for row in self._select(PartnershipRow, _IN_PROGRAMME, programme=programme_id)]

    def rounds_begun(self, programme_id: str) -> frozenset[str]:
        """The rounds (ids) of the programme that have a partnership."""
        return frozenset(self._execute(_ROUNDS_BEGUN, programme=programme_id).scalars())

    def of(self, person: str) -> list[Partnership]:
        """All partnerships of this person (Slack user id), including past ones, oldest first."""
        return [_partnership(row) for row in self._select(PartnershipRow, _OF_PERSON, person=person)]

    def of_many(self, people: Iterable[str], programme_id: str) -> list[Partnership]:
        """All partnerships of these people (Slack user ids) in the programme, including past ones, oldest first."""
        rows = self._select(PartnershipRow, _OF_PEOPLE, people=list(people), programme=programme_id)
        return [_partnership(row) for row in rows]

    def save(self, partnership: Partnership) -> bool:
        """Save the partnership. Returns False if the stored version is not the previous one."""
        pause = partnership.pause
        return self._save_version(
            PartnershipRow,
            partnership.id,
            partnership.version,
            cohort_id=partnership.cohort_id,
            match_id=partnership.match_id,
            mentee_application=partnership.mentee_application,
            mentor_application=partnership.mentor_application,
            mentee=partnership.mentee,
            mentor=partnership.mentor,
            topics=partnership.topics,
            months=partnership.months,
            weeks=partnership.weeks,
            introduced_at=partnership.introduced_at,
            ends_on=partnership.ends_on,
            state=partnership.state,
            over_at=partnership.over_at,
            back=partnership.back,
            not_again=partnership.declined_rematch,
            agreed_end=partnership.agreed_end,
            entered_on=partnership.entered_on,
            met_before=partnership.met_before,
            last_met_before=partnership.last_met_before,
            check_in_day=partnership.check_in_day,
            paused_by=pause.by if pause else "",
            paused_since=pause.since if pause else None,
            paused_until=pause.until if pause else None,
            resumed_on=pause.over_on if pause else None,
            pause_confirmed=pause.confirmed if pause else (),
            pause_moves_end=pause.moves_end if pause else (),
            paused_days=partnership.paused.days,
            completed_on=partnership.completed_on,
            responsible=partnership.responsible,
        )


_OLDEST_FIRST = select(PartnershipRow).order_by(PartnershipRow.introduced_at, PartnershipRow.id)
_ALL = _OLDEST_FIRST.where(PartnershipRow.workspace == WORKSPACE_PARAM)
_IN_PROGRAMME = _ALL.where(
    PartnershipRow.cohort_id.in_(
        select(CohortRow.id).where(
            CohortRow.workspace == WORKSPACE_PARAM, CohortRow.programme_id == bindparam("programme")
        )
    )
)
_ROUNDS_BEGUN = select(CohortRow.id).where(
    CohortRow.workspace == WORKSPACE_PARAM,
    CohortRow.programme_id == bindparam("programme"),
    exists().where(PartnershipRow.workspace == CohortRow.workspace, PartnershipRow.cohort_id == CohortRow.id),
)
_OF_PERSON = _OLDEST_FIRST.where(in_either(PartnershipRow.mentee, PartnershipRow.mentor, PartnershipRow.workspace))

_OF_PEOPLE = _OLDEST_FIRST.join(
    CohortRow, (CohortRow.workspace == PartnershipRow.workspace) & (CohortRow.id == PartnershipRow.cohort_id)
).where(
    or_(
        *(
            and_(PartnershipRow.workspace == WORKSPACE_PARAM, person.in_(bindparam("people", expanding=True)))
            for person in (PartnershipRow.mentee, PartnershipRow.mentor)
        )
    ),
    CohortRow.programme_id == bindparam("programme"),
)


def _partnership(row: PartnershipRow) -> Partnership:
    return Partnership(
        id=row.id,
        cohort_id=row.cohort_id,
        match_id=row.match_id,
        mentee_application=row.mentee_application,
        mentor_application=row.mentor_application,
        mentee=row.mentee,
        mentor=row.mentor,
        topics=row.topics,
        months=row.months,
        weeks=row.weeks,
        introduced_at=row.introduced_at,
        state=PartnershipState(row.state),
        over_at=row.over_at,
        back=row.back,
        declined_rematch=row.not_again,
        agreed_end=row.agreed_end,
        entered_on=row.entered_on,
        met_before=row.met_before,
        last_met_before=row.last_met_before,
        check_in_day=row.check_in_day,
        pause=_pause(row),
        paused=timedelta(days=row.paused_days),
        completed_on=row.completed_on,
        responsible=row.responsible,
        version=row.version,
    )


def _pause(row: PartnershipRow) -> RequestedPause | None:
    if row.paused_since is None:
        return None
    return RequestedPause(
        row.paused_by, row.paused_since, row.paused_until, row.resumed_on, row.pause_confirmed, row.pause_moves_end
    )
