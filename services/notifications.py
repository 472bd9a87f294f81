"""Loads the data that a notification needs when it is rendered."""

from collections.abc import Iterable
from datetime import date, datetime

from mentoring.announcements.announcement import AnnouncementContext
from mentoring.applications.application import Application
from mentoring.core.fields import FieldName
from mentoring.core.outcome import Notification, NotificationKind
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort, Programme
from mentoring.core.roles import ProgrammeRole
from mentoring.exports.export import ExportNaming
from mentoring.feedback.answers import Question, early_survey_until
from mentoring.home.needs import LATELY_TOLD, Need, without_told
from mentoring.items.item import ActionItem
from mentoring.matching.match import Match
from mentoring.matching.offers import decline_key
from mentoring.meetings.log import Meeting
from mentoring.meetings.place import MeetingPlace
from mentoring.notifications.context import NotificationContext
from mentoring.notifications.kinds import KIND_RULES, ContextPart
from mentoring.oversight.digest import DigestRhythm
from mentoring.partnerships.end_plan import EndPlan
from mentoring.partnerships.judgement import JOBS
from mentoring.partnerships.partnership import Partnership
from mentoring.programmes.membership import Membership
from mentoring.reports.sharing import SharedReport
from mentoring.sessions.session import SeenSession
from mentoring.sponsor_page.sending import next_page
from mentoring.status import RoundStatus, cohort_status
from services.agenda import with_meetings
from services.announcements import load_announcement
from services.effort import load_effort
from services.evaluation import load_evaluation
from services.exports import load_export
from services.feedback import asks_baseline
from services.goals import is_plan_looked_at, is_plan_offered
from services.home import load_home, load_needs
from services.invitations import invited_as
from services.meetings import met_on
from services.oversight import load_oversight
from services.own_data import own_data_of
from services.partnerships import load_job_context
from services.planned_meetings import other_times
from services.programmes import as_read, memberships_of, programme_about
from services.regular_times import days_offered, meetings_of
from services.reports import report_due_since
from services.sessions import load_seen
from services.sponsor_page import gets_page, load_sponsor_page, page_days
from services.status import load_figures, load_partnership_status, load_round_charts
from storage.transaction import Transaction


def load_context(tx: Transaction, notification: Notification, now: datetime) -> NotificationContext | None:
    """The context of `notification` at `now` (calendar, aware); None if there is no programme."""
    current = _programme_about(tx, notification)
    if current is None:
        return None
    programme, cohort = current
    refs, parts = notification.refs, KIND_RULES[notification.kind].context
    several = tx.programmes.count() > 1
    memberships = memberships_of(tx, notification.recipient) if several else []
    second = notification.second_recipient if several else ""
    needs_own = ContextPart.OWN_RECORD in parts
    own = _partnerships_of(tx, notification.recipient, programme, several=several) if needs_own else ()
    match = tx.matches.get(refs["match"]) if "match" in refs else None
    planned = tx.planned_meetings.get(refs["planned"]) if "planned" in refs else None
    logged = refs.get("meeting") or (planned.id if planned else "")
    meeting = tx.meetings.get(logged) if logged else None
    partnership = _partnership(tx, notification, meeting)
    regular_id = refs.get("regular") or (planned.regular_id if planned else "")
    shows_regular = ContextPart.REGULAR_TIME in parts
    regular = tx.regular_times.get(regular_id) if regular_id and shows_regular else None
    application = tx.applications.get(refs["application"]) if "application" in refs else None
    theirs = _partnerships_of(tx, refs["person"], programme, several=several) if "person" in refs else ()
    remark = tx.remarks.get(refs["remark"]) if "remark" in refs else None
    partners = own if ContextPart.OWN_PARTNERS in parts else ()
    people = _people(tx, programme, notification, match, partnership, *theirs, *partners)
    programme, reader = as_read(tx, programme), people[notification.recipient]
    holders = tx.roles.holders_in(programme.id)
    shows_plan = planned is not None and partnership is not None and ContextPart.PLANNED_MEETING in parts
    needs, needs_told = _needs(tx, reader.id, now) if ContextPart.NEEDS in parts else ({}, frozenset[str]())
    job = (
        load_job_context(tx, programme, partnership, reader.id, JOBS[notification.kind], now)
        if partnership and ContextPart.PARTNERSHIP_JOB in parts
        else None
    )
    has_plan = ContextPart.PLAN_FACTS in parts and is_plan_looked_at(tx, reader.id)
    is_about_plan = partnership is not None and ContextPart.PLAN_FACTS in parts
    about_agreement = ContextPart.AGREEMENT in parts
    return NotificationContext(
        reader=reader,
        today=reader.today(now),
        programme=programme,
        cohort=cohort,
        owners=holders.owners,
        committee=holders.committee,
        sponsors=holders.sponsors,
        facilitators=holders.facilitators,
        present_facilitators=tx.roles.present_facilitators(programme.id),
        present_approvers=tx.roles.present_approvers(programme.id) if ContextPart.PRESENT_APPROVERS in parts else (),
        memberships=tuple(each for each in memberships if each.is_visible),
        is_named=_has_several(memberships) or (second != "" and _has_several(memberships_of(tx, second))),
        other_rounds=_other_rounds(tx, notification, programme, now) if several else (),
        applications=tx.applications.of(notification.recipient, cohort.id) if needs_own else {},
        application=application,
        named=_named(tx, application, reader.id) if application and "field" in refs else frozenset(),
        status=cohort_status(programme, cohort, tx.applications.in_cohort(cohort.id), tx.people.unavailable())
        if ContextPart.COHORT_STATUS in parts
        else None,
        home=load_home(tx, reader.id, now, acting=None) if ContextPart.HOME in parts else None,
        own_data=own_data_of(tx, reader.id, tx.own_records.read_by(reader.id))
        if ContextPart.OWN_DATA in parts
        else None,
        now=now if ContextPart.OWN_DATA in parts else None,
        figures=load_figures(tx, programme, cohort, reader.id, now)
        if notification.kind is NotificationKind.COHORT_STATUS
        else None,
        session=_session(tx, notification) if ContextPart.SESSION in parts else None,
        evaluation=load_evaluation(tx, programme, reader.today(now)) if ContextPart.EVALUATION in parts else None,
        sponsor_page=load_sponsor_page(tx, programme, cohort, _page_month(notification, programme, reader.today(now)))
        if ContextPart.SPONSOR_PAGE in parts
        else None,
        gets_sponsor_page=gets_page(tx, programme.id, reader.id) if reader.id in holders.sponsors else None,
        sponsor_page_on=page_days(tx, reader.id, now) if ContextPart.NEEDS in parts else {},
        export=load_export(tx, programme, ExportNaming(refs["naming"]), reader.today(now))
        if ContextPart.EXPORT in parts and reader.id in holders.owners
        else None,
        charts=load_round_charts(tx, programme, cohort, reader.id, now) if ContextPart.ROUND_CHARTS in parts else None,
        own_matches=tuple(tx.matches.of(notification.recipient, cohort.id)) if needs_own else (),
        own_partnerships=own,
        their_partnerships=theirs,
        match=match,
        hopes=tx.offered_hopes.read_by(reader.id, match) if match and ContextPart.OFFERED_HOPES in parts else "",
        declined=match is not None and tx.outbox.contains(decline_key(match, reader.id)),
        partnership=partnership,
        agreement=tx.agreements.get(partnership.id) if about_agreement and partnership else None,
        end_plan=tx.end_plans.read_by(reader.id, partnership)
        if partnership and ContextPart.END_PLAN in parts and reader.id in partnership.people
        else EndPlan(),
        meetings=_meetings_logged(tx, partnership) if about_agreement and partnership else 0,
        answered=job is not None and job.answered,
        wants_change=partnership is not None
        and ContextPart.OWN_CHOICE in parts
        and tx.feedback.wants_change(reader.id, partnership.id),
        thanks=tx.thank_yous.read_by(reader.id, partnership, author=partnership.other(reader.id))
        if partnership and ContextPart.THANKS in parts and reader.id in partnership.people
        else "",
        can_say_thanks=partnership is not None
        and ContextPart.CLOSURE in parts
        and not tx.closures.get(partnership.id, reader.id),
        meeting=meeting,
        early_survey_until=early_survey_until(partnership)
        if partnership
        and ContextPart.EARLY_SURVEY in parts
        and not tx.feedback.has_answered(partnership.id, reader.id, Question.SURVEY)
        else None,
        asks_baseline=partnership is not None
        and ContextPart.BASELINE in parts
        and asks_baseline(tx, partnership, reader.id, reader.today(now)),
        case=tx.cases.get(refs["case"]) if "case" in refs else None,
        remark=remark,
        announcement=_announcement(tx, notification),
        remark_words=tx.remarks_to_owners.read_by(reader.id, remark)
        if remark and ContextPart.REMARK_WORDS in parts and reader.id in holders.owners
        else "",
        planned=planned,
        place=_place(tx, partnership, reader.id) if (planned or regular) and partnership else None,
        regular=regular,
        regular_meetings=meetings_of(tx, regular) if regular else (),
        regular_days=days_offered(tx, regular, partnership, now) if regular and partnership else None,
        other_times=other_times(tx, planned, partnership, reader.id, now) if shows_plan else (),
        items=_items(tx, partnership, reader.id) if partnership and ContextPart.ACTION_ITEMS in parts else (),
        met=len(met_on(tx, partnership)) if partnership and (shows_plan or ContextPart.MEETINGS in parts) else 0,
        agenda=with_meetings(tx, partnership, tx.agendas.read_by(reader.id, partnership))
        if shows_plan and partnership
        else None,
        conversation=(tx.people.conversation(reader.id) or "") if planned or regular else "",
        job=job,
        profiles=_profiles(tx, match, partnership),
        people=people,
        file_import=tx.file_imports.get(refs["import"]) if "import" in refs else None,
        has_plan=has_plan,
        plan_changed_on=tx.plan_facts.changed_on(reader.id) if has_plan else None,
        plan_shared=partnership is not None and is_about_plan and tx.plan_facts.is_shared(partnership),
        is_plan_offered=meeting is not None
        and partnership is not None
        and is_about_plan
        and is_plan_offered(tx, programme, partnership, reader.id),
        reports=tx.reports.of(partnership.id) if partnership and ContextPart.REPORTS in parts else (),
        report_due_since=report_due_since(tx, programme, partnership, reader.today(now))
        if partnership and ContextPart.REPORT_DUE in parts
        else None,
        report_shares=tx.reports.shares(partnership.id) if partnership and ContextPart.REPORTS in parts else (),
        shared_report=_shared_report(tx, notification, partnership) if ContextPart.SHARED_REPORT in parts else None,
        oversight=load_oversight(tx, partnership, now) if partnership and ContextPart.OVERSIGHT in parts else None,
        invited_as=invited_as(tx, programme, reader, now) if ContextPart.INVITED in parts else (),
        needs=needs,
        needs_told=needs_told,
        effort=load_effort(tx, tx.roles.programmes_of(reader.id, ProgrammeRole.OWNER), reader.id, reader.today(now))
        if ContextPart.EFFORT in parts
        else {},
        digest=tx.oversight.digest_of(reader.id) if ContextPart.NEEDS in parts else DigestRhythm.WEEKLY,
        undelivered=tx.undelivered.reported_in(refs["report"]) if "report" in refs else (),
        round=tx.rounds.get(programme, cohort) if ContextPart.MATCHING_ROUND in parts else None,
        proposal_run=tx.proposal_runs.get(cohort.id) if ContextPart.MATCHING_ROUND in parts else None,
        partnerships=load_partnership_status(tx, programme, cohort, reader.id, now)
        if ContextPart.PARTNERSHIP_STATUS in parts
        else None,
    )


def _programme_about(tx: Transaction, notification: Notification) -> tuple[Programme, Cohort] | None:
    """The programme of the message. The weekly status begins with the first one that the reader owns."""
    owned = tx.roles.programmes_of(notification.recipient, ProgrammeRole.OWNER)
    if notification.kind is NotificationKind.WEEKLY_STATUS and owned:
        return tx.programme(owned[0])
    return programme_about(tx, notification.refs)


def _session(tx: Transaction, notification: Notification) -> SeenSession | None:
    session = tx.sessions.get(notification.refs["session"])
    return load_seen(tx, session, notification.recipient) if session else None


def _page_month(notification: Notification, programme: Programme, today: date) -> date:
    """The month of a page for sponsors; an owner who looks at it sees the next one, as it stands."""
    month = notification.refs.get("month")
    return date.fromisoformat(month) if month else next_page(programme, today)[1]


def _partnership(tx: Transaction, notification: Notification, meeting: Meeting | None) -> Partnership | None:
    if "partnership" in notification.refs:
        return tx.partnerships.get(notification.refs["partnership"])
    return tx.partnerships.get(meeting.partnership_id) if meeting else None


def _announcement(tx: Transaction, notification: Notification) -> AnnouncementContext | None:
    parts = KIND_RULES[notification.kind].context
    if ContextPart.ANNOUNCEMENT not in parts or not (found := tx.announcements.get(notification.refs["announcement"])):
        return None
    return load_announcement(tx, found, with_progress=ContextPart.ANNOUNCEMENT_PROGRESS in parts)


def _shared_report(tx: Transaction, notification: Notification, partnership: Partnership | None) -> SharedReport | None:
    number = notification.refs.get("number", "")
    if partnership is None or not number.isdigit():
        return None
    return tx.shared_reports.read_by(notification.recipient, partnership, int(number))


def _partnerships_of(tx: Transaction, person: str, programme: Programme, *, several: bool) -> tuple[Partnership, ...]:
    """Those of the person (Slack user id) in the programme. `several`: the workspace has other programmes too."""
    found = tx.partnerships.of(person)
    return tuple(each for each in found if not several or tx.cohorts.programme_of(each.cohort_id) == programme.id)


def _has_several(memberships: Iterable[Membership]) -> bool:
    """Whether they take part in several programmes, so that a message to them names its own."""
    return sum(each.takes_part for each in memberships) > 1


def _other_rounds(
    tx: Transaction, notification: Notification, programme: Programme, now: datetime
) -> tuple[RoundStatus, ...]:
    """For the weekly status, the rounds of the other programmes that the reader owns."""
    if notification.kind is not NotificationKind.WEEKLY_STATUS:
        return ()
    reader, absent = notification.recipient, tx.people.unavailable()
    owned = tx.roles.programmes_of(reader, ProgrammeRole.OWNER)
    return tuple(
        RoundStatus(
            as_read(tx, other),
            cohort,
            cohort_status(other, cohort, tx.applications.in_cohort(cohort.id), absent),
            load_partnership_status(tx, other, cohort, reader, now),
        )
        for other, cohort in tx.programmes.all()
        if other.id in owned and other.id != programme.id
    )


def _needs(tx: Transaction, owner: str, now: datetime) -> tuple[dict[str, tuple[Need, ...]], frozenset[str]]:
    """What needs the owner in each of their programmes, without what another message has just told them; and the
    programmes of which that leaves something out.
    """
    told = tx.outbox.sent_since(owner, now - LATELY_TOLD)
    owned = {id: tx.programme(id) for id in tx.roles.programmes_of(owner, ProgrammeRole.OWNER)}
    left = {id: without_told(load_needs(tx, *each, owner, now, weekly=True), told) for id, each in owned.items()}
    return left, frozenset(id for id, each in owned.items() if load_needs(tx, *each, owner, now) != left[id])


def _place(tx: Transaction, partnership: Partnership, reader: str) -> MeetingPlace | None:
    return tx.meeting_places.read_by(reader, partnership) if reader in partnership.people else None


def _items(tx: Transaction, partnership: Partnership, reader: str) -> tuple[ActionItem, ...]:
    return tuple(tx.items.read_by(reader, partnership)) if reader in partnership.people else ()


def _meetings_logged(tx: Transaction, partnership: Partnership) -> int:
    totals = tx.meetings.totals([partnership.id]).get(partnership.id)
    return totals.count if totals else 0


def _named(tx: Transaction, application: Application, reader: str) -> frozenset[tuple[FieldName, str]]:
    return tx.named.named_in(application) if application.person == reader else frozenset()


def _people(
    tx: Transaction, programme: Programme, notification: Notification, *pairs: Match | Partnership | None
) -> dict[str, Person]:
    """The recipients, the person that it is about, and the people in `pairs`, by Slack user id.

    The programme's contact is read with them, for `as_read`, and is not among them.
    """
    wanted = {
        notification.recipient,
        notification.second_recipient,
        notification.refs.get("person", ""),
        *(each for pair in pairs if pair for each in pair.people),
    }
    known = tx.people.get_many({*wanted, programme.contact})
    return {id: person for id, person in known.items() if id in wanted}


def _profiles(tx: Transaction, match: Match | None, partnership: Partnership | None) -> dict[str, Application]:
    """The applications of the two people, by Slack user id."""
    pair = match or partnership
    if pair is None:
        return {}
    sent = tx.applications.get_many((pair.mentee_application, pair.mentor_application))
    return {application.person: application for application in sent.values()}
