"""Action items and what the two people can do with them: add, change, tick, move, drop and reopen (D1.14)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from mentoring.core.errors import InvalidForm, MentoringError, Missing, StaleRequest, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.people import Person
from mentoring.core.plausible import ACTION_WITHIN, implausible
from mentoring.items.errors import DueInThePast, TooManyItems, TooManyLines
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.partnership import Partnership
from mentoring.partnerships.transitions import check_transition

MOST_WORDS: Final = 150
"""Characters of an action item."""
MOST_OPEN: Final = 10
"""Action items of two partners that are open at once."""
MOST_LINES: Final = 5
"""New action items of one person in the form of a meeting."""
MOVES_BY: Final = timedelta(weeks=1)


class ItemOwner(StrEnum):
    """Who does it. Stored: renaming a value needs a migration."""

    MENTEE = "mentee"
    MENTOR = "mentor"
    BOTH = "both"


class ItemState(StrEnum):
    """How an action item stands. Stored: renaming a value needs a migration."""

    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"


@dataclass(frozen=True)
class ItemForm:
    """The input of the form of an action item. `who` is a Slack user id, or BOTH."""

    words: str
    who: str
    due: date | None = None


@dataclass(frozen=True)
class ActionItem:
    """What one of two partners, or both, will do until the day `due`, if there is one.

    `meeting_id` is the meeting at which it was agreed, or "". `added_at` is on the calendar (aware); `changed_by` is
    who added or changed it last (a Slack user id). Only the two people can read it.
    """

    id: str
    partnership_id: str
    words: str
    owner: ItemOwner
    due: date | None
    added_at: datetime
    changed_by: str
    state: ItemState = ItemState.OPEN
    meeting_id: str = ""
    version: int = 1

    @property
    def is_open(self) -> bool:
        return self.state is ItemState.OPEN

    def is_of(self, partnership: Partnership, person: str) -> bool:
        """Whether this one of the two people (a Slack user id) has it to do."""
        return self.owner is ItemOwner.BOTH or self.owner is owner_of(partnership, person)

    def is_due(self, today: date) -> bool:
        """Whether it is open and its day has come."""
        return self.is_open and self.due is not None and self.due <= today


@dataclass(frozen=True)
class AgendaOutdated:
    """The open action items of two people have changed, which the message about their planned meeting lists."""

    planned_id: str


def owner_of(partnership: Partnership, who: str) -> ItemOwner:
    """The owner that a Slack user id, or BOTH, stands for."""
    if who == ItemOwner.BOTH:
        return ItemOwner.BOTH
    return ItemOwner.MENTEE if who == partnership.mentee else ItemOwner.MENTOR


def who_does(partnership: Partnership, item: ActionItem) -> str:
    """The Slack user id of the owner, or BOTH."""
    match item.owner:
        case ItemOwner.MENTEE:
            return partnership.mentee
        case ItemOwner.MENTOR:
            return partnership.mentor
    return str(ItemOwner.BOTH)


def open_items(items: Iterable[ActionItem]) -> list[ActionItem]:
    """Those that are open, the first due first, and those without a day last."""
    return sorted((item for item in items if item.is_open), key=_by_day)


def own_first(items: Iterable[ActionItem], partnership: Partnership, person: str) -> list[ActionItem]:
    """The open ones, those of this person (a Slack user id) first."""
    return sorted(open_items(items), key=lambda item: not item.is_of(partnership, person))


def _by_day(item: ActionItem) -> tuple[date, datetime, str]:
    return item.due or date.max, item.added_at, item.id


def add_item(
    partnership: Partnership,
    items: Sequence[ActionItem],
    form: ItemForm,
    *,
    by: Person,
    now: datetime,
    item_id: str,
    meeting_id: str = "",
) -> Outcome:
    """Add an action item to the `items` of the two. `now` is the calendar, aware.

    `item_id` is created with the form, so that sending it twice adds one. Raises NotForYou, AlreadyEnded, InvalidForm.
    """
    _check_open(partnership, by.id)
    if any(item.id == item_id for item in items):
        return NOTHING
    reasons = [*_wrong(partnership, form, by.today(now)), *_no_room(items, 1)]
    if reasons:
        raise InvalidForm(tuple(reasons))
    owner = owner_of(partnership, form.who)
    return Outcome(
        (ActionItem(item_id, partnership.id, form.words, owner, form.due, now, by.id, meeting_id=meeting_id),)
    )


def agreed_items(
    partnership: Partnership,
    lines: tuple[Sequence[str], Sequence[str]],
    due: date | None,
    *,
    by: Person,
    now: datetime,
    meeting_id: str,
    item_id: str,
) -> tuple[ActionItem, ...]:
    """The action items of a meeting: what `by` will do and what the other one will do, all until the day `due`.

    Their ids begin with `item_id`. `lines_errors` says whether they can be added.
    """
    owners = (owner_of(partnership, by.id), owner_of(partnership, partnership.other(by.id)))
    agreed = [(words, owner) for owner, own in zip(owners, lines, strict=True) for words in own]
    return tuple(
        ActionItem(f"{item_id}-{number}", partnership.id, words, owner, due, now, by.id, meeting_id=meeting_id)
        for number, (words, owner) in enumerate(agreed, 1)
    )


def lines_errors(
    items: Sequence[ActionItem], lines: tuple[Sequence[str], Sequence[str]], due: date | None, today: date
) -> Iterator[MentoringError]:
    """Yield what keeps these lines from being added to the `items` of the two."""
    count = sum(map(len, lines))
    for field, own in zip((FieldName.ACTIONS_MINE, FieldName.ACTIONS_THEIRS), lines, strict=True):
        if any(len(words) > MOST_WORDS for words in own):
            yield TooLong(field, MOST_WORDS)
        if len(own) > MOST_LINES:
            yield TooManyLines(field, MOST_LINES)
    if count:
        yield from _no_room(items, count, FieldName.ACTIONS_MINE if lines[0] else FieldName.ACTIONS_THEIRS)
        yield from _wrong_day(due, today)


def change_item(
    partnership: Partnership, item: ActionItem, form: ItemForm, *, by: Person, now: datetime, seen_version: int
) -> Outcome:
    """Change what it says, who does it or until when, as either of the two.

    Raises NotForYou, AlreadyEnded, InvalidForm, and StaleRequest if it is not open any more or was changed since the
    form was opened, at `seen_version`.
    """
    _check_open(partnership, by.id)
    reasons = tuple(_wrong(partnership, form, by.today(now), before=item))
    if reasons:
        raise InvalidForm(reasons)
    new = replace(item, words=form.words, owner=owner_of(partnership, form.who), due=form.due)
    if new == item:
        return NOTHING
    if not item.is_open or seen_version != item.version:
        raise StaleRequest
    return _changed(new, by.id)


def tick_item(partnership: Partnership, item: ActionItem, *, by: str, seen_version: int) -> Outcome:
    """Tick it off, as either of the two. Idempotent.

    Raises NotForYou, AlreadyEnded, and StaleRequest if it says something else than at `seen_version`.
    """
    return _settle(partnership, item, ItemState.DONE, by, seen_version)


def drop_item(partnership: Partnership, item: ActionItem, *, by: str, seen_version: int) -> Outcome:
    """Drop it: nobody will do it. Otherwise as `tick_item`."""
    return _settle(partnership, item, ItemState.DROPPED, by, seen_version)


def _settle(partnership: Partnership, item: ActionItem, state: ItemState, by: str, seen_version: int) -> Outcome:
    _check_open(partnership, by)
    if item.state is state:
        return NOTHING
    if not item.is_open or seen_version != item.version:
        raise StaleRequest(typed=False)
    return _changed(replace(item, state=state), by)


def move_item(partnership: Partnership, item: ActionItem, *, by: Person, now: datetime, seen_version: int) -> Outcome:
    """Make it due a week later, or a week from today if its day has passed. A second press of the same changes nothing.

    Raises as `tick_item`, and StaleRequest if it has no day.
    """
    _check_open(partnership, by.id)
    if seen_version == item.version - 1 and item.is_open and item.changed_by == by.id:
        return NOTHING
    if not item.is_open or item.due is None or seen_version != item.version:
        raise StaleRequest(typed=False)
    return _changed(replace(item, due=max(item.due, by.today(now)) + MOVES_BY), by.id)


def reopen_item(partnership: Partnership, items: Sequence[ActionItem], item: ActionItem, *, by: str) -> Outcome:
    """Undo a tick, or take up again what was dropped. Idempotent. Raises NotForYou, AlreadyEnded, TooManyItems."""
    _check_open(partnership, by)
    if item.is_open:
        return NOTHING
    for error in _no_room(items, 1):
        raise error
    return _changed(replace(item, state=ItemState.OPEN), by)


def _changed(item: ActionItem, by: str) -> Outcome:
    return Outcome((replace(item, changed_by=by, version=item.version + 1),))


def _check_open(partnership: Partnership, by: str) -> None:
    check_transition(PartnershipEvent.CHANGE_ITEMS, partnership, by)


def _no_room(items: Sequence[ActionItem], more: int, field: FieldName | None = None) -> Iterator[MentoringError]:
    if len(open_items(items)) + more > MOST_OPEN:
        yield TooManyItems(MOST_OPEN, field)


def _wrong(
    partnership: Partnership, form: ItemForm, today: date, *, before: ActionItem | None = None
) -> Iterator[MentoringError]:
    """Yield the problems of the form. What stood there `before` may stay: a longer text, or a day that has passed."""
    if not form.words:
        yield Missing(FieldName.ACTION)
    if len(form.words) > MOST_WORDS and (before is None or form.words != before.words):
        yield TooLong(FieldName.ACTION, MOST_WORDS)
    if form.who not in (*partnership.people, ItemOwner.BOTH):
        yield Missing(FieldName.ACTION_WHO)
    if before is None or form.due != before.due:
        yield from _wrong_day(form.due, today)


def _wrong_day(due: date | None, today: date) -> Iterator[MentoringError]:
    if due is None:
        return
    if due < today:
        yield DueInThePast(FieldName.ACTION_BY)
    else:
        yield from implausible({FieldName.ACTION_BY: due}, today, after=ACTION_WITHIN)
