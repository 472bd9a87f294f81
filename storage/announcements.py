"""The communication plans: the entries that owners touched, who gets each, and how far it has got."""

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Integer, and_, bindparam, false, func, or_, select, true, update

from mentoring.announcements.announcement import (
    Announcement,
    AnnouncementAudience,
    AnnouncementKind,
    AnnouncementState,
    Progress,
)
from mentoring.announcements.sending import RecipientsChosen, RecipientsTold
from storage.notifications.outbox_statements import UNSENT, DeliveryState
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import AnnouncementRecipientRow, AnnouncementRow, OutboxRow
from storage.workspaces import Digests


class Announcements(Repository):
    def get(self, announcement_id: str) -> Announcement | None:
        """The stored entry with this id; None also for a usual entry that no owner has touched."""
        row = self._get(AnnouncementRow, announcement_id)
        return _announcement(row) if row else None

    def of_programme(self, programme_id: str) -> list[Announcement]:
        """The stored entries of all rounds of the programme."""
        return [_announcement(row) for row in self._select(AnnouncementRow, _OF_PROGRAMME, programme=programme_id)]

    def id_of_form(self, view_id: str) -> str:
        """The id of the entry that the form `view_id` (Slack's id) adds, so that sending it twice adds one."""
        return Digests(self._context).id_of_form("announcement", view_id)

    def untold(self, announcement_id: str, most: int) -> list[str]:
        """At most so many of those who get it and whose message is not enqueued yet (Slack ids)."""
        return list(self._execute(_UNTOLD, announcement=announcement_id, most=most).scalars())

    def direct_messages(self, announcement_ids: Collection[str]) -> dict[str, int]:
        """How many of these announcements each person gets or got, by Slack id. What failed, was left out or was
        stopped before does not count.
        """
        found = self._execute(_MESSAGES, announcements=sorted(announcement_ids))
        return {row.recipient: row.messages for row in found}

    def progress(self, announcement_ids: Collection[str]) -> dict[str, Progress]:
        """How far each of these has got."""
        counts: dict[str, Counter[str]] = {id: Counter() for id in announcement_ids}
        for row in self._execute(_PROGRESS, announcements=sorted(announcement_ids)):
            name = "limited" if row.is_limited else _COUNTED_AS.get(row.state, "waiting")
            counts[row.announcement_id][name] += row.recipients
        return {id: Progress(**found) for id, found in counts.items()}

    def states(self, announcement_id: str) -> dict[str, str]:
        """How the post in each channel stands, as a name of a field of `Progress`, by the channel's id."""
        found = self._execute(_STATES, announcements=[announcement_id])
        return {row.recipient: _COUNTED_AS.get(row.state, "waiting") for row in found}

    def unresolved(self, announcement_id: str) -> dict[str, tuple[str, str]]:
        """The ids of the notifications that failed or may not have arrived, and why, by the channel's id."""
        found = self._execute(_STATES, announcements=[announcement_id])
        return {row.recipient: (str(row.id), row.reason or "") for row in found if row.state in _UNRESOLVED}

    def next_due(self, announcement_id: str) -> datetime | None:
        """When the first of its messages that wait is due (calendar)."""
        moment: datetime | None = self._scalar(_NEXT_DUE, announcement=announcement_id)
        return moment

    def save(self, announcement: Announcement) -> bool:
        """Returns False if the stored version is not the previous one."""
        return self._save_version(
            AnnouncementRow,
            announcement.id,
            announcement.version,
            programme_id=announcement.programme_id,
            cohort_id=announcement.cohort_id,
            kind=announcement.kind,
            audience=announcement.audience,
            text=announcement.text,
            name=announcement.name,
            channels=announcement.channels,
            has_buttons=announcement.has_buttons,
            moment=announcement.moment,
            state=announcement.state,
            approved_by=announcement.approved_by,
            changed_by=announcement.changed_by,
        )

    def choose(self, chosen: RecipientsChosen) -> bool:
        """Keep who gets it."""
        rows = [
            {"announcement_id": chosen.announcement_id, "recipient": each, "key": "", "is_limited": is_limited}
            for is_limited, people in ((False, chosen.recipients), (True, chosen.limited))
            for each in people
        ]
        self._upsert_many(AnnouncementRecipientRow, rows)
        return True

    def tell(self, told: RecipientsTold) -> bool:
        """Keep under which keys they are told."""
        values = [
            {"of": self._workspace, "announcement": told.announcement_id, "to": recipient, "key": key}
            for recipient, key in told.keys.items()
        ]
        if values:
            self._connection.execute(_TELL, values)
        return True


_COUNTED_AS: Mapping[str | None, str] = {
    DeliveryState.SENT: "sent",
    DeliveryState.CARRIED: "sent",
    DeliveryState.FAILED: "failed",
    DeliveryState.UNDECIDED: "unsure",
    DeliveryState.DROPPED: "dropped",
}
"""By the state in the outbox, the field of `Progress`. Everything else waits."""
_UNRESOLVED = frozenset({DeliveryState.FAILED, DeliveryState.UNDECIDED})
_RECIPIENT = AnnouncementRecipientRow
_OF_PROGRAMME = (
    select(AnnouncementRow)
    .where(AnnouncementRow.workspace == WORKSPACE_PARAM, AnnouncementRow.programme_id == bindparam("programme"))
    .order_by(AnnouncementRow.id)
)
_UNTOLD = (
    select(_RECIPIENT.recipient)
    .where(
        _RECIPIENT.workspace == WORKSPACE_PARAM,
        _RECIPIENT.announcement_id == bindparam("announcement"),
        _RECIPIENT.key == "",
        _RECIPIENT.is_limited == false(),
    )
    .order_by(_RECIPIENT.recipient)
    .limit(bindparam("most", type_=Integer))
)
_AMONG = (
    _RECIPIENT.workspace == WORKSPACE_PARAM,
    _RECIPIENT.announcement_id.in_(bindparam("announcements", expanding=True)),
)
_IN_OUTBOX = and_(OutboxRow.workspace == _RECIPIENT.workspace, OutboxRow.key == _RECIPIENT.key)
_ARRIVED = OutboxRow.state.in_((DeliveryState.SENT, DeliveryState.CARRIED, DeliveryState.UNDECIDED))
_COMES = and_(
    AnnouncementRow.state != AnnouncementState.STOPPED,
    or_(OutboxRow.state.is_(None), OutboxRow.state.not_in((DeliveryState.FAILED, DeliveryState.DROPPED))),
)
_MESSAGES = (
    select(_RECIPIENT.recipient, func.count().label("messages"))
    .join(
        AnnouncementRow,
        and_(AnnouncementRow.workspace == _RECIPIENT.workspace, AnnouncementRow.id == _RECIPIENT.announcement_id),
    )
    .outerjoin(OutboxRow, _IN_OUTBOX)
    .where(*_AMONG, _RECIPIENT.is_limited != true(), or_(_ARRIVED, _COMES))
    .group_by(_RECIPIENT.recipient)
)
_PROGRESS = (
    select(_RECIPIENT.announcement_id, _RECIPIENT.is_limited, OutboxRow.state, func.count().label("recipients"))
    .outerjoin(OutboxRow, _IN_OUTBOX)
    .where(*_AMONG)
    .group_by(_RECIPIENT.announcement_id, _RECIPIENT.is_limited, OutboxRow.state)
)
_STATES = (
    select(_RECIPIENT.recipient, OutboxRow.id, OutboxRow.state, OutboxRow.reason)
    .outerjoin(OutboxRow, _IN_OUTBOX)
    .where(*_AMONG)
    .order_by(_RECIPIENT.recipient)
)
_NEXT_DUE = (
    select(func.min(OutboxRow.due))
    .join(_RECIPIENT, _IN_OUTBOX)
    .where(
        _RECIPIENT.workspace == WORKSPACE_PARAM,
        _RECIPIENT.announcement_id == bindparam("announcement"),
        OutboxRow.state.in_(UNSENT),
    )
)
_TELL = (
    update(_RECIPIENT)
    .where(
        _RECIPIENT.workspace == bindparam("of"),
        _RECIPIENT.announcement_id == bindparam("announcement"),
        _RECIPIENT.recipient == bindparam("to"),
    )
    .values(key=bindparam("key"))
)


def _announcement(row: AnnouncementRow) -> Announcement:
    return Announcement(
        row.id,
        row.programme_id,
        row.cohort_id,
        AnnouncementKind(row.kind),
        AnnouncementAudience(row.audience),
        row.text,
        row.name,
        row.channels,
        row.has_buttons,
        row.moment,
        AnnouncementState(row.state),
        row.approved_by,
        row.changed_by,
        row.version,
    )
