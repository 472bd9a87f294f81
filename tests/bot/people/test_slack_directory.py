"""Finding people in Slack by address or id, a few or very many, and when Slack is slow, busy or refuses."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from bot.manifest import manifest
from bot.people.slack_directory import FEW, TRIES, SlackDirectory
from bot.slack import SlackAuthFailed, SlackUnreachable
from mentoring.core.people import AccountStatus, Person
from sandbox import Member, Sandbox
from tests.sandbox.support import client_of
from tests.usage import watched

MANY = 1200
CROWD = tuple(Member(f"U1{n:04}", f"u{n}", f"No {n}", email=f"u{n}@club.example") for n in range(MANY))
OTHERS = (
    Member("U0ADA", "ada", "Ada Adams", email="Ada@Club.Example"),
    Member("U0GUEST", "gil", "Gil Guest", email="gil@club.example", is_guest=True),
    Member("U0GONE", "gus", "Gus Gone", email="gus@club.example", deactivated=True),
    Member("U0OLD", "old", "Ada Old", email="again@club.example", deactivated=True),
    Member("U0AGAIN", "again", "Ada Again", email="again@club.example"),
    Member("U0FAR", "far", "Fay Far", email="far@elsewhere.example", team_id="T0ELSEWHERE"),
)
EVERYBODY = 1 + len(OTHERS) - 1 + MANY
"""In the list: the bot too, and nobody of another workspace."""


@dataclass
class Waited:
    """What was waited for, without waiting."""

    pauses: list[float] = field(default_factory=list)

    def __call__(self, pause: timedelta) -> None:
        self.pauses.append(pause.total_seconds())


@pytest.fixture
def waited() -> Waited:
    return Waited()


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    sandbox = Sandbox(manifest(), (*OTHERS, *CROWD), rate_limits=False)
    with sandbox, watched(sandbox):
        yield sandbox


@pytest.fixture
def find(slack: Sandbox, waited: Waited) -> Callable[[Collection[str]], dict[str, Person]]:
    directory = SlackDirectory(client_of(slack), slack.team_id, wait=waited)
    return lambda handles: directory.find(handles, lambda read, of: None)


Find = Callable[[Collection[str]], dict[str, Person]]


def many() -> set[str]:
    return {f"u{n}@club.example" for n in range(FEW + 1)}


def methods(slack: Sandbox) -> list[str]:
    return [call.method for call in slack.calls]


def test_a_few_are_asked_about_one_by_one(slack: Sandbox, find: Find) -> None:
    found = find({"ada@club.example", "U0GUEST", "nobody@club.example", "U0NOBODY"})
    assert {handle: (one.id, one.account_status) for handle, one in found.items()} == {
        "ada@club.example": ("U0ADA", AccountStatus.MEMBER),
        "U0GUEST": ("U0GUEST", AccountStatus.GUEST),
    }
    assert sorted(methods(slack)) == ["users.info"] * 2 + ["users.lookupByEmail"] * 2


def test_many_are_looked_for_in_the_list_page_by_page(slack: Sandbox, find: Find) -> None:
    wanted = many() | {"ada@club.example", "U0GUEST", "gus@club.example", "nobody@club.example", f"U1{MANY - 1:04}"}
    found = find(wanted)
    assert set(found) == wanted - {"nobody@club.example"}
    assert (found["U0GUEST"].account_status, found["gus@club.example"].account_status) == (
        AccountStatus.GUEST,
        AccountStatus.DEACTIVATED,
    )
    assert [call.args["limit"] for call in slack.calls] == ["1000", "1000"]


def test_it_reads_no_further_than_it_must(slack: Sandbox, find: Find) -> None:
    assert len(find(many())) == FEW + 1
    assert methods(slack) == ["users.list"]


def test_of_two_accounts_with_one_address_the_open_one_is_meant(find: Find) -> None:
    assert find({*many(), "again@club.example"})["again@club.example"].id == "U0AGAIN"
    assert find({"again@club.example"})["again@club.example"].id == "U0AGAIN"


def test_it_waits_as_long_as_slack_says(slack: Sandbox, find: Find, waited: Waited) -> None:
    slack.faults.fail("users.list", retry_after=7)
    slack.faults.fail("users.lookupByEmail", retry_after=3)
    assert len(find(many())) == FEW + 1
    assert set(find({"ada@club.example"})) == {"ada@club.example"}
    assert waited.pauses == [7, 3]


def test_a_page_that_is_too_much_for_slack_is_asked_for_in_smaller_ones(slack: Sandbox, find: Find) -> None:
    slack.faults.fail("users.list", "limit_required")
    assert len(find(many())) == FEW + 1
    assert [call.args["limit"] for call in slack.calls] == ["1000", "200"]


def test_what_passes_is_tried_again_and_what_does_not_is_said(slack: Sandbox, find: Find, waited: Waited) -> None:
    slack.faults.fail("users.lookupByEmail", "internal_error", times=TRIES - 1)
    assert set(find({"ada@club.example"})) == {"ada@club.example"}
    assert len(waited.pauses) == TRIES - 1
    slack.faults.fail("users.lookupByEmail", status=503, times=TRIES)
    with pytest.raises(SlackUnreachable, match="does not answer"):
        find({"ada@club.example"})
    slack.faults.fail("users.list", "invalid_cursor", times=2)
    with pytest.raises(SlackUnreachable, match="invalid_cursor"):
        find(many())


def test_a_refusal_is_one_sentence_without_the_address(waited: Waited) -> None:
    made = manifest()
    made["oauth_config"]["scopes"]["bot"].remove("users:read.email")
    with Sandbox(made, OTHERS) as slack:
        directory = SlackDirectory(client_of(slack), slack.team_id, wait=waited)
        with pytest.raises(SlackAuthFailed) as refused:
            directory.find({"ada@club.example"}, lambda read, of: None)
    (sentence,) = refused.value.args
    assert "missing_scope" in sentence
    assert "ada" not in sentence


def test_it_tells_how_far_it_is(slack: Sandbox, waited: Waited) -> None:
    told: list[tuple[int, int | None]] = []
    directory = SlackDirectory(client_of(slack), slack.team_id, wait=waited)
    directory.find({"ada@club.example", "U0GUEST"}, lambda read, of: told.append((read, of)))
    assert told == [(0, 2), (1, 2), (2, 2)]
    told.clear()
    directory.find({*many(), f"U1{MANY - 1:04}"}, lambda read, of: told.append((read, of)))
    assert told == [(0, None), (1000, None), (EVERYBODY, None)]
