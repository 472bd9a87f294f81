"""Leave until a day: out of matching, no reminders, and back by itself."""

import json
from datetime import date, timedelta

import pytest

from mentoring.core.outcome import Outcome
from mentoring.core.people import Leave, LeaveChange
from messages import ids
from sandbox.blocks import visible_texts
from sandbox.lookup import message_text
from tests.handlers.requests import answers, clicked
from tests.handlers.starting_points import ADA, BEN, BOSS, CHI, applied, asked, introduced, later
from tests.handlers.support import Json, buttons, direct_messages, last_payload, post, rows
from tests.handlers.test_several_programmes import start
from tests.journeys.story import Story
from tests.local_bot import OWNER, START, LocalBot

BACK_ON = "2026-12-14"


def goes(town: LocalBot, day: str = BACK_ON, person: str = ADA) -> Json:
    """They type `/mentor pause`, press the button and choose a day; the errors at the fields."""
    Story(town).leaves(person)
    (reply,) = town.person(person).command("/mentor pause").messages
    town.person(person).click(ids.OPEN_LEAVE, message=reply)
    town.settle()
    return chooses(town, day, person)


def chooses(town: LocalBot, day: str, person: str = ADA) -> Json:
    town.person(person).await_view(ids.LEAVE_FORM)
    town.person(person).fill({"back_on": day})
    sent = town.person(person).submit()
    town.settle()
    return dict(sent.errors or {})


def puts(town: LocalBot, day: str = BACK_ON) -> Json:
    """The owner opens People and the only application, and puts its author on leave; the errors at the fields."""
    Story(town).leaves(OWNER)
    Story(town).opens(OWNER, lambda each: each.command("/mentor people"), ids.PEOPLE_VIEW)
    town.person(OWNER).click("View")
    town.settle()
    town.person(OWNER).click(ids.OPEN_LEAVE)
    town.settle()
    return chooses(town, day, OWNER)


def on_leave(town: LocalBot) -> list[tuple[str, str]]:
    return [(row["id"], row["leave_until"]) for row in rows(town)["people"] if row["leave_until"]]


def words(view: Json | None) -> str:
    return "\n".join(visible_texts((view or {})["blocks"]))


def texts(town: LocalBot, person: str) -> list[str]:
    return [str(each["text"]) for each in direct_messages(town, person)]


def test_a_partnership_pauses_until_the_day_and_carries_on_by_itself(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    later(town, days=1)
    heard = {each: len(texts(town, each)) for each in (ADA, BEN)}
    assert goes(town) == {}
    later(town, hours=8)
    (receipt,) = direct_messages(town, ADA)[heard[ADA] :]
    assert receipt["text"] == "You’re on leave until 14 December 2026"
    assert texts(town, BEN)[heard[BEN] :] == ["Your partnership is paused until 14 December 2026"]
    town.person(ADA).command("/mentor status")
    assert "It carries on when you are back, on" in words(town.person(ADA).await_view(ids.PARTNERSHIPS_VIEW))
    later(town, days=18)  # the first reminder to meet was due on day 10
    assert len(texts(town, ADA)) == heard[ADA] + 1
    later(town, days=3)
    assert on_leave(town) == []
    assert "Welcome back" in texts(town, ADA)
    assert texts(town, BEN)[-1] != "Your partnership is paused until 14 December 2026"
    assert any("is back" in message_text(each) for each in direct_messages(town, BEN))


def test_a_person_on_leave_is_not_matched_and_is_again_afterwards(town: LocalBot) -> None:
    applied(town, [ADA], [BEN])
    assert goes(town) == {}
    answers(town, clicked(town, OWNER, ids.PROPOSE))
    assert rows(town)["matches"] == []
    (said,) = answers(town, clicked(town, ADA, ids.END_LEAVE))
    assert said == ""
    assert texts(town, ADA)[-1] == "Welcome back"
    answers(town, clicked(town, OWNER, ids.PROPOSE))
    assert [row["state"] for row in rows(town)["matches"]] == ["proposed"]


def test_an_open_match_ends_and_the_other_hears_only_that(town: LocalBot) -> None:
    asked(town, ADA, BEN)
    heard = len(texts(town, ADA))
    assert goes(town) == {}
    later(town, hours=8)
    assert [row["state"] for row in rows(town)["matches"]] == ["overtaken"]
    assert "did not work out" in texts(town, BEN)[-1]
    assert texts(town, ADA)[heard:] == ["You’re on leave until 14 December 2026"]


@pytest.mark.parametrize("step", ["approve", "release", "accept", "introduce"])
def test_each_later_step_looks_again_whether_somebody_is_on_leave(town: LocalBot, step: str) -> None:
    """A leave that came about beside the bot's back, as at the same moment, so that nothing was closed by it."""
    applied(town, [ADA], [BEN])
    story = Story(town)
    story.proposes(OWNER)
    match = str(rows(town)["matches"][0]["id"])
    if step != "approve":
        story.approves_all(OWNER)
    if step in ("accept", "introduce"):
        story.releases(OWNER)
    if step == "introduce":
        story.accepts(BEN)
    with town.storage.begin(town.slack.team_id) as tx:
        tx.save(Outcome((LeaveChange(ADA, None, Leave(START, date(2026, 12, 14))),)))
    if step == "approve":
        answers(town, clicked(town, OWNER, ids.APPROVE, match))
    if step == "release":
        answers(town, clicked(town, OWNER, ids.RELEASE))
    if step in ("accept", "introduce"):
        answers(town, clicked(town, BEN if step == "accept" else ADA, ids.ACCEPT_MATCH, match))
    (row,) = rows(town)["matches"]
    assert row["state"] in ("overtaken", "proposed")
    assert row["offered_at"] is None or step in ("accept", "introduce")
    assert rows(town)["partnerships"] == []


def test_an_owner_puts_somebody_on_leave_who_hears_it_and_can_end_it(town: LocalBot) -> None:
    applied(town, [ADA])
    assert puts(town) == {}
    shown = words(town.person(OWNER).view)
    assert "They’re on leave until" in shown
    town.person(OWNER).close()
    assert "On leave until" in words(town.person(OWNER).view)
    town.person(OWNER).choose(ids.PEOPLE_FILTER, "on-leave")
    town.settle()
    assert f"<@{ADA}>" in words(town.person(OWNER).view)
    (message,) = direct_messages(town, ADA)
    assert f"<@{OWNER}> has put you on leave until" in message_text(message)
    assert ids.END_LEAVE in buttons(message)
    record = [(row["action"], row["by"], row["person"]) for row in rows(town)["owner_record"]]
    assert record == [("viewed", OWNER, ADA), ("put-on-leave", OWNER, ADA)]
    town.person(ADA).click(ids.END_LEAVE)
    town.settle()
    assert on_leave(town) == []


def test_an_owner_ends_a_leave_and_the_person_hears_who_did(town: LocalBot) -> None:
    applied(town, [ADA])
    assert puts(town) == {}
    town.person(OWNER).click(ids.END_LEAVE)
    town.settle()
    assert "on leave until" not in words(town.person(OWNER).view)
    assert f"<@{OWNER}> has ended your leave." in message_text(direct_messages(town, ADA)[-1])
    assert rows(town)["owner_record"][-1]["action"] == "ended-leave"


@pytest.mark.parametrize(
    ("day", "says"),
    [
        ("2026-11-23", "Choose a day after today."),
        ("2026-01-05", "Choose a day after today."),
        ("2029-01-05", "That date is too far ahead. Check the year: choose 23 November 2028 or earlier."),
    ],
)
def test_a_day_that_cannot_be_is_refused_and_kept(town: LocalBot, day: str, says: str) -> None:
    applied(town, [ADA])
    assert goes(town, day) == {"back_on": says}
    assert on_leave(town) == []
    Story(town).leaves(ADA)
    answers(town, clicked(town, ADA, ids.OPEN_LEAVE))
    form = town.person(ADA).await_view(ids.LEAVE_FORM)
    assert "We saved what you chose last time." in words(form)
    assert day in str(form)


def test_a_form_that_is_out_of_date_is_not_saved(town: LocalBot) -> None:
    applied(town, [ADA])
    answers(town, clicked(town, ADA, ids.OPEN_LEAVE))
    town.person(ADA).await_view(ids.LEAVE_FORM)
    assert puts(town) == {}
    assert "changed while you had it open" in str(chooses(town, "2027-01-11"))
    assert on_leave(town) == [(ADA, BACK_ON)]


def test_another_day_moves_the_return_and_is_told_to_the_partner(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    later(town, days=1)
    assert goes(town) == {}
    assert goes(town, "2026-12-07") == {}
    later(town, hours=8)
    assert texts(town, BEN)[-1] == "Your partnership is paused until 7 December 2026"
    later(town, days=13)
    assert on_leave(town) == []


def test_who_takes_part_in_nothing_has_nothing_to_pause(town: LocalBot) -> None:
    town.knows(CHI)
    (reply,) = town.person(CHI).command("/mentor holiday").messages
    assert "There’s nothing to pause" in message_text(reply)
    (said,) = answers(town, clicked(town, CHI, ids.OPEN_LEAVE))
    assert "There’s nothing to pause" in said


@pytest.mark.parametrize("action", [ids.OPEN_LEAVE, ids.END_LEAVE])
def test_nobody_but_an_owner_puts_others_on_leave_or_ends_it(town: LocalBot, action: str) -> None:
    applied(town, [ADA])
    (said,) = answers(town, clicked(town, BOSS, action, f"{ADA}:mentee"))
    assert "Only programme owners can do this" in said


def test_a_person_who_is_erased_leaves_no_leave_behind(town: LocalBot) -> None:
    applied(town, [ADA])
    assert goes(town) == {}
    with town.storage.begin(town.slack.team_id) as tx:
        tx.erasure.erase(ADA, START)
    assert on_leave(town) == []
    assert [row for row in rows(town)["scheduled_jobs"] if ADA in row["key"]] == []
    later(town, days=30)


def test_a_bot_that_was_off_on_the_day_ends_the_leave_when_it_is_back(town: LocalBot) -> None:
    applied(town, [ADA])
    assert goes(town) == {}
    town.bot.stop()
    town.slack.calendar.move_to(START + timedelta(days=40))
    town.start()
    later(town, days=3)
    assert on_leave(town) == []
    assert texts(town, ADA)[-1] == "Welcome back"


def test_after_an_outage_a_leave_that_is_over_holds_up_nothing(town: LocalBot) -> None:
    """The first reminder to meet fell due during the leave, which ended while the bot was off."""
    applied(town, [ADA], [BEN])
    introduced(town, ADA, BEN)
    assert goes(town, "2026-12-07") == {}
    later(town, days=10)
    heard = len(texts(town, ADA))
    town.bot.stop()
    town.slack.calendar.move_to(START + timedelta(days=14, hours=2))  # a Monday at noon
    town.start()
    later(town, hours=3)
    assert on_leave(town) == []
    assert any("met" in text for text in texts(town, ADA)[heard:])


def test_an_owner_of_another_programme_reads_no_leave(town: LocalBot) -> None:
    applied(town, [ADA])
    town.settle()
    assert goes(town) == {}
    start(town, "Chemistry", CHI)
    (said,) = answers(town, clicked(town, CHI, ids.OPEN_LEAVE, f"{ADA}:mentee"))
    assert town.person(CHI).views == [] or town.person(CHI).view["callback_id"] != ids.LEAVE_FORM  # type: ignore[index]
    assert "December" not in said


def test_who_is_back_before_their_partner_reads_that_it_stays_paused(town: LocalBot) -> None:
    introduced(town, ADA, BEN)
    later(town, days=1)
    assert goes(town) == {}
    assert goes(town, "2027-01-18", BEN) == {}
    later(town, days=22)
    (back,) = [each for each in direct_messages(town, ADA) if each["text"] == "Welcome back"]
    assert "stays paused, because your partner is away" in message_text(back)
    told = [each for each in direct_messages(town, ADA) if "is paused until" in each["text"]]
    assert [each["text"] for each in told] == ["Your partnership is paused until 18 January 2027"]


def test_the_help_says_that_one_is_on_leave_and_ends_it(town: LocalBot) -> None:
    applied(town, [ADA])
    town.settle()
    assert goes(town) == {}
    (shown,) = town.person(ADA).command("/mentor").messages
    assert "You’re on leave until 14 December 2026" in message_text(shown)
    assert ids.END_LEAVE in buttons(shown)
    assert "Going away" not in message_text(shown)


def test_a_version_that_no_form_has_is_stale(town: LocalBot) -> None:
    applied(town, [ADA])
    town.settle()
    assert goes(town) == {}
    form = last_payload(town, "view_submission")
    meta = json.loads(form["view"]["private_metadata"])
    for version in (-5, 10**9):
        form["view"]["private_metadata"] = json.dumps({**meta, "version": version})
        status, body = post(town, form)
        assert status == 200
        assert "went wrong" not in json.dumps(body)
