"""users.*, team.info, team.profile.get and bots.info."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient

from sandbox import Member, ProfileField, Sandbox
from tests.sandbox.support import ADA, BOB, PEOPLE, client_of, manifest, refused


def test_a_user_has_the_time_zone_and_names_of_the_member(client: WebClient) -> None:
    user = client.users_info(user=BOB)["user"]
    assert (user["name"], user["real_name"], user["tz"], user["tz_offset"]) == (
        "bob",
        "Bob Harris",
        "Asia/Tokyo",
        32400,
    )
    assert client.users_info(user=ADA)["user"]["profile"]["display_name"] == "Ada"


def test_email_addresses_need_their_scope(client: WebClient) -> None:
    assert client.users_info(user=ADA)["user"]["profile"]["email"] == "ada@example.com"
    with Sandbox(manifest(scopes=["users:read"]), PEOPLE) as shy:
        assert "email" not in client_of(shy).users_info(user=ADA)["user"]["profile"]


def test_guests_bots_strangers_and_the_deactivated_can_be_told_apart(sandbox: Sandbox, client: WebClient) -> None:
    guest = client.users_info(user="U0CY")["user"]
    assert (guest["is_restricted"], guest["is_ultra_restricted"]) == (True, False)
    assert client.users_info(user="U0ROBOT")["user"]["is_bot"] is True
    assert client.users_info(user="U0GONE")["user"]["deleted"] is True
    stranger = client.users_info(user="U0FAR")["user"]
    assert (stranger["team_id"], stranger["is_stranger"]) == ("T0ELSEWHERE", True)
    assert "email" not in stranger["profile"]
    sandbox.add_channel("shared", [ADA, "U0FAR"], with_bot=True)
    assert client.users_info(user="U0FAR")["user"]["is_stranger"] is False


def test_an_unknown_user_is_not_found(client: WebClient) -> None:
    with refused("user_not_found"):
        client.users_info(user="U0NOBODY")


def test_listing_goes_page_by_page_and_leaves_strangers_out(sandbox: Sandbox, client: WebClient) -> None:
    pages = [[user["id"] for user in page["members"]] for page in client.users_list(limit=2)]
    assert [len(page) for page in pages] == [2, 2, 2]
    assert [user for page in pages for user in page] == [sandbox.bot_user_id, ADA, BOB, "U0CY", "U0GONE", "U0ROBOT"]


def test_email_addresses_in_the_list_need_their_scope(client: WebClient) -> None:
    listed = {user["id"]: user["profile"].get("email") for user in client.users_list(limit=200)["members"]}
    assert (listed[ADA], listed[BOB], listed["U0CY"], listed["U0ROBOT"]) == (
        "ada@example.com",
        "bob@example.com",
        None,
        None,
    )
    with Sandbox(manifest(scopes=["users:read"]), PEOPLE) as shy:
        listed = {user["id"]: user["profile"].get("email") for user in client_of(shy).users_list()["members"]}
        assert set(listed.values()) == {None}
        with refused("missing_scope"):
            client_of(shy).users_lookupByEmail(email="ada@example.com")


def test_a_page_of_the_list_has_a_thousand_at_most(client: WebClient) -> None:
    crowd = [Member(f"U1{number:04}", f"u{number}", f"No {number}") for number in range(1500)]
    with Sandbox(manifest(), crowd) as large:
        pages = [len(page["members"]) for page in client_of(large).users_list(limit=1000)]
        assert pages == [1000, 501]
        with refused("invalid_limit"):
            client_of(large).users_list(limit=1001)


def test_active_people_are_found_by_email(client: WebClient) -> None:
    assert client.users_lookupByEmail(email="Ada@Example.com")["user"]["id"] == ADA
    for address in ("nobody@example.com", "gone@example.com", "far@example.org"):
        with refused("users_not_found"):
            client.users_lookupByEmail(email=address)


def test_changes_of_members_are_visible_at_once(sandbox: Sandbox, client: WebClient) -> None:
    sandbox.change_member(ADA, time_zone="America/New_York", deactivated=False, title="Engineer")
    user = client.users_info(user=ADA)["user"]
    assert (user["tz"], user["profile"]["title"]) == ("America/New_York", "Engineer")


def test_auth_test_identifies_the_app(sandbox: Sandbox, client: WebClient) -> None:
    me = client.auth_test()
    assert (me["user_id"], me["team_id"], me["user"]) == (sandbox.bot_user_id, sandbox.team_id, "handy_app")
    bot = client.bots_info(bot=me["bot_id"])["bot"]
    assert (bot["user_id"], bot["app_id"]) == (sandbox.bot_user_id, sandbox.app_id)
    assert client.team_info()["team"]["id"] == sandbox.team_id
    with refused("bot_not_found"):
        client.bots_info(bot="B0NOBODY")
    with refused("team_not_found"):
        client.team_info(team="T0NOWHERE")


FIELDS = (
    ProfileField("Xf0TEAM", "Team", "options_list", "Where you work", ("Archives", "Maps")),
    ProfileField("Xf0CHIEF", "Reports to", "user"),
    ProfileField("Xf0BADGE", "Badge", is_hidden=True),
)


@pytest.fixture
def fielded() -> Iterator[WebClient]:
    people = [Member(ADA, "ada", "Ada Lovelace", fields={"Xf0TEAM": "Maps", "Xf0CHIEF": BOB, "Xf0BADGE": ""})]
    with Sandbox(manifest(scopes=["users:read", "users.profile:read"]), people, profile_fields=FIELDS) as slack:
        yield client_of(slack)


def test_the_fields_of_profiles_are_defined_for_the_workspace(fielded: WebClient) -> None:
    team, chief, badge = fielded.team_profile_get()["profile"]["fields"]
    assert (team["id"], team["label"], team["type"], team["hint"]) == (
        "Xf0TEAM",
        "Team",
        "options_list",
        "Where you work",
    )
    assert (team["possible_values"], chief["possible_values"]) == (["Archives", "Maps"], None)
    assert [each["ordering"] for each in (team, chief, badge)] == [0, 1, 2]
    shown = {
        how: [each["id"] for each in fielded.team_profile_get(visibility=how)["profile"]["fields"]]
        for how in ("visible", "hidden")
    }
    assert shown == {"visible": ["Xf0TEAM", "Xf0CHIEF"], "hidden": ["Xf0BADGE"]}
    with refused("invalid_arguments"):
        fielded.team_profile_get(visibility="some")


def test_a_profile_has_the_values_of_its_fields_and_their_labels_on_request(fielded: WebClient) -> None:
    profile = fielded.users_profile_get(user=ADA)["profile"]
    assert profile["real_name"] == "Ada Lovelace"
    assert profile["fields"] == {"Xf0TEAM": {"value": "Maps", "alt": ""}, "Xf0CHIEF": {"value": BOB, "alt": ""}}
    labelled = fielded.users_profile_get(user=ADA, include_labels=True)["profile"]["fields"]
    assert {id: each["label"] for id, each in labelled.items()} == {"Xf0TEAM": "Team", "Xf0CHIEF": "Reports to"}
    assert fielded.users_info(user=ADA)["user"]["profile"]["fields"] is None
    with refused("user_not_found"):
        fielded.users_profile_get(user="U0NOBODY")


def test_the_fields_of_profiles_need_their_scope(client: WebClient) -> None:
    with refused("missing_scope"):
        client.team_profile_get()
    with refused("missing_scope"):
        client.users_profile_get(user=ADA)
