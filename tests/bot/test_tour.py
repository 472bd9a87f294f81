"""The demo's tour, step by step, with the real bot: done for somebody, and done by hand as the hints say."""

import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.app import BotApp
from bot.demo.cast import PEOPLE, play
from bot.demo.run import settings_for
from bot.demo.tour import tour
from bot.manifest import manifest
from bot.run import running
from mentoring.meetings.planned import PlannedState
from mentoring.partnerships.partnership import PartnershipState
from sandbox import Calendar, Hint, Sandbox, TourError, TourStep
from sandbox.lookup import message_text
from sandbox.workspace.change_listener import Change

KEYS = ("request", "volunteer", "match", "meet", "year", "report")
MANY = 40
"""More acts than any step takes by hand."""


@contextmanager
def demo(folder: Path, now: datetime) -> Iterator[tuple[Sandbox, BotApp, dict[str, TourStep]]]:
    """The demo once its scenario has been played, and the steps of its tour."""
    calendar = Calendar(now)
    slack = Sandbox(manifest(), PEOPLE, calendar=calendar, rate_limits=False)
    with slack, running(settings_for(slack, folder / "demo.db"), calendar=calendar.now, limits=None) as app:
        slack.timeline = app
        slack.wait_connected()
        play(slack)
        yield slack, app, {step.key: step for step in tour(slack, app)}


def shown(slack: Sandbox, step: TourStep) -> str:
    """The text of the message that shows the step's result."""
    landing = step.landing()
    (message,) = [one for one in slack.person(landing.person).inbox(landing.channel) if one["ts"] == landing.ts]
    return message_text(message)


def done(steps: dict[str, TourStep]) -> list[str]:
    return [key for key, step in steps.items() if step.is_done()]


def stop_after(slack: Sandbox, when: timedelta) -> Callable[[Change], None]:
    """Stops the calendar, as the page does, once so much of its way has passed; but once only."""
    at = slack.calendar.now() + when
    was_stopped = threading.Event()

    def stop() -> None:
        request = urllib.request.Request(f"{slack.url}/sandbox/calendar/stop", b"{}")
        urllib.request.urlopen(request, timeout=10).close()

    def heard(news: Change) -> None:
        if news.topic == "calendar" and slack.calendar.now() > at and not was_stopped.is_set():
            was_stopped.set()
            threading.Thread(target=stop).start()

    return heard


@pytest.mark.long
def test_all_of_it_is_done_for_somebody_on_whatever_day_and_twice_does_no_harm(tmp_path: Path) -> None:
    saturday_night = datetime(2027, 2, 27, 23, 30, tzinfo=UTC)
    with demo(tmp_path, saturday_night) as (slack, app, steps):
        assert tuple(steps) == KEYS
        for count, key in enumerate(("request", "volunteer", "match", "meet")):
            assert done(steps) == list(KEYS[:count])
            steps[key].do()
        assert "for a mentor has arrived" in shown(slack, steps["request"])
        assert "to be a mentor has arrived" in shown(slack, steps["volunteer"])
        assert "meet each other" in shown(slack, steps["match"])
        assert "logged a meeting with you" in shown(slack, steps["meet"])

        slack.workspace.changes.subscribe(stop_after(slack, timedelta(days=60)))
        with pytest.raises(TourError, match="The calendar was stopped"):
            steps["year"].do()
        assert done(steps) == list(KEYS[:4])
        steps["year"].do()
        assert done(steps) == list(KEYS[:5])
        assert timedelta(days=365) < slack.calendar.now() - saturday_night < timedelta(days=366)
        assert slack.timeline is app

        steps["report"].do()
        report = shown(slack, steps["report"])
        assert "*Before we begin*: 3 of 6 answered." in report
        assert "*Check-ins*: 6 of 6 answered. Average: 4." in report
        assert "*Closing survey*: 6 of 6 answered. Average: 4." in report

        for step in steps.values():
            step.do()
        assert done(steps) == done({step.key: step for step in tour(slack, app)}) == list(KEYS)
        assert [key for key, step in steps.items() if step.hint() is None] == ["match"]
        with app.storage.read(app.identity.workspace) as tx:
            pairs = {(one.mentee, one.mentor): one.state for one in tx.partnerships.all()}
            held = tx.meetings.of(one.id for one in tx.partnerships.of("U0IVO"))
            reports = [report for one in tx.partnerships.of("U0IVO") for report in tx.reports.of(one.id)]
            planned = tx.planned_meetings.of(one.id for one in tx.partnerships.of("U0ADA"))
            paused = [one.pause.by for one in tx.partnerships.of("U0BEN") if one.pause]
        assert len([each for each in planned if each.state is PlannedState.HELD]) > 3, "at Ada's regular time"
        assert paused == ["U0BEN"]
        assert [report.is_finished for report in reports] == [True]
        assert set(pairs.values()) == {PartnershipState.CLOSED}
        assert pairs.keys() >= {("U0IVO", "U0DORA"), ("U0BEN", "U0DORA")}
        assert len({meeting.met_on for meeting in held}) == len(held) > 5


def follow(slack: Sandbox, app: BotApp, hint: Hint) -> None:
    """Do what the hint says, and nothing else."""
    person = slack.person(hint.person)
    if hint.types:
        if person.view:
            person.close(everything=True)
        assert person.command(hint.types).ok
    elif hint.example:
        person.fill(hint.example)
        sent = person.submit()
        assert sent.closed, sent
    else:
        before = person.view
        assert person.click(hint.press).ok
        with slack.workspace.changed:
            slack.workspace.changed.wait_for(lambda: not before or person.view != before, 5)
    app.run_until_idle()


def test_by_hand_the_hints_lead_through_every_step(tmp_path: Path) -> None:
    monday = datetime(2027, 3, 1, 9, 30, tzinfo=UTC)
    with demo(tmp_path, monday) as (slack, app, steps):
        for key in ("request", "volunteer", "match", "meet"):
            for _ in range(MANY):
                hint = steps[key].hint()
                if steps[key].is_done() or hint is None:
                    break
                follow(slack, app, hint)
            assert steps[key].is_done(), hint
        assert not [person for person in ("U0IVO", "U0DORA") if slack.person(person).view]

        hint = steps["year"].hint()
        assert hint
        assert hint.press == "Play a year"


def test_where_the_round_takes_nobody_any_more_the_tour_says_so(tmp_path: Path) -> None:
    with demo(tmp_path, datetime(2027, 3, 1, 9, 30, tzinfo=UTC)) as (slack, _, steps):
        slack.calendar.move_to(slack.calendar.now() + timedelta(days=30))
        steps["request"].do()
        steps["volunteer"].do()
        with pytest.raises(TourError, match="no match for Ivo"):
            steps["match"].do()
        assert done(steps) == ["request", "volunteer"]
