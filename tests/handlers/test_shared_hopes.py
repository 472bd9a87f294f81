"""The mentor who is asked reads what the mentee hopes for, if the mentee's form said so or they have agreed since."""

from dataclasses import replace
from typing import Any

import pytest

from mentoring.core.outcome import Outcome
from messages import ids
from sandbox.lookup import message_text
from tests.handlers.acts import form
from tests.handlers.requests import answers, clicked, typed_command
from tests.handlers.starting_points import ADA, BEN, CHI, asked, later
from tests.handlers.support import Json, direct_messages, post, rows
from tests.journeys.story import Story
from tests.local_bot import OWNER, REQUEST, SECOND_OWNER, LocalBot

HOPES = "Only for the owners."
"""What applications say that were sent before the form named the mentor."""
APPLIES: Any = form(
    lambda town, user, _: typed_command(town, user, "request"), ids.APPLICATION_FORM, lambda _: dict(REQUEST)
)


@pytest.fixture
def town(two_owners: LocalBot) -> LocalBot:
    return two_owners


def shared(town: LocalBot) -> dict[str, int]:
    return {row["application_id"]: row["hopes_shared"] for row in rows(town)["application_private_answers"]}


def reads(town: LocalBot, person: str) -> str:
    return "\n".join(message_text(message) for message in direct_messages(town, person))


def status(town: LocalBot) -> str:
    """What Ada reads after /mentor status, with its buttons."""
    _, body = post(town, typed_command(town, ADA, "status"))
    return str(body)


def agrees(town: LocalBot, person: str = ADA) -> str:
    (said,) = answers(town, clicked(town, person, ids.SHARE_HOPES, f"mentee-{ADA}"))
    return said


def test_who_sends_the_form_that_says_so_shares_it(town: LocalBot) -> None:
    sent = APPLIES(town, ADA, "")
    said = str(sent["view"]["blocks"])
    assert "A mentor we suggest to you sees this too." in said
    answers(town, sent)
    assert list(shared(town).values()) == [1]
    assert ids.SHARE_HOPES not in status(town)


def test_an_older_application_keeps_its_line_until_its_author_agrees_in_one_press(town: LocalBot) -> None:
    asked(town, ADA, BEN)
    assert HOPES not in reads(town, BEN)
    assert ids.SHARE_HOPES in status(town)
    assert "reads what you hope for before they answer" in agrees(town)
    assert shared(town) == {f"mentee-{ADA}": 1, f"mentor-{BEN}": 0}


def test_once_it_is_shared_the_mentor_reads_it_until_they_have_answered(town: LocalBot) -> None:
    asked_after_agreeing(town)
    assert HOPES in reads(town, BEN)
    assert HOPES not in reads(town, ADA), "the mentee reads nothing that the mentor wrote for the owners"
    Story(town).accepts(BEN)
    assert HOPES not in reads(town, BEN)


def asked_after_agreeing(town: LocalBot) -> None:
    match_id = asked(town, ADA, BEN)
    agrees(town)
    answers(town, clicked(town, OWNER, ids.RECALL_OFFER, match_id))
    story = Story(town)
    story.proposes(OWNER)
    for owner in (OWNER, SECOND_OWNER):
        story.approves_all(owner)
    story.releases(OWNER)
    later(town, minutes=1)


def test_a_form_that_was_open_before_the_form_said_so_keeps_the_line_that_was_read(town: LocalBot) -> None:
    sent: Json = APPLIES(town, ADA, "")
    meta = sent["view"]["private_metadata"]
    assert '"shares_hopes":true' in meta
    sent["view"]["private_metadata"] = meta.replace(',"shares_hopes":true', "")
    answers(town, sent)
    assert list(shared(town).values()) == [0]


def test_nobody_else_agrees_for_the_author_nor_after_they_withdrew(town: LocalBot) -> None:
    asked(town, ADA, BEN)
    for person in (BEN, CHI, OWNER):
        assert "before they answer" not in agrees(town, person)
    assert shared(town)[f"mentee-{ADA}"] == 0
    answers(town, clicked(town, ADA, ids.WITHDRAW, f"mentee-{ADA}"))
    assert "already withdrawn" in agrees(town)
    assert shared(town)[f"mentee-{ADA}"] == 0


def test_a_person_who_is_in_the_match_no_more_reads_nothing(town: LocalBot) -> None:
    match_id = asked(town, ADA, BEN)
    agrees(town)
    with town.storage.begin(town.slack.team_id) as tx:
        match = tx.matches.get(match_id)
        assert match is not None
        assert tx.offered_hopes.read_by(BEN, match) == HOPES
        assert tx.offered_hopes.read_by(ADA, match) == ""
        assert tx.offered_hopes.read_by(OWNER, match) == ""
        tx.save(Outcome((replace(match, version=match.version + 1),)))
    answers(town, clicked(town, BEN, ids.DECLINE_MATCH, match_id))
    with town.database() as tx:
        over = tx.matches.get(match_id)
        assert over is not None
        assert tx.offered_hopes.read_by(BEN, over) == ""
