"""Checks a list of applications, and enters them (D0.4). Each counts once its person has confirmed it.

People who already have a running partnership in that role are not asked: what is complete counts at once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mentoring.applications.application import (
    Application,
    ApplicationForm,
    ApplicationState,
    MeetingMode,
    Role,
)
from mentoring.applications.entering import enter_application, is_missing, refused_answers
from mentoring.applications.errors import (
    CannotBeNamed,
    CannotTakePart,
    OutsideSegment,
    TooShortService,
    WishedForManager,
)
from mentoring.applications.submission import check_open
from mentoring.core.clean_text import normalised
from mentoring.core.errors import InTheFuture, MentoringError, NoLongerOffered, OutOfRange, TooLong, TooLongAgo
from mentoring.core.fields import FieldName
from mentoring.core.lengths import Length
from mentoring.core.outcome import NOTHING, Outcome
from mentoring.core.people import Ineligibility, Person, StaffRecord
from mentoring.core.plausible import earliest_start
from mentoring.core.programmes import Programme
from mentoring.core.working_hours import latest_date
from mentoring.matching.round import MatchingRound
from mentoring.people.lists import CellReader, ListColumn, ListFinding, ListProblem, ListRow, parts

_COLUMNS = {
    FieldName.TOPICS: ListColumn.TOPICS,
    FieldName.HOPES: ListColumn.HOPES,
    FieldName.MONTHS: ListColumn.MONTHS,
    FieldName.WAYS: ListColumn.WAYS,
    FieldName.LANGUAGES: ListColumn.LANGUAGES,
    FieldName.DEPARTMENT: ListColumn.DEPARTMENT,
    FieldName.GRADE: ListColumn.GRADE,
    FieldName.MANAGER: ListColumn.MANAGER,
    FieldName.NO_MANAGER: ListColumn.MANAGER,
    FieldName.WISH: ListColumn.WISH,
    FieldName.STARTED_ON: ListColumn.WORKS_SINCE,
    FieldName.PLACES: ListColumn.PLACES,
}
_WAYS = {
    MeetingMode.IN_PERSON: "in person, in-person, face to face, office, on site",
    MeetingMode.VIDEO: "video, video call, by video call, by video, online, remote, zoom, teams",
    MeetingMode.PHONE: "phone, telephone, by phone, call, phone call",
    MeetingMode.WALKING: "walk, walking, on a walk, outdoors",
}
_WAY_OF = {name: way for way, names in _WAYS.items() for name in names.split(", ")}
_NO_MANAGER = frozenset({"none", "no one", "nobody", "no manager", "-", "–", "n/a"})


class EntryChange(StrEnum):
    """What a row changes: NEW or CHANGED, NONE, or nothing because the person has sent (OWN) or withdrawn their own."""

    NEW = "new"
    CHANGED = "changed"
    NONE = "none"
    OWN = "own"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class ApplicationEntry:
    """A valid row. `before` is the application that the person has in this role, if any.

    `is_complete` says whether every answer is there but the two promises; `counts`, whether it counts at once.
    """

    number: int
    person: Person
    form: ApplicationForm
    before: Application | None
    change: EntryChange
    is_complete: bool
    counts: bool


@dataclass(frozen=True)
class ApplicationListCheck:
    entries: tuple[ApplicationEntry, ...] = ()
    findings: tuple[ListFinding, ...] = ()


def check_applications(
    rows: Sequence[ListRow],
    *,
    round_: MatchingRound,
    people: Mapping[str, Person],
    erased: frozenset[str],
    now: datetime,
) -> ApplicationListCheck:
    """Check each row against the rules of the form. Answers may be missing, since the person can add them.

    `people` are by handle, as Slack describes them; `round_.staff` has the records of all of them. Raises CohortClosed
    if the round takes no applications.
    """
    check_open(round_.cohort, latest_date(now))
    named = {person.id: person for person in people.values()}
    entries: list[ApplicationEntry] = []
    findings: list[ListFinding] = []
    for row in rows:
        cells = CellReader(row, people, erased)
        person, form = _read(cells, round_.programme, round_.staff, now)
        if person and form:
            reasons = _reasons(form, person, round_, named, now)
            findings_of_rules = [_finding(row, reason) for reason in reasons if not is_missing(reason)]
            taken = {finding.column for finding in cells.findings}
            cells.findings += [finding for finding in findings_of_rules if finding.column not in taken]
        if person and form and not cells.findings:
            is_complete = not any(is_missing(reason) for reason in reasons)
            entries.append(_entry(row, person, form, is_complete, round_, now))
        findings += cells.findings
    return ApplicationListCheck(tuple(entries), (*findings, *_twice(entries)))


def enter_all(
    entries: Iterable[ApplicationEntry], round_: MatchingRound, *, now: datetime, new_id: Callable[[], str]
) -> Outcome:
    """Enter the new and changed applications, and ask their people to confirm, in their working hours. `now` is the
    calendar, aware.
    """
    outcome = NOTHING
    for entry in entries:
        if entry.change in (EntryChange.NEW, EntryChange.CHANGED):
            outcome += _enter(entry, round_, now, new_id())
    return outcome.in_working_hours_from(now)


def _enter(entry: ApplicationEntry, round_: MatchingRound, now: datetime, new_id: str) -> Outcome:
    return enter_application(
        entry.form,
        person=entry.person,
        cohort=round_.cohort,
        before=entry.before,
        private_answers=round_.private_answers.get(entry.before.id) if entry.before else None,
        now=now,
        new_id=new_id,
        counts=entry.counts,
    )


def _read(
    cells: CellReader, programme: Programme, staff: Mapping[str, StaffRecord], now: datetime
) -> tuple[Person | None, ApplicationForm | None]:
    """The person and the form of a row; a form only if the person and the role are clear."""
    row, today = cells.row, latest_date(now)
    person = cells.person(ListColumn.PERSON, required=True)
    role = _role(cells, programme)
    topics = cells.choices(ListColumn.TOPICS, programme.topics)
    department = cells.choice(ListColumn.DEPARTMENT, programme.departments)
    grade = cells.choice(ListColumn.GRADE, programme.grades)
    works_since = cells.day(ListColumn.WORKS_SINCE, earliest=earliest_start(today), latest=today)
    no_manager = normalised(row.line(ListColumn.MANAGER)) in _NO_MANAGER
    manager = None if no_manager else cells.person(ListColumn.MANAGER)
    wish = cells.person(ListColumn.WISH)
    length = _length(cells, programme)
    places = cells.number(ListColumn.PLACES, least=1, most=programme.most_places)
    ways = _ways(cells)
    if person is None or role is None:
        return person, None
    record = staff.get(person.id) or StaffRecord(person.id)
    return person, ApplicationForm(
        role=role,
        topics=topics,
        hopes=row.cells.get(ListColumn.HOPES, ""),
        months=length.months,
        weeks=length.weeks,
        ways=ways,
        languages=row.line(ListColumn.LANGUAGES),
        department=department or (record.department if record.department in programme.departments else ""),
        grade=grade or (record.grade if record.grade in programme.grades else ""),
        manager="" if no_manager else manager.id if manager else record.manager,
        wish=wish.id if wish else "",
        started_on=(works_since or record.started_on) if role is Role.MENTOR else None,
        places=(places or 1) if role is Role.MENTOR else 1,
        no_manager=no_manager,
    )


def _length(cells: CellReader, programme: Programme) -> Length:
    """One of the programme's lengths, or none."""
    length = cells.length(ListColumn.MONTHS) or Length()
    if length != Length() and length not in programme.lengths:
        offered = tuple(each.code for each in programme.lengths)
        cells.wrong(ListColumn.MONTHS, ListProblem.NOT_OFFERED, offered=offered)
    return length


def _role(cells: CellReader, programme: Programme) -> Role | None:
    terms = programme.terms
    words = {
        Role.MENTEE: ("mentee", "mentees", terms.mentee.one, terms.mentee.many),
        Role.MENTOR: ("mentor", "mentors", terms.mentor.one, terms.mentor.many),
    }
    text = normalised(cells.row.line(ListColumn.ROLE))
    found = next((role for role, names in words.items() if text in map(normalised, names)), None) if text else None
    if not text:
        cells.wrong(ListColumn.ROLE, ListProblem.EMPTY)
    elif found is None:
        cells.wrong(ListColumn.ROLE, ListProblem.NOT_A_ROLE)
    return found


def _ways(cells: CellReader) -> tuple[MeetingMode, ...]:
    found: set[MeetingMode] = set()
    for part in parts(cells.row.cells.get(ListColumn.WAYS, ""), _WAY_OF):
        if way := _WAY_OF.get(normalised(part)):
            found.add(way)
        else:
            cells.wrong(ListColumn.WAYS, ListProblem.NOT_A_WAY, text=part)
    return tuple(way for way in _WAYS if way in found)


def _reasons(
    form: ApplicationForm, person: Person, round_: MatchingRound, named: Mapping[str, Person], now: datetime
) -> list[MentoringError]:
    return refused_answers(
        form,
        person=person,
        programme=round_.programme,
        cohort=round_.cohort,
        named=named,
        record=round_.staff.get(person.id),
        now=now,
    )


def _finding(row: ListRow, reason: MentoringError) -> ListFinding:
    """The refusal of a rule as a problem of the row."""
    column = _COLUMNS.get(getattr(reason, "field", None) or FieldName.NAME)
    match reason:
        case CannotTakePart(Ineligibility.DEACTIVATED):
            return ListFinding(row.number, ListColumn.PERSON, ListProblem.DEACTIVATED)
        case CannotTakePart():
            return ListFinding(row.number, ListColumn.PERSON, ListProblem.NOT_ADMITTED)
        case CannotBeNamed(ineligibility=Ineligibility.ONESELF):
            return ListFinding(row.number, column, ListProblem.ONESELF)
        case CannotBeNamed():
            return ListFinding(row.number, column, ListProblem.CANNOT_BE_NAMED)
        case WishedForManager():
            return ListFinding(row.number, column, ListProblem.IS_THE_MANAGER)
        case OutsideSegment():
            return ListFinding(row.number, column, ListProblem.OUTSIDE)
        case TooShortService():
            months, day = reason.months, reason.welcome_on
            return ListFinding(row.number, ListColumn.WORKS_SINCE, ListProblem.TOO_SHORT_SERVICE, least=months, day=day)
        case TooLong():
            return ListFinding(row.number, column, ListProblem.TOO_LONG, most=reason.most)
        case OutOfRange():
            return ListFinding(row.number, column, ListProblem.OUT_OF_RANGE, least=reason.least, most=reason.most)
        case InTheFuture():
            return ListFinding(row.number, column, ListProblem.IN_THE_FUTURE)
        case TooLongAgo():
            return ListFinding(row.number, column, ListProblem.TOO_LONG_AGO, day=reason.earliest)
        case NoLongerOffered():
            return ListFinding(row.number, column, ListProblem.NOT_OFFERED)
        case _:
            return ListFinding(row.number, column, ListProblem.OTHER_RULE)


def _entry(
    row: ListRow, person: Person, form: ApplicationForm, is_complete: bool, round_: MatchingRound, now: datetime
) -> ApplicationEntry:
    before = next((a for a in round_.applications.values() if (a.person, a.role) == (person.id, form.role)), None)
    counts = is_complete and has_partner(person.id, form.role, round_)
    entry = ApplicationEntry(row.number, person, form, before, EntryChange.NEW, is_complete, counts)
    if before is None:
        return entry
    if before.state is ApplicationState.OPEN:
        return replace(entry, change=EntryChange.OWN)
    if before.state is ApplicationState.WITHDRAWN:
        return replace(entry, change=EntryChange.WITHDRAWN)
    is_same = _enter(entry, round_, now, before.id) == NOTHING
    return replace(entry, change=EntryChange.NONE if is_same else EntryChange.CHANGED)


def has_partner(person: str, role: Role, round_: MatchingRound) -> bool:
    """Whether `person` (a Slack user id) has a running partnership in this role."""
    running = [partnership for partnership in round_.partnerships if partnership.is_active]
    return any(person == (p.mentee if role is Role.MENTEE else p.mentor) for p in running)


def _twice(entries: Sequence[ApplicationEntry]) -> list[ListFinding]:
    """A finding for each row about a person whose role is in another row too."""
    numbers: dict[tuple[str, Role], list[int]] = {}
    for entry in entries:
        numbers.setdefault((entry.person.id, entry.form.role), []).append(entry.number)
    return [
        ListFinding(number, ListColumn.PERSON, ListProblem.TWICE, tuple(n for n in lines if n != number))
        for lines in numbers.values()
        if len(lines) > 1
        for number in lines
    ]
