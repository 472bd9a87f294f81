"""A case: somebody asks one person for help, in confidence, and hears from them or from a second one (D1.22)."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from mentoring.cases.errors import CaseClosed, NoSuchCase
from mentoring.cases.yearly import CaseCounted
from mentoring.core.errors import InvalidForm, MentoringError, Missing, NoLongerOffered, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.jobs import JobDone, JobKind, ScheduledJob
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import next_workday_start

MOST_WORDS: Final = 3000
ANSWER_WITHIN: Final = 2
"""Working days of the person who was asked. Then a second one is asked, if there is one."""

SENT_AT_ONCE: Final = timedelta(minutes=15)
"""Of two forms that say the same within this time, one is a slip."""


class CaseState(StrEnum):
    """OPEN until the person who was asked says that they have talked, or that nothing is left to do."""

    OPEN = "open"
    TALKED = "talked"
    CLOSED = "closed"


@dataclass(frozen=True)
class Case:
    """What is stored of a case besides its words.

    `person` asks, `contact` is asked first and `second` after that, or ""; all are Slack user ids. `others` are those
    who could be asked next when it was opened, in this order. `opened_at` is the calendar, aware.
    """

    id: str
    programme_id: str
    person: str
    contact: str
    others: tuple[str, ...]
    opened_at: datetime
    second: str = ""
    state: CaseState = CaseState.OPEN
    version: int = 1

    @property
    def is_closed(self) -> bool:
        return self.state is CaseState.CLOSED

    @property
    def asked(self) -> tuple[str, ...]:
        """Those who may read it."""
        return tuple(each for each in (self.contact, self.second) if each)


@dataclass(frozen=True)
class CaseWords:
    """What the person wrote. Only those who were asked read it, until the case is closed."""

    case_id: str
    words: str


@dataclass(frozen=True)
class CaseForm:
    """The input of the form. `contact` is a Slack user id, or ""; `words` may be empty."""

    contact: str
    words: str = ""


@dataclass(frozen=True)
class Contacts:
    """Whom a person can ask: those who are `offered`, and those who are asked if none of them answers."""

    offered: tuple[str, ...]
    others: tuple[str, ...] = ()

    @property
    def everyone(self) -> tuple[str, ...]:
        return *self.offered, *self.others

    def after(self, contact: str) -> tuple[str, ...]:
        """Those who can be asked after `contact`, in order."""
        return tuple(each for each in self.everyone if each != contact)


def find_contacts(
    programme: Programme, owners: Iterable[str], administrators: Iterable[str], *, excluded: Collection[str]
) -> Contacts:
    """Whom somebody can ask: the programme's contact and its owners; the administrators only if there is none of these.

    All are Slack user ids. `excluded` are the person, their partners, their manager, and everybody who is absent.
    """
    near = _without(filter(None, (programme.contact, *owners)), excluded)
    far = tuple(each for each in _without(administrators, excluded) if each not in near)
    return Contacts(near, far) if near else Contacts(far)


def _without(people: Iterable[str], excluded: Collection[str]) -> tuple[str, ...]:
    return tuple(each for each in dict.fromkeys(people) if each not in excluded)


def open_case(
    form: CaseForm,
    contacts: Contacts,
    *,
    by: Person,
    programme: Programme,
    contact: Person,
    case_id: str,
    before: Case | None,
    now: datetime,
) -> Outcome:
    """Ask one person for help. `contact` is the person of the form, and `now` is the calendar, aware.

    `before` is the case that the same form has opened already, or another with the same input a moment ago: sending it
    twice asks once. Raises InvalidForm.
    """
    if before is not None:
        return NOTHING
    reasons = tuple(_wrong(form, contacts))
    if reasons:
        raise InvalidForm(reasons)
    case = Case(case_id, programme.id, by.id, form.contact, contacts.after(form.contact), now)
    refs = _refs(case)
    kind = NotificationKind.CASE_SENT
    saved = Notification(f"{kind}:{case.id}", kind, by.id, refs, is_reply=True)
    counted = CaseCounted(programme.id, now.astimezone(UTC).year)
    changes = (case, counted, CaseWords(case.id, form.words), _job(case, contact, programme, now))
    return Outcome(changes, (_asks(case), saved))


def _wrong(form: CaseForm, contacts: Contacts) -> Iterable[MentoringError]:
    if not form.contact:
        yield Missing(FieldName.CASE_CONTACT)
    elif form.contact not in contacts.offered:
        yield NoLongerOffered(FieldName.CASE_CONTACT)
    if len(form.words) > MOST_WORDS:
        yield TooLong(FieldName.CASE_WORDS, MOST_WORDS)


def check_asked(case: Case | None, by: str) -> Case:
    """The case, for a person who was asked. Raises NoSuchCase for everybody else."""
    if case is None or by not in case.asked:
        raise NoSuchCase
    return case


def settle(case: Case, state: CaseState, *, by: str) -> Outcome:
    """Say that one has talked with the person, or close the case, which deletes its words.

    Idempotent. Raises NoSuchCase, and CaseClosed if it is closed and `state` is another one.
    """
    check_asked(case, by)
    if case.state is state:
        return NOTHING
    if case.is_closed:
        raise CaseClosed
    settled = replace(case, state=state, version=case.version + 1)
    words = (CaseWords(case.id, ""),) if settled.is_closed else ()
    return Outcome((settled, *words, JobDone(_plain_job(case, case.opened_at))))


def ask_second(job: ScheduledJob, case: Case | None, contacts: Contacts) -> Outcome:
    """Ask a second person if the case is still open, and tell the person who asked for help.

    `contacts` are whom that person can ask now: nobody else is asked, also if they could be when the case was opened.
    If there is nobody, the first one is asked again, unless they cannot be asked any more either.
    """
    done = Outcome((JobDone(job),))
    if case is None or case.state is not CaseState.OPEN or case.second:
        return done
    now = contacts.after(case.contact)
    second = next((each for each in (*case.others, *now) if each in now), "")
    if second:
        asked = replace(case, second=second, version=case.version + 1)
        return done + Outcome((asked,), (_asks(asked), _tells(asked)))
    again = (_asks(case, again=True),) if case.contact in contacts.everyone else ()
    return done + Outcome((), (*again, _tells(case, {ASKED: AGAIN if again else NOBODY})))


ASKED: Final = "asked"
"""What the message to the person has in its `refs` if there is no second one: AGAIN, the first one was asked again, or
NOBODY.
"""
AGAIN: Final = "again"
NOBODY: Final = "nobody"


def _tells(case: Case, more: Mapping[str, str] | None = None) -> Notification:
    kind = NotificationKind.CASE_PASSED_ON
    return Notification(f"{kind}:{case.id}", kind, case.person, {**_refs(case), **(more or {})})


def _asks(case: Case, *, again: bool = False) -> Notification:
    kind, reader = NotificationKind.CASE_OPENED, case.second or case.contact
    key = f"{kind}:{case.id}:{reader}"
    return Notification(f"{key}:again" if again else key, kind, reader, _refs(case))


def _refs(case: Case) -> Mapping[str, str]:
    return {"case": case.id, "programme": case.programme_id}


def _job(case: Case, contact: Person, programme: Programme, now: datetime) -> ScheduledJob:
    due = now
    for _ in range(ANSWER_WITHIN + 1):
        due = next_workday_start(contact, programme, due)
    return _plain_job(case, due)


def _plain_job(case: Case, due: datetime) -> ScheduledJob:
    return ScheduledJob(f"{JobKind.CASE_UNANSWERED}:{case.id}", JobKind.CASE_UNANSWERED, due, refs=dict(_refs(case)))
