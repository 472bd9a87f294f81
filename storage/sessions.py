"""Sessions, and who comes to them."""

from collections.abc import Collection

from sqlalchemy import bindparam, delete, select

from mentoring.core.outcome import NotificationKind
from mentoring.sessions.session import (
    Session,
    SessionAnswer,
    SessionAudience,
    SessionForgotten,
    SessionKind,
    SessionState,
)
from storage.repository import WORKSPACE_PARAM, Repository
from storage.tables import LiveViewRow, SessionAnswerRow, SessionRow
from storage.workspaces import Digests


class Sessions(Repository):
    def get(self, session_id: str) -> Session | None:
        row = self._get(SessionRow, session_id)
        return _session(row) if row else None

    def id_of_form(self, view_id: str) -> str:
        """The id of the session that the form `view_id` (Slack's id) plans, so that sending it twice plans one."""
        return Digests(self._context).id_of_form("session", view_id)

    def of_programme(self, programme_id: str) -> list[Session]:
        """All of the programme, in order of time."""
        return [_session(row) for row in self._select(SessionRow, _OF_PROGRAMME, programme=programme_id)]

    def planned(self, programme_id: str) -> list[Session]:
        """Those of the programme that are planned and not over, in order of time."""
        return [_session(row) for row in self._select(SessionRow, _PLANNED, programme=programme_id)]

    def answers(self, session_id: str) -> list[SessionAnswer]:
        """What people said, who asked first comes first."""
        return [_answer(row) for row in self._select(SessionAnswerRow, _ANSWERS, session=session_id)]

    def answered_by(self, person: str) -> list[str]:
        """The ids of the sessions about which this person (Slack user id) has said something."""
        return [row.session_id for row in self._select(SessionAnswerRow, _ANSWERED_BY, person=person)]

    def invited(self, session_id: str) -> Collection[str]:
        """The people (Slack user ids) who have a message about the session."""
        return frozenset(self._execute(_INVITED, subject=session_id).scalars())

    def save(self, session: Session) -> bool:
        """Save the session. Returns False if the stored version is not the previous one."""
        return self._save_version(
            SessionRow,
            session.id,
            session.version,
            programme_id=session.programme_id,
            kind=session.kind,
            starts_at=session.starts_at,
            minutes=session.minutes,
            place=session.place,
            audience=session.audience,
            plan=session.plan,
            places=session.places,
            state=session.state,
            sequence=session.sequence,
            planned_by=session.planned_by,
            came=session.came,
        )

    def save_answer(self, answer: SessionAnswer) -> bool:
        """Add it, or replace what the person said before."""
        self._upsert(
            SessionAnswerRow,
            session_id=answer.session_id,
            person=answer.person,
            number=answer.number,
            is_coming=answer.is_coming,
            has_place=answer.has_place,
        )
        return True

    def forget(self, forgotten: SessionForgotten) -> bool:
        """Delete what people said."""
        for answer in self.answers(forgotten.session_id):
            self._context.rows.pop((SessionAnswerRow, self._workspace, forgotten.session_id, answer.person), None)
        self._execute(_FORGET, session=forgotten.session_id)
        return True


_OF_PROGRAMME = (
    select(SessionRow)
    .where(SessionRow.workspace == WORKSPACE_PARAM, SessionRow.programme_id == bindparam("programme"))
    .order_by(SessionRow.starts_at, SessionRow.id)
)
_PLANNED = _OF_PROGRAMME.where(SessionRow.state == SessionState.PLANNED)
_ANSWERS = (
    select(SessionAnswerRow)
    .where(SessionAnswerRow.workspace == WORKSPACE_PARAM, SessionAnswerRow.session_id == bindparam("session"))
    .order_by(SessionAnswerRow.number, SessionAnswerRow.person)
)
_ANSWERED_BY = select(SessionAnswerRow).where(
    SessionAnswerRow.workspace == WORKSPACE_PARAM, SessionAnswerRow.person == bindparam("person")
)
_INVITED = select(LiveViewRow.recipient).where(
    LiveViewRow.workspace == WORKSPACE_PARAM,
    LiveViewRow.kind == NotificationKind.SESSION_INVITATION,
    LiveViewRow.subject == bindparam("subject"),
)
_FORGET = delete(SessionAnswerRow).where(
    SessionAnswerRow.workspace == WORKSPACE_PARAM, SessionAnswerRow.session_id == bindparam("session")
)


def _session(row: SessionRow) -> Session:
    return Session(
        row.id,
        row.programme_id,
        SessionKind(row.kind),
        row.starts_at,
        row.minutes,
        row.place,
        SessionAudience(row.audience),
        row.plan,
        row.places,
        SessionState(row.state),
        row.sequence,
        row.planned_by,
        row.came,
        row.version,
    )


def _answer(row: SessionAnswerRow) -> SessionAnswer:
    return SessionAnswer(row.session_id, row.person, row.number, row.is_coming, row.has_place)
