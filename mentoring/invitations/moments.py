"""The moments after which a programme can invite a person: they are new, manage someone, or change (D0.20)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from mentoring.core.people import StaffRecord
from mentoring.core.programmes import InvitationMoment

NEW_FOR: Final = timedelta(weeks=8)
"""A record that comes first says nothing of a change, unless the person has started so lately."""


@dataclass(frozen=True)
class MomentNoted:
    """A moment of `person` (a Slack user id) on this day. The newest of each kind counts."""

    person: str
    moment: InvitationMoment
    on: date


@dataclass(frozen=True)
class TitleNoted:
    """The title in the profile of `person` (a Slack user id), of which only `mark`, a keyed digest, is stored."""

    person: str
    mark: str


@dataclass(frozen=True)
class MomentsForgotten:
    """Delete the moments before this day and, unless `keeps_titles`, the marks of titles."""

    before: date
    keeps_titles: bool


def moments_of(
    before: Mapping[str, StaffRecord],
    after: Sequence[StaffRecord],
    managers: Collection[str],
    wanted: Collection[InvitationMoment],
    today: date,
) -> tuple[MomentNoted, ...]:
    """The `wanted` moments that staff records which are about to be saved tell of.

    - `before`: the stored records of the same people, by Slack user id.
    - `managers`: those whom a stored record names as manager.

    What is known for the first time is no change: nobody is invited because a list was imported.
    """
    found = (each for record in after for each in _of(record, before.get(record.person), managers, today))
    return tuple(dict.fromkeys(each for each in found if each.moment in wanted))


def _of(
    record: StaffRecord, before: StaffRecord | None, managers: Collection[str], today: date
) -> Iterator[MomentNoted]:
    if before and before.department and record.department not in ("", before.department):
        yield MomentNoted(record.person, InvitationMoment.CHANGE, today)
    had_another = before is not None and before.manager not in ("", record.manager)
    is_new = record.started_on is not None and today - record.started_on <= NEW_FOR
    if record.manager and record.manager not in managers and (had_another or is_new):
        yield MomentNoted(record.manager, InvitationMoment.MANAGER, today)


def title_moment(person: str, before: str, mark: str, today: date) -> tuple[MomentNoted | TitleNoted, ...]:
    """Note the `mark` of a person's title, and that it has changed. Both marks are "" for no title, or none known."""
    if mark == before:
        return ()
    changed = (MomentNoted(person, InvitationMoment.CHANGE, today),) if mark and before else ()
    return (TitleNoted(person, mark), *changed)
