"""The agenda of a first meeting: either ticks, leaves out and adds, until the meeting is logged."""

from dataclasses import replace

import pytest

from mentoring.agenda.agenda import (
    MOST_ADDED,
    MOST_IN_STEP,
    Agenda,
    AgendaStep,
    AgendaStepId,
    AgendaStepState,
    add_step,
    agenda_of,
    mark_step,
)
from mentoring.agenda.errors import FirstMeetingLogged, TooManySteps
from mentoring.core.errors import InvalidForm, MentoringError, Missing, NotForYou, StaleRequest, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.partnerships.errors import AlreadyEnded
from mentoring.partnerships.partnership import PartnershipState
from tests.mentoring.factories import ADA, BEN, CHI, partnership

HELLO = AgendaStep("s1", AgendaStepId.HELLO, AgendaStepState.TICKED)
OURS = AgendaStep("s1", "k1", words="The garden", number=1)


def agenda(*stored: AgendaStep, has_met: bool = False) -> Agenda:
    return agenda_of(partnership(), stored, has_met=has_met)


@pytest.mark.parametrize("by", [ADA, BEN])
def test_either_ticks_a_step_leaves_it_out_and_opens_it_again(by: str) -> None:
    assert mark_step(agenda(), AgendaStepId.HELLO, AgendaStepState.TICKED, by=by) == Outcome((HELLO,))
    assert mark_step(agenda(HELLO), AgendaStepId.HELLO, AgendaStepState.TICKED, by=by) == NOTHING
    left_out = replace(HELLO, state=AgendaStepState.LEFT_OUT)
    assert mark_step(agenda(HELLO), AgendaStepId.HELLO, AgendaStepState.LEFT_OUT, by=by) == Outcome((left_out,))
    again = replace(HELLO, state=AgendaStepState.OPEN)
    assert mark_step(agenda(left_out), AgendaStepId.HELLO, AgendaStepState.OPEN, by=by) == Outcome((again,))


def test_steps_that_are_added_come_after_the_others_in_their_order() -> None:
    second = replace(OURS, key="a0", words="The roof", number=2)
    assert add_step(agenda(OURS), "The roof", by=BEN, key="a0") == Outcome((second,))
    found = agenda(second, OURS)
    assert [step.key for step in found.steps] == [*AgendaStepId, "k1", "a0"]
    assert add_step(found, "Another", by=ADA, key="k1") == NOTHING, "the same form twice"


def test_what_is_left_out_is_neither_kept_nor_ticked() -> None:
    found = agenda(HELLO, replace(OURS, state=AgendaStepState.LEFT_OUT))
    assert [step.key for step in found.ticked] == [AgendaStepId.HELLO]
    assert [step.key for step in found.left_out] == ["k1"]
    assert len(found.kept) == len(AgendaStepId)
    assert found.is_touched
    assert not agenda().is_touched


@pytest.mark.parametrize(
    ("words", "reason"),
    [("", Missing(FieldName.STEP)), ("x" * (MOST_IN_STEP + 1), TooLong(FieldName.STEP, MOST_IN_STEP))],
)
def test_a_step_has_words_and_fits_a_line(words: str, reason: MentoringError) -> None:
    with pytest.raises(InvalidForm) as refused:
        add_step(agenda(), words, by=ADA, key="k1")
    assert refused.value.reasons == (reason,)


def test_a_few_can_be_added_and_no_more() -> None:
    full = agenda(*(replace(OURS, key=f"k{number}", number=number) for number in range(1, MOST_ADDED + 1)))
    with pytest.raises(InvalidForm) as refused:
        add_step(full, "One more", by=ADA, key="new")
    assert refused.value.reasons == (TooManySteps(MOST_ADDED),)


def test_nobody_else_touches_it_nor_anybody_once_it_is_over() -> None:
    over = agenda_of(partnership(state=PartnershipState.ENDED), (), has_met=False)
    for found, by, refusal in (
        (agenda(), CHI, NotForYou),
        (agenda(HELLO, has_met=True), ADA, FirstMeetingLogged),
        (over, BEN, AlreadyEnded),
    ):
        with pytest.raises(refusal):
            mark_step(found, AgendaStepId.HELLO, AgendaStepState.OPEN, by=by)
        with pytest.raises(refusal):
            add_step(found, "Something", by=by, key="k9")
    with pytest.raises(StaleRequest):
        mark_step(agenda(), "gone", AgendaStepState.TICKED, by=ADA)
