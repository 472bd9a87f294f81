"""Weeks of a programme: people apply, change their minds, are refused and mend it, and the owner sees it all.

Told twice: over HTTP in one go, and over Socket Mode with the bot stopped and started again in the middle.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bot.manifest import manifest
from bot.run import running
from messages.ids import APPLICATION_FORM, OPEN_APPLICATION, OPEN_REQUEST, WITHDRAW
from sandbox import Calendar, Sandbox
from sandbox.lookup import message_text
from sandbox.person import Person
from storage import Storage
from tests.local_bot import OFFER, OWNER, PEOPLE, REQUEST, START, settings, typed, wait_until
from tests.local_bot import local_bot as open_town
from tests.one_programme import the_programme
from tests.usage import watched

ADA, BEN, CHI, DEE, BOSS = "U0ADA", "U0BEN", "U0CHI", "U0DEE", "U0BOSS"

TUESDAY = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
WEDNESDAY = datetime(2026, 11, 25, 10, 0, tzinfo=UTC)
THURSDAY = datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
AFTER_THE_DEADLINE = datetime(2026, 12, 22, 9, 30, tzinfo=UTC)

ADA_ASKS = {**REQUEST, "topics": ["Career planning", "Job search"], "wish": DEE}
BEN_OFFERS = {**OFFER, "hopes": "Ten years of night shifts, and what they taught me.", "places": "1"}
EIGHT_MONTHS_AGO, TWENTY_MONTHS_AGO = "2026-03-23", "2025-03-23"

ARRIVED, CHANGED, WITHDRAWN = (
    f"Your application for a mentor {has}" for has in ("has arrived", "has changed", "is withdrawn")
)
OFFER_ARRIVED = "Your application to be a mentor has arrived"
STATUS = "Mentoring programme: 1 mentee and 2 mentors applied"
WEEK = "Mentoring programme: what needs you this week"
RECEIVED = {
    ADA: [ARRIVED, CHANGED],
    BEN: [OFFER_ARRIVED],
    CHI: [ARRIVED, WITHDRAWN],
    DEE: [OFFER_ARRIVED],
    BOSS: [ARRIVED],
    OWNER: ["Applications have closed", STATUS, "You’re an owner of the mentoring programme here"],
}
"""All that anybody hears in the end: the first line of every message, each once. The owner's, in the order of the
alphabet: whether the message of a Monday comes on the way is not of this story.
"""


def test_two_request_two_volunteer_one_edits_one_withdraws_one_mends_a_date(tmp_path: Path) -> None:
    with open_town(tmp_path, delivers_by_itself=True) as town:
        story = Story(town.slack, town.storage)
        story.ada_asks()
        ben = story.ben_is_refused_for_eight_months_of_service()
        ben.fill({"started_on": TWENTY_MONTHS_AGO})
        assert ben.submit().closed
        story.chi_asks_and_dee_offers()
        story.hear(BEN, OFFER_ARRIVED)
        story.hear(CHI, ARRIVED)
        story.ada_edits()
        story.chi_withdraws()
        town.slack.calendar.move_to(AFTER_THE_DEADLINE)
        town.bot.tick()
        story.somebody_is_late()
        story.the_owner_reads()
    assert story.heard() == RECEIVED


def test_over_socket_mode_a_restart_in_the_middle_loses_nothing_and_says_nothing_twice(tmp_path: Path) -> None:
    database = tmp_path / "mentor-bot.db"
    slack = Sandbox(manifest(), PEOPLE, calendar=Calendar(START), rate_limits=False, own_messages=False)
    with slack, watched(slack):
        with _connected(slack, database) as storage:
            story = Story(slack, storage)
            story.ada_asks()
            story.ben_is_refused_for_eight_months_of_service().close()
            slack.faults.delay("chat.postMessage", 1.0)  # so that there is something left to deliver after the restart
            story.chi_asks_and_dee_offers()
        slack.faults.clear()
        with _connected(slack, database) as storage:
            story = Story(slack, storage)
            story.ben_opens_his_form_again_and_mends_the_date()
            story.hear(CHI, ARRIVED)
            story.hear(DEE, OFFER_ARRIVED)
            story.ada_edits()
            story.chi_withdraws()
        slack.calendar.move_to(AFTER_THE_DEADLINE)
        with _connected(slack, database) as storage:
            story = Story(slack, storage)
            story.somebody_is_late()
            story.the_owner_reads()
        assert {delivery.transport for delivery in slack.deliveries if delivery.ok} == {"socket"}
    assert story.heard() == RECEIVED


@contextmanager
def _connected(slack: Sandbox, database: Path) -> Iterator[Storage]:
    """The bot as `mentor-bot run` starts it, and a look into its database."""
    with running(settings(slack, database, (OWNER,)), calendar=slack.calendar.now):
        slack.wait_connected()
        storage = Storage(f"sqlite:///{database}")
        try:
            yield storage
        finally:
            storage.close()


class Story:
    """What people do, day by day. They press Send once Slack has told the bot who they name."""

    def __init__(self, slack: Sandbox, storage: Storage) -> None:
        self.slack = slack
        self.storage = storage

    def ada_asks(self) -> None:
        ada = self.opens(ADA, "/mentor request")
        self.fills(ada, ADA_ASKS)
        assert ada.submit().closed
        receipt = message_text(self.hear(ADA, ARRIVED))
        assert "21 December 2026" in receipt
        assert "the round starts on 4 January 2027" in receipt

    def ben_is_refused_for_eight_months_of_service(self) -> Person:
        ben = self.opens(BEN, "/mentor volunteer")
        self.fills(ben, {**BEN_OFFERS, "started_on": EIGHT_MONTHS_AGO})
        refused = ben.submit()
        assert not refused.closed
        assert list(refused.errors) == ["started_on"]
        assert "23 March 2027" in refused.errors["started_on"]
        assert typed(ben) == {**BEN_OFFERS, "started_on": EIGHT_MONTHS_AGO}
        return ben

    def ben_opens_his_form_again_and_mends_the_date(self) -> None:
        ben = self.opens(BEN, "/mentor volunteer")
        assert typed(ben) == {**BEN_OFFERS, "started_on": EIGHT_MONTHS_AGO}
        ben.fill({"started_on": TWENTY_MONTHS_AGO})
        assert ben.submit().closed
        self.hear(BEN, OFFER_ARRIVED)

    def chi_asks_and_dee_offers(self) -> None:
        self.slack.calendar.move_to(TUESDAY)
        chi, dee = self.opens(CHI, "/mentor request"), self.opens(DEE, "/mentor volunteer")
        self.fills(chi, REQUEST)
        self.fills(dee, {**OFFER, "places": "3"})
        assert chi.submit().closed
        assert dee.submit().closed

    def ada_edits(self) -> None:
        self.slack.calendar.move_to(WEDNESDAY)
        ada = self.slack.person(ADA)
        assert ada.click(OPEN_REQUEST).ok
        ada.await_view(APPLICATION_FORM)
        assert typed(ada) == ADA_ASKS
        ada.fill({"months": "9", "wish": None})
        assert ada.submit().closed
        self.hear(ADA, CHANGED)

    def chi_withdraws(self) -> None:
        self.slack.calendar.move_to(THURSDAY)
        assert self.slack.person(CHI).click(WITHDRAW).ok
        self.hear(CHI, WITHDRAWN)

    def somebody_is_late(self) -> None:
        boss = self.opens(BOSS, "/mentor request")
        self.fills(boss, {**REQUEST, "manager": OWNER})
        assert boss.submit().closed
        assert "waiting list" in message_text(self.hear(BOSS, ARRIVED))

    def the_owner_reads(self) -> None:
        self.hear(OWNER, "Applications have closed")
        owner = self.slack.person(OWNER)
        already = len(owner.inbox())
        assert owner.command("/mentor status").ok
        status = self.hear(OWNER, STATUS, after=already)
        assert _counts(status) == {
            "*Mentees applied*": "1",
            "*Mentors applied*": "2",
            "*Places offered*": "4",
            "*On the waiting list*": "1",
            "*Withdrawn*": "1",
        }
        assert _topics(status) == [["Job search", "1", "0"], ["Career planning", "1", "4"]]
        assert _waiting(status) == self.everyone_who_waits()
        assert owner.click(OPEN_APPLICATION, message=status).ok
        assert REQUEST["hopes"] in str(owner.await_view()["blocks"])
        owner.close()

    def everyone_who_waits(self) -> list[str]:
        """Ben has mended his date before Dee came, or after, as the story goes; the late one stands last."""
        with self.storage.read(self.slack.team_id) as tx:
            programme = the_programme(tx)
            cohort = tx.cohorts.current(programme.id) if programme else None
            assert cohort is not None
            sent = {one.person: one.sent_at for one in tx.applications.in_cohort(cohort.id)}
        assert sent[ADA] < min(sent[BEN], sent[DEE])
        assert max(sent[BEN], sent[DEE]) < sent[BOSS]
        return sorted({ADA, BEN, DEE, BOSS}, key=lambda person: sent[person])

    def opens(self, user: str, command: str) -> Person:
        person = self.slack.person(user)
        assert person.command(command).ok
        person.await_view(APPLICATION_FORM)
        return person

    def fills(self, person: Person, says: Mapping[str, Any]) -> None:
        person.fill(says)
        named = {person.id, says["manager"], says.get("wish")} - {None}
        wait_until(lambda: self._are_known(named), "Slack was not asked who somebody is")

    def _are_known(self, people: set[Any]) -> bool:
        with self.storage.read(self.slack.team_id) as tx:
            return all(tx.people.get(person).display_name for person in people)

    def hear(self, user: str, text: str, *, after: int = 0) -> dict[str, Any]:
        return self.slack.person(user).await_message(lambda message: message["text"] == text, after=after)

    def heard(self) -> dict[str, list[str]]:
        """The texts of all direct messages, by who got them, as in RECEIVED; whoever got none is left out."""
        people = [member.id for member in PEOPLE if not member.is_bot]
        inboxes = {user: self.slack.person(user).inbox() for user in people}
        heard = {user: [m["text"] for m in inbox if not m.get("is_ephemeral")] for user, inbox in inboxes.items()}
        heard[OWNER] = sorted(set(heard[OWNER]) - {WEEK})
        return {user: texts for user, texts in heard.items() if texts}


def _counts(status: Mapping[str, Any]) -> dict[str, str]:
    fields = [field["text"].split("\n") for block in status["blocks"] for field in block.get("fields", ())]
    return dict(fields)


def _topics(status: Mapping[str, Any]) -> list[list[str]]:
    rows = next(block["rows"] for block in status["blocks"] if block["type"] == "table")
    return [[cell["text"] for cell in row[:3]] for row in rows[1:]]


def _waiting(status: Mapping[str, Any]) -> list[str]:
    said = [b["text"]["text"] for b in status["blocks"] if b.get("accessory", {}).get("action_id") == OPEN_APPLICATION]
    return [words[2 : words.index(">")] for words in said]
