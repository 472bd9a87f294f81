"""Two partners write, change and sign an agreement, as people do it in Slack."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from mentoring.core.outcome import Outcome
from messages import ids
from tests.handlers.requests import clicked
from tests.handlers.starting_points import ADA, BEN, introduced
from tests.handlers.support import Json, post, rows
from tests.journeys.story import Story
from tests.local_bot import LocalBot
from tests.one_programme import programme_and_cohort

MEETINGS: Mapping[str, Any] = {"purpose": "To find my way.", "rhythm": "second-week", "ways": ["video"]}
EXPECTATIONS: Mapping[str, Any] = {"until": "2027-08-25", "review_on": "2027-03-01", "off_limits": "My old team."}
"""Partners are introduced on 23 November 2026, for half a year at least and a year at most."""


def switch(town: LocalBot, *, on: bool = True) -> None:
    """The programme has agreements, or not."""
    with town.storage.begin(town.slack.team_id) as tx:
        programme, _ = programme_and_cohort(tx)
        tx.save(Outcome((replace(programme, has_agreements=on, version=programme.version + 1),)))


def with_agreements(town: LocalBot) -> str:
    """Ada and Ben have just been introduced, in a programme with agreements; the partnership's id."""
    switch(town)
    return introduced(town, ADA, BEN)


def opens(town: LocalBot, user: str, partnership: str, action: str = ids.OPEN_AGREEMENT) -> Json:
    """The agreement or its form, opened by a button under a message."""
    Story(town).leaves(user)
    post(town, clicked(town, user, action, partnership))
    town.settle()
    view = town.person(user).view
    assert view is not None
    return view


def fills(
    town: LocalBot, user: str, meetings: Mapping[str, Any] = MEETINGS, expectations: Mapping[str, Any] = EXPECTATIONS
) -> None:
    """The two steps with fields, of the form that is open."""
    for says in (meetings, expectations):
        town.person(user).fill(dict(says))
        assert not town.person(user).submit().errors
        town.settle()


def writes(
    town: LocalBot,
    user: str,
    partnership: str,
    meetings: Mapping[str, Any] = MEETINGS,
    expectations: Mapping[str, Any] = EXPECTATIONS,
) -> None:
    """Write the first version, or change the newest, and sign it."""
    view = opens(town, user, partnership)
    if view["callback_id"] == ids.AGREEMENT_VIEW:
        town.person(user).click(ids.CHANGE_AGREEMENT)
        town.settle()
    fills(town, user, meetings, expectations)
    town.person(user).click(ids.SIGN_DRAFT)
    town.settle()
    Story(town).leaves(user)


def signs(town: LocalBot, user: str, partnership: str) -> None:
    opens(town, user, partnership)
    town.person(user).click(ids.SIGN_AGREEMENT)
    town.settle()
    Story(town).leaves(user)


def typed_in(town: LocalBot) -> str:
    """Ada has filled in the form of an agreement, and has only to sign; the value of the button."""
    partnership = with_agreements(town)
    opens(town, ADA, partnership)
    fills(town, ADA)
    Story(town).leaves(ADA)
    return f"{partnership}:0"


def drafted(town: LocalBot) -> str:
    """Ada has written one and Ben reads it; the value of the button to sign it."""
    partnership = with_agreements(town)
    writes(town, ADA, partnership)
    return f"{partnership}:1"


def in_force(town: LocalBot) -> str:
    """Both have signed; the partnership's id."""
    partnership, _, _ = drafted(town).partition(":")
    signs(town, BEN, partnership)
    return partnership


def both_typed(town: LocalBot) -> str:
    """Both have filled in a change of what they had signed, each a form of their own; the value of both buttons."""
    partnership = in_force(town)
    for person, minutes in ((ADA, "30"), (BEN, "90")):
        opens(town, person, partnership, ids.CHANGE_AGREEMENT)
        fills(town, person, {"minutes": minutes}, {})
        Story(town).leaves(person)
    return f"{partnership}:2"


def versions(town: LocalBot) -> list[tuple[int, str, str]]:
    """Number, author, and who signed it too, of each version."""
    return sorted(
        (row["number"], row["written_by"], row["countersigned_by"]) for row in rows(town)["agreement_versions"]
    )
