"""The guided tour of the demo: from somebody who would like a mentor to the owner's report, a year later."""

import threading
from importlib import import_module

from bot.app import BotApp
from bot.demo.guide import DORA, IVO, NORA, DemoState, Guide
from mentoring.applications.application import Role
from sandbox import Sandbox, TourStep


def tour(sandbox: Sandbox, app: BotApp) -> tuple[TourStep, ...]:
    """The six steps, in this workspace and with this bot."""
    # What matching rests on takes seconds to load: it is there by the time somebody asks for proposals.
    threading.Thread(
        target=import_module, args=("mentoring.matching.optimiser.assignment",), name="loading", daemon=True
    ).start()
    guide, progress = Guide(sandbox, app), DemoState(sandbox, app)
    return (
        TourStep(
            "request",
            "Request",
            "Ivo is new here and would like a mentor. In Slack he types /mentor request, and fills in a short form.",
            "Ivo has asked for a mentor. This is what he gets to read.",
            IVO,
            do=lambda: guide.apply(IVO, "request"),
            is_done=lambda: progress.has_sent(IVO, Role.MENTEE),
            hint=lambda: guide.to_apply(IVO, "request"),
            landing=lambda: progress.newest(IVO, "has arrived"),
        ),
        TourStep(
            "volunteer",
            "Volunteer",
            "Dora has worked here for years, and has time for two people. She says so with /mentor volunteer.",
            "Dora has offered two places, and reads what happens next.",
            DORA,
            do=lambda: guide.apply(DORA, "volunteer"),
            is_done=lambda: progress.has_sent(DORA, Role.MENTOR),
            hint=lambda: guide.to_apply(DORA, "volunteer"),
            landing=lambda: progress.newest(DORA, "has arrived"),
        ),
        TourStep(
            "match",
            "Match",
            "Nora and Idris look after the programme. /mentor match shows them proposals with reasons, and both "
            "approve. Then the people themselves are asked.",
            "Both said yes, and the bot has introduced them to each other.",
            NORA,
            do=guide.match,
            is_done=lambda: progress.introduction() is not None,
            hint=guide.to_match,
            landing=lambda: progress.introduction() or progress.newest(IVO),
            needs=("request", "volunteer"),
        ),
        TourStep(
            "meet",
            "Meet",
            "The two go for a walk. Ivo notes it with /mentor log: the day and how long, and a line for the two of "
            "them alone.",
            "The meeting is logged, and his mentor hears so in one line. What they said stays between the two.",
            IVO,
            do=guide.meet,
            is_done=progress.has_met,
            hint=guide.to_meet,
            landing=lambda: progress.newest(progress.partner(), "logged a meeting with you"),
            needs=("match",),
        ),
        TourStep(
            "year",
            "A year passes",
            "Time goes by: a nudge where nobody has met, a question half-way, thanks at the end. The calendar at the "
            "top shows how far it is, and Pause stops it.",
            "A year has passed. Scroll up to read what Ivo heard in it.",
            IVO,
            do=guide.live_a_year,
            is_done=progress.is_a_year_on,
            hint=guide.to_live_a_year,
            landing=lambda: progress.newest(IVO),
            needs=("meet",),
        ),
        TourStep(
            "report",
            "The report",
            "What has come of it? Nora types /mentor status, and reads how the round stands: counts, and averages "
            "without names.",
            "This is Nora’s report. Who said what cannot be told from it.",
            NORA,
            do=guide.report,
            is_done=lambda: progress.late_report() is not None,
            hint=guide.to_report,
            landing=lambda: progress.late_report() or progress.newest(NORA),
            needs=("year",),
        ),
    )
