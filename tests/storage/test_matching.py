"""What the committee has decided: whom it keeps apart, its exceptions, who said what when; and how far proposing is."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest

from mentoring.core.acting import ActingPerson
from mentoring.core.errors import NotForYou
from mentoring.core.outcome import Outcome
from mentoring.matching.decisions import DecisionKind, MatchDecision
from mentoring.matching.hard_rules import Exclusion, ExclusionLifted, Exemption, HardRule, sorted_pair
from mentoring.matching.match import Alternative, Match, MatchState, Reason, ReasonKind
from mentoring.matching.review import ProposalRun
from storage import Conflict, Storage, Transaction
from tests.one_programme import replace_owners
from tests.storage.rows import (
    ADA,
    BEN,
    BOSS,
    COHORT,
    ELSEWHERE,
    NOON,
    OWNER,
    PROGRAMME,
    WORKSPACE,
    dump,
    grounded,
    insert_programme,
)

LATER = NOON + timedelta(minutes=5)
BAN = Exclusion(*sorted_pair(BEN, ADA), by=OWNER, at=NOON, programme_id="p1")
WHY = Exemption("m1", (HardRule.CHAIN_OF_COMMAND, HardRule.GRADES), "They met – years before.", OWNER, NOON)


def match(id: str = "m1", mentee: str = ADA, mentor: str = BEN, **facts: object) -> Match:
    usual = Match(id, "c1", "a1", "b1", mentee, mentor, 60, (Reason(ReasonKind.SHARED_TOPICS, ("Job search",)),))
    return replace(usual, **facts)  # type: ignore[arg-type]


# Bans.


def test_the_first_ban_of_two_stays_and_lifting_it_twice_is_lifting_it_once(storage: Storage) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome((BAN, replace(BAN, by=BOSS, at=LATER), Exclusion(ADA, "U09", OWNER, NOON, "p1"))))
        assert tx.exclusions.all() == [Exclusion(ADA, "U09", OWNER, NOON, "p1"), BAN]
    with storage.read(ELSEWHERE) as tx:
        assert tx.exclusions.all() == []
    with storage.begin(WORKSPACE) as tx:
        tx.save(Outcome((ExclusionLifted(ADA, "U09", "p1"), ExclusionLifted(ADA, "U09", "p1"))))
        assert tx.exclusions.all() == [BAN]


def test_a_round_is_loaded_with_what_keeps_people_apart_in_every_round(tx: Transaction) -> None:
    insert_programme(tx)
    following = replace(COHORT, id="c2", opens_on=COHORT.opens_on + timedelta(days=400))
    tx.save(Outcome((following, BAN, match(state=MatchState.DECLINED))))
    round_ = tx.rounds.get(PROGRAMME, following)
    assert round_.matches == {}
    assert round_.exclusions == {BAN}
    assert round_.declined == {frozenset({ADA, BEN})}


# Who said no.


def test_those_of_whom_one_said_no_are_found_in_whatever_round_and_nobody_else(storage: Storage) -> None:
    with grounded(storage) as tx:
        others = [state for state in MatchState if state is not MatchState.DECLINED]
        tx.save(Outcome(tuple(match(f"x{n}", ADA, f"U0{n}", state=state) for n, state in enumerate(others))))
        assert tx.matches.declined() == frozenset()
        said_no = [
            match("m1"),
            match("m2", BEN, ADA),
            match("m3", BOSS, BEN),
            match("m4", "", BEN),
            match("m5", ADA, ""),
        ]
        tx.save(Outcome(tuple(replace(one, state=MatchState.DECLINED) for one in said_no)))
        pairs = [frozenset({ADA, BEN}), frozenset({BOSS, BEN})]
        assert tx.matches.declined() == {(two, COHORT.id) for two in pairs}
    with storage.read(ELSEWHERE) as tx:
        assert tx.matches.declined() == frozenset()


# Matches under the committee's hand.


def test_what_the_committee_did_with_a_match_and_who_would_be_next_come_back_as_they_were(storage: Storage) -> None:
    whole = match(
        pinned_by=OWNER,
        exempted=(HardRule.CHAIN_OF_COMMAND, HardRule.GRADES),
        other_mentor=Alternative("b9", BOSS, 54),
        other_mentee=Alternative("a9", "U09", 0),
    )
    with grounded(storage) as tx:
        tx.save(Outcome((whole, match("m2"))))
    with storage.begin(WORKSPACE) as tx:
        assert (tx.matches.get("m1"), tx.matches.get("m2")) == (whole, match("m2"))
        tx.save(Outcome((whole.changed(other_mentee=None, pinned_by=""),)))
        assert tx.matches.get("m1") == whole.changed(other_mentee=None, pinned_by="")


# Exceptions: why one was made is for owners alone.


def test_why_an_exception_was_made_is_for_owners_alone(storage: Storage) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome((match(exempted=WHY.rules), match("m2", BOSS), WHY)))
    with storage.read(WORKSPACE) as tx:
        assert tx.private(ActingPerson(OWNER)).exemptions(["m1", "m2", "nothing"]) == {"m1": WHY}
        assert (
            tx.private(ActingPerson(OWNER)).exemptions([]) == tx.private(ActingPerson(OWNER)).exemptions(["m2"]) == {}
        )
        for reader in (ADA, BEN, BOSS, ""):
            with pytest.raises(NotForYou):
                tx.private(ActingPerson(reader)).exemptions(["m1"])
            with pytest.raises(NotForYou):
                tx.private(ActingPerson(reader)).exemptions([])


def test_owners_of_another_workspace_read_nothing_of_it(storage: Storage) -> None:
    with grounded(storage) as tx:
        tx.save(Outcome((match(), WHY)))
    with grounded(storage, ELSEWHERE) as tx:
        assert tx.private(ActingPerson(OWNER)).exemptions(["m1"]) == {}


def test_who_is_no_owner_any_more_reads_no_reason(tx: Transaction) -> None:
    insert_programme(tx)
    tx.save(Outcome((match(), WHY)))
    replace_owners(tx, [BOSS])
    with pytest.raises(NotForYou):
        tx.private(ActingPerson(OWNER)).exemptions(["m1"])
    assert tx.private(ActingPerson(BOSS)).exemptions(["m1"]) == {"m1": WHY}


def test_a_second_reason_for_the_same_match_takes_the_place_of_the_first(tx: Transaction) -> None:
    insert_programme(tx)
    tx.save(Outcome((match(), WHY, replace(WHY, rules=(HardRule.GRADES,), reason="Another.", at=LATER))))
    assert tx.private(ActingPerson(OWNER)).exemptions(["m1"])["m1"].reason == "Another."


# Who said what when.


def test_what_was_decided_is_kept_once_and_told_in_the_order_of_time(storage: Storage) -> None:
    first = MatchDecision("c1", DecisionKind.APPROVED, OWNER, NOON, ADA, BEN, "m1")
    later = MatchDecision("c1", DecisionKind.FORBIDDEN, BOSS, LATER, ADA, BEN)
    with grounded(storage) as tx:
        tx.save(Outcome((later, first, first)))
        tx.save(Outcome((first, replace(first, kind=DecisionKind.PINNED))))
        found = tx.decisions.of_cohort("c1")
        assert (found[-1], len(found)) == (later, 3)
        assert {one.kind for one in found[:2]} == {DecisionKind.APPROVED, DecisionKind.PINNED}
        assert tx.decisions.of_cohort("c0") == []
    with storage.read(ELSEWHERE) as tx:
        assert tx.decisions.of_cohort("c1") == []


def test_two_workspaces_give_the_same_decision_different_ids(address: str, storage: Storage) -> None:
    first = MatchDecision("c1", DecisionKind.APPROVED, OWNER, NOON, ADA, BEN, "m1")
    for workspace in (WORKSPACE, ELSEWHERE):
        with grounded(storage, workspace) as tx:
            tx.save(Outcome((first,)))
    content = "|".join((first.kind, OWNER, NOON.isoformat(), "m1", ADA, BEN))
    ids = {row["id"] for row in dump(address)["decisions"]}
    assert len(ids) == 2
    assert hashlib.blake2b(content.encode(), digest_size=16).hexdigest() not in ids


def test_a_decision_about_an_erased_person_has_an_id_that_nothing_derives(address: str, storage: Storage) -> None:
    about_both = MatchDecision("c1", DecisionKind.APPROVED, OWNER, NOON, ADA, BEN, "m1")
    about_others = replace(about_both, mentee=BOSS)
    with grounded(storage) as tx:
        tx.save(Outcome((about_both, about_others)))
    before = {row["mentee"]: row["id"] for row in dump(address)["decisions"]}
    with storage.begin(WORKSPACE) as tx:
        tx.erasure.erase(ADA, NOON)
        tx.save(Outcome((about_both, about_others)))
        kept = tx.decisions.of_cohort("c1")
    assert sorted(one.mentee for one in kept) == ["", ADA, BOSS], "what another erasure left is not found again"
    after = {row["mentee"]: row["id"] for row in dump(address)["decisions"]}
    assert after[BOSS] == before[BOSS]
    assert after[ADA] == before[ADA] != after[""], "only the name gives the id that the decision had"


@pytest.mark.parametrize("verdict", DecisionKind)
def test_every_verdict_comes_back_as_it_was(tx: Transaction, verdict: DecisionKind) -> None:
    insert_programme(tx)
    decided = MatchDecision("c1", verdict, OWNER, NOON, ADA, BEN, "m1")
    tx.save(Outcome((decided,)))
    assert tx.decisions.of_cohort("c1") == [decided]


# Proposing.


def test_how_far_proposing_is_comes_back_and_two_at_the_same_instant_are_told_apart(tx: Transaction) -> None:
    insert_programme(tx)
    assert (tx.proposal_runs.get("c1"), tx.proposal_runs.requested()) == (None, [])
    asked = ProposalRun("c1", OWNER, NOON)
    tx.save(Outcome((asked,)))
    assert (tx.proposal_runs.get("c1"), tx.proposal_runs.requested()) == (asked, [asked])
    with pytest.raises(Conflict):
        tx.save(Outcome((asked,)))
    done = ProposalRun("c1", OWNER, None, OWNER, LATER, ("m1", "m2"), ("m3",), 3, version=2)
    tx.save(Outcome((done,)))
    assert (tx.proposal_runs.get("c1"), tx.proposal_runs.requested()) == (done, [])
    with pytest.raises(Conflict):
        tx.save(Outcome((replace(done, version=4),)))
