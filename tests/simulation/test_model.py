"""What the model of the simulated years takes for a broken promise, and what not, each in one small story."""

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.simulation.almanac import DAY, Almanac
from tests.simulation.clocks import Time
from tests.simulation.expectations import Broken, Complaint, SentMessage
from tests.simulation.ledger import Ledger
from tests.simulation.model import Model
from tests.simulation.pairs import Pair

OLGA, ADA, BEN = "U0OLGA", "U0ADA", "U0BEN"
PAIR = "p1"
MONDAY = datetime(2027, 1, 4, 10, tzinfo=UTC)
NIGHT = timedelta(hours=12)
SECOND = timedelta(seconds=1)


class Story:
    """Olga's programme, in which Ada and Ben were introduced on a Monday at ten; all live in London. `now` is what both
    clocks show.
    """

    def __init__(self) -> None:
        self.now = MONDAY
        zones = dict.fromkeys((OLGA, ADA, BEN), "Europe/London")
        self.model = Model(Almanac(), zones, lambda: self.now, lambda: self.now)
        self.model.absences.owners = (OLGA,)
        self.book = self.model.book
        self.begin(PAIR)
        self.says("introduced", f"{ADA}+{BEN}")

    def begin(self, pair: str) -> None:
        self.model.pairs.begin(Pair(pair, ADA, BEN, self.now, months=12))

    def on(self, day: int, hour: int = 9, minute: int = 0) -> None:
        """So many days after the introduction; nobody misses anything meanwhile."""
        self.now = MONDAY.replace(hour=hour, minute=minute) + day * DAY

    def passes_to(self, day: int, hour: int) -> None:
        """The bot runs until then, and Slack answers. Raises Broken for what is not said."""
        since = self.now
        self.on(day, hour)
        self.book.pass_time(since, self.now, is_up=True)

    def says(self, kind: str, reader: str, about: str = PAIR, *, name: str = "") -> None:
        name = name or f"{kind} {reader} {self.now}"
        self.model.saw(SentMessage(kind, reader, about, self.now, self.now, self.now, self.now, name))

    def logs(self, name: str) -> None:
        """Ada logs a meeting of today; the notice to Ben has that name."""
        self.model.pairs.logged(PAIR, ADA, self.now.date())
        self.book.name("meeting-logged", BEN, PAIR, name)

    def is_owed(self, kind: str, reader: str, about: str = PAIR) -> bool:
        return any(owed.is_open and owed.needed for owed in self.book.of(kind, reader, about))


@pytest.fixture
def story() -> Story:
    return Story()


def complains(complaint: Complaint) -> "pytest.RaisesExc[Broken]":
    return pytest.RaisesExc(Broken, match=f"^{complaint}")


def test_a_nudge_that_crosses_an_ending_makes_none_owed(story: Story) -> None:
    story.on(52)
    story.model.ended(PAIR)
    story.says("monthly-nudge", ADA)
    assert not story.is_owed("monthly-nudge", ADA)


def test_an_ending_excuses_only_what_was_due(story: Story) -> None:
    story.on(20)
    story.model.ended(PAIR)
    with complains(Complaint.TO_ONE_WHO_IS_OUT_OF_IT):
        story.says("monthly-nudge", ADA)


def test_the_newer_of_two_logs_may_be_told_of_at_night(story: Story) -> None:
    story.on(3, 18)
    story.logs("older")
    story.on(3, 23)
    story.logs("newer")
    story.now += SECOND
    story.says("meeting-logged", BEN, name="newer")


def test_the_older_of_two_logs_is_not_told_of_at_night(story: Story) -> None:
    story.on(3, 18)
    story.logs("older")
    story.on(3, 23)
    story.logs("newer")
    story.now += SECOND
    with complains(Complaint.AT_NIGHT):
        story.says("meeting-logged", BEN, name="older")


def test_each_answer_is_that_to_its_own_question(story: Story) -> None:
    """Help, a status and a word wanted are told apart like logs."""
    story.on(3, 18)
    story.model.wrote(ADA)
    story.book.name("help", ADA, "", "older")
    story.on(3, 23)
    story.model.wrote(ADA)
    story.book.name("help", ADA, "", "newer")
    story.says("help", ADA, "", name="newer")
    with complains(Complaint.AT_NIGHT):
        story.says("help", ADA, "", name="older")


def test_an_act_of_somebody_excuses_what_was_on_its_way(story: Story) -> None:
    story.on(10)
    story.logs("met")
    story.now += SECOND
    story.says("first-meeting-nudge", ADA)


def test_what_the_bot_says_does_not_excuse_its_second_message(story: Story) -> None:
    story.on(51)
    story.says("second-meeting-nudge", ADA)
    story.on(52)
    story.now += SECOND
    with complains(Complaint.EARLY):
        story.says("monthly-nudge", ADA)


def test_two_monthly_nudges_in_one_second_are_one_too_many(story: Story) -> None:
    story.on(81)
    story.says("monthly-nudge", ADA)
    story.now += SECOND
    with complains(Complaint.EARLY):
        story.says("monthly-nudge", ADA)


def test_four_weeks_count_from_the_day_on_which_the_last_was_said(story: Story) -> None:
    """An outage had kept it for a day."""
    story.on(53)
    story.says("monthly-nudge", ADA)
    story.on(80)
    with complains(Complaint.EARLY):
        story.says("monthly-nudge", ADA)
    story.on(81)
    story.says("monthly-nudge", ADA)


def test_a_monthly_nudge_waits_for_a_check_in_that_is_late(story: Story) -> None:
    story.on(190)
    with complains(Complaint.EARLY):
        story.says("monthly-nudge", ADA)
    story.says("check-in", ADA)
    story.on(197)
    with complains(Complaint.EARLY):
        story.says("monthly-nudge", ADA)
    story.on(198)
    story.says("monthly-nudge", ADA)


def test_a_monthly_nudge_that_is_overdue_waits_a_week_after_the_check_in(story: Story) -> None:
    """Both were kept for weeks; the check-in goes first."""
    story.on(210)
    story.says("check-in", ADA)
    (owed,) = [owed for owed in story.book.of("monthly-nudge", ADA, PAIR) if owed.is_open]
    assert owed.due.date() == (MONDAY + 218 * DAY).date()


def test_the_second_nudge_comes_a_week_after_the_first(story: Story) -> None:
    story.on(22)
    story.says("first-meeting-nudge", ADA)
    story.on(24)
    with complains(Complaint.EARLY):
        story.says("second-meeting-nudge", ADA)
    story.on(29)
    story.says("second-meeting-nudge", ADA)


def test_a_reminder_does_not_come_before_its_survey_nor_soon_after(story: Story) -> None:
    story.on(373)
    with complains(Complaint.EARLY):
        story.says("survey-reminder", ADA)
    story.on(371)
    story.says("survey", ADA)
    story.on(374)
    with complains(Complaint.EARLY):
        story.says("survey-reminder", ADA)
    story.on(378)
    story.says("survey-reminder", ADA)


def test_a_return_is_told_of_once(story: Story) -> None:
    """Ben leaves and returns twice in one weekend."""
    for hour in (8, 12):
        story.on(5, hour)
        story.model.left(BEN, [])
        story.on(5, hour + 2)
        story.model.absences.back(BEN)
    for day, kind, reader, about in (
        (7, "welcome-back", BEN, BEN),
        (7, "partner-back", ADA, PAIR),
        (28, "owners-person-back", OLGA, BEN),
    ):
        story.on(day)
        story.says(kind, reader, about)
        story.now += 8 * DAY
        with pytest.raises(Broken):
            story.says(kind, reader, about)
        story.now -= 8 * DAY


def test_a_return_is_not_told_of_after_they_have_left_again(story: Story) -> None:
    story.on(5)
    story.model.left(BEN, [])
    story.on(5, 12)
    story.model.absences.back(BEN)
    story.on(6)
    story.model.left(BEN, [])
    story.on(7)
    for kind, reader, about in (("partner-back", ADA, PAIR), ("owners-person-back", OLGA, BEN)):
        with complains(Complaint.TO_ONE_WHO_IS_OUT_OF_IT):
            story.says(kind, reader, about)
    story.says("partner-left", ADA)


def test_nobody_is_told_that_somebody_left_who_is_back(story: Story) -> None:
    story.on(5)
    story.model.left(BEN, [])
    story.on(6)
    story.model.absences.back(BEN)
    story.on(7)
    for kind, reader, about in (("partner-left", ADA, PAIR), ("owners-person-left", OLGA, BEN)):
        with complains(Complaint.TO_ONE_WHO_IS_OUT_OF_IT):
            story.says(kind, reader, about)


def test_a_return_that_was_overtaken_is_not_owed_when_nothing_runs(story: Story) -> None:
    """Ben's partnership ends while he is there, before he is welcomed; then he is away again, and back."""
    story.on(5)
    story.model.left(BEN, [])
    story.on(5, 12)
    story.model.absences.back(BEN)
    story.on(5, 13)
    story.model.ended(PAIR)
    story.on(6)
    story.model.left(BEN, [])
    story.on(6, 12)
    story.model.absences.back(BEN)
    assert not story.is_owed("welcome-back", BEN, BEN)
    story.on(7)
    story.says("welcome-back", BEN, BEN)
    with pytest.raises(Broken):
        story.says("welcome-back", BEN, BEN)


def test_owners_may_hear_of_both_who_are_back_in_one_weekend(story: Story) -> None:
    for person in (ADA, BEN):
        story.on(4)
        story.model.left(person, [])
    story.on(5)
    story.model.absences.back(ADA)
    assert not story.book.of("owners-person-back", OLGA, ADA)
    story.on(6)
    story.model.absences.back(BEN)
    assert story.is_owed("owners-person-back", OLGA, BEN)
    assert not story.is_owed("owners-person-back", OLGA, ADA)
    story.on(28)
    story.says("owners-person-back", OLGA, ADA)


def test_what_is_owed_and_not_said_is_lost(story: Story) -> None:
    story.on(10, 8)
    with complains(Complaint.LOST):
        story.passes_to(10, 12)


def test_what_waited_for_another_may_come_a_day_later(story: Story) -> None:
    """The bot was off on the morning of the reminder, and before; then the offer goes first."""
    story.on(0, 18)
    story.model.offered("m1", ADA, BEN)
    since = story.now
    story.on(4, 12)
    story.book.pass_time(since, story.now, is_up=False)
    with complains(Complaint.EARLY):
        story.says("offer-reminder", ADA, "m1")
    for person in (ADA, BEN):
        story.says("match-offered", person, "m1")
    story.passes_to(4, 17)
    story.passes_to(7, 9)
    with complains(Complaint.LOST):
        story.passes_to(7, 17)


def test_the_world_looks_when_the_bot_does(tmp_path: Path) -> None:
    """Also for what another copy has in hand: from the end of its lease on."""
    time = Time(MONDAY)
    with sqlite3.connect(tmp_path / "year.db") as connection:
        connection.executescript(
            """
            CREATE TABLE outbox (workspace, state, due, retry_at, lease_until, carried_by);
            CREATE TABLE live_views (state, due, retry_at, lease_until);
            CREATE TABLE homes (state, retry_at, lease_until, looks_until);
            CREATE TABLE scheduled_jobs (workspace, due, done);
            CREATE TABLE proposal_runs (asked_at);
            CREATE TABLE people (workspace, asked_at);
            INSERT INTO outbox VALUES ('T1', 'sending', '1970-01-01 00:00:00', NULL, '2027-01-04 10:01:20', NULL);
            """
        )
    ledger = Ledger(tmp_path / "year.db", "T1")
    assert ledger.wakes(time) == MONDAY + timedelta(seconds=80)
    assert not ledger.is_owed(time)
    time.pass_to(MONDAY + timedelta(seconds=81))
    assert ledger.is_owed(time)
    ledger.close()
    connection.close()


def test_no_reminder_comes_during_a_leave_and_it_is_expected_again_afterwards(story: Story) -> None:
    story.on(8)
    story.model.went_on_leave(BEN, story.now.date() + 6 * DAY, [], by_owner=False)
    story.says("on-leave", BEN, BEN)
    story.on(9)
    story.says("partner-on-leave", ADA)
    story.on(10)
    with complains(Complaint.TO_ONE_WHO_IS_OUT_OF_IT):
        story.says("first-meeting-nudge", ADA)
    story.on(14, 0, 1)
    story.model.leaves.pass_time()
    story.on(14)
    for kind, reader, about in (("leave-over", BEN, BEN), ("partner-back", ADA, PAIR)):
        story.says(kind, reader, about)
    assert story.is_owed("first-meeting-nudge", ADA)


def test_whoever_is_on_leave_is_asked_about_no_match(story: Story) -> None:
    story.model.went_on_leave(BEN, story.now.date() + 6 * DAY, [], by_owner=True)
    with complains(Complaint.UNASKED):
        story.model.offered("m1", ADA, BEN)


def test_a_mentor_hears_of_a_plan_while_it_is_shared_and_not_otherwise() -> None:
    story = Story()
    plans = story.model.plans
    story.on(1)
    plans.changed(ADA)
    with pytest.raises(Broken, match=Complaint.UNASKED):
        story.says("plan-changed", BEN)
    plans.shared(story.model.pairs.all[PAIR])
    assert plans.reads(BEN, PAIR)
    story.says("plan-shared", BEN)
    story.on(9)
    plans.changed(ADA)
    story.says("plan-changed", BEN)
    with pytest.raises(Broken, match=Complaint.TOO_OFTEN):
        story.says("plan-changed", BEN, name="again")
    story.on(20)
    plans.changed(ADA)
    plans.unshared(story.model.pairs.all[PAIR])
    story.on(20, 12)
    with pytest.raises(Broken, match=Complaint.TO_ONE_WHO_IS_OUT_OF_IT):
        story.says("plan-changed", BEN, name="too late")
    assert not plans.reads(BEN, PAIR)


def test_whether_a_plan_still_fits_is_asked_three_months_after_its_last_change() -> None:
    story = Story()
    story.on(1)
    story.model.plans.changed(ADA)
    story.on(60)
    with pytest.raises(Broken, match=Complaint.EARLY):
        story.says("plan-review", ADA, ADA)
    story.model.plans.changed(ADA)
    assert story.is_owed("plan-review", ADA, ADA)
    story.on(155)
    story.says("plan-review", ADA, ADA)
    assert not story.is_owed("plan-review", ADA, ADA)


def test_one_is_asked_to_finish_a_report_once_and_not_after_it_was_changed() -> None:
    story = Story()
    reports = story.model.reports
    story.on(20)
    reports.finished(PAIR, 1, ADA)
    story.says("report-waits", BEN)
    reports.written(PAIR, 1)
    reports.finished(PAIR, 1, ADA)
    with pytest.raises(Broken, match=Complaint.TWICE):
        story.says("report-waits", BEN, name="again")
    reports.finished(PAIR, 1, BEN)
    assert not story.is_owed("report-waits", BEN)


def test_a_report_goes_to_its_reader_when_both_agree_and_not_if_it_was_taken_back() -> None:
    story = Story()
    reports, shared = story.model.reports, (PAIR, 1, OLGA)
    story.on(21)
    reports.agreed(shared, ADA)
    with pytest.raises(Broken, match=Complaint.UNASKED):
        story.says("report-shared", OLGA)
    story.says("report-waits", BEN)
    reports.agreed(shared, BEN)
    assert story.is_owed("report-shared", OLGA)
    reports.took_back(shared)
    assert not story.is_owed("report-shared", OLGA)
    reports.agreed(shared, ADA)
    reports.agreed(shared, BEN)
    story.says("report-shared", OLGA, name="when both agree")
