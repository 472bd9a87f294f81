"""Loads the status of the partnerships, for owners, and the figures of a programme, for sponsors."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from mentoring.applications.application import ApplicationState
from mentoring.cases.yearly import CasesOfYear, cases_of_last_year
from mentoring.core.jobs import JobKind
from mentoring.core.owners import is_owner
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.feedback.groups import day_everywhere
from mentoring.matching.held_up import NONE_HELD_UP, HeldUpMatches, held_up_matches
from mentoring.matching.match import Match
from mentoring.matching.pending_approvals import approval_job_key
from mentoring.round_charts import RoundCharts, round_charts
from mentoring.status import (
    PartnershipStatus,
    ProgrammeFigures,
    cohort_status,
    partnership_status,
    programme_figures,
)
from services.feedback_reading import groups_of_programme
from services.remarks import remark_groups
from storage import Transaction


def load_partnership_status(
    tx: Transaction, programme: Programme, cohort: Cohort, owner: str, now: datetime
) -> PartnershipStatus | None:
    """The status of the partnerships in all rounds of the programme at `now` (calendar, aware), as seen by
    `owner`, for the message; None if they are not an owner of it.
    """
    if not is_owner(owner, tx.roles.owners(cohort.programme_id)):
        return None
    matches = tx.matches.of_cohort(cohort.id)
    return _partnership_status(
        tx,
        programme,
        cohort,
        tx.people.get(owner).today(now),
        matches,
        held_up=_held_up(tx, programme, cohort, matches, owner, now),
        named=tx.closures.named_by_both(),
        remarks=sum(len(group.words) for group in remark_groups(tx, programme.id)),
        asked_for_help=cases_of_last_year(
            tx.cases.opened_by_year(programme.id), tx.cohorts.first_day(programme.id), day_everywhere(now)
        ),
    )


def load_partnership_counts(
    tx: Transaction, programme: Programme, cohort: Cohort, owner: str, now: datetime
) -> PartnershipStatus | None:
    """As `load_partnership_status`, without what only the message shows."""
    if not is_owner(owner, tx.roles.owners(cohort.programme_id)):
        return None
    today = tx.people.get(owner).today(now)
    return _partnership_status(tx, programme, cohort, today, tx.matches.of_cohort(cohort.id))


def load_round_charts(
    tx: Transaction, programme: Programme, cohort: Cohort, owner: str, now: datetime
) -> RoundCharts | None:
    """The charts of the round at `now` (calendar, aware); None if `owner` is not an owner of the programme."""
    if not is_owner(owner, tx.roles.owners(programme.id)):
        return None
    partnerships = tx.partnerships.in_programme(programme.id)
    return round_charts(
        cohort,
        tx.applications.in_cohort(cohort.id),
        tx.matches.of_cohort(cohort.id),
        partnerships,
        tx.meetings.of(each.id for each in partnerships if each.cohort_id == cohort.id),
        tx.people.get(owner).today(now),
        tx.people.unavailable(),
        rhythm=programme.rhythm,
    )


def load_figures(
    tx: Transaction, programme: Programme, cohort: Cohort, sponsor: str, now: datetime
) -> ProgrammeFigures | None:
    """The figures of the programme at `now` (calendar, aware); None if `sponsor` is no sponsor of it, or an owner, who
    reads the status.
    """
    roles = tx.roles.of(sponsor).get(programme.id, frozenset())
    if ProgrammeRole.SPONSOR not in roles or ProgrammeRole.OWNER in roles:
        return None
    applications = cohort_status(programme, cohort, tx.applications.in_cohort(cohort.id), tx.people.unavailable())
    today, matches = tx.people.get(sponsor).today(now), tx.matches.of_cohort(cohort.id)
    return programme_figures(applications, _partnership_status(tx, programme, cohort, today, matches))


def _held_up(
    tx: Transaction,
    programme: Programme,
    cohort: Cohort,
    matches: Sequence[Match],
    owner: str,
    now: datetime,
) -> HeldUpMatches:
    if cohort.closed_on:
        return NONE_HELD_UP
    applications = tx.applications.in_cohort(cohort.id)
    still_to_come = any(
        tx.scheduled_jobs.is_planned(approval_job_key(kind, cohort, owner))
        for kind in (JobKind.APPROVALS_WANTED, JobKind.APPROVALS_REMINDER)
    )
    return held_up_matches(
        matches,
        {each.id for each in applications if each.state is ApplicationState.OPEN},
        tx.roles.present_approvers(programme.id) or tx.roles.approvers(programme.id),
        programme.approvals,
        now,
        before_reminder=still_to_come,
    )


def _partnership_status(
    tx: Transaction,
    programme: Programme,
    cohort: Cohort,
    today: date,
    matches: Sequence[Match],
    *,
    held_up: HeldUpMatches = NONE_HELD_UP,
    named: Collection[str] = (),
    remarks: int = 0,
    asked_for_help: CasesOfYear | None = None,
) -> PartnershipStatus:
    partnerships = tx.partnerships.in_programme(cohort.programme_id)
    rounds = tx.cohorts.of_programme(cohort.programme_id)
    return partnership_status(
        partnerships,
        matches,
        tx.meetings.of(partnership.id for partnership in partnerships),
        [count for count in tx.feedback.counts() if count.cohort_id in rounds],
        groups_of_programme(tx, cohort.programme_id, with_words=False),
        today,
        tx.people.unavailable(),
        rhythm=programme.rhythm,
        held_up=held_up,
        named=named,
        remarks=remarks,
        asked_for_help=asked_for_help,
    )
