"""Whatever people do, in whatever order, and wherever it crashes: every promise is kept, and the data stays sound.

`make lives EXAMPLES=500` tries more; a failure prints the shortest life that shows it, as the steps of a test.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from tests.simulation.act import Act
from tests.simulation.cast import Player
from tests.simulation.chance import Chance
from tests.simulation.expectations import Broken
from tests.simulation.faults import Fault
from tests.simulation.incidents import leaves, returns
from tests.simulation.life import SEED, Life
from tests.simulation.year import staged

EXAMPLES = int(os.environ.get("EXAMPLES", "8"))

some = st.integers(0, 3)
"""Which of several."""


class LifeCycle(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self._stage = ExitStack()
        self.life = Life(self._stage.enter_context(staged(SEED, stale=timedelta(weeks=5))))
        self._stage.callback(self.life.close)
        self._is_broken = False

    def teardown(self) -> None:
        try:
            if not self._is_broken:
                self.life.calm()
                self.passes(days=4, hours=0)
                self.everything_is_sound()
                event(f"introduced: {min(len(self.life.pairs()), 3)}")
                event(f"something failed: {self.life.faults.happened != {}}")
        finally:
            self._stage.close()

    def _live(self, deed: Callable[..., None], *given: Any) -> None:
        """Broken is none of the exceptions that Hypothesis looks for."""
        try:
            deed(*given)
        except Broken as broken:
            self._is_broken = True
            wrong = AssertionError("\n".join([str(broken), *self.life.log[-25:]]))
        else:
            return
        raise wrong

    def _does(self, make: Callable[[], Act | None]) -> None:
        self._live(self.life.perform, make)

    # Applying

    @initialize(mentees=st.integers(1, 3), mentors=st.integers(1, 3), far=st.sampled_from([0, 1, 2, 2, 2]))
    def it_is_so_far(self, mentees: int, mentors: int, far: int) -> None:
        """Some have applied; at 1 those who fit are asked, at 2 they have been introduced."""
        for role, many in (("mentee", mentees), ("mentor", mentors)):
            for player in [each for each in self.life.takes_part() if each.role == role][:many]:
                self._live(self.life.applies, player)
        if far:
            self.passes(days=0, hours=1)  # Slack has said who they are
            self.proposes(0)
            self.approve_and_release_all(0)
        if far > 1:
            for which in range(len(self.life.matches())):
                self.both_accept(which)

    @rule(which=st.integers(0, 11))
    def applies(self, which: int) -> None:
        self._live(self.life.applies, self._player(which))

    @rule(which=st.integers(0, 11))
    def withdraws(self, which: int) -> None:
        self._does(partial(self.life.acts.withdraw, self._player(which)))

    # Matching

    @rule(which=some)
    def proposes(self, which: int) -> None:
        self._does(partial(self.life.acts.propose, self._owner(which)))

    @rule(which=some, owner=some)
    def approves(self, which: int, owner: int) -> None:
        for match, _ in self._one_of(self.life.ledger.proposals(), which, is_mentor=False):
            self._does(partial(self.life.acts.approve, self._owner(owner), match))

    @rule(owner=some)
    def approve_and_release_all(self, owner: int) -> None:
        for each in self.life.owners():
            for match, *_ in self.life.ledger.proposals():
                self._does(partial(self.life.acts.approve, each, match))
        self.releases(owner)

    @rule(owner=some)
    def releases(self, owner: int) -> None:
        self._does(partial(self.life.acts.release, self._owner(owner)))

    @rule(which=some, is_mentor=st.booleans())
    def accepts(self, which: int, is_mentor: bool) -> None:
        for match, person in self._one_of(self.life.matches(), which, is_mentor):
            self._does(partial(self.life.acts.accept, person, match))

    @rule(which=some)
    def both_accept(self, which: int) -> None:
        for is_mentor in (False, True):
            self.accepts(which, is_mentor)

    @rule(which=some, is_mentor=st.booleans())
    def declines(self, which: int, is_mentor: bool) -> None:
        for match, person in self._one_of(self.life.matches(), which, is_mentor):
            self._does(partial(self.life.acts.decline, person, match))

    # Partnerships

    @rule(which=some, is_mentor=st.booleans())
    def logs(self, which: int, is_mentor: bool) -> None:
        for pair, person in self._one_of(self.life.pairs(), which, is_mentor):
            self._live(self.life.logs, person, pair)

    @rule(which=some, is_mentor=st.booleans())
    def answers_before_they_meet(self, which: int, is_mentor: bool) -> None:
        for pair, person in self._one_of(self.life.pairs(), which, is_mentor):
            self._does(partial(self.life.acts.baseline, person, pair, Chance(which, "before they meet")))

    @rule(which=some, is_mentor=st.booleans(), decision=st.sampled_from(["go-on", "a-word", "end"]))
    def answers_the_check_in(self, which: int, is_mentor: bool, decision: str) -> None:
        for pair, person in self._one_of(self.life.pairs(), which, is_mentor):
            self._does(partial(self.life.acts.check_in, person, pair, decision))

    @rule(which=some, is_mentor=st.booleans())
    def looks_back(self, which: int, is_mentor: bool) -> None:
        for pair, person in self._one_of(self.life.pairs(), which, is_mentor):
            self._does(partial(self.life.acts.survey, person, pair))

    @rule(which=some, is_mentor=st.booleans())
    def ends(self, which: int, is_mentor: bool) -> None:
        for pair, person in self._one_of(self.life.pairs(), which, is_mentor):
            self._does(partial(self.life.acts.end, person, pair))

    @rule(which=some, is_mentor=st.booleans())
    def goes_back(self, which: int, is_mentor: bool) -> None:
        for pair, person in self._one_of(self.life.pairs(), which, is_mentor):
            self._does(partial(self.life.acts.go_back, person, pair))

    @rule(which=some, is_mentor=st.booleans(), after_all=st.booleans())
    def would_rather_not_again(self, which: int, is_mentor: bool, after_all: bool) -> None:
        for pair, person in self._one_of(self.life.pairs(), which, is_mentor):
            act = self.life.acts.after_all if after_all else self.life.acts.rather_not
            self._does(partial(act, person, pair))

    # Leaving, time and trouble

    @rule(which=st.integers(0, 11))
    def leaves(self, which: int) -> None:
        here = [player.id for player in self.life.takes_part() if player.id not in self.life.gone]
        if here:
            self._live(leaves, self.life, here[which % len(here)])

    @precondition(lambda self: self.life.gone)
    @rule(which=some)
    def returns(self, which: int) -> None:
        gone = sorted(self.life.gone)
        self._live(returns, self.life, gone[which % len(gone)])

    @rule()
    def ticks(self) -> None:
        self._live(self.life.machines.run_all)

    @rule(days=st.sampled_from([0, 1, 3, 8, 14, 40, 90]), hours=st.integers(0, 23))
    def passes(self, days: int, hours: int) -> None:
        """Eight days are enough for an offer to lapse."""
        self._live(self.life.pass_, timedelta(days=days, hours=hours))

    @rule(fault=st.sampled_from(list(Fault)))
    def is_about_to_fail(self, fault: Fault) -> None:
        self.life.arm(fault)

    @invariant()
    def everything_is_sound(self) -> None:
        assert self.life.unsound() == {}

    def _owner(self, which: int) -> str:
        owners = self.life.owners()
        return owners[which % len(owners)]

    def _player(self, which: int) -> Player:
        players = self.life.takes_part()
        return players[which % len(players)]

    @staticmethod
    def _one_of(found: list[tuple[str, str, str]], which: int, is_mentor: bool) -> Iterator[tuple[str, str]]:
        """The id of one and one of its two people, if there is one."""
        if found:
            id_, mentee, mentor = found[which % len(found)]
            yield id_, mentor if is_mentor else mentee


LifeCycle.TestCase.settings = settings(
    max_examples=EXAMPLES,
    stateful_step_count=40,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    derandomize="EXAMPLES" not in os.environ,
)
TestLifeCycle = pytest.mark.timeout(3600)(LifeCycle.TestCase)
