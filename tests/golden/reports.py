"""What two partners read of their progress report, its forms, and what somebody reads with whom they share it."""

from dataclasses import replace
from datetime import date
from typing import Any

from mentoring.applications.application import Role
from mentoring.core.outcome import NotificationKind
from mentoring.core.programmes import Programme
from mentoring.home.own_partnership import OwnPartnership
from mentoring.partnerships.judgement import PartnershipJobContext
from mentoring.partnerships.partnership import Partnership
from mentoring.reports.own_report import OwnReport
from mentoring.reports.page import ReportWords
from mentoring.reports.report import ProgressReport, ReportContext
from mentoring.reports.sharing import ReportShare
from messages import partnerships
from messages.command_words import Topic
from messages.notifications import render_afterwards
from messages.reports.forms import learnt_form, page_form, share_form, values_of_page
from messages.reports.view import view
from messages.topics import Asker, reply_about
from tests.golden.making import Piece, said, shown, told
from tests.messages.examples import (
    ADA,
    BEN,
    CLEO,
    CUSTOM,
    ENDED,
    FIRST,
    ITEMS,
    LATER,
    NAMES,
    NOTES,
    OWEN,
    PARTNERSHIP,
    PLAIN,
    member,
)
from tests.messages.reports import (
    AGREED,
    ASKED,
    BEGUN,
    FINISHED,
    FINISHED_WORDS,
    GOALS,
    HALF_FINISHED,
    SENT_REPORT,
    WORDS,
)

WITH, OWN_WORDS = replace(PLAIN, has_reports=True), replace(CUSTOM, has_reports=True)
PEOPLE = {person: replace(member(person), display_name=NAMES[person]) for person in (ADA, BEN, CLEO)}
TODAY = date(2027, 8, 15)
NEW = ProgressReport("P1", PARTNERSHIP.id, 1, PARTNERSHIP.started_on, version=0)


def _context(
    report: ProgressReport = NEW,
    words: ReportWords | None = None,
    programme: Programme = WITH,
    goals: Any = GOALS,
) -> ReportContext:
    written = {words.report_id: words} if words else {}
    reports = (report,) if report.version else ()
    return ReportContext(PARTNERSHIP, programme, "P1", (FIRST,), goals, None, reports, written, ITEMS)


def _view(
    report: ProgressReport = NEW,
    words: ReportWords | None = None,
    by: str = ADA,
    shares: tuple[ReportShare, ...] = (),
    programme: Programme = WITH,
    *,
    can_write: bool = True,
    goals: Any = GOALS,
) -> Piece:
    context = _context(report, words, programme, goals)
    return shown(lambda: view(context, report, shares, by=by, today=TODAY, can_write=can_write, people=PEOPLE))


def _page_form(words: ReportWords | None = None, programme: Programme = WITH, **more: Any) -> Piece:
    context = _context(BEGUN if words else NEW, words, programme)
    typed = {"next_steps-1": "Something else", "goal_line-G1": "Nearly"} if more else {}
    values = {**values_of_page(context, BEGUN if words else NEW), **typed}
    return shown(lambda: page_form(context, BEGUN if words else NEW, values, by=ADA, **more))


def _told(kind: NotificationKind, reader: str, programme: Programme = WITH, **more: Any) -> Piece:
    about = {"number": "1", "attempt": "1"}
    return told(kind, reader, programme, LATER, about, **{"partnership": PARTNERSHIP, "people": PEOPLE, **more})


def _asks(kind: NotificationKind, programme: Programme = WITH, **more: Any) -> Piece:
    job = PartnershipJobContext(PARTNERSHIP, member(ADA), programme, (FIRST.met_on,))
    return told(kind, ADA, programme, LATER, partnership=PARTNERSHIP, job=job, people=PEOPLE, **more)


def _own(own: OwnReport, by: str = ADA, partnership: Partnership = PARTNERSHIP, programme: Programme = WITH) -> Piece:
    return shown(
        lambda: partnerships.view(
            [OwnPartnership(partnership, ((FIRST, NOTES),), report=own)],
            by=by,
            programme=programme,
            today=LATER,
            people=PEOPLE,
        )
    )


ONE_SHOWS = replace(WORDS, shows_titles=frozenset({Role.MENTOR}))
BOTH_SHOW = replace(WORDS, shows_titles=frozenset(Role))

REPORTS = {
    "report-titles-wanted-by-one": _view(BEGUN, ONE_SHOWS),
    "report-titles-wanted-by-reader": _view(BEGUN, ONE_SHOWS, BEN),
    "report-with-titles": _view(BEGUN, BOTH_SHOW),
    "report-new": _view(),
    "report-new-without-goals": _view(goals=()),
    "report-written-own-words": _view(BEGUN, WORDS, BEN, programme=OWN_WORDS),
    "report-waits-for-me": _view(HALF_FINISHED, WORDS),
    "report-waits-for-the-other": _view(HALF_FINISHED, WORDS, BEN),
    "report-finished": _view(FINISHED, FINISHED_WORDS),
    "report-finished-and-over": _view(FINISHED, FINISHED_WORDS, can_write=False),
    "report-asked-to-share": _view(FINISHED, FINISHED_WORDS, BEN, (ASKED,)),
    "report-i-asked-to-share": _view(FINISHED, FINISHED_WORDS, ADA, (ASKED,)),
    "report-both-share": _view(FINISHED, FINISHED_WORDS, ADA, (AGREED,)),
    "report-shared": _view(FINISHED, FINISHED_WORDS, ADA, (replace(AGREED, is_sent=True),)),
    "report-form-learnt": shown(lambda: learnt_form(_context(), NEW, {}, by=ADA)),
    "report-form-learnt-restored": shown(
        lambda: learnt_form(_context(), NEW, {"learnt": "Half a thought"}, by=BEN, restored=True)
    ),
    "report-form-page": _page_form(),
    "report-form-page-written": _page_form(WORDS, OWN_WORDS),
    "report-form-page-restored": _page_form(WORDS, restored=True),
    "report-form-page-changed-meanwhile": _page_form(WORDS, changed=True),
    "report-form-share": shown(lambda: share_form(_context(FINISHED, FINISHED_WORDS), FINISHED, {}, by=ADA)),
    "notification-report-waits": _told(NotificationKind.REPORT_WAITS, ADA, reports=(HALF_FINISHED,)),
    "notification-report-asked-to-share": _told(
        NotificationKind.REPORT_WAITS, BEN, reports=(FINISHED,), report_shares=(ASKED,)
    ),
    "notification-report-shared": _told(NotificationKind.REPORT_SHARED, CLEO, shared_report=SENT_REPORT),
    "notification-report-shared-own-words": _told(
        NotificationKind.REPORT_SHARED, OWEN, OWN_WORDS, shared_report=SENT_REPORT
    ),
    "afterwards-report-shared": _told(NotificationKind.REPORT_SHARED, CLEO, render=render_afterwards),
    "notification-check-in-with-report": _asks(NotificationKind.CHECK_IN),
    "afterwards-check-in-with-report": _asks(NotificationKind.CHECK_IN, answered=True, render=render_afterwards),
    "notification-survey-with-report-own-words": _asks(NotificationKind.SURVEY, OWN_WORDS),
    "partnerships-report-not-begun": _own(OwnReport()),
    "partnerships-report-waits": _own(OwnReport((HALF_FINISHED,))),
    "partnerships-report-waits-for-the-other": _own(OwnReport((HALF_FINISHED,)), BEN),
    "partnerships-report-to-share": _own(OwnReport((FINISHED,), (ASKED,)), BEN, programme=OWN_WORDS),
    "topic-concern-with-reports": said(
        lambda: reply_about(Topic.CONCERN, Asker(ADA, WITH, partnerships=(PARTNERSHIP,)))
    ),
    "partnerships-report-over": _own(OwnReport((FINISHED,)), partnership=ENDED),
}
