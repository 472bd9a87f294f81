"""Action items: several per meeting or on their own, ticked wherever they are shown, and one reminder at most."""

from datetime import UTC, datetime, timedelta

import pytest

from messages import ids
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, CHI, MET, introduced, later, time_booked, with_item
from tests.handlers.support import Json, direct_messages, rows
from tests.journeys.story import Story, button_values
from tests.local_bot import OWNER, LocalBot


@pytest.fixture
def pair(town: LocalBot) -> str:
    """Ada and Ben were introduced yesterday, a Monday; the partnership's id."""
    found = introduced(town, ADA, BEN)
    later(town, days=1)
    return found


def opened(town: LocalBot, user: str, pair: str) -> Json:
    """They open the list of action items; the view."""
    Story(town).leaves(user)
    answers(town, clicked(town, user, ids.OPEN_ITEMS, pair))
    return town.person(user).await_view(ids.ITEMS_VIEW)


def adds(town: LocalBot, user: str, pair: str, **says: str) -> None:
    opened(town, user, pair)
    person = town.person(user)
    person.click(ids.ADD_ITEM)
    person.await_view(ids.ITEM_FORM)
    person.fill(says)
    person.submit()
    town.settle()


def logs(town: LocalBot, user: str, pair: str, **says: str) -> None:
    story = Story(town)
    story.opens(user, lambda person: person.command("/mentor log"), ids.MEETING_FORM)
    story.sends(user, {**MET, **says})


def items(town: LocalBot) -> list[tuple[str, str, str]]:
    found = sorted(rows(town)["action_items"], key=lambda row: str(row["id"]))
    return [(str(row["words"]), str(row["owner"]), str(row["state"])) for row in found]


def words(view: Json | None) -> str:
    return " ".join(visible_texts((view or {}).get("blocks") or []))


def newest(town: LocalBot, user: str) -> str:
    return " ".join(message_text(direct_messages(town, user)[-1]).split())


def reminders(town: LocalBot, user: str) -> list[Json]:
    return [each for each in direct_messages(town, user) if "of yours is due*" in str(each)]


def on(town: LocalBot, days: int) -> str:
    """The day so many days from now."""
    now: datetime = town.slack.calendar.now()
    return (now + timedelta(days=days)).date().isoformat()


def test_a_list_grows_by_one_small_form_each_and_both_see_it(town: LocalBot, pair: str) -> None:
    adds(town, ADA, pair, action="Read the report")
    adds(town, ADA, pair, action="Introduce me to June", action_who=BEN, action_by=on(town, 7))
    assert sorted(items(town)) == [("Introduce me to June", "mentor", "open"), ("Read the report", "mentee", "open")]
    shown = words(town.person(ADA).view)
    assert shown.index("Read the report") < shown.index("Introduce me to June"), "one's own come first"
    assert "Read the report" in words(opened(town, BEN, pair))
    assert direct_messages(town, BEN) == [] or "report" not in str(direct_messages(town, BEN)), "no message of its own"


def test_several_are_agreed_at_one_meeting_and_the_receipt_ticks_them(town: LocalBot, pair: str) -> None:
    logs(
        town, ADA, pair, actions_mine="• Read it\nWrite to June", actions_theirs="Find the plan", action_by=on(town, 9)
    )
    assert len(items(town)) == 3
    assert "3 action items from this meeting, 1 of them yours." in newest(town, BEN)
    assert "Read it" not in str(direct_messages(town, BEN)), "this message stays as it is, so it says no more"
    receipt = direct_messages(town, ADA)[-1]
    for text in ("Read it", "Write to June", "Find the plan"):
        assert text in str(receipt)
    town.person(ADA).click(ids.TICK_ITEM, message=receipt)
    town.settle()
    assert [state for _, _, state in items(town)].count("done") == 1
    assert "✓" in newest(town, ADA), "the message that was pressed shows it"


def test_what_was_typed_is_kept_when_the_day_has_passed(town: LocalBot, pair: str) -> None:
    opened(town, ADA, pair)
    ada = town.person(ADA)
    ada.click(ids.ADD_ITEM)
    ada.await_view(ids.ITEM_FORM)
    ada.fill({"action": "Call June", "action_by": on(town, -1)})
    refused = ada.submit()
    assert refused.errors == {"action_by": "That day has passed. Choose today or a later day."}
    Story(town).leaves(ADA)
    answers(town, clicked(town, ADA, ids.ADD_ITEM, pair))
    assert "Call June" in str(ada.await_view(ids.ITEM_FORM))
    assert items(town) == []


def test_it_is_ticked_moved_changed_dropped_and_reopened_in_the_list(town: LocalBot, pair: str) -> None:
    adds(town, ADA, pair, action="Call June", action_by=on(town, 3))
    due = on(town, 10)
    ben = town.person(BEN)
    opened(town, BEN, pair)
    ben.click(ids.MOVE_ITEM)
    town.settle()
    assert [str(row["due"]) for row in rows(town)["action_items"]] == [due]
    ben.click(ids.CHANGE_ITEM)
    ben.await_view(ids.ITEM_FORM)
    ben.fill({"action": "Call June and Jo", "action_who": "both"})
    assert ben.submit().closed
    town.settle()
    assert "Call June and Jo (both of you" in words(ben.view)
    for press, state in ((ids.DROP_ITEM, "dropped"), (ids.REOPEN_ITEM, "open"), (ids.TICK_ITEM, "done")):
        ben.click(press)
        town.settle()
        assert items(town) == [("Call June and Jo", "both", state)]
    assert "Done: Call June and Jo" in words(ben.view)


def test_the_list_stands_in_the_place_of_the_partnerships_and_leads_back(town: LocalBot, pair: str) -> None:
    Story(town).opens(ADA, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
    ada = town.person(ADA)
    ada.click(ids.OPEN_ITEMS)
    assert ada.await_view(ids.ITEMS_VIEW)
    ada.click("Back")
    assert ada.await_view(ids.PARTNERSHIPS_VIEW)


def test_the_agenda_lists_the_open_ones_and_shows_what_is_ticked_elsewhere(town: LocalBot) -> None:
    time_booked(town)  # for the second of December
    pair = str(rows(town)["partnerships"][0]["id"])
    adds(town, ADA, pair, action="Read the report", action_by="2026-11-30")

    def agenda() -> str:
        return str([each for each in direct_messages(town, BEN) if "You could talk about" in str(each)][-1])

    while town.slack.calendar.now() < datetime(2026, 12, 1, 12, tzinfo=UTC):
        later(town, hours=12)
    assert "Read the report" in agenda()
    opened(town, ADA, pair)
    town.person(ADA).click(ids.TICK_ITEM)
    town.settle()
    assert "Read the report" not in agenda(), "the message is updated"
    town.person(ADA).click(ids.REOPEN_ITEM)
    later(town, days=21)
    assert reminders(town, ADA) == [], "the agenda has listed it"


def test_owners_and_strangers_never_see_them(town: LocalBot) -> None:
    value = with_item(town)
    pair = value.split(":")[0]
    for user in (OWNER, CHI):
        for action, about in ((ids.OPEN_ITEMS, pair), (ids.ADD_ITEM, pair), (ids.TICK_ITEM, value)):
            (said,) = answers(town, clicked(town, user, action, about))
            assert "Read it" not in str(said)
    assert [state for _, _, state in items(town)] == ["open"]


def test_once_the_partnership_is_over_they_are_read_and_not_changed(town: LocalBot) -> None:
    value = with_item(town)
    answers(town, clicked(town, BEN, ids.END_PARTNERSHIP, value.split(":")[0]))
    view = opened(town, ADA, value.split(":")[0])
    assert "Read it" in words(view)
    assert button_values(view, ids.TICK_ITEM) == button_values(view, ids.ADD_ITEM) == []


def test_the_owner_of_one_that_is_due_is_reminded_once_after_a_week(town: LocalBot, pair: str) -> None:
    logs(town, ADA, pair, actions_mine="Read it", action_by=on(town, 1))
    later(town, days=6)
    assert reminders(town, ADA) == []
    later(town, days=3)
    (reminder,) = reminders(town, ADA)
    assert "1 action item of yours is due" in message_text(reminder)
    assert "Read it" in str(reminder)
    assert reminders(town, BEN) == [], "it is not theirs"
    town.person(ADA).click(ids.TICK_ITEM, message=reminder)
    town.settle()
    assert "nothing is due any more" in str(direct_messages(town, ADA))
    later(town, days=20)
    assert reminders(town, ADA) == []


def test_what_is_ticked_moved_or_dropped_in_time_is_not_reminded_of(town: LocalBot, pair: str) -> None:
    for press in (ids.TICK_ITEM, ids.MOVE_ITEM, ids.DROP_ITEM):
        adds(town, ADA, pair, action=f"Read {press}", action_by=on(town, 2))
        town.person(ADA).click(press)
        town.settle()
    later(town, days=20)
    assert reminders(town, ADA) == [], "the one that was moved is counted in the reminder to meet of that week"
    assert "Also, 1 action item of yours is due." in str(direct_messages(town, ADA))


def test_nobody_is_reminded_once_it_is_over(town: LocalBot, pair: str) -> None:
    adds(town, ADA, pair, action="Read it", action_by=on(town, 1))
    answers(town, clicked(town, BEN, ids.END_PARTNERSHIP, pair))
    later(town, days=20)
    assert reminders(town, ADA) == []


def test_they_go_with_either_of_the_two_from_messages_too(town: LocalBot) -> None:
    value = with_item(town)
    assert "Read it" in str(direct_messages(town, ADA))
    answers(town, clicked(town, ADA, ids.END_PARTNERSHIP, value.split(":")[0]))
    with town.storage.begin(town.slack.team_id) as tx:
        tx.erasure.erase(BEN, town.slack.calendar.now())
    town.settle()
    assert rows(town)["action_items"] == []
    assert "Read it" not in str(direct_messages(town, ADA))
