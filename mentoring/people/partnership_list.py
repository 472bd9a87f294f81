"""Checks a list of partnerships that already run, and brings them in (D0.4).

They get what partnerships have that began here: their next reminders, the check-in, the survey and the close.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from mentoring.applications.application import Application, ApplicationForm, ApplicationState, Role
from mentoring.applications.entering import as_form, enter_application
from mentoring.applications.submission import refusals
from mentoring.core.lengths import Length, add_months, length_between
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Ineligibility, Person, StaffRecord, ineligibility
from mentoring.core.plausible import ROUND_WITHIN
from mentoring.matching.match import HOLDS_PLACE
from mentoring.matching.pool import applications_of
from mentoring.matching.round import MatchingRound
from mentoring.partnerships.jobs import plan_running_partnership_jobs
from mentoring.partnerships.partnership import Partnership
from mentoring.people.lists import CellReader, ListColumn, ListFinding, ListProblem, ListRow

MOST_MONTHS = 36
MOST_MEETINGS = 500


@dataclass(frozen=True)
class PartnershipEntry:
    """A valid row. `length` is in whole months or weeks; `ends_on` is the agreed end, if it is a date of its own.

    `is_new` is false if the partnership is there already.
    """

    number: int
    mentee: Person
    mentor: Person
    started_on: date
    length: Length
    ends_on: date | None
    topics: tuple[str, ...]
    met_before: int
    last_met: date | None
    is_new: bool = True

    @property
    def end(self) -> date:
        return self.ends_on or self.length.after(self.started_on)

    @property
    def people(self) -> tuple[tuple[Person, Role], tuple[Person, Role]]:
        return (self.mentee, Role.MENTEE), (self.mentor, Role.MENTOR)


@dataclass(frozen=True)
class PartnershipListCheck:
    entries: tuple[PartnershipEntry, ...] = ()
    findings: tuple[ListFinding, ...] = ()


def check_partnerships(
    rows: Sequence[ListRow],
    *,
    round_: MatchingRound,
    people: Mapping[str, Person],
    erased: frozenset[str],
    now: datetime,
) -> PartnershipListCheck:
    """Check each row, against the hard rules and the rows before it too.

    `people` are by handle, as Slack describes them; `round_.staff` has the records of all of them and of everyone
    above.
    """
    today = now.astimezone(UTC).date()
    checker = _Checker(round_, today)
    entries: list[PartnershipEntry] = []
    findings: list[ListFinding] = []
    for row in rows:
        cells = CellReader(row, people, erased)
        entry = _read(cells, round_, today)
        if entry and not cells.findings:
            entry = checker.check(cells, entry)
        if entry and not cells.findings:
            entries.append(entry)
        findings += cells.findings
    return PartnershipListCheck(tuple(entries), tuple(findings))


def bring_in_all(
    entries: Iterable[PartnershipEntry], round_: MatchingRound, *, now: datetime, new_id: Callable[[], str]
) -> Outcome:
    """Bring in the new partnerships, with an application for each of their people who has none; `now` is the calendar,
    aware.

    Applications that lack nothing but their author's confirmation count at once.
    """
    new = [entry for entry in entries if entry.is_new]
    partners = Counter(entry.mentor.id for entry in new)
    found = {(a.person, a.role): a for a in round_.applications.values()}
    outcome = NOTHING
    for entry in new:
        ids = []
        for person, role in entry.people:
            before = found.get((person.id, role))
            application, entered = _application(entry, person, role, before, partners[person.id], round_, now, new_id)
            found[person.id, role] = application
            outcome += entered
            ids.append(application.id)
        outcome += _bring_in(entry, (ids[0], ids[1]), round_, now, new_id())
    return outcome.in_working_hours_from(now)


def _bring_in(
    entry: PartnershipEntry, applications: tuple[str, str], round_: MatchingRound, now: datetime, new_id: str
) -> Outcome:
    partnership = Partnership(
        id=new_id,
        cohort_id=round_.cohort.id,
        match_id="",
        mentee_application=applications[0],
        mentor_application=applications[1],
        mentee=entry.mentee.id,
        mentor=entry.mentor.id,
        topics=entry.topics,
        months=entry.length.months,
        weeks=entry.length.weeks,
        # Noon in UTC is the same day nearly everywhere.
        introduced_at=min(datetime.combine(entry.started_on, time(12), UTC), now),
        agreed_end=entry.ends_on,
        entered_on=now.astimezone(UTC).date(),
        met_before=entry.met_before,
        last_met_before=entry.last_met,
    )
    kind = NotificationKind.PARTNERSHIP_ENTERED
    told = Notification(
        f"{kind}:{new_id}", kind, partnership.mentee, {"partnership": new_id}, second_recipient=partnership.mentor
    )
    jobs = plan_running_partnership_jobs(partnership, (entry.mentee, entry.mentor), round_.programme, now)
    return Outcome((partnership, *jobs), (told,))


def _application(
    entry: PartnershipEntry,
    person: Person,
    role: Role,
    before: Application | None,
    partners: int,
    round_: MatchingRound,
    now: datetime,
    new_id: Callable[[], str],
) -> tuple[Application, Outcome]:
    """The application that takes this person's place in the partnership, and what enters it."""
    answers = round_.private_answers.get(before.id) if before else None
    if before and (before.state is not ApplicationState.UNCONFIRMED or before.id not in round_.applications):
        return before, NOTHING
    form = as_form(before, answers, agrees=True) if before else _bare_form(entry, person, role, partners, round_)
    refused = refusals(
        form, person, round_.programme, round_.cohort, {}, round_.staff.get(person.id), person.today(now)
    )
    entered = enter_application(
        form,
        person=person,
        cohort=round_.cohort,
        before=before,
        private_answers=answers,
        now=now,
        new_id=new_id(),
        counts=not refused,
        asks=False,
    )
    application = next((each for each in entered.changes if isinstance(each, Application)), before)
    assert application is not None  # noqa: S101 - without one before, it is entered
    return application, entered


def _bare_form(
    entry: PartnershipEntry, person: Person, role: Role, partners: int, round_: MatchingRound
) -> ApplicationForm:
    """What is known about a person who has not applied."""
    record = round_.staff.get(person.id) or StaffRecord(person.id)
    length = min(round_.programme.lengths, key=lambda one: abs(one.days - entry.length.days))
    return ApplicationForm(
        role=role,
        topics=entry.topics,
        hopes="",
        months=length.months,
        weeks=length.weeks,
        ways=(),
        languages="",
        department=record.department if record.department in round_.programme.departments else "",
        grade=record.grade if record.grade in round_.programme.grades else "",
        manager=record.manager,
        started_on=record.started_on if role is Role.MENTOR else None,
        places=min(max(partners, 1), round_.programme.most_places) if role is Role.MENTOR else 1,
    )


def _read(cells: CellReader, round_: MatchingRound, today: date) -> PartnershipEntry | None:
    """The row as far as it can be read by itself; None if something essential is wrong."""
    earliest = add_months(today, -ROUND_WITHIN)
    mentee = cells.person(ListColumn.MENTEE, required=True)
    mentor = cells.person(ListColumn.MENTOR, required=True)
    started_on = cells.day(ListColumn.START, earliest=earliest, latest=today)
    if not cells.row.line(ListColumn.START):
        cells.wrong(ListColumn.START, ListProblem.EMPTY)
    topics = cells.choices(ListColumn.TOPICS, round_.programme.topics)
    length = _length(cells, started_on, today) if started_on else None
    met = _meetings(cells, started_on, today) if started_on else None
    if not (mentee and mentor and started_on and length and met):
        return None
    lasts, ends_on = length
    return PartnershipEntry(cells.row.number, mentee, mentor, started_on, lasts, ends_on, topics, *met)


def _length(cells: CellReader, started_on: date, today: date) -> tuple[Length, date | None] | None:
    """The length, and the end if it is not so many months or weeks after the start; None if they are wrong."""
    found = len(cells.findings)
    ends_on = cells.day(ListColumn.END, earliest=date.min, latest=add_months(started_on, MOST_MONTHS))
    length = cells.length(ListColumn.MONTHS)
    if length and not 0 < length.days <= Length(MOST_MONTHS).days:
        cells.wrong(ListColumn.MONTHS, ListProblem.OUT_OF_RANGE, least=1, most=MOST_MONTHS)
    if len(cells.findings) > found:
        return None
    end = ends_on or (length.after(started_on) if length else None)
    if end is None:
        cells.wrong(ListColumn.END, ListProblem.NO_END)
        return None
    if length and length.after(started_on) != end:
        cells.wrong(ListColumn.END, ListProblem.TWO_ENDS, day=length.after(started_on))
        return None
    if end <= started_on:
        cells.wrong(ListColumn.END, ListProblem.BEFORE_START, day=started_on)
    elif end <= today:
        cells.wrong(ListColumn.END if ends_on else ListColumn.MONTHS, ListProblem.OVER, day=end)
    else:
        whole = length or length_between(started_on, end)
        return whole, None if whole.after(started_on) == end else end
    return None


def _meetings(cells: CellReader, started_on: date, today: date) -> tuple[int, date | None] | None:
    """How many meetings there were, and the day of the last; None if they are wrong."""
    found = len(cells.findings)
    many = cells.number(ListColumn.MEETINGS, least=0, most=MOST_MEETINGS, unit="meeting")
    last = cells.day(ListColumn.LAST_MEETING, earliest=date.min, latest=today)
    if len(cells.findings) > found:
        return None
    if many and last is None:
        cells.wrong(ListColumn.LAST_MEETING, ListProblem.NO_LAST_MEETING)
    elif many == 0 and last:
        cells.wrong(ListColumn.MEETINGS, ListProblem.NO_MEETINGS)
    elif last and last < started_on:
        cells.wrong(ListColumn.LAST_MEETING, ListProblem.BEFORE_START, day=started_on)
    else:
        return (many or 1, last) if last else (0, None)
    return None


class _Checker:
    """Checks partnerships against the hard rules, the data of the round, and the rows that came before."""

    def __init__(self, round_: MatchingRound, today: date) -> None:
        self._round = round_
        self._today = today
        self._excluded = frozenset(frozenset((each.one, each.other)) for each in round_.exclusions)
        self._unwanted = round_.declined | {
            frozenset(p.people) for p in round_.partnerships if p.declined_rematch and not p.is_active
        }
        self._lines: dict[tuple[str, Role], list[int]] = {}
        self._pairs: dict[frozenset[str], int] = {}

    def check(self, cells: CellReader, entry: PartnershipEntry) -> PartnershipEntry:
        """The entry, which is not new if it was brought in before. What is wrong goes to `cells.findings`."""
        two = frozenset((entry.mentee.id, entry.mentor.id))
        if entry.mentee.id == entry.mentor.id:
            cells.wrong(ListColumn.MENTOR, ListProblem.ONESELF)
            return entry
        if two in self._pairs:
            cells.wrong(None, ListProblem.TWICE, others=(self._pairs[two],))
            return entry
        self._pairs[two] = entry.number
        before = [p for p in self._round.partnerships if frozenset(p.people) == two]
        if any(p.people == (entry.mentee.id, entry.mentor.id) and p.started_on == entry.started_on for p in before):
            return replace(entry, is_new=False)
        running = next((p for p in before if p.is_active), None)
        if running:
            cells.wrong(None, ListProblem.ALREADY_TOGETHER, day=running.started_on)
            return entry
        self._check_accounts(cells, entry)
        self._check_two(cells, entry, two)
        for (person, role), column in zip(entry.people, (ListColumn.MENTEE, ListColumn.MENTOR), strict=True):
            self._check_place(cells, person, role, column)
        return entry

    def _check_accounts(self, cells: CellReader, entry: PartnershipEntry) -> None:
        for person, column in ((entry.mentee, ListColumn.MENTEE), (entry.mentor, ListColumn.MENTOR)):
            why = ineligibility(person, self._round.programme.admits)
            if why is Ineligibility.DEACTIVATED:
                cells.wrong(column, ListProblem.DEACTIVATED)
            elif why:
                cells.wrong(column, ListProblem.NOT_ADMITTED)

    def _check_two(self, cells: CellReader, entry: PartnershipEntry, two: frozenset[str]) -> None:
        above = self._round.managers_above
        if entry.mentor.id in above(entry.mentee.id) or entry.mentee.id in above(entry.mentor.id):
            cells.wrong(None, ListProblem.LINE_OF_MANAGEMENT)
        elif two in self._excluded:
            cells.wrong(None, ListProblem.EXCLUDED)
        elif two in self._unwanted:
            cells.wrong(None, ListProblem.NOT_AVAILABLE)

    def _check_place(self, cells: CellReader, person: Person, role: Role, column: ListColumn) -> None:
        """Whether a place is left, besides those of partnerships, matches and the rows before."""
        lines = self._lines.setdefault((person.id, role), [])
        mine = next((a for a in self._round.applications.values() if (a.person, a.role) == (person.id, role)), None)
        most = self._round.programme.most_places if role is Role.MENTOR else 1
        if mine and mine.state is ApplicationState.OPEN:
            most = self._round.places(mine)
        running = sum(
            p.is_active and person.id == (p.mentor if role is Role.MENTOR else p.mentee)
            for p in self._round.partnerships
        )
        held = sum(
            m.state in HOLDS_PLACE and mine is not None and mine.id in applications_of(m)
            for m in self._round.matches.values()
        )
        if running + held + len(lines) >= most:
            cells.wrong(column, ListProblem.NO_PLACE, others=tuple(lines), most=most)
        lines.append(cells.row.number)
