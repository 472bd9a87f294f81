"""The table of transitions says what the rules do: for every pair of a state and an event, and who is told."""

from collections import defaultdict
from itertools import product

import pytest

from mentoring.core.errors import NotForYou
from mentoring.core.outcome import NotificationKind, Outcome
from mentoring.partnerships.events import FINAL, NO_EFFECT, CurrentState, EventActor, EventAudience, PartnershipEvent
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.transitions import TRANSITIONS, check_transition, current_state, moves
from tests.mentoring.factories import ADA, BEN, CHI, OWNER, changed, partnership
from tests.mentoring.partnerships.events import Situation, happenings, situation

PAIRS = tuple(product(PartnershipEvent, CurrentState))
PEOPLE = frozenset({EventActor.PARTNER, EventActor.OWNER, EventActor.MENTEE})


def test_every_event_and_every_state_is_in_the_table() -> None:
    assert set(TRANSITIONS) == set(PartnershipEvent)
    assert all(TRANSITIONS[event].of(state) is not None for event, state in PAIRS)


@pytest.mark.parametrize(("event", "state"), PAIRS, ids=str)
def test_the_rules_do_what_the_table_says(event: PartnershipEvent, state: CurrentState) -> None:
    says = TRANSITIONS[event].of(state)
    found = list(happenings(event, state))
    assert found
    if isinstance(says, type):
        for here, act in found:
            with pytest.raises(says):
                act(here)
        return
    reached = set()
    for here, act in found:
        outcome = act(here)
        after = here.after(outcome)
        reached.add(current_state(after.partnership, after.pause))
        if says == NO_EFFECT:
            assert changed(outcome, Partnership) == []
            assert here.partnership.other(here.by) not in {each.recipient for each in outcome.notifications}
    assert reached == (set(says) or {state})


@pytest.mark.parametrize("event", PartnershipEvent)
def test_those_are_told_whom_the_table_names(event: PartnershipEvent) -> None:
    told: defaultdict[EventAudience, set[NotificationKind]] = defaultdict(set)
    for state in CurrentState:
        says = TRANSITIONS[event].of(state)
        if isinstance(says, type) or says == NO_EFFECT:
            continue
        for here, act in happenings(event, state):
            for audience, kind in _audiences(here, act(here)):
                told[audience].add(kind)
    assert told == {audience: set(kinds) for audience, kinds in TRANSITIONS[event].told.items()}


def _audiences(here: Situation, outcome: Outcome) -> set[tuple[EventAudience, NotificationKind]]:
    recipients: defaultdict[NotificationKind, set[str]] = defaultdict(set)
    for each in outcome.notifications:
        recipients[each.kind].add(each.recipient)
    names = {
        here.by: EventAudience.ACTOR,
        here.partnership.other(here.by): EventAudience.OTHER,
        CHI: EventAudience.READER,
    }
    return {
        (EventAudience.BOTH if {ADA, BEN} <= to else names.get(next(iter(to)), EventAudience.OWNERS), kind)
        for kind, to in recipients.items()
    }


@pytest.mark.parametrize(("event", "state"), PAIRS, ids=str)
def test_only_those_whom_the_table_names_may_do_it(event: PartnershipEvent, state: CurrentState) -> None:
    """A refusal for the person comes before one for the state: strangers do not learn the state."""
    transition, here = TRANSITIONS[event], situation(state)
    strangers = {CHI, ""}
    if EventActor.OWNER not in transition.by:
        strangers.add(OWNER)
    if EventActor.MENTEE in transition.by:
        strangers.add(BEN)
    for stranger in strangers if PEOPLE & set(transition.by) else ():
        with pytest.raises(NotForYou):
            check_transition(event, here.partnership, stranger, owners=(OWNER,), pause=here.pause)
    may = {EventActor.PARTNER: (ADA, BEN), EventActor.MENTEE: (ADA,), EventActor.OWNER: (OWNER,)}
    for by in (person for actor in transition.by for person in may.get(actor, ())):
        refusal = transition.of(state)
        if isinstance(refusal, type):
            with pytest.raises(refusal):
                check_transition(event, here.partnership, by, owners=(OWNER,), pause=here.pause)
        else:
            check_transition(event, here.partnership, by, owners=(OWNER,), pause=here.pause)


def test_the_stored_states_are_those_of_the_table_without_the_pause() -> None:
    assert {current_state(partnership(state=state), None) for state in type(partnership().state)} == {
        state for state in CurrentState if state is not CurrentState.PAUSED
    }


def test_each_state_can_be_reached_and_has_a_way_out_or_is_final() -> None:
    leads: defaultdict[CurrentState, set[CurrentState]] = defaultdict(set)
    for state, _, to in moves():
        leads[state].add(to)
    assert {state for state in CurrentState if not leads[state]} == FINAL
    for start in CurrentState:
        reached, left = {start}, [start]
        while left:
            new = leads[left.pop()] - reached
            reached |= new
            left += new
        assert reached & FINAL, f"{start} never ends"
        assert start is not CurrentState.ACTIVE or reached == set(CurrentState)
