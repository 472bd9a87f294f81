"""The communication plan: owners look at it, change it, approve what goes out, and stop it."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mentoring.announcements.announcement import Announcement, AnnouncementKind, AnnouncementState, usual_id
from messages import ids
from sandbox.blocks import visible_texts
from sandbox.person import Person
from tests.local_bot import OWNER, LocalBot
from tests.local_bot import local_bot as open_town
from tests.one_programme import programme_and_cohort

ADA, BEN, CHI = "U0ADA", "U0BEN", "U0CHI"


@pytest.fixture
def town(tmp_path: Path) -> Iterator[LocalBot]:
    """A Monday morning: applications are open until 21 December."""
    with open_town(tmp_path) as opened, opened.slack.calendar.paused():
        opened.slack.timeline = opened.bot
        opened.settle()
        yield opened


def said(person: Person) -> str:
    return "\n".join(visible_texts((person.view or {})["blocks"]))


def entry_id(town: LocalBot, kind: AnnouncementKind) -> str:
    with town.database() as tx:
        return usual_id(programme_and_cohort(tx)[1].id, kind)


def entry(town: LocalBot, kind: AnnouncementKind) -> Announcement:
    id = entry_id(town, kind)
    with town.database() as tx:
        found = tx.announcements.get(id)
    assert found is not None
    return found


def opens(town: LocalBot, user: str = OWNER) -> Person:
    owner = town.person(user)
    owner.command("/mentor announcements")
    owner.await_view(ids.ANNOUNCEMENTS_VIEW)
    return owner


def press(town: LocalBot, owner: Person, action_id: str, kind: AnnouncementKind) -> None:
    """Press the button of the entry in the open plan."""
    id, view = entry_id(town, kind), owner.view
    assert view is not None
    found = [
        (block["block_id"], element["value"])
        for block in view["blocks"]
        for element in block.get("elements", ())
        if element.get("action_id") == action_id and element["value"].split("@")[0].split(":")[0] == id
    ]
    assert found, (action_id, kind)
    assert owner.click(f"{found[0][0]}/{action_id}").ok
    town.settle()


def changes(town: LocalBot, owner: Person, kind: AnnouncementKind, **values: Any) -> Any:
    press(town, owner, ids.CHANGE_ANNOUNCEMENT, kind)
    owner.await_view(ids.ANNOUNCEMENT_FORM)
    owner.fill(values)
    sent = owner.submit()
    town.settle()
    return sent


def posts(town: LocalBot, channel: str, reader: str = ADA) -> list[str]:
    return [each["text"] for each in town.person(reader).inbox(channel)]


def at(town: LocalBot, moment: str) -> None:
    town.slack.run_until(datetime.fromisoformat(moment).replace(tzinfo=UTC))
    town.settle()


def test_a_call_is_posted_once_after_an_owner_approved_it_and_its_buttons_work(town: LocalBot) -> None:
    general = town.slack.add_channel("general", [OWNER, ADA, BEN], with_bot=True)
    owner = opens(town)
    assert "Call for applications" in said(owner)
    assert changes(town, owner, AnnouncementKind.CALL, channels=[general]).closed
    assert f"<#{general}>" in said(owner)
    assert posts(town, general) == []
    press(town, owner, ids.APPROVE_ANNOUNCEMENT, AnnouncementKind.CALL)
    at(town, "2026-11-23 10:02")
    assert posts(town, general) == ["Mentoring programme: applications are open"]
    assert entry(town, AnnouncementKind.CALL).state is AnnouncementState.SENT
    at(town, "2026-11-25 10:00")
    assert len(posts(town, general)) == 1
    (message,) = town.person(ADA).inbox(general)
    assert town.person(ADA).click(ids.OPEN_REQUEST, message=message).ok
    town.person(ADA).await_view(ids.APPLICATION_FORM)


def test_a_wrong_placeholder_is_named_at_the_text_and_what_was_typed_is_kept(town: LocalBot) -> None:
    owner = opens(town)
    sent = changes(town, owner, AnnouncementKind.CALL, announcement_text="Hello\nApply by {aply_by}.")
    assert sent.errors == {
        "announcement_text": "Line 2 has a placeholder that I don’t know. Perhaps you mean {apply_by}."
    }
    owner.close(everything=True)
    owner = opens(town)
    press(town, owner, ids.CHANGE_ANNOUNCEMENT, AnnouncementKind.CALL)
    assert "{aply_by}" in str(owner.await_view(ids.ANNOUNCEMENT_FORM))


def test_a_post_where_the_bot_is_not_invited_says_what_to_do_and_can_be_tried_again(town: LocalBot) -> None:
    general = town.slack.add_channel("general", [OWNER, ADA])
    owner = opens(town)
    changes(town, owner, AnnouncementKind.CALL, channels=[general])
    press(town, owner, ids.APPROVE_ANNOUNCEMENT, AnnouncementKind.CALL)
    at(town, "2026-11-23 10:30")
    owner.close(everything=True)
    owner = opens(town)
    assert "I’m not in this channel" in said(owner)
    report = town.person(OWNER).inbox()[-1]
    assert "I’m not in this channel" in "\n".join(visible_texts(report["blocks"]))
    with town.slack.workspace.lock:
        conversation = town.slack.workspace.conversations.get(general)
        assert conversation is not None
        conversation.members = (*conversation.members, town.slack.bot_user_id)
    assert owner.click(ids.SEND_AGAIN).ok
    town.settle()
    assert posts(town, general) == ["Mentoring programme: applications are open"]
