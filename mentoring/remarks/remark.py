"""A remark: what somebody tells the programme. Owners read it with the name, or only in a group of five (D0.21)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from mentoring.applications.application import Application, ApplicationState
from mentoring.core.errors import InvalidForm, MentoringError, Missing, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Cohort
from mentoring.partnerships.partnership import Partnership
from mentoring.remarks.errors import NoSuchRemark, NotCollectedNow, NotTakingPart

MOST_WORDS: Final = 2000


class RemarkKind(StrEnum):
    """Who reads it: NAMED by the owners, with the name; COUNTED by them without names, in groups of five people."""

    NAMED = "named"
    COUNTED = "counted"


@dataclass(frozen=True)
class RemarkForm:
    """The input of the form. `kind` is None if nothing was chosen."""

    words: str = ""
    kind: RemarkKind | None = None


@dataclass(frozen=True)
class Remark:
    """A remark with a name, without its words. `read_at` is when an owner has said that they read it; `read_by` is that
    owner, or "" once they are erased. People are Slack user ids, and moments are the calendar, aware.
    """

    id: str
    programme_id: str
    person: str
    said_at: datetime
    read_by: str = ""
    read_at: datetime | None = None
    version: int = 1


@dataclass(frozen=True)
class RemarkWords:
    """What the person wrote. Only the owners of the programme read it."""

    remark_id: str
    words: str


@dataclass(frozen=True)
class CountedRemark:
    """A remark without a name. Nobody reads it but in its group, whose id is `group_id`, or "" so far.

    `cohort_id` is the round in which it was written, and `person` a Slack user id, so that it can be erased.
    """

    id: str
    cohort_id: str
    person: str
    words: str
    said_at: datetime
    group_id: str = ""


def can_tell(cohort: Cohort, applications: Iterable[Application], partnerships: Iterable[Partnership]) -> bool:
    """Whether a person takes part: they have applied in this round, or have a partnership that is active or from it.

    `applications` are theirs in the round, `partnerships` theirs in all rounds of the programme.
    """
    has_applied = any(sent.state is ApplicationState.OPEN for sent in applications)
    return has_applied or any(each.is_active or each.cohort_id == cohort.id for each in partnerships)


def is_collecting(cohort: Cohort, today: date) -> bool:
    """Whether remarks without names are collected: until the round is over."""
    return cohort.closed_on is None and today <= cohort.ends_on


def tell(
    form: RemarkForm,
    *,
    by: Person,
    cohort: Cohort,
    owners: Sequence[str],
    takes_part: bool,
    remark_id: str,
    is_said: bool,
    now: datetime,
) -> Outcome:
    """Keep a remark. `cohort` is the current one, `owners` those to tell (Slack user ids), `now` the calendar, aware.

    `is_said`: the same form was sent before; sending it twice tells once. Raises NotTakingPart, InvalidForm.
    """
    if is_said:
        return NOTHING
    if not takes_part:
        raise NotTakingPart
    reasons = tuple(_wrong(form, is_collecting(cohort, by.today(now))))
    if reasons:
        raise InvalidForm(reasons)
    programme_id = cohort.programme_id
    refs = {"remark": remark_id, "programme": programme_id, "as": str(form.kind)}
    receipt = Notification(
        f"{NotificationKind.REMARK_SENT}:{remark_id}", NotificationKind.REMARK_SENT, by.id, refs, is_reply=True
    )
    if form.kind is RemarkKind.COUNTED:
        return Outcome((CountedRemark(remark_id, cohort.id, by.id, form.words, now),), (receipt,))
    remark = Remark(remark_id, programme_id, by.id, now)
    return Outcome((remark, RemarkWords(remark_id, form.words)), (receipt, *to_owners(remark, owners)))


def to_owners(remark: Remark, owners: Sequence[str]) -> tuple[Notification, ...]:
    """One message to each of these owners (Slack user ids) but its author, if there is another. The same owner gets it
    once.
    """
    readers = [owner for owner in owners if owner != remark.person] or owners
    kind = NotificationKind.REMARK_MADE
    return tuple(Notification(f"{kind}:{remark.id}:{owner}", kind, owner, _refs(remark)) for owner in readers)


def _wrong(form: RemarkForm, collects: bool) -> Iterator[MentoringError]:
    if not form.words:
        yield Missing(FieldName.REMARK)
    elif len(form.words) > MOST_WORDS:
        yield TooLong(FieldName.REMARK, MOST_WORDS)
    if form.kind is None:
        yield Missing(FieldName.REMARK_KIND)
    elif form.kind is RemarkKind.COUNTED and not collects:
        yield NotCollectedNow(FieldName.REMARK_KIND)


def mark_read(remark: Remark | None, *, by: str, owners: Sequence[str], now: datetime) -> Outcome:
    """Say that an owner has read it: its author is told, once. `now` is the calendar, aware.

    Idempotent, also if another owner was first. Raises NoSuchRemark for everybody but the owners.
    """
    if remark is None or by not in owners:
        raise NoSuchRemark
    if remark.read_at is not None:
        return NOTHING
    read = replace(remark, read_by=by, read_at=now, version=remark.version + 1)
    kind = NotificationKind.REMARK_READ
    return Outcome((read,), (Notification(f"{kind}:{remark.id}", kind, remark.person, _refs(remark)),))


def _refs(remark: Remark) -> dict[str, str]:
    return {"remark": remark.id, "programme": remark.programme_id}
