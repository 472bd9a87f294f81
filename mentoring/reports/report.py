"""Writing and finishing a progress report. What both have finished stays as it is, and the next report follows it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from mentoring.applications.application import Role
from mentoring.core.errors import InvalidForm, MentoringError, TooLong
from mentoring.core.fields import FieldName
from mentoring.core.lengths import add_months
from mentoring.core.outcome import NOTHING, Notification, NotificationKind, Outcome
from mentoring.core.people import Person
from mentoring.core.programmes import Programme
from mentoring.goals.goal import MOST_LINE, MOST_SHORT, GoalRecord
from mentoring.items.item import ActionItem
from mentoring.meetings.log import Meeting
from mentoring.partnerships.events import PartnershipEvent
from mentoring.partnerships.judgement import FollowedTerms
from mentoring.partnerships.partnership import Partnership, check_partner
from mentoring.partnerships.timing import MeetingRhythm
from mentoring.partnerships.transitions import check_transition
from mentoring.reports.errors import NoSuchReport, NothingToReport, ReportChanged, ReportsOff
from mentoring.reports.page import ReportPage, ReportWish, ReportWords, build_page, line_of

MOST_NEXT: Final = 3
"""Lines about what comes next."""
MONTHS_OF_A_QUARTER: Final = 3


@dataclass(frozen=True)
class ProgressReport:
    """Where a report of a partnership stands, without what it says: the `number`th, from 1.

    `finished` has when each has finished it (calendar, aware), by role. `ended_on` is its last day, once both have.
    `edition` counts the changes of its text, and `version` every change; 0 before the first one is saved.
    """

    id: str
    partnership_id: str
    number: int
    starts_on: date
    finished: Mapping[Role, datetime] = field(default_factory=dict)
    ended_on: date | None = None
    edition: int = 0
    version: int = 1

    @property
    def is_finished(self) -> bool:
        """Whether both have finished it."""
        return self.ended_on is not None

    def waits_for(self, role: Role) -> bool:
        """Whether the other of the two has finished it, and the one with this role has not."""
        return not self.is_finished and bool(self.finished) and role not in self.finished


@dataclass(frozen=True)
class SharedWordsForm:
    """What both write: a line about each goal by its id, what comes next, what would help, and whether goals that rest
    or were let go are left out, None if the form did not ask.
    """

    lines: Mapping[str, str] = field(default_factory=dict)
    next_steps: tuple[str, ...] = ()
    wishes: tuple[ReportWish, ...] = ()
    leaves_out_resting: bool | None = None


@dataclass(frozen=True)
class ReportContext:
    """What the rules need: the reports of a partnership, oldest first, and what is written in each, by its id.

    `goals` are those that both may read, `rhythm` is what the agreement in force says, and `items` are all action items
    of the two. `new_id` is for a report that
    begins now.
    """

    partnership: Partnership
    programme: Programme
    new_id: str
    meetings: tuple[Meeting, ...] = ()
    goals: tuple[GoalRecord, ...] = ()
    rhythm: MeetingRhythm | None = None
    reports: tuple[ProgressReport, ...] = ()
    words: Mapping[str, ReportWords] = field(default_factory=dict)
    items: tuple[ActionItem, ...] = ()

    @property
    def current(self) -> ProgressReport | None:
        """The report that can be written: the one that is not finished, or one that begins; None if no meeting was
        logged since the last one.
        """
        return current_report(self.partnership, self.reports, [each.met_on for each in self.meetings], self.new_id)

    def report(self, number: int) -> ProgressReport:
        """Raises NoSuchReport."""
        found = next((each for each in self.reports if each.number == number), None)
        if found is None:
            raise NoSuchReport
        return found

    def words_of(self, report: ProgressReport) -> ReportWords:
        return self.words.get(report.id) or ReportWords(report.id, self.partnership.id)

    def page(self, report: ProgressReport, today: date) -> ReportPage:
        """What the report says on `today`; what it said then, if both have finished it."""
        words = self.words_of(report)
        if words.page is not None:
            return words.page
        until = max(today, report.starts_on)
        return build_page(
            report.starts_on,
            until,
            words,
            meetings=self.meetings,
            items=self.items,
            goals=self.goals,
            rhythm=self.rhythm,
        )


def current_report(
    partnership: Partnership, reports: Sequence[ProgressReport], met_on: Iterable[date], new_id: str = ""
) -> ProgressReport | None:
    """As `ReportContext.current`. `met_on` are the days of the meetings that were logged."""
    last = reports[-1] if reports else None
    if last and not last.is_finished:
        return last
    ended_on = last.ended_on if last else None
    starts_on = ended_on + timedelta(days=1) if ended_on else partnership.entered_on or partnership.started_on
    if not any(day >= starts_on for day in met_on):
        return None
    return ProgressReport(new_id, partnership.id, last.number + 1 if last else 1, starts_on, version=0)


def is_quarter_over(report: ProgressReport | None, agreed: FollowedTerms | None, today: date) -> bool:
    """Whether it is time for a report that neither has finished, as their agreement in force says: every three months,
    counted from its first day. `today` is the reader's date.
    """
    if report is None or report.finished or agreed is None or not agreed.is_quarterly:
        return False
    return today >= add_months(report.starts_on, MONTHS_OF_A_QUARTER)


def role_in(partnership: Partnership, person: str) -> Role:
    """Raises NotForYou unless `person` (a Slack user id) is one of the two."""
    check_partner(partnership, person)
    return Role.MENTEE if person == partnership.mentee else Role.MENTOR


def check_writable(context: ReportContext, by: str) -> ProgressReport:
    """The report that `by` (a Slack user id) can write in.

    Raises NotForYou, AlreadyEnded, ReportsOff, NothingToReport.
    """
    check_transition(PartnershipEvent.WRITE_REPORT, context.partnership, by)
    if not context.programme.has_reports:
        raise ReportsOff
    if (report := context.current) is None:
        raise NothingToReport
    return report


def write_learnt(context: ReportContext, learnt: str, *, by: Person, shows_titles: bool | None = None) -> Outcome:
    """Save what `by` has learnt, and whether they would like the page to name the action items: nobody else writes it.
    A report that one has finished is open again. Idempotent. `shows_titles` is None if the form did not ask.

    Raises InvalidForm, and what `check_writable` raises.
    """
    report = check_writable(context, by.id)
    if len(learnt) > MOST_SHORT:
        raise InvalidForm((TooLong(FieldName.LEARNT, MOST_SHORT),))
    words, role = context.words_of(report), role_in(context.partnership, by.id)
    titles = words.shows_titles
    if shows_titles is not None:
        titles = titles | {role} if shows_titles else titles - {role}
    if (words.learnt.get(role, ""), words.shows_titles) == (learnt, titles):
        return NOTHING
    return _saved(report, replace(words, learnt={**words.learnt, role: learnt}, shows_titles=titles))


def write_shared(context: ReportContext, form: SharedWordsForm, *, by: Person, number: int, seen: int) -> Outcome:
    """Save what both write. A report that one has finished is open again. Idempotent.

    `seen` is the `ReportWords.version` that the form was made from, of the report with this `number`. Raises
    ReportChanged if the partner has written something else since, or if both have finished it; InvalidForm, and what
    `check_writable` raises.
    """
    report = check_writable(context, by.id)
    words = context.words_of(report)
    if wrong := tuple(_wrong(form)):
        raise InvalidForm(wrong)
    leaves_out = form.leaves_out_resting
    written = replace(
        words,
        lines={**words.lines, **_own_lines(context, words, form)},
        next_steps=form.next_steps,
        wishes=form.wishes,
        leaves_out_resting=words.leaves_out_resting if leaves_out is None else leaves_out,
    )
    if report.number == number and written == words:
        return NOTHING
    if (report.number, words.version) != (number, seen):
        raise ReportChanged(context.partnership.other(by.id))
    return _saved(report, replace(written, version=words.version + 1))


def finish(context: ReportContext, *, by: Person, number: int, seen: int, now: datetime) -> Outcome:
    """Finish the report for `by`. Once both have, it stays as it is, and can be shared. Idempotent.

    `seen` is the `ProgressReport.edition` that the person read, and `now` the calendar (aware). Raises ReportChanged,
    and what `check_writable` raises.
    """
    role = role_in(context.partnership, by.id)
    if any(each.number == number and role in each.finished for each in context.reports):
        return NOTHING
    report = check_writable(context, by.id)
    if (report.number, report.edition) != (number, seen):
        raise ReportChanged(context.partnership.other(by.id))
    finished = {**report.finished, role: now}
    changed = replace(report, finished=finished, version=report.version + 1)
    words = context.words_of(report)
    if len(finished) < len(context.partnership.people):
        return Outcome((changed,), (report_waits(context.partnership, changed, by.id),))
    page = context.page(report, by.today(now))
    return Outcome((replace(changed, ended_on=page.until), replace(words, page=page)))


def reopen(context: ReportContext, *, by: Person) -> Outcome:
    """Take back that `by` has finished the report, as long as the partner has not. Idempotent."""
    report = check_writable(context, by.id)
    role = role_in(context.partnership, by.id)
    if role not in report.finished:
        return NOTHING
    left = {each: at for each, at in report.finished.items() if each is not role}
    return Outcome((replace(report, finished=left, version=report.version + 1),))


def report_waits(partnership: Partnership, report: ProgressReport, by: str, reader: str = "") -> Notification:
    """Tells the partner of `by`, once, that the report waits for them: to finish it, or to share it with `reader`."""
    partner = partnership.other(by)
    kind = NotificationKind.REPORT_WAITS
    refs = {"partnership": partnership.id, "number": str(report.number)}
    return Notification(f"{kind}:{report.id}:{partner}:{reader}", kind, partner, refs)


def _saved(report: ProgressReport, words: ReportWords) -> Outcome:
    return Outcome((replace(report, finished={}, edition=report.edition + 1, version=report.version + 1), words))


def _own_lines(context: ReportContext, words: ReportWords, form: SharedWordsForm) -> dict[str, str]:
    """The lines of the form that are not what the goal says by itself, so that those follow the goal."""
    of_goals = {each.goal.id: line_of(each, words) for each in context.goals}
    return {
        goal: line
        for goal, line in form.lines.items()
        if goal in of_goals and (goal in words.lines or line != of_goals[goal])
    }


def _wrong(form: SharedWordsForm) -> Iterator[MentoringError]:
    if any(len(line) > MOST_LINE for line in form.lines.values()):
        yield TooLong(FieldName.GOAL_LINE, MOST_LINE)
    if len(form.next_steps) > MOST_NEXT or any(len(line) > MOST_LINE for line in form.next_steps):
        yield TooLong(FieldName.NEXT_STEPS, MOST_LINE)
