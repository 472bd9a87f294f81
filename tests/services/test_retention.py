"""What two people wrote is announced a month before it is deleted, deleted once, and said in the record."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from mentoring.applications.application import MeetingMode
from mentoring.core.jobs import WEEKLY_CHECKS, JobKind, plan_weekly_check
from mentoring.core.outcome import Notification, NotificationKind, Outcome
from mentoring.core.paging import PageMark
from mentoring.core.people import AccountStatus, Person, ProfileUpdate
from mentoring.core.programmes import Keeping
from mentoring.feedback.answers import Audience, Feedback, Question
from mentoring.meetings.log import Meeting, MeetingNotes
from mentoring.owner_record import OwnerAction
from mentoring.partnerships.partnership import Partnership, PartnershipState
from mentoring.remarks.remark import Remark, RemarkWords
from scheduler.jobs import run_due_jobs
from services.evaluation import load_evaluation
from services.own_data import own_data_of
from services.programmes import prepare_programme
from services.retention import BYTES_KEY
from storage import Storage
from storage.notifications.outbox_statements import DeliveryState
from storage.purges import Purges
from storage.tables import OutboxRow
from tests.mentoring.factories import partnership
from tests.storage.rows import (
    ADA,
    BEN,
    BOSS,
    COHORT,
    OWNER,
    PROGRAMME,
    WORKSPACE,
    application,
    confidence,
    dump,
    insert_programme,
)
from tests.storage.test_erasure import files_with

BEGAN, OVER = datetime(2027, 1, 4, 9, tzinfo=UTC), datetime(2027, 7, 5, 9, tzinfo=UTC)
NOTES, ANSWER, HOPES = "we-spoke-of-the-move", "the-talks-helped", "to-find-my-way"
FIRST_TOLD = date(2028, 6, 5)
"""The first Monday from which a year after the end is at most 31 days away."""


@pytest.fixture
def over(storage: Storage) -> Storage:
    """A partnership of Ada and Ben that was over on 5 July 2027."""
    lives_until.day = {}  # type: ignore[attr-defined]
    with storage.begin(WORKSPACE) as tx:
        insert_programme(tx)
        two = partnership(ADA, BEN, months=6, introduced_at=BEGAN)
        people = tuple(ProfileUpdate(Person(id, AccountStatus.MEMBER, id, "Europe/London"), BEGAN) for id in (ADA, BEN))
        met = Meeting("m1", "s1", date(2027, 2, 1), 60, MeetingMode.VIDEO, (), ADA)
        answer = Feedback("s1", ADA, Question.SURVEY, 4, ANSWER, "", None, Audience.COUNTED, OVER)
        sent = (application(), confidence(hopes=HOPES, manager=""))
        tx.save(Outcome((*people, *sent, two, met, MeetingNotes("m1", NOTES), answer)))
        tx.save(Outcome((_closed(two),)))
        tx.save(Outcome((plan_weekly_check(JobKind.RETENTION, OVER),)))
    return storage


def _closed(two: Partnership, **changes: Any) -> Partnership:
    return replace(two, state=PartnershipState.CLOSED, over_at=OVER, version=two.version + 1, **changes)


def lives_until(storage: Storage, last: date, *, is_away: bool = False) -> None:
    """Run what is due each Monday until that day, and send what is to be sent, unless Slack `is_away`."""
    day = getattr(lives_until, "day", {}).get(storage.name, date(2027, 7, 12))
    while day <= last:
        run_due_jobs(storage, WORKSPACE, datetime(day.year, day.month, day.day, 6, tzinfo=UTC))
        if not is_away:
            _becomes(storage, DeliveryState.SENT)
        day += timedelta(days=7)
    lives_until.day = {storage.name: day}  # type: ignore[attr-defined]


def _becomes(storage: Storage, state: DeliveryState, reason: str | None = None) -> None:
    waits = OutboxRow.kind == NotificationKind.DATA_ENDS, OutboxRow.state == DeliveryState.PENDING
    with storage.begin(WORKSPACE) as tx:
        tx._context.connection.execute(update(OutboxRow).where(*waits).values(state=state, reason=reason))


def told(storage: Storage, address: str) -> list[tuple[str, str]]:
    rows = (row for row in dump(address)["outbox"] if row["kind"] == NotificationKind.DATA_ENDS)
    return sorted((row["recipient"], row["refs"]["deleted"]) for row in rows)


def recorded(storage: Storage) -> list[tuple[str, ...]]:
    with storage.read(WORKSPACE) as tx:
        entries = tx.owner_record.page(PROGRAMME.id, PageMark()).items
    acts: list[Any] = [each.entry for each in entries]
    return [act.fields for act in acts if act.action is OwnerAction.PURGED]


def test_both_are_told_a_month_before_and_then_it_is_gone(over: Storage, address: str) -> None:
    lives_until(over, FIRST_TOLD - timedelta(days=7))
    assert told(over, address) == []
    lives_until(over, FIRST_TOLD)
    assert told(over, address) == [(ADA, "2028-07-06"), (BEN, "2028-07-06")]
    lives_until(over, date(2028, 7, 3))
    assert NOTES in str(dump(address)["meeting_notes"])
    lives_until(over, date(2028, 7, 10))
    assert NOTES not in str(dump(address))
    assert ANSWER not in str(dump(address))
    assert dump(address)["meetings"], "the count of meetings stays"
    assert HOPES in str(dump(address)["application_private_answers"]), "the round is not past its time yet"
    assert recorded(over)[0][:2] == ("notes:1", "answers:1")
    assert len(told(over, address)) == 2


def test_no_byte_of_it_is_left_once_the_job_after_it_is_done(over: Storage, address: str) -> None:
    lives_until(over, date(2028, 7, 10))
    if over.file is not None:
        assert files_with(over.file, NOTES) == files_with(over.file, ANSWER) == []
    assert [row["done"] for row in dump(address)["scheduled_jobs"] if row["key"] == BYTES_KEY] == [True]


def test_the_round_follows_with_its_names_after_two_years(over: Storage, address: str) -> None:
    lives_until(over, date(2030, 1, 14))
    rows = dump(address)
    assert rows["applications"] == rows["application_private_answers"] == []
    (two,) = rows["partnerships"]
    assert (two["mentee"], two["mentor"]) == ("", "")
    assert [row["logged_by"] for row in rows["meetings"]] == [""]
    assert ADA not in str([rows[name] for name in ("outbox", "scheduled_jobs", "live_views", "owner_record")])


def test_files_of_data_that_owners_were_sent_go_with_the_round(over: Storage, address: str) -> None:
    refs = {"programme": PROGRAMME.id, "format": "xlsx", "naming": "names"}
    posted = {"file_id": "F1", "ts": "1.0", "conversation": "D1", "state": DeliveryState.SENT, "sent_at": OVER}
    with over.begin(WORKSPACE) as tx:
        tx.save(Outcome(notifications=(Notification("export", NotificationKind.DATA_EXPORT, OWNER, refs),)))
        tx._context.connection.execute(update(OutboxRow).where(OutboxRow.key == "export").values(posted))
    lives_until(over, date(2029, 12, 31))
    assert dump(address)["slack_removals"] == []
    lives_until(over, date(2030, 1, 14))
    assert [row["file_id"] for row in dump(address)["slack_removals"] if row["kind"] == "file"] == ["F1"]


def test_a_round_that_is_past_its_time_is_not_compared_in_the_evaluation(over: Storage) -> None:
    """How many people found nobody is not known any more, and would read as fewer than five."""
    began = datetime(2028, 1, 10, 9, tzinfo=UTC)
    with over.begin(WORKSPACE) as tx:
        later = replace(
            COHORT, id="c2", opens_on=date(2028, 1, 5), starts_on=date(2028, 2, 1), ends_on=date(2030, 2, 1)
        )
        two = partnership("U0CHI", "U0DEE", id="s2", months=24, introduced_at=began)
        tx.save(Outcome((later, replace(two, cohort_id="c2"))))

    def compared(day: date) -> list[str]:
        with over.read(WORKSPACE) as tx:
            return [each.cohort.id for each in load_evaluation(tx, tx.programme(PROGRAMME.id)[0], day).rounds]

    assert compared(date(2029, 1, 8)) == ["c2", "c1"]
    lives_until(over, date(2030, 1, 14))
    assert compared(date(2030, 1, 14)) == ["c2"]


def test_a_kill_in_the_middle_deletes_nothing_and_the_next_try_does(
    over: Storage, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives_until(over, date(2028, 7, 3))
    with monkeypatch.context() as patch:
        patch.setattr(Purges, "delete_before", _killed)
        lives_until(over, date(2028, 7, 10))
    assert NOTES in str(dump(address)["meeting_notes"])
    assert recorded(over) == []
    lives_until(over, date(2028, 7, 17))
    assert NOTES not in str(dump(address))
    assert recorded(over)[0][:2] == ("notes:1", "answers:1")


def _killed(*_: object) -> int:
    raise RuntimeError("killed")


@pytest.mark.parametrize("reason", ["", "past", "deleted"])
def test_what_people_could_not_be_told_is_announced_again(over: Storage, address: str, reason: str) -> None:
    """The bot or Slack was away: the message waits, or was too late when it was to be sent."""
    lives_until(over, date(2028, 7, 3), is_away=True)
    if reason:
        _becomes(over, DeliveryState.DROPPED, reason)
    lives_until(over, date(2028, 7, 10), is_away=True)
    assert NOTES in str(dump(address)["meeting_notes"])
    assert {day for _, day in told(over, address)} == {"2028-07-06", "2028-08-10"}
    lives_until(over, date(2028, 8, 14))
    assert NOTES not in str(dump(address))


def test_who_can_never_be_told_keeps_nothing_for_ever(over: Storage, address: str) -> None:
    lives_until(over, date(2029, 1, 1), is_away=True)
    assert NOTES in str(dump(address))
    lives_until(over, date(2029, 2, 19), is_away=True)
    assert NOTES not in str(dump(address))


def test_a_shorter_time_still_gives_a_month_of_notice(over: Storage, address: str) -> None:
    lives_until(over, date(2027, 11, 1))
    with over.begin(WORKSPACE) as tx:
        programme, _ = tx.programme(PROGRAMME.id)
        tx.save(Outcome((replace(programme, keeping=Keeping(notes=1), version=programme.version + 1),)))
    lives_until(over, date(2027, 11, 8))
    assert told(over, address) == [(ADA, "2027-12-09"), (BEN, "2027-12-09")]
    lives_until(over, date(2027, 12, 6))
    assert NOTES in str(dump(address))
    lives_until(over, date(2027, 12, 13))
    assert NOTES not in str(dump(address))
    assert ANSWER in str(dump(address)), "answers have a time of their own"


def test_a_longer_time_is_announced_again(over: Storage, address: str) -> None:
    lives_until(over, FIRST_TOLD)
    with over.begin(WORKSPACE) as tx:
        programme, _ = tx.programme(PROGRAMME.id)
        keeping = Keeping(notes=24, answers=24)
        tx.save(Outcome((replace(programme, keeping=keeping, version=programme.version + 1),)))
    lives_until(over, date(2029, 6, 11))
    assert NOTES in str(dump(address))
    assert {day for _, day in told(over, address)} == {"2028-07-06", "2029-07-05"}


def test_people_read_the_days_in_my_data(over: Storage) -> None:
    with over.read(WORKSPACE) as tx:
        data = own_data_of(tx, ADA, tx.own_records.read_by(ADA))
    assert [(each.other, str(each.kind), each.day) for each in data.deletions] == [
        (BEN, "notes", date(2028, 7, 5)),
        (BEN, "answers", date(2028, 7, 5)),
    ]
    assert [each.id for each in data.programmes] == [PROGRAMME.id]


def test_each_programme_is_a_job_of_its_own(over: Storage, address: str) -> None:
    assert JobKind.RETENTION in WEEKLY_CHECKS
    with over.begin(WORKSPACE) as tx:
        other = replace(PROGRAMME, id="p2", name="Another")
        tx.save(Outcome((other, replace(COHORT, id="c2", programme_id="p2"))))
    lives_until(over, date(2027, 7, 12))
    keys = {row["key"] for row in dump(address)["scheduled_jobs"] if row["kind"] == JobKind.RETENTION}
    assert keys == {"retention", "retention:p1", "retention:p2"}


def test_what_was_told_with_a_name_and_old_drafts_go_by_their_age(over: Storage, address: str) -> None:
    with over.begin(WORKSPACE) as tx:
        remark = Remark("r1", PROGRAMME.id, ADA, OVER)
        told_us = Notification("remark-made:r1", NotificationKind.REMARK_MADE, OWNER, {"remark": "r1"})
        tx.save(Outcome((remark, RemarkWords("r1", NOTES)), (told_us,)))
        tx.drafts.save(ADA, "log", {"notes": ANSWER}, OVER)
        tx.drafts.save(BEN, "log", {"notes": ANSWER}, OVER + timedelta(days=21))
    lives_until(over, date(2028, 7, 3))
    assert len(dump(address)["drafts"]) == 2
    lives_until(over, date(2028, 7, 10))
    rows = dump(address)
    assert rows["remarks"] == rows["remark_words"] == []
    assert [row["revision"] for row in rows["live_views"] if row["subject"] == "r1"] == [1], "it is rendered again"
    assert [row["person"] for row in rows["drafts"]] == [BEN]


def test_who_waits_for_the_next_round_keeps_the_application(over: Storage, address: str) -> None:
    """However long ago the round ended: they applied to the next one."""
    with over.begin(WORKSPACE) as tx:
        programme, _ = tx.programme(PROGRAMME.id)
        keeping = Keeping(applications=1)
        sent = datetime(2029, 3, 5, 9, tzinfo=UTC)
        waits = application("a9", BOSS, sent_at=sent, sent_on=sent.date())
        tx.save(Outcome((replace(programme, keeping=keeping, version=programme.version + 1), waits)))
    lives_until(over, date(2030, 3, 4))
    assert {row["id"] for row in dump(address)["applications"]} == {"a1", "a9"}
    lives_until(over, date(2030, 3, 11))
    assert dump(address)["applications"] == []


@pytest.mark.parametrize("is_there", [True, False])
def test_for_a_month_after_an_upgrade_or_the_first_start_nothing_is_deleted(
    storage: Storage, *, is_there: bool
) -> None:
    """Much is deleted without a notice of its own: owners can first choose how long it is kept."""
    if is_there:
        with storage.begin(WORKSPACE) as tx:
            insert_programme(tx)
    prepare_programme(storage, WORKSPACE, [OWNER], OVER)
    with storage.read(WORKSPACE) as tx:
        due = tx.scheduled_jobs.due_at(JobKind.RETENTION)
    assert due is not None
    assert timedelta(days=31) <= due - OVER <= timedelta(days=38)
