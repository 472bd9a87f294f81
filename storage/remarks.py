"""What people tell the programme: remarks without their words, those to group, and the groups that owners see."""

from collections.abc import Collection

from sqlalchemy import select

from mentoring.core.errors import NotForYou
from mentoring.remarks.groups import RemarkGroup, RemarkGroupFormed
from mentoring.remarks.remark import CountedRemark, Remark, RemarkWords
from storage.repository import WORKSPACE_PARAM, Repository
from storage.roles import Roles
from storage.tables import CountedRemarkRow, RemarkGroupRow, RemarkGroupWordsRow, RemarkRow, RemarkWordsRow
from storage.workspaces import Digests


class Remarks(Repository):
    def get(self, remark_id: str) -> Remark | None:
        """The remark with a name that has this id."""
        row = self._get(RemarkRow, remark_id)
        return _remark(row) if row else None

    def id_of_form(self, view_id: str) -> str:
        """The id of the remark that the form `view_id` (Slack's id) makes, so that sending it twice makes one."""
        return Digests(self._context).id_of_form("remark", view_id)

    def is_said(self, remark_id: str) -> bool:
        """Whether there is one with this id, with a name or without."""
        return self.get(remark_id) is not None or self._get(CountedRemarkRow, remark_id) is not None

    def groups(self, cohort_ids: Collection[str]) -> list[RemarkGroup]:
        """The groups of these rounds with their words, in no order of time."""
        words: dict[str, list[str]] = {}
        for row in self._select(RemarkGroupWordsRow, _WORDS):
            words.setdefault(row.group_id, []).append(row.text)
        return [
            RemarkGroup(row.id, row.cohort_id, row.people, tuple(words.get(row.id, ())))
            for row in self._select(RemarkGroupRow, _GROUPS)
            if row.cohort_id in cohort_ids
        ]

    def to_group(self) -> list[CountedRemark]:
        """All remarks without names that are in no group, for `group_remarks` alone."""
        return [
            CountedRemark(row.id, row.cohort_id, row.person, row.words, row.said_at)
            for row in self._select(CountedRemarkRow, _IN_NO_GROUP)
        ]

    def unread(self) -> list[Remark]:
        """Those with a name of which no owner has said that they read them, the oldest first."""
        return [_remark(row) for row in self._select(RemarkRow, _UNREAD)]

    def order(self, group_id: str, text: str) -> str:
        """The sorting key of words in their group: secret, so that the order says nothing about their author."""
        return Digests(self._context).derive("comment", group_id, text)

    def save(self, remark: Remark) -> bool:
        """Save the remark. Returns False if the stored version is not the previous one."""
        return self._save_version(
            RemarkRow,
            remark.id,
            remark.version,
            programme_id=remark.programme_id,
            person=remark.person,
            said_at=remark.said_at,
            read_by=remark.read_by,
            read_at=remark.read_at,
        )

    def save_words(self, words: RemarkWords) -> bool:
        """Save what the person wrote; `RemarksToOwners` reads it."""
        return self._insert(RemarkWordsRow, remark_id=words.remark_id, words=words.words)

    def save_counted(self, remark: CountedRemark) -> bool:
        return self._insert(
            CountedRemarkRow,
            id=remark.id,
            cohort_id=remark.cohort_id,
            person=remark.person,
            words=remark.words,
            said_at=remark.said_at,
            group_id=remark.group_id or None,
        )

    def form_group(self, formed: RemarkGroupFormed) -> bool:
        """Add the group, and mark its members. Returns False if there is a group with this id."""
        group = formed.group
        is_new = self._insert(RemarkGroupRow, id=group.id, cohort_id=group.cohort_id, people=group.people)
        self._upsert_many(
            RemarkGroupWordsRow,
            [{"group_id": group.id, "number": number, "text": text} for number, text in enumerate(group.words)],
        )
        for remark_id in formed.members:
            self._update(CountedRemarkRow, remark_id, group_id=group.id)
        return is_new


class RemarksToOwners(Repository):
    """What people wrote with their names, for the owners of the programme."""

    def read_by(self, reader: str, remark: Remark) -> str:
        """The words, for `reader` (a Slack user id). Raises NotForYou for everybody but the owners."""
        if reader not in Roles(self._context).owners(remark.programme_id):
            raise NotForYou
        row = self._get(RemarkWordsRow, remark.id)
        return row.words if row else ""


def _remark(row: RemarkRow) -> Remark:
    return Remark(
        id=row.id,
        programme_id=row.programme_id,
        person=row.person,
        said_at=row.said_at,
        read_by=row.read_by,
        read_at=row.read_at,
        version=row.version,
    )


_UNREAD = (
    select(RemarkRow)
    .where(RemarkRow.workspace == WORKSPACE_PARAM, RemarkRow.read_at.is_(None))
    .order_by(RemarkRow.said_at, RemarkRow.id)
)
_GROUPS = select(RemarkGroupRow).where(RemarkGroupRow.workspace == WORKSPACE_PARAM).order_by(RemarkGroupRow.id)
_WORDS = (
    select(RemarkGroupWordsRow)
    .where(RemarkGroupWordsRow.workspace == WORKSPACE_PARAM)
    .order_by(RemarkGroupWordsRow.group_id, RemarkGroupWordsRow.number)
)
_IN_NO_GROUP = select(CountedRemarkRow).where(
    CountedRemarkRow.workspace == WORKSPACE_PARAM, CountedRemarkRow.group_id.is_(None)
)
