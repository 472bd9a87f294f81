"""Two partners write, finish and share a progress report, as people do it in Slack."""

from dataclasses import replace
from typing import Any

from mentoring.core.outcome import Outcome
from messages import ids
from tests.handlers.requests import clicked
from tests.handlers.starting_points import ADA, BEN, logged
from tests.handlers.support import Json, post, rows
from tests.journeys.story import Story
from tests.local_bot import OWNER, LocalBot
from tests.one_programme import programme_and_cohort


def switch(town: LocalBot, *, on: bool = True) -> None:
    """The programme has progress reports, or not."""
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        tx.save(Outcome((replace(programme, has_reports=on, version=programme.version + 1),)))


def with_report(town: LocalBot) -> str:
    """Ada and Ben have logged a meeting, in a programme with progress reports; the partnership's id."""
    switch(town)
    logged(town)
    Story(town).leaves(ADA)
    return str(rows(town)["partnerships"][0]["id"])


def opens(town: LocalBot, user: str, value: str, action: str = ids.OPEN_REPORT) -> Json:
    """The report, opened by a button under a message."""
    Story(town).leaves(user)
    post(town, clicked(town, user, action, value))
    town.settle()
    view = town.person(user).view
    assert view is not None
    return view


def presses(town: LocalBot, user: str, action: str) -> None:
    """A button in the view that is open."""
    town.person(user).click(action)
    town.settle()


def writes(town: LocalBot, user: str, partnership: str, action: str, says: dict[str, Any]) -> None:
    """One of the two forms of the report, opened in it."""
    opens(town, user, partnership)
    presses(town, user, action)
    town.person(user).fill(says)
    assert not town.person(user).submit().errors
    town.settle()


def finishes(town: LocalBot, user: str, partnership: str) -> None:
    opens(town, user, partnership)
    presses(town, user, ids.FINISH_REPORT)
    Story(town).leaves(user)


def finished(town: LocalBot) -> str:
    """Both have finished a report; what a button about it says."""
    partnership = with_report(town)
    writes(town, ADA, partnership, ids.WRITE_LEARNT, {"learnt": "That I can ask."})
    writes(town, BEN, partnership, ids.WRITE_REPORT, {"next_steps-1": "Give a talk"})
    finishes(town, ADA, partnership)
    finishes(town, BEN, partnership)
    return f"{partnership}:1"


def asks_to_share(town: LocalBot, user: str, about: str, reader: str) -> None:
    opens(town, user, about)
    presses(town, user, ids.SHARE_REPORT)
    town.person(user).fill({"person": reader})
    assert not town.person(user).submit().errors
    town.settle()
    Story(town).leaves(user)


def shares(town: LocalBot) -> list[tuple[str, bool, bool]]:
    """Each reader, and whether the mentee and the mentor have agreed."""
    return sorted(
        (row["reader"], row["mentee_agreed_at"] is not None, row["mentor_agreed_at"] is not None)
        for row in rows(town)["report_shares"]
    )


def standing(town: LocalBot) -> list[tuple[int, bool, bool, bool]]:
    """Each report: its number, and whether the mentee, the mentor and both have finished it."""
    return sorted(
        (
            row["number"],
            row["mentee_finished_at"] is not None,
            row["mentor_finished_at"] is not None,
            row["ended_on"] is not None,
        )
        for row in rows(town)["reports"]
    )


def half_finished(town: LocalBot) -> str:
    """Ada has finished the report and Ben has not; the partnership's id."""
    partnership = with_report(town)
    finishes(town, ADA, partnership)
    return partnership


def asked_to_share(town: LocalBot) -> str:
    """Ada would like to share a finished report with an owner; what the button to agree says."""
    about = finished(town)
    asks_to_share(town, ADA, about, OWNER)
    return f"{about}:{OWNER}"
