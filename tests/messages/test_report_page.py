"""The longest progress report fits into a modal and a message."""

from dataclasses import replace

from mentoring.applications.application import Role
from mentoring.core.outcome import NotificationKind
from mentoring.goals.goal import MOST_GOALS, MOST_LINE, MOST_SHORT, GoalRecord, GoalState
from mentoring.reports.page import ReportWish, ReportWords, build_page
from mentoring.reports.report import MOST_NEXT, ReportContext
from mentoring.reports.sharing import MOST_SHARES, SharedReport
from messages.payloads import check_view
from messages.reports.forms import page_form, values_of_page
from messages.reports.view import view
from tests.messages.contexts import context_of, told
from tests.messages.examples import ADA, PARTNERSHIP, PLAIN
from tests.messages.reports import AGREED, ASKED, BEGAN, BEGUN, FINISHED, LEAD, UNTIL

WIDE = "&<*_🙂"
STATES = (GoalState.REACHED, GoalState.BEGUN, GoalState.LET_GO)
GOALS = tuple(
    GoalRecord(
        replace(
            LEAD,
            id=f"G{number}",
            words=(WIDE * 40)[:MOST_LINE],
            state=STATES[number % len(STATES)],
            added_on=BEGAN,
        )
    )
    for number in range(MOST_GOALS)
)
WORDS = ReportWords(
    "P1",
    PARTNERSHIP.id,
    learnt=dict.fromkeys(Role, (WIDE * 100)[:MOST_SHORT]),
    lines={each.goal.id: (WIDE * 40)[:MOST_LINE] for each in GOALS},
    next_steps=((WIDE * 40)[:MOST_LINE],) * MOST_NEXT,
    wishes=tuple(ReportWish),
)
PAGE = build_page(BEGAN, UNTIL, WORDS, meetings=[], items=[], goals=GOALS, rhythm=None)
WITH = replace(PLAIN, has_reports=True)


def test_it_fits_into_a_modal_with_all_its_readers_and_its_form() -> None:
    earlier = tuple(replace(FINISHED, id=f"E{number}", number=number) for number in range(2, 30))
    words = {"P1": replace(WORDS, page=PAGE)}
    context = ReportContext(PARTNERSHIP, WITH, "P9", (), GOALS, None, (FINISHED, *earlier), words)
    shares = [replace(ASKED if number % 2 else AGREED, reader=f"U0READ{number}") for number in range(MOST_SHARES)]
    check_view(view(context, FINISHED, shares, by=ADA, today=UNTIL, can_write=True))
    written = replace(context, reports=(BEGUN,), words={"P1": WORDS})
    changed = {**values_of_page(written, BEGUN), "goal_line-G1": "Another line"}
    check_view(page_form(written, BEGUN, changed, by=ADA, restored=True, changed=True))


def test_it_fits_into_the_message_to_its_reader() -> None:
    kind = NotificationKind.REPORT_SHARED
    message = told(kind, context_of(kind, shared_report=SharedReport(AGREED, PAGE)))
    assert len(message.blocks) <= 40
    message.payload()
