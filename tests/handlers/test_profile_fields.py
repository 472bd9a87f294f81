"""An administrator maps fields of Slack profiles, and forms are filled in with what they say."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from mentoring.core.outcome import Outcome
from mentoring.core.people import AccountStatus, StaffRecord
from messages import ids
from sandbox import ProfileField
from sandbox.blocks import visible_texts
from services.people import erase_person
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, BOSS, CHI, DEE
from tests.handlers.support import Json, rows
from tests.handlers.test_several_programmes import applies, start
from tests.journeys.story import Story
from tests.local_bot import OWNER, REQUEST, SECOND_OWNER, LocalBot, typed
from tests.local_bot import local_bot as open_town

TEAM, CHIEF, SINCE = "Xf0TEAM", "Xf0CHIEF", "Xf0SINCE"
FIELDS = (
    ProfileField(TEAM, "Team"),
    ProfileField(CHIEF, "Reports to", "user"),
    ProfileField(SINCE, "Here since", "date"),
    ProfileField("Xf0SITE", "Website", "link"),
    ProfileField("Xf0OLD", "Old team", is_hidden=True),
)
ALL = {"department": TEAM, "manager": CHIEF, "started_on": SINCE}
SAID = {TEAM: "Archives", CHIEF: BOSS, SINCE: "2020-01-07"}
FROM_PROFILE = StaffRecord(
    ADA, "Archives", manager=BOSS, started_on=date(2020, 1, 7), from_profile=("department", "manager", "started_on")
)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    """A programme with departments, in a workspace whose profiles have fields. Ada has filled hers in."""
    with open_town(tmp_path, owners=(OWNER, SECOND_OWNER)) as town:
        town.settle()
        town.slack.workspace.profile_fields = FIELDS
        town.slack.change_member(ADA, fields=SAID)
        town.knows(BOSS)
        with town.storage.begin(town.slack.team_id) as tx:
            ((programme, _),) = tx.programmes.all()
            changed = replace(programme, departments=("Archives", "Maps"), version=programme.version + 1)
            tx.save(Outcome((changed,)))
        yield town


def opens(town: LocalBot, user: str = OWNER) -> Json:
    person = town.person(user)
    person.command("/mentor programmes")
    person.click(ids.OPEN_PROFILE_FIELDS)
    return person.await_view(ids.PROFILE_FIELDS_FORM)


def words(view: Mapping[str, Any]) -> str:
    return "\n".join(visible_texts(view["blocks"]))


def maps(town: LocalBot, chosen: Mapping[str, Any] = ALL, user: str = OWNER) -> str:
    """What is shown once the form is saved."""
    opens(town, user)
    town.person(user).fill({"department": None, "manager": None, "started_on": None, **chosen})
    sent = town.person(user).submit()
    assert not sent.errors, sent
    said = words(town.person(user).await_view(ids.SENTENCE_VIEW))
    town.settle()
    Story(town).leaves(user)
    return said


def refused(town: LocalBot, user: str = OWNER) -> str:
    """The sentence in place of the form."""
    person = town.person(user)
    person.command("/mentor programmes")
    person.click(ids.OPEN_PROFILE_FIELDS)
    said = words(person.await_view(ids.SENTENCE_VIEW))
    Story(town).leaves(user)
    return said


def record(town: LocalBot, person: str = ADA) -> StaffRecord | None:
    with town.database() as tx:
        return tx.staff.get(person)


def asked(town: LocalBot) -> list[str]:
    """Of whom Slack was asked what the fields of their profile say."""
    return [call.args["user"] for call in town.slack.calls if call.method == "users.profile.get"]


def test_the_fields_are_mapped_once_and_fill_in_the_form_of_a_new_person(town: LocalBot) -> None:
    form = opens(town)
    offered = {
        block["block_id"]: [option["value"] for option in block["element"]["options"]]
        for block in form["blocks"]
        if block["type"] == "input"
    }
    assert offered == {"department": [TEAM], "manager": [CHIEF], "started_on": [SINCE], "languages": [TEAM]}
    Story(town).leaves(OWNER)
    assert "Saved. We read the fields" in maps(town)
    assert {(row["fact"], row["field"], row["mapped_by"]) for row in rows(town)["profile_fields"]} == {
        (fact, field, OWNER) for fact, field in (*ALL.items(), ("languages", ""))
    }
    town.person(ADA).command("/mentor volunteer")
    town.person(ADA).await_view(ids.APPLICATION_FORM)
    filled = typed(town.person(ADA))
    assert (filled["department"], filled["manager"], filled["started_on"]) == ("Archives", BOSS, "2020-01-07")
    assert record(town) == FROM_PROFILE
    again = opens(town, SECOND_OWNER)
    assert f"Last saved by <@{OWNER}> on " in json.dumps(again)
    assert typed(town.person(SECOND_OWNER)) == ALL


def test_the_languages_of_a_profile_fill_in_the_form_until_the_person_says_others(town: LocalBot) -> None:
    town.slack.workspace.profile_fields = (*FIELDS, ProfileField("Xf0SPEAKS", "I speak"))
    town.slack.change_member(ADA, fields={**SAID, "Xf0SPEAKS": "Deutsch, French and Klingon"})
    maps(town, {**ALL, "languages": "Xf0SPEAKS"})
    town.person(ADA).command("/mentor request")
    town.person(ADA).await_view(ids.APPLICATION_FORM)
    assert sorted(typed(town.person(ADA))["languages"]) == ["de", "fr"]
    found = record(town)
    assert found
    assert found.languages == "German, French"
    Story(town).leaves(ADA)
    maps(town, {**ALL, "languages": None})
    assert record(town) == FROM_PROFILE


def test_without_a_mapping_slack_is_not_asked(town: LocalBot) -> None:
    town.knows(ADA)
    town.changes(ADA, display_name="A. A.")
    assert (asked(town), record(town)) == ([], None)
    maps(town)
    maps(town, {})
    town.knows(DEE)
    assert (asked(town), record(town, DEE)) == ([], None)


def test_a_changed_field_counts_and_a_cleared_one_removes_what_it_said(town: LocalBot) -> None:
    town.knows(ADA)
    maps(town)
    town.changes(ADA, title="Curator", fields={**SAID, TEAM: "Maps"})
    assert record(town) == replace(FROM_PROFILE, department="Maps")
    town.changes(ADA, title="Editor", fields={TEAM: "Nowhere", SINCE: "2020-01-07"})
    assert record(town) == StaffRecord(ADA, started_on=date(2020, 1, 7), from_profile=("started_on",))


def test_the_organisations_list_counts_more(town: LocalBot) -> None:
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome((StaffRecord(ADA, "Maps", "A", BEN),)))
    maps(town)
    town.knows(ADA)
    listed = StaffRecord(ADA, "Maps", "A", BEN, date(2020, 1, 7), ("started_on",))
    assert record(town) == listed
    town.changes(ADA, title="Guide", fields={})
    assert record(town) == replace(listed, started_on=None, from_profile=())


def test_what_a_person_typed_elsewhere_counts_more_than_their_profile(town: LocalBot) -> None:
    start(town, "Chemistry", OWNER)
    says = {**REQUEST, "department": "Maps", "manager": CHI}
    applies(town, ADA, "/mentor request", "Mentoring programme", says)
    maps(town)
    town.changes(ADA, display_name="A. A.")
    assert record(town) == FROM_PROFILE
    person = town.person(ADA)
    with town.database() as tx:
        (first,) = (each for each, _ in tx.programmes.all() if each.name != "Chemistry")
    person.command(f"/mentor volunteer {first.name}")
    person.await_view(ids.APPLICATION_FORM)
    filled = typed(person)
    assert (filled["department"], filled["manager"], filled["started_on"]) == ("Maps", CHI, "2020-01-07")


def test_what_is_no_longer_mapped_is_deleted(town: LocalBot) -> None:
    maps(town)
    town.knows(ADA)
    maps(town, {"manager": CHIEF}, SECOND_OWNER)
    assert record(town) == StaffRecord(ADA, manager=BOSS, from_profile=("manager",))
    assert "have deleted what we read before" in maps(town, {})
    assert record(town) == StaffRecord(ADA)


def test_slack_that_does_not_tell_the_fields_stops_nothing_else(town: LocalBot) -> None:
    maps(town)
    town.slack.faults.fail("users.profile.get", "missing_scope", times=None)
    town.knows(ADA, BEN)
    with town.database() as tx:
        found = [tx.people.get(each).account_status for each in (ADA, BEN)]
    assert found == [AccountStatus.MEMBER] * 2
    assert record(town) is None


def test_an_app_that_may_not_read_profiles_says_what_to_do_each_time(town: LocalBot) -> None:
    town.slack.faults.fail("team.profile.get", "missing_scope", times=1)
    for _ in range(2):  # for the second, Slack is not asked
        assert "Ask the app admin to install it again with the new manifest." in refused(town)
    assert rows(town)["profile_fields"] == []


def test_slack_that_fails_and_a_workspace_without_such_fields_are_said(town: LocalBot) -> None:
    town.slack.faults.fail("team.profile.get", times=1)
    assert "Slack didn’t tell us which profile fields there are. Nothing has changed." in refused(town)
    town.slack.workspace.profile_fields = FIELDS[3:]
    assert "No field fits." in refused(town)
    town.slack.workspace.profile_fields = FIELDS[1:2]
    form = words(opens(town))
    assert "Department: no profile field here is a text or a choice." in form
    assert "Start date: no profile field here is a date." in form


def test_a_form_that_is_out_of_date_changes_nothing_and_keeps_what_was_chosen(town: LocalBot) -> None:
    opens(town)
    town.person(OWNER).fill({"department": TEAM})
    maps(town, {"manager": CHIEF}, SECOND_OWNER)
    assert town.person(OWNER).submit().errors
    assert {row["fact"]: row["field"] for row in rows(town)["profile_fields"]} == {
        "department": "",
        "manager": CHIEF,
        "started_on": "",
        "languages": "",
    }
    Story(town).leaves(OWNER)
    assert "We saved what you typed last time." in words(opens(town))
    assert typed(town.person(OWNER)) == {"department": TEAM}
    assert not town.person(OWNER).submit().errors


def test_only_administrators_see_the_form(town: LocalBot) -> None:
    (said,) = answers(town, clicked(town, ADA, ids.OPEN_PROFILE_FIELDS))
    assert "dministrators" in said
    assert [call for call in town.slack.calls if call.method == "team.profile.get"] == []


def test_an_erased_person_leaves_nothing_behind_and_is_not_read_again(town: LocalBot) -> None:
    maps(town)
    town.knows(ADA)
    erase_person(town.storage, town.slack.team_id, ADA, now=town.slack.calendar.now())
    erase_person(town.storage, town.slack.team_id, OWNER, now=town.slack.calendar.now())
    town.changes(ADA, title="Curator", fields={**SAID, TEAM: "Maps"})
    assert rows(town)["staff"] == []
    assert {row["mapped_by"] for row in rows(town)["profile_fields"]} == {""}


def test_an_erased_manager_is_not_recorded_again(town: LocalBot) -> None:
    maps(town)
    town.knows(ADA)
    erase_person(town.storage, town.slack.team_id, BOSS, now=town.slack.calendar.now())
    town.changes(ADA, title="Curator", fields={**SAID, TEAM: "Maps"})
    found = record(town)
    assert found
    assert (found.department, found.manager) == ("Maps", "")
