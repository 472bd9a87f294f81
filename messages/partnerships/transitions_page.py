"""The diagram and the tables of docs/partnerships.md, made from the table of transitions."""

from collections import defaultdict
from datetime import date

from mentoring.core.errors import MentoringError
from mentoring.core.programmes import Programme
from mentoring.partnerships.errors import PartnershipPaused
from mentoring.partnerships.events import FINAL, NO_EFFECT, CurrentState, PartnershipEvent, Transition
from mentoring.partnerships.transitions import TRANSITIONS, moves
from messages.errors import plain_sentence
from messages.text import join

_HEAD = ("Event", "Who", *CurrentState, "What it changes", "Who is told")


def transitions_diagram() -> str:
    """A state diagram in Mermaid: the events that change the state."""
    events: defaultdict[tuple[CurrentState, CurrentState], list[PartnershipEvent]] = defaultdict(list)
    for state, event, to in moves():
        events[state, to].append(event)
    lines = ["stateDiagram-v2", "    [*] --> active: introduce, or bring in"]
    lines += [f"    {state} --> {to}: {join(found, 'or')}" for (state, to), found in events.items()]
    lines += [f"    {state} --> [*]" for state in CurrentState if state in FINAL]
    return "```mermaid\n" + "\n".join(lines) + "\n```\n"


def transitions_table() -> str:
    """A Markdown table with a row for each event, and the sentences of the refusals, by their numbers in it."""
    rows = [_HEAD, *(_row(event, transition) for event, transition in TRANSITIONS.items())]
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, f"|{'---|' * len(_HEAD)}")
    said = [f"{number}. “{_sentence(refusal)}”" for refusal, number in _refusals().items()]
    return "\n".join([*lines, "", "What a person reads where it is not possible:", "", *said]) + "\n"


def _row(event: PartnershipEvent, transition: Transition) -> tuple[str, ...]:
    told = [f"{audience}: {join([f'`{kind}`' for kind in kinds], 'or')}" for audience, kinds in transition.told.items()]
    cells = (_cell(transition, state) for state in CurrentState)
    return f"**{event}**", join(transition.by, "or"), *cells, transition.changes, "; ".join(told) or "no one"


def _cell(transition: Transition, state: CurrentState) -> str:
    found = transition.of(state)
    if isinstance(found, type):
        return f"no ({_refusals()[found]})"
    if found == NO_EFFECT:
        return "no effect"
    return "yes" if found == (state,) else f"→ {join(found, 'or')}"


def _refusals() -> dict[type[MentoringError], int]:
    """The refusals of the table, numbered in its order."""
    found = (transition.of(state) for transition in TRANSITIONS.values() for state in CurrentState)
    return {each: number for number, each in enumerate(dict.fromkeys(r for r in found if isinstance(r, type)), 1)}


def _sentence(refusal: type[MentoringError]) -> str:
    error = PartnershipPaused(date(2027, 3, 15)) if refusal is PartnershipPaused else refusal()
    return plain_sentence(error, Programme(id="", name=""))
