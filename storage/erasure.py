"""Forgetting a person: every row about them goes, every row that names them lets go, and a keyed tombstone stays."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Text, cast, delete, select, update
from sqlalchemy.orm import Session

from storage.tables import (
    ApplicationRow,
    ConfidenceRow,
    DraftRow,
    NoticeRow,
    PersonRow,
    ProgrammeRow,
    TombstoneRow,
    WorkspaceRow,
)


@dataclass(frozen=True)
class Forgotten:
    """How much was erased, in rows."""

    applications: int
    drafts: int
    notices: int
    mentions: int


class Erasure:
    def __init__(self, session: Session, workspace: str) -> None:
        self._session = session
        self._workspace = workspace

    def forget(self, person: str, now: datetime) -> Forgotten:
        """Erase `person` (a Slack user id). Doing it twice is harmless."""
        theirs = select(ApplicationRow.id).where(
            ApplicationRow.workspace == self._workspace, ApplicationRow.person == person
        )
        self._gone(
            delete(ConfidenceRow).where(
                ConfidenceRow.workspace == self._workspace, ConfidenceRow.application_id.in_(theirs)
            )
        )
        about = cast(NoticeRow.about, Text).contains(f'"{person}"')
        forgotten = Forgotten(
            applications=self._gone(self._rows(ApplicationRow, ApplicationRow.person == person)),
            drafts=self._gone(self._rows(DraftRow, DraftRow.person == person)) + self._drafts_naming(person),
            notices=self._gone(self._rows(NoticeRow, (NoticeRow.person == person) | about)),
            mentions=sum(
                self._gone(
                    update(row).where(row.workspace == self._workspace, column == person).values({column.key: ""})
                )
                for row, column in (
                    (ConfidenceRow, ConfidenceRow.manager),
                    (ConfidenceRow, ConfidenceRow.wish),
                    (ProgrammeRow, ProgrammeRow.contact),
                    (ProgrammeRow, ProgrammeRow.changed_by),
                )
            ),
        )
        self._gone(self._rows(PersonRow, PersonRow.id == person))
        self._session.merge(TombstoneRow(workspace=self._workspace, digest=self._digest(person), erased_at=now))
        self._session.flush()
        self._session.expire_all()
        return forgotten

    def is_forgotten(self, person: str) -> bool:
        """Whether `person` was erased and has not come back."""
        return self._session.get(TombstoneRow, (self._workspace, self._digest(person))) is not None

    def welcome_back(self, person: str) -> None:
        """They took part again, by their own hand: we may write to them again."""
        self._gone(self._rows(TombstoneRow, TombstoneRow.digest == self._digest(person)))

    def _drafts_naming(self, person: str) -> int:
        """Drafts of others in which the person was picked: JSON, so each is read. Only the mention goes."""
        changed = 0
        for row in self._session.scalars(select(DraftRow).where(DraftRow.workspace == self._workspace)):
            kept = {block: value for block, value in row.values.items() if value != person}
            if kept != row.values:
                row.values = kept
                changed += 1
        return changed

    def _rows(self, row: Any, mine: Any) -> Any:
        return delete(row).where(row.workspace == self._workspace, mine)

    def _gone(self, statement: Any) -> int:
        result: Any = self._session.execute(statement.execution_options(synchronize_session=False))
        return int(result.rowcount)

    def _digest(self, person: str) -> str:
        key = self._session.scalar(select(WorkspaceRow.tombstone_key).where(WorkspaceRow.workspace == self._workspace))
        return hmac.new(bytes.fromhex(key or ""), person.encode(), hashlib.sha256).hexdigest()
