"""Loads a person's own partnerships, with what they alone, or the two alone, may read of them."""

from collections.abc import Sequence
from datetime import date, datetime

from mentoring.agenda.agenda import agenda_of
from mentoring.agreements.own_agreement import OwnAgreement
from mentoring.core.acting import ActingPerson
from mentoring.core.programmes import Programme
from mentoring.feedback.answers import question_open
from mentoring.home.own_partnership import OwnPartnership
from mentoring.partnerships.end_plan import EndPlan
from mentoring.partnerships.partnership import Partnership, PartnershipState
from mentoring.reports.own_report import OwnReport
from messages import ids
from messages.agreements.form import FORM
from services.drafts import draft_name, recent_draft
from services.feedback import asks_baseline
from services.planned_meetings import meeting_ahead, scheduler
from services.regular_times import own_regular_time
from storage import Transaction


def load_own_partnerships(
    tx: Transaction,
    partnerships: Sequence[Partnership],
    person: str,
    today: date,
    now: datetime,
    *,
    acting: ActingPerson | None,
) -> list[OwnPartnership]:
    """The `partnerships` of `person` (a Slack user id), for whom it is `today`, in the same order. `now` is the
    calendar (aware).

    Without `acting`, the person themselves, nothing is read that is shown to them alone or to the two alone: for a
    message, which stays where it is.
    """
    private = tx.private(acting) if acting else None
    found = []
    for partnership in partnerships:
        notes = private.notes(partnership) if private else {}
        meetings = tx.meetings.of([partnership.id])
        question = question_open(partnership, today) if partnership.is_active else None
        if question and tx.feedback.has_answered(partnership.id, person, question):
            question = None
        agreement = _agreement(tx, partnership, person, now)
        goals = private.visible_goals(partnership) if private else ()
        found.append(
            OwnPartnership(
                partnership,
                tuple((each, notes.get(each.id)) for each in meetings),
                question,
                {record.goal.id: record.goal.words for record in goals},
                tuple(record.goal for record in goals if record.goal.is_open),
                reads_plan=private is not None and private.reads_plan(partnership),
                agreement=agreement,
                report=OwnReport(tx.reports.of(partnership.id), tx.reports.shares(partnership.id)),
                agenda=agenda_of(
                    partnership,
                    private.agenda(partnership),
                    has_met=bool(partnership.met_on(each.met_on for each in meetings)),
                    guide=tx.programme_of(partnership.cohort_id)[0].first_guide,
                )
                if private
                else None,
                planned=meeting_ahead(tx, partnership, now) if partnership.is_active else None,
                items=tuple(private.items(partnership)) if private else (),
                scheduler=scheduler(tx, partnership, agreement.followed),
                place=private.place(partnership) if private else None,
                regular=own_regular_time(tx, partnership, now),
                end_plan=private.end_plan(partnership) if private else EndPlan(),
                is_named=private is not None and _is_named(tx, partnership, person),
                asks_baseline=asks_baseline(tx, partnership, person, today),
            )
        )
    return found


def _is_named(tx: Transaction, partnership: Partnership, person: str) -> bool:
    """Whether owners may see that they agree to be named: not after an early end."""
    said = tx.closures.get(partnership.id, person)
    return said is not None and said.is_named and partnership.state is not PartnershipState.ENDED


def _agreement(tx: Transaction, partnership: Partnership, person: str, now: datetime) -> OwnAgreement:
    """Where the agreement stands, without what it says."""
    agreement = tx.agreements.get(partnership.id)
    if agreement is not None:
        return OwnAgreement(agreement, tx.agreements.followed(partnership.id))
    draft = agreement_draft(partnership, tx.programme_of(partnership.cohort_id)[0])
    return OwnAgreement(is_begun=recent_draft(tx, person, draft, now) is not None)


def agreement_draft(partnership: Partnership, programme: Programme) -> str:
    """The name of somebody's draft of the agreement of their partnership."""
    return draft_name(ids.AGREEMENT_FORM, FORM, partnership.id, programme.id)
