"""Partnerships and their meetings."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from mentoring.applications.application import Way
from mentoring.meetings import Meeting
from mentoring.partnerships.partnership import Partnership, PartnershipState
from storage.shelf import Shelf
from storage.statements import HERE, in_either
from storage.tables import MeetingRow, PartnershipRow


class Partnerships(Shelf):
    def get(self, partnership_id: str) -> Partnership | None:
        row = self._kept(PartnershipRow, partnership_id)
        return _partnership(row) if row else None

    def all(self) -> list[Partnership]:
        """Every partnership of the workspace, oldest first."""
        return [_partnership(row) for row in self._all(PartnershipRow, _ALL)]

    def of(self, person: str) -> list[Partnership]:
        """This person's partnerships, those that are over included, oldest first."""
        return [_partnership(row) for row in self._all(PartnershipRow, _OF_PERSON, person=person)]

    def keep(self, partnership: Partnership) -> bool:
        """False where the kept version is not the one before."""
        return self._keep_version(
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
            introduced_at=partnership.introduced_at,
            state=partnership.state,
            over_at=partnership.over_at,
            back=partnership.back,
            not_again=partnership.not_again,
        )


class Meetings(Shelf):
    """Meetings as both may see them; what was said is reached through `Transaction.private`."""

    def get(self, meeting_id: str) -> Meeting | None:
        row = self._kept(MeetingRow, meeting_id)
        return _meeting(row) if row else None

    def of(self, partnership_ids: Iterable[str]) -> list[Meeting]:
        """The meetings of these partnerships, newest first."""
        return [_meeting(row) for row in self._all(MeetingRow, _HELD, partnerships=list(partnership_ids))]

    def keep(self, meeting: Meeting) -> bool:
        """False where the kept version is not the one before."""
        return self._keep_version(
            MeetingRow,
            meeting.id,
            meeting.version,
            partnership_id=meeting.partnership_id,
            met_on=meeting.met_on,
            minutes=meeting.minutes,
            way=meeting.way,
            topics=meeting.topics,
            logged_by=meeting.logged_by,
        )


_OLDEST_FIRST = select(PartnershipRow).order_by(PartnershipRow.introduced_at, PartnershipRow.id)
_ALL = _OLDEST_FIRST.where(PartnershipRow.workspace == HERE)
_OF_PERSON = _OLDEST_FIRST.where(in_either(PartnershipRow.mentee, PartnershipRow.mentor, PartnershipRow.workspace))
_HELD = (
    select(MeetingRow)
    .where(MeetingRow.workspace == HERE, MeetingRow.partnership_id.in_(bindparam("partnerships", expanding=True)))
    .order_by(MeetingRow.met_on.desc(), MeetingRow.id)
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
        introduced_at=row.introduced_at,
        state=PartnershipState(row.state),
        over_at=row.over_at,
        back=row.back,
        not_again=row.not_again,
        version=row.version,
    )


def _meeting(row: MeetingRow) -> Meeting:
    return Meeting(
        id=row.id,
        partnership_id=row.partnership_id,
        met_on=row.met_on,
        minutes=row.minutes,
        way=Way(row.way),
        topics=row.topics,
        logged_by=row.logged_by,
        version=row.version,
    )
