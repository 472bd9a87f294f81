"""What there is to read: a name for each variant of each message and modal, and how it is made."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from mentoring.applications.application import Application, Role
from mentoring.core.lengths import Length
from mentoring.core.outcome import NotificationKind
from mentoring.core.owners import OPERATOR
from mentoring.core.people import StaffRecord
from mentoring.core.programmes import Programme, Rhythm, Segment
from mentoring.core.roles import ProgrammeRole, RoleHolders
from mentoring.programmes.settings import Part
from mentoring.programmes.setup_steps import SetupStep, guided_parts, place_of
from mentoring.programmes.startup_plan import PlanStep, startup_plan
from mentoring.status import PartnershipStatus, cohort_status
from messages import applications, blocks, errors, help, programmes, status
from messages.home import home_message
from messages.ids import OPEN_REQUEST, Subcommand
from messages.notifications import Renderer, render_afterwards
from messages.notifications import render as render_now
from messages.preview import preview
from messages.programmes.startup_plan import plan_view
from messages.unknown_form import todays_form, unknown_form
from tests.golden.absence import ABSENCE
from tests.golden.agenda import AGENDAS
from tests.golden.agreements import AGREEMENTS
from tests.golden.announcements import ANNOUNCEMENT_PIECES
from tests.golden.cases import CASE_PIECES
from tests.golden.ends import ENDS
from tests.golden.evaluation import EVALUATION_PIECES
from tests.golden.exports import EXPORT_PIECES
from tests.golden.feedback_reading import READING_PIECES
from tests.golden.goals import GOALS
from tests.golden.home import HOME
from tests.golden.invitations import INVITATION_PIECES
from tests.golden.items import ITEM_PIECES
from tests.golden.lists import every_problem
from tests.golden.making import Piece, said, shown, told
from tests.golden.matching import MATCHING as MATCHED
from tests.golden.oversight import OVERSIGHT_PIECES
from tests.golden.own_data import OWN_DATA_PIECES
from tests.golden.owner_lists import LISTS
from tests.golden.pauses import PAUSE_PIECES
from tests.golden.peers import PEERS
from tests.golden.planned import PLANNED
from tests.golden.reading import marked
from tests.golden.refusals_said import every_sentence
from tests.golden.regular import REGULAR
from tests.golden.remarks import REMARK_PIECES
from tests.golden.reports import REPORTS
from tests.golden.retention import RETENTION_PIECES
from tests.golden.review_status import REVIEW_STATUS
from tests.golden.roles import ROLES
from tests.golden.round_charts import CHARTS
from tests.golden.sessions import SESSIONS
from tests.golden.several import SEVERAL
from tests.golden.sponsor_page import SPONSOR_PAGES
from tests.golden.year import YEAR
from tests.messages.contexts import LEAVE
from tests.messages.contexts import told as notice
from tests.messages.examples import (
    ADA,
    BEN,
    CLEO,
    COHORT,
    CUSTOM,
    HOPES,
    IN_TIME,
    MATCHING,
    NAMES,
    OFFER,
    OFFERED,
    OWEN,
    PLAIN,
    REPORT,
    REQUEST,
    RUNNING,
    SUE,
    entered,
    late,
    withdrawn,
)
from tests.messages.homes import helped, home

BEFORE = COHORT.opens_on - timedelta(days=1)
AFTER = COHORT.ends_on + timedelta(days=1)
DRAFT: dict[str, str | list[str] | None] = {
    "topics": ["Job search", "No longer offered"],
    "hopes": "Half a thought",
    "months": "7",
    "manager": SUE,
}
KNOWN = applications.values_known(StaffRecord(ADA, "IT", "Assistant", SUE))
OLD_FORM = {
    "callback_id": "request-form",
    "blocks": [
        {"type": "input", "block_id": block_id, "label": {"type": "plain_text", "text": label}}
        for block_id, label in (
            ("hopes", "What do you hope for?"),
            ("months", "How long?"),
            ("manager", "Your manager"),
        )
    ],
    "state": {
        "values": {
            "hopes": {"hopes": {"type": "plain_text_input", "value": "Half a thought,\nand <another> one."}},
            "months": {
                "months": {"selected_option": {"value": "7", "text": {"type": "plain_text", "text": "7 months"}}}
            },
            "manager": {"manager": {"type": "users_select", "selected_user": SUE}},
        }
    },
}
QUEUE = (
    REQUEST,
    OFFER,
    replace(REQUEST, id="A3", person=BEN, topics=("Work/life issues", "Job search")),
    replace(REQUEST, id="A4", person=CLEO, topics=("Job search",)),
    late(replace(REQUEST, id="A5", person=SUE)),
    withdrawn(replace(OFFER, id="A6", person=SUE)),
)
MANY = tuple(replace(REQUEST, id=f"B{n}", sent_at=REQUEST.sent_at + timedelta(hours=n)) for n in range(20))


def _helped(programme: Programme, today: date, *sent: Application, owner: bool = False) -> Piece:
    roles = (ProgrammeRole.OWNER,) if owner else ()
    return said(lambda: helped(*sent, programme=programme, today=today, roles=roles))


def _stands(programme: Programme, today: date, *sent: Application) -> Piece:
    confided = {"A1": HOPES, "A2": OFFERED}
    pairs = [(application, confided[application.id]) for application in sent]
    return said(lambda: status.mine(programme, COHORT, pairs, today))


def _round(programme: Programme, today: date, sent: Sequence[Application]) -> Piece:
    return said(
        lambda: status.cohort(cohort_status(programme, COHORT, sent), programme, COHORT, today),
    )


def _asks(
    role: Role,
    programme: Programme,
    today: date = IN_TIME,
    values: Mapping[str, Any] | None = None,
    *,
    draft: bool = False,
    known: bool = False,
    sent_on: date | None = None,
) -> Piece:
    return shown(
        lambda: applications.form(
            role, programme, COHORT, values or {}, today=today, restored=draft, known=known, sent_on=sent_on
        )
    )


SHORT = replace(
    PLAIN,
    lengths=(Length(weeks=6), Length(weeks=10), Length(3)),
    rhythm=Rhythm(3, 2),
    service_months=0,
    most_places=1,
    introduces_at_start=True,
)
TICKED_STEPS = tuple(
    SetupStep(PLAIN.id, COHORT.id, step, by, datetime(2026, 12, 14, 10, tzinfo=UTC))
    for step, by in ((PlanStep.SPONSOR, OWEN), (PlanStep.SETTINGS, ""))
)
WITH_AIMS = replace(
    CUSTOM,
    objectives=("Support decisions about careers", "Connect people across departments."),
    is_pilot=True,
    definition="A learning partnership: two people share experience, and both learn.",
    mentee_responsibilities=("Say what you want to learn", "Arrange the meetings"),
    mentor_responsibilities=("Listen before you advise", "Point to others for what is beyond your expertise"),
    referrals=(
        "Employee counselling: for anything that weighs on you, 0800 123 456, day & night",
        "Ombuds office: for a conflict at work, ombuds@example.org",
    ),
)
OF_SOME = replace(
    CUSTOM,
    for_mentees=Segment(("Collections", "IT"), ("Assistant",)),
    for_mentors=Segment(grades=("Librarian", "Head of department")),
    least_gap=2,
    weights=replace(CUSTOM.weights, topics=80, hopes=5, department=0, months=0, language=7, at_least=40),
)


def _sets(part: Part, programme: Programme) -> Piece:
    return shown(lambda: programmes.form(part, programme, COHORT, programmes.values_of(part, programme, COHORT)))


def _guides(part: Part) -> Piece:
    """A step of the guided set-up, with the suggestions for what is empty."""
    guided = place_of(part, guided_parts(COHORT))
    saved = guided.previous if guided else None
    suggested = programmes.suggested(part, PLAIN)
    values = {**programmes.values_of(part, PLAIN, COHORT), **suggested}
    return shown(
        lambda: programmes.form(part, PLAIN, COHORT, values, guided=guided, saved=saved, suggests=bool(suggested))
    )


def _told(
    kind: NotificationKind,
    reader: str = ADA,
    programme: Programme = PLAIN,
    application: Application | None = None,
    sent: Sequence[Application] = (),
    today: date = IN_TIME,
    render: Renderer = render_now,
    report: PartnershipStatus | None = None,
    **about: str,
) -> Piece:
    counted = cohort_status(programme, COHORT, sent)
    return told(
        kind,
        reader,
        programme,
        today,
        about,
        render=render,
        application=application,
        status=counted,
        partnerships=report,
    )


def _sentence(text: str) -> Piece:
    return shown(lambda: blocks.sentence_view("Not possible", text))


PIECES: dict[str, Piece] = {
    **CHARTS,
    **REPORTS,
    **AGENDAS,
    **AGREEMENTS,
    **HOME,
    **ABSENCE,
    **GOALS,
    **MATCHED,
    "help-newcomer": _helped(PLAIN, IN_TIME),
    "help-newcomer-own-words": _helped(CUSTOM, IN_TIME),
    "help-newcomer-of-some-own-words": _helped(replace(OF_SOME, ask_first=False), IN_TIME),
    "help-newcomer-not-open-yet": _helped(PLAIN, BEFORE),
    "help-newcomer-after-the-deadline": _helped(PLAIN, MATCHING),
    "help-newcomer-round-over": _helped(PLAIN, AFTER),
    "help-applicant": _helped(PLAIN, IN_TIME, REQUEST),
    "help-applicant-own-words": _helped(CUSTOM, IN_TIME, OFFER),
    "help-applicant-after-the-deadline": _helped(PLAIN, MATCHING, REQUEST),
    "help-both-roles": _helped(PLAIN, IN_TIME, REQUEST, OFFER),
    "help-withdrawn": _helped(PLAIN, IN_TIME, withdrawn(REQUEST)),
    "help-owner": _helped(PLAIN, IN_TIME, owner=True),
    "help-no-programme": said(lambda: home_message(home())),
    "help-did-you-mean": said(lambda: help.did_you_mean(Subcommand.REQUEST, CUSTOM)),
    "help-did-you-mean-nothing": said(lambda: help.did_you_mean(None, PLAIN)),
    "status-nothing-sent": _stands(PLAIN, IN_TIME),
    "status-nothing-sent-round-over": _stands(PLAIN, AFTER),
    "status-request": _stands(PLAIN, IN_TIME, REQUEST),
    "status-request-to-confirm": _stands(PLAIN, IN_TIME, entered(REQUEST)),
    "status-offer-own-words": _stands(CUSTOM, IN_TIME, replace(OFFER, department="IT", grade="Librarian")),
    "status-both-while-matching": _stands(PLAIN, MATCHING, REQUEST, OFFER),
    "status-running": _stands(PLAIN, RUNNING, REQUEST),
    "status-over": _stands(PLAIN, AFTER, REQUEST),
    "status-waiting-list": _stands(PLAIN, MATCHING, late(REQUEST)),
    "status-withdrawn": _stands(PLAIN, IN_TIME, withdrawn(REQUEST)),
    "status-cohort-empty": _round(PLAIN, IN_TIME, ()),
    "status-cohort-empty-while-matching": _round(PLAIN, MATCHING, ()),
    "status-cohort-with-gaps": _round(PLAIN, IN_TIME, QUEUE),
    "status-cohort-own-words-while-matching": _round(CUSTOM, MATCHING, QUEUE),
    "status-cohort-of-many": _round(PLAIN, MATCHING, MANY),
    "form-request": _asks(Role.MENTEE, PLAIN),
    "form-request-own-words": _asks(Role.MENTEE, CUSTOM),
    "form-request-after-the-deadline": _asks(Role.MENTEE, PLAIN, MATCHING),
    "form-request-restored": _asks(Role.MENTEE, PLAIN, values=DRAFT, draft=True),
    "form-request-many-topics": _asks(Role.MENTEE, replace(PLAIN, topics=tuple(f"Topic {n}" for n in range(1, 16)))),
    "form-request-known-from-the-list": _asks(Role.MENTEE, OF_SOME, values=KNOWN, known=True),
    "form-volunteer": _asks(Role.MENTOR, PLAIN),
    "form-volunteer-own-words": _asks(Role.MENTOR, CUSTOM),
    "form-volunteer-to-change": _asks(
        Role.MENTOR, PLAIN, MATCHING, values=applications.values_of(OFFER, OFFERED), sent_on=OFFER.sent_on
    ),
    "application-request-for-owners-only": shown(
        lambda: applications.owner_view(REQUEST, replace(HOPES, hopes_shared=False), PLAIN, COHORT)
    ),
    "hopes-are-shared-own-words": said(lambda: applications.hopes_are_shared(CUSTOM)),
    "status-hopes-for-owners-only": said(
        lambda: status.mine(PLAIN, COHORT, [(REQUEST, replace(HOPES, hopes_shared=False))], IN_TIME)
    ),
    "application-request": shown(lambda: applications.owner_view(REQUEST, HOPES, PLAIN, COHORT)),
    "application-offer-own-words": shown(lambda: applications.owner_view(OFFER, OFFERED, CUSTOM, COHORT)),
    "application-waiting-list": shown(lambda: applications.owner_view(late(REQUEST), HOPES, PLAIN, COHORT)),
    "application-on-behalf": shown(
        lambda: applications.owner_view(
            REQUEST, HOPES, PLAIN, COHORT, applications.OwnerActions(can_correct=True, can_withdraw=True, asked=1)
        )
    ),
    "correction-form-own-words": shown(
        lambda: applications.correction_form(
            OFFER, CUSTOM, applications.values_of(OFFER, OFFERED), restored=True, root="V2", below="{}"
        )
    ),
    "application-entered": shown(lambda: applications.owner_view(entered(REQUEST), HOPES, PLAIN, COHORT)),
    "application-of-somebody-on-leave": shown(
        lambda: applications.owner_view(
            REQUEST, HOPES, PLAIN, COHORT, applications.OwnerActions(True, True, 1, leave=LEAVE, can_leave=True)
        )
    ),
    "add-person": shown(lambda: applications.choose_person(PLAIN, root="V1", below="{}")),
    "add-person-own-words": shown(lambda: applications.choose_person(CUSTOM)),
    "add-person-waiting": shown(applications.asking_slack),
    "entry-form": shown(
        lambda: applications.entry_form(ADA, Role.MENTEE, PLAIN, COHORT, KNOWN, known=True, root="V2", below="{}")
    ),
    "entry-form-own-words": shown(
        lambda: applications.entry_form(
            ADA, Role.MENTOR, CUSTOM, COHORT, DRAFT, version=1, restored=True, root="V2", below="{}"
        )
    ),
    "application-withdrawn": shown(lambda: applications.owner_view(withdrawn(REQUEST), None, PLAIN, COHORT)),
    "settings-card": said(lambda: programmes.card(PLAIN, COHORT, RoleHolders((OWEN,)), IN_TIME)),
    "settings-card-own-words": said(lambda: programmes.card(CUSTOM, COHORT, RoleHolders((OWEN, BEN)), IN_TIME)),
    "settings-card-of-some": said(lambda: programmes.card(OF_SOME, COHORT, RoleHolders((OWEN, BEN)), IN_TIME)),
    **{f"settings-form-{part}-of-some": _sets(part, OF_SOME) for part in (Part.RULES, Part.MATCHING)},
    **{f"settings-form-{part}": _sets(part, PLAIN) for part in Part},
    **{f"settings-form-{part}-own-words": _sets(part, CUSTOM) for part in Part},
    "notification-welcome-owner": _told(NotificationKind.WELCOME_OWNER, OWEN),
    "notification-help": said(lambda: notice(NotificationKind.HELP)),
    "notification-application-received": _told(NotificationKind.APPLICATION_RECEIVED, application=REQUEST),
    "notification-application-received-own-words": _told(
        NotificationKind.APPLICATION_RECEIVED, programme=CUSTOM, application=OFFER
    ),
    "notification-application-received-waiting-list": _told(
        NotificationKind.APPLICATION_RECEIVED, application=late(REQUEST)
    ),
    "notification-application-changed": _told(NotificationKind.APPLICATION_CHANGED, application=REQUEST),
    "notification-application-withdrawn": _told(NotificationKind.APPLICATION_WITHDRAWN, application=withdrawn(REQUEST)),
    "form-offer-like-request": shown(
        lambda: applications.form(
            Role.MENTOR,
            PLAIN,
            COHORT,
            applications.values_of_other(REQUEST, HOPES, Role.MENTOR),
            today=IN_TIME,
            like_other=True,
        )
    ),
    "form-request-entered": shown(
        lambda: applications.form(
            Role.MENTEE,
            PLAIN,
            COHORT,
            applications.values_of(entered(REQUEST), HOPES),
            today=IN_TIME,
            version=1,
            entered=True,
        )
    ),
    "notification-application-entered": _told(NotificationKind.APPLICATION_ENTERED, application=entered(REQUEST)),
    "notification-application-entered-waiting-list-own-words": _told(
        NotificationKind.APPLICATION_ENTERED, programme=CUSTOM, today=RUNNING, application=entered(OFFER)
    ),
    "notification-application-entered-confirmed": _told(
        NotificationKind.APPLICATION_ENTERED, application=REQUEST, render=render_afterwards
    ),
    "notification-application-corrected": _told(
        NotificationKind.APPLICATION_CORRECTED, application=REQUEST, by=OWEN, fields="topics,months"
    ),
    "notification-application-corrected-own-words": _told(
        NotificationKind.APPLICATION_CORRECTED, programme=CUSTOM, application=OFFER, by=OWEN, fields="places"
    ),
    "notification-withdrawn-by-owner": _told(
        NotificationKind.WITHDRAWN_BY_OWNER, application=withdrawn(REQUEST), by=OWEN
    ),
    "notification-withdrawn-by-owner-round-over-own-words": _told(
        NotificationKind.WITHDRAWN_BY_OWNER, programme=CUSTOM, application=withdrawn(OFFER), today=AFTER, by=OWEN
    ),
    "notification-applications-closed": _told(NotificationKind.APPLICATIONS_CLOSED, OWEN, sent=QUEUE, today=MATCHING),
    "notification-applications-closed-enough": _told(
        NotificationKind.APPLICATIONS_CLOSED, OWEN, sent=(REQUEST, OFFER), today=MATCHING
    ),
    "notification-applications-closed-and-nobody-applied": _told(
        NotificationKind.APPLICATIONS_CLOSED, OWEN, today=MATCHING
    ),
    "notification-application-withdrawn-round-over": _told(
        NotificationKind.APPLICATION_WITHDRAWN, application=withdrawn(REQUEST), today=AFTER
    ),
    **{f"setup-guide-{part}": _guides(part) for part in (Part.BASICS, Part.OBJECTIVES, Part.ROLES, Part.DATES)},
    "setup-guide-overview": shown(
        lambda: programmes.guide_overview(guided_parts(COHORT), {Part.BASICS, Part.ROLES}, Part.ROLES)
    ),
    "setup-guide-overview-done": shown(lambda: programmes.guide_overview(guided_parts(COHORT), set(Part))),
    "startup-plan": shown(lambda: plan_view(startup_plan(PLAIN, COHORT, TICKED_STEPS), PLAIN, COHORT, IN_TIME)),
    "startup-plan-own-words": shown(lambda: plan_view(startup_plan(CUSTOM, COHORT, ()), CUSTOM, COHORT, BEFORE)),
    "setup-preview": shown(lambda: preview(WITH_AIMS, COHORT, IN_TIME, unsaved=True)),
    "settings-card-half-set-up": said(
        lambda: programmes.card(PLAIN, COHORT, RoleHolders((OWEN,)), IN_TIME, {Part.BASICS})
    ),
    "help-newcomer-with-aims": _helped(WITH_AIMS, IN_TIME),
    "form-volunteer-with-aims": _asks(Role.MENTOR, WITH_AIMS),
    "settings-card-with-aims": said(lambda: programmes.card(WITH_AIMS, COHORT, RoleHolders((OWEN,)), IN_TIME)),
    "settings-form-objectives-with-aims": _sets(Part.OBJECTIVES, WITH_AIMS),
    "settings-form-roles-with-aims": _sets(Part.ROLES, WITH_AIMS),
    "status-cohort-with-aims": _round(WITH_AIMS, IN_TIME, QUEUE),
    "help-newcomer-short-and-at-start": _helped(SHORT, IN_TIME),
    "form-request-short": _asks(Role.MENTEE, SHORT),
    "notification-programme-changed-length": _told(
        NotificationKind.PROGRAMME_CHANGED, OWEN, SHORT, sent=(REQUEST, OFFER), part="partnerships", by=OWEN
    ),
    "notification-programme-changed-introductions": _told(
        NotificationKind.PROGRAMME_CHANGED,
        OWEN,
        replace(PLAIN, ask_first=False),
        report=replace(REPORT, offered=1, agreed=2),
        part="introductions",
        by=OWEN,
    ),
    "notification-programme-changed": _told(NotificationKind.PROGRAMME_CHANGED, OWEN, part="dates", by=BEN),
    "notification-programme-changed-by-oneself": _told(
        NotificationKind.PROGRAMME_CHANGED, OWEN, part="words", by=OWEN, programme=CUSTOM
    ),
    "notification-programme-changed-by-the-app-admin": _told(
        NotificationKind.PROGRAMME_CHANGED, OWEN, part="basics,dates", by=OPERATOR
    ),
    "notification-cohort-status": _told(NotificationKind.COHORT_STATUS, OWEN, sent=QUEUE),
    "sentence-view": _sentence("Applications aren’t open yet. You can apply from 4 January 2027."),
    "unknown-form": shown(lambda: unknown_form(OLD_FORM, todays_form(OLD_FORM), kept=True)),
    "unknown-form-of-no-form-of-today": shown(lambda: unknown_form(OLD_FORM, None, kept=True)),
    "unknown-form-not-kept": shown(lambda: unknown_form(OLD_FORM, todays_form(OLD_FORM), kept=False)),
    "too-slow": said(lambda: errors.too_slow(OPEN_REQUEST)),
    "too-slow-without-a-button": said(errors.too_slow),
    "unknown-error": lambda: marked(errors.unknown_error("K7Q-29F", PLAIN), NAMES) + "\n",
    "unknown-error-in-a-form": lambda: errors.unknown_error("K7Q-29F", PLAIN, marked=False) + "\n",
    "status-cohort-on-its-way": said(lambda: status.on_its_way(PLAIN)),
    "every-problem-in-a-list": every_problem,
    "every-refusal": lambda: every_sentence(PLAIN),
    "every-refusal-own-words": lambda: every_sentence(CUSTOM),
    **LISTS,
    **ROLES,
    **PEERS,
    **SEVERAL,
    **YEAR,
    **PLANNED,
    **REGULAR,
    **ENDS,
    **CASE_PIECES,
    **OWN_DATA_PIECES,
    **READING_PIECES,
    **REMARK_PIECES,
    **SESSIONS,
    **EVALUATION_PIECES,
    **SPONSOR_PAGES,
    **ANNOUNCEMENT_PIECES,
    **PAUSE_PIECES,
    **INVITATION_PIECES,
    **RETENTION_PIECES,
    **EXPORT_PIECES,
    **OVERSIGHT_PIECES,
    **ITEM_PIECES,
    **REVIEW_STATUS,
}
