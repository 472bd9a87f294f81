"""The communication plan: owners look at it, change it, approve what goes out, and stop it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from mentoring.announcements import sending
from mentoring.announcements.announcement import (
    Announcement,
    AnnouncementAudience,
    AnnouncementKind,
    AnnouncementState,
    usual_id,
)
from mentoring.announcements.planning import approve, look_at_plan, stop
from mentoring.closure import Closure, change_naming
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.people import Leave, LeaveChange
from messages import ids
from sandbox.blocks import visible_texts
from sandbox.person import Person
from scheduler.jobs import run_due_jobs
from services.announcements import follow_new_dates, load_plan, posts_outdated
from services.people import erase_person
from tests.handlers.starting_points import introduced
from tests.local_bot import OFFER, OWNER, REQUEST, LocalBot
from tests.local_bot import local_bot as open_town
from tests.one_programme import programme_and_cohort

ADA, BEN, CHI, DEE = "U0ADA", "U0BEN", "U0CHI", "U0DEE"


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


def texts(town: LocalBot, user: str, words: str) -> list[str]:
    """When `user` got each message with these words on the locked screen, on the calendar in UTC."""
    found = [each for each in town.person(user).inbox() if words in each["text"]]
    return [f"{datetime.fromtimestamp(float(each['ts']), UTC):%d %b %H:%M}" for each in found]


LAUNCH = "Mentoring programme starts now"


@pytest.fixture
def applied(town: LocalBot) -> LocalBot:
    """Ada in London, Ben in New York and Chi in Kolkata have applied, and the launch is approved for 4 January."""
    town.apply(ADA, "/mentor request", REQUEST)
    town.apply(BEN, "/mentor volunteer", OFFER)
    town.apply(CHI, "/mentor request", REQUEST)
    owner = opens(town)
    press(town, owner, ids.APPROVE_ANNOUNCEMENT, AnnouncementKind.LAUNCH)
    owner.close(everything=True)
    return town


def progress(town: LocalBot) -> str:
    (found,) = [each for each in town.person(OWNER).inbox() if each["text"].startswith("Launch:")]
    return "\n".join(visible_texts(found["blocks"]))


def test_each_gets_a_direct_message_once_in_their_own_working_hours_and_the_owner_sees_how_many(
    applied: LocalBot,
) -> None:
    at(applied, "2027-01-04 10:00")
    assert texts(applied, ADA, LAUNCH) == ["04 Jan 09:00"]
    assert texts(applied, BEN, LAUNCH) == []
    assert "2 of 3 sent" in progress(applied)
    at(applied, "2027-01-04 15:00")
    assert texts(applied, BEN, LAUNCH) == ["04 Jan 14:00"]
    assert texts(applied, CHI, LAUNCH) == ["04 Jan 09:00"]
    assert "Sent to 3 people." in progress(applied)
    at(applied, "2027-01-20 10:00")
    assert [len(texts(applied, user, LAUNCH)) for user in (ADA, BEN, CHI)] == [1, 1, 1]
    assert entry(applied, AnnouncementKind.LAUNCH).state is AnnouncementState.SENT


def test_one_press_stops_it_while_it_goes_out_and_a_second_one_changes_nothing(applied: LocalBot) -> None:
    at(applied, "2027-01-04 10:00")
    owner = applied.person(OWNER)
    message = next(each for each in owner.inbox() if each["text"].startswith("Launch:"))
    assert owner.click(ids.STOP_ANNOUNCEMENT, message=message).ok
    applied.settle()
    assert "Stopped: 2 of 3 sent" in progress(applied)
    with applied.storage.begin(applied.slack.team_id) as tx:
        stopped = tx.announcements.get(entry_id(applied, AnnouncementKind.LAUNCH))
        assert stop(stopped, by=OWNER, owners=(OWNER,), now=applied.slack.calendar.now()) == NOTHING
    at(applied, "2027-01-06 15:00")
    assert texts(applied, BEN, LAUNCH) == []
    assert entry(applied, AnnouncementKind.LAUNCH).state is AnnouncementState.STOPPED
    with applied.database() as tx:
        counted = tx.announcements.direct_messages([entry_id(applied, AnnouncementKind.LAUNCH)])
    assert counted == {ADA: 1, CHI: 1}, "it is none of the three for Ben, who didn't get it"


def test_an_approved_announcement_moves_with_the_round_unless_its_time_was_chosen(applied: LocalBot) -> None:
    owner = opens(applied)
    chosen = datetime(2027, 7, 6, 9, tzinfo=UTC)
    assert changes(applied, owner, AnnouncementKind.HALF_WAY, sent_at=str(int(chosen.timestamp()))).closed
    owner.close(everything=True)
    with applied.storage.begin(applied.slack.team_id) as tx:
        programme, cohort = programme_and_cohort(tx)
        tx.save(Outcome((replace(cohort, starts_on=date(2027, 1, 11)),)))
        follow_new_dates(tx, programme.id, applied.slack.calendar.now())
    at(applied, "2027-01-08 17:00")
    assert texts(applied, ADA, LAUNCH) == []
    at(applied, "2027-01-11 10:00")
    assert texts(applied, ADA, LAUNCH) == ["11 Jan 09:00"]
    assert entry(applied, AnnouncementKind.HALF_WAY).moment == chosen


def test_a_crash_between_two_batches_leaves_nobody_out_and_tells_nobody_twice(
    applied: LocalBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mentoring.announcements.sending.BATCH", 1)
    tell, calls = sending.tell, []

    def dies_once(*args: Any) -> Outcome:
        calls.append(args)
        if len(calls) == 2:
            raise RuntimeError("killed")
        return tell(*args)

    monkeypatch.setattr("mentoring.announcements.sending.tell", dies_once)
    at(applied, "2027-01-04 09:01")
    assert len(texts(applied, ADA, LAUNCH)) == 1
    monkeypatch.setattr("mentoring.announcements.sending.tell", tell)
    applied.restart()
    applied.slack.timeline = applied.bot
    later = applied.slack.calendar.now() + timedelta(days=2)
    run_due_jobs(applied.storage, applied.slack.team_id, later, stopwatch=later)
    at(applied, "2027-01-06 15:00")
    assert [len(texts(applied, user, LAUNCH)) for user in (ADA, BEN, CHI)] == [1, 1, 1]


def test_a_post_whose_answer_was_lost_is_shown_and_never_repeated_by_itself(town: LocalBot) -> None:
    general = town.slack.add_channel("general", [OWNER, ADA], with_bot=True)
    owner = opens(town)
    changes(town, owner, AnnouncementKind.CALL, channels=[general])
    press(town, owner, ids.APPROVE_ANNOUNCEMENT, AnnouncementKind.CALL)
    owner.close(everything=True)
    town.slack.faults.fail("chat.postMessage", after_commit=True)
    run_due_jobs(town.storage, town.slack.team_id, town.slack.calendar.now())
    town.settle()
    with town.storage.begin(town.slack.team_id) as tx:
        tx._context.connection.execute(text("UPDATE outbox SET retry_at = NULL"))
    town.settle()
    assert len(posts(town, general)) == 1
    at(town, "2026-11-24 10:00")
    assert len(posts(town, general)) == 1
    owner = opens(town)
    assert "I don’t know if it’s there" in said(owner)
    assert owner.click(ids.LET_REST).ok
    town.settle()
    owner.close(everything=True)
    assert "I don’t know if it’s there" not in said(opens(town))
    assert len(posts(town, general)) == 1


def test_nobody_gets_more_than_three_direct_messages_of_a_round(applied: LocalBot) -> None:
    owner = opens(applied)
    assert changes(applied, owner, AnnouncementKind.MATCHES_OUT, audience="mentees").closed
    for kind in (AnnouncementKind.HALF_WAY, AnnouncementKind.THANKS, AnnouncementKind.MATCHES_OUT):
        press(applied, owner, ids.APPROVE_ANNOUNCEMENT, kind)
    assert entry(applied, AnnouncementKind.MATCHES_OUT).state is AnnouncementState.PLANNED
    assert "at most 3 direct messages" in said(owner)
    owner.close()
    press(applied, owner, ids.LEAVE_OUT_ANNOUNCEMENT, AnnouncementKind.THANKS)
    press(applied, owner, ids.APPROVE_ANNOUNCEMENT, AnnouncementKind.MATCHES_OUT)
    assert entry(applied, AnnouncementKind.MATCHES_OUT).state is AnnouncementState.APPROVED


def test_what_is_done_twice_is_done_once(town: LocalBot) -> None:
    second = opens(town)
    for action in (ids.LEAVE_OUT_ANNOUNCEMENT, ids.PUT_BACK_ANNOUNCEMENT, ids.APPROVE_ANNOUNCEMENT):
        press(town, second, action, AnnouncementKind.LAUNCH)
    found = entry(town, AnnouncementKind.LAUNCH)
    assert (found.state, found.approved_by, found.version) == (AnnouncementState.APPROVED, OWNER, 3)
    with town.storage.begin(town.slack.team_id) as tx:
        plan = load_plan(tx, *programme_and_cohort(tx))
        (again,) = [each for each in plan if each.announcement.id == found.id]
        same = approve(again, plan, by=OWNER, owners=(OWNER,), seen=2, now=town.slack.calendar.now())
    assert same == NOTHING


def test_a_post_of_which_no_line_is_left_is_not_posted(town: LocalBot) -> None:
    general = town.slack.add_channel("general", [OWNER, ADA], with_bot=True)
    owner = opens(town)
    assert changes(
        town, owner, AnnouncementKind.CALL, channels=[general], announcement_text="Thanks to {names}."
    ).closed
    press(town, owner, ids.APPROVE_ANNOUNCEMENT, AnnouncementKind.CALL)
    at(town, "2026-11-23 10:02")
    assert posts(town, general) == [], "no pair has agreed to be named"


def test_only_owners_see_the_plan(town: LocalBot) -> None:
    ada = town.person(ADA)
    ada.command("/mentor announcements")
    town.settle()
    assert ada.view is None


def test_owners_add_one_of_their_own_and_see_it_as_it_is_sent(town: LocalBot) -> None:
    owner = opens(town)
    assert owner.click(ids.ADD_ANNOUNCEMENT).ok
    owner.await_view(ids.ANNOUNCEMENT_FORM)
    moment = datetime(2026, 12, 1, 9, tzinfo=UTC)
    owner.fill(
        {
            "announcement_name": "Lunch",
            "announcement_text": "Lunch for {mentors} <!channel>",
            "audience": "mentors",
            "sent_at": str(int(moment.timestamp())),
        }
    )
    assert owner.submit().closed
    town.settle()
    assert "*Lunch*" in said(owner)
    with town.database() as tx:
        (own,) = tx.announcements.of_programme(programme_and_cohort(tx)[0].id)
    buttons = [each for block in (owner.view or {})["blocks"] for each in block.get("elements", ())]
    assert any(str(each.get("value", "")).startswith(own.id) for each in buttons)
    preview = next(
        block["block_id"]
        for block in (owner.view or {})["blocks"]
        for each in block.get("elements", ())
        if each.get("action_id") == ids.PREVIEW_ANNOUNCEMENT and str(each.get("value", "")).startswith(own.id)
    )
    assert owner.click(f"{preview}/{ids.PREVIEW_ANNOUNCEMENT}").ok
    owner.await_view(ids.ANNOUNCEMENT_PREVIEW)
    assert "Lunch for mentors &lt;!channel&gt;" in said(owner)


def test_who_is_on_leave_when_it_starts_gets_none(applied: LocalBot) -> None:
    with applied.storage.begin(applied.slack.team_id) as tx:
        leave = Leave(applied.slack.calendar.now(), date(2027, 2, 1))
        tx.save(Outcome((LeaveChange(CHI, None, leave),)))
    at(applied, "2027-02-10 15:00")
    assert [len(texts(applied, user, LAUNCH)) for user in (ADA, BEN, CHI)] == [1, 1, 0]


def test_names_in_a_post_are_those_of_pairs_who_both_agreed_and_can_be_taken_back_and_erased(town: LocalBot) -> None:
    first, second = introduced(town, ADA, BEN), introduced(town, CHI, DEE)
    pairs = {ADA: first, BEN: first, CHI: second, DEE: second}
    general = town.slack.add_channel("general", [OWNER, ADA], with_bot=True)
    now = town.slack.calendar.now()
    with town.storage.begin(town.slack.team_id) as tx:
        programme, cohort = programme_and_cohort(tx)
        closures = tuple(
            Closure(pair, person, is_named=True, places=None, answered_at=now) for person, pair in pairs.items()
        )
        celebration = Announcement(
            usual_id(cohort.id, AnnouncementKind.CELEBRATION),
            programme.id,
            cohort.id,
            AnnouncementKind.CELEBRATION,
            AnnouncementAudience.CHANNELS,
            channels=(general,),
            moment=now,
            state=AnnouncementState.APPROVED,
            version=1,
        )
        tx.save(Outcome((*closures, celebration, look_at_plan(programme.id, now))))
    at(town, f"{now + timedelta(minutes=2):%Y-%m-%d %H:%M}")

    def names() -> str:
        (post,) = town.person(OWNER).inbox(general)
        return "\n".join(visible_texts(post["blocks"]))

    assert f"<@{ADA}> and <@{BEN}>" in names()
    assert f"<@{CHI}> and <@{DEE}>" in names()
    with town.storage.begin(town.slack.team_id) as tx:
        (partnership,) = tx.partnerships.with_ids([pairs[CHI]])
        closure = tx.closures.get(pairs[CHI], CHI)
        assert closure is not None
        tx.save(change_naming(closure, is_named=False) + posts_outdated(tx, partnership))
    town.settle()
    assert f"<@{CHI}>" not in names()
    assert f"<@{DEE}>" not in names()
    erase_person(town.storage, town.slack.team_id, ADA, now=town.slack.calendar.now())
    town.settle()
    assert f"<@{ADA}>" not in names()
    assert f"<@{BEN}>" not in names()


def test_a_crash_before_the_post_began_is_no_doubt_and_it_is_posted_once(town: LocalBot) -> None:
    general = town.slack.add_channel("general", [OWNER, ADA], with_bot=True)
    owner = opens(town)
    changes(town, owner, AnnouncementKind.CALL, channels=[general])
    press(town, owner, ids.APPROVE_ANNOUNCEMENT, AnnouncementKind.CALL)
    run_due_jobs(town.storage, town.slack.team_id, town.slack.calendar.now())
    died = "UPDATE outbox SET state = 'sending', lease_until = '2000-01-01', fence = 1 WHERE kind = 'channel-post'"
    with town.storage.begin(town.slack.team_id) as tx:
        tx._context.connection.execute(text(died))
    town.settle()
    assert len(posts(town, general)) == 1
    with town.database() as tx:
        assert tx.undelivered.count() == 0
