"""What Slack says of people is kept with all that follows, or not at all; and asking again costs little."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from mentoring.core.outcome import Outcome
from mentoring.core.people import AccountStatus, Person, ProfileUpdate
from mentoring.matching.match import Match, MatchState
from mentoring.partnerships.partnership import Partnership
from mentoring.people.absences import AbsenceContext, AffectedProgramme
from services.people import load_absence, save_profile
from storage import Storage, Transaction
from storage.people import MOST_REFRESHED, STALE
from tests.one_programme import the_programme
from tests.storage.rows import ADA, BEN, NOON, OWNER, WORKSPACE, grounded, insert_programme, notice

LATER = NOON + timedelta(days=40)
PARTNERSHIP = Partnership("s1", "c1", "m1", "a1", "a2", ADA, BEN, ("Job search",), 6, NOON)
OFFERED = Match("m2", "c1", "a1", "a3", ADA, BEN, 60, (), MatchState.OFFERED, offered_at=NOON)


def meet(tx: Transaction, *people: str) -> None:
    """Slack has told who these are."""
    tx.people.request_profiles(people, NOON)
    for person in people:
        tx.people.save_profile(Person(person, AccountStatus.MEMBER, person.lower(), "Europe/London"), NOON)


def says(tx: Transaction, person: Person, now: datetime = LATER) -> None:
    save_profile(tx, person, now)


def owed(tx: Transaction) -> set[str]:
    """The beginnings of the keys of all that is owed."""
    row = tx.outbox
    kinds = (
        "partner-left:s1:U0ADA",
        "owners-person-left:p1:U0BEN:U0OWNER",
        "partner-left:s1:U0BEN",
        "offer-over:m2:U0ADA",
    )
    return {kind for kind in kinds if row.contains(f"{kind}:{LATER.isoformat()}") or row.contains(kind)}


def test_all_whom_it_concerns_is_loaded_together(tx: Transaction) -> None:
    insert_programme(tx)
    meet(tx, ADA, BEN, OWNER)
    tx.save(Outcome((PARTNERSHIP, OFFERED, replace(OFFERED, id="m3", state=MatchState.DECLINED))))
    found = load_absence(tx, Person(BEN, AccountStatus.DEACTIVATED), NOON)
    assert found.person == tx.people.get(BEN)
    programme = the_programme(tx)
    assert programme is not None
    assert found.programmes == (
        AffectedProgramme(programme.id, (OWNER,), (PARTNERSHIP,), (OFFERED,), cohort_id=PARTNERSHIP.cohort_id),
    )
    assert set(found.people) == {ADA, BEN, OWNER}


def test_before_there_is_a_programme_there_is_only_the_person(tx: Transaction) -> None:
    meet(tx, ADA)
    found = load_absence(tx, Person(ADA, AccountStatus.DEACTIVATED), NOON)
    assert found.programmes == ()


def test_of_somebody_who_stays_nothing_else_is_loaded(tx: Transaction) -> None:
    insert_programme(tx)
    meet(tx, ADA, BEN)
    tx.save(Outcome((PARTNERSHIP, OFFERED)))
    assert load_absence(tx, Person(BEN, AccountStatus.MEMBER), NOON) == AbsenceContext(tx.people.get(BEN))


def test_a_departure_is_kept_with_its_day_and_what_it_owes(storage: Storage) -> None:
    with grounded(storage) as tx:
        meet(tx, ADA, BEN, OWNER)
        tx.save(Outcome((PARTNERSHIP, OFFERED)))
        says(tx, Person(BEN, AccountStatus.DEACTIVATED, "ben"))
    with storage.read(WORKSPACE) as tx:
        assert tx.people.get(BEN) == Person(BEN, AccountStatus.DEACTIVATED, "ben", "Europe/London", LATER)
        assert tx.people.profile_at(BEN) == LATER
        assert tx.people.unavailable() == {BEN: tx.people.get(BEN)}
        match = tx.matches.get("m2")
        assert match is not None
        assert match.state is MatchState.OVERTAKEN
        assert owed(tx) == {"partner-left:s1:U0ADA", "owners-person-left:p1:U0BEN:U0OWNER", "offer-over:m2:U0ADA"}


def test_somebody_back_is_kept_as_being_here(tx: Transaction) -> None:
    insert_programme(tx)
    meet(tx, ADA, BEN)
    says(tx, Person(BEN, AccountStatus.DEACTIVATED, "ben"))
    says(tx, Person(BEN, AccountStatus.MEMBER, "ben", "Europe/Paris"), LATER + timedelta(days=1))
    assert tx.people.get(BEN) == Person(BEN, AccountStatus.MEMBER, "ben", "Europe/Paris")
    assert tx.people.unavailable() == {}


def test_nothing_is_kept_of_somebody_who_was_erased(tx: Transaction) -> None:
    insert_programme(tx)
    meet(tx, BEN)
    tx.erasure.erase(BEN, NOON)
    says(tx, Person(BEN, AccountStatus.DEACTIVATED, "ben"))
    assert not tx.people.exists(BEN)


def test_what_is_owed_about_somebody_goes_when_they_are_erased(tx: Transaction) -> None:
    insert_programme(tx)
    meet(tx, ADA, BEN, OWNER)
    tx.save(Outcome((PARTNERSHIP,)))
    says(tx, Person(BEN, AccountStatus.DEACTIVATED, "ben"))
    tx.erasure.erase(BEN, LATER)
    assert owed(tx) == {"partner-left:s1:U0ADA"}


def test_what_is_owed_to_somebody_who_has_left_is_kept_for_their_return(tx: Transaction) -> None:
    tx.people.request_profiles([ADA], NOON)
    tx.save(Outcome((ProfileUpdate(Person(ADA, AccountStatus.DEACTIVATED, left_at=NOON), NOON),), (notice("n1"),)))
    assert tx.outbox.contains("n1")


def test_slack_is_asked_again_after_a_week_the_oldest_first_and_a_few_at_a_time(tx: Transaction) -> None:
    people = [f"U{n:03}" for n in range(MOST_REFRESHED + 5)]
    tx.people.request_profiles(people, NOON)
    for n, person in enumerate(people):
        tx.people.save_profile(Person(person, AccountStatus.MEMBER), NOON - timedelta(minutes=n))
    assert tx.people.stale_profiles(NOON) == ()
    assert tx.people.stale_profiles(NOON + STALE + timedelta(minutes=1)) == tuple(reversed(people))[:MOST_REFRESHED]


def test_whom_slack_is_being_asked_about_is_not_asked_about_twice(tx: Transaction) -> None:
    meet(tx, ADA, BEN)
    tx.people.refresh_profiles([ADA, "U0NOBODY"], LATER)
    assert tx.people.stale_profiles(LATER) == (BEN,)
    assert tx.people.requested() == (ADA,)
    assert not tx.people.exists("U0NOBODY")


def test_people_whom_nobody_knows_yet_go_before_those_who_are_asked_about_again(tx: Transaction) -> None:
    meet(tx, ADA)
    tx.people.refresh_profiles([ADA], LATER)
    tx.people.request_profiles([BEN], LATER + timedelta(minutes=1))
    assert tx.people.requested() == (BEN, ADA)


def test_each_workspace_has_people_of_its_own(storage: Storage) -> None:
    with storage.begin(WORKSPACE) as tx:
        meet(tx, ADA)
        tx.people.save_profile(Person(ADA, AccountStatus.DEACTIVATED, left_at=datetime(2027, 1, 1, tzinfo=UTC)), NOON)
    with storage.begin("T0ELSE") as tx:
        assert tx.people.unavailable() == {}
        assert tx.people.stale_profiles(LATER) == ()
