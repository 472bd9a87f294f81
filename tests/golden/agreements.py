"""What two partners read of their agreement: its form, the agreement, and the messages about it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from mentoring.agreements.agreement import SINCE, Agreement, AgreementContext
from mentoring.agreements.own_agreement import OwnAgreement
from mentoring.agreements.terms import AgreementTerms, ReportTimes, as_form, bounds_of, proposed_terms
from mentoring.applications.application import MeetingMode, Role
from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Programme
from mentoring.home.own_partnership import OwnPartnership
from mentoring.partnerships.judgement import FollowedTerms
from mentoring.partnerships.partnership import Partnership
from messages import partnerships
from messages.agreements.form import AgreementStep, form, values_of
from messages.agreements.view import view
from messages.agreements.words import BRINGS
from messages.notifications import render_afterwards
from tests.golden.making import Piece, shown, told
from tests.messages.examples import (
    ADA,
    BEN,
    CHANGED,
    CUSTOM,
    DRAFTED,
    ENDED,
    FIRST,
    IN_FORCE,
    LATER,
    LONGER,
    NOTES,
    OTHERS_OFFER,
    PARTNERSHIP,
    PLAIN,
    REOPENED,
    REQUEST,
    RUNNING,
    TERMS,
    TO_SIGN,
    member,
)

WITH = replace(PLAIN, has_agreements=True)
OWN_WORDS = replace(CUSTOM, has_agreements=True)
NOW = datetime(2027, 3, 1, 9, tzinfo=UTC)
VERSIONS = {1: TERMS, 2: LONGER}
GOALS = {"g1": "Lead a meeting of our team", "g2": "Present my work to the board"}
WITH_ALL = replace(WITH, has_reports=True)
NAMING = replace(TERMS, goals=("g1", "g2"), reports=ReportTimes.HALF_WAY)
QUARTERLY = replace(TERMS, goals=("g2",), reports=ReportTimes.QUARTERLY)


def _with_goals(step: AgreementStep) -> Piece:
    """A step of the form in which two shared goals can be chosen, and one was before."""
    context = _context(IN_FORCE, replace(NAMING, goals=("g1", "gone")), WITH_ALL, GOALS)
    bounds = bounds_of(PARTNERSHIP, WITH_ALL, date(2027, 3, 1))
    return shown(lambda: form(step, context, bounds, values_of(QUARTERLY), by=BEN))


def _with_goals_in(agreement: Agreement, by: str, goals: Mapping[str, str] = GOALS) -> Piece:
    context = _context(agreement, programme=WITH_ALL, goals=goals)
    return shown(lambda: view(context, {1: NAMING, 2: QUARTERLY}, by=by, can_change=True))


def _context(
    agreement: Agreement | None = None,
    terms: AgreementTerms | None = None,
    programme: Programme = WITH,
    goals: Mapping[str, str] | None = None,
) -> AgreementContext:
    people, shared = {ADA: member(ADA), BEN: member(BEN)}, goals or {}
    return AgreementContext(PARTNERSHIP, programme, people, (), agreement, terms, shared, tuple(shared))


def first_step(step: AgreementStep, programme: Programme = WITH, added: tuple[str, ...] = (), **more: Any) -> Piece:
    """A step of the form, with what is proposed."""
    context = _context(programme=programme)
    bounds = bounds_of(PARTNERSHIP, programme, date(2027, 3, 1))
    values = values_of(proposed_terms(PARTNERSHIP, bounds, (MeetingMode.IN_PERSON,), BRINGS, added))
    return shown(lambda: form(step, context, bounds, values, by=ADA, **more))


def _changing(step: AgreementStep, **more: Any) -> Piece:
    """A step of the form, for Ben, with what both had signed."""
    context = _context(IN_FORCE, TERMS)
    bounds = bounds_of(PARTNERSHIP, WITH, date(2027, 3, 1))
    return shown(lambda: form(step, context, bounds, values_of(TERMS), by=BEN, **more))


def _view(agreement: Agreement, by: str, programme: Programme = WITH, **more: Any) -> Piece:
    context = _context(agreement, programme=programme)
    return shown(lambda: view(context, VERSIONS, by=by, **{"can_change": True, **more}))


def _between(
    kind: NotificationKind,
    reader: str,
    agreement: Agreement | None = None,
    programme: Programme = WITH,
    partnership: Partnership = PARTNERSHIP,
    since: str = "0",
    **more: Any,
) -> Piece:
    return told(
        kind,
        reader,
        programme,
        LATER,
        {SINCE: since},
        partnership=partnership,
        agreement=agreement,
        profiles={ADA: REQUEST, BEN: OTHERS_OFFER},
        applications={Role.MENTEE: REQUEST} if reader == ADA else {Role.MENTOR: OTHERS_OFFER},
        **more,
    )


def _own(own: OwnAgreement, by: str = ADA, partnership: Partnership = PARTNERSHIP) -> Piece:
    return shown(
        lambda: partnerships.view(
            [OwnPartnership(partnership, ((FIRST, NOTES),), agreement=own)],
            by=by,
            programme=WITH,
            today=RUNNING,
            people={ADA: member(ADA), BEN: member(BEN)},
        )
    )


AGREEMENTS: dict[str, Piece] = {
    "agreement-form-1": first_step(AgreementStep.MEETINGS),
    "agreement-form-1-own-words": first_step(AgreementStep.MEETINGS, OWN_WORDS, restored=True),
    "agreement-form-1-changed-meanwhile": _changing(
        AgreementStep.MEETINGS, restored=True, typed=replace(as_form(LONGER), off_limits="")
    ),
    "agreement-form-2": first_step(AgreementStep.EXPECTATIONS),
    "agreement-form-2-to-correct": _changing(
        AgreementStep.EXPECTATIONS, note="*Not signed yet.* Choose a day after today."
    ),
    "agreement-form-3": first_step(AgreementStep.SIGN),
    "agreement-form-3-reopens": _changing(AgreementStep.SIGN),
    "agreement-to-sign": _view(TO_SIGN, ADA),
    "agreement-signed-by-one": _view(TO_SIGN, BEN),
    "agreement-in-force": _view(IN_FORCE, ADA),
    "agreement-in-force-own-words": _view(IN_FORCE, BEN, OWN_WORDS),
    "agreement-reopened": _view(REOPENED, BEN),
    "agreement-form-1-with-goals": _with_goals(AgreementStep.MEETINGS),
    "agreement-form-3-other-goals": _with_goals(AgreementStep.SIGN),
    "agreement-with-goals": _with_goals_in(IN_FORCE, ADA),
    "agreement-with-goals-reopened": _with_goals_in(REOPENED, BEN),
    "agreement-with-a-goal-no-longer-shared": _with_goals_in(IN_FORCE, BEN, {"g1": GOALS["g1"]}),
    "agreement-over": _view(IN_FORCE, ADA, can_change=False),
    "notification-agreement-drafted": _between(NotificationKind.AGREEMENT_WRITTEN, ADA, TO_SIGN),
    "notification-agreement-changed": _between(NotificationKind.AGREEMENT_WRITTEN, BEN, REOPENED, since="1"),
    "notification-agreement-signed-and-reopened": _between(NotificationKind.AGREEMENT_WRITTEN, ADA, REOPENED),
    "notification-agreement-changed-by-oneself": _between(
        NotificationKind.AGREEMENT_WRITTEN, ADA, Agreement("R1", (DRAFTED, CHANGED), 2)
    ),
    "notification-agreement-changed-by-the-other": _between(
        NotificationKind.AGREEMENT_SAVED, BEN, Agreement("R1", (DRAFTED, CHANGED), 2)
    ),
    "notification-agreement-signed": _between(NotificationKind.AGREEMENT_WRITTEN, ADA, IN_FORCE),
    "notification-agreement-saved": _between(NotificationKind.AGREEMENT_SAVED, BEN, TO_SIGN),
    "notification-agreement-saved-reopened": _between(NotificationKind.AGREEMENT_SAVED, ADA, REOPENED, since="1"),
    "afterwards-agreement-over": _between(
        NotificationKind.AGREEMENT_WRITTEN, ADA, TO_SIGN, OWN_WORDS, ENDED, render=render_afterwards
    ),
    "afterwards-agreement-off": _between(
        NotificationKind.AGREEMENT_WRITTEN, ADA, TO_SIGN, PLAIN, render=render_afterwards
    ),
    "notification-agreement-review": _between(NotificationKind.AGREEMENT_REVIEW, ADA, IN_FORCE),
    "notification-meeting-saved-first": _between(
        NotificationKind.MEETING_SAVED,
        ADA,
        meeting=FIRST,
        meetings=1,
        people={ADA: member(ADA), BEN: member(BEN)},
    ),
    "notification-introduced-with-agreement": _between(NotificationKind.INTRODUCED, ADA),
    "partnerships-agreement-not-begun": _own(OwnAgreement()),
    "partnerships-agreement-begun": _own(OwnAgreement(is_begun=True)),
    "partnerships-agreement-to-sign": _own(OwnAgreement(TO_SIGN)),
    "partnerships-agreement-in-force": _own(OwnAgreement(IN_FORCE, FollowedTerms(TERMS.rhythm, TERMS.review_on)), BEN),
    "partnerships-agreement-over": _own(OwnAgreement(IN_FORCE), BEN, ENDED),
}
