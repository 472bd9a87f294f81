"""Matches, rounds, exclusions, decisions and proposal runs."""

from datetime import UTC

from sqlalchemy import bindparam, select

from mentoring.core.owners import present_among
from mentoring.core.programmes import Cohort, Programme
from mentoring.matching.decisions import DecisionKind, MatchDecision
from mentoring.matching.hard_rules import Exclusion, ExclusionLifted, HardRule
from mentoring.matching.match import HOLDS_PLACE, Alternative, Match, MatchState, Reason, ReasonKind
from mentoring.matching.review import ProposalRun
from mentoring.matching.round import MatchingRound
from storage.applications import Applications, private_answers_from
from storage.partnerships import Partnerships
from storage.people import People, Staff
from storage.programmes import Cohorts
from storage.repository import WORKSPACE_PARAM, Repository, in_either
from storage.roles import Roles
from storage.tables import ApplicationRow, DecisionRow, ExclusionRow, MatchRow, PrivateAnswersRow, ProposalRunRow
from storage.workspaces import Digests


class Matches(Repository):
    def get(self, match_id: str) -> Match | None:
        row = self._get(MatchRow, match_id)
        return _match(row) if row else None

    def of_cohort(self, cohort_id: str) -> list[Match]:
        return [_match(row) for row in self._select(MatchRow, _IN_COHORT, cohort=cohort_id)]

    def of(self, person: str, cohort_id: str) -> list[Match]:
        """All matches of this person (Slack user id) in the cohort, in any state."""
        rows = self._select(MatchRow, _OF_PERSON, person=person)
        return [_match(row) for row in rows if row.cohort_id == cohort_id]

    def live(self, person: str, cohort_id: str) -> list[Match]:
        """The proposals and open offers of this person (Slack user id) in the cohort."""
        return [match for match in self.of(person, cohort_id) if match.state in HOLDS_PLACE]

    def declined(self) -> frozenset[tuple[frozenset[str], str]]:
        """Every pair of people (Slack user ids) of whom one declined the other, with the id of the cohort."""
        return frozenset((frozenset((mentee, mentor)), cohort) for mentee, mentor, cohort in self._execute(_DECLINED))

    def save(self, match: Match) -> bool:
        """Save the match. Returns False if the stored version is not the previous one."""
        return self._save_version(
            MatchRow,
            match.id,
            match.version,
            cohort_id=match.cohort_id,
            mentee_application=match.mentee_application,
            mentor_application=match.mentor_application,
            mentee=match.mentee,
            mentor=match.mentor,
            score=match.score,
            reasons=[[reason.kind, *reason.facts] for reason in match.reasons],
            state=match.state,
            approvals=match.approvals,
            paired_by=match.paired_by,
            pinned_by=match.pinned_by,
            excepted=tuple(match.exempted),
            other_mentor=_columns(match.other_mentor),
            other_mentee=_columns(match.other_mentee),
            offered_at=match.offered_at,
            accepted_by=match.accepted_by,
            answer_until=match.answer_until,
        )


class Rounds(Repository):
    """Everything that the matching rules need, loaded together."""

    def get(self, programme: Programme, cohort: Cohort) -> MatchingRound:
        """The cohort's matching in its current state. Includes private answers, for the rules only."""
        context = self._context
        applications = Applications(context).in_cohort(cohort.id)
        private_answers = {
            row.application_id: private_answers_from(row)
            for row in self._select(PrivateAnswersRow, _PRIVATE_ANSWERS, cohort=cohort.id)
        }
        roles = Roles(context)
        owners, committee = roles.owners(programme.id), roles.committee(programme.id)
        running = People(context).get_many((*owners, *committee))
        absent = {each for each, person in running.items() if person.is_absent}
        of_programme = Cohorts(context).of_programme(programme.id)
        partnerships = Partnerships(context).all()
        exclusions = Exclusions(context).all()
        declined = Matches(context).declined()
        named = {each.person for each in applications} | {each.manager for each in private_answers.values()}
        return MatchingRound(
            programme=programme,
            cohort=cohort,
            owners=present_among(owners, running),
            absent_owners=tuple(each for each in owners if each in absent),
            committee=tuple(each for each in committee if each not in absent),
            absent_committee=tuple(each for each in committee if each in absent),
            applications={application.id: application for application in applications},
            private_answers=private_answers,
            matches={match.id: match for match in Matches(context).of_cohort(cohort.id)},
            partnerships=tuple(each for each in partnerships if each.cohort_id in of_programme),
            people=People(context).get_many(application.person for application in applications),
            staff=Staff(context).upwards(named),
            exclusions=frozenset(each for each in exclusions if each.programme_id == programme.id),
            declined=frozenset(two for two, cohort_id in declined if cohort_id in of_programme),
            not_available=frozenset(
                [
                    *(frozenset((each.one, each.other)) for each in exclusions if each.programme_id != programme.id),
                    *(two for two, cohort_id in declined if cohort_id not in of_programme),
                    *(
                        frozenset(each.people)
                        for each in partnerships
                        if each.declined_rematch and each.cohort_id not in of_programme
                    ),
                ]
            ),
        )


_IN_COHORT = (
    select(MatchRow)
    .where(MatchRow.workspace == WORKSPACE_PARAM, MatchRow.cohort_id == bindparam("cohort"))
    .order_by(MatchRow.id)
)
_OF_PERSON = (
    select(MatchRow).where(in_either(MatchRow.mentee, MatchRow.mentor, MatchRow.workspace)).order_by(MatchRow.id)
)
_DECLINED = select(MatchRow.mentee, MatchRow.mentor, MatchRow.cohort_id).where(
    MatchRow.workspace == WORKSPACE_PARAM,
    MatchRow.state == MatchState.DECLINED,
    MatchRow.mentee != "",
    MatchRow.mentor != "",
)
_PRIVATE_ANSWERS = (
    select(PrivateAnswersRow)
    .join(
        ApplicationRow,
        (ApplicationRow.workspace == PrivateAnswersRow.workspace)
        & (ApplicationRow.id == PrivateAnswersRow.application_id),
    )
    .where(PrivateAnswersRow.workspace == WORKSPACE_PARAM, ApplicationRow.cohort_id == bindparam("cohort"))
)


def _match(row: MatchRow) -> Match:
    return Match(
        id=row.id,
        cohort_id=row.cohort_id,
        mentee_application=row.mentee_application,
        mentor_application=row.mentor_application,
        mentee=row.mentee,
        mentor=row.mentor,
        score=row.score,
        reasons=tuple(Reason(ReasonKind(kind), tuple(facts)) for kind, *facts in row.reasons),
        state=MatchState(row.state),
        approvals=row.approvals,
        paired_by=row.paired_by,
        pinned_by=row.pinned_by,
        exempted=tuple(HardRule(rule) for rule in row.excepted),
        other_mentor=_alternative(row.other_mentor),
        other_mentee=_alternative(row.other_mentee),
        offered_at=row.offered_at,
        accepted_by=row.accepted_by,
        answer_until=row.answer_until,
        version=row.version,
    )


def _alternative(columns: tuple[str, ...]) -> Alternative | None:
    if not columns:
        return None
    application, person, score = columns
    return Alternative(application, person, int(score))


def _columns(alternative: Alternative | None) -> tuple[str, ...]:
    return (alternative.application, alternative.person, str(alternative.score)) if alternative else ()


class Exclusions(Repository):
    def all(self) -> list[Exclusion]:
        """The exclusions of all programmes."""
        return [
            Exclusion(row.one, row.other, row.by, row.at, row.programme_id)
            for row in self._select(ExclusionRow, _EXCLUSIONS)
        ]

    def save(self, exclusion: Exclusion) -> bool:
        """Add the exclusion. An existing one of the same two people in this programme stays as it is."""
        self._insert(
            ExclusionRow,
            programme_id=exclusion.programme_id,
            one=exclusion.one,
            other=exclusion.other,
            by=exclusion.by,
            at=exclusion.at,
        )
        return True

    def lift(self, lifted: ExclusionLifted) -> bool:
        self._delete(ExclusionRow, lifted.programme_id, lifted.one, lifted.other)
        return True


class Decisions(Repository):
    def of_cohort(self, cohort_id: str) -> list[MatchDecision]:
        """The decisions in the cohort, oldest first."""
        return [decision_from(row) for row in self._select(DecisionRow, _DECISIONS, cohort=cohort_id)]

    def save(self, decision: MatchDecision) -> bool:
        """Add the decision. Its id is a keyed digest of its content, so that saving it twice adds one row."""
        self._insert(
            DecisionRow,
            id=Digests(self._context).derive("decision", *_content(decision))[:32],
            cohort_id=decision.cohort_id,
            match_id=decision.match_id,
            verdict=decision.kind,
            by=decision.by,
            at=decision.at,
            mentee=decision.mentee,
            mentor=decision.mentor,
        )
        return True


class ProposalRuns(Repository):
    def get(self, cohort_id: str) -> ProposalRun | None:
        row = self._get(ProposalRunRow, cohort_id)
        return _run(row) if row else None

    def requested(self) -> list[ProposalRun]:
        """The runs that were requested and are not complete."""
        return [_run(row) for row in self._select(ProposalRunRow, _REQUESTED)]

    def save(self, run: ProposalRun) -> bool:
        """Save the run. Returns False if the stored version is not the previous one."""
        return self._save_version(
            ProposalRunRow,
            run.cohort_id,
            run.version,
            asked_by=run.asked_by,
            asked_at=run.asked_at,
            done_by=run.done_by,
            done_at=run.done_at,
            added=run.added,
            gone=run.gone,
            kept=run.kept,
        )


_EXCLUSIONS = (
    select(ExclusionRow)
    .where(ExclusionRow.workspace == WORKSPACE_PARAM)
    .order_by(ExclusionRow.programme_id, ExclusionRow.one, ExclusionRow.other)
)
_DECISIONS = (
    select(DecisionRow)
    .where(DecisionRow.workspace == WORKSPACE_PARAM, DecisionRow.cohort_id == bindparam("cohort"))
    .order_by(DecisionRow.at, DecisionRow.id)
)
_REQUESTED = select(ProposalRunRow).where(
    ProposalRunRow.workspace == WORKSPACE_PARAM, ProposalRunRow.asked_at.is_not(None)
)


def _content(decision: MatchDecision) -> tuple[str, ...]:
    at = decision.at.astimezone(UTC).isoformat()
    return decision.kind, decision.by, at, decision.match_id, decision.mentee, decision.mentor


def decision_from(row: DecisionRow) -> MatchDecision:
    return MatchDecision(row.cohort_id, DecisionKind(row.verdict), row.by, row.at, row.mentee, row.mentor, row.match_id)


def _run(row: ProposalRunRow) -> ProposalRun:
    return ProposalRun(
        row.cohort_id,
        row.asked_by,
        row.asked_at,
        row.done_by,
        row.done_at,
        row.added,
        row.gone,
        row.kept,
        row.version,
    )
