"""Private data: who may read private answers, meeting notes, agreements, reports, feedback, exemptions and drafts."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select

from mentoring.agenda.agenda import AgendaStep
from mentoring.agreements.terms import AgreementTerms
from mentoring.applications.application import Application, PrivateAnswers
from mentoring.cases.case import Case, check_asked
from mentoring.core.acting import ActingOperator, ActingPerson
from mentoring.core.errors import NotForYou
from mentoring.core.fields import FieldName
from mentoring.feedback.answers import Feedback, Question
from mentoring.feedback.reading import SignedAnswer
from mentoring.goals.errors import NotShared
from mentoring.goals.goal import GoalRecord
from mentoring.goals.plan import PlanShare, WrittenPlan
from mentoring.items.item import ActionItem
from mentoring.matching.hard_rules import Exemption, HardRule
from mentoring.matching.match import Match, MatchState
from mentoring.meetings.log import MeetingNotes
from mentoring.meetings.place import MeetingPlace
from mentoring.partnerships.end_plan import EndPlan
from mentoring.partnerships.partnership import Partnership, check_partner
from mentoring.people.committee_readers import committee_reads
from mentoring.reports.page import ReportWords
from mentoring.reports.sharing import SharedReport
from storage.agenda import Agendas
from storage.agreements import terms_from
from storage.applications import Applications, private_answers_from
from storage.end_plans import EndPlans
from storage.feedback import ITEMS, FeedbackResults, feedback_from, item_from
from storage.goals import PlanRows
from storage.items import ActionItems
from storage.matching import Matches
from storage.meeting_places import MeetingPlaces
from storage.partnerships import Partnerships
from storage.programmes import Cohorts, Programmes
from storage.reports import Reports, page_from, words_from
from storage.repository import WORKSPACE_PARAM, Repository, TransactionContext
from storage.tables import (
    AgreementTermsRow,
    ApplicationRow,
    CaseWordsRow,
    DraftRow,
    ExemptionRow,
    FeedbackItemRow,
    FeedbackRow,
    MeetingNotesRow,
    MeetingRow,
    PrivateAnswersRow,
    ReportWordsRow,
)


class PrivateReader(Repository):
    """Reads private data for the person who made the request.

    Methods raise NotForYou if they may not see the data.
    """

    def __init__(
        self, context: TransactionContext, acting: ActingPerson, *, owned: frozenset[str], approved: frozenset[str]
    ) -> None:
        """`owned` are the ids of the programmes that the person owns, `approved` those that they own or whose committee
        they are on.
        """
        super().__init__(context)
        self._reader = acting.id
        self._owned = owned
        self._approved = approved

    def private_answers(self, application: Application) -> PrivateAnswers | None:
        """The private answers of `application`, for its author and the owners of its programme, and for its committee
        as far as `committee_reads`.
        """
        if application.person != self._reader and not self._reads(application):
            raise NotForYou
        row = self._get(PrivateAnswersRow, application.id)
        return private_answers_from(row) if row else None

    def notes(self, partnership: Partnership) -> dict[str, MeetingNotes]:
        """The notes of a partnership's meetings, by meeting id, for its two people only."""
        check_partner(partnership, self._reader)
        rows = self._select(MeetingNotesRow, _NOTES, partnership=partnership.id)
        return {row.meeting_id: _notes(row) for row in rows}

    def items(self, partnership: Partnership) -> list[ActionItem]:
        """The action items of a partnership, in the order of adding, for its two people only."""
        return ActionItems(self._context).read_by(self._reader, partnership)

    def place(self, partnership: Partnership) -> MeetingPlace | None:
        """Where the two people of a partnership meet, for them only."""
        return MeetingPlaces(self._context).read_by(self._reader, partnership)

    def end_plan(self, partnership: Partnership) -> EndPlan:
        """What the two people of a partnership have said about its end, for them only."""
        return EndPlans(self._context).read_by(self._reader, partnership)

    def own_plan(self) -> tuple[WrittenPlan, tuple[PlanShare, ...]]:
        """What the reader has written about where they stand and their goals, and where it is shared."""
        rows = PlanRows(self._context)
        return rows.written_by(self._reader), rows.shares_of(self._reader)

    def shared_plan(self, partnership: Partnership) -> WrittenPlan:
        """The plan of the mentee, for the mentor with whom it is shared. Raises NotShared."""
        if not self.reads_plan(partnership):
            raise NotShared
        return PlanRows(self._context).written_by(partnership.mentee)

    def reads_plan(self, partnership: Partnership) -> bool:
        """Whether the reader is the mentor and the plan of the mentee is shared with them: while the partnership is
        active and its programme has plans.
        """
        return self._reader == partnership.mentor and self._is_plan_shared(partnership)

    def _is_plan_shared(self, partnership: Partnership) -> bool:
        """Whether the mentor may read the plan of the mentee."""
        if not partnership.is_active or not PlanRows(self._context).is_shared(partnership):
            return False
        found = Programmes(self._context).of_cohort(partnership.cohort_id)
        return found is not None and found[0].has_plans

    def visible_goals(self, partnership: Partnership) -> tuple[GoalRecord, ...]:
        """The goals of the mentee of this partnership as far as the reader, one of the two, may read them."""
        check_partner(partnership, self._reader)
        if self._reader == partnership.mentee:
            return self.own_plan()[0].goals
        return self.shared_plan(partnership).goals if self.reads_plan(partnership) else ()

    def agreement_terms(self, partnership: Partnership) -> dict[int, AgreementTerms]:
        """What each version of a partnership's agreement says, by its number, for its two people only."""
        check_partner(partnership, self._reader)
        rows = self._select(AgreementTermsRow, _AGREEMENT_TERMS, partnership=partnership.id)
        return {row.number: terms_from(row) for row in rows}

    def shared_goals(self, partnership: Partnership) -> tuple[GoalRecord, ...]:
        """The goals that both of the two may read, for one of them: those of a plan that is shared."""
        check_partner(partnership, self._reader)
        rows = PlanRows(self._context)
        return rows.written_by(partnership.mentee).goals if self._is_plan_shared(partnership) else ()

    def report_words(self, partnership: Partnership) -> dict[str, ReportWords]:
        """What the progress reports of a partnership say, by their id, for its two people only."""
        check_partner(partnership, self._reader)
        rows = self._select(ReportWordsRow, _REPORT_WORDS, partnership=partnership.id)
        return {row.report_id: words_from(row) for row in rows}

    def agenda(self, partnership: Partnership) -> tuple[AgendaStep, ...]:
        """What is stored of the agenda of the first meeting, for its two people only."""
        return Agendas(self._context).read_by(self._reader, partnership)

    def case_words(self, case: Case) -> str:
        """What the person of a case wrote, for those who were asked; "" once it is closed. Raises NoSuchCase."""
        check_asked(case, self._reader)
        row = self._get(CaseWordsRow, case.id)
        return row.words if row else ""

    def feedback(self, partnership_id: str, question: Question) -> Feedback | None:
        """The reader's own answer, or None."""
        row = self._get(FeedbackRow, partnership_id, self._reader, question)
        if row is None:
            return None
        key = {"partnership": partnership_id, "person": self._reader, "question": question}
        return feedback_from(row, map(item_from, self._select(FeedbackItemRow, ITEMS, **key)))

    def signed_answers(self, programme_id: str) -> list[SignedAnswer]:
        """What people of the programme share with its owners, with their names, for an owner of it only. An owner does
        not read what their own partner shares: the form says that the partner is not shown the answers.
        """
        if programme_id not in self._owned:
            raise NotForYou
        found = Partnerships(self._context).in_programme(programme_id)
        return FeedbackResults(self._context).signed(each for each in found if self._reader not in each.people)

    def exemptions(self, match_ids: Iterable[str]) -> dict[str, Exemption]:
        """The exemptions of these matches, by match id, for the owners and the committee of their programme only."""
        matches, wanted = Matches(self._context), list(match_ids)
        found = [match for match in map(matches.get, wanted) if match]
        if not self._approved or not all(self._programme_of(match.cohort_id) in self._approved for match in found):
            raise NotForYou
        return _exemptions(self._select(ExemptionRow, _EXEMPTIONS, matches=wanted))

    def _reads(self, application: Application) -> bool:
        programme_id = self._programme_of(application.cohort_id)
        if programme_id in self._owned or programme_id not in self._approved:
            return programme_id in self._owned
        cohort = Cohorts(self._context).current(programme_id)
        partnerships = Partnerships(self._context).of(application.person)
        return cohort is not None and committee_reads(application, cohort, partnerships)

    def _programme_of(self, cohort_id: str) -> str | None:
        return Cohorts(self._context).programme_of(cohort_id)


class OperatorReader(Repository):
    """Reads what the app admin exports for the owners, and nothing else that is private."""

    def __init__(self, context: TransactionContext, _acting: ActingOperator) -> None:
        super().__init__(context)

    def exemptions(self, match_ids: Iterable[str]) -> dict[str, Exemption]:
        """The exemptions of these matches, by match id."""
        return _exemptions(self._select(ExemptionRow, _EXEMPTIONS, matches=list(match_ids)))


class PrivateData(Repository):
    """Saves private data. It reads none."""

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
            no_manager=answers.no_manager,
            hopes_shared=answers.hopes_shared,
        )
        return True

    def save_notes(self, notes: MeetingNotes) -> bool:
        self._upsert(
            MeetingNotesRow,
            meeting_id=notes.meeting_id,
            notes=notes.notes,
            goals=notes.goals,
        )
        return True


class OfferedHopes(Repository):
    """What mentees hope for, for the mentors who are asked about them."""

    def read_by(self, person: str, match: Match) -> str:
        """The hopes of the mentee, while `person` is the mentor who is asked and the mentee shares them; else ""."""
        if person != match.mentor or match.state is not MatchState.OFFERED:
            return ""
        row = self._get(PrivateAnswersRow, match.mentee_application)
        return row.hopes if row and row.hopes_shared else ""


class SharedReports(Repository):
    """Progress reports, for the people with whom both partners share them."""

    def read_by(self, person: str, partnership: Partnership, number: int) -> SharedReport | None:
        """The report of the partnership with this number, if both share it with `person` (a Slack user id)."""
        reports = Reports(self._context)
        report = next((each for each in reports.of(partnership.id) if each.number == number), None)
        share = reports.share_with(report.id, person) if report else None
        if share is None or not share.is_agreed:
            return None
        row = self._get(ReportWordsRow, share.report_id)
        return SharedReport(share, page_from(row.page)) if row and row.page else None


class NamedPeople(Repository):
    """Which people applications name. It reveals nothing else of their private answers."""

    def named_in(self, application: Application) -> frozenset[tuple[FieldName, str]]:
        """The fields and Slack user ids of the people whom the application names."""
        row = self._get(PrivateAnswersRow, application.id)
        if row is None:
            return frozenset()
        return frozenset({(FieldName.MANAGER, row.manager), (FieldName.WISH, row.wish)})

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


class Drafts(Repository):
    """The input of forms that were refused.

    Every method takes the Slack user id of the draft's author, so that nobody reads another person's draft.
    """

    def get(self, person: str, form: str, *, since: datetime | None = None) -> dict[str, Any] | None:
        """The saved input of `form`; None if there is none, or if it was saved before `since` (aware)."""
        row = self._get(DraftRow, person, form)
        if row is None or (since is not None and row.saved_at < since):
            return None
        return dict(row.form_values)

    def save(self, person: str, form: str, values: Mapping[str, Any], now: datetime) -> None:
        self._upsert(DraftRow, person=person, form=form, form_values=dict(values), saved_at=now)

    def drop(self, person: str, form: str) -> None:
        self._delete(DraftRow, person, form)


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
_AGREEMENT_TERMS = (
    select(AgreementTermsRow)
    .where(AgreementTermsRow.workspace == WORKSPACE_PARAM, AgreementTermsRow.partnership_id == bindparam("partnership"))
    .order_by(AgreementTermsRow.number)
)
_REPORT_WORDS = select(ReportWordsRow).where(
    ReportWordsRow.workspace == WORKSPACE_PARAM, ReportWordsRow.partnership_id == bindparam("partnership")
)
_EXEMPTIONS = select(ExemptionRow).where(
    ExemptionRow.workspace == WORKSPACE_PARAM, ExemptionRow.match_id.in_(bindparam("matches", expanding=True))
)


def _exemptions(rows: Iterable[ExemptionRow]) -> dict[str, Exemption]:
    return {
        row.match_id: Exemption(row.match_id, tuple(HardRule(rule) for rule in row.bars), row.reason, row.by, row.at)
        for row in rows
    }


def _notes(row: MeetingNotesRow) -> MeetingNotes:
    return MeetingNotes(row.meeting_id, row.notes, tuple(row.goals))
