"""Action items: added, changed, ticked, moved, dropped and reopened by either of the two, and by nobody else."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from mentoring.core.errors import InvalidForm, Missing, NotForYou, StaleRequest, TooFarAhead, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.items.errors import DueInThePast, TooManyItems
from mentoring.items.item import (
    MOST_OPEN,
    MOST_WORDS,
    ActionItem,
    ItemForm,
    ItemOwner,
    ItemState,
    add_item,
    change_item,
    drop_item,
    move_item,
    own_first,
    reopen_item,
    tick_item,
)
from mentoring.partnerships.errors import AlreadyEnded
from mentoring.partnerships.partnership import PartnershipState
from tests.mentoring.factories import ADA, BEN, CHI, OWNER, partnership
from tests.mentoring.values import at, person

NOW = at("2027-02-10T12:00")
TODAY, DUE = date(2027, 2, 10), date(2027, 2, 20)
TOGETHER = partnership()
FORM = ItemForm("Read the report", ADA, DUE)
ITEM = ActionItem("i1", "s1", "Read the report", ItemOwner.MENTEE, DUE, NOW, ADA)
OVER = partnership(state=PartnershipState.ENDED)

Does = Callable[[ActionItem, str], Outcome]
VERBS: list[Does] = [
    lambda item, by: tick_item(TOGETHER, item, by=by, seen_version=1),
    lambda item, by: drop_item(TOGETHER, item, by=by, seen_version=1),
    lambda item, by: move_item(TOGETHER, item, by=person(by), now=NOW, seen_version=1),
]


def add(form: ItemForm = FORM, *before: ActionItem, by: str = ADA, item_id: str = "i1") -> Outcome:
    return add_item(TOGETHER, before, form, by=person(by), now=NOW, item_id=item_id)


def changed(form: ItemForm, item: ActionItem = ITEM, seen_version: int = 1) -> Outcome:
    return change_item(TOGETHER, item, form, by=person(BEN), now=NOW, seen_version=seen_version)


@pytest.mark.parametrize(("who", "owner"), [(ADA, ItemOwner.MENTEE), (BEN, ItemOwner.MENTOR), ("both", ItemOwner.BOTH)])
def test_either_adds_one_for_themselves_for_the_other_or_for_both_and_no_message_is_sent(
    who: str, owner: ItemOwner
) -> None:
    for by in (ADA, BEN):
        assert add(replace(FORM, who=who), by=by) == Outcome((replace(ITEM, owner=owner, changed_by=by),))


def test_the_same_form_sent_twice_adds_one() -> None:
    assert add(FORM, ITEM) == NOTHING


@pytest.mark.parametrize(
    ("form", "reason"),
    [
        (replace(FORM, words=""), Missing(FieldName.ACTION)),
        (replace(FORM, words="w" * (MOST_WORDS + 1)), TooLong(FieldName.ACTION, MOST_WORDS)),
        (replace(FORM, who=CHI), Missing(FieldName.ACTION_WHO)),
        (replace(FORM, who=""), Missing(FieldName.ACTION_WHO)),
        (replace(FORM, due=date(2027, 2, 9)), DueInThePast(FieldName.ACTION_BY)),
        (replace(FORM, due=date(2029, 2, 11)), TooFarAhead(FieldName.ACTION_BY, date(2029, 2, 10))),
        (replace(FORM, due=TODAY), None),
        (replace(FORM, due=None), None),
    ],
)
def test_what_is_wrong_is_said_at_its_field(form: ItemForm, reason: Exception | None) -> None:
    if reason is None:
        assert add(form).changes
        return
    with pytest.raises(InvalidForm) as caught:
        add(form)
    assert caught.value.reasons == (reason,)


def test_ten_are_open_at_most_and_those_that_are_done_do_not_count() -> None:
    before = [replace(ITEM, id=f"o{n}") for n in range(MOST_OPEN)]
    with pytest.raises(InvalidForm) as caught:
        add(FORM, *before)
    assert caught.value.reasons == (TooManyItems(MOST_OPEN),)
    assert add(FORM, *before[1:], replace(before[0], state=ItemState.DONE)).changes
    with pytest.raises(TooManyItems):
        reopen_item(TOGETHER, before, replace(ITEM, state=ItemState.DONE), by=ADA)


def test_either_ticks_it_once_and_the_second_time_changes_nothing() -> None:
    for by in (ADA, BEN):
        (done,) = tick_item(TOGETHER, ITEM, by=by, seen_version=1).changes
        assert done == replace(ITEM, state=ItemState.DONE, changed_by=by, version=2)
        assert tick_item(TOGETHER, done, by=ADA, seen_version=1) == NOTHING


@pytest.mark.parametrize(
    ("due", "new"), [(DUE, date(2027, 2, 27)), (TODAY, date(2027, 2, 17)), (date(2027, 1, 5), date(2027, 2, 17))]
)
def test_one_press_moves_it_a_week_from_its_day_or_from_today(due: date, new: date) -> None:
    (moved,) = move_item(TOGETHER, replace(ITEM, due=due), by=person(ADA), now=NOW, seen_version=1).changes
    assert moved == replace(ITEM, due=new, version=2)
    assert move_item(TOGETHER, moved, by=person(ADA), now=NOW, seen_version=1) == NOTHING
    with pytest.raises(StaleRequest):
        move_item(TOGETHER, moved, by=person(BEN), now=NOW, seen_version=1)


def test_what_has_no_day_cannot_be_moved() -> None:
    with pytest.raises(StaleRequest):
        move_item(TOGETHER, replace(ITEM, due=None), by=person(ADA), now=NOW, seen_version=1)


@pytest.mark.parametrize("does", VERBS)
def test_what_says_something_else_since_is_not_changed_unseen(does: Does) -> None:
    with pytest.raises(StaleRequest):
        does(replace(ITEM, words="Something else", version=2, changed_by=BEN), ADA)


@pytest.mark.parametrize("does", VERBS)
def test_nobody_else_changes_it(does: Does) -> None:
    for somebody in (CHI, OWNER, ""):
        with pytest.raises(NotForYou):
            does(ITEM, somebody)


def test_once_it_is_over_nothing_can_be_changed() -> None:
    by = person(ADA)
    changes: list[Callable[[], Outcome]] = [
        lambda: add_item(OVER, (), FORM, by=by, now=NOW, item_id="i1"),
        lambda: change_item(OVER, ITEM, FORM, by=by, now=NOW, seen_version=1),
        lambda: tick_item(OVER, ITEM, by=ADA, seen_version=1),
        lambda: drop_item(OVER, ITEM, by=ADA, seen_version=1),
        lambda: move_item(OVER, ITEM, by=by, now=NOW, seen_version=1),
        lambda: reopen_item(OVER, (), replace(ITEM, state=ItemState.DONE), by=ADA),
    ]
    for change in changes:
        with pytest.raises(AlreadyEnded):
            change()


@pytest.mark.parametrize("state", [ItemState.DONE, ItemState.DROPPED])
def test_a_press_by_mistake_is_undone(state: ItemState) -> None:
    closed = replace(ITEM, state=state)
    assert reopen_item(TOGETHER, (closed,), closed, by=BEN).changes == (replace(ITEM, changed_by=BEN, version=2),)
    assert reopen_item(TOGETHER, (ITEM,), ITEM, by=BEN) == NOTHING


def test_words_owner_and_day_are_changed_and_the_same_again_changes_nothing() -> None:
    new = ItemForm("Read both reports", "both", None)
    (item,) = changed(new).changes
    assert item == replace(ITEM, words=new.words, owner=ItemOwner.BOTH, due=None, changed_by=BEN, version=2)
    assert changed(new, item) == NOTHING
    for stale in (replace(ITEM, version=2, words="Else"), replace(ITEM, state=ItemState.DONE)):
        with pytest.raises(StaleRequest):
            changed(new, stale)


def test_a_day_that_has_passed_and_a_long_text_of_an_earlier_version_may_stay() -> None:
    old = replace(ITEM, words="w" * 400, due=date(2027, 1, 5))
    (item,) = changed(ItemForm(old.words, BEN, old.due), old).changes
    assert item == replace(old, owner=ItemOwner.MENTOR, changed_by=BEN, version=2)


def test_ones_own_come_first_then_what_is_due_first() -> None:
    theirs = replace(ITEM, id="i2", owner=ItemOwner.MENTOR, due=date(2027, 2, 11))
    whenever = replace(ITEM, id="i3", owner=ItemOwner.BOTH, due=None)
    done = replace(ITEM, id="i4", state=ItemState.DONE)
    found = own_first([theirs, whenever, ITEM, done], TOGETHER, ADA)
    assert [item.id for item in found] == ["i1", "i3", "i2"]
