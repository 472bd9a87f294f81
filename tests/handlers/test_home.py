"""Home: opened, kept up to date for who looks at it, and pressed."""

from pathlib import Path
from typing import Any

import pytest

from mentoring.core.roles import ProgrammeRole, RoleTaken
from messages.ids import (
    APPLICATION_FORM,
    LEAVE_FORM,
    LOG_MEETING,
    MEETING_FORM,
    OPEN_ALL_PARTNERSHIPS,
    OPEN_LEAVE,
    OPEN_PARTNERSHIPS,
    OPEN_PEOPLE,
    OPEN_REQUEST,
    OPEN_REVIEW,
    OPEN_SETUP,
    OPEN_STATUS,
    OPEN_VOLUNTEER,
    PARTNERSHIPS_VIEW,
    PEOPLE_VIEW,
    REPLY_VIEW,
    REVIEW_VIEW,
    SENTENCE_VIEW,
    SETUP_FORM,
    TICK_ITEM,
    WITHDRAW,
)
from sandbox.actions import writing
from sandbox.lookup import message_text
from tests.handlers.starting_points import partners
from tests.handlers.support import rows
from tests.local_bot import OWNER, REQUEST, LocalBot
from tests.local_bot import local_bot as open_town


def opens_home(town: LocalBot, user: str) -> dict[str, Any]:
    """What they see who open Home."""
    town.person(user).open_home()
    town.settle()
    return home_of(town, user)


def home_of(town: LocalBot, user: str) -> dict[str, Any]:
    home = town.person(user).home
    assert home is not None
    return home


def published(town: LocalBot) -> int:
    return sum(call.method == "views.publish" for call in town.slack.calls)


def words(view: dict[str, Any]) -> str:
    return message_text({"blocks": view["blocks"]})


def test_who_opens_home_sees_what_they_can_do(town: LocalBot) -> None:
    town.knows("U0ADA")
    home = opens_home(town, "U0ADA")
    assert "How it works" in words(home)
    assert published(town) == 1


def test_the_other_tab_publishes_nothing(town: LocalBot) -> None:
    writing.open_home(town.person("U0ADA")._context, "U0ADA", "messages")
    town.settle()
    assert town.person("U0ADA").home is None
    assert rows(town)["homes"] == []


def test_a_change_is_shown_to_who_looks_and_costs_nothing_for_others(town: LocalBot) -> None:
    opens_home(town, "U0ADA")
    before = published(town)
    town.apply("U0BEN", "/mentor request", REQUEST)
    assert published(town) == before
    town.apply("U0ADA", "/mentor request", REQUEST)
    assert "Your application for a mentor" in words(home_of(town, "U0ADA"))
    assert published(town) > before


def test_an_owner_who_looks_sees_that_the_settings_have_changed(town: LocalBot) -> None:
    opens_home(town, "U0ADA")
    owner = town.person(OWNER)
    owner.command("/mentor setup")
    owner.click(f"{OPEN_SETUP}")
    owner.await_view(SETUP_FORM)
    owner.fill({"name": "Harbour mentoring"})
    assert owner.submit().closed
    town.settle()
    assert "Harbour mentoring" in words(home_of(town, "U0ADA"))


def test_a_partner_who_looks_sees_a_meeting_that_the_other_has_logged(town: LocalBot) -> None:
    partners(town)
    opens_home(town, "U0ADA")
    ben = town.person("U0BEN")
    ben.command("/mentor log")
    ben.await_view(MEETING_FORM)
    ben.fill({"met_on": "2026-11-23", "minutes": "45", "way": "video"})
    ben.fill({"actions_theirs": "Read a chapter"})
    assert ben.submit().closed
    town.settle()
    assert "1 meeting logged" in words(home_of(town, "U0ADA"))
    assert "Read a chapter" in words(home_of(town, "U0ADA"))


def test_an_action_item_is_ticked_at_home(town: LocalBot) -> None:
    test_a_partner_who_looks_sees_a_meeting_that_the_other_has_logged(town)
    ada = town.person("U0ADA")
    assert ada.click(TICK_ITEM).ok
    town.settle()
    assert "Read a chapter" not in words(home_of(town, "U0ADA"))


def test_an_owner_never_sees_notes_or_action_items_of_others(town: LocalBot) -> None:
    opens_home(town, OWNER)
    test_a_partner_who_looks_sees_a_meeting_that_the_other_has_logged(town)
    assert "Read a chapter" not in str(home_of(town, OWNER))
    assert "Read a chapter" not in str(opens_home(town, "U0CHI"))


@pytest.mark.parametrize(
    ("pressed", "opens"),
    [(OPEN_REQUEST, APPLICATION_FORM), (OPEN_VOLUNTEER, APPLICATION_FORM)],
)
def test_a_newcomer_presses_what_is_at_home(town: LocalBot, pressed: str, opens: str) -> None:
    opens_home(town, "U0ADA")
    assert town.person("U0ADA").click(pressed).ok
    assert town.person("U0ADA").await_view(opens)


@pytest.mark.parametrize(
    ("pressed", "opens"),
    [
        (OPEN_PEOPLE, PEOPLE_VIEW),
        (OPEN_ALL_PARTNERSHIPS, "all-partnerships-view"),
        (OPEN_REVIEW, REVIEW_VIEW),
        (OPEN_SETUP, REPLY_VIEW),
        (OPEN_STATUS, REPLY_VIEW),
    ],
)
def test_an_owner_presses_what_is_at_home(town: LocalBot, pressed: str, opens: str) -> None:
    opens_home(town, OWNER)
    assert town.person(OWNER).click(pressed).ok
    assert town.person(OWNER).await_view(opens)


def test_the_settings_open_above_home_and_their_forms_above_them(town: LocalBot) -> None:
    opens_home(town, OWNER)
    owner = town.person(OWNER)
    owner.click(OPEN_SETUP)
    owner.await_view(REPLY_VIEW)
    assert owner.click("Change").ok
    assert owner.await_view(SETUP_FORM)


@pytest.mark.parametrize(
    ("pressed", "opens"),
    [
        (LOG_MEETING, MEETING_FORM),
        (OPEN_PARTNERSHIPS, PARTNERSHIPS_VIEW),
        (OPEN_LEAVE, LEAVE_FORM),
        (OPEN_STATUS, REPLY_VIEW),
    ],
)
def test_a_partner_presses_what_is_at_home(town: LocalBot, pressed: str, opens: str) -> None:
    partners(town)
    opens_home(town, "U0ADA")
    assert town.person("U0ADA").click(pressed).ok
    assert town.person("U0ADA").await_view(opens)


def test_an_application_is_read_and_withdrawn_above_home(town: LocalBot) -> None:
    town.apply("U0ADA", "/mentor request", REQUEST)
    opens_home(town, "U0ADA")
    ada = town.person("U0ADA")
    ada.click(OPEN_STATUS)
    shown = ada.await_view(REPLY_VIEW)
    assert shown["title"]["text"] == "Your application"
    assert REQUEST["hopes"] in words(shown)
    assert ada.click(WITHDRAW).ok
    town.settle()
    assert "Home shows how things stand now." in words(ada.await_view(REPLY_VIEW))
    assert "You withdrew your application" in words(home_of(town, "U0ADA"))


def test_a_refusal_opens_as_a_sentence(town: LocalBot) -> None:
    opens_home(town, OWNER)
    owner = town.person(OWNER)
    with town.storage.begin_unlocked(town.slack.team_id) as tx:  # the Home that they see is not published again
        programme, _ = tx.programmes.all()[0]
        tx.roles.take(RoleTaken(programme.id, ProgrammeRole.OWNER, OWNER))
    assert owner.click(OPEN_REVIEW).ok
    assert "Only programme owners can do this" in words(owner.await_view(SENTENCE_VIEW))


def test_without_a_programme_home_says_who_can_start_one(tmp_path: Path) -> None:
    with open_town(tmp_path, owners=()) as town:
        assert "There is no mentoring programme" in words(opens_home(town, "U0ADA"))


def test_an_erased_person_has_no_home(town: LocalBot) -> None:
    opens_home(town, "U0ADA")
    with town.storage.begin(town.slack.team_id) as tx:
        tx.erasure.erase("U0ADA", town.slack.calendar.now())
    assert rows(town)["homes"] == []
