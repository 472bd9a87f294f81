"""Private data: who may read private answers, meeting notes, feedback and exemptions."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select

from mentoring.applications.application import Application, PrivateAnswers
from mentoring.core.errors import NotForYou
from mentoring.core.fields import FieldName
from mentoring.feedback import Audience, CheckInChoice, Feedback, Question
from mentoring.matching.hard_rules import Exemption, HardRule
from mentoring.meetings import MeetingNotes
from mentoring.partnerships.partnership import Partnership, check_partner
from storage.applications import Applications
from storage.repository import WORKSPACE_PARAM, Repository, TransactionContext
from storage.tables import ApplicationRow, ExemptionRow, FeedbackRow, MeetingNotesRow, MeetingRow, PrivateAnswersRow


class PrivateReader(Repository):
    """Reads private data on behalf of `reader` (a Slack user id). Without a reader it can only save.

    Methods raise NotForYou if the reader may not see the data.
    """

    def __init__(self, context: TransactionContext, reader: str = "", *, is_owner: bool = False) -> None:
        super().__init__(context)
        self._reader = reader
        self._is_owner = is_owner

    def for_reader(self, reader: str, *, is_owner: bool) -> "PrivateReader":
        """A reader for `reader` (a Slack user id) in the same transaction."""
        return PrivateReader(self._context, reader, is_owner=is_owner)

    def private_answers(self, application: Application) -> PrivateAnswers | None:
        """The private answers of `application`, for its author and the owners."""
        if not (self._is_owner or application.person == self._reader):
            raise NotForYou
        row = self._get(PrivateAnswersRow, application.id)
        return PrivateAnswers(row.application_id, row.hopes, row.manager, row.wish) if row else None

    def notes(self, partnership: Partnership) -> dict[str, MeetingNotes]:
        """The notes of a partnership's meetings, by meeting id, for its two people only."""
        check_partner(partnership, self._reader)
        rows = self._select(MeetingNotesRow, _NOTES, partnership=partnership.id)
        return {row.meeting_id: _notes(row) for row in rows}

    def feedback(self, partnership_id: str, question: Question) -> Feedback | None:
        """The reader's own answer, or None."""
        row = self._get(FeedbackRow, partnership_id, self._reader, question)
        return _feedback(row) if row else None

    def all_feedback(self) -> list[Feedback]:
        """Every answer in the workspace, for owners, to be summarised and never shown singly."""
        if not self._is_owner:
            raise NotForYou
        return [_feedback(row) for row in self._select(FeedbackRow, _ANSWERS)]

    def exemptions(self, match_ids: Iterable[str]) -> dict[str, Exemption]:
        """The exemptions of these matches, by match id, for owners only."""
        if not self._is_owner:
            raise NotForYou
        return {
            row.match_id: Exemption(
                row.match_id, tuple(HardRule(rule) for rule in row.bars), row.reason, row.by, row.at
            )
            for row in self._select(ExemptionRow, _EXEMPTIONS, matches=list(match_ids))
        }

    def save_exemption(self, exemption: Exemption) -> bool:
        self._upsert(
            ExemptionRow,
            match_id=exemption.match_id,
            bars=tuple(exemption.rules),
            reason=exemption.reason,
            by=exemption.by,
            at=exemption.at,
        )
        return True

    def save_private_answers(self, answers: PrivateAnswers) -> bool:
        self._upsert(
            PrivateAnswersRow,
            application_id=answers.application_id,
            hopes=answers.hopes,
            manager=answers.manager,
            wish=answers.wish,
        )
        return True

    def save_notes(self, notes: MeetingNotes) -> bool:
        self._upsert(
            MeetingNotesRow,
            meeting_id=notes.meeting_id,
            notes=notes.notes,
            action=notes.action,
            action_who=notes.action_who,
            action_by=notes.action_by,
            action_done=notes.action_done,
        )
        return True

    def save_feedback(self, feedback: Feedback) -> bool:
        """Add the answer. Returns False if this person has already answered."""
        return self._insert(
            FeedbackRow,
            partnership_id=feedback.partnership_id,
            person=feedback.person,
            question=feedback.question,
            rating=feedback.rating,
            helps=feedback.helps,
            hinders=feedback.hinders,
            decision=feedback.decision,
            audience=feedback.audience,
            answered_at=feedback.answered_at,
        )


class NamedPeople(Repository):
    """Which applications name a person. It reveals nothing else of their private answers."""

    def applications_naming(self, person: str, cohort_id: str) -> list[tuple[Application, FieldName]]:
        """The applications of the cohort that name `person` (a Slack user id), with the field, withdrawn ones too."""
        found: list[tuple[Application, FieldName]] = []
        applications = Applications(self._context)
        for row in self._execute(_NAMING, person=person, cohort=cohort_id):
            application = applications.get(row.application_id)
            if application:
                fields = ((FieldName.MANAGER, row.manager), (FieldName.WISH, row.wish))
                found += [(application, field) for field, named in fields if named == person]
        return found


_NAMING = (
    select(PrivateAnswersRow.application_id, PrivateAnswersRow.manager, PrivateAnswersRow.wish)
    .join(
        ApplicationRow,
        (ApplicationRow.workspace == PrivateAnswersRow.workspace)
        & (ApplicationRow.id == PrivateAnswersRow.application_id),
    )
    .where(
        PrivateAnswersRow.workspace == WORKSPACE_PARAM,
        ApplicationRow.cohort_id == bindparam("cohort"),
        (PrivateAnswersRow.manager == bindparam("person")) | (PrivateAnswersRow.wish == bindparam("person")),
    )
    .order_by(PrivateAnswersRow.application_id)
)
_NOTES = (
    select(MeetingNotesRow)
    .join(
        MeetingRow,
        (MeetingRow.workspace == MeetingNotesRow.workspace) & (MeetingRow.id == MeetingNotesRow.meeting_id),
    )
    .where(MeetingNotesRow.workspace == WORKSPACE_PARAM, MeetingRow.partnership_id == bindparam("partnership"))
)
_ANSWERS = select(FeedbackRow).where(FeedbackRow.workspace == WORKSPACE_PARAM)
_EXEMPTIONS = select(ExemptionRow).where(
    ExemptionRow.workspace == WORKSPACE_PARAM, ExemptionRow.match_id.in_(bindparam("matches", expanding=True))
)


def _notes(row: MeetingNotesRow) -> MeetingNotes:
    return MeetingNotes(row.meeting_id, row.notes, row.action, row.action_who, row.action_by, row.action_done)


def _feedback(row: FeedbackRow) -> Feedback:
    return Feedback(
        partnership_id=row.partnership_id,
        person=row.person,
        question=Question(row.question),
        rating=row.rating,
        helps=row.helps,
        hinders=row.hinders,
        decision=CheckInChoice(row.decision) if row.decision else None,
        audience=Audience(row.audience),
        answered_at=row.answered_at,
    )
