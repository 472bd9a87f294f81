"""What is to be removed from Slack after an erasure: planned in its transaction, and done by the delivery worker.

The bot's own conversation with the person is cleared. In the conversations in which the bot may have named them, each
of its messages is looked at. A file about them is deleted, and so are exports of the programmes that they took part in.
"""

import json
import secrets
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, Text, bindparam, cast, delete, func, or_, select, update

from mentoring.core.outcome import NotificationKind
from storage.repository import WORKSPACE_PARAM, Repository, in_either
from storage.tables import (
    AdministratorRow,
    AnnouncementRow,
    ApplicationRow,
    CaseRow,
    CohortRow,
    DecisionRow,
    GoalRow,
    LiveViewRow,
    MatchRow,
    OutboxRow,
    OwnerActRow,
    PartnershipRow,
    PersonRow,
    PrivateAnswersRow,
    ProgrammeRow,
    ReportShareRow,
    RoleRow,
    SessionRow,
    SlackRemovalRow,
)
from storage.tables.base import PERSON

_BATCH_SIZE = 500


class RemovalKind(StrEnum):
    """Stored: a value is never renamed without a migration."""

    CLEAR = "clear"
    """Delete all messages of the bot."""
    LOOK_THROUGH = "look-through"
    """Take erased people out of the messages of the bot."""
    FILE = "file"
    """Delete a file of the bot, and the message that shares it."""
    MESSAGE = "message"
    """Delete a message of the bot. Its row has the timestamp of the message in `file_id` as well."""


@dataclass(frozen=True)
class Removal:
    """What a worker may remove until `lease_until` (stopwatch)."""

    kind: RemovalKind
    conversation: str
    file_id: str
    message_ts: str
    before_ts: str
    passes: int
    attempts: int
    claim: str
    lease_until: datetime


class SlackRemovals(Repository):
    def plan(self, person: str, theirs: Collection[str]) -> None:
        """Plan what an erasure of `person` removes from Slack, before it deletes their rows.

        `theirs` are the ids of what they took part in: a file about one of these is deleted.
        """
        own = self._conversations_of([person])
        self._add(RemovalKind.CLEAR, own)
        if self._is_in_charge(person):
            readers, groups = self._everyone(), set(self._execute(_ALL_GROUPS).scalars())
        else:
            readers, groups = self._readers(person), set(self._execute(_GROUPS, person=person).scalars())
        others = self._conversations_of(readers - {person}) | groups
        self._add(RemovalKind.LOOK_THROUGH, others - own)
        for row in self._execute(_FILES, person=person):
            if is_about(row.refs, {person, *theirs}):
                self.plan_file(row.conversation or "", row.ts or "", row.file_id)
        self.plan_exports(set(self._execute(_PROGRAMMES, person=person).scalars()))

    def plan_exports(self, programmes: Collection[str]) -> None:
        """Plan to delete the files with the data of these programmes (ids) that owners were sent: what is erased, or
        past its time, is in them.
        """
        found = [row for row in self._execute(_EXPORTS) if is_about(row.refs, programmes)]
        for row in found:
            self.plan_file(row.conversation or "", row.ts or "", row.file_id)
            self._connection.execute(_WITHOUT_FILE, {"of": self._workspace, "of_key": row.key})

    def plan_messages(self, posts: Iterable[tuple[str, str]]) -> None:
        """Plan to delete these messages of the bot: conversations and timestamps."""
        for conversation, ts in sorted(posts):
            self._add(RemovalKind.MESSAGE, [conversation], ts, ts)

    def plan_file(self, conversation: str, ts: str, file_id: str) -> None:
        """Plan to delete a file of the bot, with the message that shares it."""
        self._add(RemovalKind.FILE, [conversation], file_id, ts)

    def plan_clearing(self, conversations: Iterable[str]) -> None:
        """Plan to delete all messages of the bot in these conversations, apart from those that the outbox has."""
        self._add(RemovalKind.CLEAR, conversations)

    def claim(self, *, stopwatch: datetime, lease: timedelta) -> Removal | None:
        """The next one that is due, for one worker."""
        row = self._execute(_NEXT, stopwatch=stopwatch).first()
        if row is None:
            return None
        token = secrets.token_hex(16)
        claimed = {**self._of(row.kind, row.conversation, row.file_id), "seen": row.claim}
        values = {"claim": token, "attempts": row.attempts + 1, "lease_until": stopwatch + lease}
        if self._connection.execute(_CLAIM, {**claimed, **values}).rowcount != 1:
            return None
        return Removal(
            RemovalKind(row.kind),
            row.conversation,
            row.file_id,
            row.message_ts,
            row.before_ts,
            row.passes,
            row.attempts + 1,
            token,
            stopwatch + lease,
        )

    def is_due(self, *, stopwatch: datetime) -> bool:
        """Whether there is something to claim."""
        return self._execute(_NEXT, stopwatch=stopwatch).first() is not None

    def count(self) -> int:
        """How many are not done yet."""
        return int(self._scalar(_COUNT))

    def failing(self) -> int:
        """How many failed at their last try and are tried again."""
        return int(self._scalar(_COUNT_FAILING))

    def go_on(self, removal: Removal, *, before_ts: str) -> bool:
        """The messages from `before_ts` on are done; the older ones follow."""
        return self._record(removal, before_ts=before_ts, attempts=0, retry_at=None)

    def pass_over(self, removal: Removal, *, again_at: datetime) -> bool:
        """Go through it once more, from `again_at` (stopwatch) on."""
        return self._record(removal, before_ts="", passes=removal.passes + 1, attempts=0, retry_at=again_at)

    def retry(self, removal: Removal, *, retry_at: datetime, counts: bool = True) -> bool:
        """It failed: try again at `retry_at` (stopwatch)."""
        attempts = removal.attempts if counts else removal.attempts - 1
        return self._record(removal, attempts=attempts, retry_at=retry_at)

    def done(self, removal: Removal) -> bool:
        """Nothing is left to remove, or nothing can be."""
        return self._connection.execute(_DELETE, self._claimed(removal)).rowcount == 1

    def known_posts(self, conversation: str, timestamps: Collection[str]) -> frozenset[str]:
        """Those of these messages that the outbox knows. An erasure deletes all rows that are for the person or name
        them, so that they were posted for other reasons, or since.
        """
        return frozenset(self._execute(_KNOWN, conversation=conversation, timestamps=list(timestamps)).scalars())

    def live_views(self, conversation: str, timestamps: Collection[str]) -> dict[str, str]:
        """Of these messages, those that live views keep up to date: the key of each view, by timestamp."""
        found = self._execute(_VIEWS, conversation=conversation, timestamps=list(timestamps))
        return {row.ts: row.key for row in found}

    def _add(self, kind: RemovalKind, conversations: Iterable[str], file_id: str = "", message_ts: str = "") -> None:
        for conversation in sorted(conversations):
            self._upsert(
                SlackRemovalRow,
                kind=kind,
                conversation=conversation,
                file_id=file_id,
                message_ts=message_ts,
                before_ts="",
                passes=0,
                claim="",
                attempts=0,
                retry_at=None,
                lease_until=None,
            )

    def _conversations_of(self, people: Collection[str]) -> set[str]:
        """The bot's conversations with each of these people."""
        found: set[str] = set()
        wanted = sorted(people)
        for start in range(0, len(wanted), _BATCH_SIZE):
            for statement in (_STORED, _POSTED, _VIEWED):
                found |= set(self._execute(statement, people=wanted[start : start + _BATCH_SIZE]).scalars())
        return found - {""}

    def _is_in_charge(self, person: str) -> bool:
        """Whether messages to anybody may name them: owners and contacts are whom people can ask. It is enough that
        they once were one, as far as the record of owners tells.
        """
        statements = (_ROLE, _CONTACT, *_HAVE_ACTED)
        return any(self._execute(statement, person=person).first() is not None for statement in statements)

    def _everyone(self) -> set[str]:
        return set(self._execute(_PEOPLE).scalars())

    def _readers(self, person: str) -> set[str]:
        """The people to whom the bot may have named them."""
        found = {each for statement in _WITH_THEM for each in self._execute(statement, person=person).scalars()}
        for statement in _NAMING:
            found |= set(self._execute(statement, quoted=f'%"{person}"%', separated=f"%:{person}%").scalars())
        return found - {""}

    def _record(self, removal: Removal, **values: Any) -> bool:
        settled = {**self._claimed(removal), "claim": "", "lease_until": None, **values}
        return self._connection.execute(_RECORD, settled).rowcount == 1

    def _claimed(self, removal: Removal) -> dict[str, Any]:
        return {**self._of(removal.kind, removal.conversation, removal.file_id), "seen": removal.claim}

    def _of(self, kind: str, conversation: str, file_id: str) -> dict[str, str]:
        return {"of": self._workspace, "of_kind": kind, "of_conversation": conversation, "of_file": file_id}


def is_about(refs: Any, ids: Collection[str]) -> bool:
    """Whether refs, as they are stored, name one of these ids."""
    values = (refs if isinstance(refs, dict) else json.loads(refs)).values()
    return any(isinstance(value, str) and value in ids for value in values)


_PERSON = bindparam("person", type_=PERSON)
_AMONG: Any = bindparam("people", expanding=True)
_TIMESTAMPS: Any = bindparam("timestamps", expanding=True)


def _here(row: Any) -> Any:
    return row.workspace == WORKSPACE_PARAM


def _pairs(row: Any) -> Iterator[Select[Any]]:
    """The people with whom a person is in a pair."""
    yield select(row.mentor).where(_here(row), row.mentee == _PERSON)
    yield select(row.mentee).where(_here(row), row.mentor == _PERSON)


_THEIR_PARTNERSHIPS = select(PartnershipRow.id).where(
    in_either(PartnershipRow.mentee, PartnershipRow.mentor, PartnershipRow.workspace)
)
_NAMED_BY = select(PrivateAnswersRow.application_id).where(
    _here(PrivateAnswersRow), or_(PrivateAnswersRow.manager == _PERSON, PrivateAnswersRow.wish == _PERSON)
)
_WITH_THEM: tuple[Select[Any], ...] = (
    *_pairs(PartnershipRow),
    *_pairs(MatchRow),
    select(RoleRow.person).where(_here(RoleRow)),
    select(AdministratorRow.person).where(_here(AdministratorRow)),
    select(ApplicationRow.person).where(_here(ApplicationRow), ApplicationRow.id.in_(_NAMED_BY)),
    select(CaseRow.person).where(_here(CaseRow), or_(CaseRow.contact == _PERSON, CaseRow.second_contact == _PERSON)),
    select(CaseRow.contact).where(_here(CaseRow), CaseRow.person == _PERSON),
    select(CaseRow.second_contact).where(_here(CaseRow), CaseRow.person == _PERSON),
    select(ReportShareRow.reader).where(_here(ReportShareRow), ReportShareRow.partnership_id.in_(_THEIR_PARTNERSHIPS)),
)
"""Who may have read their name, besides the readers of messages that name them in `refs` or `key`."""
_NAMING: tuple[Select[Any], ...] = (
    select(GoalRow.person).where(_here(GoalRow), cast(GoalRow.who, Text).like(bindparam("quoted"))),
    *(
        select(row.recipient).where(
            _here(row), or_(cast(row.refs, Text).like(bindparam("quoted")), row.key.like(bindparam("separated")))
        )
        for row in (OutboxRow, LiveViewRow)
    ),
)
_ROLE = select(RoleRow.person).where(_here(RoleRow), RoleRow.person == _PERSON)
_CONTACT = select(ProgrammeRow.id).where(_here(ProgrammeRow), ProgrammeRow.contact == _PERSON)
_HAVE_ACTED: tuple[Select[Any], ...] = (
    select(OwnerActRow.id).where(_here(OwnerActRow), OwnerActRow.by == _PERSON).limit(1),
    select(DecisionRow.id).where(_here(DecisionRow), DecisionRow.by == _PERSON).limit(1),
    select(SessionRow.id).where(_here(SessionRow), SessionRow.planned_by == _PERSON),
    select(AnnouncementRow.id).where(_here(AnnouncementRow), AnnouncementRow.approved_by == _PERSON),
)
"""What tells that a person once was in charge."""
_PEOPLE = select(PersonRow.id).where(_here(PersonRow))
_STORED = select(PersonRow.conversation).where(
    _here(PersonRow), PersonRow.id.in_(_AMONG), PersonRow.conversation.is_not(None)
)
_POSTED = (
    select(OutboxRow.conversation)
    .where(
        _here(OutboxRow),
        OutboxRow.recipient.in_(_AMONG),
        OutboxRow.second_recipient == "",
        OutboxRow.conversation.is_not(None),
    )
    .distinct()
)
_VIEWED = (
    select(LiveViewRow.conversation)
    .where(_here(LiveViewRow), LiveViewRow.recipient.in_(_AMONG), LiveViewRow.conversation.is_not(None))
    .distinct()
)
_ALL_GROUPS = (
    select(OutboxRow.conversation)
    .where(_here(OutboxRow), OutboxRow.second_recipient != "", OutboxRow.conversation.is_not(None))
    .distinct()
)
_GROUPS = _ALL_GROUPS.where(or_(OutboxRow.recipient == _PERSON, OutboxRow.second_recipient == _PERSON))
_FILES = select(OutboxRow.conversation, OutboxRow.ts, OutboxRow.file_id, OutboxRow.refs).where(
    _here(OutboxRow), OutboxRow.file_id.is_not(None), OutboxRow.recipient != _PERSON
)
_PROGRAMMES = (
    select(CohortRow.programme_id)
    .where(
        _here(CohortRow),
        or_(
            CohortRow.id.in_(
                select(ApplicationRow.cohort_id).where(_here(ApplicationRow), ApplicationRow.person == _PERSON)
            ),
            CohortRow.id.in_(
                select(PartnershipRow.cohort_id).where(
                    in_either(PartnershipRow.mentee, PartnershipRow.mentor, PartnershipRow.workspace)
                )
            ),
        ),
    )
    .distinct()
)
"""Those whose data they are in."""
_EXPORTS = select(OutboxRow.key, OutboxRow.conversation, OutboxRow.ts, OutboxRow.file_id, OutboxRow.refs).where(
    _here(OutboxRow),
    OutboxRow.kind == NotificationKind.DATA_EXPORT,
    OutboxRow.file_id.is_not(None),
    OutboxRow.ts.is_not(None),
)
_WITHOUT_FILE = (
    update(OutboxRow)
    .where(OutboxRow.workspace == bindparam("of"), OutboxRow.key == bindparam("of_key"))
    .values(file_id=None)
)
_KNOWN = select(OutboxRow.ts).where(
    _here(OutboxRow), OutboxRow.conversation == bindparam("conversation"), OutboxRow.ts.in_(_TIMESTAMPS)
)
_VIEWS = select(LiveViewRow.ts, LiveViewRow.key).where(
    _here(LiveViewRow), LiveViewRow.conversation == bindparam("conversation"), LiveViewRow.ts.in_(_TIMESTAMPS)
)

_STOPWATCH = bindparam("stopwatch", type_=SlackRemovalRow.retry_at.type)
_NEXT = (
    select(SlackRemovalRow.__table__)
    .where(
        _here(SlackRemovalRow),
        or_(SlackRemovalRow.retry_at.is_(None), SlackRemovalRow.retry_at <= _STOPWATCH),
        or_(SlackRemovalRow.lease_until.is_(None), SlackRemovalRow.lease_until < _STOPWATCH),
    )
    .order_by(SlackRemovalRow.kind, SlackRemovalRow.conversation, SlackRemovalRow.file_id)
    .limit(1)
)
"""Conversations with erased people come first: "clear" is the first kind."""
_COUNT = select(func.count()).select_from(SlackRemovalRow).where(_here(SlackRemovalRow))
_COUNT_FAILING = _COUNT.where(SlackRemovalRow.attempts > 0, SlackRemovalRow.lease_until.is_(None))
_IS_CLAIMED = (
    SlackRemovalRow.workspace == bindparam("of"),
    SlackRemovalRow.kind == bindparam("of_kind"),
    SlackRemovalRow.conversation == bindparam("of_conversation"),
    SlackRemovalRow.file_id == bindparam("of_file"),
    SlackRemovalRow.claim == bindparam("seen"),
)
_CLAIM = _RECORD = update(SlackRemovalRow).where(*_IS_CLAIMED)
"""Updates the columns for which values are given."""
_DELETE = delete(SlackRemovalRow).where(*_IS_CLAIMED)
