"""Deleting what is past its time, as `storage/purge_rules.py` says. Doing it twice is harmless."""

from collections.abc import Collection, Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import Date, and_, bindparam, delete, func, or_, select, true, update

from mentoring.core.outcome import NotificationKind
from mentoring.notifications.kinds import KIND_RULES, ContextPart
from mentoring.retention.retention import DataKind, DeletionNotice, Untold
from storage.notifications.live_views import LiveViews
from storage.notifications.outbox_statements import UNSENT, DeliveryState
from storage.partnership_conditions import of_programme
from storage.purge_rules import DELETED, STRIPPED, After, PurgeRule
from storage.repository import WORKSPACE_PARAM, Repository, in_either
from storage.slack_removals import SlackRemovals, is_about
from storage.tables import (
    ApplicationRow,
    CohortRow,
    DeletionNoticeRow,
    DraftRow,
    LiveViewRow,
    MatchRow,
    MeetingRow,
    OutboxRow,
    PartnershipRow,
    PlannedMeetingRow,
    RegularTimeRow,
    ScheduledJobRow,
    Table,
)
from storage.tables.base import PERSON
from storage.tables.declarations import OnErasure, declaration_of

_BATCH_SIZE = 500
_WITH_WORDS = tuple(kind for kind, rules in KIND_RULES.items() if ContextPart.ACTION_ITEMS in rules.context)
"""Kinds of messages that may show what the two wrote."""
_SHOWN_BY_AGE = ("remarks", "cases")
"""What goes by age and is shown in messages that are kept up to date."""


@dataclass(frozen=True)
class OldRow:
    """A message or job that is past its time, by its key, with what it is about."""

    key: str
    refs: Mapping[str, str]


class Purges(Repository):
    def notices(self, programme_id: str) -> dict[tuple[str, DataKind], DeletionNotice]:
        """What is announced to be deleted in the programme, and what has been."""
        found = (_notice(row) for row in self._execute(_NOTICES, programme=programme_id))
        return {(each.partnership_id, each.kind): each for each in found}

    def notices_of(self, person: str) -> dict[tuple[str, DataKind], DeletionNotice]:
        """The same for the partnerships of a person (a Slack user id)."""
        found = (_notice(row) for row in self._execute(_NOTICES_OF, person=person))
        return {(each.partnership_id, each.kind): each for each in found}

    def untold(self) -> list[Untold]:
        """Messages that data is deleted which were not sent: they wait, or were past when they were to be sent."""
        return [
            Untold(
                row.refs["partnership"],
                tuple(map(DataKind, row.refs["kinds"].split(","))),
                row.recipient,
                date.fromisoformat(row.refs["deleted"]),
            )
            for row in self._execute(_UNTOLD)
        ]

    def save_notice(self, notice: DeletionNotice) -> bool:
        """Add the notice, or replace it."""
        self._upsert(
            DeletionNoticeRow,
            partnership_id=notice.partnership_id,
            kind=notice.kind,
            announced_on=notice.announced_on,
            deleted_on=notice.deleted_on,
        )
        return True

    def delete_of_partnerships(self, kind: DataKind, partnerships: Collection[str]) -> None:
        """Delete this kind of data of these partnerships (ids), in the database and, soon, in Slack."""
        for start in range(0, len(partnerships), _BATCH_SIZE):
            some = sorted(partnerships)[start : start + _BATCH_SIZE]
            subjects = self._subjects(some)
            if kind is DataKind.NOTES:
                self._remove_words(subjects)
            for name, rule in DELETED.items():
                if (rule.kind, rule.after) == (kind, After.PARTNERSHIP):
                    self._delete_where(name, _about(name, rule, partnerships=some))
            LiveViews(self._context).mark_stale_about(subjects)
        self._context.rows.clear()

    def delete_before(self, kind: DataKind, programme_id: str, before: date) -> int:
        """Delete what goes by age and is older than that day. Returns how many rows."""
        past = {"programme": programme_id, "before": before}
        subjects = {id for name in _SHOWN_BY_AGE for id in self._ids(name, _about(name, DELETED[name], **past))}
        gone = 0
        for name, rule in DELETED.items():
            if (rule.kind, rule.after) == (kind, After.MOMENT):
                gone += self._delete_where(name, _about(name, rule, **past))
        if kind is DataKind.ANSWERS:
            LiveViews(self._context).mark_stale_about(subjects)
        self._context.rows.clear()
        return gone

    def delete_drafts(self, before: date) -> int:
        """Delete the drafts that were saved before that day, of all programmes: a draft names none for sure."""
        saved_before = DraftRow.saved_at < _moment(before)
        self._context.rows.clear()
        return self._delete_where(DraftRow.__tablename__, saved_before)

    def delete_round(self, cohort_id: str) -> bool:
        """Delete the applications, matches and names of the round, with the messages about them. Returns whether there
        were any.
        """
        if not any(self._execute(statement, cohort=cohort_id).first() for statement in _IN_ROUND):
            return False
        subjects = self._subjects(list(self._execute(_PARTNERSHIPS, cohort=cohort_id).scalars()))
        for statement in (_MATCHES, _APPLICATIONS):
            subjects |= set(self._execute(statement, cohort=cohort_id).scalars())
        self._delete_messages_about(subjects)
        SlackRemovals(self._context).plan_exports(set(self._execute(_PROGRAMME, cohort=cohort_id).scalars()))
        for name, rule in STRIPPED.items():
            self._strip(name, _about(name, rule, cohort=cohort_id))
        for name, rule in DELETED.items():
            if rule.after is After.ROUND:
                self._delete_where(name, _about(name, rule, cohort=cohort_id))
        self._context.rows.clear()
        return True

    def old_messages(self, before: date) -> list[OldRow]:
        """Messages that were sent, or are not sent any more, before that day, without those that are needed to find
        them in Slack.
        """
        return [OldRow(row.key, row.refs) for row in self._execute(_OLD_MESSAGES, before=_moment(before))]

    def old_jobs(self, before: date) -> list[OldRow]:
        """Jobs that were done before that day."""
        return [OldRow(row.key, row.refs) for row in self._execute(_OLD_JOBS, before=_moment(before))]

    def delete_messages(self, keys: Iterable[str]) -> None:
        self._delete_keys(OutboxRow, OutboxRow.key, keys)

    def delete_jobs(self, keys: Iterable[str]) -> None:
        self._delete_keys(ScheduledJobRow, ScheduledJobRow.key, keys)

    def _subjects(self, partnerships: Collection[str]) -> set[str]:
        """These partnerships, and what belongs to them: the ids that messages are about."""
        found = set(partnerships)
        for row in (MeetingRow, PlannedMeetingRow, RegularTimeRow):
            query = select(row.id).where(row.workspace == self._workspace, row.partnership_id.in_(partnerships))
            found |= set(self._connection.scalars(query))
        return found

    def _remove_words(self, subjects: Set[str]) -> None:
        """Have messages and files deleted in Slack that may show what the two wrote and are not kept up to date."""
        removals = SlackRemovals(self._context)
        posted = [row for row in self._execute(_POSTED, kinds=list(_WITH_WORDS)) if is_about(row.refs, subjects)]
        removals.plan_messages((row.conversation, row.ts) for row in posted if not row.file_id)
        for row in posted:
            if row.file_id:
                removals.plan_file(row.conversation, row.ts, row.file_id)

    def _delete_messages_about(self, subjects: Set[str]) -> None:
        """Delete the rows of messages and jobs about these; their files and conversations of two go in Slack too."""
        removals = SlackRemovals(self._context)
        keys, groups = list[str](), set[str]()
        for row in self._execute(_MESSAGES):
            if not is_about(row.refs, subjects):
                continue
            keys.append(row.key)
            if row.file_id:
                removals.plan_file(row.conversation or "", row.ts or "", row.file_id)
            if row.second_recipient and row.conversation:
                groups.add(row.conversation)
        removals.plan_clearing(groups)
        self._delete_keys(OutboxRow, OutboxRow.key, keys)
        self._delete_keys(LiveViewRow, LiveViewRow.subject, subjects)
        jobs = (row.key for row in self._execute(_JOBS) if is_about(row.refs, subjects))
        self.delete_jobs(list(jobs))

    def _ids(self, name: str, condition: Any) -> Iterable[str]:
        table = Table.metadata.tables[name]
        return self._connection.scalars(select(table.c.id).where(table.c.workspace == self._workspace, condition)).all()

    def _strip(self, name: str, condition: Any) -> None:
        table = Table.metadata.tables[name]
        empty = {
            column.name: "" if column.type is PERSON else ()
            for column in table.columns
            if declaration_of(column).on_erasure is OnErasure.REMOVE
        }
        self._connection.execute(update(table).where(table.c.workspace == self._workspace, condition).values(empty))

    def _delete_where(self, name: str, condition: Any) -> int:
        table = Table.metadata.tables[name]
        return self._connection.execute(delete(table).where(table.c.workspace == self._workspace, condition)).rowcount

    def _delete_keys(self, row: Any, column: Any, keys: Iterable[str]) -> None:
        wanted = sorted(keys)
        for start in range(0, len(wanted), _BATCH_SIZE):
            some = wanted[start : start + _BATCH_SIZE]
            self._connection.execute(delete(row).where(row.workspace == self._workspace, column.in_(some)))
        self._context.rows.clear()


def _notice(row: DeletionNoticeRow) -> DeletionNotice:
    return DeletionNotice(row.partnership_id, DataKind(row.kind), row.announced_on, row.deleted_on)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _about(name: str, rule: PurgeRule, **past: Any) -> Any:
    """Condition: the row of the table `name` belongs to what is past its time: `partnerships` (ids), `cohort` (an id),
    or what is older than `before` (a day) in `programme` (an id).
    """
    table = Table.metadata.tables[name]
    if not rule.through:
        return _is_past(table, rule.after, past)
    conditions = []
    for each in rule.through:
        through = Table.metadata.tables[each.table]
        is_past = _is_past(through, rule.after, past)
        keys = select(through.c[each.key]).where(through.c.workspace == table.c.workspace, is_past)
        conditions.append(table.c[rule.column].in_(keys))
    return or_(*conditions)


def _is_past(table: Any, after: After, past: Mapping[str, Any]) -> Any:
    if after is After.PARTNERSHIP:
        return table.c.partnership_id.in_(past["partnerships"])
    if after is After.ROUND:
        return table.c.cohort_id == past["cohort"]
    rule = DELETED[table.name]
    column, moment = table.c[rule.column], table.c[rule.moment]
    rounds = select(CohortRow.id).where(
        CohortRow.workspace == table.c.workspace, CohortRow.programme_id == past["programme"]
    )
    is_here = column.in_(rounds) if rule.column == "cohort_id" else column == past["programme"]
    is_old = moment < (past["before"] if isinstance(moment.type, Date) else _moment(past["before"]))
    stays = table.c.state != rule.stays_while if rule.stays_while else true()
    return and_(is_here, is_old, stays)


_COHORT: Any = bindparam("cohort")
_NOTICES = (
    select(DeletionNoticeRow.__table__)
    .join(
        PartnershipRow,
        and_(
            PartnershipRow.workspace == DeletionNoticeRow.workspace,
            PartnershipRow.id == DeletionNoticeRow.partnership_id,
        ),
    )
    .where(DeletionNoticeRow.workspace == WORKSPACE_PARAM, of_programme(PartnershipRow.cohort_id))
)
_NOTICES_OF = select(DeletionNoticeRow.__table__).where(
    DeletionNoticeRow.workspace == WORKSPACE_PARAM,
    DeletionNoticeRow.partnership_id.in_(
        select(PartnershipRow.id).where(
            in_either(PartnershipRow.mentee, PartnershipRow.mentor, PartnershipRow.workspace)
        )
    ),
)
_UNTOLD = select(OutboxRow.refs, OutboxRow.recipient).where(
    OutboxRow.workspace == WORKSPACE_PARAM,
    OutboxRow.kind == NotificationKind.DATA_ENDS,
    or_(
        OutboxRow.state.in_(UNSENT),
        and_(OutboxRow.state == DeliveryState.DROPPED, OutboxRow.reason.in_(("past", "deleted"))),
    ),
)
_PARTNERSHIPS = select(PartnershipRow.id).where(
    PartnershipRow.workspace == WORKSPACE_PARAM, PartnershipRow.cohort_id == _COHORT
)
_PROGRAMME = select(CohortRow.programme_id).where(CohortRow.workspace == WORKSPACE_PARAM, CohortRow.id == _COHORT)
_MATCHES = select(MatchRow.id).where(MatchRow.workspace == WORKSPACE_PARAM, MatchRow.cohort_id == _COHORT)
_APPLICATIONS = select(ApplicationRow.id).where(
    ApplicationRow.workspace == WORKSPACE_PARAM, ApplicationRow.cohort_id == _COHORT
)
_IN_ROUND = (
    _APPLICATIONS.limit(1),
    _MATCHES.limit(1),
    _PARTNERSHIPS.where(or_(PartnershipRow.mentee != "", PartnershipRow.mentor != "")).limit(1),
)
_POSTED = select(OutboxRow.conversation, OutboxRow.ts, OutboxRow.refs, OutboxRow.file_id).where(
    OutboxRow.workspace == WORKSPACE_PARAM,
    or_(OutboxRow.kind.in_(bindparam("kinds", expanding=True)), OutboxRow.file_id.is_not(None)),
    OutboxRow.live_view.is_(None),
    OutboxRow.ts.is_not(None),
    OutboxRow.conversation.is_not(None),
)
_MESSAGES = select(
    OutboxRow.key, OutboxRow.refs, OutboxRow.conversation, OutboxRow.ts, OutboxRow.second_recipient, OutboxRow.file_id
).where(OutboxRow.workspace == WORKSPACE_PARAM)
_JOBS = select(ScheduledJobRow.key, ScheduledJobRow.refs).where(ScheduledJobRow.workspace == WORKSPACE_PARAM)
_BEFORE = bindparam("before", type_=OutboxRow.sent_at.type)
_OLD_MESSAGES = select(OutboxRow.key, OutboxRow.refs).where(
    OutboxRow.workspace == WORKSPACE_PARAM,
    OutboxRow.state.not_in(UNSENT),
    func.coalesce(OutboxRow.sent_at, OutboxRow.enqueued_at) < _BEFORE,
    OutboxRow.live_view.is_(None),
    OutboxRow.second_recipient == "",
    OutboxRow.file_id.is_(None),
)
_OLD_JOBS = _JOBS.where(ScheduledJobRow.done.is_(True), ScheduledJobRow.due < _BEFORE)
