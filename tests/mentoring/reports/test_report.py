"""A report is filled from the log, both finish it, and then it stays; somebody else reads it only if both agree."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from mentoring.applications.application import MeetingMode, Role
from mentoring.core.errors import InvalidForm, NotForYou
from mentoring.core.outcome import NOTHING, NotificationKind, Outcome
from mentoring.core.people import AccountStatus
from mentoring.goals.goal import Goal, GoalChange, GoalRecord, GoalState, GoalTerm
from mentoring.items.item import ActionItem, ItemOwner, ItemState
from mentoring.meetings.log import Meeting
from mentoring.partnerships.errors import AlreadyEnded
from mentoring.partnerships.judgement import FollowedTerms
from mentoring.partnerships.partnership import PartnershipState
from mentoring.partnerships.timing import MeetingRhythm
from mentoring.reports.errors import (
    AlreadyShared,
    CannotReadReport,
    NotAskedToShare,
    NotFinished,
    NothingToReport,
    ReportChanged,
    ReportsOff,
    SharedWithMany,
)
from mentoring.reports.page import ReportWords
from mentoring.reports.report import (
    ProgressReport,
    ReportContext,
    SharedWordsForm,
    finish,
    is_quarter_over,
    reopen,
    write_learnt,
    write_shared,
)
from mentoring.reports.sharing import (
    MOST_SHARES,
    ReportShare,
    SharingContext,
    agree_to_share,
    ask_to_share,
    take_back,
)
from tests.mentoring.factories import ADA, BEN, CHI, OWNER, changed, partnership
from tests.mentoring.values import PROGRAMME, at, person

WITH = replace(PROGRAMME, has_reports=True)
NOW, TODAY = at("2027-07-05T10:00"), date(2027, 7, 5)
ME, PARTNER, READER = person(ADA), person(BEN), person(OWNER)
FORM = SharedWordsForm(next_steps=("Give a talk",))


def met(day: date, minutes: int = 45) -> Meeting:
    return Meeting(f"m{day}", "s1", day, minutes, MeetingMode.VIDEO, (), ADA)


def goal(id: str, state: GoalState, on: date, happened: str = "") -> GoalRecord:
    words = Goal(id, ADA, f"Goal {id}", GoalTerm.LATER, "", None, "", (), (), "", "", state, date(2027, 1, 5), 2)
    return GoalRecord(words, (GoalChange(id, 2, on, state, happened),))


def item(id: str, state: ItemState, added_at: datetime) -> ActionItem:
    return ActionItem(id, "s1", "Read the report", ItemOwner.BOTH, None, added_at, ADA, state)


def context(**facts: Any) -> ReportContext:
    usual = {"meetings": (met(date(2027, 1, 20)), met(date(2027, 3, 1), 60))}
    return ReportContext(partnership(), WITH, "r1", **{**usual, **facts})


def test_the_action_items_of_the_period_are_counted_without_dropped_ones() -> None:
    early, later = NOW - timedelta(days=30), NOW + timedelta(days=1)
    items = (
        item("i1", ItemState.DONE, early),
        item("i2", ItemState.OPEN, early),
        item("i3", ItemState.DROPPED, early),
        item("i4", ItemState.DONE, later),
        item("i5", ItemState.DONE, at("2026-12-01T10:00")),
    )
    here = context(items=items)
    assert here.current is not None
    page = here.page(here.current, TODAY)
    assert (page.items, page.items_done) == (2, 1)


def after(before: ReportContext, outcome: Outcome) -> ReportContext:
    """The context once the outcome is saved."""
    reports = {each.number: each for each in (*before.reports, *changed(outcome, ProgressReport))}
    words = {**before.words, **{each.report_id: each for each in changed(outcome, ReportWords)}}
    return replace(before, reports=tuple(reports[number] for number in sorted(reports)), words=words, new_id="r2")


def done(before: ReportContext | None = None) -> ReportContext:
    """Both have finished the report."""
    found = before or after(context(), write_learnt(context(), "To ask.", by=ME))
    for by in (ME, PARTNER):
        current = found.current
        assert current
        found = after(found, finish(found, by=by, number=current.number, seen=current.edition, now=NOW))
    return found


def newest(found: ReportContext) -> ProgressReport:
    return found.reports[-1]


def test_the_page_counts_what_was_logged_in_its_days() -> None:
    found = context(rhythm=MeetingRhythm.ONCE_A_MONTH, meetings=(met(date(2027, 1, 3)), *context().meetings))
    current = found.current
    assert current
    page = found.page(current, date(2027, 3, 1))
    assert (page.starts_on, page.until) == (date(2027, 1, 4), date(2027, 3, 1))
    assert (page.met, page.minutes, page.agreed) == (2, 105, 2)


def test_goals_stand_where_they_belong_and_old_ones_are_left_out() -> None:
    goals = (
        goal("g1", GoalState.REACHED, date(2027, 2, 1), "It went well"),
        goal("g2", GoalState.REACHED, date(2027, 1, 2)),
        goal("g3", GoalState.BEGUN, date(2027, 2, 1)),
        goal("g4", GoalState.LET_GO, date(2027, 2, 1)),
    )
    found = context(goals=goals)
    current = found.current
    assert current
    page = found.page(current, TODAY)
    assert [(each.goal_id, each.line) for each in page.reached] == [("g1", "It went well")]
    assert ([each.goal_id for each in page.moving], [each.goal_id for each in page.resting]) == (["g3"], ["g4"])
    left = after(found, write_shared(found, replace(FORM, leaves_out_resting=True), by=ME, number=1, seen=0))
    assert left.page(newest(left), TODAY).resting == ()


def test_a_line_that_nobody_changed_follows_the_goal() -> None:
    found = context(goals=(goal("g1", GoalState.BEGUN, date(2027, 2, 1), "I asked"),))
    same = after(found, write_shared(found, replace(FORM, lines={"g1": "I asked"}), by=ME, number=1, seen=0))
    assert same.words["r1"].lines == {}
    ours = after(same, write_shared(same, replace(FORM, lines={"g1": "", "gX": "no"}), by=ME, number=1, seen=1))
    assert ours.words["r1"].lines == {"g1": ""}


def test_it_begins_with_a_meeting_and_the_next_with_another() -> None:
    with pytest.raises(NothingToReport):
        write_learnt(context(meetings=()), "To ask.", by=ME)
    found = done()
    with pytest.raises(NothingToReport):
        write_learnt(found, "More.", by=ME)
    met_again = replace(found, meetings=(*found.meetings, met(TODAY + timedelta(days=1))))
    following = after(met_again, write_learnt(met_again, "More.", by=ME))
    assert (newest(following).number, newest(following).starts_on) == (2, TODAY + timedelta(days=1))
    assert following.page(newest(following), date(2027, 8, 1)).met == 1


def test_once_both_have_finished_it_stays_as_it_was() -> None:
    found = done()
    page = found.page(newest(found), TODAY)
    later = replace(found, meetings=(*found.meetings, met(TODAY)), goals=(goal("g", GoalState.BEGUN, TODAY),))
    assert later.page(newest(later), date(2028, 1, 1)) == page
    assert page.learnt == {Role.MENTEE: "To ask."}


def test_the_first_to_finish_has_the_partner_asked_once_and_a_change_opens_it_again() -> None:
    found = context()
    outcome = finish(found, by=ME, number=1, seen=0, now=NOW)
    (asks,) = outcome.notifications
    assert (asks.kind, asks.recipient) == (NotificationKind.REPORT_WAITS, BEN)
    finished = after(found, outcome)
    assert newest(finished).waits_for(Role.MENTOR)
    assert finish(finished, by=ME, number=1, seen=0, now=NOW) == NOTHING
    opened = after(finished, write_learnt(finished, "To listen.", by=PARTNER))
    assert newest(opened).finished == {}
    (again,) = finish(opened, by=ME, number=1, seen=1, now=NOW).notifications
    assert again.key == asks.key, "so that nobody is asked twice"
    assert after(finished, reopen(finished, by=ME)).reports[0].finished == {}


def test_nobody_finishes_what_they_have_not_read() -> None:
    found = context()
    written = after(found, write_learnt(found, "To listen.", by=PARTNER))
    with pytest.raises(ReportChanged):
        finish(written, by=ME, number=1, seen=0, now=NOW)


def test_of_two_who_write_the_same_part_the_second_is_shown_the_first() -> None:
    found = context()
    written = after(found, write_shared(found, FORM, by=PARTNER, number=1, seen=0))
    with pytest.raises(ReportChanged):
        write_shared(written, SharedWordsForm(next_steps=("Rest",)), by=ME, number=1, seen=0)
    assert write_shared(written, FORM, by=ME, number=1, seen=0) == NOTHING
    assert write_learnt(written, "Mine alone.", by=ME).changes


def test_only_the_two_write_it_while_they_are_partners_and_the_programme_has_reports() -> None:
    ended = replace(partnership(), state=PartnershipState.ENDED)
    for found, by, refusal in (
        (context(), person(CHI), NotForYou),
        (replace(context(), partnership=ended), ME, AlreadyEnded),
        (replace(context(), programme=PROGRAMME), ME, ReportsOff),
    ):
        with pytest.raises(refusal):
            write_learnt(found, "To ask.", by=by)
        with pytest.raises(refusal):
            write_shared(found, FORM, by=by, number=1, seen=0)
        with pytest.raises(refusal):
            finish(found, by=by, number=1, seen=0, now=NOW)
        with pytest.raises(refusal):
            reopen(found, by=by)


def test_what_is_too_long_is_refused() -> None:
    with pytest.raises(InvalidForm):
        write_learnt(context(), "x" * 501, by=ME)
    for form in (SharedWordsForm(next_steps=("x",) * 4), SharedWordsForm(lines={"g1": "x" * 151})):
        with pytest.raises(InvalidForm):
            write_shared(context(), form, by=ME, number=1, seen=0)


def sharing(*shares: ReportShare, **facts: Any) -> SharingContext:
    usual = {"partnership": partnership(), "programme": WITH, "report": newest(done())}
    return SharingContext(**{**usual, **facts}, shares=shares)


def asked(by: Any = ME) -> ReportShare:
    (share,) = changed(ask_to_share(sharing(), READER, by=by, now=NOW), ReportShare)
    return share


def test_it_goes_to_somebody_only_when_both_agree() -> None:
    outcome = ask_to_share(sharing(), READER, by=ME, now=NOW)
    assert [each.recipient for each in outcome.notifications] == [BEN]
    assert ask_to_share(sharing(asked()), READER, by=ME, now=NOW) == NOTHING
    for agrees in (
        agree_to_share(sharing(asked()), READER, by=PARTNER, now=NOW),
        ask_to_share(sharing(asked()), READER, by=PARTNER, now=NOW),
    ):
        (share,) = changed(agrees, ReportShare)
        (sent,) = agrees.notifications
        assert share.is_agreed
        assert (sent.kind, sent.recipient, sent.key) == (NotificationKind.REPORT_SHARED, OWNER, share.message_key)
        assert agree_to_share(sharing(share), READER, by=PARTNER, now=NOW) == NOTHING


def test_who_can_no_longer_be_sent_it_when_the_second_agrees_is_not() -> None:
    for status in (AccountStatus.DEACTIVATED, AccountStatus.STRANGER):
        gone = replace(READER, account_status=status)
        with pytest.raises(CannotReadReport):
            agree_to_share(sharing(asked()), gone, by=PARTNER, now=NOW)
        (both,) = changed(agree_to_share(sharing(asked()), READER, by=PARTNER, now=NOW), ReportShare)
        assert agree_to_share(sharing(both), gone, by=PARTNER, now=NOW) == NOTHING


def test_it_is_sent_in_the_readers_working_hours() -> None:
    (sent,) = agree_to_share(sharing(asked()), READER, by=PARTNER, now=at("2027-07-05T23:00")).notifications
    assert sent.due is not None
    assert sent.due > at("2027-07-06T06:00")


def test_either_takes_it_back_until_it_is_sent_and_it_is_another_message_afterwards() -> None:
    (agreed,) = changed(agree_to_share(sharing(asked()), READER, by=PARTNER, now=NOW), ReportShare)
    for by in (ADA, BEN):
        (none,) = changed(take_back(sharing(agreed), OWNER, by=by), ReportShare)
        assert not none.is_asked
    with pytest.raises(NotAskedToShare):
        agree_to_share(sharing(none), READER, by=PARTNER, now=NOW)
    (again,) = changed(ask_to_share(sharing(none), READER, by=ME, now=NOW), ReportShare)
    (both,) = changed(agree_to_share(sharing(again), READER, by=PARTNER, now=NOW), ReportShare)
    assert both.message_key != agreed.message_key
    with pytest.raises(AlreadyShared):
        take_back(sharing(replace(both, is_sent=True)), OWNER, by=ADA)
    with pytest.raises(NotForYou):
        take_back(sharing(both), OWNER, by=OWNER)


def test_only_a_finished_report_is_shared_and_only_with_people_of_the_workspace() -> None:
    with pytest.raises(NotFinished):
        ask_to_share(sharing(report=replace(newest(done()), ended_on=None)), READER, by=ME, now=NOW)
    with pytest.raises(NotForYou):
        ask_to_share(sharing(), person(CHI), by=READER, now=NOW)
    with pytest.raises(InvalidForm):
        ask_to_share(sharing(), None, by=ME, now=NOW)
    bot = replace(READER, account_status=AccountStatus.BOT)
    for reader in (PARTNER, ME, bot, replace(READER, account_status=AccountStatus.UNKNOWN)):
        with pytest.raises(InvalidForm) as refused:
            ask_to_share(sharing(), reader, by=ME, now=NOW)
        assert isinstance(refused.value.reasons[0], CannotReadReport)
    many = [replace(asked(), reader=f"U{number}") for number in range(MOST_SHARES)]
    with pytest.raises(SharedWithMany):
        ask_to_share(sharing(*many), READER, by=ME, now=NOW)


@pytest.mark.parametrize(
    ("today", "quarterly", "finished", "expected"),
    [
        (date(2027, 4, 4), True, False, False),
        (date(2027, 4, 5), True, False, True),
        (date(2027, 9, 1), True, False, True),
        (date(2027, 9, 1), False, False, False),
        (date(2027, 9, 1), True, True, False),
    ],
)
def test_it_is_time_for_one_after_three_months_if_they_agreed_on_that_and_neither_has_finished_it(
    today: date, *, quarterly: bool, finished: bool, expected: bool
) -> None:
    has_finished = {Role.MENTEE: datetime(2027, 4, 6, tzinfo=UTC)} if finished else {}
    report = ProgressReport("r1", "s1", 1, date(2027, 1, 5), has_finished)
    agreed = FollowedTerms(MeetingRhythm.ONCE_A_MONTH, date(2027, 12, 1), is_quarterly=quarterly)
    assert is_quarter_over(report, agreed, today) is expected
    assert not is_quarter_over(report, None, today)
    assert not is_quarter_over(None, agreed, today)
