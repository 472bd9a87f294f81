"""The guided tour of the demo: from an application to the owner's report, a year later."""

import threading
from importlib import import_module

from bot.app import BotApp
from bot.demo.guide import DORA, IVO, NORA, DemoState, Guide
from mentoring.applications.application import Role
from mentoring.core.outcome import NotificationKind
from sandbox import Sandbox, TourStep


def tour(sandbox: Sandbox, app: BotApp) -> tuple[TourStep, ...]:
    """The six steps, in this workspace and with this bot."""
    # The optimiser takes seconds to import: load it before proposals are asked for.
    threading.Thread(
        target=import_module, args=("mentoring.matching.optimiser.assignment",), name="loading", daemon=True
    ).start()
    guide, state = Guide(sandbox, app), DemoState(sandbox, app)
    return (
        TourStep(
            "request",
            "Request",
            "Ivo is new here and would like a mentor. Ivo types /mentor request and fills in a short form.",
            "Ivo has applied for a mentor. This is the reply.",
            IVO,
            do=lambda: guide.apply(IVO, "request"),
            is_done=lambda: state.has_applied(IVO, Role.MENTEE),
            hint=lambda: guide.to_apply(IVO, "request"),
            landing=lambda: state.newest_of(IVO, NotificationKind.APPLICATION_RECEIVED),
        ),
        TourStep(
            "volunteer",
            "Volunteer",
            "Dora has worked here for years and has time for two mentees. Dora applies with /mentor volunteer.",
            "Dora has applied as a mentor. This is the reply.",
            DORA,
            do=lambda: guide.apply(DORA, "volunteer"),
            is_done=lambda: state.has_applied(DORA, Role.MENTOR),
            hint=lambda: guide.to_apply(DORA, "volunteer"),
            landing=lambda: state.newest_of(DORA, NotificationKind.APPLICATION_RECEIVED),
        ),
        TourStep(
            "match",
            "Match",
            "Nora and Idris run the programme. They type /mentor match, read why each match is proposed, and approve. "
            "Then both people are asked.",
            "Both have accepted, and the bot has introduced them in a group message.",
            NORA,
            do=guide.match,
            is_done=lambda: state.introduction() is not None,
            hint=guide.to_match,
            landing=lambda: state.introduction() or state.newest(IVO),
            needs=("request", "volunteer"),
        ),
        TourStep(
            "meet",
            "Meet",
            "Ivo and the mentor go for a walk. Ivo logs it with /mentor log: the day, how long it was, and notes for "
            "the two of them.",
            "The meeting is logged, and the mentor gets this message. Only the two of them are shown the notes.",
            IVO,
            do=guide.meet,
            is_done=state.has_met,
            hint=guide.to_meet,
            landing=lambda: state.newest_of(state.partner(), NotificationKind.MEETING_LOGGED),
            needs=("match",),
        ),
        TourStep(
            "year",
            "A year passes",
            "The calendar at the top plays a year. People get reminders to meet, a check-in part-way through, and a "
            "closing survey. Pause stops it.",
            "A year has passed. Scroll up to read Ivo’s messages.",
            IVO,
            do=guide.play_year,
            is_done=state.is_a_year_on,
            hint=guide.to_play_year,
            landing=lambda: state.newest(IVO),
            needs=("meet",),
        ),
        TourStep(
            "report",
            "The report",
            "How did it go? Nora types /mentor status to see where the round stands: numbers, and averages without "
            "names.",
            "This is Nora’s report: numbers and averages. “Read what people say” has the comments, without names.",
            NORA,
            do=guide.report,
            is_done=lambda: state.late_report() is not None,
            hint=guide.to_report,
            landing=lambda: state.late_report() or state.newest(NORA),
            needs=("year",),
        ),
    )
