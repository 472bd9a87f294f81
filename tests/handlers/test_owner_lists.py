"""`/mentor people` and `/mentor partnerships`: owners find everybody, and nobody else does."""

from typing import Any

import pytest

from messages import ids
from sandbox.blocks import visible_texts
from tests.handlers.requests import answers, clicked, typed_command
from tests.handlers.starting_points import ADA, BEN, CHI, DEE, applied, introduced, later, proposed
from tests.handlers.support import Json, owner_ends, post, rows
from tests.journeys.story import Story
from tests.local_bot import OWNER, SECOND_OWNER, LocalBot

CROWD = [f"U0CROWD{number:02}" for number in range(25)]


def opened(town: LocalBot, command: str, view: str) -> Json:
    return Story(town).opens(OWNER, lambda person: person.command(command), view)


def people(town: LocalBot) -> Json:
    return opened(town, "/mentor people", ids.PEOPLE_VIEW)


def listed(town: LocalBot) -> list[str]:
    """The applications that can be viewed from the open list."""
    return [
        block["accessory"]["value"]
        for block in (town.person(OWNER).view or {})["blocks"]
        if block.get("accessory", {}).get("action_id") == ids.OPEN_APPLICATION
    ]


def words(view: Json | None) -> str:
    return "\n".join(visible_texts((view or {})["blocks"]))


def chooses(town: LocalBot, action: str, value: Any) -> None:
    town.person(OWNER).choose(action, value)
    town.settle()


def presses(town: LocalBot, label: str) -> None:
    town.person(OWNER).click(label)
    town.settle()


def test_an_owner_finds_everybody_page_by_page_and_by_name(town: LocalBot) -> None:
    applied(town, CROWD, [BEN])
    people(town)
    assert len(listed(town)) == 20
    assert listed(town)[0] == f"mentor-{BEN}"
    presses(town, "Next page")
    assert listed(town) == [f"mentee-{each}" for each in CROWD[19:]]
    presses(town, "Previous page")
    assert listed(town)[0] == f"mentor-{BEN}"
    presses(town, "Search")
    assert town.person(OWNER).await_view(ids.PEOPLE_SEARCH_FORM)
    town.person(OWNER).fill({"name": "crowd2"})
    assert town.person(OWNER).submit().closed
    town.settle()
    assert listed(town) == [f"mentee-{each}" for each in CROWD[20:]]
    chooses(town, ids.PEOPLE_FILTER, "left")
    assert "No one matches your search: name “crowd2”" in words(town.person(OWNER).view)
    presses(town, "Clear search")
    assert "No one is in this list" in words(town.person(OWNER).view)


def test_the_filters_follow_what_becomes_of_people(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    applied(town, [CHI])
    later(town, days=25)
    people(town)
    for chosen, found in (
        ("unmatched", [f"mentee-{CHI}"]),
        ("matched", [f"mentee-{ADA}", f"mentor-{BEN}"]),
        ("quiet", [f"mentee-{ADA}", f"mentor-{BEN}"]),
        ("paused", []),
        ("everyone", [f"mentee-{ADA}", f"mentor-{BEN}", f"mentee-{CHI}"]),
    ):
        chooses(town, ids.PEOPLE_FILTER, chosen)
        assert listed(town) == found, chosen
    assert "No meeting logged in 25 days" in words(town.person(OWNER).view)


def test_every_look_at_somebody_elses_application_is_recorded_in_the_same_moment(town: LocalBot) -> None:
    applied(town, [ADA, OWNER])
    people(town)
    for application in (f"mentee-{ADA}", f"mentee-{OWNER}"):
        post(town, clicked(town, OWNER, ids.OPEN_APPLICATION, application))
        town.settle()
    (row,) = rows(town)["owner_record"]
    assert (row["action"], row["by"], row["person"], row["role"]) == ("viewed", OWNER, ADA, "mentee")
    post(town, clicked(town, BEN, ids.OPEN_APPLICATION, f"mentee-{ADA}"))
    assert len(rows(town)["owner_record"]) == 1, "a look that was refused is none"


def test_an_old_button_of_the_list_of_applications_still_opens_it(town: LocalBot) -> None:
    applied(town, [ADA])
    post(town, clicked(town, OWNER, "open-all-applications", "2"))
    town.settle()
    assert f"<@{ADA}>" in words(town.person(OWNER).await_view(ids.PEOPLE_VIEW))


def test_partnerships_show_meetings_and_the_next_step_and_can_be_ended_in_place(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    introduced(town, CHI, DEE)
    later(town, days=2)
    story = Story(town)
    story.opens(ADA, lambda person: person.command("/mentor log"), ids.MEETING_FORM)
    story.sends(ADA, {"met_on": "2026-11-24", "minutes": "45", "way": "walking"})
    opened(town, "/mentor partnerships", ids.ALL_PARTNERSHIPS_VIEW)
    shown = words(town.person(OWNER).view)
    assert "1 meeting logged, the last on 24 November 2026." in shown
    assert "Next: the second meeting, expected by" in shown
    assert "No meeting logged yet." in shown
    presses(town, "Search")
    town.person(OWNER).await_view(ids.PARTNERSHIPS_SEARCH_FORM)
    town.person(OWNER).fill({"name": "chen"})
    assert town.person(OWNER).submit().closed
    town.settle()
    assert f"<@{ADA}>" not in words(town.person(OWNER).view)
    owner_ends(town, OWNER, CHI)
    assert "It has ended." in words(town.person(OWNER).view)
    town.person(OWNER).close()
    assert "No partnership matches the name “chen”" in words(town.person(OWNER).view)
    chooses(town, ids.PARTNERSHIPS_FILTER, "over")
    assert "Ended early." in words(town.person(OWNER).view)


@pytest.mark.parametrize("command", ["people", "applicants"])
def test_others_are_told_kindly_that_people_is_for_owners_or_see_their_own(town: LocalBot, command: str) -> None:
    applied(town, [ADA])
    (said,) = answers(town, typed_command(town, ADA, command))
    assert "Only programme owners can do this" in said if command == "people" else "Your application" in said
    assert not [view for view in town.person(ADA).views if view["callback_id"] == ids.PEOPLE_VIEW]


def test_a_participant_sees_their_own_partnerships(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    answers(town, typed_command(town, ADA, "partnerships"))
    assert f"With <@{BEN}>" in words(town.person(ADA).await_view(ids.PARTNERSHIPS_VIEW))


def test_owners_read_what_owners_did_and_nobody_else_does(two_owners: LocalBot) -> None:
    town = two_owners
    match = proposed(town)
    for owner, action, value in (
        (OWNER, ids.OPEN_APPLICATION, f"mentee-{ADA}"),
        (SECOND_OWNER, ids.APPROVE, match),
        *[(OWNER, ids.OPEN_APPLICATION, f"mentor-{BEN}")] * 30,
    ):
        post(town, clicked(town, owner, action, value))
        town.settle()
    Story(town).leaves(OWNER)
    people(town)
    presses(town, "What owners did")
    assert words(town.person(OWNER).await_view(ids.OWNER_RECORD_VIEW)).count("Application viewed") == 25
    presses(town, "Next page")
    last = words(town.person(OWNER).view)
    assert last.count("Application viewed") == 6
    assert f"Application viewed: <@{ADA}>, mentee, by you on" in last
    assert f"Approved: <@{ADA}> and <@{BEN}>, by <@{SECOND_OWNER}> on" in last
    (said,) = answers(town, clicked(town, ADA, ids.OPEN_OWNER_RECORD))
    assert "Only programme owners can do this" in said
