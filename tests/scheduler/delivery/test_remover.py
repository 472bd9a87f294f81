"""What is left of an erased person in Slack is removed: in their conversation, and where others read their name."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from mentoring.core.outcome import Notification, NotificationKind, Outcome
from sandbox.lookup import message_text
from scheduler.delivery.remover import AGAIN_AFTER, LEASE, PAGE_SIZE, SlackRemover
from storage.slack_removals import Removal
from tests.scheduler.delivery_harness import ADA, BEN, CHI, OWNER, DeliveryHarness, help_notification
from tests.scheduler.delivery_harness import office as open_office
from tests.storage.rows import application

HISTORY, UPDATE, DELETE, DELETE_FILE = "conversations.history", "chat.update", "chat.delete", "files.delete"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[DeliveryHarness]:
    with open_office(tmp_path) as opened:
        opened.found(OWNER)
        yield opened


def posts(office: DeliveryHarness, person: str, text: str, **more: Any) -> str:
    """A message of the bot that no row tells of. Returns its timestamp."""
    client = office.delivery._slack._client
    channel = client.conversations_open(users=person)["channel"]["id"]
    return str(client.chat_postMessage(channel=channel, text=text, **more)["ts"])


def erase(office: DeliveryHarness, person: str) -> None:
    with office.storage.begin(office.workspace) as tx:
        tx.erasure.erase(person, office.calendar())


def left(office: DeliveryHarness) -> int:
    with office.storage.read(office.workspace) as tx:
        return tx.slack_removals.count()


def read_by(office: DeliveryHarness, person: str) -> list[str]:
    return [
        message_text(each) for each in office.slack.person(person).inbox() if each["user"] == office.slack.bot_user_id
    ]


def through(office: DeliveryHarness) -> None:
    """Both passes, as fast as the rate limits allow."""
    for _ in range(40):
        office.deliver(after=LEASE.total_seconds())


def test_the_persons_conversation_is_cleared_and_what_they_wrote_stays(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA))
    office.deliver()
    for number in range(2 * PAGE_SIZE):
        posts(office, ADA, f"Message {number}")
    office.slack.person(ADA).say("Please erase me")
    erase(office, ADA)
    through(office)
    assert office.got(ADA) == 0
    assert "Please erase me" in str(office.slack.person(ADA).inbox())
    assert left(office) == 0


def test_a_second_pass_finds_what_arrived_late(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA))
    office.deliver()
    erase(office, ADA)
    office.deliver()
    assert office.got(ADA) == 0
    posts(office, ADA, "On its way when you were erased")
    office.deliver(after=AGAIN_AFTER.total_seconds() - 1)
    assert office.got(ADA) == 1
    office.deliver(after=1)
    assert office.got(ADA) == 0
    assert left(office) == 0


def test_what_they_ask_for_afterwards_stays(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA))
    office.deliver()
    erase(office, ADA)
    office.enqueue(help_notification(ADA, "help:again", is_reply=True))
    through(office)
    assert office.got(ADA) == 1


def test_an_owner_reads_lists_without_the_person(office: DeliveryHarness) -> None:
    """A message that is not about them is edited, and one that was sent about them is replaced."""
    office.enqueue(help_notification(ADA), help_notification(OWNER, "help:list"))
    office.deliver()
    listed = office.row("help:list")
    client = office.delivery._slack._client
    client.chat_update(channel=listed["conversation"], ts=listed["ts"], text=f"<@{ADA}> and <@{BEN}> have not met")
    posts(office, OWNER, f"<@{ADA}> has answered you", blocks=None)
    posts(office, OWNER, f"<@{BEN}> has answered you")
    erase(office, ADA)
    through(office)
    read = read_by(office, OWNER)
    assert ADA not in str(office.slack.person(OWNER).inbox())
    assert f"someone who has left and <@{BEN}> have not met" in read
    assert sum("This message was about someone who has left" in each for each in read) == 1
    assert f"<@{BEN}> has answered you" in read


def test_a_person_with_nothing_to_do_with_them_is_left_alone(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA), help_notification(CHI))
    office.deliver()
    chis = office.conversation(CHI)
    erase(office, ADA)
    through(office)
    assert all(call.args.get("channel") != chis for call in office.calls(HISTORY))


def test_a_button_with_their_id_is_not_kept(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA), help_notification(OWNER, "help:list"))
    office.deliver()
    listed = office.row("help:list")
    button = {"type": "button", "action_id": "see", "text": {"type": "plain_text", "text": "See"}, "value": f"{ADA}:1"}
    client = office.delivery._slack._client
    client.chat_update(
        channel=listed["conversation"],
        ts=listed["ts"],
        text="One application",
        blocks=[{"type": "actions", "elements": [button]}],
    )
    erase(office, ADA)
    through(office)
    assert ADA not in str(office.slack.person(OWNER).inbox())


def test_it_goes_on_after_a_crash_where_it_was(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA))
    office.deliver()
    for number in range(PAGE_SIZE):
        posts(office, ADA, f"Message {number}")
    erase(office, ADA)
    with office.storage.begin_unlocked(office.workspace) as tx:
        assert tx.slack_removals.claim(stopwatch=office.stopwatch(), lease=LEASE), "a worker that dies now"
    assert office.deliver() == 0
    assert office.got(ADA) == PAGE_SIZE + 1
    through(office)
    assert office.got(ADA) == 0


def test_a_refusal_of_slack_is_tried_again(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA))
    office.deliver()
    erase(office, ADA)
    office.slack.faults.fail(DELETE, "internal_error")
    office.deliver()
    assert office.got(ADA) == 1
    through(office)
    assert office.got(ADA) == 0
    assert left(office) == 0


def test_a_conversation_that_is_gone_holds_up_nothing(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA))
    office.deliver()
    erase(office, ADA)
    office.slack.faults.fail(HISTORY, "channel_not_found")
    through(office)
    assert left(office) == 0


def test_nothing_is_removed_without_an_erasure(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA))
    through(office)
    assert not office.calls(HISTORY)


def shares(office: DeliveryHarness, person: str, notification: Notification) -> str:
    """A file that the bot has shared with the person, as a row of the outbox tells. Returns its id."""
    client = office.delivery._slack._client
    channel = client.conversations_open(users=person)["channel"]["id"]
    uploaded = client.files_upload_v2(filename="meeting.ics", content="BEGIN:VCALENDAR", channel=channel)
    return str(uploaded["file"]["id"])


def test_files_of_theirs_are_deleted(office: DeliveryHarness) -> None:
    file_id = shares(office, ADA, help_notification(ADA))
    office.enqueue(help_notification(ADA))
    office.deliver()
    erase(office, ADA)
    through(office)
    assert [call.args["file"] for call in office.calls(DELETE_FILE)] == [file_id]
    assert office.got(ADA) == 0


def test_without_the_optional_scope_the_message_with_the_file_is_deleted(office: DeliveryHarness) -> None:
    shares(office, ADA, help_notification(ADA))
    office.enqueue(help_notification(ADA))
    office.deliver()
    erase(office, ADA)
    office.slack.faults.fail(DELETE_FILE, "missing_scope")
    through(office)
    assert office.got(ADA) == 0
    assert left(office) == 0


def test_a_calendar_file_that_a_partner_has_is_deleted(office: DeliveryHarness) -> None:
    file_id = shares(office, BEN, help_notification(BEN))
    office.enqueue(help_notification(ADA), Notification("file", NotificationKind.HELP, BEN, {"person": ADA}))
    office.deliver()
    row = office.row("file")
    message = next(each for each in office.slack.person(BEN).inbox() if each.get("files"))
    with office.storage.begin(office.workspace) as tx:
        _set_file(tx, row["id"], file_id, str(message["ts"]))
    erase(office, ADA)
    through(office)
    assert [call.args["file"] for call in office.calls(DELETE_FILE)] == [file_id]
    assert not [each for each in office.slack.person(BEN).inbox() if each.get("files")]


def test_an_export_that_an_owner_was_sent_is_deleted_with_a_person_in_it(office: DeliveryHarness) -> None:
    """Whether it has names or codes: there is a line for the person."""
    file_id = shares(office, BEN, help_notification(BEN))
    office.enqueue(Notification("file", NotificationKind.HELP, BEN))
    office.deliver()
    row = office.row("file")
    message = next(each for each in office.slack.person(BEN).inbox() if each.get("files"))
    with office.storage.begin(office.workspace) as tx:
        programme, cohort = tx.programmes.first() or pytest.fail("no programme")
        refs = {"programme": programme.id, "format": "xlsx", "naming": "names"}
        _set_file(tx, row["id"], file_id, str(message["ts"]), kind=NotificationKind.DATA_EXPORT, refs=refs)
        tx.save(Outcome((replace(application(person=ADA), cohort_id=cohort.id),)))
    erase(office, ADA)
    through(office)
    assert [call.args["file"] for call in office.calls(DELETE_FILE)] == [file_id]
    assert office.row("file")["file_id"] is None


def _set_file(tx: Any, row_id: int, file_id: str, ts: str, **more: Any) -> None:
    from sqlalchemy import update

    from storage.tables import OutboxRow

    tx._context.connection.execute(
        update(OutboxRow).where(OutboxRow.id == row_id).values(file_id=file_id, ts=ts, **more)
    )


def test_an_erasure_meanwhile_begins_again(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA))
    office.deliver()
    erase(office, ADA)
    with office.storage.begin_unlocked(office.workspace) as tx:
        first = tx.slack_removals.claim(stopwatch=office.stopwatch(), lease=LEASE)
        assert first is not None
    office.enqueue(help_notification(ADA, "help:again", is_reply=True))
    office.deliver(after=1)
    erase(office, ADA)
    with office.storage.begin_unlocked(office.workspace) as tx:
        assert not tx.slack_removals.done(first), "its claim is no longer valid"
    through(office)
    assert office.got(ADA) == 0


def test_one_that_breaks_holds_up_no_other_and_is_told_to_the_operator(
    office: DeliveryHarness, monkeypatch: pytest.MonkeyPatch
) -> None:
    for person in (ADA, BEN):
        office.enqueue(help_notification(person, f"help:{person}"))
    office.deliver()
    for person in (ADA, BEN):
        erase(office, person)
    with office.storage.read(office.workspace) as tx:
        assert tx.slack_removals.failing() == 0
    go_through = SlackRemover._go_through_a_page
    broken: list[str] = []

    def breaks(self: SlackRemover, removal: Removal, consume: Any) -> None:
        if removal.conversation in broken or not broken:
            broken.append(removal.conversation)
            raise ZeroDivisionError
        go_through(self, removal, consume)

    monkeypatch.setattr(SlackRemover, "_go_through_a_page", breaks)
    office.deliver()
    assert sorted((office.got(ADA), office.got(BEN))) == [0, 1]
    with office.storage.read(office.workspace) as tx:
        assert tx.slack_removals.failing() == 1
    monkeypatch.undo()
    through(office)
    assert (office.got(ADA), office.got(BEN), left(office)) == (0, 0, 0)


def test_a_message_that_slack_lets_nobody_change_is_deleted(office: DeliveryHarness) -> None:
    office.enqueue(help_notification(ADA), help_notification(OWNER, "help:list"))
    office.deliver()
    posts(office, OWNER, f"<@{ADA}> has answered you")
    erase(office, ADA)
    office.slack.faults.fail(UPDATE, "edit_window_closed", times=None)
    through(office)
    office.slack.faults.clear()
    assert ADA not in str(office.slack.person(OWNER).inbox())
    assert left(office) == 0
