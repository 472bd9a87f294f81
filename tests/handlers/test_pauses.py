"""Either of the two pauses their partnership, both are asked before it starts again, and both can move its end."""

from datetime import date
from typing import Any

import pytest

from messages import ids
from sandbox.blocks import visible_texts
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, later, moved_by_pause, partners, time_booked
from tests.handlers.support import direct_messages, rows
from tests.journeys.story import Story, button_values
from tests.local_bot import OWNER, LocalBot


@pytest.fixture
def pair(town: LocalBot) -> str:
    """Ada and Ben are partners since 24 November 2026; the partnership's id."""
    return partners(town)


def pauses(town: LocalBot, pair: str, user: str = ADA, **says: Any) -> None:
    Story(town).leaves(user)
    answers(town, clicked(town, user, ids.OPEN_PAUSE, pair))
    town.person(user).await_view(ids.PAUSE_FORM)
    Story(town).sends(user, says)


def newest(town: LocalBot, user: str) -> str:
    return "\n".join(visible_texts(direct_messages(town, user)[-1]["blocks"]))


def said(town: LocalBot, user: str, words: str) -> list[str]:
    """The messages with these words, as they read now."""
    texts = ["\n".join(visible_texts(each.get("blocks", ()))) for each in direct_messages(town, user)]
    return [text for text in texts if words in text]


def ends_on(town: LocalBot) -> date:
    return date.fromisoformat(str(row(town)["ends_on"]))


def row(town: LocalBot) -> dict[str, Any]:
    (found,) = rows(town)["partnerships"]
    return found


def test_the_other_is_told_without_a_reason_and_the_form_has_the_day_when_it_is_opened_again(
    town: LocalBot, pair: str
) -> None:
    pauses(town, pair, back_on="2027-01-18")
    for user in (ADA, BEN):
        assert "is paused until 18 January 2027" in newest(town, user)
    answers(town, clicked(town, BEN, ids.OPEN_PAUSE, pair))
    view = town.person(BEN).await_view(ids.PAUSE_FORM)
    assert [each["element"].get("initial_date") for each in view["blocks"] if each["type"] == "input"] == [
        "2027-01-18",
        None,
    ]


def test_nothing_comes_during_it_and_both_are_asked_before_and_told_after(town: LocalBot, pair: str) -> None:
    pauses(town, pair, back_on="2027-01-18")
    before = {user: len(direct_messages(town, user)) for user in (ADA, BEN)}
    later(town, days=50)
    assert {user: len(direct_messages(town, user)) for user in (ADA, BEN)} == before
    later(town, days=2.4)  # on Friday
    for user in (ADA, BEN):
        assert "starts again on Monday 18 January 2027" in newest(town, user)
    answers(town, clicked(town, BEN, ids.CONFIRM_PAUSE, f"{pair}:2027-01-18"))
    town.settle()
    assert "You said yes" in newest(town, BEN)
    assert f"<@{BEN}> said yes" in newest(town, ADA)
    later(town, days=3)
    for user in (ADA, BEN):
        assert "carries on." in newest(town, user)
        assert "Move the end" in str(direct_messages(town, user)[-1])
    assert str(row(town)["resumed_on"]) == "2027-01-18"
    assert len(said(town, ADA, "ended on 18 January 2027")) == 2  # that it is paused, and the question


def test_stay_paused_from_the_question_changes_the_day_and_settles_the_question(town: LocalBot, pair: str) -> None:
    pauses(town, pair, back_on="2027-01-18")
    later(town, days=51.5)
    pauses(town, pair, BEN, back_on="2027-02-15")
    town.settle()
    assert said(town, ADA, "Are you ready?") == []
    assert "is paused until 15 February 2027" in newest(town, ADA)
    later(town, days=5)
    assert row(town)["resumed_on"] is None


def test_with_no_day_it_lasts_until_one_says_so_in_the_list(town: LocalBot, pair: str) -> None:
    pauses(town, pair, pause_is_open=["yes"])
    later(town, days=30)
    assert "is still paused" in newest(town, BEN)
    story = Story(town)
    view = story.opens(BEN, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
    assert button_values(view, ids.RESUME) == [pair]
    story.clicks(BEN, ids.RESUME, pair)
    assert button_values(town.person(BEN).view, ids.RESUME) == []
    assert button_values(town.person(BEN).view, ids.OPEN_PAUSE) == [pair]
    assert "carries on." in newest(town, ADA)


def test_owners_hear_of_a_long_pause_and_their_message_says_so_once_it_is_shorter(town: LocalBot, pair: str) -> None:
    pauses(town, pair, back_on="2027-06-14")
    later(town, days=1)
    assert said(town, OWNER, "until 14 June 2027.* That is longer than 12 weeks")
    pauses(town, pair, BEN, back_on="2027-01-18")
    later(town, days=1)
    assert said(town, OWNER, "longer than") == []
    assert said(town, OWNER, "is paused until 18 January 2027")


def test_owners_hear_of_a_long_pause_that_was_shorter_when_they_were_to_read_it(town: LocalBot, pair: str) -> None:
    """It is Tuesday evening: owners read it on Wednesday, when it is short, and once it is long again."""
    later(town, hours=10)
    pauses(town, pair, back_on="2027-06-14")
    pauses(town, pair, BEN, back_on="2027-01-18")
    later(town, days=1)
    assert said(town, OWNER, "longer than") == []
    pauses(town, pair, back_on="2027-06-21")
    later(town, days=1)
    assert said(town, OWNER, "until 21 June 2027.* That is longer than 12 weeks")
    pauses(town, pair, BEN, back_on="2027-01-18")
    pauses(town, pair, back_on="2027-06-28")
    later(town, days=1)
    assert len(said(town, OWNER, "That is longer than 12 weeks")) == 1, "the message shows the new day"


def test_a_pause_that_has_no_day_any_more_is_long_once_it_has_lasted_so_long(town: LocalBot, pair: str) -> None:
    """It is Tuesday evening: owners read on Wednesday, when a day far ahead has been taken back."""
    later(town, hours=10)
    pauses(town, pair, back_on="2027-06-14")
    pauses(town, pair, BEN, pause_is_open=["yes"])
    later(town, days=1)
    assert said(town, OWNER, "longer than") == []
    for _ in range(4):
        later(town, days=28)
    assert len(said(town, OWNER, "with no day of return.* That is longer than 12 weeks")) == 1


def test_the_command_says_where_one_partnership_is_paused_while_it_can_be(town: LocalBot, pair: str) -> None:
    (reply,) = town.person(ADA).command("/mentor pause").messages
    assert "open your partnership and choose *Pause*" in str(reply)
    pauses(town, pair, back_on="2027-01-18")
    (reply,) = town.person(ADA).command("/mentor pause").messages
    assert "with one person only" not in str(reply)


def test_the_end_moves_once_both_want_it(town: LocalBot, pair: str) -> None:
    pauses(town, pair, back_on="2027-01-18")
    later(town, days=56)
    before = ends_on(town)
    answers(town, clicked(town, ADA, ids.MOVE_END, moved_by_pause(town, pair)))
    town.settle()
    assert ends_on(town) == before
    assert "would like to move it" in newest(town, BEN)
    answers(town, clicked(town, BEN, ids.MOVE_END, moved_by_pause(town, pair)))
    town.settle()
    assert (ends_on(town) - before).days == row(town)["paused_days"] == 55
    assert "You both moved the agreed end" in newest(town, ADA)
    (again,) = answers(town, clicked(town, BEN, ids.MOVE_END, moved_by_pause(town, pair)))
    assert "went wrong" not in again


def test_a_day_that_cannot_be_is_refused_at_its_field_and_what_was_chosen_is_kept(town: LocalBot, pair: str) -> None:
    answers(town, clicked(town, ADA, ids.OPEN_PAUSE, pair))
    person = town.person(ADA)
    person.await_view(ids.PAUSE_FORM)
    assert "Choose a day, or tick the box" in str(person.submit().errors)
    person.fill({"back_on": "2026-11-20"})
    assert "Choose a day after today" in str(person.submit().errors)
    Story(town).leaves(ADA)
    answers(town, clicked(town, ADA, ids.OPEN_PAUSE, pair))
    assert "We saved what you chose last time" in str(person.await_view(ids.PAUSE_FORM))
    assert row(town)["paused_since"] is None


def test_a_meeting_planned_in_it_is_cancelled_and_the_form_says_so_before(town: LocalBot) -> None:
    time_booked(town)
    pair = str(row(town)["id"])
    answers(town, clicked(town, ADA, ids.OPEN_PAUSE, pair))
    assert "The meeting you planned is cancelled" in str(town.person(ADA).await_view(ids.PAUSE_FORM))
    Story(town).sends(ADA, {"back_on": "2027-01-18"})
    assert rows(town)["planned_meetings"][0]["state"] == "cancelled"


def goes_on_leave(town: LocalBot, until: str) -> None:
    Story(town).leaves(ADA)
    answers(town, clicked(town, ADA, ids.OPEN_LEAVE))
    town.person(ADA).await_view(ids.LEAVE_FORM)
    Story(town).sends(ADA, {"back_on": until})
    later(town, hours=8)


def test_a_partner_need_not_wait_for_a_long_leave(town: LocalBot, pair: str) -> None:
    goes_on_leave(town, "2027-03-15")
    (told,) = said(town, BEN, "That is a long time")
    assert "Find me another match" in told
    view = Story(town).opens(BEN, lambda person: person.command("/mentor status"), ids.PARTNERSHIPS_VIEW)
    assert button_values(view, ids.CHOOSE_ANOTHER) == [pair]
    Story(town).clicks(BEN, ids.CHOOSE_ANOTHER, pair)
    assert (row(town)["state"], row(town)["back"]) == ("ended", f'["{BEN}"]')
    assert said(town, BEN, "You can be matched again")


def test_a_short_leave_or_the_own_one_gives_no_choice(town: LocalBot, pair: str) -> None:
    goes_on_leave(town, "2027-01-11")
    assert said(town, BEN, "That is a long time") == []
    for user in (ADA, BEN):
        (refused,) = answers(town, clicked(town, user, ids.CHOOSE_ANOTHER, pair))
        assert "is not paused" in refused or "carries on" in refused
    assert row(town)["state"] == "active"


def test_owners_see_the_pause_and_are_asked_about_a_long_one(town: LocalBot, pair: str) -> None:
    pauses(town, pair, back_on="2027-03-15")
    assert "has been paused since" in newest(town, OWNER)
    pauses(town, pair, back_on="2027-03-22")
    assert len(said(town, OWNER, "has been paused since")) == 1
    answers(town, clicked(town, OWNER, ids.END_PARTNERSHIP, pair))
    town.settle()
    assert row(town)["state"] == "ended"
    assert "is over" in newest(town, OWNER)
