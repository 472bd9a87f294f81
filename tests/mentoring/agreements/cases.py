"""Two partners with an agreement, in any state."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from mentoring.agreements.agreement import Agreement, AgreementContext, WrittenTerms, sign, write
from mentoring.agreements.terms import (
    AgreementForm,
    AgreementTerms,
    AnswerWithin,
    ContactBetween,
    MeetingHours,
)
from mentoring.applications.application import MeetingMode
from mentoring.core.outcome import Outcome
from mentoring.core.people import Person
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.scheduling import WhoSchedules
from mentoring.partnerships.timing import MeetingRhythm
from tests.mentoring.factories import ADA, BEN, changed, partnership
from tests.mentoring.values import PROGRAMME, at, person

WITH = replace(PROGRAMME, has_agreements=True)
NOW = at("2027-01-12T09:00")
"""A week after the introduction of a partnership of twelve months. It is the same day everywhere."""
FORM = AgreementForm(
    purpose="To find my way.",
    rhythm=MeetingRhythm.EVERY_SECOND_WEEK,
    minutes=60,
    ways=(MeetingMode.VIDEO,),
    schedules=WhoSchedules.MENTEE,
    hours=MeetingHours.WORK,
    between=ContactBetween.SLACK,
    answer=AnswerWithin.SOME_DAYS,
    until=date(2027, 10, 4),
    mentee_brings="Time.",
    mentor_brings="Patience.",
    review_on=date(2027, 4, 12),
)
ME, PARTNER = person(ADA), person(BEN)


def context(**facts: Any) -> AgreementContext:
    facts = {"partnership": partnership(), "programme": WITH, "people": {ADA: ME, BEN: PARTNER}, **facts}
    return AgreementContext(**facts)


def after(before: AgreementContext, outcome: Outcome) -> AgreementContext:
    """The context once the outcome is saved."""
    agreements, written = changed(outcome, Agreement), changed(outcome, WrittenTerms)
    pairs = changed(outcome, Partnership)
    return replace(
        before,
        agreement=agreements[0] if agreements else before.agreement,
        terms=written[0].terms if written else before.terms,
        partnership=pairs[0] if pairs else before.partnership,
    )


def written(
    before: AgreementContext | None = None, by: Person = ME, now: datetime = NOW, **says: Any
) -> AgreementContext:
    """`by` has written a version."""
    before = before or context()
    return after(before, write(before, replace(FORM, **says), by=by, seen=before.seen, now=now))


def signed(before: AgreementContext | None = None, by: Person = PARTNER, now: datetime = NOW) -> AgreementContext:
    """`by` has signed the newest version."""
    before = before or written()
    return after(before, sign(before, by=by, seen=before.seen, now=now))


def terms_of(context: AgreementContext) -> AgreementTerms:
    assert context.terms is not None
    return context.terms


def standing(context: AgreementContext) -> Agreement:
    assert context.agreement is not None
    return context.agreement
