"""Homes: who looks at them, which changes outdate whose, and who may publish one."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mentoring.core.outcome import Outcome
from mentoring.core.people import AccountStatus, Leave, LeaveChange, Person, ProfileUpdate
from mentoring.core.roles import ProgrammeRole, RoleGiven
from mentoring.home.outdated import OUTDATES_HOME, outdates_home
from mentoring.matching.match import MatchState
from mentoring.meetings.log import MeetingNotes
from storage import HomeClaim, Storage
from storage.notifications.home_statements import HomeState
from storage.notifications.homes import ACTED_FOR, LOOKS_FOR
from storage.transaction import _SAVERS
from tests.mentoring.factories import match, meeting, partnership
from tests.storage.rows import ADA, BEN, COHORT, LEASE, NOON, OWNER, PROGRAMME, WORKSPACE, application, grounded

CHI = "U0CHI"
SOON = timedelta(seconds=1)


@pytest.fixture
def looked_at(storage: Storage) -> Storage:
    """Ada, Ben, the owner and Chi, who is somebody else, look at their Homes, which are current."""
    storage.stopwatch = lambda: NOON
    with grounded(storage) as tx:
        tx.save(Outcome((RoleGiven(PROGRAMME.id, ProgrammeRole.OWNER, OWNER),)))
    for person in (ADA, BEN, OWNER, CHI):
        opens(storage, person)
    while ours := claim(storage):
        published(storage, ours)
    return storage


def opens(storage: Storage, person: str) -> None:
    with storage.begin(WORKSPACE) as tx:
        tx.open_home(person)


def claim(storage: Storage, after: timedelta = SOON) -> HomeClaim | None:
    with storage.begin_unlocked(WORKSPACE) as tx:
        return tx.homes.claim(stopwatch=NOON + after, lease=LEASE)


def claimed(storage: Storage, after: timedelta = SOON) -> HomeClaim:
    ours = claim(storage, after)
    assert ours is not None
    return ours


def published(storage: Storage, ours: HomeClaim) -> bool:
    with storage.begin_unlocked(WORKSPACE) as tx:
        return tx.homes.mark_published(ours)


def keep(storage: Storage, *changes: object) -> set[str]:
    """Save, and say whose Home is stale then."""
    with storage.begin(WORKSPACE) as tx:
        tx.save(Outcome(changes))
    with storage.read(WORKSPACE) as tx:
        return {each for each in (ADA, BEN, OWNER, CHI) if tx.homes.state_of(each) is HomeState.STALE}


def test_who_never_opened_it_has_none(storage: Storage) -> None:
    storage.stopwatch = lambda: NOON
    with storage.begin(WORKSPACE) as tx:
        tx.note_act(ADA, at_home=False)
    assert claim(storage) is None
    with storage.read(WORKSPACE) as tx:
        assert tx.homes.state_of(ADA) is None
        assert not tx.looks_soon(ADA, at_home=True)


def test_who_has_just_opened_it_comes_first(looked_at: Storage) -> None:
    assert keep(looked_at, application()) == {ADA, OWNER}
    opens(looked_at, CHI)
    assert [claimed(looked_at).person for _ in range(3)] == [CHI, ADA, OWNER]
    assert claim(looked_at) is None


def test_opening_it_again_publishes_it_again(looked_at: Storage) -> None:
    opens(looked_at, ADA)
    assert claimed(looked_at).person == ADA


def test_nobody_is_published_to_who_does_not_look(looked_at: Storage) -> None:
    assert keep(looked_at, replace(PROGRAMME, version=2, name="Another")) == {ADA, BEN, OWNER, CHI}
    assert claim(looked_at, LOOKS_FOR + SOON) is None
    looked_at.stopwatch = lambda: NOON + LOOKS_FOR
    with looked_at.begin(WORKSPACE) as tx:
        tx.note_act(ADA, at_home=False)
    assert claimed(looked_at, LOOKS_FOR + SOON).person == ADA
    assert claim(looked_at, LOOKS_FOR + ACTED_FOR + SOON) is None


def test_many_changes_are_one_publication_and_one_more_during_it_is_another(looked_at: Storage) -> None:
    for version in (1, 2, 3):
        keep(looked_at, replace(application(), version=version))
    ours = claimed(looked_at)
    keep(looked_at, replace(application(), version=4))
    assert published(looked_at, ours)
    again = {claimed(looked_at).person, claimed(looked_at).person}
    assert again == {ADA, OWNER}
    assert claim(looked_at) is None


def test_a_worker_that_died_is_replaced_and_what_it_says_late_is_ignored(looked_at: Storage) -> None:
    opens(looked_at, ADA)
    dead = claimed(looked_at)
    assert claim(looked_at, LEASE) is None
    ours = claimed(looked_at, LEASE + 2 * SOON)
    assert ours.fence == dead.fence + 1
    assert not published(looked_at, dead)
    assert published(looked_at, ours)


def test_one_that_failed_waits_and_is_wanted_again_at_once_when_it_is_opened(looked_at: Storage) -> None:
    opens(looked_at, ADA)
    ours = claimed(looked_at)
    later = NOON + timedelta(minutes=10)
    with looked_at.begin_unlocked(WORKSPACE) as tx:
        assert tx.homes.retry_at(ours, retry_at=later, reason="internal_error")
    assert claim(looked_at) is None
    with looked_at.read(WORKSPACE) as tx:
        assert tx.homes.next_retry(stopwatch=NOON) == later
    opens(looked_at, ADA)
    assert claimed(looked_at).person == ADA


def test_what_nobody_can_look_at_waits_until_it_is_opened(looked_at: Storage) -> None:
    opens(looked_at, ADA)
    ours = claimed(looked_at)
    with looked_at.begin_unlocked(WORKSPACE) as tx:
        assert tx.homes.mark_closed(ours, reason="away")
    keep(looked_at, application())
    assert claimed(looked_at).person == OWNER
    assert claim(looked_at) is None
    opens(looked_at, ADA)
    assert claimed(looked_at).person == ADA


def test_a_change_outdates_the_homes_of_the_people_concerned(looked_at: Storage) -> None:
    pair = replace(partnership(), mentee=ADA, mentor=BEN, cohort_id=COHORT.id)
    assert keep(looked_at, application()) == {ADA, OWNER}
    _all_current(looked_at)
    assert keep(looked_at, pair) == {ADA, BEN, OWNER}
    _all_current(looked_at)
    met = replace(meeting(NOON.date()), partnership_id=pair.id)
    assert keep(looked_at, met) == {ADA, BEN, OWNER}
    _all_current(looked_at)
    assert keep(looked_at, MeetingNotes(met.id, "Private")) == {ADA, BEN}
    _all_current(looked_at)
    assert keep(looked_at, LeaveChange(ADA, None, Leave(NOON, NOON.date() + timedelta(days=9)))) == {ADA, BEN, OWNER}
    _all_current(looked_at)
    proposed = match(ADA, CHI, cohort_id=COHORT.id, id="m9")
    assert keep(looked_at, proposed) == {OWNER}, "nobody learns of a proposal"
    _all_current(looked_at)
    assert keep(looked_at, proposed.changed(state=MatchState.OFFERED, offered_at=NOON)) == {ADA, CHI, OWNER}


def test_a_profile_counts_where_it_says_something_new(looked_at: Storage) -> None:
    with looked_at.begin(WORKSPACE) as tx:
        tx.people.request_profiles([ADA], NOON)
    new = ProfileUpdate(Person(ADA, AccountStatus.MEMBER, "Ada", "Europe/London"), NOON)
    assert ADA in keep(looked_at, new)
    _all_current(looked_at)
    assert keep(looked_at, replace(new, person=replace(new.person, display_name="Ada A."))) == set()
    gone = replace(new, person=replace(new.person, account_status=AccountStatus.DEACTIVATED))
    assert keep(looked_at, gone) == {ADA}, "owners read nothing about a person who did not apply"
    assert keep(looked_at, application()) == {ADA, OWNER}
    _all_current(looked_at)
    assert keep(looked_at, new) == {ADA, OWNER}


def test_an_erasure_leaves_no_row_and_outdates_what_may_name_them(looked_at: Storage) -> None:
    with looked_at.begin(WORKSPACE) as tx:
        tx.erasure.erase(ADA, NOON)
    with looked_at.read(WORKSPACE) as tx:
        assert tx.homes.state_of(ADA) is None
        assert tx.homes.state_of(BEN) is HomeState.STALE


def test_every_change_is_one_that_outdates_home_or_is_known_not_to() -> None:
    """A new kind of change needs a line in `OUTDATES_HOME`, or belongs into this list: it is not shown at Home."""
    shown_nowhere = {
        "AgendaOutdated",
        "AnnouncementOutdated",
        "AnswerCount",
        "AnswersCounted",
        "Case",
        "CaseCounted",
        "CaseWords",
        "CountedRemark",
        "RecipientsChosen",
        "RecipientsTold",
        "Remark",
        "RemarkGroupFormed",
        "RemarkWords",
        "Closure",
        "DevelopmentPlan",
        "EndMoved",
        "FeedbackCorrected",
        "FileImport",
        "GoalChange",
        "Invitation",
        "JobDone",
        "MatchDecision",
        "MomentNoted",
        "MomentsForgotten",
        "NextTime",
        "OwnerAct",
        "PrivateAnswers",
        "ProfileMapping",
        "ProgrammeFile",
        "ReportWords",
        "ScheduledJob",
        "SessionForgotten",
        "SponsorPageResumed",
        "SponsorPageStopped",
        "SponsorSentence",
        "StandingAnswer",
        "ThankYou",
        "TitleNoted",
        "WrittenTerms",
    }
    assert {kind.__name__ for kind in _SAVERS} == {kind.__name__ for kind in OUTDATES_HOME} | shown_nowhere
    assert outdates_home(object()) is None


def _all_current(storage: Storage) -> None:
    while ours := claim(storage):
        published(storage, ours)
